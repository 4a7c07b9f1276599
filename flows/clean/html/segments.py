"""A parsed page as its segments in reading order, and the boxes that hold them: one walk, no judgement.

A segment is the text of one block (or of one line, where `<br>` breaks it). A box is a block element with at least one segment;
it covers the segments `first` to `last` (exclusive), so that sums over a box are differences of running sums.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from flows.clean.decode import c1_to_letters
from flows.clean.html.zones import ROLE_ZONES, TAG_ZONES, zone_of_words

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
BLOCKS = HEADINGS | frozenset(
    "address article aside blockquote body caption center dd details dialog dir div dl dt fieldset figcaption figure footer form "
    "header hgroup html li main menu nav ol p pre section summary table tbody td tfoot th thead tr ul amp-accordion noindex".split()
)
SILENT = frozenset(
    "applet area audio base button canvas col colgroup datalist embed fencedframe frame frameset head iframe img input link map math meta "
    "meter noframes noscript object rp rt optgroup option output param progress script select source style svg template textarea title "
    "track video".split()
)
"""Elements whose text no reader sees as text of the page."""

TABLE_PARTS = frozenset({"tbody", "thead", "tfoot", "tr", "td", "th"})

TELLING_ATTRIBUTES = ("class", "id", "data-component", "data-testid", "data-type", "data-module")

_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_NEW_WINDOW = re.compile(
    r",? \(?\bopens (?:in )?(?:a )?new (?:tab|window)\b\)?|\s?\((?:external link|link)?,? ?(?:opens|will open) in (?:a )?new (?:tab|window|browser tab)\)"
    r"|\s?\((?:öffnet (?:in|im) (?:einem )?neue[mn]? (?:fenster|tab)|neues fenster)\)|\s?\((?:s.ouvre dans (?:une|un) nouvel(?:le)? (?:fenêtre|onglet)|nouvelle fenêtre)\)"
    r"|\s?\(se abre en (?:una )?(?:nueva )?(?:ventana|pestaña)(?: nueva)?\)",
    re.I,
)
"""What pages tell screen readers about links; it stands inside the sentences."""

HIDING_CLASSES = frozenset({"hidden", "d-none", "is-hidden", "hide", "u-hidden", "display-none"})

_SHOWN_AGAIN = re.compile(r":(?:block|flex|grid|inline|table|contents)|-(?:block|flex|inline|grid|table)\b|visible-|show")

_HIDING = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.I)


@dataclass(slots=True)
class Box:
    """A block element: its place in the tree and the segments it covers."""

    tag: str
    node: HtmlElement
    parent: int
    depth: int
    zone: str | None
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class Segment:
    """The text of one block or line; `linked` counts its characters inside links, `box` is the block that holds it."""

    text: str
    tag: str
    box: int
    linked: int
    links: int
    strong: bool


@dataclass(slots=True)
class Page:
    """The segments and boxes of one parsed page."""

    root: HtmlElement
    segments: list[Segment] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)

    def is_hidden(self, segment: Segment) -> bool:
        """Whether the segment lies in an element that says it is not shown."""
        at = segment.box
        while at >= 0:
            if self.boxes[at].zone == "hidden":
                return True
            at = self.boxes[at].parent
        return False


def _own_zone(node: HtmlElement, tag: str) -> str | None:
    if tag == "body" or tag == "html" or tag == "main":  # their classes describe the template
        return None
    attributes = node.attrib
    if not attributes:
        return TAG_ZONES.get(tag)
    if tag in TABLE_PARTS:  # their classes describe rows and columns
        return None
    if _says_hidden(attributes):
        return None if "paywall" in (attributes.get("class") or "") else "hidden"  # what a paywall hides is the article's
    role = attributes.get("role")
    if role and (zone := ROLE_ZONES.get(role)):
        return zone
    if attributes.get("itemprop") == "articleBody":
        return "body"
    for name in ("class",) if tag in HEADINGS else TELLING_ATTRIBUTES:  # a heading's id is made of its words
        value = attributes.get(name)
        if value and len(value) < 2000 and (zone := zone_of_words(value)):
            return None if zone == "layout" else zone
    if tag == "figure" and next(node.iter("table", "blockquote", "pre", "ul", "ol"), None) is not None:
        return None
    return TAG_ZONES.get(tag)


def _says_hidden(attributes: Mapping[str, str]) -> bool:
    """Whether an element says that no reader sees it; a class that shows it on wider screens takes the word back."""
    if "hidden" in attributes or attributes.get("aria-hidden") == "true":
        return True
    style = attributes.get("style")
    if style and _HIDING.search(style):
        return True
    words = attributes.get("class")
    return bool(words) and not HIDING_CLASSES.isdisjoint(words.split()) and not _SHOWN_AGAIN.search(words)


def _swallowed(node: HtmlElement, tag: str) -> bool:
    """Whether a control that was never closed has swallowed the page: no control holds a headline or the main part."""
    return tag in ("button", "select", "option", "object", "noscript", "svg", "canvas", "form") and next(node.iter("main", "article", "h1"), None) is not None


def read_segments(root: HtmlElement) -> Page:
    """Walk the tree once and return its segments and boxes; the tree is not changed."""
    return _Walk(root).page


class _Walk:
    def __init__(self, root: HtmlElement) -> None:
        self.page = Page(root)
        self.buffer: list[str] = []
        self.linked = self.links = self.in_link = self.bold = self.in_bold = self.chars = 0
        self.current = -1
        self.is_pointer: list[bool] = []
        self.walk(root)

    def walk(self, root: HtmlElement) -> None:
        events = etree.iterwalk(root, events=("start", "end"))
        silent: HtmlElement | None = None
        for event, node in events:
            tag = node.tag
            if event == "start":
                if not isinstance(tag, str) or (tag in SILENT and not _swallowed(node, tag)) or (tag not in BLOCKS and self._is_unseen(node)):
                    silent = node
                    events.skip_subtree()
                    continue
                self.start(node, tag)
                if node.text:
                    self.add(node.text)
            else:
                if node is silent:
                    silent = None
                elif isinstance(tag, str):
                    self.end(tag)
                if node.tail and node is not root:
                    self.add(node.tail)
        self.flush()

    @staticmethod
    def _is_unseen(node: HtmlElement) -> bool:
        attributes = node.attrib
        if not attributes:
            return False
        if "hidden" in attributes:
            return True
        style = attributes.get("style")
        if style and _HIDING.search(style):
            return True
        value = attributes.get("class")
        return bool(value) and zone_of_words(value) == "hidden"

    def start(self, node: HtmlElement, tag: str) -> None:
        if tag in BLOCKS or "-" in tag:
            self.flush()
            parent = self.current
            boxes = self.page.boxes
            self.current = len(boxes)
            boxes.append(
                Box(tag, node, parent, boxes[parent].depth + 1 if parent >= 0 else 0, _own_zone(node, tag), len(self.page.segments))
            )
        elif tag == "br" or tag == "hr":
            if self.current >= 0 and self.page.boxes[self.current].tag in HEADINGS:
                self.add(" ")
            else:
                self.flush()
        elif tag == "a":
            href = node.get("href") or ""
            self.is_pointer.append(not (len(href) > 1 and href[0] == "#"))
            if self.is_pointer[-1]:
                self.in_link += 1
                self.links += 1
        elif tag == "b" or tag == "strong":
            self.in_bold += 1
        elif tag == "q":
            self.add("“")

    def end(self, tag: str) -> None:
        if tag in BLOCKS or "-" in tag:
            self.flush()
            box = self.page.boxes[self.current]
            box.last = len(self.page.segments)
            self.current = box.parent
        elif tag == "a":
            self.in_link -= self.is_pointer.pop()
        elif tag == "b" or tag == "strong":
            self.in_bold -= 1
        elif tag == "q":
            self.add("”")

    def add(self, text: str) -> None:
        self.buffer.append(text)
        if self.in_link or self.in_bold:
            size = len(text.strip())
            if self.in_link:
                self.linked += size
            if self.in_bold:
                self.bold += size

    def flush(self) -> None:
        if self.buffer:
            text = " ".join("".join(self.buffer).split())
            if text:
                if "ew" in text or "neu" in text or "nouvel" in text or "nuev" in text:
                    text = _NEW_WINDOW.sub("", text)
                if _C1.search(text):
                    text = c1_to_letters(text)
                box = self.page.boxes[self.current] if self.current >= 0 else None
                self.page.segments.append(
                    Segment(
                        text,
                        box.tag if box else "body",
                        self.current,
                        min(self.linked, len(text)),
                        self.links,
                        self.bold * 10 > len(text) * 9,
                    )
                )
            self.buffer.clear()
        self.linked = self.bold = 0
        self.links = 1 if self.in_link else 0
