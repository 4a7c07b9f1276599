"""Joins things to groups by average link (Sokal and Michener 1958), where groups that exist stay
whole.

Two groups are joined if the mean likeness over all pairs of their members is high enough. If both
are large already, it must also be close to the mean within the looser of the two: otherwise they
are two groups of one kind (two quakes, two verdicts).
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Rule:
    """When two groups are joined: from the mean likeness `min_mean`; two groups of `min_group`
    members and more only if the mean is at most `max_looser` below that within the looser one.
    """

    min_mean: float
    min_group: int = 2**31
    max_looser: float = 1.0


def group(
    likeness: Array,
    rule: Rule,
    begun: Sequence[Sequence[int]] = (),
    apart: Collection[tuple[int, int]] = (),
) -> list[list[int]]:
    """Return groups of the things 0 … n-1, each sorted, in order of their first members.

    `likeness` is a symmetric matrix, 0 to 1. `begun` are groups that exist, `apart` pairs that may
    not share a group. Of equally good joins the one with the lowest numbers is made.
    """
    groups = _Groups(likeness, rule, begun, apart)
    while groups.join_best():
        pass
    return sorted(sorted(members) for members in groups.members if members)


class _Groups:
    """Groups with the sums of likeness between and within them; a row and column a group."""

    def __init__(
        self,
        likeness: Array,
        rule: Rule,
        begun: Sequence[Sequence[int]],
        apart: Collection[tuple[int, int]],
    ) -> None:
        self.rule = rule
        count = len(likeness)
        taken = {thing for members in begun for thing in members}
        lists = [*map(list, begun), *([n] for n in range(count) if n not in taken)]
        self.members: list[list[int]] = sorted(lists, key=min)
        place = np.empty(count, dtype=np.int64)
        for number, members in enumerate(self.members):
            place[members] = number
        picked = np.zeros((len(self.members), count))
        picked[place, np.arange(count)] = 1
        self.sums: Array = picked @ likeness @ picked.T
        self.sizes: Array = picked.sum(axis=1)
        own = picked @ np.diag(likeness)
        self.within: Array = (np.diag(self.sums) - own) / 2
        self.apart = np.zeros((len(self.members), len(self.members)), dtype=bool)
        for one, other in apart:
            self.apart[place[one], place[other]] = self.apart[place[other], place[one]] = True
        self.gain = np.full(self.sums.shape, -1.0)
        for number in range(len(self.members)):
            self._judge(number)

    def _judge(self, one: int) -> None:
        """Set the mean likeness of a group to all others, -1 where they may not be joined."""
        alive = self.sizes > 0
        mean = np.where(alive, self.sums[one] / np.maximum(self.sizes * self.sizes[one], 1), -1.0)
        pairs = self.sizes * (self.sizes - 1) / 2
        inner = np.where(pairs > 0, self.within / np.maximum(pairs, 1), 1.0)
        is_large = (self.sizes >= self.rule.min_group) & (self.sizes[one] >= self.rule.min_group)
        is_loose = is_large & (mean < np.minimum(inner, inner[one]) - self.rule.max_looser)
        mean[(mean < self.rule.min_mean) | is_loose | self.apart[one] | ~alive] = -1.0
        mean[one] = -1.0
        self.gain[one], self.gain[:, one] = mean, mean

    def join_best(self) -> bool:
        """Join the two groups that are most alike; return whether there were any."""
        if self.gain.size == 0:
            return False
        one, other = divmod(int(self.gain.argmax()), len(self.gain))
        if self.gain[one, other] <= 0:
            return False
        one, other = min(one, other), max(one, other)
        self.within[one] += self.within[other] + self.sums[one, other]
        self.sums[one] += self.sums[other]
        self.sums[:, one] += self.sums[:, other]
        self.apart[one] |= self.apart[other]
        self.apart[:, one] |= self.apart[:, other]
        self.sizes[one] += self.sizes[other]
        self.sizes[other] = 0
        self.members[one] += self.members[other]
        self.members[other] = []
        self.gain[other], self.gain[:, other] = -1.0, -1.0
        self._judge(one)
        return True
