"""A warehouse in a DuckLake: Parquet files that never change, and a catalog that says which of
them, at each commit, are the tables.

The commit is the publication: a reader sees the lake as it stood when its query began. One process
writes at a time; `catalog.py` says how it keeps others out.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import duckdb

from warehouse.count_views import update_counts
from warehouse.describe import describe
from warehouse.errors import WarehouseBusyError, WarehouseError, no_warehouse
from warehouse.extensions import load_extension
from warehouse.homes.address import LAKE, METADATA, LakeAddress
from warehouse.homes.catalog import MISSING, Catalog, FileCatalog, PostgresCatalog
from warehouse.homes.duckdb_file import session
from warehouse.homes.home import Load, Prepared, Say
from warehouse.homes.objects import EXTENSION, reach_objects
from warehouse.homes.parquet import fit_row_groups
from warehouse.homes.upkeep import keep_up
from warehouse.memory import bound_memory
from warehouse.migrate import layout_version, migrate
from warehouse.sql import quoted
from warehouse.start_duckdb import start_duckdb
from warehouse.transaction import transaction

SESSION = f"SET temp_directory = {quoted(Path(tempfile.gettempdir()) / 'newsduck-spill')}"
"""What does not fit in memory is not written into the folder that newsduck was called in."""

INLINED = f"{METADATA}.ducklake_inlined_data_tables"
"""The tables of rows that the catalog itself holds, by name."""

EXTREMES = ("ducklake_file_column_stats", "ducklake_table_column_stats")
"""The tables of the smallest and the greatest value of each column."""


@dataclass(frozen=True, slots=True)
class LakeHome:
    """A warehouse in a DuckLake."""

    address: LakeAddress

    @property
    def stem(self) -> Path:
        """Beside the catalog file, else in the current folder."""
        return self.address.stem

    @property
    def catalog(self) -> Catalog:
        """Where the lake's catalog is."""
        connection = self.address.connection_string
        if connection is None:
            return FileCatalog(Path(self.address.catalog))
        return PostgresCatalog(connection)

    def files(self) -> list[Path]:
        """The catalog, where it is a file."""
        return self.catalog.files()

    def remnants(self, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
        """Every Parquet file of the lake, and the catalog's tables of values."""
        found = connection.execute(
            "SELECT file FROM glob(?) ORDER BY 1", [f"{_data_path(connection)}**/*.parquet"]
        ).fetchall()
        files = [(file, f"read_parquet({quoted(file)})") for (file,) in found]
        rows = connection.execute(f"SELECT table_name FROM {INLINED} ORDER BY 1").fetchall()
        tables = [*(name for (name,) in rows), *EXTREMES]
        return [*files, *((name, f'{METADATA}."{name}"') for name in tables)]

    def exists(self) -> bool:
        """Whether the catalog holds a lake."""
        return self.catalog.exists()

    def run_lock(self, timeout: float, say: Say) -> AbstractContextManager[None]:
        """Hold the catalog's lock, over all machines that use it."""
        return self.catalog.run_lock(timeout, say)

    @contextmanager
    def open_writer(self, timeout: float, say: Say) -> Iterator[duckdb.DuckDBPyConnection]:
        """Attach the lake for writing; a new one gets the present layout."""
        with (
            self.catalog.writing(timeout, say) as catalog,
            self._session(catalog, self._made_with()) as connection,
        ):
            _lay(connection)
            yield connection

    @contextmanager
    def open_reader(
        self, timeout: float, say: Say, as_of: datetime | None = None
    ) -> Iterator[duckdb.DuckDBPyConnection]:
        """Attach the lake read-only."""
        if not self.exists():
            raise no_warehouse(self.address)
        options = ["READ_ONLY"]
        if as_of is not None:
            options.append(f"SNAPSHOT_TIME {quoted(as_of.astimezone(UTC).isoformat(' '))}")
        with (
            self.catalog.reading(timeout, say) as catalog,
            self._session(catalog, options) as connection,
        ):
            # the lake's own files stay in reach where a reader shuts all others out
            connection.execute(f"SET allowed_directories = [{quoted(_data_path(connection))}]")
            yield connection

    @contextmanager
    def open_trial(self, timeout: float, say: Say) -> Iterator[duckdb.DuckDBPyConnection]:
        """Attach the lake for changes that are rolled back: no other writer is kept out."""
        with (
            self.catalog.reading(timeout, say) as catalog,
            self._session(catalog, []) as connection,
        ):
            yield connection

    def tidy(self, kept: timedelta, timeout: float, say: Say) -> str:
        """Count views anew, join small files, let snapshots go, and delete files that nothing
        needs.
        """
        with self.open_writer(timeout, say) as connection:
            migrate(connection)
            bound_memory(connection)
            update_counts(connection, say)
            done = keep_up(connection, kept)
        return (
            f"{self.address}: {done.files_before} files are {done.files_after}, "
            f"{done.expired_count} snapshots went, {done.deleted_count} files were deleted."
        )

    def publish(self, timeout: float, say: Say, *, compact: bool = False) -> str:
        """Each commit has published already. `compact` lets all earlier states go, and writes files
        with deleted rows anew.
        """
        if compact:
            with self.open_writer(timeout, say) as connection:
                keep_up(connection, timedelta(0), deleted_share=0)
            with self.catalog.writing(timeout, say):
                self.catalog.compact()
        return str(self.address)

    @contextmanager
    def attached(
        self, connection: duckdb.DuckDBPyConnection, name: str, timeout: float, say: Say
    ) -> Iterator[None]:
        """Attach the lake read-only."""
        with self.catalog.reading(timeout, say) as catalog:
            self._attach(connection, catalog, ["READ_ONLY"], name)
            yield
            connection.execute(f"DETACH {name}")

    def prepare_publishing(
        self, connection: duckdb.DuckDBPyConnection, load: Load | None, say: Say, min_seconds: float
    ) -> None:
        """There is nothing to do."""

    def ensure_published(
        self,
        load: Load | None,
        timeout: float,
        say: Say,
        min_seconds: float,
        prepared: Prepared | None = None,
    ) -> bool:
        """There is nothing to do."""
        return False

    def repair_published(self, timeout: float, say: Say) -> bool:
        """There is nothing to do."""
        return False

    def _made_with(self) -> list[str]:
        """Return the options that a new lake is made with; those of an old one stay."""
        if self.exists():
            return []
        place = self.address.data_path
        if place is None:
            if self.address.connection_string is not None:
                raise WarehouseError(
                    f"{self.address} is a new lake: say where its Parquet files go "
                    "(data_path = … in newsduck.toml, or NEWSDUCK_DATA_PATH)."
                )
            place = f"{self.stem}.data"
        if "://" not in place:
            place = str(Path(place).resolve())
        return [f"DATA_PATH {quoted(place)}"]

    @contextmanager
    def _session(self, catalog: str, options: list[str]) -> Iterator[duckdb.DuckDBPyConnection]:
        """Yield a session whose default database is the lake, attached with `options`."""
        with start_duckdb() as connection, session(connection):
            self._attach(connection, catalog, options)
            connection.execute(f"USE {LAKE}")
            yield connection

    def _attach(
        self,
        connection: duckdb.DuckDBPyConnection,
        catalog: str,
        options: list[str],
        name: str = LAKE,
    ) -> None:
        connection.execute(SESSION)
        try:
            for extension in self.catalog.extensions:
                load_extension(connection, extension)
        except WarehouseError as error:
            raise WarehouseError(MISSING) from error
        words = f" ({', '.join(options)})" if options else ""
        statement = f"ATTACH {quoted(f'ducklake:{catalog}')} AS {name}{words}"
        try:
            _attach_with_objects(connection, statement)
        except duckdb.Error as error:
            first = str(error).strip().splitlines()[0]
            if any(option.startswith("SNAPSHOT") for option in options):
                raise WarehouseError(
                    f"{self.address} keeps no state of that time: it began later, or `maintain` "
                    f"has let it go (snapshot_days): {first}"
                ) from error
            if "lock" in first.lower():
                raise WarehouseBusyError(f"{self.address} is open elsewhere: {first}") from error
            raise WarehouseError(f"{self.address} cannot be opened: {first}") from error


def _attach_with_objects(connection: duckdb.DuckDBPyConnection, statement: str) -> None:
    """Attach a lake. That its files lie in an object store is known from the catalog alone, and the
    extension takes 0.1 s to load: so it is loaded when DuckDB asks for it.
    """
    try:
        connection.execute(statement)
    except duckdb.Error as error:
        if f"extension {EXTENSION}" not in str(error):
            raise
        reach_objects(connection)
        connection.execute(statement)


def _lay(connection: duckdb.DuckDBPyConnection) -> None:
    """Give an empty lake the present layout, with the record of the migrations that made it.

    The steps themselves change columns of tables that they changed just before, which a lake does
    not do within one transaction.
    """
    if layout_version(connection):
        return
    connection.execute("ATTACH ':memory:' AS layout")
    connection.execute("USE layout")
    migrate(connection, for_lake=True)
    connection.execute(f"USE {LAKE}")
    with transaction(connection):
        connection.execute(f"COPY FROM DATABASE layout TO {LAKE}")
        describe(connection)
    connection.execute("DETACH layout")
    fit_row_groups(connection)


def _data_path(connection: duckdb.DuckDBPyConnection, name: str = LAKE) -> str:
    found = connection.execute("SELECT data_path FROM ducklake_settings(?)", [name]).fetchone()
    assert found is not None
    return str(found[0])
