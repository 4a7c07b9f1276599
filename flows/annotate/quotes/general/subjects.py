"""The subject of a verb of speech: the phrase before it or behind it, as the language orders them.

Not here: noun phrases (`phrases`), speakers beside a speaker (`joint`).
"""

from __future__ import annotations

from flows.annotate.quotes.general.joint import behind_partners, with_partners
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.phrases import Phrases
from flows.annotate.quotes.general.scan import Scan
from flows.annotate.quotes.tokens import WORD, Sentence

# Words between a verb and its subject.
MAX_GAP = 5


class Subjects:
    """Finds the subjects of one text."""

    def __init__(self, scan: Scan, phrases: Phrases) -> None:
        self.phrases, self.language, self.tokens = phrases, scan.language, scan.tokens

    def after(self, i: int, high: int) -> Phrase | None:
        """Return the subject that follows a verb: the first phrase that no preposition governs."""
        tokens, language = self.tokens, self.language
        gap = 0
        while i < high and gap <= MAX_GAP:
            token = tokens[i]
            if token.kind != WORD or token.low in language.that:
                return None
            if token.low in language.he and token.low in language.auxiliaries:
                i, gap = i + 1, gap + 1
                continue
            phrase = self.phrases.at(i, high)
            if phrase is not None:
                follow = phrase.last < high and tokens[phrase.last].low in language.after_marks
                if not follow:
                    return self.with_apposition(phrase, high)
            elif self._may_govern(token.low):
                is_capital = language.is_cased and token.text[0].isupper()
                if token.low in language.says or is_capital:
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

    def with_apposition(self, phrase: Phrase, high: int) -> Phrase:
        """Return `phrase` with the name or office behind its comma."""
        if phrase.last + 1 >= high or phrase.is_pronoun:
            return phrase
        if self.tokens[phrase.last].text in (",", "،"):
            joined = self.phrases.of(phrase.first, min(high, phrase.last + 14))
            phrase = joined[0] if joined and joined[0].first == phrase.first else phrase
        return with_partners(self.phrases, phrase, high)

    def of(self, cue: tuple[int, int], low: int, high: int, sentence: Sentence) -> Phrase | None:
        """Return the subject of a verb: the phrase that ends before it, the one that follows it,
        or the first of the sentence, as the language orders them.
        """
        language = self.language
        found = [p for p in self.phrases.of(low, cue[0]) if not p.is_governed]
        touching = next((p for p in reversed(found) if self._touches(p, cue[0])), None)
        if touching is not None:
            touching = behind_partners(self.phrases, touching, low)
        after = self.after(cue[1], high)
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
        return after or (self.first(sentence.first, low) if low > sentence.first else None)

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

    def first(self, first: int, last: int) -> Phrase | None:
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

    def clitic_in(self, cue: tuple[int, int]) -> Phrase | None:
        """Return the pronoun glued to the auxiliary of a verb ("a-t-elle ajouté")."""
        for i in range(cue[0], cue[1]):
            if self.tokens[i].text.startswith("-"):
                phrase = self.phrases.at(i, cue[1])
                if phrase is not None and phrase.is_pronoun:
                    return phrase
        return None
