"""What a round asks the warehouse, and how long it asks a host."""

from __future__ import annotations

import asyncio
import threading
from collections import deque
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from flows.acquire.web.hosts import Hosts, HostState
from flows.acquire.web.jobs import Job
from flows.acquire.web.known import KnownAddresses
from flows.acquire.web.patience import Patience
from flows.acquire.web.schedule import UrlState, left_over
from flows.acquire.web.settings import FetchSettings
from flows.steps.fetch_state import WarehouseMemory
from tests.new_warehouse import new_warehouse
from warehouse.homes.duckdb_file import open_writer

NOW = datetime(2026, 3, 1, tzinfo=UTC)


class SlowMemory:
    """Answers its first question when `answers` is set; keeps every question."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.begins, self.answers = threading.Event(), threading.Event()

    def states(self, keys: Sequence[str]) -> dict[str, UrlState]:
        self.asked.append(list(keys))
        self.begins.set()
        self.answers.wait()
        return {key: left_over(key, key, "tide", NOW) for key in keys if key != "new"}

    def due(self, source_ids: Sequence[str], now: datetime, limit: int) -> list[UrlState]:
        return []

    def host(self, host: str) -> HostState | None:
        return None


def test_what_is_wanted_while_a_question_is_under_way_is_one_question() -> None:
    memory = SlowMemory()

    async def ask() -> KnownAddresses:
        known = KnownAddresses(FetchSettings(), memory, NOW + timedelta(hours=1))
        first = asyncio.create_task(known.recall(["a"]))
        await asyncio.to_thread(memory.begins.wait)
        more = [asyncio.create_task(known.recall([key, "b"])) for key in ("c", "new", "d")]
        await asyncio.sleep(0)
        memory.answers.set()
        await asyncio.gather(first, *more)
        await known.recall(["a", "b", "new"])
        return known

    known = asyncio.run(ask())
    assert memory.asked == [["a"], ["c", "b", "new", "d"]]
    assert [bool(known.state(key)) for key in ("a", "d", "new")] == [True, True, False]


def test_an_address_is_due_that_a_clock_ahead_put_off() -> None:
    put_off = NOW + timedelta(days=3)
    fetched = replace(left_over("a", "a", "tide", NOW), due_at=put_off)
    assert not fetched.is_due(NOW)
    ahead = timedelta(days=400)
    assert replace(fetched, fetched_at=NOW + ahead, due_at=put_off + ahead).is_due(NOW)
    assert not replace(fetched, fetched_at=NOW + ahead, due_at=None).is_due(NOW)


def test_the_warehouse_names_the_pages_that_a_clock_ahead_put_off(tmp_path: Path) -> None:
    warehouse = new_warehouse(tmp_path / "w.duckdb")
    days = {"due": (-3, 0), "later": (-1, 2), "put off": (400, 403), "given up": (400, None)}
    with open_writer(warehouse, 5, print) as connection:
        for key, (fetched, due) in days.items():
            connection.execute(
                "INSERT INTO meta.urls (url_key, url, kind, source_id, fetched_at, due_at, outcome,"
                " failure_count, look_count, final_url, run_id) VALUES ($key, $key, 'page', 'tide',"
                " $now::TIMESTAMPTZ + to_days($fetched), $now::TIMESTAMPTZ + to_days($due), 'ok', "
                "0, 1, $key, 'r')",
                {"key": key, "now": NOW, "fetched": fetched, "due": due},
            )
    found = WarehouseMemory(warehouse, 5).due(["tide"], NOW, 5)
    assert [state.url for state in found] == ["due", "put off"]
    assert all(state.is_due(NOW) for state in found)


def test_a_host_with_many_pages_is_bounded_once_another_is_done() -> None:
    settings = FetchSettings(host_minutes=1e-9)
    queues = {"long": deque([Job("http://long/a", "a", "page")]), "other": deque[Job]()}
    done: set[str] = set()
    patience = Patience(settings, Hosts(settings), queues, {"long"}, done)

    async def look() -> list[bool]:
        patience.begin()
        found = [patience.has_time("long")]
        done.add("other")
        found.append(patience.has_time("long"))
        queues["long"].append(Job("http://long/b", "b", "any", is_asked=True))
        return [*found, patience.has_time("long")]

    assert asyncio.run(look()) == [True, False, True], "alone, bounded, named by somebody"
