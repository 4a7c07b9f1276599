"""Joins quotations to utterances: which pairs agree is known, groups follow.

Greedy edge contraction, as in correlation clustering (Bansal, Blum and Chawla 2004; Keuper et al.
2015): of all pairs of groups those are joined first whose members agree most, as long as enough of
their pairs do. So a statement of two sentences does not join many who quote the first to many who
quote the second. A pair counts by the words of its shorter quotation: two words that stand in many
quotations decide little.
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence

MIN_AGREED = 0.3
"""Part of the pairs of different articles between two groups that must be one utterance. It is
under a half, so that a whole statement takes in both of its parts.
"""

MAX_COUNTED = 6
"""Words up to which a longer pair counts more."""

Pair = tuple[int, int]
"""Two quotations, the smaller number first."""


def group_quotations(
    articles: Sequence[Hashable],
    sizes: Sequence[int],
    agreed: Mapping[Pair, float],
    begun: Sequence[Sequence[int]] = (),
    apart: Collection[Pair] = (),
) -> tuple[list[list[int]], list[Pair]]:
    """Return the groups of the quotations 0 … n-1, each sorted, and the pairs that joined them.

    `articles` are those of the quotations, `sizes` their numbers of words, `agreed` the weight of
    each pair that is one utterance: of equally good joins the weightiest pair is taken first.
    Groups that have `begun` stay whole; pairs that are `apart` share no group. Two quotations of
    one article neither speak for a join nor against it, unless they agree.
    """
    groups = _Groups(articles, sizes, begun, apart)
    for pair, weight in sorted(agreed.items()):
        groups.add(pair, weight)
    joins = groups.join_all()
    return sorted(sorted(members) for members in groups.members if members), joins


_Words = tuple[int, ...]


def _words(size: int) -> _Words:
    return tuple(int(size >= number) for number in range(1, MAX_COUNTED + 1))


def _sum(one: _Words, other: _Words) -> _Words:
    return tuple(a + b for a, b in zip(one, other, strict=True))


def _product(one: _Words, other: _Words) -> int:
    return sum(a * b for a, b in zip(one, other, strict=True))


class _Groups:
    """Groups and the agreement between them: how much their pairs count, and the weightiest one.

    `words[group]` has, for each number of words up to MAX_COUNTED, how many members have as many
    or more: the product of two of them is what all pairs of two groups count together.
    """

    def __init__(
        self,
        articles: Sequence[Hashable],
        sizes: Sequence[int],
        begun: Sequence[Sequence[int]],
        apart: Collection[Pair],
    ) -> None:
        self.members: list[list[int]] = [[n] for n in range(len(articles))]
        self.group_of = list(range(len(articles)))
        self.sizes = [min(size, MAX_COUNTED) for size in sizes]
        self.words = [_words(size) for size in self.sizes]
        self.by_article = [{article: self.words[n]} for n, article in enumerate(articles)]
        self.agreed: list[dict[int, int]] = [{} for _ in articles]
        self.best: list[dict[int, tuple[float, int, int]]] = [{} for _ in articles]
        self.apart: dict[int, set[int]] = defaultdict(set)
        for some in begun:
            for other in some[1:]:
                self._merge(self.group_of[some[0]], self.group_of[other])
        for one, other in apart:
            first, second = self.group_of[one], self.group_of[other]
            self.apart[first].add(second)
            self.apart[second].add(first)

    def add(self, pair: Pair, weight: float) -> None:
        """Take in one pair that is one utterance."""
        first, second = (self.group_of[n] for n in pair)
        if first == second:
            return
        reason = (-weight, *pair)
        counted = min(self.sizes[n] for n in pair)
        for here, there in ((first, second), (second, first)):
            self.agreed[here][there] = self.agreed[here].get(there, 0) + counted
            self.best[here][there] = min(reason, self.best[here].get(there, reason))

    def join_all(self) -> list[Pair]:
        """Join groups until no two agree enough; return the pair that spoke most for each join."""
        queue = [
            self._entry(one, other)
            for one, found in enumerate(self.agreed)
            for other in found
            if one < other
        ]
        heapq.heapify(queue)
        joins: list[Pair] = []
        while queue:
            entry = heapq.heappop(queue)
            gain, (_, *pair), one, other = entry
            is_alive = bool(self.members[one] and self.members[other])
            if gain > 0 or not is_alive or other in self.apart[one]:
                continue
            if entry != self._entry(one, other):
                continue  # the groups have grown; their present entry is in the queue
            joins.append((pair[0], pair[1]))
            self._merge(one, other)
            for near in self.agreed[one]:
                heapq.heappush(queue, self._entry(min(one, near), max(one, near)))
        return joins

    def _entry(self, one: int, other: int) -> tuple[float, tuple[float, int, int], int, int]:
        """Return how little two groups speak for a join (below 0: they do), and their best pair."""
        mine, its = self.by_article[one], self.by_article[other]
        own = sum(
            _product(words, its[article]) for article, words in mine.items() if article in its
        )
        across = _product(self.words[one], self.words[other]) - own
        gain = MIN_AGREED * across - self.agreed[one][other]
        return gain, self.best[one][other], one, other

    def _merge(self, one: int, other: int) -> None:
        """Move the members of `other` to `one`."""
        if one == other:
            return
        for n in self.members[other]:
            self.group_of[n] = one
        self.members[one] += self.members[other]
        self.members[other] = []
        self.words[one] = _sum(self.words[one], self.words[other])
        mine = self.by_article[one]
        for article, words in self.by_article[other].items():
            mine[article] = _sum(mine[article], words) if article in mine else words
        for near, count in self.agreed[other].items():
            best = self.best[other][near]
            del self.agreed[near][other], self.best[near][other]
            if near == one:
                continue
            for here, there in ((one, near), (near, one)):
                self.agreed[here][there] = self.agreed[here].get(there, 0) + count
                self.best[here][there] = min(best, self.best[here].get(there, best))
        self.agreed[other], self.best[other] = {}, {}
        for near in self.apart.pop(other, set()):
            self.apart[near].discard(other)
            self.apart[near].add(one)
            self.apart[one].add(near)
