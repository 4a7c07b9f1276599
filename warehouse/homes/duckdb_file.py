"""Opens a DuckDB file: one writer at a time, readers on the published copy.

DuckDB locks a file against every other process while a writer has it open, so only the loading step
of a run opens the warehouse itself for long. Two locks stop a second writer: the run lock (a file
beside the warehouse, held for a whole run) and DuckDB's own. The command waits for both, and says
so. Readers of the warehouse file stop no writer: `private_copy.py` says how.
"""

from __future__ import annotations

import os
import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb
from filelock import FileLock, Timeout

from warehouse.errors import WarehouseBusyError, WarehouseError, no_warehouse
from warehouse.homes.home import Say
from warehouse.private_copy import private_copy
from warehouse.row_groups import leave_row_groups
from warehouse.sql import quoted
from warehouse.start_duckdb import start_duckdb

POLL_SECONDS = 0.2
"""How often a locked file is tried again: quick enough to feel immediate, rare enough to cost
nothing.
"""

READER_SECONDS = 1.0
"""How long a writer waits for readers of the warehouse file before it works on a private copy. Most
readers are done by then; copying costs about 0.3 s a GB.
"""


def published_path(warehouse: Path) -> Path:
    """Return where the published copy of `warehouse` stands: news.duckdb is published as
    news.published.duckdb.
    """
    if warehouse.name.endswith(".published.duckdb"):
        return warehouse
    return warehouse.with_name(f"{warehouse.name.removesuffix('.duckdb')}.published.duckdb")


def wal_path(database: Path) -> Path:
    """Return the write-ahead log that DuckDB keeps beside `database`."""
    return database.with_name(f"{database.name}.wal")


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
                f"{warehouse} is still held by {holder} after {timeout:g} s. "
                "Let that run end, or wait longer with --lock-timeout."
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
    try:
        return lock.with_suffix(".holder").read_text(encoding="utf-8", errors="replace")
    except OSError:  # there is none, or that run ended just now
        return "another run"


def attempts(timeout: float, say: Say, why: str) -> Iterator[float]:
    """Yield the seconds that have passed, at once and every POLL_SECONDS, the last time when
    `timeout` is over; say once `why` it takes longer.
    """
    started, told = time.monotonic(), False
    while True:
        waited = time.monotonic() - started
        yield waited
        if waited >= timeout:
            return
        if not told:
            say(f"{why}; waiting up to {timeout:g} s")
            told = True
        time.sleep(POLL_SECONDS)


@contextmanager
def open_writer(warehouse: Path, timeout: float, say: Say) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse for writing, making the file if there is none. Times are UTC in this
    session.

    Waits up to `timeout` seconds for another writer, then raises WarehouseBusyError. Where only
    readers have the file open for longer than READER_SECONDS, the session works on a private copy
    that takes the file's place when it ends. Raises WarehouseError where the file is no DuckDB
    database.
    """
    warehouse.parent.mkdir(parents=True, exist_ok=True)
    for waited in attempts(timeout, say, f"{warehouse} is open in another process"):
        if (connection := _try_open(warehouse, read_only=False)) is not None:
            break
        if waited >= min(timeout, READER_SECONDS):
            with private_copy(warehouse, wal_path(warehouse)) as copy:
                if copy is not None:
                    copied = _opened(copy, read_only=False)
                    with session(copied):
                        leave_row_groups(copied)
                        yield copied
                    return
    else:
        raise _busy(warehouse, timeout)
    with session(connection):
        leave_row_groups(connection)
        yield connection


@contextmanager
def open_reader(
    path: Path, *, timeout: float = 0, say: Say = lambda _: None
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a published copy (or a warehouse that nobody writes) read-only. Raises WarehouseError
    where there is none, WarehouseBusyError where another process writes it for `timeout` seconds.
    """
    if not path.is_file():
        raise no_warehouse(path)
    for _ in attempts(timeout, say, f"{path} is open in another process"):
        if (connection := _try_open(path, read_only=True)) is not None:
            break
    else:
        raise _busy(path, timeout)
    with session(connection):
        yield connection


@contextmanager
def session(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
    """Use `connection` with times in UTC, and close it at the end."""
    try:
        connection.execute("SET TimeZone = 'UTC'")
        yield
    finally:
        connection.close()


def _try_open(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection | None:
    """Open `path`; None where another process holds a lock on it."""
    try:
        return _opened(path, read_only=read_only)
    except WarehouseBusyError:
        return None


def _opened(path: Path, *, read_only: bool) -> duckdb.DuckDBPyConnection:
    try:
        return start_duckdb(path, read_only=read_only)
    except duckdb.IOException as error:
        if "Could not set lock" in str(error) or "Conflicting lock" in str(error):
            raise WarehouseBusyError(str(error)) from error
        raise WarehouseError(
            f"{path} cannot be opened: {_first_line(error)}{_remedy(path)}"
        ) from error
    except duckdb.Error as error:
        raise WarehouseError(
            f"{path} is no DuckDB database that this version can read: "
            f"{_first_line(error)}{_remedy(path)}"
        ) from error


def _busy(path: Path, timeout: float) -> WarehouseBusyError:
    if path.name.endswith(".published.duckdb"):
        return WarehouseBusyError(
            f"{path} is open for writing in another process. Close it there, or open it read-only "
            "there; `newsduck publish` puts a new copy in its place."
        )
    holder = "another process"
    try:
        _opened(path, read_only=True).close()
    except WarehouseBusyError as error:
        if named := re.search(r"PID (\d+)", str(error)):
            holder = f"process {named[1]}"
    return WarehouseBusyError(
        f"{path} is open for writing in {holder}, after {timeout:g} s. "
        "Close it there (read the published copy instead), or wait longer with --lock-timeout."
    )


def _remedy(path: Path) -> str:
    is_published = path.name.endswith(".published.duckdb")
    return " (`newsduck publish` makes the published copy anew)" if is_published else ""


def _first_line(error: Exception) -> str:
    return str(error).strip().split("\n", 1)[0]


def compact_file(warehouse: Path) -> None:
    """Rewrite the file without its free space; left as it is where somebody writes it."""
    fresh = warehouse.with_name(f"{warehouse.name}.compact")
    fresh.unlink(missing_ok=True)
    with start_duckdb() as connection:
        try:
            connection.execute(f"ATTACH {quoted(warehouse)} AS old (READ_ONLY)")
        except duckdb.IOException:
            return
        if wal_path(warehouse).exists():  # it belongs to the file as it is
            return
        connection.execute(f"ATTACH {quoted(fresh)} AS fresh")
        connection.execute("COPY FROM DATABASE old TO fresh")
        connection.execute("CHECKPOINT fresh")
        connection.execute("DETACH fresh")
        fresh.replace(warehouse)
