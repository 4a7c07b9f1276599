"""Who says a quotation, by the words behind it in its sentence: "... Quill said", "... said Quill",
"... - Ada Quill".

Not here: the words in front of it, and which side is trusted (`speakers`).
"""

from __future__ import annotations

from flows.annotate.quotes.joint import and_partner
from flows.annotate.quotes.phrases import Phrase, phrase_beginning
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, is_agent, report_at
from flows.annotate.quotes.tokens import BREAK, POSSESSIVE, PUNCT, QUOTE

# A cue may stand this many words after its quotation ("...," Quill, a lawyer of Harwick who won the
# case in May, said).
MAX_CUE = 45
# A passive cue may stand this many words before its quotation ("was called by many '...' by
# Quill").
MAX_PASSIVE = 6


def source_after(reading: Reading, at: int, high: int) -> Source | None:
    """Return the source that follows the quotation at token `at`: "Quill said", "said Quill",
    "according to Quill".
    """
    tokens, words = reading.tokens, reading.words
    i = at + 1
    comma = _ends_clause(reading, at)
    while i < high and tokens[i].kind == PUNCT and tokens[i].text in ",—–―-":
        i, comma = i + 1, True
    if i >= high:
        return None
    if tokens[i].low == "according":
        return report_at(reading, at + 1, i, high)
    if not comma:
        return _glued(reading, i, high)
    start = i
    if tokens[i].low == "as" and i + 1 < high:
        start = i = i + 1
    while (
        i < high
        and i not in reading.name_at
        and (reading.is_adverb(i) or tokens[i].low in words["auxiliaries"])
    ):
        i += 1
    cue = words.cues.get(tokens[i].low) if i < high else None
    is_turned = cue is not None and cue.form != "ing" and cue.lemma != "tell"
    if cue is not None and is_turned and "speech" in cue.kinds and not tokens[i].is_name:
        phrase = phrase_beginning(reading, i, high)
        if phrase is not None:
            return Source(and_partner(reading, phrase, high), (i, i + 1), "inverted")
    if tokens[start].low in words["subordinators"] or tokens[start].low in words["conjunctions"]:
        return None
    for k in range(start + 1, min(high, start + MAX_CUE)):
        source = _finite_source(reading, start, k, high)
        if source is not None:
            passed_on = source.phrase.first > k  # "Quill quoted her mother as saying"
            near = (k if passed_on else source.phrase.first) - start <= 2 + passed_on
            near |= _is_introduced(reading, start, source.phrase)
            return Source(source.phrase, source.cue, "after") if near else None
    return _any_verb_after(reading, at, start, high)


def _is_introduced(reading: Reading, start: int, phrase: Phrase) -> bool:
    """Whether a name stands between commas behind one noun phrase that begins at token `start`:
    "“...,” the mayor of Harwick, Ada Quill, said".
    """
    tokens, comma = reading.tokens, phrase.first - 1
    name = reading.name_at.get(phrase.head)
    if name is None or name.label != "PERSON" or comma <= start or tokens[comma].text != ",":
        return False
    role = phrase_beginning(reading, start - 1, comma)
    return tokens[phrase.last].text == "," and role is not None and role.last == comma


def _any_verb_after(reading: Reading, at: int, start: int, high: int) -> Source | None:
    """Return somebody named right after a comma inside the marks, with a verb that no list has
    ("..., Quill riffed").
    """
    mark, tokens = reading.marked[reading.tokens[at].quote], reading.tokens
    ahead = tokens[at - 1] if at else None
    opens = ahead is None or ahead.kind in (BREAK, QUOTE) or ahead.text in (".", "?", "!")
    if opens and start < high and reading.text[mark.end - 1] in ",?!":
        turned = _turned(reading, start, high)
        if turned is not None:
            return turned
    if reading.text[mark.end - 1] != "," or start >= high:
        return None
    last, name = start, reading.name_at.get(start)
    while name is not None and last + 1 < high and reading.name_at.get(last + 1) is name:
        last += 1
    known = name is not None or tokens[start].low in ("he", "she")
    if (
        known
        and last + 1 < high
        and tokens[last + 1].low.endswith(("ed", "es"))
        and not tokens[last + 1].is_name
    ):
        return Source(Phrase(start, last + 1, last), (last + 1, last + 2), "after")
    return None


def _turned(reading: Reading, verb: int, high: int) -> Source | None:
    """Return whoever stands behind a verb that no list has, right behind the marks: "..., snorted
    Ada Quill", "..., heckled a man at the back".
    """
    tokens, words = reading.tokens, reading.words
    low, is_name = tokens[verb].low, tokens[verb].is_name or verb in reading.name_at
    is_known = low in words.closed or low in words.cues
    if is_name or is_known or not low.endswith(("ed", "s")) or verb + 1 >= high:
        return None
    phrase = phrase_beginning(reading, verb, high)
    if phrase is None or (phrase.last < len(tokens) and reading.is_noun(phrase.last)):
        return None
    name = reading.name_at.get(phrase.head)
    is_person = name is not None and name.label == "PERSON"
    led = tokens[verb + 1].low in words["determiners"] and low.endswith("ed")
    if not is_person and not (led and tokens[phrase.head].low in words["roles"]):
        return None
    ends = phrase.last >= high or tokens[phrase.last].kind == PUNCT
    ends |= tokens[phrase.last].low in words["prepositions"] or tokens[phrase.last].low == "as"
    return Source(phrase, (verb, verb + 1), "inverted") if ends else None


def _glued(reading: Reading, i: int, high: int) -> Source | None:
    """Return the named speaker of a verb right behind the marks though no comma is there: "... for
    long” says Ada Quill".
    """
    cue = reading.words.cues.get(reading.tokens[i].low)
    name, last = reading.name_at.get(i), i
    if name is not None and name.label == "PERSON":  # "“It fell” Ada Quill said."
        while last < high and reading.name_at.get(last) is name:
            last += 1
        said = reading.words.cues.get(reading.tokens[last].low) if last < high else None
        tells = said is not None and said.lemma == "say" and reading.tokens[last + 1].kind == PUNCT
        return Source(Phrase(i, last, last - 1), (last, last + 1), "after") if tells else None
    if cue is None or cue.form not in ("past", "third") or "speech" not in cue.kinds:
        return None
    phrase = phrase_beginning(reading, i, high)
    named = phrase is not None and reading.tokens[phrase.head].is_name
    return Source(phrase, (i, i + 1), "inverted") if phrase is not None and named else None


def _finite_source(reading: Reading, first: int, k: int, high: int) -> Source | None:
    cue = reading.words.cues.get(reading.tokens[k].low)
    if (
        cue is None
        or cue.form == "ing"
        or not (cue.kinds & {"speech", "stance"})
        or reading.tokens[k - 1].low == "to"
    ):
        return None
    return report_at(reading, first, k, high)


def source_after_loose(reading: Reading, at: int, high: int) -> Source | None:
    """Return the first report behind the quotation at token `at`, whatever stands between."""
    for k in range(at + 2, min(high, at + MAX_CUE)):
        source = report_at(reading, at + 1, k, high)
        if source is not None:
            return Source(source.phrase, source.cue, "after-loose")
    return None


def _ends_clause(reading: Reading, at: int) -> bool:
    """Whether the quotation ends with a stop or comma of its own, so that attribution may follow
    without another.
    """
    mark = reading.marked[reading.tokens[at].quote]
    words = reading.text[mark.start : mark.end].rstrip("'’”\" ")
    return words[-1:] in tuple(",.?!…—–-:;)]") or not mark.closed


def signature(reading: Reading, at: int, high: int) -> Source | None:
    """Return the speaker whose name is set behind the quotation with a dash: "... - Ada Quill"."""
    tokens = reading.tokens
    if (
        at + 2 >= high
        or tokens[at + 1].text not in ("—", "–", "―", "-", "~")
        or at + 2 not in reading.name_at
    ):
        return None
    name, last = reading.name_at[at + 2], at + 2
    while last < high and reading.name_at.get(last) is name:
        last += 1
    if (
        last < high
        and not (tokens[last].kind == PUNCT and tokens[last].text in ",.(")
        and tokens[last].kind != QUOTE
    ):
        return None
    return Source(Phrase(at + 2, last, last - 1), None, "signed")


def verdict_of(reading: Reading, at: int, high: int) -> Source | None:
    """Return whose verdict, view or answer the quotation at token `at` is said to be: "“...” was
    the verdict of Ada Quill", "“...” was Quill's answer".
    """
    tokens, words = reading.tokens, reading.words
    if at + 3 >= high or tokens[at + 1].low not in words["be"]:
        return None
    near = range(at + 3, min(high - 1, at + MAX_PASSIVE))
    noun = next((i for i in near if tokens[i].low in words["verdicts"]), None)
    if noun is None:
        return None
    if tokens[noun + 1].low in ("of", "from") and tokens[at + 2].low == "the":
        phrase = phrase_beginning(reading, noun + 1, high)
        is_theirs = phrase is not None and is_agent(reading, phrase)
        return Source(phrase, (noun, noun + 1), "inverted") if phrase and is_theirs else None
    is_owned = tokens[noun - 1].low.endswith(POSSESSIVE) and noun - 1 in reading.name_at
    owner = Phrase(at + 2, noun, noun - 1)
    return Source(owner, (noun, noun + 1), "inverted") if is_owned else None


def bracketed(reading: Reading, at: int, high: int) -> Source | None:
    """Return the paper or agency named in square brackets behind the quotation: "... [The Harwick
    Echo]".
    """
    tokens = reading.tokens
    if (
        at + 3 >= high
        or tokens[at + 1].text != "["
        or at + 2 not in reading.name_at
        or tokens[at - 1].text == ":"
    ):
        return None
    name, last = reading.name_at[at + 2], at + 2
    while last < high and reading.name_at.get(last) is name:
        last += 1
    closes = last < high and tokens[last].text in ("]", ".", "|")
    return (
        Source(Phrase(at + 2, last, last - 1), None, "signed")
        if closes and name.label == "ORG"
        else None
    )


def passive_agent(reading: Reading, low: int, at: int, high: int) -> Source | None:
    """Return the agent behind the quotation where a passive cue leads to it: "was called '...' by
    Quill".
    """
    tokens, words = reading.tokens, reading.words
    if at + 2 >= high or tokens[at + 1].low != "by":
        return None
    for k in range(at - 1, max(low, at - MAX_PASSIVE) - 1, -1):
        if tokens[k].low in words.cues and words.cues[tokens[k].low].form == "past":
            phrase = phrase_beginning(reading, at + 1, high)
            return Source(phrase, (k, k + 1), "before") if phrase is not None else None
    return None
