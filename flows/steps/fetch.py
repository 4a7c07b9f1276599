"""The fetching step of a run: a round of fetching, and what it becomes: pages and ledger rows.

The round itself is in `acquire/web/`, which knows no warehouse. Free of Prefect.
"""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import fields, replace
from datetime import UTC, datetime
from pathlib import Path

from flows.acquire.page import PageRef
from flows.acquire.raw.files import RawFiles
from flows.acquire.raw.record import FetchRecord
from flows.acquire.raw.store import RawStore
from flows.acquire.web.complete import Complete
from flows.acquire.web.hosts import HostState
from flows.acquire.web.jobs import Harvest
from flows.acquire.web.outcomes import WELL
from flows.acquire.web.round import Round
from flows.acquire.web.schedule import UrlState
from flows.acquire.web.settings import FetchSettings
from flows.progress import reporter
from flows.steps.early_loads import CompleteSource
from flows.steps.fetch_state import WarehouseMemory
from flows.steps.web_request import Fetches, WebRequest, due_now
from schemas import FETCHES, HOSTS, URLS, Row
from schemas.fetch_outcomes import FetchOutcome
from warehouse.connect import WarehouseAddress


def fetch(
    request: WebRequest,
    warehouse: WarehouseAddress,
    raw_files: RawFiles,
    file_limit: int,
    lock_timeout: float,
    settings: FetchSettings,
    *,
    arrived: Callable[[PageRef], None] = lambda _: None,
    completed: Callable[[CompleteSource], None] = lambda _: None,
    mutex: AbstractContextManager[object] | None = None,
) -> Fetches:
    """Fetch what is asked for and due, into the raw store; the caller holds the run lock. What an
    earlier run left there unloaded is brought along. Raises RawStoreError where the store cannot be
    written.

    `arrived` hears of each page with new bytes as soon as it is stored, `completed` of each source
    whose addresses were all asked for. `mutex` is held while the warehouse is open.
    """

    def hand_over(record: FetchRecord) -> None:
        if _is_fresh(record):
            arrived(_ref(record, raw_store))

    def tell(complete: Complete) -> None:
        completed(complete_source(complete, raw_store))

    def done(record: FetchRecord) -> None:
        reporter().page()
        hand_over(record)

    raw_store = raw_files.folder
    reporter().step("fetching")
    if not settings.contact and not settings.allow_private:
        reporter().say(
            "publishers cannot reach you: set fetch.contact (an address or page) in newsduck.toml"
        )
    memory = WarehouseMemory(warehouse, lock_timeout, mutex)
    with memory.held():
        gone = memory.erased([job.url_key for job in request.jobs])
        if gone:
            reporter().say(f"{len(gone)} addresses were erased and are not asked for")
            jobs = tuple(job for job in request.jobs if job.url_key not in gone)
            request = replace(request, jobs=jobs)
        if request.schedules:
            request = due_now(
                request, memory.states([job.url_key for job in request.jobs]), datetime.now(UTC)
            )
        mark = memory.mark()
        memory.host("")  # reads all hosts in trouble
    with RawStore(raw_store, file_limit, raw_files.address) as store:
        recovered = store.recover(mark)
        if recovered:
            reporter().say(
                f"{len(recovered)} addresses were fetched by a run that did not end; "
                "they are not fetched again"
            )
            for record in recovered:
                hand_over(record)
        work = Round(settings, store, memory, recovered, done, tell)
        try:
            harvest = asyncio.run(work.run(request.jobs, request.due_sources or {}, request.ways))
        except ExceptionGroup as several:
            raise _first(several) from several
        store.sync()
    reporter().say(_summary(harvest.records))
    fetches = harvested(harvest, raw_store)
    # what is unchanged stands in an earlier file
    raw_files.bring({Path(ref.file).name for ref in fetches.refs})
    return fetches


def _first(several: ExceptionGroup[Exception]) -> Exception:
    """Return the first of the errors that ended a round's workers: a full disk stops them all, and
    is one thing to say.
    """
    error: Exception = several
    while isinstance(error, ExceptionGroup):
        error = error.exceptions[0]
    return error


def _summary(records: Sequence[FetchRecord]) -> str:
    """Return the sums of a round in words."""
    counts = Counter(record.outcome for record in records)
    outcomes = (
        ", ".join(f"{outcome} {count}" for outcome, count in counts.most_common())
        or "nothing was due"
    )
    return f"fetched: {outcomes} ({sum(r.transferred_count for r in records) / 1e6:.1f} MB)"


def harvested(harvest: Harvest, raw_store: Path) -> Fetches:
    """Return what a round becomes. Of an address that was fetched twice the last fetch counts; a
    page that was not got is a row of the ledger, and so is a listing, since its pages are missing.
    """
    pages = _pages(harvest.records)
    refs = {record.url: _ref(record, raw_store) for record in pages}
    failed: dict[str, tuple[PageRef, str]] = {}
    for record in _last(harvest.records):
        if record.kind != "robots" and record.outcome not in WELL:
            failed[record.url] = (
                _ref(record, raw_store),
                f"{record.outcome}: {record.detail or record.kind}",
            )
    rows: dict[str, list[Row]] = {
        FETCHES.name: [_row(record) for record in harvest.records],
        URLS.name: [_row(state) for state in harvest.states],
        HOSTS.name: [_row(state) for state in harvest.hosts],
    }
    return Fetches(
        tuple(refs.values()), tuple(f for url, f in failed.items() if url not in refs), rows
    )


def complete_source(complete: Complete, raw_store: Path) -> CompleteSource:
    """Return the pages of a source whose addresses were all asked for."""
    pages = _pages(complete.records)
    return CompleteSource(
        tuple(_ref(record, raw_store) for record in pages),
        tuple(_ref(record, raw_store) for record in pages if _is_fresh(record)),
        tuple(_row(record) for record in complete.records if record.identity_parameters),
    )


def _last(records: Sequence[FetchRecord]) -> list[FetchRecord]:
    """Return the last fetch of each address, in order of address."""
    return sorted({r.url_key: r for r in records}.values(), key=lambda r: r.url)


def _pages(records: Sequence[FetchRecord]) -> list[FetchRecord]:
    """Return the pages that were got, in order of address; of an address that was asked under two
    keys, one.
    """
    return list(
        {
            record.url: record
            for record in _last(records)
            if record.kind == "page" and record.outcome in WELL and record.warc_file is not None
        }.values()
    )


def _is_fresh(record: FetchRecord) -> bool:
    """Whether a fetch brought a page with new bytes."""
    is_page = record.kind == "page" and record.warc_file is not None
    return is_page and record.outcome == FetchOutcome.OK


def _ref(record: FetchRecord, raw_store: Path) -> PageRef:
    kind = (record.content_type or "").partition(";")[0].strip().lower()
    return PageRef(
        location=record.url,
        file=str((raw_store / (record.warc_file or "")).resolve()),
        fetched_at=record.fetched_at.astimezone(UTC),
        is_html=kind != "text/plain",
        url=record.final_url,
        status=record.http_status,
        headers={"content-type": record.content_type} if record.content_type else {},
        source_id=record.source_id,
        warc_offset=record.warc_offset,
    )


def _row(value: FetchRecord | UrlState | HostState) -> Row:
    return {field.name: getattr(value, field.name) for field in fields(value)}
