"""Batches on a Dask cluster: the same rows as on this machine, over shared files or over an object
store, whatever happens to its workers.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from flows.config.errors import InputError
from flows.settings import DaskSettings
from flows.steps import remote_batch, subprocesses
from flows.steps.dask_runner import DaskRunner
from flows.steps.direct import ingest_directly
from flows.steps.subprocesses import WorkerError
from flows.worker.batch import Batch
from flows.worker.rows import RunContext
from tests.flow import object_store
from tests.flow.pages import ask, html_page, ingest, request

if TYPE_CHECKING:
    from distributed import LocalCluster

pytestmark = pytest.mark.usefixtures("unpublished", "unwarned")

TABLES = {
    "articles": "SELECT * EXCLUDE (run_id, first_seen_at, last_seen_at) FROM articles"
    " ORDER BY article_id",
    "quotes": "SELECT * FROM quotes ORDER BY quote_id",
    "mentions": "SELECT * FROM mentions ORDER BY article_id, char_start",
    "pages": "SELECT location, page_id, outcome, sha256 FROM meta.pages ORDER BY location",
    "boilerplate": "SELECT * FROM boilerplate ORDER BY page_id, position",
}


@pytest.fixture(scope="module")
def cluster(bucket: str) -> Iterator[LocalCluster]:
    from distributed import LocalCluster  # takes long to import

    with LocalCluster(n_workers=1, threads_per_worker=2, dashboard_address=None) as started:
        yield started


NAMES = (
    "Low Fenwick",
    "Ostrander Marine",
    "Sable Point",
    "Quilliam Wharf",
    "Tern Rock",
    "Eastgate",
)


def write_pages(folder: Path, poisoned: int | None = None) -> Path:
    """Write a page about each of NAMES."""
    made = folder / "pages"
    made.mkdir()
    for n, name in enumerate(NAMES):
        paragraphs = [
            f"{name} has waited {n + 2} years for a crane, the board of {name} heard today.",
            f"“We of {name} shall see quay {n * 7} through,” said Marta Quilliam of {name}.",
        ]
        poison = "<!-- POISON -->" if n == poisoned else ""
        page = html_page(f"{name} plans anew", paragraphs) + poison
        (made / f"{n}.html").write_text(page, encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_pages(tmp_path_factory.mktemp("sound"))


@pytest.fixture(scope="module")
def here(pages: Path) -> dict[str, Any]:
    """The rows of the pages, ingested in this process."""
    ingest(request(pages.parent, pages, batch_size=3))
    return rows(pages.parent / "w.duckdb")


def rows(warehouse: Path) -> dict[str, Any]:
    return {name: ask(warehouse, query) for name, query in TABLES.items()}


def ingested(folder: Path, inputs: Path, **more: Any) -> dict[str, Any]:
    ingest_directly(request(folder, inputs, workers=2, batch_size=3, **more))
    return rows(folder / "w.duckdb")


def on_dask(cluster: LocalCluster, **more: Any) -> dict[str, Any]:
    return {"dask": DaskSettings(address=cluster.scheduler_address, **more)}


def test_a_cluster_gives_the_rows_of_one_machine_though_a_worker_dies(
    tmp_path: Path, pages: Path, here: dict[str, Any], cluster: LocalCluster
) -> None:
    """Batches travel over shared files, and those of the dead worker go to the next one. It comes
    first: the worker that dies has started nothing yet.
    """
    with cluster.get_client() as client:
        client.run(_die_at_next_batch, workers=[next(iter(client.scheduler_info()["workers"]))])
        there = ingested(tmp_path, pages, **on_dask(cluster))
    assert there == here


def test_batches_travel_over_an_object_store(
    tmp_path: Path, pages: Path, here: dict[str, Any], cluster: LocalCluster, bucket: str
) -> None:
    assert ingested(tmp_path, pages, **on_dask(cluster, shared=f"{bucket}/runs")) == here
    assert object_store.objects() == []


def test_a_page_that_kills_its_process_is_alone_to_blame(
    tmp_path: Path, cluster: LocalCluster
) -> None:
    faulty = (sys.executable, str(Path(__file__).with_name("faulty_worker.py")))
    made = write_pages(tmp_path, poisoned=4)
    with cluster.get_client() as client:
        client.run(_use_server, faulty)
        there = ingested(tmp_path, made, **on_dask(cluster))
        client.run(_use_server, subprocesses.SERVER)
    outcomes = {location.rpartition("/")[2]: outcome for location, _, outcome, _ in there["pages"]}
    assert outcomes == {f"{n}.html": "rejected" if n == 4 else "loaded" for n in range(len(NAMES))}


def test_a_scheduler_that_is_not_there_is_one_clear_error(
    tmp_path: Path, pages: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.steps.dask_runner.CONNECT_SECONDS", 0.1)
    asked = request(tmp_path, pages, dask=DaskSettings(address="tcp://127.0.0.1:9"))
    with pytest.raises(InputError, match="cannot be reached"):
        ingest_directly(asked)


def test_a_worker_of_another_version_is_told_apart() -> None:
    with pytest.raises(WorkerError, match="install the same version everywhere"):
        remote_batch.process_here("batch.json", "stage", "0.0.0+of-yesterday")


def _use_server(command: tuple[str, ...]) -> None:
    """Let the batches of this Dask worker go to another worker server."""
    subprocesses._server.stop()
    subprocesses.SERVER = command


def _die_at_next_batch() -> None:
    """Let this Dask worker end when it is given a batch."""
    import os

    def die(*_: object) -> int:
        os._exit(9)

    vars(remote_batch)["run_batch"] = die


def test_the_batches_of_two_loads_of_a_run_do_not_meet_in_the_shared_folder(
    tmp_path: Path, cluster: LocalCluster, bucket: str
) -> None:
    runner = DaskRunner(cluster.scheduler_address, 1, bucket, "run")
    try:
        for part in ("part-1", "run"):
            batch_file, stage = tmp_path / part / "batches" / "0001.json", tmp_path / part / "stage"
            batch_file.parent.mkdir(parents=True)
            Batch(RunContext("run", "version", {}), ()).write(batch_file)
            assert runner.run_batch(batch_file, stage) == 0
            assert [folder.name for folder in stage.iterdir()] == [f"{part}-0001"]
    finally:
        runner.close()
