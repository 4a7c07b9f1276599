"""When an article was published and changed: the claims of JSON-LD, meta tags, time elements, text and address, weighed.

The first claim in that order wins; what speaks against it is flagged, never silently trusted: `date_future`, `date_conflict`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice

from lxml.html import HtmlElement

from flows.clean.html.zones import zone_of_words
from flows.clean.metadata.dates import When, parse_date
from flows.clean.metadata.jsonld import Json, text_of
from flows.clean.metadata.local_zone import in_local_zone
from flows.clean.metadata.tags import HeadTags
from flows.clean.metadata.words import tidy

PUBLISHED_META = (
    "article:published_time", "og:article:published_time", "article:published", "og:published_time", "datepublished", "date_published",
    "publish_date", "publish-date", "published_date", "published_on",
    "published_at", "published-date", "publishdate", "publishtime", "publication_date", "publicationdate",
    "pubdate", "pub_date", "parsely-pub-date",
    "sailthru.date", "cxenseparse:recs:publishtime", "cxenseparse:publishtime", "article.published", "dc.date.issued", "dcterms.issued",
    "dcterms.created", "dc.date.created", "dcterms.date", "dc.date", "date", "citation_publication_date", "citation_date", "created",
    "article_date_original", "originalpublicationdate", "displaydate", "rnews:datepublished", "timestamp", "last-modified",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "article:modified",
    "dcterms.modified",
    "lastmod",
    "updated_time",
)

CONFLICT = timedelta(days=2)
"""Two claims of one page may differ by a day because of time zones, and by another because of the night desk."""

LEAD = timedelta(days=1)
"""How far in the future of the fetch a date may lie: clocks and zones differ by less."""

LINES_AROUND_HEADLINE = 30
"""Lines from a little above the headline among which a date line stands."""

_SCRIPTED = re.compile(
    r"""[\\"'](?:date_?published|published_?(?:at|on|date|time)|publish_?(?:date|time|up)|publication_?date|first_?published\w*|pub_?date|post_?date|"""
    r"""created_?at|date_?created)\\?["']\s*:\s*\\?["']((?:19|20)\d\d-\d\d[^"'\\]{3,30})""",
    re.I,
)
_URL_DATE = re.compile(r"/((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2]|[1-9])(?:[/_-]?(0[1-9]|[12]\d|3[01]))?(?=[/_.-]|\D)")
_PUBLISHED_CLASS = re.compile(
    r"publish|pubdate|entry-date|post-date|post__date|article-?_*date|created|dateline|timestamp|meta-?_*date|(?:^|[\s_-])date(?:$|[\s_-])",
    re.I,
)
_SAID_PUBLISHED = re.compile(
    r"publi(?:shed|cado|é|cato|ziert)|veröffentlicht|erschienen|posted|gepubliceerd|publicerad|publisert|opublikowano", re.I
)
_CHANGED = re.compile(r"updat|modif|aktualis|mis à jour|actualiz|stand:|bijgewerkt|endret|uppdaterad|ändrad|korr", re.I)
_ELSEWHERE = frozenset({"comment_prompt", "other_stories", "related_links", "copyright_footer", "navigation"})


@dataclass(frozen=True, slots=True)
class Published:
    """The date taken, where from, the date of change, and what speaks against it."""

    when: When | None = None
    source: str | None = None
    modified: When | None = None
    flags: tuple[str, ...] = ()


def find_published(
    root: HtmlElement,
    article: Json,
    objects: Sequence[Json],
    tags: HeadTags,
    lines: Sequence[str],
    url: str | None,
    *,
    fetched_at: datetime | None,
    day_first: bool,
) -> Published:
    """Weigh the page's claims. `lines` are the page's lines from the headline on; `day_first` reads 03/04 as 3 April."""
    printed = list(_printed(root, lines, day_first))
    named = _first(("json-ld", text_of(article.get(key))) for key in ("datePublished", "dateCreated", "uploadDate"))
    meta = _first(("meta", value) for name in PUBLISHED_META for value in tags.meta.get(name, ()))
    address = _from_url(url)
    times = [claim for claim in printed if claim[0] == "time"]
    texts = [claim for claim in printed if claim[0] == "text"]
    candidates = [c for c in (named, meta, *times, address, *texts) if c and c[1].precision != "month"]
    modified = _first(
        (kind, value)
        for kind, value in (("json-ld", text_of(article.get("dateModified"))), *(("meta", tags.first(n)) for n in MODIFIED_META))
    )
    if not candidates:
        rough = next((c for c in (named, meta, address, *printed) if c), None)
        candidates = [c for c in (_second_best(root, objects, lines, day_first) or rough or modified,) if c]
    if not candidates:
        return Published()
    source, when = candidates[0]
    if source in ("json-ld", "meta"):
        when = in_local_zone(when, _shown(root, lines, day_first))
    flags = []
    if fetched_at is not None and when.at > fetched_at + LEAD:
        flags.append("date_future")
    if source in ("json-ld", "meta") and when.precision != "month":
        shown = [w for _, w in printed or filter(None, [address]) if w.precision != "month"]
        if shown and all(abs(w.day - when.day) > CONFLICT for w in shown):
            flags.append("date_conflict")
    return Published(when, source, modified[1] if modified else None, tuple(flags))


def _shown(root: HtmlElement, lines: Sequence[str], day_first: bool) -> Iterable[When]:
    """Dates in the words a reader sees, time elements first."""
    texts = [tidy("".join(node.itertext())) for node in islice(root.iter("time"), 20) if not _is_elsewhere(node)]
    for text in (*texts, *(line for line in lines[:LINES_AROUND_HEADLINE] if len(line) <= 120)):
        if text and not _CHANGED.search(text) and (when := parse_date(text, day_first=day_first)):
            yield when


def _second_best(root: HtmlElement, objects: Sequence[Json], lines: Sequence[str], day_first: bool) -> tuple[str, When] | None:
    """What is left where the page says no date in the usual places: other objects, data in scripts, a line that says "updated"."""
    others = (text_of(o.get(key)) for key in ("datePublished", "dateCreated") for o in objects)
    if found := _first(("json-ld", value) for value in others):
        return found
    for script in root.iter("script"):
        if script.text and (claim := _SCRIPTED.search(script.text)) and (when := parse_date(claim[1])):
            return "json-ld" if "json" in (script.get("type") or "") else "meta", when
    for line in lines[:LINES_AROUND_HEADLINE]:
        if len(line) <= 120 and (when := parse_date(line, day_first=day_first)) and when.precision != "month":
            return "text", when
    for line in lines:
        if len(line) <= 60 and (when := parse_date(line, day_first=day_first)) and when.precision != "month":
            return "text", when
    return None


def _first(claims: Iterable[tuple[str, str | None]]) -> tuple[str, When] | None:
    for source, value in claims:
        if value and (when := parse_date(value)):
            return source, when
    return None


def _printed(root: HtmlElement, lines: Sequence[str], day_first: bool) -> Iterable[tuple[str, When]]:
    """Dates that a reader sees: time elements outside teasers, those marked as published first; then short lines with a date."""
    ranked = []
    for at, node in enumerate(root.iter("time")):
        if at >= 40:
            break
        value = node.get("datetime") or node.get("content") or tidy("".join(node.itertext()))
        words = f"{node.get('class') or ''} {node.get('itemprop') or ''}"
        parent = node.getparent()
        around = f"{words} {tidy(''.join(parent.itertext()))[:80] if parent is not None else ''}"
        if value and not _is_elsewhere(node) and (when := parse_date(value, day_first=day_first)):
            rank = 0 if node.get("pubdate") is not None or "datePublished" in words else 1 if _PUBLISHED_CLASS.search(words) else 2
            ranked.append((rank + 3 * bool(_CHANGED.search(around)), at, when))
    ranked.sort(key=lambda entry: entry[:2])
    yield from (("time", when) for _, _, when in ranked)
    near = [line for line in lines[:LINES_AROUND_HEADLINE] if len(line) <= 120 and not _CHANGED.search(line)]
    for line in sorted(near, key=lambda line: not _SAID_PUBLISHED.search(line)):
        if when := parse_date(line, day_first=day_first):
            yield "text", when


def _is_elsewhere(node: HtmlElement) -> bool:
    return any(
        a.tag in ("aside", "footer", "nav") or zone_of_words(a.get("class") or "") in _ELSEWHERE
        for a in node.iterancestors()
        if a.tag != "body"
    )


def _from_url(url: str | None) -> tuple[str, When] | None:
    found = _URL_DATE.search(url or "")
    if not found:
        return None
    when = parse_date("-".join((found[1], found[2].zfill(2), *([found[3]] if found[3] else []))))
    return ("url", when) if when else None
