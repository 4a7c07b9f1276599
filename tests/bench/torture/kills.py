"""kill -9 of the real command at random moments of a run over files, an archive and the web."""

from __future__ import annotations

import random
import shutil
import signal
import time
from collections import Counter
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from tests.bench.pages import write_pages
from tests.bench.torture.command import differing, left_processes, run, start, tables
from tests.flow.pages import ask, text_page
from tests.unit.test_warc import written
from tests.web.publisher import Publisher
from warehouse.homes.duckdb_file import published_path

DEMO = Path(__file__).parents[3] / "seeds" / "pages"

PATIENCE_SECONDS = 10.0
"""How long processes of a killed command may live on."""


Undisturbed = Callable[[Path, tuple[str, ...]], float]
"""Ingests inputs into `w.duckdb` in a folder, and returns the seconds that the command takes."""


def by_command(folder: Path, inputs: tuple[str, ...]) -> float:
    """Ingest with the command itself."""
    began = time.monotonic()
    assert run(folder, "ingest", *inputs, "-w", "w.duckdb")[0] == 0
    return time.monotonic() - began


def kill_runs(
    scratch: Path, kills: int, pages: int, seed: int = 12, undisturbed: Undisturbed = by_command
) -> Counter[str]:
    """Kill `kills` runs of the command, run each again, and return what was counted; prints a line
    a trouble. What they leave is held against what `undisturbed` leaves.
    """
    dice, counted = random.Random(seed), Counter[str]()
    with Publisher() as tide:
        tide.write_many(pages)
        _write_inputs(scratch / "inputs", pages, tide.url)
        inputs = (str(scratch / "inputs"), f"{tide.url}/rss.xml")
        words = ("ingest", *inputs, "-w")
        calm = scratch / "calm"
        calm.mkdir()
        usual = undisturbed(calm, inputs)
        once = tables(calm / "w.duckdb")

        @cache
        def twice() -> dict[str, list[tuple[Any, ...]]]:
            """What a run that was killed behind its commit and the run after it come to."""
            undisturbed(calm, inputs)
            return tables(calm / "w.duckdb")

        for number in range(kills):
            folder = scratch / f"kill-{number}"
            folder.mkdir()
            moment = dice.uniform(0, 1.1 * usual)
            process = start(folder, *words, "w.duckdb")
            try:
                process.wait(moment)
                counted["done before the kill"] += 1
            except Exception:  # noqa: BLE001 (TimeoutExpired: the usual case)
                process.send_signal(signal.SIGKILL)
                process.wait()
                counted["killed"] += 1
                counted["processes left"] += _processes_left(process.pid)
            code, said = run(folder, *words, "w.duckdb")
            if code != 0:
                counted["failed"] += 1
                print(f"kill {number} at {moment:.2f} s: exit code {code}: {said}", flush=True)
                continue
            found = tables(folder / "w.duckdb")
            other = differing(once, found)
            if other and (wrong := sorted({*other} & {*differing(twice(), found)})):
                counted["different"] += 1
                print(f"kill {number} at {moment:.2f} s: differs in {', '.join(wrong)}", flush=True)
            articles = "SELECT article_id FROM articles ORDER BY ALL"
            if ask(published_path(folder / "w.duckdb"), articles) != ask(
                folder / "w.duckdb", articles
            ):
                counted["published otherwise"] += 1
                print(f"kill {number} at {moment:.2f} s: the published copy differs", flush=True)
            shutil.rmtree(folder)
    return counted


def _write_inputs(folder: Path, pages: int, url: str) -> None:
    write_pages(folder, range(pages))
    for told in DEMO.glob("*/danube-*"):  # one story: a copy, wordings and a narration
        shutil.copyfile(told, folder / f"{told.parent.name}-{told.name}")
    (folder / "ships.txt").write_text(text_page("Ships wait at Ellery"), encoding="utf-8")
    (folder / "empty.html").write_bytes(b"")
    (folder / "archive.warc.gz").write_bytes(written(is_gzip=True))


def _processes_left(session: int) -> int:
    """Wait for the session's processes to end; 1 where one lives longer than it may."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while left_processes(session):
        if time.monotonic() > deadline:
            return 1
        time.sleep(0.1)
    return 0
