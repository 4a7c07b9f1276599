"""Who wrote it: people's names out of JSON-LD, meta tags and bylines, without "By", roles,
addresses and the site's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.clean.metadata.dates import split_at_dates
from flows.clean.metadata.month_names import month_of
from flows.clean.metadata.words import letters, tidy
from flows.clean.wording import wording

MAX_NAME = 60
"""Characters; the longest double-barrelled names stay under it, sentences do not."""

_BY = wording("metadata", "authors.by")
_SECTION_BY = wording("metadata", "authors.section_by")
"""A section or an outlet in front of the byline: "wellness by Ann Lee"."""

_WITH = wording("metadata", "authors.with")
"""Further people in brackets: "Anne Lorme (avec Marc Tual)"."""

_BETWEEN = wording("metadata", "authors.between")
_AFTER_NAME = wording("metadata", "authors.after_name")
_ROLE = wording("metadata", "authors.role")
_POST = wording("metadata", "authors.post")
_NO_NAME = wording("metadata", "authors.no_name")
_JOINED = wording("metadata", "authors.joined")
_CUT = wording("metadata", "authors.cut")
_INVERTED = re.compile(r"\s*([^\W\d_][\w'’-]+), ([^\W\d_][\w'’-]+(?: [^\W\d_]\.)?)\s*")
"""`Steiger, Anna`: family name first, as library catalogues write."""

_PARTICLES = wording("metadata", "authors.particles")

_OTHER_HAND = wording("metadata", "authors.other_hand")
"""Somebody who worked on the text and did not write it."""

_JOINT_ROLE = wording("metadata", "authors.joint_role")
"""One role of two words: "Marketing and Events Coordinator"."""

_ORGANISATION = wording("metadata", "authors.organisation")

_SINCE = wording("metadata", "authors.since")
"""How long ago a page was published, and how long it takes to read: both stand beside names."""

_ADDRESS = re.compile(r"(?<!\S)\S+@\S+|https?://\S+|www\.\S+")
_FRONT_PAGE = re.compile(
    r"(?<![\w@])(?:https?://(?:www\.)?|www\.)([\w.-]+\w)/?(?![\w/-]|\.\w)", re.I
)
"""The address of a whole site: who gives it with a name that is the site's own speaks of the
outlet.
"""

_CJK = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,4}")

_WEEKDAYS = frozenset(f"{day}day" for day in "mon tues wednes thurs fri satur sun".split())

_KEY = re.compile(r"\w+(?:\.\w+){2,}$")
"""The name of a template's field, left unfilled."""

_DEGREE = re.compile(r"[A-Z][A-Za-z]{0,4}[A-Z]|[BM]Sc")
"""Letters behind a name: what somebody studied ("RDN", "DVM"), or an agency's short name."""

_DIGITS = re.compile(r"\d{2}|\b\d")


def people_of(value: Any) -> list[str]:
    """Names of a JSON-LD `author` value: a string, an object, or a list of either; in order,
    uncleaned.
    """
    names, left = list[str](), [value]
    while left:  # no recursion: pages may nest deeper than Python calls
        item = left.pop()
        if isinstance(item, str):
            names.append(item)
        elif isinstance(item, list):
            left.extend(reversed(item))
        elif isinstance(item, dict):
            left.append(item.get("name"))
    return names


def persons_of(value: Any) -> list[str]:
    """The names of those objects of a JSON-LD `author` value that say they are a `Person`."""
    items = value if isinstance(value, list) else [value]
    return [
        name
        for item in items
        if isinstance(item, dict) and item.get("@type") == "Person"
        for name in people_of(item)
    ]


def own_names(raw: Iterable[str]) -> tuple[str, ...]:
    """The names in strings on a site that bears its author's name: two or three words, none of
    which an organisation is called by.
    """
    return tuple(
        n
        for n in clean_names(raw)
        if 2 <= len(n.split()) <= 3 and n.istitle() and not is_organisation(n)
    )


def is_organisation(name: str) -> bool:
    """Whether a name holds a word that organisations, sections and sites are called by; particles
    of names ("von der") are none.
    """
    return bool(_ORGANISATION.search(_PARTICLES.sub("", name)))


def clean_names(raw: Iterable[str], *, sites: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the people named in strings such as `By Ann Lee, Senior Editor and Bo Sand`; `sites`
    as `letters` gives them.

    One string may hold several names. What names the site, a role or an address is left out; each
    name stands once.
    """
    names: dict[str, str] = {}
    joined_sites = {site.replace(" ", "") for site in sites}
    for text in raw:
        if any(letters(host) in sites for host in _FRONT_PAGE.findall(text)):
            continue
        text = tidy(
            _ADDRESS.sub(" ", split_at_dates(_SINCE.sub(" • ", _name_of_address(unescape(text)))))
        )
        text = _BY.sub("", _WITH.sub(r", \1", text), count=1)
        if inverted := _INVERTED.fullmatch(text):
            text = f"{inverted[2]} {inverted[1]}"
        parts = () if _JOINT_ROLE.match(text) else _BETWEEN.split(text)
        parted = [_name(part) for part in _without_posts(parts)]
        has_person = any(is_person(name) and not _is_small(name) for name in parted)
        for name in parted:
            if has_person and (_DEGREE.fullmatch(name) or _is_small(name)):
                continue
            key = letters(name)
            if key and key.replace(" ", "") not in joined_sites:
                names.setdefault(key, name)
    return without_small(names.values())


def _without_posts(parts: Sequence[str]) -> Iterator[str]:
    """The parts of a list of people, less a role behind a name and the single words behind that:
    "Anna Lerche, Redakteurin Lokales, Ostermeer".
    """
    is_behind = False
    for at, part in enumerate(parts):
        is_post = at > 0 and _POST.match(part) is not None
        is_behind = is_behind or is_post
        if not is_post and (not is_behind or " " in part.strip()):
            yield part


def _is_small(name: str) -> bool:
    """Whether a name begins with a small letter and no particle: roles do."""
    return name[:1].islower() and not _PARTICLES.match(f"{name} ")


def without_small(names: Iterable[str]) -> tuple[str, ...]:
    """The names, less those in small letters where others are not: beside names these are sections
    or desks.
    """
    found = tuple(dict.fromkeys(names))
    return tuple(name for name in found if not name.islower()) or found


def is_name(text: str) -> bool:
    """Whether a string can be a person's name: short, without figures, not all of it small letters,
    no role, no sentence.
    """
    if not 1 < len(text) <= MAX_NAME or _DIGITS.search(text) or _ROLE.match(text):
        return False
    return (
        len(text.split()) <= 6
        and not _KEY.match(text)
        and not text.endswith(("!", "?"))
        and ":" not in text
    )


def _name(part: str) -> str:
    part = _BY.sub("", _SECTION_BY.sub("", part.lstrip("([+ ").strip(" \t.,:–—-\"'“”*")), count=1)
    if _ROLE.match(part) or _OTHER_HAND.match(part):
        return ""
    part = _BY.sub("", _JOINED.sub("", _JOINED.sub("", part)), count=1)
    part = _AFTER_NAME.sub("", part).strip(" ,:–—-\"'“”*()+©")
    if " " in part:
        short = _CUT.sub("", part)
        is_short_name = all(word[0].isupper() or not word[0].isalpha() for word in short.split())
        part = without_month(short if is_short_name else part)
    if part.startswith(("in ", "im ", "at ", "on ", "skrifar ")):
        return ""
    if _NO_NAME.match(part) or (len(part) > 3 and month_of(part)) or not is_name(part):
        return ""
    return part


def without_month(name: str) -> str:
    """A name of three words and more without the month or weekday that a date left at its end."""
    words = name.split()
    is_dated = len(words) > 2 and (
        (len(words[-1]) > 3 and month_of(words[-1]) is not None) or words[-1].lower() in _WEEKDAYS
    )
    return " ".join(words[:-1]) if is_dated else name


def people_first(names: Iterable[str]) -> tuple[str, ...]:
    """The names, less organisations and outlets' short names where others are people: an outlet
    that stands beside its reporters is no author.
    """
    found = tuple(names)
    if not any(map(is_person, found)):
        return found
    return tuple(name for name in found if not _is_outlet(name))


def _is_outlet(name: str) -> bool:
    is_acronym = name.isupper() and " " not in name
    return is_organisation(name) or is_acronym or "." in name[1:-1].replace(". ", "")


def is_person(name: str) -> bool:
    """Whether a name reads as a person's: at least two words, no word of organisations, not all in
    capitals unless both words are long.
    """
    words = name.split()
    if len(words) < 2 and not _CJK.search(name):
        return False
    if is_organisation(name) or any("." in word[1:-1] and word[-1] != "." for word in words):
        return False
    return not name.islower()


def _name_of_address(text: str) -> str:
    """The name in an address such as `https://site/author/ann-lee`, which some pages give as
    author.
    """
    if not text.startswith(("http://", "https://")):
        return text
    last = unquote(urlsplit(text).path).rstrip("/").rsplit("/", 1)[-1]
    return (
        last.replace("-", " ").replace("_", " ").title()
        if "-" in last and not _DIGITS.search(last)
        else ""
    )
