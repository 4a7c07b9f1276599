"""What the lists say about a word: given or family name, place, head of an organisation, title,
plain English. Read once in a process.

The lists are in `data/`, their sources in `data/SOURCES.md`.
"""

from __future__ import annotations

import functools
import gzip
import tomllib
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from importlib import resources

from flows.annotate.remember import remembered

BOTH = frozenset(
    ("jordan", "chad", "georgia", "israel", "malta", "german", "roman", "english", "french")
)  # countries and peoples that are given or family names too
LANDS = frozenset(("country", "place", "region"))
"""Lists of countries, states and provinces."""

MAX_ACRONYM = 5
"""Letters of an acronym."""
_MARKS = {ord("’"): "'", ord("‘"): "'", ord("ʻ"): "'", ord("ʼ"): "'", ord("‐"): "-", ord("‑"): "-"}


def uncached_fold(word: str) -> str:
    """Return the key under which the lists hold a word: no accents, no case, one kind of apostrophe
    and hyphen. For reading lists: words that are folded once would fill the memory.
    """
    if word.isascii():
        return word.lower()
    plain = unicodedata.normalize("NFKD", word.translate(_MARKS)).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


fold = remembered(50_000)(uncached_fold)


@dataclass(frozen=True, slots=True)
class Country:
    """One country: `forms` name it, `adjectives` its people, `capitals` are towns that may stand
    for its government, `seats` always do.

    Capitals and seats keep a name of their own.
    """

    code: str
    name: str
    forms: tuple[str, ...]
    adjectives: tuple[str, ...]
    capitals: tuple[str, ...]
    seats: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """All lists. Keys are folded; keys of `phrases` are words with one space between."""

    common: dict[str, int]  # plain English, with SCOWL's level: 10 the most common, 50 rare
    given: frozenset[str]
    family: frozenset[str]
    classes: dict[
        str, frozenset[str]
        # the classes of words.toml by name, and "lands": countries and points of the compass in one
        # word
    ]
    phrases: dict[
        str, tuple[str, str, str]
    ]  # name of a place, organisation, people → (label, list, its full name)
    prefixes: frozenset[str]  # beginnings of phrases, a word shorter at a time
    classes_of: dict[str, tuple[str, ...]]  # word → its classes, in the order of words.toml


SPELT = (
    ("Programme", "Program"),
    ("Centre", "Center"),
    ("Organisation", "Organization"),
    ("Defence", "Defense"),
)
"""Words of bodies that Britons and Americans spell in two ways."""


@functools.cache
def types() -> dict[str, tuple[str, str]]:
    """Return form → (label, full name) of the names that have one type in every sentence.

    Forms are compared as they are printed, capitals and all.
    """
    found: dict[str, tuple[str, str]] = {}
    label = ""
    for line in lines("types.txt"):
        if line.startswith("["):
            label = line.strip("[]")
            continue
        full, _, forms = line.partition("=")
        if label == "SHORT":
            continue
        if label == "TEAM":
            found.setdefault(full, ("ORG", full))
            continue
        for form in (full, *filter(None, forms.split("|"))):
            found[form] = (label, full)
    for form, typed in list(found.items()):
        for british, american in SPELT:
            for one, other in ((british, american), (american, british)):
                words = [other if word == one else word for word in form.split(" ")]
                found.setdefault(" ".join(words), typed)
    return found


@functools.cache
def teams() -> dict[str, tuple[str, ...]]:
    """Return nickname → the full names of the clubs that bear it."""
    found: dict[str, list[str]] = {}
    section = False
    for line in lines("types.txt"):
        section = line == "[TEAM]" if line.startswith("[") else section
        full, _, nickname = line.partition("=")
        if section and nickname:
            found.setdefault(nickname, []).append(full)
    return {nickname: tuple(clubs) for nickname, clubs in found.items()}


@functools.cache
def _nicknames() -> dict[str, str]:
    return {club: nickname for nickname, clubs in teams().items() for club in clubs}


def nickname_of(club: str) -> str:
    """Return the nickname of a club of the lists, given its full name; "" for any other name."""
    return _nicknames().get(club, "")


@remembered(1_000)
def edge_words(name: str) -> frozenset[str]:
    """Return the words of an entry of edges.toml."""
    return frozenset(_edges()[name].split())


@functools.cache
def _edges() -> dict[str, str]:
    return tomllib.loads("\n".join(lines("edges.toml")))


def is_acronym(word: str) -> bool:
    """Whether capitals make a word another one than in small letters ("US", "WHO")."""
    return 1 < len(word) <= MAX_ACRONYM and word.isupper()


def is_shared_title(key: str, known: Lexicon) -> bool:
    """Whether a folded word is a title in the plural, which two names share ("Presidents")."""
    titles = known.classes["titles"]
    return (
        key.endswith("s") and key[:-1] in titles and key not in titles and key not in known.family
    )


def lines(name: str) -> list[str]:
    """Return the lines of a data file, packed or not, without comments."""
    raw = (resources.files(__package__) / "data" / name).read_bytes()
    text = (gzip.decompress(raw) if name.endswith(".gz") else raw).decode("utf-8")
    return [line for line in text.split("\n") if line and line[0] != "#"]


@functools.cache
def countries() -> tuple[Country, ...]:
    """Return the countries in the order of the file."""
    found = []
    for line in lines("countries.txt"):
        code, name, *cells = line.split(";")
        forms, adjectives, capitals, seats = (
            tuple(filter(None, cell.split("|"))) for cell in cells
        )
        found.append(
            Country(code, name, (name, *forms), tuple(_with_plurals(adjectives)), capitals, seats)
        )
    return tuple(found)


def _with_plurals(adjectives: tuple[str, ...]) -> Iterator[str]:
    for adjective in adjectives:
        yield adjective
        if not adjective.endswith(("s", "sh", "ch", "ese", "men")):
            yield adjective + "s"


def _named(name: str) -> Iterator[tuple[str, str]]:
    """Yield (form, full name) of a list whose lines are "Full name=Form|Form"."""
    for line in lines(name):
        full, _, forms = line.partition("=")
        for form in (full, *filter(None, forms.split("|"))):
            yield form, full


@functools.cache
def _city(size: str) -> tuple[str, str, str]:
    return ("GPE", "region" if size == "0" else f"city{min(int(size), 7)}", "")


def _phrases() -> dict[str, tuple[str, str, str]]:
    """Return every known name; where two lists hold one, the later of this order wins."""
    phrases: dict[str, tuple[str, str, str]] = {}
    cells = "\t".join(lines("cities.txt.gz")).split("\t")  # a name, its country, its size
    phrases.update(zip(cells[::3], map(_city, cells[2::3]), strict=True))
    for form, full in _named("orgs.txt"):
        phrases[uncached_fold(form)] = ("ORG", "org", full)
    for form, full in _named("groups.txt"):
        phrases[uncached_fold(form)] = ("NORP", "group", full)
    for form, full in _named("places.txt"):
        phrases[uncached_fold(form)] = ("LOC", "place", full)
    for form, full in _named("states.txt"):
        phrases[uncached_fold(form)] = ("GPE", "place", full)
    for country in countries():
        for seat in (*country.capitals, *country.seats):
            phrases[uncached_fold(seat)] = ("GPE", "seat", "")
        for adjective in country.adjectives:
            singular = adjective[:-1] if adjective[:-1] in country.adjectives else adjective
            phrases[uncached_fold(adjective)] = ("NORP", "nationality", singular)
        for form in country.forms:
            phrases[uncached_fold(form.removeprefix("the "))] = ("GPE", "country", country.name)
    return phrases


@functools.cache
def lexicon() -> Lexicon:
    """Return the lists, read once; about 0.1 s."""
    phrases = _phrases()
    prefixes: set[str] = set()
    for phrase in phrases:
        if " " not in phrase:
            continue
        words = phrase.split(" ")
        prefixes.update(" ".join(words[:count]) for count in range(1, len(words)))
    no_people = {
        name
        for name, (_, source, _) in phrases.items()
        if source in ("group", "nationality", "country")
    } - BOTH
    listed = tomllib.loads("\n".join(lines("words.toml")))
    compass = listed["compass"].split()
    lands = [
        name
        for name, (_, source, _) in phrases.items()
        if source == "country" and " " not in name and "-" not in name
    ]
    classes = {name: frozenset(words.split()) for name, words in listed.items()}
    classes["lands"] = frozenset((*lands, *compass))
    classes_of: dict[str, tuple[str, ...]] = {}
    for name, members in classes.items():
        for word in members:
            classes_of[word] = (*classes_of.get(word, ()), name)
    cells = "\t".join(lines("common.txt.gz")).split("\t")  # a word, its level
    return Lexicon(
        common=dict(zip(cells[::2], map(int, cells[1::2]), strict=True)),
        given=frozenset(lines("given.txt.gz")) - no_people,
        family=frozenset(lines("family.txt.gz")) - no_people,
        classes=classes,
        phrases=phrases,
        prefixes=frozenset(prefixes),
        classes_of=classes_of,
    )
