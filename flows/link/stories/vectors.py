"""Weighted words: articles as sparse vectors (TF-IDF, Salton and Buckley 1988), one matrix a
channel.

The weights come from the articles of the window, so they follow what the news is about: a name in
every article of the day says little.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from flows.link.fingerprint import IS_NAME, IS_NUMBER, LEAD_SHIFT

Matrix = Any
"""A scipy CSR matrix: a row an article, a column a word; rows have length 1 (or 0)."""

CHANNELS = ("text", "lead", "names", "numbers")


@dataclass(frozen=True, slots=True)
class Terms:
    """The words of several articles in one: article `n` has those from `starts[n]` to
    `starts[n + 1]`.
    """

    starts: npt.NDArray[np.int64]
    terms: npt.NDArray[np.uint32]
    counts: npt.NDArray[np.uint8]
    marks: npt.NDArray[np.uint8]

    def __len__(self) -> int:
        return len(self.starts) - 1


def weights(frequency: npt.NDArray[np.float64], articles: int) -> npt.NDArray[np.float64]:
    """Return the inverse document frequency of each word; 0 for one that no article has."""
    safe = np.maximum(frequency, 1)
    return np.where(frequency > 0, np.log((articles + 1) / safe), 0.0)


def matrices(
    given: Terms, columns: npt.NDArray[np.int64], idf: npt.NDArray[np.float64]
) -> dict[str, Matrix]:
    """Return a matrix for each channel; `columns` are those of the words of `given`."""
    rows = np.repeat(np.arange(len(given)), np.diff(given.starts))
    lead = given.marks >> LEAD_SHIFT
    own = idf[columns]
    chosen: dict[str, tuple[npt.NDArray[Any], npt.NDArray[np.bool_]]] = {
        "text": (given.counts, np.ones(len(rows), dtype=bool)),
        "lead": (lead, lead > 0),
        "names": (given.counts, (given.marks & IS_NAME) > 0),
        "numbers": (np.ones(len(rows)), (given.marks & IS_NUMBER) > 0),
    }
    found = {}
    for channel in CHANNELS:
        counts, where = chosen[channel]
        values = (1 + np.log(counts[where].astype(np.float64))) * own[where]
        found[channel] = _unit(values, rows[where], columns[where], (len(given), len(idf)))
    return found


def _unit(
    values: npt.NDArray[np.float64],
    rows: npt.NDArray[np.int64],
    columns: npt.NDArray[np.int64],
    shape: tuple[int, int],
) -> Matrix:
    from scipy import sparse

    length = np.sqrt(np.bincount(rows, weights=values * values, minlength=shape[0]))
    length[length == 0] = 1
    matrix = sparse.csr_matrix((values / length[rows], (rows, columns)), shape=shape)
    matrix.eliminate_zeros()
    return matrix


ROWS = 256
"""Rows that are multiplied with all others at a time, which bounds the memory."""


def rows_dot(one: Matrix, other: Matrix, pairs: tuple[npt.NDArray[Any], npt.NDArray[Any]]) -> Any:
    """Return the product of row `pairs[0][n]` of `one` with row `pairs[1][n]` of `other`; pairs are
    in order of `pairs[0]`. Rows have their columns in order.

    All products of a row are made, of which the pairs pick theirs: to copy both rows of each pair
    took ten times as long, and the sums are the same to the last bit.
    """
    found = np.zeros(len(pairs[0]))
    if not len(found):
        return found
    columns = other.T.tocsr()
    for start in range(int(pairs[0][0]), int(pairs[0][-1]) + 1, ROWS):
        part = slice(*np.searchsorted(pairs[0], (start, start + ROWS)))
        product = one[start : start + ROWS] @ columns
        product.sort_indices()
        rows = np.repeat(np.arange(product.shape[0]), np.diff(product.indptr))
        known = rows * product.shape[1] + product.indices
        asked = (pairs[0][part] - start) * product.shape[1] + pairs[1][part]
        is_known = np.isin(asked, known)
        found[part][is_known] = product.data[np.searchsorted(known, asked[is_known])]
    return found
