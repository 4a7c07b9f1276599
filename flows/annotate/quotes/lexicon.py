"""The word lists of English, read once: verbs of speech in all their forms, closed classes, names.

Here: loading and inflecting. Not here: decisions about a sentence, other languages
(`flows.annotate.languages`).
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

DATA = Path(__file__).parents[1] / "languages" / "en"
"""The folder of English."""
# The classes of words that stand in no noun phrase.
NOT_NOUNS = (
    "subject_pronouns",
    "object_pronouns",
    "contractions",
    "determiners",
    "possessives",
    "auxiliaries",
    "subordinators",
    "prepositions",
    "conjunctions",
    "common_verbs",
    "adverbs",
)


# The classes of words that are a finite verb or hold one.
FINITE = ("auxiliaries", "contractions", "common_verbs")


@dataclass(frozen=True, slots=True)
class Cue:
    """One form of a cue verb. `kinds` is a subset of speech, stance, mind, document; `form` is
    base, third, past or ing.
    """

    lemma: str
    kinds: frozenset[str]
    form: str


@dataclass(frozen=True, eq=False)
class Lexicon(dict[str, frozenset[str]]):
    """All word lists, lower-cased, those of grammar.toml by name.

    `cues` holds every form of a cue verb; `particles` the words one of which must follow a form for
    it to be a cue ("fired back"); `prepositional` the prepositions before reported words, by lemma;
    `silent` the lemmas that report without marks only with "that"; `noun_forms` the forms that may
    be nouns; `cue_nouns` the nouns that hold words; `telling` all words that may report something
    without marks; `closed` all words that stand in no noun phrase; `finite` the words that are a
    finite verb or hold one ("they've").
    """

    cues: dict[str, Cue]
    particles: dict[str, frozenset[str]]
    prepositional: dict[str, frozenset[str]]
    silent: frozenset[str]
    noun_forms: frozenset[str]
    cue_nouns: frozenset[str]
    telling: frozenset[str]
    male: frozenset[str]
    female: frozenset[str]
    closed: frozenset[str]
    finite: frozenset[str]


def read_data(name: str) -> dict[str, Any]:
    """Return the TOML file `name` of the data folder."""
    return tomllib.loads((DATA / name).read_text("utf-8"))


@cache
def lexicon() -> Lexicon:
    """Return the word lists; read from disk at the first call only."""
    raw, words, names = (
        read_data("verbs.toml"),
        read_data("grammar.toml"),
        read_data("given_names.toml"),
    )
    irregular = {line.split()[0]: line.split() for line in raw["irregular"]["forms"]}
    kinds: dict[str, set[str]] = {}
    for kind in ("speech", "stance", "mind", "document"):
        for lemma in raw[kind]["lemmas"].split():
            kinds.setdefault(lemma, set()).add(kind)
    cues: dict[str, Cue] = {}
    for lemma, of in kinds.items():
        for form, word in _forms(lemma, irregular):
            cues.setdefault(word, Cue(lemma, frozenset(of), form))
    lists = {key: frozenset(value.split()) for key, value in words.items()}
    particles: dict[str, set[str]] = {}
    for line in raw["phrases"]["forms"]:
        lemma, *following = line.split()
        for form, word in _forms(lemma, irregular):
            cues.setdefault(word, Cue(lemma, frozenset({"speech"}), form))
            if cues[word].lemma == lemma and lemma not in kinds:
                particles.setdefault(word, set()).update(following)
    found = Lexicon(
        cues=cues,
        particles={word: frozenset(following) for word, following in particles.items()},
        prepositional={
            line.split()[0]: frozenset(line.split()[1:]) for line in raw["prepositional"]["forms"]
        },
        silent=frozenset(raw["silent"]["lemmas"].split()),
        telling=frozenset().union(cues, ("according",)),
        noun_forms=frozenset(raw["noun_forms"]["forms"].split()),
        cue_nouns=frozenset(raw["nouns"]["forms"].split()),
        male=frozenset(names["male"].split()),
        female=frozenset(names["female"].split()),
        closed=frozenset().union(*(lists[key] for key in NOT_NOUNS)),
        finite=frozenset().union(*(lists[key] for key in FINITE)),
    )
    found.update(lists)
    return found


def _forms(lemma: str, irregular: dict[str, list[str]]) -> list[tuple[str, str]]:
    """Return (form, word) of a verb, the past first so that it wins where forms coincide."""
    if lemma in irregular:
        base, third, past, participle, ing = irregular[lemma]
        return [
            ("past", past),
            ("past", participle),
            ("ing", ing),
            ("third", third),
            ("base", base),
        ]
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    third = lemma + "es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else lemma + "s"
    return [("past", stem + "ed"), ("ing", stem + "ing"), ("third", third), ("base", lemma)]
