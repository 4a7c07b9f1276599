"""Runs an ingest without Prefect: the same steps as `flows/ingest.py`, in this process.

It saves the seconds that a temporary Prefect server takes to start. There are no task runs, no
artifacts and no events; the tables, checks and messages are the same.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import duckdb

from flows.alert.deliver import Delivery, deliver
from flows.alert.heartbeat import send_heartbeat
from flows.alert.secrets import SecretLoader
from flows.steps import ingest as steps
from flows.steps.batch_runner import fork_workers, run_batch
from flows.steps.request import Request
from flows.steps.run_summary import Summary, read_summary
from flows.steps.subprocesses import WorkerError, run_relearning
from warehouse.errors import WarehouseError

RETRY_SECONDS = (2.0, 10.0)
"""Waits before a batch is tried again: a worker that could not start or write may do so a little
later. A page that kills its worker is not tried again but isolated.
"""

logger = logging.getLogger("newsduck.alert")


def may_help(message: str) -> bool:
    """Return whether to try a batch again after an error with this message. A broken contract
    would be broken again.
    """
    return "ContractError" not in message


@contextmanager
def delivering(deliver_now: Callable[[], Delivery]) -> Iterator[None]:
    """Send the messages about what the body's run found, whether it ends well or not.

    Raises UndeliveredError after a body that ended well where a message could not be sent. After
    one that failed, its own error counts: what cannot be sent then is logged.
    """
    try:
        yield
    except Exception:
        try:
            deliver_now()
        except (WarehouseError, duckdb.Error) as error:
            logger.error("the run failed, and nobody could be notified: %s", error)
        raise
    deliver_now().check()


def ingest_directly(request: Request, load_secret: SecretLoader | None = None) -> Summary:
    """Ingest pages into the warehouse and publish it; return the run's summary. `load_secret` reads
    secrets that alert channels name. Raises as the flow `ingest` does.
    """

    def deliver_now() -> Delivery:
        return deliver(request.warehouse, request.lock_timeout, request.alerts, load_secret)

    with steps.begin(request) as run, delivering(deliver_now):
        with ThreadPoolExecutor(request.workers) as pool:
            memory_stage = run.memory_folder / "stage"
            _all(pool, lambda file: run_relearning(file, memory_stage), steps.remember(run))
            steps.settle_memory(run)
            run = steps.fetch_pages(run)
            _all(
                pool,
                lambda file: run_with_retries(file, run.stage),
                steps.prepare(run, fork_workers),
            )
        steps.finish(run)
        summary = read_summary(request.warehouse, run.context.run_id)
    send_heartbeat(request.alerts, load_secret)
    return summary


def run_with_retries(batch_file: Path, stage: Path) -> None:
    """Process one batch, again after a passing error; raises WorkerError."""
    for seconds in RETRY_SECONDS:
        try:
            run_batch(batch_file, stage)
        except WorkerError as error:
            if not may_help(str(error)):
                raise
            logger.warning("batch %s: %s; tried again in %g s", batch_file.stem, error, seconds)
            time.sleep(seconds)
        else:
            return
    run_batch(batch_file, stage)


def _all(pool: ThreadPoolExecutor, do: Callable[[Path], object], files: list[Path]) -> None:
    """Do something with every file; raise the first error and start no more."""
    waiting = [pool.submit(do, file) for file in files]
    try:
        for future in waiting:
            future.result()
    except BaseException:
        for future in waiting:
            future.cancel()
        raise
