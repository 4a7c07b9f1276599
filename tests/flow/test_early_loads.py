"""Pages of good hosts are loaded while a slow host is still being fetched. At the end the tables
are those of a run that loads once.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.acquire.page import PageRef
from flows.acquire.raw.files import RawStoreError
from flows.config.errors import InputError
from flows.progress import Reporter, report_to
from flows.steps import ahead
from flows.steps.early_loads import CompleteSource, EarlyLoads
from flows.steps.run import Run
from flows.steps.subprocesses import WorkerError
from tests.bench.torture.command import OPEN_TABLES
from tests.flow.crashing import FETCHED
from tests.flow.pages import ask, contents, ingest, process_ahead_here, process_here
from tests.flow.test_fetch import asked
from tests.web.publisher import Handler, Played, Publisher
from warehouse.errors import WarehouseError
from warehouse.homes.duckdb_file import published_path
from warehouse.load import LedgerError

PAGES = 4

EQUAL = OPEN_TABLES | {
    "meta.pages": FETCHED["meta.pages"],
    "meta.fetches": FETCHED["meta.fetches"],
    "meta.urls": FETCHED["meta.urls"],
    "meta.links": "SELECT kind, from_id, to_id FROM meta.links ORDER BY ALL",
    "meta.metrics": "SELECT source_id, metric, value FROM meta.metrics "
    "WHERE metric <> 'fetched_bytes' ORDER BY ALL",
    "meta.checks": "SELECT check_name, source_id, dimension, is_passed, row_count "
    "FROM meta.checks ORDER BY ALL",
    "meta.incidents": "SELECT check_name, source_id, dimension FROM meta.incidents ORDER BY ALL",
}
"""What a run with an early load shares with one that loads once. How alike two articles are
depends on how rare their words are among the articles that are loaded by then.
"""


class Hanging(Reporter):
    """A host that answers one page only after the run has given a notice."""

    def __init__(self, host: Publisher, notice: str, then: Callable[[], None]) -> None:
        """`then` is called after the notice, before the page is answered."""
        self.said: list[str] = []
        self._notice, self._then, self._page = notice, then, host._fixed["/news/late"]
        self._given = threading.Event()
        host.answer("/news/late", Played(play=self._wait_then_answer))

    def say(self, message: str) -> None:
        self.said.append(message)
        if self._notice in message:
            self._then()
            self._given.set()

    def _wait_then_answer(self, handler: Handler) -> None:
        assert self._given.wait(60)
        handler.send_response(200)
        handler.send_header("Content-Type", str(self._page.content_type))
        handler.send_header("Content-Length", str(len(self._page.body)))
        handler.end_headers()
        handler.wfile.write(self._page.body)


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Publisher, Publisher]]:
    monkeypatch.setattr(ahead, "MAX_WAIT_SECONDS", 0.01)
    with Publisher() as good, Publisher("127.0.1.1") as slow:
        good.write_many(PAGES)
        slow.write("late", "The ferry is late")
        yield good, slow


def run(
    folder: Path,
    hosts: tuple[Publisher, Publisher],
    between: Callable[[Run], None] = lambda _: None,
    process: Callable[[Path, Path], object] = process_here,
    load_seconds: float = 0,
) -> None:
    """Ingest the good host's feed and the slow host's page, by name: they are waited for."""
    good, slow = hosts
    folder.mkdir(exist_ok=True)
    request = asked(
        folder, f"{slow.url}/news/late", f"{good.url}/rss.xml",
        read_timeout=60, page_timeout=60, load_seconds=load_seconds,
    )  # fmt: skip
    ingest(request, between, process, process_ahead_here)


RUNS = "SELECT flow, state, page_count, loaded_count, load_number FROM meta.runs ORDER BY run_id"


def test_good_pages_are_read_while_a_host_hangs_and_the_tables_are_those_of_one_load(
    tmp_path: Path, hosts: tuple[Publisher, Publisher]
) -> None:
    warehouse, seen = tmp_path / "early" / "w.duckdb", list[tuple[int]]()

    def look() -> None:
        for place in (warehouse, published_path(warehouse)):
            seen.extend(ask(place, "SELECT count(*) FROM articles"))
        seen.extend(ask(warehouse, "SELECT page_count FROM meta.runs"))

    with report_to(Hanging(hosts[1], f"loaded {PAGES} pages", look)):
        run(tmp_path / "early", hosts)
    assert seen == [(PAGES,)] * 3
    assert ask(warehouse, RUNS) == [("ingest", "loaded", PAGES + 1, PAGES + 1, 2)]
    run(tmp_path / "calm", hosts, load_seconds=3600)
    calm = tmp_path / "calm" / "w.duckdb"
    assert ask(calm, RUNS) == [("ingest", "loaded", PAGES + 1, PAGES + 1, 1)]
    expected, found = contents(calm, EQUAL), contents(warehouse, EQUAL)
    assert {name: rows for name, rows in found.items() if rows != expected[name]} == {}


def test_a_part_that_fails_is_loaded_at_the_end(
    tmp_path: Path, hosts: tuple[Publisher, Publisher]
) -> None:
    def process(batch_file: Path, stage: Path) -> None:
        if "part-1" in batch_file.parts:
            raise WorkerError("no space left")
        process_here(batch_file, stage)

    with report_to(Hanging(hosts[1], "early failed (no space left)", lambda: None)):
        run(tmp_path, hosts, process=process)
    one_load = [("ingest", "loaded", PAGES + 1, PAGES + 1, 1)]
    assert ask(tmp_path / "w.duckdb", RUNS) == one_load


def test_what_fails_after_a_part_is_a_run_of_its_own_and_the_next_one_loads_it(
    tmp_path: Path, hosts: tuple[Publisher, Publisher]
) -> None:
    def lose_a_batch(run: Run) -> None:
        (batch,) = run.stage.glob("0001/meta.pages.parquet")
        batch.unlink()

    with (
        report_to(Hanging(hosts[1], "loaded", lambda: None)),
        pytest.raises(LedgerError, match="5 pages were seen, 4 of them"),
    ):
        run(tmp_path, hosts, lose_a_batch)
    part = ("ingest", "loaded", PAGES, PAGES, 1)
    assert ask(tmp_path / "w.duckdb", RUNS) == [part, ("ingest", "failed", 1, 0, 2)]
    run(tmp_path, hosts)
    assert ask(tmp_path / "w.duckdb", RUNS)[2:] == [("ingest", "loaded", PAGES + 1, 1, 3)]


PAGE = PageRef("a", "a.html", datetime(2026, 3, 1, tzinfo=UTC), True)


def loads(
    seconds: float,
    load: Callable[[int], bool],
    has_result: Callable[[PageRef], bool] = lambda _: True,
    count: int = 1,
) -> tuple[PageRef, ...]:
    """Give `count` sources of one page, each after the load of the one before; return what was
    loaded.
    """
    is_done = threading.Semaphore(0)

    def counted(number: int, loaded_count: int, sources: Sequence[CompleteSource]) -> bool:
        try:
            return load(number)
        finally:
            is_done.release()

    with EarlyLoads(counted, has_result, seconds) as early:
        for _ in range(count):
            early.add(CompleteSource((PAGE,), (PAGE,)))
            early.after(lambda file, folder: None)(Path(), Path())
            if seconds == 0 and has_result(PAGE):
                assert is_done.acquire(timeout=60)
    return early.loaded


def test_a_short_run_loads_once() -> None:
    assert loads(3600, lambda _: pytest.fail("it is not time")) == ()


def test_pages_that_are_not_processed_wait_for_the_end() -> None:
    assert loads(0, lambda _: pytest.fail("there is no result"), lambda _: False) == ()


@pytest.mark.parametrize("failure", [WarehouseError, RawStoreError, InputError])
def test_what_is_not_new_waits_for_the_end_and_after_a_failure_everything_does(
    failure: type[Exception], monkeypatch: pytest.MonkeyPatch
) -> None:
    numbers: list[int] = []

    def load(number: int) -> bool:
        numbers.append(number)
        if len(numbers) == 4:
            raise failure("it is not there")
        return len(numbers) > 1

    monkeypatch.setattr("flows.steps.early_loads.PAUSE_SHARE", 0)
    assert loads(0, load, count=4) == (PAGE, PAGE)
    assert numbers == [1, 1, 2, 3]
