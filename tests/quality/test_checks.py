"""Every shipped check finds what it is for and is silent on a healthy warehouse."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest

from tests.flow.pages import PARAGRAPHS, html_page, ingest, request
from warehouse.check import all_checks, read_check, run_checks
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
    assert {r.check.name: r.row_count for r in run_checks(warehouse) if not r.is_passed} == {}


@pytest.mark.parametrize("name", [check.name for check in all_checks()])
def test_each_check_finds_what_it_is_for(name: str, warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(BREAKS[name])
    found = {r.check.name: r for r in run_checks(warehouse)}
    assert found[name].row_count > 0
    assert found[name].examples


@pytest.mark.parametrize("text", ["SELECT 1", "-- severity: grave\n-- doc\nSELECT 1", "-- severity: fail\nSELECT 1"])
def test_a_check_without_severity_or_words_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="must begin with"):
        read_check(SqlFile("odd", text))


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
