"""Keeps the full-text index of the articles in the layout of DuckDB's extension `fts`.

The extension makes an empty part of the index, with its functions; the rows are written here. So
only new and changed texts are read, however large the warehouse is, and memory stays bounded: the
extension would read all texts again and hold every word of them. The index has one part for each
stemmer, one for languages without a stemmer, and one for scripts without spaces between words,
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

ARTICLES_AT_ONCE = 4_000
"""Articles that are indexed in one transaction: 560 words each take about 250 MB of memory."""

SEPARATORS = f"[^{OF_WORDS}]+"
"""What stands between words: all but letters, marks and digits of any script."""


def part_of(language: str | None) -> str:
    """Return the part of the index that holds texts of `language`."""
    if language in UNSPACED:
        return CHARACTERS
    return STEMMERS.get(language or "", "none")


def stemmer_of(part: str) -> str:
    """Return the stemmer of a part, `none` where it has none."""
    return "none" if part == CHARACTERS else part


def schema_of(part: str) -> str:
    """Return the schema that holds a part of the index."""
    return f"fts_meta_search_{part}"


def list_parts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Return the parts that the index has, in order."""
    found = connection.execute(
        f"SELECT DISTINCT replace(schema_name, '{schema_of('')}', '') FROM duckdb_schemas() "
        f"WHERE starts_with(schema_name, '{schema_of('')}') ORDER BY 1"
    ).fetchall()
    return [part for (part,) in found]


def spaced(text_sql: str) -> str:
    """Return SQL that puts spaces around each character of scripts that have none."""
    return f"trim(regexp_replace({text_sql}, '([{UNSPACED_SCRIPTS}])', ' \\1 ', 'g'))"


def update_search_index(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Bring the index to the present texts; return the names of the parts that changed.

    The caller holds the warehouse open for writing, with no transaction open. Raises
    WarehouseError where the extension cannot be loaded.
    """
    changed = _list_changes(connection)
    if changed:
        load_extension(connection, "fts")
    made = _made_parts(connection) if changed else frozenset[str]()
    for part in changed:
        if part not in made:
            _make_part(connection, part)
        _remove_outdated(connection, part)
        while _index_some(connection, part):
            pass
    return changed


def drop_search_index(connection: duckdb.DuckDBPyConnection) -> None:
    """Drop every part: an erased article's words stand in it. The next publishing builds anew."""
    for part in list_parts(connection):
        connection.execute(f"DROP SCHEMA {schema_of(part)} CASCADE")
    connection.execute("DELETE FROM meta.search_documents")


def part_sql(column: str) -> str:
    """Return SQL that gives the part of the index for a language column."""
    cases = " ".join(
        f"WHEN {column} = '{code}' THEN '{part}'"
        for code, part in (*STEMMERS.items(), *((code, CHARACTERS) for code in UNSPACED))
    )
    return f"CASE {cases} ELSE 'none' END"


def _list_changes(connection: duckdb.DuckDBPyConnection) -> list[str]:
    """Lay the tables `outdated` (to be taken out of the index) and `unindexed` (to be put in);
    return the parts of the index that they name.
    """
    connection.execute(
        f"""
        DELETE FROM meta.search_documents
        WHERE '{schema_of("")}' || part NOT IN (SELECT schema_name FROM duckdb_schemas());
        CREATE OR REPLACE TEMP TABLE changes AS
        SELECT d.article_id AS gone_id, d.part AS gone_part, a.*
        FROM meta.search_documents AS d
        FULL JOIN (
            SELECT article_id, page_id, {part_sql("language")} AS part, rowid AS place FROM articles
        ) AS a ON a.article_id = d.article_id AND a.page_id = d.page_id AND a.part = d.part
        WHERE d.article_id IS NULL OR a.article_id IS NULL;
        CREATE OR REPLACE TEMP TABLE outdated AS
        SELECT gone_id AS article_id, gone_part AS part FROM changes WHERE gone_id IS NOT NULL;
        CREATE OR REPLACE TEMP TABLE unindexed AS
        SELECT article_id, page_id, part, place FROM changes WHERE article_id IS NOT NULL
        """
    )
    return [
        part
        for (part,) in connection.execute(
            "SELECT part FROM outdated UNION SELECT part FROM unindexed ORDER BY part"
        ).fetchall()
    ]


def _made_parts(connection: duckdb.DuckDBPyConnection) -> frozenset[str]:
    """Return the parts of the index that are there and whole."""
    found = connection.execute(
        f"SELECT replace(schema_name, '{schema_of('')}', '') FROM duckdb_tables() "
        f"WHERE starts_with(schema_name, '{schema_of('')}') AND table_name = 'terms'"
    ).fetchall()
    return frozenset(part for (part,) in found)


def _make_part(connection: duckdb.DuckDBPyConnection, part: str) -> None:
    """Make an empty part of the index."""
    table = f"meta.search_{part}"
    connection.execute(
        f"CREATE OR REPLACE TABLE {table} (article_id VARCHAR, title VARCHAR, body VARCHAR)"
    )
    connection.execute(
        f"PRAGMA create_fts_index('{table}', 'article_id', 'title', 'body', "
        f"stemmer = '{stemmer_of(part)}', stopwords = 'none', "
        f"ignore = '{SEPARATORS}', overwrite = 1)"
    )
    connection.execute(f"DROP TABLE {table}")


def _remove_outdated(connection: duckdb.DuckDBPyConnection, part: str) -> None:
    """Take out the texts that are gone or have changed, and words that no text has any longer."""
    index = schema_of(part)
    with transaction(connection):
        connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE gone AS
            SELECT d.docid FROM {index}.docs AS d JOIN outdated AS o ON o.article_id = d.name
            WHERE o.part = '{part}'
            """
        )
        if connection.execute("SELECT count(*) FROM gone").fetchall() == [(0,)]:
            return
        connection.execute(
            f"""
            UPDATE {index}.dict SET df = dict.df - fewer.count
            FROM (SELECT termid, count(DISTINCT docid) AS count FROM {index}.terms
                  WHERE docid IN (FROM gone) GROUP BY termid) AS fewer
            WHERE fewer.termid = dict.termid;
            DELETE FROM {index}.dict WHERE df = 0;
            DELETE FROM {index}.terms WHERE docid IN (FROM gone);
            DELETE FROM {index}.docs WHERE docid IN (FROM gone);
            DELETE FROM meta.search_documents
            WHERE article_id IN (SELECT article_id FROM outdated WHERE part = '{part}')
                AND part = '{part}';
            {_count(index)}
            """
        )


def _index_some(connection: duckdb.DuckDBPyConnection, part: str) -> bool:
    """Index the next texts of a part that are not indexed yet; return whether there may be more.

    Texts are split at spaces into pieces, and pieces into words. Beside each word stands its
    piece's number, not the piece: a text without spaces is one long piece of many words, and would
    take memory by the square of its length.
    """
    index = schema_of(part)
    title, body = "coalesce(a.title, '')", "a.text"
    if part == CHARACTERS:
        title, body = spaced(title), spaced(body)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE next AS
        SELECT article_id, page_id, place, row_number() OVER (ORDER BY place)
            + (SELECT coalesce(max(docid), -1) FROM {index}.docs) AS docid
        FROM unindexed WHERE part = '{part}'
        ORDER BY place LIMIT {ARTICLES_AT_ONCE}
        """
    )
    ((first, last, count),) = connection.execute(
        "SELECT min(place), max(place), count(*) FROM next"
    ).fetchall()
    if not count:
        return False
    with transaction(connection):
        connection.execute(
            f"""
            CREATE OR REPLACE TEMP TABLE pieces AS
            SELECT docid, fieldid, unnest(string_split(replace(text, chr(10), ' '), ' ')) AS piece
            FROM (
                SELECT n.docid, unnest([0, 1]) AS fieldid, unnest([{title}, {body}]) AS text
                FROM articles AS a JOIN next AS n ON n.place = a.rowid
                WHERE a.rowid BETWEEN {first} AND {last}
            );
            CREATE OR REPLACE TEMP TABLE numbered AS
            SELECT row_number() OVER () AS number, piece FROM (SELECT DISTINCT piece FROM pieces);
            CREATE OR REPLACE TEMP TABLE piece_terms AS
            SELECT number, stem(unnest({index}.tokenize(piece)), '{stemmer_of(part)}') AS term
            FROM numbered;
            DELETE FROM piece_terms WHERE term = '';
            INSERT INTO {index}.dict
            SELECT row_number() OVER (ORDER BY term)
                + (SELECT coalesce(max(termid), -1) FROM {index}.dict), term, 0
            FROM (SELECT DISTINCT term FROM piece_terms ANTI JOIN {index}.dict USING (term));
            CREATE OR REPLACE TEMP TABLE postings AS
            SELECT p.docid, p.fieldid, d.termid
            FROM pieces AS p
            JOIN numbered AS n ON n.piece = p.piece
            JOIN piece_terms AS t ON t.number = n.number
            JOIN {index}.dict AS d ON d.term = t.term;
            INSERT INTO {index}.terms FROM postings ORDER BY termid, docid, fieldid;
            UPDATE {index}.dict SET df = dict.df + more.count
            FROM (SELECT termid, count(DISTINCT docid) AS count FROM postings GROUP BY termid)
                AS more
            WHERE more.termid = dict.termid;
            INSERT INTO {index}.docs
            SELECT n.docid, n.article_id, coalesce(p.count, 0)
            FROM next AS n
            LEFT JOIN (SELECT docid, count(*) AS count FROM postings GROUP BY docid) AS p
                ON p.docid = n.docid;
            INSERT INTO meta.search_documents SELECT article_id, page_id, '{part}' FROM next;
            DELETE FROM unindexed WHERE place BETWEEN {first} AND {last} AND part = '{part}';
            {_count(index)}
            """
        )
    return bool(count == ARTICLES_AT_ONCE)


def _count(index: str) -> str:
    """Return SQL that counts the texts of a part and their mean length in words."""
    return f"""
        CREATE OR REPLACE TABLE {index}.stats AS
        SELECT count(*) AS num_docs, avg(len) AS avgdl FROM {index}.docs;
    """
