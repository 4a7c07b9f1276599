"""A short round of `python -m tests.bench.torture`: one kill of the real command, mutated pages."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from flows.acquire.web.settings import FetchSettings
from tests.bench.torture.kills import kill_runs
from tests.bench.torture.mutations import mutated
from tests.flow.pages import ask, ingest, request


def test_a_killed_command_and_the_next_one_leave_what_one_leaves(tmp_path: Path) -> None:
    counted = kill_runs(tmp_path, kills=1, pages=1, undisturbed=in_this_process)
    assert counted.total() == 1, counted  # killed, or done before; no trouble


def in_this_process(folder: Path, inputs: tuple[str, ...]) -> float:
    """Ingest without starting anything; the command also starts Python and a worker."""
    began = time.monotonic()
    fetching = FetchSettings(allow_private=True, delay=0.01)
    ingest(replace(request(folder, fetching=fetching), inputs=inputs, site_memory=False))
    return 2 * (time.monotonic() - began)


def test_mutated_pages_are_all_accounted_for_and_break_nothing(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    for number in range(1, 40):
        (pages / f"{number}.html").write_bytes(mutated(number, seed=3))
    asked = request(tmp_path, pages)
    ingest(asked)
    assert ask(asked.warehouse, "SELECT count(*) FROM meta.pages") == [(39,)]
    broken = "SELECT location, detail FROM meta.pages WHERE starts_with(detail, 'error:')"
    assert ask(asked.warehouse, broken) == []
