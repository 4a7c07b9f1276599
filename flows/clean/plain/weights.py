"""The numbers of weights.toml, read once. Why each is what it is stands in that file."""

from __future__ import annotations

import tomllib
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache
from importlib.resources import files


@dataclass(frozen=True, slots=True)
class Steps:
    """A weight by width: `limits` are ascending columns (inclusive), `values` the weights up to
    them.
    """

    limits: tuple[float, ...]
    values: tuple[float, ...]

    def at(self, width: float) -> float:
        """Return the weight of a block so many columns wide."""
        return self.values[min(bisect_left(self.limits, width), len(self.values) - 1)]


@dataclass(frozen=True, slots=True)
class Join:
    """How near (blocks between; `open` where no wall stands there) and how large (columns of
    paragraphs) a stretch must be to be joined to the article.
    """

    near: int
    open: int
    large: float


@dataclass(frozen=True, slots=True)
class Weights:
    """All weights; the names are those of the file."""

    sentence: Steps
    alone: float
    sure: float
    fragment: Steps
    repeated: float
    cell: float
    cut_short: float
    cut: float
    inside: dict[str, float]
    barrier: float
    barriers: frozenset[str]
    walls: frozenset[str]
    gap: float
    join: Join
    join_to_headline: Join
    below: float


@cache
def weights() -> Weights:
    """Return the weights of weights.toml."""
    table = tomllib.loads(files(__package__).joinpath("weights.toml").read_text("utf-8"))
    sentence, fragment, rule = table["sentence"], table["fragment"], table["rule"]
    return Weights(
        sentence=_steps(sentence["steps"]),
        alone=sentence["alone"],
        sure=sentence["sure"],
        fragment=_steps(fragment["steps"]),
        repeated=fragment["repeated"],
        cell=fragment["cell"],
        cut_short=fragment["cut_short"],
        cut=rule["cut"],
        inside=table["inside"],
        barrier=rule["barrier"],
        barriers=frozenset(rule["barriers"]),
        walls=frozenset(rule["walls"]),
        gap=table["gap"]["most"],
        join=Join(**table["join"]),
        join_to_headline=Join(**table["join_to_headline"]),
        below=table["headline"]["below"],
    )


def _steps(pairs: list[list[float]]) -> Steps:
    return Steps(tuple(p[0] for p in pairs), tuple(p[1] for p in pairs))
