"""Every shipped check finds what it is for and is silent on a healthy warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.flow.pages import PARAGRAPHS, html_page, ingest, request
from warehouse.check import Check, CheckResult, Status, all_checks, lay_views, read_check, run_check, run_checks, summed
from warehouse.settle import write_checks
from warehouse.sql import SqlFile, read_folder

BREAKS = {
    "quote_is_in_text": "UPDATE quotes SET char_start = char_start + 1",
    "speaker_is_in_text": "UPDATE quotes SET speaker_end = speaker_end + 1 WHERE speaker_start IS NOT NULL",
    "mention_is_in_text": "UPDATE mentions SET text = 'Nowhere'",
    "orphans": "DELETE FROM articles WHERE article_id = (SELECT min(article_id) FROM quotes)",
    "duplicate_keys": "INSERT INTO articles FROM articles LIMIT 1",
    "pages_accounted_for": "DELETE FROM meta.pages WHERE position = 1",
    "loaded_pages_have_articles": "UPDATE meta.pages SET article_id = 'ffffffffffffffff' WHERE position = 1",
    "published_in_future": "UPDATE articles SET published_at = last_seen_at + INTERVAL 2 DAY",
    "speaker_is_author": "UPDATE articles SET authors = ['Marta Quilliam']",
    "speakers_known": "INSERT INTO quotes SELECT q.* REPLACE (NULL AS speaker, 'direct' AS kind, quote_id || n AS quote_id) "
    "FROM quotes AS q, range(40) AS r(n)",
}
"""How to break each check; a check without a line here fails the test below."""


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("healthy")
    (folder / "pages").mkdir()
    for n in range(2):
        page = html_page(f"Port Ellery widens quay {n}", PARAGRAPHS[n:], f"https://tide.example/{n}")
        (folder / "pages" / f"{n}.html").write_text(page, encoding="utf-8")
    asked = request(folder, folder / "pages")
    ingest(asked)
    return asked.warehouse


@pytest.fixture
def warehouse(healthy: Path) -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect(str(healthy)) as connection:
        connection.execute("BEGIN")
        yield connection
        connection.execute("ROLLBACK")


def test_a_healthy_warehouse_passes_every_check(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert {r.check.name: r.row_count for r in run_checks(warehouse) if r.is_failed} == {}


@pytest.mark.parametrize("name", [check.name for check in all_checks()])
def test_each_check_finds_what_it_is_for(name: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(BREAKS[name])
    found = {r.check.name: r for r in run_checks(warehouse) if r.is_failed}
    assert found[name].row_count > 0
    assert found[name].examples


HEAD = "-- severity: warn\n-- All is well.\n-- scope: row\n-- runbook: dates\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT 1", "must begin with"),
        ("-- severity: grave\n-- doc\nSELECT 1", "must begin with"),
        ("-- severity: fail\nSELECT 1", "must begin with"),
        ("-- severity: fail\n-- scope: row\n-- runbook: dates\nSELECT 1", "must begin with"),
        (HEAD.replace("-- scope: row\n", "") + "SELECT 1", "needs a line '-- scope: row"),
        (HEAD.replace("scope: row", "scope: world") + "SELECT 1", "needs a line '-- scope: row"),
        (HEAD.replace("-- runbook: dates\n", "") + "SELECT 1", "needs a line '-- runbook: ANCHOR'"),
        (HEAD + "-- onwer: desk\nSELECT 1", "unknown key 'onwer'"),
    ],
)
def test_a_check_whose_head_lacks_something_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_check(SqlFile("odd", text))


def test_a_head_is_read() -> None:
    check = read_check(SqlFile("odd", HEAD + "-- It was seen: twice.\n-- owner: desk\nSELECT 1;\n"))
    assert (check.severity, check.doc, check.scope) == ("warn", "All is well. It was seen: twice.", "row")
    assert (check.runbook, check.owner) == ("dates", "desk")


def test_every_check_has_its_section_in_the_runbook() -> None:
    text = (Path(__file__).parents[2] / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")
    anchors = {line.removeprefix("## ").strip().lower().replace(" ", "-") for line in text.splitlines() if line.startswith("## ")}
    assert {check.runbook for check in all_checks()} <= anchors


def results(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[CheckResult]:
    lay_views(warehouse)
    return list(run_check(warehouse, read_check(SqlFile("odd", HEAD + query))))


def test_rows_go_by_source_and_dimension_and_other_sources_have_passed(warehouse: duckdb.DuckDBPyConnection) -> None:
    rows = "('a', 'title', 3, 'two'), ('a', 'title', 4, 'two'), ('a', 'date', 5, 'six')"
    query = f"SELECT * FROM (VALUES {rows}) AS t(source_id, dimension, observed, expected)"
    found = results(warehouse, query)
    kept = [(r.source_id, r.dimension, r.status, r.row_count, r.expected) for r in found]
    (source,) = warehouse.execute("SELECT DISTINCT source_id FROM articles").fetchall()[0]
    assert kept == [
        ("a", "date", "failed", 1, "six"),
        ("a", "title", "failed", 2, "two"),
        (source, "*", "passed", 0, None),
    ]
    assert found[0].observed == 5
    assert [e["dimension"] for e in found[1].examples] == ["title", "title"]
    assert [(r.where, r.status) for r in summed(tuple(found))] == [("odd a date", "failed"), ("odd a title", "failed")]
    assert [(r.where, r.status) for r in summed(tuple(found[2:]))] == [("odd", "passed")]


def test_verdicts_say_which_source_passed_and_which_is_unknown(warehouse: duckdb.DuckDBPyConnection) -> None:
    query = "SELECT * FROM (VALUES ('a', true, 1.5), ('b', false, 0.5), ('c', NULL, NULL)) AS t(source_id, is_passed, observed)"
    found = results(warehouse, query)
    assert [(r.source_id, r.status, r.observed) for r in found] == [("a", "passed", 1.5), ("b", "failed", 0.5), ("c", "unknown", None)]
    assert [(r.where, r.status) for r in summed(tuple(found))] == [("odd b", "failed"), ("odd c", "unknown")]
    assert [r.status for r in results(warehouse, f"{query} WHERE source_id = 'z'")] == ["unknown"]


def test_results_by_source_open_and_resolve_incidents_by_source(warehouse: duckdb.DuckDBPyConnection) -> None:
    check = Check("odd", "fail", "All is well.", "SELECT 1", "source", "dates")

    def settle(run_id: str, *found: tuple[str, str | None, Status]) -> dict[str, str]:
        write_checks(warehouse, run_id, tuple(CheckResult(check, status, 0, (), source, what) for source, what, status in found))
        return dict(warehouse.execute("SELECT fingerprint, state FROM meta.incidents WHERE check_name = 'odd'").fetchall())

    assert settle("r1", ("a", "x", "failed"), ("b", "x", "unknown"), ("c", "x", "passed")) == {"odd/a/x": "open"}
    assert settle("r2", ("a", "x", "unknown")) == {"odd/a/x": "open"}
    assert settle("r3", ("b", "x", "passed")) == {"odd/a/x": "open"}
    for run_id in ("r4", "r5"):
        found = settle(run_id, ("a", "y", "failed"), ("a", "*", "passed"))
    assert found == {"odd/a/x": "resolved", "odd/a/y": "open"}
    stored = warehouse.execute(
        "SELECT run_id, source_id, dimension, is_passed FROM meta.checks WHERE check_name = 'odd' ORDER BY ALL"
    ).fetchall()
    assert stored[:2] == [("r1", "a", "x", False), ("r1", "b", "x", None)]
    assert ("r3", None, None, True) in stored


def test_worked_queries_answer(warehouse: duckdb.DuckDBPyConnection) -> None:
    for file in read_folder("queries"):
        assert file.head, file.name
        assert warehouse.execute(file.text).description


def test_views_count_mentions_articles_and_stories(warehouse: duckdb.DuckDBPyConnection) -> None:
    named = "SELECT mention_count, article_count, story_count FROM entity_daily WHERE name = 'Marta Quilliam'"
    assert warehouse.execute(named).fetchall() == [(2, 2, 2)]
    both = "'Marta Quilliam' IN (name, other_name) AND 'Ostrander Marine' IN (name, other_name)"
    pair = f"SELECT article_count, story_count FROM entity_pairs WHERE {both}"
    assert warehouse.execute(pair).fetchall() == [(2, 2)]
    warehouse.execute("UPDATE articles SET flags = ['entity_explosion']")
    assert warehouse.execute(pair).fetchall() == []
    assert warehouse.execute(named).fetchall() == [(2, 2, 2)]
