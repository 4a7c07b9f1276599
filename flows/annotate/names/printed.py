"""A name as tables show it: without what stands around it in print."""

from __future__ import annotations

import re

from flows.annotate.entities.lexicon import fold, lexicon, types
from flows.annotate.names.inland import inland
from flows.annotate.names.person_name import untitled
from flows.annotate.names.words import people_words, plain_text

_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
_FIRM = re.compile(r",? (?:Inc|Ltd|Corp|PLC|Plc|plc|LLC|GmbH|AG|S\.?A|N\.?V|Pty|LLP)\.?$")
_GENERATION = re.compile(r",? (?P<generation>Jr|Sr)\.?$")


NICKNAME = re.compile(r"\s[“\"‘'](?P<nick>[^“”\"‘’]{1,30})[”\"’']\s")
"""A nickname in marks within a name ("William “Mo” Cowan")."""
_PARTY_TAG = re.compile(r"[RDI][-‐‑–](?P<state>.+)")


def is_no_name(surface: str) -> bool:
    """Whether a mention is what stands beside a name: a title ("Mr."), or a party with a state
    ("R-Ala.").
    """
    tag = _PARTY_TAG.fullmatch(surface)
    return bool(tag and _is_state(tag["state"])) or _is_short_title(surface)


def _is_short_title(surface: str) -> bool:
    """Whether a mention is a title that is written short, with its stop or without ("Lt. Col",
    "Sens.").
    """
    classes = lexicon().classes
    short = classes["titles"] & classes["abbreviations"]
    words = [word.rstrip(".") for word in surface.split()]
    is_title = all(
        word.istitle() and (fold(word) in short or fold(word).removesuffix("s") in short)
        for word in words
    )
    return is_title and words != ["St"]


def _is_state(name: str) -> bool:
    key = plain_text(name).replace(".", "").strip()
    return (
        inland().get(key) == "US"
        or key in people_words()["state_abbreviations"]
        or bool(re.fullmatch(r"[A-Z]{2}|(?:[A-Z]\.){2}", name))
    )


def printed_name(surface: str, label: str) -> str:
    """Return the words of a mention without titles, parties and ages before a person, without "Inc"
    and the like behind an organisation, and without a possessive.
    """
    plain = surface.replace("’", "'")
    if plain in types():
        return plain  # "Macy's"
    name = _POSSESSIVE.sub("", surface) or surface
    if label == "PERSON":
        name = _by_nickname(name)
        return _GENERATION.sub(r" \g<generation>.", untitled(name))
    if label == "ORG":
        name = _FIRM.sub("", name)
        return f"{name[:-5]}Party" if name.endswith(" party") else name
    return name


def _by_nickname(name: str) -> str:
    """Return a person's name without a nickname in marks; one that is a name and no plain word
    takes the place of the given names, since other articles use it ("William “Mo” Cowan" is "Mo
    Cowan").
    """
    found = NICKNAME.search(name)
    if found is None:
        return name
    nick = fold(found["nick"])
    is_name = nick in lexicon().given or nick not in lexicon().common
    is_given = is_name and found["nick"].istitle() and " " not in nick
    return f"{found['nick'] if is_given else name[: found.start()]} {name[found.end() :]}"
