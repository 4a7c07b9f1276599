"""Live blogs in the order of time: entries newest first are turned round, and each keeps its clock.

An entry is a box with a time of its own, beside others like it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from flows.clean.html.cards import component_of
from flows.clean.html.context import Verdicts
from flows.clean.html.segments import Page
from flows.clean.metadata.dates import parse_date

MIN_ENTRIES = 3
"""Boxes alike, each with a time, that make a live blog."""

MIN_SHARE = 0.5
"""Share of the kept text that stands in the entries."""

MAX_CLOCK = 40
"""Characters of a line that is an entry's clock."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry: its segments `first` to `last` (exclusive), its moment, and the segment that shows
    it; -1 where none does.
    """

    first: int
    last: int
    at: datetime
    clock: int


def order_entries(page: Page, verdicts: Verdicts) -> list[int] | None:
    """Return the places of the page's segments with the entries in the order of time, and keep the
    segments that show their clocks; None where the page has no entries.

    `verdicts` is changed in place.
    """
    entries = _entries(page)
    kept = sum(len(s.text) for s, v in zip(page.segments, verdicts, strict=True) if v is None)
    held = sum(
        len(page.segments[at].text)
        for entry in entries
        for at in range(entry.first, entry.last)
        if verdicts[at] is None
    )
    if len(entries) < MIN_ENTRIES or held < MIN_SHARE * kept:
        return None
    for entry in entries:
        has_text = any(verdicts[at] is None for at in range(entry.first, entry.last))
        if entry.clock >= 0 and has_text:
            verdicts[entry.clock] = None
    return _ordered(len(page.segments), entries)


def _ordered(size: int, entries: Sequence[Entry]) -> list[int]:
    places = list(range(size))
    slots = sorted((entry.first, entry.last) for entry in entries)
    inside = {at for first, last in slots for at in range(first, last)}
    by_time = sorted(entries, key=lambda entry: entry.at)
    first = slots[0][0]
    before = [at for at in places if at < first]
    behind = [at for at in places if at >= first and at not in inside]
    between = [at for at in behind if at < slots[-1][0]]
    rest = [at for at in behind if at >= slots[-1][0]]
    told = [at for entry in by_time for at in range(entry.first, entry.last)]
    return [*before, *told, *between, *rest]


def _entries(page: Page) -> list[Entry]:
    rows: dict[tuple[int, str, str], list[Entry]] = {}
    for box in page.boxes:
        if box.last - box.first < 2 or box.tag in ("body", "html"):
            continue
        if entry := _entry(page, box.first, box.last, box.node):
            rows.setdefault((box.parent, box.tag, component_of(box)), []).append(entry)
    row = max(rows.values(), key=len, default=[])
    return row if len({entry.at for entry in row}) == len(row) else []


def _entry(page: Page, first: int, last: int, node: HtmlElement) -> Entry | None:
    times = [t for t in node.iter("time") if t.get("datetime")]
    if len(times) != 1:
        return None
    when = parse_date(times[0].get("datetime") or "")
    if when is None or when.precision not in ("minute", "second"):
        return None
    shown = " ".join("".join(map(str, times[0].itertext())).split())
    clock = next(
        (
            at
            for at in range(first, last)
            if len(page.segments[at].text) <= MAX_CLOCK
            and shown
            and shown in page.segments[at].text
        ),
        -1,
    )
    return Entry(first, last, when.at, clock)
