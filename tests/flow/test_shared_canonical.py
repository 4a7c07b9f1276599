"""Articles that claim one canonical address and tell different things stay apart, in one run and
across runs; variants and new versions of one article stay one.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.link.canonical_trust import tells_another
from tests.flow.pages import PARAGRAPHS, ask, ingest, request

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")

OTHER = (
    "The lock keepers of Ellery will open the upper gate an hour earlier from Monday, since "
    "barges queue there.",
    "A spokeswoman of the grain harbour said that the new hours hold until the end of October "
    "at least.",
    "Skippers who come from the canal are asked to call the gate by radio before they pass the "
    "last bridge.",
    "The keepers themselves had asked for a second shift, which the council refused in its "
    "January session.",
)


def page(url: str, title: str, paragraphs: tuple[str, ...], canonical: str) -> str:
    body = "".join(f"<p>{p}</p>" for p in paragraphs)
    return (
        f"<html><head><title>{title}</title><link rel=canonical href='{canonical}'></head>"
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )


def manifest(folder: Path, *pages: tuple[str, str, tuple[str, ...], str]) -> Path:
    import json

    path = folder / "pages.jsonl"
    lines = [
        json.dumps({"id": url, "url": url, "html": page(url, title, paragraphs, canonical)})
        for url, title, paragraphs, canonical in pages
    ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


AT = "https://tide.example"
SHARED = f"{AT}/story-of-the-day-in-ellery"
QUAY = (f"{AT}/quay-widened-in-port-ellery", "Quay is widened", tuple(PARAGRAPHS), SHARED)
GATE = (f"{AT}/gate-opens-earlier-in-ellery", "Gate opens earlier", OTHER, SHARED)
TWIN = (f"{AT}/quay-widened-in-port-ellery-2", "Quay is widened at last", tuple(PARAGRAPHS), SHARED)

TITLES = "SELECT title FROM articles ORDER BY title"


def test_in_one_run_and_again(tmp_path: Path) -> None:
    asked = request(tmp_path, manifest(tmp_path, QUAY, GATE))
    ingest(asked)
    assert ask(asked.warehouse, TITLES) == [("Gate opens earlier",), ("Quay is widened",)]
    assert ask(
        asked.warehouse,
        "SELECT count(*) FROM meta.pages JOIN articles USING (article_id, page_id)",
    ) == [(2,)]
    for table in ("quotes", "mentions", "boilerplate"):
        assert ask(
            asked.warehouse,
            f"SELECT count(*) FROM {table} ANTI JOIN articles USING (article_id)",
        ) == [(0,)], table


def test_in_the_next_run(tmp_path: Path) -> None:
    ingest(request(tmp_path, manifest(tmp_path, QUAY)))
    asked = request(tmp_path, manifest(tmp_path, GATE))
    ingest(asked)
    assert ask(asked.warehouse, TITLES) == [("Gate opens earlier",), ("Quay is widened",)]


def test_a_copy_of_the_same_text_is_the_same_article(tmp_path: Path) -> None:
    asked = request(tmp_path, manifest(tmp_path, QUAY, TWIN))
    ingest(asked)
    assert ask(asked.warehouse, "SELECT count(*) FROM articles") == [(1,)]


@pytest.mark.parametrize(
    ("one", "other", "is_another"),
    [
        (("Quay is widened", " ".join(PARAGRAPHS)), ("Gate opens", " ".join(OTHER)), True),
        (("Quay is widened", " ".join(PARAGRAPHS)), ("QUAY is widened!", " ".join(OTHER)), False),
        (("Quay", " ".join(PARAGRAPHS)), ("Quay widened", " ".join(PARAGRAPHS[1:])), False),
        ((None, " ".join(PARAGRAPHS)), (None, " ".join(OTHER)), True),
        (("Quay", " ".join(PARAGRAPHS)), ("Gate", ""), True),
    ],
)
def test_what_tells_another_thing(
    one: tuple[str | None, str], other: tuple[str | None, str], is_another: bool
) -> None:
    assert tells_another(one, other) is is_another
