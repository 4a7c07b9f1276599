"""`newsduck sql`: ask the published copy, read-only."""

from __future__ import annotations

import csv
import json
import math
import sys
from collections.abc import Iterable
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, Literal

import typer
from rich.table import Table
from rich.text import Text

from flows.commands.options import Warehouse
from flows.commands.screen import screen, shown
from flows.config.errors import InputError
from flows.settings import Settings
from warehouse.connect import published
from warehouse.migrate import check_readable
from warehouse.safe_reader import ask, open_safe_reader
from warehouse.sql import read_folder

EPILOG = """Examples:\n
  newsduck sql "SHOW TABLES"\n
  newsduck sql "SELECT speaker, quote_count FROM top_speakers ORDER BY 2 DESC LIMIT 10"\n
  newsduck sql --list\n
  newsduck sql --query wordings\n
  newsduck sql "SELECT count(*) FROM articles" --as-of 2026-11-01\n
  newsduck sql --file question.sql --format csv > answer.csv"""

FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
"""How a text begins that spreadsheets run as a formula."""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    # a query may begin with a comment (`-- …`), which would be taken for an option
    app.command("sql", epilog=EPILOG, context_settings={"ignore_unknown_options": True})(sql)


def sql(
    query: Annotated[
        str | None,
        typer.Argument(help="SQL: one statement or several that only read.", show_default=False),
    ] = None,
    file: Annotated[
        Path | None,
        typer.Option("--file", "-f", help="Read the SQL from a file.", exists=True, dir_okay=False),
    ] = None,
    question: Annotated[
        str | None,
        typer.Option("--query", "-q", metavar="NAME", help="Ask a question of the cookbook."),
    ] = None,
    is_list: Annotated[
        bool, typer.Option("--list", help="List the questions of the cookbook.")
    ] = False,
    warehouse: Warehouse = None,
    as_of: Annotated[
        datetime | None,
        typer.Option("--as-of", help="The warehouse as it stood then (UTC); a DuckLake's only."),
    ] = None,
    output: Annotated[
        Literal["table", "csv", "json"],
        typer.Option(
            "--format",
            help="How to print the answer. csv prints texts as they are: one that begins with "
            "= + - @ is a formula to spreadsheets (see --spreadsheet).",
        ),
    ] = "table",
    spreadsheet: Annotated[
        bool,
        typer.Option(
            "--spreadsheet",
            help="With csv: put ' before texts that a spreadsheet would run as a formula.",
        ),
    ] = False,
) -> None:
    """Query the published warehouse, read-only; an ingest may run meanwhile.

    Of several statements the last one's answer is printed. Other files, the network, settings and
    every change are out of reach. `SHOW TABLES` lists the tables, `DESCRIBE articles` the columns.
    """
    if query is not None and query.startswith("-") and len(query.split()) == 1:
        raise InputError(f"there is no option {query}; `newsduck sql --help` lists them.")
    cookbook = {entry.name: entry for entry in read_folder("queries")}
    if is_list:
        for entry in cookbook.values():
            typer.echo(f"{entry.name:26} {' '.join(entry.head)}")
        return
    if [query, file, question].count(None) != 2:
        raise InputError("give one query, --file FILE or --query NAME; --list shows the names.")
    if question is not None and question not in cookbook:
        raise InputError(f"the cookbook has no question {question!r}; --list shows the names.")
    if question is not None:
        asked = cookbook[question].text
    else:
        asked = query if query is not None else _read(file) if file else ""
    path = published(Settings.with_options(warehouse=warehouse).warehouse)
    moment = as_of.replace(tzinfo=UTC) if as_of else None
    with open_safe_reader(path, as_of=moment) as connection:
        check_readable(connection)
        names, rows = ask(connection, asked)
    if output == "table":
        _table(names, rows)
    elif output == "csv":
        _csv(names, rows, spreadsheet=spreadsheet)
    else:
        _json(names, rows)


def _read(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"{file} cannot be read as UTF-8 text: {error}") from error


def plain(value: Any) -> Any:
    """Return `value` as JSON can hold it: times and dates in ISO 8601, decimals and other numbers
    as they are written, bytes as DuckDB writes them (`\\xAB`), NaN and infinities as null.
    """
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, (str, int, bool, type(None))):
        return value
    if isinstance(value, (list, tuple)):
        return [plain(part) for part in value]
    if isinstance(value, dict):
        return {str(name): plain(part) for name, part in value.items()}
    if isinstance(value, (bytes, bytearray, memoryview)):
        return "".join(
            chr(byte) if 32 <= byte < 127 and byte != 0x5C else f"\\x{byte:02X}"
            for byte in bytes(value)
        )
    return value.isoformat() if hasattr(value, "isoformat") else str(value)


def unique(names: Iterable[str]) -> list[str]:
    """Return the names, each once: repeated ones get `_1`, `_2`, as DuckDB names them in a
    subquery.
    """
    found: list[str] = []
    for name in names:
        fresh, number = name, 0
        while fresh in found:
            number += 1
            fresh = f"{name}_{number}"
        found.append(fresh)
    return found


def _json(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    keys = unique(names)
    text = json.dumps(
        [dict(zip(keys, map(plain, row), strict=True)) for row in rows],
        ensure_ascii=False,
        indent=1,
        allow_nan=False,
    )
    # JSON escapes the other control characters itself
    sys.stdout.write(_encodable(text.translate(C1_ESCAPES)) + "\n")


C1_ESCAPES = {code: f"\\u{code:04x}" for code in (*range(0x7F, 0xA0), 0x2028, 0x2029)}
"""Control characters that terminals obey and JSON allows as they are."""


def _encodable(text: str) -> str:
    """Return the text without lone surrogates, which no encoding can write."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _csv(names: list[str], rows: list[tuple[Any, ...]], *, spreadsheet: bool) -> None:
    def cell(value: Any) -> str:
        text = _encodable(_cell(value))
        if spreadsheet and not isinstance(value, (int, float)) and text.startswith(FORMULA_STARTS):
            text = "'" + text
        return shown(text, lines=True) if sys.stdout.isatty() else text

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(map(cell, names))
    writer.writerows([cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    """Return a value in one cell of a table or a CSV file; null is empty."""
    if isinstance(value, float):
        return str(value)
    flat = plain(value)
    if isinstance(flat, (list, dict)):
        return json.dumps(flat, ensure_ascii=False)
    return "" if flat is None else str(flat)


def _table(names: list[str], rows: list[tuple[Any, ...]]) -> None:
    table = Table(show_lines=False)
    for name in names:
        table.add_column(Text(shown(name)))
    for row in rows:
        cells = (", ".join(map(str, v)) if isinstance(v, list) else _cell(v) for v in row)
        table.add_row(*(Text(shown(cell, lines=True)) for cell in cells))
    console = screen()
    console.print(table)
    console.print(f"{len(rows)} rows" if len(rows) != 1 else "1 row")
