"""A person's name as its parts: given name, middle names and initials, surname with its particles,
generation.

Written for names as news prints them: titles, parties and ages may stand before them, nothing is
ever "Surname, Given". The library nameparser was measured and left out: 0.24 ms a name, and the
names it reads wrong are the ones that matter here (two surnames, a particle that is a name).
"""

from __future__ import annotations

import functools
import re
from dataclasses import dataclass

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.names.words import generations, people_words, plain_text, spellings
from flows.annotate.quotes.lexicon import lexicon as speech_lexicon

_PART = re.compile(r"[^\W_]+(?:[-‐‑][^\W_]+)*")
_INITIALS = re.compile(r"(?:[^\W\d_]\.[\s-]?){1,4}$|[A-Z]{2,3}$")
_DOTTED = re.compile(r"\b([^\W\d_])\.")  # "H.W." are two initials
_ROMAN = frozenset(("2", "3", "4"))
MIN_PARTICLES = 2
"""Words of a name that opens with one particle and a surname."""

MAX_BEFORE_PARTY = 2
"""Words before a party that go with it ("Florida Republican …", "New York Democrat …")."""


@dataclass(frozen=True, slots=True)
class PersonName:
    """The folded parts of a name. A part of several words is joined with spaces.

    `given` is empty in a surname alone. `initials` opens a name in place of a given name ("j",
    "jr" of "J. R. Quill"), or stands before one that is spelt ("j" of "J. Christopher Quill").
    `middle` holds middle names and initials in order, `generation` is "jr", "sr", "2" … or empty.
    """

    given: str = ""
    middle: tuple[str, ...] = ()
    surname: str = ""
    generation: str = ""
    initials: str = ""

    @property
    def is_full(self) -> bool:
        """Whether the name has more than a surname with initials."""
        return bool(self.given)

    @property
    def words(self) -> list[str]:
        """All words in order, as they make the name's key."""
        parts = [self.initials, self.given, *self.middle, self.surname, self.generation]
        return " ".join(filter(None, parts)).split()


@functools.lru_cache(maxsize=50_000)
def parse(name: str) -> PersonName:
    """Return the parts of a person's name. A name that opens with a particle ("van Dorn",
    "Al-Karmi") is a surname.
    """
    parts = _without_titles(_PART.findall(plain_text(_DOTTED.sub(r"\1 ", name))))
    parts, generation = _without_ending(parts)
    if not parts:
        return PersonName(surname=" ".join(_PART.findall(plain_text(name))) or plain_text(name))
    spelt = [_spelt(part) for part in parts]
    if len(spelt) == 1:
        if generation in _ROMAN:  # Charles III has no surname
            return PersonName(given=spelt[0], generation=generation)
        return PersonName(surname=spelt[0], generation=generation)
    if _opens_with_particle(name, parts):
        return PersonName(surname=" ".join(spelt), generation=generation)
    surname_from = _surname_from(parts)
    before, surname = spelt[:surname_from], " ".join(spelt[surname_from:])
    opening = 0
    while opening < len(before) and _is_initial(before[opening], name):
        opening += 1
    if opening == len(before):
        return PersonName("", (), surname, generation, "".join(before))
    given, middle = before[opening], tuple(before[opening + 1 :])
    return PersonName(given, middle, surname, generation, "".join(before[:opening]))


@functools.lru_cache(maxsize=50_000)
def untitled(name: str) -> str:
    """Return a printed name without the titles, parties and ages before it: "Republican Ada Voss"
    is "Ada Voss"; a full stop behind Jr. stays.
    """
    printed = name.split()
    parts = _PART.findall(plain_text(_DOTTED.sub(r"\1 ", name)))
    cut = len(parts) - len(_without_titles(parts))
    words = [len(_PART.findall(plain_text(_DOTTED.sub(r"\1 ", word)))) for word in printed]
    while cut > 0 and printed[1:] and words[0] <= cut:
        cut -= words.pop(0)
        printed = printed[1:]
    return " ".join(printed)


def surnames(who: PersonName) -> list[str]:
    """Return what a full name may be called for short: its surname with and without particles, two
    surnames, and the first word where it may be the family's.
    """
    found = [who.surname, bare(who.surname)]
    if who.middle and _may_be_surname(who.middle[-1]):  # "Peña" and "Peña Nieto"
        found += [f"{who.middle[-1]} {who.surname}", who.middle[-1]]
    if who.given and not who.initials and may_open(who.given):
        found.append(who.given)
    return list(dict.fromkeys(filter(None, found)))


def bare(surname: str) -> str:
    """Return a surname without its particles; news prints "Van der Berg" and "Berg" of one man."""
    words = surname.split()
    while len(words) > 1 and words[0] in people_words()["particles"]:
        words = words[1:]
    return " ".join(words)


def both_given(one: str, other: str) -> bool:
    """Whether both words are given names, so that their order tells two people apart (Marco Paolo,
    Paolo Marco).
    """
    given = lexicon().given
    return one in given and other in given


def may_open(word: str) -> bool:
    """Whether a family name may be what stands first: the lists hold it as one, or not as a given
    name.
    """
    known = lexicon()
    return (word in known.family and not is_common_given(word)) or word not in known.given


def _may_be_surname(word: str) -> bool:
    return len(word) > 1 and word in lexicon().family and not is_common_given(word)


def looks_like_person(name: str) -> bool:
    """Whether a name of any type is made as a person's: a common given name and a surname."""
    who = parse(name)
    return bool(who.surname) and is_common_given(who.given)


def gender_of(who: PersonName) -> str | None:
    """Return "he" or "she" where the given name is a man's or a woman's, else None."""
    words = speech_lexicon()
    if who.given in words.male or who.given in words.female:
        return "he" if who.given in words.male else "she"
    return None


@functools.cache
def _common_given() -> frozenset[str]:
    words = speech_lexicon()
    return words.male | words.female


def is_common_given(word: str) -> bool:
    """Whether a word is a given name first of all. The long list of given names holds many
    surnames too ("Garcia"), since somebody was given them.
    """
    return word in _common_given()


def _without_titles(parts: list[str]) -> list[str]:
    """Return the parts without titles, parties and ages before the name."""
    words = people_words()
    for at in range(min(MAX_BEFORE_PARTY + 1, len(parts) - 1)):
        if parts[at] in words["party_words"] and len(parts) - at > 2:
            parts = parts[at + 1 :]
            break
    while len(parts) > 1 and (
        parts[0] in words["titles"] or parts[0][0].isdigit() or parts[0] == "year-old"
    ):
        parts = parts[1:]
    if len(parts) > 2 and parts[0] in words["maybe_titles"]:
        is_royal = generations().get(parts[-1]) in _ROMAN
        if is_royal or parts[1] in lexicon().given:
            return parts[1:]
    return parts


def _without_ending(parts: list[str]) -> tuple[list[str], str]:
    """Return the parts without generation and letters behind the name, and the generation."""
    words, generation = people_words(), ""
    while len(parts) > 1:
        last = parts[-1]
        if last in generations() and not generation:
            if len(parts) == 2 and generations()[last] not in _ROMAN:
                break  # "Vinicius Junior", "Neymar Jr" go by both words
            generation = generations()[last]
        elif last not in words["letters_behind"] or len(parts) == 2:
            break
        parts = parts[:-1]
    return parts, generation


def _opens_with_particle(name: str, parts: list[str]) -> bool:
    """Whether all words but the last are particles: two or more ("Van den Berg"), or the first one
    printed small or joined by a hyphen ("van Dorn", "Al-Karmi"). "Van Morrison" and "Ben Okri" have
    a given name.
    """
    particles = people_words()["joining"]
    if not all(part in particles for part in parts[:-1]):
        return False
    printed = name.split()[-len(parts) :]
    is_double = len(parts) > MIN_PARTICLES and parts[0] in people_words()["particles"]
    return bool(printed) and (printed[0][0].islower() or is_double)


def _surname_from(parts: list[str]) -> int:
    """Return the index of the surname's first part: particles before the last part belong to it."""
    at = len(parts) - 1
    while at > 1 and parts[at - 1] in people_words()["particles"]:
        at -= 1
    return at


def _is_initial(word: str, name: str) -> bool:
    """Whether a word is an initial, or two or three written together ("JD", "T.S.")."""
    if len(word) == 1:
        return word.isalpha()
    if len(word) > 3 or word in lexicon().given:
        return False
    first = name.split()[0] if name.split() else ""
    return bool(_INITIALS.fullmatch(first)) and plain_text(first) == word


def _spelt(part: str) -> str:
    """Return a part in the spelling by which names are compared, its hyphens as spaces."""
    return " ".join(spellings().get(word, word) for word in re.split(r"[-‐‑]", part))
