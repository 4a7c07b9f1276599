"""Who says each quotation, and by which words the text says so: the patterns, in order of trust.

Here: patterns within a sentence, then between sentences and paragraphs. Not here: noun phrases (`phrases`), names (`naming`), marks.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.lexicon import Cue
from flows.annotate.quotes.phrases import Phrase, clause_subject, phrase_ending, subject_after, subject_before
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import BREAK, PUNCT, QUOTE, WORD, Sentence

# A cue may stand this many words after its quotation ("...," Smith, a lawyer of Harwick who won the case in May, said).
FARTHEST_CUE = 45
# A report that embeds another begins at most this many words before the inner subject.
FARTHEST_OUTER = 14
# A cue this many words before a quotation holds it against a cue after it.
NEAR_CUE = 6
# Tokens of a line that is nothing but a name and a role.
LONGEST_SIGNATURE = 14
# Before the inner subject these end the report that went before ("Smith said so, although he tweeted ...").
BREAKS_REPORT = frozenset("although though while when whereas but as , ; -".split())
NAMING = frozenset("call dub brand label term".split())
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
    if before is not None and (_leads_straight(reading, before, at) or _holds(reading, before, at)):
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
    """Whether the source is a remark by the way: "- as Smith has said -"."""
    if source.cue is None or source.cue[1] >= at or source.phrase.first == 0:
        return False
    as_said = reading.tokens[source.phrase.first - 1].low == "as"
    return as_said and reading.tokens[source.cue[1]].text in (",", "-", "–", "—", ")")


def _outer(reading: Reading, first: int, low: int, source: Source) -> Source:
    """Return the report that `source` is part of, where it is: "Smith said he wants", "Smith said voters believe"."""
    if source.cue is None or source.pattern != "before":
        return source
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    inner = cue is not None and "speech" not in cue.kinds and "stance" not in cue.kinds
    if not inner and reading.tokens[source.phrase.head].low not in ("he", "she", "they"):
        return source
    if reading.tokens[source.phrase.first - 1].low in BREAKS_REPORT:
        return source
    farthest = max(first, source.phrase.first - 2 * FARTHEST_OUTER) if inner else max(low, source.phrase.first - FARTHEST_OUTER)
    for k in range(source.phrase.first - 1, farthest - 1, -1):
        word = reading.words.cues.get(reading.tokens[k].low)
        if word is None or "speech" not in word.kinds:
            continue
        outer = report_at(reading, first, k, source.phrase.first)
        if outer is not None and outer.cue is not None and not (not inner and reading.tokens[outer.phrase.head].low in ("he", "she", "they")):
            return outer
    return source


def report_at(reading: Reading, first: int, k: int, high: int) -> Source | None:
    """Return the source whose cue is token `k`, its subject between tokens `first` and `high`; None where that is no cue or nobody can be found for it."""
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
    behind = _subject_behind(reading, first, k, cue, high)
    if behind is not None:
        return Source(behind, (k, k + 1), "inverted")
    phrase = _subject_of(reading, first, k, cue, high)
    if phrase is None or (_is_participle(reading, k, cue) and not _is_agent(reading, phrase)):
        return None
    return Source(phrase, (k, k + 1), "before")


def _subject_behind(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    """Return the subject behind a cue that ends a sentence of reported speech: "..., said Ada Quill, the mayor"."""
    tokens = reading.tokens
    if k <= first or tokens[k - 1].text != "," or "speech" not in cue.kinds or cue.form == "ing" or cue.lemma in reading.words["listener_verbs"]:
        return None
    phrase = subject_after(reading, k, high)
    if phrase is None or tokens[phrase.head].low in reading.words["days"] or not _is_agent(reading, phrase):
        return None
    # "wrote a host of songs", "denied the report": an object, unless it is a name or the verb hardly takes any
    if not tokens[phrase.head].is_name and cue.lemma not in ("say", "add", "explain", "note", "predict"):
        return None
    following = tokens[phrase.last]
    ends = phrase.last >= high or following.kind in (PUNCT, BREAK) or following.low in reading.words["prepositions"] or following.low == "who"
    return phrase if ends else None


def _is_participle(reading: Reading, k: int, cue: Cue) -> bool:
    """Whether the past form at token `k` may explain the noun before it ("a group called ...", "this year compared with ...")."""
    following = reading.tokens[k + 1].low
    return cue.form == "past" and "speech" not in cue.kinds and (cue.lemma in NAMING or following in ("with", "in", "as", "at", "by"))


def _is_agent(reading: Reading, phrase: Phrase) -> bool:
    """Whether the phrase is somebody who can speak: a name, a pronoun, a person's role."""
    low, words = reading.tokens[phrase.head].low, reading.words
    return phrase.head in reading.name_at or reading.tokens[phrase.head].is_name or low in words["subject_pronouns"] or low in words["roles"] or low in words["lone_determiners"]


def _subject_of(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    tokens, words = reading.tokens, reading.words
    j = k - 1
    while j >= first and tokens[j].kind == WORD and tokens[j].low in words["adverbs"]:
        j -= 1
    before = tokens[j] if j >= first else None
    passive = before is not None and before.low in BE
    if cue.form == "past" and (passive or (k + 1 < high and tokens[k + 1].low == "by")):
        agent = next((i for i in range(k + 1, min(high, k + 8)) if tokens[i].low == "by" and not tokens[i + 1].low.endswith("ing")), None)
        if agent is None and not passive:
            return subject_before(reading, first, k)
        return subject_after(reading, agent, high) if agent is not None else None
    if cue.form == "ing" and not (before is not None and before.low in BE):
        named = _participle_subject(reading, first, k)
        return named or _reporter_before(reading, first, k) or clause_subject(reading, first, k) or _subject_ahead(reading, first, k, high)
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


def _subject_ahead(reading: Reading, first: int, k: int, high: int) -> Phrase | None:
    """Return the subject behind the clause of a participle that opens the sentence: "Calling it a gift, Quill ..."."""
    if k - first > 2:
        return None
    comma = next((i for i in range(k + 1, high) if reading.tokens[i].text == ","), None)
    phrase = subject_after(reading, comma, high) if comma is not None else None
    return phrase if phrase is not None and _is_agent(reading, phrase) else None


def _reporter_before(reading: Reading, first: int, k: int) -> Phrase | None:
    """Return the subject of the last finite reporting verb before a participle: "Smith said ..., adding"."""
    for j in range(k - 1, first - 1, -1):
        cue = reading.words.cues.get(reading.tokens[j].low)
        if cue is not None and cue.form != "ing" and "speech" in cue.kinds:
            source = report_at(reading, first, j, k)
            if source is not None:
                return source.phrase
    return None


def _labelled(reading: Reading, low: int, at: int) -> Source | None:
    """Return the speaker in front of a colon where no cue stands: "More from Smith:"."""
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
        return report_at(reading, at + 1, i, high)
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
    return _any_verb_after(reading, at, start, high)


def _any_verb_after(reading: Reading, at: int, start: int, high: int) -> Source | None:
    """Return somebody named right after a comma inside the marks, with a verb that no list has ("..., Smith riffed")."""
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


def _noun_source(reading: Reading, low: int, at: int) -> Source | None:
    """Return the holder of words named by a noun: "Smith's call for", "in her speech"."""
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
            source = _signed_below(reading, number, sentence) or _carried(reading, number, sentence, last, previous, found)
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


def _signed_below(reading: Reading, number: int, sentence: Sentence) -> Source | None:
    """Return the person whose name and role stand alone on the line below a quotation that stands alone on its own."""
    if number + 1 >= len(reading.sentences):
        return None
    below, tokens = reading.sentences[number + 1], reading.tokens
    name = reading.name_at.get(below.first)
    if name is None or name.label != "PERSON" or below.paragraph != sentence.paragraph + 1 or below.last - below.first > LONGEST_SIGNATURE:
        return None
    if any(tokens[k].kind == QUOTE or tokens[k].low in reading.words.cues or tokens[k].low in reading.words["auxiliaries"] for k in range(below.first, below.last)):
        return None
    last = below.first
    while last < below.last and reading.name_at.get(last) is name:
        last += 1
    alone = tokens[below.last].kind == BREAK and (last == below.last or tokens[last].text == ",")
    return Source(Phrase(below.first, last, last - 1), None, "signed") if alone else None


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
        source = report_at(reading, last.first, k, last.last) if cue is not None and "mind" not in cue.kinds else None
        if source is not None:
            return Source(source.phrase, source.cue, "sentence-before")
    subject = clause_subject(reading, last.first, last.last)
    return Source(subject, None, "sentence-before") if subject else None
