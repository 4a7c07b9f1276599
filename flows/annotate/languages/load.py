"""The word lists of one language, read from its folder `<code>/words.toml`.

Here: reading and unfolding the lists. Not here: decisions about a sentence
(`flows.annotate.quotes.general`). docs/languages.md explains every key.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent
ORDERS = ("subject-first", "verb-second", "verb-first", "verb-last")
Phrases = dict[str, tuple[tuple[str, ...], ...]]
"""Phrases of one or more lower-case words, by their first word, the longest first."""


@dataclass(frozen=True, slots=True, eq=False)
class Language:
    """The word lists of one language, lower-case.

    `order` is one of ORDERS. `marks` are pairs of an opening and a closing mark. `says` are forms
    of verbs that report speech, `names` of verbs that quote a few words ("called it"), `says_stems`
    and so on are unfolded into them. `according` are phrases before a source,
    `according_inside` those of them that may stand amid a sentence, `according_behind` phrases
    behind a source, `that` conjunctions
    before reported words. `he`, `she`, `they` and
    `third` (of no gender) are pronouns; `roles_he`, `roles_she`, `roles` are nouns
    for people. `stops` are words that stand in no name and end a noun phrase.
    """

    code: str
    name: str = ""
    order: str = "subject-first"
    is_spaced: bool = True
    is_cased: bool = True
    has_dash_speech: bool = False
    has_inner_attribution: bool = False
    has_noun_capitals: bool = False
    has_compounds: bool = False
    is_inflected: bool = False
    is_family_name_first: bool = False
    drops_subject: bool = False
    has_apostrophe_endings: bool = False
    marks: tuple[str, ...] = ()
    title_marks: tuple[str, ...] = ()
    says: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    says_phrases: Phrases = None  # type: ignore[assignment]
    according: Phrases = None  # type: ignore[assignment]
    according_inside: Phrases = None  # type: ignore[assignment]
    according_behind: Phrases = None  # type: ignore[assignment]
    so: frozenset[str] = frozenset()
    common: frozenset[str] = frozenset()
    that: frozenset[str] = frozenset()
    joins: frozenset[str] = frozenset()
    openers: frozenset[str] = frozenset()
    infinitives: frozenset[str] = frozenset()
    subjunctives: frozenset[str] = frozenset()
    auxiliaries: frozenset[str] = frozenset()
    adverbs: frozenset[str] = frozenset()
    he: frozenset[str] = frozenset()
    she: frozenset[str] = frozenset()
    they: frozenset[str] = frozenset()
    third: frozenset[str] = frozenset()
    as_words: frozenset[str] = frozenset()
    determiners: frozenset[str] = frozenset()
    definite: frozenset[str] = frozenset()
    indefinite: frozenset[str] = frozenset()
    female_determiners: frozenset[str] = frozenset()
    male_determiners: frozenset[str] = frozenset()
    roles_he: frozenset[str] = frozenset()
    roles_she: frozenset[str] = frozenset()
    roles: frozenset[str] = frozenset()
    bodies: frozenset[str] = frozenset()
    links: frozenset[str] = frozenset()
    particles: frozenset[str] = frozenset()
    family_names: frozenset[str] = frozenset()
    time_words: frozenset[str] = frozenset()
    stops: frozenset[str] = frozenset()
    subject_endings: tuple[str, ...] = ()
    other_endings: tuple[str, ...] = ()
    joints: frozenset[str] = frozenset()
    after_marks: tuple[str, ...] = ()
    definite_prefixes: tuple[str, ...] = ()
    glued_prepositions: tuple[str, ...] = ()
    noun_endings: tuple[str, ...] = ()
    adjective_endings: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    elisions: frozenset[str] = frozenset()
    abbreviations: frozenset[str] = frozenset()
    reflexives: frozenset[str] = frozenset()
    so_called: frozenset[str] = frozenset()
    works: frozenset[str] = frozenset()
    months: frozenset[str] = frozenset()
    questions: frozenset[str] = frozenset()
    answers: frozenset[str] = frozenset()
    copulas: frozenset[str] = frozenset()
    thus: frozenset[str] = frozenset()
    noun_marks: tuple[str, ...] = ()

    def role(self, word: str) -> str:
        """Return "he", "she" or "role" where `word` is a noun for a person, else ""."""
        return _role(self, word)

    def opens_phrase(self, word: str) -> bool:
        """Whether a noun phrase may begin with `word` in small letters: a pronoun, an article, an
        office.
        """
        return _opens_phrase(self, word)

    @property
    def cue_openers(self) -> frozenset[str]:
        """The words with which a verb of speech or naming may begin."""
        return _cue_openers(self)

    def is_body(self, word: str) -> bool:
        """Whether `word` is a noun for an organisation, with or without an ending ("kommunen")."""
        stems = _body_stems(self)
        return word in self.bodies or any(word[:-k] in stems for k in (1, 2, 3))


MIN_STEM = 4
"""Letters that the stem of an inflected or compounded office has at least."""


@lru_cache(maxsize=60_000)
def _role(language: Language, word: str) -> str:
    signs = _signs(language)
    if word in signs:
        return signs[word]
    for ending in language.noun_endings:  # "havnefogden"
        found = word.endswith(ending) and _role(language, word.removesuffix(ending))
        if found and len(word) - len(ending) >= MIN_STEM:
            return found
    if language.has_compounds:  # "Verkehrsministerin", "havenmeester"
        ends = (word[i:] for i in range(1, len(word) - MIN_STEM))
        return next((signs[end] for end in ends if end in signs), "")
    if language.is_inflected and len(word) > MIN_STEM:
        stems = _stems(language)
        return next((stems[word[:-k]] for k in (1, 2, 3) if word[:-k] in stems), "")
    return ""


@lru_cache(maxsize=60_000)
def _opens_phrase(language: Language, word: str) -> bool:
    return (
        word in language.determiners
        or word in language.he
        or word in language.she
        or word in language.third
        or word in language.they
        or bool(_role(language, word.rstrip(".")))
    )


@cache
def _cue_openers(language: Language) -> frozenset[str]:
    words = language.auxiliaries | language.says | language.names
    return words.union(language.says_phrases)


@cache
def _signs(language: Language) -> dict[str, str]:
    """Return "he", "she" or "role" by office."""
    found: dict[str, str] = {}
    for sign, roles in (
        ("role", language.roles),
        ("he", language.roles_he),
        ("she", language.roles_she),
    ):
        found |= dict.fromkeys(sorted(roles), sign)
    return found


@cache
def _stems(language: Language) -> dict[str, str]:
    """Return the same by the stem of the office, its last vowel left out."""
    return {
        stem: sign
        for role, sign in _signs(language).items()
        if len(stem := _stem(role)) >= MIN_STEM
    }


@cache
def _body_stems(language: Language) -> frozenset[str]:
    return frozenset(stem for body in language.bodies if len(stem := _stem(body)) >= MIN_STEM)


def _stem(word: str) -> str:
    return word.rstrip("aeiouyăîąęаеиоуыьйіяюα")


PHRASES = ("says_phrases", "according", "according_inside", "according_behind")
WORDS = tuple(key for key, kind in Language.__annotations__.items() if kind == "frozenset[str]")
SEQUENCES = tuple(
    key for key, kind in Language.__annotations__.items() if kind == "tuple[str, ...]"
)
FLAGS = tuple(key for key, kind in Language.__annotations__.items() if kind == "bool")


@cache
def codes() -> tuple[str, ...]:
    """Return the codes of the languages that have a folder."""
    return tuple(sorted(path.parent.name for path in FOLDER.glob("*/words.toml")))


@cache
def load(code: str) -> Language:
    """Return the lists of the language with that code; one without words where it has no folder."""
    if code not in codes():
        return parse(code, {})
    return parse(code, tomllib.loads((FOLDER / code / "words.toml").read_text("utf-8")))


@cache
def examples(code: str) -> list[dict[str, Any]]:
    """Return the examples of a language: sentences of ours with what is to be found in them."""
    found = tomllib.loads((FOLDER / code / "examples.toml").read_text("utf-8"))
    return list(found["example"])


def parse(code: str, raw: dict[str, Any]) -> Language:
    """Return the language that the keys of a words.toml describe. Raises ValueError for a key that
    no language has.
    """
    stems = {"says": raw.pop("says_stems", {}), "names": raw.pop("names_stems", {})}
    fields: dict[str, Any] = {}
    for key, value in raw.items():
        if key in WORDS:
            fields[key] = frozenset(value.split())
        elif key in SEQUENCES:
            fields[key] = tuple(value.split())
        elif key in PHRASES:
            fields[key] = _phrases(value)
        elif key in FLAGS or key in ("name", "order"):
            fields[key] = value
        else:
            raise ValueError(f"{code}/words.toml: unknown key {key!r}; see docs/languages.md")
    for key, by_endings in stems.items():
        unfolded = (
            stem + ending.replace("_", "")
            for endings, listed in by_endings.items()
            for stem in listed.split()
            for ending in endings.split()
        )
        fields[key] = frozenset().union(fields.get(key, ()), unfolded)
    for key in PHRASES:
        fields.setdefault(key, {})
    return Language(code, **fields)


def _phrases(listed: list[str]) -> Phrases:
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in listed:
        words = tuple(phrase.split())
        found.setdefault(words[0], []).append(words)
    return {first: tuple(sorted(some, key=len, reverse=True)) for first, some in found.items()}
