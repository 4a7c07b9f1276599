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

from flows.steps.subprocesses import WorkerError, run_batch
from flows.version import extractor_version
from flows.worker.batch import Batch

BATCH = "batch.json"
STAGE = "stage"
"""Names in a batch's shared folder: what is to be done, and the staged rows."""

MAX_NAME = 80
"""Characters of a file's name that its copy keeps: the end says how it is packed."""


def process_here(batch_file: str, stage: str, version: str) -> int:
    """Process a batch whose files this machine sees under the same paths; return its number of
    pages. `version` is the extractor's version on the machine that asks, without rules of its own.

    Raises WorkerError where the worker fails, or runs another version.
    """
    _demand(version)
    return run_batch(Path(batch_file), Path(stage))


def process_copy(address: str, carried: dict[str, str], version: str) -> int:
    """Process the batch in the shared folder at `address` (an fsspec URL); put the staged rows
    beside it and return the number of pages.

    `carried` maps each file that the batch reads, as the run's machine names it, to its copy's URL.
    Raises WorkerError where the worker fails, or runs another version.
    """
    _demand(version)
    storage, root = fsspec.core.url_to_fs(address)
    with tempfile.TemporaryDirectory(prefix="newsduck-batch-") as name:
        folder = Path(name)
        batch_file = folder / f"{root.rpartition('/')[2]}.json"
        storage.get_file(f"{root}/{BATCH}", str(batch_file))
        here: dict[str, str] = {}
        for number, (original, copy) in enumerate(carried.items()):
            target = folder / f"{number}-{Path(original).name[-MAX_NAME:]}"
            storage.get_file(storage._strip_protocol(copy), str(target))
            here[original] = str(target)
        batch = Batch.read(batch_file)
        replace(batch, run=batch.run.moved(here)).write(batch_file)
        count = run_batch(batch_file, folder / STAGE)
        for file in sorted((folder / STAGE).rglob("*.parquet")):
            copy = f"{root}/{file.relative_to(folder).as_posix()}"
            storage.makedirs(storage._parent(copy), exist_ok=True)
            storage.put_file(str(file), copy)
    return count


def _demand(version: str) -> None:
    own = extractor_version()
    if own != version:
        raise WorkerError(
            f"a Dask worker has newsduck's extractor {own}, the run has {version}: install the same"
            " version everywhere"
        )
