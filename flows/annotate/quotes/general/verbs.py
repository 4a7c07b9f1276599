"""Verbs of speech and of naming, with the auxiliaries before them, in any language that puts spaces
between words.
"""

from __future__ import annotations

from flows.annotate.quotes.general.scan import Scan, phrases_at
from flows.annotate.quotes.tokens import WORD


class Verbs:
    """Finds the verbs of speech of one text; each is a span of tokens."""

    def __init__(self, scan: Scan) -> None:
        self.language, self.tokens = scan.language, scan.tokens
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
        end = next(phrases_at(tokens, i, language.says_phrases), None)
        if end is not None:
            return i, end
        is_own = low in language.so_called and tokens[k - 1].low in language.reflexives
        if low in language.says or (names and low in language.names and not is_own):
            return i, k + 1
        end = next(phrases_at(tokens, k, language.says_phrases), None) if k > i else None
        return None if end is None else (i, end)

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
