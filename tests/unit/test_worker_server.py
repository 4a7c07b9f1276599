"""The worker server as its caller sees it."""

from __future__ import annotations

import queue
import sys
from pathlib import Path

import pytest

from flows.steps import subprocesses


def test_a_server_that_has_ended_can_be_stopped(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """It ended before it read what it was asked, which is then still in the pipe's buffer."""
    monkeypatch.setattr(subprocesses, "SERVER", (sys.executable, "-c", "import os; os.close(0)"))
    server = subprocesses._Server()
    answers = queue.SimpleQueue[str]()
    server._send({"id": 1, "job": "x" * 100_000}, 1, answers, tmp_path / "b.json")
    assert answers.get(timeout=60) == "ended"
    server.stop()
