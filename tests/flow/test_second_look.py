"""In a run: a wall or a front page in an article's place is rejected, and the article stays."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.flow.pages import ask, html_page, ingest, request
from tests.unit.test_second_look import ARTICLE, FRONT, REWRITE, walls

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished")

URL = "https://tide.example/news/2026/quay"
OTHER_URL = "https://tide.example/news/2026/pier"
LAST = (
    "SELECT p.outcome, split_part(p.detail, ':', 1), p.article_id IS NOT NULL FROM "
    "meta.pages AS p JOIN meta.runs USING (run_id) WHERE p.url = ? "
    "ORDER BY load_number DESC LIMIT 1"
)
TITLE = (
    "SELECT title, page_id = (SELECT min_by(p.page_id, p.run_id) FROM meta.pages AS p "
    "WHERE p.url = articles.url) FROM articles WHERE url = ?"
)
"""The headline, and whether it is the first page's."""


def answered(url: str, title: str, text: str, day: int, canonical_url: str) -> dict[str, str]:
    """A manifest's line: what an address answered on a day."""
    page = html_page(title, [p for p in text.split("\n") if p], canonical_url)
    return {"id": url, "url": url, "fetched_at": f"2026-03-0{day}T08:00:00Z", "html": page}


def test_a_wall_or_the_front_page_in_place_of_an_article_is_rejected_until_the_article_is_back(
    tmp_path: Path,
) -> None:
    asked = request(tmp_path, tmp_path / "m.jsonl")

    def run(*lines: dict[str, str]) -> None:
        (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
        ingest(asked)

    title = "Port Ellery widens its quay"
    run(*(answered(url, title, ARTICLE, 1, url) for url in (URL, OTHER_URL)))
    others = (
        answered(URL, "Are you a person?", walls(1)[0], 2, URL),
        answered(OTHER_URL, "Tide", FRONT, 2, "https://tide.example/"),
    )
    run(*others)
    for url in (URL, OTHER_URL):
        assert ask(asked.warehouse, LAST, url) == [("rejected", "unlike_before", True)]
        assert ask(asked.warehouse, TITLE, url) == [(title, True)]
    run(*others)
    for url in (URL, OTHER_URL):
        assert ask(asked.warehouse, LAST, url) == [("unchanged", "rejected", True)]
    run(answered(URL, f"{title} after all", REWRITE, 3, URL))
    assert ask(asked.warehouse, LAST, URL)[0][0] == "loaded"
    assert ask(asked.warehouse, "SELECT title FROM articles ORDER BY ALL") == [
        (title,),
        (f"{title} after all",),
    ]


def test_twelve_walls_of_one_run_become_no_articles_and_open_an_incident(tmp_path: Path) -> None:
    lines = [
        {
            "id": str(n),
            "url": f"https://tide.example/news/{n}",
            "html": html_page("Are you a person?", [wall]),
        }
        for n, wall in enumerate(walls(12))
    ]
    article = html_page("Port Ellery widens its quay", [ARTICLE])
    lines.append({"id": "quay", "url": URL, "html": article})
    (tmp_path / "m.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    asked = request(tmp_path, tmp_path / "m.jsonl")
    ingest(asked)
    assert ask(asked.warehouse, "SELECT title FROM articles") == [("Port Ellery widens its quay",)]
    assert ask(
        asked.warehouse,
        "SELECT split_part(detail, ':', 1), count(*) FROM meta.pages WHERE outcome = 'rejected' "
        "GROUP BY ALL",
    ) == [("repeated_text", 12)]
    assert ask(
        asked.warehouse,
        "SELECT check_name, dimension FROM meta.incidents WHERE dimension = 'repeated_text'",
    ) == [("pages_are_articles", "repeated_text")]
