"""`newsduck search`: articles by words, ranked, with the hits marked."""

from __future__ import annotations

import csv
import json
import sys
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Literal

import typer
from rich.console import Console
from rich.text import Text

from flows.commands.options import Warehouse
from flows.commands.screen import screen
from flows.settings import Settings
from warehouse.connect import open_reader, published
from warehouse.migrate import check_readable
from warehouse.search import Filters, Hit, search

EPILOG = """Examples:\n
  newsduck search "quay council"\n
  newsduck search '"northern quay"' --from 2026-11-01 --language en\n
  newsduck search grain --speaker Dragnea --source copperfinch --format json"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("search", epilog=EPILOG)(find)


def find(
    words: Annotated[
        str, typer.Argument(help="Words that an article must hold; a phrase in double quotes.")
    ],
    warehouse: Warehouse = None,
    source: Annotated[
        list[str] | None, typer.Option(help="A source id or a site; may be given several times.")
    ] = None,
    language: Annotated[
        list[str] | None, typer.Option(help="A language such as en; may be given several times.")
    ] = None,
    first: Annotated[
        datetime | None, typer.Option("--from", formats=["%Y-%m-%d"], help="First day.")
    ] = None,
    last: Annotated[
        datetime | None, typer.Option("--to", formats=["%Y-%m-%d"], help="Last day.")
    ] = None,
    speaker: Annotated[
        str | None, typer.Option(help="Only articles that quote somebody of this name.")
    ] = None,
    limit: Annotated[int, typer.Option(help="Most articles to show.", min=1, max=10_000)] = 20,
    output: Annotated[
        Literal["table", "csv", "json"], typer.Option("--format", help="How to print the answer.")
    ] = "table",
) -> None:
    """Search titles and texts of the published articles; the best match first.

    Words match in their other forms where their language has a stemmer: `ship` finds `ships`.
    """
    filters = Filters(
        source or (),
        language or (),
        first.date() if first else None,
        last.date() if last else None,
        speaker,
    )
    path = published(Settings.with_options(warehouse=warehouse).warehouse)
    with open_reader(path) as connection:
        check_readable(connection)
        hits = search(connection, words, filters, limit)
    {"table": _print, "csv": _csv, "json": _json}[output](hits)


def _json(hits: list[Hit]) -> None:
    rows = [asdict(hit) | {"published_at": _time(hit)} for hit in hits]
    json.dump(rows, sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")


def _csv(hits: list[Hit]) -> None:
    writer = csv.writer(sys.stdout, lineterminator="\n")
    names = ("article_id", "score", "published_at", "site", "title", "url", "snippet")
    writer.writerow(names)
    for hit in hits:
        row = asdict(hit) | {"published_at": _time(hit), "score": f"{hit.score:.4f}"}
        writer.writerow(["" if row[name] is None else row[name] for name in names])


def _time(hit: Hit) -> str | None:
    return hit.published_at.isoformat() if hit.published_at else None


def _print(hits: list[Hit]) -> None:
    console = screen()
    for hit in hits:
        _print_hit(console, hit)
    found = "no article holds these words" if not hits else f"{len(hits)} articles"
    console.print("1 article" if len(hits) == 1 else found)


def _print_hit(console: Console, hit: Hit) -> None:
    day = f"{hit.published_at:%Y-%m-%d}" if hit.published_at else "no date"
    head = Text(hit.title or "(no title)", style="bold")
    head.append(f"  {hit.site or hit.source_id}, {day}", style="not bold dim")
    snippet = Text("  " + hit.snippet)
    for start, end in hit.marks:
        snippet.stylize("bold reverse", start + 2, end + 2)
    if not console.is_terminal:
        snippet = Text("  " + _starred(hit))
    console.print(head, soft_wrap=True)
    console.print(snippet)
    console.print(Text(f"  {hit.url or hit.article_id}\n", style="dim"), soft_wrap=True)


def _starred(hit: Hit) -> str:
    """Return the snippet with hits between asterisks, for where there are no colours."""
    shown, at = "", 0
    for start, end in hit.marks:
        shown += f"{hit.snippet[at:start]}*{hit.snippet[start:end]}*"
        at = end
    return shown + hit.snippet[at:]
