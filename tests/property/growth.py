"""How work grows with its input: eight times as much may take eight times as long and a little more, never sixty-four times.

It is a ratio within one run, of the better of two rounds with the collector of garbage asleep, since a full heap makes it count for most.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 8
"""How much larger the large input is."""

MOST = 30
"""Ratio that linear work stays far below (measured: 7 to 12) and quadratic work (64) is far above."""

FLOOR_SECONDS = 0.01
"""What a small input counts for at least: under it the clock tells more of itself than of the work."""


def assert_linear(work: Callable[[str], object], unit: str, size: int) -> None:
    """Assert that `work` on `TIMES * size` characters made of `unit` takes less than MOST times what `size` of them take."""
    work(unit * (size // 10 // len(unit) + 1))
    small, large = (_seconds(work, unit * (n // len(unit) + 1)) for n in (size, TIMES * size))
    assert large < MOST * max(small, FLOOR_SECONDS), f"{small:.3f} s for {size:,} characters, {large:.3f} s for {TIMES} times as many"


def _seconds(work: Callable[[str], object], text: str) -> float:
    rounds = []
    for _ in range(2):
        gc.collect()
        gc.disable()
        try:
            start = time.process_time()
            work(text)
            rounds.append(time.process_time() - start)
        finally:
            gc.enable()
    return min(rounds)
