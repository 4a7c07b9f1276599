"""kill -9 while fetching, processing and loading: after the next run the tables equal those of a
run that was never killed.

`python -m tests.bench.kill` does the same thirty times at random moments.
"""

from __future__ import annotations

import os
import signal
from pathlib import Path

from tests.flow.crashing import FETCHED, PHASES, run, start
from tests.flow.pages import contents
from tests.web import faults
from tests.web.publisher import Answer, Publisher

DELAY = 0.02
PAGES = 6


def killed_on(warehouse: Path, sources: Path, tide: Publisher, phase: str) -> None:
    """Start a run; kill it as it asks for the fourth article, or as soon as it says that it begins
    to process or load.
    """
    waits = faults.slow_headers()
    if phase == "fetch":
        tide.answer(list(tide._stories)[3], waits)
    with start(warehouse, sources, DELAY) as process:
        for line in process.stdout or ():
            if line.strip() == phase:
                break
        while phase == "fetch" and not tide.count(list(tide._stories)[3]):
            tide.closing.wait(0.01)
        os.killpg(process.pid, signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL


def test_killed_anywhere_and_run_again_the_tables_are_those_of_a_run_that_was_not(
    tmp_path: Path,
) -> None:
    with Publisher() as tide:
        tide.write_many(PAGES)
        tide.answer("/news/gone", Answer(410), always=True)
        (tmp_path / "more.txt").write_text(f"{tide.url}/news/gone\n", encoding="utf-8")
        sources = tmp_path / "sources.yml"
        sources.write_text(
            "sources:\n  - {id: tide, name: Tide, site: tide.example, feeds: "
            f"['{tide.url}/rss.xml'], lists: [more.txt]}}\n",
            encoding="utf-8",
        )
        run(tmp_path / "calm" / "w.duckdb", sources, DELAY)
        expected = contents(tmp_path / "calm" / "w.duckdb", FETCHED)
        assert len(expected["articles"]) == PAGES
        for phase in PHASES:
            warehouse = tmp_path / phase / "w.duckdb"
            tide.forget()
            killed_on(warehouse, sources, tide, phase)
            first = tide.count()
            run(warehouse, sources, DELAY)
            found = contents(warehouse, FETCHED)
            assert {
                table: rows for table, rows in found.items() if rows != expected[table]
            } == {}, phase
            again = [seen.path for seen in tide.log[first:]]
            assert (len(again) > 0) == (phase == "fetch"), "what was fetched is not fetched again"
            assert max(tide.count(path) for path in {seen.path for seen in tide.log}) <= 1 + (
                phase == "fetch"
            )
