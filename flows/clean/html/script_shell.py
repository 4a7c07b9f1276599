"""Recognises a page whose text is only there after its scripts have run: an application's shell.

Asked only where little or no article text was found: a page that carries its text is read, whatever
its scripts add to it.
"""

from __future__ import annotations

import re

from lxml.html import HtmlElement

MOUNTS = frozenset(
    ("root", "app", "__next", "__nuxt", "___gatsby", "svelte", "q-app", "react-root", "main-app")
)
"""Values of `id` on the element into which the usual frameworks write the page."""

SHOWN = ("img", "picture", "video", "audio", "iframe", "object", "svg", "canvas")
"""Elements that show something without text."""

MAX_MOUNT_CHARACTERS = 40
"""Text that such an element may hold and still count as empty: "Loading…" in any language."""

MAX_SHELL_CHARACTERS = 600
"""Visible text above which a sentence about JavaScript is one of many, not the whole page."""

JAVASCRIPT = re.compile(r"\bjava ?script\b", re.IGNORECASE)
"""The word is the same in every language of the Latin script, and most others print it as it is."""


def script_need(root: HtmlElement, lines: list[str]) -> str | None:
    """Return why the page seems to need JavaScript; None where it does not. `lines` are its visible
    blocks.
    """
    programs = [script for script in root.iter("script") if _is_program(script)]
    if not programs:
        return None
    if not lines and any(_loads_more(script) for script in programs):
        return "the page shows no text and loads scripts"
    said = next((line for line in lines if JAVASCRIPT.search(line)), None)
    if said and sum(map(len, lines)) <= MAX_SHELL_CHARACTERS:
        return f"the page says: “{said[:120]}”"
    for element in root.iter("div", "main", "section", "body"):
        name = (element.get("id") or "").lower()
        if name in MOUNTS and _shown_length(element) <= MAX_MOUNT_CHARACTERS:
            return f"its element #{name} is empty until its scripts have run"
    for element in root.iter():
        tag = element.tag if isinstance(element.tag, str) else ""
        if tag.endswith(("-root", "-app")) and _shown_length(element) <= MAX_MOUNT_CHARACTERS:
            return f"its element <{tag}> is empty until its scripts have run"
    for element in root.iter("main", "article"):
        if not _shown_length(element) and next(element.iter(*SHOWN), None) is None:
            return f"its element <{element.tag}> is empty until its scripts have run"
    for element in root.iter("noscript"):
        words = " ".join("".join(map(str, element.itertext())).split())
        if JAVASCRIPT.search(words):
            return f"without scripts the page says: “{words[:120]}”"
    return None


def _is_program(script: HtmlElement) -> bool:
    """Whether a script is run: data in JSON is not."""
    return "json" not in (script.get("type") or "").lower()


def _loads_more(script: HtmlElement) -> bool:
    """Whether a script is loaded from a file, or imports one: a short script in the page itself
    does not write the whole page.
    """
    return bool(script.get("src")) or "import(" in (script.text or "")


def _shown_length(element: HtmlElement) -> int:
    """Return the number of characters of text in an element, those of scripts and styles left
    out. Stops counting when there are enough.
    """
    count = 0
    for part in element.iter():
        if part.tag not in ("script", "style", "noscript", "template") and part.text:
            count += len(part.text.strip())
        if part is not element and part.tail:
            count += len(part.tail.strip())
        if count > MAX_MOUNT_CHARACTERS:
            break
    return count
