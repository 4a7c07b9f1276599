"""Loads the pages of complete sources while slow hosts are still being fetched.

A source is loaded as a whole, once everything that it lists was asked for and its pages are
processed: then its pages are judged with each other, as in a run that loads once. A run whose
fetching ends within `fetch.load_seconds` loads once. A load that fails is given up: its pages are
loaded at the run's end, and so is everything that comes after.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self

import duckdb

from flows.acquire.page import PageRef
from flows.acquire.raw.files import RawStoreError
from flows.config.errors import InputError
from flows.progress import reporter
from flows.steps.ahead import Process
from flows.steps.subprocesses import WorkerError
from schemas import ContractError, Row
from warehouse.check import ChecksFailedError
from warehouse.errors import WarehouseError
from warehouse.load import LedgerError

PAUSE_SHARE = 4.0
"""Least time between two loads, as a share of what the last one took: so loading takes at most a
fifth of the time of fetching, however large the warehouse is.
"""

FAILURES = (
    ContractError,
    LedgerError,
    ChecksFailedError,
    WarehouseError,
    WorkerError,
    RawStoreError,
    InputError,
    duckdb.Error,
    OSError,
)
"""What may go wrong in a load; the load at the run's end tells what it was."""


@dataclass(frozen=True, slots=True)
class CompleteSource:
    """A source whose addresses were all asked for: its pages, and those of them that are new and
    must be processed. `identity` are rows of `meta.urls` that say which parameters tell its
    articles apart.
    """

    refs: tuple[PageRef, ...]
    fresh: tuple[PageRef, ...]
    identity: tuple[Row, ...] = ()


Load = Callable[[int, int, Sequence[CompleteSource]], bool]
"""Loads sources as a part of the run. Takes the number of the part, from 1, how many pages of the
run are loaded already, and the sources; returns whether anything of them was new. What is not new
waits for the run's end.
"""


class EarlyLoads:
    """Loads sources as they become complete. Use it as a context: at its end a load under way is
    waited for, and no other is begun.
    """

    def __init__(self, load: Load, has_result: Callable[[PageRef], bool], seconds: float) -> None:
        """`has_result` says whether a page is processed; `seconds` pass before the first load, and
        between two.
        """
        self._load, self._has_result, self._seconds = load, has_result, seconds
        self._changed = threading.Condition()
        self._waiting: list[CompleteSource] = []
        self._loaded: list[PageRef] = []
        self._is_over = False
        self._thread = threading.Thread(target=self._work)

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        with self._changed:
            self._is_over = True
            self._changed.notify()
        self._thread.join()

    @property
    def loaded(self) -> tuple[PageRef, ...]:
        """The pages that are loaded."""
        return tuple(self._loaded)

    def add(self, source: CompleteSource) -> None:
        """Take a source that is complete. Any thread may call it."""
        if source.fresh:
            with self._changed:
                self._waiting.append(source)
                self._changed.notify()

    def after(self, process: Process) -> Process:
        """Return `process` so that what it has processed is loaded."""

        def processed(batch_file: Path, folder: Path) -> None:
            process(batch_file, folder)
            with self._changed:
                self._changed.notify()

        return processed

    def _work(self) -> None:
        number, not_before = 1, time.monotonic() + self._seconds
        while sources := self._next(not_before):
            begun = time.monotonic()
            try:
                if self._load(number, len(self._loaded), sources):
                    self._loaded += [ref for source in sources for ref in source.refs]
                    number += 1
            except FAILURES as error:
                reporter().say(f"loading early failed ({error}); all is loaded at the run's end")
                return
            ended = time.monotonic()
            not_before = ended + max(self._seconds, PAUSE_SHARE * (ended - begun))

    def _next(self, not_before: float) -> list[CompleteSource]:
        """Return the sources that can be loaded, from a time of the monotonic clock on; none when
        all is over.
        """
        with self._changed:
            while not self._is_over:
                left = not_before - time.monotonic()
                if left > 0:
                    self._changed.wait(left)
                    continue
                ready = [s for s in self._waiting if all(map(self._has_result, s.fresh))]
                if ready:
                    self._waiting = [s for s in self._waiting if s not in ready]
                    return ready
                self._changed.wait()
        return []
