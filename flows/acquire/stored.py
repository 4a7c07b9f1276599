"""Finds again the pages that the ledger knows, where they are stored: files, manifest lines,
records of a WARC file or of the raw store.

Pages that are missing or changed are reported: reprocessing works on the page that was seen, not
on another in its place.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from flows.acquire.discover import discover
from flows.acquire.page import PageRef
from flows.acquire.place import file_at
from flows.acquire.warc import page_at
from flows.config.errors import InputError


@dataclass(frozen=True, slots=True)
class SeenPage:
    """What the ledger says of a page: where it was, and what was known of it then. `page_id` is the
    key of its bytes.

    `warc_file` and `warc_offset` are where the raw store holds it, for a page from the web.
    """

    location: str
    page_id: str
    url: str | None
    source_id: str
    fetched_at: datetime
    http_status: int | None
    warc_file: str | None = None
    warc_offset: int | None = None

    @property
    def is_from_web(self) -> bool:
        """Whether its place in the ledger is an address."""
        return self.location.startswith(("http://", "https://"))


def find_stored(pages: Iterable[SeenPage], raw_store: Path) -> list[PageRef | None]:
    """Return a reference to each page, in order; None where its file, line or record no longer
    exists.
    """
    pages = list(pages)
    by_file: dict[str, list[SeenPage]] = defaultdict(list)
    found: dict[str, PageRef] = {}
    for page in pages:
        if page.is_from_web:
            if (
                page.warc_file
                and page.warc_offset is not None
                and (ref := page_at(raw_store / page.warc_file, page.warc_offset))
            ):
                found[page.location] = replace(ref, location=page.location, url=page.url)
            continue
        by_file[_file_of(page.location)].append(page)
    for file, wanted in by_file.items():
        places = {page.location for page in wanted}
        found |= {ref.location: ref for ref in _refs(file) if ref.location in places}
    return [_as_seen(found.get(page.location), page) for page in pages]


def _file_of(location: str) -> str:
    """Return the file of a location: `…/manifest.jsonl#id` is a line, `….warc.gz#offset` a record;
    all else is the file itself.
    """
    file, mark, _ = location.rpartition("#")
    place = file_at(file)
    return str(place) if mark and place.is_file() else str(file_at(location))


def _refs(file: str) -> list[PageRef]:
    try:
        return discover([file]) if Path(file).is_file() else []
    except InputError:
        return []


def _as_seen(ref: PageRef | None, page: SeenPage) -> PageRef | None:
    if ref is None:
        return None
    return replace(
        ref,
        fetched_at=page.fetched_at,
        url=ref.url or page.url,
        status=ref.status or page.http_status,
        source_id=page.source_id,
    )
