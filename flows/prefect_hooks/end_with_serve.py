"""Ends the runs of `newsduck serve` with it, even where it was killed.

Prefect starts each run as a child of the serving process. A signal that can be caught reaches both;
after `kill -9` the child would go on alone, holding the warehouse's run lock, and the next `serve`
would wait for it.
"""

from __future__ import annotations

import os
import signal
import threading
import time

SERVED_BY = "_NEWSDUCK_SERVED_BY"
"""Environment variable that holds the id of the serving process."""

POLL_SECONDS = 1.0
"""How often a run looks whether the process that started it is still there."""

PATIENCE_SECONDS = 5.0
"""How long a run may take to end by itself when it was asked to."""


def end_runs_with_this_process() -> None:
    """Let the runs that this process starts from now on end with it."""
    os.environ[SERVED_BY] = str(os.getpid())


def end_with_serve() -> None:
    """End this process (SIGTERM, then SIGKILL) as soon as the process that serves it is gone; does
    nothing where it is not a child of `newsduck serve`.
    """
    parent = os.getppid()
    if os.environ.get(SERVED_BY) == str(parent):
        threading.Thread(target=_watch, args=(parent,), daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL_SECONDS)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(PATIENCE_SECONDS)
    os.kill(os.getpid(), signal.SIGKILL)
