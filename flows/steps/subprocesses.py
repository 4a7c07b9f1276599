"""Runs batches in processes of their own, so that no page can take the run down with it.

The processes are forked from a server (`flows/worker/fork_server.py`) that imports everything once.
It cannot be the run itself: a forked child would inherit Prefect, its threads and the warehouse. A
run without Prefect forks the server from itself before any of these work (`forked_server.py`). A
child's memory goes with it, a page that hangs can be killed, and where a page kills its process (a
crash in a C library, memory) the batch is halved until that page is alone and is rejected.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from itertools import count
from pathlib import Path

from flows.annotate.entities.lexicon import lexicon
from flows.link.address import site_of
from flows.progress import reporter
from flows.steps.forked_server import ONE_THREAD, ForkedServer, fork_server
from flows.worker.batch import Batch
from flows.worker.process_page import MAX_SILENT_SECONDS, ended_by_signal
from flows.worker.validate import stage_pages

SERVER: tuple[str, ...] = (sys.executable, "-m", "flows.worker.fork_server")
"""The command that starts the server."""

Process = subprocess.Popen[bytes] | ForkedServer

MAX_ERROR_CHARACTERS = 2000
"""How much of a worker's last words an error repeats."""


class WorkerError(Exception):
    """A worker process failed for a reason that no single page is to blame for; the message ends
    with its last words.
    """


def run_batch(batch_file: Path, stage: Path) -> int:
    """Process the batch in `batch_file` into a folder of `stage`; return the number of its pages.

    Raises WorkerError where the worker itself fails: a frame that breaks its contract, no space on
    the disk, a broken installation.
    """
    batch = Batch.read(batch_file)
    folder = stage / batch_file.stem
    status = _server.run("batch", batch_file, folder)
    if status == 0:
        return len(batch.pages)
    last_words = _last_words(batch_file.with_suffix(".stderr"))
    if status > 0:
        raise WorkerError(last_words)
    if len(batch.pages) == 1:
        position, ref = batch.pages[0]
        here = batch.run.located(ref)
        page = ended_by_signal(ref, position, -status, last_words, here)
        stage_pages([page], batch.run).write(folder)
        return 1
    middle = len(batch.pages) // 2
    for half, pages in (("a", batch.pages[:middle]), ("b", batch.pages[middle:])):
        part_file = batch_file.with_name(f"{batch_file.stem}{half}.json")
        replace(batch, pages=pages).write(part_file)
        run_batch(part_file, stage)
    return len(batch.pages)


def run_ahead(batch_file: Path, folder: Path) -> None:
    """Process the pages in `batch_file`, which came while others are fetched, and keep the results
    in `folder`. A page that kills its process leaves the rest of its batch without results.

    Raises WorkerError where the worker itself fails.
    """
    if _server.run("ahead", batch_file, folder) > 0:
        raise WorkerError(_last_words(batch_file.with_suffix(".stderr")))


def run_relearning(batch_file: Path, stage: Path) -> None:
    """Clean the loaded articles in `batch_file` again, into a folder of `stage`; raises WorkerError
    where that fails.
    """
    status = _server.run("reclean", batch_file, stage / batch_file.stem)
    if status != 0:
        last_words = _last_words(batch_file.with_suffix(".stderr"))
        raise WorkerError(last_words or f"ended by signal {-status}")


def fork_workers() -> None:
    """Fork the server from this process, where that can be done, after reading the word lists and
    the list of public suffixes that both need; else the first batch starts one.
    """
    lexicon()
    site_of("site.example")
    _server.fork()


@contextmanager
def worker_server() -> Iterator[None]:
    """Stop the server after the body, if one was started or forked."""
    try:
        yield
    finally:
        _server.stop()


def _last_words(file: Path) -> str:
    if not file.is_file():
        return ""
    words = file.read_text(encoding="utf-8", errors="replace").strip()
    return words[-MAX_ERROR_CHARACTERS:]


class _Server:
    """The server as this process sees it; threads may share it. It starts with the first batch,
    unless it was forked before.
    """

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._process: Process | None = None
        self._answers: dict[int, tuple[Process, queue.SimpleQueue[str]]] = {}
        self._errors = Path()
        self._numbers = count(1)

    def run(self, job: str, batch_file: Path, folder: Path) -> int:
        """Return the exit status of a child that does the job (negative: the signal that ended it).
        A child that is silent for too long is killed.

        Raises WorkerError where the server does not work.
        """
        number, answers = next(self._numbers), queue.SimpleQueue[str]()
        asked = {"id": number, "job": job, "batch": str(batch_file), "folder": str(folder)}
        try:
            self._send(asked, number, answers, batch_file)
            while True:
                try:
                    answer = answers.get(timeout=MAX_SILENT_SECONDS)
                except queue.Empty:
                    self._send({"kill": number}, number, answers, batch_file)
                    continue
                kind, _, status = answer.partition(" ")
                if kind == "exit":
                    return int(status)
                if kind == "page" and job != "ahead":  # the present step is fetching
                    reporter().page()
                if kind == "ended":
                    raise WorkerError(_last_words(self._errors) or "the worker server has ended")
        finally:
            self._answers.pop(number, None)

    def fork(self) -> None:
        """Fork the server from this process, where that can be done. Errors of the server itself
        are lost; should it end, the next batch starts another.
        """
        with self._lock:
            if self._process is None and (process := fork_server()) is not None:
                self._process = process
                threading.Thread(target=self._listen, args=(process,), daemon=True).start()

    def stop(self) -> None:
        """Stop the server and its children."""
        with self._lock:
            process, self._process = self._process, None
        if process is not None:
            if process.stdin is not None:
                # a server that has ended leaves what it was asked in the buffer
                with suppress(BrokenPipeError):
                    process.stdin.close()
            process.wait()

    def _send(
        self, asked: dict[str, object], number: int, answers: queue.SimpleQueue[str], near: Path
    ) -> None:
        with self._lock:
            process = self._process
            if process is None or process.poll() is not None:
                process = self._process = self._start(near)
            self._answers[number] = process, answers
            if process.stdin is not None:
                try:
                    process.stdin.write(json.dumps(asked).encode() + b"\n")
                    process.stdin.flush()
                except BrokenPipeError:
                    answers.put("ended")

    def _start(self, near: Path) -> subprocess.Popen[bytes]:
        """Start the server; its errors go into a file beside the batch `near`."""
        # one thread each, since children are forked; the same hashes in every run
        environment = os.environ | ONE_THREAD | {"PYTHONHASHSEED": "0"}
        self._errors = near.with_name("worker-server.stderr")
        with self._errors.open("wb") as errors:
            process = subprocess.Popen(
                SERVER,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                env=environment,
            )
        threading.Thread(target=self._listen, args=(process,), daemon=True).start()
        return process

    def _listen(self, process: Process) -> None:
        """Pass each answer to the thread that waits for it; tell all when the server ends."""
        assert process.stdout is not None
        with process.stdout:
            for line in process.stdout:
                number, _, answer = line.decode().strip().partition(" ")
                if waiting := self._answers.get(int(number)):
                    waiting[1].put(answer)
        process.wait()
        with self._lock:
            for server, answers in self._answers.values():
                if server is process:
                    answers.put("ended")


_server = _Server()
