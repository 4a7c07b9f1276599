"""Which reported clauses are words that somebody is reported to have said: a verb of speech in the
indicative, somebody who can speak, and a whole clause.

Attitudes ("Quill hopes to win"), acts ("Quill issued a ruling"), hearsay ("the bridge is expected
to open") and what was not said ("did not say why") are none. Not here: where a clause begins and
ends (`clauses`).
"""

from __future__ import annotations

from flows.annotate.quotes.appositions import has_verb
from flows.annotate.quotes.clause_verbs import has_main_verb, is_clause
from flows.annotate.quotes.no_reports import is_idiom, is_means, is_no_report
from flows.annotate.quotes.plain_verbs import acts_plainly, is_occasion, looks_past
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, is_agent
from flows.annotate.quotes.tokens import POSSESSIVE, PUNCT, QUOTE, WORD, Sentence
from flows.annotate.quotes.verb_groups import before_aside
from flows.annotate.quotes.whole import (
    behind_adverbs,
    is_balanced,
    is_closed,
    is_title_case,
    is_whole,
)

MAX_GROUP = 4  # tokens before a verb among which its "not", "would" or "to" stands
MIN_BARE = 3  # words of a clause that needs no "that" ("said the dam leaks")
# How nouns for several people end ("Sailors", "Fishermen").
PLURAL = ("s", "men", "women", "people", "folk", "children", "police", "staff")
# Tokens behind a "that" without a verb that are its noun ("repeated that approach").
MAX_NOUN = 6
FAR_THAT = 4  # tokens between a cue and a "that" which may belong to a noun between them
PAIR = 2
MIN_ROLE = 4  # letters of a role that ends another one ("speechwriter") are more than these


def is_said(reading: Reading, sentence: Sentence, source: Source, first: int, last: int) -> bool:
    """Whether tokens `first:last` are what `source` is reported to have said."""
    if source.cue is None or not _can_speak(reading, sentence, source):
        return False
    if is_no_report(reading, sentence, source, first, last):
        return False
    is_headline = reading.tokens[source.cue[0]].is_name and is_title_case(reading, sentence)
    if not is_balanced(reading, first, last) or is_headline:
        return False
    if first < source.cue[0] and _runs_on(reading, sentence, first):
        return False
    if source.pattern == "according-to":
        is_sentence = _opens_clause(reading, first, last) or is_whole(reading, sentence, source)
        return is_sentence and _is_origin(reading, sentence, source)
    tokens, words = reading.tokens, reading.words
    cue = words.cues.get(tokens[source.cue[0]].low)
    if cue is None or not _is_asserted(reading, sentence, source):
        return False
    is_finding = cue.lemma in words["finding"]
    if is_finding and not _finds(reading, source, first):
        return False
    if cue.lemma not in words["saying"] and not is_finding:
        return False
    if tokens[source.cue[0] - 1].text in ("'", "’") and source.cue[0] > sentence.first:
        return False  # the words stand before, in doubled apostrophes
    if is_means(reading, source.cue[0]) or is_idiom(reading, source.cue[1], cue.lemma):
        return False
    stands_before = first < source.cue[0]
    behind = source.cue[1] + (tokens[source.cue[1]].text == ",")
    if not stands_before and tokens[behind].low in words["conjunctions"]:
        return False  # "half of them agreed and ...", "Quill said, and Thorne nodded"
    opener = tokens[first].low
    if opener in words["mere_objects"] and (
        last - first == 1 or tokens[first + 1].kind == PUNCT or _is_preposition(reading, first + 1)
    ):
        return False  # "said nothing, and left", "said little about the crane"
    if opener == "to" and not stands_before:
        return cue.lemma in words["bidding"] and first > source.cue[1]
    if stands_before:
        if opener in words["clause_leads"] and not _has_comma(reading, first, last):
            return False  # "After the crane fell, other pilots wrote letters."
        closed = is_closed(reading, sentence, source, first, last)
        return closed or _opens_clause(reading, first, last)
    if _is_led(reading, first):
        pointed = _is_pointed_at(reading, first, last)
        return not (pointed or _is_time(reading, first) or _is_relative(reading, source, first))
    if opener in words["questions"]:
        if last - first <= MIN_BARE and not has_verb(reading, first + 1, last):
            return False  # "asked whether his plan", cut at an aside
        return tokens[first - 1].text != "," or opener not in words["relatives"]
    if first > source.cue[1] and _is_preposition(reading, first - 1):
        return False
    if opener in words["clause_leads"] or is_occasion(reading, first):
        return False
    if tokens[first - 1].text == "," and (
        opener.endswith(("ing", "ed")) or opener in ("who", "which")
    ):
        return False  # "Quill said, addressing the crew"
    if opener == "at" and tokens[first + 1].low in ("least", "most"):
        first, opener = first + 2, tokens[first + 2].low  # "said at least six boats sank"
    if cue.lemma in words["clausal"] and opener not in words["prepositions"]:
        if last - first < MIN_BARE:
            # "said sales fell"
            is_verb = looks_past(reading, first + 1) or acts_plainly(
                reading, first, last, ends=cue.lemma == "say"
            )
            is_subject = reading.is_noun(first) or opener == "it"  # "said it won"
            return last - first == PAIR and is_verb and is_subject
        if acts_plainly(reading, first, last, ends=cue.lemma == "say"):
            return True
        if cue.lemma == "say":
            return _opens_clause(reading, first, last)
        # "adds the best flavour, and it is perfect", "maintains a lead over pilots"
        last = next((i for i in range(first, last) if _joins(reading, i)), last)
        joint = next((i for i in range(first, last) if tokens[i].low == "and"), last)
        last = joint if has_verb(reading, joint + 1, joint + 2) else last  # "noted it and left"
        is_somebody = opener in words["subject_pronouns"] or opener in words["contractions"]
        is_sentence = is_clause(reading, first, last) or has_main_verb(reading, first, last)
        return is_somebody or is_sentence
    # "claimed victory as the count ended"
    last = next((i for i in range(first + 1, last) if _leads_on(reading, i)), last)
    comma = next((i for i in range(first, last) if tokens[i].text == ","), last)
    joint = next((i for i in range(first, comma) if tokens[i].low in words["joints"]), comma)
    acts = joint < comma and has_verb(reading, joint + 1, joint + 2)
    # "claimed self-defence and was acquitted" tells of two acts
    return is_clause(reading, first, joint if acts else comma)


def _finds(reading: Reading, source: Source, first: int) -> bool:
    """Whether a document finds or shows what a "that" leads to, or the clause before ("Rents have
    risen, the survey found").
    """
    assert source.cue is not None
    is_clause_before = first < source.phrase.first < source.cue[0]
    head = reading.tokens[source.phrase.head].low
    return head in reading.words["documents"] and (is_clause_before or _is_led(reading, first))


def _leads_on(reading: Reading, i: int) -> bool:
    """Whether an "as" or "when" and a new subject stand at token `i`."""
    tokens, words = reading.tokens, reading.words
    kinds = ("determiners", "possessives", "subject_pronouns")
    return tokens[i].low in ("as", "when") and any(tokens[i + 1].low in words[k] for k in kinds)


def _joins(reading: Reading, i: int) -> bool:
    """Whether the comma at token `i` ends a clause: "and" or "but" stands behind it."""
    return reading.tokens[i].text == "," and reading.tokens[i + 1].low in reading.words["joints"]


def _is_pointed_at(reading: Reading, first: int, last: int) -> bool:
    """Whether the "that" before token `first` is the determiner of a noun: "repeated that
    approach".
    """
    low = reading.tokens[first].low
    plain = reading.is_noun(first) and not reading.tokens[first].is_name and low[-1:] != "s"
    plain &= low not in reading.words["shares"]  # "noted that half of the berths lie empty"
    plain &= not acts_plainly(reading, first, last, ends=False)  # "that bread costs more"
    return plain and last - first <= MAX_NOUN and not has_verb(reading, first, last)


def _runs_on(reading: Reading, sentence: Sentence, first: int) -> bool:
    """Whether the words from token `first` on go on with a quotation before them: "“...” and the
    town gets nervous, Quill said".
    """
    i = first - 1
    while i >= sentence.first and reading.tokens[i].low in reading.words["conjunctions"]:
        i -= 1
    return i >= sentence.first and reading.tokens[i].kind == QUOTE


def _has_comma(reading: Reading, first: int, last: int) -> bool:
    return any(reading.tokens[i].text == "," for i in range(first, last))


def _acts(reading: Reading, first: int) -> bool:
    """Whether a "that" right before a verb is a relative: "told agencies that dealt with it"."""
    token, words = reading.tokens[first], reading.words
    return token.low in words["auxiliaries"] or (
        token.low.endswith(("ed", "lt")) and not token.is_name and not reading.is_noun(first + 1)
    )


def _is_relative(reading: Reading, source: Source, first: int) -> bool:
    """Whether the "that" before token `first` is the subject of a verb: "told agencies that dealt
    with it", "reported nine victims at a mill that works with wood".
    """
    if _acts(reading, first):
        return True
    token, far = reading.tokens[first], source.cue is not None and first - source.cue[1] > FAR_THAT
    is_third = token.low.endswith("s") and not token.is_name and not token.low.endswith("ss")
    return far and is_third and reading.is_noun(first - 2) and _is_preposition(reading, first + 1)


def _is_led(reading: Reading, first: int) -> bool:
    """Whether a "that" leads to the clause, a comma between them or not."""
    tokens = reading.tokens
    return tokens[first - 1].low == "that" or (
        tokens[first - 1].text == "," and tokens[first - 2].low == "that"
    )


def _is_preposition(reading: Reading, i: int) -> bool:
    token = reading.tokens[i]
    return token.kind == WORD and token.low in reading.words["prepositions"]


def _is_time(reading: Reading, i: int) -> bool:
    low, words = reading.tokens[i].low, reading.words
    return low in words["time_words"] or low in words["days"]


def _can_speak(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether the phrase is somebody: no "I" or "you" of the text's own voice, no "nobody", no
    adverb or verb that opens the sentence ("Please", "Suffice").
    """
    phrase, words = source.phrase, reading.words
    head = reading.tokens[phrase.head]
    if phrase.antecedent is not None:
        # "The sailor who sold the boat said"; not "The sailor who said the boat leaks"
        is_main = source.cue is not None and source.cue[0] - phrase.last > PAIR
        is_subject = is_main and head.low == "who" and phrase.antecedent.first == sentence.first
        is_somebody = is_subject or is_agent(reading, phrase.antecedent)
        return is_somebody or source.pattern == "according-to"
    if head.low in words["voiceless"] or head.low in ("i", "we", "you"):
        return False
    if head.low == "one" and reading.tokens[phrase.head + 1].low != "of":
        return False  # "one may say"; not "one of the pilots said"
    if phrase.head in reading.name_at or source.pattern == "according-to":
        return True
    if _tells(reading, source) and not is_agent(reading, phrase):
        return _has_words(reading, head.low)
    if phrase.first != sentence.first:
        led = reading.tokens[phrase.first].low
        return (
            is_agent(reading, phrase)
            or head.low in words["documents"]
            or head.low.endswith("s")
            or led in words["determiners"]
            or led in words["possessives"]
            or any(t.low.endswith(POSSESSIVE) for t in reading.tokens[phrase.first : phrase.head])
        )
    if phrase.last - phrase.first > 1 or not head.is_name:
        return True
    known = head.low in words["roles"] or head.low in words["subject_pronouns"]
    return known or head.low in words["lone_determiners"] or head.low.endswith(PLURAL)


def _has_words(reading: Reading, low: str) -> bool:
    """Whether a noun is a document or a person by its form: "polls", "court filings",
    "speechwriter".
    """
    words = reading.words
    one = low.removesuffix("s")
    if low in words["documents"] or one in words["documents"] or low in words["findings"]:
        return True
    return any(one.endswith(role) for role in words["roles"] if len(role) > MIN_ROLE)


def _tells(reading: Reading, source: Source) -> bool:
    """Whether the verb is one of which things are subjects too: "these trends suggest that"."""
    cue = reading.words.cues.get(reading.tokens[source.cue[0]].low) if source.cue else None
    return cue is not None and cue.lemma in reading.words["of_things"]


def _is_asserted(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether the text says that the words were said: no "not", no "would", no mere "to say", no
    "if" before it, no question.
    """
    assert source.cue is not None
    tokens, words, cue = reading.tokens, reading.words, source.cue[0]
    if tokens[sentence.last - 1].text == "?":
        return False
    low = max(sentence.first, cue - MAX_GROUP)
    if tokens[cue - 1].text == "," and words.cues[tokens[cue].low].form == "ing":
        low = cue  # "Quill said she had not slept, adding that the phone rang"
    tells = words.cues[tokens[cue].low].form in ("past", "third")
    if tells:  # "when he would go but said"
        low = next((i + 1 for i in range(cue - 1, low, -1) if _parts(reading, i)), low)
    if source.phrase.last <= cue:
        low = max(low, source.phrase.last)
    stop = before_aside(reading, source.phrase.last, cue)
    if stop < cue:
        low = max(source.phrase.last, stop - MAX_GROUP)
    for i in range(low, stop if source.phrase.first < cue else low):
        word = tokens[i].low
        if tokens[i].is_name and i > sentence.first:
            continue  # "in May"
        if word in words["unsaid"] or word.endswith(("n't", "n’t", "’ll", "'ll", "’d", "'d")):
            return False
        is_infinitive = word == "to" and not (tokens[i + 1].is_name and i + 1 < cue)
        is_infinitive &= not tells or tokens[cue - 1].low == "have"  # "asked to go and said"
        if is_infinitive and (i == 0 or tokens[i - 1].low not in ("on", "continued")):
            return False
    ahead = tokens[source.phrase.first - 1].low if source.phrase.first > sentence.first else ""
    return ahead not in ("if", "unless", "whether", "nor", "neither")


def _parts(reading: Reading, i: int) -> bool:
    """Whether token `i` begins a verb of its own: "but", or an "and" behind a comma."""
    low, before = reading.tokens[i].low, reading.tokens[i - 1].text
    return low == "but" or (low == "and" and before == ",")


def _is_origin(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether "according to" leads to somebody or to a document, not to a measure ("according to
    their size").
    """
    phrase, words = source.phrase, reading.words
    head = reading.tokens[phrase.head].low
    is_led = reading.tokens[phrase.first].low in ("a", "an")  # "according to a draft plan"
    if head in words["measures"] and not is_led:
        return False
    of_thing = reading.tokens[phrase.last - 1].low.endswith(POSSESSIVE)  # "Quill's will"
    of_thing &= phrase.last < sentence.last and reading.tokens[phrase.last].kind == WORD
    if head in words["documents"] or (is_agent(reading, phrase) and not of_thing):
        return True
    at = source.cue[0] if source.cue is not None else sentence.first
    set_off = at == sentence.first or reading.tokens[at - 1].text in (",", "—", "–", "-")
    owned = reading.tokens[phrase.first].low in words["possessives"]
    return set_off and not owned


def _opens_clause(reading: Reading, first: int, last: int) -> bool:
    """Whether a clause may begin here: with a noun phrase and words behind it."""
    tokens, words = reading.tokens, reading.words
    opener = tokens[first].low
    if opener in words["subject_pronouns"] or opener in words["contractions"]:
        return True
    start, first = first, behind_adverbs(reading, first, last)
    leads = ("clause_leads", "prepositions")
    if first > start and any(tokens[first].low in words[kind] for kind in leads):
        return False  # "Just as the boats left, Quill said", "Later in the day, Quill said"
    if is_clause(reading, first, last) or has_main_verb(reading, first, last):
        return True
    return any(
        tokens[i].low.endswith("s") and reading.is_noun(i - 1) for i in range(first + 1, last)
    )
