"""Where batches are processed: in processes of this machine, or on a Dask cluster."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Protocol

from flows.config.errors import InputError
from flows.settings import DaskSettings
from flows.steps import subprocesses
from flows.steps.subprocesses import WorkerError


class Runner(Protocol):
    """Processes batches somewhere."""

    def run_batch(self, batch_file: Path, stage: Path) -> int:
        """Process a batch into a folder of `stage`; return its number of pages."""


_chosen: list[Runner] = []
"""The runner of the run under way; none where batches are processed on this machine."""


def run_batch(batch_file: Path, stage: Path) -> int:
    """Process the batch in `batch_file` into a folder of `stage`, where the run's settings say so;
    return the number of its pages. Raises WorkerError.
    """
    runner: Runner = _chosen[-1] if _chosen else subprocesses
    return runner.run_batch(batch_file, stage)


def fork_workers() -> None:
    """Have workers forked from this process, where batches are processed on this machine."""
    if not _chosen:
        subprocesses.fork_workers()


@contextmanager
def running_on(dask: DaskSettings | None, workers: int, run_id: str) -> Iterator[None]:
    """Process the body's batches on the cluster that `dask` names; on this machine if it is None.
    A local cluster has `workers` processes.

    Raises InputError where Dask is not installed or the cluster does not answer.
    """
    if dask is None:
        yield
        return
    try:
        from flows.steps.dask_runner import DaskRunner

        runner = DaskRunner(dask.address, workers, dask.shared, run_id)
    except ImportError as error:
        raise InputError(
            "task_runner = \"dask\" needs Dask: pip install 'newsduck[dask]'"
        ) from error
    except WorkerError as error:
        raise InputError(f"{error}. Nothing was changed.") from error
    _chosen.append(runner)
    try:
        yield
    finally:
        _chosen.remove(runner)
        runner.close()
