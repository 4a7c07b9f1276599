"""From a speaker's phrase to the speaker: the surface in the text, and the name it
stands for.

Here: names, pronouns and nominal speakers of one text, in its order. Not here: finding the phrase.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.names.words import enumerated
from flows.annotate.quotes.phrases import Phrase
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.salience import Salience
from flows.annotate.quotes.tokens import PUNCT

_THIRD_PERSON = {
    "he": "he",
    "she": "she",
    "his": "he",
    "her": "she",
    "him": "he",
    "himself": "he",
    "herself": "she",
}


@dataclass(frozen=True, slots=True)
class Speaker:
    """`name` is the resolved name or the nominal phrase, None where a pronoun stands for nobody who
    can be known.
    """

    name: str | None
    start: int
    end: int


def name_speaker(reading: Reading, phrase: Phrase, salience: Salience) -> Speaker:
    """Return the speaker that `phrase` stands for; `salience` must have reached the phrase's
    sentence.
    """
    tokens, text = reading.tokens, reading.text
    if phrase.antecedent is not None:
        named_by = name_speaker(reading, phrase.antecedent, salience)
        return Speaker(named_by.name, tokens[phrase.first].start, tokens[phrase.last - 1].end)
    start, end = tokens[phrase.first].start, tokens[phrase.last - 1].end
    if end - start > 2 and text[end - 2 : end].lower() in ("'s", "’s", "‘s"):
        end -= 2
    head = tokens[phrase.head].low
    if head in reading.words["contractions"]:
        head = head.replace("’", "'").split("'")[0]
        end = start + len(head)
    if phrase.last - phrase.first == 1 and head in reading.words["unresolved_pronouns"]:
        pronoun = _THIRD_PERSON.get(head)
        return Speaker(salience.choose(pronoun) if pronoun else None, start, end)
    label = reading.people.bearer(head) if tokens[phrase.head].text.isupper() else None
    if label is not None:
        return Speaker(label, start, end)
    named = reading.name_at.get(phrase.head)
    if named is not None:
        if phrase.partners:
            heads = (*phrase.partners, phrase.head)
            return Speaker(enumerated([reading.name_at[i].full for i in heads]), start, end)
        kind, is_led = named.label, phrase.first not in reading.name_at
        if is_led and tokens[phrase.first + 1].low == "and" and tokens[phrase.first].is_name:
            return Speaker(" ".join(text[start:end].split()), start, end)  # "House and Senate Dems"
        some = list(
            dict.fromkeys(n.full for n in reading.people.within(start, end) if n.label == kind)
        )
        joint = len(some) > 1 and kind != "MISC" and _joined(reading, phrase)
        return Speaker(enumerated(some) if joint else named.full, start, end)
    return Speaker(
        _apposed(reading, phrase)
        or _trailing(reading, phrase)
        or " ".join(text[start:end].split()),
        start,
        end,
    )


def _joined(reading: Reading, phrase: Phrase) -> bool:
    """Whether the phrase names people who speak together: an "and" right between two names."""
    at = (i for i in range(phrase.first + 1, phrase.last - 1) if reading.tokens[i].low == "and")
    return any(
        i + 1 in reading.name_at and i - 1 - (reading.tokens[i - 1].text == ",") in reading.name_at
        for i in at
    )


def _trailing(reading: Reading, phrase: Phrase) -> str | None:
    """Return the person who ends the phrase behind an office or a place: "secretary of state Ada
    Quill", "envoy to Freedonia Ada Quill".
    """
    words, name = reading.words, reading.name_at.get(phrase.last - 1)
    first = phrase.last - 1
    while first > phrase.first and reading.name_at.get(first - 1) is name:
        first -= 1
    if name is None or name.label != "PERSON" or first - 1 <= phrase.first:
        return None
    ahead, place = reading.tokens[first - 1], reading.name_at.get(first - 1)
    if place is not None and place.label in ("GPE", "LOC", "ORG"):
        lead = next(
            (k for k in range(first - 1, phrase.first, -1) if reading.name_at.get(k) is not place),
            phrase.first,
        )
        return name.full if reading.tokens[lead].low in ("to", "of", "in", "at") else None
    # "a spokesman for candidate Ada Quill" is not she
    inner = (
        not reading.is_noun(first - 1)
        or ahead.low.rstrip(".") in words["titles"]
        or ahead.low in words["roles"]
    )
    return None if inner or reading.tokens[phrase.head].low not in words["offices"] else name.full


def _apposed(reading: Reading, phrase: Phrase) -> str | None:
    """Return the person named right after a nominal: "the mayor, Ada Quill, said", "the base chief
    known as Ada".
    """
    tokens, i = reading.tokens, phrase.last
    if (
        i + 2 < len(tokens)
        and tokens[i].low in ("known", "identified", "named")
        and i + 2 in reading.name_at
    ):
        return (
            reading.name_at[i + 2].full
            if tokens[i + 1].low == "as" and reading.name_at[i + 2].label == "PERSON"
            else None
        )
    roles = reading.words["roles"] - reading.words["documents"] - {"police"}
    roles |= reading.words["institutions"] | reading.words["lone_determiners"] | {"one"}
    may_be = phrase.head in reading.name_at or tokens[phrase.head].low in roles
    if may_be and i + 1 < len(tokens) and tokens[i].kind == PUNCT and tokens[i].text == ",":
        i += 1
        while tokens[i].low.rstrip(".") in reading.words["titles"] and i not in reading.name_at:
            i += 1  # "its author, Prof. Ada Quill"
        name = reading.name_at.get(i)
        is_body = tokens[phrase.head].low in reading.words["institutions"]
        if (
            name is not None
            and name.label == ("ORG" if is_body else "PERSON")
            and reading.text[name.end : name.end + 1] in ("", ",", ".", ";", ":")
        ):
            return name.full
    return None
