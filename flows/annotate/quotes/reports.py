"""A reporting verb and its subject: "Quill said", "said Quill", "according to Quill", one at a
time, wherever they stand in a sentence.

Not here: which quotation a report belongs to (`speakers`), and the words it reports (`indirect`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.clause_subjects import clause_subject
from flows.annotate.quotes.joint import and_partner, is_one_person
from flows.annotate.quotes.lexicon import Cue
from flows.annotate.quotes.phrases import Phrase, phrase_beginning
from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.subjects import subject_before
from flows.annotate.quotes.tokens import BREAK, PUNCT, QUOTE, WORD

# A participle looks this many reporting verbs back for its subject ("Quill said ..., adding").
MAX_REPORTERS = 3
# Tokens of what may stand between a speaker and a colon ("Adds Ada Quill, the mayor of Harwick:").
MAX_BELONGING = 12
# Tokens between "quoted" and "as saying" ("was quoted on Monday by the Harwick Echo as saying").
MAX_PASSED_ON = 12


@dataclass(frozen=True, slots=True)
class Source:
    """Why a quotation is somebody's: the speaker's phrase, the cue as token span (None where there
    is none), the pattern's name.
    """

    phrase: Phrase
    cue: tuple[int, int] | None
    pattern: str


def report_at(reading: Reading, first: int, k: int, high: int) -> Source | None:
    """Return the source whose cue is token `k`, its subject between tokens `first` and `high`.

    None where that token is no cue, or nobody can be found for it.
    """
    tokens = reading.tokens
    token = tokens[k]
    if token.kind != WORD:
        return None
    if token.low == "according" and k + 1 < len(tokens) and tokens[k + 1].low == "to":
        if (
            k > first
            and tokens[k - 1].low == "that"
            and tokens[k + 2].low in reading.words["possessives"]
        ):
            return None  # "Quill said that according to her count ..."
        phrase = phrase_beginning(reading, k + 1, high)
        if phrase is None:
            return None
        return Source(and_partner(reading, phrase, high), (k, k + 2), "according-to")
    cue = reading.words.cues.get(token.low)
    if cue is None or (token.is_name and k in reading.name_at):
        return None
    passed_on = _passed_on(reading, first, k, cue, high)
    if passed_on is not None:
        return Source(passed_on, (k, k + 1), "before")
    if not reading.is_verb_here(k) or (cue.form == "ing" and _is_no_participle(reading, k)):
        return None
    if token.low == "quote" and k and tokens[k - 1].low == "i":
        return None  # "said, and I quote"
    if token.low == "known" and k and tokens[k - 1].low in ("best", "better", "well", "widely"):
        return None  # "best known for “Harbour Pie”"
    if cue.lemma in reading.words["going_on"] and (
        tokens[k + 1].low == "to" or _quotes_infinitive(reading, k + 1)
    ):
        return None  # "Quill will continue to be", not "Quill continued"
    if k == first and cue.form in ("third", "past") and "speech" in cue.kinds:
        opening = phrase_beginning(reading, k, high)
        if opening is not None and _leads_to_marks(reading, opening.last, cue):
            return Source(opening, (k, k + 1), "inverted")  # "Says Ada Quill: ..."
    if (
        token.low in reading.words.particles
        and tokens[k + 1].low not in reading.words.particles[token.low]
    ):
        return None
    quoted = _quoted_source(reading, first, k, cue, high)
    if quoted is not None:
        return Source(quoted, (k, k + 1), "before")
    behind = _subject_behind(reading, first, k, cue, high)
    if behind is not None:
        speakers = and_partner(reading, behind, high)
        if cue.form == "base" and is_one_person(reading, speakers):
            return None  # "her brother, state Sen. Ed Voss, left"
        return Source(speakers, (k, k + 1), "inverted")
    phrase = _subject_of(reading, first, k, cue, high)
    if phrase is None or tokens[phrase.head].low in ("nobody", "according"):
        return None
    if tokens[high - 1].text != ":" and _happens(reading, phrase, k, cue):
        return None
    is_relative = phrase.antecedent is not None  # "a letter, which called the plan"
    if _is_participle(reading, k, cue) and not (is_relative or is_agent(reading, phrase)):
        return None
    return Source(phrase, (k, k + 1), "before")


def _is_no_participle(reading: Reading, k: int) -> bool:
    """Whether the -ing form at token `k` is a noun of a list ("pricing, ordering, and storing") or
    says of which ones something holds ("another promising plan", "those wondering whether").
    """
    tokens, words = reading.tokens, reading.words
    joins = tokens[k + 2].low in words["conjunctions"] or tokens[k + 2].low == "etc"
    is_listed = tokens[k + 1].text == "," and joins
    before = tokens[k - 1].low if k else ""
    return is_listed or before in words["determiners"] or before in words["lone_determiners"]


def _happens(reading: Reading, phrase: Phrase, k: int, cue: Cue) -> bool:
    """Whether the verb at token `k` tells when or where a thing began or went on ("The strike began
    in May").
    """
    words = reading.words
    is_thing = (
        not is_agent(reading, phrase) and reading.tokens[phrase.head].low not in words["documents"]
    )
    return (
        is_thing
        and cue.lemma in words["going_on"]
        and reading.tokens[k + 1].low in words["prepositions"]
    )


def _leads_to_marks(reading: Reading, behind: int, cue: Cue) -> bool:
    """Whether a colon follows the phrase that ends before token `behind`, at once, or behind words
    that belong to it and before a quotation: "Adds Ada Quill, the mayor: “...”".
    """
    tokens, words = reading.tokens, reading.words
    if tokens[behind].text == ":":
        return True
    belongs = tokens[behind].text == "," or tokens[behind].low in words["prepositions"]
    if not belongs or cue.lemma in words["listener_verbs"]:
        return False
    for i in range(behind + 1, min(behind + MAX_BELONGING, len(tokens) - 1)):
        if tokens[i].text == ":" or tokens[i + 1].kind == QUOTE:
            return tokens[i + 1].kind == QUOTE
        if tokens[i].kind not in (WORD, PUNCT) or tokens[i].low in words["auxiliaries"]:
            return False
    return False


def _quotes_infinitive(reading: Reading, i: int) -> bool:
    """Whether token `i` is a quotation that begins with "to": "would continue “to break
    barriers”".
    """
    token = reading.tokens[i]
    return token.kind == QUOTE and reading.text.startswith("to ", reading.marked[token.quote].start)


def _quoted_source(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    """Return whose words are passed on: "The Echo quoted Ada Quill as saying", "quotes the report:
    ", "Ada Quill was quoted as saying".
    """
    tokens, words = reading.tokens, reading.words
    if cue.lemma not in words["passing_on"]:
        return None
    j = k - 1
    while j > first and reading.is_adverb(j):
        j -= 1
    if tokens[k + 1].low == "as" and tokens[j].low in words["be"]:
        return subject_before(reading, first, k)
    phrase = phrase_beginning(reading, k, high)
    if phrase is None or not is_agent(reading, phrase) or phrase.last >= len(tokens):
        return None
    return phrase if tokens[phrase.last].text == ":" or tokens[phrase.last].low == "as" else None


def _passed_on(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    """Return whose words are passed on by "as" and a participle at token `k`: "Ada Quill was quoted
    by the Echo as saying", "the Echo quotes Ada Quill as having said".
    """
    tokens, words = reading.tokens, reading.words
    lead = k - 1 - (k > first and tokens[k - 1].low == "having")
    participle = cue.form == "ing" if lead == k - 1 else cue.form == "past"
    if lead <= first or not participle or tokens[lead].low != "as":
        return None
    for i in range(lead - 1, max(first, lead - MAX_PASSED_ON) - 1, -1):
        verb = words.cues.get(tokens[i].low)
        if verb is None or verb.lemma not in words["passing_on"] or not reading.is_verb_here(i):
            continue
        j = i - 1
        while j > first and reading.is_adverb(j):
            j -= 1
        if j >= first and tokens[j].low in words["be"]:
            return subject_before(reading, first, i)
        return phrase_beginning(reading, i, high)
    return None


def _subject_behind(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    """Return the subject behind a cue that ends a sentence of reported speech: "..., said Ada
    Quill, the mayor".
    """
    tokens = reading.tokens
    if k <= first or tokens[k - 1].text != "," or "speech" not in cue.kinds or cue.form == "ing":
        return None
    if cue.lemma in reading.words["listener_verbs"] and (
        cue.lemma not in reading.words["turned"] or subject_before(reading, first, k) is not None
    ):
        return None
    phrase = phrase_beginning(reading, k, high)
    if (
        phrase is None
        or tokens[phrase.head].low in reading.words["days"]
        or not is_agent(reading, phrase)
    ):
        return None
    if tokens[phrase.head].low in reading.words["lone_determiners"]:
        return None  # "a driver, Ada Quill, says both of the cranes have failed"
    if not tokens[phrase.head].is_name and _ends_in_apposed_person(reading, first, k - 1):
        return None  # "the manager, Ada Quill, said the pilot who left should come back"
    # "denied the report": an object, unless it is a name or the verb hardly takes any
    if not tokens[phrase.head].is_name and cue.lemma not in reading.words["inverting"]:
        return None
    following = tokens[phrase.last]
    if following.kind == QUOTE and subject_before(reading, first, k) is not None:
        return None  # "Ada Quill, who runs the port, said the owners “knew everything”"
    ends = phrase.last >= high or following.kind in (PUNCT, BREAK) or following.low == "who"
    return phrase if ends or following.low in reading.words["prepositions"] else None


def _ends_in_apposed_person(reading: Reading, first: int, comma: int) -> bool:
    """Whether a person's name between two commas ends with the comma at token `comma`."""
    name, i = reading.name_at.get(comma - 1), comma - 1
    if name is None or name.label != "PERSON":
        return False
    while i > first and reading.name_at.get(i) is name:
        i -= 1
    return i > first and reading.tokens[i].text == ","


def _is_participle(reading: Reading, k: int, cue: Cue) -> bool:
    """Whether the past form at token `k` may explain the noun before it ("a group called ...",
    "this year compared with ...").
    """
    following = reading.tokens[k + 1].low
    return (
        cue.form == "past"
        and "speech" not in cue.kinds
        and (
            cue.lemma in reading.words["naming_verbs"]
            or following in ("with", "in", "as", "at", "by")
        )
    )


def is_agent(reading: Reading, phrase: Phrase) -> bool:
    """Whether the phrase is somebody who can speak: a name, a pronoun, a person's role."""
    head, words = reading.tokens[phrase.head], reading.words
    named = phrase.head in reading.name_at or head.is_name
    return named or any(
        head.low in words[kind] for kind in ("subject_pronouns", "roles", "lone_determiners")
    )


def _subject_of(reading: Reading, first: int, k: int, cue: Cue, high: int) -> Phrase | None:
    tokens, words = reading.tokens, reading.words
    j = k - 1
    while j >= first and tokens[j].kind == WORD and reading.is_adverb(j):
        j -= 1
    before = tokens[j] if j >= first else None
    passive = before is not None and before.low in words["be"]
    by = k + 1 < high and tokens[k + 1].low == "by" and tokens[k + 2].low not in words["channels"]
    if cue.form == "past" and (passive or by):
        agent = next(
            (
                i
                for i in range(k + 1, min(high, k + 8))
                if tokens[i].low == "by"
                and not tokens[i + 1].low.endswith("ing")
                and tokens[i + 1].low not in words["channels"]
            ),
            None,
        )
        if agent is None and not passive:
            return subject_before(reading, first, k)
        return phrase_beginning(reading, agent, high) if agent is not None else None
    opens = before is not None and before.low == "having"
    if opens or (cue.form == "ing" and not (before is not None and before.low in words["be"])):
        named = _participle_subject(reading, first, k)
        return (
            named
            or _clause_beside(reading, first, k)
            or _reporter_before(reading, first, k)
            or clause_subject(reading, first, k)
            or _subject_ahead(reading, first, k, high)
        )
    if before is not None and before.low == "to":
        return clause_subject(reading, first, k)
    subject = subject_before(reading, first, k)
    if subject is not None:
        return subject
    if before is not None and before.low in words["auxiliaries"]:
        while j >= first and (tokens[j].low in words["auxiliaries"] or reading.is_adverb(j)):
            j -= 1
        before = tokens[j] if j >= first else None
    if before is None or before.low in ("and", "but", "or", "then", ",") or before.kind == PUNCT:
        own = _own_clause(reading, first, j) if before is not None and before.low == "and" else None
        found = clause_subject(reading, own, k) if own is not None else None
        return found or clause_subject(reading, first, k)
    return None


def _own_clause(reading: Reading, first: int, joint: int) -> int | None:
    """Return where the last clause before the "and" at token `joint` begins that a comma and a
    "while" lead ("Quill left, while the crews deny it and say"); None where there is none.
    """
    tokens, leads = reading.tokens, reading.words["contrasts"]
    comma = next((i for i in range(joint - 1, first, -1) if tokens[i].text == ","), first)
    return comma + 2 if comma > first and tokens[comma + 1].low in leads else None


def _participle_subject(reading: Reading, first: int, k: int) -> Phrase | None:
    """Return the subject right before a participle ("with Quill saying", "has Quill saying")."""
    subject = (
        subject_before(reading, first, k)
        if k > first and reading.tokens[k - 1].kind == WORD
        else None
    )
    if subject is None or subject.first <= first:
        return None
    led = reading.tokens[subject.first - 1].low in reading.words["participle_leads"]
    return subject if led or _is_received(reading, first, subject) else None


def _is_received(reading: Reading, first: int, letter: Phrase) -> bool:
    """Whether a document is what the subject gets, so that others wrote it: "Quill received a
    letter saying", "pilots were handed a memo saying".
    """
    tokens, words, verb = reading.tokens, reading.words, letter.first - 1
    if tokens[letter.head].low not in words["documents"]:
        return False
    given = verb > first and tokens[verb - 1 - reading.is_adverb(verb - 1)].low in words["be"]
    return tokens[verb].low in words["getting"] or (given and tokens[verb].low in words["given"])


def _clause_beside(reading: Reading, first: int, k: int) -> Phrase | None:
    """Return the subject of the relative clause that a participle belongs to: "near the mill, where
    strikers had gathered, chanting".
    """
    tokens, words = reading.tokens, reading.words
    if k - 2 <= first or tokens[k - 1].text != ",":
        return None
    opener = next(
        (i for i in range(k - 2, first, -1) if tokens[i].text == "," or tokens[i].kind == QUOTE), -1
    )
    if opener < 0 or tokens[opener + 1].low not in ("where", "as", "while"):
        return None
    verb = next(
        (
            i
            for i in range(opener + 2, k)
            if tokens[i].low in words["auxiliaries"]
            or (tokens[i].low.endswith("ed") and not tokens[i].is_name)
        ),
        None,
    )
    return subject_before(reading, opener + 2, verb) if verb is not None else None


def _subject_ahead(reading: Reading, first: int, k: int, high: int) -> Phrase | None:
    """Return the subject behind the clause of a participle that opens the sentence: "Calling it a
    gift, Quill ...".
    """
    if k - first > 2:
        return None
    comma = next((i for i in range(k + 1, high) if reading.tokens[i].text == ","), None)
    phrase = phrase_beginning(reading, comma, high) if comma is not None else None
    return phrase if phrase is not None and is_agent(reading, phrase) else None


def _reporter_before(reading: Reading, first: int, k: int) -> Phrase | None:
    """Return the subject of the last finite reporting verb before a participle: "Quill said ...,
    adding".
    """
    cues, tried = reading.words.cues, 0
    found: Phrase | None = None
    for j in range(k - 1, first - 1, -1):
        cue = cues.get(reading.tokens[j].low)
        if cue is not None and cue.form != "ing" and "speech" in cue.kinds:
            source = report_at(reading, first, j, k)
            if source is not None and _may_write(reading, source.phrase):
                return source.phrase
            if source is not None:  # "asked for mercy in a letter posted on Monday, saying"
                found = found or source.phrase
            tried += 1
        if tried == MAX_REPORTERS:
            break
    return found


def _may_write(reading: Reading, phrase: Phrase) -> bool:
    """Whether a phrase is somebody who can speak, or a document."""
    head = reading.tokens[phrase.head].low
    return is_agent(reading, phrase) or head in reading.words["documents"]
