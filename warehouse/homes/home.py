"""What every home of a warehouse can do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Protocol

import duckdb

Say = Callable[[str], None]
"""Tells a person something, in one line."""

Opened = AbstractContextManager[duckdb.DuckDBPyConnection]
"""A connection whose default database is the warehouse, times in UTC; closed at the end."""


@dataclass(frozen=True, slots=True)
class Load:
    """The last run that changed rows: its number among all runs, and its key."""

    load_number: int
    run_id: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A DuckDB file that is ready to be copied: the load that it holds, and whether much of it is
    free space.
    """

    load: Load | None
    is_loose: bool


def last_load(connection: duckdb.DuckDBPyConnection) -> Load | None:
    """Return the last run that changed rows; None where there was none."""
    found = connection.execute(
        "SELECT load_number, run_id FROM meta.runs WHERE state = 'loaded' "
        "ORDER BY load_number DESC LIMIT 1"
    ).fetchone()
    return Load(*found) if found else None


class Home(Protocol):
    """Where a warehouse lives. `timeout` is in seconds; `say` hears for whom is waited."""

    @property
    def stem(self) -> Path:
        """What the names of the folders beside the warehouse begin with."""
        ...

    def files(self) -> list[Path]:
        """Files on this machine that hold rows and that no other program may write."""
        ...

    def remnants(self, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
        """What may hold rows that no table has any longer: a name for people, and what SQL can
        read from. `connection` is open on the warehouse. Files of `files` are left out.
        """
        ...

    def exists(self) -> bool:
        """Whether there is a warehouse."""
        ...

    def run_lock(self, timeout: float, say: Say) -> AbstractContextManager[None]:
        """Hold the warehouse for one run; raises WarehouseBusyError where another one holds it."""
        ...

    def open_writer(self, timeout: float, say: Say) -> Opened:
        """Open the warehouse for writing, one writer at a time, and make it where there is none.

        Raises WarehouseBusyError after `timeout`, WarehouseError where it cannot be used.
        """
        ...

    def open_reader(self, timeout: float, say: Say, as_of: datetime | None = None) -> Opened:
        """Open the warehouse read-only, as it stood at `as_of` where that is given.

        Raises WarehouseError where there is none, or no state of that time;
        WarehouseBusyError where it is being written for `timeout` seconds.
        """
        ...

    def attached(
        self, connection: duckdb.DuckDBPyConnection, name: str, timeout: float, say: Say
    ) -> AbstractContextManager[None]:
        """Attach the warehouse read-only to a session of another one, under `name`."""
        ...

    def open_trial(self, timeout: float, say: Say) -> Opened:
        """Open what is published for changes that nobody will see; the caller rolls them back."""
        ...

    def tidy(self, kept: timedelta, timeout: float, say: Say) -> str:
        """Make the warehouse smaller and quicker to read, and say what was done; states of the last
        `kept` stay. The caller holds the run lock.
        """
        ...

    def publish(self, timeout: float, say: Say, *, compact: bool = False) -> str:
        """Publish the warehouse and return what readers open. The caller holds the run lock and has
        no connection open. `compact` leaves no deleted row anywhere.
        """
        ...

    def prepare_publishing(
        self, connection: duckdb.DuckDBPyConnection, load: Load | None, say: Say, min_seconds: float
    ) -> Prepared | None:
        """Prepare the warehouse for its copy on an open connection, so that `ensure_published` need
        not open it again. `load` was loaded on `connection`, and the caller closes it next. Returns
        None where `ensure_published` would not publish.
        """
        ...

    def ensure_published(
        self,
        load: Load | None,
        timeout: float,
        say: Say,
        min_seconds: float,
        prepared: Prepared | None = None,
    ) -> bool:
        """Publish unless readers see `load`, the last one (None: there was none); return whether
        it was published. What is younger than `min_seconds` stays until a later run.

        `prepared` is what `prepare_publishing` gave; nobody wrote the warehouse since.
        """
        ...

    def repair_published(self, timeout: float, say: Say) -> bool:
        """Publish anew what is missing or was changed; return whether. Opens nothing otherwise."""
        ...
