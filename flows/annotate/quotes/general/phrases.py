"""Noun phrases that may name a speaker, in any language that puts spaces between words.

Here: where such a phrase begins and ends, which words of it are the name. Not here: scripts
without capitals (`uncased`), whose words a quotation is (`attribution`), whom a surname stands for
(`people`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from flows.annotate.languages.load import Language
from flows.annotate.model import Mention
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.scan import Scan
from flows.annotate.quotes.general.uncased import UncasedPhrases
from flows.annotate.quotes.tokens import QUOTE, WORD, Token

MAX_PHRASE = 16
# Lower-case words in a row inside a phrase ("la joven y nueva directora").
MAX_LOWER = 3
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


class Phrases:
    """Finds the phrases of one text; `mentions` are its entities."""

    def __init__(self, scan: Scan, mentions: Sequence[Mention]) -> None:
        self.scan, self.language = scan, scan.language
        self.mentions = [m for m in mentions if is_person(m, scan.language)]
        self._uncased = UncasedPhrases(scan)
        self._starts = [m.start for m in self.mentions]
        self._bodies = [(m.start, m.end) for m in mentions if m.label == "ORG"]
        self._named = {word for m in mentions for word in scan.text[m.start : m.end].split()}
        self._opens = [self._may_begin(token) for token in scan.tokens]

    def _may_begin(self, token: Token) -> bool:
        """Whether a phrase may begin with the token."""
        if token.kind != WORD:
            return False
        return (
            not token.text[0].islower()
            or not self.language.is_cased
            or (self.language.opens_phrase(token.low))
        )

    def of(self, first: int, last: int) -> list[Phrase]:
        """Return the phrases among tokens `first:last`, in order, an apposed name joined to its
        office.
        """
        found: list[Phrase] = []
        tokens, i, opens = self.scan.tokens, first, self._opens
        while i < last:
            phrase = self.at(i, last) if opens[i] else None
            if phrase is None:
                i += 1
                continue
            before = tokens[i - 1] if i > first else None
            governed = before is not None and before.kind == WORD and self._governs(before)
            if not governed and self.language.has_noun_capitals and i - 2 >= first:
                governed = self._is_adjective(tokens[i - 1]) and self._governs(tokens[i - 2])
            found.append(phrase._replace(is_governed=True) if governed else phrase)
            i = max(phrase.last, i + 1)
        return self._apposed(found)

    def _is_adjective(self, token: Token) -> bool:
        """Whether a word may stand between a preposition and its noun ("am letzten Abend")."""
        language = self.language
        return (
            token.kind == WORD
            and token.text[0].islower()
            and token.text.endswith(("en", "er", "em", "es", "e"))
            and token.low not in language.says
            and token.low not in language.auxiliaries
        )

    def _governs(self, before: Token) -> bool:
        language = self.language
        return (
            before.low in language.stops
            and before.low not in language.that
            and before.low not in language.joins
            and before.low not in language.auxiliaries
        ) or before.low in language.links

    def _apposed(self, found: list[Phrase]) -> list[Phrase]:
        tokens, joined = self.scan.tokens, []
        i = 0
        while i < len(found):
            phrase = found[i]
            after = found[i + 1] if i + 1 < len(found) else None
            if (
                after is not None
                and after.first == phrase.last + 1
                and tokens[phrase.last].text in (",", "،", "、")
                and not phrase.is_pronoun
                and not after.is_pronoun
                and self._explains(phrase, after)
                and (self.language.is_cased or self._is_closed(after.last))
            ):
                phrase = phrase._replace(
                    last=after.last,
                    name=after.name if phrase.has_role and after.name else phrase.name,
                    gender=phrase.gender or after.gender,
                    is_bare=False,
                    has_role=True,
                )
                i += 1
            joined.append(phrase)
            i += 1
        return joined

    def _is_closed(self, i: int) -> bool:
        """Whether an apposition that ends before token `i` is closed by a comma."""
        return i < len(self.scan.tokens) and self.scan.tokens[i].text in (",", "،", "、")

    @staticmethod
    def _explains(phrase: Phrase, after: Phrase) -> bool:
        """Whether one of two phrases beside a comma names the person whose office the other is."""
        if phrase.has_role and after.name is not None and not after.has_role:
            return phrase.name is None or (" " not in phrase.name and " " in after.name)
        return phrase.name is not None and after.name is None and after.has_role

    def at(self, j: int, high: int) -> Phrase | None:
        """Return the phrase that begins at token `j`, ending before token `high`."""
        if not self._opens[j]:
            return None
        token, language = self.scan.tokens[j], self.language
        for words, gender, plural in (
            (language.he, "he", False),
            (language.she, "she", False),
            (language.third, "", False),
            (language.they, "", True),
        ):
            if token.low in words and not (language.role(token.low) and self._capital(j + 1, high)):
                return Phrase(j, j + 1, None, gender, is_pronoun=True, is_plural=plural)
        return self._cased(j, high) if language.is_cased else self._uncased.at(j, high)

    def common(self, j: int) -> Phrase | None:
        """Return the office or body without article that token `j` is ("enligt kommunen")."""
        token, language = self.scan.tokens[j], self.language
        if token.kind != WORD:
            return None
        role = language.role(token.low)
        if not role and not language.is_body(token.low):
            return None
        gender = role if role in ("he", "she") else ""
        return Phrase(j, j + 1, None, gender, is_bare=bool(role), has_role=True, is_body=not role)

    def in_marks(self, j: int) -> Phrase | None:
        """Return the name in marks that token `j` stands for: an outlet ("„Der Bote“"), or a
        nickname with the surname behind it.
        """
        token = self.scan.tokens[j]
        if token.kind != QUOTE or not self.language.is_cased:
            return None
        mark = self.scan.marked[token.quote]
        name = self.scan.text[mark.start : mark.end].strip()
        words = name.split()
        if not words or len(words) > MAX_NAME or not name[0].isupper() or not name[-1].isalnum():
            return None
        small = self.language.stops | self.language.determiners | self.language.links
        if not all(w[0].isupper() or w.lower() in small for w in words):
            return None
        last = j + 1
        while self._in_name(last) and self.scan.tokens[last].low not in self.language.time_words:
            last += 1
        return Phrase(j, last, self._text(j + 1, last) if last > j + 1 else name)

    def _cased(self, j: int, high: int) -> Phrase | None:
        tokens, language = self.scan.tokens, self.language
        i = j
        while i < high and tokens[i].low in language.determiners and i - j < 2:
            i += 1
        led = i > j
        content, last, core, lower, linked, gender = i, i, False, 0, False, ""
        if led:
            gender = self._gender_of_determiner(tokens[i - 1].low)
        roles: list[int] = []
        while i < high and i - j < MAX_PHRASE:
            token = tokens[i]
            low = token.low
            if token.kind != WORD or (
                low in language.time_words
                and (token.text[0].islower() or language.has_noun_capitals or i == content)
            ):
                break
            role = language.role(low.rstrip("."))
            closed = low in language.stops or low in language.adverbs
            closed = closed or (i == content and low in language.according)
            if role and not (closed and i == content):
                roles.append(i)
                if role in ("he", "she") and not linked:
                    gender = gender or role
            elif self._is_core(i, content, led=led, core=core, closed=closed):
                pass
            elif core and low in language.particles and self._links_names(i, high):
                i += 1
                continue
            elif core and low in language.links and i + 1 < high and tokens[i + 1].kind == WORD:
                linked, lower = True, 0
                i += 1
                while i < high and tokens[i].low in language.determiners:
                    i += 1
                continue
            elif (
                closed
                or low in language.says
                or low in language.names
                or (
                    low in language.auxiliaries
                    or low in language.determiners
                    or not token.text[0].isalpha()
                )
            ):
                break
            elif self._may_be_inside(i, high, led=led, core=core, linked=linked, roles=roles):
                lower += 1
                if lower > MAX_LOWER:
                    break
                i += 1
                if linked:
                    last = i
                continue
            else:
                break
            core, lower = True, 0
            i += 1
            last = i
        if not core or last <= content:
            return None
        if last < i < high and roles and tokens[i].text == "," and self._capital(i + 1, high):
            last = i  # "ministra transporturilor, Ileana Quill"
        name = self._name(content, last, roles)
        bare = name is None and bool(roles) and last - content == 1
        if bare and language.determiners and not language.is_inflected:
            bare = (led and tokens[content - 1].low in language.definite) or (not language.definite)
        is_body = name is None and not roles and self._is_body(content, last)
        return Phrase(j, last, name, gender, is_bare=bare, has_role=bool(roles), is_body=is_body)

    def _is_body(self, first: int, last: int) -> bool:
        """Whether tokens `first:last` name an organisation, or say which kind it is."""
        tokens = self.scan.tokens
        if any(token.low in self.language.bodies for token in tokens[first:last]):
            return True
        start, end = tokens[first].start, tokens[last - 1].end
        at = bisect_left(self._bodies, (start, start))
        return at < len(self._bodies) and self._bodies[at][1] <= end

    def _is_common(self, i: int) -> bool:
        """Whether the word at `i` is a common noun. Where all nouns have capitals, only a word of
        one of the text's entities is a name.
        """
        if not self.language.has_noun_capitals or not self._named:
            return False
        return self.scan.tokens[i].text not in self._named

    def _is_core(self, i: int, content: int, *, led: bool, core: bool, closed: bool) -> bool:
        """Whether the word at `i` is a name or a body ("le syndicat")."""
        token, language = self.scan.tokens[i], self.language
        if led and not core and token.low in language.bodies:
            return True
        is_verb = i == content and token.low in language.says
        return token.text[0].isupper() and not closed and not is_verb

    def _may_be_inside(
        self, i: int, high: int, *, led: bool, core: bool, linked: bool, roles: list[int]
    ) -> bool:
        """Whether the lower-case word at `i` may belong to a phrase: an adjective before its noun,
        a complement of an office ("minister transportu Anna Mak").
        """
        language = self.language
        if language.has_noun_capitals:
            return not core and led
        if not core:
            return led
        if linked:
            return True
        return bool(roles) or (language.is_family_name_first and self._role_follows(i, high))

    def _role_follows(self, i: int, high: int) -> bool:
        tokens = self.scan.tokens
        return any(
            tokens[k].kind == WORD and self.language.role(tokens[k].low)
            for k in range(i, min(high, i + MAX_LOWER + 1))
        )

    def _links_names(self, i: int, high: int) -> bool:
        """Whether the particle at `i` stands inside a name: "Ortega y Gasset"; two persons stand
        around an "and" with a full name behind it.
        """
        is_join = self.scan.tokens[i].low in self.language.joins
        return self._capital(i + 1, high) and not (is_join and self._capital(i + 2, high))

    def _capital(self, i: int, high: int) -> bool:
        tokens = self.scan.tokens
        while i < high and tokens[i].low in self.language.particles:
            i += 1
        return i < high and tokens[i].kind == WORD and tokens[i].text[0].isupper()

    def _gender_of_determiner(self, low: str) -> str:
        if low in self.language.female_determiners:
            return "she"
        return "he" if low in self.language.male_determiners else ""

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

    def _name(self, first: int, last: int, roles: list[int]) -> str | None:
        """Return the words of tokens `first:last` that name a person."""
        tokens, language = self.scan.tokens, self.language
        mention = self._mentioned(first, last)
        if mention is not None and " " in mention.name and not self._is_cut(mention):
            return mention.name
        runs: list[tuple[int, int]] = []
        i = first
        while i < last:
            if not self._in_name(i) or tokens[i].low in language.bodies:
                i += 1
                continue
            stop = i + 1
            while stop < last and (
                self._in_name(stop)
                or (tokens[stop].low in language.particles and self._capital(stop, last))
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
                return self._text(start, stop)
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
                return self._text(start, stop)
            if language.is_family_name_first and roles and start == first:
                return self._text(start, stop)
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

    def _in_name(self, i: int) -> bool:
        token, language = self.scan.tokens[i], self.language
        return (
            token.kind == WORD
            and token.text[0].isupper()
            and not language.role(token.low.rstrip("."))
        )

    def _text(self, first: int, last: int) -> str:
        tokens = self.scan.tokens
        name = " ".join(self.scan.text[tokens[first].start : tokens[last - 1].end].split())
        if self.language.has_apostrophe_endings:
            head, _, ending = name.replace("'", "’").rpartition("’")
            return head if head and " " not in ending else name
        return name
