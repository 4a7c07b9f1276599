"""A parsed page as its segments in reading order, and the boxes that hold them: one walk. Nothing
is classified here.

A segment is the text of one block (or of one line, where `<br>` breaks it). A box is a block
element; it covers the segments `first` to `last` (exclusive), so that sums over a box are
differences of running sums.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from lxml import etree
from lxml.html import HtmlElement

from flows.clean.decode import c1_to_letters
from flows.clean.html.data_tables import CELL_MARK, data_rows
from flows.clean.html.elements import BLOCKS, HEADINGS, LINES, claimed_zone, is_silent, is_unseen
from flows.clean.normal_text import normal_text
from flows.clean.wording import wording

_C1 = re.compile("[\x80-\x84\x86-\x9f]")
_NEW_WINDOW = wording("html", "segments.new_window")
"""What pages tell screen readers about links; it stands inside the sentences."""

_NEW = ("ew", "neu", "nouvel", "nuev")
"""A phrase holds one of these, and "(" or "pens "; most texts do not: a quick no."""


@dataclass(slots=True)
class Box:
    """A block element: its place in the tree, the zone it claims, and the segments it covers."""

    tag: str
    node: HtmlElement
    attributes: Mapping[str, str]
    parent: int
    depth: int
    zone: str | None
    first: int = 0
    last: int = 0


@dataclass(slots=True)
class Segment:
    """The text of one block or line. `box` is the block that holds it, `linked` counts its
    characters inside links to other pages.
    """

    text: str
    tag: str
    box: int
    linked: int


@dataclass(slots=True)
class Page:
    """The segments and boxes of one parsed page, both in reading order; a box stands after its
    parent.
    """

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


def read_segments(root: HtmlElement) -> Page:
    """Walk the tree once and return its segments and boxes; the tree is not changed."""
    walk = _Walk(root)
    walk.run()
    return walk.page


class _Walk:
    """The state of one walk: the open box, the text gathered since the last block border, how much
    of it was linked.
    """

    def __init__(self, root: HtmlElement) -> None:
        self.page = Page(root)
        self.boxes, self.segments = self.page.boxes, self.page.segments
        self.box = -1
        self.buffer: list[str] = []
        self.linked = 0
        self.open_links: list[bool] = []
        self.in_link = 0
        self.rows: set[HtmlElement] = set()
        self.row: HtmlElement | None = None

    def run(self) -> None:
        root = self.page.root
        events = etree.iterwalk(root, events=("start", "end"))
        skipped: HtmlElement | None = None
        for event, node in events:
            tag = node.tag
            if event == "start":
                if not self.start(node, tag):
                    skipped = node
                    events.skip_subtree()
                elif text := node.text:
                    self.add(text)
            else:
                if node is not skipped:
                    self.end(node, tag)
                if (tail := node.tail) and node is not root:
                    self.add(tail)
        if self.buffer:
            self.flush()

    def start(self, node: HtmlElement, tag: object) -> bool:
        """Open an element; return False for one in which nothing is text of the page."""
        if tag in BLOCKS and isinstance(tag, str):
            if self.row is None:
                self.open_box(node, tag)
            else:
                is_cell = tag in ("td", "th") and node.getprevious() is not None
                self.buffer.append(CELL_MARK if is_cell else " ")
            return True
        if not isinstance(tag, str) or is_silent(node, tag) or is_unseen(node):
            return False
        if tag == "a":
            href = node.get("href") or ""
            is_pointer = not (
                len(href) > 1 and href[0] == "#"
            )  # a link within the page points nowhere else
            self.open_links.append(is_pointer)
            self.in_link += is_pointer
        elif tag == "br" and self.row is not None:
            self.buffer.append(" ")
        elif tag == "br" or tag == "hr":
            if self.box >= 0 and self.boxes[self.box].tag in HEADINGS:
                self.add(" ")
            elif self.buffer:
                self.flush()
        elif tag == "q":
            self.add("“")
        elif "-" in tag and not self.is_in_line():
            self.open_box(node, tag)
        return True

    def is_in_line(self) -> bool:
        """Whether the open box holds a single paragraph or line."""
        return self.box >= 0 and self.boxes[self.box].tag in LINES

    def open_box(self, node: HtmlElement, tag: str) -> None:
        if tag == "table":
            self.rows |= data_rows(node)
        elif tag == "tr" and node in self.rows:
            self.row = node
        if self.buffer:
            self.flush()
        depth = self.boxes[self.box].depth + 1 if self.box >= 0 else 0
        attributes = dict(node.items())
        zone = claimed_zone(node, tag, attributes)
        self.boxes.append(Box(tag, node, attributes, self.box, depth, zone, len(self.segments)))
        self.box = len(self.boxes) - 1

    def end(self, node: HtmlElement, tag: str) -> None:
        if tag in BLOCKS:
            if self.row is node:
                self.row = None
            elif self.row is not None:
                return
            self.close_box()
        elif tag == "a":
            self.in_link -= self.open_links.pop()
        elif tag == "q":
            self.add("”")
        elif "-" in tag and self.box >= 0 and self.boxes[self.box].node is node:
            self.close_box()

    def close_box(self) -> None:
        if self.buffer:
            self.flush()
        box = self.boxes[self.box]
        box.last = len(self.segments)
        self.box = box.parent

    def add(self, text: str) -> None:
        if not self.buffer and text.isspace():
            return
        self.buffer.append(text)
        if self.in_link:
            self.linked += len(text.strip())

    def flush(self) -> None:
        read = " ".join("".join(self.buffer).split())
        text = normal_text(read)
        if text is not read:
            text = " ".join(text.split())
        self.buffer.clear()
        linked, self.linked = self.linked, 0
        if not text:
            return
        if ("(" in text or "pens " in text) and any(map(text.__contains__, _NEW)):
            text = _NEW_WINDOW.sub("", text)
        if not text.isascii() and _C1.search(text):
            text = c1_to_letters(text)
        if not text.strip(" |"):
            return
        tag = self.boxes[self.box].tag if self.box >= 0 else "body"
        self.segments.append(Segment(text, tag, self.box, min(linked, len(text))))
