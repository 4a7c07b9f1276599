"""Writes amounts for people: at most three digits that count, and a unit."""

from __future__ import annotations

import math

SINGULAR = {
    "articles": "article",
    "words": "word",
    "rows": "row",
    "sources": "source",
    "fields": "field",
    "days": "day",
    "hours": "hour",
    "pages": "page",
    "runs": "run",
}


def number(value: float) -> str:
    """Return `value` in at most three significant digits, without an exponent: 0.95, 12, 1,230."""
    if not math.isfinite(value):
        return "unknown"
    rounded = float(f"{value:.3g}")
    if abs(rounded) >= 100 or rounded == int(rounded):
        return f"{rounded:,.0f}"
    return f"{rounded:.8f}".rstrip("0") if abs(rounded) >= 1e-6 else "almost 0"


def amount(value: float, unit: str | None) -> str:
    """Return `value` with its unit: `12 articles`, `1 article`; a share (0 to 1) in per cent."""
    if unit == "share":
        return f"{number(100 * value)} %"
    if not unit:
        return number(value)
    return f"{number(value)} {SINGULAR.get(unit, unit) if value == 1 else unit}"
