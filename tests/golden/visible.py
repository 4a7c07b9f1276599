"""What a reader sees on a page and the program neither keeps nor strips: nothing may be lost
quietly.

Here: the visible stretches of a page, told without the program's own reading of it. Not here:
judging them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from lxml import html

from flows.clean.model import Cleaned

UNSEEN = frozenset(
    (
        "head",
        "script",
        "style",
        "template",
        "noscript",
        "svg",
        "iframe",
        "select",
        "option",
        "button",
        "textarea",
        "form",
        "label",
    )
)
"""Elements whose text is no reading matter: code, and the controls of forms."""

FOR_SCREEN_READERS = re.compile(r"\b(visually-hidden|screen-reader-text|sr-only)\b")
"""Classes by which sites hide words from the eye."""


def lost_stretches(content: bytes, cleaned: Cleaned, *, is_html: bool) -> list[str]:
    """Return the visible stretches of the page that stand neither in its title and text nor in a
    stripped block.
    """
    seen = _squeeze(
        " ".join([cleaned.title or "", cleaned.text, *(block.text for block in cleaned.blocks)])
    )
    stretches = [
        " ".join(stretch.split())
        for stretch in (_html_stretches(content) if is_html else _decoded(content).splitlines())
    ]
    return [stretch for stretch in stretches if _squeeze(stretch) not in seen]


def _html_stretches(content: bytes) -> Iterator[str]:
    """Yield each text node of the page that can be seen."""
    root = html.document_fromstring(_decoded(content))
    unseen = {element for element in root.iter() if _is_unseen(element)}
    for element in root.iter():
        is_inside = not unseen.isdisjoint(element.iterancestors())
        if not is_inside and element not in unseen:
            yield element.text or ""
        if not is_inside:
            yield element.tail or ""


def _is_unseen(element: html.HtmlElement) -> bool:
    """Comments and processing instructions have no name of their own."""
    named = isinstance(element.tag, str)
    return (
        not named
        or element.tag in UNSEEN
        or bool(FOR_SCREEN_READERS.search(element.get("class") or ""))
    )


def _decoded(content: bytes) -> str:
    """The demo pages are UTF-8 or windows-1252; only UTF-8 refuses the other."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("cp1252")


def _squeeze(text: str) -> str:
    """Letters and digits alone, case folded: how blocks are cut and joined does not count."""
    return re.sub(r"[\W_]+", "", text).casefold()
