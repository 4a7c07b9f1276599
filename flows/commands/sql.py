"""`newsduck sql`: ask the published copy, read-only."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path
from typing import Annotated, Any, Literal

import duckdb
import typer
from rich.table import Table
from rich.text import Text

from flows.commands.options import Warehouse
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.settings import Settings
from warehouse.connect import open_reader, published_path
from warehouse.migrate import check_readable

EPILOG = """Examples:\n
  newsduck sql "SHOW TABLES"\n
  newsduck sql "SELECT speaker, quote_count FROM top_speakers ORDER BY 2 DESC LIMIT 10"\n
  newsduck sql --file question.sql --format csv > answer.csv"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("sql", epilog=EPILOG)(sql)


def sql(
    query: Annotated[
        str | None, typer.Argument(help="One SQL statement.", show_default=False)
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option(
            "--file", "-f", help="Read the statement from a file.", exists=True, dir_okay=False
        ),
    ] = None,
    warehouse: Warehouse = None,
    output: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="How to print the answer.")
    ] = "table",
) -> None:
    """Query the published warehouse, read-only; an ingest may be running meanwhile.

    Tables: articles, quotes, entities, mentions, boilerplate; the machinery's own in the schema
    meta. `DESCRIBE articles` shows columns.
    """
    if (query is None) == (file is None):
        raise InputError("give one SQL statement, or --file FILE.")
    asked = query if query is not None else file.read_text(encoding="utf-8") if file else ""
    with open_reader(
        published_path(Settings.with_options(warehouse=warehouse).warehouse)
    ) as connection:
        check_readable(connection)
        try:
            answer = connection.execute(asked)
            names = [column[0] for column in answer.description or []]
            rows = answer.fetchall()
        except duckdb.Error as error:
            raise InputError(f"DuckDB says: {error}") from error
    {"table": _table, "csv": _csv, "json": _json}[output](names, rows)


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: times and dates in ISO 8601, decimals and other numbers
    as they are written.
    """
    if isinstance(value, (str, int, float, bool, type(None))):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def _json(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    json.dump(
        [dict(zip(names, map(plain, row), strict=True)) for row in rows],
        sys.stdout,
        ensure_ascii=False,
        indent=1,
    )
    sys.stdout.write("\n")


def _csv(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    writer = csv.writer(sys.stdout)
    writer.writerow(names)
    writer.writerows([["" if cell is None else _cell(cell) for cell in row] for row in rows])


def _cell(value: Any) -> str:
    flat = plain(value)
    return json.dumps(flat, ensure_ascii=False) if isinstance(flat, (list, dict)) else str(flat)


def _table(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    table = Table(*names, show_lines=False)
    for row in rows:
        table.add_row(
            *(
                Text(
                    ", ".join(map(str, v)) if isinstance(v, list) else "" if v is None else _cell(v)
                )
                for v in row
            )
        )
    console = screen()
    console.print(table)
    console.print(f"{len(rows)} rows" if len(rows) != 1 else "1 row")
