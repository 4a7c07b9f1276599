"""Whether an HTML page is a shop's, a company's or a list of other pages and no article: signs in
its address, its metadata and its controls, added up with the weights of page_kinds.toml.

Walls, error pages and section fronts that show next to no text are for flows/clean/outcome.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import islice
from typing import Any
from urllib.parse import unquote, urlsplit

from lxml import etree
from lxml.html import HtmlElement

from flows.clean.html.cards import card_rows
from flows.clean.html.elements import HEADINGS
from flows.clean.html.prose import Prose
from flows.clean.html.segments import Box, Page, Segment
from flows.clean.html.teasers import MIN_SHARE, MIN_TEASERS, count_teasers
from flows.clean.metadata import Metadata
from flows.clean.metadata.jsonld import ARTICLE_TYPES, types_of
from flows.clean.metadata.words import tidy

MAX_LABEL = 50
"""Characters of a label of a link or a button."""

MAX_CONTROLS = 600
"""Links, buttons and forms looked at on one page."""

MAX_ACTIONS, MAX_PRICES, MAX_SLUG = 8, 10, 6
"""Numbers from which more of a sign says nothing more."""

MIN_PARAGRAPH = 150
"""Characters of a paragraph of running text."""

GOODS = frozenset(
    {
        *("Product", "ProductGroup", "Offer", "SomeProducts", "Service", "LocalBusiness", "Store"),
        *("ItemList", "CollectionPage", "SearchResultsPage", "AggregateOffer", "ProfilePage"),
    }
)
"""Types of JSON-LD objects that describe goods, services and lists."""

EVENTS = frozenset({"Event", "BusinessEvent", "MusicEvent", "SportsEvent", "TheaterEvent"})

MAX_VIDEO_TEXT, MAX_EVENT_TEXT = 400, 2500
"""Characters of text under which a page is a video's or an event's, and no article about it."""

SOLD = frozenset({"Product", "ProductGroup", "Offer", "SomeProducts", "AggregateOffer"})

MIN_SLUG = 4
"""Words of an address's last part from which it is that of one text, not of a list."""

_PRICED = etree.XPath("boolean(//*[@itemprop='price'] | //meta[@property='product:price:amount'])")
_NAMES = ("class", "id", "name", "action", "data-action")


@dataclass(frozen=True, slots=True)
class Signs:
    """The signs of one page, each from 0 to 1, under the names of page_kinds.toml."""

    values: dict[str, float]

    @property
    def sum(self) -> float:
        """The signs, weighted and added up: the higher, the less the page is an article."""
        return float(_table()["weights"]["bias"]) + sum(self._weighted())

    @property
    def has_evidence(self) -> bool:
        """Whether enough speaks against an article, not only little for one."""
        table = _table()
        total = sum(value for value in self._weighted() if value > 0)
        path = float(table["weights"]["front_path"]) * self.values["front_path"]
        return total >= float(table["evidence"]) and total - path >= float(
            table["evidence_beside_path"]
        )

    def _weighted(self) -> list[float]:
        weights = _table()["weights"]
        return [float(weights.get(name, 0)) * value for name, value in self.values.items()]


def other_kind(
    page: Page, prose: Prose, kept: Sequence[str], about: Metadata, url: str | None
) -> tuple[str, str] | None:
    """Return (outcome, detail) of a page that is no article; None for articles and for pages whose
    signs are not enough.
    """
    if _is_dated_article(about):
        return None
    own_types = frozenset(types_of(about.article))
    size = sum(map(len, kept))
    if "VideoObject" in own_types and size < MAX_VIDEO_TEXT:
        return "video_page", f"a video with only {size} characters of text"
    if not own_types.isdisjoint(EVENTS) and size < MAX_EVENT_TEXT:
        return "event_page", "the page's own data describe an event"
    if "JobPosting" in about.types and not about.article.get("datePublished"):
        return "business_page", "the page's own data describe a job"
    if about.described_as != "article" and (count := _cards(page, prose, kept)):
        return "listing_page", f"its text stands in {count} teasers with linked headlines"
    is_own = _is_signed(about) or len(_words(_path_parts(url)[1])) >= MIN_SLUG
    if not is_own and (count := count_teasers(page, kept, url)):
        return "listing_page", f"its text is {count} teasers of pages of the site"
    values, limit = _signs(page, kept, about, url), float(_table()["limit"])
    if Signs(values).sum <= limit:
        return None
    signs = Signs(values | _counted(page))
    if signs.sum <= limit or not signs.has_evidence:
        return None
    said = [name for name, least in _SHOWN.items() if signs.values[name] >= least]
    return (
        _outcome(signs, url),
        f"signs of a page that is no article: {', '.join(said).replace('_', ' ') or 'little text'}",
    )


_SHOWN = {
    "goods": 1.0,
    "actions": 0.25,
    "cart": 1.0,
    "prices": 0.3,
    "shop_path": 1.0,
    "front_path": 1.0,
    "typed_website": 1.0,
    "typed_product": 1.0,
}
"""Signs that a detail names, and from which value on."""


def _cards(page: Page, prose: Prose, kept: Sequence[str]) -> int:
    """How many cards hold the text of a page that is a list of them; 0 for other pages."""
    own = set(kept)
    cards = [
        box
        for members in card_rows(page, prose)
        for box in (page.boxes[index] for index in members)
        if any(s.tag in HEADINGS and s.linked >= len(s.text) for s in _segments(page, box))
    ]
    held = sum(len(s.text) for box in cards for s in _segments(page, box) if s.text in own)
    is_list = len(cards) >= MIN_TEASERS and held >= MIN_SHARE * sum(map(len, kept))
    return len(cards) if is_list else 0


def _segments(page: Page, box: Box) -> Sequence[Segment]:
    return page.segments[box.first : box.last]


def _outcome(signs: Signs, url: str | None) -> str:
    value = signs.values
    if value["sold"] or value["cart"] or value["typed_product"]:
        return "product_page"
    parts, _ = _path_parts(url)
    if not parts.isdisjoint(_paths("list_paths")):
        return "listing_page"
    return "business_page"


def _is_dated_article(about: Metadata) -> bool:
    """Whether the page's JSON-LD describes it as an article with a date."""
    is_article = any(ARTICLE_TYPES.search(kind) for kind in types_of(about.article))
    return is_article and bool(about.article.get("datePublished"))


def _is_signed(about: Metadata) -> bool:
    """Whether a page calls itself an article, or names its author or its date in its head."""
    return (
        about.described_as == "article"
        or bool(about.authors)
        or about.published.source in ("json-ld", "meta")
    )


COUNTED = ("actions", "cart", "prices")
"""Signs that are counted over the whole page. All three speak against an article."""


def _signs(page: Page, kept: Sequence[str], about: Metadata, url: str | None) -> dict[str, float]:
    """Return the signs of a page; `kept` are the blocks that its article would have. Those of
    COUNTED are as high as they can be: for most pages even that is not enough.
    """
    parts, last = _path_parts(url)
    shown = sum(len(s.text) for s in page.segments) or 1
    size = sum(map(len, kept))
    paragraphs = [text for text in kept if len(text) >= MIN_PARAGRAPH]
    words = _words(last)
    kind = about.tags.first("og:type") or ""
    types = about.types
    values = {
        "declared": bool(about.article.get("headline")) and types.isdisjoint(SOLD),
        "typed_article": kind == "article",
        "typed_website": kind == "website",
        "typed_product": "product" in kind,
        "dated": about.published.when is not None,
        "authored": bool(about.authors),
        "goods": not types.isdisjoint(GOODS),
        "sold": not types.isdisjoint(SOLD),
        "slug": min(len(words), MAX_SLUG) / MAX_SLUG if url else 1.0,
        "front_path": bool(url) and (not last or (len(parts) <= 1 and len(words) <= 1)),
        "shop_path": not parts.isdisjoint(_paths("shop_paths")),
        "article_path": not parts.isdisjoint(_paths("article_paths"))
        or any(part[:2] == "20" and len(part) == 4 for part in parts),
        **dict.fromkeys(COUNTED, 1.0),
        "paragraph_share": sum(map(len, paragraphs)) / max(1, size),
        "kept_share": min(1.0, size / shown),
    }
    return {name: float(value) for name, value in values.items()}


def _counted(page: Page) -> dict[str, float]:
    """Return the signs of COUNTED."""
    root = page.root
    prices = len(_prices().findall("\0".join(s.text for s in page.segments).lower()))
    return {
        "actions": min(_actions(root), MAX_ACTIONS) / MAX_ACTIONS,
        "cart": float(bool(_PRICED(root)) or _has_cart(root)),
        "prices": min(prices, MAX_PRICES) / MAX_PRICES,
    }


def _path_parts(url: str | None) -> tuple[frozenset[str], str]:
    """The parts of an address's path and the last of them, in lower case."""
    try:
        path = unquote(urlsplit(url or "").path).lower()
    except ValueError:
        return frozenset(), ""
    parts = [part for part in path.split("/") if part]
    return frozenset(parts), re.sub(r"\.\w{2,5}$", "", parts[-1]) if parts else ""


def _words(part: str) -> list[str]:
    """The words of a part of an address."""
    return [w for w in re.split(r"[-_+.]", part) if len(w) > 1 and not w.isdigit()]


def _actions(root: HtmlElement) -> int:
    """How many different links and buttons are labelled as an offer."""
    whole, beginnings = _action_words()
    found: set[str] = set()
    for node in islice(root.iter("a", "button"), MAX_CONTROLS):
        label = tidy("".join(node.itertext()) if len(node) else node.text or "")
        if 2 < len(label) <= MAX_LABEL:
            label = label.lower().strip(" »›>→+!.")
            if label in whole or label.startswith(beginnings):
                found.add(label)
    return len(found)


def _has_cart(root: HtmlElement) -> bool:
    carts = _table()["words"]["carts"]
    for node in islice(root.iter("form", "button", "input"), MAX_CONTROLS):
        for name in _NAMES:
            value = node.get(name)
            if value and any(cart in value.lower() for cart in carts):
                return True
    return False


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("page_kinds.toml").read_text("utf-8"))


@cache
def _action_words() -> tuple[frozenset[str], tuple[str, ...]]:
    words = _table()["words"]["actions"]
    return (
        frozenset(word for word in words if not word.endswith("*"))
        | {word[:-1].strip() for word in words if word.endswith("*")},
        tuple(word[:-1] for word in words if word.endswith("*")),
    )


@cache
def _paths(name: str) -> frozenset[str]:
    return frozenset(_table()["words"][name])


@cache
def _prices() -> re.Pattern[str]:
    return re.compile(_table()["words"]["prices"])
