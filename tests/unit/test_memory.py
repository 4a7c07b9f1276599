"""What does not fit into memory is asked again, in ways that take less."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from warehouse import memory
from warehouse.memory import within_load_memory, within_memory
from warehouse.transaction import transaction

BOUNDS = "SELECT current_setting('memory_limit'), current_setting('threads')"

SMALL, LARGE = "9.5 MiB", "57.2 MiB"
"""10MB and 60MB as DuckDB shows them."""


@pytest.fixture
def connection(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A database whose queries are kept within 10 MB and four threads, then within 60 MB."""
    monkeypatch.setattr(memory, "MEMORY", "10MB")
    monkeypatch.setattr(memory, "MORE_MEMORY", "60MB")
    with duckdb.connect(str(tmp_path / "w.duckdb")) as opened:
        opened.execute("SET threads = 8")
        yield opened


@pytest.mark.parametrize(
    ("attempts", "expected"),
    [(1, (SMALL, 4)), (2, (SMALL, 1)), (3, (LARGE, 1))],
    ids=["at once", "one thread", "more memory"],
)
def test_each_attempt_takes_less_and_the_last_may_hold_more(
    connection: duckdb.DuckDBPyConnection, attempts: int, expected: tuple[str, int]
) -> None:
    seen = []

    def ask() -> None:
        seen.append(connection.execute(BOUNDS).fetchall()[0])
        if len(seen) < attempts:
            raise duckdb.OutOfMemoryException("it does not fit")

    within_memory(connection, ask)
    assert (len(seen), seen[-1]) == (attempts, expected)
    assert connection.execute(BOUNDS).fetchall() == [(SMALL, 4)]


def test_a_session_with_one_thread_gets_no_more(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("SET threads = 1")
    within_memory(connection, lambda: None)
    assert connection.execute(BOUNDS).fetchall() == [(SMALL, 1)]


def test_a_query_that_needs_more_than_the_first_bound_is_answered(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    """A list of one group does not go to a file: it takes 16 MB."""
    query = "SELECT len(list(i)) FROM range(2_000_000) AS r(i)"

    def ask() -> list[tuple[int]]:
        return connection.execute(query).fetchall()

    connection.execute("SET memory_limit = '10MB'")
    with pytest.raises(duckdb.OutOfMemoryException):
        ask()
    assert within_memory(connection, ask) == [(2_000_000,)]


def test_what_never_fits_is_told(connection: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT len(list(i)) FROM range(20_000_000) AS r(i)"
    with pytest.raises(duckdb.OutOfMemoryException):
        within_memory(connection, lambda: connection.execute(query).fetchall())
    assert connection.execute("SELECT 1").fetchall() == [(1,)]


def test_a_load_has_memory_for_its_pages_and_is_tried_again_without_a_bound(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(memory, "LOAD_MB", 10)
    seen: list[tuple[str, int]] = []
    connection.execute("SET threads = 2; CREATE TABLE t (n INTEGER)")
    unbound = connection.execute(BOUNDS).fetchall()[0]

    def load() -> None:
        with transaction(connection):
            seen.extend(connection.execute(BOUNDS).fetchall())
            connection.execute("INSERT INTO t SELECT len(list(i)) FROM range(5_000_000) AS r(i)")

    within_load_memory(connection, 20, load)
    assert seen == [("28.6 MiB", 1), unbound]
    assert connection.execute("FROM t").fetchall() == [(5_000_000,)]
    assert connection.execute(BOUNDS).fetchall() == [unbound]


@pytest.mark.parametrize(("is_lake", "most"), [(False, 4), (True, 8)])
def test_a_load_of_few_pages_has_one_thread_and_one_of_many_has_several(
    connection: duckdb.DuckDBPyConnection,
    monkeypatch: pytest.MonkeyPatch,
    is_lake: bool,
    most: int,
) -> None:
    monkeypatch.setattr(memory, "is_lake", lambda _: is_lake)
    few, many = (
        within_load_memory(connection, count, lambda: connection.execute(BOUNDS).fetchall()[0][1])
        for count in (memory.FEW_PAGES, memory.FEW_PAGES + 1)
    )
    assert (few, many) == (1, most)
    assert connection.execute(BOUNDS).fetchall()[0][1] == 8
