"""Runs one batch in a process of its own (`python -m flows.worker.batch`), so that no page can take
the run down with it.

A process a batch rather than a pool: it cannot inherit Prefect, its memory goes with it, a hung
page can be killed, and where a page kills its process (a crash in a C library, memory) the batch is
halved until that page stands alone and is rejected. Starting one costs half a second.
"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from flows.annotate.model import Annotations
from flows.clean.model import Cleaned
from flows.progress import reporter
from flows.worker.batch import Batch
from flows.worker.process_page import PAGE_SECONDS
from flows.worker.rows import Judgement
from flows.worker.validate import stage_pages

START_SECONDS = 60.0
"""What a worker may take to start on a laden machine, on top of the time for a page."""

WORKER = (sys.executable, "-m", "flows.worker.batch")
"""The command that processes a batch of pages; the batch file and the folder follow."""

RELEARNER = (sys.executable, "-m", "flows.worker.reclean")
"""The same for loaded articles that the site memory cleans again."""

TOLD_CHARACTERS = 2000
"""How much of a worker's last words an error repeats."""


class WorkerError(Exception):
    """A worker process failed for a reason that no single page is to blame for; the message ends
    with its last words.
    """


def run_batch(batch_file: Path, stage: Path) -> int:
    """Process the batch in `batch_file` into a folder of `stage`; return the number of its pages.

    Raises WorkerError where the worker itself fails: a frame that breaks its contract, no room on
    the disk, a broken installation.
    """
    batch = Batch.read(batch_file)
    folder = stage / batch_file.stem
    status, said = _spawn(WORKER, batch_file, folder)
    if status == 0:
        return len(batch.pages)
    if status > 0:
        raise WorkerError(said)
    if len(batch.pages) == 1:
        position, ref = batch.pages[0]
        detail = f"its worker was ended by signal {-status}"
        page = Judgement(
            ref,
            position,
            None,
            None,
            Cleaned("unreadable", detail),
            Annotations(),
            failure=f"{detail}\n{said}",
        )
        stage_pages([page], batch.run).write(folder)
        return 1
    middle = len(batch.pages) // 2
    for half, pages in (("a", batch.pages[:middle]), ("b", batch.pages[middle:])):
        part_file = batch_file.with_name(f"{batch_file.stem}{half}.json")
        replace(batch, pages=pages).write(part_file)
        run_batch(part_file, stage)
    return len(batch.pages)


def run_relearning(batch_file: Path, stage: Path) -> None:
    """Clean the loaded articles in `batch_file` again, into a folder of `stage`; raises WorkerError
    where that fails.
    """
    status, said = _spawn(RELEARNER, batch_file, stage / batch_file.stem)
    if status != 0:
        raise WorkerError(said or f"ended by signal {-status}")


def _spawn(command: Sequence[str], batch_file: Path, folder: Path) -> tuple[int, str]:
    """Run the worker; return its exit status (negative: the signal that ended it) and its last
    words. One that falls silent is killed.
    """
    environment = os.environ | {"POLARS_MAX_THREADS": "1", "PYTHONHASHSEED": "0"}
    words = batch_file.with_suffix(".stderr")
    with (
        words.open("wb") as stderr,
        subprocess.Popen(
            [*command, str(batch_file), str(folder)],
            stdout=subprocess.PIPE,
            stderr=stderr,
            env=environment,
        ) as worker,
    ):
        watchdog = threading.Timer(START_SECONDS + PAGE_SECONDS, worker.kill)
        watchdog.start()
        for _ in worker.stdout or ():
            reporter().page()
            watchdog.cancel()
            watchdog = threading.Timer(START_SECONDS + PAGE_SECONDS, worker.kill)
            watchdog.start()
        status = worker.wait()
        watchdog.cancel()
    return status, words.read_text(encoding="utf-8", errors="replace").strip()[-TOLD_CHARACTERS:]
