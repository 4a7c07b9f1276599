"""Who wrote it: people's names out of JSON-LD, meta tags and bylines, without "By", roles,
addresses and the site's own name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from itertools import pairwise
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.clean.metadata.dates import split_at_dates
from flows.clean.metadata.words import letters, tidy

MAX_NAME = 60
"""Characters; the longest double-barrelled names stay under it, sentences do not."""

_BY = re.compile(
    r"^\W*(?:(?:written|authored|posted|published|submitted|story|words|text|report(?:ed|ing)?|article|guest post)(?: and \w+)? by|by"
    r"|(?:see|read|view|more|all) (?:more |all )?(?:posts |articles |stories )?(?:from|by|about)|profile of|about|über"
    r"|(?:zeige )?alle (?:beiträge|artikel) von|(?:tous|todos) les articles de"
    r"|(?:erstellt|verfasst|geschrieben|veröffentlicht|publié|écrit|escrito|publicado|scritto) (?:von|par|por|da)"
    r"|(?:gast)?autor(?:in)?|redakteur(?:in)?|rechtsanw(?:alt|ältin)|journalist(?:in|e)?|kolumnist(?:in)?|[\w-]*-expert(?:e|in)"
    r"|von|par|por|di|da|af|av|door|tekst|text|de la redacción|autor(?:en|in|a|es)?|authors?|auteurs?|writer|author name)"
    r"(?:\s*[:|]\s*|\s+)(?=\S)",
    re.I,
)
_SECTION_BY = re.compile(r"^[a-zà-ÿ]\w+ (?:by|von|par|por|door|av|af) (?=[^\W\d_a-zà-ÿ])")
"""A section or an outlet in front of the byline: "wellness by Ann Lee"."""

_BETWEEN = re.compile(
    r"\s*(?:[;|•·/&\n]|,(?!\s*(?:jr|sr|m\.?d|ph\.?d|iii?)\b)|\s(?:and|und|et|y|og|och|en|e|with|mit|avec|con)\s(?=[^\W\d_]))\s*",
    re.I,
)
_AFTER_NAME = re.compile(
    r"\s*(?:[(\[<@].*|\s[-–—|]\s.*|\b(?:published|updated|posted|on|last)\b[:\s].*\d.*|\b(?:is|was) (?:an?|the) .*"
    r"|,\s*(?:associated press|reuters|for the)\b.*|\s+(?:im gespräch|staff|senior|chief|contributing|editor|reporter|correspondent)\b.*"
    r"|\s+(?:published|updated|posted|last updated|on|am|vom|le|el)(?: on| am)?"
    r"|(?:,\s*md|,?\s+(?:ph\.? ?d|m\.d|mba|rdn?|cpa))\.?|\s+for (?:the )?\S.*"
    r"|\s+(?:contributor|content|(?:mon|tues|wednes|thurs|fri|satur|sun)day|(?:is|has) (?:an?|been))\b.*)$",
    re.I,
)
_ROLE = re.compile(
    r"^(?:e-?mail|youtube|instagram|facebook|twitter|linkedin|tiktok|website|homepage|posts?|articles?|profile|bio|(?:mon|tue|wed|thu|fri|sat|sun)"
    r"|(?:publiziert|veröffentlicht|geschrieben|erstellt|publié|publicado) (?:am|von|le|el|por|par))$|"
    r"^(?:written|posted|published|updated|reviewed|edited|sign|log|by|share|follow|about|read|view|more)(?: (?:by|in|on|this|more))?$|"
    r"^(?:the )?(?:[\w.&'-]+ ){0,4}(?:reviewer|expert|specialist|manager|director|coordinator|coach|consultant|analyst|strategist|engineer|"
    r"horticulturalist|educators?|marketer|officer|president|professor|producer|publisher|photographer|sponsored|author|nachrichten|news|staff|editors?|reporters?|writers?|correspondents?|contributors?|columnists?|journalists?|newsroom|newsdesk|desk|"
    r"redaktion|redaktör|rédaction|redacción|redazione|redakcja|redactie|team|admin|administrator|author|guest|webmaster|user|unknown|"
    r"anonymous|null|none|undefined|md|phd|ceo|founder|journalist|agency|agencies|agenturen)$",
    re.I,
)
_PARTICLES = re.compile(r"\b(?:de|la|le|van|von|der|den|del|el|di|da|al|bin|y) ")

_OTHER_HAND = re.compile(
    r"^(?:\w+[- ])?(?:reviewed|edited|researched|checked|translated|photographed|illustrated|verified|approved|curated) by\b",
    re.I,
)
"""Somebody who worked on the text and did not write it."""

_JOINT_ROLE = re.compile(
    r"^\w+ (?:and|und|et|y|&) (?:\w+ ){0,2}(?:coordinator|manager|director|editors?|team|staff|desk|writers?|reporters?)$",
    re.I,
)
"""One role of two words: "Marketing and Events Coordinator"."""

_ORGANISATION = re.compile(
    r"\b(?:news\w*|media|press|times|post|herald|journal|magazin\w*|radio|tv|team|staff|agency|agentur|group|gruppe|marketing|company|co|inc|gmbh|"
    r"ltd|llc|solar|insurance|services?|solutions?|foundation|stiftung|institut\w*|university|college|school|society|union|bank|club|blog|online|"
    r"digital|social|security|health\w*|travel|home|house|the|der|die|das|la|le|el|of|for|and|und|you|your|my|redaktion|hotels?|store|shop|labs?|studio)\b",
    re.I,
)

_SINCE = re.compile(
    r"\b(?:(?:hace|vor|il y a|fa|for|há) \d+ \w+|\d+ (?:second|minute|hour|day|week|month)s? ago|(?:tiempo de lectura|lesezeit|lesedauer)\b"
    r":? ?(?:\d+ \w+)?|\d+[- ]?(?:min(?:s|uten?|uti|utos?|utes?)?)\b\.?(?: (?:read|lesezeit|de lecture|de lectura|di lettura))?)",
    re.I,
)
"""How long ago a page was published, and how long it takes to read: both stand beside names."""

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_FRONT_PAGE = re.compile(
    r"(?<![\w@])(?:https?://(?:www\.)?|www\.)([\w.-]+\w)/?(?![\w/-]|\.\w)", re.I
)
"""The address of a whole site: who gives it with a name that is the site's own speaks of the
outlet.
"""

_KEY = re.compile(r"\w+(?:\.\w+){2,}$")
"""The name of a template's field, left unfilled."""

_DIGITS = re.compile(r"\d{2}|\b\d")


def people_of(value: Any) -> list[str]:
    """Names of a JSON-LD `author` value: a string, an object, or a list of either; in order,
    uncleaned.
    """
    if isinstance(value, str):
        return [value]
    if isinstance(value, list):
        return [name for item in value for name in people_of(item)]
    if isinstance(value, dict):
        return people_of(value.get("name"))
    return []


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
    for text in raw:
        if any(letters(host) in sites for host in _FRONT_PAGE.findall(text)):
            continue
        text = tidy(
            _ADDRESS.sub(" ", split_at_dates(_SINCE.sub(" • ", _name_of_address(unescape(text)))))
        )
        text = _BY.sub("", text, count=1)
        for part in () if _JOINT_ROLE.match(text) else _BETWEEN.split(text):
            name = _name(part)
            key = letters(name)
            if key and key.replace(" ", "") not in {s.replace(" ", "") for s in sites}:
                names.setdefault(key, name)
    return without_small(names.values())


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
    return len(text.split()) <= 6 and not _KEY.match(text) and not text.endswith(("!", "?", ":"))


def is_login(name: str) -> bool:
    """Whether a name is one under which somebody signs in: small letters, or one word with a
    capital inside (`AdaL`).
    """
    return name.islower() or (
        " " not in name
        and any(before.islower() and after.isupper() for before, after in pairwise(name))
    )


def _name(part: str) -> str:
    part = _BY.sub("", _SECTION_BY.sub("", part.strip(" \t.,:–—-\"'“”*")), count=1)
    if _ROLE.match(part) or _OTHER_HAND.match(part):
        return ""
    part = _AFTER_NAME.sub("", part).strip(" ,:–—-\"'“”*")
    if not is_name(part):
        return ""
    return part


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
