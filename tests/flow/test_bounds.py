"""Bounds of a source: a run that falls below the minimum is not loaded or published, and what it
found survives.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from flows.steps.request import Request
from tests.flow.pages import PARAGRAPHS, ask, file_of, html_page, ingest
from warehouse.check import ChecksFailedError
from warehouse.homes.duckdb_file import published_path

pytestmark = pytest.mark.usefixtures("unlinked")

SOURCES = """sources:
  - id: tide
    name: Ellery Tide
    site: tide.example
    bounds: {min_articles_a_day: %d, max_articles_a_day: %d}
    pages: [pages.jsonl]
"""


def day(folder: Path, least: int, most: int, *words: str, date: str) -> Request:
    """A request for the pages of one day."""
    (folder / "sources.yml").write_text(SOURCES % (least, most), encoding="utf-8")
    with (folder / "pages.jsonl").open("w", encoding="utf-8") as manifest:
        for word in words:
            url = f"https://tide.example/{date}-{word}"
            page = html_page(
                f"Port Ellery widens berth {word}",
                [*PARAGRAPHS, f"Berth {word} is next, on {date}."],
                url,
            )
            manifest.write(
                json.dumps(
                    {"id": word, "url": url, "html": page, "fetched_at": f"{date}T08:00:00Z"}
                )
                + "\n"
            )
    return Request((), folder / "sources.yml", folder / "w.duckdb", 5, 200, 1, kept_runs=3)


def test_below_the_minimum_nothing_is_loaded_and_above_the_maximum_somebody_is_told(
    tmp_path: Path,
) -> None:
    ingest(day(tmp_path, 3, 9, "one", date="2026-03-01"))  # its first day: nobody can tell yet
    asked = day(tmp_path, 3, 9, "two", "three", date="2026-03-03")
    with pytest.raises(ChecksFailedError, match="source_minimum tide"):
        ingest(asked)
    assert ask(asked.warehouse, "SELECT count(*) FROM articles") == [(1,)]
    assert ask(published_path(file_of(asked)), "SELECT count(*) FROM articles") == [(1,)]
    evidence = (
        "SELECT observed, expected FROM meta.checks WHERE check_name = 'source_minimum' "
        "AND NOT is_passed"
    )
    assert ask(asked.warehouse, evidence) == [(2.0, "at least 3")]
    assert ask(
        asked.warehouse, "SELECT state FROM meta.incidents WHERE check_name = 'source_minimum'"
    ) == [("open",)]
    ingest(day(tmp_path, 1, 1, "two", "three", date="2026-03-03"))
    assert ask(asked.warehouse, "SELECT count(*) FROM articles") == [(3,)]
    above = (
        "SELECT check_name, observed FROM meta.checks WHERE is_passed IS FALSE AND "
        "check_name = 'source_maximum'"
    )
    assert ask(asked.warehouse, above) == [("source_maximum", 2.0)]
