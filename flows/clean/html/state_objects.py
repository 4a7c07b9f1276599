"""The values that web frameworks leave in a page for their scripts: JSON in scripts and attributes,
assigned objects, and the packed forms of Nuxt, SvelteKit and Next.

Which of them hold the article is for other_bodies.py.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

MIN_SOURCE = 400
"""Characters of a script or attribute that can hold an article."""

MAX_DEPTH = 40
"""Levels to which packed values are unpacked, and to which a body's blocks are read."""

MAX_UNPACKED = 60_000
"""Values that are unpacked of one script; references may be used many times."""

_STATE = re.compile(r"=\s*(?=\{)|JSON\.parse\(\s*(?=[\"'])")
_PUSHED = re.compile(r"__next_f\.push\(\s*(?=\[)")
_ROW = re.compile(r"([0-9a-f]{1,6}):(?:T([0-9a-f]{1,6}),)?")
_LITERAL = re.compile(
    r"""\b(title|headline|body|content|html|text|articleBody|body_?[hH]tml|fullText)"""
    r"""\s{0,3}:\s{0,3}"""
    r"""(?=")"""
)
_ATTRIBUTES = etree.XPath(f"//@*[string-length(.) > {MIN_SOURCE} and starts-with(., '{{')]")


def read_states(root: HtmlElement) -> Iterator[Any]:
    """Yield the values of a page's scripts and attributes that are large enough for an article."""
    flight: list[str] = []
    for script in root.iter("script"):
        source, kind = script.text or "", script.get("type") or ""
        if "__next_f" in source:
            flight += _pushed(source)
        elif len(source) >= MIN_SOURCE and "ld+json" not in kind:
            yield from _of_script(source, kind)
    if flight:
        yield from _rows("".join(flight))
    attributes = _ATTRIBUTES(root)
    for value in attributes if isinstance(attributes, list) else ():
        yield from load(str(value))


def _of_script(source: str, kind: str) -> Iterator[Any]:
    """The JSON values of a script: the whole of it, or what it assigns."""
    if "json" in kind:
        for value in load(source):
            yield value
            if isinstance(value, list):
                yield from _unpacked(value)
        return
    decoder = json.JSONDecoder(strict=False)
    for match in _STATE.finditer(source):
        try:
            value, _ = decoder.raw_decode(source, match.end())
        except (ValueError, RecursionError):
            continue
        yield from load(value) if isinstance(value, str) else [value]
    if "__NUXT__" in source:
        yield _literals(source, decoder)


def load(source: str) -> Iterator[Any]:
    """Yield the value of a JSON text; nothing where it is none, or nested too deep."""
    try:
        yield json.loads(source, strict=False)
    except (ValueError, RecursionError):
        return


def _literals(source: str, decoder: json.JSONDecoder) -> dict[str, Any]:
    """The strings of a script object that is no JSON, by the names of their fields; of several of
    one name the longest.
    """
    found: dict[str, Any] = {}
    for match in _LITERAL.finditer(source):
        try:
            value, _ = decoder.raw_decode(source, match.end())
        except ValueError:
            continue
        if len(value) > len(found.get(match[1], "")):
            found[match[1]] = value
    return found


def _unpacked(values: list[Any]) -> Iterator[Any]:
    """The first value of a list in which objects and lists refer to other places by number, as
    Nuxt and SvelteKit write.
    """
    left = MAX_UNPACKED

    def value_at(place: Any, depth: int) -> Any:
        nonlocal left
        left -= 1
        if type(place) is not int or not 0 <= place < len(values) or depth > MAX_DEPTH or left < 0:
            return None
        value = values[place]
        if isinstance(value, dict):
            return {key: value_at(at, depth + 1) for key, at in value.items()}
        if isinstance(value, list):
            is_tagged = bool(value) and isinstance(value[0], str)
            return [value_at(at, depth + 1) for at in value[is_tagged:]]
        return value

    if len(values) > 1 and isinstance(values[0], dict | list):
        yield value_at(0, 0)


def _pushed(source: str) -> list[str]:
    """The pieces of text that a script of Next pushes."""
    decoder, pieces = json.JSONDecoder(strict=False), []
    for match in _PUSHED.finditer(source):
        try:
            value, _ = decoder.raw_decode(source, match.end())
        except (ValueError, RecursionError):
            continue
        pieces += [piece for piece in value if isinstance(piece, str)]
    return pieces


def _rows(text: str) -> Iterator[Any]:
    """The values of Next's rows, `5:{…}`; a text row, `6:T1f,…`, gives its length in bytes and is
    named in other rows as "$6".
    """
    data, texts, values, at = text.encode(), dict[str, str](), list[Any](), 0
    while found := _ROW.match(data[at : at + 20].decode("ascii", "ignore")):
        start = at + found.end()
        if found[2]:
            end = start + int(found[2], 16)
            texts[f"${found[1]}"] = data[start:end].decode("utf-8", "ignore")
            at = end
        else:
            end = data.find(b"\n", start)
            end = len(data) if end < 0 else end
            values += load(data[start:end].decode("utf-8", "ignore"))
            at = end + 1
    yield from (_with_texts(value, texts, 0) for value in values)


def _with_texts(value: Any, texts: dict[str, str], depth: int) -> Any:
    if depth > MAX_DEPTH:
        return None
    if isinstance(value, dict):
        return {key: _with_texts(entry, texts, depth + 1) for key, entry in value.items()}
    if isinstance(value, list):
        return [_with_texts(entry, texts, depth + 1) for entry in value]
    return texts.get(value, value) if isinstance(value, str) else value
