"""Calls of the command that are wrong, and its help: exit codes, messages, nothing touched."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.flow.pages import html_page


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["ingest", "nowhere.html"], "does not exist"),
        (["ingest"], "nothing to ingest"),
        (["ingest", "https://tide.example:port/news"], "is no address"),
        (["ingest", "wrong.jsonl"], "wrong.jsonl, line 1 is no JSON object"),
        (["ingest", "lacking.jsonl"], "lacking.jsonl, line 1: id: Field required"),
        (
            ["ingest", "two.jsonl"],
            "line 1: needs exactly one of path, html and text, has html and text",
        ),
        (["ingest", "picture.png"], "unknown file type"),
        (["ingest", "void"], "holds no page"),
        (
            ["ingest", "--sources", "odd.yml"],
            "odd.yml, line 6: fedes: unknown key; did you mean feeds?",
        ),
        (["ingest", "page.html", "--batch-size", "0"], "batch_size"),
        (["ingest", "page.html", "-w", "a?b.duckdb"], "takes what follows a ? as options"),
        (["ingest", "page.html", "-w", "Meta.duckdb"], "Choose another name"),
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
    (tmp_path / "wrong.jsonl").write_text("no json\nnor this\n", encoding="utf-8")
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
