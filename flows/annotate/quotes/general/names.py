"""Which words of a noun phrase name a person, in scripts with capitals.

Not here: where the phrase begins and ends (`phrases`), whom a surname stands for (`people`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from flows.annotate.languages.load import Language
from flows.annotate.model import Mention
from flows.annotate.quotes.general.scan import Scan
from flows.annotate.quotes.tokens import WORD

# Words of a name that stands at the end of a run of capitals ("Prezes Związku Rybaków Jan Mak").
MAX_NAME = 4


def is_person(mention: Mention, language: Language) -> bool:
    """Whether a mention is a person's name alone: no office before it, no noun behind it."""
    words = mention.name.split()
    if mention.label != "PERSON" or not words:
        return False
    first = words[0].lower()
    if language.role(first) or first in language.stops or first in language.according:
        return False
    return not (language.is_cased and words[-1][:1].islower())


class Names:
    """Finds the names in phrases of one text; `mentions` are its entities."""

    def __init__(self, scan: Scan, mentions: Sequence[Mention]) -> None:
        self.scan, self.language = scan, scan.language
        self.mentions = [m for m in mentions if is_person(m, scan.language)]
        self._starts = [m.start for m in self.mentions]
        self._named = {word for m in mentions for word in scan.text[m.start : m.end].split()}

    def of(self, first: int, last: int, roles: list[int]) -> str | None:
        """Return the words of tokens `first:last` that name a person."""
        tokens, language = self.scan.tokens, self.language
        mention = self._mentioned(first, last)
        if mention is not None and " " in mention.name and not self._is_cut(mention):
            return mention.name
        runs: list[tuple[int, int]] = []
        i = first
        while i < last:
            if not self.holds(i) or tokens[i].low in language.bodies:
                i += 1
                continue
            stop = i + 1
            while stop < last and (
                self.holds(stop)
                or (tokens[stop].low in language.particles and self.is_capital(stop, last))
            ):
                stop += 1
            linked = i > first and (
                tokens[i - 1].low in language.links
                or (tokens[i - 1].low in language.determiners and i - 2 >= first)
                or tokens[i - 1].low in language.bodies
            )
            if not linked:
                runs.append((i, stop))
            i = stop
        behind_role = [run for run in runs if run[0] - 1 in roles]
        for start, stop in [*behind_role, *runs]:
            if stop - start >= 2:
                if language.has_noun_capitals and not self._may_name(start, first, roles):
                    continue
                if stop - start > MAX_NAME or (
                    roles and stop - start == MAX_NAME and start - 1 in roles
                ):
                    start = stop - 2
                return self.text_of(start, stop)
        for start, stop in runs:
            if start - 1 in roles or (start == first and not roles and stop == last):
                if (
                    language.has_noun_capitals
                    and start == first
                    and first > 0
                    and tokens[first - 1].low in language.determiners
                ):
                    continue
                if start - 1 not in roles and stop - start == 1 and self._is_common(start):
                    continue
                return self.text_of(start, stop)
            if language.is_family_name_first and roles and start == first:
                return self.text_of(start, stop)
        return None

    def _mentioned(self, first: int, last: int) -> Mention | None:
        """Return the first person mentioned within tokens `first:last`, behind no preposition."""
        tokens = self.scan.tokens
        at = bisect_left(self._starts, tokens[first].start)
        while at < len(self.mentions) and self.mentions[at].end <= tokens[last - 1].end:
            mention = self.mentions[at]
            before = [t for t in tokens[first:last] if t.end <= mention.start]
            if not before or before[-1].low not in self.language.links:
                return mention
            at += 1
        return None

    def _is_cut(self, mention: Mention) -> bool:
        """Whether the mention leaves out capitals that belong to the same name."""
        after = self.scan.text[mention.end : mention.end + 2]
        return after[:1] == " " and after[1:].isupper() and self.language.is_cased

    def _may_name(self, start: int, first: int, roles: list[int]) -> bool:
        """Whether capitals are a name where all nouns have them: behind an office, or without an
        article.
        """
        tokens = self.scan.tokens
        led = start == first and first > 0 and tokens[first - 1].low in self.language.determiners
        return start - 1 in roles or not led

    def _is_common(self, i: int) -> bool:
        """Whether the word at `i` is a common noun. Where all nouns have capitals, only a word of
        one of the text's entities is a name.
        """
        if not self.language.has_noun_capitals or not self._named:
            return False
        return self.scan.tokens[i].text not in self._named

    def holds(self, i: int) -> bool:
        """Whether token `i` may be a word of a name: a capital that is no office."""
        token, language = self.scan.tokens[i], self.language
        return (
            token.kind == WORD
            and token.text[0].isupper()
            and not language.role(token.low.rstrip("."))
        )

    def links(self, i: int, high: int) -> bool:
        """Whether the particle at `i` stands inside a name: "Ortega y Gasset"; two persons stand
        around an "and" with a full name behind it.
        """
        is_join = self.scan.tokens[i].low in self.language.joins
        return self.is_capital(i + 1, high) and not (is_join and self.is_capital(i + 2, high))

    def is_capital(self, i: int, high: int) -> bool:
        """Whether a capital stands at token `i`, particles before it left out."""
        tokens = self.scan.tokens
        while i < high and tokens[i].low in self.language.particles:
            i += 1
        return i < high and tokens[i].kind == WORD and tokens[i].text[0].isupper()

    def text_of(self, first: int, last: int) -> str:
        """Return the name that tokens `first:last` print, without its case ending (Turkish)."""
        tokens = self.scan.tokens
        name = " ".join(self.scan.text[tokens[first].start : tokens[last - 1].end].split())
        if self.language.has_apostrophe_endings:
            head, _, ending = name.replace("'", "’").rpartition("’")
            return head if head and " " not in ending else name
        return name
