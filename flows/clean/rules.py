"""The rule book: named patterns, kept as data, that say of one block (or one sentence) of a page
what boilerplate it is.

Here stand reading, checking and matching of rules. Where a block stands, what it links to and what
its neighbours are is for the rooms that call the book to judge. The rules of the house are
`rules/*.toml`, one file a family. To add your own, write a file of the same shape and hand it to
`load_rules(Path("mine.toml"))`; your rules are tried before those of the house:

    [[rule]]
    id = "gazette.members"                  # unique, dotted
    reason = "subscription_prompt"          # a word of flows.clean.model.REASONS
    where = "any"                           # head | tail | any: only before the article, only after it, or wherever it stands
    sites = ["gazette.example"]             # optional: only on these domains and their subdomains
    languages = ["en"]                      # optional: only on pages of these languages (two letters)
    lines = ["members read on"]             # whole blocks, told apart by nothing but case, marks at the ends and spacing, and / or
    pattern = '\\bmembers? of the gazette club\\b'   # a regular expression, or a list of them, searched in the `folded` block
    words = ["member", "members"]           # optional: `pattern` is tried only where one of these words stands; keeps the book quick
    limit = 300                             # optional: longest block in characters that `pattern` judges
    selector = "div.club"                   # or, instead of lines and pattern: a CSS selector of elements to strip; needs `sites`
    cuts = ["Members of the Gazette Club read this first."]
    keeps = ["The gazette said its members had voted."]

A rule must cut each of its `cuts` and none of its `keeps`, or the file is refused: `RuleError`
names file, line and reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from flows.clean.rulebook.book import RuleBook, folded
from flows.clean.rulebook.file import read_rules
from flows.clean.rulebook.rule import Rule, RuleError, Where

__all__ = ["HOUSE_RULES", "Rule", "RuleBook", "RuleError", "Where", "folded", "load_rules"]

HOUSE_RULES = Path(__file__).with_name("rules")


def load_rules(*extra: Path) -> RuleBook:
    """Return the book of the extra files' rules (tried first) and those of the house. Raises
    RuleError on the first fault.

    The house's own files are read once a process; files of one's own are read each time, since they
    may change meanwhile.
    """
    return _book_with(extra) if extra else _house_book()


@cache
def _house_book() -> RuleBook:
    return _book_with(())


@cache
def _house_rules() -> tuple[tuple[Path, int, Rule], ...]:
    return tuple(
        (file, line, rule)
        for file in sorted(HOUSE_RULES.glob("*.toml"))
        for line, rule in read_rules(file)
    )


def _book_with(extra: Sequence[Path]) -> RuleBook:
    own = [
        (file, line, replace(rule, is_own=True))
        for file in dict.fromkeys(extra)
        for line, rule in read_rules(file)
    ]
    seen: dict[str, Path] = {}
    for file, line, rule in (*_house_rules(), *own):
        if rule.id in seen:
            raise RuleError(
                file, line, f'the id "{rule.id}" is already used in {seen[rule.id]}; choose another'
            )
        seen[rule.id] = file
    return RuleBook([rule for _, _, rule in (*own, *_house_rules())])
