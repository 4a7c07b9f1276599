"""Cleaning leaves no memory behind. What it costs beside trafilatura is printed by `python -m
tests.bench`, never a timed test.
"""

from __future__ import annotations

import gc
import tracemalloc

from trafilatura.meta import reset_caches

from flows.clean import clean_page
from tests.bench.pages import page

PAGES = [page(seed).encode() for seed in range(40)]

GROWTH = 3_000_000
"""Bytes that a second round of pages may add to what the first left behind: caches are bounded, and
full by then.
"""


def test_memory_does_not_grow_with_the_number_of_pages() -> None:
    def clean(seeds: range) -> int:
        for seed in seeds:
            clean_page(
                PAGES[seed % len(PAGES)].replace(b"c-text", f"c{seed}-text".encode()), is_html=True
            )
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
