"""The subject of a verb: the phrase before it, over appositions and asides.

Not here: the subject of a clause whose verb has none right before it (`clause_subjects`), the words
of a phrase (`phrases`), and whether the verb reports anything (`reports`).
"""

from __future__ import annotations

from dataclasses import replace

from flows.annotate.quotes.joint import around_places, with_partners
from flows.annotate.quotes.phrases import Phrase, phrase_beginning, phrase_ending
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD
from flows.annotate.quotes.verb_groups import before_occasion, is_clause_beside, skip_verb_group

# A subject may stand this many appositions away from its verb ("Quill, 65, a lawyer, who won,
# said").
MAX_APPOSITIONS = 5
# Words of a relative clause before its last object ("officials who spoke on Monday with Quill
# said").
MAX_RELATIVE = 7
# Prepositions beside those within a phrase by which a name belongs to those ahead.
BELONGING = ("across", "against", "along", "among", "around", "like", "outside", "throughout")
# Tokens before a "which" among which the document stands that it means.
MAX_DOCUMENT = 14


def subject_before(reading: Reading, low: int, verb: int) -> Phrase | None:
    """Return the subject that ends before token `verb`, looking back no further than token
    `low`.
    """
    phrase = _last_subject(reading, low, verb)
    return with_partners(reading, low, phrase) if phrase is not None else None


def _last_subject(reading: Reading, low: int, verb: int) -> Phrase | None:
    """Return `subject_before` without those who speak with the person named last."""
    i = skip_verb_group(reading, low, verb)
    cue = reading.words.cues.get(reading.tokens[verb].low)
    if cue is None or cue.lemma not in reading.words["finding"]:  # "his study showed that"
        i = before_occasion(reading, low, i)
    if i < low:
        return None
    tokens, words = reading.tokens, reading.words
    token = tokens[i]
    if token.kind == PUNCT and token.text in ",—–―-)":
        return _before_apposition(reading, low, i)
    if token.kind != WORD:
        return None
    if token.low in ("who", "who's", "who’s"):
        return _antecedent(reading, low, i)
    if token.low in ("which", "that") and i > low and tokens[i - 1].text == ",":
        return _document_before(reading, low, i)
    if token.low == "that" and i > low and tokens[i - 1].low in words["documents"]:
        return Phrase(i, i + 1, i, phrase_ending(reading, low, i - 1))  # "a memo that calls it"
    if token.low in words["conjunctions"] or token.low in ("to", "by", "then", "that"):
        return None
    cue = words.cues.get(token.low)
    if (
        cue is not None
        and cue.form == "past"
        and i > low
        and i not in reading.name_at
        and reading.is_noun(i - 1)
    ):
        told = phrase_ending(reading, low, i - 1)  # "a report published on Monday said"
        at = told.first - 1 if told is not None else low
        is_object = at - 1 > low and tokens[at].low in ("that", "which", "whom")
        if is_object and reading.is_noun(at - 1):
            return phrase_ending(reading, low, at - 1)  # "the report that Quill wrote says"
        return told
    if token.low in ("them", "us") and i - 2 >= low and tokens[i - 1].low == "of":
        some = (
            tokens[i - 2].low in words["lone_determiners"] or tokens[i - 2].low in words["numbers"]
        )
        return Phrase(i - 2, i + 1, i - 2) if some else None  # "most of them said"
    phrase = phrase_ending(reading, low, i)
    if phrase is not None and phrase.first > low:
        outer = _around_modifier(reading, low, phrase) or around_places(reading, low, phrase)
        if outer is not None:
            return outer
    if (
        phrase is not None
        and phrase.first - 2 > low
        and tokens[phrase.first - 2].low == "who"
        and (
            tokens[phrase.first - 1].low in words.finite | words["past_verbs"]
            or tokens[phrase.first - 1].low.endswith("ed")
            or _is_past_cue(reading, phrase.first - 1)
        )
    ):
        return _antecedent(reading, low, phrase.first - 2)  # "the man who sold the boat said"
    if (
        phrase is not None
        and phrase.first - 1 > low
        and tokens[phrase.first - 1].low == "who"
        and (
            tokens[phrase.first].low.endswith("ed")
            or _is_third(reading, phrase.first)
            or _takes_name(reading, phrase.first, verb)
        )
    ):
        return _antecedent(
            reading, low, phrase.first - 1
        )  # "Quill, a pilot who founded the ferry line said"
    return phrase


def _is_third(reading: Reading, i: int) -> bool:
    """Whether token `i` is a verb in the present by what stands behind it ("who lives near the
    quay"; not "who critics said").
    """
    token, behind, words = reading.tokens[i], reading.tokens[i + 1].low, reading.words
    kinds = ("prepositions", "determiners", "possessives")
    is_led = any(behind in words[kind] for kind in kinds)
    return token.low.endswith("s") and not token.is_name and is_led


def _is_past_cue(reading: Reading, i: int) -> bool:
    """Whether token `i` is the past of a verb that may report something ("who shot Quill")."""
    cue = reading.words.cues.get(reading.tokens[i].low)
    return cue is not None and cue.form == "past"


def _takes_name(reading: Reading, i: int, verb: int) -> bool:
    """Whether token `i`, behind a "who", is a verb of no list whose object is a name: "the man who
    shot Ada Quill said"; not "a man who rower Ada Quill said was ill", "who Mayor Quill said".
    """
    token, words = reading.tokens[i], reading.words
    is_word = not token.is_name and i not in reading.name_at and i + 1 in reading.name_at
    is_word &= not reading.tokens[i - 1].is_name  # "Doctor Who fan Ada Quill"
    is_before = reading.is_role(token.low) or token.low in words["titles"]
    return is_word and not is_before and reading.tokens[verb + 1].low not in words.finite


def _around_modifier(reading: Reading, low: int, phrase: Phrase) -> Phrase | None:
    """Return the subject that a phrase only belongs to, as the object of its relative clause or
    participle: "officials who spoke with Quill said", "members supporting the bill said".
    """
    tokens, words = reading.tokens, reading.words
    ahead = tokens[phrase.first - 1]
    if ahead.kind != WORD or ahead.is_name:
        return None
    before = tokens[phrase.first - 2] if phrase.first - 2 >= low else None
    if ahead.low.endswith("ing") and before is not None and before.low.endswith("s"):
        is_noun = reading.is_noun(phrase.first - 2) and before.low not in words["be"]
        return phrase_ending(reading, low, phrase.first - 2) if is_noun else None
    if ahead.low.endswith("ing") and phrase.first - 2 > low:  # "a union representing them said"
        led = phrase_ending(reading, low, phrase.first - 2)
        opener = tokens[led.first].low if led is not None else ""
        if led is not None and led.first == low and opener in ("a", "an", "the", "one"):
            return replace(led, last=phrase.last)
    is_inner = before is not None and before.low in words["inner_prepositions"]
    if ahead.low.endswith("ing") and is_inner:  # "a pilot with a habit of painting the boat said"
        return _opening(reading, low, phrase.first - 3, phrase.last)
    if ahead.low not in words["prepositions"]:
        return None
    if ahead.low in BELONGING:  # "pilots along the river said"
        placed = _opening(reading, low, phrase.first - 2, phrase.last)
        if placed is not None:
            return placed
    if ahead.low == "by" and (whole := _seen(reading, low, phrase.first - 2)) is not None:
        return whole
    if tokens[low].low in ("a", "an", "the") and not (
        phrase.head in reading.name_at or tokens[phrase.head].low in words["roles"]
    ):
        opening = phrase_beginning(reading, low - 1, phrase.first)
        if opening is not None and tokens[opening.head].low in words["documents"]:
            return opening  # "a report issued over the summer by the board noted"
    for i in range(phrase.first - 2, max(low, phrase.first - MAX_RELATIVE) - 1, -1):
        if tokens[i].kind != WORD:
            return None
        if tokens[i].low == "who":
            return _antecedent(reading, low, i)
    return None


def _opening(reading: Reading, low: int, i: int, last: int) -> Phrase | None:
    """Return the people or the name whose phrase opens the clause from token `low` on, ends with
    token `i`, and with what belongs to it before token `last`; None where another phrase does.
    """
    found = phrase_ending(reading, low, i) if i >= low else None
    if found is None or found.first != low:
        return None
    head = reading.tokens[found.head].low
    # not "looks like someone told"
    is_several = head.endswith("s") and last - 1 in reading.name_at
    is_somebody = found.head in reading.name_at or reading.is_role(head) or is_several
    return replace(found, last=last) if is_somebody else None


def _seen(reading: Reading, low: int, i: int) -> Phrase | None:
    """Return the noun that a participle at token `i` explains, a small word behind it or not:
    "letters combed through by the Echo suggest".
    """
    i -= reading.tokens[i].low in reading.words["prepositions"]
    is_participle = i > low and reading.tokens[i].low.endswith(("ed", "en"))
    led = is_participle and reading.is_noun(i - 1) and i - 1 not in reading.name_at
    return phrase_ending(reading, low, i - 1) if led else None


def _document_before(reading: Reading, low: int, which: int) -> Phrase | None:
    """Return the relative pronoun at token `which` with the last document named before it: "a
    letter signed by twelve sailors, which said".
    """
    tokens, words = reading.tokens, reading.words
    for i in range(which - 2, max(low, which - MAX_DOCUMENT) - 1, -1):
        if tokens[i].low in words["documents"] and reading.is_noun(i):
            return Phrase(which, which + 1, which, phrase_ending(reading, low, i))
    return _antecedent(reading, low, which)


def _before_apposition(reading: Reading, low: int, i: int) -> Phrase | None:
    """Return the phrase before the apposition or aside that ends with the comma, dash or bracket at
    token `i`.
    """
    tokens = reading.tokens
    if tokens[i].text == ")":
        j = i - 1
        while j > low and tokens[j].text != "(":
            j -= 1
        return phrase_ending(reading, low, j - 1) if j - 1 >= low else None
    dash = tokens[i].text in ("-", "–", "—", "―")
    if dash:
        i -= i > low and tokens[i - 1].text == tokens[i].text  # "--"
        opened = next((j for j in range(i - 1, low, -1) if tokens[j].text == tokens[i].text), None)
        if opened is not None and tokens[opened - 1].text == tokens[i].text:
            opened -= 1
        outer = phrase_ending(reading, low, opened - 1) if opened is not None else None
        if outer is not None:
            return outer  # "voters - most of all in Harwick - said"
    best: Phrase | None = None
    end = i
    for _ in range(MAX_APPOSITIONS):
        j = end - 1
        while j >= low and not (
            tokens[j].kind == PUNCT
            and (tokens[j].text in ("—", "–", "-") if dash else tokens[j].text in ",;:—–")
        ):
            if tokens[j].kind == QUOTE:
                break
            j -= 1
        is_example = j >= low and tokens[j + 1].low in ("like", "such", "including")
        outer = phrase_ending(reading, low, j - 1) if is_example and j - 1 >= low else None
        if outer is not None:
            return outer  # "hawks, like Thorne and Quill, say"
        if best is not None and is_clause_beside(reading, j + 1, end):
            break  # "Ferries have been halted, the operator, Harlo, said"
        found = _segment_subject(reading, j + 1, end)
        if found is not None:
            best = found
            if _is_person(reading, found) and not _is_aside(reading, j + 1):
                break
        if j < low or tokens[j].kind == QUOTE or tokens[j].text in ";:":
            break
        end = j
    return best


def _segment_subject(reading: Reading, first: int, last: int) -> Phrase | None:
    """Return the noun phrase at the end of the segment `first:last`, unless the segment is an
    adverbial or a clause of its own.
    """
    if first >= last:
        return None
    tokens, words = reading.tokens, reading.words
    if tokens[last - 1].text == ")":
        last = next((k for k in range(last - 1, first, -1) if tokens[k].text == "("), last)
    start = first
    while start < last and tokens[start].low in words["conjunctions"]:
        start += 1
    if tokens[start].low in ("only", "even", "just") and tokens[start + 1].low in (
        "a",
        "an",
        "the",
    ):
        start += 1  # "Only the driver, who said"
    if start >= last or tokens[start].kind != WORD:
        return None
    word = tokens[start].low
    named = start in reading.name_at
    if word in ("who", "whose", "which", "whom"):
        return None
    if not named and any(
        word in words[kind] for kind in ("prepositions", "subordinators", "adverbs", "days")
    ):
        found = phrase_ending(reading, start, last - 1)
        if word in words["clause_openers"]:
            return found
        if word in words["clause_leads"] and found is not None and found.first == start + 1:
            return found  # "When Quill Hall, the oldest of the mills, told pilots"
        return _person_behind_adverbial(reading, start, last)
    cue = None if named else words.cues.get(word)
    if cue is not None and cue.form == "past" and "speech" in cue.kinds:
        return phrase_beginning(reading, start, last)  # "..., said Quill, who added"
    if cue is not None and cue.form in ("ing", "past") and not tokens[start].is_name:
        return None
    if word[0].isdigit() or (word.endswith("ing") and not named):
        return None
    if not named and word.endswith("ed") and tokens[start + 1].low in words["prepositions"]:
        return None  # "Quill, joined by Thorne, said"
    found = phrase_ending(reading, start, last - 1)
    place = reading.name_at.get(found.head) if found is not None else None
    if (
        found is not None
        and place is not None
        and place.label in ("GPE", "LOC")
        and found.first - 2 >= start
        and tokens[found.first - 1].low in ("in", "at", "from", "near")
    ):  # "a group of sailors in Harwick, Ohio, said"
        return phrase_ending(reading, start, found.first - 2) or found
    who = (
        next((i for i in range(start + 1, found.first) if tokens[i].low == "who"), 0)
        if (found is not None and tokens[found.first - 1].low in words["prepositions"])
        else 0
    )
    if who and reading.is_noun(who - 1):
        return _antecedent(reading, start, who)  # "pilots who spoke during the trial, ..., said"
    relative = (
        found is not None
        and found.first > start
        and tokens[found.first - 1].low == "who"
        and tokens[found.first].low.endswith("ed")
    )
    return None if relative else found  # "Quill, a sailor who voted for Thorne, said"


def _person_behind_adverbial(reading: Reading, start: int, last: int) -> Phrase | None:
    """Return the person who follows a place or time without a comma: "Outside the hall Mr Quill,
    who had won, said".
    """
    name, first = reading.name_at.get(last - 1), last - 1
    if name is None or name.label != "PERSON":
        return None
    while first > start and reading.name_at.get(first - 1) is name:
        first -= 1
    if reading.tokens[first - 1].low.rstrip(".") in reading.words["honorifics"]:
        first -= 1
    ahead = reading.tokens[first - 1]
    plain = (
        first - 1 > start
        and reading.is_noun(first - 1)
        and not ahead.is_name
        and ahead.low not in reading.words["roles"]
    )
    return (
        Phrase(first, last, last - 1)
        if plain and ahead.low not in reading.words["titles"]
        else None
    )


def _is_person(reading: Reading, phrase: Phrase) -> bool:
    name = reading.name_at.get(phrase.head)
    return (name is not None and name.label == "PERSON") or reading.tokens[
        phrase.head
    ].low in reading.words["subject_pronouns"]


def _is_aside(reading: Reading, first: int) -> bool:
    """Whether the segment that begins at token `first` explains the one before it: an article, an
    age, a relative clause, a participle.
    """
    token = reading.tokens[first]
    if token.kind != WORD:
        return False
    words = reading.words
    opens = token.low in words["aside_openers"] or token.low in words["prepositions"]
    return opens or token.text[0].isdigit() or (not token.is_name and token.low in words["roles"])


def _person_only(reading: Reading, phrase: Phrase | None) -> Phrase | None:
    """Return a phrase that ends in a person without what comes from that person ("criticism from
    Ada Quill"; not "the son of Ada Quill").
    """
    if phrase is None:
        return None
    for j in range(phrase.last - 1, phrase.first, -1):
        word = reading.tokens[j].low
        if word in reading.words["inner_prepositions"]:
            is_own = word in ("of", "for")
            return phrase if is_own else Phrase(j + 1, phrase.last, phrase.last - 1)
    return phrase


def _antecedent(reading: Reading, low: int, who: int) -> Phrase | None:
    """Return the relative pronoun at token `who` with the phrase it stands for."""
    i = who - 1
    if i < low:
        return None
    name = reading.name_at.get(i - 1)
    if reading.tokens[i].text == "," and name is not None and name.label == "PERSON":
        return Phrase(who, who + 1, who, _person_only(reading, phrase_ending(reading, low, i - 1)))
    found = (
        _before_apposition(reading, low, i)
        if reading.tokens[i].text in (")", ",", "-", "–", "—")
        else phrase_ending(reading, low, i)
    )
    return Phrase(who, who + 1, who, found)
