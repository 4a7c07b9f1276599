"""A WARC file through the whole run: its pages become articles, what is broken is accounted for,
and a second run changes nothing.
"""

from __future__ import annotations

import gzip
from pathlib import Path

import pytest

from tests.flow.pages import PARAGRAPHS, ask, html_page, ingest, request
from tests.unit.test_warc import HTML, records, written

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")


def test_a_warc_file_is_ingested_once(tmp_path: Path) -> None:
    told = {"quay": PARAGRAPHS, "ferry": PARAGRAPHS[::-1], "ships": PARAGRAPHS[1:]}
    pages = [
        (
            f"https://tide.example/{name}",
            html_page(f"About the {name}", text).encode(),
            HTML,
            "200 OK",
        )
        for name, text in told.items()
    ]
    packed = [gzip.compress(record, mtime=0) for record in records(written(pages))]
    packed[3] = packed[3][:40] + b"\0" * 20 + packed[3][60:]
    path = tmp_path / "crawl.warc.gz"
    path.write_bytes(b"".join(packed))
    asked = request(tmp_path, path)
    ingest(asked)
    assert ask(
        asked.warehouse, "SELECT url, first_seen_at::VARCHAR FROM articles ORDER BY url"
    ) == [
        ("https://tide.example/quay", "2026-03-01 12:00:00+00"),
        ("https://tide.example/ships", "2026-03-01 12:00:00+00"),
    ]
    ((outcome, detail),) = ask(
        asked.warehouse, "SELECT outcome, detail FROM meta.pages WHERE article_id IS NULL"
    )
    assert outcome == "rejected"
    assert detail.startswith("unreadable: ")
    assert "crawl.warc.gz, byte" in detail
    ingest(asked)
    counts = ask(
        asked.warehouse,
        "SELECT loaded_count, unchanged_count, rejected_count FROM meta.runs ORDER BY run_id",
    )
    assert counts == [(2, 0, 1), (0, 2, 1)]
