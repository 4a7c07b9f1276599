"""Loads DuckDB extensions from Python packages, so that no network is asked.

The packages are called `duckdb-extension-NAME`; each holds the extension for one DuckDB version.
"""

from __future__ import annotations

from importlib.resources import as_file, files

import duckdb

from warehouse.errors import WarehouseError
from warehouse.sql import quoted


def load_extension(connection: duckdb.DuckDBPyConnection, name: str) -> None:
    """Load the extension `name` (such as `fts`) into the connection.

    Raises WarehouseError where its package is missing or made for another DuckDB.
    """
    path = f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
    package = f"duckdb_extension_{name}"
    try:
        with as_file(files(package).joinpath(path)) as file:
            connection.execute(f"LOAD {quoted(file)}")
    except (ModuleNotFoundError, duckdb.Error, OSError) as error:
        wanted = f"{package.replace('_', '-')}=={duckdb.__version__}"
        raise WarehouseError(
            f"DuckDB's extension {name} cannot be loaded: pip install '{wanted}'"
        ) from error
