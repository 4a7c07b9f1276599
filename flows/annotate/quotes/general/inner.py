"""A reporting verb inside the marks, as French and Italian print it: « Rien ne presse, assure
Quill. Nous attendons. »
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from flows.annotate.languages.load import Language
from flows.annotate.model import Mention
from flows.annotate.quotes.general.attribution import Reporter
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.phrases import Phrases
from flows.annotate.quotes.general.scan import Scan, words_of
from flows.annotate.quotes.marked import Marked
from flows.annotate.quotes.tokens import BREAK, WORD, Token


@dataclass(frozen=True, slots=True)
class InnerReport:
    """The speaker's phrase, its characters in the text, and the verb."""

    phrase: Phrase
    text_start: int
    text_end: int
    cue: str


def inner_report(
    text: str, mark: Marked, language: Language, mentions: Sequence[Mention]
) -> InnerReport | None:
    """Return who says the words of `mark` by a verb inside them, between a comma and a stop."""
    tokens = words_of(text, mark.start, mark.end, language)
    if language.cue_openers.isdisjoint([token.low for token in tokens]):
        return None
    tokens.append(Token(mark.end, mark.end, "", "", BREAK))
    scanned = Scan(text, language, tokens, [], [])
    inside = [m for m in mentions if mark.start <= m.start < mark.end]
    reporter = Reporter(scanned, Phrases(scanned, inside))
    high = len(tokens) - 1
    for i, token in enumerate(tokens[:-1]):
        if token.text not in (",", "?", "!") or i + 2 >= high:
            continue
        i += tokens[i + 1].text in "–—-"
        cue = reporter.verbs.cue_at(i + 1, high)
        phrase = reporter.subjects.after(cue[1], high) if cue else None
        if cue is None or phrase is None or phrase.first - cue[1] > 1:
            continue
        after = tokens[phrase.last]
        if after.kind == WORD or not (phrase.name or phrase.has_role or phrase.is_pronoun):
            continue
        start, end = phrase.span(tokens)
        return InnerReport(phrase, start, end, text[tokens[cue[0]].start : tokens[cue[1] - 1].end])
    return None
