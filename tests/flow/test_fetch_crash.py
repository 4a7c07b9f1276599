"""kill -9 while fetching, of the next run while processing, of the one after it while loading: then
a whole run leaves the tables of a run that was never killed.

`python -m tests.bench.kill` does the same thirty times at random moments.
"""

from __future__ import annotations

import multiprocessing
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from multiprocessing.connection import Connection
from multiprocessing.context import ForkServerProcess
from pathlib import Path

from tests.bench.torture.command import OPEN_TABLES
from tests.flow.crashing import FETCHED, PHASES, run
from tests.flow.pages import CONTENTS, ask, contents, process_here
from tests.web import faults
from tests.web.publisher import Answer, Publisher
from warehouse.homes.duckdb_file import published_path

DELAY = 0.02
PAGES = 4
BATCH_SIZE = 1

EQUAL = OPEN_TABLES | {"utterances": CONTENTS["utterances"]} | FETCHED
"""Every table that two histories of the same pages must share."""


def tell_phases(warehouse: Path, sources: Path, told: Connection) -> None:
    """Run, and tell each phase and each batch that is done."""

    def process(batch: Path, stage: Path) -> None:
        process_here(batch, stage)
        told.send("batch")

    run(warehouse, sources, DELAY, told.send, process, BATCH_SIZE)
    told.send("done")


@contextmanager
def started(warehouse: Path, sources: Path) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """Run in a process that is forked from one that has imported everything; kill it at the end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.flow.crashing"])
    telling, told = context.Pipe(duplex=False)
    process = context.Process(target=tell_phases, args=(warehouse, sources, told))
    process.start()
    told.close()
    with telling:
        yield process, telling
        process.kill()
        process.join()


def killed_on(warehouse: Path, sources: Path, tide: Publisher, phase: str) -> None:
    """Start a run; kill it as it asks for the third article, as soon as it has processed its first
    batch, or as soon as it begins to load.
    """
    third = list(tide._stories)[2]
    if phase == "fetch":
        tide.answer(third, faults.slow_headers())
    wanted = "batch" if phase == "process" else phase
    with started(warehouse, sources) as (process, telling):
        while telling.recv() != wanted:
            pass
        while phase == "fetch" and not tide.count(third):
            tide.closing.wait(0.01)
    assert process.exitcode == -signal.SIGKILL


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
        run(tmp_path / "calm" / "w.duckdb", sources, DELAY, process=process_here)
        expected = contents(tmp_path / "calm" / "w.duckdb", EQUAL)
        assert len(expected["articles"]) == PAGES
        tide.forget()
        warehouse = tmp_path / "killed" / "w.duckdb"
        asked = []
        for phase in PHASES:
            killed_on(warehouse, sources, tide, phase)
            assert not published_path(warehouse).exists()
            asked.append(tide.count())
        run(warehouse, sources, DELAY, process=process_here)
        asked.append(tide.count())
        found = contents(warehouse, EQUAL)
        assert {table: rows for table, rows in found.items() if rows != expected[table]} == {}
        assert ask(published_path(warehouse), "SELECT count(*) FROM articles") == [(PAGES,)]
        killed_fetching, *after = asked
        assert killed_fetching < after[0]
        assert len(set(after)) == 1, "what was fetched is not fetched again"
        assert max(tide.count(path) for path in {seen.path for seen in tide.log}) <= 2
