"""Deletes rows that are older than the operator keeps them: a file in `retention/` a table.

Each file deletes the rows of its table from before the variable `before`, and leaves what other
rows or later runs need. Articles have no file: they are erased (`flows/steps/retention.py`).
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

import duckdb

from warehouse.sql import read_folder


def retained_tables() -> tuple[str, ...]:
    """Return the names of the tables that have a file."""
    return tuple(file.name for file in read_folder("retention"))


def delete_rows(connection: duckdb.DuckDBPyConnection, table: str, before: datetime) -> int:
    """Delete the rows of `table` from before a moment, as its file says; return how many are gone.

    The caller has a transaction open.
    """
    (file,) = (file for file in read_folder("retention") if file.name == table)
    connection.execute("SET VARIABLE before = ?", [before])
    count = _count(connection, table)
    connection.execute(file.text)
    return count - _count(connection, table)


def old_articles(connection: duckdb.DuckDBPyConnection, before: datetime) -> list[str]:
    """Return the keys of the articles that were first seen before a moment."""
    rows = connection.execute(
        "SELECT article_id FROM articles WHERE first_seen_at < ? ORDER BY article_id", [before]
    ).fetchall()
    return [key for (key,) in rows]


def forget_stored(connection: duckdb.DuckDBPyConnection, files: Collection[str]) -> None:
    """Forget that pages are stored in `files` of the raw store, which are gone: their addresses
    are asked for in full the next time, as nothing is there to compare with.
    """
    connection.execute(
        """
        UPDATE meta.urls SET etag = NULL, last_modified = NULL, stored_at = NULL, sha256 = NULL,
            payload_digest = NULL, byte_count = NULL, content_type = NULL, warc_file = NULL,
            warc_offset = NULL
        WHERE warc_file IN (SELECT unnest(?::VARCHAR[]))
        """,
        [list(files)],
    )


def _count(connection: duckdb.DuckDBPyConnection, table: str) -> int:
    found = connection.execute(f"SELECT count(*) FROM {table}").fetchone()
    assert found is not None
    return int(found[0])
