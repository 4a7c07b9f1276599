"""Plans a run: which pages must be processed, and which need no processing (unchanged, or the same
bytes as another page).
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import duckdb

from flows.acquire.page import PageRef, UnreadablePageError
from flows.acquire.read import read_page
from flows.annotate.model import Annotations
from flows.clean.model import Cleaned
from flows.link.keys import article_id, digest
from flows.worker.batch import Batch
from flows.worker.rows import ProcessedPage, RunContext, page_row
from schemas import BY_NAME, PAGES, Row
from warehouse.erase import erased_keys
from warehouse.sql import as_list
from warehouse.stage import empty_stage

HASHING_THREADS = 4
"""Reading, unzipping and hashing release the GIL; four threads keep two cores and a disk busy."""

SETTLED_NS = 2_000_000_000
"""Age from which a file's time of change is trusted. File systems keep times in steps of up to two
seconds: a younger file can change again and keep its time.
"""

NOTHING: Mapping[str, tuple[str, int]] = {}
NO_PAGE = Cleaned("unreadable")


@dataclass(frozen=True, slots=True)
class Known:
    """The last page of a location in `meta.pages`."""

    page_id: str | None
    extractor_version: str
    outcome: str
    detail: str | None
    article_id: str | None
    source_id: str
    url: str | None
    sha256: str | None
    byte_count: int | None
    file_stamp: str | None

    def is_processed_by(self, run: RunContext, ref: PageRef) -> bool:
        """Whether the version that `run` has for the page's source processed it."""
        return self.extractor_version == run.version_of(ref.source_id or self.source_id)


@dataclass(frozen=True, slots=True)
class Plan:
    """All pages of a run: `todo` must be processed, `settled` are finished rows of `meta.pages`."""

    todo: tuple[tuple[int, PageRef], ...]
    settled: tuple[Row, ...]


def known_pages(connection: duckdb.DuckDBPyConnection, refs: Sequence[PageRef]) -> dict[str, Known]:
    """Return the last page that was read at each location."""
    rows = connection.execute(
        """
        SELECT location, page_id, extractor_version, outcome, detail, article_id, source_id, url,
            sha256, byte_count, file_stamp
        FROM meta.pages LEFT JOIN (SELECT run_id, load_number FROM meta.runs) USING (run_id)
        WHERE location IN (SELECT unnest(?::JSON::VARCHAR[])) AND page_id IS NOT NULL
            AND NOT starts_with(coalesce(detail, ''), 'passing_trouble:')
        QUALIFY row_number() OVER (PARTITION BY location ORDER BY load_number DESC) = 1
        """,
        [as_list(ref.location for ref in refs)],
    ).fetchall()
    return {location: Known(*rest) for location, *rest in rows}


def loaded_pages(connection: duckdb.DuckDBPyConnection, page_ids: Iterable[str]) -> dict[str, str]:
    """Return article_id by page_id, for those of `page_ids` that are present versions."""
    found = connection.execute(
        "SELECT page_id, article_id FROM articles "
        "WHERE page_id IN (SELECT unnest(?::JSON::VARCHAR[]))",
        [as_list(page_ids)],
    )
    return dict(found.fetchall())


def stamped(refs: Sequence[PageRef]) -> list[PageRef]:
    """Return the pages with the size and time of change of their files, each looked up once. A file
    that changed in the last seconds (SETTLED_NS) has no stamp.
    """
    now, stamps = time.time_ns(), dict[str, str | None]()
    for file in {ref.file for ref in refs}:
        try:
            found = Path(file).stat()
        except (OSError, ValueError):
            continue
        if found.st_mtime_ns <= now - SETTLED_NS:
            stamps[file] = f"{found.st_size} {found.st_mtime_ns}"
    return [replace(ref, file_stamp=stamps.get(ref.file)) for ref in refs]


def unread_digests(
    refs: Sequence[PageRef], known: Mapping[str, Known], run: RunContext
) -> dict[str, tuple[str, int]]:
    """Return the SHA-256 and size, by location, of pages whose files are as they were when the
    pages were read; pages that must be processed again are left out.
    """
    found = {}
    for ref in refs:
        before = known.get(ref.location)
        if before is None or not ref.file_stamp or before.file_stamp != ref.file_stamp:
            continue
        if before.sha256 and before.is_processed_by(run, ref):
            found[ref.location] = (before.sha256, before.byte_count or 0)
    return found


def page_digests(
    refs: Sequence[PageRef], unread: Mapping[str, tuple[str, int]] = NOTHING
) -> Iterator[tuple[str, int] | None]:
    """Yield the SHA-256 and size of each page, in order; None where it cannot be read. Those of
    `unread`, by location, are taken from there.
    """

    def digest(ref: PageRef) -> tuple[str, int] | None:
        if ref.location in unread:
            return unread[ref.location]
        try:
            content = read_page(ref).content
        except UnreadablePageError:
            return None
        return hashlib.sha256(content).hexdigest(), len(content)

    with ThreadPoolExecutor(HASHING_THREADS) as threads:
        yield from threads.map(digest, refs)


def make_plan(
    connection: duckdb.DuckDBPyConnection,
    refs: Sequence[PageRef],
    run: RunContext,
    failed: Sequence[tuple[PageRef, str]] = (),
    loaded_count: int = 0,
) -> Plan:
    """Split the pages into those to process and those that need no processing.

    `failed` are pages that could not be fetched, with the reason: they are rejected. `loaded_count`
    pages of the run are loaded already; the positions of `refs` follow theirs.
    """
    refs, known = stamped(refs), known_pages(connection, refs)
    digests = list(page_digests(refs, unread_digests(refs, known, run)))
    loaded = loaded_pages(connection, {found[0][:16] for found in digests if found})
    erased = _erased(connection, refs, digests)
    first_at: dict[str, str] = {}
    todo: list[tuple[int, PageRef]] = []
    settled: list[Row] = []
    numbered = enumerate(zip(refs, digests, strict=True), loaded_count + 1)
    for position, (ref, found) in numbered:
        if ref.location in erased:
            settled.append(_erased_row(ref, position, found, run))
            continue
        if found is None:
            todo.append((position, ref))  # the worker says why it cannot be read
            continue
        page = ProcessedPage(ref, position, *found, replace(NO_PAGE, url=ref.url), Annotations())
        key, before = found[0][:16], known.get(ref.location)
        if before and before.page_id == key and before.is_processed_by(run, ref):
            settled.append(_unchanged(page, before, run))
        elif key in first_at:
            settled.append(
                page_row(
                    page, run, "duplicate", f"same_bytes: the page is that of {first_at[key]}", None
                )
            )
        elif key in loaded and not (
            before and before.page_id == key and before.outcome in ("loaded", "unchanged")
        ):
            settled.append(
                page_row(
                    page,
                    run,
                    "duplicate",
                    "same_bytes: the page is loaded already, from another place",
                    loaded[key],
                )
            )
        else:
            todo.append((position, ref))
        first_at.setdefault(key, ref.location)
    for position, (ref, detail) in enumerate(failed, loaded_count + len(refs) + 1):
        page = ProcessedPage(
            ref, position, None, None, replace(NO_PAGE, url=ref.url), Annotations()
        )
        settled.append(page_row(page, run, "rejected", detail, None))
    return Plan(tuple(todo), tuple(settled))


def _erased(
    connection: duckdb.DuckDBPyConnection,
    refs: Sequence[PageRef],
    digests: Sequence[tuple[str, int] | None],
) -> set[str]:
    """Return the locations of pages that were erased: by their bytes, or by their address."""
    keys: dict[str, set[str]] = {}
    for ref, found in zip(refs, digests, strict=True):
        if found:
            keys.setdefault(found[0][:16], set()).add(ref.location)
        if ref.url:
            keys.setdefault(article_id(ref.url, "", ""), set()).add(ref.location)
    return set[str]().union(*(keys[key] for key in erased_keys(connection, list(keys))))


def _erased_row(ref: PageRef, position: int, found: tuple[str, int] | None, run: RunContext) -> Row:
    """Return the ledger's row of an erased page: it names neither place nor address."""
    sha256, size = found or (None, None)
    unnamed = replace(ref, file_stamp=None)
    page = ProcessedPage(unnamed, position, sha256, size, NO_PAGE, Annotations())
    row = page_row(page, run, "rejected", "erased: on request", None)
    return row | {"location": f"erased:{digest(ref.location)}", "url": None}


def _unchanged(page: ProcessedPage, before: Known, run: RunContext) -> Row:
    detail = (
        before.detail
        if before.outcome == "unchanged"
        else f"{before.outcome}: {before.detail or ''}".removesuffix(": ")
    )
    row = page_row(page, run, "unchanged", detail, before.article_id)
    return row | {"source_id": before.source_id, "url": before.url}


def write_plan(
    plan: Plan,
    run: RunContext,
    folder: Path,
    batch_size: int,
    workers: int,
    more: Mapping[str, list[Row]] | None = None,
) -> list[Path]:
    """Stage the settled pages and `more` rows by table, write the rest as batch files, and return
    these in order.

    Every worker gets a batch of at most `batch_size` pages.
    """
    stage, batches = folder / "stage", folder / "batches"
    batches.mkdir(parents=True)
    stage.mkdir()
    settled = empty_stage()
    settled.frames[PAGES.name] = PAGES.frame(list(plan.settled))
    for table, rows in (more or {}).items():
        settled.frames[table] = BY_NAME[table].frame([row | {"run_id": run.run_id} for row in rows])
    settled.write(stage / "0000")
    size = min(batch_size, max(1, -(-len(plan.todo) // workers)))
    files = []
    for number, start in enumerate(range(0, len(plan.todo), size), 1):
        files.append(batches / f"{number:04}.json")
        Batch(run, plan.todo[start : start + size]).write(files[-1])
    return files
