"""Who says a quotation, by the words of its own sentence: the patterns, in order of trust.

Not here: the patterns behind the quotation (`behind`), single reports (`reports`), speakers taken
over from other sentences (`carrying`), names (`naming`).
"""

from __future__ import annotations

from flows.annotate.quotes.after_quote import (
    bracketed,
    passive_agent,
    signature,
    source_after,
    source_after_loose,
    verdict_of,
)
from flows.annotate.quotes.clause_subjects import clause_subject
from flows.annotate.quotes.phrases import Phrase, phrase_beginning, phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, is_agent, report_at
from flows.annotate.quotes.tokens import POSSESSIVE, WORD, Sentence

# A report that embeds another begins at most this many words before the inner subject.
MAX_OUTER = 14
# Words between a cue and the "with" or "that" which leads to its words.
MAX_LEAD = 5
# A cue this many words before a quotation holds it against a cue after it.
NEAR_CUE = 6
# Tokens before a quotation among which "in the words of" begins.
MAX_WORDS_OF = 12
# How words for people end ("attendee", "drummer").
PERSON_ENDS = ("ee", "er", "or", "ist", "ian", "man", "men")
# Patterns that only guess, from a subject or a cue further on.
WEAK = ("subject", "after-loose", "noun", "carried-into")


def speaker_in_sentence(
    reading: Reading, sentence: Sentence, inside: list[int], at: int, found: dict[int, Source]
) -> Source | None:
    """Return the source of the quotation at token `at`; `inside` are all quotation tokens of its
    sentence, `found` the sources so far.
    """
    position = inside.index(at)
    low = inside[position - 1] + 1 if position else sentence.first
    high = _next_quotation(reading, inside[position + 1 :], sentence)
    before = source_before(reading, sentence.first, low, at)
    if before is not None and (owner := _owner_of_words(reading, before, at)) is not None:
        return owner
    if before is not None and (_leads_straight(reading, before, at) or _holds(reading, before, at)):
        return before
    after = source_after(reading, at, high)
    if after is not None:
        return after
    label = (
        passive_agent(reading, low, at, high)
        or verdict_of(reading, at, high)
        or _labelled(reading, low, at)
        or signature(reading, at, high)
    )
    if label is not None:
        return label
    if before is not None:
        return before
    if position:
        earlier = found.get(reading.tokens[inside[position - 1]].quote)
        if earlier is not None:
            return Source(earlier.phrase, earlier.cue, "shared")
    named = (
        bracketed(reading, at, high)
        or _in_words_of(reading, low, at)
        or _noun_source(reading, low, at)
    )
    if named is not None:
        return named
    loose = source_after_loose(reading, at, high)
    if loose is not None:
        return loose
    if sentence.first < at:
        subject = clause_subject(reading, sentence.first, at)
        # "the envoys 'have called on ...'" quotes what the text says of them, not their words
        if subject is not None and subject.last < at and _may_tell(reading, subject, at):
            return Source(subject, None, "subject")
    return None


def _may_tell(reading: Reading, phrase: Phrase, at: int) -> bool:
    """Whether the subject of a clause without a cue may be whose words the quotation at token `at`
    is: a person by name, role or form, a document, or whatever a colon follows.
    """
    head = reading.tokens[phrase.head].low
    return (
        is_agent(reading, phrase)
        or head in reading.words["documents"]
        or head.rstrip("s").endswith(PERSON_ENDS)
        or reading.tokens[at - 1].text == ":"
    )


def _next_quotation(reading: Reading, later: list[int], sentence: Sentence) -> int:
    """Return the token of the next quotation, or the sentence's end; one behind an article is part
    of a phrase: the “Harwick” star.
    """
    for at in later:
        if reading.tokens[at - 1].low not in ("a", "an", "the"):
            return at
    return sentence.last


def _leads_straight(reading: Reading, source: Source, at: int) -> bool:
    """Whether the cue stands right before the quotation, with no more than "that", a comma or a
    colon between.

    A listener or a time may stand between too, where "with" or "that" leads to the words: "replied
    to Thorne with", "said on Monday that".
    """
    if source.cue is None:
        return False
    tokens = reading.tokens
    between = range(source.cue[1], at)
    if all(tokens[k].text in (",", ":", "that", "—", "-", "–", "(", "[") for k in between):
        return True
    lead = at - 1 - (tokens[at - 1].text in (",", ":"))
    led = (
        lead > source.cue[1]
        and tokens[lead].low in ("with", "that")
        and lead - source.cue[1] <= MAX_LEAD
    )
    return led and all(tokens[k].kind == WORD for k in range(source.cue[1], lead))


def _holds(reading: Reading, source: Source, at: int) -> bool:
    """Whether the quotation goes on with the clause of a near cue ("said he would 'stay the
    course'"), whatever stands after it.
    """
    mark = reading.marked[reading.tokens[at].quote]
    if (
        source.cue is None
        or not reading.text[mark.start].islower()
        or at - source.cue[1] > NEAR_CUE
    ):
        return False
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    return cue is not None and bool(cue.kinds & {"speech", "stance"})


def source_before(reading: Reading, first: int, low: int, at: int) -> Source | None:
    """Return the source whose cue is the last one in tokens `low:at`; its subject may reach back to
    token `first`.
    """
    opening: Source | None = None
    for k in range(at - 1, low - 1, -1):
        source = report_at(reading, first, k, at)
        if source is None:
            continue
        if not _is_aside(reading, source, at):
            return _outer(reading, first, low, source, at)
        opening = source if source.phrase.first == first + 1 else None
    return opening


def _is_aside(reading: Reading, source: Source, at: int) -> bool:
    """Whether the source is a remark by the way: "- as Quill has said -", ", which Quill says will
    cost a million,".
    """
    if source.cue is None or source.cue[1] >= at or source.phrase.first == 0:
        return False
    ahead, tokens = reading.tokens[source.phrase.first - 1].low, reading.tokens
    if ahead in ("which", "whom"):
        return any(tokens[k].text == "," for k in range(source.cue[1], at))
    return ahead == "as" and tokens[source.cue[1]].text in (",", "-", "–", "—", ")")


def _outer(reading: Reading, first: int, low: int, source: Source, at: int) -> Source:
    """Return the report that `source` is part of, where it is: "Quill said he wants", "Quill said
    voters believe", "Quill said Thorne begged him for help and" before the quotation at token `at`.
    """
    if source.cue is None or source.pattern != "before":
        return source
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    words = reading.words
    is_joined = reading.tokens[at - 1].low in words["conjunctions"]
    inner = cue is not None and (
        cue.lemma in words["acting"]
        or ("speech" not in cue.kinds and "stance" not in cue.kinds)
        or (is_joined and (cue.lemma in words["bidding"] or cue.lemma not in words["saying"]))
        or (
            any(cue.lemma in words[kind] for kind in ("bidding", "asking"))
            and _asks_to(reading, source.cue[1], at)
        )
    )
    pronouns = ("he", "she", "they")
    if not inner and reading.tokens[source.phrase.head].low not in pronouns:
        return source
    ahead = reading.tokens[source.phrase.first - 1].low
    if ahead in reading.words["breaks_report"] or (ahead == "," and not inner):
        return source
    farthest = (
        max(first, source.phrase.first - 2 * MAX_OUTER)
        if inner
        else max(low, source.phrase.first - MAX_OUTER)
    )
    for k in range(source.phrase.first - 1, farthest - 1, -1):
        word = reading.words.cues.get(reading.tokens[k].low)
        if word is None or "speech" not in word.kinds:
            continue
        outer = report_at(reading, first, k, source.phrase.first)
        if outer is None or outer.cue is None:
            continue
        # over a comma only "said that, while ..., they see", or ", he said, they have seen"
        is_aside = outer.cue[1] == source.phrase.first - 1 and (
            outer.phrase.first > 0 and reading.tokens[outer.phrase.first - 1].text == ","
        )
        if ahead == "," and not is_aside and reading.tokens[outer.cue[1]].low != "that":
            continue
        if inner or reading.tokens[outer.phrase.head].low not in pronouns:
            return outer
    return source


def _asks_to(reading: Reading, first: int, at: int) -> bool:
    """Whether what somebody is asked to do stands before the quotation at token `at`: "urged the
    port to be “more open”", "asked the bank for “a bit more”".
    """
    return any(reading.tokens[i].low in ("to", "for") for i in range(first + 1, at))


def _labelled(reading: Reading, low: int, at: int) -> Source | None:
    """Return the speaker in front of a colon where no cue stands ("More from Quill:"), or behind a
    dash ("BRIDGE OPENS - Ada Quill:").
    """
    tokens = reading.tokens
    if at - 2 < low or tokens[at - 1].text != ":":
        return None
    if (meant := _meant_for(reading, low)) is not None:
        return Source(meant, None, "label")
    last = at - 2
    first, name = last, reading.name_at.get(last)
    while first > low and name is not None and reading.name_at.get(first - 1) is name:
        first -= 1
    person = name is not None and name.label == "PERSON"
    if person and first > low and tokens[first - 1].text in ("-", "–", "—"):
        return Source(Phrase(first, last + 1, last), None, "label")
    if any(tokens[k].low in reading.words.cues and reading.is_verb_here(k) for k in range(low, at)):
        return None
    phrase = phrase_ending(reading, low, last)
    if phrase is None:
        return None
    if phrase.first > low and tokens[phrase.first - 1].low in (
        "to",
        "of",
        "about",
        "with",
        "on",
        "for",
        "against",
    ):
        return None
    if person and first > phrase.first and tokens[first - 1].low == "from":
        phrase = Phrase(first, last + 1, last)  # "Then came the answer from Ada Quill:"
    head = tokens[phrase.head]
    turn = head.text.isupper() and reading.people.bearer(head.low) is not None  # "QUILL: No."
    return (
        Source(phrase, None, "label") if turn or person or phrase.head in reading.name_at else None
    )


def _meant_for(reading: Reading, low: int) -> Phrase | None:
    """Return whose view it is that a clause from token `low` on leads to: "For Ada Quill, it is
    simple: “...”"; not "For Ada Quill the verdict was short: “...”".
    """
    tokens = reading.tokens
    phrase = phrase_beginning(reading, low, len(tokens)) if tokens[low].low == "for" else None
    if phrase is None or phrase.last + 1 >= len(tokens) or not is_agent(reading, phrase):
        return None
    behind = phrase.last + (tokens[phrase.last].text == ",")
    is_view = tokens[behind].low.replace("’", "'") in ("it", "it's")
    return phrase if is_view else None


def _in_words_of(reading: Reading, low: int, at: int) -> Source | None:
    """Return in whose words the quotation at token `at` says something: "in the words of Ada
    Quill, “...”", "in Quill's words", "by her own account".
    """
    tokens, words = reading.tokens, reading.words
    for k in range(at - 1, max(low, at - MAX_WORDS_OF), -1):
        if tokens[k].low not in words["wording"]:
            continue
        first = next((i for i in range(k - 1, low - 1, -1) if not reading.is_noun(i)), low)
        owners = [i for i in range(k - 1, first, -1) if tokens[i].low.endswith(POSSESSIVE)]
        if tokens[first].text in ("'", "’"):
            owners = [first - 1]  # "in Harris' words"
        phrase = None
        if owners:
            phrase = phrase_ending(reading, low, owners[0])
            first = phrase.first if phrase is not None else first
        elif tokens[first].low in words["possessives"]:
            phrase = Phrase(first, first + 1, first)
        elif tokens[k + 1].low == "of":
            phrase = phrase_beginning(reading, k + 1, at)
            phrase = phrase if phrase is not None and is_agent(reading, phrase) else None
        if phrase is not None and first > low and tokens[first - 1].low in ("in", "by"):
            return Source(phrase, (k, k + 1), "according-to")
    return None


def _owner_of_words(reading: Reading, source: Source, at: int) -> Source | None:
    """Return whose words somebody judges: "denounced Ada Quill's call for “...”"; not "mocked Ada
    Quill's plan as “...”".
    """
    if source.cue is None or source.cue[1] >= at:
        return None
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low)
    if cue is None or "stance" not in cue.kinds or "speech" in cue.kinds:
        return None
    owner = _noun_source(reading, source.cue[1], at)
    if owner is None or owner.cue is None or owner.phrase.head not in reading.name_at:
        return None
    behind = [token.low for token in reading.tokens[owner.cue[1] : at]]
    return owner if behind[:1] in (["for"], ["that"], ["to"]) and "as" not in behind else None


def _noun_source(reading: Reading, low: int, at: int) -> Source | None:
    """Return the holder of words named by a noun: "Quill's call for", "in her speech"."""
    tokens, words = reading.tokens, reading.words
    for k in range(at - 1, max(low, at - 12) - 1, -1):
        if tokens[k].low not in words.cue_nouns or (k == at - 1 and tokens[k].low.endswith("s")):
            continue
        j = k - 1
        while (
            j >= low and reading.is_noun(j) and not tokens[j].low.endswith(("'s", "’s", "’", "'"))
        ):
            j -= 1
        if j < low or tokens[j].kind != WORD:
            continue
        if tokens[j].low in ("his", "her", "their"):
            return Source(Phrase(j, j + 1, j), (k, k + 1), "noun")
        if tokens[j].low.endswith(POSSESSIVE):
            phrase = phrase_ending(reading, low, j)
            return Source(phrase, (k, k + 1), "noun") if phrase else None
    return None
