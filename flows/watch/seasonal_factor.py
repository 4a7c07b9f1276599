"""Finds days on which all sources publish less, such as holidays, from a source's peers and not
from a calendar.

The factor of a day is the median, over a source's peers, of articles seen divided by articles
expected. Peers are the sources of its country, or all sources where the country has few.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flows.watch.counts import Hours

MIN_PEERS = 5
"""Fewest peers for a factor: the median of fewer may be one source's own trouble."""

MIN_EXPECTED = 3.0
"""Fewest articles a day expected of a source that counts as a peer."""

MIN_FACTOR = 0.3
"""Smallest factor: where most sources fall silent, the fault is ours."""

DAYS = 8
"""Number of days that have a factor; the last one is the last 24 hours."""


def daily(hours: Hours) -> Hours:
    """Return sums over blocks of 24 hours, the oldest first, the last block ending with the last
    hour.
    """
    whole = len(hours) // 24 * 24
    return np.asarray(hours[len(hours) - whole :].reshape(-1, 24).sum(axis=1))


def seasonal_factors(
    seen: Sequence[Hours], expected: Sequence[Hours | None], countries: Sequence[str | None]
) -> list[Hours]:
    """Return, for each source, the factor of each of the last DAYS days. `seen` and `expected` are
    articles of these days by source.

    A source without an expectation is no peer. Factors lie between MIN_FACTOR and 1.
    """
    ratios = [
        np.where(e >= MIN_EXPECTED, s / np.maximum(e, 1e-9), np.nan) if e is not None else None
        for s, e in zip(seen, expected, strict=True)
    ]
    found = []
    for at, country in enumerate(countries):
        others = [
            (c, r)
            for n, (c, r) in enumerate(zip(countries, ratios, strict=True))
            if n != at and r is not None
        ]
        near = [r for c, r in others if country is not None and c == country]
        peers = near if len(near) >= MIN_PEERS else [r for _, r in others]
        found.append(_median(peers))
    return found


def _median(ratios: Sequence[Hours]) -> Hours:
    if len(ratios) < MIN_PEERS:
        return np.ones(DAYS)
    table = np.vstack(ratios)
    known = (~np.isnan(table)).sum(axis=0) >= MIN_PEERS
    factors = np.ones(DAYS)
    factors[known] = np.nanmedian(table[:, known], axis=0)
    return np.clip(factors, MIN_FACTOR, 1.0)
