"""The address of a warehouse: the path of a DuckDB file, or `ducklake:` and its catalog."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from warehouse.errors import WarehouseError

PREFIX = "ducklake:"

POSTGRES = "postgres:"

LAKE = "lake"
"""What a lake is called in a session: its default database."""

METADATA = f"__ducklake_metadata_{LAKE}"
"""Where a session that attached the lake reads the catalog's own tables."""

SECRET = re.compile(r"(?i)\bpassword\s*=|://[^/@\s]*:[^/@\s]*@")
"""A password in a connection string, `password=…` or `postgres://user:…@host`."""


@dataclass(frozen=True, slots=True)
class LakeAddress:
    """A DuckLake. `catalog` is `postgres:` with a libpq connection string, or the path of a file.

    `data_path` is the folder, or the address in an object store, of its Parquet files. A lake
    remembers it: it is needed only where the lake is made. None is a folder beside a catalog file.
    """

    catalog: str
    data_path: str | None = None

    def __str__(self) -> str:
        return PREFIX + self.catalog

    @property
    def connection_string(self) -> str | None:
        """How libpq finds the catalog; None where the catalog is a file."""
        is_postgres = self.catalog.startswith(POSTGRES)
        return self.catalog.removeprefix(POSTGRES) if is_postgres else None

    def resolved(self) -> LakeAddress:
        """Return the address as it holds in any folder."""
        if self.connection_string is not None:
            return self
        return LakeAddress(str(Path(self.catalog).resolve()), self.data_path)

    @property
    def stem(self) -> Path:
        """What the folders that newsduck keeps for the lake begin with: beside a catalog file, else
        in the current folder with the name of the PostgreSQL database.
        """
        connection = self.connection_string
        if connection is None:
            path = Path(self.catalog)
            return path.with_name(path.name.removesuffix(".ducklake"))
        named = re.search(r"\bdbname\s*=\s*'?([\w-]+)|://[^/]*/([\w-]+)", connection)
        return Path(next(filter(None, named.groups())) if named else "newsduck")


WarehouseAddress = Path | LakeAddress
"""Where a warehouse lives."""


def read_address(text: str | WarehouseAddress, data_path: str | None = None) -> WarehouseAddress:
    """Return the address that `text` gives; a lake's files lie under `data_path`.

    Raises WarehouseError where a lake's address names no catalog or holds a password, or where
    DuckDB cannot work with the name of a file.
    """
    if isinstance(text, LakeAddress):
        return text if data_path is None else LakeAddress(text.catalog, data_path)
    if isinstance(text, Path) or not text.startswith(PREFIX):
        return _file(Path(text))
    catalog = text.removeprefix(PREFIX)
    if not catalog.removeprefix(POSTGRES):
        raise WarehouseError(
            f"{text} names no catalog: ducklake:postgres:dbname=news host=db, or ducklake:FILE."
        )
    if SECRET.search(catalog):
        raise WarehouseError(
            "the warehouse's address holds a password, which logs and Prefect would show: "
            "set PGPASSWORD, or put it into ~/.pgpass."
        )
    return LakeAddress(catalog, data_path)


def _file(path: Path) -> Path:
    """Return the path of a DuckDB file. Raises WarehouseError for two names that DuckDB cannot work
    with. It takes what follows a `?` as options. It names the database after the file, up to the
    first dot: a database named `meta` hides the schema `meta`.
    """
    if "?" in str(path):
        raise WarehouseError(f"{path}: DuckDB takes what follows a ? as options. Rename it.")
    if path.name.partition(".")[0].lower() == "meta":
        raise WarehouseError(
            f"{path}: DuckDB would name this database meta, and newsduck keeps its own tables in a "
            "schema of that name. Choose another name."
        )
    return path
