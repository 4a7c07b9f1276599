"""The different wordings of one thing said, word by word beside the most printed one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from difflib import SequenceMatcher

from schemas import Row


def distinct_wordings(pairs: Sequence[Row]) -> list[Row]:
    """Return the different wordings of `pairs` (rows of the view `wordings`), the one that most
    outlets print first: each with its outlets, the speaker, and its words as `compare` gives them
    beside the first wording.
    """
    outlets: dict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        outlets[pair["wording"]].add(pair["site"])
        outlets[pair["other_wording"]].add(pair["other_site"])
    ordered = sorted(outlets.items(), key=lambda item: (-len(item[1]), -len(item[0]), item[0]))
    first = ordered[0][0] if ordered else ""
    speaker = next((pair["speaker"] for pair in pairs if pair["speaker"]), None)
    return [
        {"words": compare(first, words), "sites": sorted(sites), "speaker": speaker}
        for words, sites in ordered
    ]


def compare(first: str, other: str) -> list[tuple[str, str]]:
    """Return `other` word by word as (kind, words): kind is `same`, `new` (only in `other`) or
    `gone` (only in `first`).
    """
    one, two = first.split(), other.split()
    found: list[tuple[str, str]] = []
    for tag, a, b, c, d in SequenceMatcher(None, one, two, autojunk=False).get_opcodes():
        if tag == "equal":
            found.append(("same", " ".join(two[c:d])))
            continue
        if a < b:
            found.append(("gone", " ".join(one[a:b])))
        if c < d:
            found.append(("new", " ".join(two[c:d])))
    return found
