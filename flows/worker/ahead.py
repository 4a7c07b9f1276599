"""Pages that are processed while others are still being fetched. A result waits in a file, a page a
file, until the run's plan asks for the page; then only its rows are left to make.

A result says what a page is, not where it stands in the run or whether it is loaded: the plan
decides that when everything of its source is fetched, so the order in which pages come changes
nothing.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path

from flows.acquire.page import PageRef
from flows.link.keys import digest
from flows.worker.process_page import Tools, limit_process, process_page
from flows.worker.rows import ProcessedPage


def process_ahead(
    pages: Iterable[tuple[int, PageRef]],
    tools: Tools,
    folder: Path,
    done: Callable[[str], None] = lambda _: None,
    *,
    is_own_process: bool = False,
) -> None:
    """Process pages and keep the results in `folder`; `done` hears the outcome of each page.

    A page that fails is not kept: the run's own batch meets it again, and reports it.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for position, ref in pages:
        if is_own_process:
            limit_process()
        page = process_page(ref, position, tools)
        if page.failure is None and page.cleaned.outcome != "passing_trouble":
            fresh = _place(folder, ref).with_suffix(".fresh")
            fresh.write_bytes(pickle.dumps(page, pickle.HIGHEST_PROTOCOL))
            fresh.replace(_place(folder, ref))
        done(page.cleaned.outcome)


def find_result(folder: Path, ref: PageRef, position: int) -> ProcessedPage | None:
    """Return the result that `process_ahead` kept of a page, with the reference and place that it
    has in the run; None where it kept none.
    """
    try:
        content = _place(folder, ref).read_bytes()
    except FileNotFoundError:
        return None
    page: ProcessedPage = pickle.loads(content)
    return replace(page, ref=ref, position=position)


def has_result(folder: Path, ref: PageRef) -> bool:
    """Whether `process_ahead` kept a result of a page."""
    return _place(folder, ref).is_file()


def _place(folder: Path, ref: PageRef) -> Path:
    return folder / f"{digest(ref.location, ref.file, str(ref.warc_offset))}.page"
