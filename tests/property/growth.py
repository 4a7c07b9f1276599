"""How work grows with its input: eight times as much may take eight times as long and a little
more, never sixty-four times.

Both are timed in one round, without garbage collection: on a full heap that would take most of the
time. A round that fails is tried again.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable

TIMES = 8
"""How much larger the large input is."""

MOST = 20
"""Ratio that linear work stays far below (measured: 7 to 12) and quadratic work (64) is far
above.
"""

FLOOR_SECONDS = 0.0025
"""What a small input counts for at least: under it, what a call costs by itself tells more than
the work.
"""


ROUNDS = 5
"""Rounds that are tried before the work is called too slow: a busy neighbour disturbs one, hardly
five.
"""


def assert_linear(work: Callable[[str], object], unit: str, size: int) -> None:
    """Assert that `work` on `TIMES * size` characters made of `unit` takes less than MOST times
    what `size` of them take.
    """
    work(unit * (size // 10 // len(unit) + 1))
    told = []
    for _ in range(ROUNDS):
        large = _seconds(work, unit * (TIMES * size // len(unit) + 1))
        if large < MOST * FLOOR_SECONDS:
            return  # whatever the small input takes
        small = _seconds(work, unit * (size // len(unit) + 1))
        if large < MOST * small:
            return
        told.append(
            f"{small:.3f} s for {size:,} characters, {large:.3f} s for {TIMES} times as many"
        )
    raise AssertionError("; ".join(told))


def _seconds(work: Callable[[str], object], text: str) -> float:
    gc.disable()
    try:
        start = time.process_time()
        work(text)
        return time.process_time() - start
    finally:
        gc.enable()
