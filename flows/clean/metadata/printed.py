"""Dates that a reader sees on the page: time elements, the date line at the headline, other short
lines around it.

Dates in teasers, embeds, comments, margins and footers are passed over. published.py decides which
of the page's claims is believed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from lxml.html import HtmlElement

from flows.clean.html.elements import is_masthead
from flows.clean.html.zones import zone_of_words
from flows.clean.metadata.dates import DateReader, When, beside_dates, has_long_year
from flows.clean.metadata.words import letters, tidy
from flows.clean.wording import has_words, wording

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

MAX_DATELINE = 45
"""Characters at the start of a paragraph in which a dateline stands: a place and a day."""

MIN_SMALL, MIN_SMALL_WITHOUT_STOP = 2, 4
"""Words in small letters beside the date that make a line a sentence, with and without a full
stop.
"""

MAX_DENSE = 12
"""Characters beside the date of a line in a script that is written without spaces."""

MIN_ENTRY = 3
"""Words of a headline that is known again in a list."""

_VALUES = ("datetime", "content", "title", "data-datetime", "data-timestamp")
"""Attributes in which an element marked as a date gives it to programs."""

MAX_TIMES = 40
"""Time elements looked at on one page."""

_CHANGED = wording("metadata", "printed.changed")
_is_changed = has_words("metadata", "printed.changed")
"""Words of a date that is not the one of publication."""

_PUBLISHED_CLASS = wording("metadata", "printed.published_class")
_says_published = has_words("metadata", "printed.said_published")
_WORD = re.compile(r"[^\W\d_]+")
_DATELINE_END = re.compile(r"\d{4}\s*[-–—:.)]")
"""What ends a dateline before the first sentence: "Port Ellery, 3 May 2031 –"."""
_DATE_FIRST = re.compile(r"\W{0,3}\d{1,2}[. ].{2,12}\d{4}")
"""A paragraph that begins with its date."""
_DENSE = re.compile("[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff]")
_RIGHTS = re.compile(r"©|\bcopyright\b", re.I)
_TOLD = re.compile(r"\s*: ?[^\W\d_]")
"""What stands behind a date of which a heading or an entry of a list tells: "4 May: the ferry"."""
_SENTENCE = re.compile(r"[.!?。！？][\"'”’»)]*$")
_ELSEWHERE = frozenset(
    {
        "comments",
        "comment_prompt",
        "other_stories",
        "related_links",
        "copyright_footer",
        "navigation",
        "newsletter_teaser",
    }
)
_EMBEDDED = ("blockquote", "figure")
"""Elements that quote others or show pictures: their dates are not the article's."""

MAX_PARAGRAPHS, MIN_PARAGRAPH = 2, 60
"""A date line stands above the second paragraph; characters from which a sentence is one."""

MAX_PART, MAX_PARTS = 12, 3
"""Characters of a line that is a part of a date, and lines over which one date is spread."""


Claim = tuple[str, When]
"""Where a date comes from (json-ld, meta, time, text, url), and the date."""


@dataclass(frozen=True, slots=True)
class DateLine:
    """The line at the headline that says when the article appeared: its date, its other reading
    where 03/04 has two, and whether the line speaks of publishing.
    """

    when: When
    other: When | None
    is_said: bool

    def says(self, when: When) -> bool:
        """Whether the line can be read as the day of this claim."""
        return when.day in (self.when.day, self.other.day if self.other else None)


def date_line(
    lines: Sequence[str],
    headline: str | None,
    reader: DateReader,
    around: tuple[int, int] = NEXT_TO_HEADLINE,
) -> DateLine | None:
    """The first line that is one date and little else, of those `around` the headline and above the
    second paragraph; None where no line is the headline.

    Lines that speak of publishing come before others.
    """
    at = headline_at(lines, headline)
    if at is None:
        return None
    above, below = around
    below_it = lines[at + 1 : at + 1 + below]
    near = (*lines[max(0, at - above) : at], *before_text(below_it))
    near = (*near, *joined_parts(near, reader), *filter(_says_published, below_it))
    for line in sorted(near, key=lambda line: not _says_published(line)):
        changed = _CHANGED.search(line)
        said = line[: changed.start()] if changed else line
        if len(line) > MAX_LINE or not has_long_year(said) or not _is_bare(said, reader):
            continue
        when = reader.read(said)
        if when and when.has_day:
            other = DateReader(not reader.day_first, reader.language, reader.zone).read(said)
            return DateLine(when, other, _says_published(said))
    return None


def headline_at(lines: Sequence[str], headline: str | None) -> int | None:
    """Return the place of the first line that says the headline; None where none does."""
    shown = letters(headline or "")
    return next(
        (
            at
            for at, line in enumerate(lines[:LINES_AROUND_HEADLINE])
            if shown and letters(line) == shown
        ),
        None,
    )


def before_text(lines: Sequence[str]) -> Sequence[str]:
    """The lines up to the second paragraph: a standfirst may come before the date line."""
    paragraphs: set[str] = set()
    for at, line in enumerate(lines):
        if len(line) >= MIN_PARAGRAPH and _SENTENCE.search(line):
            paragraphs.add(line)
            if len(paragraphs) == MAX_PARAGRAPHS:
                return lines[:at]
    return lines


def joined_parts(lines: Sequence[str], reader: DateReader) -> Iterator[str]:
    """Yield the dates that stand in two or three lines, one for each part ("07", "Nov", "2031")."""
    for at in range(len(lines)):
        for size in range(2, MAX_PARTS + 1):
            parts = lines[at : at + size]
            if len(parts) < size or any(not 0 < len(part) <= MAX_PART for part in parts):
                break
            line = " ".join(parts)
            when = reader.read(line) if has_long_year(line) else None
            if when and when.has_day:
                if not any(_is_day(reader.read(part)) for part in parts):
                    yield line
                break


def _is_day(when: When | None) -> bool:
    return when is not None and when.has_day


def dated_headlines(lines: Sequence[str], headline: str | None, reader: DateReader) -> list[Claim]:
    """The dates behind the headline in lists of a site's texts: such an entry is the article's own.

    Empty where entries of one headline name several days.
    """
    if not headline or len(headline.split()) < MIN_ENTRY:
        return []
    claims: list[Claim] = []
    for line in lines:
        rest = line.removeprefix(headline).strip(" |•·,–—-()")
        is_entry = len(rest) < len(line) and 0 < len(rest) <= MAX_PART * MAX_PARTS
        if is_entry and not rest[0].islower():
            when = reader.read(rest)
            if when and when.has_day and _is_bare(rest, reader):
                claims.append(("text", when))
    return claims if len({claim[1].day for claim in claims}) == 1 else []


def printed_dates(
    marked: Sequence[HtmlElement], lines: Sequence[str], reader: DateReader, own: Sequence[Claim]
) -> tuple[list[Claim], list[Claim]]:
    """Dates of elements marked as dates, outside teasers, and of short lines: those that can be
    trusted, most reliable first, and the others.

    Trusted are elements marked as the date of publication, then lines that say so and the `own`
    claims (`dated_headlines`), then other time elements.
    """
    ranked: list[tuple[int, Claim]] = [(2, claim) for claim in own]
    for node in marked[:MAX_TIMES]:
        value = next(filter(None, map(node.get, _VALUES)), None) or tidy(" ".join(node.itertext()))
        words = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
        parent = node.getparent()
        around = f"{words} {tidy(''.join(parent.itertext()))[:80] if parent is not None else ''}"
        is_marked = (
            node.tag != "time" or node.get("pubdate") is not None or "datePublished" in words
        )
        if not is_marked and _is_in_sentence(node):
            continue
        if value and not _is_elsewhere(node) and (when := reader.read(value)):
            rank = (
                5
                if _is_changed(around)
                else 0
                if is_marked
                else 1
                if _PUBLISHED_CLASS.search(words)
                else 3
            )
            ranked.append((rank, ("time", when)))
    near = lines[:LINES_AROUND_HEADLINE]
    for line in (*near, *joined_parts(near, reader)):
        if len(line) > MAX_LINE or _is_changed(line):
            continue
        is_said = _says_published(line) and not _is_prose(line, reader)
        if (when := reader.read(line)) and (is_said or _is_bare(line, reader)):
            ranked.append((2 if is_said else 4, ("text", when)))
    ranked.sort(key=lambda entry: entry[0])
    return [claim for rank, claim in ranked if rank < 4], [
        claim for rank, claim in ranked if rank >= 4
    ]


def _is_in_sentence(node: HtmlElement) -> bool:
    """Whether a time element stands in a sentence, which speaks of that time."""
    parent = node.getparent()
    if parent is None or parent.tag not in ("p", "li"):
        return False
    text = tidy("".join(parent.itertext()))
    return len(text) > MAX_LINE and _SENTENCE.search(text) is not None


def speaks_of_publishing(line: str) -> bool:
    """Whether a short line says when something was published."""
    return len(line) <= MAX_LINE and _says_published(line)


def left_over_lines(lines: Sequence[str], reader: DateReader) -> Iterator[str]:
    """Lines to look for a date in where none is marked, likeliest first; of long ones the
    beginning, which may be a dateline. Sentences that speak of a day are not among them.
    """
    near = lines[:LINES_AROUND_HEADLINE]
    short = [line for line in near if len(line) <= MAX_LINE and not _is_prose(line, reader)]
    yield from (
        line
        for line in lines
        if len(line) <= MAX_LINE // 2
        and _says_published(line)
        and not _is_changed(line)
        and not _is_prose(line, reader)
    )
    yield from (line for line in short if _is_bare(line, reader))
    yield from short
    yield from (
        line[:MAX_DATELINE]
        for line in near
        if len(line) > MAX_LINE
        and (_DATELINE_END.search(line[:MAX_DATELINE]) or _DATE_FIRST.match(line))
    )
    yield from (
        line for line in lines if len(line) <= MAX_LINE // 2 and not _is_prose(line, reader)
    )


def worded_dates(
    marked: Sequence[HtmlElement], lines: Sequence[str], reader: DateReader
) -> Iterable[When]:
    """Dates in the words a reader sees, those of time elements among the marked first."""
    texts = [
        tidy(" ".join(node.itertext()))
        for node in islice((node for node in marked if node.tag == "time"), 20)
        if not _is_elsewhere(node)
    ]
    for text in (
        *texts,
        *(line for line in lines[:LINES_AROUND_HEADLINE] if len(line) <= MAX_LINE),
    ):
        if (when := reader.read(text)) and not _is_changed(text):
            yield when


def _is_elsewhere(node: HtmlElement) -> bool:
    """Whether an element stands in a margin, a footer, a teaser, a quoted post or a picture; what
    holds the page's headline is none of them.
    """
    return any(
        (
            a.tag in ("aside", "footer", "nav", *_EMBEDDED)
            or is_masthead(a)
            or zone_of_words(a.get("class") or "") in _ELSEWHERE
            or zone_of_words(a.get("id") or "") in _ELSEWHERE
        )
        and next(a.iter("h1"), None) is None
        for a in node.iterancestors()
        if a.tag != "body"
    )


def _is_bare(line: str, reader: DateReader) -> bool:
    """Whether a line is one date and little else, and no sentence that names a day."""
    if _RIGHTS.search(line):
        return False
    count, rest = beside_dates(line, reader.language)
    words = _WORD.findall(rest)
    if _TOLD.match(rest) or (_DENSE.search(rest) and _SENTENCE.search(line)):
        return False
    if count != 1 or len(words) > MAX_WORDS_BESIDE_DATE:
        return False
    if _says_published(line) or _is_changed(line):
        return True
    small = sum(word.islower() for word in words)
    if small >= (MIN_SMALL if _SENTENCE.search(line) else MIN_SMALL_WITHOUT_STOP):
        return False
    return len(_DENSE.findall(rest)) <= MAX_DENSE


def _is_prose(line: str, reader: DateReader) -> bool:
    """Whether a line is a sentence that names a day, not a line about the article."""
    if _RIGHTS.search(line) or _TOLD.match(beside_dates(line, reader.language)[1]):
        return True
    if _is_bare(line, reader) or _DATE_FIRST.match(line):
        return False
    if _SENTENCE.search(line):
        return True
    _, rest = beside_dates(line, reader.language)
    small = sum(word.islower() for word in _WORD.findall(rest))
    return small >= MIN_SMALL_WITHOUT_STOP and not _says_published(line)
