"""Dates outside of the usual places, for pages that declare and show none: other objects of their
data, scripts, lines far from the headline.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from lxml.html import HtmlElement

from flows.clean.metadata.dates import DateReader
from flows.clean.metadata.jsonld import Json, text_of
from flows.clean.metadata.printed import Claim, left_over_lines

_VALUE = r"""\\?["']\s*:\s*\\?["']((?:19|20)\d\d-\d\d[^"'\\]{3,30})"""
_SCRIPTED = re.compile(
    r"""[\\"'](?:date_?published|published_?(?:at|on|date|time)|publish_?(?:date|time|up)"""
    rf"""|publication_?date|first_?published\w*|pub_?date|post_?date){_VALUE}""",
    re.I,
)
_CREATED = re.compile(rf"""[\\"'](?:created_?at|date_?created){_VALUE}""", re.I)
"""Weaker than what a reader sees: sites, accounts and comments are created too."""


def second_best(
    root: HtmlElement, objects: Sequence[Json], lines: Sequence[str], reader: DateReader
) -> Claim | None:
    """What is left where the page says no date in the usual places: other objects, data in scripts,
    lines that say "updated", datelines.
    """
    others = (text_of(o.get(key)) for key in ("datePublished", "dateCreated") for o in objects)
    if found := first_read((("json-ld", value) for value in others if value), reader):
        return found
    scripts = [script for script in root.iter("script") if script.text]
    if found := _scripted(_SCRIPTED, scripts, reader):
        return found
    for line in left_over_lines(lines, reader):
        if (when := reader.read(line)) and when.has_day:
            return "text", when
    return _scripted(_CREATED, scripts, reader)


def _scripted(
    pattern: re.Pattern[str], scripts: Iterable[HtmlElement], reader: DateReader
) -> Claim | None:
    for script in scripts:
        if (claim := pattern.search(script.text or "")) and (when := reader.read(claim[1])):
            return "json-ld" if "json" in (script.get("type") or "") else "meta", when
    return None


def first_read(claims: Iterable[tuple[str, str]], reader: DateReader) -> Claim | None:
    """Return the first of (source, value) that is a date, read; None where none is."""
    for source, value in claims:
        if when := reader.read(value):
            return source, when
    return None
