"""The worker server as its caller sees it."""

from __future__ import annotations

import queue
import sys
from pathlib import Path

import pytest

from flows.steps import subprocesses

DEAF = "import os, time; os.close(0); time.sleep(3)"
"""A server that hears nothing, and ends by itself."""


def test_a_server_that_hears_nothing_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What it was asked is still in the pipe's buffer, where closing the pipe finds it."""
    monkeypatch.setattr(subprocesses, "SERVER", (sys.executable, "-c", DEAF))
    server = subprocesses._Server()
    answers = queue.SimpleQueue[str]()
    while answers.empty():
        server._send({"id": 1}, 1, answers, tmp_path / "b.json")
    assert answers.get() == "ended"
    server.stop()
