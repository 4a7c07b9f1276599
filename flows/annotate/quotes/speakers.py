"""Who says a quotation, by the words of its own sentence: the patterns, in order of trust.

Not here: single reports (`reports`), speakers taken over from other sentences (`carrying`), names (`naming`).
"""

from __future__ import annotations

from flows.annotate.quotes.phrases import Phrase, phrase_beginning, phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, report_at
from flows.annotate.quotes.subjects import clause_subject
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD, Sentence

# A cue may stand this many words after its quotation ("...," Quill, a lawyer of Harwick who won the case in May, said).
FARTHEST_CUE = 45
# A report that embeds another begins at most this many words before the inner subject.
FARTHEST_OUTER = 14
# A cue this many words before a quotation holds it against a cue after it.
NEAR_CUE = 6
# Patterns that only guess, from a subject or a cue further on.
WEAK = ("subject", "after-loose", "noun")


def speaker_in_sentence(reading: Reading, sentence: Sentence, inside: list[int], at: int, found: dict[int, Source]) -> Source | None:
    """Return the source of the quotation at token `at`; `inside` are all quotation tokens of its sentence, `found` the sources so far."""
    position = inside.index(at)
    low = inside[position - 1] + 1 if position else sentence.first
    high = _next_quotation(reading, inside[position + 1 :], sentence)
    before = source_before(reading, sentence.first, low, at)
    if before is not None and (_leads_straight(reading, before, at) or _holds(reading, before, at)):
        return before
    after = source_after(reading, at, high)
    if after is not None:
        return after
    label = _agent_behind(reading, low, at, high) or _labelled(reading, low, at) or _signed(reading, at, high)
    if label is not None:
        return label
    if before is not None:
        return before
    if position:
        earlier = found.get(reading.tokens[inside[position - 1]].quote)
        if earlier is not None:
            return Source(earlier.phrase, earlier.cue, "shared")
    noun = _noun_source(reading, low, at)
    if noun is not None:
        return noun
    loose = _source_after_loose(reading, at, high)
    if loose is not None:
        return loose
    if sentence.first < at:
        subject = clause_subject(reading, sentence.first, at)
        # "the envoys 'have called on ...'" quotes what the text says of them, not their words
        if subject is not None and subject.last < at:
            return Source(subject, None, "subject")
    return None


def _next_quotation(reading: Reading, later: list[int], sentence: Sentence) -> int:
    """Return the token of the next quotation, or the sentence's end; one behind an article is part of a phrase: the “Harwick” star."""
    for at in later:
        if reading.tokens[at - 1].low not in ("a", "an", "the"):
            return at
    return sentence.last


def _leads_straight(reading: Reading, source: Source, at: int) -> bool:
    """Whether the cue stands right before the quotation, with no more than "that", a comma or a colon between."""
    if source.cue is None:
        return False
    return all(reading.tokens[k].text in (",", ":", "that", "—", "-", "–", "(", "[") for k in range(source.cue[1], at))


def _holds(reading: Reading, source: Source, at: int) -> bool:
    """Whether the quotation goes on with the clause of a near cue ("said he would 'stay the course'"), whatever stands after it."""
    mark = reading.marked[reading.tokens[at].quote]
    if source.cue is None or not reading.text[mark.start].islower() or at - source.cue[1] > NEAR_CUE:
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    return cue is not None and bool(cue.kinds & {"speech", "stance"})


def source_before(reading: Reading, first: int, low: int, at: int) -> Source | None:
    """Return the source whose cue is the last one in tokens `low:at`; its subject may reach back to token `first`."""
    for k in range(at - 1, low - 1, -1):
        source = report_at(reading, first, k, at)
        if source is not None and not _is_aside(reading, source, at):
            return _outer(reading, first, low, source)
    return None


def _is_aside(reading: Reading, source: Source, at: int) -> bool:
    """Whether the source is a remark by the way: "- as Quill has said -"."""
    if source.cue is None or source.cue[1] >= at or source.phrase.first == 0:
        return False
    as_said = reading.tokens[source.phrase.first - 1].low == "as"
    return as_said and reading.tokens[source.cue[1]].text in (",", "-", "–", "—", ")")


def _outer(reading: Reading, first: int, low: int, source: Source) -> Source:
    """Return the report that `source` is part of, where it is: "Quill said he wants", "Quill said voters believe"."""
    if source.cue is None or source.pattern != "before":
        return source
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    inner = cue is not None and "speech" not in cue.kinds and "stance" not in cue.kinds
    pronouns = ("he", "she", "they")
    if not inner and reading.tokens[source.phrase.head].low not in pronouns:
        return source
    ahead = reading.tokens[source.phrase.first - 1].low
    if ahead in reading.words["breaks_report"] or (ahead == "," and not inner):
        return source
    farthest = max(first, source.phrase.first - 2 * FARTHEST_OUTER) if inner else max(low, source.phrase.first - FARTHEST_OUTER)
    for k in range(source.phrase.first - 1, farthest - 1, -1):
        word = reading.words.cues.get(reading.tokens[k].low)
        if word is None or "speech" not in word.kinds:
            continue
        outer = report_at(reading, first, k, source.phrase.first)
        if outer is None or outer.cue is None or (ahead == "," and reading.tokens[outer.cue[1]].low != "that"):
            continue  # over a comma only "said that, while ..., they see"
        if inner or reading.tokens[outer.phrase.head].low not in pronouns:
            return outer
    return source


def source_after(reading: Reading, at: int, high: int) -> Source | None:
    """Return the source that follows the quotation at token `at`: "Quill said", "said Quill", "according to Quill"."""
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
    while i < high and i not in reading.name_at and (reading.is_adverb(i) or tokens[i].low in words["auxiliaries"]):
        i += 1
    cue = words.cues.get(tokens[i].low) if i < high else None
    if cue is not None and cue.form != "ing" and "speech" in cue.kinds and not tokens[i].is_name:
        phrase = phrase_beginning(reading, i, high)
        if phrase is not None:
            return Source(phrase, (i, i + 1), "inverted")
    if tokens[start].low in words["subordinators"] or tokens[start].low in words["conjunctions"]:
        return None
    for k in range(start + 1, min(high, start + FARTHEST_CUE)):
        source = _finite_source(reading, start, k, high)
        if source is not None:
            near = source.phrase.first - start <= 2
            return Source(source.phrase, source.cue, "after") if near else None
    return _any_verb_after(reading, at, start, high)


def _glued(reading: Reading, i: int, high: int) -> Source | None:
    """Return the named speaker of a verb right behind the marks though no comma is there: "... for long” says Ada Quill"."""
    cue = reading.words.cues.get(reading.tokens[i].low)
    if cue is None or cue.form not in ("past", "third") or "speech" not in cue.kinds:
        return None
    phrase = phrase_beginning(reading, i, high)
    named = phrase is not None and reading.tokens[phrase.head].is_name
    return Source(phrase, (i, i + 1), "inverted") if phrase is not None and named else None


def _any_verb_after(reading: Reading, at: int, start: int, high: int) -> Source | None:
    """Return somebody named right after a comma inside the marks, with a verb that no list has ("..., Quill riffed")."""
    mark, tokens = reading.marked[reading.tokens[at].quote], reading.tokens
    if reading.text[mark.end - 1] != "," or start >= high:
        return None
    last, name = start, reading.name_at.get(start)
    while name is not None and last + 1 < high and reading.name_at.get(last + 1) is name:
        last += 1
    known = name is not None or tokens[start].low in ("he", "she")
    if known and last + 1 < high and tokens[last + 1].low.endswith(("ed", "es")) and not tokens[last + 1].is_name:
        return Source(Phrase(start, last + 1, last), (last + 1, last + 2), "after")
    return None


def _finite_source(reading: Reading, first: int, k: int, high: int) -> Source | None:
    cue = reading.words.cues.get(reading.tokens[k].low)
    if cue is None or cue.form == "ing" or not (cue.kinds & {"speech", "stance"}) or reading.tokens[k - 1].low == "to":
        return None
    return report_at(reading, first, k, high)


def _source_after_loose(reading: Reading, at: int, high: int) -> Source | None:
    for k in range(at + 2, min(high, at + FARTHEST_CUE)):
        source = report_at(reading, at + 1, k, high)
        if source is not None:
            return Source(source.phrase, source.cue, "after-loose")
    return None


def _ends_clause(reading: Reading, at: int) -> bool:
    """Whether the quotation ends with a stop or comma of its own, so that attribution may follow without another."""
    mark = reading.marked[reading.tokens[at].quote]
    words = reading.text[mark.start : mark.end].rstrip("'’”\" ")
    return words[-1:] in tuple(",.?!…—–-:;)]") or not mark.closed


def _agent_behind(reading: Reading, low: int, at: int, high: int) -> Source | None:
    """Return the agent behind the quotation where a passive cue leads to it: "was called '...' by Quill"."""
    tokens, words = reading.tokens, reading.words
    if at + 2 >= high or tokens[at + 1].low != "by":
        return None
    for k in range(at - 1, max(low, at - NEAR_CUE) - 1, -1):
        if tokens[k].low in words.cues and words.cues[tokens[k].low].form == "past":
            phrase = phrase_beginning(reading, at + 1, high)
            return Source(phrase, (k, k + 1), "before") if phrase is not None else None
    return None


def _labelled(reading: Reading, low: int, at: int) -> Source | None:
    """Return the speaker in front of a colon where no cue stands: "More from Quill:"."""
    if at - 2 < low or reading.tokens[at - 1].text != ":":
        return None
    if any(reading.tokens[k].low in reading.words.cues for k in range(low, at)):
        return None
    phrase = phrase_ending(reading, low, at - 2)
    if phrase is not None and phrase.first > low and reading.tokens[phrase.first - 1].low in ("to", "of", "about"):
        return None
    return Source(phrase, None, "label") if phrase is not None and reading.tokens[phrase.head].is_name else None


def _signed(reading: Reading, at: int, high: int) -> Source | None:
    """Return the speaker whose name is set behind the quotation with a dash: "... - Ada Quill"."""
    tokens = reading.tokens
    if at + 2 >= high or tokens[at + 1].text not in ("—", "–", "―", "-", "~") or at + 2 not in reading.name_at:
        return None
    name, last = reading.name_at[at + 2], at + 2
    while last < high and reading.name_at.get(last) is name:
        last += 1
    if last < high and not (tokens[last].kind == PUNCT and tokens[last].text in ",.(") and tokens[last].kind != QUOTE:
        return None
    return Source(Phrase(at + 2, last, last - 1), None, "signed")


def _noun_source(reading: Reading, low: int, at: int) -> Source | None:
    """Return the holder of words named by a noun: "Quill's call for", "in her speech"."""
    tokens, words = reading.tokens, reading.words
    for k in range(at - 1, max(low, at - 12) - 1, -1):
        if tokens[k].low not in words.cue_nouns or (k == at - 1 and tokens[k].low.endswith("s")):
            continue
        j = k - 1
        while j >= low and reading.is_noun(j) and not tokens[j].low.endswith(("'s", "’s", "’", "'")):
            j -= 1
        if j < low or tokens[j].kind != WORD:
            continue
        if tokens[j].low in ("his", "her", "their"):
            return Source(Phrase(j, j + 1, j), (k, k + 1), "noun")
        if tokens[j].low.endswith(("'s", "’s")):
            phrase = phrase_ending(reading, low, j)
            return Source(phrase, (k, k + 1), "noun") if phrase else None
    return None
