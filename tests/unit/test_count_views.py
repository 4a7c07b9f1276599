"""Views that are counted once answer as they did when they counted for themselves."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import duckdb
import pytest

from schemas import TABLES
from tests.bench.large_warehouse import build
from tests.flow.test_growth import PROFILED, scans
from warehouse import count_views
from warehouse.count_views import COUNT_TABLES, COUNTED, drop_counts, update_counts
from warehouse.sql import SqlFile, quoted, read_folder

ARTICLES = 400


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of generated articles."""
    path = tmp_path_factory.mktemp("built") / "w.duckdb"
    build(path, ARTICLES)
    return path


@pytest.fixture
def warehouse(
    built: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[duckdb.DuckDBPyConnection]:
    """A copy of it, open for writing; it is large enough to be counted, in five parts."""
    monkeypatch.setattr(count_views, "MIN_ARTICLES", ARTICLES // 2)
    monkeypatch.setattr(count_views, "PART_ARTICLES", ARTICLES // 5)
    path = tmp_path / "w.duckdb"
    path.write_bytes(built.read_bytes())
    with duckdb.connect(str(path)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("UPDATE articles SET first_seen_at = first_seen_at - to_days(9) "
                           "WHERE rowid < 200; UPDATE utterances SET first_seen_at = "
                           "first_seen_at - to_days(9) WHERE rowid < 900; UPDATE articles SET "
                           "published_on = first_seen_at::DATE")  # fmt: skip
        connection.execute("UPDATE meta.runs SET started_at = (SELECT max(first_seen_at) FROM "
                           "articles)")  # fmt: skip
        yield connection


def rows(connection: duckdb.DuckDBPyConnection, view: str) -> list[tuple[object, ...]]:
    """Every row of a view."""
    return connection.execute(f"FROM {view} ORDER BY ALL").fetchall()


@pytest.mark.parametrize("view", sorted(COUNTED))
def test_a_counted_view_answers_as_before(warehouse: duckdb.DuckDBPyConnection, view: str) -> None:
    before = rows(warehouse, view)
    assert update_counts(warehouse) == sorted(COUNTED)
    assert rows(warehouse, COUNTED[view].table)
    assert rows(warehouse, view) == before
    drop_counts(warehouse)
    assert rows(warehouse, view) == before


def test_every_table_of_counts_is_forgotten_and_not_moved() -> None:
    assert set(COUNT_TABLES) == {t.name for t in TABLES if t.name.startswith("meta.count")}


def test_a_small_warehouse_is_not_counted(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(count_views, "MIN_ARTICLES", ARTICLES + 1)
    assert update_counts(warehouse) == []
    assert not rows(warehouse, "meta.counted_pairs")


def test_views_are_counted_anew_when_enough_is_new(warehouse: duckdb.DuckDBPyConnection) -> None:
    update_counts(warehouse)
    assert update_counts(warehouse) == []
    load = (
        "INSERT INTO meta.runs BY NAME SELECT * REPLACE (load_number + 1 AS load_number, {} AS "
        "loaded_count) FROM meta.runs ORDER BY load_number DESC LIMIT 1"
    )
    warehouse.execute(load.format(ARTICLES // 20))
    assert update_counts(warehouse) == sorted(COUNTED.keys() - {"entity_pairs"})
    warehouse.execute(load.format(ARTICLES // 10))
    assert update_counts(warehouse) == sorted(COUNTED)


def test_an_article_of_next_year_settles_no_day_of_this_one(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    update_counts(warehouse)
    settled = rows(warehouse, "(SELECT view_name, settled_at FROM meta.counts)")
    warehouse.execute("UPDATE articles SET first_seen_at = now() + to_days(400) WHERE rowid = 0")
    drop_counts(warehouse)
    update_counts(warehouse)
    assert rows(warehouse, "(SELECT view_name, settled_at FROM meta.counts)") == settled


@pytest.mark.parametrize(
    ("folder", "query"),
    [
        ("monitors", "fields_are_filled"),
        ("monitor_causes", "source_is_heard"),
        ("monitor_causes", "source_volume"),
    ],
)
def test_an_article_of_next_year_hides_no_day_of_a_source_from_its_monitors(
    warehouse: duckdb.DuckDBPyConnection, folder: str, query: str
) -> None:
    (text,) = (file.text for file in read_folder(folder) if file.name == query)
    warehouse.execute("UPDATE articles SET source_id = 'tide'; UPDATE meta.pages SET source_id = "
                      "'tide', fetched_at = now() WHERE rowid < 5")  # fmt: skip
    answer = f"({text.replace('{source}', quoted('tide')).rstrip().rstrip(';')})"
    before = rows(warehouse, answer)
    warehouse.execute("UPDATE articles SET first_seen_at = now() + to_days(400) WHERE rowid = 0")
    warehouse.execute("UPDATE meta.pages SET fetched_at = now() + to_days(400) WHERE rowid = 0")
    after = rows(warehouse, answer)
    assert {row[0] for row in before} <= {row[0] for row in after}


def test_a_view_whose_count_does_not_fit_into_memory_stops_no_other(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    def count(connection: duckdb.DuckDBPyConnection, file: SqlFile, *rest: Any) -> None:
        if file.name == "entity_daily":
            connection.execute("DELETE FROM meta.counts")
            raise duckdb.OutOfMemoryException("Out of Memory Error: no block")
        really_count(connection, file, *rest)

    really_count = count_views._write_count
    update_counts(warehouse)
    before = rows(warehouse, "(SELECT view_name FROM meta.counts)")
    warehouse.execute("UPDATE meta.runs SET load_number = load_number + 10_000")
    monkeypatch.setattr(count_views, "_write_count", count)
    said: list[str] = []
    assert update_counts(warehouse, said.append) == sorted(COUNTED.keys() - {"entity_daily"})
    assert said == ["entity_daily is as old as its last count: Out of Memory Error: no block"]
    assert rows(warehouse, "(SELECT view_name FROM meta.counts)") == before


def test_the_most_frequent_pairs_are_kept(
    warehouse: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    pairs = rows(warehouse, "(SELECT article_count FROM entity_pairs)")
    monkeypatch.setattr(count_views, "PART_ARTICLES", ARTICLES)
    monkeypatch.setattr(count_views, "MAX_PAIRS", len(pairs) // 10)
    update_counts(warehouse)
    kept = rows(warehouse, "(SELECT article_count FROM entity_pairs)")
    assert 0 < len(kept) <= len(pairs) // 10
    assert kept == pairs[-len(kept) :]


CHUNK = 2_048
"""Rows that DuckDB reads at once."""

LARGE = ("mention_rows", "quote_rows", "boilerplate_rows", "articles")


def rows_of_large_tables(connection: duckdb.DuckDBPyConnection, query: str) -> int:
    """The rows of LARGE that the scans of a query pass on."""
    connection.execute("PRAGMA enable_profiling='no_output'")
    connection.execute(f"SET custom_profiling_settings = '{json.dumps(PROFILED)}'")
    connection.execute(query)
    profile = json.loads(connection.get_profiling_information(format="json"))
    connection.execute("PRAGMA disable_profiling")
    return sum(
        int(scan["operator_cardinality"])
        for scan in scans(profile)
        if str(scan["extra_info"].get("Table", "")).rsplit(".", 1)[-1] in LARGE
    )


@pytest.mark.parametrize("view", ["entity_pairs", "stripped_by_source"])
def test_a_counted_view_reads_a_chunk_of_large_tables(
    warehouse: duckdb.DuckDBPyConnection, view: str
) -> None:
    query = f"SELECT * FROM {view} LIMIT 10"
    assert rows_of_large_tables(warehouse, query) > 2 * CHUNK + ARTICLES
    update_counts(warehouse)
    # a scan whose join has nothing on the other side ends after one chunk
    assert rows_of_large_tables(warehouse, query) <= 2 * CHUNK + ARTICLES


def test_wordings_reads_no_text(warehouse: duckdb.DuckDBPyConnection) -> None:
    plan = str(warehouse.execute("EXPLAIN FROM wordings WHERE site = 'x'").fetchall())
    assert "char_start" not in plan
