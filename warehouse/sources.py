"""Writes the table `sources`: what sources.yml says of each publisher, for analysts."""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from schemas import SOURCES, Row
from warehouse.sql import insert_rows

DIFFERENT = f"""
    SELECT count(*) FROM (
        (SELECT {", ".join(SOURCES.columns)} FROM listed_sources EXCEPT FROM sources)
        UNION ALL
        (SELECT source_id, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL FROM sources
         WHERE is_enabled AND source_id NOT IN (SELECT source_id FROM listed_sources))
    )
"""


def have_sources_changed(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> bool:
    """Return whether `write_sources` would change the table. No rows means no sources file."""
    if not rows:
        return False
    _stage(connection, rows)
    found = connection.execute(DIFFERENT).fetchone()
    return found is not None and found[0] > 0


def write_sources(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> bool:
    """Make the table equal to `rows` and return whether that changed it.

    A source that is gone from the file keeps its row, not enabled: its articles still name it.
    Without rows nothing changes: a run of single files knows no sources.
    """
    if not have_sources_changed(connection, rows):
        return False
    connection.execute(
        "UPDATE sources SET is_enabled = false "
        "WHERE source_id NOT IN (SELECT source_id FROM listed_sources)"
    )
    connection.execute(
        "DELETE FROM sources WHERE source_id IN (SELECT source_id FROM listed_sources)"
    )
    connection.execute(
        f"INSERT INTO sources SELECT {', '.join(SOURCES.columns)} FROM listed_sources"
    )
    return True


def _stage(connection: duckdb.DuckDBPyConnection, rows: Sequence[Row]) -> None:
    """Lay the temporary table `listed_sources`; raises ContractError where a row is wrong."""
    frame = SOURCES.frame([dict(row) for row in rows])
    connection.execute("CREATE OR REPLACE TEMP TABLE listed_sources AS FROM sources LIMIT 0")
    insert_rows(connection, "listed_sources", frame.rows())
