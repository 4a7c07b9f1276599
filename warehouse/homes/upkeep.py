"""Keeps a lake small: joins small Parquet files, lets old snapshots go, and deletes the files that
nothing needs any longer.

A run writes a few small files a table and marks deleted rows; readers pay for both until they are
joined. The caller holds the run lock, since DuckLake does not yet keep joining apart from deleting
(ducklake#1094, #1215, #1285, #1463).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import duckdb

from warehouse.homes.address import LAKE, METADATA
from warehouse.homes.parquet import fit_row_groups
from warehouse.sql import quoted

DELETED_SHARE = 0.1
"""Share of deleted rows from which a file is written anew: a reader then skips at most a tenth."""

MAX_EXTREME = 40
"""Characters of a value that may be a key or a name; more are a text."""


@dataclass(frozen=True, slots=True)
class Upkeep:
    """What was done: files of tables before and after, snapshots that went, files deleted."""

    files_before: int
    files_after: int
    expired_count: int
    deleted_count: int


def keep_up(
    connection: duckdb.DuckDBPyConnection, kept: timedelta, *, deleted_share: float = DELETED_SHARE
) -> Upkeep:
    """Tidy a lake that is open for writing; states of the last `kept` can still be asked for.

    Can be stopped anywhere and done again: each step is a commit of its own, and a file is deleted
    only when no snapshot that is left names it.
    """
    lake = quoted(LAKE)
    before = _file_count(connection)
    fit_row_groups(connection)
    connection.execute(f"CALL ducklake_flush_inlined_data({lake})")
    connection.execute(
        f"CALL ducklake_rewrite_data_files({lake}, delete_threshold => {deleted_share})"
    )
    connection.execute(f"CALL ducklake_merge_adjacent_files({lake})")
    # taken only now: the steps above leave states in which old files are still named
    moment = quoted((datetime.now(UTC) - kept).isoformat(" "))
    expired = connection.execute(
        f"CALL ducklake_expire_snapshots({lake}, older_than => {moment}::TIMESTAMPTZ)"
    ).fetchall()
    # a file that no snapshot names may still be read by a session that began before
    which = f"older_than => {moment}::TIMESTAMPTZ" if kept else "cleanup_all => true"
    deleted = connection.execute(f"CALL ducklake_cleanup_old_files({lake}, {which})").fetchall()
    if not kept:
        _forget_extremes(connection)
    return Upkeep(before, _file_count(connection), len(expired), len(deleted))


def _forget_extremes(connection: duckdb.DuckDBPyConnection) -> None:
    """Take long texts out of what the catalog knows of whole tables: the smallest and the greatest
    value stay there when their row is gone. Queries read a file more without them, no row less.
    """
    connection.execute(
        f"UPDATE {METADATA}.ducklake_table_column_stats "
        "SET min_value = NULL, max_value = NULL "
        f"WHERE greatest(length(min_value), length(max_value)) > {MAX_EXTREME}"
    )


def _file_count(connection: duckdb.DuckDBPyConnection) -> int:
    found = connection.execute(
        "SELECT coalesce(sum(file_count + delete_file_count), 0) FROM ducklake_table_info(?)",
        [LAKE],
    ).fetchone()
    assert found is not None
    return int(found[0])
