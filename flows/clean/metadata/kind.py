"""What kind of text an article is: a live blog, an interview, an opinion, a gallery and so on, by
the page's JSON-LD, address, section and headline (kinds.toml) and by the shape of its text.

Pages that are no articles are for outcome.py.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import urlsplit

from flows.clean.metadata.words import letters

MAX_BRIEF = 450
"""Characters of the whole text of a brief; a character of a dense script counts three."""

MIN_QUESTIONS, MIN_QUESTION_SHARE = 4, 0.25
"""Paragraphs that are questions, and their share of all, from which a text is an interview."""

MIN_CAPTIONS = 8
"""Pictures from which a page whose text is shorter than their captions is a gallery."""

_QUESTION = re.compile(r"[?？؟;][\"”»]?$")


@dataclass(frozen=True, slots=True)
class PageSigns:
    """What a page says and shows about its kind. `types` are the schema.org types of the article's
    own JSON-LD object, `captions` the captions of its pictures, `size` the weighed length of the
    text.
    """

    types: Sequence[str]
    url: str | None
    section: str | None
    title: str | None
    generator: str | None
    paragraphs: Sequence[str]
    captions: Sequence[str]
    size: int
    is_declared: bool


def kind_of(page: PageSigns) -> str:
    """Return a word of `model.KINDS`; `article` where nothing says more."""
    parts, host = _address(page.url)
    section, title = letters(page.section or ""), (page.title or "").lower()
    for kind in _kinds():
        if not kind.types.isdisjoint(page.types) or section in kind.sections:
            return kind.name
        if not kind.paths.isdisjoint(parts) or host.startswith(kind.hosts):
            return kind.name
        if kind.titles and kind.titles.match(title):
            return kind.name
        if page.generator and page.generator.lower().startswith(kind.generators):
            return kind.name
    return _by_shape(page)


def is_live_blog(url: str | None, title: str | None) -> bool:
    """Whether an address or a headline says that a page is a live blog."""
    kind = _kinds()[0]
    parts, _ = _address(url)
    said = kind.titles.match((title or "").lower()) if kind.titles else None
    return not kind.paths.isdisjoint(parts) or bool(said)


def _by_shape(page: PageSigns) -> str:
    asked = sum(bool(_QUESTION.search(text)) for text in page.paragraphs)
    if asked >= MIN_QUESTIONS and asked >= MIN_QUESTION_SHARE * len(page.paragraphs):
        return "interview"
    if len(page.captions) >= MIN_CAPTIONS and sum(map(len, page.captions)) > page.size:
        return "gallery"
    return "brief" if page.is_declared and 0 < page.size <= MAX_BRIEF else "article"


def _address(url: str | None) -> tuple[frozenset[str], str]:
    """The parts of an address before its last one, and its host, in lower case."""
    try:
        split = urlsplit((url or "").lower())
    except ValueError:
        return frozenset(), ""
    parts = split.path.strip("/").split("/")
    return frozenset(parts[:-1] or ()), (split.netloc or "").removeprefix("www.")


@dataclass(frozen=True, slots=True)
class _Kind:
    name: str
    types: frozenset[str]
    paths: frozenset[str]
    hosts: tuple[str, ...]
    sections: frozenset[str]
    titles: re.Pattern[str] | None
    generators: tuple[str, ...]


@cache
def _kinds() -> tuple[_Kind, ...]:
    table: dict[str, Any] = tomllib.loads(
        files(__package__).joinpath("kinds.toml").read_text("utf-8")
    )
    return tuple(
        _Kind(
            kind["name"],
            frozenset(kind.get("types", ())),
            frozenset(kind.get("paths", ())),
            tuple(kind.get("hosts", ())) or ("\0",),
            frozenset(letters(name) for name in kind.get("sections", ())),
            re.compile(r"^\W*(?:" + "|".join(kind["titles"]) + ")", re.I)
            if "titles" in kind
            else None,
            tuple(kind.get("generators", ())) or ("\0",),
        )
        for kind in table["kind"]
    )
