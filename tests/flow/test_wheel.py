"""The wheel: installed anywhere, it ingests and reports, and holds what messages point to."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.flow.pages import html_page

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the built wheel alone; its dependencies are those of the tests."""
    folder = tmp_path_factory.mktemp("wheel")
    build = "import sys; from setuptools.build_meta import build_wheel; build_wheel(sys.argv[1])"
    words = [sys.executable, "-c", build, str(folder)]
    subprocess.run(words, check=True, capture_output=True, cwd=ROOT)
    (wheel,) = folder.glob("newsduck-*.whl")
    target = folder / "site"
    zipfile.ZipFile(wheel).extractall(target)
    return target


VERBS = """
import json, pathlib, sys
import flows
from flows.cli import main
print(pathlib.Path(flows.__file__).parent)
for words in json.loads(sys.argv[1]):
    print("--")
    sys.argv = ["newsduck", *words]
    try:
        main()
    except SystemExit as ended:
        assert not ended.code, words
    if words[0] == "ingest":
        print(*{"bs4", "ftfy", "prefect", "requests", "scipy"} & sys.modules.keys())
"""
"""Prints where the package is, and what each verb says after a line of its own; of `ingest` also
what it should not have imported for a page in UTF-8.
"""


def run(installed: Path, folder: Path, *words: str) -> tuple[str, str]:
    """Output and errors of Python with the installed newsduck, called from `folder` by somebody who
    has set up neither newsduck nor Prefect.
    """
    set_up = ("NEWSDUCK_", "PREFECT_")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(set_up)}
    kept |= {"PREFECT_HOME": str(folder / "prefect")}
    done = subprocess.run(
        [sys.executable, *words],
        cwd=folder,
        env=kept | {"PYTHONPATH": str(installed), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout, done.stderr


def test_it_works_from_any_folder(installed: Path, tmp_path: Path) -> None:
    (tmp_path / "quay.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    (tmp_path / "sources.yml").write_text("sources: []\n", encoding="utf-8")
    verbs = (
        ("ingest", "quay.html"),
        ("sql", "SELECT count(*) FROM articles", "--format", "csv"),
        ("report", "-o", "r.html"),
        ("runbook", "layout"),
        ("sql", "--list"),
        ("init", "new"),
    )
    shown, said = run(installed, tmp_path, "-c", VERBS, json.dumps(verbs))
    place, ingested, counted, _, runbook, queries, begun = shown.split("--\n")
    assert re.search(r"\bloaded\b.*\n\n$", ingested, re.DOTALL), "nothing heavy is imported"
    assert "No Prefect server is configured: running without Prefect" in said
    logs = {file.name for file in tmp_path.glob("newsduck.runs/*/batches/*.stderr")}
    assert logs == {"0001.stderr"}, "the worker is forked from the command: no server is started"
    assert place.strip() == str(installed / "flows")
    assert "1" in counted
    assert "newsduck report" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert "Layout" in runbook
    assert "wordings" in queries
    assert "newsduck.toml" in begun
    assert (tmp_path / "new" / "newsduck.toml").is_file()
