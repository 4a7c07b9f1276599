"""Plans, loads and publishes the pages of a run: some while others are being fetched, the rest at
its end.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from flows.acquire.web.masking import mask_text
from flows.alert.watches import record_hits
from flows.linking.linker import Linker
from flows.progress import reporter
from flows.resolution.resolver import Resolver
from flows.steps.early_loads import CompleteSource
from flows.steps.fetch_state import identity_parameters
from flows.steps.join_twins import join_twins
from flows.steps.plan import make_plan, write_plan
from flows.steps.run import Run
from flows.steps.second_look import refuse_pages
from flows.steps.shared_canonical import separate
from flows.steps.web_request import Fetches
from schemas import ContractError, Row
from warehouse.check import CheckResult, ChecksFailedError
from warehouse.connect import open_writer
from warehouse.errors import WarehouseConflictError
from warehouse.load import LedgerError, RunFacts, load_run, write_failed_run
from warehouse.publish import ensure_published, last_load, prepare_publishing
from warehouse.start_duckdb import fit_to_size

LOAD_ERRORS = (
    *(ContractError, LedgerError, ChecksFailedError),
    *(WarehouseConflictError, duckdb.Error),
)
"""Why a load may fail."""

Process = Callable[[Path, Path], object]
"""Processes the pages of a batch file and stages their rows under a folder."""


def plan_batches(
    run: Run, identity: Iterable[Row], have_workers: Callable[[], None] = lambda: None
) -> tuple[list[Path], int]:
    """Bring the warehouse to the present layout and plan `run.refs`; return the batch files and how
    many pages are in them. `have_workers` is called if there are any.

    `identity` are rows of `meta.urls` that say which parameters tell articles apart.
    """
    request = run.request
    with closing(run.kept) as kept:
        connection = kept.open()
        plan = make_plan(connection, run.refs, run.context, run.fetches.failed, run.early_count)
        context = replace(run.context, kept_parameters=identity_parameters(connection, identity))
    if plan.todo:
        have_workers()
    batches = write_plan(
        plan, context, run.folder, request.batch_size, request.workers, run.fetches.rows
    )
    return batches, len(plan.todo)


def load_part(
    run: Run,
    number: int,
    sources: Sequence[CompleteSource],
    process: Process,
    mutex: threading.Lock,
) -> bool:
    """Load complete sources as part `number` of a run that is still fetching, and publish as the
    settings say; return False where none of their pages is new: then nothing was loaded.

    `mutex` is held while the warehouse is open. Raises as `load_stage` does, and RawStoreError;
    then nothing of the part is loaded.
    """
    files = run.request.raw_files
    files.put_new()  # rows that are loaded point at them
    # what is unchanged stands in an earlier file
    files.bring({Path(ref.file).name for source in sources for ref in source.refs})
    identity = [row for source in sources for row in source.identity]
    part = replace(
        run,
        refs=tuple(ref for source in sources for ref in source.refs),
        folder=run.folder / f"part-{number}",
        fetches=Fetches(),
    )
    with mutex:
        batches, page_count = plan_batches(part, identity)
    if not page_count:
        return False
    for batch in batches:
        process(batch, part.stage)
    with mutex:
        load_and_publish(part, replace(part.facts, is_part=True), identity)
    reporter().say(f"loaded {len(part.refs)} pages of sources that are complete")
    return True


def load_stage(run: Run, stage: Path, facts: RunFacts) -> None:
    """Load what is staged under `stage`, and publish nothing. Raises as `load_and_publish` does."""
    with _opened(run) as connection:
        _load(connection, run, stage, facts, ())


def load_and_publish(run: Run, facts: RunFacts, identity: Iterable[Row]) -> tuple[CheckResult, ...]:
    """Load what the run has staged, and publish it as the settings say; return what the checks
    found. The caller holds the run lock.

    Raises one of LOAD_ERRORS; then nothing of it is loaded. `meta.runs` says why, except for a part
    of a run: the load at the run's end has its pages again.
    """
    request, say = run.request, reporter().say
    seconds = request.publish_minutes * 60 if run.flow == "ingest" else 0.0
    with _opened(run) as connection:
        results = _load(connection, run, run.stage, facts, identity)
        if not facts.is_part:
            reporter().step("publishing")
        load = last_load(connection)
        prepared = prepare_publishing(request.warehouse, connection, load, say, seconds)
    ensure_published(request.warehouse, load, request.lock_timeout, say, seconds, prepared)
    return results


@contextmanager
def _opened(run: Run) -> Iterator[duckdb.DuckDBPyConnection]:
    request = run.request
    with open_writer(request.warehouse, request.lock_timeout, reporter().say) as connection:
        fit_to_size(connection, len(run.refs))
        yield connection


def _load(
    connection: duckdb.DuckDBPyConnection,
    run: Run,
    stage: Path,
    facts: RunFacts,
    identity: Iterable[Row],
) -> tuple[CheckResult, ...]:
    kept = identity_parameters(connection, identity)
    if count := separate(connection, stage, kept):
        reporter().say(
            f"{count} articles claim the canonical address of another; they keep their own"
        )
    if count := join_twins(connection, stage, kept):
        reporter().say(f"{count} pages are editions of an article, with its text")
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
    except LOAD_ERRORS as error:
        if not facts.is_part:
            write_failed_run(
                connection,
                facts,
                mask_text(str(error)),
                error.results if isinstance(error, ChecksFailedError) else (),
            )
        raise
    record_hits(connection, run.request.watches(), facts.run_id, datetime.now(UTC))
    return results
