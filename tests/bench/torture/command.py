"""Starts the real command, and compares what it left."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

from tests.flow.crashing import FETCHED
from tests.flow.pages import CONTENTS, ask

ROOT = Path(__file__).parents[3]

OPEN_TABLES = (
    {name: CONTENTS[name] for name in ("narrations", "meta.wording_pairs", "meta.entity_links")}
    | {name: query for name, query in FETCHED.items() if name != "meta.hosts"}
    | {
        "stories": "SELECT * EXCLUDE (story_id, started_at, last_article_at) FROM stories ORDER "
        "BY ALL",
        "utterances": "SELECT text, wording_count, article_count FROM utterances ORDER BY ALL",
        "meta.links": "SELECT * EXCLUDE (run_id) FROM meta.links ORDER BY ALL",
        "meta.pages": "SELECT location, url, page_id, outcome, article_id FROM meta.pages "
        "WHERE outcome <> 'unchanged' ORDER BY ALL",
        "meta.fetches": "SELECT DISTINCT url, kind, source_id, sha256 FROM meta.fetches "
        "WHERE outcome = 'ok' ORDER BY ALL",
        "meta.urls": "SELECT url_key, url, kind, failure_count FROM meta.urls ORDER BY ALL",
    }
)
"""What a run killed anywhere and the runs after it must share with one undisturbed run. What was
fetched before the kill may be seen as unchanged afterwards.
"""


def start(folder: Path, *words: str | Path, **streams: Any) -> subprocess.Popen[str]:
    """Start `newsduck` in a folder, in a process group of its own, without Prefect."""
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSDUCK_", "PREFECT_"))
    }
    environment |= {
        "PYTHONPATH": str(ROOT),
        "NEWSDUCK_FETCH__ALLOW_PRIVATE": "true",
        "NEWSDUCK_FETCH__DELAY": "0.01",
        "NEWSDUCK_SITE_MEMORY": "false",
        "NEWSDUCK_PREFECT": "never",
    }
    return subprocess.Popen(
        [sys.executable, "-m", "flows.cli", *map(str, words)],
        cwd=folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=streams.get("stderr", subprocess.DEVNULL),
        text=True,
        start_new_session=True,
    )


def run(folder: Path, *words: str | Path, timeout: float = 300) -> tuple[int, str]:
    """Run `newsduck` to its end; return its exit code and its last error line."""
    with start(folder, *words, stderr=subprocess.PIPE) as process:
        try:
            _, said = process.communicate(timeout=timeout)
        except subprocess.TimeoutExpired:
            process.kill()
            return -1, f"not done after {timeout:g} s"
    return process.returncode, (said.strip().splitlines() or [""])[-1]


def tables(warehouse: Path) -> dict[str, list[tuple[Any, ...]]]:
    """Rows of the tables that must be equal."""
    return {name: ask(warehouse, query) for name, query in OPEN_TABLES.items()}


def differing(one: dict[str, Any], other: dict[str, Any]) -> list[str]:
    """Names of the tables that differ."""
    return [name for name, rows in one.items() if other[name] != rows]


def left_processes(session: int) -> list[int]:
    """Processes of a session that still run, by /proc; empty where there is no /proc."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text(encoding="ascii", errors="replace")
        except OSError:
            continue
        state, _, _, own_session = fields.rpartition(")")[2].split()[:4]
        if int(own_session) == session and state != "Z":
            found.append(int(entry.name))
    return found
