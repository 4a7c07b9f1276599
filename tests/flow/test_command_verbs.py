"""What verbs print and write: sql, clean, annotate, check, status; rules of one's own."""

from __future__ import annotations

import csv
import io
import json
from dataclasses import replace
from pathlib import Path

import pytest

from tests.beaten_once import beaten_once
from tests.conftest import Call
from tests.flow.pages import PARAGRAPHS, ask, ingest, request
from warehouse.connect import WarehouseAddress, open_writer


def test_sql_prints_tables_csv_and_json(call: Call, housed: WarehouseAddress) -> None:
    warehouse = str(housed)
    query = "SELECT title, authors, last_seen_at, published_at FROM articles ORDER BY title"
    rows = json.loads(call("sql", query, "--format", "json", "-w", warehouse)[1])
    assert rows[0]["title"] == "Port Ellery widens its quay"
    assert rows[0]["authors"] == []
    assert rows[0]["last_seen_at"].endswith("+00:00")
    table = call("sql", query, "-w", warehouse)[1]
    assert "Port Ellery widens its quay" in table
    assert "2 rows" in table
    lines = list(csv.reader(io.StringIO(call("sql", query, "--format", "csv", "-w", warehouse)[1])))
    assert lines[0] == ["title", "authors", "last_seen_at", "published_at"]
    assert lines[1][1] == "[]"
    code, _, errors = call("sql", "SELECT speakr FROM quotes", "-w", warehouse)
    assert code == 2
    assert "speaker" in errors
    assert call("sql", "DELETE FROM quotes", "-w", warehouse)[0] == 2


@pytest.mark.usefixtures("warehouse")
def test_clean_shows_blocks_and_writes_lines(tmp_path: Path, call: Call) -> None:
    shown = call("clean", "pages/quay.html")[1]
    assert "kept" in shown
    assert "Port Ellery widens its quay" in shown
    assert call("clean", "pages/ships.txt", "-o", "out.jsonl")[0] == 0
    row = json.loads((tmp_path / "out.jsonl").read_text(encoding="utf-8"))
    assert row["id"] == "ships.txt"
    assert row["outcome"] == "article"
    assert {"title", "text", "author", "date", "site", "syndicated_from", "stripped"} <= row.keys()
    assert [json.loads(line)["id"] for line in call("clean", "pages")[1].splitlines()] == [
        "quay.html",
        "ships.txt",
    ]


def test_annotate_writes_lines_and_explains(tmp_path: Path, call: Call) -> None:
    text = " ".join(PARAGRAPHS)
    (tmp_path / "texts.jsonl").write_text(
        json.dumps({"id": "a", "text": text}) + "\n", encoding="utf-8"
    )
    assert call("annotate", "texts.jsonl", "-o", "notes.jsonl")[0] == 0
    row = json.loads((tmp_path / "notes.jsonl").read_text(encoding="utf-8"))
    assert row["quotes"][0]["speaker"] == "Marta Quilliam"
    for span in row["quotes"]:
        assert text[span["start"] : span["end"]] == span["text"]
    assert {"start", "end", "label", "name"} == row["entities"][0].keys()
    assert "Marta Quilliam" in call("annotate", "texts.jsonl", "--explain")[1]


def test_a_wrong_line_of_texts_costs_itself_alone(tmp_path: Path, call: Call) -> None:
    right = b'{"id": "%s", "text": "The quay is old."}'
    wrong = [b"no JSON", b'{"id": "x"}', b'{"id": "x", "text": "\xff"}', b"[" * 100_000]
    rows = [right % b"first", *wrong, right % b"last"]
    (tmp_path / "texts.jsonl").write_bytes(b"\n".join(rows))
    code, shown, told = call("annotate", "texts.jsonl")
    assert [json.loads(line)["id"] for line in shown.splitlines()] == ["first", "last"]
    assert code == 1
    assert [f"texts.jsonl, line {number}" in told for number in range(1, 7)] == [
        False,
        *[True] * 4,
        False,
    ]
    (tmp_path / "texts.jsonl").write_bytes(rows[1])
    assert call("annotate", "texts.jsonl", "-o", "notes.jsonl")[0] == 2
    assert not (tmp_path / "notes.jsonl").exists()


def test_check_prints_and_exits_with_1_when_the_data_is_broken(
    call: Call, housed: WarehouseAddress
) -> None:
    warehouse = str(housed)
    code, shown, _ = call("check", "-w", warehouse)
    assert code == 0
    assert "quote_is_in_text" in shown
    with open_writer(housed, 5, print) as connection:
        connection.execute("UPDATE meta.quote_rows SET char_start = char_start + 1")
    with beaten_once("flows.commands.check"):
        code, shown, _ = call("check", "--json", "-w", warehouse)
    assert code == 1
    found = {row["check_name"]: row for row in json.loads(shown)}
    assert not found["quote_is_in_text"]["is_passed"]
    assert found["quote_is_in_text"]["examples"]
    assert ask(housed, "SELECT count(*) FROM meta.checks WHERE NOT is_passed") == [(1,)]


def test_status_shows_tables_runs_and_incidents(call: Call, housed: WarehouseAddress) -> None:
    code, shown, _ = call("status", "-w", str(housed))
    assert code == 0
    assert "last runs" in shown
    assert "no open incidents" in shown


OWN_RULE = """[[rule]]
id = "tide.families"
reason = "advertisement"
where = "any"
sites = ["tide.example"]
pattern = "fishing families"
cuts = ["The fishing families recommend it."]
keeps = ["The families went fishing."]
"""


@pytest.mark.usefixtures("warehouse")
def test_a_rule_of_ones_own_is_tried_first_and_a_broken_one_refused(
    tmp_path: Path, call: Call
) -> None:
    (tmp_path / "own.toml").write_text(OWN_RULE, encoding="utf-8")
    assert "[tide.families]" in call("clean", "pages/quay.html", "--rules", "own.toml")[1]
    assert "[tide.families]" not in call("clean", "pages/ships.txt", "--rules", "own.toml")[1]
    (tmp_path / "own.toml").write_text(
        "# mine\n" + OWN_RULE.replace('"advertisement"', '"boring"'), encoding="utf-8"
    )
    for words in (["clean", "pages/quay.html"], ["ingest", "pages", "-w", "w.duckdb"]):
        code, _, errors = call(*words, "--rules", "own.toml")
        assert code == 2
        assert 'own.toml:2: rule "tide.families": the reason "boring" is none of' in errors


def test_rules_of_ones_own_hold_in_a_run(tmp_path: Path, made: Path, warehouse: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN_RULE, encoding="utf-8")
    ingest(replace(request(tmp_path, made / "pages"), rule_files=(tmp_path / "own.toml",)))
    assert ask(warehouse, "SELECT reason FROM boilerplate WHERE rule = 'tide.families'") == [
        ("advertisement",)
    ]
    ingest(request(tmp_path, made / "pages"))
    assert ask(warehouse, "SELECT reason FROM boilerplate WHERE rule = 'tide.families'") == []
