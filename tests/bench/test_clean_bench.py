"""Cleaning with metadata costs at most what bare trafilatura with metadata costs, on the same pages in the same run, and no memory."""

from __future__ import annotations

import gc
import logging
import tracemalloc
from collections.abc import Callable
from time import process_time

import pytest
from trafilatura import bare_extraction
from trafilatura.meta import reset_caches

from flows.clean import clean_page
from tests.bench.pages import page

PAGES = [page(seed).encode() for seed in range(40)]

MOST = 1.0
"""Ratio of CPU time to bare trafilatura that may not be passed; measured: 0.2 here, 0.5 on real news pages."""

GROWTH = 3_000_000
"""Bytes that a second round of pages may add to what the first left behind: caches are bounded, and full by then."""


def seconds(work: Callable[[bytes], object]) -> float:
    """CPU seconds for all pages, the better of two rounds, so that a busy neighbour does not decide."""
    rounds = []
    for _ in range(2):
        start = process_time()
        for content in PAGES:
            work(content)
        rounds.append(process_time() - start)
    return min(rounds)


def test_cleaning_costs_less_than_bare_trafilatura_with_metadata(
    caplog: pytest.LogCaptureFixture, record_property: Callable[[str, object], None]
) -> None:
    caplog.set_level(logging.CRITICAL)
    ours = seconds(lambda content: clean_page(content, is_html=True))
    theirs = seconds(lambda content: bare_extraction(content, with_metadata=True, include_comments=False))
    record_property("clean_ms_a_page", round(1000 * ours / len(PAGES), 2))
    record_property("ratio_to_trafilatura", round(ours / theirs, 3))
    assert ours <= MOST * theirs, f"{ours / theirs:.2f} times the cost of trafilatura"


def test_memory_does_not_grow_with_the_number_of_pages() -> None:
    def clean(seeds: range) -> int:
        for seed in seeds:
            clean_page(PAGES[seed % len(PAGES)].replace(b"c-text", f"c{seed}-text".encode()), is_html=True)
            if seed % 50 == 0:
                reset_caches()
        gc.collect()
        return tracemalloc.get_traced_memory()[0]

    tracemalloc.start()
    try:
        first = clean(range(60))
        second = clean(range(60, 120))
    finally:
        tracemalloc.stop()
    assert second - first < GROWTH
