"""kill -9 while fetching, of the next run once it has loaded what was complete, of the next while
processing, of the one after it while loading: then a whole run leaves the tables of a run that was
never killed.

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

from flows.acquire.web import patience
from flows.progress import Reporter, report_to
from tests.bench.torture.command import OPEN_TABLES
from tests.flow.crashing import FETCHED, PHASES, run
from tests.flow.pages import CONTENTS, ask, contents, process_ahead_here, process_here
from tests.web import faults
from tests.web.publisher import Answer, Publisher
from warehouse.homes.duckdb_file import published_path

DELAY = 0.02
PAGES = 4
BATCH_SIZE = 1

COUNT = "SELECT count(*) FROM articles"

EQUAL = OPEN_TABLES | {"utterances": CONTENTS["utterances"]} | FETCHED
EQUAL |= {
    "meta.pages": OPEN_TABLES["meta.pages"],
    "meta.links": "SELECT kind, from_id, to_id FROM meta.links ORDER BY ALL",
}
"""Every table that two histories of the same pages must share. How alike two articles are depends
on how rare their words are among the articles that are loaded by then.
"""


class Telling(Reporter):
    """Tells the notices of a run."""

    def __init__(self, told: Connection) -> None:
        self._told = told

    def say(self, message: str) -> None:
        self._told.send("early" if message.startswith("loaded") else message)


def tell_phases(warehouse: Path, sources: Path, told: Connection, load_seconds: float) -> None:
    """Run, and tell each phase, each early load, and each batch that is done."""
    patience.MIN_PATIENCE = 3600

    def process(batch: Path, stage: Path) -> None:
        process_here(batch, stage)
        told.send("batch")

    with report_to(Telling(told)):
        run(
            warehouse, sources, DELAY, told.send, process, BATCH_SIZE,
            process_ahead_here, load_seconds,
        )  # fmt: skip
    told.send("done")


@contextmanager
def started(
    warehouse: Path, sources: Path, load_seconds: float
) -> Iterator[tuple[ForkServerProcess, Connection]]:
    """Run in a process that is forked from one that has imported everything; kill it at the end."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.flow.crashing"])
    telling, told = context.Pipe(duplex=False)
    process = context.Process(target=tell_phases, args=(warehouse, sources, told, load_seconds))
    process.start()
    told.close()
    with telling:
        yield process, telling
        process.kill()
        process.join()


def killed_on(warehouse: Path, sources: Path, tide: Publisher, phase: str) -> None:
    """Start a run; kill it as it asks for the third article, as soon as a part is loaded, as soon
    as it has processed its first batch, or as soon as it begins to load.
    """
    third = list(tide._stories)[2]
    if phase == "fetch":
        tide.answer(third, faults.slow_headers())
    wanted = "batch" if phase == "process" else phase
    with started(warehouse, sources, 0 if phase == "early" else 3600) as (process, telling):
        while telling.recv() != wanted:
            pass
        while phase == "fetch" and not tide.count(third):
            tide.closing.wait(0.01)
    assert process.exitcode == -signal.SIGKILL


def test_killed_anywhere_and_run_again_the_tables_are_those_of_a_run_that_was_not(
    tmp_path: Path,
) -> None:
    with Publisher() as tide, Publisher("127.0.1.1") as late:
        tide.write_many(PAGES)
        late.write("ferry", "The ferry is late")
        tide.answer("/news/gone", Answer(410), always=True)
        (tmp_path / "more.txt").write_text(f"{tide.url}/news/gone\n", encoding="utf-8")
        sources = tmp_path / "sources.yml"
        sources.write_text(
            "sources:\n  - {id: tide, name: Tide, site: tide.example, feeds: "
            f"['{tide.url}/rss.xml'], lists: [more.txt]}}\n"
            "  - {id: late, name: Late, site: late.example, feeds: "
            f"['{late.url}/rss.xml']}}\n",
            encoding="utf-8",
        )
        run(
            tmp_path / "calm" / "w.duckdb", sources, DELAY, process=process_here,
            process_ahead=process_ahead_here,
        )  # fmt: skip
        expected = contents(tmp_path / "calm" / "w.duckdb", EQUAL)
        assert len(expected["articles"]) == PAGES + 1
        tide.forget()
        warehouse = tmp_path / "killed" / "w.duckdb"
        asked, page = [], late._fixed["/news/ferry"]
        late.answer("/news/ferry", faults.slow_headers(), always=True)
        for phase in ("fetch", "early", *PHASES[1:]):
            killed_on(warehouse, sources, tide, phase)
            if phase == "early":
                assert ask(published_path(warehouse), COUNT) == [(PAGES,)]
                late.answer("/news/ferry", page, always=True)
            asked.append(tide.count())
        run(warehouse, sources, DELAY, process=process_here, process_ahead=process_ahead_here)
        asked.append(tide.count())
        found = contents(warehouse, EQUAL)
        assert {table: rows for table, rows in found.items() if rows != expected[table]} == {}
        assert ask(published_path(warehouse), COUNT) == [(PAGES + 1,)]
        killed_fetching, *after = asked
        assert killed_fetching < after[0]
        assert len(set(after)) == 1, "what was fetched is not fetched again"
        assert max(tide.count(path) for path in {seen.path for seen in tide.log}) <= 2
