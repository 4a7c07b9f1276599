"""Known names by script: countries, bodies, cities, given and family names. Read at first use, one
script at a time; sources in `../data/SOURCES.md`.
"""

from __future__ import annotations

import gzip
import re
from functools import cache, lru_cache
from importlib import resources
from typing import NamedTuple

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.world.scripts import CASED, uncached_latin

MAX_WORDS = 5
"""Words in a known name."""

LABELS = {"country": "GPE", "capital": "GPE", "city": "GPE", "region": "LOC", "body": "ORG"}

ENDINGS = {
    "slavic": re.compile(
        r"(?:yami|iyu|ami|ogo|emu|omu|ego|imi|ymi|iya|iei|oiu|eiu|ikh|ykh|ach|ich|om|em|am|oi|ei|yu|ya"
        r"|ii|ie|ou|ov|ev|[aeiouy])$"
    ),
    "finnic": re.compile(r"(?:ssa|sta|lla|lta|lle|ksi|iin|een|aan|oon|n|a|ta|s|le|st|l)$"),
    "hungarian": re.compile(
        r"(?:ban|ben|bol|nak|nek|rol|tol|val|vel|ert|hoz|hez|nal|nel|ba|be|on|en|ra|re|n|t|i)$"
    ),
    "greek": re.compile(r"(?:ous|ou|on|os|as|is|es|oi|a|i|o|e|s)$"),
    "germanic": re.compile(r"s$"),
    "romanian": re.compile(r"(?:ului|lui|ul|ei|ii|a|e|i)$"),
}
"""Case endings in folded Latin letters, by kind of language. They are cut on both sides."""

SOURCES = {"org": "body", "country": "country", "seat": "capital"}
"""The kind of a name by the list of English names that holds it; others are places."""

INFLECTED = {
    "ru": "slavic", "uk": "slavic", "be": "slavic", "bg": "slavic", "mk": "slavic", "sr": "slavic",
    "hr": "slavic", "bs": "slavic", "sl": "slavic", "pl": "slavic", "cs": "slavic", "sk": "slavic",
    "de": "germanic", "sv": "germanic", "da": "germanic", "nb": "germanic",
    "fi": "finnic", "et": "finnic", "hu": "hungarian", "el": "greek", "ro": "romanian",
}  # fmt: skip
MIN_STEM = 3


class Known(NamedTuple):
    """One known name: kind (a key of LABELS) and English name ("" for the form itself)."""

    kind: str
    name: str


class Gazetteer(NamedTuple):
    """The lists of one script; keys are folded, in scripts without case the forms themselves.

    `kinds` holds the kind of each name, `english` the English name where it is another one. Both
    hold texts alone, so the garbage collector need not visit their 70,000 entries.
    """

    kinds: dict[str, str]
    english: dict[str, str]
    starts: frozenset[str]
    given: frozenset[str]
    family: frozenset[str]


@cache
def gazetteer(script: str) -> Gazetteer:
    """Return the lists of `script`; empty where there are none."""
    path = resources.files(__package__) / "data" / f"{script}.txt.gz"
    kinds: dict[str, str] = {}
    english: dict[str, str] = {}
    people: dict[str, set[str]] = {"given": set(), "family": set()}
    is_cased = script in CASED
    rows = gzip.decompress(path.read_bytes()).decode() if path.is_file() else ""
    for row in rows.splitlines():
        kind, form, name = row.split("\t")
        key = uncached_latin(form) if is_cased else form
        if kind in people:
            people[kind].add(key)
        else:
            kinds[key] = kind
            english[key] = name
    if script == "latin":
        for phrase, (label, source, full) in lexicon().phrases.items():
            if source in ("org", "country", "seat", "place") and label in ("ORG", "GPE", "LOC"):
                other = "region" if label == "LOC" else "city"
                kinds.setdefault(phrase, SOURCES.get(source, other))
                english.setdefault(phrase, full)
            elif source.startswith("city"):
                kinds.setdefault(phrase, "town")
                english.setdefault(phrase, "")
    starts = frozenset(
        " ".join(words[:count])
        for key in kinds
        if " " in key
        for words in (key.split(" "),)
        for count in range(1, len(words))
    )
    english = {key: name for key, name in english.items() if name}
    given, family = frozenset(people["given"]), frozenset(people["family"])
    if script == "latin":  # its file has no names of people: the English lists hold them
        given, family = lexicon().given, lexicon().family
    return Gazetteer(kinds, english, starts, given, family)


@cache
def stems(script: str, family: str) -> dict[str, str]:
    """Return names without their case endings → the key of the name."""
    found: dict[str, str] = {}
    order = {"country": 0, "body": 1, "capital": 2, "region": 3, "city": 4}
    kinds = gazetteer(script).kinds
    search = ENDINGS[family].search
    named = sorted((order[kind], key) for key, kind in kinds.items() if kind != "town")
    for _, key in named:
        words = [_cut(word, search(word)) for word in key.split(" ")]
        found.setdefault(" ".join(words), key)  # each once: no use to keep them in the cache
    return found


@cache
def stem_starts(script: str, family: str) -> frozenset[str]:
    """Return the first word and the first two of the longer names of `stems`."""
    found = (key.split(" ") for key in stems(script, family))
    return frozenset(
        " ".join(words[:count]) for words in found for count in (1, 2) if count < len(words)
    )


def stem(key: str, family: str) -> str:
    """Return a folded name without the case endings of its words."""
    if " " not in key:
        return _stem(key, family)
    return " ".join(_stem(word, family) for word in key.split(" "))


@lru_cache(maxsize=30_000)
def _stem(word: str, family: str) -> str:
    return _cut(word, ENDINGS[family].search(word))


def _cut(word: str, ending: re.Match[str] | None) -> str:
    """Return a word without its ending, where enough is left."""
    return word[: ending.start()] if ending and ending.start() >= MIN_STEM else word


def find(key: str, script: str, language: str) -> Known | None:
    """Return the known name with this folded key, in a case of the language too; None for none."""
    known, family = gazetteer(script), INFLECTED.get(language)
    if key not in known.kinds and family and len(key) > MIN_STEM:
        key = stems(script, family).get(stem(key, family), key)
    kind = known.kinds.get(key)
    return Known(kind, known.english.get(key, "")) if kind else None
