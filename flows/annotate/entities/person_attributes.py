"""What an article says about a person: occupation, country, age. Namesakes are distinguished by it.

Read from the phrase before the name ("Kenyan striker Ada Quist") or behind it ("Ada Quist, 34, a
farmer from Chile"). Former occupations ("a former teacher") do not count. Where no country stands
there, it is the one that the article is about.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar

from flows.annotate.entities.bodies import body
from flows.annotate.entities.lexicon import Country, lines
from flows.annotate.entities.nations import nation, part
from flows.annotate.model import Bearer, Mention
from flows.annotate.quotes.lexicon import lexicon as speech_lexicon

T = TypeVar("T")

BEFORE, BEHIND = 60, 90
"""Characters before and behind a name that may say what its bearer is."""

MIN_TOLD = 2
"""An article is about a country only if it mentions it at least so often."""

AGE = re.compile(
    r"(?:, (?:aged )?| \()(?P<age>[1-9]\d)(?:\)|,| and\b|\.(?!\d)|;| who\b| from\b| of\b)"
)
YEARS = re.compile(r"\b(?P<age>[1-9]\d)-year-old [^.,;:!?“”\"\n]*$")
"""The age behind a name and before it; children under ten share their names with nobody in the
news.
"""

APPOSITION = re.compile(
    r",(?: (?:aged )?\d{1,2},)?"
    r"(?P<words> (?:an?|the|his|her|its|their|who is an?|[A-Z][\w.-]+['’]s)\b"
    r"[^.,;:!?“”\"\n()]*)"
)
PREMODIFIER = re.compile(r"(?:['’]s?)?(?: [\w.-]+){0,5} ")
"""Between a country and the name before which it stands: words alone, or nothing after "'s"."""

WORDS = re.compile(r"[\w-]+")
BREAKS = frozenset(
    "to in of from against with and or but for on at by as that when while over said says told"
    " than".split()
)
"""Words that end the phrase before a name: the ambassador to Ghana is not Ghana's."""

_HOME = re.compile(r"(?:, (?:aged )?\d{1,2},)? (?:of|from) ")
"""Between a person and the country that they are from."""

_CLAUSE_END = re.compile(r"[.,;:!?“”\"\n()](?=\s|$)|[\n“”\"]")
_CONTESTS = frozenset("national collegiate college open cup league club team tour title".split())
"""Words behind a country that make it a body's or a contest's."""

PAST = frozenset("former ex late retired onetime one-time erstwhile then future aspiring".split())


def bearers(text: str, mentions: Sequence[Mention]) -> dict[str, Bearer]:
    """Return full name → what `text` says about that person, where it says anything."""
    setting = _setting(mentions)
    full: dict[str, None] = {}
    told: dict[str, Counter[tuple[str, str | None]]] = defaultdict(Counter)
    ages: dict[str, Counter[int]] = defaultdict(Counter)
    for index, mention in enumerate(mentions):
        if mention.label != "PERSON" or " " not in mention.name:
            continue
        full[mention.name] = None
        for phrase, home in _phrases(text, mentions, index):
            land = _land(home)
            for occupation in _occupations(phrase)[-1:]:
                told[mention.name][occupation, land.code if land else None] += 1
        if age := _age(text, mention):
            ages[mention.name][age] += 1
    found = {}
    for name in full:
        owned = Counter({pair: count for pair, count in told[name].items() if pair[1]})
        said = _commonest(owned or told[name])
        country = said[1] if said else None
        bearer = Bearer(
            said[0] if said else None,
            country or setting,
            is_told=country is not None,
            age=_commonest(ages[name]),
        )
        if bearer != Bearer():
            found[name] = bearer
    return found


@dataclass(frozen=True, slots=True)
class Compatriot:
    """Somebody of a country: the words of the phrases that say so, in small letters, and the parts
    of the country that these phrases name ("scotland").
    """

    words: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()


def compatriots(text: str, mentions: Sequence[Mention], code: str) -> dict[str, Compatriot]:
    """Return full name → what the text says of the people of a country, by its code: "the Chilean
    boxer Ada Quist", "Ada Quist, a Chilean", "Ada Quist, 34, of Chile".

    A country that stands before a body or a contest is not the person's ("Chilean club manager",
    "U.S. collegiate champion").
    """
    found: dict[str, Compatriot] = {}
    for index, mention in enumerate(mentions):
        if mention.label != "PERSON" or " " not in mention.name:
            continue
        told = [
            (phrase, home)
            for phrase, home in _phrases(text, mentions, index)
            if home is not None and not _tells(phrase) and not _of_body(text, home, mention)
        ]
        home = mentions[index + 1] if index + 1 < len(mentions) else None
        if home is not None and _HOME.fullmatch(text, mention.end, home.start):
            told.append(("", home))
        mine = [(phrase, home) for phrase, home in told if getattr(_land(home), "code", "") == code]
        if mine:
            before = found.get(mention.name, Compatriot())
            words = {word.lower() for phrase, _ in mine for word in WORDS.findall(phrase)}
            parts = {name for _, home in mine if (name := part(home.name))}
            found[mention.name] = Compatriot(before.words | words, before.parts | parts)
    return found


def _of_body(text: str, home: Mention, person: Mention) -> bool:
    """Whether the country that stands beside a person is that of a body, not the person's: "Chilean
    club manager Ada Quist", "Ada Quist, a former U.S. national champion".
    """
    is_before = home.end <= person.start
    rest = text[home.end : person.start if is_before else home.end + BEHIND]
    words = [word.lower() for word in WORDS.findall(_CLAUSE_END.split(rest)[0])]
    end = next((place for place, word in enumerate(words) if word in BREAKS), len(words))
    bodies = speech_lexicon()["institutions"]
    return any(word in bodies or word in _CONTESTS for word in words[:end])


def _tells(phrase: str) -> bool:
    """Whether a phrase has a verb or a plural, so that it is more than what somebody is."""
    words = speech_lexicon()
    return any(
        word in words.finite
        or word in words.cues
        or word in words["past_verbs"]
        or (word.endswith(("ed", "s")) and not word.endswith("ss"))
        for word in WORDS.findall(phrase)
    )


def _setting(mentions: Sequence[Mention]) -> str | None:
    """Return the country with half or more of the mentions of countries and peoples, at least
    MIN_TOLD; None where there is none.
    """
    counts = Counter(
        land.code for m in mentions if m.label in ("GPE", "NORP") and (land := nation(m.name))
    )
    for code, count in counts.most_common(1):
        if count >= MIN_TOLD and 2 * count >= counts.total():
            return code
    return None


def _commonest(counts: Counter[T]) -> T | None:
    """Return what was said most often, the first of equals; None where nothing was."""
    return counts.most_common(1)[0][0] if counts else None


def _phrases(
    text: str, mentions: Sequence[Mention], index: int
) -> Iterator[tuple[str, Mention | None]]:
    """Yield the phrases before and behind a mention, each with the mention of a country in it."""
    mention = mentions[index]
    last = mentions[index - 1] if index else None
    start = max(last.end if last else 0, mention.start - BEFORE)
    phrase = _unbroken(text[start : mention.start])
    is_led = phrase is not None and start == getattr(last, "end", -1)
    if phrase:
        yield phrase, last if is_led and PREMODIFIER.fullmatch(phrase) else None
    if behind := APPOSITION.match(text, mention.end, mention.end + BEHIND):
        words_start, words_end = behind.span("words")
        within = [m for m in mentions[index + 1 : index + 4] if m.start < words_end]
        yield (
            behind["words"],
            next((m for m in within if _land(m) and _owns(text[words_start : m.start])), None),
        )


def _unbroken(before: str) -> str | None:
    """Return the end of the words before a name that is one phrase with it; None where none is."""
    phrase = _CLAUSE_END.split(before)[-1]
    words = phrase.split(" ")
    broken = max((place for place, word in enumerate(words) if word.lower() in BREAKS), default=-1)
    return (
        None
        if broken == len(words) - 1
        else " ".join(words[broken + 1 :])
        if broken < 0
        else " ".join(["", *words[broken + 1 :]])
    )


def _owns(between: str) -> bool:
    """Whether a country in the phrase behind a name, after these words, is its bearer's: "a Chilean
    …", "a farmer from Chile".
    """
    words = between.split()
    return not (set(words) & BREAKS) or (
        words[-1] in ("of", "from") and len(set(words) & BREAKS) == 1
    )


def _land(mention: Mention | None) -> Country | None:
    """Return the country of a place, a people or a body of a state; None for no mention."""
    if mention is None:
        return None
    if mention.label in ("GPE", "NORP"):
        return nation(mention.name)
    known = body(mention.name) if mention.label == "ORG" else None
    return known.country if known else None


def _occupations(phrase: str) -> list[str]:
    """Return the occupations that a phrase names, in order, without those of the past."""
    words = WORDS.findall(phrase)
    found = []
    for place, word in enumerate(words):
        if word in ("of", "to", "for", "who", "in", "from"):
            break
        before = words[place - 1].lower() if place else ""
        occupation = _listed().get(f"{before} {word.lower()}") or _listed().get(word.lower())
        if occupation and not PAST & {other.lower() for other in words[max(0, place - 2) : place]}:
            found.append(occupation)
    return found


def _age(text: str, mention: Mention) -> int | None:
    told = AGE.match(text, mention.end) or YEARS.search(
        text[max(0, mention.start - BEFORE) : mention.start]
    )
    return int(told["age"]) if told else None


@functools.cache
def _listed() -> Mapping[str, str]:
    """Return word or two words → occupation."""
    return {
        word.replace("_", " "): occupation
        for occupation, words in _file()["occupations"].items()
        for word in words.split()
    }


@functools.cache
def occupations() -> frozenset[str]:
    """Return the words for what people are that are one word each."""
    words = " ".join(_file()["occupations"].values()).split()
    return frozenset(word for word in words if "_" not in word)


@functools.cache
def far_occupations() -> frozenset[tuple[str, str]]:
    """Return the pairs of occupations that hardly one person has, both ways round."""
    pairs = {(one, other) for one, others in _file()["far"].items() for other in others.split()}
    return frozenset(pairs | {(other, one) for one, other in pairs})


@functools.cache
def _file() -> dict[str, dict[str, str]]:
    return tomllib.loads("\n".join(lines("occupations.toml")))
