"""Noun phrases: the words of one ("a spokesman for the ministry"), where they begin or end, and the
word that carries them.

A shallow parse over closed word classes; nothing is known of verbs beyond the lists. Not here:
which phrase is whose subject (`subjects`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD

# Words of one noun phrase; longer runs are lists or misread clauses.
MAX_PHRASE = 30
# Words before a number of things that are known.
COUNTED = ("the", "these", "those", "its", "their", "his", "her")


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first:last` (exclusive) of a noun phrase, `head` the token that carries it (a
    pronoun, a surname, "spokesman").

    `antecedent` is what a relative "who" stands for. `partners` are tokens of the names of those
    who speak with the head, where words that explain them stand between.
    """

    first: int
    last: int
    head: int
    antecedent: Phrase | None = None
    partners: tuple[int, ...] = ()


def phrase_ending(reading: Reading, low: int, i: int) -> Phrase | None:
    """Return the noun phrase whose last word is token `i`."""
    tokens, words = reading.tokens, reading.words
    token = tokens[i]
    if token.kind != WORD:
        return None
    if any(
        token.low in words[kind]
        for kind in ("subject_pronouns", "contractions", "lone_determiners")
    ):
        return Phrase(i, i + 1, i)
    if token.low in words["numbers"] and i > low and tokens[i - 1].low in ("the", "all", "these"):
        return Phrase(i - 1, i + 1, i)  # "the two said"
    number = (
        token.low in words["numbers"]
        and i > low
        and tokens[i - 1].low in words["inner_prepositions"]
    )
    if not reading.is_noun(i) and not number:
        return None
    if number and i - 2 >= low and reading.tokens[i - 2].low in words["numbers"]:
        return Phrase(i - 2, i + 1, i - 2)  # "three in ten"
    first, head, j = i, i, i - 1
    while j >= low and i - j < MAX_PHRASE:
        word = tokens[j]
        if (
            word.kind == PUNCT
            and word.text in "&.-–'’"
            and j > low
            and reading.is_noun(j - 1)
            and word.end == tokens[j + 1].start
        ):
            j -= 1
            continue
        if word.text in ("'", "’") and j > low and _is_owner(reading, j - 1, word.start):
            j -= 1  # "the Harwick Pilots' captain said"
            continue
        if word.kind == QUOTE and j > low and tokens[j - 1].low in ("a", "an", "the"):
            first = j - 1  # the “Harwick” star
            break
        if word.kind != WORD:
            break
        if word.low in words["determiners"] or word.low in words["possessives"]:
            if word.low in words["numbers"] and j > low and tokens[j - 1].low in COUNTED:
                j -= 1  # "the two pacts"
            first = j
            j -= 1
            if j > low and tokens[j].low == "and" and word.low in ("his", "her", "their"):
                name = reading.name_at.get(j - 1)
                if name is not None and name.label == "PERSON":  # "Quill and her aides said"
                    while j - 2 >= low and reading.name_at.get(j - 2) is name:
                        j -= 1
                    first = j - 1
                    break
            if j >= low and _links(reading, low, j):
                head, j = j - 1, j - 1
                continue
            if j - 1 >= low and tokens[j].low == "of" and _is_count(reading, j - 1):
                first = head = j - 1  # "one of the pilots"
            break
        if word.low.endswith("ed") and not word.is_name and tokens[j + 1].is_name:
            break  # a verb that no list has: "the paper carried Quill's letter"
        if word.low in words["time_words"] and tokens[j + 1].is_name:
            break
        if _is_apart(reading, j, i):
            break
        if reading.is_noun(j) or _is_between(reading, low, j):
            first = j
            j -= 1
            continue
        if _links(reading, low, j):
            head, j = j - 1, j - 1
            first = head
            j -= 1
            continue
        if word.low == "and" and j > low and j + 1 in reading.name_at:
            series = j - 2 > low and tokens[j - 1].text == ","
            if j - 1 - series in reading.name_at and (not series or _in_series(reading, low, j)):
                j -= 1 + series
                continue
            if _is_shared(reading, low, j, i):
                first, j = j - 1, j - 2
        break
    opener, ahead = tokens[first], tokens[first - 1].text
    if first < i and ahead in (",", "—", "–", "-") and opener.low in words["participle_openers"]:
        first += 1  # "a report, citing experts who say"
        head = max(head, first)
    first = _list_start(reading, low, first, i)
    return _renamed(reading, low, Phrase(first, i + 1, head))


def _is_count(reading: Reading, i: int) -> bool:
    """Whether token `i` is a number or stands for some of several."""
    low, words = reading.tokens[i].low, reading.words
    return low in words["numbers"] or low in words["lone_determiners"]


def _is_shared(reading: Reading, low: int, joint: int, last: int) -> bool:
    """Whether a clause opens with a capital before the "and" at token `joint` that shares the
    plural at token `last`: "House and Senate Democrats".
    """
    tokens, name = reading.tokens, reading.name_at.get(last)
    is_several = name is not None and name.label in ("ORG", "NORP") and tokens[last].low[-1:] == "s"
    is_first = joint - 1 == low or tokens[joint - 2].text == ","
    is_led = is_first and tokens[joint - 1].is_name and joint - 1 not in reading.name_at
    return is_several and is_led and last > joint + 1


def _is_between(reading: Reading, low: int, j: int) -> bool:
    """Whether token `j` is an adverb right behind the article of a phrase: "the first lady", "the
    then mayor".
    """
    led = j > low and reading.tokens[j - 1].low in ("a", "an", "the")
    return led and reading.is_adverb(j)


def _is_apart(reading: Reading, j: int, last: int) -> bool:
    """Whether the plural at token `j` stands before a name and is no part of its phrase: "in
    between rounds Ada Quill said"; not "the brothers Ada and Ed Voss", "pilots Ada and Ed Voss".
    """
    tokens, word = reading.tokens, reading.tokens[j].low
    is_plural = word.endswith("s") and not word.endswith(("ss", "us", "is", "'s", "’s"))
    if not is_plural or tokens[j].is_name or not tokens[j + 1].is_name or not reading.is_noun(j):
        return False
    return not reading.is_role(word) and all(tokens[k].low != "and" for k in range(j + 1, last))


def _is_owner(reading: Reading, i: int, end: int) -> bool:
    """Whether token `i` is a noun in -s that an apostrophe at offset `end` makes a possessive."""
    token = reading.tokens[i]
    return token.end == end and token.low.endswith("s") and reading.is_noun(i)


def _list_start(reading: Reading, low: int, first: int, last: int) -> int:
    """Return where a list of people begins whose last two, joined by "and", are tokens `first` to
    `last`; `first` where people before them only belong to the words ahead ("after a call with
    Ada Quill, Marcus Thorne and Lin Moor said").
    """
    tokens = reading.tokens
    if not any(tokens[k].low == "and" for k in range(first, last)):
        return first
    at, kind = first, reading.name_at.get(last)
    labels = ("PERSON", "ORG", "GPE")
    while at - 2 >= low and tokens[at - 1].text == ",":
        name = reading.name_at.get(at - 2)
        if name is None or kind is None or name.label != kind.label or kind.label not in labels:
            break
        at -= 2
        while at > low and reading.name_at.get(at - 1) is name:
            at -= 1
    return at - _is_titled(reading, low, at) if opens_clause(reading, low, at) else first


def opens_clause(reading: Reading, low: int, at: int) -> bool:
    """Whether a name at token `at`, with a title before it or not, opens a clause that begins at
    token `low` or later.
    """
    at -= _is_titled(reading, low, at)
    before = reading.tokens[at - 1]
    return at == low or before.kind != WORD or before.low == "that"


def _is_titled(reading: Reading, low: int, at: int) -> bool:
    return at > low and reading.tokens[at - 1].low.rstrip("s.") in reading.words["titles"]


def _in_series(reading: Reading, low: int, j: int) -> bool:
    """Whether the "and" at token `j` closes a list of three people or more: "Ada Quill, Lin Moor,
    and Marcus Thorne".
    """
    name, i = reading.name_at.get(j - 2), j - 2
    while i > low and reading.name_at.get(i) is name:
        i -= 1
    return i > low and reading.tokens[i].text == "," and i - 1 in reading.name_at


def _list_end(reading: Reading, i: int, high: int) -> int | None:
    """Return the token behind a list of people that goes on with the comma or "and" at token `i`,
    None where none does: "said Ada Quill and Marcus Thorne nodded" tells of two clauses.
    """
    tokens, joined = reading.tokens, False
    while not joined:
        if i < high and tokens[i].text == ",":
            i += 1
            joined = i < high and tokens[i].low == "and"
            i += joined
        elif i < high and tokens[i].low == "and":
            i, joined = i + 1, True
        else:
            return None
        while i < high and tokens[i].low.rstrip(".") in reading.words["titles"]:
            i += 1
        name = reading.name_at.get(i) if i < high else None
        if name is None or name.label != "PERSON":
            return None
        while i < high and reading.name_at.get(i) is name:
            i += 1
    follows = i < high and tokens[i].kind == WORD and tokens[i].low != "who"
    return None if follows and tokens[i].low not in reading.words["prepositions"] else i


def _links(reading: Reading, low: int, j: int) -> bool:
    """Whether token `j` is a preposition inside a noun phrase, with a noun before it."""
    token = reading.tokens[j]
    if (
        token.kind != WORD
        or token.low not in reading.words["inner_prepositions"]
        or j - 1 < low
        or not reading.is_noun(j - 1)
        or (token.low == "to" and reading.tokens[j - 1].low in ("prior", "due", "thanks", "owing"))
    ):
        return False
    # a name takes no "in" or "on" phrase before its verb, but often "of" and "from"; within a
    # longer phrase any will do
    if j - 1 not in reading.name_at or token.low in ("of", "for", "from", "at", "with"):
        return True
    k = j - 1
    while k > low and k in reading.name_at:
        k -= 1
    return (
        reading.tokens[k].low in reading.words["inner_prepositions"]
        or reading.tokens[k].low == "the"
    )


def _renamed(reading: Reading, low: int, phrase: Phrase) -> Phrase:
    """Return the person before a role ("Ada Quill, director of the port said"), else the phrase
    itself.

    Before "the director" the person must open the sentence: "after a call with Ada Quill, the
    director said" speaks of two people.
    """
    tokens, words, at = reading.tokens, reading.words, phrase.first
    while (
        at - 2 > low
        and tokens[at - 1].low in words["choices"]
        and tokens[at - 2].low in words["roles"]
    ):
        at -= 2
    name = reading.name_at.get(at - 2)
    if (
        at - 2 < low
        or tokens[at - 1].text != ","
        or name is None
        or name.label != "PERSON"
        or phrase.head in reading.name_at
    ):
        return phrase
    first = at - 2
    while first - 1 >= low and reading.name_at.get(first - 1) is name:
        first -= 1
    if tokens[at].low in words["possessives"]:
        return phrase  # "days after a call with Ada Quill, his son said"
    bare = tokens[at].low in words["roles"] or not (
        tokens[at].is_name or tokens[at].low in words["determiners"]
    )
    opens = first == low or (first - 1 == low and tokens[low].low.rstrip(".") in words["titles"])
    return Phrase(first, at - 1, at - 2) if bare or opens else phrase


def phrase_beginning(reading: Reading, verb: int, high: int) -> Phrase | None:
    """Return the noun phrase that begins right behind token `verb` ("said Quill, a lawyer"), ending
    before token `high`.
    """
    tokens, words = reading.tokens, reading.words
    i = verb + 1
    if i >= high or tokens[i].kind != WORD:
        return None
    if tokens[i].low in words["subject_pronouns"]:
        return Phrase(i, i + 1, i)
    if i not in reading.name_at and tokens[i].low in ("that", "this", "there", "so", "to", "all"):
        return None
    first, head = i, -1
    is_share = tokens[i].low in words["numbers"] or tokens[i].low in words["lone_determiners"]
    if is_share and tokens[i + 1].low == "of" and i + 2 < high:
        head, i = i, i + 2  # "two of the workers"
    while i < high and i - first < MAX_PHRASE:
        token = tokens[i]
        if head == i - 1 and (token.text == "," or token.low == "and"):
            named = reading.name_at.get(head)
            end = _list_end(reading, i, high) if named and named.label == "PERSON" else None
            if end is not None:
                i = end
                break
        if token.text in ("'", "’") and _is_owner(reading, i - 1, token.start):
            i += 1  # "said the pilots' union"
            continue
        if token.kind != WORD:
            break
        determiner = token.low in words["determiners"] or token.low in words["possessives"]
        if (
            determiner
            and i > first
            and tokens[i - 1].low not in words["inner_prepositions"]
            and not (i - 1 in reading.name_at and tokens[i + 1].is_name)
        ):
            if head >= 0:
                break
        elif not determiner and not reading.is_noun(i):
            if head >= 0 and _leads_tail(reading, i, head) and i + 1 < high:
                head -= token.low == "to"  # "people close to the talks"
                i += 1
                continue
            if (
                token.low == "and"
                and head == i - 1
                and tokens[head].low in words["paired"]
                and i + 1 < high
                and reading.is_noun(i + 1)
            ):  # "current and former officials"
                i += 1
                continue
            titled = head == i - 1 and tokens[head].low.rstrip(".") in words["titles"]
            if (
                token.low == "and" and titled and i + 1 < high and reading.is_noun(i + 1)
            ):  # "former Gov. and party chairman Ada Quill"
                i += 1
                continue
            break
        elif not determiner and token.low in words["days"] and head >= 0:
            break
        if not determiner and not (i > first and _in_tail(reading, first, i)):
            head = i
        i += 1
    if head < 0:
        return (
            Phrase(first, first + 1, first)
            if tokens[first].low in words["lone_determiners"]
            else None
        )
    while i > head + 1 and tokens[i - 1].kind == WORD and not reading.is_noun(i - 1):
        i -= 1
    return Phrase(first, i, head)


def _leads_tail(reading: Reading, i: int, head: int) -> bool:
    """Whether token `i` is a preposition that belongs to the phrase with that head ("a report by
    the board", not "Quill by phone").
    """
    token = reading.tokens[i]
    if token.low == "to":
        is_led = head == i - 1 and reading.tokens[head].low in reading.words["led_to"]
        return is_led and reading.is_noun(head - 1)
    inner = (
        ("of", "for", "from", "with", "at")
        if head in reading.name_at
        else ("of", "for", "from", "with", "at", "by", "in", "on", "near", "inside")
    )
    return token.low in inner and not is_day(reading, i + 1)


def is_day(reading: Reading, i: int) -> bool:
    """Whether token `i` names a day or a month."""
    return reading.tokens[i].low in reading.words["days"]


def _in_tail(reading: Reading, first: int, i: int) -> bool:
    """Whether token `i` stands behind a preposition of its phrase."""
    return any(
        reading.tokens[k].low in reading.words["inner_prepositions"] for k in range(first, i)
    )
