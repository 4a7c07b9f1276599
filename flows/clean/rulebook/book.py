"""Matching of blocks against rules, compiled once and quick: it runs on every block of every
page.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from flows.clean.normal_text import DENSE_SCRIPT
from flows.clean.rulebook.alternatives import searcher
from flows.clean.rulebook.rule import Rule, Where, on_site

_SIGNS = "©ⓒ#@(["
_WORD = re.compile(rf"[^\W_]+|[{re.escape(_SIGNS)}]")
"""What a rule's `words` may be: runs of letters and figures, and the signs that furniture is known
by.
"""

_BLANKED = bytes(byte if chr(byte).isalnum() else ord(" ") for byte in range(128)) + bytes(128)
"""ASCII with a blank for all that is no letter and no figure."""

ANY_NUMBER, ANY_DENSE = "0", "字"
"""What a rule names among its `words` for any figure, and for any letter of a script that writes
without spaces.
"""

_FIGURE = re.compile(r"\d")

MAX_REMEMBERED, MAX_KNOWN = 60, 20_000
"""Most characters of a block whose rules are remembered, and how many such blocks: menus and
buttons stand on every page of a site.
"""

_STRAIGHT = (
    ("’", "'"),
    ("‘", "'"),
    ("ʼ", "'"),
    ("“", '"'),
    ("”", '"'),
    ("–", "-"),
    ("—", "-"),
    ("：", ":"),
    ("\u00ad", ""),
    ("\u200b", ""),
)
_MARKS = " \t.,:;!?…·•|»«›‹<>→←↑↓▸▾▼▲►+-*#()[]{}\"'&/\\_=~©✕×"


def folded(text: str) -> str:
    """Return the block as patterns see it: lower case, straight quotes and hyphens, single
    spaces.
    """
    if not text.isascii():
        for sign, plain in _STRAIGHT:
            text = text.replace(sign, plain)
    elif text.isprintable() and "  " not in text:  # most blocks: their only white space is a blank
        return text.strip().lower()
    return " ".join(text.split()).lower()


def _words_of(block: str) -> set[str]:
    """What of a folded block rules may name among their `words`."""
    if block.isascii():  # twice as quick as the expression
        letters = block.encode()
        words = set(letters.translate(_BLANKED).decode().split())
        words.update(sign for sign in _SIGNS if sign in block)
        has_figure = len(letters.translate(None, b"0123456789")) < len(letters)
    else:
        words = set(_WORD.findall(block))
        if DENSE_SCRIPT.search(block):
            words.add(ANY_DENSE)
        has_figure = _FIGURE.search(block) is not None
    if has_figure:
        words.add(ANY_NUMBER)
    return words


class RuleBook:
    """Rules in the order they are tried, compiled once. A book does not change and may be shared
    between threads.
    """

    def __init__(self, rules: Sequence[Rule]) -> None:
        self.rules = tuple(rules)
        self._lines: dict[str, list[int]] = {}
        self._worded: dict[str, list[int]] = {}
        self._wordless: list[int] = []
        self._searches = [searcher(rule.pattern) for rule in self.rules]
        self._limits = [rule.limit for rule in self.rules]
        for at, rule in enumerate(self.rules):
            for line in rule.lines:
                self._lines.setdefault(folded(line).strip(_MARKS), []).append(at)
            if rule.pattern and not rule.words:
                self._wordless.append(at)
            for word in rule.words if rule.pattern else ():
                self._worded.setdefault(word, []).append(at)
        self._places: dict[frozenset[str], frozenset[int]] = {}
        self._vocabulary = frozenset(self._worded)
        self._known = lru_cache(maxsize=MAX_KNOWN)(self._find)
        self._openings = {line.split(" ")[0] for line in self._lines}
        self._longest = max((r.limit for r in self.rules), default=0)

    def match(
        self, text: str, *, where: Where, language: str | None = None, site: str | None = None
    ) -> Rule | None:
        """Return the first rule that cuts this block, or None. `site` is the page's host; without
        it, rules of a site stay silent.
        """
        return next(
            (rule for rule in self.fitting(text) if rule.allows(where, language, site)), None
        )

    def may_open_line(self, word: str) -> bool:
        """Whether some rule's line begins with this word: a quick no before `line` is asked."""
        return folded(word).strip(_MARKS) in self._openings

    def fitting(self, text: str) -> tuple[Rule, ...]:
        """Return all rules whose words fit the block, wherever on whatever page: those of whole
        lines first, being the surer.
        """
        if len(text) > 4 * self._longest:  # not worth folding: a block shrinks little
            return ()
        return self._known(text) if len(text) <= MAX_REMEMBERED else self._find(text)

    def has_fitting(self, text: str, reasons: frozenset[str]) -> bool:
        """Whether a rule with one of these reasons, or one of a user's file, fits the block."""
        if reasons not in self._places:
            self._places[reasons] = frozenset(
                at for at, rule in enumerate(self.rules) if rule.is_own or rule.reason in reasons
            )
        return len(text) <= 4 * self._longest and bool(self._find(text, self._places[reasons]))

    def _find(self, text: str, among: frozenset[int] | None = None) -> tuple[Rule, ...]:
        """The rules that fit a block, of all or of those at the places `among`."""
        block = folded(text)
        found = []
        if len(block) <= self._longest:
            tried = set(self._wordless)
            for word in _words_of(block) & self._vocabulary:
                tried.update(self._worded[word])
            if among is not None:
                tried &= among
            found = [
                at for at in tried if len(block) <= self._limits[at] and self._searches[at](block)
            ]
        lines = self._lines.get(block.strip(_MARKS), ())
        places = [*(at for at in lines if among is None or at in among), *sorted(found)]
        return tuple(self.rules[at] for at in places)

    def line(self, text: str) -> Rule | None:
        """Return the first rule for any page that has exactly these words among its `lines`."""
        found = self._lines.get(folded(text).strip(_MARKS), ())
        return next((self.rules[at] for at in found if not self.rules[at].sites), None)

    def selectors(self, site: str | None) -> tuple[Rule, ...]:
        """The rules that name elements of this site's pages by a CSS selector."""
        return tuple(r for r in self.rules if r.selector and on_site(site, r.sites))
