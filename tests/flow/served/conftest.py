"""One real Prefect server for all tests that need one. It ends with the last of them: without work
it takes 0.03 s of CPU a second.
"""

from __future__ import annotations

import os
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.worker.batch import Batch
from tests.flow import postgres as postgres_server
from tests.flow.pages import process_here
from tests.flow.prefect_server import Server, started


@pytest.fixture(scope="package")
def server(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A Prefect server, and the environment of programs that use it. It is on PostgreSQL where that
    can be had, as in deploy/compose.yaml: that costs a third less than SQLite.
    """
    has_postgres = postgres_server.programs() is not None
    database = request.getfixturevalue("postgres").url() if has_postgres else None
    with started(tmp_path_factory.mktemp("server"), database) as running:
        yield running


@pytest.fixture(scope="package")
def prefect_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's address; this process's flows use it."""
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: server.url}):
            yield server.url


def counted_here(batch_file: Path, stage: Path) -> int:
    """Process a batch in this process, and return its number of pages."""
    process_here(batch_file, stage)
    return len(Batch.read(batch_file).pages)


@pytest.fixture
def here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Batches are processed in this process: a worker takes seconds to start, and the tests that
    go without this start one.
    """
    monkeypatch.setattr("flows.ingest.run_batch", counted_here)
