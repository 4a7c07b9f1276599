"""Keeps the row numbers of a DuckLake unique.

A row that a transaction inserts has a number above 10^18 until the commit. Where the transaction
updates that row as well, DuckLake 1.5 keeps this number for good, and the next transaction gives it
again: a join by `rowid` then meets rows of other runs.
"""

from __future__ import annotations

import duckdb

from warehouse.sql import is_lake

PASSING = 10**18
"""The least number of a row that is not committed yet."""

TABLES = (
    "articles",
    "article_versions",
    "meta.entity_names",
    "meta.link_articles",
    "meta.link_quotes",
    "meta.quote_rows",
)
"""Tables whose rows are sought by number, and are updated in the transaction that inserts them."""


def number_anew(connection: duckdb.DuckDBPyConnection, *tables: str) -> None:
    """Insert the rows of this transaction again, those of `tables` (TABLES), so that the commit
    gives them numbers of their own. Nothing is done in a DuckDB file.
    """
    if not is_lake(connection):
        return
    for table in tables or TABLES:
        passing = f"{table} WHERE rowid >= {PASSING}"
        connection.execute(f"CREATE OR REPLACE TEMP TABLE rows_again AS FROM {passing}")
        if connection.execute("SELECT 1 FROM rows_again LIMIT 1").fetchone():
            connection.execute(f"DELETE FROM {passing}")
            connection.execute(f"INSERT INTO {table} FROM rows_again")
    connection.execute("DROP TABLE IF EXISTS rows_again")
