"""One real Prefect server for all tests that need one, and a small warehouse made once a module."""

from __future__ import annotations

import os
import shutil
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.flow.pages import PARAGRAPHS, html_page, ingest, request, text_page
from tests.flow.prefect_server import Server, started


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Prefect server, and the environment of programs that use it."""
    with started(tmp_path_factory.mktemp("server")) as running:
        yield running


@pytest.fixture(scope="session")
def prefect_server(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The server's address; this process's flows use it."""
    os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] = "false"
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        from prefect.settings import PREFECT_API_URL, temporary_settings

        with temporary_settings({PREFECT_API_URL: server.url}):
            yield server.url


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to stand in, so that nobody's newsduck.toml is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a published warehouse of two articles and their pages."""
    folder = tmp_path_factory.mktemp("made")
    pages = folder / "pages"
    pages.mkdir()
    (pages / "quay.html").write_text(
        html_page("Port Ellery widens its quay", url="https://tide.example/news/quay"),
        encoding="utf-8",
    )
    (pages / "ships.txt").write_text(
        text_page("Ships wait outside the breakwater", PARAGRAPHS[1:]), encoding="utf-8"
    )
    ingest(request(folder, pages))
    return folder


@pytest.fixture
def warehouse(made: Path, tmp_path: Path) -> Path:
    """A copy of the warehouse, with its pages and published copy, in the test's folder."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "w.duckdb"
