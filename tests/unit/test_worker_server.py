"""The worker server as its caller sees it."""

from __future__ import annotations

import json
import os
import queue
import signal
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from flows.steps import subprocesses
from flows.worker.batch import Batch
from flows.worker.fork_server import MAX_JOBS, Server
from flows.worker.rows import RunContext

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


def do(batch_file: Path, folder: Path, done: Callable[[str], None]) -> None:
    """Leave the number of this process; die in a batch that is called so."""
    if batch_file.stem == "deadly":
        os.kill(os.getpid(), signal.SIGKILL)
    if batch_file.stem == "faulty":
        raise ZeroDivisionError
    folder.write_text(str(os.getpid()))
    done("article")


Ask = Callable[[str, str], tuple[list[str], str]]
"""Asks for a job in a batch, and returns (the answers, the child's number)."""


@pytest.fixture
def ask(tmp_path: Path) -> Iterator[Ask]:
    """Ask a server that is forked from this process and whose jobs are `do`."""
    (requests, asks), (answers, answered) = os.pipe(), os.pipe()
    server = os.fork()
    if server == 0:
        try:
            os.dup2(requests, 0)
            os.dup2(answered, 1)
            os.closerange(3, 1000)
            Server({"batch": do, "reclean": do}).serve()
        finally:
            os._exit(0)
    os.close(requests)
    os.close(answered)
    heard = os.fdopen(answers)

    def asked(job: str, name: str) -> tuple[list[str], str]:
        file, folder = tmp_path / f"{name}.json", tmp_path / name
        Batch(RunContext("run", "v", {}), ()).write(file)
        order = {"id": 7, "job": job, "batch": str(file), "folder": str(folder)}
        os.write(asks, json.dumps(order).encode() + b"\n")
        lines = [heard.readline().strip()]
        while "exit" not in lines[-1]:
            lines.append(heard.readline().strip())
        return lines, folder.read_text() if folder.exists() else ""

    yield asked
    os.close(asks)
    os.waitpid(server, 0)
    assert heard.read() == ""  # its children have ended
    heard.close()


def test_a_child_does_several_batches_and_no_more(ask: Ask) -> None:
    found = [ask("batch", f"b{n}") for n in range(MAX_JOBS + 1)]
    assert {tuple(lines) for lines, _ in found} == {("7 page", "7 exit 0")}
    children = [child for _, child in found]
    assert len(set(children[:MAX_JOBS])) == 1
    assert children[MAX_JOBS] != children[0]


def test_a_child_that_dies_or_fails_is_replaced(ask: Ask) -> None:
    children = [ask("batch", "first")[1]]
    for name, status in (("deadly", "-9"), ("faulty", "1")):
        assert ask("batch", name) == ([f"7 exit {status}"], "")
        children.append(ask("batch", f"after-{name}")[1])
    assert len(set(children)) == 3


def test_cleaning_again_has_a_child_of_its_own(ask: Ask) -> None:
    """It has no limit of CPU time, which pages leave behind."""
    children = [ask(job, f"b{n}")[1] for n, job in enumerate(("batch", "reclean", "batch"))]
    assert children[0] == children[2] != children[1]
