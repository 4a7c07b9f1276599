"""People who speak together, with words between their names that explain who they are: "Ada Quill,
the mayor, and Marcus Thorne, the pilot, said".

Not here: lists of bare names (`phrases`).
"""

from __future__ import annotations

from dataclasses import replace

from flows.annotate.quotes.appositions import explains, has_verb
from flows.annotate.quotes.phrases import Phrase, opens_clause, phrase_beginning, phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import WORD

# Words between commas that explain one person ("Ada Quill, 44, the mayor, ...").
MAX_EXPLANATIONS = 3
# Prepositions that tell where somebody is.
PLACING = ("in", "around", "across", "at", "near", "outside", "inside", "from")
# Words of the first of two groups ("White House officials and the pilots said").
MAX_GROUP = 5


def with_partners(reading: Reading, low: int, phrase: Phrase) -> Phrase:
    """Return a person's phrase with those who speak too and stand before it, from token `low` on:
    "Ada Quill, the mayor, and" before "Marcus Thorne".

    They must open the clause: "She met Ada Quill, the mayor, and Marcus Thorne said" has two.
    """
    if phrase.head not in reading.name_at:
        return _with_group(reading, low, phrase)
    first = _first_title(reading, low, phrase.first)
    if not _is_person(reading, phrase.head) or first <= low:
        return phrase
    if reading.tokens[first - 1].text == ",":
        return _with_owner(reading, low, first, phrase)
    if reading.tokens[first - 1].low != "and":
        return phrase
    partners: tuple[int, ...] = ()
    partner, found = _explained_before(reading, low, first - 1), phrase
    while partner is not None:
        partners = (partner.head, *partners)
        if opens_clause(reading, low, partner.first):
            found = replace(phrase, first=partner.first, partners=partners)
        partner = _explained_before(reading, low, partner.first)
    return found


def around_places(reading: Reading, low: int, phrase: Phrase) -> Phrase | None:
    """Return the phrase of the people, if `phrase` is only the second of their places: "observers
    in Oslo and around the country".
    """
    tokens, at = reading.tokens, phrase.first - 1
    if at - 2 <= low or tokens[at - 1].low != "and" or tokens[at].low not in PLACING:
        return None
    outer = phrase_ending(reading, low, at - 2)
    is_placed = outer is not None and any(
        tokens[i].low in PLACING for i in range(outer.head + 1, outer.last - 1)
    )
    return replace(outer, last=phrase.last) if outer is not None and is_placed else None


def _with_group(reading: Reading, low: int, phrase: Phrase) -> Phrase:
    """Return the phrase of several people with those who stand before it and open the clause:
    "Town officials and" before "the pilots".
    """
    tokens, at = reading.tokens, phrase.first - 1
    if at - 1 < low or tokens[at].low != "and" or not tokens[phrase.head].low.endswith("s"):
        return phrase
    other = phrase_ending(reading, low, at - 1)
    if other is None or at - other.first > MAX_GROUP or not opens_clause(reading, low, other.first):
        return phrase
    past = reading.words["past_verbs"]
    inner = [tokens[i].low for i in range(other.first, at)]
    is_clause = any(low in past or low.endswith("ed") for low in inner)
    is_several = tokens[other.head].low.endswith("s") and other.head not in reading.name_at
    return replace(phrase, first=other.first) if is_several and not is_clause else phrase


def _with_owner(reading: Reading, low: int, first: int, phrase: Phrase) -> Phrase:
    """Return a person's phrase with whoever stands before it with "and" and whose relative or
    colleague it is: "Ada Quill and her deputy," before "Marcus Thorne,".
    """
    tokens = reading.tokens
    role = phrase_ending(reading, low, first - 2)
    if (
        role is None
        or tokens[phrase.last].text != ","
        or not opens_clause(reading, low, role.first)
    ):
        return phrase
    joint = next((i for i in range(role.first + 1, role.head) if tokens[i].low == "and"), 0)
    is_owned = joint and tokens[joint + 1].low in reading.words["possessives"]
    if not is_owned or not _is_person(reading, joint - 1):
        return phrase
    return replace(phrase, first=role.first, partners=(joint - 1,))


def and_partner(reading: Reading, phrase: Phrase, high: int) -> Phrase:
    """Return a person's phrase with the one who speaks too and stands behind it, before token
    `high`: "and Marcus Thorne, the pilot" behind "said Ada Quill, the mayor,".
    """
    tokens = reading.tokens
    owned = _owned_behind(reading, phrase, high) if _is_person(reading, phrase.head) else None
    if owned is not None:
        return owned
    closing = _explained_behind(reading, phrase, high) if _is_person(reading, phrase.head) else None
    if closing is None or closing + 1 >= high or tokens[closing + 1].low != "and":
        return phrase
    first = closing + 2
    while first < high and tokens[first].low.rstrip(".") in reading.words["titles"]:
        first += 1
    if first >= high or not _is_person(reading, first):
        return phrase
    last = first
    while last < high and reading.name_at.get(last) is reading.name_at[first]:
        last += 1
    partner = Phrase(first, last, last - 1)
    end = _explained_behind(reading, partner, high) or last
    behind = end + (end < high and tokens[end].text == ",")
    if behind < high and tokens[behind].kind == WORD:
        is_adverbial = tokens[behind].low in reading.words["prepositions"]
        is_clause = has_verb(reading, behind - 1, behind + 1) if behind > last else not is_adverbial
        if is_clause:
            return phrase  # "said Ada Quill, the mayor, and Marcus Thorne nodded"
    return Phrase(phrase.first, last, last - 1, partners=(phrase.head,))


def _owned_behind(reading: Reading, phrase: Phrase, high: int) -> Phrase | None:
    """Return a person's phrase with the relative or colleague named behind it: "said Ada Quill and
    her deputy, Marcus Thorne,"; None where nobody is.
    """
    tokens, joint = reading.tokens, phrase.last
    if joint + 1 >= high or tokens[joint].low != "and":
        return None
    role = phrase_beginning(reading, joint, high)
    if role is None or tokens[role.first].low not in reading.words["possessives"]:
        return None
    first = role.last + 1
    if first >= high or tokens[role.last].text != "," or not _is_person(reading, first):
        return None
    last = first
    while last < high and reading.name_at.get(last) is reading.name_at[first]:
        last += 1
    ends = last >= high or tokens[last].kind != WORD
    return Phrase(phrase.first, last, last - 1, partners=(phrase.head,)) if ends else None


def is_one_person(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase names one person: no verb in the plural has that subject."""
    name = reading.name_at.get(phrase.head)
    inner = (reading.tokens[i].low for i in range(phrase.first, phrase.last))
    return name is not None and name.label == "PERSON" and "and" not in inner


def _is_person(reading: Reading, i: int) -> bool:
    name = reading.name_at.get(i)
    return name is not None and name.label == "PERSON"


def _first_title(reading: Reading, low: int, first: int) -> int:
    """Return the first of the titles that stand before token `first`, or `first`."""
    while first > low and reading.tokens[first - 1].low.rstrip(".") in reading.words["titles"]:
        first -= 1
    return first


def _explained_before(reading: Reading, low: int, end: int) -> Phrase | None:
    """Return the person whose explanations between commas end right before token `end`."""
    tokens = reading.tokens
    closing = comma = end - 1
    if closing <= low or tokens[closing].text != ",":
        return None
    for _ in range(MAX_EXPLANATIONS):
        comma = next((i for i in range(comma - 1, low, -1) if tokens[i].text == ","), low)
        name = reading.name_at.get(comma - 1)
        if comma == low:
            return None
        if name is None or name.label != "PERSON":
            continue
        first = comma - 1
        while first > low and reading.name_at.get(first - 1) is name:
            first -= 1
        phrase = Phrase(first, comma, comma - 1)
        return phrase if _explained_behind(reading, phrase, end) == closing else None
    return None


def _explained_behind(reading: Reading, phrase: Phrase, high: int) -> int | None:
    """Return the comma that ends the explanations behind a person, token `high` where they end the
    sentence; None where nothing is explained.
    """
    tokens, comma, found = reading.tokens, phrase.last, None
    for _ in range(MAX_EXPLANATIONS):
        if comma >= high or tokens[comma].text != ",":
            break
        closing = next((i for i in range(comma + 1, high) if tokens[i].text in ",.;"), high)
        opener = tokens[comma + 1].low
        if closing == comma + 1 or opener == "and" or opener.endswith("ed"):
            break  # "said Ada Quill, the mayor, and Marcus Thorne, the pilot, nodded"
        if not explains(reading, phrase, comma + 1, closing, closing):
            break
        comma = found = closing
    return found
