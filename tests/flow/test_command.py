"""The command as a person calls it: exit codes, messages, and what is on the disk afterwards.

`call` runs a verb in this process, which is quick; `newsduck` starts the real command where
processes, locks or Prefect matter.
"""

from __future__ import annotations

import csv
import io
import json
import os
import signal
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from tests.conftest import Call
from tests.flow.pages import PARAGRAPHS, ask, contents, html_page, ingest, request, text_page
from warehouse.connect import published_path

COMMAND = (sys.executable, "-m", "flows.cli")


def newsduck(
    folder: Path, *words: str | Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Call the command in `folder`."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("NEWSDUCK_", "PREFECT_"))
    }
    environment |= {
        "PREFECT_HOME": str(folder / "prefect"),
        "COLUMNS": "200",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    } | variables
    words = (*COMMAND, *map(str, words))
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, timeout=170, check=False
    )


@pytest.fixture
def warehouse(tmp_path: Path) -> Path:
    """A published warehouse of two articles."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "quay.html").write_text(
        html_page("Port Ellery widens its quay", url="https://tide.example/news/quay"),
        encoding="utf-8",
    )
    (folder / "ships.txt").write_text(
        text_page("Ships wait outside the breakwater", PARAGRAPHS[1:]), encoding="utf-8"
    )
    asked = request(tmp_path, folder)
    ingest(asked)
    return asked.warehouse


def test_ingest_runs_without_a_server_and_says_when_nothing_changed(tmp_path: Path) -> None:
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    first = newsduck(tmp_path, "ingest", "quay.html", "-w", "n.duckdb")
    assert first.returncode == 0, first.stderr
    assert "loaded" in first.stdout
    assert published_path(tmp_path / "n.duckdb").exists()
    second = newsduck(tmp_path, "ingest", "quay.html", "-w", "n.duckdb")
    assert second.returncode == 0
    assert "Nothing changed: all 1 pages are known" in second.stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ingest", "nowhere.html"], "does not exist"),
        (["ingest"], "nothing to ingest"),
        (["ingest", "https://tide.example:port/news"], "is no address"),
        (["ingest", "bad.jsonl"], "bad.jsonl, line 2 is no JSON object"),
        (["ingest", "lacking.jsonl"], "lacking.jsonl, line 1: id: Field required"),
        (
            ["ingest", "two.jsonl"],
            "line 1: needs exactly one of path, html and text, has html and text",
        ),
        (["ingest", "twice.jsonl"], "line 2: the id 'a' is already used on line 1"),
        (["ingest", "picture.png"], "unknown file type"),
        (["ingest", "void"], "holds no page"),
        (
            ["ingest", "--sources", "odd.yml"],
            "odd.yml, line 6: fedes: unknown key; did you mean feeds?",
        ),
        (["ingest", "page.html", "--batch-size", "0"], "batch_size"),
        (["clean", "nowhere.html"], "does not exist"),
        (["clean", "bad.jsonl"], "line 2 is no JSON object"),
        (["annotate", "nowhere.jsonl"], "does not exist"),
        (["annotate", "lacking.jsonl"], "lacking.jsonl, line 1: id: Field required"),
        (["sql", "SELECT 1", "-w", "none.duckdb"], "none.published.duckdb does not exist yet"),
        (["check", "-w", "none.duckdb"], "does not exist yet"),
        (["status", "-w", "none.duckdb"], "does not exist yet"),
        (["reprocess", "-w", "none.duckdb"], "does not exist yet"),
        (["replay", "-w", "none.duckdb"], "does not exist yet"),
        (["reprocess", "--since", "yesterday"], "yesterday"),
        (["sql"], "give one query"),
        (["sql", "SELECT 1", "--format", "xml"], "xml"),
        (["fly"], "No such command"),
    ],
)
def test_a_wrong_call_is_refused_with_what_to_do(
    tmp_path: Path, call: Call, words: list[str], said: str
) -> None:
    page = json.dumps({"id": "a", "text": "x"})
    (tmp_path / "bad.jsonl").write_text(page + "\nno json\n", encoding="utf-8")
    (tmp_path / "lacking.jsonl").write_text('{"text": "x"}\n', encoding="utf-8")
    (tmp_path / "two.jsonl").write_text('{"id": "a", "text": "x", "html": "y"}\n', encoding="utf-8")
    (tmp_path / "twice.jsonl").write_text(page + "\n" + page + "\n", encoding="utf-8")
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    (tmp_path / "page.html").write_text(html_page("A page"), encoding="utf-8")
    (tmp_path / "void").mkdir()
    odd = "# one\nsources:\n  - id: tide\n    name: Tide\n    site: tide.example\n    fedes: []\n"
    (tmp_path / "odd.yml").write_text(odd, encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    code, _, errors = call(*words)
    assert code == 2, errors
    assert said in errors
    assert "Traceback" not in errors
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize(
    "verb", ["ingest", "reprocess", "replay", "sql", "clean", "annotate", "check"]
)
def test_help_has_examples(call: Call, verb: str) -> None:
    code, shown, _ = call(verb, "--help")
    assert code == 0
    assert "Examples" in shown
    assert shown.count(f"newsduck {verb}") > 1


def test_sql_prints_tables_csv_and_json(call: Call, warehouse: Path) -> None:
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


def test_rules_of_ones_own_hold_in_a_run(tmp_path: Path, warehouse: Path) -> None:
    (tmp_path / "own.toml").write_text(OWN_RULE, encoding="utf-8")
    ingest(replace(request(tmp_path, tmp_path / "pages"), rule_files=(tmp_path / "own.toml",)))
    assert ask(warehouse, "SELECT reason FROM boilerplate WHERE rule = 'tide.families'") == [
        ("advertisement",)
    ]
    ingest(request(tmp_path, tmp_path / "pages"))
    assert ask(warehouse, "SELECT reason FROM boilerplate WHERE rule = 'tide.families'") == []


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


def test_check_prints_and_exits_with_1_when_the_data_is_broken(call: Call, warehouse: Path) -> None:
    code, shown, _ = call("check", "-w", warehouse)
    assert code == 0
    assert "quote_is_in_text" in shown
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("UPDATE quotes SET char_start = char_start + 1")
    code, shown, _ = call("check", "--json", "-w", warehouse)
    assert code == 1
    found = {row["check_name"]: row for row in json.loads(shown)}
    assert not found["quote_is_in_text"]["is_passed"]
    assert found["quote_is_in_text"]["examples"]
    assert ask(warehouse, "SELECT count(*) FROM meta.checks WHERE NOT is_passed") == [(1,)]


def test_status_shows_tables_runs_and_incidents(call: Call, warehouse: Path) -> None:
    code, shown, _ = call("status", "-w", warehouse)
    assert code == 0
    assert "last runs" in shown
    assert "no open incidents" in shown


def test_a_warehouse_of_a_newer_version_is_refused_untouched(
    tmp_path: Path, call: Call, warehouse: Path
) -> None:
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("INSERT INTO meta.migrations VALUES (999, 'later', now(), '9.0')")
    (tmp_path / "pages" / "more.html").write_text(html_page("More"), encoding="utf-8")
    before = contents(warehouse)
    code, _, errors = call("ingest", "pages", "-w", warehouse)
    assert code == 2
    assert "layout 999" in errors
    assert "Upgrade newsduck" in errors
    assert contents(warehouse) == before


def test_a_file_that_is_no_warehouse_is_refused_untouched(tmp_path: Path, call: Call) -> None:
    (tmp_path / "page.html").write_text(html_page("A page"), encoding="utf-8")
    (tmp_path / "notes.duckdb").write_text("my notes", encoding="utf-8")
    assert call("ingest", "page.html", "-w", "notes.duckdb")[0] == 2
    assert (tmp_path / "notes.duckdb").read_text(encoding="utf-8") == "my notes"
    with duckdb.connect(str(tmp_path / "other.duckdb")) as connection:
        connection.execute("CREATE TABLE mine (a INT)")
    code, _, errors = call("ingest", "page.html", "-w", "other.duckdb")
    assert code == 2
    assert "not newsduck's" in errors


def test_a_held_warehouse_is_waited_for_and_then_given_up(tmp_path: Path, warehouse: Path) -> None:
    script = "import duckdb, sys; c = duckdb.connect(sys.argv[1]); print('held', flush=True); sys.stdin.readline()"
    words = [sys.executable, "-c", script, str(warehouse)]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        called = newsduck(tmp_path, "ingest", "pages", "-w", warehouse, "--lock-timeout", "1")
        assert called.returncode == 2
        assert "waiting up to 1 s" in called.stderr
        assert "--lock-timeout" in called.stderr
        assert str(holder.pid) in called.stderr
        assert newsduck(tmp_path, "sql", "SELECT 1", "-w", warehouse).returncode == 0
        assert "published copy" in newsduck(tmp_path, "status", "-w", warehouse).stdout
        holder.communicate("\n")
    assert newsduck(tmp_path, "ingest", "pages", "-w", warehouse).returncode == 0


def test_a_prefect_server_that_does_not_answer_is_named(tmp_path: Path) -> None:
    (tmp_path / "page.html").write_text(html_page("A page"), encoding="utf-8")
    called = newsduck(
        tmp_path, "ingest", "page.html", "-w", "n.duckdb", PREFECT_API_URL="http://127.0.0.1:9/api"
    )
    assert called.returncode == 2
    assert "Prefect server at http://127.0.0.1:9/api cannot be reached" in called.stderr.replace(
        "\n", " "
    )
    assert not (tmp_path / "n.duckdb").exists()


@pytest.mark.usefixtures("prefect_server")
def test_ingest_against_a_running_server(tmp_path: Path, prefect_server: str) -> None:
    (tmp_path / "page.html").write_text(html_page("A page of Port Ellery"), encoding="utf-8")
    called = newsduck(
        tmp_path, "ingest", "page.html", "-w", "n.duckdb", PREFECT_API_URL=prefect_server
    )
    assert called.returncode == 0, called.stderr
    assert ask(tmp_path / "n.duckdb", "SELECT title FROM articles") == [("A page of Port Ellery",)]


@pytest.mark.parametrize("moment", [0.3, 1.2, 2.5])
def test_killed_at_any_moment_and_run_again_it_is_as_if_never_killed(
    tmp_path: Path, moment: float, prefect_server: str
) -> None:
    folder = tmp_path / "pages"
    folder.mkdir()
    for n in range(12):
        (folder / f"{n}.html").write_text(
            html_page(f"Part {n}", [f"Part {n} of the story.", *PARAGRAPHS]), encoding="utf-8"
        )
    undisturbed = request(tmp_path / "undisturbed", folder)
    ingest(undisturbed)
    asked = request(tmp_path / "killed", folder)
    environment = os.environ | {
        "PREFECT_API_URL": prefect_server,
        "PYTHONPATH": str(Path(__file__).parents[2]),
    }
    words = [*COMMAND, "ingest", str(folder), "-w", str(asked.warehouse), "--batch-size", "3"]
    quiet = subprocess.DEVNULL
    with subprocess.Popen(
        words, cwd=tmp_path, env=environment, stdout=quiet, stderr=quiet, start_new_session=True
    ) as run:
        time.sleep(moment)
        os.killpg(run.pid, signal.SIGKILL)
    ingest(asked)
    assert contents(asked.warehouse) == contents(undisturbed.warehouse)
    assert ask(published_path(asked.warehouse), "SELECT count(*) FROM articles") == [(12,)]
