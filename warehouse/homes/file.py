"""A warehouse in a DuckDB file, with a published copy beside it that readers open."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import duckdb

from warehouse.errors import WarehouseError
from warehouse.homes import duckdb_file, published_file
from warehouse.homes.home import Load, Opened, Prepared, Say
from warehouse.sql import quoted


@dataclass(frozen=True, slots=True)
class FileHome:
    """A warehouse in the DuckDB file `path`."""

    path: Path

    @property
    def stem(self) -> Path:
        """The file without its ending."""
        return self.path.with_name(self.path.name.removesuffix(".duckdb"))

    def files(self) -> list[Path]:
        """The file and its published copy, where they are there."""
        published = duckdb_file.published_path(self.path)
        return [file for file in dict.fromkeys((self.path, published)) if file.is_file()]

    def remnants(self, connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
        """There is nothing beside the files."""
        return []

    def exists(self) -> bool:
        """Whether there is such a file."""
        return self.path.is_file()

    def run_lock(self, timeout: float, say: Say) -> AbstractContextManager[None]:
        """Hold the file beside the warehouse; the kernel frees it where its holder is killed."""
        return duckdb_file.run_lock(self.path, timeout, say)

    def open_writer(self, timeout: float, say: Say) -> Opened:
        """Open the file for writing."""
        return duckdb_file.open_writer(self.path, timeout, say)

    def open_reader(self, timeout: float, say: Say, as_of: datetime | None = None) -> Opened:
        """Open the file read-only; raises WarehouseError where `as_of` is given."""
        if as_of is not None:
            raise WarehouseError(
                f"{self.path} is a DuckDB file, which keeps no earlier states: a DuckLake does "
                "(`newsduck move --to ducklake:FILE`)."
            )
        return duckdb_file.open_reader(self.path, timeout=timeout, say=say)

    @contextmanager
    def attached(
        self, connection: duckdb.DuckDBPyConnection, name: str, timeout: float, say: Say
    ) -> Iterator[None]:
        """Attach the file read-only."""
        connection.execute(f"ATTACH {quoted(self.path)} AS {name} (READ_ONLY)")
        yield
        connection.execute(f"DETACH {name}")

    @contextmanager
    def open_trial(self, timeout: float, say: Say) -> Iterator[duckdb.DuckDBPyConnection]:
        """Open a copy of the published copy, which is thrown away."""
        published = duckdb_file.published_path(self.path)
        with tempfile.TemporaryDirectory(prefix=".newsduck-look-", dir=self.path.parent) as folder:
            copy = Path(folder) / "look.duckdb"
            shutil.copyfile(published, copy)
            with duckdb_file.open_writer(copy, timeout, say) as connection:
                yield connection

    def tidy(self, kept: timedelta, timeout: float, say: Say) -> str:
        """There is nothing to do: publishing compacts the file."""
        return f"{self.path} is a DuckDB file: it is compacted where it is published."

    def publish(self, timeout: float, say: Say, *, compact: bool = False) -> str:
        """Put a copy of the file in place of the published one."""
        return str(published_file.publish(self.path, timeout, say, compact=compact))

    def prepare_publishing(
        self, connection: duckdb.DuckDBPyConnection, load: Load | None, say: Say, min_seconds: float
    ) -> Prepared | None:
        """Bring the index and the counts up to date, where the file is to be published."""
        return published_file.prepare_publishing(self.path, connection, load, say, min_seconds)

    def ensure_published(
        self,
        load: Load | None,
        timeout: float,
        say: Say,
        min_seconds: float,
        prepared: Prepared | None = None,
    ) -> bool:
        """Publish unless the copy holds `load`, or is younger than `min_seconds`."""
        return published_file.ensure_published(self.path, load, timeout, say, min_seconds, prepared)

    def repair_published(self, timeout: float, say: Say) -> bool:
        """Make the copy anew where it is missing or was changed."""
        return published_file.repair_published(self.path, timeout, say)
