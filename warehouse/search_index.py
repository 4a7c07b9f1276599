"""Keeps the full-text index of the articles, with DuckDB's extension `fts`.

DuckDB's index is static: a part is built as a whole. So a part is built anew only when more than
MAX_STALE_SHARE of its articles are new or changed; `search.py` reads those few texts directly.
The work for an article stays bounded however large the warehouse is. The index has one part for
each stemmer, one for languages without a stemmer, and one for scripts without spaces between words,
which is indexed by character.
"""

from __future__ import annotations

import duckdb

from warehouse.extensions import load_extension
from warehouse.transaction import transaction
from warehouse.words import OF_WORDS, UNSPACED_SCRIPTS

STEMMERS = {
    "ar": "arabic",
    "ca": "catalan",
    "da": "danish",
    "de": "german",
    "el": "greek",
    "en": "english",
    "es": "spanish",
    "eu": "basque",
    "fi": "finnish",
    "fr": "french",
    "ga": "irish",
    "hi": "hindi",
    "hu": "hungarian",
    "id": "indonesian",
    "it": "italian",
    "lt": "lithuanian",
    "nb": "norwegian",
    "ne": "nepali",
    "nl": "dutch",
    "nn": "norwegian",
    "no": "norwegian",
    "pt": "portuguese",
    "ro": "romanian",
    "ru": "russian",
    "sr": "serbian",
    "sv": "swedish",
    "ta": "tamil",
    "tr": "turkish",
}
"""Stemmer of `fts` by language, ISO 639-1."""

CHARACTERS = "characters"
"""Part for languages that put no spaces between words."""

UNSPACED = ("ja", "km", "lo", "my", "th", "zh")

MAX_STALE_SHARE = 0.1
"""Share of a part that may be read directly before it is built anew: each article is then indexed
about eleven times while a warehouse grows tenfold, and a search reads at most a tenth directly."""

SEPARATORS = f"[^{OF_WORDS}]+"
"""What stands between words: all but letters, marks and digits of any script."""


def part_of(language: str | None) -> str:
    """Return the part of the index that holds texts of `language`."""
    if language in UNSPACED:
        return CHARACTERS
    return STEMMERS.get(language or "", "none")


def spaced(text_sql: str) -> str:
    """Return SQL that puts spaces around each character of scripts that have none."""
    return f"trim(regexp_replace({text_sql}, '([{UNSPACED_SCRIPTS}])', ' \\1 ', 'g'))"


def update_search_index(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Build the parts of the index that are missing or too old; return their names.

    The caller holds the warehouse open for writing, with no transaction open. Raises
    WarehouseError where the extension cannot be loaded.
    """
    stale = [part for part, is_stale in _parts(connection) if is_stale]
    if stale:
        load_extension(connection, "fts")
    for part in stale:
        _build(connection, part)
    return stale


def drop_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop every part: an erased article's words stand in it. The next publishing builds anew."""
    for (schema,) in connection.execute(
        "SELECT DISTINCT schema_name FROM duckdb_tables() WHERE schema_name LIKE "
        "'fts_meta_search_%'"
    ).fetchall():
        connection.execute(f'DROP SCHEMA "{schema}" CASCADE')
    connection.execute("DELETE FROM meta.search_documents")


def part_sql(column: str) -> str:
    """Return SQL that gives the part of the index for a language column."""
    cases = " ".join(
        f"WHEN {column} = '{code}' THEN '{part}'"
        for code, part in (*STEMMERS.items(), *((code, CHARACTERS) for code in UNSPACED))
    )
    return f"CASE {cases} ELSE 'none' END"


def _parts(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, bool]]:
    return [
        (part, bool(is_stale))
        for part, is_stale in connection.execute(
            f"""
            SELECT a.part, count(*) FILTER (d.article_id IS NULL) > {MAX_STALE_SHARE} * count(*)
            FROM (SELECT article_id, page_id, {part_sql("language")} AS part FROM articles) AS a
            LEFT JOIN meta.search_documents AS d
                ON d.article_id = a.article_id AND d.page_id = a.page_id AND d.part = a.part
            GROUP BY a.part ORDER BY a.part
            """
        ).fetchall()
    ]


def _build(connection: duckdb.DuckDBPyConnection, part: str) -> None:
    table, of_part = f"meta.search_{part}", f"{part_sql('language')} = '{part}'"
    title, text = ("coalesce(title, '')", "text")
    if part == CHARACTERS:
        title, text = spaced(title), spaced(text)
    stemmer = "none" if part == CHARACTERS else part
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} AS "
        f"SELECT article_id, {title} AS title, {text} AS body FROM articles WHERE {of_part}"
    )
    connection.execute(
        f"PRAGMA create_fts_index('{table}', 'article_id', 'title', 'body', stemmer = '{stemmer}', "
        f"stopwords = 'none', ignore = '{SEPARATORS}', overwrite = 1)"
    )
    connection.execute(f"DROP TABLE {table}")
    with transaction(connection):
        connection.execute(
            "DELETE FROM meta.search_documents WHERE part = ? OR article_id IN "
            f"(SELECT article_id FROM articles WHERE {of_part})",
            [part],
        )
        connection.execute(
            "INSERT INTO meta.search_documents "
            f"SELECT article_id, page_id, '{part}' FROM articles WHERE {of_part}"
        )
