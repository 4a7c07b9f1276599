"""The scheduled flow: pages in, rows out, checks, publishing.

The steps are in `flows/steps/ingest.py`. This module adds Prefect: tasks, retries, artifacts. One
task a batch, since a task costs 10 to 40 ms and a page about 30 ms. A task waits for the batch's
own process, so threads are enough.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, cast

import httpx
from prefect import flow, get_run_logger, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture, as_completed
from prefect.settings import get_current_settings
from prefect.task_runners import TaskRunner, ThreadPoolTaskRunner

from flows.acquire.web.masking import mask_url
from flows.config.errors import InputError
from flows.prefect_hooks.end_with_serve import end_with_serve
from flows.prefect_hooks.health_artifact import showing_health
from flows.prefect_hooks.incident_events import notify_incidents
from flows.prefect_hooks.run_name import name_run, run_url
from flows.prefect_hooks.skip_late_runs import stands_down
from flows.settings import Settings
from flows.steps import ingest as steps
from flows.steps.batch_runner import run_batch
from flows.steps.direct import RETRY_SECONDS, may_help
from flows.steps.request import Request
from flows.steps.run import Run
from flows.steps.run_summary import Summary, read_summary
from flows.steps.subprocesses import run_relearning

SERVER_SECONDS = 5.0
"""How long a Prefect server may take to say that it is well."""


def _may_help(task: Any, run: Any, state: Any) -> bool:
    """Return whether to try a batch again, as Prefect asks."""
    return may_help(str(state.message))


def threads(workers: int) -> TaskRunner[PrefectFuture[Any]]:
    """Return a runner of `workers` threads, as the type that Prefect's own signatures ask for."""
    return cast("TaskRunner[PrefectFuture[Any]]", ThreadPoolTaskRunner[Any](max_workers=workers))


@task(
    retries=len(RETRY_SECONDS),
    retry_delay_seconds=list(RETRY_SECONDS),
    retry_condition_fn=_may_help,
    task_run_name="batch {batch_file.stem}",
)
def process_batch(batch_file: Path, stage: Path) -> int:
    """Clean, annotate and stage one batch in a process of its own, here or on a Dask worker; return
    its number of pages.
    """
    return run_batch(batch_file, stage)


@task(name="fetch", task_run_name="fetch", cache_policy=NO_CACHE)
def fetch_pages(run: Run) -> Run:
    """Fetch what the run asks of the web, and process pages meanwhile; return the run with the
    pages that came.
    """
    return steps.fetch_pages(run)


@task(task_run_name="site memory {batch_file.stem}")
def clean_again(batch_file: Path, stage: Path) -> None:
    """Take what the site memory has come to know out of a batch of loaded articles."""
    run_relearning(batch_file, stage)


@flow(name="ingest", description=__doc__, task_runner=threads(Settings().workers))
def ingest(
    inputs: list[str] | None = None,
    sources_file: Path | None = None,
    rules: list[Path] | None = None,
    aliases: Path | None = None,
    recogniser: str | None = None,
    warehouse: Path | str | None = None,
    lock_timeout: float | None = None,
    batch_size: int | None = None,
    workers: int | None = None,
    allow_outside: bool | None = None,
) -> dict[str, Any]:
    """Ingest pages into the warehouse and publish it; return the run's summary.

    `inputs` are files, folders, globs, manifests and addresses; without any, what the sources list.
    Parameters that are None come from the settings. Raises InputError, WarehouseError,
    ContractError, LedgerError or ChecksFailedError; then nothing more is loaded or published than
    what the run had loaded before. Raises UndeliveredError where all is loaded and published, but a
    message could not be sent.
    """
    end_with_serve()
    if late := stands_down():
        return late
    given: dict[str, Any] = {
        "sources": sources_file,
        "rules": rules,
        "aliases": aliases,
        "recogniser": recogniser,
        "warehouse": warehouse,
        "lock_timeout": lock_timeout,
        "batch_size": batch_size,
        "workers": workers,
        "allow_outside": allow_outside,
    }
    settings = Settings.with_options(**given)
    logger = get_run_logger()
    request = replace(
        Request.of([GIVEN.get(i, i) for i in inputs or ()], settings), run_url=run_url()
    )
    with (
        steps.begin(request) as run,
        notify_incidents(request),
        showing_health(request, settings.monitor),
    ):
        name_run("ingest", run.context.run_id)
        for known in as_completed(
            [
                clean_again.submit(batch, run.memory_folder / "stage")
                for batch in steps.remember(run)
            ]
        ):
            known.result()
        steps.settle_memory(run)
        if run.web:
            run = fetch_pages(run)
        batches = steps.prepare(run)
        logger.info("run %s: %d pages, %d batches", run.context.run_id, len(run.refs), len(batches))
        for done in as_completed([process_batch.submit(batch, run.stage) for batch in batches]):
            logger.info("batch done: %d pages", done.result())
        results = steps.finish(run)
        summary = read_summary(request.warehouse, run.context.run_id)
        for result in results:
            if result.is_failed:
                logger.warning(
                    "check %s (%s): %d rows", result.where, result.check.severity, result.row_count
                )
        create_table_artifact(
            table=summary.table(),
            key="ingest-summary",
            description=f"Run {summary.run_id}: {summary.state}",
        )
    return summary.as_dict()


GIVEN: dict[str, str] = {}
"""What the command was given, by what Prefect is shown of it: Prefect keeps and shows parameters,
and addresses may carry passwords and tokens.
"""


def shown_inputs(inputs: Iterable[str]) -> list[str]:
    """Return inputs as Prefect may keep them: secrets of addresses masked, all of them
    different.
    """
    found: list[str] = []
    for given in inputs:
        try:
            masked = mask_url(given) if "://" in given else given
        except ValueError:  # no valid address: the run says so
            masked = given.partition("://")[0] + "://…"
        text = shown = masked.encode("utf-8", "backslashreplace").decode("utf-8")
        number = 1
        while shown in found:
            number += 1
            shown = f"{text} ({number})"
        found.append(shown)
    return found


def ingest_request(request: Request) -> Summary:
    """Run the flow for a request of the command, on the configured Prefect server or a temporary
    one.
    """
    shown = shown_inputs(request.inputs)
    GIVEN.update(zip(shown, request.inputs, strict=True))
    chosen = ingest.with_options(task_runner=threads(request.workers))
    return Summary(
        **chosen(
            inputs=shown,
            sources_file=request.sources_file,
            rules=list(request.rule_files),
            aliases=request.aliases_file,
            recogniser=request.recogniser,
            warehouse=str(request.warehouse),
            lock_timeout=request.lock_timeout,
            batch_size=request.batch_size,
            workers=request.workers,
            allow_outside=request.allow_outside,
        )
    )


def server_url() -> str | None:
    """Return the address of the Prefect server that is configured (PREFECT_API_URL or profile),
    None where there is none.
    """
    return get_current_settings().api.url


def check_server() -> None:
    """Raise InputError where the configured Prefect server does not answer."""
    url = server_url()
    try:
        httpx.get(f"{url}/health", timeout=SERVER_SECONDS).raise_for_status()
    except httpx.HTTPError as error:
        raise InputError(
            f"the Prefect server at {url} cannot be reached ({error}). Start it with `prefect "
            "server start`, "
            "or unset PREFECT_API_URL to run on a temporary server. Nothing was changed."
        ) from error
