"""The site memory on a generated site: what it learns, what it leaves, that loaded articles follow,
and that nothing is lost.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import duckdb
import pytest

from flows.steps.request import Request
from tests.flow.demo_site import BACKGROUND, LEDE, QUOTATION, TEMPLATE, demo_pages, known
from tests.flow.pages import ask, file_of, ingest, request
from tests.new_warehouse import new_warehouse
from warehouse.connect import WarehouseAddress
from warehouse.homes.duckdb_file import published_path

pytestmark = pytest.mark.usefixtures("unlinked", "unwarned")

COUNT = 36


@pytest.fixture(scope="module")
def learned(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A warehouse that saw all pages in one run, and then one page more."""
    folder = tmp_path_factory.mktemp("site")
    pages = folder / "pages"
    pages.mkdir()
    for page in demo_pages(COUNT):
        (pages / page.name).write_text(page.markup, encoding="utf-8")
    asked = request(folder, pages)
    ingest(asked)
    last = demo_pages(COUNT + 1)[-1]
    (pages / last.name).write_text(last.markup, encoding="utf-8")
    ingest(asked)
    return asked


def holding(warehouse: WarehouseAddress, block: str) -> int:
    """In how many articles `block` stands as a paragraph."""
    (row,) = ask(
        warehouse,
        "SELECT count(*) FROM articles WHERE list_contains(string_split(text, chr(10)), ?)",
        block,
    )
    return int(row[0])


def test_the_template_is_learned_and_nothing_else(learned: Request) -> None:
    assert known(learned.warehouse) == set(TEMPLATE)


def test_articles_loaded_before_and_after_are_free_of_it(learned: Request) -> None:
    assert {block: holding(learned.warehouse, block) for block in TEMPLATE} == dict.fromkeys(
        TEMPLATE, 0
    )
    cut = dict(
        ask(
            learned.warehouse,
            "SELECT text, count(*) FROM boilerplate WHERE reason = 'site_repeat' GROUP BY text",
        )
    )
    pages = demo_pages(COUNT + 1)
    assert cut == {block: sum(block in page.repeated for page in pages) for block in TEMPLATE}
    assert ask(
        published_path(file_of(learned)),
        "SELECT count(*) FROM boilerplate WHERE reason = 'site_repeat'",
    ) == [(sum(cut.values()),)]


def test_an_articles_own_passages_stay_however_often_they_recur(learned: Request) -> None:
    assert holding(learned.warehouse, BACKGROUND) >= 5
    assert holding(learned.warehouse, QUOTATION) >= 5
    assert (
        ask(learned.warehouse, "SELECT count(*) FROM articles WHERE text LIKE ?", f"{LEDE}%")[0][0]
        >= 4
    )
    said = ask(
        learned.warehouse,
        "SELECT DISTINCT speaker FROM quotes WHERE text LIKE 'We were promised a ferry%'",
    )
    assert said == [("Aurelio Finch",)]


def test_keys_spans_and_sums_hold_for_what_was_cleaned_again(learned: Request) -> None:
    failed = ask(
        learned.warehouse,
        "SELECT check_name FROM meta.checks WHERE NOT is_passed AND severity = 'fail'",
    )
    assert failed == []
    runs = ask(learned.warehouse, "SELECT flow, state, page_count FROM meta.runs ORDER BY run_id")
    assert ("site-memory", "loaded", 0) in runs


def test_cleaning_again_equals_cleaning_with_the_memory_from_the_start(
    learned: Request, tmp_path: Path
) -> None:
    """A second warehouse, made with what the first knows, holds the same articles."""
    rows = ask(learned.warehouse, "FROM meta.site_blocks WHERE state = 'known'")
    asked = replace(learned, warehouse=new_warehouse(tmp_path / "w.duckdb"))
    with duckdb.connect(str(asked.warehouse)) as connection:
        connection.executemany(
            f"INSERT INTO meta.site_blocks VALUES ({', '.join('?' * len(rows[0]))})", rows
        )
    ingest(asked)
    # which articles are one story may depend on the order of runs; here the cleaning is compared
    for query in (
        "SELECT * EXCLUDE (run_id, story_id, copy_id) FROM articles ORDER BY article_id",
        "SELECT * EXCLUDE (utterance_id) FROM quotes ORDER BY quote_id",
        "FROM mentions ORDER BY article_id, char_start",
        "FROM entities ORDER BY entity_id",
    ):
        assert ask(learned.warehouse, query) == ask(asked.warehouse, query), query


def test_turned_off_everything_cut_comes_back(learned: Request, tmp_path: Path) -> None:
    copy = tmp_path / "w.duckdb"
    copy.write_bytes(file_of(learned).read_bytes())
    asked = replace(learned, warehouse=copy, site_memory=False)
    ingest(asked)
    pages = demo_pages(COUNT + 1)
    assert {b: holding(copy, b) for b in TEMPLATE} == {
        b: sum(b in page.repeated for page in pages) for b in TEMPLATE
    }
    assert ask(copy, "SELECT count(*) FROM boilerplate WHERE reason = 'site_repeat'") == [(0,)]


def test_a_run_with_nothing_to_learn_changes_nothing(learned: Request) -> None:
    ingest(learned)
    states = ask(learned.warehouse, "SELECT state FROM meta.runs ORDER BY load_number")
    assert states[-1] == ("unchanged",)
