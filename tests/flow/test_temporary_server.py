"""A killed command takes the processes that it started with it: the server, and runs of `serve`."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading

import pytest

from flows.prefect_hooks.end_with_serve import SERVED_BY, end_with_serve

SCRIPT = """
import subprocess, sys, time
from flows.prefect_hooks.temporary_server import guard_process
server = subprocess.Popen([sys.executable, "-c", "import time; print(1, flush=True); time.sleep(600)"])
guard = guard_process(server.pid)
print(server.pid, flush=True)
time.sleep(600)
"""  # noqa: E501


def test_a_process_that_is_killed_takes_its_server_with_it() -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SCRIPT], stdout=subprocess.PIPE, text=True
    ) as command:
        assert command.stdout is not None
        lines = {command.stdout.readline().strip() for _ in range(2)}
        (server,) = (int(line) for line in lines if line != "1")
        os.kill(server, 0)
        command.send_signal(signal.SIGKILL)
        # the server holds this end of the pipe too: it is at its end when both are gone
        assert command.stdout.read() == ""


SERVING = """
import subprocess, sys, time
from flows.prefect_hooks.end_with_serve import end_runs_with_this_process
end_runs_with_this_process()
subprocess.Popen([sys.executable, "-c", sys.argv[1]])
time.sleep(600)
"""
RUN = """
import signal, time
from flows.prefect_hooks import end_with_serve
end_with_serve.POLL_SECONDS = end_with_serve.PATIENCE_SECONDS = 0.05
if {is_deaf}: signal.signal(signal.SIGTERM, signal.SIG_IGN)
end_with_serve.end_with_serve()
print("running", flush=True)
time.sleep(600)
"""


@pytest.mark.parametrize("is_deaf", [False, True])
def test_a_run_ends_when_what_serves_it_is_killed(is_deaf: bool) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", SERVING, RUN.format(is_deaf=is_deaf)],
        stdout=subprocess.PIPE,
        text=True,
    ) as serving:
        assert serving.stdout is not None
        assert serving.stdout.readline() == "running\n"
        serving.send_signal(signal.SIGKILL)
        # the run holds this end of the pipe too
        assert serving.stdout.read() == ""


def test_a_run_that_nothing_serves_watches_nobody(monkeypatch: pytest.MonkeyPatch) -> None:
    before = threading.active_count()
    for served_by in ("", str(os.getpid())):
        monkeypatch.setenv(SERVED_BY, served_by)
        end_with_serve()
    assert threading.active_count() == before
