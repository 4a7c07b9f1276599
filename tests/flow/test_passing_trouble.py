"""Trouble that says nothing of a page is no verdict on it: the page is tried again, with a cap."""

from __future__ import annotations

import errno
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from typing import Any

import pytest

from flows.clean import Cleaned, clean_page
from flows.worker import process_page
from flows.worker.process_page import PageTimeoutError, time_limit
from tests.flow.pages import ask, html_page, ingest, request
from warehouse.connect import WarehouseAddress

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")

TROUBLES = {
    "memory": MemoryError(),
    "time": PageTimeoutError(),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "bug": ZeroDivisionError("ours"),
    "stubborn": MemoryError(),
    "loaded": MemoryError(),
}
"""Pages by the trouble that each meets."""

Outcomes = dict[str, tuple[str, str | None]]


def words(outcomes: Outcomes, page: str) -> tuple[str, str]:
    """A page's outcome, and the first word of its detail."""
    outcome, detail = outcomes[page]
    return outcome, (detail or "").partition(":")[0]


@dataclass(frozen=True)
class History:
    """What the runs of one warehouse said of each page."""

    warehouse: WarehouseAddress
    runs: list[Outcomes]


@pytest.fixture(scope="module")
def history(tmp_path_factory: pytest.TempPathFactory) -> History:
    """Five runs over six pages. `loaded` is well in the first run, then changed and in trouble;
    `stubborn` is well in the last one, changed; for the others trouble lasts for one run.
    """
    folder = tmp_path_factory.mktemp("trouble")
    pages = folder / "pages"
    pages.mkdir()

    def put(page: str, title: str) -> None:
        text = html_page(f"{title}, says {page}", url=f"https://tide.example/{page}")
        (pages / f"{page}.html").write_text(text, encoding="utf-8")

    def run(*troubled: str) -> Outcomes:
        """Ingest while the pages named are in trouble."""

        def cleaned(content: bytes, **known: Any) -> Cleaned:
            for page in troubled:
                if f"says {page}".encode() in content:
                    raise TROUBLES[page]
            return clean_page(content, **known)

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(process_page, "clean_page", cleaned)
            ingest(asked)
        rows = ask(
            asked.warehouse,
            "SELECT split_part(p.location, '/', -1), p.outcome, p.detail FROM meta.pages AS p "
            "JOIN meta.runs USING (run_id) "
            "WHERE load_number = (SELECT max(load_number) FROM meta.runs)",
        )
        return {file.removesuffix(".html"): (outcome, detail) for file, outcome, detail in rows}

    asked = request(folder, pages, site_memory=False)
    for page in TROUBLES:
        put(page, "Port Ellery widens its quay")
    runs = [run("memory", "time", "disk", "bug", "stubborn")]
    put("loaded", "Port Ellery delays its quay")
    runs += [run("bug", "stubborn", "loaded") for _ in range(3)]
    put("stubborn", "Port Ellery delays its quay")
    return History(asked.warehouse, [*runs, run()])


@pytest.mark.parametrize("page", ["memory", "time", "disk"])
def test_trouble_that_passes_costs_no_page(history: History, page: str) -> None:
    assert words(history.runs[0], page) == ("rejected", "passing_trouble")
    assert history.runs[1][page] == ("loaded", None)


def test_after_three_runs_the_page_is_given_up_until_it_changes(history: History) -> None:
    assert [words(outcomes, "stubborn") for outcomes in history.runs] == [
        ("rejected", "passing_trouble"),
        ("rejected", "passing_trouble"),
        ("rejected", "given_up"),
        ("unchanged", "rejected"),
        ("loaded", ""),
    ]


def test_trouble_takes_no_loaded_article_away(history: History) -> None:
    assert history.runs[0]["loaded"] == ("loaded", None)
    assert [words(outcomes, "loaded")[1] for outcomes in history.runs[1:4]] == [
        "passing_trouble",
        "passing_trouble",
        "given_up",
    ]
    title = "SELECT title FROM articles WHERE canonical_url LIKE '%/loaded'"
    assert ask(history.warehouse, title) == [("Port Ellery widens its quay, says loaded",)]


def test_a_bug_of_ours_is_no_passing_trouble(history: History) -> None:
    assert history.runs[0]["bug"] == ("rejected", "error: ZeroDivisionError: ours")
    assert history.runs[1]["bug"][0] == "unchanged"


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
