"""Runs of two processes at once on one lake in PostgreSQL, killed at random moments; what the lake
holds at the end is what a file warehouse holds that was fed the same.
"""

from __future__ import annotations

import random
import signal
import subprocess
import threading
import time
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path

from tests.bench.pages import write_pages
from tests.bench.torture.command import OPEN_TABLES, differing, run, start
from tests.flow.pages import ask, contents, ingest, request
from tests.flow.postgres import started
from warehouse.connect import LakeAddress

PROCESSES = 2
"""As on as many machines: each has a folder of its own, and its own pages."""

LAKE_TABLES = OPEN_TABLES | {
    "meta.pages": "SELECT location, page_id, outcome, article_id FROM meta.pages "
    "WHERE outcome <> 'unchanged' ORDER BY ALL",
}

LOADED = """
    SELECT r.run_id, list(p.location ORDER BY p.location)
    FROM meta.runs AS r JOIN meta.pages AS p USING (run_id)
    WHERE p.outcome <> 'unchanged' GROUP BY r.run_id, r.load_number ORDER BY r.load_number
"""
"""Which pages came with which run, in the order of the loads."""


@dataclass(frozen=True)
class Plan:
    """What one process does: for each of its runs, the moments of kills, as shares of the time that
    a run takes.
    """

    folder: Path
    kills: list[list[float]]


def run_on_a_lake(
    scratch: Path, runs: int, kills: int, pages: int = 12, seed: int = 18
) -> Counter[str]:
    """Ingest `pages` new pages in each of `runs` runs from two processes at once, `kills` of which
    are killed and run again; return what was counted.
    """
    dice, counted = random.Random(seed), Counter[str]()
    plans = [Plan(scratch / f"machine-{n}", []) for n in range(PROCESSES)]
    for number in range(runs):
        plans[number % PROCESSES].kills.append([])
    for _ in range(kills):
        dice.choice(dice.choice(plans).kills).append(dice.uniform(0, 1.1))
    with started() as server:
        lake = LakeAddress(f"postgres:{server.database()}", str(scratch / "lake"))
        usual = _seconds_of_a_run(scratch / "first", lake)
        working = [
            threading.Thread(target=_work, args=(plan, lake, pages, usual, counted))
            for plan in plans
        ]
        for thread in working:
            thread.start()
        for thread in working:
            thread.join()
        counted["failed"] += run(scratch / "first", "maintain")[0] != 0
        _compare(scratch, lake, runs * pages + 1, counted)
    return counted


def _settle_in(folder: Path, lake: LakeAddress) -> None:
    """Make a folder to call the command in, with settings that name the lake."""
    folder.mkdir()
    text = f'warehouse = "{lake}"\ndata_path = "{lake.data_path}"\nlock_timeout = 1800\n'
    (folder / "newsduck.toml").write_text(text, encoding="utf-8")


def _seconds_of_a_run(folder: Path, lake: LakeAddress) -> float:
    """Return how long the first run takes, which makes the lake."""
    _settle_in(folder, lake)
    write_pages(folder / "pages", range(1))
    began = time.monotonic()
    code, said = run(folder, "ingest", "pages")
    assert code == 0, said
    return time.monotonic() - began


def _work(plan: Plan, lake: LakeAddress, pages: int, usual: float, counted: Counter[str]) -> None:
    _settle_in(plan.folder, lake)
    first = 1 + 1000 * int(plan.folder.name.partition("-")[2])
    for number, moments in enumerate(plan.kills):
        new = plan.folder / f"pages-{number}"
        write_pages(new, range(first + number * pages, first + (number + 1) * pages))
        for share in moments:
            process = start(plan.folder, "ingest", new)
            try:
                process.wait(share * usual)
                counted["done before the kill"] += 1
            except subprocess.TimeoutExpired:
                process.send_signal(signal.SIGKILL)
                process.wait()
                counted["killed"] += 1
        code, said = run(plan.folder, "ingest", new, timeout=3600)
        counted["runs"] += 1
        if code != 0:
            counted["failed"] += 1
            print(f"{plan.folder.name}, run {number}: exit code {code}: {said}", flush=True)


def _compare(scratch: Path, lake: LakeAddress, pages: int, counted: Counter[str]) -> None:
    """Count what differs from a file warehouse that took the same pages in the same order."""
    asked = request(scratch / "file", site_memory=False)
    for _, locations in ask(lake, LOADED):
        ingest(replace(asked, inputs=tuple(locations)))
    found, wanted = contents(lake, LAKE_TABLES), contents(asked.warehouse, LAKE_TABLES)
    for table in differing(wanted, found):
        counted["different"] += 1
        print(f"the lake differs in {table}", flush=True)
    seen = ask(lake, "SELECT count(DISTINCT location) FROM meta.pages")[0][0]
    counted["pages lost"] += pages - seen
    counted["articles"] = len(found["articles"])
    for table in ("articles", "quotes", "mentions", "meta.pages", "meta.links", "entities"):
        ((told,),) = ask(lake, f"SELECT count(*) FROM {table}")
        counted["counts that are no scans"] += told != len(ask(lake, f"FROM {table}"))
