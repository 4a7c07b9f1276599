"""Speakers who speak together: "…", sagten Quill und Reeve; Quill, Mota e Reis disseram que …

Here: which phrases beside a phrase are speakers with it. Not here: what each of them means
(`flows.annotate.quotes.general`).
"""

from __future__ import annotations

from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.phrases import Phrases
from flows.annotate.quotes.general.scan import COMMAS
from flows.annotate.quotes.tokens import QUOTE, WORD

MAX_SPEAKERS = 4


def with_partners(
    phrases: Phrases, phrase: Phrase, high: int, *, is_governed: bool = False
) -> Phrase:
    """Return `phrase` with the speakers that follow it behind commas and an "and". Nothing but the
    end of a clause may stand behind the last of them ("said Quill and Reeve nodded" has one),
    unless an "according to" governs them.
    """
    tokens, language = phrases.scan.tokens, phrases.language
    found, i = [phrase], phrase.last
    while len(found) < MAX_SPEAKERS and i + 1 < high and _may_share(found[-1]):
        comma = tokens[i].text in COMMAS
        ends = tokens[i + comma].low in language.joins
        if not (comma or ends) or i + comma + ends >= high:
            break
        partner = phrases.at(i + comma + ends, high)
        if partner is None or not _may_share(partner):
            break
        found.append(partner)
        i = partner.last
        if ends:
            is_whole = is_governed or _is_closed(phrases, i, high)
            return _together(found) if is_whole else phrase
    return phrase


def behind_partners(phrases: Phrases, phrase: Phrase, low: int) -> Phrase:
    """Return `phrase`, the last subject before a verb, with the speakers right before it, back to
    token `low`; they must open their clause.
    """
    tokens, language = phrases.scan.tokens, phrases.language
    if not _may_share(phrase) or phrase.first - 1 <= low:
        return phrase
    if tokens[phrase.first - 1].low not in language.joins:
        return phrase
    found = [p for p in phrases.of(low, phrase.first - 1) if _may_share(p)]
    together, i = [phrase], phrase.first - 1
    for before in reversed(found):
        if before.last != i or before.is_governed or len(together) == MAX_SPEAKERS:
            break
        together.insert(0, before)
        i = before.first
        if i - 1 > low and tokens[i - 1].text in COMMAS:
            i -= 1
    first = together[0].first
    opens = first == low or tokens[first - 1].kind != WORD or _is_small(phrases, first - 1)
    return _together(together) if opens and len(together) > 1 else phrase


def _may_share(phrase: Phrase) -> bool:
    return not phrase.is_pronoun and bool(phrase.name or phrase.has_role or phrase.is_body)


def _is_closed(phrases: Phrases, i: int, high: int) -> bool:
    """Whether a clause or its subject ends before token `i`."""
    tokens = phrases.scan.tokens
    return i >= high or tokens[i].kind != WORD or _is_small(phrases, i)


def _is_small(phrases: Phrases, i: int) -> bool:
    """Whether the word at `i` is an adverb, a preposition, a time or part of the verb."""
    low, language = phrases.scan.tokens[i].low, phrases.language
    return (
        phrases.scan.tokens[i].kind == QUOTE
        or low in language.stops
        or low in language.adverbs
        or low in language.time_words
        or low in language.says
        or low in language.auxiliaries
        or low in language.subject_endings
    )


def _together(found: list[Phrase]) -> Phrase:
    return found[0]._replace(last=found[-1].last, is_plural=True, speakers=tuple(found))
