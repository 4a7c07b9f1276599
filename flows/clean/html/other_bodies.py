"""Article bodies that a page holds outside of what it shows: JSON-LD `articleBody`, state objects
of web frameworks (`__NEXT_DATA__` and the like), templates, `<noscript>`.

They are read only where they hold clearly more of the same article than the shown text, so a teaser
never replaces an article.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from html import unescape
from typing import Any

from lxml.html import HtmlElement

from flows.clean.html.markup import parse
from flows.clean.html.segments import read_segments
from flows.clean.html.state_objects import MAX_DEPTH, load, read_states
from flows.clean.metadata.jsonld import Json, text_of
from flows.clean.metadata.words import letters, tidy
from flows.clean.outcome import weighed_length

MAX_WEAK = 1500
"""Characters of shown text from which state objects are not looked at."""

MAX_SPARSE = 600
"""Characters of shown text from which templates and `<noscript>` are not looked at."""

MIN_RATIO = 1.5
"""How much longer than the shown text another body must be."""

MIN_BODY = 300
"""Characters of a body; shorter strings are descriptions."""

MIN_SHARED, OPENING = 0.5, 60
"""Share of the shown paragraphs, known by their first characters, that the other body must hold."""

MAX_LITTLE = 300
"""Characters of shown text up to which nothing of it needs to be in the other body: a notice."""

MAX_NODES = 60_000
"""Values of one state object that are looked at."""

_BODY_KEY = re.compile(
    r"^(?:article|story|post|content|full|main)?_?(?:body|content|text|html|copy|paragraphs?|blocks"
    r"|elements|components|sections|content_elements|rendered)(?:_?(?:html|text|raw|plain|elements))?$",
    re.I,
)
_TEXT_KEYS = tuple(
    "content text html value body innerHtml paragraph rendered children nodes data blocks".split()
)
_INLINE = frozenset("span link hyperlink strong em bold italic a".split())
"""Kinds of nodes that are parts of a paragraph, as editors name them."""

_TITLE_KEYS = ("headline", "title", "name", "heading")
_TAG = re.compile(r"<[a-z/!][^<>]*>", re.I)
_INERT = re.compile(r"<(template|noscript|script)\b([^>]{0,2000})>", re.I)
_CLOSING = {
    name: re.compile(rf"</{name}\s{{0,20}}>", re.I) for name in ("template", "noscript", "script")
}
_TEMPLATE_TYPE = re.compile(
    r"\btype\s{0,20}=\s{0,20}[\"']?text/(?:template|html|x-template|x-handlebars"
    r"|x-jquery-tmpl|x-mustache|ng-template)",
    re.I,
)
_PARAGRAPHS = re.compile(r"(?<!\s)[^\S\n]*\n\s*")


def find_other_body(
    root: HtmlElement, articles: Sequence[Json], kept: Sequence[str], title: str | None
) -> list[str] | None:
    """Return the paragraphs of a body that the page's data hold, where it is more of the article
    than `kept`, the shown paragraphs; None otherwise.
    """
    size = _length(kept)
    least = max(MIN_BODY, MIN_RATIO * size)
    own = (item for item in articles if not _is_other(item, title))
    said = [body for item in own if (body := item.get("articleBody") or item.get("text"))]
    bodies = [_paragraphs(body) for body in said if _length(body) >= least]
    if size < MAX_WEAK and not any(_is_more(body, kept, size) for body in bodies):
        bodies += _bodies_of_states(root, title, least)
    bodies = [body for body in bodies if _is_more(body, kept, size)]
    return max(bodies, key=_length, default=None)


def _is_other(item: Json, title: str | None) -> bool:
    """Whether an article of the page's data has a headline with no word of the page's title."""
    said, shown = _long_words(text_of(item.get("headline"))), _long_words(title)
    return bool(said and shown) and said.isdisjoint(shown)


def _long_words(text: str | None) -> set[str]:
    return {word for word in letters(text or "").split() if len(word) > 3}


def shown_inert(markup: str) -> str | None:
    """Return the markup with the contents of templates and `<noscript>` as shown elements; None
    where none of them holds a text.
    """
    shown: list[str] = []
    copied = taken = 0
    unclosed: set[str] = set()
    for opening in _INERT.finditer(markup):
        name = opening[1].lower()
        if opening.start() < taken or name in unclosed:
            continue
        if name == "script" and not _TEMPLATE_TYPE.search(opening[2]):
            continue
        closing = _CLOSING[name].search(markup, opening.end())
        if closing is None:
            unclosed.add(name)  # nor is any behind it
            continue
        inner = markup[opening.end() : closing.start()]
        if len(tidy(_TAG.sub(" ", inner))) >= MIN_BODY:
            shown += markup[copied : opening.start()], f"<div>{inner}</div>"
            copied = closing.end()
        taken = closing.end()
    return "".join([*shown, markup[copied:]]) if shown else None


def _is_more(body: Sequence[str], kept: Sequence[str], size: int) -> bool:
    total = _length(body)
    if total < MIN_BODY or total < MIN_RATIO * size:
        return False
    if size <= MAX_LITTLE:
        return True
    whole = _squeezed("".join(body))
    held = sum(1 for text in kept if _squeezed(text)[:OPENING] in whole)
    return held >= MIN_SHARED * len(kept)


def _squeezed(text: str) -> str:
    return letters(text).replace(" ", "")


def _paragraphs(value: Any) -> list[str]:
    """The paragraphs of a string, of markup or of plain text."""
    if isinstance(value, list):
        return [text for item in value for text in _paragraphs(item)]
    said = unescape(value) if isinstance(value, str) else None
    if not said:
        return []
    if len(_TAG.findall(said)) > 1 and (root := parse(f"<body>{said}</body>")) is not None:
        return [segment.text for segment in read_segments(root).segments]
    return [text for part in _PARAGRAPHS.split(said) if (text := tidy(part))]


def _bodies_of_states(root: HtmlElement, title: str | None, least: float) -> list[list[str]]:
    wanted = letters(title or "")
    found: list[tuple[bool, list[str]]] = []
    for value in read_states(root):
        found += _bodies_in(value, wanted, least)
    own = [body for is_own, body in found if is_own]
    return own or [body for _, body in found]


def _bodies_in(value: Any, title: str, least: float) -> Iterator[tuple[bool, list[str]]]:
    """Yield (whether it stands beside the page's title, paragraphs) of every body in a value."""
    stack: list[tuple[Any, bool]] = [(value, False)]
    seen = 0
    while stack and seen < MAX_NODES:
        item, is_own = stack.pop()
        seen += 1
        if isinstance(item, list):
            stack.extend((entry, is_own) for entry in item)
            continue
        if not isinstance(item, dict):
            continue
        said = next((letters(t) for key in _TITLE_KEYS if (t := text_of(item.get(key)))), "")
        is_own = is_own or bool(title and said == title)
        for key, entry in item.items():
            if _BODY_KEY.match(key):
                texts = _texts(entry)
                if _length(texts) >= least:
                    yield is_own, _paragraphs(texts)
            if isinstance(entry, str) and entry[:1] in ("{", "[") and len(entry) >= least:
                entry = next(load(entry), None)  # an answer of an interface, as it came
            if isinstance(entry, dict | list):
                stack.append((entry, is_own))


def _length(value: Any) -> int:
    """Weighed characters of a string or of a list of strings, markup included."""
    if isinstance(value, list | tuple):
        return sum(map(_length, value))
    return weighed_length(value) if isinstance(value, str) else 0


def _texts(entry: Any, depth: int = 0) -> Any:
    """The strings of a body: itself, or those of its blocks, in order; none of blocks that lie
    deeper than `MAX_DEPTH` levels.
    """
    if isinstance(entry, str):
        return entry
    if depth > MAX_DEPTH:
        return []
    if isinstance(entry, dict):
        return next((_texts(entry[key], depth + 1) for key in _TEXT_KEYS if entry.get(key)), [])
    if isinstance(entry, list):
        texts = [text for item in entry for text in _flat(_texts(item, depth + 1))]
        return ["".join(texts)] if texts and all(map(_is_inline, entry)) else texts
    return []


def _is_inline(node: Any) -> bool:
    """Whether a node of an editor's tree is a part of a paragraph, not a block."""
    if not isinstance(node, dict):
        return False
    kind = next((node[key] for key in ("type", "_type", "nodeType") if key in node), None)
    if kind == "text":
        return "text" in node or "value" in node  # others name a whole paragraph so
    return kind in _INLINE if isinstance(kind, str) else False


def _flat(value: Any) -> list[str]:
    return value if isinstance(value, list) else [value]
