"""Lets a DuckDB session read and write object stores, where a lake keeps its Parquet files.

Keys come from the `AWS_` variables that every S3 program reads. Where those are not set, DuckDB
uses the secrets that the user stored in it (CREATE PERSISTENT SECRET).
"""

from __future__ import annotations

import os

import duckdb

from warehouse.extensions import load_extension
from warehouse.sql import quoted

EXTENSION = "httpfs"
"""DuckDB's extension for s3://, gs://, r2:// and https:// addresses."""


def reach_objects(connection: duckdb.DuckDBPyConnection) -> None:
    """Load the extension, and give the session the keys of this environment.

    Raises WarehouseError where the extension's package is missing.
    """
    load_extension(connection, EXTENSION)
    parts = _parts()
    if not parts:
        return
    words = ", ".join(f"{name} {quoted(value)}" for name, value in parts.items())
    connection.execute(f"CREATE OR REPLACE SECRET newsduck_objects (TYPE s3, {words})")


def _parts() -> dict[str, str]:
    """Return what the environment says of the object store, in DuckDB's words."""
    given = os.environ.get
    endpoint = given("AWS_ENDPOINT_URL_S3") or given("AWS_ENDPOINT_URL") or ""
    parts = {
        "KEY_ID": given("AWS_ACCESS_KEY_ID"),
        "SECRET": given("AWS_SECRET_ACCESS_KEY"),
        "SESSION_TOKEN": given("AWS_SESSION_TOKEN"),
        "REGION": given("AWS_REGION") or given("AWS_DEFAULT_REGION"),
    }
    if endpoint:
        scheme, _, host = endpoint.partition("://")
        parts |= {"ENDPOINT": host, "URL_STYLE": "path", "USE_SSL": str(scheme != "http").lower()}
    return {name: value for name, value in parts.items() if value}
