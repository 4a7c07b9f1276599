"""Where the article begins and ends: the stretch of blocks with the greatest sum of weights, found in one pass."""

from __future__ import annotations

from collections.abc import Sequence

from flows.clean.plain.prose import Form, weight_of
from flows.clean.plain.weights import weights


def best_stretch(forms: Sequence[Form]) -> tuple[int, int]:
    """Return (first, end) of the article's blocks, `end` exclusive; (0, 0) where no block weighs more than nothing."""
    w = weights()
    best, best_at = 0.0, (0, 0)
    ground, gap, start = 0.0, 0.0, 0
    for at, form in enumerate(forms):
        weight = weight_of(forms, at)
        if weight <= 0:
            gap = max(gap + weight, w.gap)
            if form.rule is not None and form.rule.reason in w.barriers and not form.is_sentence:
                ground += w.barrier
            continue
        if ground + gap <= 0:
            ground, start = 0.0, at
            gap = 0.0
        ground, gap = ground + gap + weight, 0.0
        if ground > best:
            best, best_at = ground, (start, at + 1)
    return best_at
