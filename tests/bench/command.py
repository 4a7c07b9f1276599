"""What the whole command costs beside bare trafilatura with metadata, both with two workers.

python -m tests.bench.command MANIFEST_OR_FOLDER     CPU seconds of all processes, in turns
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from tests.bench.words import parser_of

WORKERS, ROUNDS = 2, 2

OURS = "from flows.cli import main; main()"

THEIRS = """
import logging, sys
from trafilatura import bare_extraction
from flows.acquire.discover import discover
from flows.acquire.read import read_page
logging.disable(logging.CRITICAL)
where, worker, workers = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
for ref in discover([where], allow_outside=True)[worker::workers]:
    bare_extraction(read_page(ref).content, url=ref.url, with_metadata=True)
"""
"""One of the workers; it reads pages as newsduck does."""


def seconds(program: str, *calls: list[str]) -> float:
    """Run a program once for each call, all at once; return the CPU seconds of all."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    started = [
        subprocess.Popen([sys.executable, "-c", program, *words], stdout=subprocess.DEVNULL)
        for words in calls
    ]
    ended = [process.wait() for process in started]
    if any(ended):
        raise SystemExit("a command failed")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = parser_of(__doc__)
    parser.add_argument("pages", metavar="MANIFEST_OR_FOLDER")
    where = parser.parse_args(words).pages
    workers = str(WORKERS)
    for _ in range(ROUNDS):
        theirs = seconds(THEIRS, *([where, str(n), workers] for n in range(WORKERS)))
        with tempfile.TemporaryDirectory() as folder:
            words = ["ingest", where, "--warehouse", str(Path(folder) / "w.duckdb")]
            words += ["--workers", workers, "--no-prefect", "--allow-outside"]
            ours = seconds(OURS, words)
        print(f"trafilatura {theirs:.1f} s, newsduck {ours:.1f} s: {ours / theirs:.2f}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
