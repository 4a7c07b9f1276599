"""Revisions: what an outlet changes is kept, told or in silence; what only our extractor changes is
no revision.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.steps.ingest import Run
from tests.flow.pages import PARAGRAPHS, ask, html_page, ingest, request, rule_file, text_page
from warehouse.connect import WarehouseAddress

URL = "https://tide.example/news/quay"
VERSIONS = (
    "SELECT version, title, changed, removed, added, is_announced FROM article_versions "
    "ORDER BY article_id, version"
)


def put(folder: Path, title: str, paragraphs: list[str], modified: str | None = None) -> Path:
    """Write the page anew, with a time of change where the outlet gives one."""
    file = folder / "quay.html"
    told = '<meta property="article:published_time" content="2026-03-01T07:00:00Z">'
    told += f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    file.write_text(
        html_page(title, paragraphs, URL).replace("</head>", f"{told}</head>"), encoding="utf-8"
    )
    return file


def versions(warehouse: WarehouseAddress) -> list[tuple[Any, ...]]:
    return ask(warehouse, VERSIONS)


def test_an_edit_is_a_version_that_says_what_went_and_came(tmp_path: Path) -> None:
    asked = request(tmp_path, put(tmp_path, "Port Ellery widens its quay", list(PARAGRAPHS)))
    ingest(asked)
    assert versions(asked.warehouse) == [(1, "Port Ellery widens its quay", [], [], [], True)]
    kinder = PARAGRAPHS[0].replace(
        "ending eleven months of argument over its cost",
        "after a long and friendly talk about its cost",
    )
    put(tmp_path, "Port Ellery widens its quay", [kinder, *PARAGRAPHS[1:]])
    ingest(asked)
    assert versions(asked.warehouse)[1:] == [
        (2, "Port Ellery widens its quay", ["text"], [PARAGRAPHS[0]], [kinder], False)
    ]
    put(
        tmp_path,
        "Port Ellery delays its quay",
        [kinder, *PARAGRAPHS[1:]],
        modified="2026-03-02T08:00:00Z",
    )
    ingest(asked)
    assert versions(asked.warehouse)[2:] == [
        (3, "Port Ellery delays its quay", ["title"], [], [], True)
    ]
    silent = ask(asked.warehouse, "SELECT version, old_title, removed, added FROM stealth_edits")
    assert silent == [(2, "Port Ellery widens its quay", [PARAGRAPHS[0]], [kinder])]


def test_a_page_that_changed_around_its_article_is_no_version(tmp_path: Path) -> None:
    page = put(tmp_path, "Port Ellery widens its quay", list(PARAGRAPHS))
    asked = request(tmp_path, page)
    ingest(asked)
    page.write_text(
        page.read_text("utf-8").replace("© Ellery Tide", "© Ellery Tide 2026"), encoding="utf-8"
    )
    ingest(asked)
    assert ask(asked.warehouse, "SELECT count(*) FROM meta.pages WHERE outcome = 'loaded'") == [
        (2,)
    ]
    assert len(versions(asked.warehouse)) == 1


def test_the_same_page_cleaned_otherwise_mends_its_version(tmp_path: Path) -> None:
    page = put(
        tmp_path,
        "Port Ellery widens its quay",
        [*PARAGRAPHS, "Ellery Tide readers decide what we look into next week."],
    )
    ingest(request(tmp_path, page))
    rules = rule_file(tmp_path, "ellery tide readers decide")
    asked = request(tmp_path, page, rule_files=(rules,))
    ingest(asked)
    assert ask(asked.warehouse, "SELECT text NOT LIKE '%readers decide%' FROM articles") == [
        (True,)
    ]
    same = (
        "SELECT version, text_hash = substr(sha256(articles.text), 1, 16) FROM "
        "article_versions JOIN articles USING (article_id)"
    )
    assert ask(asked.warehouse, same) == [(1, True)]


def test_an_article_without_an_address_keeps_its_versions(tmp_path: Path) -> None:
    page = tmp_path / "ships.txt"
    page.write_text(text_page("Ships wait outside the breakwater"), encoding="utf-8")
    asked = request(tmp_path, page)
    ingest(asked)
    page.write_text(
        text_page("Ships wait outside the breakwater", PARAGRAPHS[:3]), encoding="utf-8"
    )
    ingest(asked)
    assert ask(asked.warehouse, "SELECT count(*) FROM articles") == [(1,)]
    assert [(v[0], v[3]) for v in versions(asked.warehouse)] == [(1, []), (2, [PARAGRAPHS[3]])]
    assert ask(
        asked.warehouse,
        "SELECT count(*) FROM article_versions ANTI JOIN articles USING (article_id)",
    ) == [(0,)]


def judged(outcome: str, detail: str) -> Callable[[Run], None]:
    """Something between the workers and the load that judges every page so."""

    def meddle(run: Run) -> None:
        for file in run.stage.glob("*/meta.pages.parquet"):
            told = {"outcome": outcome, "detail": detail, "article_id": None}
            pl.read_parquet(file).with_columns(
                **{name: pl.lit(value, pl.String) for name, value in told.items()}
            ).write_parquet(file)
        for table in (
            "articles",
            "quotes",
            "mentions",
            "boilerplate",
            "meta.entity_names",
            "meta.site_blocks",
        ):
            for file in run.stage.glob(f"*/{table}.parquet"):
                pl.read_parquet(file).clear().write_parquet(file)

    return meddle


@pytest.mark.parametrize(
    ("detail", "left"),
    [
        ("section_front: a list of links", 0),
        ("unreadable: no such file", 1),
        ("error: KeyError", 1),
    ],
)
def test_a_page_that_is_no_article_any_more_takes_it_away(
    tmp_path: Path, detail: str, left: int
) -> None:
    page = put(tmp_path, "Port Ellery widens its quay", list(PARAGRAPHS))
    ingest(request(tmp_path, page))
    asked = request(tmp_path, page, rule_files=(rule_file(tmp_path, "ellery tide readers decide"),))
    ingest(asked, judged("rejected", detail))
    for table in ("articles", "article_versions"):
        assert ask(asked.warehouse, f"SELECT count(*) FROM {table}") == [(left,)], table
    assert ask(asked.warehouse, "SELECT count(*) > 0 FROM quotes") == [(bool(left),)]
