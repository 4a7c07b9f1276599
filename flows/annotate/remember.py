"""Functions of one word that remember what they returned.

`functools.lru_cache` keeps the order of use too, which costs more than these functions do.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")


class _Memory(dict[str, T]):
    """Word → what `work` returns for it; all are forgotten where there are `most`."""

    def __init__(self, work: Callable[[str], T], most: int) -> None:
        self._work, self._most = work, most

    def __missing__(self, word: str) -> T:
        found = self._work(word)
        if len(self) >= self._most:
            self.clear()
        self[word] = found
        return found


def remembered(most: int) -> Callable[[Callable[[str], T]], Callable[[str], T]]:
    """Return a decorator for a function of a word: up to `most` answers are remembered."""
    return lambda work: _Memory(work, most).__getitem__
