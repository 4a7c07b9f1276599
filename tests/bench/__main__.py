"""`make bench`: what newsduck costs, in one table with ratios.

Cleaning and annotating stand beside bare trafilatura with metadata, on the same pages in the same
run; then come loads, views and commands in a small and a larger warehouse (`growth.py`).

python -m tests.bench                      generated pages; 1,200 and 12,000 articles
python -m tests.bench MANIFEST_OR_FOLDER   pages of your own
python -m tests.bench --articles 1200 1000000
"""

from __future__ import annotations

import argparse
import gc
import logging
import resource
import sys
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from time import process_time

from trafilatura import bare_extraction
from trafilatura.meta import reset_caches

from flows.acquire.discover import discover
from flows.acquire.page import PageRef
from flows.acquire.read import read_page
from flows.annotate import annotate, name_entities
from flows.annotate.model import Annotations
from flows.clean import Cleaned, clean_page
from flows.worker.rows import ProcessedPage, RunContext
from flows.worker.validate import stage_pages
from tests.bench.growth import print_growth
from tests.bench.pages import page

GENERATED = 120

NOWHERE = PageRef("bench", "bench", datetime(2031, 5, 1, tzinfo=UTC), is_html=True)


def read_pages(where: str | None) -> list[tuple[bytes, bool]]:
    """Bytes of each page, and whether it is HTML."""
    if where is None:
        return [(page(seed).encode(), True) for seed in range(GENERATED)]
    return [(read_page(ref).content, ref.is_html) for ref in discover([where], allow_outside=True)]


def seconds(work: Callable[[int], object], count: int) -> float:
    """CPU seconds of `work` on each of `count` pages."""
    start = process_time()
    for at in range(count):
        work(at)
    return process_time() - start


def main(arguments: Sequence[str]) -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description="What newsduck costs, in one table.")
    parser.add_argument("pages", nargs="?", help="a manifest or folder; generated pages if missing")
    parser.add_argument("--articles", nargs=2, type=int, default=(1_200, 12_000))
    asked = parser.parse_args(arguments)
    logging.disable(logging.CRITICAL)
    gc.disable()  # as workers do
    print_pages(read_pages(asked.pages))
    gc.enable()
    print_growth(tuple(asked.articles))


def print_pages(pages: list[tuple[bytes, bool]]) -> None:
    """Measure cleaning and annotating, and print."""
    cleaned: list[Cleaned] = []
    found: list[Annotations] = []
    clean_page(*pages[0][:1], is_html=pages[0][1])
    annotate("Warm-up: “We came,” said Marta Quilliam of Port Ellery.")
    theirs = seconds(lambda at: bare_extraction(pages[at][0], with_metadata=True), len(pages))
    reset_caches()
    ours = seconds(
        lambda at: cleaned.append(clean_page(pages[at][0], is_html=pages[at][1])), len(pages)
    )
    # as workers do: the page has said its language
    texts = [(page.text, page.language) for page in cleaned]
    entities = seconds(lambda at: name_entities(texts[at][0], language=texts[at][1]), len(pages))
    both = seconds(
        lambda at: found.append(annotate(texts[at][0], language=texts[at][1])), len(pages)
    )
    quotes = both - entities
    judged = [
        ProcessedPage(NOWHERE, at, f"{at:064}", len(pages[at][0]), *one)
        for at, one in enumerate(zip(cleaned, found, strict=True))
    ]
    rows = seconds(lambda _: stage_pages(judged, RunContext("bench", "bench", {})), 1)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"{len(pages)} pages, "
        f"{sum(len(content) for content, _ in pages) / len(pages) / 1000:.0f} kB each, CPU "
        "ms a page:"
    )
    for name, took in (
        ("trafilatura with metadata", theirs),
        ("clean", ours),
        ("entities", entities),
        ("quotes", quotes),
        ("entities and quotes", both),
        ("rows and contracts", rows),
    ):
        print(f"  {name:26} {1000 * took / len(pages):6.1f}   {took / theirs:5.2f} of trafilatura")
    together = (ours + entities + quotes + rows) / theirs
    print(f"  all of these               {together:6.2f} of trafilatura")
    print(f"  entities / clean           {entities / ours:6.2f}")
    print(f"  quotes / clean             {quotes / ours:6.2f}")
    print(f"  peak memory {memory:.0f} MB, all pages held")


if __name__ == "__main__":
    main(sys.argv[1:])
