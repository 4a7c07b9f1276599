"""CSS selectors of per-site rules, compiled by lxml's own translator; what that does not know is
refused as ValueError.
"""

from __future__ import annotations

from functools import lru_cache

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.html import HtmlElement


@lru_cache(maxsize=1000)
def compile_selector(selector: str) -> etree.XPath:
    """Return the XPath that finds the elements of a CSS selector; raises ValueError where it is
    empty or not understood.
    """
    try:
        return CSSSelector(selector, translator="html")
    except SelectorError as error:
        raise ValueError(f"the selector {selector!r} is not understood: {error}") from error


def elements_of(path: etree.XPath, root: HtmlElement) -> list[HtmlElement]:
    """The elements that an XPath finds in a tree, in reading order."""
    found = path(root)
    return (
        [node for node in found if isinstance(node, HtmlElement)] if isinstance(found, list) else []
    )
