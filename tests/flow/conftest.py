"""A small warehouse that is made once, and the homes and servers that tests ask for."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.flow import object_store
from tests.flow import postgres as postgres_server
from tests.flow.pages import PARAGRAPHS, html_page, ingest, request, text_page
from tests.flow.postgres import Postgres
from tests.homes import HomeIn, copy_of, file_in, lake_in
from tests.shared import made_once
from warehouse.check_loader import Check, all_checks
from warehouse.connect import LakeAddress, WarehouseAddress
from warehouse.move import move


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    """The address of a bucket in an object store, empty when the tests of a module begin."""
    with object_store.started() as address:
        yield address


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL server; tests that need it are skipped where there are no packages of it."""
    with postgres_server.started() as server:
        yield server


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test that asks for a home in those that its mark names, else in a DuckDB file."""
    if "home" in metafunc.fixturenames:
        mark = metafunc.definition.get_closest_marker("homes")
        kinds = mark.args if mark else ("file",)
        metafunc.parametrize("home", kinds, indirect=True, scope="module")


@pytest.fixture(scope="module")
def home(request: pytest.FixtureRequest) -> HomeIn:
    """Where warehouses are made: what `tests/homes.py` says of the kind."""
    if request.param != "postgres":
        return lake_in if request.param == "lake" else file_in
    server: Postgres = request.getfixturevalue("postgres")
    return lambda folder: LakeAddress(f"postgres:{server.database()}", str(folder / "w.data"))


@pytest.fixture
def empty_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own to stand in, so that nobody's newsduck.toml is read."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def unlinked(made: Path) -> Iterator[None]:
    """Runs link nothing. Linking is a third of a small run: modules that look at no copy, story or
    utterance ask for this.
    """
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("flows.steps.load.Linker", lambda say: None)
        yield


@pytest.fixture(scope="module")
def unpublished(made: Path) -> Iterator[None]:
    """Runs and changes publish nothing, which is a tenth of a small run and half of a change: for
    modules that read the warehouse itself.
    """
    with pytest.MonkeyPatch.context() as patch:
        for step in ("load.prepare_publishing", "load.ensure_published", "run_frame.publish"):
            patch.setattr(f"flows.steps.{step}", lambda *_: None)
        yield


@pytest.fixture(scope="module")
def unwarned(made: Path) -> Iterator[None]:
    """Runs ask the checks that can stop them, and no others. Checks that warn are an eighth of a
    small run: modules that look at no warning, flag or incident ask for this.
    """

    def stopping(*given: Any) -> tuple[Check, ...]:
        return tuple(check for check in all_checks(*given) if check.severity == "fail")

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("warehouse.load.all_checks", stopping)
        yield


@pytest.fixture(scope="session")
def made() -> Path:
    """A folder with a published warehouse of two articles and their pages, which nobody changes."""
    return made_once("made", make)


def make(folder: Path) -> None:
    """Put a published warehouse of two articles and their pages into a folder."""
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


@pytest.fixture
def warehouse(made: Path, tmp_path: Path) -> Path:
    """A copy of the warehouse, with its pages and published copy, in the test's folder."""
    shutil.copytree(made, tmp_path, dirs_exist_ok=True)
    return tmp_path / "w.duckdb"


@pytest.fixture(scope="session")
def made_lake(made: Path) -> LakeAddress:
    """A lake that holds what the file of `made` holds, which nobody changes."""
    folder = made_once("made_lake", lambda new: move(made / "w.duckdb", lake_in(new), 5, print))
    return lake_in(folder)


@pytest.fixture
def housed(
    made: Path, home: HomeIn, tmp_path: Path, request: pytest.FixtureRequest
) -> WarehouseAddress:
    """The warehouse of `made` in the home of the test, a copy with its pages in the test's
    folder.
    """
    shutil.copytree(made / "pages", tmp_path / "pages")
    source = made / "w.duckdb" if home is file_in else request.getfixturevalue("made_lake")
    return copy_of(source, tmp_path)
