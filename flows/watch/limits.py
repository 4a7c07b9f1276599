"""Thresholds of the monitors, as values. `settings.py` declares their defaults with the reasons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Thresholds for a source that is silent or low.

    A source is silent where `silent_articles` were expected since its last article and the silence
    is less likely than `silent_chance`. It is low where the sum over some days is less likely than
    `low_chance` and under `low_share` of what is expected: a significant difference is not always
    worth a message.
    """

    silent_articles: float
    silent_chance: float
    low_chance: float
    low_share: float
    flood_share: float
    flood_chance: float


@dataclass(frozen=True, slots=True)
class DriftLimits:
    """Thresholds for shares, lengths and layouts.

    A share has fallen where it is lower by `fall` or more and that is less likely than `chance`.
    Texts changed where their median length is outside of 1/`length_factor` to `length_factor` times
    the usual. A layout is new where `layout_share` of the recent pages have it and hardly any
    earlier page had.
    """

    fall: float
    chance: float
    length_factor: float
    layout_share: float
