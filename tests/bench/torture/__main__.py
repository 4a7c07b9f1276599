"""`python -m tests.bench.torture`: kills, mutated pages, readers, full disks, a lake; prints a
table.

    python -m tests.bench.torture                                a short round, some minutes
    python -m tests.bench.torture --kills 200 --mutations 10000 --runs 200 --readers 10
    python -m tests.bench.torture --lake-runs 20 --lake-kills 30

Each part is bounded by its argument; 0 leaves it out. Exit code 1 where anything failed.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from tests.bench.torture.full_disk import fill_disk
from tests.bench.torture.kills import kill_runs
from tests.bench.torture.lake import run_on_a_lake
from tests.bench.torture.mutations import ingest_mutations
from tests.bench.torture.readers import run_beside_readers

BAD = (
    "failed", "different", "published otherwise", "processes left", "runs failed", "pages lost",
    "stuck", "not recovered", "trouble error", "articles missing in the warehouse",
    "articles missing in the published",
    "counts that are no scans",
)  # fmt: skip
"""Counts that must be 0."""


def main(words: list[str]) -> int:
    """Torture, print, and say whether all is well."""
    parser = argparse.ArgumentParser(prog="tests.bench.torture")
    parser.add_argument("--kills", type=int, default=10)
    parser.add_argument("--pages", type=int, default=12, help="pages of a killed run, three times")
    parser.add_argument("--mutations", type=int, default=300)
    parser.add_argument("--runs", type=int, default=10, help="runs beside readers")
    parser.add_argument("--readers", type=int, default=10)
    parser.add_argument("--lake-runs", type=int, default=4, help="runs on a lake in PostgreSQL")
    parser.add_argument("--lake-kills", type=int, default=4, help="kills of these runs")
    parser.add_argument("--disk", action=argparse.BooleanOptionalAction, default=True)
    parser.add_argument("--seed", type=int, default=12)
    given = parser.parse_args(words)
    parts: dict[str, Counter[str]] = {}
    with tempfile.TemporaryDirectory(prefix="newsduck-torture-") as place:
        scratch = Path(place)
        began = time.monotonic()
        if given.kills:
            parts["kills"] = kill_runs(scratch, given.kills, given.pages, given.seed)
        if given.mutations:
            parts["mutated pages"] = ingest_mutations(scratch, given.mutations, seed=given.seed)
        if given.runs:
            parts["runs beside readers"] = run_beside_readers(scratch, given.runs, given.readers)
        if given.disk:
            parts["full disk"] = fill_disk(scratch)
        if given.lake_runs:
            parts["lake"] = run_on_a_lake(
                scratch, given.lake_runs, given.lake_kills, seed=given.seed
            )
    bad = 0
    for part, counted in parts.items():
        print(f"\n{part}")
        for name in (*BAD, *sorted(set(counted) - set(BAD))):
            if counted[name] or (name in counted):
                bad += counted[name] if name in BAD else 0
                print(f"  {name:36} {counted[name]:7}")
    print(f"\n{time.monotonic() - began:.0f} s; troubles: {bad}")
    return int(bad > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
