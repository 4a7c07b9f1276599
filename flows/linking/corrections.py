"""What people have said of links: which articles or quotations are not one, and which are."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product
from typing import Any

import duckdb


@dataclass(frozen=True, slots=True)
class Corrections:
    """Of one kind of link: `apart` are pairs of sides that are not one, `together` sets that
    are.
    """

    apart: tuple[tuple[frozenset[str], frozenset[str]], ...]
    together: tuple[frozenset[str], ...]

    def apart_pairs(self, number: Mapping[str, int]) -> list[tuple[int, int]]:
        """Return the pairs of those in `number` that people have told apart, as numbers."""
        return [
            (number[one], number[other])
            for first, second in self.apart
            for one, other in product(sorted(first & number.keys()), sorted(second & number.keys()))
        ]

    def joined(self, number: Mapping[str, int]) -> list[list[int]]:
        """Return the sets of those in `number` that people have joined, as numbers."""
        found = [sorted(number[key] for key in some & number.keys()) for some in self.together]
        return [some for some in found if len(some) > 1]


def read_corrections(connection: duckdb.DuckDBPyConnection, *kinds: str) -> tuple[Corrections, ...]:
    """Return the corrections of each of `kinds`; where two contradict, the later one holds."""
    rows = connection.execute(
        "SELECT kind, correction_id, is_apart, side, id FROM meta.link_corrections "
        "WHERE list_contains(?, kind) ORDER BY made_at, correction_id, side, id",
        [list(kinds)],
    ).fetchall()
    return tuple(_settled(row for of, *row in rows if of == kind) for kind in kinds)


def _settled(rows: Iterable[Sequence[Any]]) -> Corrections:
    """Return what holds of the corrections of one kind: rows of key, truth value, side and id."""
    sides: dict[str, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    is_apart: dict[str, bool] = {}
    for key, apart, side, item in rows:
        sides[key][side].add(item)
        is_apart[key] = apart
    apart_sides: list[tuple[frozenset[str], frozenset[str]]] = []
    together: list[frozenset[str]] = []
    for key, found in sides.items():
        every = frozenset().union(*found.values())
        if is_apart[key]:
            one, other = frozenset(found[1]), frozenset(found[2])
            apart_sides.append((one, other))
            together = [
                part
                for some in together
                for part in (some - other, some - one)
                if some & one and some & other
            ] + [some for some in together if not (some & one and some & other)]
        else:
            together.append(every)
            apart_sides = [
                (one, other) for one, other in apart_sides if not (one & every and other & every)
            ]
    return Corrections(tuple(apart_sides), tuple(together))
