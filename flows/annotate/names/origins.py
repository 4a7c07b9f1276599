"""People who are called by their origin: "the Norwegian" is the one person whom the article calls
Norwegian. Such words become a mention of this person.

Not here: people by their role (`roles`), who are speakers and no mentions: a role is no name.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping, Sequence
from importlib import resources

from flows.annotate.entities.nations import gender_of_people, is_person, nation, part
from flows.annotate.entities.person_attributes import Compatriot, compatriots, occupations
from flows.annotate.model import Bearer, Mention
from flows.annotate.names.person_name import gender_of, parse
from flows.annotate.quotes.lexicon import lexicon as speech_lexicon

BEFORE, BEHIND = 70, 50
"""Characters before and behind a word for a people that say whether it is a person."""

HEAD_WORDS = 3
"""Words behind "a Norwegian" among which stands what this one is."""

_LEAD = re.compile(r"(?<![\w'’-])[Tt]he (?P<kind>(?:[a-z\d][\w-]* ){0,2})$")
_ANOTHER = re.compile(r"\b(?:[Aa]n?|[Oo]ne|[Aa]nother|[Ff]ellow) (?:[\w-]+ ){0,3}$")
_PREDICATE = re.compile(r"(?:,(?: \d\d,)?| (?:is|was|as)|,? who (?:is|was)) an? (?:[\w-]+ ){0,3}$")
_AGE = re.compile(r"(\d{1,3})-year-old")
_WORD = re.compile(r"[^\W_][\w’'-]*")
_CLOSED = re.compile(r"\s*(?:[.;:!?)—–”\"]|$)|\n| [-—–(“\"]|['’]s? ")
_JOINED = re.compile(r",? (?:and|or) |, ")
_GOES_ON = re.compile(r" ([a-z][\w-]*)")
_SENTENCE = re.compile(r"[.!?]\s|\n")
_OPENING = ("“", '"', "‘", "'")
_CLOSING = ("”", '"', "’", "'")


def name_origins(
    text: str, mentions: Sequence[Mention], said: Mapping[str, Bearer]
) -> tuple[Mention, ...]:
    """Return the mentions. The words for one person called by origin ("the Norwegian", "the
    34-year-old Swede") are a mention of the only person to whom the text gives this origin.

    If there are two such people or none, or the text speaks of one without a name ("a Norwegian
    tourist"), the mention stays that of a people. `said` is what the text says of people, by name.
    """
    found = list(mentions)
    known: dict[str, dict[str, Compatriot]] = {}
    for index, m in enumerate(mentions):
        land = nation(m.name) if m.label == "NORP" else None
        if land is None or not is_person(text[m.start : m.end]):
            continue
        lead = _LEAD.search(text, max(0, m.start - BEFORE), m.start)
        if lead is None or not (_is_led(text, lead) and _stands_alone(text, mentions, index)):
            continue
        if land.code not in known:
            known[land.code] = compatriots(text, mentions, land.code)
        holder = _holder(text, m, lead["kind"], known[land.code], said)
        if holder is None:
            continue
        words = known[land.code][holder].words
        if not _speaks_of_another(text, mentions, index, holder, words):
            found[index] = Mention(lead.start(), m.end, "PERSON", holder)
    return tuple(found)


def _is_led(text: str, lead: re.Match[str]) -> bool:
    """Whether the words before a word for a people lead to a person: "the", an age, what describes
    somebody; no title of a work in marks, no language.
    """
    if any(not (_AGE.fullmatch(w) or w in _words("describing")) for w in lead["kind"].split()):
        return False
    before = _SENTENCE.split(text[max(0, lead.start() - BEFORE) : lead.start()])[-1]
    is_language = before.endswith(("from ", "in ")) and not _words("languages").isdisjoint(
        word.lower() for word in _WORD.findall(before)
    )
    return not is_language


def _stands_alone(text: str, mentions: Sequence[Mention], index: int) -> bool:
    """Whether a word for a people is a noun: behind it the phrase is over, or a verb or a small
    word follows; it is no adjective ("the Norwegian fleet") and no title in marks.
    """
    m = mentions[index]
    behind = text[m.end : m.end + BEHIND]
    if _CLOSED.match(behind):
        is_title = text[max(0, m.start - 5) : m.start].startswith(_OPENING)
        return not (is_title and behind.startswith(_CLOSING))
    if joint := _JOINED.match(behind):
        following = mentions[index + 1] if index + 1 < len(mentions) else None
        at = m.end + joint.end()
        if following is not None and following.start == at:
            return following.label == "PERSON"
        word = _WORD.match(text, at)
        return joint[0] == ", " or (word is not None and _follows_noun(word[0].lower()))
    if not behind.startswith(" "):
        return False
    words = [*_WORD.findall(behind), "", "", ""]
    return _goes_on(words[0], words[1], words[2])


def _follows_noun(word: str) -> bool:
    """Whether a word may follow a person as the subject or the end of a phrase."""
    speech = speech_lexicon()
    if word in speech.closed:
        return word not in speech["subject_pronouns"] and word not in _RESTRICTING
    cue = speech.cues.get(word)
    return (
        word in speech["past_verbs"]
        or word in _words("pasts")
        or (cue is not None and cue.form == "past")
    )


_RESTRICTING = frozenset(("of", "who", "whose", "whom", "that", "which", "than"))
"""Words behind a noun that say which one is meant: it may be one who has no name."""

_BASES = frozenset("go come get take make give meet win lose keep bring become lead run".split())
"""Forms of verbs that no singular subject has: behind a people they are nouns."""


def _goes_on(word: str, next_word: str, third: str) -> bool:
    """Whether these three words follow a person called by origin."""
    speech = speech_lexicon()
    if word in _words("passives") and next_word in _words("passive_leads"):
        return False
    if word in _words("reported") and next_word == "to":
        return third in speech.closed and third not in speech["auxiliaries"]  # "said to her"
    if word in _BASES:
        return False
    if _follows_noun(word):
        return True
    if word.endswith("ly") and word not in speech["no_adverbs"]:
        return next_word.endswith("ed") or _follows_noun(next_word)
    cue = speech.cues.get(word)
    if cue is not None and cue.form == "third" and word not in speech.noun_forms:
        return True
    is_past = word.endswith("ed") or (cue is not None and cue.form == "third")
    return is_past and (
        not next_word
        or next_word in speech.closed
        or next_word in speech["adjectives"]
        or next_word.isdigit()
        or next_word.endswith("ly")
    )


def _holder(
    text: str, m: Mention, kind: str, known: Mapping[str, Compatriot], said: Mapping[str, Bearer]
) -> str | None:
    """Return the only person who has the origin, the age and the gender of the words."""
    words = text[m.start : m.end]
    gender = gender_of_people(words)
    age = _AGE.search(kind)
    fitting = [
        name
        for name, who in known.items()
        if (not part(words) or part(words) in who.parts)
        and gender in (None, gender_of(parse(name)) or gender)
        and (age is None or said.get(name, Bearer()).age in (None, int(age[1])))
    ]
    return fitting[0] if len(fitting) == 1 and text.find(fitting[0].split()[-1]) < m.start else None


def _speaks_of_another(
    text: str, mentions: Sequence[Mention], index: int, holder: str, words: frozenset[str]
) -> bool:
    """Whether the text speaks of somebody else of the people at `index` who has no name in it: "a
    Norwegian tourist", where the words for the person who has one do not say "tourist".
    """
    land = nation(mentions[index].name)
    for place, m in enumerate(mentions):
        if m.label != "NORP" or nation(m.name) != land:
            continue
        low = max(0, m.start - BEFORE)
        if not _ANOTHER.search(text, low, m.start) or _PREDICATE.search(text, low, m.start):
            continue  # a predicate says what somebody with a name is
        following = mentions[place + 1] if place + 1 < len(mentions) else m
        between = text[m.end : following.start].split()
        if following.label == "PERSON" and speech_lexicon().closed.isdisjoint(between):
            if following.name != holder:
                return True
            continue  # "a Norwegian, Rune Dahl"
        heads = _heads(text, m.end)
        if words.isdisjoint(heads) and (not heads or any(map(_is_person_word, heads))):
            return True
    return False


def _heads(text: str, at: int) -> list[str]:
    """Return the words that go on a phrase at character `at`."""
    found: list[str] = []
    closed = speech_lexicon().closed
    while len(found) < HEAD_WORDS and (match := _GOES_ON.match(text, at)):
        if match[1] in closed:
            break
        found.append(match[1])
        at = match.end()
    return found


def _is_person_word(word: str) -> bool:
    return (
        word in occupations()
        or word in speech_lexicon()["roles"]
        or word.endswith(("er", "or", "ist", "man", "woman"))
    )


@functools.cache
def _words(name: str) -> frozenset[str]:
    raw = (resources.files(__package__) / "data" / "origins.toml").read_text(encoding="utf-8")
    return frozenset(tomllib.loads(raw)[name].split())
