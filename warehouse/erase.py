"""Takes articles out of every table, and leaves tombstones so that they are not taken in again.

The rows that make up an article leave through the loader, as those of a page that is rejected do
(`merges/20_replaced_articles.sql`): names, entities and links follow. What is left then are the
records that the machinery keeps of pages, addresses and troubles; those are purged here.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

import duckdb

from schemas import PAGES, Row
from warehouse.sql import as_list, fetch_named
from warehouse.transaction import retried, transaction

SENTENCE_END = re.compile(r"(?<=[.!?。！？])\s+|\n")

PLAIN = "replace({}::VARCHAR, '\\', '')"
"""SQL: a value as text without backslashes, which lists and JSON put before quotation marks."""

MIN_SENTENCE = 25
"""Characters, without backslashes, of a sentence that is searched for as proof: shorter ones stand
in other articles.
"""

MAX_SENTENCES = 200
"""Sentences of one erasure that are searched for."""


@dataclass(frozen=True, slots=True)
class Erasure:
    """What is to go: keys, addresses and places; `sentences` prove afterwards that it is gone."""

    article_ids: tuple[str, ...]
    page_ids: tuple[str, ...]
    urls: tuple[str, ...]
    locations: tuple[str, ...]
    sentences: tuple[str, ...]

    @property
    def keys(self) -> list[str]:
        """Every word by which another record may speak of it."""
        return sorted({*self.article_ids, *self.page_ids, *self.urls})


def find_erasure(
    connection: duckdb.DuckDBPyConnection,
    keys: Sequence[str],
    urls: Sequence[str],
    source_id: str | None,
) -> Erasure:
    """Return what hangs on the articles with `keys` or `urls`, or on all articles of a source."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE erased_ids AS
        SELECT article_id FROM articles
        WHERE article_id IN (SELECT unnest($keys)) OR url IN (SELECT unnest($urls))
            OR canonical_url IN (SELECT unnest($urls)) OR source_id = $source
        UNION SELECT unnest($keys)
        UNION SELECT article_id FROM meta.pages
        WHERE article_id IS NOT NULL AND (url IN (SELECT unnest($urls)) OR source_id = $source)
        """,
        {"keys": list(keys), "urls": list(urls), "source": source_id},
    )
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE erased_pages AS
        SELECT page_id FROM articles WHERE article_id IN (FROM erased_ids)
        UNION SELECT page_id FROM article_versions WHERE article_id IN (FROM erased_ids)
        UNION SELECT page_id FROM meta.pages
        WHERE article_id IN (FROM erased_ids) AND page_id IS NOT NULL;
        CREATE OR REPLACE TEMP TABLE erased_urls AS
        SELECT unnest([url, canonical_url]) AS url FROM articles
        WHERE article_id IN (FROM erased_ids)
        UNION SELECT url FROM meta.pages
        WHERE page_id IN (FROM erased_pages) OR article_id IN (FROM erased_ids);
        """
    )
    connection.execute(
        "INSERT INTO erased_urls SELECT unnest(?::VARCHAR[])",
        [list(urls)],
    )
    connection.execute(
        """
        INSERT INTO erased_urls
        SELECT unnest([url, final_url]) FROM meta.fetches
        WHERE substr(sha256, 1, 16) IN (FROM erased_pages)
            OR url IN (FROM erased_urls) OR final_url IN (FROM erased_urls)
        """
    )
    connection.execute("DELETE FROM erased_urls WHERE url IS NULL")

    def column(query: str) -> tuple[str, ...]:
        return tuple(value for (value,) in connection.execute(query).fetchall())

    texts = column("SELECT text FROM articles WHERE article_id IN (FROM erased_ids) ORDER BY 1")
    return Erasure(
        column("SELECT DISTINCT article_id FROM erased_ids ORDER BY 1"),
        column("SELECT DISTINCT page_id FROM erased_pages ORDER BY 1"),
        column("SELECT DISTINCT url FROM erased_urls ORDER BY 1"),
        column(
            "SELECT DISTINCT location FROM meta.pages WHERE page_id IN (FROM erased_pages) "
            "OR article_id IN (FROM erased_ids) ORDER BY 1"
        ),
        _sentences(texts),
    )


def _sentences(texts: Sequence[str]) -> tuple[str, ...]:
    found = {
        part.strip()
        for text in texts
        for part in SENTENCE_END.split(text)
        if len(part.strip().replace("\\", "")) >= MIN_SENTENCE
    }
    return tuple(sorted(found, key=lambda part: (-len(part), part))[:MAX_SENTENCES])


def ledger_rows(connection: duckdb.DuckDBPyConnection, run_id: str) -> list[Row]:
    """Return a row of `meta.pages` for each present page of the articles: rejected, as erased."""
    answer = connection.execute(
        f"""
        SELECT {", ".join(PAGES.columns)} FROM meta.pages
        WHERE page_id IN (SELECT page_id FROM articles WHERE article_id IN (FROM erased_ids))
        QUALIFY row_number() OVER (PARTITION BY page_id ORDER BY fetched_at DESC, location) = 1
        ORDER BY page_id
        """
    )
    rows = fetch_named(answer)
    changed = {
        "outcome": "rejected",
        "detail": "erased: on request",
        "url": None,
        "article_id": None,
        "run_id": run_id,
    }
    return [
        row | changed | {"position": n, "location": f"erased:{row['page_id']}"}
        for n, row in enumerate(rows, 1)
    ]


def bury(
    connection: duckdb.DuckDBPyConnection,
    erasure: Erasure,
    addresses: Sequence[str],
    reason: str,
    now: datetime,
) -> None:
    """Write the tombstones. Done first: whatever happens then, nothing comes back.

    `addresses` are the keys that articles at the erasure's addresses would have.
    """
    connection.execute(
        """
        INSERT INTO meta.erased
        SELECT key, any_value(kind), $now, $reason FROM (
            SELECT unnest($articles::VARCHAR[]) AS key, 'article' AS kind
            UNION ALL SELECT unnest($pages::VARCHAR[]), 'page')
        WHERE key NOT IN (SELECT key FROM meta.erased)
        GROUP BY key ORDER BY key
        """,
        {
            "articles": [*erasure.article_ids, *addresses],
            "pages": list(erasure.page_ids),
            "now": now,
            "reason": reason,
        },
    )


@retried
def purge(connection: duckdb.DuckDBPyConnection, erasure: Erasure) -> None:
    """Take what is left out of every table, in one transaction. Can be done again."""
    with transaction(connection):
        for table in _tables_with(connection, "article_id"):
            connection.execute(f"DELETE FROM {table} WHERE article_id IN (FROM erased_ids)")
        for table in _tables_with(connection, "page_id"):
            connection.execute(f"DELETE FROM {table} WHERE page_id IN (FROM erased_pages)")
        connection.execute(
            "UPDATE meta.pages SET location = 'erased:' || substr(sha256(location), 1, 16), "
            "url = NULL, detail = 'erased: on request', article_id = NULL "
            "WHERE NOT starts_with(location, 'erased:') AND (page_id IN (FROM erased_pages) "
            "OR article_id IN (FROM erased_ids) OR url IN (FROM erased_urls))"
        )
        connection.execute("DELETE FROM meta.link_corrections WHERE id IN (FROM erased_ids)")
        for table in ("meta.fetches", "meta.urls"):
            connection.execute(
                f"DELETE FROM {table} WHERE url IN (FROM erased_urls) "
                "OR final_url IN (FROM erased_urls)"
            )
        ids = {"ids": list(erasure.article_ids)}
        connection.execute(
            "UPDATE meta.site_blocks SET "
            "article_count = greatest(1, article_count - len(list_intersect(article_ids, $ids))), "
            "article_ids = list_filter(article_ids, lambda key: NOT list_contains($ids, key)) "
            "WHERE list_has_any(article_ids, $ids)",
            ids,
        )
        connection.execute("DELETE FROM meta.site_blocks WHERE len(article_ids) = 0")
        _purge_words(connection, erasure)


def _purge_words(connection: duckdb.DuckDBPyConnection, erasure: Erasure) -> None:
    """Blank what checks, incidents and messages quote of the articles."""
    spoken = (
        "EXISTS (SELECT 1 FROM unnest($words::VARCHAR[]) AS t(w) "
        f"WHERE contains({PLAIN}, {PLAIN.format('w')}))"
    )
    words = {"words": [*erasure.keys, *erasure.sentences]}
    for table, column, blank in (
        ("meta.checks", "examples", "'[]'"),
        ("meta.incidents", "examples", "'[]'"),
        ("meta.messages", "body", "'(erased on request)'"),
    ):
        where = spoken.format(column)
        connection.execute(f"UPDATE {table} SET {column} = {blank} WHERE {where}", words)


def _tables_with(connection: duckdb.DuckDBPyConnection, column: str) -> list[str]:
    """Return the tables that hold a column, but the ledger and the tombstones."""
    rows = connection.execute(
        "SELECT schema_name || '.' || table_name FROM duckdb_columns() AS c "
        "JOIN duckdb_tables() AS t USING (database_name, schema_name, table_name) "
        "WHERE c.column_name = ? AND c.database_name = current_database() "
        "AND NOT t.temporary AND schema_name IN ('main', 'meta') ORDER BY 1",
        [column],
    ).fetchall()
    return [name for (name,) in rows if name not in ("meta.pages", "meta.erased")]


def erased_keys(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> set[str]:
    """Return those of `keys` that have a tombstone."""
    found = connection.execute(
        "SELECT key FROM meta.erased WHERE key IN (SELECT unnest(?::JSON::VARCHAR[]))",
        [as_list(keys)],
    ).fetchall()
    return {key for (key,) in found}
