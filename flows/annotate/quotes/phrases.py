"""Noun phrases that are the subject of a verb: the words before a cue ("a spokesman for the ministry said") or after it ("said Smith").

A shallow parse over closed word classes; nothing is known of verbs beyond the lists. Not here: which cue a quotation belongs to.
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.reading import Reading
from flows.annotate.quotes.tokens import PUNCT, QUOTE, WORD

# A subject may stand this many appositions away from its verb ("Smith, 65, a lawyer, who won, said").
MOST_APPOSITIONS = 5
# Words of one noun phrase; longer runs are lists or misread clauses.
LONGEST_PHRASE = 30


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens `first:last` (exclusive) of a noun phrase, `head` the token that carries it (a pronoun, a surname, "spokesman").

    `antecedent` is what a relative "who" stands for.
    """

    first: int
    last: int
    head: int
    antecedent: Phrase | None = None


def subject_before(reading: Reading, low: int, verb: int) -> Phrase | None:
    """Return the subject that ends before token `verb`, looking back no further than token `low`."""
    i = _skip_verb_group(reading, low, verb)
    if i < low:
        return None
    tokens, words = reading.tokens, reading.words
    token = tokens[i]
    if token.kind == PUNCT and token.text in ",—–―-)":
        return _before_apposition(reading, low, i)
    if token.kind != WORD:
        return None
    if token.low == "who":
        return _antecedent(reading, low, i)
    if token.low in words["conjunctions"] or token.low in ("to", "by", "then", "that"):
        return None
    return phrase_ending(reading, low, i)


def _skip_verb_group(reading: Reading, low: int, verb: int) -> int:
    """Step left over auxiliaries and adverbs ("has repeatedly said"); return the index of the token before them."""
    words, i = reading.words, verb - 1
    while i >= low and reading.tokens[i].kind == WORD:
        word = reading.tokens[i].low
        if word in words["subject_pronouns"] or i in reading.name_at:
            break
        if word in ("both", "all", "each") and i > low and reading.is_noun(i - 1):
            i -= 1
            continue
        if _is_day(reading, i) or word in words["time_words"]:
            i = _before_time(reading, low, i)
            continue
        if not (word in words["auxiliaries"] or word in words["adverbs"] or (word.endswith("ly") and not reading.tokens[i].is_name)):
            break
        i -= 1
    return i


def _before_time(reading: Reading, low: int, i: int) -> int:
    """Return the index of the token before the time that ends with token `i` ("on Monday", "late last week")."""
    i -= 1
    while i >= low and reading.tokens[i].low in ("this", "last", "next", "earlier", "late", "early", "on", "in", "that", "the", "a", "later"):
        i -= 1
    return i


def phrase_ending(reading: Reading, low: int, i: int) -> Phrase | None:
    """Return the noun phrase whose last word is token `i`."""
    tokens, words = reading.tokens, reading.words
    token = tokens[i]
    if token.kind != WORD:
        return None
    if token.low in words["subject_pronouns"] or token.low in words["lone_determiners"]:
        return Phrase(i, i + 1, i)
    number = token.low in words["determiners"] and i > low and tokens[i - 1].low in words["inner_prepositions"]
    if not reading.is_noun(i) and not number:
        return None
    first, head, j = i, i, i - 1
    while j >= low and i - j < LONGEST_PHRASE:
        word = tokens[j]
        if word.kind == PUNCT and word.text in "&.-–'’" and j > low and reading.is_noun(j - 1) and word.end == tokens[j + 1].start:
            j -= 1
            continue
        if word.kind == QUOTE:
            break
        if word.kind != WORD:
            break
        if word.low in words["determiners"] or word.low in words["possessives"]:
            first = j
            j -= 1
            if j >= low and _links(reading, low, j):
                head, j = j - 1, j - 1
                continue
            break
        if reading.is_noun(j):
            first = j
            j -= 1
            continue
        if _links(reading, low, j):
            head, j = j - 1, j - 1
            first = head
            j -= 1
            continue
        if word.low == "and" and j > low and j - 1 in reading.name_at and j + 1 in reading.name_at:
            j -= 1
            continue
        break
    return _renamed(reading, low, Phrase(first, i + 1, head))


def _renamed(reading: Reading, low: int, phrase: Phrase) -> Phrase:
    """Return the person before a role ("Ada Quill, director of the port said"), else the phrase itself.

    Before "the director" the person must open the sentence: "after a call with Ada Quill, the director said" speaks of two people.
    """
    tokens, words, at = reading.tokens, reading.words, phrase.first
    while at - 2 > low and tokens[at - 1].low in ("and", "or") and tokens[at - 2].low in words["roles"]:
        at -= 2
    name = reading.name_at.get(at - 2)
    if at - 2 < low or tokens[at - 1].text != "," or name is None or name.label != "PERSON" or phrase.head in reading.name_at:
        return phrase
    first = at - 2
    while first - 1 >= low and reading.name_at.get(first - 1) is name:
        first -= 1
    bare = tokens[at].low in words["roles"] or not (tokens[at].is_name or tokens[at].low in words["determiners"])
    opens = first == low or (first - 1 == low and tokens[low].low.rstrip(".") in words["titles"])
    return Phrase(first, at - 1, at - 2) if bare or opens else phrase


def _links(reading: Reading, low: int, j: int) -> bool:
    """Whether token `j` is a preposition inside a noun phrase, with a noun before it."""
    token = reading.tokens[j]
    if token.kind != WORD or token.low not in reading.words["inner_prepositions"] or j - 1 < low or not reading.is_noun(j - 1):
        return False
    # a name takes no "in" or "on" phrase before its verb, but often "of" and "from"; within a longer phrase any will do
    if j - 1 not in reading.name_at or token.low in ("of", "for", "from", "at", "with"):
        return True
    k = j - 1
    while k > low and k in reading.name_at:
        k -= 1
    return reading.tokens[k].low in reading.words["inner_prepositions"] or reading.tokens[k].low == "the"


def _before_apposition(reading: Reading, low: int, i: int) -> Phrase | None:
    """Return the phrase before the apposition or aside that ends with the comma, dash or bracket at token `i`."""
    tokens = reading.tokens
    if tokens[i].text == ")":
        j = i - 1
        while j > low and tokens[j].text != "(":
            j -= 1
        return phrase_ending(reading, low, j - 1) if j - 1 >= low else None
    dash = tokens[i].text in ("-", "–", "—", "―")
    best: Phrase | None = None
    end = i
    for _ in range(MOST_APPOSITIONS):
        j = end - 1
        while j >= low and not (tokens[j].kind == PUNCT and (tokens[j].text in ("—", "–", "-") if dash else tokens[j].text in ",;:—–")):
            if tokens[j].kind == QUOTE and j == end - 1:
                return best
            j -= 1
        found = _segment_subject(reading, j + 1, end)
        if found is not None:
            best = found
            if _is_person(reading, found) and not _is_aside(reading, j + 1):
                break
        if j < low or tokens[j].text in ";:":
            break
        end = j
    return best


def _segment_subject(reading: Reading, first: int, last: int) -> Phrase | None:
    """Return the noun phrase at the end of the segment `first:last`, unless the segment is an adverbial or a clause of its own."""
    if first >= last:
        return None
    tokens, words = reading.tokens, reading.words
    if tokens[last - 1].text == ")":
        last = next((k for k in range(last - 1, first, -1) if tokens[k].text == "("), last)
    start = first
    while start < last and tokens[start].kind == WORD and tokens[start].low in words["conjunctions"]:
        start += 1
    if start >= last or tokens[start].kind != WORD:
        return None
    word = tokens[start].low
    named = start in reading.name_at
    if word in ("who", "whose", "which", "whom"):
        return None
    if not named and (word in words["prepositions"] or word in words["subordinators"] or word in words["adverbs"] or word in words["days"]):
        return phrase_ending(reading, start, last - 1) if word in ("as", "while", "but", "that", "because", "since", "if", "though", "although") else None
    if not named and word in words.cues and words.cues[word].form == "past" and "speech" in words.cues[word].kinds:
        return subject_after(reading, start, last)  # "..., said Quill, who added"
    if not named and word in words.cues and words.cues[word].form in ("ing", "past") and not tokens[start].is_name:
        return None
    if word[0].isdigit() or (word.endswith("ing") and not named):
        return None
    return phrase_ending(reading, start, last - 1)


def _is_person(reading: Reading, phrase: Phrase) -> bool:
    name = reading.name_at.get(phrase.head)
    return (name is not None and name.label == "PERSON") or reading.tokens[phrase.head].low in reading.words["subject_pronouns"]


def _is_aside(reading: Reading, first: int) -> bool:
    """Whether the segment that begins at token `first` explains the one before it: an article, an age, a relative clause, a participle."""
    token = reading.tokens[first]
    if token.kind != WORD:
        return False
    words = reading.words
    if token.low in ("who", "whose", "which", "where", "when", "speaking", "formerly", "himself", "herself", "the", "a", "an", "his", "her", "one"):
        return True
    return (
        token.text[0].isdigit()
        or token.low in words["prepositions"]
        or token.low in ("d", "r", "d-n", "jr", "jr.", "sr.")
        or (not token.is_name and token.low in words["roles"])
        or token.low in ("republican", "democrat")
    )


def _antecedent(reading: Reading, low: int, who: int) -> Phrase | None:
    """Return the relative pronoun at token `who` with the phrase it stands for."""
    i = who - 1
    if i < low:
        return None
    found = _before_apposition(reading, low, i) if reading.tokens[i].text in (")", ",", "-", "–", "—") else phrase_ending(reading, low, i)
    return Phrase(who, who + 1, who, found)


def subject_after(reading: Reading, verb: int, high: int) -> Phrase | None:
    """Return the subject that follows token `verb` ("said Smith, a lawyer"), ending before token `high`."""
    tokens, words = reading.tokens, reading.words
    i = verb + 1
    if i >= high or tokens[i].kind != WORD:
        return None
    if tokens[i].low in words["subject_pronouns"]:
        return Phrase(i, i + 1, i)
    if i not in reading.name_at and tokens[i].low in ("that", "this", "there", "so", "to", "all"):
        return None
    first, head = i, -1
    while i < high and i - first < LONGEST_PHRASE:
        token = tokens[i]
        if token.kind != WORD:
            break
        determiner = token.low in words["determiners"] or token.low in words["possessives"]
        if determiner and i > first and tokens[i - 1].low not in words["inner_prepositions"] and i - 1 not in reading.name_at:
            if head >= 0:
                break
        elif not determiner and not reading.is_noun(i):
            if head >= 0 and token.low in ("of", "for", "from", "with", "at") and i + 1 < high and not _is_day(reading, i + 1):
                i += 1
                continue
            if token.low == "and" and i + 1 < high and reading.is_noun(i + 1) and head == i - 1 and tokens[head].low.rstrip(".") in words["titles"]:
                i += 1
                continue
            break
        elif not determiner and token.low in words["days"] and head >= 0:
            break
        if not determiner and not (i > first and _in_tail(reading, first, i)):
            head = i
        i += 1
    if head < 0:
        return Phrase(first, first + 1, first) if tokens[first].low in words["lone_determiners"] else None
    while i > head + 1 and tokens[i - 1].kind == WORD and not reading.is_noun(i - 1):
        i -= 1
    return Phrase(first, i, head)


def _is_day(reading: Reading, i: int) -> bool:
    return reading.tokens[i].low in reading.words["days"]


def _in_tail(reading: Reading, first: int, i: int) -> bool:
    """Whether token `i` stands behind a preposition of its phrase."""
    return any(reading.tokens[k].low in reading.words["inner_prepositions"] for k in range(first, i))


def clause_subject(reading: Reading, low: int, verb: int) -> Phrase | None:
    """Return the likely subject of the clause around token `verb` where it has none right before it ("He stood up and said").

    The first name, "he", "she" or person's role since `low` that stands behind no preposition or genitive and outside a leading adverbial.
    """
    tokens, words = reading.tokens, reading.words
    start = low
    if start < verb and tokens[start].kind == WORD and _leads_clause(reading, start):
        comma = next((k for k in range(start, verb) if tokens[k].text == ","), None)
        if comma is not None and comma + 1 < verb:
            start = comma + 1
    found = _first_subject(reading, start, verb)
    if found is None and start > low:
        found = _first_subject(reading, low, verb)
    return found


def _leads_clause(reading: Reading, i: int) -> bool:
    word, words = reading.tokens[i].low, reading.words
    if i in reading.name_at:
        return False
    return word in words["prepositions"] or word in words["subordinators"] or word in words["adverbs"] or word in ("asked", "speaking", "and", "but")


def _first_subject(reading: Reading, low: int, high: int) -> Phrase | None:
    tokens, words = reading.tokens, reading.words
    behind = False  # behind a preposition
    i = low
    while i < high:
        token = tokens[i]
        if token.kind != WORD:
            behind = False
        elif token.low in ("he", "she", "they", "i", "we"):
            return Phrase(i, i + 1, i)
        elif i in reading.name_at:
            name = reading.name_at[i]
            last = i
            while last + 1 < high and reading.name_at.get(last + 1) is name:
                last += 1
            follows = last + 1 < high and (tokens[last + 1].is_name or tokens[last + 1].low in words["roles"])
            genitive = tokens[last].low.endswith(("'s", "’s"))
            if not behind and not genitive and not follows:
                return phrase_ending(reading, low, last)
            i = last
            if genitive or follows:
                i += 1
                continue
            behind = False
        elif token.low in words["prepositions"] or token.low == "to":
            behind = True
        elif token.low in words["roles"] and not behind:
            if i + 1 < high and i + 1 in reading.name_at:
                i += 1
                continue
            return phrase_ending(reading, low, i)
        elif reading.is_noun(i) and token.low not in words["determiners"] and i + 1 < high and not reading.is_noun(i + 1):
            behind = False
        i += 1
    return None
