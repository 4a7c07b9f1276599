"""Reads texts of a few articles."""

from __future__ import annotations

from collections.abc import Collection

import duckdb

from warehouse.sql import as_list


def read_texts(
    connection: duckdb.DuckDBPyConnection, articles: Collection[str], known: str = "articles"
) -> dict[str, str]:
    """Return the texts of articles by their keys. The keys are sought in a narrow scan, and texts
    read by row number: a scan that meets both reads all texts of the warehouse. `known` is a
    temporary table that has the row numbers already, as `row_number`.
    """
    if not articles:
        return {}
    number = "rowid" if known == "articles" else "row_number"
    connection.execute(
        f"CREATE OR REPLACE TEMP TABLE link_wanted_rows AS SELECT {number} AS row_number "
        f"FROM {known} WHERE article_id IN (SELECT unnest(?::JSON::VARCHAR[]))",
        [as_list(sorted(articles))],
    )
    return dict(
        connection.execute(
            "SELECT a.article_id, a.text FROM articles AS a "
            "JOIN link_wanted_rows AS r ON r.row_number = a.rowid"
        ).fetchall()
    )
