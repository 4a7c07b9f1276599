"""What batches on a Dask cluster cost beside batches on this machine: `python -m
tests.bench.dask_cluster [PAGES]`.

Ingests the same invented pages (1,200 unless given) with two worker processes of its own, then with
a Dask cluster of two workers on this machine that it starts and stops. Prints CPU seconds of all
processes, elapsed seconds, and the ratio of both.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from time import monotonic

from tests.bench.pages import write_pages
from tests.bench.words import parser_of

WORKERS = 2


def run(folder: Path, runner: str) -> tuple[float, float]:
    """Ingest the pages under `folder` into a warehouse of their own; return CPU seconds and elapsed
    seconds of the command and all that it started.
    """
    words = ["ingest", str(folder / "pages"), "--no-prefect", "--workers", str(WORKERS)]
    place = ["--warehouse", str(folder / f"{runner}.duckdb")]
    before, start = _spent(), monotonic()
    subprocess.run(
        [sys.executable, "-m", "tests.bench.dask_cluster", runner, *words, *place], check=True
    )
    return _spent() - before, monotonic() - start


def _spent() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def main(count: int) -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary)
        write_pages(folder / "pages", range(count))
        found = {}
        for runner in ("threads", "dask"):
            found[runner] = run(folder, runner)
            print(f"{runner:10}{found[runner][0]:10.1f} s CPU{found[runner][1]:10.1f} s elapsed")
        ratios = [there / here for here, there in zip(*found.values(), strict=True)]
        print(f"ratio     {ratios[0]:10.3f}      {ratios[1]:10.3f}")


if __name__ == "__main__":
    if sys.argv[1:2] in (["threads"], ["dask"]):
        import os

        from flows import cli

        os.environ["NEWSDUCK_TASK_RUNNER"] = sys.argv[1]
        sys.argv[1:] = sys.argv[2:]
        cli.main()
    else:
        main(parser_of(__doc__, pages=1200).parse_args().pages)
