"""The section `[monitor]` of `newsduck.toml`. `Limits` and `DriftLimits` define each threshold."""

from __future__ import annotations

from dataclasses import fields
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from flows.watch.limits import DriftLimits, Limits


class MonitorSettings(BaseModel):
    """Thresholds of the monitors with the reasons for their defaults. `newsduck backtest` tries
    others on the stored history.
    """

    model_config = ConfigDict(extra="forbid")

    silent_articles: float = Field(
        default=7.0,
        gt=0,
        description="articles expected since the last one: chance alone leaves 7 out once in "
        "1,100 times",
    )
    silent_chance: float = Field(
        default=0.001,
        gt=0,
        lt=1,
        description="likelihood of the silence: bursty sources pause longer",
    )
    low_chance: float = Field(
        default=0.001, gt=0, lt=1, description="likelihood of so few articles in 1, 3 or 7 days"
    )
    low_share: float = Field(
        default=0.6,
        gt=0,
        lt=1,
        description="share of what is expected: less of a loss is not worth a message",
    )
    flood_share: float = Field(
        default=3.0,
        gt=1,
        description="times what is expected in a day: breaking news doubles a day",
    )
    flood_chance: float = Field(default=1e-6, gt=0, lt=1, description="likelihood of so many")
    fall: float = Field(
        default=0.2,
        gt=0,
        lt=1,
        description="fall of a share, such as of articles with authors; a new layout breaks more",
    )
    fall_chance: float = Field(default=1e-4, gt=0, lt=1, description="likelihood of such a fall")
    length_factor: float = Field(
        default=2.0,
        gt=1,
        description="times longer or shorter texts: halves are cut off, doubles hold something "
        "else",
    )
    layout_share: float = Field(
        default=0.5, gt=0, lt=1, description="share of pages with a layout nobody has seen before"
    )

    def limits(self) -> Limits:
        """Return the thresholds of counts."""
        return Limits(**self._of(Limits))

    def drift(self) -> DriftLimits:
        """Return the thresholds of fields, lengths and layouts."""
        return DriftLimits(**self._of(DriftLimits), chance=self.fall_chance)

    def _of(self, kind: type) -> dict[str, Any]:
        return {
            f.name: getattr(self, f.name) for f in fields(kind) if f.name in type(self).model_fields
        }
