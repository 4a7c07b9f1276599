"""Revisions: what an outlet changes is kept, told or in silence; what only our extractor changes is
no revision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from flows.acquire.page import UnreadablePageError
from flows.clean import Cleaned, clean_page
from flows.worker import process_page
from tests.flow.pages import PARAGRAPHS, ask, html_page, ingest, request, rule_file, text_page
from warehouse.connect import WarehouseAddress

pytestmark = pytest.mark.usefixtures("unlinked", "unwarned")

VERSIONS = (
    "SELECT v.version, v.title, v.changed, v.removed, v.added, v.is_announced "
    "FROM article_versions AS v JOIN articles AS a USING (article_id) "
    "WHERE a.canonical_url LIKE '%/' || ? ORDER BY v.version"
)
KINDER = PARAGRAPHS[0].replace(
    "ending eleven months of argument over its cost",
    "after a long and friendly talk about its cost",
)
APPEAL = "Ellery Tide readers decide what we look into next week."
REJECTED = {
    "front": "section_front: a list of links",
    "lost": "unreadable: no such file",
    "broken": "error: KeyError: ",
}
"""Pages that were articles, and how they are judged in the last run."""


def put(
    pages: Path, name: str, title: str, paragraphs: Sequence[str], modified: str | None = None
) -> Path:
    """Write a page anew, with a time of change where the outlet gives one."""
    file = pages / f"{name}.html"
    told = '<meta property="article:published_time" content="2026-03-01T07:00:00Z">'
    told += f'<meta property="article:modified_time" content="{modified}">' if modified else ""
    text = html_page(title, paragraphs, f"https://tide.example/news/{name}")
    file.write_text(text.replace("</head>", f"{told}</head>"), encoding="utf-8")
    return file


def judged(content: bytes, **known: Any) -> Cleaned:
    """Clean a page as ever, but reject those of REJECTED."""
    cleaned = clean_page(content, **known)
    if "the front" in (cleaned.title or ""):
        return replace(cleaned, outcome="section_front", detail="a list of links", text="")
    if "the lost" in (cleaned.title or ""):
        raise UnreadablePageError("no such file")
    if "the broken" in (cleaned.title or ""):
        raise KeyError
    return cleaned


@pytest.fixture(scope="module")
def warehouse(tmp_path_factory: pytest.TempPathFactory) -> WarehouseAddress:
    """A warehouse after four runs: pages change in the second and the third; in the last one a
    rule is new, and three pages are no articles any more.
    """
    folder = tmp_path_factory.mktemp("versions")
    pages = folder / "pages"
    pages.mkdir()
    asked = request(folder, pages, site_memory=False)
    put(pages, "quay", "Port Ellery widens its quay", PARAGRAPHS)
    around = put(pages, "around", "Port Ellery counts its ships", PARAGRAPHS[::-1])
    put(pages, "appeal", "Port Ellery asks its readers", [*PARAGRAPHS, APPEAL])
    for name in REJECTED:
        put(pages, name, f"Port Ellery and the {name}", PARAGRAPHS)
    ships = pages / "ships.txt"
    ships.write_text(text_page("Ships wait outside the breakwater"), encoding="utf-8")
    ingest(asked)
    put(pages, "quay", "Port Ellery widens its quay", [KINDER, *PARAGRAPHS[1:]])
    around.write_text(
        around.read_text("utf-8").replace("© Ellery Tide", "© Ellery Tide 2026"), encoding="utf-8"
    )
    ships.write_text(
        text_page("Ships wait outside the breakwater", PARAGRAPHS[:3]), encoding="utf-8"
    )
    ingest(asked)
    put(
        pages,
        "quay",
        "Port Ellery delays its quay",
        [KINDER, *PARAGRAPHS[1:]],
        modified="2026-03-02T08:00:00Z",
    )
    ingest(asked)
    rules = rule_file(folder, "ellery tide readers decide")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(process_page, "clean_page", judged)
        ingest(replace(asked, rule_files=(rules,)))
    return asked.warehouse


def test_an_edit_is_a_version_that_says_what_went_and_came(warehouse: WarehouseAddress) -> None:
    assert ask(warehouse, VERSIONS, "quay") == [
        (1, "Port Ellery widens its quay", [], [], [], True),
        (2, "Port Ellery widens its quay", ["text"], [PARAGRAPHS[0]], [KINDER], False),
        (3, "Port Ellery delays its quay", ["title"], [], [], True),
    ]
    silent = (
        "SELECT version, old_title, removed, added FROM stealth_edits WHERE old_title LIKE 'Port%'"
    )
    assert ask(warehouse, silent) == [(2, "Port Ellery widens its quay", [PARAGRAPHS[0]], [KINDER])]


def test_a_page_that_changed_around_its_article_is_no_version(warehouse: WarehouseAddress) -> None:
    loads = (
        "SELECT count(DISTINCT page_id) FROM meta.pages WHERE outcome = 'loaded' "
        "AND location LIKE '%/around.html'"
    )
    assert ask(warehouse, loads) == [(2,)]
    assert len(ask(warehouse, VERSIONS, "around")) == 1


def test_the_same_page_cleaned_otherwise_mends_its_version(warehouse: WarehouseAddress) -> None:
    texts = (
        "SELECT DISTINCT a.text LIKE '%readers decide%' FROM articles AS a "
        "WHERE title = 'Port Ellery asks its readers'"
    )
    assert ask(warehouse, texts) == [(False,)]
    same = (
        "SELECT version, text_hash = substr(sha256(a.text), 1, 16) FROM article_versions "
        "JOIN articles AS a USING (article_id) WHERE a.title = 'Port Ellery asks its readers'"
    )
    assert ask(warehouse, same) == [(1, True)]


def test_an_article_without_an_address_keeps_its_versions(warehouse: WarehouseAddress) -> None:
    ships = "FROM articles WHERE title LIKE 'Ships wait%'"
    assert ask(warehouse, f"SELECT count(*) {ships}") == [(1,)]
    versions = (
        "SELECT version, removed FROM article_versions "
        f"WHERE article_id IN (SELECT article_id {ships}) ORDER BY version"
    )
    assert ask(warehouse, versions) == [(1, []), (2, [PARAGRAPHS[3]])]
    assert ask(
        warehouse, "SELECT count(*) FROM article_versions ANTI JOIN articles USING (article_id)"
    ) == [(0,)]


@pytest.mark.parametrize(("name", "left"), [("front", 0), ("lost", 1), ("broken", 1)])
def test_a_page_that_is_no_article_any_more_takes_it_away(
    warehouse: WarehouseAddress, name: str, left: int
) -> None:
    title = f"Port Ellery and the {name}"
    judgement = (
        "SELECT outcome, detail FROM meta.pages WHERE ends_with(location, ?) "
        "ORDER BY run_id DESC LIMIT 1"
    )
    assert ask(warehouse, judgement, f"/{name}.html") == [("rejected", REJECTED[name])]
    for table in ("articles", "article_versions"):
        count = f"SELECT count(*) FROM {table} WHERE title = ?"
        assert ask(warehouse, count, title) == [(left,)], table
    quotes = (
        "SELECT count(*) > 0 FROM quotes WHERE article_id IN "
        "(SELECT article_id FROM meta.pages WHERE ends_with(location, ?))"
    )
    assert ask(warehouse, quotes, f"/{name}.html") == [(bool(left),)]
