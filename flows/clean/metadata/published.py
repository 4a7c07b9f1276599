"""When an article was published and changed: the claims of JSON-LD, meta tags, time elements, text
and address, weighed.

The first claim in that order wins, unless the date line at the headline names another day or the
address an earlier one. Claims that several parts of the head and the address agree on are corrected
only by a line that says "published". Contradictions are flagged: `date_future`, `date_conflict`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

from lxml.html import HtmlElement

from flows.clean.metadata.dates import DateReader, When, parse_date
from flows.clean.metadata.elsewhere import first_read, second_best
from flows.clean.metadata.jsonld import Json, text_of
from flows.clean.metadata.local_zone import in_local_zone
from flows.clean.metadata.printed import (
    NEAR_HEADLINE,
    NEXT_TO_HEADLINE,
    Claim,
    DateLine,
    date_line,
    dated_headlines,
    printed_dates,
    worded_dates,
)
from flows.clean.metadata.tags import HeadTags

PUBLISHED_META = tuple(
    """
    article:published_time og:article:published_time article:published og:published_time
    article:published_date datepublished date_published publish_date publish-date published_date
    published_on published_at published-date publishdate publishtime publish_time publish-time
    publication_date publicationdate publication-date pubdate pub_date parsely-pub-date
    sailthru.date cxenseparse:recs:publishtime cxenseparse:publishtime article.published
    article.created dc.date.issued dcterms.issued dcterms.created dc.date.created dcterms.date
    dc.date date citation_publication_date citation_date citation_online_date created
    article_date_original originalpublicationdate displaydate rnews:datepublished bt:pubdate
    cre:publishdate prism.publicationdate article:create_at og:release_date dateposted timestamp
    published publish publication og:article:published og:pubdate article:posted_time posted_date
    post_date post-date postdate article_date article-date articledate release_date release-date
    releasedate story_date storydate news_date newsdate content_date first_published
    firstpublished first-published dc.date.published dcterms.available dc.date.available
    dcterms.published mediator_published_time shareaholic:article_published_time rbpubdate pdate
    og:regdate last-modified
    """.split()
)
"""Meta tags that give the date of publication, most reliable first."""

MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "lastmod",
    "last-updated",
    "updated_time",
)

MAX_DIFFERENCE = timedelta(days=2)
"""Two claims of one page may differ by a day because of time zones, and by another because of the
night desk.
"""

MAX_LEAD = timedelta(days=1)
"""How far in the future of the fetch a date may lie: clocks and zones differ by less."""

MAX_UNIX = 1e14
"""Milliseconds since 1970 that are a moment of this millennium are far below."""

_URL_DATE = re.compile(
    r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2]|[1-9])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?(?=[/_.-]|\D)"
)


@dataclass(frozen=True, slots=True)
class Published:
    """The date taken, where from, the date of change, and what speaks against it."""

    when: When | None = None
    source: str | None = None
    modified: When | None = None
    flags: tuple[str, ...] = ()

    @property
    def day(self) -> date | None:
        """The day as the page prints it; None where it gives no day."""
        if self.when is None or not self.when.has_day:
            return None
        return self.when.at.date()


@dataclass(frozen=True, slots=True)
class Declared:
    """What head, JSON-LD and address claim as strings, (source, value), most reliable first.
    `modified` are the claims of change.
    """

    published: tuple[tuple[str, str], ...]
    modified: tuple[tuple[str, str], ...]
    address: When | None

    def zone(self) -> tzinfo | None:
        """The zone of the first claim that names one other than UTC; it holds for the others."""
        for _, value in (*self.published, *self.modified):
            when = parse_date(value)
            if when and when.has_zone and when.at.utcoffset():
                return when.at.tzinfo
        return None

    def days(self) -> list[When]:
        """The claims whose order of day and month is in no doubt."""
        found = [self.address] if self.address and self.address.has_day else []
        for _, value in (*self.published, *self.modified):
            if value[:4].isdigit() and (when := parse_date(value)):
                found.append(when)
        return found


def read_declared(article: Json, tags: HeadTags, url: str | None) -> Declared:
    """Gather the claims of a page's JSON-LD object, meta tags and address."""
    published = [
        ("json-ld", _moment_of(article.get(key)))
        for key in ("datePublished", "dateCreated", "uploadDate")
    ]
    published += [("meta", value) for name in PUBLISHED_META for value in tags.meta.get(name, ())]
    published += [("meta", value) for value in _parsely_dates(tags)]
    modified = [
        ("json-ld", _moment_of(article.get("dateModified"))),
        *(("meta", tags.first(name)) for name in MODIFIED_META),
    ]
    return Declared(
        tuple((source, value) for source, value in published if value),
        tuple((source, value) for source, value in modified if value),
        _from_url(url),
    )


def _moment_of(value: Any) -> str | None:
    """A moment in JSON-LD as text: a string, or seconds or milliseconds as a number."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(int(value)) if is_number and abs(value) < MAX_UNIX else text_of(value)


def find_published(
    root: HtmlElement,
    marked: Sequence[HtmlElement],
    declared: Declared,
    objects: Sequence[Json],
    headline: str | None,
    lines: Sequence[str],
    *,
    shown_lines: Sequence[str],
    fetched_at: datetime | None,
    reader: DateReader,
) -> Published:
    """Weigh the page's claims.

    `marked` are the elements marked as dates, `headline` is what the page shows as such, `lines`
    its own lines from a little above it on (foreign ones empty), `shown_lines` all of them, from
    which the page's time zone is told.
    """
    entries = dated_headlines(shown_lines, headline, reader)
    sure, vague = printed_dates(marked, lines, reader, entries)
    named = first_read((c for c in declared.published if c[0] == "json-ld"), reader)
    meta = first_read((c for c in declared.published if c[0] == "meta"), reader)
    modified = first_read(declared.modified, reader)
    if named and meta and modified and _is_made_anew(named[1], modified[1], meta[1]):
        named = None
    address = ("url", declared.address) if declared.address else None
    claims = [c for c in (named, meta, *sure, address, *vague) if c and c[1].has_day]
    if not claims:
        rough = next((c for c in (named, meta, address, *sure, *vague) if c), None)
        best = second_best(root, objects, lines, reader) or rough or modified
        claims = [best] if best else []
    if not claims:
        return Published()
    first = claims[0]
    is_declared = first[0] in ("json-ld", "meta")
    if is_declared:
        first = (first[0], in_local_zone(first[1], worded_dates(marked, shown_lines, reader)))
        first = (first[0], _in_known_zone(first[1], reader.zone))
    around = NEXT_TO_HEADLINE if is_declared else NEAR_HEADLINE
    line = date_line(lines, headline, reader, around)
    if line and fetched_at is not None and line.when.at > fetched_at + MAX_LEAD:
        line = None  # the day of an event
    if line and not line.is_said and _are_agreed(named, meta, address):
        line = None
    source, when = _corrected(first, claims, address, line, modified)
    flags = []
    if fetched_at is not None and when.at > fetched_at + MAX_LEAD:
        flags.append("date_future")
    shown = [w for _, w in (*sure, *vague) or filter(None, [address]) if w.has_day]
    is_alone = (
        is_declared
        and when.has_day
        and bool(shown)
        and all(abs(w.day - when.day) > MAX_DIFFERENCE for w in shown)
    )
    is_moved = abs(first[1].day - when.day) > MAX_DIFFERENCE
    if (is_alone and not (line and line.says(when))) or is_moved:
        flags.append("date_conflict")
    return Published(when, source, modified[1] if modified else None, tuple(flags))


def _is_made_anew(named: When, modified: When, meta: When) -> bool:
    """Whether JSON-LD gives the moment of the last change as that of publication, and the meta tags
    an earlier day.
    """
    is_change = named.at == modified.at and named.precision in ("minute", "second")
    return is_change and named.day - meta.day > MAX_DIFFERENCE


def _in_known_zone(when: When, zone: tzinfo) -> When:
    """A moment given in UTC, in the zone that is known of the page: there its day was printed."""
    is_utc = when.has_zone and when.at.utcoffset() == timedelta(0)
    if zone is UTC or not is_utc or when.precision not in ("minute", "second"):
        return when
    return When(when.at.astimezone(zone), when.precision, has_zone=True)


def _are_agreed(named: Claim | None, meta: Claim | None, address: Claim | None) -> bool:
    """Whether JSON-LD, meta tags and address all name one day, or the days beside it."""
    if named is None or meta is None or address is None or not address[1].has_day:
        return False
    days = [claim[1].day for claim in (named, meta, address)]
    return max(days) - min(days) <= timedelta(days=1)


def _corrected(
    first: Claim,
    claims: Sequence[Claim],
    address: Claim | None,
    line: DateLine | None,
    modified: Claim | None,
) -> Claim:
    """The first claim, unless the page shows that it is wrong.

    The line at the headline is what the desk shows its readers; it loses where it is the day of a
    change. The day in an address is given once: a head that names a later one says when the page
    was made anew.
    """
    source, when = first
    if (
        line
        and source != "url"
        and not line.says(when)
        and not (modified and line.says(modified[1]))
    ):
        return next(
            (claim for claim in claims if claim[1].day == line.when.day), ("text", line.when)
        )
    if (
        source in ("json-ld", "meta")
        and address
        and address[1].has_day
        and when.day - address[1].day > MAX_DIFFERENCE
    ):
        return address
    if source == "text":
        return next(
            (claim for claim in claims if claim[0] == "time" and claim[1].day == when.day), first
        )
    return first


def _parsely_dates(tags: HeadTags) -> Iterator[str]:
    """Yield the date in `parsely-page`, whose content is a JSON object."""
    for content in tags.meta.get("parsely-page", ()):
        try:
            said = json.loads(content)
        except (ValueError, RecursionError):
            continue
        if isinstance(said, dict) and isinstance(said.get("pub_date"), str):
            yield said["pub_date"]


def _from_url(url: str | None) -> When | None:
    found = _URL_DATE.search(url or "")
    if not found:
        return None
    return parse_date("-".join((found[1], found[2].zfill(2), *([found[3]] if found[3] else []))))
