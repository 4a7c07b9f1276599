"""Where the words begin that a report without marks reports: behind its cue, before it, or around
it.

Not here: the words around an attribution inside a sentence (`around`), where they end (`endings`),
which reports there are (`reports`), and which clauses are kept (`indirect`).
"""

from __future__ import annotations

from flows.annotate.quotes.around import around
from flows.annotate.quotes.endings import clause_end, object_end, phrase_end, trim
from flows.annotate.quotes.lexicon import Cue
from flows.annotate.quotes.phrases import phrase_beginning
from flows.annotate.quotes.plain_verbs import acts_plainly, ends_in_ed, has_past
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD, Sentence

# Words between a cue and the "that" of its clause ("said in a statement to reporters on Monday
# that").
MAX_THAT = 14
# Words that tell where somebody speaks ("in a statement to the court on Monday").
MAX_OCCASION = 10


def clause_of(reading: Reading, sentence: Sentence, source: Source) -> tuple[int, int] | None:
    """Return the tokens (first, last) that `source` reports in its sentence, None where it reports
    nothing.
    """
    if source.cue is None:
        return None
    tokens, words = reading.tokens, reading.words
    if source.pattern in ("according-to", "inverted") or _is_inserted(reading, sentence, source):
        first, last = around(reading, sentence, source)
    elif _is_relative(reading, sentence, source):
        last = phrase_end(reading, source.cue[1], sentence.last)
        first = source.phrase.first - 1
        return first, trim(reading, first + 1, last)[1]  # "that Quill says was unfair"
    else:
        start = _clause_start(
            reading, sentence, source, reading.words.cues[reading.tokens[source.cue[0]].low]
        )
        if start is None:
            return None
        first, last = (
            start,
            object_end(reading, start, clause_end(reading, sentence, source, start)),
        )
        if (
            tokens[source.cue[0]].low in words.cues
            and words.cues[tokens[source.cue[0]].low].lemma in words["clausal"]
        ):
            says = words.cues[tokens[source.cue[0]].low].lemma == "say"
            is_clause = (
                _is_clause(reading, first, last)
                or acts_plainly(reading, first, last, ends=says)
                or (says and has_past(reading, first, last))
            )
            return trim(reading, first, last) if is_clause else None
    return trim(reading, first, last)


def _is_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether tokens `first:last` make a clause: a verb is among them, or a "that" or question word
    leads them.
    """
    tokens, words = reading.tokens, reading.words
    led = tokens[first - 1].low == "that" or tokens[first].low in words["subordinators"]
    return led or any(
        tokens[i].low in words.finite
        or (i > first and tokens[i].low in words.cues and reading.is_verb_here(i))
        or (tokens[i].low in words["subject_pronouns"] and tokens[i].low != "it")
        or (i > first and tokens[i].low.endswith("ed") and _may_act(reading, i - 1))
        or (i == first + 1 and ends_in_ed(tokens[i].low) and tokens[i + 1].kind == PUNCT)
        for i in range(first, last)
    )


def _is_relative(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether cue and subject stand inside what they report, behind a relative: "which critics said
    was unfair".
    """
    tokens, words = reading.tokens, reading.words
    ahead, at = source.phrase.first - 1, source.cue[1] if source.cue is not None else 0
    if (
        ahead < sentence.first
        or source.phrase.antecedent is not None
        or not at
        or at >= sentence.last
        or source.phrase.first > at
    ):
        return False
    finite = (
        tokens[at].low in words["auxiliaries"]
        or tokens[at].low in words["common_verbs"]
        or tokens[at].low.endswith("ed")
    )
    return finite and tokens[ahead].low in ("which", "that", "who")


def _may_act(reading: Reading, i: int) -> bool:
    """Whether token `i` may stand right before its verb: a name, a pronoun, an adverb ("the board
    quickly signed").
    """
    return (
        i in reading.name_at
        or reading.is_adverb(i)
        or reading.tokens[i].low in reading.words["subject_pronouns"]
    )


def _is_inserted(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether the cue and its subject close the sentence or stand between commas: "..., Quill
    said".
    """
    tokens = reading.tokens
    if (
        source.cue is None
        or source.phrase.first < sentence.first + 2
        or tokens[source.phrase.first - 1].text not in (",", "—", "–")
    ):
        return False
    i = _behind_any_listener(reading, source.cue, sentence.last)
    behind = i
    while i < sentence.last and tokens[i].kind == WORD and _is_time(reading, i):
        i += 1
    if i + 1 < sentence.last and tokens[i + 1].kind == QUOTE:
        return False  # the words in marks are what is reported
    i = max(i, _behind_occasion(reading, behind, sentence.last))
    return i >= sentence.last or tokens[i].kind == PUNCT


def _behind_any_listener(reading: Reading, cue: tuple[int, int], last: int) -> int:
    """Return the token behind who is told something right behind the cue ("he told the Echo")."""
    tokens, words, first = reading.tokens, reading.words, cue[1]
    if first < last and tokens[first].low in ("me", "us", "reporters"):
        return first + 1
    verb = words.cues.get(tokens[cue[0]].low)
    if verb is None or verb.lemma != "tell":
        return first
    listener = phrase_beginning(reading, first - 1, last)
    return listener.last if listener is not None else first


def _behind_occasion(reading: Reading, first: int, last: int) -> int:
    """Return the token behind the words that tell where somebody speaks, from token `first` on ("in
    a statement to the court on Monday"); `first` where there are none.
    """
    tokens, words, i = reading.tokens, reading.words, first
    if first >= last or tokens[first].low not in ("in", "at", "on", "during", "to"):
        return first
    kinds = ("determiners", "possessives", "prepositions", "time_words", "days")
    while i < min(last, first + MAX_OCCASION) and (
        (reading.is_noun(i) and (tokens[first].low != "to" or i in reading.name_at))
        or reading.is_adverb(i)
        or any(tokens[i].low in words[kind] for kind in kinds)
    ):
        i += 1
    is_led = i < last and tokens[i + 1].kind == QUOTE  # "said in a letter, “…”"
    return i if i == last or (tokens[i].kind == PUNCT and not is_led) else first


def _is_time(reading: Reading, i: int) -> bool:
    low, words = reading.tokens[i].low, reading.words
    return (
        reading.is_adverb(i)
        or low in words["days"]
        or low in words["time_words"]
        or low in ("on", "in", "this", "last")
    )


def _clause_start(reading: Reading, sentence: Sentence, source: Source, cue: Cue) -> int | None:
    """Return the first token of the words that follow a cue, None where nothing of the kind
    follows.
    """
    assert source.cue is not None
    tokens, words = reading.tokens, reading.words
    first = source.cue[1]
    governs = (
        tokens[first].low in words.prepositional.get(cue.lemma, ())
        and tokens[first].low != "with"
        and not (first + 1 < sentence.last and _is_time(reading, first + 1))
    )
    limit = min(sentence.last, first + MAX_THAT)
    that = None if governs else _that(reading, _behind_aside(reading, first, limit), limit)
    if that is not None:
        return that + 1
    if first >= sentence.last or (cue.lemma in words.silent and not governs):
        return None
    if any(cue.lemma in words[kind] for kind in ("listened", "bidding", "listener_verbs")):
        if tokens[first].low in words["object_pronouns"]:
            return first + 1  # "told them why"
        behind = _behind_listener(reading, first, sentence.last, cue)
        far = None if behind == first else _that(reading, behind, limit)
        if far is not None:
            return far + 1  # "told the Echo on Monday that"
        first = behind
        if tokens[first].low == "who" and cue.lemma in words["listened"] and cue.lemma != "ask":
            end = min(sentence.last, first + MAX_THAT)
            at = next((i for i in range(first, end) if tokens[i].low == "that"), None)
            return None if at is None else at + 1  # "told the crews who had come that"
    elif tokens[first].low in words["particles"]:
        first += 1
    while first < sentence.last and (
        tokens[first].low in words["days"]
        or tokens[first].low in ("also", "today", "yesterday", "later")
    ):
        first += 1
    if tokens[first].low == "to" and cue.lemma in words["addressing"]:
        return None  # "talked to the crew"
    if first + 1 < sentence.last and tokens[first].text in (",", ":") and "speech" in cue.kinds:
        ahead = tokens[source.phrase.first - 1].low if source.phrase.first > sentence.first else ""
        is_when = tokens[first].text == "," and ahead in words["clause_leads"] and ahead != "as"
        return None if is_when else first + 1  # "After Quill testified, the board left."
    if first >= sentence.last or tokens[first].kind != WORD:
        return None
    low = tokens[first].low
    if low in words["clause_leads"] and low not in ("if", "where"):
        return None  # "Quill said when asked"
    if low in words.prepositional.get(cue.lemma, ()):
        return first + 1
    counts = low == "at" and tokens[first + 1].low in ("least", "most")  # "at least six"
    if low in words["prepositions"] and low not in ("to", "like") and not counts:
        return _behind_adverbial(reading, first, sentence.last) if "speech" in cue.kinds else None
    return first


def _behind_listener(reading: Reading, first: int, last: int, cue: Cue) -> int:
    """Return the token behind the listener that begins at token `first`; `first` where what follows
    the verb may be the words themselves ("warned the storm would return").
    """
    tokens, words = reading.tokens, reading.words
    listener = phrase_beginning(reading, first - 1, last)
    if listener is None or tokens[first].low == "who":
        return first  # "asked who had paid"
    low = tokens[listener.last].low
    # "warned the town the storm would return"
    is_led = any(low in words[kind] for kind in ("determiners", "possessives", "subject_pronouns"))
    if cue.lemma in words["listened"] or cue.lemma in words["bidding"]:
        is_led |= low in ("to", "not", "about", "of", "whether", "if")
        is_led |= cue.lemma in words["listened"]
    return listener.last if is_led else first


def _behind_aside(reading: Reading, first: int, last: int) -> int:
    """Return the token behind an aside between commas that begins at token `first` ("said, without
    giving details, that"), `first` where none does.
    """
    tokens = reading.tokens
    if first >= last or tokens[first].text != ",":
        return first
    closing = next((i for i in range(first + 1, last) if tokens[i].text == ","), None)
    led = closing is not None and closing + 1 < last and tokens[closing + 1].low == "that"
    return closing + 1 if closing is not None and led else first


def _behind_adverbial(reading: Reading, first: int, last: int) -> int | None:
    """Return the clause behind a time or place that has no comma ("said on Monday the bridge would
    open").
    """
    tokens, words = reading.tokens, reading.words
    for i in range(first + 1, min(last, first + MAX_THAT)):
        low = tokens[i].low
        if (
            tokens[i].kind != WORD
            or low in words.cues
            or low in words["auxiliaries"]
            or low in words["clause_leads"]
        ):
            return None
        if low in words["conjunctions"] and not _is_time(reading, i + 1):
            return None  # "charged in the loss of a ferry and its crew"
        opens = low in words["determiners"] or low in words["possessives"]
        if low in words["subject_pronouns"] or (
            opens and tokens[i - 1].low not in words["prepositions"]
        ):
            return i
    return None


def _that(reading: Reading, first: int, last: int) -> int | None:
    """Return the token of the "that" which opens the clause of a cue, unless another clause begins
    before it.
    """
    tokens, words = reading.tokens, reading.words
    for i in range(first, last):
        low = tokens[i].low
        if low == "that":
            return i
        cue = words.cues.get(low)
        if cue is not None and cue.form == "ing" and i == first:
            return None  # "denied telling her that"
        opens = low in words["determiners"] or low in words["possessives"] or low == "to"
        opens &= tokens[i + 1].low not in words["time_words"]  # "said this week that"
        noun_phrase = opens and (i == first or tokens[i - 1].low not in words["prepositions"])
        if (
            tokens[i].kind != WORD
            or low in words["subject_pronouns"]
            or low in words["auxiliaries"]
            or noun_phrase
        ):
            return None
    return None
