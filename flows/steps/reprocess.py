"""Processes stored pages again: chooses them, and compares the result with the warehouse. Free of
Prefect; `reprocess.py` is the flow.

A dry run reads the published copy and blocks nobody; only applying takes the run lock. Pages that
are missing or changed in storage are skipped and reported.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows.acquire.page import PageRef
from flows.acquire.raw.files import RawFiles
from flows.acquire.sources import read_sources
from flows.acquire.stored import SeenPage, find_stored
from flows.annotate.recogniser import load_recogniser
from flows.clean.rules import load_rules
from flows.config.errors import InputError
from flows.progress import reporter
from flows.steps.batch_runner import running_on
from flows.steps.fetch_state import identity_parameters
from flows.steps.plan import Plan, page_digests, write_plan
from flows.steps.request import Request
from flows.steps.run import Run, new_run, own_rules
from flows.steps.subprocesses import worker_server
from flows.worker.reclean import known_blocks
from flows.worker.rows import RunContext
from flows.worker.site_memory import write_memory
from warehouse.connect import demand, home_of, open_reader, open_writer, published, run_lock
from warehouse.diff import Difference, find_differences
from warehouse.errors import QueryError
from warehouse.migrate import check_readable, set_up
from warehouse.safe_reader import open_safe_reader, refuse_functions

STORED = """
    WITH latest AS (
        FROM meta.pages LEFT JOIN (SELECT run_id, load_number FROM meta.runs) USING (run_id)
        WHERE outcome <> 'unchanged' AND NOT (page_id IS NULL AND starts_with(detail, 'fetch_'))
        QUALIFY row_number() OVER (PARTITION BY location ORDER BY load_number DESC) = 1
    )
    SELECT
        p.location, p.page_id, p.url, p.source_id, p.fetched_at, p.http_status,
        p.warc_file, p.warc_offset, p.outcome, p.detail,
        a.article_id, a.site, a.title, a.language, a.published_at, a.flags,
        coalesce(a.extractor_version, p.extractor_version) AS extractor_version
    FROM latest AS p
    LEFT JOIN articles AS a ON a.page_id = p.page_id AND a.article_id = p.article_id
    WHERE p.page_id IS NOT NULL AND (p.outcome = 'rejected' OR a.article_id IS NOT NULL)
"""
"""Pages that can be processed again: those of articles, and rejected ones. `--where` uses these
columns.
"""

OUTDATED = """
    extractor_version <> coalesce(
        list_extract($versions::VARCHAR[], list_position($owners::VARCHAR[], source_id)), $version
    )
"""
"""Pages processed by another extractor version than the present one. A source with rules of its own
has a version of its own.
"""

BROKEN = "page_id IN (SELECT page_id FROM meta.quarantine WHERE replayed_at IS NULL)"
"""Pages with rows in quarantine."""


@dataclass(frozen=True, slots=True)
class Selection:
    """Which stored pages: fetched `since`, of one `source_id`, for which the SQL condition `where`
    holds.

    Without `every` only pages of another extractor version; with `is_broken` those with rows in
    quarantine instead.
    """

    since: datetime | None = None
    source_id: str | None = None
    where: str | None = None
    every: bool = False
    is_broken: bool = False


@dataclass(frozen=True, slots=True)
class Report:
    """What processing again found: number of pages, pages missing in storage (the first few by
    location), pages by former extractor version, and each kind of difference. `run_id` is the run
    that applied it, None for a dry run. When applied, `rescued_count` rows left the quarantine and
    `waiting_count` are still in it.
    """

    page_count: int
    missing_count: int
    missing: tuple[str, ...]
    versions: dict[str, int]
    differences: tuple[Difference, ...]
    run_id: str | None
    rescued_count: int = 0
    waiting_count: int = 0

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Chosen:
    """The chosen pages, the missing ones by location, and pages by former extractor version."""

    refs: tuple[PageRef, ...]
    missing: tuple[str, ...]
    versions: dict[str, int]


MAX_NAMED_MISSING = 5
"""Missing pages that a report names."""


def choose(
    connection: duckdb.DuckDBPyConnection,
    selection: Selection,
    run: RunContext,
    raw_files: RawFiles,
) -> Chosen:
    """Return the stored pages of `selection`. Raises InputError if its condition is not valid
    SQL.
    """
    conditions = [BROKEN] if selection.is_broken else [] if selection.every else [OUTDATED]
    conditions += ["fetched_at >= $since"] * bool(selection.since) + ["source_id = $source"] * bool(
        selection.source_id
    )
    conditions += [selection.where] if selection.where else []
    chosen = f"SELECT * FROM ({STORED})" + (
        " WHERE " + " AND ".join(f"({c})" for c in conditions) if conditions else ""
    )
    given = {
        "version": run.extractor_version,
        "owners": list(run.own_versions),
        "versions": list(run.own_versions.values()),
        "since": selection.since,
        "source": selection.source_id,
    }
    try:
        if selection.where:
            duckdb.SQLExpression(selection.where)  # raises unless it is one expression
            refuse_functions(connection, selection.where)
        rows = connection.execute(
            "SELECT location, page_id, url, source_id, fetched_at, http_status, warc_file, "
            "warc_offset, extractor_version "
            f"FROM ({chosen}) ORDER BY location",
            {name: value for name, value in given.items() if f"${name}" in chosen},
        ).fetchall()
    except (duckdb.Error, QueryError) as error:
        if selection.where is None:
            raise
        raise InputError(f"--where {selection.where!r}: {str(error).splitlines()[0]}") from error
    seen = [SeenPage(*row[:8]) for row in rows]
    raw_files.bring({page.warc_file for page in seen if page.is_from_web and page.warc_file})
    found = find_stored(seen, raw_files.folder)
    here = [(page, ref) for page, ref in zip(seen, found, strict=True) if ref is not None]
    digests = page_digests([ref for _, ref in here])
    same = {
        page.location
        for (page, _), digest in zip(here, digests, strict=True)
        if digest and digest[0][:16] == page.page_id
    }
    versions: dict[str, int] = {}
    for row in rows:
        versions[row[8]] = versions.get(row[8], 0) + 1
    return Chosen(
        tuple(ref for page, ref in here if page.location in same),
        tuple(page.location for page in seen if page.location not in same),
        versions,
    )


@contextmanager
def choosing(
    request: Request, selection: Selection, *, apply: bool, flow: str
) -> Iterator[tuple[Run, Chosen]]:
    """Choose the pages and yield a run over them. A dry run leaves no files behind.

    Raises InputError, RuleError or RecogniserError if the request is wrong, WarehouseError if there
    is no warehouse.
    """
    load_rules(*request.rule_files)
    load_recogniser(request.recogniser)
    sources = read_sources(request.sources_file) if request.sources_file else ()
    for own in own_rules(sources, request.sources_file).values():
        load_rules(*map(Path, own), *request.rule_files)
    with _place(request, apply) as folder, worker_server():
        run = replace(new_run(request, (), sources, folder), flow=flow)
        reporter().step("choosing stored pages")
        with _safe_database(request, apply) as connection:
            chosen = choose(connection, selection, run.context, request.raw_files)
            if run.context.memory_file:
                write_memory(known_blocks(connection), Path(run.context.memory_file))
            context = replace(run.context, kept_parameters=identity_parameters(connection))
        with running_on(request.dask, request.workers, context.run_id):
            yield replace(run, context=context, refs=chosen.refs), chosen


@contextmanager
def _place(request: Request, apply: bool) -> Iterator[Path | None]:
    """Hold the run lock and yield None (work beside the warehouse), or yield a temporary folder."""
    demand(request.warehouse)
    if apply:
        with run_lock(request.warehouse, request.lock_timeout, reporter().say):
            yield None
    else:
        with tempfile.TemporaryDirectory(
            prefix=".newsduck-look-", dir=home_of(request.warehouse).stem.parent
        ) as folder:
            yield Path(folder)


@contextmanager
def _database(request: Request, apply: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the warehouse and migrate it, or open the published copy read-only."""
    if apply:
        with open_writer(request.warehouse, request.lock_timeout, reporter().say) as connection:
            set_up(connection)
            yield connection
    else:
        with open_reader(published(request.warehouse)) as connection:
            check_readable(connection)
            yield connection


@contextmanager
def _safe_database(request: Request, apply: bool) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open the same database so that a condition that a person passed in can only read it."""
    if apply:
        with _database(request, apply):
            pass
        path, timeout = request.warehouse, request.lock_timeout
    else:
        path, timeout = published(request.warehouse), 0.0
    with open_safe_reader(path, timeout=timeout, say=reporter().say) as connection:
        check_readable(connection)
        yield connection


def prepare(run: Run) -> list[Path]:
    """Write the run's batches and return them in order."""
    batches = write_plan(
        Plan(tuple(enumerate(run.refs, 1)), ()),
        run.context,
        run.folder,
        run.request.batch_size,
        run.request.workers,
    )
    reporter().step("cleaning and annotating again", len(run.refs))
    return batches


def compare(run: Run, *, apply: bool) -> tuple[Difference, ...]:
    """Return what loading the run's staged rows would change."""
    with _database(run.request, apply) as connection:
        return find_differences(connection, run.stage)


def count_replayed(run: Run) -> tuple[int, int]:
    """Return how many rows of the quarantine the applied run loaded, and how many remain there."""
    with open_reader(run.request.warehouse, timeout=run.request.lock_timeout) as connection:
        counted = connection.execute(
            "SELECT count(*) FILTER (replayed_at >= ?), count(*) FILTER (replayed_at IS NULL) "
            "FROM meta.quarantine",
            [run.started_at],
        ).fetchone()
    return counted or (0, 0)
