"""Generates a year of forty sources: articles by hour, what they are like by day, and faults at
known times.

Counts are negative binomial around a shape of hours, weekdays, holidays of the source's country,
and a slow trend. Nothing here knows how the monitors judge.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import numpy as np
import numpy.typing as npt

START = datetime(2025, 1, 6, tzinfo=UTC)
DAYS = 365
COUNTRIES = ("A", "B", "C", "D")
KINDS = ("outage", "leak", "redesign", "banner", "dates", "duplicates")
LEAD_DAYS = 42
"""Days before the first fault, so that there is something usual to differ from."""

FIELDS = {
    "title": 0.995,
    "authors": 0.85,
    "published_at": 0.97,
    "sound_date": 0.99,
    "quotes": 0.6,
    "own_first_line": 0.985,
    "own_last_line": 0.97,
}
"""Share of a healthy source's articles that have each field, about which sources differ."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault of one source; hours from the year's start, `ends` exclusive."""

    kind: str
    source: int
    starts: int
    ends: int


@dataclass
class SourceYear:
    """One source's year."""

    name: str
    country: str
    rate: float
    hours: npt.NDArray[np.float64]
    filled: dict[str, npt.NDArray[np.float64]] = field(default_factory=dict)
    words: npt.NDArray[np.float64] = field(default_factory=lambda: np.zeros(0))
    layout: list[str] = field(default_factory=list)


def generate(
    seed: int, sources: int = 40, faults_a_source: float = 2.0
) -> tuple[list[SourceYear], list[Fault]]:
    """Return the sources of one year and the faults in it."""
    rng = np.random.default_rng(seed)
    holidays = {
        c: set(rng.choice(DAYS, 9, replace=False).tolist()) | {351, 352, 353, 359, 360}
        for c in COUNTRIES
    }
    years, faults = [], []
    for number in range(sources):
        rate = float(np.exp(np.linspace(np.log(2), np.log(200), sources)[number]))
        country = COUNTRIES[number % len(COUNTRIES)]
        mine = _faults(rng, number, faults_a_source)
        years.append(_year(rng, number, rate, country, holidays[country], mine))
        faults += mine
    return years, faults


def _faults(rng: np.random.Generator, source: int, a_year: float) -> list[Fault]:
    """Faults of one source, far enough apart to be told from one another."""
    found: list[Fault] = []
    for _ in range(rng.poisson(a_year)):
        starts = int(rng.integers(LEAD_DAYS * 24, (DAYS - 30) * 24))
        kind = str(rng.choice(KINDS))
        shortest, longest = {"outage": (4, 12), "leak": (8, 15), "duplicates": (1, 2)}.get(
            kind, (10, 20)
        )
        length = int(rng.integers(shortest, longest)) * 24
        if all(starts > f.ends + 45 * 24 or starts + length + 45 * 24 < f.starts for f in found):
            found.append(Fault(kind, source, starts, starts + length))
    return found


def _year(
    rng: np.random.Generator,
    number: int,
    rate: float,
    country: str,
    holidays: set[int],
    faults: list[Fault],
) -> SourceYear:
    hour_shape = 0.3 + np.exp(-(((np.arange(24) - rng.uniform(9, 15)) / rng.uniform(3, 6)) ** 2))
    hour_shape /= hour_shape.sum()
    weekend = rng.uniform(0.35, 0.9)
    days = np.array(
        [(weekend if (START + timedelta(days=d)).weekday() >= 5 else 1.0) for d in range(DAYS)]
    )
    days *= np.array([rng.uniform(0.35, 0.65) if d in holidays else 1.0 for d in range(DAYS)])
    days *= np.exp(np.cumsum(rng.normal(0, 0.008, DAYS)))
    dispersion = rng.uniform(0.02, 0.12)
    mean = rate * days * rng.gamma(1 / dispersion, dispersion, DAYS)
    hours = rng.poisson(np.outer(mean, hour_shape).ravel()).astype(float)
    for f in faults:
        span = slice(f.starts, f.ends)
        if f.kind == "outage":
            hours[span] = 0
        elif f.kind == "leak":
            hours[span] = rng.binomial(hours[span].astype(int), 0.25)
        elif f.kind == "duplicates":
            hours[span] += rng.poisson(8 * rate * np.tile(hour_shape, (f.ends - f.starts) // 24))
    counts = hours.reshape(DAYS, 24).sum(axis=1)
    year = SourceYear(f"source-{number:02}", country, rate, hours)
    shares = {
        name: np.clip(rng.normal(share, (1 - share) / 3), 0, 1) * np.ones(DAYS)
        for name, share in FIELDS.items()
    }
    medians = rng.uniform(300, 700) * np.exp(rng.normal(0, 0.12, DAYS))
    layout = ["old"] * DAYS
    for f in faults:
        touched = slice(f.starts // 24, f.ends // 24)
        if f.kind == "redesign":
            broken = str(rng.choice(["authors", "published_at", "quotes"]))
            shares[broken][touched] *= rng.uniform(0, 0.3)
            layout[touched] = ["new"] * len(layout[touched])
            medians[touched] *= rng.choice([0.4, 0.9, 1.0])
        elif f.kind == "banner":
            shares[str(rng.choice(["own_first_line", "own_last_line"]))][touched] *= rng.uniform(
                0, 0.4
            )
        elif f.kind == "dates":
            shares["sound_date"][touched] *= rng.uniform(0, 0.5)
    year.filled = {
        name: rng.binomial(counts.astype(int), share).astype(float)
        for name, share in shares.items()
    }
    year.words, year.layout = medians, layout
    return year
