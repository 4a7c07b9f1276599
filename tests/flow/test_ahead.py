"""Pages of good hosts are cleaned while a slow host is still being fetched, and the tables are the
same as without.
"""

from __future__ import annotations

import errno
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.acquire.page import PageRef
from flows.steps import ahead, plan
from flows.worker import batch as batches
from flows.worker.batch import Batch
from flows.worker.process_page import Tools, process_page
from flows.worker.rows import ProcessedPage, RunContext
from tests.flow.crashing import FETCHED
from tests.flow.pages import ask, contents, ingest, process_ahead_here
from tests.flow.test_fetch import asked
from tests.web.publisher import Handler, Played, Publisher

pytestmark = pytest.mark.usefixtures("unwarned")

PAGES = 4


def test_a_batch_that_has_no_room_is_left_alone_and_the_next_one_is_processed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ahead, "MAX_PAGES", 1)
    files = list[str]()
    is_done = threading.Event()

    def process(file: Path, folder: Path) -> None:
        files.append(file.name)
        if len(files) == 1:
            raise OSError(errno.ENOSPC, "no room on the disk")
        is_done.set()

    page = PageRef("a", "a.html", datetime(2026, 3, 1, tzinfo=UTC), True)
    with ahead.Ahead(RunContext("run", "version", {}), tmp_path, 1, process) as hands:
        for _ in range(2):
            hands.add(page)
        assert is_done.wait(60)
    assert files == ["0001.json", "0002.json"]


@pytest.fixture
def hosts(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Publisher, Publisher]]:
    monkeypatch.setattr(ahead, "MAX_WAIT_SECONDS", 0.01)
    with Publisher() as good, Publisher("127.0.1.1") as slow:
        good.write_many(PAGES)
        good.put("/news/twin", good._fixed["/news/00001-harbour"].body)
        slow.write("late", "The ferry is late")
        yield good, slow


def test_pages_are_cleaned_while_a_slow_host_is_fetched(
    tmp_path: Path, hosts: tuple[Publisher, Publisher], monkeypatch: pytest.MonkeyPatch
) -> None:
    good, slow = hosts
    cleaned, page = threading.Event(), slow._fixed["/news/late"]
    places: list[str] = []

    def wait_then_answer(handler: Handler) -> None:
        """Say nothing until the other host's pages are cleaned."""
        assert cleaned.wait(60)
        handler.send_response(200)
        handler.send_header("Content-Type", str(page.content_type))
        handler.send_header("Content-Length", str(len(page.body)))
        handler.end_headers()
        handler.wfile.write(page.body)

    def process_here(file: Path, folder: Path) -> None:
        process_ahead_here(file, folder)
        places.extend(ref.location for _, ref in Batch.read(file).pages)
        if len(places) == PAGES + 1:
            cleaned.set()

    def counted(ref: PageRef, position: int, tools: Tools) -> ProcessedPage:
        processed.append(ref.location)
        return process_page(ref, position, tools)

    processed: list[str] = []
    monkeypatch.setattr(plan, "SETTLED_NS", 0)
    monkeypatch.setattr(batches, "process_page", counted)
    urls = (f"{slow.url}/news/late", f"{good.url}/rss.xml", f"{good.url}/news/twin")
    slow.answer("/news/late", Played(play=wait_then_answer))
    (tmp_path / "ahead").mkdir()
    request = asked(tmp_path / "ahead", *urls, read_timeout=60, page_timeout=60)
    ingest(request, ahead=process_here)
    assert sorted(places)[:PAGES] == sorted(good.url + path for path in good._stories)
    assert set(processed) <= {f"{slow.url}/news/late"}, "what was cleaned is not cleaned again"
    assert not list((tmp_path / "ahead").glob("w.runs/*/ahead"))
    stamped = "SELECT bool_and(file_stamp IS NOT NULL) FROM meta.pages"
    assert ask(tmp_path / "ahead" / "w.duckdb", stamped) == [(True,)], "as the plan refers to them"

    (tmp_path / "calm").mkdir()
    ingest(asked(tmp_path / "calm", *urls))
    expected = contents(tmp_path / "calm" / "w.duckdb", FETCHED)
    assert len(expected["articles"]) == PAGES + 1
    assert "duplicate" in str(expected["meta.pages"])
    assert contents(tmp_path / "ahead" / "w.duckdb", FETCHED) == expected
