"""Markup to a tree: one lenient parse, without network, entities or comments, whatever the size and
depth of the page.
"""

from __future__ import annotations

from lxml import etree
from lxml.html import HtmlElement, document_fromstring

_ELEMENTS = etree.ElementDefaultClassLookup(element=HtmlElement)
"""One class for all elements: lxml.html's own parser asks a Python function for each of them."""


def parse(markup: str) -> HtmlElement | None:
    """Parse a page; None where there is nothing to parse.

    The text goes in as UTF-8 bytes with the encoding named, so that what the page declares (already
    obeyed in decoding) is not read twice.
    """
    parser = etree.HTMLParser(
        encoding="utf-8",
        remove_comments=True,
        remove_pis=True,
        huge_tree=True,
        no_network=True,
        collect_ids=False,
    )
    parser.set_element_class_lookup(_ELEMENTS)
    try:
        return document_fromstring(markup.encode("utf-8", "replace"), parser=parser)
    except (etree.ParserError, etree.XMLSyntaxError):
        return None
