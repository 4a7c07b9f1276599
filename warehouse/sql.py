"""Reads the `.sql` files that ship with the package. A file is one statement or several, each ended
by a semicolon at a line's end.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import duckdb

if TYPE_CHECKING:
    import polars as pl


@dataclass(frozen=True, slots=True)
class SqlFile:
    """One `.sql` file: its name without the ending, its text, and the comment lines at its head
    without their dashes.
    """

    name: str
    text: str

    @property
    def head(self) -> tuple[str, ...]:
        """The comment lines before the first statement."""
        lines = []
        for line in self.text.splitlines():
            if not line.startswith("--"):
                break
            lines.append(line.removeprefix("--").strip())
        return tuple(lines)


def read_folder(folder: str) -> tuple[SqlFile, ...]:
    """Return the files of one folder of this package, in order of name."""
    found = (
        entry
        for entry in files("warehouse").joinpath(folder).iterdir()
        if entry.name.endswith(".sql")
    )
    return tuple(
        SqlFile(e.name.removesuffix(".sql"), e.read_text(encoding="utf-8"))
        for e in sorted(found, key=lambda e: e.name)
    )


def read_rows(
    connection: duckdb.DuckDBPyConnection, folder: str, name: str, parameters: dict[str, Any]
) -> list[dict[str, Any]]:
    """Return the rows of the query `name` in `folder`, by column. The query names each of its
    `parameters`.
    """
    (file,) = (file for file in read_folder(folder) if file.name == name)
    return fetch_named(connection.execute(file.text, parameters))


def fetch_named(answer: duckdb.DuckDBPyConnection) -> list[dict[str, Any]]:
    """Return the rows that a query answered, by column."""
    names = [column[0] for column in answer.description or []]
    return [dict(zip(names, row, strict=True)) for row in answer.fetchall()]


def quoted(text: object) -> str:
    """Return `text` as a SQL string literal, quotation marks included."""
    return "'" + str(text).replace("'", "''") + "'"


def as_list(texts: Iterable[str]) -> str:
    """Return texts as one parameter, which SQL takes as `?::JSON::VARCHAR[]`.

    DuckDB looks for pandas at each value that a parameter holds, also within a list: where it is
    not installed, 0.1 ms a value, 10 s for the addresses of 100,000 pages.
    """
    return json.dumps(list(texts), ensure_ascii=False)


def is_lake(connection: duckdb.DuckDBPyConnection) -> bool:
    """Return whether the default database of a session is a DuckLake."""
    return connection.execute(
        "SELECT type = 'ducklake' FROM duckdb_databases() WHERE database_name = current_database()"
    ).fetchall() == [(True,)]


def insert_rows(
    connection: duckdb.DuckDBPyConnection, table: str, rows: Sequence[Sequence[object]]
) -> None:
    """Insert `rows`, whose values stand in the order of the table's columns; times are aware.

    All rows go as one JSON document. A parameter a value costs a lookup of pandas each: 37 rows
    took 150 ms, and take 5.
    """
    if not rows:
        return
    columns = connection.execute(f"SELECT column_name, column_type FROM (DESCRIBE {table})")
    types = dict(columns.fetchall())
    as_text = ("JSON", "TIMESTAMP WITH TIME ZONE")
    layout = [{name: "VARCHAR" if kind in as_text else kind for name, kind in types.items()}]
    lines = [dict(zip(types, row, strict=True)) for row in rows]
    document = json.dumps(lines, ensure_ascii=False, default=datetime.isoformat)
    connection.execute(
        f"INSERT INTO {table} SELECT r.* FROM (SELECT unnest(from_json(?::JSON, ?)) AS r)",
        [document, json.dumps(layout)],
    )


class _Stream:
    """A frame as DuckDB reads it without pyarrow: by Arrow's C interface alone."""

    def __init__(self, frame: pl.DataFrame) -> None:
        self.frame = frame

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return self.frame.__arrow_c_stream__(requested_schema)


def insert_frame(connection: duckdb.DuckDBPyConnection, table: str, frame: pl.DataFrame) -> None:
    """Insert the rows of a frame, whose columns are named as those of the table. For lists of
    numbers this costs a quarter of what `insert_rows` does.
    """
    connection.register("inserted_frame", _Stream(frame))
    connection.execute(f"INSERT INTO {table} BY NAME FROM inserted_frame")
    connection.unregister("inserted_frame")


def read_frame(connection: duckdb.DuckDBPyConnection, query: str) -> pl.DataFrame:
    """Return what a query without parameters answers, as a frame: lists stay flat in memory."""
    import polars as pl

    return pl.DataFrame(connection.sql(query))
