"""How sessions begin, and what long parameters cost."""

from __future__ import annotations

import sys
from pathlib import Path

import duckdb
import polars as pl
import pytest

from flows.steps.kept_open import KeptOpen
from flows.steps.plan import loaded_pages
from tests.flow.pages import request
from tests.new_warehouse import new_warehouse
from warehouse.extensions import load_extension
from warehouse.homes.duckdb_file import open_writer
from warehouse.sql import insert_frame
from warehouse.start_duckdb import MAX_SMALL, fit_to_size, start_duckdb


class CountingFinder:
    """Counts how often pandas is looked for; finds nothing."""

    count = 0

    def find_spec(self, name: str, *_: object) -> None:
        self.count += name == "pandas"


@pytest.fixture
def finder(monkeypatch: pytest.MonkeyPatch) -> CountingFinder:
    """Looks that DuckDB takes; `tests/conftest.py` spares other tests each of them."""
    if sys.modules["pandas"] is not None:
        pytest.skip("pandas is installed: it is found at the first look")
    finder = CountingFinder()
    monkeypatch.delitem(sys.modules, "pandas")
    monkeypatch.setattr(sys, "meta_path", [finder, *sys.meta_path])
    duckdb.execute("SELECT ?", [1])
    assert finder.count, "a value costs a look"
    return finder


def test_a_list_of_keys_costs_no_look_for_pandas_a_key(
    tmp_path: Path, finder: CountingFinder
) -> None:
    with open_writer(new_warehouse(tmp_path / "w.duckdb"), 0, print) as connection:
        finder.count = 0
        assert loaded_pages(connection, [f"page {n}" for n in range(50)]) == {}
    assert finder.count < 10


def test_rows_of_a_frame_cost_no_look_for_pandas_a_row(finder: CountingFinder) -> None:
    rows = [(n, [n, 2 * n]) for n in range(50)]
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE kept (words UINTEGER[], key BIGINT)")
        finder.count = 0
        insert_frame(connection, "kept", pl.DataFrame(rows, schema=["key", "words"], orient="row"))
        assert connection.execute("SELECT key, words FROM kept ORDER BY key").fetchall() == rows
    assert finder.count < 10


def test_a_long_query_draws_no_bar_into_its_answer() -> None:
    with start_duckdb() as connection:
        bar = connection.execute("SELECT current_setting('enable_progress_bar')").fetchone()
    assert bar == (False,)


def test_a_session_fetches_nothing_and_checks_no_signature(tmp_path: Path) -> None:
    with open_writer(tmp_path / "w.duckdb", 0, print) as connection:
        settings = ("autoinstall_known_extensions", "autoload_known_extensions")
        for setting in (*settings, "allow_unsigned_extensions"):
            found = connection.execute("SELECT current_setting(?)", [setting]).fetchall()
            assert found == [(setting not in settings,)]
        load_extension(connection, "fts")
        with pytest.raises(duckdb.Error):
            connection.execute("SELECT st_point(1, 2)")  # of the extension `spatial`


def chosen(connection: duckdb.DuckDBPyConnection) -> tuple[int, set[str]]:
    """Threads, and the optimizers that are turned off."""
    found = connection.execute(
        "SELECT current_setting('threads'), current_setting('disabled_optimizers')"
    ).fetchone()
    assert found is not None
    return found[0], set(filter(None, found[1].split(",")))


@pytest.mark.parametrize(
    ("stored_count", "coming_count", "is_small"),
    [(0, 0, True), (MAX_SMALL, 0, True), (0, MAX_SMALL + 1, False), (MAX_SMALL, 1, False)],
)
def test_little_data_is_planned_in_short_by_one_thread(
    stored_count: int, coming_count: int, is_small: bool
) -> None:
    with start_duckdb() as connection:
        connection.execute("SET threads = 2")
        connection.execute(f"CREATE TABLE articles AS FROM range({stored_count})")
        fit_to_size(connection, coming_count)
        small = (1, {"join_order", "statistics_propagation"})
        assert chosen(connection) == (small if is_small else (2, set()))


def test_a_run_sets_its_session_up(tmp_path: Path) -> None:
    kept = KeptOpen(request(tmp_path))
    assert chosen(kept.open())[1]
    kept.close()
