"""When a monitor speaks: the thresholds, with their defaults. Reasons stand in `settings.py`, where
an operator meets them.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """When a source is silent, or low.

    `silent_articles` must be expected since the last one, and a silence be less likely than
    `silent_chance`. A sum over a window must be less likely than `low_chance`, and under
    `low_share` of what is expected: what is significant is not always worth a message.
    """

    silent_articles: float = 7.0
    silent_chance: float = 0.001
    low_chance: float = 0.001
    low_share: float = 0.6
    flood_share: float = 3.0
    flood_chance: float = 1e-6


@dataclass(frozen=True, slots=True)
class DriftLimits:
    """When a share has fallen: by `fall` at least, and less likely than `chance`. Lengths: outside
    1/`length_factor` to `length_factor`.

    A layout is new where `layout_share` of the recent pages have one that hardly any of the base's
    had.
    """

    fall: float = 0.2
    chance: float = 1e-4
    length_factor: float = 2.0
    layout_share: float = 0.5
