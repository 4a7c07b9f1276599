"""The process that workers are forked from: `python -m flows.worker.fork_server`.

It imports everything and loads the models once, then forks children; each does a few batches, one
after the other. A fork takes some milliseconds where a new process takes a second, and the child
has a memory of its own: a page that kills its process kills that child and its batch alone. Imports
no Prefect, opens no database, starts no thread.

Reads one JSON object a line from standard input, `{"id": 3, "job": "batch", "batch": FILE,
"folder": FOLDER}` or `{"kill": 3}`, and writes lines to standard output: `3 page` for each page
that is done, `3 exit STATUS` when the job has ended: 0 well, 1 with an error, or the negative
number of the signal that ended the child. A child writes its errors to FILE with the ending
`.stderr`. The end of the input ends the server and its children.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import socket
import sys
import traceback
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import Any, NoReturn

from flows.annotate import annotate
from flows.clean import clean_page
from flows.clean.decode import RARE
from flows.worker import reclean
from flows.worker.ahead import process_ahead
from flows.worker.batch import Batch, process_batch
from flows.worker.language_model import preload
from flows.worker.process_page import Tools
from schemas import ARTICLES
from schemas.contract import prepare_checks

Job = Callable[[Path, Path, Callable[[str], None]], None]

MIN_PAGES_TO_PRELOAD = 50
"""Once so many pages were asked for, all that some page may need is loaded before forking. The
language model takes 0.35 s, and most pages declare their language.
"""

WARM_PAGE = """<html lang="en"><head><title>The lock is open</title></head>
<body><article>
<h1>The lock is open</h1>
<p>The lock at Hallam Weir opened on Monday after two years of repairs, and the first barge went
through at noon.</p>
<p>“We waited long for this,” said Edda Morland, who keeps the lock. The Weir Trust will charge no
toll until June, it told officials in Paris.</p>
</article></body></html>"""
"""An invented page. Cleaning it loads what is only loaded at first need; no page of a run may do
that, as it may crash the process.
"""


def batch_job(batch_file: Path, folder: Path, done: Callable[[str], None]) -> None:
    """Process a batch of pages."""
    process_batch(Batch.read(batch_file), folder, done, is_own_process=True)


def ahead_job(batch_file: Path, folder: Path, done: Callable[[str], None]) -> None:
    """Process pages while others are fetched, and keep the results."""
    batch = Batch.read(batch_file)
    process_ahead(batch.pages, Tools.of(batch.run), folder, done, is_own_process=True)


def reclean_job(batch_file: Path, folder: Path, done: Callable[[str], None]) -> None:
    """Clean a batch of loaded articles again."""
    reclean.reclean(batch_file, folder, done)


JOBS: Mapping[str, Job] = {"ahead": ahead_job, "batch": batch_job, "reclean": reclean_job}


MAX_JOBS = 5
"""Jobs that one child does before it ends: what it has remembered of words, names and classes makes
the next batch 8 % cheaper, and takes 20 to 80 MB more with each.
"""

MAX_IDLE_SECONDS = 2.0
"""Seconds that a child waits for another job: the run's next step may need the memory."""

LASTING = ("ahead", "batch")
"""Jobs that may share a child. Each page of theirs has a limit of CPU time of its own."""


@dataclass(slots=True)
class Child:
    """A forked child: its process, the server's end of the line to it, and the jobs it was given.
    `request` is the id of what it does; None while it waits.
    """

    process: int
    line: socket.socket
    request: int | None = None
    jobs: int = 0


class Server:
    """Forks children on request, gives a waiting child another job, and reports what they do."""

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        self._jobs = jobs
        self._children: dict[int, Child] = {}
        self._is_ready, self._is_preloaded = False, False
        self._page_count = 0
        self._selector = selectors.DefaultSelector()

    def serve(self) -> None:
        """Serve until the input ends."""
        woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        os.set_blocking(0, False)
        self._selector.register(0, selectors.EVENT_READ)
        self._selector.register(woken, selectors.EVENT_READ)
        unread = b""
        while True:
            waiting = [child for child in self._children.values() if child.request is None]
            ready = [key for key, _ in self._selector.select(MAX_IDLE_SECONDS if waiting else None)]
            if not ready:
                for child in waiting:
                    self._hang_up(child)
            for key in ready:
                if isinstance(key.data, Child):
                    self._hear(key.data)
            numbers = {key.fd for key in ready}
            if woken in numbers:
                os.read(woken, 4096)
                self._reap()
            if 0 in numbers:
                read = os.read(0, 65536)
                if not read:
                    self._end()
                    return
                *lines, unread = (unread + read).split(b"\n")
                for line in lines:
                    self._handle(json.loads(line))

    def _handle(self, asked: Mapping[str, Any]) -> None:
        if "kill" in asked:
            for child in self._children.values():
                if child.request == asked["kill"]:
                    os.kill(child.process, signal.SIGKILL)
            return
        self._make_ready(asked)
        may_share = asked["job"] in LASTING
        waiting = (c for c in self._children.values() if c.request is None)
        child = (next(waiting, None) if may_share else None) or self._fork()
        child.request = asked["id"]
        child.jobs = child.jobs + 1 if may_share else MAX_JOBS
        with suppress(OSError):  # a child that has died meanwhile is reported when it is reaped
            child.line.send(json.dumps(asked).encode() + b"\n")

    def _fork(self) -> Child:
        ours, theirs = socket.socketpair()
        process = os.fork()
        if process == 0:
            ours.close()
            for other in self._children.values():  # their lines end with the server alone
                other.line.close()
            self._work(theirs)
        theirs.close()
        child = self._children[process] = Child(process, ours)
        self._selector.register(ours, selectors.EVENT_READ, child)
        return child

    def _hear(self, child: Child) -> None:
        """Report that a child has done its job. It waits for another one, or ends where it has had
        all it may.
        """
        try:
            has_done = child.line.recv(1)
        except OSError:
            has_done = b""
        if not has_done:  # it has ended and will be reaped
            self._selector.unregister(child.line)
            return
        if child.request is not None:
            write_whole(1, f"{child.request} exit 0\n".encode())
        child.request = None
        if child.jobs >= MAX_JOBS:
            self._hang_up(child)

    def _hang_up(self, child: Child) -> None:
        """End the line to a child; it ends when it has done what it does."""
        self._children.pop(child.process, None)
        if child.line in self._selector.get_map():
            self._selector.unregister(child.line)
        child.line.close()

    def _make_ready(self, asked: Mapping[str, Any]) -> None:
        """Load what batches work with, so that children find it loaded. What fails here fails in
        the child, which reports it.
        """
        if self._is_ready and (self._is_preloaded or asked["job"] == "reclean"):
            return
        self._is_ready = True
        if asked["job"] != "reclean":
            try:
                batch = Batch.read(Path(asked["batch"]))
                tools = Tools.of(batch.run)
                self._page_count += len(batch.pages)
                if self._page_count >= MIN_PAGES_TO_PRELOAD:
                    self._is_preloaded = True
                    preload()
                    for name in RARE:
                        import_module(name)
                    annotate(clean_page(WARM_PAGE, is_html=True).text, tools.recognise)
                    prepare_checks(ARTICLES)
            except Exception:  # noqa: BLE001 (the child meets the same error and reports it)
                traceback.print_exc()
        # what is loaded stays: no child may copy its pages by counting references of garbage
        if self._is_preloaded:  # for a few pages the look at everything costs more than it saves
            gc.collect()
        gc.freeze()
        gc.disable()

    def _work(self, line: socket.socket) -> NoReturn:
        """Do jobs in the child until the server has no more, and end the process; 1 is the status
        where a job failed.
        """
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        status = 1
        try:
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            for order in line.makefile("rb"):
                self._do(json.loads(order))
                line.send(b"\n")
            status = 0
        except BaseException:  # noqa: BLE001 (the edge of a process: everything is reported)
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _do(self, asked: Mapping[str, Any]) -> None:
        """Do one job; errors are written beside its batch."""
        batch_file = Path(asked["batch"])
        with batch_file.with_suffix(".stderr").open("wb") as errors:
            os.dup2(errors.fileno(), 2)
        page = f"{asked['id']} page\n".encode()
        self._jobs[asked["job"]](batch_file, Path(asked["folder"]), lambda _: write_whole(1, page))

    def _reap(self) -> None:
        while True:
            try:
                process, status = os.waitpid(-1, os.WNOHANG)
            except ChildProcessError:
                return
            if process == 0:
                return
            if (child := self._children.get(process)) is None:
                continue
            if child.request is not None:
                code = os.waitstatus_to_exitcode(status)
                write_whole(1, f"{child.request} exit {code}\n".encode())
            self._hang_up(child)

    def _end(self) -> None:
        for child in self._children:
            os.kill(child, signal.SIGKILL)


def write_whole(fd: int, line: bytes) -> None:
    """Write a short line in one call, so that lines of several processes do not mix."""
    os.write(fd, line)


def main() -> int:
    """Serve the process that started this one."""
    Server(JOBS).serve()
    return 0


if __name__ == "__main__":
    sys.exit(main())
