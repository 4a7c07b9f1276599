"""Where the words end that a report without marks reports.

Not here: where they begin (`clauses`).
"""

from __future__ import annotations

from flows.annotate.quotes.appositions import has_verb
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import PUNCT, QUOTE, Sentence

# Tokens of an aside between dashes.
MAX_ASIDE = 20
# Tokens of a subject with its verb behind ", and".
MAX_TELLER = 5
# Tokens behind "not only …, but" among which a verb would make a clause of its own.
MAX_JOINED = 4
CURRENCIES = "$£€¥"
# reported words that are no whole clause end here.
ENDS_PHRASE = (",", ";", "—", "–")


def clause_end(reading: Reading, sentence: Sentence, source: Source, first: int) -> int:
    """Return the token before which the clause that begins at `first` ends."""
    tokens, words = reading.tokens, reading.words
    opener = tokens[sentence.first].low
    ahead = source.cue is not None and source.phrase.first > source.cue[0]
    led = (
        source.phrase.first > sentence.first
        and tokens[source.phrase.first - 1].low in words["clause_leads"]
    )
    leads = range(sentence.first, source.phrase.first)
    opening = opener in words["clause_leads"] and (
        all(tokens[i].text != "," for i in leads)
        or (opener == "when" and not _has_verb(reading, leads.start, leads.stop))
    )
    inside = source.phrase.first > sentence.first and (
        tokens[source.phrase.first - 1].low in ("which", "that", "whom")
    )
    is_who = source.phrase.antecedent is not None or tokens[source.phrase.head].low == "who"
    embedded = ahead or led or inside or is_who or opening
    form = (
        words.cues[tokens[source.cue[0]].low].form
        if source.cue and tokens[source.cue[0]].low in words.cues
        else None
    )
    aside = _aside(reading, sentence, first)
    for i in range(first + 1, sentence.last - 1):
        token, after = tokens[i], tokens[i + 1]
        if i in aside:
            continue
        if token.kind == QUOTE or token.text in (";", "—", "–"):
            return i
        cue = words.cues.get(after.low)
        if tokens[i + 2].low not in words.particles.get(after.low, (tokens[i + 2].low,)):
            cue = None  # "left, hitting two piers", not "hitting back"
        if (
            token.low in words["joints"]
            and form in ("past", "ing")
            and _another_report(reading, i + 1, form)
            and not _is_concluded(reading, first, i + 1)
            # not "the Danish and Dutch towns agreed"
            and (not reading.is_noun(i + 1) or _has_verb(reading, first, i))
        ):
            return i
        if token.text != ",":
            continue
        if after.low == "and" and tokens[i + 2].low in words["subject_pronouns"]:
            return i
        if after.low == "and" and _somebody_tells(reading, i + 2, sentence.last):
            return i
        if after.low == "which" and _is_denied(reading, i + 2, sentence.last):
            return i
        if (
            (embedded and _has_verb(reading, first, i))
            or (after.low in words["ends_clause"] and not _joins(reading, first, i + 1))
            or after.low == "according"
            or (
                cue is not None
                and cue.form in ("ing", "past")
                and ("speech" in cue.kinds or cue.lemma in words["naming_verbs"])
                and not _waits_for_verb(reading, first, i)
            )
        ):
            return i
        behind = words.cues.get(tokens[i + 2].low) if i + 2 < sentence.last else None
        if (
            behind is not None
            and "speech" in behind.kinds
            and after.low in words["subject_pronouns"]
        ):
            return i
    return sentence.last


def _somebody_tells(reading: Reading, first: int, last: int) -> bool:
    """Whether a subject of a few words and its verb of saying begin at token `first`: "he never met
    her, and his lawyer says the photo is fake".
    """
    for i in range(first + 1, min(first + MAX_TELLER, last)):
        cue = reading.words.cues.get(reading.tokens[i].low)
        if cue is not None and cue.lemma in ("say", "tell") and cue.form in ("past", "third"):
            return reading.is_noun(i - 1)
        if not reading.is_noun(i):
            return False
    return False


def _is_denied(reading: Reading, first: int, last: int) -> bool:
    """Whether the reporter tells behind a "which" that somebody denies it: "..., which he
    denies".
    """
    words = (reading.tokens[i].low for i in range(first, min(first + MAX_TELLER, last)))
    cues = (reading.words.cues.get(word) for word in words)
    return any(cue is not None and cue.lemma in ("deny", "dispute") for cue in cues)


def _joins(reading: Reading, first: int, but: int) -> bool:
    """Whether the conjunction at token `but` goes on with the words from token `first` on: "…, but
    also", "not only the cranes, but", "said …, but that she".
    """
    tokens, words = reading.tokens, reading.words
    ahead, then = tokens[but + 1].low, tokens[but + 2].low
    if ahead in ("also", "not"):
        return True
    if tokens[but].low != "but":
        return False
    if ahead == "rather":
        return then not in words["subject_pronouns"]
    if ahead == "that":  # not "…, but that was before the flood", "…, but that dam fell"
        opens = ("subject_pronouns", "determiners", "possessives")
        return tokens[but + 2].is_name or any(then in words[kind] for kind in opens)
    only = next((i for i in range(first, but - 1) if tokens[i].low == "not"), but)
    is_only = tokens[only + 1].low == "only"
    return is_only and not _has_verb(reading, but + 1, min(but + MAX_JOINED, len(tokens) - 1))


def _waits_for_verb(reading: Reading, first: int, comma: int) -> bool:
    """Whether a relative clause or an apposition ends with the comma at token `comma` and stands
    before the verb of the clause from token `first` on ("900 boats, which are old, reported a
    leak"), or of the one behind a "that" in it ("they think that Ada Quill, a pilot, wrote it").
    """
    tokens, relatives = reading.tokens, (*reading.words["relatives"], "which", "a", "an", "the")
    that = next((i for i in range(comma - 1, first, -1) if tokens[i].low == "that"), None)
    first = first if that is None else that + 1
    opening = (i for i in range(first + 1, comma) if tokens[i].low in relatives)
    at = next((i for i in opening if tokens[i - 1].text == ","), None)
    if at is None or any(tokens[i].text == "," for i in range(at, comma)):
        return False
    return not _has_verb(reading, first, at - 1)


def _aside(reading: Reading, sentence: Sentence, first: int) -> range:
    """Return the tokens of an aside between dashes, these included, that stands before the verb of
    the clause from token `first` on ("Ada Quill — the mayor — will sail"), or behind which the
    clause goes on with its verb, a "to" or an object ("the boats that leak — ten — are old", "has
    shut — for now — the quay"). The range is empty if there is no such aside.
    """
    tokens, words, none = reading.tokens, reading.words, range(0)
    opening = next((i for i in range(first, sentence.last) if tokens[i].text in ("—", "–")), None)
    if opening is None:
        return none
    aside = range(opening + 1, min(sentence.last - 1, opening + MAX_ASIDE))
    closing = next((i for i in aside if tokens[i].text == tokens[opening].text), None)
    if closing is None or any(tokens[i].kind == QUOTE for i in range(first, closing)):
        return none
    found = range(opening, closing + 1)
    if not _has_verb(reading, first, opening):
        return found
    low = tokens[closing + 1].low
    if low in words.finite or (low == "to" and _is_infinitive(reading, closing + 2)):
        return found
    is_object = any(low in words[kind] for kind in ("determiners", "possessives"))
    return found if is_object and not has_verb(reading, closing + 1, sentence.last) else none


def _is_infinitive(reading: Reading, i: int) -> bool:
    """Whether token `i`, behind a "to", may be a verb, and is nobody spoken to ("to reporters")."""
    token, words = reading.tokens[i], reading.words
    kinds = ("determiners", "possessives", "object_pronouns", "roles", "numbers")
    return not token.is_name and not any(token.low in words[kind] for kind in kinds)


def _has_verb(reading: Reading, first: int, last: int) -> bool:
    """Whether a finite verb is among tokens `first:last`, so that a comma may end their clause."""
    tokens, words = reading.tokens, reading.words
    return any(
        token.low in words.finite
        or token.low.endswith("ed")
        or (token.low in words.cues and words.cues[token.low].form in ("past", "third"))
        for token in tokens[first:last]
    )


def object_end(reading: Reading, first: int, last: int) -> int:
    """Return the token before which a mere object ends that begins at `first` ("endorsed Quill on
    Monday"); `last` where it is a clause.
    """
    tokens, words = reading.tokens, reading.words
    opener = tokens[first].low
    if (
        tokens[first - 1].low == "that"
        or opener == "to"
        or opener in words["subordinators"]
        or opener in words["subject_pronouns"]
    ):
        return last
    for i in range(first + 1, last):
        low = tokens[i].low
        if low in words["ends_object"]:
            return i
        if low in words["days"] and low != "may":
            return i - (tokens[i - 1].low in ("on", "in", "last", "this", "next"))
        if low in words.finite or low in words["subordinators"] or low in ("who", "to"):
            return last
        if _takes_object(reading, i):
            return last
    return last


def _takes_object(reading: Reading, i: int) -> bool:
    """Whether token `i` is a verb in the past between its subject and its object ("the pilot stole
    the ropes"; not "the ropes stolen on Monday").
    """
    token, words = reading.tokens[i], reading.words
    is_past = token.low in words["past_verbs"] or token.low.endswith("ed")
    if not is_past or token.is_name or not reading.is_noun(i - 1):
        return False
    low = reading.tokens[i + 1].low
    kinds = ("determiners", "possessives", "object_pronouns")
    return i + 1 in reading.name_at or any(low in words[kind] for kind in kinds)


def _another_report(reading: Reading, i: int, form: str) -> bool:
    """Whether a cue of the same form follows an "and", at once or after a name or two: "... and
    Quill accused".
    """
    for k in range(i, min(i + 6, len(reading.tokens))):
        cue = reading.words.cues.get(reading.tokens[k].low)
        if cue is not None and cue.form == form and reading.is_verb_here(k):
            return bool(cue.kinds & {"speech", "stance"})
        if (
            not reading.is_noun(k)
            and not reading.is_adverb(k)
            and reading.tokens[k].low not in reading.words["determiners"]
        ):
            return False
    return False


def _is_concluded(reading: Reading, first: int, i: int) -> bool:
    """Whether the verb at token `i` goes on with what people did by the clause from token `first`
    on: "said its researchers tested the wells and concluded that"; not "said the wells were dry
    and concluded that", "said her crew had left and added that".
    """
    tokens, words = reading.tokens, reading.words
    cue = words.cues.get(tokens[i].low)
    if cue is None or cue.lemma not in words["concluding"]:
        return False
    acts = next((k for k in range(first, i) if _has_verb(reading, k, k + 1)), first)
    is_active = tokens[acts].low not in words["be"]
    return acts > first and is_active and reading.is_role(tokens[acts - 1].low)


def phrase_end(reading: Reading, first: int, last: int) -> int:
    """Return the token before which words end that begin at or before token `first`: a comma, a
    dash, a quotation, or `last`.
    """
    return next(
        (
            i
            for i in range(first, last)
            if reading.tokens[i].text in ENDS_PHRASE or reading.tokens[i].kind == QUOTE
        ),
        last,
    )


def trim(reading: Reading, first: int, last: int) -> tuple[int, int]:
    """Leave out punctuation and conjunctions at both ends."""
    tokens = reading.tokens
    while first < last and (
        tokens[first].kind == PUNCT or tokens[first].low in ("that", "and", "but")
    ):
        if tokens[first].text == "That":
            break  # "That boat leaks, Quill said", "That, Quill said, is a lie"
        if tokens[first].text in CURRENCIES and tokens[first + 1].text[0].isdigit():
            break  # "$2 million is missing, Quill said"
        first += 1
    while last > first and tokens[last - 1].kind == PUNCT and tokens[last - 1].text not in ")%":
        last -= 1
    return first, last
