"""Who says each quotation, and by which words the text says so: the patterns, in order of trust.

Here: patterns within a sentence, then between sentences and paragraphs. Not here: noun phrases (`phrases`), names (`naming`), marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.lexicon import Cue
from flows.annotate.quotes.phrases import Phrase, clause_subject, phrase_ending, subject_after, subject_before
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD, Sentence

# A cue may stand this many words after its quotation ("...," Smith, a lawyer of Harwick who won the case in May, said).
FARTHEST_CUE = 45
# A report that embeds another begins at most this many words before the inner subject.
FARTHEST_OUTER = 14
BE = frozenset("is are was were be been being am".split())


@dataclass(frozen=True, slots=True)
class Source:
    """Why a quotation is somebody's: the speaker's phrase, the cue as token span (None where there is none), the pattern's name."""

    phrase: Phrase
    cue: tuple[int, int] | None
    pattern: str


def attribute(reading: Reading) -> dict[int, Source]:
    """Return the source of each marked stretch that has one, by its index in `reading.marked`."""
    found: dict[int, Source] = {}
    for sentence in reading.sentences:
        inside = [i for i in range(sentence.first, sentence.last) if reading.tokens[i].kind == QUOTE]
        for at in inside:
            source = _in_sentence(reading, sentence, inside, at, found)
            if source is not None:
                found[reading.tokens[at].quote] = source
        if len(inside) > 1:
            _share(reading, inside, found)
    _between_sentences(reading, found)
    return found


def _in_sentence(reading: Reading, sentence: Sentence, inside: list[int], at: int, found: dict[int, Source]) -> Source | None:
    position = inside.index(at)
    low = inside[position - 1] + 1 if position else sentence.first
    high = inside[position + 1] if position + 1 < len(inside) else sentence.last
    before = source_before(reading, sentence.first, low, at)
    if before is not None and _leads_straight(reading, before, at):
        return before
    after = source_after(reading, at, high)
    if after is not None:
        return after
    label = _labelled(reading, low, at) or _signed(reading, at, high)
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


def _leads_straight(reading: Reading, source: Source, at: int) -> bool:
    """Whether the cue stands right before the quotation, with no more than "that", a comma or a colon between."""
    if source.cue is None:
        return False
    return all(reading.tokens[k].text in (",", ":", "that", "—", "-", "–", "(", "[") for k in range(source.cue[1], at))


def source_before(reading: Reading, first: int, low: int, at: int) -> Source | None:
    """Return the source whose cue is the last one in tokens `low:at`; its subject may reach back to token `first`."""
    for k in range(at - 1, low - 1, -1):
        source = _source_of_cue(reading, first, k, at)
        if source is not None:
            return _outer(reading, first, low, source)
    return None


def _outer(reading: Reading, first: int, low: int, source: Source) -> Source:
    """Return the report that `source` is part of, where it is: "Smith said he wants", "Smith said voters believe"."""
    if source.cue is None or source.pattern != "before":
        return source
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    inner = cue is not None and "speech" not in cue.kinds and "stance" not in cue.kinds
    if not inner and reading.tokens[source.phrase.head].low not in ("he", "she", "they"):
        return source
    for k in range(source.phrase.first - 1, max(low, source.phrase.first - FARTHEST_OUTER) - 1, -1):
        word = reading.words.cues.get(reading.tokens[k].low)
        if word is None or "speech" not in word.kinds:
            continue
        outer = _source_of_cue(reading, first, k, source.phrase.first)
        if outer is not None and outer.cue is not None and not (not inner and reading.tokens[outer.phrase.head].low in ("he", "she", "they")):
            return outer
    return source


def _source_of_cue(reading: Reading, first: int, k: int, high: int) -> Source | None:
    """Return the source whose cue is token `k`, None where that is no cue or nobody can be found for it."""
    tokens = reading.tokens
    token = tokens[k]
    if token.kind != WORD:
        return None
    if token.low == "according" and k + 1 < len(tokens) and tokens[k + 1].low == "to":
        phrase = subject_after(reading, k + 1, high)
        return Source(phrase, (k, k + 2), "according-to") if phrase else None
    cue = reading.words.cues.get(token.low)
    if cue is None or (token.is_name and k in reading.name_at) or not reading.is_verb_here(k):
        return None
    if token.low in reading.words.particles and tokens[k + 1].low not in reading.words.particles[token.low]:
        return None
    phrase = _subject_of(reading, first, k, cue, high)
    return Source(phrase, (k, k + 1), "before") if phrase else None


def _subject_of(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    tokens, words = reading.tokens, reading.words
    j = k - 1
    while j >= first and tokens[j].kind == WORD and tokens[j].low in words["adverbs"]:
        j -= 1
    before = tokens[j] if j >= first else None
    if cue.form == "past" and before is not None and before.low in BE:
        agent = next((i for i in range(k + 1, min(high, k + 8)) if tokens[i].low == "by"), None)
        return subject_after(reading, agent, high) if agent is not None else None
    if cue.form == "ing" and not (before is not None and before.low in BE):
        named = _participle_subject(reading, first, k)
        return named if named is not None else clause_subject(reading, first, k)
    if before is not None and before.low == "to":
        return clause_subject(reading, first, k)
    subject = subject_before(reading, first, k)
    if subject is not None:
        return subject
    if before is None or before.low in ("and", "but", "or", "then", ",") or before.kind == PUNCT:
        return clause_subject(reading, first, k)
    return None


def _participle_subject(reading: Reading, first: int, k: int) -> Phrase | None:
    """Return the subject right before a participle ("with Smith saying", "has Smith saying")."""
    subject = subject_before(reading, first, k) if k > first and reading.tokens[k - 1].kind == WORD else None
    if subject is None or subject.first <= first:
        return None
    led = reading.tokens[subject.first - 1].low in ("with", "has", "have", "had", "and", "shows", "showed", "heard")
    return subject if led else None


def _labelled(reading: Reading, low: int, at: int) -> Source | None:
    """Return the speaker in front of a colon where no cue stands: "More from Smith:"."""
    if at - 2 < low or reading.tokens[at - 1].text != ":":
        return None
    if any(reading.tokens[k].low in reading.words.cues for k in range(low, at)):
        return None
    phrase = phrase_ending(reading, low, at - 2)
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


def source_after(reading: Reading, at: int, high: int) -> Source | None:
    """Return the source that follows the quotation at token `at`: "Smith said", "said Smith", "according to Smith"."""
    tokens, words = reading.tokens, reading.words
    i = at + 1
    comma = _ends_clause(reading, at)
    while i < high and tokens[i].kind == PUNCT and tokens[i].text in ",—–―-":
        i, comma = i + 1, True
    if i >= high:
        return None
    if tokens[i].low == "according":
        return _source_of_cue(reading, at + 1, i, high)
    if not comma:
        return None
    start = i
    if tokens[i].low == "as" and i + 1 < high:
        start = i = i + 1
    while i < high and i not in reading.name_at and (tokens[i].low in words["adverbs"] or tokens[i].low in words["auxiliaries"] or tokens[i].low.endswith("ly")):
        i += 1
    cue = words.cues.get(tokens[i].low) if i < high else None
    if cue is not None and cue.form != "ing" and "speech" in cue.kinds and not tokens[i].is_name:
        phrase = subject_after(reading, i, high)
        if phrase is not None:
            return Source(phrase, (i, i + 1), "inverted")
    if tokens[start].low in words["subordinators"] or tokens[start].low in words["conjunctions"]:
        return None
    for k in range(start + 1, min(high, start + FARTHEST_CUE)):
        source = _finite_source(reading, start, k, high)
        if source is not None:
            near = source.phrase.first - start <= 2
            return Source(source.phrase, source.cue, "after") if near else None
    return None


def _finite_source(reading: Reading, first: int, k: int, high: int) -> Source | None:
    cue = reading.words.cues.get(reading.tokens[k].low)
    if cue is None or cue.form == "ing" or not (cue.kinds & {"speech", "stance"}) or reading.tokens[k - 1].low == "to":
        return None
    return _source_of_cue(reading, first, k, high)


def _source_after_loose(reading: Reading, at: int, high: int) -> Source | None:
    for k in range(at + 2, min(high, at + FARTHEST_CUE)):
        source = _source_of_cue(reading, at + 1, k, high)
        if source is not None:
            return Source(source.phrase, source.cue, "after-loose")
    return None


def _ends_clause(reading: Reading, at: int) -> bool:
    """Whether the quotation ends with a stop or comma of its own, so that attribution may follow without another."""
    mark = reading.marked[reading.tokens[at].quote]
    words = reading.text[mark.start : mark.end].rstrip("'’”\" ")
    return words[-1:] in tuple(",.?!…—–-:;)]") or not mark.closed


def _noun_source(reading: Reading, low: int, at: int) -> Source | None:
    """Return the holder of words named by a noun: "Smith's call for", "in her speech"."""
    tokens, words = reading.tokens, reading.words
    for k in range(at - 1, max(low, at - 12) - 1, -1):
        if tokens[k].low not in words.cue_nouns:
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


def _share(reading: Reading, inside: list[int], found: dict[int, Source]) -> None:
    """Give the quotations of one sentence that found nobody the source of the nearest later one that did."""
    for position in range(len(inside) - 2, -1, -1):
        mine, later = reading.tokens[inside[position]].quote, reading.tokens[inside[position + 1]].quote
        if later in found and (mine not in found or found[mine].pattern in ("subject", "after-loose")) and found[later].pattern not in ("subject", "after-loose"):
            source = found[later]
            if mine not in found:
                found[mine] = Source(source.phrase, source.cue, "shared")


def _between_sentences(reading: Reading, found: dict[int, Source]) -> None:
    """Give sentences that are nothing but quotations a speaker from the sentences around them."""
    previous: Source | None = None  # of the quotation just before, while only quotations follow
    last: Sentence | None = None
    for number, sentence in enumerate(reading.sentences):
        inside = [i for i in range(sentence.first, sentence.last) if reading.tokens[i].kind == QUOTE]
        bare = bool(inside) and all(reading.tokens[i].kind != WORD for i in range(sentence.first, sentence.last))
        if bare:
            source = _carried(reading, number, sentence, last, previous, found)
            for i in inside:
                if source is not None:
                    found.setdefault(reading.tokens[i].quote, source)
        if inside:
            previous = found.get(reading.tokens[inside[-1]].quote)
        else:
            previous = None
        last = sentence


def _carried(
    reading: Reading, number: int, sentence: Sentence, last: Sentence | None, previous: Source | None, found: dict[int, Source]
) -> Source | None:
    same = last is not None and last.paragraph == sentence.paragraph
    if same and previous is not None:
        return Source(previous.phrase, previous.cue, "carried")
    following = _next_source(reading, number, sentence, found)
    if following is not None:
        return following
    if last is None or sentence.paragraph - last.paragraph > 1:
        return None
    intro = _introduced(reading, last)
    if intro is not None:
        return intro
    if previous is not None:
        return Source(previous.phrase, previous.cue, "carried-over")
    return None


def _next_source(reading: Reading, number: int, sentence: Sentence, found: dict[int, Source]) -> Source | None:
    """Return the source of the next quotation in the same paragraph, where that sentence begins with it."""
    for later in reading.sentences[number + 1 : number + 4]:
        if later.paragraph != sentence.paragraph:
            return None
        first = reading.tokens[later.first]
        if first.kind != QUOTE:
            return None
        source = found.get(first.quote)
        if source is not None:
            return Source(source.phrase, source.cue, "next") if source.pattern in ("after", "inverted", "according-to") else None
    return None


def _introduced(reading: Reading, last: Sentence) -> Source | None:
    """Return the speaker whom the sentence before introduces: its last cue's subject, else its own subject."""
    tokens = reading.tokens
    if any(tokens[i].kind == QUOTE for i in range(last.first, last.last)) and tokens[last.last - 1].text != ":":
        return None
    for k in range(last.first, last.last):
        cue = reading.words.cues.get(tokens[k].low)
        source = _source_of_cue(reading, last.first, k, last.last) if cue is not None and "mind" not in cue.kinds else None
        if source is not None:
            return Source(source.phrase, source.cue, "sentence-before")
    subject = clause_subject(reading, last.first, last.last)
    return Source(subject, None, "sentence-before") if subject else None
