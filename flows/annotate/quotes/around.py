"""The words that an attribution inside or at an end of their sentence reports: "..., Quill said",
"according to Quill, ...", "the bridge, Quill said, would open".

Not here: words behind a cue that leads to them (`clauses`).
"""

from __future__ import annotations

from flows.annotate.quotes.appositions import behind_appositions, explains, has_verb
from flows.annotate.quotes.endings import clause_end
from flows.annotate.quotes.phrases import phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence


def around(reading: Reading, sentence: Sentence, source: Source) -> tuple[int, int]:
    """Return the words before or behind an attribution that opens or closes its sentence; all of it
    where it stands inside.
    """
    assert source.cue is not None
    tokens, words = reading.tokens, reading.words
    low, high = min(source.phrase.first, source.cue[0]), max(source.phrase.last, source.cue[1])
    low = _role_before(reading, sentence, source, low)
    before = sentence.first
    for i in range(low - 1, sentence.first - 1, -1):
        aside = tokens[i].text in ("—", "–", "-") and any(
            tokens[k].text == tokens[i].text for k in range(high, sentence.last)
        )
        if tokens[i].kind == QUOTE or tokens[i].text == ";" or aside:
            before = i + 1
            break
    while high < sentence.last and tokens[high].text != "," and tokens[high].kind != QUOTE:
        high += 1
    after = (
        clause_end(reading, sentence, source, high)
        if high + 1 < sentence.last and tokens[high].text == ","
        else high
    )
    if source.pattern == "according-to" and low > before and tokens[low - 1].kind == WORD:
        return before, low  # "They will play according to the league as part of the cup, with ..."
    if low - 2 > before and tokens[low - 1].text == "," and tokens[low - 2].low in words["joints"]:
        before = low  # "The road was shut, and, according to Quill, the bridge had gone."
    if source.pattern == "according-to" and source.phrase.partners and low > before:
        return before, low  # "according to Ada Quill, head of the quay, and Rune Dahl, a pilot"
    lead = tokens[low - 2].low if tokens[low - 1].text == "," and low - 2 > before else ""
    is_led = lead in words["contrasts"] or lead in ("which", "where", "whom")
    if source.pattern == "according-to" and is_led:
        before = low  # "a vote in which, according to Quill, it won"
    is_set_off = tokens[low - 1].text in ("-", "–", "—") and tokens[source.phrase.last].text == ","
    if source.pattern == "according-to" and is_set_off:
        before = low  # "It is old - according to Quill, it leaks"
    if source.pattern == "according-to" and low == before:
        dash = source.phrase.last  # "According to Ada Quill — the pilot — the quay is shut."
        if tokens[dash].text in ("—", "–"):
            inside = range(dash + 1, sentence.last)
            high = next((i for i in inside if tokens[i].text == tokens[dash].text), high)
        return behind_appositions(reading, source.phrase, high, sentence.last), sentence.last
    is_inverted = source.pattern == "inverted"
    explained = source.phrase.first >= source.cue[0] and _explains(reading, source, high, after)
    goes_on = after - high > 2 and not explained and not _goes_on(reading, high + 1)
    if low - before < 3:
        if tokens[before].low in ("that", "this"):
            is_subject = low - before == 2 and tokens[before + 1].text == ","
            acts = tokens[high + 1].low in words["be"] | words["modals"]
            return (before, after) if is_subject and acts else (high, after)
        around = is_inverted or (goes_on and has_verb(reading, high + 1, high + 2))
        return (before, after) if around and low > before and goes_on else (high, after)
    is_whole = has_verb(reading, before, low - 1)
    if is_inverted:
        return (before, after) if goes_on and not is_whole else (before, low)
    ends = is_whole and tokens[low - 2].low not in words["auxiliaries"]
    if goes_on and is_whole and tokens[high + 1].low.endswith(("which", "ing")):
        return before, low  # "The quay leaks, Quill said, waving", "said in a letter, which was"
    return (before, after) if goes_on or (explained and not ends) else (before, low)


def _role_before(reading: Reading, sentence: Sentence, source: Source, low: int) -> int:
    """Return where the role begins that commas part from the words and from the speaker's name at
    token `low`, `low` where there is none: "..., the port's chief, Ada Quill, said".
    """
    tokens, phrase = reading.tokens, source.phrase
    name = reading.name_at.get(phrase.head)
    is_apposed = low - 2 > sentence.first and tokens[low - 1].text == tokens[phrase.last].text
    if name is None or not is_apposed or tokens[low - 1].text != "," or low != phrase.first:
        return low
    role = phrase_ending(reading, sentence.first, low - 2)
    is_role = role is not None and reading.is_role(tokens[role.head].low)
    led = role is not None and role.first > sentence.first and tokens[role.first - 1].text == ","
    return role.first if role is not None and is_role and led else low


def _explains(reading: Reading, source: Source, comma: int, last: int) -> bool:
    """Whether all that stands between a comma and token `last` explains the speaker before it:
    "according to Ada Quill, the head nurse".
    """
    tokens, relatives = reading.tokens, reading.words["relatives"]
    if comma + 1 >= last or tokens[comma + 1].low in relatives:
        return comma + 1 < last
    if all(tokens[i].text != "," for i in range(comma + 1, last)) and explains(
        reading, source.phrase, comma + 1, last, last
    ):
        return True  # "according to Quill, chief pilot of Harlo."
    led = tokens[comma + 1].low in reading.words["aside_openers"]
    main = next((i for i in range(comma + 1, last) if tokens[i].low in relatives), last)
    closing = behind_appositions(reading, source.phrase, comma, last)
    return closing > comma or (led and not has_verb(reading, comma + 1, main))


def _goes_on(reading: Reading, i: int) -> bool:
    """Whether the words from token `i` on are the reporter's own again, after an attribution and a
    comma.
    """
    cue = reading.words.cues.get(reading.tokens[i].low)
    return (
        reading.tokens[i].low in reading.words["ends_clause"]
        or (reading.tokens[i].low == "and" and not _is_shifted(reading, i + 1))
        or (cue is not None and cue.form == "ing")
    )


def _is_shifted(reading: Reading, i: int) -> bool:
    """Whether the words behind an "and", from token `i` on, go on with what somebody says: of the
    time to come ("the ship was lost, Quill said, and he would not sail again"), or of the same
    thing ("the boat is old, Quill said, and should be sold").
    """
    tokens, words = reading.tokens, reading.words
    if tokens[i].low in words["modals"]:
        return True
    is_future = tokens[i + 1].low in ("would", "could", "might")
    return is_future and tokens[i].low in words["subject_pronouns"]
