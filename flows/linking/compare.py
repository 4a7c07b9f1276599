"""Compares articles of the window with each other: the parts of their likeness, and shared text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from flows.link.copies.overlap import Overlap, overlap
from flows.link.fingerprint import Numbers, shingles
from flows.link.stories.likeness import MIN_TEXT, PARTS, Compared, day_part, run_part
from flows.link.stories.vectors import CHANNELS, matrices, rows_dot, weights
from flows.linking.window import Loaded, Window

Array = npt.NDArray[Any]

MIN_OPEN = 0.004
"""Probability without runs from which runs are counted: 400 equal runs multiply the odds by 66, so
that one below stays under the least that joins.
"""

MIN_COMPARED = 2
"""Articles that make a pair. For fewer, nothing is read or imported."""

CHUNK = 256
"""Articles that are compared with all others at a time."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """Pairs of articles, as numbers in `Loaded`: `one[n] < other[n]`, sorted. `shared` is how many
    shingles they share, `sizes` how many each article has.
    """

    loaded: Loaded
    one: Array
    other: Array
    compared: Compared
    probability: Array
    shared: Array
    sizes: Array

    def overlap_of(self, pair: int) -> Overlap:
        """Return how much of their text the two articles of a pair share."""
        one, other = int(self.one[pair]), int(self.other[pair])
        return overlap(int(self.shared[pair]), int(self.sizes[one]), int(self.sizes[other]))


def compare(window: Window, loaded: Loaded, *, with_fresh: bool) -> Comparison:
    """Compare all pairs of the loaded articles; those with a new one alone if `with_fresh`."""
    if len(loaded.places) < MIN_COMPARED:
        return _without_pairs(loaded)
    known, compact = np.unique(loaded.terms.terms.astype(np.int64), return_inverse=True)
    idf = weights(window.frequency[known], len(window))
    channels = matrices(loaded.terms, compact, idf)
    is_fresh = window.is_fresh[loaded.places]
    one, other, cosine = _near(channels["text"], is_fresh, with_fresh=with_fresh)
    days, is_far = window.days_apart(loaded.places[one], loaded.places[other])
    order = np.lexsort((other, one))
    order = order[~is_far[order]]
    one, other, cosine, days = one[order], other[order], cosine[order], days[order]
    parts = {"text": cosine}
    for channel in CHANNELS[1:]:
        parts[channel] = rows_dot(channels[channel], channels[channel], (one, other))
    parts["run"], parts["days"] = np.zeros(len(one)), day_part(days)
    compared = Compared({name: np.asarray(parts[name], dtype=np.float64) for name in PARTS})
    # runs of words are counted only where they can matter
    is_open = compared.probability >= MIN_OPEN
    own = _shingles(loaded, np.unique(np.concatenate((one[is_open], other[is_open]))))
    sizes = np.array([len(some) for some in own], dtype=np.int64)
    texts = _shingle_matrix(own)
    shared = np.zeros(len(one))
    shared[is_open] = rows_dot(texts, texts, (one[is_open], other[is_open]))
    compared.parts["run"][:] = run_part(shared)
    return Comparison(loaded, one, other, compared, compared.probability, shared, sizes)


def _without_pairs(loaded: Loaded) -> Comparison:
    none, nothing = np.zeros(0, np.int64), np.zeros(0)
    sizes = np.zeros(len(loaded.words), dtype=np.int64)
    parts = Compared(dict.fromkeys(PARTS, nothing))
    return Comparison(loaded, none, none, parts, nothing, nothing, sizes)


def _near(
    text: Any, is_fresh: npt.NDArray[np.bool_], *, with_fresh: bool
) -> tuple[Array, Array, Array]:
    """Return the pairs of articles that are alike enough to be compared, the smaller number first,
    and their cosines. Rows are multiplied in chunks, so that memory is for one chunk.
    """
    left = np.flatnonzero(is_fresh) if with_fresh else np.arange(len(is_fresh))
    others = text.T.tocsr()
    found: list[tuple[Array, Array, Array]] = [
        (np.zeros(0, np.int64), np.zeros(0, np.int64), np.zeros(0))
    ]
    for start in range(0, len(left), CHUNK):
        rows = left[start : start + CHUNK]
        near = (text[rows] @ others).tocoo()
        one, other = rows[near.row], near.col.astype(np.int64)
        # a pair stands once: the smaller number first, unless the other is not among those asked
        once = (one < other) | ((one > other) & with_fresh & ~is_fresh[other])
        keep = once & (near.data >= MIN_TEXT)
        one, other = one[keep], other[keep]
        found.append((np.minimum(one, other), np.maximum(one, other), near.data[keep]))
    first, second, cosine = (np.concatenate(parts) for parts in zip(*found, strict=True))
    return first, second, cosine


def _shingles(loaded: Loaded, chosen: Array) -> list[Numbers]:
    """Return the shingles of the chosen articles, none of the others."""
    found: list[Numbers] = [np.zeros(0, dtype=np.uint32)] * len(loaded.words)
    for n in chosen.tolist():
        found[n] = shingles(loaded.words[n])
    return found


def _shingle_matrix(own: list[Numbers]) -> Any:
    from scipy import sparse

    if not own:
        return sparse.csr_matrix((0, 1))
    known, columns = np.unique(np.concatenate(own), return_inverse=True)
    rows = np.repeat(np.arange(len(own)), [len(some) for some in own])
    shape = (len(own), max(1, len(known)))
    return sparse.csr_matrix((np.ones(len(columns)), (rows, columns)), shape=shape)
