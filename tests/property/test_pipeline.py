"""Any bytes at all go through the whole of a worker: one outcome, rows that keep their contracts,
spans that hold.
"""

from __future__ import annotations

import tempfile
from datetime import UTC, datetime
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from flows.acquire.page import PageRef
from flows.worker.process_page import Tools, process_page
from flows.worker.rows import RunContext
from flows.worker.validate import stage_pages
from schemas import ARTICLES, MENTIONS, PAGES, QUARANTINE, QUOTES
from tests.flow.pages import PARAGRAPHS, html_page
from warehouse.stage import STAGED, check_staged

RUN = RunContext("run", "version", {})
WHEN = datetime(2026, 3, 1, tzinfo=UTC)
PROSE = st.lists(st.sampled_from(PARAGRAPHS) | st.text(max_size=200), max_size=8)


def process(content: bytes, *, is_html: bool) -> None:
    """Judge and stage one page and hold what comes out to the promises."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "page"
        file.write_bytes(content)
        page = process_page(PageRef("place", str(file), WHEN, is_html), 1, Tools())
    assert page.failure is None, page.failure
    frames = stage_pages([page], RUN).frames
    for contract in STAGED:
        check_staged(contract, frames[contract.name])
    (ledger,) = frames[PAGES.name].to_dicts()
    articles = frames[ARTICLES.name].to_dicts()
    assert (ledger["outcome"] == "loaded") == (len(articles) == 1)
    assert ledger["outcome"] == "loaded" or ledger["detail"]
    assert (
        not frames[QUARANTINE.name]
        .filter(frames[QUARANTINE.name]["table_name"] != "articles")
        .height
    )
    for article in articles:
        for row in (*frames[QUOTES.name].to_dicts(), *frames[MENTIONS.name].to_dicts()):
            assert article["text"][row["char_start"] : row["char_end"]] == row["text"]


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.binary(max_size=2000), st.booleans())
def test_any_bytes(content: bytes, is_html: bool) -> None:
    process(content, is_html=is_html)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROSE, st.text(max_size=60), st.sampled_from(["utf-8", "windows-1252", "utf-16"]))
def test_any_prose_in_markup(paragraphs: list[str], title: str, encoding: str) -> None:
    process(html_page(title, paragraphs).encode(encoding, "replace"), is_html=True)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(PROSE, st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
def test_any_prose_as_text(paragraphs: list[str], between: str) -> None:
    process(between.join(paragraphs).encode("utf-8", "replace"), is_html=False)
