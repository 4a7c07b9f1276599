"""Runs beside readers that open the warehouse and the published copy, read-only and read-write."""

from __future__ import annotations

import subprocess
import sys
from collections import Counter
from pathlib import Path

from tests.bench.torture.command import ROOT, run
from tests.flow.pages import ask, html_page
from warehouse.homes.duckdb_file import published_path

READER = """
import random, sys, time
import duckdb
dice, files, done = random.Random(sys.argv[1]), sys.argv[2:4], [0, 0, 0]
print("ready", flush=True)
while True:
    file, read_only = dice.choice(files), dice.random() < 0.7
    try:
        with duckdb.connect(file, read_only=read_only) as connection:
            connection.execute("SELECT count(*) FROM articles").fetchall()
            time.sleep(dice.uniform(0, float(sys.argv[4])))
    except Exception:
        pass
    time.sleep(dice.uniform(0, 0.2))
"""


def run_beside_readers(
    scratch: Path, runs: int, readers: int, hold_seconds: float = 0.5
) -> Counter[str]:
    """Ingest one more page in each of `runs` runs beside `readers` readers; return what was
    counted. A reader keeps a file open for at most `hold_seconds`.
    """
    counted = Counter[str]()
    folder = scratch / "readers"
    folder.mkdir()
    warehouse = folder / "w.duckdb"
    assert _one_more(folder, 0)[0] == 0
    files = (str(warehouse), str(published_path(warehouse)))
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", READER, str(n), *files, str(hold_seconds)], cwd=ROOT
        )
        for n in range(readers)
    ]
    try:
        for number in range(1, runs + 1):
            code, said = _one_more(folder, number)
            counted["runs"] += 1
            if code != 0:
                counted["stuck" if code < 0 else "failed"] += 1
                print(f"run {number} beside readers: exit code {code}: {said}", flush=True)
    finally:
        for process in processes:
            process.kill()
            process.wait()
    # the last word of a killed reader is no part of the published copy
    assert run(folder, "publish", "-w", "w.duckdb")[0] == 0
    for name, file in (("warehouse", warehouse), ("published", published_path(warehouse))):
        found = ask(file, "SELECT count(*) FROM articles")[0][0]
        counted[f"articles missing in the {name}"] += runs + 1 - found - counted["failed"]
    return counted


def _one_more(folder: Path, number: int) -> tuple[int, str]:
    page = html_page(f"Berth {number} is dredged", url=f"https://ellery.example/{number}")
    own = f"<p>Berth {number} of the northern quay is {number + 3} metres deep now.</p>"
    file = folder / f"{number}.html"
    file.write_text(page.replace("<p>", own + "<p>", 1), encoding="utf-8")
    return run(folder, "ingest", file.name, "-w", "w.duckdb", "--lock-timeout", "60")
