"""`newsduck sources`: try the entries of a sources.yml, and add one from an address."""

from __future__ import annotations

import asyncio
import re
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Column, Table
from slugify import slugify

from flows.acquire.sources import Source, read_sources
from flows.acquire.sources_file import append_source, entry_text
from flows.acquire.web.fetcher import Fetcher
from flows.acquire.web.site_discovery import Survey, Surveyor
from flows.acquire.web.source_test import Trial, try_sources
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.settings import Settings

DEFAULT_FILE = Path("sources.yml")
COLOURS = {"ok": "green", "warn": "yellow", "fail": "bold red"}

CHECK_EPILOG = """Examples:\n
  newsduck sources check\n
  newsduck sources check publishers.yml --only harbour-courier"""

ADD_EPILOG = """Examples:\n
  newsduck sources add https://harbourcourier.example\n
  newsduck sources add https://harbourcourier.example/rss.xml --id courier\n
  newsduck sources add https://harbourcourier.example --dry-run"""

File = Annotated[
    Path | None,
    typer.Argument(
        help="The file; the setting `sources`, or sources.yml, unless given.", show_default=False
    ),
]


def register(app: typer.Typer) -> None:
    """Add the verb and its own two."""
    verbs = typer.Typer(
        no_args_is_help=True,
        help="Try the publishers of a sources.yml, or add one from its address.",
    )
    verbs.command("check", epilog=CHECK_EPILOG)(check)
    verbs.command("add", epilog=ADD_EPILOG)(add)
    app.add_typer(verbs, name="sources")


def check(
    file: File = None,
    only: Annotated[
        list[str] | None,
        typer.Option("--only", metavar="ID", help="Try this source alone; may be repeated."),
    ] = None,
) -> None:
    """Try each source: fetch its feeds, sitemaps and sections, count their links, and see whether
    its newest page is an article.

    Politely, as ingest does, and without storing anything. Exit code 1 where a source fails.
    """
    settings = Settings.with_options()
    path = file or settings.sources or DEFAULT_FILE
    sources = read_sources(path)
    chosen = [source for source in sources if (source.id in only if only else source.enabled)]
    if unknown := set(only or ()) - {source.id for source in sources}:
        raise InputError(f"{path} has no source {', '.join(sorted(unknown))}.")
    console, progress = screen(), Console(stderr=True, highlight=False)

    async def run() -> list[Trial]:
        async with Fetcher(settings.fetch) as fetcher:
            with progress.status(f"trying {len(chosen)} sources") as status:
                return await try_sources(
                    chosen,
                    path.parent,
                    fetcher,
                    lambda trial: status.update(f"{trial.source.id}: {trial.state}"),
                )

    trials = asyncio.run(run())
    console.print(_table(trials))
    counts = {state: sum(trial.state == state for trial in trials) for state in COLOURS}
    resting = (
        ""
        if only
        else f", {len(sources) - len(chosen)} not enabled"
        if len(sources) > len(chosen)
        else ""
    )
    console.print(f"{counts['ok']} ok, {counts['warn']} warn, {counts['fail']} fail{resting}")
    raise typer.Exit(1 if counts["fail"] else 0)


def _table(trials: list[Trial]) -> Table:
    table = Table(
        "source",
        "",
        "what",
        "links",
        "newest (UTC)",
        Column("place", overflow="fold"),
        Column("says", overflow="fold"),
    )
    for trial in trials:
        first, colour = True, COLOURS[trial.state]
        if not trial.findings:
            table.add_row(
                trial.source.id,
                f"[{colour}]{trial.state}[/]",
                "",
                "",
                "",
                "",
                "it has no feed, sitemap, section, list or page",
            )
        for finding in trial.findings:
            table.add_row(
                trial.source.id if first else "",
                f"[{COLOURS[finding.state]}]{finding.state}[/]",
                finding.kind,
                "" if finding.link_count is None else str(finding.link_count),
                f"{finding.newest_at:%Y-%m-%d %H:%M}" if finding.newest_at else "",
                escape(finding.place),
                escape(finding.detail),
            )
            first = False
    return table


def add(
    url: Annotated[
        str,
        typer.Argument(
            metavar="URL", help="The publisher's front page, a section page, a feed or a sitemap."
        ),
    ],
    sources: Annotated[
        Path | None,
        typer.Option(help="The file to add to; the setting, or sources.yml, unless given."),
    ] = None,
    source_id: Annotated[
        str | None,
        typer.Option("--id", help="The entry's id; from the publisher's name unless given."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Print the entry and write nothing.")
    ] = False,
) -> None:
    """Find a publisher's feeds and sitemaps, read its name, language and country, and write the
    entry behind the others.

    What its pages and robots.txt name comes first, then the usual places. Read the entry: what
    could not be found is left out.
    """
    settings = Settings.with_options(sources=sources)
    path = settings.sources or DEFAULT_FILE
    known = read_sources(path) if path.exists() else ()
    address = url if re.match(r"[a-z]+://", url) else f"https://{url}"
    progress = Console(stderr=True, highlight=False)

    async def run() -> Survey:
        async with Fetcher(settings.fetch) as fetcher:
            with progress.status(f"looking at {address}") as status:
                return await Surveyor(
                    fetcher, lambda place: status.update(f"looking at {place}")
                ).survey(address)

    found = asyncio.run(run())
    _refuse_twins(found, known, path)
    entry = _entry(found, _free_id(source_id, found.name, {source.id for source in known}, path))
    notes = [f"left out, as it lists all pages there are: {place}" for place in found.left_out]
    notes += [f"not used: {' '.join(fault.split())}" for fault in found.faults]
    console = screen()
    if dry_run:
        console.print(entry_text(entry, 2, notes), markup=False, soft_wrap=True, end="")
        return
    append_source(path, entry, notes)
    console.print(entry_text(entry, 2, notes), markup=False, soft_wrap=True)
    console.print(
        f"Added to {path}. Feeds: {len(found.feeds)}, sitemaps: {len(found.sitemaps)}, "
        f"sections: {len(found.sections)}; "
        f"links to pages now: {len(found.links)}. Next: newsduck ingest --sources {path}",
        markup=False, soft_wrap=True,
    )  # fmt: skip


def _refuse_twins(found: Survey, known: tuple[Source, ...], path: Path) -> None:
    places = {*found.feeds, *found.sitemaps, *found.sections}
    for source in known:
        if twins := places & {*source.feeds, *source.sitemaps, *source.sections}:
            raise InputError(f"{path}: {min(twins)} belongs to the source {source.id} already.")


def _free_id(given: str | None, name: str, taken: set[str], path: Path) -> str:
    """Return an id that is free. Raises InputError where the one given is not."""
    if given in taken:
        raise InputError(f"{path}: the id {given!r} is taken; give another with --id.")
    stem = given or slugify(name).removeprefix("the-") or "source"
    return next(one for one in (stem, *(f"{stem}-{n}" for n in range(2, 1000))) if one not in taken)


def _entry(found: Survey, source_id: str) -> dict[str, Any]:
    return {
        "id": source_id,
        "name": found.name,
        "site": found.site,
        "country": found.country,
        "language": found.language,
        "timezone": found.timezone,
        "feeds": found.feeds,
        "sitemaps": found.sitemaps,
        "sections": found.sections,
    }
