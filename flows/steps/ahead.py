"""Cleans and annotates pages while others are still being fetched.

A batch goes to a worker as soon as it is full, or a short time after its first page. Nothing
depends on what is done here: a page without a result is processed with the run's own batches. The
plan, the rows and the load are made when everything of the page's source is fetched
(`early_loads.py`), or when all is.
"""

from __future__ import annotations

import logging
import queue
import threading
import time
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import Self

from flows.acquire.page import PageRef
from flows.steps.subprocesses import WorkerError
from flows.worker.batch import Batch
from flows.worker.rows import RunContext

MAX_PAGES = 25
"""Pages of a batch: about a second's work, and little is left over when fetching ends."""

MAX_WAIT_SECONDS = 1.0
"""How long a batch waits for more pages after its first."""

Process = Callable[[Path, Path], None]
"""Processes the pages of a batch file and keeps the results in a folder; raises WorkerError."""


class Ahead:
    """Hands pages to workers as they come. Use it as a context: at its end batches under way are
    waited for, and pages that no worker has begun are left alone.
    """

    def __init__(self, context: RunContext, folder: Path, workers: int, process: Process) -> None:
        """Batches and results stand under `folder`."""
        self._context, self._folder, self._process = context, folder, process
        self._pages = queue.SimpleQueue[PageRef | None]()
        self._numbers = count(1)
        self._is_over = threading.Event()
        self._threads = [threading.Thread(target=self._work) for _ in range(workers)]

    def __enter__(self) -> Self:
        self._folder.mkdir(parents=True, exist_ok=True)
        for thread in self._threads:
            thread.start()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._is_over.set()
        for _ in self._threads:
            self._pages.put(None)
        for thread in self._threads:
            thread.join()

    def add(self, ref: PageRef) -> None:
        """Take a page that was fetched. Any thread may call it."""
        self._pages.put(ref)

    def _work(self) -> None:
        while refs := self._next_batch():
            file = self._folder / f"{next(self._numbers):04}.json"
            try:
                Batch(self._context, tuple((0, ref) for ref in refs)).write(file)
                self._process(file, self._folder)
            except (OSError, WorkerError) as error:
                logging.getLogger(__name__).warning("%s: %s", file, error)

    def _next_batch(self) -> list[PageRef]:
        """Return the pages of a batch, once it is full or has waited; none when all is over."""
        refs: list[PageRef] = []
        until: float | None = None
        while len(refs) < MAX_PAGES:
            try:
                ref = self._pages.get(timeout=until and max(0.0, until - time.monotonic()))
            except queue.Empty:
                break
            if ref is None or self._is_over.is_set():
                return []
            refs.append(ref)
            until = until or time.monotonic() + MAX_WAIT_SECONDS
        return refs
