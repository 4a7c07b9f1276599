"""A run that finds nothing new reads no page again."""

from __future__ import annotations

import json
import os
import time
from pathlib import Path

import pytest

from flows.acquire.page import PageRef
from flows.acquire.read import RawPage, read_page
from flows.steps import plan
from tests.flow.pages import ask, html_page, ingest, request, rule_file, text_page
from tests.unit.test_warc_faulty import http, record

pytestmark = pytest.mark.usefixtures("unlinked", "unpublished", "unwarned")

LONG_AGO = 1_700_000_000


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The places of the pages that planning reads."""
    found: list[str] = []

    def counted(ref: PageRef) -> RawPage:
        found.append(ref.location.rpartition("/")[2])
        return read_page(ref)

    monkeypatch.setattr(plan, "read_page", counted)
    return found


def outcomes(warehouse: Path) -> set[str]:
    run = "(SELECT max(run_id) FROM meta.runs WHERE flow = 'ingest')"
    return {o for (o,) in ask(warehouse, f"SELECT outcome FROM meta.pages WHERE run_id = {run}")}


def test_an_unchanged_file_is_not_opened(tmp_path: Path, opened: list[str]) -> None:
    quay, manifest, warc = (tmp_path / n for n in ("quay.html", "m.jsonl", "crawl.warc"))
    quay.write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    (tmp_path / "ferry.txt").write_text(text_page("The ferry is late"), encoding="utf-8")
    lines = ({"id": "a", "html": html_page("Stone is dear")}, {"id": "b", "path": "ferry.txt"})
    manifest.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    page = html_page("Ships wait outside").encode()
    warc.write_bytes(record(http(page), "https://tide.example/ships-wait-outside"))
    files = [quay, manifest, warc, tmp_path / "ferry.txt"]
    for file in files:
        os.utime(file, (LONG_AGO, LONG_AGO))
    asked = request(tmp_path, quay, manifest, warc)

    ingest(asked)
    assert len(opened) == 4
    opened.clear()
    ingest(asked)
    assert (opened, outcomes(tmp_path / "w.duckdb")) == ([], {"unchanged"})

    os.utime(quay, (LONG_AGO + 9, LONG_AGO + 9))
    ingest(asked)
    assert (opened, outcomes(tmp_path / "w.duckdb")) == (["quay.html"], {"unchanged"})
    opened.clear()
    ingest(asked)
    assert opened == []

    quay.write_text(html_page("Port Ellery narrows its quay again"), encoding="utf-8")
    just_now = time.time() + 3600
    os.utime(quay, (just_now, just_now))
    ingest(asked)
    ingest(asked)
    assert opened == ["quay.html"] * 2, "it changed too lately for its time to be trusted"
    opened.clear()

    ingest(request(tmp_path, manifest, rule_files=(rule_file(tmp_path, "weather permitting"),)))
    assert len(opened) == 2, "another extractor processes the same files again"
    assert outcomes(tmp_path / "w.duckdb") & {"loaded", "unchanged"} == {"loaded"}
