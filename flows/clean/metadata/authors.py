"""Who wrote it: people's names out of JSON-LD, meta tags and bylines, without "By", roles, addresses and the site's own name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any
from urllib.parse import unquote, urlsplit

from flows.clean.metadata.dates import split_at_dates
from flows.clean.metadata.words import letters, tidy

MAX_NAME = 60
"""Characters; the longest double-barrelled names stay under it, sentences do not."""

_BY = re.compile(
    r"^\W*(?:(?:written|authored|posted|published|submitted|story|words|text|report(?:ed|ing)?|article|guest post)(?: and \w+)? by|by"
    r"|(?:see|read|view|more|all) (?:more |all )?(?:posts |articles |stories )?(?:from|by|about)|profile of"
    r"|(?:zeige )?alle (?:beiträge|artikel) von|(?:tous|todos) les articles de"
    r"|(?:erstellt|verfasst|geschrieben|veröffentlicht|publié|écrit|escrito|publicado|scritto) (?:von|par|por|da)"
    r"|(?:gast)?autor(?:in)?|redakteur(?:in)?|rechtsanw(?:alt|ältin)|journalist(?:in|e)?|kolumnist(?:in)?|[\w-]*-expert(?:e|in)"
    r"|von|par|por|di|da|af|av|door|tekst|text|de la redacción|autor(?:en|in|a|es)?|authors?|auteurs?|writer|author name)"
    r"(?:\s*[:|]\s*|\s+)(?=\S)",
    re.I,
)
_BETWEEN = re.compile(
    r"\s*(?:[;|•·/&\n]|,(?!\s*(?:jr|sr|m\.?d|ph\.?d|iii?)\b)|\s(?:and|und|et|y|og|och|en|e|with|mit|avec|con)\s(?=[^\W\d_]))\s*", re.I
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
    r"horticulturalist|educator|marketer|officer|president|professor|producer|publisher|photographer|sponsored|author|nachrichten|news|staff|editors?|reporters?|writers?|correspondents?|contributors?|columnists?|journalists?|newsroom|newsdesk|desk|"
    r"redaktion|redaktör|rédaction|redacción|redazione|redakcja|redactie|team|admin|administrator|author|guest|webmaster|user|unknown|"
    r"anonymous|null|none|undefined|md|phd|ceo|founder|journalist|agency|agencies|agenturen)$",
    re.I,
)
_ORGANISATION = re.compile(
    r"\b(?:news\w*|media|press|times|post|herald|journal|magazin\w*|radio|tv|team|staff|agency|agentur|group|gruppe|marketing|company|co|inc|gmbh|"
    r"ltd|llc|solar|insurance|services?|solutions?|foundation|stiftung|institut\w*|university|college|school|society|union|bank|club|blog|online|"
    r"digital|social|security|health\w*|travel|home|house|the|der|die|das|la|le|el|of|for|and|und|you|your|my|redaktion|hotels?|store|shop|labs?|studio)\b",
    re.I,
)

_ADDRESS = re.compile(r"\S+@\S+|https?://\S+|www\.\S+")
_KEY = re.compile(r"\w+(?:\.\w+){2,}$")
"""The name of a template's field, left unfilled."""

_DIGITS = re.compile(r"\d{2}|\b\d")


def people_of(value: Any) -> list[str]:
    """Names of a JSON-LD `author` value: a string, an object, or a list of either; in order, uncleaned."""
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
    return [name for item in items if isinstance(item, dict) and item.get("@type") == "Person" for name in people_of(item)]


def own_names(raw: Iterable[str]) -> tuple[str, ...]:
    """The names in strings on a site that bears its author's name: two or three words, none of which an organisation is called by."""
    return tuple(n for n in clean_names(raw) if 2 <= len(n.split()) <= 3 and n.istitle() and not _ORGANISATION.search(n))


def clean_names(raw: Iterable[str], *, sites: Sequence[str] = ()) -> tuple[str, ...]:
    """Return the people named in strings such as `By Ann Lee, Senior Editor and Bo Sand`; `sites` as `letters` gives them.

    One string may hold several names. What names the site, a role or an address is left out; each name stands once.
    """
    names: dict[str, str] = {}
    for text in raw:
        text = tidy(_ADDRESS.sub(" ", split_at_dates(_name_of_address(unescape(text)))))
        text = _BY.sub("", text, count=1)
        for part in _BETWEEN.split(text):
            name = _name(part)
            key = letters(name)
            if key and key.replace(" ", "") not in {s.replace(" ", "") for s in sites}:
                names.setdefault(key, name)
    found = tuple(names.values())
    return tuple(name for name in found if not name.islower()) or found  # beside names, a word in small letters is a section or a desk


def is_name(text: str) -> bool:
    """Whether a string can be a person's name: short, without figures, not all of it small letters, no role, no sentence."""
    if not 1 < len(text) <= MAX_NAME or _DIGITS.search(text) or _ROLE.match(text):
        return False
    return len(text.split()) <= 6 and not _KEY.match(text) and not text.endswith(("!", "?", ":"))


def _name(part: str) -> str:
    part = _BY.sub("", part.strip(" \t.,:–—-\"'“”*"), count=1)
    if _ROLE.match(part):
        return ""
    part = _AFTER_NAME.sub("", part).strip(" ,:–—-\"'“”*")
    if not is_name(part):
        return ""
    return part


def _name_of_address(text: str) -> str:
    """The name in an address such as `https://site/author/ann-lee`, which some pages give as author."""
    if not text.startswith(("http://", "https://")):
        return text
    last = unquote(urlsplit(text).path).rstrip("/").rsplit("/", 1)[-1]
    return last.replace("-", " ").replace("_", " ").title() if "-" in last and not _DIGITS.search(last) else ""
