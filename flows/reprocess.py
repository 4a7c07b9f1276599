"""The flow over stored pages: process them by the present rules, report what would change, and load
it on request.

It has the steps of `ingest.py`, over pages that the ledger knows; `flows/steps/reprocess.py`
chooses the pages and compares. Replay does the same for pages whose rows broke a contract.
"""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact
from prefect.futures import as_completed

from flows.ingest import process_batch, threads
from flows.prefect_hooks.incident_events import notify_incidents
from flows.prefect_hooks.run_name import name_run
from flows.settings import Settings
from flows.steps import ingest as steps
from flows.steps import reprocess as again
from flows.steps.reprocess import Report, Selection
from flows.steps.request import Request


def _judge(request: Request, selection: Selection, *, apply: bool, name: str) -> Report:
    logger = get_run_logger()
    with again.choosing(request, selection, apply=apply, flow=name) as (run, chosen):
        name_run(name, run.context.run_id)
        batches = again.prepare(run)
        logger.info("%d stored pages, %d batches", len(run.refs), len(batches))
        for done in as_completed([process_batch.submit(batch, run.stage) for batch in batches]):
            logger.info("batch done: %d pages", done.result())
        differences = again.compare(run, apply=apply)
        rescued = waiting = 0
        if apply:
            with notify_incidents(request):
                steps.finish(run)
            rescued, waiting = again.count_replayed(run)
    missing = chosen.missing[: again.MAX_NAMED_MISSING]
    report = Report(
        len(run.refs),
        len(chosen.missing),
        missing,
        chosen.versions,
        differences,
        run.context.run_id if apply else None,
        rescued,
        waiting,
    )
    rows = [{"what": d.kind, "count": d.count, "articles": d.article_count} for d in differences]
    create_table_artifact(
        table=rows,
        key=f"{name}-differences",
        description=f"{len(run.refs)} stored pages processed again",
    )
    return report


@flow(name="reprocess", description=__doc__, task_runner=threads(Settings().workers))
def reprocess(
    since: datetime | None = None,
    source: str | None = None,
    where: str | None = None,
    all: bool = False,  # noqa: A002 (the command's option)
    apply: bool = False,
    warehouse: Path | str | None = None,
    rules: list[Path] | None = None,
    recogniser: str | None = None,
    lock_timeout: float | None = None,
) -> dict[str, Any]:
    """Process stored pages by the present rules and report what changes; load it with `apply`.

    The parameters are the options of `newsduck reprocess`. What is None comes from the settings.
    Raises InputError, WarehouseError, ContractError, LedgerError or ChecksFailedError; then nothing
    is loaded.
    """
    settings = Settings.with_options(
        warehouse=warehouse, rules=rules, recogniser=recogniser, lock_timeout=lock_timeout
    )
    selection = Selection(since, source, where, all)
    request = Request.of((), settings)
    return _judge(request, selection, apply=apply, name="reprocess").as_dict()


@flow(name="replay", task_runner=threads(Settings().workers))
def replay(
    source: str | None = None,
    warehouse: Path | str | None = None,
    rules: list[Path] | None = None,
    lock_timeout: float | None = None,
) -> dict[str, Any]:
    """Process the pages whose rows wait in quarantine and load what has become well.

    The parameters are the options of `newsduck replay`; raises as `reprocess` does.
    """
    settings = Settings.with_options(warehouse=warehouse, rules=rules, lock_timeout=lock_timeout)
    request = Request.of((), settings)
    selection = Selection(source_id=source, is_broken=True)
    return _judge(request, selection, apply=True, name="replay").as_dict()
