"""Applies the retention settings: erases old articles, deletes old rows, files of the raw store and
run folders. Nothing goes whose setting is not set.
"""

from __future__ import annotations

import shutil
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Final

import duckdb

from flows.acquire.raw.files import RawFiles
from flows.settings import RetentionSettings
from flows.steps.erase import erase
from flows.steps.request import Request
from warehouse.connect import (
    Say,
    WarehouseAddress,
    demand,
    open_reader,
    open_writer,
    run_lock,
    runs_folder,
)
from warehouse.migrate import migrate
from warehouse.publish import publish
from warehouse.retain import delete_rows, forget_stored, old_articles
from warehouse.transaction import retried, transaction

ARTICLES: Final = "articles"


@dataclass(slots=True)
class Gone:
    """What went, or would go: rows by table, files of the raw store, run folders."""

    rows: dict[str, int] = field(default_factory=dict)
    raw_files: list[str] = field(default_factory=list)
    run_folders: list[str] = field(default_factory=list)

    def table(self) -> list[dict[str, object]]:
        """Return a row for each kind of thing."""
        counts = {
            **self.rows,
            "files of the raw store": len(self.raw_files),
            "run folders": len(self.run_folders),
        }
        return [{"what": what, "count": count} for what, count in counts.items()]


def retain(
    request: Request, kept: RetentionSettings, now: datetime, say: Say, *, dry_run: bool = False
) -> Gone:
    """Take away what is older than `kept` says, and publish; return what went.

    Articles are erased with a tombstone, so that a page that is still listed is not taken in
    again. With `dry_run` nothing changes. Raises WarehouseError where there is no warehouse or
    another run holds it.
    """
    demand(request.warehouse)
    gone = Gone()
    if (days := kept.tables.get(ARTICLES)) is not None:
        gone.rows[ARTICLES] = _erase_articles(request, days, now, say, dry_run=dry_run)
    with run_lock(request.warehouse, request.lock_timeout, say):
        gone.raw_files = _old_files(request.raw_files, kept.raw_days, now)
        gone.run_folders = _old_runs(request.warehouse, kept.run_folder_days, now)
        with open_writer(request.warehouse, request.lock_timeout, say) as connection:
            migrate(connection)
            _delete_old(connection, gone, kept, now, dry_run=dry_run)
        if dry_run:
            return gone
        for name in gone.raw_files:
            request.raw_files.remove(name)
        for name in gone.run_folders:
            shutil.rmtree(runs_folder(request.warehouse) / name)
        if any(gone.rows.values()) or gone.raw_files:
            publish(request.warehouse, request.lock_timeout, say, compact=True)
    return gone


@retried
def _delete_old(
    connection: duckdb.DuckDBPyConnection,
    gone: Gone,
    kept: RetentionSettings,
    now: datetime,
    *,
    dry_run: bool,
) -> None:
    """Delete the old rows of each table, and count them in `gone`; forget what lies in its raw
    files.
    """
    with transaction(connection, is_trial=dry_run):
        for table, days in kept.tables.items():
            if table != ARTICLES:
                gone.rows[table] = delete_rows(connection, table, now - timedelta(days=days))
        forget_stored(connection, gone.raw_files)


def _erase_articles(request: Request, days: int, now: datetime, say: Say, *, dry_run: bool) -> int:
    with open_reader(request.warehouse, timeout=request.lock_timeout, say=say) as connection:
        old = old_articles(connection, now - timedelta(days=days))
    if old and not dry_run:
        reason = f"retention: first seen more than {days} days ago"
        erase(request.warehouse, request.raw_files, old, None, reason, request.lock_timeout, say)
    return len(old)


def _old_files(files: RawFiles, days: int | None, now: datetime) -> list[str]:
    """Return the files of the raw store of days long ago; the newest stays, as runs append to
    it.
    """
    if days is None:
        return []
    first = f"newsduck-{now - timedelta(days=days):%Y%m%d}"
    return [name for name in files.names()[:-1] if name < first]


def _old_runs(warehouse: WarehouseAddress, days: int | None, now: datetime) -> list[str]:
    folder = runs_folder(warehouse)
    if days is None or not folder.is_dir():
        return []
    before = (now - timedelta(days=days)).timestamp()
    return sorted(
        path.name for path in folder.iterdir() if path.is_dir() and path.stat().st_mtime < before
    )
