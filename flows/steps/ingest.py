"""The steps of an ingest run, free of Prefect: prepare, finish, publish. `ingest.py` strings them
together with the batches between.

A run owns a folder beside the warehouse (`<warehouse>.runs/<run_id>`): batches to do, staged rows,
the workers' last words. Killed anywhere, a run leaves the warehouse as its last load made it, and
at most a folder, which later runs take away.
"""

from __future__ import annotations

import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from flows.acquire.discover import discover
from flows.acquire.page import PageRef
from flows.acquire.sources import Source, read_sources
from flows.annotate.recogniser import load_recogniser
from flows.clean.rules import load_rules
from flows.progress import reporter
from flows.steps import ahead
from flows.steps.ahead import Ahead
from flows.steps.batch_runner import run_batch, running_on
from flows.steps.early_loads import CompleteSource, EarlyLoads
from flows.steps.load import Process, load_and_publish, load_part, load_stage, plan_batches
from flows.steps.request import Request
from flows.steps.run import Run, new_run, own_rules, source_rows
from flows.steps.subprocesses import run_ahead, worker_server
from flows.steps.web_request import WebRequest, split_inputs, web_request
from flows.worker.ahead import has_result
from flows.worker.reclean import known_blocks, learn, write_batches
from flows.worker.site_memory import write_memory
from warehouse.check import CheckResult
from warehouse.check_loader import all_checks
from warehouse.connect import run_lock, runs_folder
from warehouse.load import RunFacts
from warehouse.own_checks import prove_checks
from warehouse.publish import repair_published


def find_pages(request: Request) -> tuple[tuple[PageRef, ...], WebRequest, tuple[Source, ...]]:
    """Return the pages that are there, what is to be fetched, and the sources.

    Raises what is wrong with them (InputError, RuleError …), before anything is touched.
    """
    if request.rule_files:  # the builtin rules are right, and the workers read them
        load_rules(*request.rule_files)
    request.aliases()
    request.watches()
    load_recogniser(request.recogniser)
    prove_checks(all_checks(request.thresholds, request.checks_folder))
    sources = read_sources(request.sources_file) if request.sources_file else ()
    for own in own_rules(sources, request.sources_file).values():
        load_rules(*map(Path, own), *request.rule_files)
    urls, others = split_inputs(request.inputs)
    refs: tuple[PageRef, ...] = ()
    if others or not urls:
        refs = tuple(
            discover(others, sources, request.sources_file, allow_outside=request.allow_outside)
        )
    web = web_request(urls, () if others else sources, request.sources_file)
    return refs, web, sources


@contextmanager
def begin(request: Request) -> Iterator[Run]:
    """Find the pages, take the run lock, and yield the run.

    Raises InputError where the request is wrong, WarehouseBusyError where another run does not let
    go in time.
    """
    refs, web, sources = find_pages(request)
    lock = run_lock(request.warehouse, request.lock_timeout, reporter().say)
    with lock, worker_server():
        repair_published(request.warehouse, request.lock_timeout, reporter().say)
        bounds = tuple(
            (s.id, s.bounds.min_articles_a_day, s.bounds.max_articles_a_day)
            for s in sources
            if s.enabled
        )
        rows = source_rows(sources)
        run = new_run(request, refs, sources)
        with running_on(request.dask, request.workers, run.context.run_id), closing(run.kept):
            yield replace(run, web=web, bounds=bounds, sources=rows)


def fetch_pages(
    run: Run, process_ahead: ahead.Process = run_ahead, process: Process = run_batch
) -> Run:
    """Fetch what is to be fetched, into the raw store; return the run with the pages that came and
    are not loaded yet. Raises RawStoreError where the store is full.

    Pages that have come are processed by `process_ahead` while others are fetched, with the site
    memory that `remember` wrote. Sources that are complete are staged by `process` and loaded,
    where fetching takes longer than `fetch.load_seconds`.
    """
    if not run.web:
        return run
    from flows.steps.fetch import fetch  # a run of files needs no network

    r, folder, mutex = run.request, run.ahead_folder, threading.Lock()
    begun = replace(run, context=replace(run.context, ahead_folder=str(folder.resolve())))

    def load(number: int, loaded_count: int, sources: Sequence[CompleteSource]) -> bool:
        return load_part(replace(begun, early_count=loaded_count), number, sources, process, mutex)

    early = EarlyLoads(load, partial(has_result, folder), r.fetching.load_seconds)
    with Ahead(run.context, folder, r.workers, early.after(process_ahead)) as pages, early:
        fetches = fetch(
            run.web, r.warehouse, r.raw_files, r.raw_file_limit, r.lock_timeout, r.fetching,
            arrived=pages.add, completed=early.add, mutex=mutex,
        )  # fmt: skip
    loaded = {ref.location for ref in early.loaded}
    left = tuple(ref for ref in fetches.refs if ref.location not in loaded)
    return replace(
        begun,
        refs=(*run.refs, *left),
        web=WebRequest(),
        fetches=fetches,
        early_count=len(early.loaded),
    )


def remember(run: Run) -> list[Path]:
    """Learn what recurs on the sites; return batches of loaded articles that hold what has become
    known, to be cleaned again.

    They are a run of their own, before the pages: `settle_memory` loads them.
    """
    request = run.request
    _sweep(runs_folder(request.warehouse), request.kept_runs)
    if run.context.memory_file is None:
        return []
    reporter().step("remembering what sites repeat")
    connection = run.kept.open()
    learned = learn(connection)
    known = {site: set(keys) for site, keys in known_blocks(connection).items()}
    for row in learned.judged:
        if row["state"] == "known":
            known.setdefault(row["site"], set()).add(row["block_id"])
    write_memory(
        {site: frozenset(keys) for site, keys in known.items()}, Path(run.context.memory_file)
    )
    batches = []
    if learned.judged:
        batches = write_batches(
            connection, learned, run.memory_context, run.memory_folder, request.batch_size
        )
    if learned.judged or run.web:  # otherwise `prepare` follows at once
        run.kept.close()
    return batches


def settle_memory(run: Run) -> None:
    """Load what was learned and the articles that were cleaned again; nothing where nothing was
    learned. Raises as `finish` does.
    """
    if run.memory_folder.is_dir():
        context = run.memory_context
        facts = RunFacts(
            context.run_id,
            "site-memory",
            run.started_at,
            context.extractor_version,
            0,
            run.request.thresholds,
        )
        load_stage(run, run.memory_folder / "stage", facts)


def prepare(run: Run, have_workers: Callable[[], None] = lambda: None) -> list[Path]:
    """Bring the warehouse to the present layout, plan the run, and return its batch files; none
    where nothing is new. `have_workers` is called if pages are to be processed.
    """
    reporter().step("looking for what is new", len(run.refs))
    batches, count = plan_batches(run, run.identity, have_workers)
    reporter().step("cleaning and annotating", count)
    return batches


def finish(run: Run) -> tuple[CheckResult, ...]:
    """Load what is staged, run the checks, publish; return what the checks found.

    Raises ContractError, LedgerError or ChecksFailedError; then nothing is loaded or published but
    what was before, and `meta.runs` says why.
    """
    shutil.rmtree(run.ahead_folder, ignore_errors=True)
    reporter().step("loading and checking")
    return load_and_publish(run, run.facts, run.identity)


def _sweep(folder: Path, kept: int) -> None:
    """Take away the folders of earlier runs but the last `kept`. The caller holds the run lock, so
    none of them is at work.
    """
    earlier = (
        sorted(entry for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
    )
    for old in earlier[: len(earlier) - kept] if kept else earlier:
        shutil.rmtree(old)
