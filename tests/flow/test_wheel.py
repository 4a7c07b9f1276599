"""The wheel: installed anywhere, it ingests and reports, and holds what messages point to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.flow.pages import html_page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the built wheel alone; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    pip = [sys.executable, "-m", "pip", "--disable-pip-version-check", "--no-input"]
    build = [*pip, "wheel", "--no-deps", "--no-build-isolation", "-q", "-w", str(folder), str(ROOT)]
    subprocess.run(build, check=True, capture_output=True, cwd=folder)
    (wheel,) = folder.glob("newsduck-*.whl")
    target = folder / "site"
    place = [*pip, "install", "--no-deps", "--no-index", "-q", "--target", str(target), str(wheel)]
    subprocess.run(place, check=True, capture_output=True, cwd=folder)
    return target


def run(installed: Path, folder: Path, *words: str) -> str:
    """Output of a verb of the installed newsduck, called from an empty folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("NEWSDUCK_")}
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", *words],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(installed), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_it_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    place = "import flows, pathlib; print(pathlib.Path(flows.__file__).parent)"
    kept = os.environ | {"PYTHONPATH": str(installed)}
    found = subprocess.run(
        [sys.executable, "-c", place],
        cwd=tmp_path,
        env=kept,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == str(installed / "flows")
    assert "newsduck.toml" in run(installed, tmp_path, "init")
    (tmp_path / "sources.yml").write_text("sources: []\n", encoding="utf-8")
    run(installed, tmp_path, "ingest", "quay.html", "--no-prefect")
    assert "1" in run(
        installed, tmp_path, "sql", "SELECT count(*) FROM articles", "--format", "csv"
    )
    run(installed, tmp_path, "report", "-o", "r.html")
    assert "newsduck report" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Layout" in run(installed, tmp_path, "runbook", "layout")
    assert "wordings" in run(installed, tmp_path, "sql", "--list")
