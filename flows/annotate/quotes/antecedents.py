"""What "it" and "they" stand for where they report: the institution, the document or the several
people whose words the text gave right before.

Not here: whom "he" and "she" mean (`salience`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.naming import Speaker
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, is_agent
from flows.annotate.quotes.said import PLURAL

PRONOUNS = ("it", "they")


@dataclass(frozen=True, slots=True)
class Heard:
    """Who reported last, not counting "it" and "they": the source, the speaker, the number of the
    sentence, and who reported first in it.
    """

    source: Source
    speaker: Speaker
    sentence: int
    outer: Heard | None = None


def is_pronoun(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is "it" or "they" alone."""
    return phrase.last - phrase.first == 1 and reading.tokens[phrase.head].low in PRONOUNS


def stands_for(reading: Reading, phrase: Phrase, before: Heard | None, sentence: int) -> str | None:
    """Return the name that an "it" or "they" in sentence number `sentence` stands for. None if who
    reported last is of another kind, or did so earlier than in the sentence before.
    """
    if before is None or sentence - before.sentence > 1 or not before.speaker.name:
        return None
    meant = before.source.phrase.antecedent or before.source.phrase
    if _only_seems(reading, before.source, meant):
        return None
    is_several = _is_several(reading, meant, before.speaker.name)
    fits = is_several if reading.tokens[phrase.head].low == "they" else not is_several
    if not fits or not (is_several or _is_thing(reading, meant)):
        return None
    name = reading.name_at.get(meant.head)
    if name is not None and name.label == "NORP":  # "the Norwegians", not "Norwegian"
        return " ".join(reading.text[before.speaker.start : before.speaker.end].split())
    return before.speaker.name


def role_before(
    reading: Reading, phrase: Phrase, before: Heard | None, sentence: int
) -> str | None:
    """Return the person without a name whom a "he" or "she" in sentence number `sentence` stands
    for: "the spokeswoman said. ..., she added"; None where somebody else reported last.
    """
    head = reading.tokens[phrase.head].low
    if before is None or sentence - before.sentence > 1 or head not in ("he", "she"):
        return None
    meant = before.source.phrase.antecedent or before.source.phrase
    low, words = reading.tokens[meant.head].low, reading.words
    is_role = low in words["roles"] and meant.head not in reading.name_at
    other = words["male_titles"] if head == "she" else words["female_titles"]
    if not is_role or low in other or low.endswith(PLURAL) or _is_thing(reading, meant):
        return None
    return before.speaker.name


def _only_seems(reading: Reading, source: Source, phrase: Phrase) -> bool:
    """Whether a thing only seems to say something ("wages show")."""
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low) if source.cue else None
    speaks = cue is None or cue.kinds & {"speech", "stance", "mind"}
    return not speaks and not _has_voice(reading, phrase)


def is_nothing_said(reading: Reading, source: Source | None, speaker: Speaker | None) -> bool:
    """Whether nobody is reported to speak: an "it" without a known name and without a verb of
    saying ("It explains how", "it demands that"), or the world at large ("they told us").
    """
    if source is None or source.cue is None or speaker is None or speaker.name is not None:
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    if cue is None or not is_pronoun(reading, source.phrase):
        return False
    if reading.tokens[source.phrase.head].low == "they":
        return reading.tokens[source.cue[1]].low in ("me", "us")
    return cue.lemma not in reading.words["plainly_saying"]


def _has_voice(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is somebody or a body by name or by noun, or a document."""
    low = reading.tokens[phrase.head].low
    known = any(low.removesuffix("s") in reading.words[kind] for kind in ("roles", "institutions"))
    return known or is_agent(reading, phrase) or _is_thing(reading, phrase)


def _is_several(reading: Reading, phrase: Phrase, called: str) -> bool:
    name = reading.name_at.get(phrase.head)
    if name is not None and name.label != "NORP":
        return name.label == "PERSON" and " and " in called
    low = reading.tokens[phrase.head].low
    return low.endswith(PLURAL) and not _is_thing(reading, phrase)


def _is_thing(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is an institution or a document, as its name or its noun says."""
    name, words = reading.name_at.get(phrase.head), reading.words
    if name is not None:
        return name.label in ("ORG", "GPE")
    low = reading.tokens[phrase.head].low
    return low in words["institutions"] or low in words["documents"]
