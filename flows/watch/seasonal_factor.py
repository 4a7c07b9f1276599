"""Days on which everybody writes less: holidays, known from what a source's peers do and not from a
calendar.

A day's factor is the median, over a source's peers, of articles seen to articles expected. Peers
are the sources of its country, or all where the country has few.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from flows.watch.counts import Hours

FEWEST_PEERS = 5
"""Peers that a factor takes: the median of fewer is one source's own trouble."""

LEAST_EXPECTED = 3.0
"""Articles a day that a source must be expected to print before it counts as a peer."""

LEAST_FACTOR = 0.3
"""No holiday is calmer; where most sources fall silent, it is us who do not hear them."""

DAYS = 8
"""Days that factors are made for, today's last 24 hours the last of them."""


def daily(hours: Hours) -> Hours:
    """Return sums over blocks of 24 hours, the oldest first, the last block ending with the last
    hour.
    """
    whole = len(hours) // 24 * 24
    return np.asarray(hours[len(hours) - whole :].reshape(-1, 24).sum(axis=1))


def calm_factors(
    seen: Sequence[Hours], expected: Sequence[Hours | None], countries: Sequence[str | None]
) -> list[Hours]:
    """Return, for each source, the factor of each of the last DAYS days; `seen` and `expected` are
    articles of these days by source.

    A source without an expectation is nobody's peer. Factors lie between LEAST_FACTOR and 1.
    """
    ratios = [
        np.where(e >= LEAST_EXPECTED, s / np.maximum(e, 1e-9), np.nan) if e is not None else None
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
        peers = near if len(near) >= FEWEST_PEERS else [r for _, r in others]
        found.append(_median(peers))
    return found


def _median(ratios: Sequence[Hours]) -> Hours:
    if len(ratios) < FEWEST_PEERS:
        return np.ones(DAYS)
    table = np.vstack(ratios)
    known = (~np.isnan(table)).sum(axis=0) >= FEWEST_PEERS
    factors = np.ones(DAYS)
    factors[known] = np.nanmedian(table[:, known], axis=0)
    return np.clip(factors, LEAST_FACTOR, 1.0)
