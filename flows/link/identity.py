"""Learns from a listing which parameters tell the articles of its source apart, though they bear
the names of trackers.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from urllib.parse import parse_qsl, urlsplit

from flows.link.address import canonical_url, tracking_names
from flows.link.fold import fold

MAX_NAMES = 8
"""Parameters that are learned of one listing; a source has one or two."""


def identity_names(listed: Iterable[tuple[str, str | None]]) -> frozenset[str]:
    """Return the names, in small letters, of parameters whose values differ between listed articles
    that would otherwise be one: the same canonical address, other titles.

    `listed` are the addresses and titles of one listing. One title with two values is tracking, so
    a name is learned only if every title has one value and different titles have different values.
    """
    groups: dict[str, list[tuple[str, str]]] = defaultdict(list)
    for url, title in listed:
        key, words = canonical_url(url), fold(title or "")
        if key and words:
            groups[key].append((url, words))
    found: set[str] = set()
    for group in groups.values():
        if len({title for _, title in group}) > 1:
            found |= _telling(group)
    return frozenset(sorted(found)[:MAX_NAMES])


def _telling(group: list[tuple[str, str]]) -> set[str]:
    """Return the names whose values stand one to one with the titles of a group."""
    names: dict[str, dict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    for url, title in group:
        pairs = parse_qsl(urlsplit(url).query)
        dropped = tracking_names(pairs)
        for name, value in pairs:
            if name.lower() in dropped:
                names[name.lower()][title].add(value)
    titles = {title for _, title in group}
    return {
        name
        for name, values in names.items()
        if set(values) == titles
        and all(len(given) == 1 for given in values.values())
        and len(set().union(*values.values())) == len(titles)
    }
