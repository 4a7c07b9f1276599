"""Writes tables and views as Parquet or CSV files, with a manifest of their schema and counts."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from pathlib import Path
from typing import Literal

import duckdb

from warehouse.describe import read_columns
from warehouse.errors import WarehouseError
from warehouse.joined_views import JOINED
from warehouse.sql import quoted

Format = Literal["parquet", "csv"]

MANIFEST = "manifest.json"

ROWS_A_GROUP = 50_000
"""Rows of a Parquet row group: fewer than DuckDB's default, since texts are long."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its DuckDB type, and what it means."""

    name: str
    type: str
    comment: str | None


@dataclass(frozen=True, slots=True)
class ExportedTable:
    """One file of an export."""

    name: str
    file: str
    row_count: int
    columns: tuple[Column, ...]


def export_tables(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    file_format: Format,
    names: Sequence[str] = (),
    since: datetime | None = None,
) -> Iterator[ExportedTable]:
    """Write one file a table into `folder` and yield each when it is written; then the manifest.

    `names` are tables or views of the schema main; none means every table. `since` keeps articles
    whose present version was fetched then or later, with what hangs on them; tables that do not
    hang on articles are written whole. In CSV files lists are JSON and null is an empty cell.

    Raises WarehouseError where a name is unknown or `folder` holds something else.
    """
    known = dict(_relations(connection))
    chosen = list(names) or [name for name, kind in known.items() if kind == "table"]
    if unknown := sorted(set(chosen) - known.keys()):
        raise WarehouseError(
            f"no table or view is called {unknown[0]}; there are {', '.join(known)}."
        )
    _make_room(folder)
    written = []
    for name in chosen:
        table = _write(connection, folder, file_format, name, since)
        written.append(table)
        yield table
    _write_manifest(folder, file_format, since, written)


def _relations(connection: duckdb.DuckDBPyConnection) -> list[tuple[str, str]]:
    """Return name and kind of what may be exported. Views that stand for tables count as such."""
    return connection.execute(
        """
        SELECT table_name, 'table' FROM duckdb_tables()
        WHERE schema_name = 'main' AND database_name = current_database()
        UNION ALL
        SELECT view_name, if(list_contains(?::VARCHAR[], view_name), 'table', 'view')
        FROM duckdb_views()
        WHERE schema_name = 'main' AND database_name = current_database() AND NOT internal
        ORDER BY 2, 1
        """,
        [list(JOINED)],
    ).fetchall()


def _make_room(folder: Path) -> None:
    try:
        folder.mkdir(parents=True, exist_ok=True)
        entries = list(folder.iterdir())
    except OSError as error:
        raise WarehouseError(f"{folder} cannot be written: {error}") from error
    if not entries:
        return
    earlier = _earlier_files(folder)
    if earlier is None:
        raise WarehouseError(
            f"{folder} holds other files: name a new folder, or an earlier export."
        )
    try:
        for file in (*earlier, MANIFEST):
            (folder / file).unlink(missing_ok=True)
    except OSError as error:
        raise WarehouseError(f"{folder} cannot be written: {error}") from error


def _earlier_files(folder: Path) -> list[str] | None:
    """Return the names of the files of an earlier export in `folder`; None where its manifest is
    missing or is not one of ours.
    """
    try:
        manifest = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        if not isinstance(manifest["newsduck"], str):
            return None
        return [Path(table["file"]).name for table in manifest["tables"]]
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def _write(
    connection: duckdb.DuckDBPyConnection,
    folder: Path,
    file_format: Format,
    name: str,
    since: datetime | None,
) -> ExportedTable:
    columns = tuple(Column(*row) for row in read_columns(connection, name))
    shown = ", ".join(_shown(column, file_format) for column in columns)
    where = ""
    if since is not None and "article_id" in {column.name for column in columns}:
        moment = quoted(since.astimezone(UTC).isoformat())
        where = (
            "WHERE article_id IN (SELECT a.article_id FROM articles AS a "
            f"WHERE a.last_seen_at >= {moment}::TIMESTAMPTZ)"
        )
    file = f"{name}.{file_format}"
    options = (
        f"FORMAT parquet, COMPRESSION zstd, ROW_GROUP_SIZE {ROWS_A_GROUP}"
        if file_format == "parquet"
        else "FORMAT csv, HEADER"
    )
    found = connection.execute(
        f'COPY (SELECT {shown} FROM "{name}" {where}) TO {quoted(folder / file)} ({options})'
    ).fetchone()
    return ExportedTable(name, file, int(found[0]) if found else 0, columns)


def _shown(column: Column, file_format: Format) -> str:
    name = '"' + column.name.replace('"', '""') + '"'
    is_nested = column.type.endswith("[]") or column.type.startswith(("STRUCT", "MAP"))
    return f"to_json({name}) AS {name}" if file_format == "csv" and is_nested else name


def _write_manifest(
    folder: Path, file_format: Format, since: datetime | None, tables: Sequence[ExportedTable]
) -> None:
    facts = {
        "newsduck": version("newsduck"),
        "exported_at": datetime.now(UTC).isoformat(timespec="seconds"),
        "format": file_format,
        "since": since.isoformat() if since else None,
        "tables": [asdict(table) for table in tables],
    }
    text = json.dumps(facts, ensure_ascii=False, indent=1)
    (folder / MANIFEST).write_text(text + "\n", encoding="utf-8")
