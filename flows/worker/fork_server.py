"""The process that workers are forked from: `python -m flows.worker.fork_server`.

It imports everything and loads the models once, then forks one child a batch. A fork takes some
milliseconds where a new process takes a second, and the child has a memory of its own: a page that
kills its process kills that child alone. Imports no Prefect, opens no database, starts no thread.

Reads one JSON object a line from standard input, `{"id": 3, "job": "batch", "batch": FILE,
"folder": FOLDER}` or `{"kill": 3}`, and writes lines to standard output: `3 page` for each page
that is done, `3 exit STATUS` when the child has ended (STATUS is negative where a signal ended it).
A child writes its errors to FILE with the ending `.stderr`. The end of the input ends the server
and its children.
"""

from __future__ import annotations

import gc
import json
import os
import selectors
import signal
import sys
import traceback
from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from flows.annotate import annotate
from flows.clean import clean_page
from flows.clean.decode import RARE
from flows.worker import reclean
from flows.worker.ahead import process_ahead
from flows.worker.batch import Batch, process_batch
from flows.worker.language_model import preload
from flows.worker.process_page import Tools

Job = Callable[[Path, Path, Callable[[str], None]], None]

MIN_PAGES_TO_PRELOAD = 50
"""Once so many pages were asked for, all that some page may need is loaded before forking. The
language model takes 0.35 s, and most pages declare their language.
"""

WARM_PAGE = """<html lang="en"><head><title>The lock is open</title></head>
<body><article>
<h1>The lock is open</h1><p>The lock at Hallam Weir opened on Monday after two years of repairs, and the
first barge went through at noon.</p><p>“We waited long for this,” said Edda Morland, who keeps the
lock. The Weir Trust will charge no toll until June.</p></article></body></html>"""  # noqa: E501
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


class Server:
    """Forks children on request and reports what they do. `running` maps a child's process id to
    the id of its request.
    """

    def __init__(self, jobs: Mapping[str, Job]) -> None:
        self._jobs = jobs
        self._running: dict[int, int] = {}
        self._is_ready, self._is_preloaded = False, False
        self._page_count = 0

    def serve(self) -> None:
        """Serve until the input ends."""
        woken, wakes = os.pipe()
        os.set_blocking(wakes, False)
        signal.set_wakeup_fd(wakes)
        signal.signal(signal.SIGCHLD, lambda number, frame: None)
        os.set_blocking(0, False)
        selector = selectors.DefaultSelector()
        selector.register(0, selectors.EVENT_READ)
        selector.register(woken, selectors.EVENT_READ)
        waiting = b""
        while True:
            ready = {key.fd for key, _ in selector.select()}
            if woken in ready:
                os.read(woken, 4096)
                self._reap()
            if 0 in ready:
                read = os.read(0, 65536)
                if not read:
                    self._end()
                    return
                *lines, waiting = (waiting + read).split(b"\n")
                for line in lines:
                    self._handle(json.loads(line))

    def _handle(self, asked: Mapping[str, Any]) -> None:
        if "kill" in asked:
            for child, request in self._running.items():
                if request == asked["kill"]:
                    os.kill(child, signal.SIGKILL)
            return
        self._make_ready(asked)
        child = os.fork()
        if child == 0:
            self._work(asked)
        self._running[child] = asked["id"]

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
            except Exception:  # noqa: BLE001 (the child meets the same error and reports it)
                traceback.print_exc()
        # what is loaded stays: no child may copy its pages by counting references of garbage
        if self._is_preloaded:  # for a few pages the look at everything costs more than it saves
            gc.collect()
        gc.freeze()
        gc.disable()

    def _work(self, asked: Mapping[str, Any]) -> None:
        """Do one job in the child and end the process; 1 is the status where it failed."""
        signal.set_wakeup_fd(-1)
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        status = 1
        try:
            batch_file = Path(asked["batch"])
            errors = os.open(
                batch_file.with_suffix(".stderr"), os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644
            )
            os.dup2(errors, 2)
            os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
            line = f"{asked['id']} page\n".encode()
            self._jobs[asked["job"]](
                batch_file, Path(asked["folder"]), lambda _: write_whole(1, line)
            )
            status = 0
        except BaseException:  # noqa: BLE001 (the edge of a process: everything is reported)
            traceback.print_exc()
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        while self._running:
            child, status = os.waitpid(-1, os.WNOHANG)
            if child == 0:
                return
            request = self._running.pop(child)
            code = os.waitstatus_to_exitcode(status)
            write_whole(1, f"{request} exit {code}\n".encode())

    def _end(self) -> None:
        for child in self._running:
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
