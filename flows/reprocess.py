"""The flow over stored pages: judge them by the present rules, report what would change, and load
it when told to.

The same steps as `ingest.py`, over pages that the ledger knows; which pages and what is compared
stands in `again.py`. Replaying the quarantine is the same over pages whose rows broke a contract.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from prefect import flow, get_run_logger
from prefect.artifacts import create_table_artifact
from prefect.futures import as_completed

from flows.ingest import process_batch, threads
from flows.prefect_hooks.incident_events import notify_incidents
from flows.settings import Settings
from flows.steps import ingest as steps
from flows.steps import reprocess as again
from flows.steps.reprocess import Report, Selection


def _judge(request: steps.Request, selection: Selection, *, apply: bool, name: str) -> Report:
    logger = get_run_logger()
    with again.choosing(request, selection, apply=apply, flow=name) as (run, chosen):
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
        description=f"{len(run.refs)} stored pages judged again",
    )
    return report


@flow(name="reprocess", description=__doc__, task_runner=threads(Settings().workers))
def reprocess(
    since: datetime | None = None,
    source_id: str | None = None,
    where: str | None = None,
    every: bool = False,
    apply: bool = False,
    settings: dict[str, Any] | None = None,
) -> dict[str, Any]:
    """Judge stored pages by the present rules and report what changes; load it with `apply`.
    `settings` go over the settings in force.

    Raises InputError, WarehouseError, ContractError, LedgerError or ChecksFailedError; then nothing
    is loaded.
    """
    request = steps.Request.of((), Settings.with_options(**settings or {}))
    return _judge(
        request, Selection(since, source_id, where, every), apply=apply, name="reprocess"
    ).as_dict()


@flow(name="replay", task_runner=threads(Settings().workers))
def replay(source_id: str | None = None, settings: dict[str, Any] | None = None) -> dict[str, Any]:
    """Judge again the pages whose rows wait in quarantine and load what has become well; raises as
    `reprocess` does.
    """
    request = steps.Request.of((), Settings.with_options(**settings or {}))
    return _judge(
        request, Selection(source_id=source_id, is_broken=True), apply=True, name="replay"
    ).as_dict()
