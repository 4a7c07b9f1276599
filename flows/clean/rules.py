"""The rule book: named patterns, kept as data, that name the boilerplate in one block (or one
sentence) of a page.

This module reads and checks rule files and puts them into one book. It does not know where a block
stands, what it links to or what its neighbours are: the callers in `html/` and `plain/` do. The
builtin rules are `rules/*.toml`, one file a family. To add your own, write a file of the same shape
and pass it to `load_rules(Path("mine.toml"))`. Your rules are tried before the builtin ones:

    [[rule]]
    id = "gazette.members"              # unique, dotted
    reason = "subscription_prompt"      # one of flows.clean.model.REASONS
    where = "any"                       # head, tail (before, after the article) or any
    sites = ["gazette.example"]         # optional: only these domains and their subdomains
    languages = ["en"]                  # optional: only pages in these languages (two letters)
    lines = ["members read on"]         # whole blocks; case, spaces and end marks do not count
    pattern = '\\bmembers? of the club\\b'  # a regular expression or a list of them
    words = ["member", "members"]       # optional: try `pattern` only if one of these is there;
                                        # "0" is any figure, "字" any letter of a script
                                        # that writes without spaces
    limit = 300                         # optional: longest block, in characters, for `pattern`
    selector = "div.club"               # instead of lines and pattern: elements to strip (CSS);
                                        # needs `sites`
    cuts = ["Members of the club read this first."]
    keeps = ["The gazette said its members had voted."]

`pattern` is searched in the `folded` block. `lines` and `pattern` may stand together. A rule must
cut each of its `cuts` and none of its `keeps`; otherwise the file is refused with a `RuleError`
that names file, line and reason.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from flows.clean.rulebook.book import RuleBook, folded
from flows.clean.rulebook.file import read_rules
from flows.clean.rulebook.rule import Rule, RuleError, Where

__all__ = ["BUILTIN_RULES", "Rule", "RuleBook", "RuleError", "Where", "folded", "load_rules"]

BUILTIN_RULES = Path(__file__).with_name("rules")


def load_rules(*extra: Path) -> RuleBook:
    """Return the book of the extra files' rules (tried first) and the builtin ones. Raises
    RuleError on the first fault.

    The builtin files are read once a process. Extra files are read each time, because they may
    change in between.
    """
    return _book_with(extra) if extra else _builtin_book()


@cache
def _builtin_book() -> RuleBook:
    return _book_with(())


@cache
def _builtin_rules() -> tuple[tuple[Path, int, Rule], ...]:
    return tuple(
        (file, line, rule)
        for file in sorted(BUILTIN_RULES.glob("*.toml"))
        for line, rule in read_rules(file, is_proven=True)
    )


def _book_with(extra: Sequence[Path]) -> RuleBook:
    own = [
        (file, line, replace(rule, is_own=True))
        for file in dict.fromkeys(extra)
        for line, rule in read_rules(file)
    ]
    seen: dict[str, Path] = {}
    for file, line, rule in (*_builtin_rules(), *own):
        if rule.id in seen:
            raise RuleError(
                file, line, f'the id "{rule.id}" is already used in {seen[rule.id]}; choose another'
            )
        seen[rule.id] = file
    return RuleBook([rule for _, _, rule in (*own, *_builtin_rules())])
