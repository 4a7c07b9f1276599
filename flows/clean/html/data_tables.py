"""Which tables hold data, not layout: their rows become one line of text each, the cells parted by
CELL_MARK.
"""

from __future__ import annotations

from collections.abc import Iterator

from lxml.html import HtmlElement

CELL_MARK = " | "
"""Stands between two cells of a row."""

MIN_ROWS, MIN_COLUMNS = 2, 2
"""Rows and columns of a table of data."""

MAX_CELL = 200
"""Characters of a cell; longer ones hold paragraphs."""

LAYOUT = (
    *("table", "form", "h1", "h2", "h3", "iframe", "article", "section", "nav", "blockquote"),
    *("figure", "video", "ul", "ol", "main", "header", "footer", "aside"),
)
"""Elements that tables of data do not hold."""


def data_rows(table: HtmlElement) -> frozenset[HtmlElement]:
    """Return the rows of a table of data; none where the table is a layout or a single column."""
    if (table.get("role") or "") in ("presentation", "none"):
        return frozenset()
    if next((node for node in table.iter(*LAYOUT) if node is not table), None) is not None:
        return frozenset()
    rows = list(table.iter("tr"))
    if len(rows) < MIN_ROWS or max(map(_width, rows)) < MIN_COLUMNS:
        return frozenset()
    if any(_size(cell) > MAX_CELL for row in rows for cell in _cells(row)):
        return frozenset()
    return frozenset(rows)


def _cells(row: HtmlElement) -> Iterator[HtmlElement]:
    return (node for node in row if node.tag in ("td", "th"))


def _width(row: HtmlElement) -> int:
    return sum(1 for _ in _cells(row))


def _size(cell: HtmlElement) -> int:
    return sum(map(len, map(str, cell.itertext())))
