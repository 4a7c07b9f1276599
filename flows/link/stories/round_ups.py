"""Which articles tell many events, so that they belong to no one story: round-ups and live
blogs.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files
from urllib.parse import urlsplit

MIN_STORIES = 3
"""Stories, unlike each other, that an article is about to be a round-up."""

MIN_LIKENESS, MAX_BETWEEN = 0.35, 0.05
"""How likely it tells each of them, and how likely they are one event, at most."""


@cache
def _patterns() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Return the patterns of headlines and of URL paths, as round_ups.toml has them."""
    text = files("flows.link.stories").joinpath("round_ups.toml").read_text(encoding="utf-8")
    rules = tomllib.loads(text)
    titles = [pattern for group in rules["titles"].values() for pattern in group]
    paths = "|".join(rules["paths"])
    return re.compile(_any_of(titles), re.IGNORECASE), re.compile(paths, re.IGNORECASE)


def _any_of(patterns: Sequence[str]) -> str:
    """Return the alternatives as one pattern. Those that begin where a word does stand together, so
    that they are tried at these places alone.
    """
    inner = [pattern[2:] for pattern in patterns if pattern.startswith(r"\b")]
    others = [pattern for pattern in patterns if not pattern.startswith(r"\b")]
    return "|".join([rf"\b(?:{'|'.join(inner)})", *others])


def is_named_round_up(title: str | None, url: str | None) -> bool:
    """Whether the headline or the URL says that this is a round-up or a live blog."""
    titles, paths = _patterns()
    return bool(titles.search(title or "")) or bool(paths.search(urlsplit(url or "").path))


def is_round_up(likeness: Sequence[float], between: Mapping[tuple[int, int], float]) -> bool:
    """Whether an article is about several stories. `likeness` is how likely it tells each of some
    stories; `between` how likely two of these (numbers, sorted) are one event, 0 if not given.
    """
    ranked = sorted(range(len(likeness)), key=lambda story: (-likeness[story], story))
    chosen: list[int] = []
    for story in ranked:
        if likeness[story] < MIN_LIKENESS:
            break
        pairs = [(min(story, other), max(story, other)) for other in chosen]
        if all(between.get(pair, 0.0) <= MAX_BETWEEN for pair in pairs):
            chosen.append(story)
    return len(chosen) >= MIN_STORIES
