"""The cookbook: every question gives sensible rows on the demo pages."""

from __future__ import annotations

import shutil
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path
from typing import Any

import duckdb
import pytest

from tests.conftest import Call
from tests.flow.pages import ask, file_of, ingest, request
from warehouse.homes.duckdb_file import published_path
from warehouse.sql import SqlFile, read_folder

SEEDS = Path(__file__).parents[2] / "seeds" / "sources.yml"

NOTEBOOK = Path(__file__).parents[2] / "docs" / "notebook.py"

QUESTIONS = read_folder("queries")

NOT_IN_THE_DEMO = {
    "quiet_edits": "UPDATE article_versions SET version = 2, is_announced = false, changed = "
    "['title']; "
    "INSERT INTO article_versions SELECT * REPLACE (1 AS version, 'An older headline' AS title) "
    "FROM article_versions",
    "headline_changes": "UPDATE article_versions SET version = 2; "
    "INSERT INTO article_versions SELECT * REPLACE (1 AS version, 'An older headline' AS title) "
    "FROM article_versions",
    "quarantine_reasons": "INSERT INTO meta.quarantine BY NAME SELECT 'quotes' AS table_name, "
    "'k' AS row_key, "
    "'offsets' AS check_name, 'r' AS reason, '{}' AS payload, page_id, run_id FROM meta.pages "
    "LIMIT 1",
    "narrated": "INSERT INTO narrations SELECT article_id, 0, 20, utterance_id FROM articles, "
    "utterances LIMIT 1",
    "same_words_other_speaker": "UPDATE meta.wording_pairs SET kinds = ['exact', 'speaker']",
}
"""What has to happen first for a question to have an answer: the demo shows one day of sound
pages.
"""


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The demo pages, ingested."""
    folder = tmp_path_factory.mktemp("demo")
    from dataclasses import replace

    made = replace(request(folder), sources_file=SEEDS)
    ingest(made)
    return file_of(made)


@pytest.mark.parametrize("zone", ["UTC", "Asia/Kathmandu"])
def test_hours_behind_the_newest_are_the_same_in_each_zone(
    demo: Path, tmp_path: Path, zone: str
) -> None:
    (stale,) = (question for question in QUESTIONS if question.name == "stale_sources")
    with duckdb.connect(str(shutil.copy(demo, tmp_path / "w.duckdb"))) as connection:
        connection.execute(
            "UPDATE articles SET first_seen_at = CASE source_id WHEN 'openlight' "
            "THEN TIMESTAMPTZ '2026-01-01 10:20:00+00' ELSE '2026-01-01 11:10:00+00' END"
        )
        connection.execute(f"SET TimeZone = '{zone}'")
        first, *others = connection.execute(stale.text).fetchall()
    assert (first[0], first[3]) == ("openlight", 0.8)
    assert {hours for *_, hours in others} == {0.0}


def test_who_printed_a_text_first_is_a_domain_or_a_source_and_its_name(demo: Path) -> None:
    told = "SELECT syndicated_name, syndicated_from FROM articles WHERE syndicated_name <> ''"
    assert sorted(ask(demo, told)) == [
        ("The Meridian Post", "meridian-post"),
        ("corvidwire.example", "corvidwire.example"),
    ]


def test_a_story_in_two_languages_is_two_stories(demo: Path) -> None:
    told = (
        "SELECT list(DISTINCT language), count(*) FROM articles "
        "WHERE contains(text, 'Danube') OR contains(text, 'Donau') GROUP BY story_id"
    )
    found = ask(demo, told)
    assert (["de"], 1) in found, "the German page tells the story of the four English ones"
    assert (["en"], 4) in found
    assert all(len(languages) == 1 for languages, _ in found)


def test_there_are_25_questions_each_with_its_words() -> None:
    assert len(QUESTIONS) >= 25
    for question in QUESTIONS:
        assert question.head, question.name
        assert "?" in question.head[0], question.name


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda q: q.name)
def test_every_question_has_an_answer(question: SqlFile, demo: Path, tmp_path: Path) -> None:
    rows: list[tuple[object, ...]]
    if question.name in NOT_IN_THE_DEMO:
        with duckdb.connect() as connection:
            connection.execute(f"ATTACH '{demo}' AS demo (READ_ONLY)")
            connection.execute("ATTACH ':memory:' AS scratch")
            connection.execute("COPY FROM DATABASE demo TO scratch; USE scratch")
            for statement in NOT_IN_THE_DEMO[question.name].split("; "):
                connection.execute(statement)
            rows = connection.execute(question.text).fetchall()
    else:
        rows = ask(demo, question.text)
    assert rows
    assert all(any(value is not None for value in row) for row in rows)


def test_the_command_lists_and_asks_them(demo: Path, call: Call) -> None:
    code, told, _ = call("sql", "--list")
    assert code == 0
    assert [line.split()[0] for line in told.splitlines()] == [q.name for q in QUESTIONS]
    code, told, _ = call("sql", "--query", "by_country", "-w", demo, "--format", "csv")
    assert (code, told.splitlines()[0]) == (0, "country,source_count,article_count,quote_count")
    for wrong in (["--query", "nobody"], ["SELECT 1", "--query", "kinds"], []):
        assert call("sql", *wrong, "-w", demo)[0] == 2


def test_the_notebook_shows_what_its_cells_give(
    demo: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """`python docs/notebook.py` keeps it anew, in a folder where `make run` was called."""
    spec = spec_from_file_location("notebook", NOTEBOOK)
    assert spec is not None
    assert spec.loader is not None
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    (tmp_path / "demo").mkdir()
    published = tmp_path / "demo" / "newsduck.published.duckdb"
    shutil.copyfile(published_path(demo), published)
    monkeypatch.chdir(tmp_path)
    kept, fresh = module.read(), module.read()
    module.run(fresh)
    assert texts(fresh) == texts(kept)
    assert module.as_markdown(kept).count("](data:image/svg+xml") == 4


def texts(notebook: dict[str, Any]) -> list[Any]:
    """What the cells print, and what kinds of things they show."""
    outputs = [o for cell in notebook["cells"] for o in cell.get("outputs", ())]
    return [o.get("text") or sorted(o["data"]) for o in outputs]
