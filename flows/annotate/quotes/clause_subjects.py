"""The subject of a clause whose verb has none right before it: "He stood up and said".

Not here: the phrase before a verb (`subjects`).
"""

from __future__ import annotations

from flows.annotate.quotes.phrases import Phrase, phrase_beginning, phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import POSSESSIVE, QUOTE, WORD
from flows.annotate.quotes.verb_groups import before_verb


def clause_subject(reading: Reading, low: int, verb: int) -> Phrase | None:
    """Return the likely subject of the clause around token `verb` where it has none right before it
    ("He stood up and said").

    The first name, "he", "she" or person's role since `low` that stands behind no preposition or
    genitive and outside a leading adverbial.
    """
    tokens = reading.tokens
    start = low
    if start < verb and tokens[start].kind == WORD and _leads_clause(reading, start):
        comma = next(
            (k for k in range(start, verb) if tokens[k].text == "," or _ends_in_comma(reading, k)),
            None,
        )
        if comma is not None and comma + 1 < verb:
            start = comma + 1
    found = _first_subject(reading, start, verb)
    if found is None and start > low:
        found = _first_subject(reading, low, verb)
    return found if found is not None else _opening_phrase(reading, start, verb)


def _ends_in_comma(reading: Reading, i: int) -> bool:
    """Whether token `i` is a quotation with a comma inside its closing mark: "On “Morning Tide,”
    Quill said".
    """
    token = reading.tokens[i]
    return token.kind == QUOTE and reading.text[reading.marked[token.quote].end - 1] == ","


def _opening_phrase(reading: Reading, start: int, high: int) -> Phrase | None:
    """Return the noun phrase that opens a clause where it has neither name, pronoun nor role: "The
    ferry line has called ...".
    """
    if start >= high or reading.tokens[start].low in (
        "there",
        "there's",
        "there’s",
        "it",
        "this",
        "that",
        "nobody",
        "nothing",
    ):
        return None
    tokens, led = reading.tokens, reading.tokens[start].low in reading.words["determiners"]
    found = phrase_beginning(reading, start - 1, high) if led or reading.is_noun(start) else None
    found = before_verb(reading, found) if found is not None else None
    if found is None or led or not tokens[start].is_name:
        return found
    last = next((k for k in range(start, found.last) if not tokens[k].is_name), found.last)
    return Phrase(start, last, last - 1)  # a name that no mention covers ends with its capitals


def _leads_clause(reading: Reading, i: int) -> bool:
    word, words = reading.tokens[i].low, reading.words
    if i in reading.name_at:
        return False
    leads = any(word in words[kind] for kind in ("prepositions", "subordinators", "adverbs"))
    cue = words.cues.get(word)
    is_bidden = cue is not None and cue.form == "past" and cue.lemma in words["listener_verbs"]
    return leads or is_bidden or word in ("pressed", "speaking", "and", "but")


def _is_institution(reading: Reading, low: int, i: int) -> bool:
    """Whether token `i` is a body as the head of the phrase that opens the clause at token `low`:
    "the jury indicted", not "the airline pilot", "he runs the network".
    """
    is_body, after = reading.tokens[i].low in reading.words["institutions"], reading.tokens[i + 1]
    if not is_body or (reading.is_noun(i + 1) and not after.low.endswith("ed")):
        return False
    phrase = phrase_ending(reading, low, i)
    return phrase is not None and phrase.first == low


def _first_subject(reading: Reading, low: int, high: int) -> Phrase | None:
    tokens, words = reading.tokens, reading.words
    behind = False  # behind a preposition
    i = low
    while i < high:
        token = tokens[i]
        if token.kind != WORD:
            behind = False
        elif token.low in ("he", "she", "they", "i", "we") or token.low in words["contractions"]:
            return Phrase(i, i + 1, i)
        elif i in reading.name_at:
            name = reading.name_at[i]
            last = i
            while last + 1 < high and reading.name_at.get(last + 1) is name:
                last += 1
            follows = last + 1 < high and (
                tokens[last + 1].is_name or tokens[last + 1].low in words["roles"]
            )
            genitive = tokens[last].low.endswith(POSSESSIVE)
            beside = i > 1 and tokens[i - 1].text == "," and tokens[i - 2].is_name
            if beside and name.label in ("GPE", "LOC"):
                i = last + 1  # "in Harwick, Ohio, a sailor ..."
                continue
            verb = i - 1 - reading.is_adverb(i - 1)
            is_what = name.label == "NORP" and tokens[verb].low in words["be"]  # "are Muslim"
            if not behind and not genitive and not follows and not is_what:
                return phrase_ending(reading, low, last)
            i = last
            if genitive or follows:
                i += 1
                continue
            behind = False
        elif token.low in words["prepositions"] or token.low == "to":
            behind = True
        elif not behind and (token.low in words["roles"] or _is_institution(reading, low, i)):
            if i + 1 < high and i + 1 in reading.name_at:
                i += 1
                continue
            phrase = phrase_ending(reading, low, i)
            whole = phrase_beginning(reading, phrase.first - 1, high) if phrase else None
            whole = before_verb(reading, whole) if whole is not None else None
            return whole if whole is not None and whole.last > i + 1 else phrase
        elif (
            reading.is_noun(i)
            and token.low not in words["determiners"]
            and i + 1 < high
            and not reading.is_noun(i + 1)
        ):
            behind = False
        i += 1
    return None
