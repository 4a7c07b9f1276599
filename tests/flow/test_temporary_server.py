"""A killed command takes the server that it started with it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys

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
