"""Statements that have nothing to do are passed over, and no others."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from flows.linking import linker
from flows.linking.speakers import UNKNOWN
from warehouse.check_views import RUN_VIEWS
from warehouse.run_sql import run_statements, statements
from warehouse.sql import read_folder

SQL = Path(linker.__file__).with_name("sql")

OURS = [
    *(file.text for file in (*read_folder("merges"), *read_folder("continued"))),
    *(file.read_text("utf-8") for file in sorted(SQL.glob("*.sql"))),
    RUN_VIEWS,
    UNKNOWN.format(quotations="link_wordings"),
]
"""What is run statement by statement."""

NEEDY = [each for text in OURS for each in statements(text) if each.needs]


@pytest.fixture
def connection() -> duckdb.DuckDBPyConnection:
    return duckdb.connect()


def test_the_statements_are_those_that_duckdb_reads(connection: duckdb.DuckDBPyConnection) -> None:
    text = (
        "-- first; second;\nSELECT 1; -- third\nSELECT ';'\n  AS a;  \n\n-- needs: b\nSELECT 2;\n"
    )
    assert [each.text.count("SELECT") for each in statements(text)] == [2, 1]
    for ours in OURS:
        found = connection.extract_statements(ours)
        split = [part for each in statements(ours) for part in [each.text]]
        assert sum(len(connection.extract_statements(part)) for part in split) == len(found)
        assert len(split) == len(found)


def test_what_has_no_rows_to_read_is_passed_over(connection: duckdb.DuckDBPyConnection) -> None:
    run_statements(
        connection,
        """
        CREATE OR REPLACE TEMP TABLE gone AS SELECT 1 AS key LIMIT 0;
        CREATE OR REPLACE TEMP TABLE here AS SELECT 1 AS key;
        -- needs: gone
        INSERT INTO nowhere FROM gone;
        -- needs: here
        -- needs: gone
        UPDATE nowhere SET key = 1;
        -- needs: gone, else (key INTEGER, name VARCHAR)
        CREATE OR REPLACE TEMP TABLE made AS FROM nowhere;
        -- needs: gone or here
        INSERT INTO gone FROM here;
        -- needs: gone
        INSERT INTO here SELECT key + 1 FROM gone;
        DELETE FROM gone;
        -- needs: gone
        INSERT INTO nowhere FROM gone;
        """,
    )
    assert connection.execute("FROM here ORDER BY key").fetchall() == [(1,), (2,)]
    made = connection.execute("SELECT column_name, column_type FROM (DESCRIBE made)").fetchall()
    assert made == [("key", "INTEGER"), ("name", "VARCHAR")]
    assert connection.execute("FROM made").fetchall() == []


def test_a_statement_that_has_rows_is_run(connection: duckdb.DuckDBPyConnection) -> None:
    connection.execute("CREATE TEMP TABLE here AS SELECT 1 AS key")
    with pytest.raises(duckdb.CatalogException, match="nowhere"):
        run_statements(connection, "-- needs: here\nDELETE FROM nowhere;")


def test_what_ours_need_is_what_they_read() -> None:
    """Or what the same file has made for the purpose."""
    wrong = list[str]()
    for text in OURS:
        made = {each.made for each in statements(text)}
        for each in (each for each in statements(text) if each.needs):
            lines = [line for line in each.text.splitlines() if "-- needs:" not in line]
            needed = {table for tables in each.needs for table in tables}
            wrong += [each.text for table in needed - made if table not in "\n".join(lines)]
    assert wrong == []
    assert [each.text for each in NEEDY if bool(each.made) != bool(each.columns)] == []
    noted = sum(text.count("-- needs:") for text in OURS)
    assert sum(len(each.needs) for each in NEEDY) == noted > 50, "a line that nobody reads"
