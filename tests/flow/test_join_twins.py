"""Editions of one page are one article where their texts are the same, in one run and across runs;
pages that only look like editions stay apart.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.flow.pages import ask, html_page, ingest, request
from tests.web.publisher import own_words

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")

AT = "https://tide.example"
PAIRS = (
    ("/news/quay", "/m/news/quay"),
    ("/news/lock.html", "/news/lock-amp.html"),
    ("/news/ferry", "/news/ferry?sh=x9k"),
    ("/news/barge", "/lite/news/barge;v=2"),
)
ADDRESSES = "SELECT coalesce(canonical_url, url) FROM articles ORDER BY ALL"


def manifest(folder: Path, pages: dict[str, tuple[str, ...]]) -> Path:
    """Pages by address, each with its paragraphs; the words of the address are the title."""
    file = folder / "pages.jsonl"
    lines = (
        json.dumps({"id": path, "url": AT + path, "html": html_page(f"All of {path}", words)})
        for path, words in pages.items()
    )
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def found(folder: Path, pages: dict[str, tuple[str, ...]]) -> list[str]:
    """Ingest the pages; return the addresses of all articles."""
    ingest(request(folder, manifest(folder, pages)))
    return [address.removeprefix(AT) for (address,) in ask(folder / "w.duckdb", ADDRESSES)]


def test_editions_meet_in_one_run_and_across_runs_and_stay_together(tmp_path: Path) -> None:
    texts = {plain: own_words(plain) for plain, _ in PAIRS}
    first = {address: texts[plain] for plain, other in PAIRS[:2] for address in (other, plain)}
    first |= {PAIRS[2][1]: texts[PAIRS[2][0]], PAIRS[3][0]: texts[PAIRS[3][0]]}
    expected = ["/news/barge", "/news/ferry?sh=x9k", "/news/lock.html", "/news/quay"]
    assert found(tmp_path, first) == expected
    counts = "SELECT outcome, split_part(detail, ':', 1), count(*) FROM meta.pages GROUP BY ALL"
    assert sorted(ask(tmp_path / "w.duckdb", counts), key=str) == [
        ("duplicate", "older_version", 2),
        ("loaded", None, 4),
    ]
    then = {PAIRS[2][0]: texts[PAIRS[2][0]], PAIRS[3][1]: texts[PAIRS[3][0]]}
    rewritten = (*texts["/news/quay"], "The council has added a third crane to its plan of works.")
    assert found(tmp_path, then | {"/m/news/quay": rewritten}) == expected
    newest = ask(tmp_path / "w.duckdb", "SELECT text FROM articles WHERE title LIKE '%quay'")
    assert "third crane" in newest[0][0]


def test_pages_that_only_look_like_editions_stay_apart(tmp_path: Path) -> None:
    apart = ["/m/quay", "/quay", "/story?st=7x", "/story?st=8y", "/amp/", "/t/a", "/t/b"]
    texts = {path: own_words(path) for path in apart[:5]}
    texts |= dict.fromkeys(apart[5:], own_words("one text"))
    walls = {f"/w?z={letter}": own_words("a wall", 12) for letter in "abcd"}
    notices = {f"/n?z={letter}": own_words("a notice", 3) for letter in "ab"}
    assert found(tmp_path, texts | walls | notices) == sorted([*apart, *notices])
