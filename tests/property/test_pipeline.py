"""Any bytes at all go through the whole of a worker: one outcome, rows that keep their contracts,
spans that hold.
"""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

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
T = TypeVar("T")
PROSE = st.lists(st.sampled_from(PARAGRAPHS) | st.text(max_size=200), max_size=8)


PAGES_AT_ONCE = 5
"""Pages of one example: staging costs far more than a page."""


def several(strategy: st.SearchStrategy[T]) -> st.SearchStrategy[list[T]]:
    """Return a strategy for the pages of one example."""
    return st.lists(strategy, min_size=PAGES_AT_ONCE, max_size=PAGES_AT_ONCE)


def process(contents: Sequence[bytes], *, is_html: bool) -> None:
    """Process and stage pages and hold what comes out to the promises."""
    pages = []
    with tempfile.TemporaryDirectory() as folder:
        for n, content in enumerate(contents):
            file = Path(folder) / f"page-{n}"
            file.write_bytes(content)
            ref = PageRef(f"place-{n}", str(file), WHEN, is_html)
            pages.append(process_page(ref, n, Tools()))
    assert [page.failure for page in pages] == [None] * len(contents)
    frames = stage_pages(pages, RUN).frames
    for contract in STAGED:
        check_staged(contract, frames[contract.name])
    ledger = frames[PAGES.name].to_dicts()
    articles = frames[ARTICLES.name].to_dicts()
    assert len(ledger) == len(contents)
    loaded = [page["page_id"] for page in ledger if page["outcome"] == "loaded"]
    assert sorted(loaded) == sorted(article["page_id"] for article in articles)
    assert all(page["outcome"] == "loaded" or page["detail"] for page in ledger)
    assert (
        not frames[QUARANTINE.name]
        .filter(frames[QUARANTINE.name]["table_name"] != "articles")
        .height
    )
    texts = {(article["article_id"], article["page_id"]): article["text"] for article in articles}
    for row in (*frames[QUOTES.name].to_dicts(), *frames[MENTIONS.name].to_dicts()):
        text = texts[row["article_id"], row["page_id"]]
        assert text[row["char_start"] : row["char_end"]] == row["text"]


FEW = settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@FEW
@given(several(st.binary(max_size=2000)), st.booleans())
def test_any_bytes(contents: list[bytes], is_html: bool) -> None:
    process(contents, is_html=is_html)


@FEW
@given(
    several(st.tuples(PROSE, st.text(max_size=60))),
    st.sampled_from(["utf-8", "windows-1252", "utf-16"]),
)
def test_any_prose_in_markup(pages: list[tuple[list[str], str]], encoding: str) -> None:
    markup = [html_page(title, paragraphs) for paragraphs, title in pages]
    process([page.encode(encoding, "replace") for page in markup], is_html=True)


@FEW
@given(several(PROSE), st.sampled_from(["\n", "\n\n", " ", "\r\n"]))
def test_any_prose_as_text(pages: list[list[str]], between: str) -> None:
    process([between.join(lines).encode("utf-8", "replace") for lines in pages], is_html=False)
