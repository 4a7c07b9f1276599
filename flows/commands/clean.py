"""`newsduck clean`: what is kept of a page, what is stripped, and which rule stripped it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from flows.acquire.discover import discover
from flows.acquire.manifest import ManifestLine, parse_line
from flows.acquire.page import PageRef
from flows.clean.model import Cleaned
from flows.clean.rules import RuleBook, load_rules
from flows.commands.jsonl import write_lines
from flows.commands.options import Rules
from flows.commands.out_file import out_file
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.settings import Settings
from flows.worker.process_page import Tools, process_page

EPILOG = """Examples:\n
  newsduck clean page.html\n
  newsduck clean page.txt -o page.jsonl\n
  newsduck clean page.html --view out.html\n
  newsduck clean page.html --rules my-rules.toml\n
  newsduck clean manifest.jsonl -o cleaned.jsonl"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("clean", epilog=EPILOG)(clean)


def clean(
    page: Annotated[
        Path,
        typer.Argument(
            metavar="PAGE_OR_MANIFEST",
            help="A page (.html, .htm, .txt, .gz), a manifest (.jsonl), or a folder.",
        ),
    ],
    out: Annotated[
        Path | None, typer.Option("--out", "-o", help="Write JSON lines here instead of printing.")
    ] = None,
    view: Annotated[
        Path | None,
        typer.Option("--view", help="Write the page's blocks in colours to this HTML file."),
    ] = None,
    rules: Rules = None,
) -> None:
    """Show a page block by block: kept, or stripped with its reason and rule. A manifest or a
    folder gives one JSON line a page.
    """
    book = load_rules(*Settings.with_options(rules=rules).rules)
    refs = discover([str(page)], allow_outside=True)
    sources = [page, *(Path(ref.location) for ref in refs)]
    if view is not None:
        _write_view(refs, book, view, out, sources)
        return
    ids = _ids(page) if page.name.endswith(".jsonl") else [_short(ref, page) for ref in refs]
    if out is None and len(refs) == 1 and not page.name.endswith(".jsonl"):
        show(_cleaned(refs[0], book))
    else:
        write_lines(_rows(refs, ids, book), out, sources)


def _write_view(
    refs: list[PageRef], book: RuleBook, view: Path, out: Path | None, sources: list[Path]
) -> None:
    """Write one page's blocks as HTML. Raises InputError for several pages, and with --out."""
    from flows.report.view import render_page

    if out is not None:
        raise InputError("--view and --out cannot be combined: run the command once with each.")
    if len(refs) != 1:
        raise InputError(f"--view shows one page, but {len(refs)} were given: name one of them.")
    with out_file(view, sources) as file:
        file.write(render_page(Path(refs[0].location).name, _cleaned(refs[0], book)))


def _short(ref: PageRef, given: Path) -> str:
    """Return a page's path below the folder that was given, or its name."""
    place = Path(ref.location)
    return str(place.relative_to(given.resolve())) if given.is_dir() else place.name


def _ids(manifest: Path) -> list[str]:
    with manifest.open("rb") as lines:
        parsed: list[ManifestLine] = [
            parse_line(line, manifest, n) for n, line in enumerate(lines, 1) if line.strip()
        ]
    return [line.id for line in parsed]


def _rows(refs: list[PageRef], ids: list[str], book: RuleBook) -> Iterator[dict[str, Any]]:
    for ref, page_id in zip(refs, ids, strict=True):
        yield {"id": page_id} | as_row(_cleaned(ref, book))


def _cleaned(ref: PageRef, book: RuleBook) -> Cleaned:
    page = process_page(ref, 1, Tools(book), annotated=False)
    if page.sha256 is None:
        raise InputError(page.cleaned.detail)
    return page.cleaned


def as_row(cleaned: Cleaned) -> dict[str, Any]:
    """Return the row that `clean` writes for one page; `date` is in the page's own time zone, a day
    where the page gives no time. A rejected page has the text that it would have given.
    """
    return {
        "outcome": cleaned.outcome,
        "detail": cleaned.detail,
        "title": cleaned.title,
        "text": cleaned.text or would_be_text(cleaned),
        "author": list(cleaned.authors),
        "date": printed_date(cleaned.published_at, cleaned.published_precision),
        "site": cleaned.site,
        "language": cleaned.language,
        "canonical_url": cleaned.canonical_url,
        "syndicated_from": cleaned.syndicated_from,
        "kind": cleaned.kind,
        "section": cleaned.section,
        "keywords": list(cleaned.keywords),
        "is_free": cleaned.is_free,
        "images": [asdict(image) for image in cleaned.images],
        "corrections": list(cleaned.corrections),
        "flags": sorted(cleaned.flags),
        "stripped": [
            {"reason": b.reason, "rule": b.rule, "text": b.text} for b in cleaned.stripped
        ],
    }


def would_be_text(cleaned: Cleaned) -> str:
    """Return what a rejected page would have given as its text, so that people can judge it."""
    return "\n".join(b.text for b in cleaned.blocks if b.reason is None and b.rule is None)


def printed_date(moment: datetime | None, precision: str | None) -> str | None:
    """Return a moment as the page gave it: in its own zone, no finer than its precision."""
    if moment is None:
        return None
    return moment.date().isoformat() if precision in ("day", "month") else moment.isoformat()


def _shown(value: Any) -> str:
    """A value of the row in one line; of images their addresses."""
    if not isinstance(value, list):
        return str(value)
    return ", ".join(item["url"] if isinstance(item, dict) else item for item in value)


def show(cleaned: Cleaned) -> None:
    """Print a page block by block."""
    console = screen()
    for name, value in as_row(cleaned).items():
        if name not in ("text", "stripped") and value:
            console.print(
                Text(f"{name:>16}  ", style="bold").append(_shown(value), style="default")
            )
    console.print()
    for block in cleaned.blocks:
        if block.reason is None:
            console.print(
                Text(f"{'kept':>16}  ", style="green").append(block.text, style="default")
            )
        else:
            console.print(
                Text(f"{block.reason:>16}  ", style="red")
                .append(f"[{block.rule}] ", style="yellow")
                .append(block.text, style="dim")
            )
