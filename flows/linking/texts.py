"""Reads texts of a few articles."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from warehouse.sql import insert_rows


def read_texts(connection: duckdb.DuckDBPyConnection, articles: Collection[str]) -> dict[str, str]:
    """Return the texts of articles by their keys. The keys are sought in a narrow scan, and texts
    read by row number: a scan that meets both reads all texts of the warehouse.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE link_wanted (article_id VARCHAR)")
    insert_rows(connection, "link_wanted", [(key,) for key in sorted(articles)])
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_wanted_rows AS SELECT a.rowid AS row_number "
        "FROM articles AS a SEMI JOIN link_wanted AS w ON w.article_id = a.article_id"
    )
    return dict(
        connection.execute(
            "SELECT a.article_id, a.text FROM articles AS a "
            "JOIN link_wanted_rows AS r ON r.row_number = a.rowid"
        ).fetchall()
    )
