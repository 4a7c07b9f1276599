"""Words that only look like a report: labels of a list, what is worth noting, what somebody refuses
to say, a relative clause, who speaks behind a whole clause.

Not here: whether the words behind a cue are a clause (`said`).
"""

from __future__ import annotations

from flows.annotate.quotes.appositions import has_verb
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.reports import Source, is_agent
from flows.annotate.quotes.tokens import QUOTE, Sentence

# Tokens before "or explain" among which the "to" stands that goes for it too.
MAX_INFINITIVE = 16
DASHES = ("—", "–", "-")
# Tokens of a listener, and of what they are told of.
MAX_LISTENER = 6
# Words behind an "of" that make a thing of what they open ("tells a tale of how it sank").
OF_THINGS = ("who", "which", "whose", "what", "how", "why")
# Tokens of a thing before its relative "that" ("boasts new sails that").
MIN_THING = 2


def is_no_report(
    reading: Reading, sentence: Sentence, source: Source, first: int, last: int
) -> bool:
    """Whether nobody says tokens `first:last`, by the form of cue, subject or object."""
    if source.cue is None:
        return False
    return (
        _is_label(reading, sentence, source.cue[0])
        or _is_impersonal(reading, source)
        or _is_refused(reading, sentence, source, source.cue[0])
        or _disagrees(reading, source, source.cue[0])
        or _is_relative(reading, sentence, source, first)
        or _is_typewritten(reading, source, first)
        or _is_advice(reading, source)
        or _is_question(reading, source, first)
        or _is_bidden(reading, sentence, source)
        or _is_told_of(reading, source.cue[1], first)
        or _is_it(reading, source.cue[1], first)
        or _is_of(reading, source.cue[1], first)
        or _is_condition(reading, source.cue[1], first, last)
        or _has_thing(reading, source.cue, first)
        or _is_told_about(reading, source.cue, sentence.last)
        or _speaks(reading, source, first)
        or _is_begun(reading, sentence, source, last)
        or _is_request(reading, source, first, sentence.last)
    )


def _speaks(reading: Reading, source: Source, first: int) -> bool:
    """Whether a whole clause ends right before the verb, so that who speaks stands behind it: "The
    town met, said the trustees". Two commas hold a remark on the subject: "Quill, 51, said".
    """
    assert source.cue is not None
    tokens, head, at = reading.tokens, source.phrase.head, source.cue[0]
    if first < at or tokens[at].low.endswith("ing") or tokens[first - 1].low == "that":
        return False  # "she said, adding that"
    commas = [i for i in range(head, at) if tokens[i].text == ","]
    return commas == [at - 1] and has_verb(reading, head + 1, at - 1)


def _is_begun(reading: Reading, sentence: Sentence, source: Source, last: int) -> bool:
    """Whether words before an attribution end in an auxiliary, and go on in marks behind it: "There
    are, warns Quill, “no good ways”".
    """
    assert source.cue is not None
    tokens, behind = reading.tokens, max(source.cue[1], source.phrase.last)
    goes_on = any(tokens[i].kind == QUOTE for i in range(behind, sentence.last))
    return (
        last <= source.cue[0] and goes_on and tokens[last - 1].low in reading.words["auxiliaries"]
    )


def _is_request(reading: Reading, source: Source, first: int, last: int) -> bool:
    """Whether somebody asks that a thing is not done: "asked that her town not be printed"."""
    assert source.cue is not None
    tokens = reading.tokens
    cue = reading.words.cues.get(tokens[source.cue[0]].low)
    if cue is None or cue.lemma not in reading.words["asking"] or tokens[first - 1].low != "that":
        return False
    return any(tokens[i].low == "not" and tokens[i + 1].low == "be" for i in range(first, last - 1))


def _is_label(reading: Reading, sentence: Sentence, cue: int) -> bool:
    """Whether the cue has a capital within its sentence ("Pro plan – Adds more seats")."""
    token = reading.tokens[cue]
    return token.is_name and cue > sentence.first and not token.text.isupper()


def _is_impersonal(reading: Reading, source: Source) -> bool:
    """Whether the subject is an "it's" or the text's own "I'd" ("It's worth noting that ...")."""
    return reading.tokens[source.phrase.head].low.replace("’", "'") in (
        "it's",
        "i'd",
        "i've",
        "i'll",
    )


def _is_refused(reading: Reading, sentence: Sentence, source: Source, cue: int) -> bool:
    """Whether a "to" or "must" before another verb goes for the cue too ("refuses to come or say
    how"). This does not hold for a "must" that is itself reported ("argue it must go and say why").
    """
    tokens, words = reading.tokens, reading.words
    form = words.cues[tokens[cue].low].form if tokens[cue].low in words.cues else ""
    is_joined = tokens[cue - 1].low in words["choices"] and tokens[cue - 2].text != ","
    if form in ("past", "third", "ing") or not is_joined:
        return False
    low = max(sentence.first, cue - MAX_INFINITIVE)
    low = max(low, source.phrase.first) if source.phrase.first < cue else low
    if any(tokens[i].low == "to" for i in range(low, cue)):
        return True
    must = next((i for i in range(low, cue) if tokens[i].low in words["modals"]), low)
    told = any(tokens[i].low in words.telling for i in range(sentence.first, must))
    return must > low and not told and not tokens[must].is_name


def _disagrees(reading: Reading, source: Source, cue: int) -> bool:
    """Whether subject and verb differ in number ("don't open it - ask the sender", "sailors who see
    it in our answers"), or the subject is a day.
    """
    tokens, words, phrase = reading.tokens, reading.words, source.phrase
    if source.pattern != "before" or phrase.last > cue:
        return False
    if phrase.antecedent is not None:
        phrase = phrase.antecedent
    head = tokens[phrase.head].low
    if head in words["days"] and phrase.last - phrase.first > 1:
        return phrase.head not in reading.name_at
    form = words.cues[tokens[cue].low].form if tokens[cue].low in words.cues else ""
    if form == "base" and head in ("he", "she", "it"):
        low = max(phrase.first - 1, 0)
        leads = (tokens[i].low for i in range(low, cue))
        return not any(word == "to" or word in words["auxiliaries"] for word in leads)
    one = head.removesuffix("s")
    is_who = phrase is not source.phrase and not one.endswith("s")
    known = one != head and (is_who or one in words["roles"] or one in words["documents"])
    return form == "third" and known and phrase.head not in reading.name_at


def _is_relative(reading: Reading, sentence: Sentence, source: Source, first: int) -> bool:
    """Whether the report belongs to a "what" ("more than what it says about pilots"), or to the
    "who" of a headline ("Hacker who revealed private letters admits it").
    """
    assert source.cue is not None
    tokens, phrase = reading.tokens, source.phrase
    if phrase.antecedent is not None:
        return not sentence.paragraph and tokens[sentence.last - 1].text not in ".!?"
    if tokens[phrase.first].low == "whom" or _has_gap(reading, sentence, source, first):
        return True
    before = tokens[phrase.first - 1].low if phrase.first > sentence.first else ""
    behind = tokens[source.cue[1]].low
    is_aside = before == "," and tokens[source.cue[1]].text == ","
    if is_aside and tokens[phrase.first - 2].low == "that" and reading.is_noun(phrase.first - 3):
        return True  # "tides that, they claim, don't turn"
    ends = behind in reading.words["prepositions"] or tokens[source.cue[1]].text == ","
    return before == "what" and ends


def _has_gap(reading: Reading, sentence: Sentence, source: Source, first: int) -> bool:
    """Whether the words stand in a relative clause of a noun, which is their object: "a race that
    only two pilots said they would join"; not "so bleak that", "told the crew that two said".
    """
    assert source.cue is not None
    tokens, that = reading.tokens, source.phrase.first - 1
    that -= that > sentence.first and reading.is_adverb(that)
    if that <= sentence.first or tokens[that].low not in ("that", "which") or first <= that:
        return False
    if tokens[first - 1].low == "that":
        return False  # "news that Quill told them that she had left"
    ahead = [token.low for token in tokens[sentence.first : that]]
    is_told = any(low in reading.words.telling or low in ("so", "such") for low in ahead)
    is_pronoun = tokens[first].low in reading.words["subject_pronouns"]
    return is_pronoun and reading.is_noun(that - 1) and not is_told


def _is_typewritten(reading: Reading, source: Source, first: int) -> bool:
    """Whether doubled apostrophes and a capital stand behind a cue whose words begin before it: the
    quotation is what follows ("In a letter, he wrote, ''Old interests ...''").
    """
    assert source.cue is not None
    behind = reading.text[reading.tokens[source.cue[1] - 1].end :][:5]
    return first < source.cue[0] and behind.startswith(", ''") and behind[4:].isupper()


def _is_question(reading: Reading, source: Source, first: int) -> bool:
    """Whether a thing or a participle leads to a question word, so that the text does not say what
    was said: "This guide explains how", "revealing why".
    """
    assert source.cue is not None
    tokens, words, behind = reading.tokens, reading.words, source.cue[1]
    cue, head = words.cues.get(tokens[source.cue[0]].low), tokens[source.phrase.head].low
    if cue is None or first < behind or cue.lemma in words["asking"]:
        return False
    if tokens[first - 1].low == "that":
        return False
    is_somebody = is_agent(reading, source.phrase) and head not in words["documents"]
    leads = tokens[first].low in words["questions"] or tokens[first - 1].low in words["questions"]
    return leads and (cue.form == "ing" or not is_somebody)


def _is_bidden(reading: Reading, sentence: Sentence, source: Source) -> bool:
    """Whether the cue opens what stands behind the only dash of its sentence, so that it bids the
    reader ("It is no game — just ask my crew who sailed").
    """
    assert source.cue is not None
    tokens, at = reading.tokens, source.cue[0] - 1
    verb = reading.words.cues.get(tokens[source.cue[0]].low)
    while at > sentence.first and reading.is_adverb(at):
        at -= 1
    is_base = verb is not None and verb.form == "base" and tokens[at].text in DASHES
    return is_base and sum(tokens[i].text in DASHES for i in range(sentence.first, at + 1)) == 1


def _is_advice(reading: Reading, source: Source) -> bool:
    """Whether the cue tells the reader something ("Boats sail too, but note that it is far"), or
    stands for "for example" ("kidneys, say, or hearts").
    """
    assert source.cue is not None
    tokens, cue = reading.tokens, source.cue[0]
    if tokens[cue].low == "say" and tokens[cue - 1].text == tokens[cue + 1].text == ",":
        return True
    verb = reading.words.cues.get(tokens[cue].low)
    is_base = verb is not None and verb.form not in ("past", "third", "ing")
    head = tokens[source.phrase.head].low
    is_somebody = source.phrase.head in reading.name_at or head in reading.words["subject_pronouns"]
    is_thing = not is_somebody and head not in reading.words["roles"]
    return is_base and tokens[cue - 1].low in reading.words["joints"] and is_thing


def _is_told_of(reading: Reading, behind: int, first: int) -> bool:
    """Whether the words are a relative clause or an object behind the "of" of what is told ("told
    the tale of a man who sailed", "reminded them of the ships he had lost").
    """
    tokens, words = reading.tokens, reading.words
    of = next((i for i in range(behind, first) if tokens[i].low == "of"), first)
    led = tokens[first - 1].low in words["determiners"] or tokens[first - 1].low in OF_THINGS
    is_object = led and of == first - 2
    return of < first and (is_object or tokens[first].low in OF_THINGS)


def _is_it(reading: Reading, behind: int, first: int) -> bool:
    """Whether an "it" right behind the cue is its object: "As Quill explained it to me, ...", "The
    name says it all: ...".
    """
    tokens = reading.tokens
    is_object = first == behind and tokens[first].low == "it"
    low = tokens[first + 1].low
    return is_object and (low == "all" or low in reading.words["prepositions"])


def _is_of(reading: Reading, behind: int, first: int) -> bool:
    """Whether an "of" behind the cue leads to a thing: "reminded me of a tale"; not behind a
    "that" ("found that of the boats half leak").
    """
    tokens = reading.tokens
    ahead = tokens[first - 1 - (tokens[first - 1].text == ",")].low
    return first >= behind and tokens[first].low == "of" and ahead != "that"


def _is_condition(reading: Reading, behind: int, first: int, last: int) -> bool:
    """Whether the words are only a condition, and what follows from it stands in marks ("said that
    if she wins, “we all win”"), or the words are only the beginning of what goes on in marks.
    """
    tokens = reading.tokens
    if first < behind:
        return False
    if tokens[last].kind == QUOTE:
        return True  # "said pilots with names like “Salty” sail well"
    leads_marks = tokens[last].text == "," and tokens[last + 1].kind == QUOTE
    if leads_marks and not has_verb(reading, first, last):
        return True  # "said that two boats, “Wren” and “Tern,” leak"
    if leads_marks and tokens[last - 1].low in reading.words.telling:
        return True  # "said she had heard him say, “It leaks”"
    if tokens[last].text in DASHES and tokens[last + 1].kind == QUOTE:
        dash = next((i for i in range(first, last) if tokens[i].text in DASHES), last)
        return not has_verb(reading, first, dash)  # "said her plan — a gift — “would end” it"
    is_led = tokens[first].low in reading.words["conditions"] and tokens[last].text == ","
    is_one = not any(tokens[i].text == "," for i in range(first, last))
    return is_led and (is_one or leads_marks)


def _has_thing(reading: Reading, cue: tuple[int, int], first: int) -> bool:
    """Whether a thing stands between the cue and a "that" or "to" that belongs to it: "boasts new
    sails that we need", "urging adherence to limits".
    """
    tokens, words, that = reading.tokens, reading.words, first - 1
    verb = words.cues.get(tokens[cue[0]].low)
    if verb is None or first <= cue[1]:
        return False
    if tokens[first].low == "to" and verb.lemma in words["bidding"]:
        low = tokens[cue[1]].low
        is_led = first == cue[1] + 1 and low not in words["days"]
        return is_led and not (_is_somebody(reading, cue[1]) or low.endswith("s"))
    listens = any(verb.lemma in words[kind] for kind in ("listened", "listener_verbs", "bidding"))
    if tokens[that].low != "that" or listens or that - cue[1] < MIN_THING:
        return False
    if _is_somebody(reading, that - 1) or not _is_plain_noun(reading, that - 1):
        return False
    inner = range(cue[1], that - 1)  # "adds barely seen sails that"
    return all(
        _is_plain_noun(reading, i) or reading.is_adverb(i) or reading.is_adverb(i - 1)
        for i in inner
    )


def _is_somebody(reading: Reading, i: int) -> bool:
    """Whether token `i` is a name, a pronoun or a person's role."""
    low, words = reading.tokens[i].low, reading.words
    known = any(low in words[kind] for kind in ("roles", "object_pronouns", "subject_pronouns"))
    return known or i in reading.name_at or reading.tokens[i].is_name


def _is_plain_noun(reading: Reading, i: int) -> bool:
    low, words = reading.tokens[i].low, reading.words
    is_time = low in words["days"] or low in words["time_words"] or reading.is_adverb(i)
    return reading.is_noun(i) and i not in reading.name_at and not is_time


def _is_told_about(reading: Reading, cue: tuple[int, int], last: int) -> bool:
    """Whether a listener and an "of" or "about" stand behind the cue, and a relative clause without
    its "that" behind their noun: "reminded the sailors of the winter her crew had spent at sea".

    A listener may have an "of" too: "told the mayor of Dunmere he had won", "told members of the
    board they would pay".
    """
    tokens, words = reading.tokens, reading.words
    verb = words.cues.get(tokens[cue[0]].low)
    if verb is None or not any(
        verb.lemma in words[kind] for kind in ("listened", "listener_verbs")
    ):
        return False
    at = behind = cue[1]
    while at < last and tokens[at].low not in ("of", "about"):
        kinds = ("determiners", "possessives", "object_pronouns") if at == behind else ()
        listens = reading.is_noun(at) or any(tokens[at].low in words[kind] for kind in kinds)
        if not listens or at - behind > MAX_LISTENER:
            return False
        at += 1
    if at in (behind, last) or at + 1 >= last or at + 1 in reading.name_at:
        return False
    tells = tokens[cue[0]].low in ("tell", "tells", "told", "telling")  # of others "of" is part
    if tells and tokens[at].low == "of" and tokens[at - 1].low in words["roles"]:
        return False
    for i in range(at + 2, min(last, at + MAX_LISTENER)):
        low = tokens[i].low
        opens = low in words["subject_pronouns"] or low in words["possessives"]
        if opens and low != "who" and reading.is_noun(i - 1):
            following = (tokens[k].low for k in range(i + 1, min(last, i + MAX_LISTENER)))
            return not any(word in words["modals"] for word in following)
        if not reading.is_noun(i):
            return False
    return False


def is_means(reading: Reading, k: int) -> bool:
    """Whether the verb at token `k` tells how something is done ("by suggesting that ..."), or what
    was not ("denied telling").
    """
    tokens = reading.tokens
    return (
        k > 0
        and tokens[k].low.endswith("ing")
        and any(tokens[k - 1].low in reading.words[kind] for kind in ("prepositions", "avoiding"))
    )


def is_idiom(reading: Reading, behind: int, lemma: str) -> bool:
    """Whether a "told" before token `behind` tells nobody anything: "all told, ..."."""
    return lemma == "tell" and reading.tokens[behind].text == ","
