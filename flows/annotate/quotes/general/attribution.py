"""Whose words a quotation is, in any language that puts spaces between words: "…", dijo Quill;
Quill sagte: „…“; по словам Квилл, «…».

Here: the reporting verb or phrase and its subject, for quotations and for sentences without marks.
Not here: verbs and subjects (`verbs`, `subjects`), noun phrases (`phrases`), whom a pronoun means
(`people`), what is no quotation (`filters`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.general.joint import with_partners
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.phrases import Phrases
from flows.annotate.quotes.general.scan import Scan, phrases_at
from flows.annotate.quotes.general.subjects import MAX_GAP, Subjects
from flows.annotate.quotes.general.verbs import Verbs
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence

_JOINTS = frozenset([",", "–", "—", "-", "―", "،", "‎", "‏"])
_DASHES = frozenset("–—-―")
# Tokens of a bracket behind a quotation, the name of an agency.
MAX_BRACKET = 6
# Tokens between a quotation and the ", so Quill" behind its clause.
MAX_CLAUSE = 25


@dataclass(frozen=True, slots=True)
class Report:
    """Why words are somebody's. `cue` is a token span; `phrase` is None where the language leaves
    the subject out. `is_near` says that nothing but the speaker stands between verb and words,
    `is_naming` that the verb calls something by the words.
    """

    pattern: str
    phrase: Phrase | None
    cue: tuple[int, int] | None
    is_near: bool = True
    is_naming: bool = False


class Reporter:
    """Finds the report of each quotation of one text."""

    def __init__(self, scan: Scan, phrases: Phrases) -> None:
        self.scan, self.phrases, self.language = scan, phrases, scan.language
        self.tokens = scan.tokens
        self.verbs, self.subjects = Verbs(scan), Subjects(scan, phrases)

    def behind(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report right behind the quotation at token `at`."""
        tokens, language, high = self.tokens, self.language, sentence.last
        i = self._behind_bracket(at + 1, high)
        while i < high and (tokens[i].text in _JOINTS or self._glues(i, at)):
            i += 1
        if i >= high or tokens[i].kind != WORD:
            return None
        for k in range(i, min(high, i + 3)):
            cue = self.verbs.cue_at(k, high)
            if cue is not None:
                return self._of_cue_behind(at, cue, sentence)
            if tokens[k].low in language.so:
                phrase = self.subjects.after(k + 1, high)
                return Report("inverted", phrase, (k, k + 1)) if phrase else None
            if tokens[k].low not in language.adverbs:
                break
        according = self.according_at(i, high)
        if according is not None:
            return according
        naming = self.verbs.cue_at(i, high, names=True)
        if naming is not None:
            phrase = (
                self.subjects.after(naming[1], high) if language.order == "verb-second" else None
            )
            phrase = phrase or self.subjects.first(sentence.first, at)
            return Report("before", phrase, naming) if phrase is not None else None
        phrase = self.phrases.at(i, high)
        if phrase is None:
            return None
        phrase = with_partners(self.phrases, phrase, high)
        k = self._behind_apposition(phrase.last, high)
        while k < high and k - phrase.last < 3 and tokens[k].low in language.adverbs:
            k += 1
        cue = self.verbs.cue_at(k, high) if k < high else None
        if cue is not None and not self._goes_on(cue[1], high):
            return Report("after", phrase, cue)
        if (
            cue is None
            and k >= high - 1
            and (phrase.has_role or phrase.name)
            and (tokens[i - 1].text in _DASHES or self._glues(i - 1, at))
        ):
            return Report("after", phrase, None)
        return None

    def _goes_on(self, i: int, high: int) -> bool:
        """Whether other words in marks follow a colon: they are what the verb reports."""
        return any(
            self.tokens[k].text == ":" and self.tokens[k + 1].kind == QUOTE
            for k in range(i, min(high, len(self.tokens) - 1))
        )

    def _behind_bracket(self, i: int, high: int) -> int:
        """Return the token behind a bracket that opens at `i` and holds few words: "(dpa)"."""
        if i < high and self.tokens[i].text == "(":
            for k in range(i + 1, min(high, i + MAX_BRACKET)):
                if self.tokens[k].text == ")":
                    return k + 1
        return i

    def _glues(self, i: int, at: int) -> bool:
        """Whether token `i` is a particle that closes the quotation at token `at` (Korean 고)."""
        token = self.tokens[i]
        return i == at + 1 and any(token.text == mark for mark in self.language.after_marks)

    def _behind_apposition(self, i: int, high: int) -> int:
        """Return the token behind ", the mayor," where one begins at `i`, else `i`."""
        tokens = self.tokens
        if i < high and tokens[i].text == ",":
            for k in range(i + 1, min(high, i + 12)):
                if tokens[k].text == ",":
                    return k + 1
                if tokens[k].kind != WORD:
                    break
            return i + 1 if self.language.order == "verb-last" else i
        return i

    def _of_cue_behind(self, at: int, cue: tuple[int, int], sentence: Sentence) -> Report | None:
        high = sentence.last
        stop = next((k for k in range(cue[1], high) if self.tokens[k].kind == QUOTE), high)
        phrase = self.subjects.clitic_in(cue) or self.subjects.after(cue[1], stop)
        if phrase is None and stop == cue[1] < high:
            phrase = self.phrases.in_marks(stop)
        if phrase is not None:
            return Report("inverted", phrase, cue)
        before = self.subjects.first(sentence.first, at)
        if before is not None and self.language.order == "verb-last":
            return Report("before", before, cue)
        if before is not None and not self.language.drops_subject and at > sentence.first:
            return Report("before", before, cue)
        return Report("inverted", None, cue)

    def according_at(self, i: int, high: int) -> Report | None:
        """Return the "according to Quill" that begins at token `i`."""
        tokens, language = self.tokens, self.language
        for end in phrases_at(tokens, i, language.according):
            k = end
            named = self.phrases.in_marks(k) if k < high else None
            if named is not None:
                return Report("according-to", named, (i, k))
            while (
                k < high
                and k < end + 2
                and tokens[k].kind == WORD
                and tokens[k].low not in language.that
                and self.phrases.at(k, high) is None
            ):
                k += 1
            if k >= high:
                return None
            phrase = self.phrases.at(k, high)
            if phrase is None:
                k = end
                phrase = self.phrases.common(k)
            if phrase is not None:
                phrase = self.subjects.with_apposition(phrase, high)
                phrase = with_partners(self.phrases, phrase, high, is_governed=True)
                return Report("according-to", phrase, (i, k))
        return None

    def is_source(self, at: int, sentence: Sentence) -> bool:
        """Whether token `at` is a name in marks behind an "according to"."""
        return any(
            report is not None and report.phrase is not None and report.phrase.first == at
            for report in (
                self.according_at(k, sentence.last) for k in range(max(sentence.first, at - 4), at)
            )
        )

    def according(self, first: int, high: int) -> Report | None:
        """Return the "according to …" that opens the words from token `first` on, if there is
        one, or that ends them (a postposition).
        """
        tokens, language = self.tokens, self.language
        found = self.according_at(first, high) if first < high else None
        if found is not None:
            return found
        for k in range(first + 1, min(high, first + 9) if language.according_behind else first):
            end = next(phrases_at(tokens, k, language.according_behind), None)
            if end is not None:
                phrase = self.phrases.at(first, k) or self.phrases.common(first)
                phrase = phrase or self.phrases.whole(first, k)
                return Report("according-to", phrase, (k, end)) if phrase else None
        return None

    def ahead(self, at: int, low: int, sentence: Sentence) -> Report | None:
        """Return the report before the quotation at token `at`, its words at or behind `low`."""
        tokens, language = self.tokens, self.language
        cues = self.verbs.cues(low, at)
        if cues:
            cue = cues[-1]
            phrase = self.subjects.of(cue, low, at, sentence)
            near = at - cue[1] <= 2 or tokens[at - 1].text in (":", "：")
            if not near:
                near = all(
                    t.kind != WORD or t.low in language.that or t.low in language.adverbs
                    for t in tokens[cue[1] : at]
                ) or (phrase is not None and phrase.first >= cue[1] and at - phrase.last <= 2)
                near = near or tokens[at - 1].low in language.that
            if phrase is None and not language.drops_subject:
                return None
            is_names = tokens[cue[1] - 1].low in language.names and at - cue[1] <= MAX_GAP + 3
            return Report("before", phrase, cue, is_near=near or is_names, is_naming=is_names)
        report = self.according(low, at)
        if report is not None:
            return report
        for k in range(max(low, at - 8), at):
            report = self.according_at(k, at)
            if report is not None and report.phrase is not None and at - report.phrase.last <= 1:
                return report
        if at > low and tokens[at - 1].text in (":", "："):
            phrase = self.subjects.first(low, at)
            if phrase is not None:
                return Report("colon", phrase, None)
        return None

    def later(self, at: int, high: int, sentence: Sentence) -> Report | None:
        """Return the report further behind a quotation that its verb follows at a distance: "Den
        Plan „…“ nannte Quill", and the verb at the end of the sentence.
        """
        language = self.language
        aside = self._aside(at, high)
        if aside is not None:
            return aside
        if language.order == "verb-last":
            cues = self.verbs.cues(at + 1, sentence.last)
            if not cues:
                return None
            phrase = self.subjects.first(sentence.first, at)
            behind = at + 1 + self._glues(at + 1, at)
            phrase = phrase or self.subjects.first(behind, cues[0][0])
            return Report("before", phrase, cues[0], is_near=phrase is not None) if phrase else None
        if language.order != "verb-second":
            return None
        cues = self.verbs.cues(at + 1, min(high, at + MAX_GAP))
        if not cues:
            return None
        phrase = self.subjects.after(cues[0][1], high)
        return Report("inverted", phrase, cues[0], is_near=False) if phrase else None

    def _aside(self, at: int, high: int) -> Report | None:
        """Return the ", so Quill" that stands behind the clause of the quotation at token `at`."""
        tokens, language = self.tokens, self.language
        for k in range(at + 1, min(high - 1, at + MAX_CLAUSE)):
            if tokens[k].text == "," and tokens[k + 1].low in language.so:
                phrase = self.phrases.at(k + 2, high) if k + 2 < high else None
                if phrase is None or not self._is_closed(phrase.last, high):
                    continue
                return Report("inverted", phrase, (k + 1, k + 2), is_near=False)
        return None

    def _is_closed(self, i: int, high: int) -> bool:
        """Whether a comma or the sentence ends at token `i`, one or two adverbs aside."""
        tokens = self.tokens
        while i < high and tokens[i].low in self.language.adverbs:
            i += 1
        return i >= high or tokens[i].kind != WORD
