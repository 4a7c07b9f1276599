"""The table `sources`: equal to the file, and nothing forgotten."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import duckdb
import pytest

from flows.acquire.sources import Source
from flows.steps.run import source_rows
from tests.new_warehouse import new_warehouse
from warehouse.check_views import create_bounds
from warehouse.sources import have_sources_changed, write_sources

TIDE = Source(id="tide", name="Ellery Tide", site="tide.example", country="GB", owner="Tide Ltd")
POST = Source(id="post", name="Meridian Post", site="post.example", language="en", tier=1)


@pytest.fixture
def warehouse(tmp_path: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(new_warehouse(tmp_path / "w.duckdb"))) as connection:
        yield connection


def table(warehouse: duckdb.DuckDBPyConnection) -> list[tuple[object, ...]]:
    query = "SELECT source_id, name, country, owner, tier, is_enabled FROM sources ORDER BY ALL"
    return warehouse.execute(query).fetchall()


def test_sources_are_written_once_and_again_only_when_they_change(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = source_rows([TIDE, POST])
    assert write_sources(warehouse, rows)
    expected = [
        ("post", "Meridian Post", None, None, 1, True),
        ("tide", "Ellery Tide", "GB", "Tide Ltd", 2, True),
    ]
    assert table(warehouse) == expected
    assert not write_sources(warehouse, rows)
    renamed = POST.model_copy(update={"name": "The Meridian Post"})
    assert write_sources(warehouse, source_rows([TIDE, renamed]))
    assert table(warehouse)[0][1] == "The Meridian Post"


def test_a_source_gone_from_the_file_keeps_its_row(warehouse: duckdb.DuckDBPyConnection) -> None:
    write_sources(warehouse, source_rows([TIDE, POST]))
    assert write_sources(warehouse, source_rows([POST]))
    assert [(row[0], row[-1]) for row in table(warehouse)] == [("post", True), ("tide", False)]
    assert not write_sources(warehouse, source_rows([POST]))


def test_a_run_without_a_sources_file_changes_nothing(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    write_sources(warehouse, source_rows([TIDE]))
    assert not have_sources_changed(warehouse, ())
    assert not write_sources(warehouse, ())
    assert table(warehouse)[0][-1] is True


class Counting:
    """A connection that counts what it is asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection
        self.count = 0

    def execute(self, *given: Any) -> duckdb.DuckDBPyConnection:
        """Count one statement and run it."""
        self.count += 1
        return self.connection.execute(*given)

    def executemany(self, query: str, rows: list[Any]) -> duckdb.DuckDBPyConnection:
        """Count one statement a row, as DuckDB runs them."""
        self.count += len(rows)
        return self.connection.executemany(query, rows)


@pytest.mark.parametrize("what", ["sources", "bounds"])
def test_many_sources_take_as_many_statements_as_one(
    warehouse: duckdb.DuckDBPyConnection, what: str
) -> None:
    counts = []
    for number in (1, 50):
        counting = Counting(warehouse)
        connection = cast("duckdb.DuckDBPyConnection", counting)
        if what == "sources":
            many = [TIDE.model_copy(update={"id": f"s{n}"}) for n in range(number)]
            write_sources(connection, source_rows(many))
        else:
            create_bounds(connection, [(f"s{n}", n, None) for n in range(number)])
            found = warehouse.execute("FROM source_bounds ORDER BY least").fetchall()
            assert found == [(f"s{n}", n, None) for n in range(number)]
        counts.append(counting.count)
    assert counts[0] == counts[1]
