"""What a rule is, and the error for a bad rule file. `file` reads files, `book` matches blocks."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

_WORDS = re.compile(r"\w+")

DEFAULT_LIMIT = 300
"""Characters. Furniture is short: over nine tenths of it is under 200 characters, while a longer
block is mostly an article's own.
"""

Where = Literal["head", "body", "tail"]


class RuleError(Exception):
    """A rule file that cannot be used. `line` counts from 1; the message says what is wrong."""

    def __init__(self, file: Path, line: int, reason: str) -> None:
        super().__init__(f"{file}:{line}: {reason}")
        self.file, self.line, self.reason = file, line, reason


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule, as its file gives it; the docstring of `flows.clean.rules` says what each field
    means.
    """

    id: str
    reason: str
    where: str = "any"
    pattern: str = ""
    lines: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    limit: int = DEFAULT_LIMIT
    languages: tuple[str, ...] = ()
    sites: tuple[str, ...] = ()
    selector: str = ""
    cuts: tuple[str, ...] = ()
    keeps: tuple[str, ...] = ()
    is_own: bool = False  # from a user's file: obeyed where builtin rules would be doubted

    def lines_have(self, text: str) -> bool:
        """Whether a block is one of the rule's whole lines, case and marks apart."""
        bare = " ".join(_WORDS.findall(text.lower()))
        return any(" ".join(_WORDS.findall(line.lower())) == bare for line in self.lines)

    def allows(self, where: str, language: str | None, site: str | None) -> bool:
        """Whether the rule applies to a block in this place, on such a page."""
        return (
            self.where in ("any", where)
            and (not self.languages or language is None or language in self.languages)
            and (not self.sites or on_site(site, self.sites))
        )


def on_site(site: str | None, domains: Iterable[str]) -> bool:
    """Whether a host is one of the domains or a subdomain of one."""
    host = (site or "").lower()
    return any(host == d or host.endswith("." + d) for d in domains)
