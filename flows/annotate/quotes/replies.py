"""Who a "he replied" means behind a question: not the one who asked, but the one who was asked.

Not here: pronouns behind anything else (`salience`).
"""

from __future__ import annotations

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source


def is_cue_of(reading: Reading, source: Source, kind: str) -> bool:
    """Whether the cue of a source is a form of a verb in a word list."""
    if source.cue is None:
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    return cue is not None and cue.lemma in reading.words[kind]


def asked_person(reading: Reading, asking: Source, asker: str | None, reply: Source) -> str | None:
    """Return the full name of the person whom `asker` asked, for the "he" or "she" of a reply; None
    where the words between question and reply name nobody else, or more than one.
    """
    tokens, people = reading.tokens, reading.people
    pronoun = tokens[reply.phrase.head].low
    is_reply = pronoun in ("he", "she") and is_cue_of(reading, reply, "replying")
    if not is_reply or asker is None or not is_cue_of(reading, asking, "asking"):
        return None
    start, end = tokens[asking.phrase.first].start, tokens[reply.phrase.first].start
    asked = {
        name.full
        for name in people.within(start, end)
        if name.label == "PERSON"
        and name.full != asker
        and people.gender.get(name.full, pronoun) == pronoun
        and not reading.is_quoted(name.start)
    }
    return asked.pop() if len(asked) == 1 else None
