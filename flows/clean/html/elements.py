"""What HTML elements are for our reading: blocks, headings, unseen ones; and the zone an element
claims by its tag and attributes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from itertools import islice

from lxml.html import HtmlElement

from flows.clean.html.zones import ROLE_ZONES, TAG_ZONES, zone_of_words
from flows.clean.wording import small, small_wording

HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

BLOCKS = HEADINGS | frozenset(
    (
        *(
            "address",
            "article",
            "aside",
            "blockquote",
            "body",
            "caption",
            "center",
            "dd",
            "details",
            "dialog",
            "dir",
            "div",
            "dl",
            "dt",
        ),
        *(
            "fieldset",
            "figcaption",
            "figure",
            "footer",
            "form",
            "header",
            "hgroup",
            "html",
            "li",
            "main",
            "menu",
            "nav",
            "noindex",
            "ol",
        ),
        *(
            "p",
            "pre",
            "section",
            "summary",
            "table",
            "tbody",
            "td",
            "tfoot",
            "th",
            "thead",
            "tr",
            "ul",
        ),
    )
)

LINES = HEADINGS | {"p"}
"""Blocks that hold a line of text and no other block: a custom element (`x-term`) in them is a part
of the sentence, elsewhere a block.
"""

LEADS, LEAD_TAGS = frozenset({"other_stories", "related_links"}), frozenset({"p", "h2", "h3"})
"""Zones of which a line without a link is none, and the elements of such lines."""

SILENT = frozenset(
    (
        *(
            "applet",
            "area",
            "audio",
            "base",
            "button",
            "canvas",
            "col",
            "colgroup",
            "datalist",
            "embed",
            "fencedframe",
            "frame",
            "frameset",
        ),
        *(
            "head",
            "iframe",
            "img",
            "input",
            "link",
            "map",
            "math",
            "meta",
            "meter",
            "noframes",
            "noscript",
            "object",
            "optgroup",
            "option",
        ),
        *(
            "output",
            "param",
            "progress",
            "rp",
            "rt",
            "script",
            "select",
            "source",
            "style",
            "svg",
            "template",
            "textarea",
            "title",
            "track",
        ),
        "video",
    )
)
"""Elements whose text no reader sees as text of the page."""

SWALLOWERS = frozenset(("button", "select", "option", "object", "noscript", "svg", "canvas"))
"""Silent elements that, left unclosed, take the rest of the page into them."""

TABLE_PARTS = frozenset(("tbody", "thead", "tfoot", "tr", "td", "th"))

TELLING_ATTRIBUTES = ("class", "id", "data-component", "data-testid", "data-type", "data-module")

HIDING_CLASSES = frozenset(("hidden", "d-none", "is-hidden", "hide", "u-hidden", "display-none"))

NEAR_HEADLINE = 3
"""Elements right before a `<header>` among which the headline may be: standfirsts stand between."""

MAX_ATTRIBUTE = 2000
"""Characters of an attribute that are looked at; longer ones are data."""

_SHOWN_AGAIN = re.compile(
    r":(?:block|flex|grid|inline|table|contents)|-(?:block|flex|inline|grid|table)\b|visible-|show"
)
_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


def is_silent(node: HtmlElement, tag: str) -> bool:
    """Whether nothing in an element is text of the page: controls, scripts and pictures."""
    return tag in SILENT and (
        tag not in SWALLOWERS or next(node.iter("main", "article", "h1"), None) is None
    )


def is_unseen(node: HtmlElement) -> bool:
    """Whether an inline element says that it is hidden."""
    style, words = node.get("style"), node.get("class")
    return (
        (style is not None and _HIDING.search(style) is not None)
        or (words is not None and len(words) < MAX_ATTRIBUTE and zone_of_words(words) == "hidden")
        or node.get("hidden") is not None
    )


FACT_BOX = small_wording("html", "elements.fact_box")
"""What templates call a box in which an article sums something up; for classes in `small`
letters.
"""


def claimed_zone(node: HtmlElement, tag: str, attributes: Mapping[str, str]) -> str | None:
    """The zone a block claims to be, by its tag, role and the words of its attributes; None where
    it claims none.
    """
    if (
        tag in ("body", "html", "main") or tag in TABLE_PARTS
    ):  # their classes describe the template, rows and columns
        return None
    if not attributes:
        return TAG_ZONES.get(tag)
    if len(attributes) == 1 and tag not in TAG_ZONES and _says_nothing(attributes.get("class")):
        return None  # half of all blocks
    if _says_hidden(attributes):
        return (
            None if "paywall" in attributes.get("class", "") else "hidden"
        )  # what a paywall hides is the article's
    role = attributes.get("role")
    if role and (zone := ROLE_ZONES.get(role)):
        return zone
    if attributes.get("itemprop") == "articleBody":
        return "body"
    if attributes.get("itemtype", "").endswith(("/Comment", "/UserComments", "/UserReview")):
        return "comments"
    for name in (
        ("class",) if tag in HEADINGS else TELLING_ATTRIBUTES
    ):  # a heading's id is made of its words
        value = attributes.get(name)
        if value and len(value) < MAX_ATTRIBUTE and (zone := zone_of_words(value)):
            if zone in LEADS and tag in LEAD_TAGS and next(node.iter("a"), None) is None:
                return None  # a lead: teasers of other texts have links
            is_quoted = (
                zone == "share_buttons" and next(node.iter("blockquote"), None) is not None
            )  # a post shown in the article
            return None if zone == "layout" or is_quoted else zone
    if (
        tag == "figure"
        and next(node.iter("table", "blockquote", "pre", "ul", "ol"), None) is not None
    ):
        return None
    if tag == "aside" and FACT_BOX.search(small(attributes.get("class", ""))):
        return None
    return TAG_ZONES.get(tag)


@lru_cache(maxsize=20_000)
def _says_nothing(words: str | None) -> bool:
    """Whether an element claims no zone whose only attribute is this class."""
    if words is None or _hides(words):
        return False
    return len(words) >= MAX_ATTRIBUTE or zone_of_words(words) is None


def is_masthead(node: HtmlElement) -> bool:
    """Whether an element is the site's own head, where its name and today's date stand. It stands
    outside of an article, and not right behind a headline.
    """
    if node.tag != "header" and node.get("role") != "banner":
        return False
    before = islice(node.itersiblings(preceding=True), NEAR_HEADLINE)
    if any(element.tag == "h1" for element in before):
        return False
    return next(node.iter("h1", "h2", "h3"), None) is None and all(
        outer.tag not in ("article", "main", "section") for outer in node.iterancestors()
    )


def _says_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element says that no reader sees it; a class that shows it on wider screens takes
    the word back.
    """
    style = attributes.get("style")
    return (
        "hidden" in attributes
        or (style is not None and _HIDING.search(style) is not None)
        or _hides(attributes.get("class", ""))
    )


@lru_cache(maxsize=20_000)
def _hides(words: str) -> bool:
    return not HIDING_CLASSES.isdisjoint(words.split()) and not _SHOWN_AGAIN.search(words)
