"""Opens the warehouse: one writer at a time, readers on the published copy.

DuckDB locks a file against every other process while a writer has it open, so nobody but the
loading step of a run opens the warehouse itself for long. Two locks stand in the way of a second
writer: the run lock (a file beside the warehouse, held for a whole run) and DuckDB's own. Both are
waited for, with a word to the person who waits.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import WarehouseBusyError, WarehouseError

POLL_SECONDS = 0.2
"""How often a held file is tried again: quick enough to feel immediate, rare enough to cost
nothing.
"""

Say = Callable[[str], None]


def published_path(warehouse: Path) -> Path:
    """Return where the published copy of `warehouse` stands: news.duckdb is published as
    news.published.duckdb.
    """
    if warehouse.name.endswith(".published.duckdb"):
        return warehouse
    return warehouse.with_name(f"{warehouse.name.removesuffix('.duckdb')}.published.duckdb")


def runs_folder(warehouse: Path) -> Path:
    """Return the folder that holds a folder for each run's staged files."""
    return warehouse.with_name(f"{warehouse.name.removesuffix('.duckdb')}.runs")


def raw_folder(warehouse: Path) -> Path:
    """Return the folder that holds pages as they were fetched, unless the settings name another."""
    return warehouse.with_name(f"{warehouse.name.removesuffix('.duckdb')}.raw")


@contextmanager
def run_lock(warehouse: Path, timeout: float, say: Say) -> Iterator[None]:
    """Hold the warehouse for one run. Waits up to `timeout` seconds, saying once for whom; then
    raises WarehouseBusyError.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    path = warehouse.with_name(f"{warehouse.name}.lock")
    lock = FileLock(path)
    try:
        lock.acquire(timeout=0)
    except Timeout:
        holder = _holder(path)
        say(f"{warehouse} is held by {holder}; waiting up to {timeout:g} s")
        try:
            lock.acquire(timeout=timeout, poll_interval=POLL_SECONDS)
        except Timeout:
            raise WarehouseBusyError(
                f"{warehouse} is still held by {holder} after {timeout:g} s. Let that run end, or wait longer with --lock-timeout."
            ) from None
    note = path.with_suffix(".holder")
    try:
        note.write_text(
            f"process {os.getpid()}, since {time.strftime('%Y-%m-%d %H:%M:%S %Z')}",
            encoding="utf-8",
        )
        yield
    finally:
        note.unlink(missing_ok=True)
        lock.release()


def _holder(lock: Path) -> str:
    note = lock.with_suffix(".holder")
    return note.read_text(encoding="utf-8") if note.is_file() else "another run"


@contextmanager
def open_writer(warehouse: Path, timeout: float, say: Say) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for writing, making the file if there is none; times are UTC in this
    session.

    Waits up to `timeout` seconds for a process that has the file open, then raises
    WarehouseBusyError. Raises WarehouseError where the file is no DuckDB database.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    with _connect(warehouse, read_only=False, timeout=timeout, say=say) as connection:
        yield connection


def demand(path: Path) -> None:
    """Raise WarehouseError where `path` is no file yet."""
    if not path.is_file():
        raise WarehouseError(
            f"{path} does not exist yet: run `newsduck ingest` first, or name another file with --warehouse."
        )


@contextmanager
def open_reader(
    path: Path, *, timeout: float = 0, say: Say = lambda _: None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published copy (or a warehouse that nobody writes) read-only; raises WarehouseError
    where there is none.
    """
    demand(path)
    with _connect(path, read_only=True, timeout=timeout, say=say) as connection:
        yield connection


@contextmanager
def _connect(
    path: Path, *, read_only: bool, timeout: float, say: Say
) -> Iterator[duckdb.DuckDBPyConnection]:
    deadline, told = time.monotonic() + timeout, False
    while True:
        try:
            connection = duckdb.connect(str(path), read_only=read_only)
            break
        except duckdb.IOException as error:
            if "lock" not in str(error).lower():
                raise WarehouseError(f"{path} cannot be opened: {_first_line(error)}") from error
            if time.monotonic() >= deadline:
                raise WarehouseBusyError(
                    f"{path} is open in another process, after {timeout:g} s: {_first_line(error)}. "
                    "Close it there (read the published copy instead), or wait longer with --lock-timeout."
                ) from error
            if not told:
                say(f"{path} is open in another process; waiting up to {timeout:g} s")
                told = True
            time.sleep(POLL_SECONDS)
        except duckdb.Error as error:
            raise WarehouseError(
                f"{path} is no DuckDB database that this version can read: {_first_line(error)}"
            ) from error
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection
    finally:
        connection.close()


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]
