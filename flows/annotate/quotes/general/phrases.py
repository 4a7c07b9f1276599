"""Noun phrases that may name a speaker, in any language that puts spaces between words.

Here: where such a phrase begins and ends. Not here: which words of it are the name (`names`),
scripts without capitals (`uncased`), whose words a quotation is (`attribution`), whom a surname
stands for (`people`).
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence

from flows.annotate.model import Mention
from flows.annotate.quotes.general.names import MAX_NAME, Names
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.scan import COMMAS, Scan
from flows.annotate.quotes.general.uncased import UncasedPhrases
from flows.annotate.quotes.tokens import QUOTE, WORD, Token

MAX_PHRASE = 16
# Lower-case words in a row inside a phrase ("la joven y nueva directora").
MAX_LOWER = 3


class Phrases:
    """Finds the phrases of one text; `mentions` are its entities."""

    def __init__(self, scan: Scan, mentions: Sequence[Mention]) -> None:
        self.scan, self.language = scan, scan.language
        self.names = Names(scan, mentions)
        self._uncased = UncasedPhrases(scan)
        self._bodies = [(m.start, m.end) for m in mentions if m.label == "ORG"]
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
            and token.text.endswith(language.adjective_endings)
            and token.low not in language.says
            and token.low not in language.auxiliaries
        )

    def _governs(self, before: Token) -> bool:
        language = self.language
        return (
            before.low in language.stops
            and before.low not in language.that
            and before.low not in language.joins
            and before.low not in language.openers
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
                and tokens[phrase.last].text in COMMAS
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
        return i < len(self.scan.tokens) and self.scan.tokens[i].text in COMMAS

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
            if token.low in words and not (
                language.role(token.low) and self.names.is_capital(j + 1, high)
            ):
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

    def whole(self, first: int, last: int) -> Phrase | None:
        """Return tokens `first:last`, a few words that a postposition governs, as a name; None in
        scripts with capitals, which show names by themselves.
        """
        tokens = self.scan.tokens
        while last > first and tokens[last - 1].low in self.language.stops:
            last -= 1
        is_short = 0 < last - first <= MAX_LOWER
        if self.language.is_cased or not is_short:
            return None
        if any(t.kind != WORD or t.low in self.language.stops for t in tokens[first:last]):
            return None
        return Phrase(first, last, self.names.text_of(first, last))

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
        while self.names.holds(last) and self.scan.tokens[last].low not in self.language.time_words:
            last += 1
        return Phrase(j, last, self.names.text_of(j + 1, last) if last > j + 1 else name)

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
            is_opener = low in language.according or low in language.as_words
            closed = closed or (i == content and is_opener)
            if role and not (closed and i == content):
                roles.append(i)
                if role in ("he", "she") and not linked:
                    gender = gender or role
            elif self._is_core(i, content, led=led, core=core, closed=closed):
                pass
            elif core and low in language.particles and self.names.links(i, high):
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
        if (
            last < i < high
            and roles
            and tokens[i].text == ","
            and self.names.is_capital(i + 1, high)
        ):
            last = i  # "ministra transporturilor, Ileana Quill"
        name = self.names.of(content, last, roles)
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

    def _gender_of_determiner(self, low: str) -> str:
        if low in self.language.female_determiners:
            return "she"
        return "he" if low in self.language.male_determiners else ""
