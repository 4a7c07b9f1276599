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
class Antecedent:
    """The last that reported and is no pronoun: its phrase, its name, its sentence's number."""

    phrase: Phrase
    name: str
    sentence: int


def is_pronoun(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is "it" or "they" alone."""
    return phrase.last - phrase.first == 1 and reading.tokens[phrase.head].low in PRONOUNS


def stands_for(
    reading: Reading, phrase: Phrase, before: Antecedent | None, sentence: int
) -> str | None:
    """Return the name that an "it" or "they" in sentence number `sentence` stands for, None where
    who reported last is another kind, or stands further back than the sentence before.
    """
    if before is None or sentence - before.sentence > 1:
        return None
    is_several = _is_several(reading, before)
    fits = is_several if reading.tokens[phrase.head].low == "they" else not is_several
    return before.name if fits and (is_several or _is_thing(reading, before.phrase)) else None


def antecedent(
    reading: Reading, source: Source, speaker: Speaker, sentence: int
) -> Antecedent | None:
    """Return what a later pronoun may stand for, after `speaker` was named as that of `source`;
    None where a thing only seems to say something ("wages suggest").
    """
    phrase = source.phrase.antecedent or source.phrase
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low) if source.cue else None
    is_voice = cue is None or cue.kinds & {"speech", "stance", "mind"}
    if not is_voice and not _is_voice(reading, phrase):
        return None
    name = reading.name_at.get(phrase.head)
    words = reading.text[speaker.start : speaker.end]
    is_people = name is not None and name.label == "NORP"  # "the Norwegians", not "Norwegian"
    called = " ".join(words.split()) if is_people else speaker.name
    return Antecedent(phrase, called or "", sentence)


def is_nothing_said(reading: Reading, source: Source | None, speaker: Speaker | None) -> bool:
    """Whether an "it" that stands for nobody known tells something, without a verb of saying: "It
    explains how", "it demands that".
    """
    if source is None or source.cue is None or speaker is None or speaker.name is not None:
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    is_it = reading.tokens[source.phrase.head].low == "it" and is_pronoun(reading, source.phrase)
    return is_it and cue is not None and cue.lemma not in reading.words["plainly_saying"]


def _is_voice(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is somebody by name or by noun."""
    low = reading.tokens[phrase.head].low
    known = any(low.removesuffix("s") in reading.words[kind] for kind in ("roles", "institutions"))
    return known or is_agent(reading, phrase) or _is_thing(reading, phrase)


def _is_several(reading: Reading, before: Antecedent) -> bool:
    head, name = before.phrase.head, reading.name_at.get(before.phrase.head)
    if name is not None and name.label != "NORP":
        return name.label == "PERSON" and " and " in before.name
    return reading.tokens[head].low.endswith(PLURAL) and not _is_thing(reading, before.phrase)


def _is_thing(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is an institution or a document, as its name or its noun says."""
    name, words = reading.name_at.get(phrase.head), reading.words
    if name is not None:
        return name.label in ("ORG", "GPE")
    low = reading.tokens[phrase.head].low
    return low in words["institutions"] or low in words["documents"]
