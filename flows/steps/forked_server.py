"""Forks the worker server from this process, which has imported what workers need already. That
saves the second that a new process takes to import it.

Only where polars has not begun to work here: a forked child lacks the threads of its pool, and
would wait for them for ever. Importing polars starts none of them.
"""

from __future__ import annotations

import os
import sys
import threading
from collections.abc import Callable
from pathlib import Path
from typing import IO, NoReturn

TASKS = Path("/proc/self/task")
"""Where Linux shows the threads of this process, one folder each."""

POOL = "polars-"
"""Threads of polars' pool are called `polars-0`, `polars-1` and so on."""

ONE_THREAD = {"POLARS_MAX_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "OMP_NUM_THREADS": "1"}
"""Workers are forked from the server: each has one thread."""


class ForkedServer:
    """A forked server, as `subprocess.Popen` shows a process. Threads may share it."""

    def __init__(self, child: int, stdin: IO[bytes], stdout: IO[bytes]) -> None:
        self.stdin: IO[bytes] | None = stdin
        self.stdout: IO[bytes] | None = stdout
        self._child = child
        self._status: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        """Return the exit status; None while the process runs."""
        return self._ended(os.WNOHANG)

    def wait(self) -> int:
        """Return the exit status when the process has ended."""
        status = self._ended(0)
        assert status is not None
        return status

    def _ended(self, options: int) -> int | None:
        with self._lock:
            if self._status is None:
                child, status = os.waitpid(self._child, options)
                self._status = os.waitstatus_to_exitcode(status) if child else None
            return self._status


def fork_server() -> ForkedServer | None:
    """Return a server that waits for batches; None where this process cannot fork one."""
    if not _can_fork():
        return None
    from flows.worker.fork_server import main

    requests, asks = os.pipe()
    answers, answered = os.pipe()
    child = os.fork()
    if child == 0:
        _serve(main, requests, answered)
    os.close(requests)
    os.close(answered)
    return ForkedServer(child, os.fdopen(asks, "wb"), os.fdopen(answers, "rb"))


def _serve(main: Callable[[], int], stdin: int, stdout: int) -> NoReturn:
    """Be the server, and end. All else that is open is closed, so that the input and the locks end
    with the other process.
    """
    status = 1
    try:
        os.environ.update(ONE_THREAD)
        for number, end in enumerate((stdin, stdout, os.open(os.devnull, os.O_WRONLY))):
            os.dup2(end, number)
        os.closerange(3, os.sysconf("SC_OPEN_MAX"))  # locks and the warehouse among them
        status = main()
    finally:
        os._exit(status)


def _can_fork() -> bool:
    """Whether a child of this process can work with polars."""
    if sys.platform != "linux" or threading.current_thread() is not threading.main_thread():
        return False
    names = map(_thread_name, TASKS.iterdir())
    return not any(n.startswith(POOL) and n.removeprefix(POOL).isdigit() for n in names)


def _thread_name(task: Path) -> str:
    """Return the name of a thread; nothing where it has ended since it was listed."""
    try:
        return (task / "comm").read_text().strip()
    except (FileNotFoundError, ProcessLookupError):
        return ""
