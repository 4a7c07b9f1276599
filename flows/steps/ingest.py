"""The steps of an ingest run, free of Prefect: prepare, finish, publish. `ingest.py` strings them
together with the batches between.

A run owns a folder beside the warehouse (`<warehouse>.runs/<run_id>`): batches to do, staged rows,
the workers' last words. Killed anywhere, a run leaves the warehouse as it was, and at most a
folder, which later runs take away.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.acquire.discover import discover
from flows.acquire.page import PageRef
from flows.acquire.sources import Source, read_sources
from flows.acquire.web.masking import mask_text
from flows.acquire.web.settings import FetchSettings
from flows.alert.settings import AlertSettings
from flows.alert.watches import Watch, read_watches, record_hits
from flows.annotate.recogniser import BUILTIN, load_recogniser
from flows.clean.rules import load_rules
from flows.link.copies.original import plain_outlet
from flows.linking.linker import Linker
from flows.progress import reporter
from flows.resolution.alias_file import read_aliases
from flows.resolution.resolver import Resolver
from flows.settings import DaskSettings, Settings
from flows.steps.ahead import Ahead, Process
from flows.steps.batch_runner import running_on
from flows.steps.fetch_state import identity_parameters
from flows.steps.plan import make_plan, write_plan
from flows.steps.run_frame import new_run_id
from flows.steps.second_look import refuse_pages
from flows.steps.shared_canonical import separate
from flows.steps.subprocesses import run_ahead, worker_server
from flows.steps.web_request import Fetches, WebRequest, split_inputs, web_request
from flows.version import extractor_version, with_own_rules
from flows.worker.reclean import known_blocks, learn, write_batches
from flows.worker.rows import RunContext
from flows.worker.site_memory import write_memory
from schemas import URLS, ContractError, Row
from warehouse.check import CheckResult, ChecksFailedError, SourceBounds
from warehouse.check_loader import Thresholds, all_checks
from warehouse.connect import WarehouseAddress, open_writer, raw_folder, run_lock, runs_folder
from warehouse.load import LedgerError, RunFacts, load_run, write_failed_run
from warehouse.migrate import migrate
from warehouse.own_checks import prove_checks
from warehouse.publish import Load, ensure_published, last_load, repair_published


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody asked for. `inputs` are paths, globs, manifests and addresses; none means what
    the sources list.

    `raw_store` None is the folder beside the warehouse; `raw_file_limit` is in bytes.
    `run_url` is where Prefect shows the run.
    """

    inputs: tuple[str, ...]
    sources_file: Path | None
    warehouse: WarehouseAddress
    lock_timeout: float
    batch_size: int
    workers: int
    kept_runs: int
    site_memory: bool = True
    rule_files: tuple[Path, ...] = ()
    recogniser: str = BUILTIN
    aliases_file: Path | None = None
    alerts: AlertSettings = field(default_factory=AlertSettings)
    thresholds: Thresholds = field(default_factory=dict)
    fetching: FetchSettings = field(default_factory=FetchSettings)
    raw_store: Path | None = None
    raw_file_limit: int = 1_000_000_000
    allow_outside: bool = False
    run_url: str | None = None
    checks_folder: Path | None = None
    watches_file: Path | None = None
    publish_minutes: float = 0.0
    dask: DaskSettings | None = None

    @property
    def raw_folder(self) -> Path:
        """Where pages are kept as fetched."""
        return (self.raw_store or raw_folder(self.warehouse)).resolve()

    @classmethod
    def of(cls, inputs: Iterable[str], settings: Settings) -> Request:
        """Return the request for `inputs` under `settings`."""
        s = settings
        return cls(
            tuple(inputs),
            s.sources,
            s.warehouse,
            s.lock_timeout,
            s.batch_size,
            s.workers,
            s.kept_runs,
            s.site_memory,
            s.rules,
            s.entities.recogniser,
            s.entities.aliases,
            s.alerts,
            s.checks,
            s.fetch,
            s.raw_store,
            s.raw_file_mb * 1_000_000,
            s.allow_outside,
            checks_folder=s.checks_folder,
            watches_file=s.watches,
            publish_minutes=s.publish_minutes,
            dask=s.dask if s.task_runner == "dask" else None,
        )

    def watches(self) -> tuple[Watch, ...]:
        """Return the watches of the watches file; none without one. Raises InputError."""
        return read_watches(self.watches_file) if self.watches_file else ()

    def aliases(self) -> tuple[Row, ...] | None:
        """What the alias file says; None without one. Raises InputError where it is wrong."""
        return read_aliases(self.aliases_file) if self.aliases_file else None


@dataclass(frozen=True, slots=True)
class Run:
    """A run under way, holding the warehouse's run lock. `folder` is where its batches and staged
    rows stand.

    `web` is what is still to be fetched, `fetches` what was.
    """

    request: Request
    context: RunContext
    started_at: datetime
    refs: tuple[PageRef, ...]
    folder: Path
    flow: str = "ingest"
    web: WebRequest = field(default_factory=WebRequest)
    fetches: Fetches = field(default_factory=Fetches)
    bounds: tuple[SourceBounds, ...] = ()
    sources: tuple[Row, ...] = ()

    @property
    def stage(self) -> Path:
        """Where the staged rows stand, a folder a batch."""
        return self.folder / "stage"

    @property
    def memory_context(self) -> RunContext:
        """The run that cleans loaded articles again; its id says whose it is."""
        return replace(self.context, run_id=f"{self.context.run_id}-memory")

    @property
    def memory_folder(self) -> Path:
        """Where that run's batches and staged rows stand."""
        return self.folder / "memory"

    @property
    def ahead_folder(self) -> Path:
        """Where results stand of pages that were processed while others were fetched."""
        return self.folder / "ahead"

    @property
    def facts(self) -> RunFacts:
        """What the loader must know."""
        return RunFacts(
            self.context.run_id,
            self.flow,
            self.started_at,
            self.context.extractor_version,
            self.page_count,
            self.request.thresholds,
            self.bounds,
            self.sources,
            self.request.run_url,
            self.request.checks_folder,
        )

    @property
    def page_count(self) -> int:
        """Pages that the ledger must account for: those to read, and those that could not be
        fetched.
        """
        return len(self.refs) + len(self.fetches.failed)


def find_pages(request: Request) -> tuple[tuple[PageRef, ...], WebRequest, tuple[Source, ...]]:
    """Return the pages that are there, what is to be fetched, and the sources.

    Raises what is wrong with them (InputError, RuleError …), before anything is touched.
    """
    load_rules(*request.rule_files)
    request.aliases()
    request.watches()
    load_recogniser(request.recogniser)
    prove_checks(all_checks(request.thresholds, request.checks_folder), request.checks_folder)
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
        with running_on(request.dask, request.workers, run.context.run_id):
            yield replace(run, web=web, bounds=bounds, sources=rows)


def new_run(
    request: Request,
    refs: tuple[PageRef, ...],
    sources: tuple[Source, ...],
    folder: Path | None = None,
) -> Run:
    """Return a run that begins now; its folder stands in `folder`, beside the warehouse unless
    given.
    """
    started_at = datetime.now(UTC)
    run_id = new_run_id(started_at)
    home = (folder or runs_folder(request.warehouse)) / run_id
    memory_file = str((home / "memory.json").resolve()) if request.site_memory else None
    version = extractor_version(request.rule_files) + ("" if request.site_memory else "-no-memory")
    version += "" if request.recogniser == BUILTIN else f"-{request.recogniser}"
    rule_files = tuple(str(file.resolve()) for file in request.rule_files)
    sites = {source.site: source.id for source in sources}
    homes = {source.id: source.country for source in sources if source.country}
    own = own_rules(sources, request.sources_file)
    context = RunContext(
        run_id,
        version,
        sites,
        memory_file,
        rule_files,
        request.recogniser,
        homes,
        raw_store=str(request.raw_folder),
        own_rules=own,
        own_versions={
            source_id: with_own_rules(version, files) for source_id, files in own.items()
        },
        zones={source.id: source.timezone for source in sources if source.timezone},
        languages={source.id: source.language for source in sources if source.language},
        outlets=outlet_names(sources),
    )
    return Run(request, context, started_at, refs, home)


def source_rows(sources: Iterable[Source]) -> tuple[Row, ...]:
    """Return the sources as rows of the table `sources`."""
    return tuple(
        {
            "source_id": source.id,
            "name": source.name,
            "site": source.site,
            "country": source.country,
            "language": source.language,
            "owner": source.owner,
            "tier": source.tier,
            "timezone": source.timezone,
            "is_enabled": source.enabled,
        }
        for source in sources
    )


def outlet_names(sources: Iterable[Source]) -> dict[str, str]:
    """Return the ids of the sources by their names, and by their ids read as names, as
    `plain_outlet` gives them; a name that two sources share is left out.
    """
    found: dict[str, set[str]] = {}
    for source in sources:
        for name in (source.name, source.id):
            found.setdefault(plain_outlet(name), set()).add(source.id)
    return {name: ids.pop() for name, ids in found.items() if name and len(ids) == 1}


def own_rules(sources: Iterable[Source], sources_file: Path | None) -> dict[str, tuple[str, ...]]:
    """Return the rule files of the sources that have rules of their own, by source."""
    base = sources_file.parent if sources_file else Path()
    return {
        source.id: tuple(str((base / file).resolve()) for file in source.rules)
        for source in sources
        if source.rules
    }


def fetch_pages(run: Run, process: Process = run_ahead) -> Run:
    """Fetch what is to be fetched, into the raw store; return the run with the pages that came.
    Pages that have come are processed by `process` while others are fetched, with the site memory
    that `remember` wrote. Raises RawStoreError where the store is full.
    """
    if not run.web:
        return run
    from flows.steps.fetch import fetch  # a run of files needs no network

    r, folder = run.request, run.ahead_folder
    with Ahead(run.context, folder, r.workers, process) as ahead:
        fetches = fetch(
            run.web, r.warehouse, r.raw_folder, r.raw_file_limit, r.lock_timeout, r.fetching,
            ahead.add,
        )  # fmt: skip
    context = replace(run.context, ahead_folder=str(folder.resolve()))
    refs = (*run.refs, *fetches.refs)
    return replace(run, context=context, refs=refs, web=WebRequest(), fetches=fetches)


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
    with open_writer(request.warehouse, request.lock_timeout, reporter().say) as connection:
        migrate(connection)
        learned = learn(connection)
        known = {site: set(keys) for site, keys in known_blocks(connection).items()}
        for row in learned.judged:
            if row["state"] == "known":
                known.setdefault(row["site"], set()).add(row["block_id"])
        write_memory(
            {site: frozenset(keys) for site, keys in known.items()}, Path(run.context.memory_file)
        )
        if not learned.judged:
            return []
        return write_batches(
            connection, learned, run.memory_context, run.memory_folder, request.batch_size
        )


def settle_memory(run: Run) -> None:
    """Load what was learned and the articles that were cleaned again; nothing where nothing was
    learned. Raises as `finish` does.
    """
    if run.memory_folder.is_dir():
        context = run.memory_context
        _load(
            run,
            run.memory_folder / "stage",
            RunFacts(
                context.run_id,
                "site-memory",
                run.started_at,
                context.extractor_version,
                0,
                run.request.thresholds,
            ),
        )


def prepare(run: Run, have_workers: Callable[[], None] = lambda: None) -> list[Path]:
    """Bring the warehouse to the present layout, plan the run, and return its batch files; none
    where nothing is new. `have_workers` is called if pages are to be processed.
    """
    request = run.request
    reporter().step("looking for what is new", len(run.refs))
    with open_writer(request.warehouse, request.lock_timeout, reporter().say) as connection:
        migrate(connection)
        plan = make_plan(connection, run.refs, run.context, run.fetches.failed)
        fresh = (run.fetches.rows or {}).get(URLS.name, ())
        context = replace(run.context, kept_parameters=identity_parameters(connection, fresh))
    if plan.todo:
        have_workers()
    batches = write_plan(
        plan, context, run.folder, request.batch_size, request.workers, run.fetches.rows
    )
    reporter().step("cleaning and annotating", len(plan.todo))
    return batches


def finish(run: Run) -> tuple[CheckResult, ...]:
    """Load what is staged, run the checks, publish; return what the checks found.

    Raises ContractError, LedgerError or ChecksFailedError; then nothing is loaded or published, and
    `meta.runs` says why.
    """
    request = run.request
    shutil.rmtree(run.ahead_folder, ignore_errors=True)
    reporter().step("loading and checking")
    results, load = _load(run, run.stage, run.facts)
    reporter().step("publishing")
    seconds = request.publish_minutes * 60 if run.flow == "ingest" else 0.0
    ensure_published(request.warehouse, load, request.lock_timeout, reporter().say, seconds)
    return results


def _load(run: Run, stage: Path, facts: RunFacts) -> tuple[tuple[CheckResult, ...], Load | None]:
    """Load what is staged; return what the checks found, and the last run that loaded rows."""
    with open_writer(run.request.warehouse, run.request.lock_timeout, reporter().say) as connection:
        fresh = (run.fetches.rows or {}).get(URLS.name, ())
        moved = separate(connection, stage, identity_parameters(connection, fresh))
        if moved:
            reporter().say(
                f"{len(moved)} articles claim the canonical address of another; they keep their own"
            )
        try:
            results = load_run(
                connection,
                stage,
                facts,
                Resolver(run.request.aliases()),
                Linker(reporter().say),
                # what a person reprocesses is loaded as it is
                refuse_pages if facts.flow == "ingest" else None,
            )
        except (ContractError, LedgerError, ChecksFailedError, duckdb.Error) as error:
            write_failed_run(
                connection,
                facts,
                mask_text(str(error)),
                error.results if isinstance(error, ChecksFailedError) else (),
            )
            raise
        record_hits(connection, run.request.watches(), facts.run_id, datetime.now(UTC))
        return results, last_load(connection)


def _sweep(folder: Path, kept: int) -> None:
    """Take away the folders of earlier runs but the last `kept`. The caller holds the run lock, so
    none of them is at work.
    """
    earlier = (
        sorted(entry for entry in folder.iterdir() if entry.is_dir()) if folder.is_dir() else []
    )
    for old in earlier[: len(earlier) - kept] if kept else earlier:
        shutil.rmtree(old)
