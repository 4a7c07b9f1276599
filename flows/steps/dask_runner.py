"""Sends batches to a Dask cluster: one that runs already, or a local one for the run's time.

A batch that loses its worker is given to another one by Dask. One that loses several is processed
on this machine, where the page that is to blame is found and rejected.
"""

from __future__ import annotations

import hashlib
import logging
import os
import threading
from pathlib import Path
from typing import TYPE_CHECKING, Any

import fsspec

from flows.progress import reporter
from flows.steps import remote_batch
from flows.steps.subprocesses import WorkerError, run_batch
from flows.version import extractor_version
from flows.worker.batch import Batch

if TYPE_CHECKING:
    from distributed import Client

logger = logging.getLogger(__name__)

CONNECT_SECONDS = 30
"""How long a scheduler may take to answer."""


class DaskRunner:
    """Processes batches on a Dask cluster. Threads may share it. Close it after the run."""

    def __init__(self, address: str | None, workers: int, shared: str | None, run_id: str) -> None:
        """`address` is the scheduler's (`tcp://host:8786`); None starts `workers` processes here.

        `shared` is a folder of an object store (an fsspec URL such as `s3://bucket/newsduck`) over
        which batches and rows travel; None where all machines see the same files. Raises
        WorkerError where the cluster does not answer.
        """
        from distributed import Client, LocalCluster

        self._cluster = None
        self._shared = f"{shared.rstrip('/')}/{run_id}" if shared else None
        if self._shared is not None:
            self._storage, self._root = fsspec.core.url_to_fs(self._shared)
        self._copies: dict[str, str] = {}
        self._lock = threading.Lock()
        try:
            if address is None:
                self._cluster = LocalCluster(
                    n_workers=workers, threads_per_worker=1, dashboard_address=None
                )
            self._client: Client = Client(self._cluster or address, timeout=CONNECT_SECONDS)
        except (OSError, ValueError) as error:
            raise WorkerError(
                f"the Dask scheduler at {address} cannot be reached: {error}"
            ) from error

    def run_batch(self, batch_file: Path, stage: Path) -> int:
        """Process a batch as `subprocesses.run_batch` does; return its number of pages."""
        from distributed import KilledWorker

        try:
            count = self._send(batch_file, stage)
        except WorkerError:
            raise
        except KilledWorker as error:
            logger.warning("batch %s: %s; it is processed here", batch_file.stem, error)
            return run_batch(batch_file, stage)
        except Exception as error:  # whatever a cluster and an object store may raise
            raise WorkerError(f"batch {batch_file.stem}, on Dask: {error}") from error
        for _ in range(count):
            reporter().page()
        return count

    def close(self) -> None:
        """Take the run's files out of the shared folder and let the cluster go."""
        self._client.close()
        if self._cluster is not None:
            self._cluster.close()
        if self._shared is not None and self._storage.exists(self._root):
            self._storage.rm(self._root, recursive=True)

    def _send(self, batch_file: Path, stage: Path) -> int:
        version = extractor_version()
        if self._shared is None:
            paths = str(batch_file.resolve()), str(stage.resolve())
            return self._result(remote_batch.process_here, *paths, version)
        # each load of a run numbers its batches from 1
        name = f"{batch_file.parents[1].name}-{batch_file.stem}"
        copies = {
            file: self._copy(file)
            for file in Batch.read(batch_file).files()
            if Path(file).is_file()
        }
        remote_batch.put(self._storage, str(batch_file), f"{self._root}/{name}/{name}.json")
        count = self._result(remote_batch.process_copy, self._shared, name, copies, version)
        rows = f"{self._root}/{name}/{remote_batch.STAGE}/"
        for staged in self._storage.find(rows):
            target = stage / staged.removeprefix(rows)
            target.parent.mkdir(parents=True, exist_ok=True)
            self._storage.get_file(staged, str(target))
        return count

    def _result(self, function: Any, *arguments: object) -> int:
        return int(self._client.submit(function, *arguments, pure=False).result())

    def _copy(self, file: str) -> str:
        """Put a file into the shared folder, once a run; return its name there."""
        with self._lock:
            if file not in self._copies:
                name = hashlib.sha256(os.fsencode(file)).hexdigest()[:24]
                remote_batch.put(self._storage, file, f"{self._root}/{name}")
                self._copies[file] = name
            return self._copies[file]
