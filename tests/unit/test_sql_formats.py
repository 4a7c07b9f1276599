"""`newsduck sql` prints answers that other programs can read."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Call
from warehouse.migrate import migrate


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("sql") / "w.published.duckdb"
    with duckdb.connect(str(path)) as connection:
        migrate(connection)
    return path


@pytest.mark.parametrize(
    ("query", "rows"),
    [
        ("SELECT 1 AS a, 2 AS a, 3 AS a", [{"a": 1, "a_1": 2, "a_2": 3}]),
        ("SELECT 1 AS a, 2 AS a_1, 3 AS a", [{"a": 1, "a_1": 2, "a_2": 3}]),
        ("SELECT 'nan'::DOUBLE AS n, ['inf'::DOUBLE, 1.5] AS i", [{"n": None, "i": [None, 1.5]}]),
        (r"SELECT 'a\x00\xFF'::BLOB AS b", [{"b": r"a\x00\xFF"}]),
        (
            "SELECT DATE '2026-03-01' AS d, 1.10::DECIMAL(5,2) AS m",
            [{"d": "2026-03-01", "m": "1.10"}],
        ),
        ("SELECT chr(155) || chr(27) AS t", [{"t": "\x9b\x1b"}]),
        ("SELECT {'x': 'nan'::DOUBLE} AS s", [{"s": {"x": None}}]),
        ("SELECT 1 AS a WHERE false", []),
    ],
)
def test_json_is_json_and_loses_no_column(
    call: Call, published: Path, query: str, rows: list[object]
) -> None:
    code, out, errors = call("sql", query, "--format", "json", "-w", published)
    assert code == 0, errors
    assert json.loads(out, parse_constant=lambda word: pytest.fail(word)) == rows
    assert not any(0x7F <= ord(c) < 0xA0 or ord(c) == 27 for c in out)


def test_csv_lines_end_as_shell_scripts_expect(call: Call, published: Path) -> None:
    query = "SELECT '=1+1' AS a, -5 AS b, 'x,y' AS c, NULL AS d, 2.5 AS e"
    _, out, _ = call("sql", query, "--format", "csv", "-w", published)
    assert out == 'a,b,c,d,e\n=1+1,-5,"x,y",,2.5\n'
    _, out, _ = call("sql", query, "--format", "csv", "--spreadsheet", "-w", published)
    assert out == 'a,b,c,d,e\n\'=1+1,-5,"x,y",,2.5\n'


@pytest.mark.parametrize("query", ["-- how many?\nSELECT 41 + 1", "--\nSELECT 41 + 1", "- 1"])
def test_a_query_may_begin_with_a_comment(call: Call, published: Path, query: str) -> None:
    code, out, errors = call("sql", query, "-w", published)
    if query == "- 1":
        assert (code, "Parser Error" in errors) == (2, True)
    else:
        assert (code, "42" in out) == (0, True)


@pytest.mark.parametrize("words", [["--formt"], ["-x"], ["SELECT 1", "--formt"]])
def test_a_misspelt_option_is_no_query(call: Call, published: Path, words: list[str]) -> None:
    assert call("sql", *words, "-w", published)[0] == 2


def test_an_empty_file_and_a_refused_statement_end_with_two(
    call: Call, published: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.sql").write_text("-- nothing yet\n", encoding="utf-8")
    (tmp_path / "marked.sql").write_text("\ufeffSELECT 1", encoding="utf-8")
    (tmp_path / "latin.sql").write_bytes(b"SELECT 'caf\xe9'")
    assert call("sql", "--file", "empty.sql", "-w", published)[0] == 2
    assert call("sql", "--file", "marked.sql", "-w", published)[0] == 0
    code, _, errors = call("sql", "--file", "latin.sql", "-w", published)
    assert (code, "UTF-8" in errors) == (2, True)
    code, _, errors = call("sql", "ATTACH 'x.duckdb'", "-w", published)
    assert (code, "ATTACH is refused" in errors) == (2, True)


def test_a_table_obeys_no_escape_sequence(call: Call, published: Path) -> None:
    _, out, _ = call("sql", "SELECT chr(27) || '[2J' AS t", "-w", published)
    assert "\x1b" not in out
    assert r"\x1b[2J" in out
