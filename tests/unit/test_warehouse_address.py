"""Names of warehouses: which DuckDB cannot work with, and which only look so."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from warehouse.errors import WarehouseError
from warehouse.homes.address import read_address


@pytest.mark.parametrize(
    "name", ["a?b.duckdb", "a?/b.duckdb", "meta", "Meta.duckdb", "x/META.published.duckdb"]
)
def test_names_that_duckdb_takes_for_something_else_are_refused(name: str) -> None:
    for given in (name, Path(name)):
        with pytest.raises(WarehouseError, match="DuckDB"):
            read_address(given)


@pytest.mark.parametrize(
    "name", ["metadata.duckdb", "x.meta.duckdb", "meta/x.duckdb", "[x].duckdb", "main.duckdb"]
)
def test_names_that_only_look_so_work(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    assert read_address(str(path)) == path
    path.parent.mkdir(exist_ok=True)
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE SCHEMA meta; CREATE TABLE meta.runs (number INT)")
        assert connection.execute("SELECT count(*) FROM meta.runs").fetchall() == [(0,)]


@pytest.mark.parametrize("name", ["meta.duckdb", "meta.published.duckdb"])
def test_duckdb_still_has_the_trouble_for_which_meta_is_refused(tmp_path: Path, name: str) -> None:
    with duckdb.connect(str(tmp_path / name)) as connection:
        connection.execute("CREATE SCHEMA meta")
        with pytest.raises(duckdb.BinderException, match="Ambiguous"):
            connection.execute("CREATE TABLE meta.runs (number INT)")
