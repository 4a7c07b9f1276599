"""Section and keywords of an article, as its page gives them in JSON-LD and meta tags, and whether
everybody may read it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from flows.clean.metadata.jsonld import Json, text_of
from flows.clean.metadata.site import is_paywalled
from flows.clean.metadata.tags import HeadTags
from flows.clean.metadata.words import letters, tidy

MAX_KEYWORDS, MAX_KEYWORD = 50, 100
"""Keywords of one article, and characters of one; longer ones are sentences."""

MAX_SECTION = 100

_SECTION_META = ("article:section", "og:article:section", "parsely-section", "section")
_KEYWORD_META = ("news_keywords", "article:tag", "og:article:tag", "parsely-tags", "keywords")
_FREE = frozenset({"true", "yes", "free", "http://schema.org/true", "https://schema.org/true"})


def section_of(article: Json, tags: HeadTags) -> str | None:
    """Return the section's name; None where the page gives none."""
    said = text_of(article.get("articleSection")) or tags.first(*_SECTION_META)
    said = tidy(said or "").strip(" /|>›»")
    return said if 0 < len(said) <= MAX_SECTION else None


def keywords_of(article: Json, tags: HeadTags) -> tuple[str, ...]:
    """Return the keywords of the first place that has some, each once, in the page's order."""
    for values in (
        list(_strings(article.get("keywords"))),
        *(list(tags.meta.get(name, ())) for name in _KEYWORD_META),
    ):
        found: dict[str, str] = {}
        for value in values:
            for word in re.split(r"[,;|、，]", value):
                word = tidy(word).strip(" #\"'")
                if 1 < len(word) <= MAX_KEYWORD and ":" not in word:
                    found.setdefault(letters(word), word)
        if found:
            return tuple(found.values())[:MAX_KEYWORDS]
    return ()


def is_free(article: Json, tags: HeadTags, *, is_walled: bool) -> bool | None:
    """Whether everybody may read the article; None where the page says and shows nothing.

    `is_walled` is true where the page shows a request to subscribe in place of the rest.
    """
    if is_walled or is_paywalled(article, tags):
        return False
    said = article.get("isAccessibleForFree")
    if said is True or (isinstance(said, str) and said.strip().lower() in _FREE):
        return True
    tier = tags.first("article:content_tier", "og:article:content_tier", "content_tier")
    return True if tier and tier.lower() == "free" else None


def _strings(value: Any) -> Iterator[str]:
    for item in value if isinstance(value, list) else [value]:
        if isinstance(item, dict):
            item = item.get("name")
        if said := text_of(item):
            yield said
