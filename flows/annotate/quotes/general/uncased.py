"""Noun phrases that may name a speaker, in scripts without capitals that put spaces between words.

Particles, offices and word order tell where such a phrase ends.
"""

from __future__ import annotations

from functools import lru_cache

from flows.annotate.languages.load import Language
from flows.annotate.quotes.general.phrase import Phrase
from flows.annotate.quotes.general.scan import Scan
from flows.annotate.quotes.tokens import WORD, Token

# Words of a phrase.
MAX_UNCASED = 8


class UncasedPhrases:
    """Finds the phrases of one text."""

    def __init__(self, scan: Scan) -> None:
        self.scan, self.language = scan, scan.language

    def at(self, j: int, high: int) -> Phrase | None:
        """Return the phrase that begins at token `j`, ending before token `high`."""
        tokens, language = self.scan.tokens, self.language
        i, gender = j, ""
        roles: list[int] = []
        ended_by: str | None = None
        while i < high and i - j < MAX_UNCASED:
            token = tokens[i]
            low = token.low
            if token.kind != WORD or low in language.time_words or low.isdigit():
                break
            if low in language.subject_endings:
                ended_by = low
                break
            if (low in language.stops and low not in language.joints) or low in language.says:
                break
            if low in language.that or low in language.according:
                break
            ending = self._ending(token)
            role = language.role(low.removesuffix(ending))
            if roles and not role and self._is_glued(i, high):
                break
            if role:
                roles.append(i)
                gender = gender or (role if role in ("he", "she") else "")
            i += 1
            if ending:
                ended_by = ending
                break
        while i - 1 > j and tokens[i - 1].low in language.joints:
            i -= 1
        if i == j:
            return None
        words = [tokens[k].text for k in range(j, i)]
        if ended_by and words and self._ending(tokens[i - 1]):
            words[-1] = words[-1][: -len(ended_by)]
        name = self._name(words, [k - j for k in roles])
        bare = len(words) == 1 and bool(roles)
        if self.language.subject_endings and ended_by is None and not roles:
            return None
        return Phrase(j, i, name, gender, is_bare=bare, has_role=bool(roles))

    def _is_glued(self, i: int, high: int) -> bool:
        """Whether a preposition is glued to the word ("לרדיו החוף", "לـإذاعة"): a listener, no
        name.
        """
        tokens, prefixes = self.scan.tokens, self.language.glued_prepositions
        return any(
            tokens[i].text.startswith(prefix)
            and (len(prefix) > 1 or self._is_definite(i + 1, high))
            for prefix in prefixes
        )

    def _is_definite(self, i: int, high: int) -> bool:
        prefixes = self.language.definite_prefixes
        return i < high and self.scan.tokens[i].text.startswith(prefixes)

    def _ending(self, token: Token) -> str:
        """Return the particle that is glued to the word and marks it as a subject, "" if none."""
        return _ending(self.language, token.low)

    def _name(self, words: list[str], roles: list[int]) -> str | None:
        language = self.language
        if language.is_family_name_first:  # "한도연 국토부 장관"
            if roles and roles[-1] > 0:
                named = [w for k, w in enumerate(words[: roles[-1] + 1]) if k not in roles]
                return self._before_title(named)
            stem = words[-1]
            return " ".join(words) if len(words) <= 2 and not language.role(stem) else None
        if not roles:
            return " ".join(words) if len(words) <= 3 else None
        if roles[0] > 1 and roles[0] == len(words) - 1:
            return " ".join(words[: roles[0]])
        rest = words[roles[-1] + 1 :]
        if any(words[roles[-1]].startswith(prefix) for prefix in language.definite_prefixes):
            return " ".join(rest[:2]) if len(rest) >= 2 else None
        if language.order == "verb-last" and language.subject_endings:
            return " ".join(rest) if rest else None
        if len(rest) >= 2 and rest[-2].lower() not in language.bodies:
            return " ".join(rest[-2:])
        return None

    def _before_title(self, words: list[str]) -> str | None:
        if not words:
            return None
        short = [w for w in words if len(w) <= 4 and w not in self.language.bodies]
        # a body stands before the name ("북방어민연합 구본석 회장"), a department behind it
        if len(words) > 1 and len(words[0]) > 4 and short:
            return short[-1]
        return words[0]


@lru_cache(maxsize=30_000)
def _ending(language: Language, word: str) -> str:
    if language.role(word):
        return ""
    for listed in language.subject_endings:
        ending = listed.removeprefix("-")
        if ending != listed and len(word) > len(ending) and word.endswith(ending):
            return ending
    return ""
