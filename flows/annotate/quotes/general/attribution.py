"""Whose words a quotation is, in any language that puts spaces between words: "…", dijo Quill;
Quill sagte: „…“; по словам Квилл, «…».

Here: the reporting verb or phrase and its subject, for quotations and for sentences without marks.
Not here: noun phrases (`phrases`), whom a pronoun means (`people`), what is no quotation
(`filters`).
"""

from __future__ import annotations

from dataclasses import dataclass

from flows.annotate.quotes.general.joint import behind_partners, with_partners
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.phrases import Phrases
from flows.annotate.quotes.general.scan import Scan
from flows.annotate.quotes.tokens import QUOTE, WORD, Sentence

_JOINTS = frozenset([",", "–", "—", "-", "―", "،", "‎", "‏"])
# Words between a quotation and its verb, or a verb and its subject.
MAX_GAP = 5
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
        self._openers = scan.language.cue_openers

    def cue_at(self, i: int, high: int, *, names: bool = False) -> tuple[int, int] | None:
        """Return the verb of speech that begins at token `i`, auxiliaries before it included."""
        language, tokens = self.language, self.tokens
        if tokens[i].low not in self._openers:
            return None
        k = i
        while (
            k < high
            and k - i < 3
            and (
                tokens[k].low in language.auxiliaries or (k > i and tokens[k].text.startswith("-"))
            )
        ):
            k += 1
        if k >= high or tokens[k].kind != WORD:
            return None
        low = tokens[k].low
        for phrase in language.says_phrases.get(tokens[i].low, ()):
            if tuple(t.low for t in tokens[i : i + len(phrase)]) == phrase:
                return i, i + len(phrase)
        if low in language.says or (names and low in language.names):
            return i, k + 1
        if k > i:
            for phrase in language.says_phrases.get(low, ()):
                if tuple(t.low for t in tokens[k : k + len(phrase)]) == phrase:
                    return i, k + len(phrase)
        return None

    def cues(self, first: int, last: int) -> list[tuple[int, int]]:
        """Return all verbs of speech or naming among tokens `first:last`."""
        found: list[tuple[int, int]] = []
        tokens, openers = self.tokens, self._openers
        i = first
        while i < last:
            begins = tokens[i].low in openers and self._begins_verb(i, first)
            cue = self.cue_at(i, last, names=True) if begins else None
            if cue is None:
                i += 1
            else:
                found.append(cue)
                i = cue[1]
        return found

    def _begins_verb(self, i: int, first: int) -> bool:
        token = self.tokens[i]
        if token.kind != WORD:
            return False
        # a capital inside a sentence is a name; in German a noun ("das Sagen")
        return not self.language.is_cased or i == first or token.text[0].islower()

    def behind(self, at: int, sentence: Sentence) -> Report | None:
        """Return the report right behind the quotation at token `at`."""
        tokens, language, high = self.tokens, self.language, sentence.last
        i = self._behind_bracket(at + 1, high)
        while i < high and (tokens[i].text in _JOINTS or self._glues(i, at)):
            i += 1
        if i >= high or tokens[i].kind != WORD:
            return None
        for k in range(i, min(high, i + 3)):
            cue = self.cue_at(k, high)
            if cue is not None:
                return self._of_cue_behind(at, cue, sentence)
            if tokens[k].low in language.so:
                phrase = self.subject_after(k + 1, high)
                return Report("inverted", phrase, (k, k + 1)) if phrase else None
            if tokens[k].low not in language.adverbs:
                break
        according = self.according_at(i, high)
        if according is not None:
            return according
        naming = self.cue_at(i, high, names=True)
        if naming is not None:
            phrase = (
                self.subject_after(naming[1], high) if language.order == "verb-second" else None
            )
            phrase = phrase or self.first_subject(sentence.first, at)
            return Report("before", phrase, naming) if phrase is not None else None
        phrase = self.phrases.at(i, high)
        if phrase is None:
            return None
        phrase = with_partners(self.phrases, phrase, high)
        k = self._behind_apposition(phrase.last, high)
        while k < high and k - phrase.last < 3 and tokens[k].low in language.adverbs:
            k += 1
        cue = self.cue_at(k, high) if k < high else None
        if cue is not None and not self._goes_on(cue[1], high):
            return Report("after", phrase, cue)
        if (
            cue is None
            and k >= high - 1
            and (phrase.has_role or phrase.name)
            and (tokens[i - 1].text in "–—-―" or self._glues(i - 1, at))
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
        phrase = self.clitic_in(cue) or self.subject_after(cue[1], stop)
        if phrase is None and stop == cue[1] < high:
            phrase = self.phrases.in_marks(stop)
        if phrase is not None:
            return Report("inverted", phrase, cue)
        before = self.first_subject(sentence.first, at)
        if before is not None and self.language.order == "verb-last":
            return Report("before", before, cue)
        if before is not None and not self.language.drops_subject and at > sentence.first:
            return Report("before", before, cue)
        return Report("inverted", None, cue)

    def clitic_in(self, cue: tuple[int, int]) -> Phrase | None:
        """Return the pronoun glued to the auxiliary of a verb ("a-t-elle ajouté")."""
        for i in range(cue[0], cue[1]):
            if self.tokens[i].text.startswith("-"):
                phrase = self.phrases.at(i, cue[1])
                if phrase is not None and phrase.is_pronoun:
                    return phrase
        return None

    def subject_after(self, i: int, high: int) -> Phrase | None:
        """Return the subject that follows a verb: the first phrase that no preposition governs."""
        tokens, language = self.tokens, self.language
        gap = 0
        while i < high and gap <= MAX_GAP:
            token = tokens[i]
            if token.kind != WORD:
                if token.text in ",–—" and gap:
                    pass
                return None
            if token.low in language.that:
                return None
            if token.low in language.he and token.low in language.auxiliaries:
                i, gap = i + 1, gap + 1
                continue
            phrase = self.phrases.at(i, high)
            if phrase is not None:
                follow = phrase.last < high and tokens[phrase.last].low in language.after_marks
                if not follow:
                    return self._with_apposition(phrase, high)
            elif self._may_govern(token.low):
                if (
                    token.low in language.that
                    or token.low in language.says
                    or (language.is_cased and token.text[0].isupper())
                ):
                    return None
                governed = self.phrases.at(i + 1, high) if i + 1 < high else None
                if governed is not None:
                    i, gap = governed.last, gap + 1
                    continue
            i, gap = i + 1, gap + 1
        return None

    def _may_govern(self, low: str) -> bool:
        """Whether a word may be the preposition of the phrase behind it; "yesterday" is none."""
        language = self.language
        is_listed = low in language.stops or low in language.links
        is_listed = is_listed and low not in language.auxiliaries
        return is_listed and low not in language.time_words

    def _with_apposition(self, phrase: Phrase, high: int) -> Phrase:
        """Return `phrase` with the name or office behind its comma."""
        if phrase.last + 1 >= high or phrase.is_pronoun:
            return phrase
        if self.tokens[phrase.last].text in (",", "،"):
            joined = self.phrases.of(phrase.first, min(high, phrase.last + 14))
            phrase = joined[0] if joined and joined[0].first == phrase.first else phrase
        return with_partners(self.phrases, phrase, high)

    def according_at(self, i: int, high: int) -> Report | None:
        """Return the "according to Quill" that begins at token `i`."""
        tokens, language = self.tokens, self.language
        for words in language.according.get(tokens[i].low, ()):
            if tuple(t.low for t in tokens[i : i + len(words)]) != words:
                continue
            k = i + len(words)
            named = self.phrases.in_marks(k) if k < high else None
            if named is not None:
                return Report("according-to", named, (i, k))
            while (
                k < high
                and k < i + len(words) + 2
                and tokens[k].kind == WORD
                and tokens[k].low not in language.that
                and self.phrases.at(k, high) is None
            ):
                k += 1
            if k >= high:
                return None
            phrase = self.phrases.at(k, high)
            if phrase is None:
                k = i + len(words)
                phrase = self.phrases.common(k)
            if phrase is not None:
                return Report("according-to", self._with_apposition(phrase, high), (i, k))
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
            for words in language.according_behind.get(tokens[k].low, ()):
                if tuple(t.low for t in tokens[k : k + len(words)]) == words:
                    phrase = self.phrases.at(first, k) or self.phrases.common(first)
                    cue = k, k + len(words)
                    return Report("according-to", phrase, cue) if phrase else None
        return None

    def ahead(self, at: int, low: int, sentence: Sentence) -> Report | None:
        """Return the report before the quotation at token `at`, its words at or behind `low`."""
        tokens, language = self.tokens, self.language
        cues = self.cues(low, at)
        if cues:
            cue = cues[-1]
            phrase = self.subject_of(cue, low, at, sentence)
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
            phrase = self.first_subject(low, at)
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
            cues = self.cues(at + 1, sentence.last)
            if not cues:
                return None
            phrase = self.first_subject(sentence.first, at)
            behind = at + 1 + self._glues(at + 1, at)
            phrase = phrase or self.first_subject(behind, cues[0][0])
            return Report("before", phrase, cues[0], is_near=phrase is not None) if phrase else None
        if language.order != "verb-second":
            return None
        cues = self.cues(at + 1, min(high, at + MAX_GAP))
        if not cues:
            return None
        phrase = self.subject_after(cues[0][1], high)
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

    def subject_of(
        self, cue: tuple[int, int], low: int, high: int, sentence: Sentence
    ) -> Phrase | None:
        """Return the subject of a verb: the phrase that ends before it, the one that follows it,
        or the first of the sentence, as the language orders them.
        """
        language = self.language
        found = [p for p in self.phrases.of(low, cue[0]) if not p.is_governed]
        touching = next((p for p in reversed(found) if self._touches(p, cue[0])), None)
        if touching is not None:
            touching = behind_partners(self.phrases, touching, low)
        after = self.subject_after(cue[1], high)
        if found and cue[0] > low and self.tokens[cue[0] - 1].low in language.joins:
            return next((p for p in found if p.is_somebody), found[0])
        if language.order == "verb-first":
            return after or touching or (found[0] if found else None)
        if language.order == "verb-last":
            return found[0] if found else after
        if touching is not None and not (
            after is not None and after.is_somebody and not touching.is_somebody
        ):
            return touching
        if after is not None and (language.order == "verb-second" or not found or after.name):
            return after
        if found:
            return next((p for p in found if p.is_somebody), found[0])
        return after or (self.first_subject(sentence.first, low) if low > sentence.first else None)

    def _touches(self, phrase: Phrase, cue: int) -> bool:
        tokens, language = self.tokens, self.language
        inside = False
        for k in range(phrase.last, cue):
            token = tokens[k]
            inside = (inside or token.text == "(") and token.text != ")"
            if inside or token.text == ")":
                continue  # "Ada Quill (SPD) sagte"
            if token.kind != WORD or not (
                token.low in language.auxiliaries or token.low in language.adverbs
            ):
                return token.text == "," and k == cue - 1
        return True

    def first_subject(self, first: int, last: int) -> Phrase | None:
        """Return the first phrase that no preposition governs, one that names somebody first."""
        found = [p for p in self.phrases.of(first, last) if not p.is_governed]
        if self.language.subject_endings and not self.language.is_cased:
            marked = [p for p in found if self._is_marked(p)]
            found = marked or found
        subject = next((p for p in found if p.is_somebody), None)
        if subject is not None:
            return with_partners(self.phrases, subject, last)
        return found[0] if found and found[0].first == first else None

    def _is_marked(self, phrase: Phrase) -> bool:
        endings = self.language.subject_endings
        tokens = self.tokens
        after = tokens[phrase.last] if phrase.last < len(tokens) else None
        return (after is not None and after.low in endings) or any(
            tokens[phrase.last - 1].text.endswith(e.removeprefix("-"))
            for e in endings
            if e.startswith("-")
        )
