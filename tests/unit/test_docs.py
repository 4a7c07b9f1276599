"""Documentation: current, short where it must be, and without broken links."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

import yaml

from warehouse.dictionary import dictionary

ROOT = Path(__file__).parents[2]


def test_the_data_dictionary_is_current() -> None:
    """`python -m warehouse.dictionary > docs/data-dictionary.md` brings it up to date."""
    written = (ROOT / "docs" / "data-dictionary.md").read_text(encoding="utf-8")
    assert written == dictionary()


def test_the_readme_is_read_in_minutes() -> None:
    assert len((ROOT / "README.md").read_bytes()) <= 7_000


def test_every_page_is_in_the_table_of_contents() -> None:
    def pages(part: Any) -> list[str]:
        if isinstance(part, str):
            return [part]
        parts = part.values() if isinstance(part, dict) else part
        return [page for inner in parts for page in pages(inner)]

    configuration = yaml.safe_load((ROOT / "mkdocs.yml").read_text(encoding="utf-8"))
    listed = sorted(pages(configuration["nav"]))
    written = [path.name for path in (ROOT / "docs").glob("*.md")]
    notebooks = [path.with_suffix(".md").name for path in (ROOT / "docs").glob("*.ipynb")]
    assert listed == sorted(written + notebooks)


def test_the_site_builds_without_a_broken_link(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--quiet", "-d", str(tmp_path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
