"""In a run: a wall or a front page in an article's place is rejected, and the article stays."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.flow.pages import ask, file_of, html_page, ingest, request
from tests.unit.test_second_look import ARTICLE, FRONT, REWRITE, walls

URL = "https://tide.example/news/2026/quay"
LAST = (
    "SELECT p.outcome, split_part(p.detail, ':', 1), p.article_id IS NOT NULL FROM "
    "meta.pages AS p JOIN meta.runs USING (run_id) ORDER BY load_number DESC LIMIT 1"
)


@pytest.fixture
def answers(tmp_path: Path) -> Callable[..., Path]:
    """Let one address answer with a page, at one time after another."""

    def answer(title: str, text: str, day: int, url: str = URL) -> Path:
        line = {"id": "quay", "url": URL, "fetched_at": f"2026-03-0{day}T08:00:00Z"}
        page = html_page(title, [p for p in text.split("\n") if p], url)
        (tmp_path / "m.jsonl").write_text(json.dumps(line | {"html": page}), encoding="utf-8")
        asked = request(tmp_path, tmp_path / "m.jsonl")
        ingest(asked)
        return file_of(asked)

    return answer


def test_a_wall_in_place_of_an_article_is_rejected_until_the_article_is_back(
    answers: Callable[..., Path],
) -> None:
    answers("Port Ellery widens its quay", ARTICLE, 1)
    warehouse = answers("Are you a person?", walls(1)[0], 2)
    assert ask(warehouse, LAST) == [("rejected", "unlike_before", True)]
    assert ask(
        warehouse, "SELECT title, page_id = (SELECT min(page_id) FROM articles) FROM articles"
    ) == [("Port Ellery widens its quay", True)]
    answers("Are you a person?", walls(1)[0], 2)
    assert ask(warehouse, LAST) == [("unchanged", "rejected", True)]
    answers("Port Ellery widens its quay after all", REWRITE, 3)
    assert ask(warehouse, LAST)[0][0] == "loaded"
    assert ask(warehouse, "SELECT title FROM articles") == [
        ("Port Ellery widens its quay after all",)
    ]


def test_the_front_page_in_place_of_an_article_is_rejected(answers: Callable[..., Path]) -> None:
    answers("Port Ellery widens its quay", ARTICLE, 1)
    warehouse = answers("Tide", FRONT, 2, "https://tide.example/")
    assert ask(warehouse, LAST) == [("rejected", "unlike_before", True)]
    assert ask(warehouse, "SELECT title FROM articles") == [("Port Ellery widens its quay",)]


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
