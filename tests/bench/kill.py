"""kill -9 at random moments of fetching, processing and loading: `python -m tests.bench.kill
[KILLS] [PAGES]` (30 and 60 unless given).

A publisher on loopback; one run undisturbed; then, for each kill, a run killed at a random moment
and one more run after it, whose tables must equal the undisturbed run's (or those of two runs,
where the first was killed behind its commit). Prints where each was killed and how many pages were
fetched twice; exit code 1 where tables differ.
"""

from __future__ import annotations

import os
import shutil
import sys
import tempfile
from collections import Counter
from pathlib import Path

from tests.bench.words import parser_of
from tests.flow.crashing import FETCHED, killed, moments, timed
from tests.flow.pages import ask, contents
from tests.web.publisher import Answer, Publisher

DELAY = 0.02


def main(words: list[str]) -> int:
    """Kill, compare, print."""
    asked = parser_of(__doc__, kills=30, pages=60).parse_args(words)
    kills, pages = asked.kills, asked.pages
    differing = 0
    done: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as scratch, Publisher() as tide:
        folder = Path(scratch)
        tide.write_many(pages)
        tide.put("/news/gone", "", "text/html")
        tide.answer("/news/gone", Answer(410), always=True)
        (folder / "more.txt").write_text(f"{tide.url}/news/gone\n", encoding="utf-8")
        sources = folder / "sources.yml"
        sources.write_text(
            "sources:\n  - {id: tide, name: Tide, site: tide.example, sitemaps: "
            f"['{tide.url}/sitemap.xml'], lists: [more.txt]}}\n",
            encoding="utf-8",
        )
        calm = folder / "calm" / "w.duckdb"
        phases = timed(calm, sources, DELAY)
        expected = {1: contents(calm, FETCHED)}
        timed(calm, sources, DELAY)
        expected[2] = contents(
            calm
        )  # what a run killed behind its commit and the run after it come to
        print(
            "undisturbed: "
            + ", ".join(f"{phase} {seconds:.1f} s" for phase, seconds in phases.items()),
            flush=True,
        )
        for number, (phase, wait) in enumerate(moments(phases, kills, seed=6), 1):
            warehouse = folder / str(number) / "w.duckdb"
            tide.forget()
            was_killed = killed(warehouse, sources, DELAY, phase, wait, os.killpg)
            first = tide.count()
            timed(warehouse, sources, DELAY)
            found = contents(warehouse, FETCHED)
            runs = ask(warehouse, "SELECT count(*) FROM meta.runs WHERE flow = 'ingest'")[0][0]
            wrong = [table for table, rows in expected[runs].items() if found[table] != rows]
            twice = sum(tide.count(path) > 1 for path in {seen.path for seen in tide.log})
            done[
                phase
                if runs == 1
                else "behind the commit"
                if was_killed
                else "not at all, it was done"
            ] += 1
            differing += bool(wrong)
            print(
                f"{number:3} {phase:8} {wait:5.2f} s "
                f"in{'' if was_killed else ' (done before)'}: {first} requests, then "
                f"{tide.count() - first}; asked twice: {twice}; "
                f"{'DIFFERS: ' + ', '.join(wrong) if wrong else 'equal'}",
                flush=True,
            )
            shutil.rmtree(warehouse.parent)
    print(
        f"{kills} kills ({', '.join(f'{phase} {count}' for phase, count in done.items())}): "
        f"{differing} differ"
    )
    return int(differing > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
