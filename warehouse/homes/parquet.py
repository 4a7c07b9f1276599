"""How many rows of a lake's table stand together in its Parquet files.

A row that is sought by its number is read with all rows of its row group. DuckLake puts 122,880
rows into one: a load that read the texts of ten articles, or updated their stories, read all texts
of such a group. A file describes each of its groups, and each scan reads that: so narrow tables,
which have the most rows, keep large groups.
"""

from __future__ import annotations

import duckdb

from warehouse.homes.address import LAKE

WIDE = ("main.articles", "main.article_versions", "meta.link_articles")
"""Tables with kilobytes a row, of which a load reads and updates few rows by number."""

GROUP_ROWS = 10_240
"""Rows in one group of these tables: five times what DuckDB reads at once."""

OPTION = "parquet_row_group_size"


def fit_row_groups(connection: duckdb.DuckDBPyConnection) -> None:
    """Let new files of wide tables have small row groups. The lake's catalog keeps the option;
    files that are there stay as they are until they are written anew.
    """
    known = {
        table: int(rows)
        for table, rows in connection.execute(
            "SELECT scope_entry, value FROM ducklake_options(?) "
            "WHERE option_name = ? AND scope = 'TABLE'",
            [LAKE, OPTION],
        ).fetchall()
    }
    for table in WIDE:
        if known.get(table) != GROUP_ROWS:
            schema, _, name = table.partition(".")
            connection.execute(
                f"CALL {LAKE}.set_option('{OPTION}', {GROUP_ROWS}, "
                f"schema => '{schema}', table_name => '{name}')"
            )
