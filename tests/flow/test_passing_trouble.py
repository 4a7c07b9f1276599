"""Trouble that says nothing of a page is no verdict on it: the page is tried again, with a cap."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from flows.clean import clean_page
from flows.worker import process_page
from flows.worker.process_page import PageTimeoutError, time_limit
from tests.flow.pages import ask, html_page, ingest, request

LAST = (
    "SELECT p.outcome, p.detail FROM meta.pages AS p JOIN meta.runs USING (run_id) ORDER BY "
    "load_number DESC LIMIT 1"
)


def trouble(monkeypatch: pytest.MonkeyPatch, error: BaseException | None) -> None:
    """Let every page meet `error` from now on; None ends the trouble."""

    def cleaned(*given: object, **known: object) -> object:
        if error is not None:
            raise error
        return clean_page(*given, **known)  # type: ignore[arg-type]

    monkeypatch.setattr(process_page, "clean_page", cleaned)


@pytest.mark.parametrize(
    "error",
    [MemoryError(), PageTimeoutError(), OSError(errno.ENOSPC, "No space left on device")],
    ids=["memory", "time", "disk"],
)
def test_trouble_that_passes_costs_no_page(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: BaseException
) -> None:
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    asked = request(tmp_path, tmp_path / "quay.html")
    trouble(monkeypatch, error)
    ingest(asked)
    outcome, detail = ask(asked.warehouse, LAST)[0]
    assert (outcome, detail.partition(":")[0]) == ("rejected", "passing_trouble")
    trouble(monkeypatch, None)
    ingest(asked)
    assert ask(asked.warehouse, LAST) == [("loaded", None)]


def test_after_three_runs_the_page_is_given_up_until_it_changes(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "quay.html"
    page.write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    asked = request(tmp_path, page)
    trouble(monkeypatch, MemoryError())
    words = []
    for _ in range(4):
        ingest(asked)
        outcome, detail = ask(asked.warehouse, LAST)[0]
        words.append((outcome, detail.partition(":")[0]))
    assert words == [
        ("rejected", "passing_trouble"),
        ("rejected", "passing_trouble"),
        ("rejected", "given_up"),
        ("unchanged", "rejected"),
    ]
    page.write_text(html_page("Port Ellery delays its quay"), encoding="utf-8")
    trouble(monkeypatch, None)
    ingest(asked)
    assert ask(asked.warehouse, LAST) == [("loaded", None)]


def test_trouble_takes_no_loaded_article_away(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = tmp_path / "quay.html"
    page.write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    asked = request(tmp_path, page)
    ingest(asked)
    trouble(monkeypatch, MemoryError())
    page.write_text(html_page("Port Ellery delays its quay"), encoding="utf-8")
    for _ in range(3):
        ingest(asked)
    assert ask(asked.warehouse, LAST)[0][1].startswith("given_up: ")
    assert ask(asked.warehouse, "SELECT title FROM articles") == [("Port Ellery widens its quay",)]


def test_a_bug_of_ours_is_no_passing_trouble(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    asked = request(tmp_path, tmp_path / "quay.html")
    trouble(monkeypatch, ZeroDivisionError("ours"))
    ingest(asked)
    assert ask(asked.warehouse, LAST) == [("rejected", "error: ZeroDivisionError: ours")]
    ingest(asked)
    assert ask(asked.warehouse, LAST)[0][0] == "unchanged"


def test_waiting_costs_a_page_nothing_of_its_time() -> None:
    with time_limit(0.2):
        time.sleep(0.4)


def test_work_is_ended_when_the_time_is_used_up() -> None:
    with pytest.raises(PageTimeoutError), time_limit(0.1):
        for _ in range(10**12):
            pass


def test_code_that_cannot_be_interrupted_ends_its_process() -> None:
    script = (
        "import signal; from flows.worker.process_page import limit_process\n"
        "signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGPROF])\n"
        "limit_process(0)\n"
        "while True: pass\n"
    )
    ended = subprocess.run([sys.executable, "-c", script], check=False, capture_output=True)
    assert ended.returncode == -signal.SIGXCPU
