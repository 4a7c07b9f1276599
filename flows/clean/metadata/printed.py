"""Dates that a reader sees on the page: time elements, the date line at the headline, other short
lines around it.

Dates in teasers, margins and footers are passed over. Which of the page's claims is believed is for
published.py to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml import etree
from lxml.html import HtmlElement

from flows.clean.html.zones import zone_of_words
from flows.clean.metadata.dates import When, beside_dates, parse_date
from flows.clean.metadata.words import letters, tidy
from flows.clean.selectors import elements_of
from flows.clean.wording import wording

LINES_AROUND_HEADLINE = 30
"""Lines from a little above the headline among which a date line stands."""

NEXT_TO_HEADLINE = (0, 6)
"""Lines above and below the headline among which the article's own date line stands: a standfirst,
byline, caption may come before it.
"""

NEAR_HEADLINE = (2, 10)
"""The same on pages whose head and elements name no date: the line stands further off there or not
at all.
"""

MAX_LINE = 120
"""Characters of a line that may be a date line; longer ones are sentences that speak of a date."""

MAX_WORDS_BESIDE_DATE = 5
"""Words that a date line has beside its date: weekday, byline, place, minutes of reading."""

MAX_DATELINE = 40
"""Characters at the start of a paragraph in which a dateline stands: a place and a day."""

MAX_TIMES = 40
"""Time elements looked at on one page."""

CHANGED = wording("metadata", "printed.changed")
"""Words of a date that is not the one of publication."""

_DATED = etree.XPath(
    "descendant::time"
    " | descendant::*[@itemprop or @property][not(self::time or self::meta or self::link)]"
    "[contains(@itemprop,'datePublished') or contains(@property,'datePublished')"
    " or contains(@property,'dc:date')]"
)
_PUBLISHED_CLASS = wording("metadata", "printed.published_class")
_SAID_PUBLISHED = wording("metadata", "printed.said_published")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_WORD = re.compile(r"[^\W\d_]+")
_ELSEWHERE = frozenset(
    {"comment_prompt", "other_stories", "related_links", "copyright_footer", "navigation"}
)


Claim = tuple[str, When]
"""Where a date comes from (json-ld, meta, time, text, url), and the date."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The line at the headline that says when the article appeared: its date, and its other reading
    where 03/04 has two.
    """

    when: When
    other: When | None

    def says(self, when: When) -> bool:
        """Whether the line can be read as the day of this claim."""
        return when.day in (self.when.day, self.other.day if self.other else None)


def date_line(
    lines: Sequence[str],
    headline: str | None,
    day_first: bool,
    around: tuple[int, int] = NEXT_TO_HEADLINE,
) -> DateLine | None:
    """The first line that is one date and little else, of those `around` the headline; None where
    no line is the headline.

    Lines that speak of publishing come before others.
    """
    shown = letters(headline or "")
    at = next(
        (
            at
            for at, line in enumerate(lines[:LINES_AROUND_HEADLINE])
            if shown and letters(line) == shown
        ),
        None,
    )
    if at is None:
        return None
    above, below = around
    near = (*lines[max(0, at - above) : at], *lines[at + 1 : at + 1 + below])
    for line in sorted(near, key=lambda line: not _SAID_PUBLISHED.search(line)):
        changed = CHANGED.search(line)
        said = line[: changed.start()] if changed else line
        if len(line) > MAX_LINE or not _YEAR.search(said) or not _is_bare(said):
            continue
        when = parse_date(said, day_first=day_first)
        if when and when.precision != "month":
            return DateLine(when, parse_date(said, day_first=not day_first))
    return None


def printed_dates(
    root: HtmlElement, lines: Sequence[str], day_first: bool
) -> tuple[list[Claim], list[Claim]]:
    """Dates of marked elements outside teasers and of short lines: those that can be trusted, the
    surest first, and the others.

    Trusted are elements marked as the date of publication, then lines that say so, then other time
    elements.
    """
    ranked: list[tuple[int, Claim]] = []
    for node in elements_of(_DATED, root)[:MAX_TIMES]:
        value = node.get("datetime") or node.get("content") or tidy("".join(node.itertext()))
        words = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
        parent = node.getparent()
        around = f"{words} {tidy(''.join(parent.itertext()))[:80] if parent is not None else ''}"
        if value and not _is_elsewhere(node) and (when := parse_date(value, day_first=day_first)):
            is_marked = (
                node.tag != "time" or node.get("pubdate") is not None or "datePublished" in words
            )
            rank = (
                5
                if CHANGED.search(around)
                else 0
                if is_marked
                else 1
                if _PUBLISHED_CLASS.search(words)
                else 3
            )
            ranked.append((rank, ("time", when)))
    for line in lines[:LINES_AROUND_HEADLINE]:
        if len(line) > MAX_LINE or CHANGED.search(line):
            continue
        is_said = bool(_SAID_PUBLISHED.search(line))
        if (when := parse_date(line, day_first=day_first)) and (is_said or _is_bare(line)):
            ranked.append((2 if is_said else 4, ("text", when)))
    ranked.sort(key=lambda entry: entry[0])
    return [claim for rank, claim in ranked if rank < 4], [
        claim for rank, claim in ranked if rank >= 4
    ]


def left_over_lines(lines: Sequence[str]) -> Iterator[str]:
    """Lines to look for a date in where none is marked, the likeliest first; of long ones their
    beginning, which may be a dateline.
    """
    near = lines[:LINES_AROUND_HEADLINE]
    yield from (
        line
        for line in lines
        if len(line) <= MAX_LINE // 2 and _SAID_PUBLISHED.search(line) and not CHANGED.search(line)
    )
    yield from (line for line in near if len(line) <= MAX_LINE and _is_bare(line))
    yield from (line for line in near if len(line) <= MAX_LINE)
    yield from (line[:MAX_DATELINE] for line in near if len(line) > MAX_LINE)
    yield from (line for line in lines if len(line) <= MAX_LINE // 2)


def worded_dates(root: HtmlElement, lines: Sequence[str], day_first: bool) -> Iterable[When]:
    """Dates in the words a reader sees, time elements first."""
    texts = [
        tidy("".join(node.itertext()))
        for node in islice(root.iter("time"), 20)
        if not _is_elsewhere(node)
    ]
    for text in (
        *texts,
        *(line for line in lines[:LINES_AROUND_HEADLINE] if len(line) <= MAX_LINE),
    ):
        if text and not CHANGED.search(text) and (when := parse_date(text, day_first=day_first)):
            yield when


def _is_elsewhere(node: HtmlElement) -> bool:
    """Whether an element stands in a margin, a footer or a teaser; what holds the page's headline
    is none of them.
    """
    return any(
        (a.tag in ("aside", "footer", "nav") or zone_of_words(a.get("class") or "") in _ELSEWHERE)
        and next(a.iter("h1"), None) is None
        for a in node.iterancestors()
        if a.tag != "body"
    )


def _is_bare(line: str) -> bool:
    """Whether a line is one date and little else."""
    count, rest = beside_dates(line)
    return count == 1 and len(_WORD.findall(rest)) <= MAX_WORDS_BESIDE_DATE
