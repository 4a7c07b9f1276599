"""Speakers who are named by their role: "the president said" is the president whom the article
names, where it names exactly one. Where it names none, the role is written in one way.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from importlib import resources

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.person_attributes import occupations
from flows.annotate.model import Bearer, Mention, Quote
from flows.annotate.names.kinds import bodies_of_kind
from flows.annotate.names.person_name import gender_of, parse
from flows.annotate.names.words import people_words
from flows.annotate.quotes.antecedents import PRONOUNS
from flows.annotate.quotes.lexicon import lexicon as speech_lexicon
from flows.annotate.quotes.said import PLURAL

BEFORE, BEHIND = 70, 90
"""Characters before and behind a person's name in which the role stands."""

MAX_MODIFIERS = 4
"""Words before a role that are part of it ("Deputy House Majority Leader")."""

RELATIVES = ("who", "which", "that")
"""Words of a relative clause that stand for its speaker."""

DEPARTMENTS = frozenset("interior treasury justice commerce homeland".split())
"""Words that keep their capital before "officials": whose they are."""

_WORD = re.compile(r"[^\W\d_]+(?:[-‐‑.][^\W\d_]+)*\.?|\d+(?:-year-old)?")
_END = re.compile(r"[,;:!?()“”\"\n]|(?<=[a-z]{3})\.\s")
_AGE = re.compile(r"^the (\d{1,3})[- ]years?[- ]old\b", re.I)
_DEFINITE = re.compile(
    r"^(?:the|his|her|their|its|this|that)\b|^[^\s]+(?:\s[^\s]+){0,3}['’]s?\s", re.I
)
_KIN = re.compile(r"^(?P<whose>the|his|her) (?P<kin>[\w-]+)$", re.I)
_PEOPLE = re.compile(r"^[Tt]he ([A-Z][a-z]+(?: [A-Z][a-z]+)?)$")
_ARTICLE = re.compile(r"^(?:The|A|An)\b")
_BODY = re.compile(r"^[Tt]he ([a-z]+)$")


@dataclass(frozen=True, slots=True)
class Role:
    """A role as roles are compared: its head, the words that change it, those before it, and the
    names of places, peoples and organisations within its phrase.
    """

    head: str
    qualifiers: frozenset[str]
    modifiers: frozenset[str]
    names: frozenset[str]


@functools.cache
def _file() -> Mapping[str, str]:
    raw = (resources.files(__package__) / "data" / "roles.toml").read_text(encoding="utf-8")
    found: dict[str, str] = tomllib.loads(raw)
    return found


@functools.cache
def _words(name: str) -> frozenset[str]:
    return frozenset(word.replace("_", " ") for word in _file()[name].split())


@functools.cache
def _alike() -> Mapping[str, str]:
    """Return word for a role → the word by which roles are compared."""
    found: dict[str, str] = {}
    for line in _file()["alike"].split("\n"):
        first, _, others = line.partition("=")
        found |= {other.replace("_", " "): first.replace("_", " ") for other in others.split("|")}
    return found


@functools.cache
def _wider() -> Mapping[str, frozenset[str]]:
    """Return wider word → the roles that it may stand for."""
    found: dict[str, frozenset[str]] = {}
    for line in _file()["wider"].split("\n"):
        word, _, roles = line.partition("=")
        found[word] = frozenset(role.replace("_", " ") for role in roles.split("|"))
    return found


def name_roles(
    text: str, quotes: Sequence[Quote], mentions: Sequence[Mention], bearers: Mapping[str, Bearer]
) -> tuple[Quote, ...]:
    """Return the quotations; speakers by role have the holder's name as `speaker`, or the role in
    one spelling. `speaker_surface` and offsets stay what the text prints.
    """
    named = {m.name for m in mentions}
    spans = {(m.start, m.end) for m in mentions}
    open_to = [
        q.speaker is not None
        and q.speaker_start is not None
        and q.speaker not in named
        and (q.speaker_start, q.speaker_end) not in spans
        for q in quotes
    ]
    peoples = {(m.end, m.name) for m in mentions if m.label == "NORP"}
    open_to = [
        is_open
        or ((q.speaker_end, q.speaker) in peoples and bool(_PEOPLE.match(q.speaker_surface or "")))
        for is_open, q in zip(open_to, quotes, strict=True)
    ]
    quotes = [
        replace(q, speaker=q.speaker_surface)  # "Some Europeans", not "European"
        if (q.speaker_end, q.speaker) in peoples
        else q
        for q in quotes
    ]
    if not any(open_to):
        return tuple(quotes)
    holders = _holders(text, mentions)
    resolved = [
        _resolved(text, q, mentions, bearers, holders) if is_open else q.speaker
        for q, is_open in zip(quotes, open_to, strict=True)
    ]
    called = {
        q.speaker: name
        for q, name in zip(quotes, resolved, strict=True)
        if q.speaker and q.speaker == " ".join((q.speaker_surface or "").split())
    }
    return tuple(
        replace(
            q,
            speaker=called.get(name, _small(name, q.speaker_surface or ""))
            if is_open and name
            else name,
        )
        for q, name, is_open in zip(quotes, resolved, open_to, strict=True)
    )


def _small(words: str, surface: str) -> str:
    """Return what a pronoun stands for without the capital of its sentence: "the board",
    "officials".
    """
    words = _ARTICLE.sub(lambda match: match[0].lower(), words)
    key = surface.casefold()
    return _small_noun(words) if key in PRONOUNS or key in RELATIVES else words


def _resolved(
    text: str,
    quote: Quote,
    mentions: Sequence[Mention],
    bearers: Mapping[str, Bearer],
    holders: Mapping[str, set[Role]],
) -> str | None:
    start, end = quote.speaker_start or 0, quote.speaker_end or 0
    phrase = text[start:end]
    if quote.speaker is None or " ".join(phrase.split()) != quote.speaker:
        return quote.speaker  # somebody else explained it already
    if age := _AGE.match(phrase):
        named = [m for m in mentions if m.label == "PERSON"]
        people = {m.name for m in named if m.end <= start} or {m.name for m in named}
        aged = [name for name, said in bearers.items() if said.age == int(age[1])]
        ageless = [name for name in people if bearers.get(name, Bearer()).age is None]
        if len(aged) == 1:
            return aged[0]
        if not aged and len(people) == len(ageless) == 1:
            return ageless[0]
    if (kin := _KIN.match(phrase)) and kin["kin"].casefold() in people_words()["kin"]:
        found = _relatives(text, kin["whose"].casefold(), kin["kin"].casefold(), mentions)
        return found.pop() if len(found) == 1 else _normalised(text, start, end, mentions)
    if _DEFINITE.match(phrase):
        role = _role_of(text, start, end, mentions)
        found = {name for name in holders if role and _holds(name, role, phrase, holders[name])}
        if len(found) == 1:
            return found.pop()
    if (body := _BODY.match(phrase)) and body[1] in _words("bodies"):
        found = bodies_of_kind(text, body[1], start, mentions)
        if len(found) == 1:
            return found.pop()
    return _normalised(text, start, end, mentions)


def _relatives(text: str, whose: str, kin: str, mentions: Sequence[Mention]) -> set[str]:
    """Return the people whom the text calls by a word for a relative, beside their name ("her
    husband, Owen Quill", "Owen Quill, her husband"). If `whose` is "his" or "her", the text must
    have the same word there.
    """
    led = "" if whose == "the" else f"{whose} "
    before = re.compile(rf"\b{led}{kin},? $", re.I)
    behind = re.compile(rf", {led}{kin}(?=[,.;)])" if led else rf", [^,.;]{{0,40}}\b{kin}\b")
    return {
        m.name
        for m in mentions
        if m.label == "PERSON"
        and (
            before.search(text, max(0, m.start - len(led + kin) - 3), m.start)
            or behind.match(text, m.end)
        )
    }


def _holders(text: str, mentions: Sequence[Mention]) -> dict[str, set[Role]]:
    """Return person → the roles that the text gives them, beside their name."""
    found: dict[str, set[Role]] = defaultdict(set)
    for index, mention in enumerate(mentions):
        if mention.label != "PERSON":
            continue
        place = _place_behind(text, mentions, index)
        for start, end in _phrases(text, mentions, index):
            if role := _role_of(text, start, end, mentions):
                found[mention.name].add(replace(role, names=role.names | place))
    return found


def _place_behind(text: str, mentions: Sequence[Mention], index: int) -> frozenset[str]:
    """Return the name of the place that stands behind a person and "of" ("Mayor Ana Ruiz of
    Tollmere").
    """
    if index + 1 >= len(mentions) or mentions[index + 1].label not in ("GPE", "LOC"):
        return frozenset()
    place = mentions[index + 1]
    is_joined = text[mentions[index].end : place.start] == " of "
    return frozenset((place.name,)) if is_joined else frozenset()


def _phrases(text: str, mentions: Sequence[Mention], index: int) -> Iterator[tuple[int, int]]:
    """Yield the spans of the words before a person's name and behind it that may tell a role."""
    mention = mentions[index]
    low = max(0, mention.start - BEFORE)
    before = text[low : mention.start].removesuffix(", ")
    ends = [m.end() for m in _END.finditer(before)]
    words = list(_WORD.finditer(before, ends[-1] if ends else 0))
    is_beside = bool(words) and not before[words[-1].end() :].strip()
    if is_beside and words[-1][0].casefold() not in speech_lexicon().closed:
        yield low + _phrase_start(words), low + len(before)
        is_apposed = text[mention.start - 2 : mention.start] == ", "
        if is_apposed and text[mention.end : mention.end + 1] in (",", ".") and " of " in before:
            yield low + words[0].start(), low + len(before)  # "the mayor of Tollmere, Ana Ruiz,"
    if text[mention.end : mention.end + 2] in (", ", " (") and not text.startswith(
        "and ", mention.end + 2
    ):
        start = mention.end + 2
        stop = _END.search(text, start, mention.end + BEHIND)
        if stop and stop.start() > start:
            yield start, stop.start()
    elif behind := re.match(
        r" (?:is|was),? (?=(?:the|a|an) )", text[mention.end : mention.end + 9]
    ):
        start = mention.end + behind.end()
        stop = _END.search(text, start, mention.end + BEHIND)
        if stop:
            yield start, stop.start()


def _phrase_start(words: Sequence[re.Match[str]]) -> int:
    """Return where the noun phrase begins that ends in the last of `words`: "council leader",
    "President", not what stands before it in the sentence.
    """
    is_title = words[-1][0][0].isupper()
    first = len(words) - 1
    while first > 0 and len(words) - first <= MAX_MODIFIERS:
        word = words[first - 1][0]
        is_part = word[0].isupper() if is_title else word.casefold() not in speech_lexicon().closed
        if is_title and word == "of" and first > 1:
            is_part = _is_role(words[first - 2][0].casefold())  # "Secretary of State Ana Ruiz"
        if not is_part or words[first - 1].end() + 1 != words[first].start():
            break
        first -= 1
    return words[first].start()


def _role_of(text: str, start: int, end: int, mentions: Sequence[Mention]) -> Role | None:
    """Return the role that a phrase names: the last word for one before "of", "for", "who" …; None
    where there is no such word.
    """
    inside = [m for m in mentions if start <= m.start and m.end <= end and m.label != "PERSON"]
    people = [m for m in mentions if start <= m.start and m.end <= end and m.label == "PERSON"]
    covered = {at for m in (*inside, *people) for at in range(m.start, m.end)}
    before: list[str] = []
    head = ""
    for match in _WORD.finditer(text, start, end):
        if match.start() in covered:
            continue
        word = match[0].casefold().rstrip(".")
        if text[match.end() : match.end() + 2] in ("'s", "’s") and not head:
            before.clear()  # "the company's chief executive"
            continue
        first, hyphen, last = word.partition("-")
        if hyphen and first in _words("qualifiers") and _is_role(last):
            before += [head, first] if head else [first]  # "vice-chancellor"
            head, word = "", last
        if head and word in ("of", "for", "who", "at", "in", "from", "to", "on", "and", "with"):
            break
        if _is_role(word) or word in occupations():
            before += [head] if head else []
            head = word
        elif head:
            if match[0][0].isupper() or word in _words("qualifiers"):
                break
            before += [head, word]
            head = ""
        else:
            before.append(word)
    if not head:
        return None
    modifiers = [w for w in before[-MAX_MODIFIERS:] if w and w not in _STOP]
    if modifiers and f"{modifiers[-1]} {head}" in _alike():
        head, modifiers = f"{modifiers[-1]} {head}", modifiers[:-1]
    qualifiers = frozenset(modifiers) & _words("qualifiers")
    names = frozenset(m.name for m in (*inside, *people))
    return Role(_alike().get(head, head), qualifiers, frozenset(modifiers) - qualifiers, names)


_STOP = frozenset("the a an his her its their this that s of and".split())


def _is_role(word: str) -> bool:
    if word in people_words()["kin"]:
        return False  # whose son he is, only the sentence says
    return word in lexicon().classes["roles"] or word in _alike() or word in _wider()


def _holds(name: str, role: Role, phrase: str, held: set[Role]) -> bool:
    """Whether somebody who holds these roles is whom the phrase means."""
    words = {word.casefold() for word in _WORD.findall(phrase)}
    gender = gender_of(parse(name))
    if (gender == "she" and words & _words("men")) or (gender == "he" and words & _words("women")):
        return False
    return any(_is_one(role, other) for other in held)


def _is_one(asked: Role, held: Role) -> bool:
    is_head = asked.head == held.head or held.head in _wider().get(asked.head, ())
    if not is_head or asked.qualifiers != held.qualifiers or not asked.names <= held.names:
        return False
    return asked.head not in _words("portfolios") or asked.modifiers <= held.modifiers


def _normalised(text: str, start: int, end: int, mentions: Sequence[Mention]) -> str:
    """Return the phrase with a small article, and with the full name of the institution or place
    that ends it, unless the phrase names the country before ("Kenya's Ministry of Health").
    """
    parts, at = [], start
    inside = [m for m in mentions if start <= m.start and m.end <= end]
    if any(m.label in ("GPE", "NORP") for m in inside[:-1]):
        inside = []
    for m in inside:
        if m.end == end and m.label in ("ORG", "GPE", "LOC"):
            parts += [text[at : m.start], m.name]
            at = m.end
    parts.append(text[at:end])
    words = " ".join("".join(parts).split())
    words = _ARTICLE.sub(lambda match: match[0].lower(), words)
    if not any(start <= m.start < end for m in mentions):
        words = words if words.isupper() else _small_roles(words)
    return _small_noun(words) if not inside else words


def _small_noun(words: str) -> str:
    """Return a phrase of plain words without the capital with which it opens a sentence: "police"
    for "Police", "security experts" for "Security experts"; "King" may be a name.
    """
    first, _, rest = words.partition(" ")
    low = first.casefold()
    is_plain = first.istitle() and low in lexicon().common and rest == rest.casefold()
    is_plain &= not (rest and low in DEPARTMENTS)
    return words[0].lower() + words[1:] if is_plain and words.casefold().endswith(PLURAL) else words


def _small_roles(words: str) -> str:
    """Return a phrase with its words for roles in small letters: "the President"."""
    if " " not in words:
        return words  # "King" is a name
    return " ".join(
        word.casefold() if word.istitle() and _is_role(word.casefold()) else word
        for word in words.split(" ")
    )
