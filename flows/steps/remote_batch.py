"""One batch on another machine: what a Dask worker does when a run sends it work.

Each function is called by name on the worker, which has newsduck installed in the same version. The
batch's pages are processed in processes of their own there too, so a page that kills its process
does not take the Dask worker with it.
"""

from __future__ import annotations

import tempfile
from dataclasses import replace
from pathlib import Path

import fsspec
from fsspec import AbstractFileSystem

from flows.steps.subprocesses import WorkerError, run_batch
from flows.version import extractor_version
from flows.worker.batch import Batch

STAGE = "stage"
"""The folder of the staged rows, in a batch's shared folder."""

MAX_NAME = 80
"""Characters of a file's name that its copy keeps: the end says how it is packed."""


def process_here(batch_file: str, stage: str, version: str) -> int:
    """Process a batch whose files this machine sees under the same paths; return its number of
    pages. `version` is the extractor's version on the machine that asks, without rules of its own.

    Raises WorkerError where the worker fails, or runs another version.
    """
    _demand(version)
    return run_batch(Path(batch_file), Path(stage))


def process_copy(shared: str, name: str, copies: dict[str, str], version: str) -> int:
    """Process the batch `name` of the run's shared folder (an fsspec URL); put the staged rows
    beside it and return the number of pages.

    `copies` maps each file that the batch reads, as the run's machine names it, to its copy's name
    in the shared folder. Raises WorkerError where the worker fails, or runs another version.
    """
    _demand(version)
    storage, root = fsspec.core.url_to_fs(shared)
    with tempfile.TemporaryDirectory(prefix="newsduck-batch-") as temporary:
        folder = Path(temporary)
        batch_file = folder / f"{name}.json"
        storage.get_file(f"{root}/{name}/{name}.json", str(batch_file))
        here: dict[str, str] = {}
        for number, (original, copy) in enumerate(copies.items()):
            target = folder / f"{number}-{Path(original).name[-MAX_NAME:]}"
            storage.get_file(f"{root}/{copy}", str(target))
            here[original] = str(target)
        batch = Batch.read(batch_file)
        replace(batch, run=batch.run.moved(here)).write(batch_file)
        count = run_batch(batch_file, folder / STAGE)
        for file in sorted((folder / STAGE).rglob("*.parquet")):
            put(storage, str(file), f"{root}/{name}/{file.relative_to(folder).as_posix()}")
    return count


def put(storage: AbstractFileSystem, file: str, target: str) -> None:
    """Copy a file of this machine into a shared folder."""
    storage.makedirs(target.rpartition("/")[0], exist_ok=True)
    storage.put_file(file, target)


def _demand(version: str) -> None:
    own = extractor_version()
    if own != version:
        raise WorkerError(
            f"a Dask worker has newsduck's extractor {own}, the run has {version}: install the same"
            " version everywhere"
        )
