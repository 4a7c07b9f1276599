"""What the smallest run costs, counted in openings of the warehouse and in statements: each takes
DuckDB one to two milliseconds, however little there is to do.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.flow.pages import ingest, request, write_parts
from warehouse import run_sql
from warehouse.homes import duckdb_file

MAX_STATEMENTS = 445
"""One page into a warehouse of two articles took 440."""


class Counted:
    """A connection that notes what it is asked."""

    def __init__(self, connection: duckdb.DuckDBPyConnection, asked: list[str]) -> None:
        self._connection, self._asked = connection, asked

    def __getattr__(self, name: str) -> Any:
        return getattr(self._connection, name)

    def execute(self, query: str, *given: object) -> duckdb.DuckDBPyConnection:
        """Note the statements of a query and run it."""
        self._asked += (each.query for each in self._connection.extract_statements(query))
        return self._connection.execute(query, *given)


def test_one_page_opens_the_warehouse_twice_and_asks_few_statements(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sessions: list[list[str]] = []
    really_open = duckdb_file._opened

    def opened(path: Path, *, read_only: bool) -> Any:
        sessions.append([])
        return Counted(really_open(path, read_only=read_only), sessions[-1])

    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    pages = write_parts(tmp_path / "more", [1], "https://tide.example/parts")
    monkeypatch.setattr(duckdb_file, "_opened", opened)
    ingest(request(tmp_path, pages))
    assert len(sessions) == 2, "one opening before the pages are processed, one after"
    asked = [query for session in sessions for query in session]
    assert len(asked) <= MAX_STATEMENTS
    incidents = [query for query in asked if "meta.incidents" in query]
    assert len(incidents) == 1, "where nothing is wrong, incidents are asked for once"


def test_statements_that_are_passed_over_would_change_nothing(
    made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Run all the same, each changes no row, and makes the table that it says."""
    passed = []

    def run_all_the_same(
        connection: duckdb.DuckDBPyConnection, statement: run_sql.Statement
    ) -> None:
        done = connection.execute(statement.text).fetchall()
        assert done == ([] if "SET VARIABLE" in statement.text else [(0,)]), statement.text
        if statement.made:
            layout = f"SELECT column_name, column_type FROM (DESCRIBE {statement.made})"
            found = connection.execute(layout).fetchall()
            connection.execute(f"CREATE TEMP TABLE as_said {statement.columns}")
            said = connection.execute(layout.replace(statement.made, "as_said")).fetchall()
            connection.execute("DROP TABLE as_said")
            assert said == found, statement.text
        passed.append(statement)

    monkeypatch.setattr(run_sql, "pass_over", run_all_the_same)
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    ingest(request(tmp_path, write_parts(tmp_path / "more", [1], "https://tide.example/parts")))
    assert len(passed) > 50
