"""Publishes the warehouse: a copy beside it, put in place in one step, that readers open without
ever waiting.

The file is copied as a whole after a checkpoint (measured: 926 MB in 0.25 s; COPY FROM DATABASE
takes 5.2 s for the same), and rewritten only when much of it is free space, since DuckDB files keep
the room of deleted rows (duckdb#109).
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import duckdb

from warehouse.connect import published_path
from warehouse.sql import quoted

FREE_SHARE_TO_COMPACT = 0.4
"""Share of free blocks from which the file is rewritten: the copy then saves more than it costs."""

BLOCKS_TO_COMPACT = 256
"""Smallest file worth rewriting, in blocks (64 MB at DuckDB's 256 KiB blocks)."""


def publish(warehouse: Path) -> Path:
    """Put a copy of `warehouse` in place of the published one and return its path.

    The caller holds the run lock and has closed its connection. Readers that have the earlier copy
    open keep reading it undisturbed.
    """
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("CHECKPOINT")
        size = connection.execute(
            "SELECT total_blocks, free_blocks FROM pragma_database_size()"
        ).fetchone()
    if size and size[0] >= BLOCKS_TO_COMPACT and size[1] / size[0] >= FREE_SHARE_TO_COMPACT:
        _compact(warehouse)
    target = published_path(warehouse)
    fresh = target.with_name(f"{target.name}.fresh")
    shutil.copyfile(warehouse, fresh)
    with fresh.open("rb") as copy:
        os.fsync(copy.fileno())
    fresh.replace(target)
    return target


def _compact(warehouse: Path) -> None:
    """Rewrite the file without its free space."""
    fresh = warehouse.with_name(f"{warehouse.name}.compact")
    fresh.unlink(missing_ok=True)
    with duckdb.connect() as connection:
        connection.execute(f"ATTACH {quoted(warehouse)} AS old (READ_ONLY)")
        connection.execute(f"ATTACH {quoted(fresh)} AS fresh")
        connection.execute("COPY FROM DATABASE old TO fresh")
    fresh.replace(warehouse)


def is_published(warehouse: Path, last_run: str | None) -> bool:
    """Whether the published copy holds `last_run`, the last run that loaded rows into the warehouse
    (None: there was none).
    """
    if last_run is None:
        return True
    target = published_path(warehouse)
    if not target.is_file():
        return False
    with duckdb.connect(str(target), read_only=True) as connection:
        found = connection.execute(
            "SELECT 1 FROM meta.runs WHERE run_id = ?", [last_run]
        ).fetchone()
    return found is not None
