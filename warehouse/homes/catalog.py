"""The two catalogs that a lake may have: a DuckDB file on one machine, or a PostgreSQL database."""

from __future__ import annotations

import os
import socket
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from shutil import copyfile
from typing import TYPE_CHECKING, Protocol

from warehouse.errors import WarehouseBusyError, WarehouseError, WarehouseLockLostError
from warehouse.homes.duckdb_file import attempts, compact_file, run_lock, wal_path
from warehouse.homes.home import Say
from warehouse.private_copy import shared_lock
from warehouse.transaction import asked_before_commits

if TYPE_CHECKING:
    import psycopg

MISSING = "a DuckLake needs packages that are not here: pip install 'newsduck[lake]'"

LOCK_CLASS = 0x6E647563
"""First key of our advisory locks in PostgreSQL: the letters "nduc"."""

RUN, WRITER = 1, 2
"""Second key: a run holds RUN from its beginning to its end, each session that writes WRITER."""

HOLDER = """
    SELECT a.application_name, to_char(a.backend_start AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:MI:SS')
    FROM pg_locks AS l JOIN pg_stat_activity AS a ON a.pid = l.pid
    WHERE l.locktype = 'advisory' AND l.granted AND l.classid = %s AND l.objid = %s
        AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())
"""

KEEPALIVE = """
    SET tcp_keepalives_idle = 30;
    SET tcp_keepalives_interval = 10;
    SET tcp_keepalives_count = 3;
    SET tcp_user_timeout = 60000;
"""
"""PostgreSQL asks a silent client after 30 s, and gives it up after three questions without an
answer, 10 s each, or where an answer of its own is not acknowledged for 60 s: a machine that
vanishes loses its locks after about a minute. A process that is killed loses them at once.
"""


class Catalog(Protocol):
    """What a lake asks of its catalog."""

    @property
    def extensions(self) -> tuple[str, ...]:
        """DuckDB extensions that it needs."""
        ...

    def files(self) -> list[Path]:
        """The files on this machine that it consists of."""
        ...

    def exists(self) -> bool:
        """Whether a lake has been made here."""
        ...

    def compact(self) -> None:
        """Leave no deleted row in its files. The caller keeps other writers out."""
        ...

    def run_lock(self, timeout: float, say: Say) -> AbstractContextManager[None]:
        """Hold the lake for one run."""
        ...

    def writing(self, timeout: float, say: Say) -> AbstractContextManager[str]:
        """Keep other writers out; yields what to attach."""
        ...

    def reading(self, timeout: float, say: Say) -> AbstractContextManager[str]:
        """Yield what to attach read-only."""
        ...


@dataclass(frozen=True, slots=True)
class FileCatalog:
    """A catalog in a DuckDB file. DuckDB lets one process write it or several read it."""

    path: Path
    extensions: tuple[str, ...] = ("ducklake",)

    def files(self) -> list[Path]:
        """The file, where it is there."""
        return [self.path] if self.exists() else []

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.is_file()

    def compact(self) -> None:
        """Write the file anew: what DuckDB frees keeps its bytes until the room is needed."""
        compact_file(self.path)

    def run_lock(self, timeout: float, say: Say) -> AbstractContextManager[None]:
        """Hold a file beside the catalog."""
        return run_lock(self.path, timeout, say)

    @contextmanager
    def writing(self, timeout: float, say: Say) -> Iterator[str]:
        """Hold a second file: while DuckDB has the catalog open, others could not even ask."""
        with run_lock(self.path.with_name(f"{self.path.name}.writer"), timeout, say):
            yield str(self.path)

    @contextmanager
    def reading(self, timeout: float, say: Say) -> Iterator[str]:
        """Yield a copy of the catalog: it is small, and then no reader stops a writer. The Parquet
        files that it names are never changed.
        """
        with tempfile.TemporaryDirectory(prefix="newsduck-") as folder:
            copy = Path(folder) / self.path.name
            for _ in attempts(timeout, say, f"{self.path} is being written"):
                if self._copied(copy):
                    break
            else:
                raise WarehouseBusyError(
                    f"{self.path} is being written, after {timeout:g} s. Ask again later; "
                    "readers of a lake with its catalog in PostgreSQL never wait."
                )
            yield str(copy)

    def _copied(self, copy: Path) -> bool:
        with shared_lock(self.path) as is_held:
            if not is_held:
                return False
            copyfile(self.path, copy)
            if wal_path(self.path).exists():  # a writer was killed: DuckDB reads it from its log
                copyfile(wal_path(self.path), wal_path(copy))
            return True


@dataclass(frozen=True, slots=True)
class PostgresCatalog:
    """A catalog in a PostgreSQL database, for any number of processes and machines."""

    connection_string: str
    extensions: tuple[str, ...] = ("ducklake", "postgres_scanner")

    def files(self) -> list[Path]:
        """None."""
        return []

    def exists(self) -> bool:
        """Whether the database holds a lake."""
        with self._connect() as connection:
            found = connection.execute("SELECT to_regclass('ducklake_metadata')").fetchone()
        return found is not None and found[0] is not None

    def compact(self) -> None:
        """Have PostgreSQL write its tables anew: freed rows keep their bytes until then."""
        with self._connect() as connection:
            connection.execute("VACUUM (FULL)")

    def run_lock(self, timeout: float, say: Say) -> AbstractContextManager[None]:
        """Hold an advisory lock, which PostgreSQL frees where the connection ends."""
        return self._lock(RUN, timeout, say)

    @contextmanager
    def writing(self, timeout: float, say: Say) -> Iterator[str]:
        """Hold an advisory lock of writers."""
        with self._lock(WRITER, timeout, say):
            yield f"postgres:{self.connection_string}"

    @contextmanager
    def reading(self, timeout: float, say: Say) -> Iterator[str]:
        """Wait for nobody."""
        yield f"postgres:{self.connection_string}"

    @contextmanager
    def _lock(self, key: int, timeout: float, say: Say) -> Iterator[None]:
        from psycopg.errors import LockNotAvailable

        with self._connect() as connection:
            connection.execute(KEEPALIVE)
            keys = (LOCK_CLASS, key)
            if connection.execute("SELECT pg_try_advisory_lock(%s, %s)", keys).fetchone() != (
                True,
            ):
                holder = _holder(connection, key)
                say(f"the lake is held by {holder}; waiting up to {timeout:g} s")
                milliseconds = max(1, round(timeout * 1000))
                connection.execute(f"SET lock_timeout = {milliseconds}")
                try:
                    connection.execute("SELECT pg_advisory_lock(%s, %s)", keys)
                except LockNotAvailable:
                    raise WarehouseBusyError(
                        f"the lake is still held by {holder} after {timeout:g} s. "
                        "Let that run end, or wait longer with --lock-timeout."
                    ) from None
            with asked_before_commits(partial(_check_held, connection)):
                yield

    @contextmanager
    def _connect(self) -> Iterator[psycopg.Connection]:
        try:
            import psycopg
        except ImportError as error:
            raise WarehouseError(MISSING) from error
        name = f"newsduck on {socket.gethostname()[:32]}, process {os.getpid()}"
        try:
            connection = psycopg.connect(
                self.connection_string,
                autocommit=True,
                application_name=name,
                client_encoding="utf8",  # else a database without an encoding answers in bytes
            )
        except psycopg.OperationalError as error:
            first = str(error).strip().splitlines()[0]
            raise WarehouseError(
                f"the lake's catalog cannot be reached: {first}. Start PostgreSQL, or make the "
                "database (createdb); a password stands in PGPASSWORD or ~/.pgpass."
            ) from error
        try:
            yield connection
        finally:
            connection.close()


def _check_held(connection: psycopg.Connection) -> None:
    """Raise WarehouseLockLostError where the connection has ended, and its lock with it."""
    from psycopg import OperationalError

    try:
        connection.execute("SELECT 1")
    except OperationalError as error:
        first = str(error).strip().splitlines()[0]
        raise WarehouseLockLostError(
            f"PostgreSQL has ended the connection that held the lake for this run ({first}), so "
            "another run may have begun: what was not committed yet is not loaded. Run again."
        ) from error


def _holder(connection: psycopg.Connection, key: int) -> str:
    found = connection.execute(HOLDER, (LOCK_CLASS, key)).fetchone()
    return f"{found[0]}, since {found[1]} UTC" if found and found[0] else "another run"
