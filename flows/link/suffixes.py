"""The public suffix list: which end of a host's name is shared by many owners ("co.uk").

The list is the one that tldextract ships. tldextract itself is not imported: it imports requests,
and both take 0.1 s of each command.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from importlib.util import find_spec
from pathlib import Path

SNAPSHOT = ".tld_set_snapshot"
"""tldextract's copy of the list, private domains included."""


def count_suffix_labels(labels: Sequence[str]) -> int:
    """Return how many labels at the end of a host are its public suffix; 0 where none is listed.

    The list names suffixes, all names below one (`*.ck`) and exceptions of these (`!www.ck`).
    """
    rules, parents = _rules()
    name, found = "", 0
    for count, label in enumerate(map(_decoded, reversed(labels)), 1):
        parent, name = name, f"{label}.{name}" if name else label
        if name in rules:
            found = count
        elif name not in parents:
            if f"*.{parent}" not in rules:
                break
            return count - 1 if f"!{name}" in rules else count
    return found


@cache
def _rules() -> tuple[frozenset[str], frozenset[str]]:
    """Return the rules of the list, and the names that have a rule below them."""
    package = find_spec("tldextract")
    assert package is not None
    assert package.submodule_search_locations is not None
    text = Path(package.submodule_search_locations[0], SNAPSHOT).read_text(encoding="utf-8")
    rules = {line.split()[0] for line in text.split("\n") if line.strip() and line[:2] != "//"}
    parents = set[str]()
    for rule in rules:
        while rule := rule.partition(".")[2]:
            parents.add(rule)
    return frozenset(rules), frozenset(parents)


def _decoded(label: str) -> str:
    """Return a label in small letters, and not in Punycode."""
    label = label.lower()
    if not label.startswith("xn--"):
        return label
    import idna  # few hosts need it

    try:
        return idna.decode(label)
    except (UnicodeError, IndexError):
        return label
