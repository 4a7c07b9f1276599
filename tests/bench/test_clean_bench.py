"""Cleaning leaves no memory behind. What it costs beside trafilatura is printed by `python -m
tests.bench`, never a timed test.
"""

from __future__ import annotations

import gc
import tracemalloc

from flows.clean import clean_page
from tests.bench.pages import page

GROWTH = 1_000_000
"""Bytes that a second round of pages may leave behind, 50 kB a page: caches are bounded, and full
after the first.
"""


def test_memory_does_not_grow_with_the_number_of_pages() -> None:
    from trafilatura.meta import reset_caches  # takes long to import

    pages = [page(seed).encode() for seed in range(20)]

    def clean(seeds: range) -> None:
        for seed in seeds:
            clean_page(
                pages[seed % len(pages)].replace(b"c-text", f"c{seed}-text".encode()), is_html=True
            )
        reset_caches()
        gc.collect()

    clean(range(20))
    tracemalloc.start()
    try:
        clean(range(20, 40))
        left, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert left < GROWTH
