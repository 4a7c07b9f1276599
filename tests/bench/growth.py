"""What loads, views and commands cost in a small and in a larger warehouse, and the ratios.

Each query and command runs in a process of its own. CPU seconds count all threads; memory is the
process's peak.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb

from tests.bench.large_warehouse import build
from tests.bench.load_hundred import load_costs
from warehouse.sql import read_folder

NAMED = "SELECT name FROM entities ORDER BY entity_id LIMIT 1"

FILTERS = {
    "copies": "original_site = 'source-08.example'",
    "entity_daily": "name = '{name}'",
    "entity_pairs": "name = '{name}' ORDER BY article_count DESC",
    "quote_speakers": "speaker = '{name}'",
    "shared_quotes": "list_contains(speakers, '{name}')",
    "speaker_conflicts": "speaker = '{name}'",
    "stealth_edits": "site = 'source-08.example' ORDER BY seen_at DESC",
    "stripped_by_source": "source_id = 'source-08.example'",
    "top_speakers": "speaker = '{name}'",
    "wordings": "speaker = '{name}'",
}
"""What analysts ask of each view; `name` is one of an entity."""

QUERY = (
    "import sys, duckdb; "
    "duckdb.connect(sys.argv[1], read_only=True).execute(sys.argv[2]).fetchall()"
)

NEWSDUCK = [sys.executable, "-m", "flows.cli"]

Cost = tuple[float, float]
"""CPU seconds, and peak memory in MB."""


LAUNCH = """
import os, subprocess, sys
process = subprocess.Popen(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
_, status, used = os.wait4(process.pid, 0)
process.returncode = os.waitstatus_to_exitcode(status)
print(process.returncode, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)
"""
"""Runs a command from a small process: a child's peak begins with the memory of its parent."""


def cost_of(words: list[str]) -> Cost:
    """Run a command; return its cost. Raises CalledProcessError where it cannot be run; a check
    that failed (exit code 1) can.
    """
    done = subprocess.run(
        [sys.executable, "-c", LAUNCH, *words], capture_output=True, text=True, check=True
    )
    code, seconds, memory = done.stdout.split()
    if code not in ("0", "1"):
        raise subprocess.CalledProcessError(int(code), words)
    return float(seconds), float(memory)


def view_costs(warehouse: Path) -> dict[str, Cost]:
    """Return the cost of ten rows of every view, without a filter and with one."""
    with duckdb.connect(str(warehouse), read_only=True) as connection:
        ((name,),) = connection.execute(NAMED).fetchall()
    found = {}
    for view in (file.name for file in read_folder("views")):
        for words in ("", f" WHERE {FILTERS[view].format(name=name)}"):
            query = f"SELECT * FROM {view}{words} LIMIT 10"
            asked = f"{view} {'WHERE' if words else 'LIMIT'}"
            found[asked] = cost_of([sys.executable, "-c", QUERY, str(warehouse), query])
    return found


def command_costs(warehouse: Path, folder: Path) -> dict[str, Cost]:
    """Return the cost of commands."""
    of_file = ["--warehouse", str(warehouse)]
    asked = {
        "--help": ["--help"],
        "--version": ["--version"],
        "sql": ["sql", "SELECT 1", *of_file],
        "status": ["status", *of_file],
        "check": ["check", *of_file],
        "report": ["report", "-o", str(folder / "report.html"), *of_file],
    }
    return {f"newsduck {name}": cost_of([*NEWSDUCK, *words]) for name, words in asked.items()}


def print_growth(sizes: tuple[int, ...]) -> None:
    """Build a warehouse of each size, publish it (which counts its views), measure and print."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        files = [folder / f"{size}.duckdb" for size in sizes]
        costs: list[dict[str, Cost]] = []
        for file, size in zip(files, sizes, strict=True):
            build(file, size)
            costs.append({"newsduck publish": cost_of([*NEWSDUCK, "publish", "-w", str(file)])})
        for load, with_links in (("load 100 articles", False), ("load and link 100", True)):
            found = load_costs(files, with_links=with_links)
            for number in range(len(files)):
                costs[number][load] = found["TOTAL"][number], found["PEAK MB"][number]
        for number, file in enumerate(files):
            costs[number] |= view_costs(file) | command_costs(file, folder)
    print("\n" + f"{'':32}" + "".join(f"{size:>12,} articles  " for size in sizes) + "  CPU ratio")
    for name, (small, small_memory) in costs[0].items():
        large, large_memory = costs[-1][name]
        print(
            f"{name:32}{small:10.2f} s {small_memory:6.0f} MB  {large:10.2f} s "
            f"{large_memory:6.0f} MB  {large / max(small, 0.01):10.2f}"
        )
