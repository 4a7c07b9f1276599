"""SQL that a person passes in reads one database and does nothing else."""

from __future__ import annotations

import shutil
from contextlib import suppress
from pathlib import Path

import duckdb
import pytest

from warehouse.errors import QueryError
from warehouse.safe_reader import READING_TABLES, TABLE_FUNCTIONS, ask, open_safe_reader


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("made") / "tide.duckdb"
    with duckdb.connect(str(path)) as connection:
        connection.execute("CREATE TABLE boats AS SELECT 7 AS length, 'Gannet' AS name")
        connection.execute("CREATE VIEW long_boats AS FROM boats WHERE length > 5")
        connection.execute("CREATE MACRO feet(metres) AS metres * 3.28")
    return path


@pytest.fixture
def database(made: Path, tmp_path: Path) -> Path:
    return Path(shutil.copyfile(made, tmp_path / made.name))


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM boats",
        "SELECT 1; DROP TABLE boats",
        "CREATE TABLE more AS SELECT 1 AS a",
        "CREATE OR REPLACE VIEW long_boats AS SELECT 1 AS a",
        "ATTACH 'other.duckdb' AS w (READ_WRITE)",
        "ATTACH ':memory:' AS w",
        "COPY boats TO 'boats.csv'",
        "COPY (SELECT 1) TO 'boats.parquet' (FORMAT parquet)",
        "EXPLAIN ANALYZE COPY boats TO 'boats.csv'",
        "EXPORT DATABASE 'out'",
        "IMPORT DATABASE 'out'",
        "INSTALL httpfs",
        "LOAD httpfs",
        "UPDATE EXTENSIONS",
        "SET enable_external_access = true",
        "RESET lock_configuration",
        "USE memory",
        "PRAGMA enable_profiling",
        "PRAGMA profiling_output = 'profile.json'",
        "CALL enable_logging(storage = 'file', storage_path = 'log')",
        "FROM enable_logging(storage = 'file', storage_path = 'log')",
        "FROM enable_profiling(format := 'json', save_location := 'profile.json')",
        "FROM boats, \"enable_profiling\" /* ( */ (format := 'json', save_location := 'p.json')",
        "FROM system.main.Enable_Profiling(format := 'json', save_location := 'p.json')",
        "CREATE TEMP MACRO f() AS TABLE FROM enable_profiling(mode := 'x'); FROM f()",
        "FROM query('FROM enable' || '_profiling()')",
        "FROM disable_profiling()",
        "FROM truncate_duckdb_logs()",
        "FROM checkpoint()",
        "FROM force_checkpoint()",
        "CREATE PERSISTENT SECRET key (TYPE s3)",
        "PREPARE p AS COPY boats TO 'boats.csv'",
        "COMMENT ON TABLE boats IS 'mine'",
        "VACUUM",
        "CHECKPOINT",
        "SELECT * FROM read_csv('tide.txt')",
        "FROM 'tide.txt'",
        "SELECT content FROM read_text('/etc/hostname')",
        "SELECT * FROM glob('*')",
        "SELECT * FROM query('FROM read_text(''tide.txt'')')",
    ],
)
def test_what_does_more_than_read_is_refused(
    database: Path, query: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(database.parent)
    Path("tide.txt").write_text("secret\n", encoding="utf-8")
    before = {path: path.read_bytes() for path in Path().iterdir()}
    with open_safe_reader(database) as connection, pytest.raises(QueryError):
        ask(connection, query)
    assert {path: path.read_bytes() for path in Path().iterdir()} == before


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT name FROM long_boats JOIN boats USING (name)", [("Gannet",)]),
        ("WITH b AS (FROM boats) SELECT length FROM b", [(7,)]),
        ("SELECT feet(length) > 22 FROM boats", [(True,)]),
        ("CREATE TEMP MACRO twice(x) AS 2 * x; SELECT twice(length) FROM boats", [(14,)]),
        ("CREATE TEMP TABLE kept AS FROM boats; SELECT count(*) FROM kept", [(1,)]),
        ("SELECT 1; SELECT 2", [(2,)]),
        ("-- how many?\nSELECT count(*) FROM boats; -- done", [(1,)]),
        ("PIVOT boats ON name USING count(*)", [(7, 1)]),
        (
            "SELECT 'DELETE FROM boats; COPY boats TO ''x'''",
            [("DELETE FROM boats; COPY boats TO 'x'",)],
        ),
        ('SELECT name AS "set" FROM boats -- ATTACH', [("Gannet",)]),
        ("SELECT 'enable_logging()' /* enable_logging() */", [("enable_logging()",)]),
        ("SELECT enable_logging FROM range(1) AS t(enable_logging)", [(0,)]),
        ("SELECT count(*) FROM generate_series(1, 3), unnest([1, 2])", [(6,)]),
        ("SELECT count(*) FROM query_table('boats')", [(1,)]),
        ("SELECT value::INTEGER FROM json_each('[7]')", [(7,)]),
        ("SELECT table_name FROM duckdb_tables()", [("boats",)]),
        ("SELECT table_name FROM information_schema.tables ORDER BY 1 LIMIT 1", [("boats",)]),
    ],
)
def test_what_reads_still_works(database: Path, query: str, rows: list[object]) -> None:
    with open_safe_reader(database) as connection:
        assert ask(connection, query)[1] == rows


@pytest.mark.parametrize(
    "query",
    [
        "SHOW TABLES",
        "DESCRIBE boats",
        "SUMMARIZE boats",
        "EXPLAIN FROM boats",
        "EXPLAIN ANALYZE FROM boats",
        "PRAGMA table_info('boats')",
        "VALUES (1)",
    ],
)
def test_looking_around_still_works(database: Path, query: str) -> None:
    with open_safe_reader(database) as connection:
        assert ask(connection, query)[1]


@pytest.mark.parametrize("query", ["", "  \n", ";", "-- only a comment", "/* the same */ ;"])
def test_an_empty_query_is_refused_in_words(database: Path, query: str) -> None:
    with open_safe_reader(database) as connection, pytest.raises(QueryError, match="is empty"):
        ask(connection, query)


def test_a_query_in_another_encoding_is_told(database: Path) -> None:
    argument = "SELECT 'Köln'".encode("latin-1").decode("utf-8", "surrogateescape")
    with open_safe_reader(database) as connection, pytest.raises(QueryError, match="no UTF-8"):
        ask(connection, argument)


def test_a_refusal_runs_no_statement_before_it(database: Path) -> None:
    with open_safe_reader(database) as connection:
        with pytest.raises(QueryError, match="DELETE is refused"):
            ask(connection, "CREATE TEMP TABLE kept AS SELECT 1 AS a; -- and\nDELETE FROM boats")
        with pytest.raises(QueryError, match="kept does not exist"):
            ask(connection, "FROM kept")


def test_no_function_that_may_read_has_an_effect(database: Path) -> None:
    with open_safe_reader(database) as connection:
        before = connection.execute(SETTINGS_NOW).fetchall()
        known = [name for (name,) in connection.execute(TABLE_FUNCTIONS).fetchall()]
        for name in filter(READING_TABLES.fullmatch, known):
            for given in ("", "'boats'", "3"):
                with suppress(QueryError):
                    ask(connection, f"FROM {name}({given})")
        assert connection.execute(SETTINGS_NOW).fetchall() == before
    assert [path.name for path in database.parent.iterdir()] == ["tide.duckdb"]


SETTINGS_NOW = "SELECT name, value FROM duckdb_settings() ORDER BY name"
