"""Finds the links to articles on a section or front page, by BeautifulSoup.

No feed says which links are articles, so a link gathers points: for an address shaped like an
article's (a date, a number, a long name), for words as long as a headline, for standing in a
heading, a card or the main column; against it speak menus, footers, addresses of tags, authors and
services, and words of a label. A link that also stands in a menu pays for it wherever else it
stands: the names of sections stand over their blocks too. The words are in `sections.toml`.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass, field, replace
from importlib.resources import files
from itertools import islice
from urllib.parse import urlsplit

from bs4 import BeautifulSoup, Tag
from bs4.element import NavigableString

from flows.acquire.find.canonical import canonical_url, is_same_site, link_to
from flows.acquire.find.resolve import base_of, resolve
from flows.acquire.find.unzip import unzipped
from flows.acquire.link import Link
from flows.clean.decode import decode

MAX_BYTES = 50_000_000
"""Bytes of a page that are read, unpacked."""

MIN_POINTS = 3
"""Points that make a link one to an article."""

MENU_COST = 2
"""Points that standing in a menu takes, even where the link also stands elsewhere."""

MAX_LINKS = 2_000
"""Most links of one page that are looked at; the largest front pages have some eight hundred."""

MAX_PARTS = 200
"""Elements and texts of one link that are looked at; a card has some twenty."""

WORDS = {
    name: words.split()
    for name, words in tomllib.loads(
        files(__package__).joinpath("sections.toml").read_text(encoding="utf-8")
    ).items()
}

MONTH = "0?[1-9]|1[0-2]|jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec"
DATE = re.compile(rf"/(?:19|20)\d\d[/-]?(?:{MONTH})(?:[/-]?\d\d?)?(?=[/-]|$)", re.IGNORECASE)
NUMBER = re.compile(r"(?:^|[-_/.,=a-z])\d{5,}(?=$|[-_/.,&])", re.IGNORECASE)
QUERY_NUMBER = re.compile(
    rf"(?:^|&)(?:{'|'.join(WORDS['numbers'])})=\d{{2,}}(?:&|$)", re.IGNORECASE
)
ENDING = re.compile(r"\.[a-z]{3,5}$", re.IGNORECASE)
MENU = re.compile(rf"\b(?:{'|'.join(WORDS['menu'])})\b")
CARD = re.compile(rf"\b(?:{'|'.join(WORDS['card'])})\b")
NEVER, SELDOM = frozenset(WORDS["never"]), frozenset(WORDS["seldom"])
UNSPACED = re.compile(r"[\u0e00-\u0e7f\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
"""Scripts in which a headline has no spaces, or few."""

HEADINGS = ("h1", "h2", "h3", "h4", "h5")


@dataclass(slots=True)
class _Candidate:
    """What the links to one page have shown so far."""

    link: Link
    place: int = 0
    words: int = 0
    is_in_menu: bool = False
    titles: list[str] = field(default_factory=list)


def section_links(
    content: bytes, address: str, source_id: str | None = None, encoding: str | None = None
) -> tuple[Link, ...]:
    """Return the links of the page in `content`, fetched from `address`, that look like articles of
    the same site, in order. The page may be gzipped.

    `encoding` is what the header says, where it says one. The title is the longest text that links
    to the page.
    """
    content, _ = unzipped(content, MAX_BYTES)
    soup = BeautifulSoup(decode(content, declared=encoding)[0], "lxml")
    base = soup.find("base", href=True)
    start = base_of(str(base["href"]) if isinstance(base, Tag) else None, address)
    own = canonical_url(address)
    found: dict[str, _Candidate] = {}
    places: dict[int, _Place] = {}
    for anchor in soup.find_all("a", href=True, limit=MAX_LINKS):
        href = str(anchor["href"]).strip()
        if href.startswith("#"):
            continue
        url = resolve(href, start)
        link = link_to(url, address, "section", source_id) if url else None
        if link is None or link.key == own or not is_same_site(link.url, address):
            continue
        candidate = found.setdefault(link.key, _Candidate(link))
        _look_at(candidate, anchor, places)
    return tuple(_titled(candidate) for candidate in found.values() if _is_article(candidate))


def _look_at(candidate: _Candidate, anchor: Tag, places: dict[int, _Place]) -> None:
    """Add what one anchor shows."""
    words, has_heading = [], False
    for part in islice(anchor.descendants, MAX_PARTS):
        if isinstance(part, Tag):
            has_heading = has_heading or part.name in HEADINGS
        elif type(part) is NavigableString:
            words.append(str(part))
    text = (
        " ".join(" ".join(words).split())
        or str(anchor.get("title") or anchor.get("aria-label") or "").strip()
    )
    place = _place(anchor.parent, places)
    points = max(2 if has_heading else 0, place.points)
    candidate.place = max(candidate.place, 0 if place.is_menu else points)
    candidate.is_in_menu = candidate.is_in_menu or place.is_menu
    candidate.words = max(candidate.words, _length(text))
    candidate.titles.append(text)


def _length(text: str) -> int:
    """Return the number of words; where words are not spaced, two characters count as one."""
    return max(len(text.split()), len(UNSPACED.findall(text)) // 2)


@dataclass(frozen=True, slots=True)
class _Place:
    """Where the inside of an element stands: 2 points in a heading, 1 in a card or the main column,
    0 elsewhere. `has_card`: a card or the main column is around it. `is_menu`: it is in a menu, the
    page's header or its footer.
    """

    points: int = 0
    has_card: bool = False
    is_menu: bool = False


def _place(element: Tag | None, places: dict[int, _Place]) -> _Place:
    """Return the place inside `element`; `places` remembers those of its ancestors, so that a deep
    page costs no more than a flat one.
    """
    chain: list[Tag] = []
    while element is not None and id(element) not in places:
        chain.append(element)
        element = element.parent
    found = places[id(element)] if element is not None else _Place()
    for inner in reversed(chain):
        found = _inside(inner, found)
        places[id(inner)] = found
    return found


def _inside(element: Tag, around: _Place) -> _Place:
    """Return the place inside an element that stands in `around`."""
    said = (element.get("id"), *(element.get("class") or ()), element.get("role"))
    names = " ".join(str(word or "") for word in said).lower().replace("_", "-")
    is_page = element.name in ("body", "html")
    if around.is_menu or element.name in ("nav", "footer"):
        return replace(around, is_menu=True)
    if not is_page and MENU.search(names):
        return replace(around, is_menu=True)
    if element.name in HEADINGS:
        return replace(around, points=2)
    if element.name in ("article", "main") or CARD.search(names):
        return _Place(max(around.points, 1), has_card=True)
    if element.name == "header" and not around.has_card:
        return replace(around, is_menu=True)
    return around


def _is_article(candidate: _Candidate) -> bool:
    shape = _shape(candidate.link.url)
    if shape is None:
        return False
    words = candidate.words
    length = 2 if words >= 5 else 1 if words == 4 else -1 if words == 1 else 0
    return (
        shape + length + candidate.place - (MENU_COST if candidate.is_in_menu else 0) >= MIN_POINTS
    )


def _shape(url: str) -> int | None:
    """Return the points of an address: 3 with a date or number, 2 with a long name, down to -1 for
    a section's; None where it is none's.
    """
    parts = urlsplit(url)
    segments = [segment.lower() for segment in parts.path.split("/") if segment]
    is_numbered = bool(
        DATE.search(parts.path) or NUMBER.search(parts.path) or QUERY_NUMBER.search(parts.query)
    )
    if NEVER.intersection(segments) or not (segments or is_numbered):
        return None
    last = segments[-1] if segments else ""
    words = [word for word in re.split(r"[-_+.,]|%20", ENDING.sub("", last)) if word]
    is_seldom = bool(
        SELDOM.intersection(segments) or SELDOM.intersection(words[:1] if len(words) == 1 else ())
    )
    if is_numbered or len(words) >= 4:
        return (3 if is_numbered else 2) - (1 if is_seldom else 0)
    if is_seldom:
        return None
    if len(words) >= 2 or ENDING.search(last) or len(segments) >= 3:
        return 1
    return 0 if len(segments) > 1 else -1


def _titled(candidate: _Candidate) -> Link:
    link = candidate.link
    title = max(candidate.titles, key=len)
    return link_to(link.url, link.found_in, "section", link.source_id, title=title) or link
