"""One run over the web in a process of its own, to be killed at any moment: `python -m
tests.flow.crashing WAREHOUSE SOURCES [DELAY]`.

Prints a line as each phase begins: fetch, process, load, done. Batches run one after the other in
workers, as in the flow, without Prefect.
"""

from __future__ import annotations

import random
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

from flows.acquire.web.settings import FetchSettings
from flows.steps import ingest as steps
from flows.steps.request import Request
from flows.steps.subprocesses import run_ahead, run_batch
from tests.flow.pages import CONTENTS

PHASES = ("fetch", "process", "load")

FETCHED = {
    # times differ by nature; where a page stands in the raw store depends on the order in which
    # hosts answered
    "articles": CONTENTS["articles"].replace(
        "EXCLUDE (run_id)", "EXCLUDE (run_id, first_seen_at, last_seen_at)"
    ),
    "article_versions": "SELECT * EXCLUDE (run_id, seen_at) FROM article_versions ORDER BY "
    "article_id, version",
    **{
        name: CONTENTS[name]
        for name in ("quotes", "entities", "mentions", "boilerplate", "meta.entity_names")
    },
    "meta.site_blocks": "SELECT * EXCLUDE (first_seen_at, last_seen_at) FROM meta.site_blocks "
    "ORDER BY site, block_id",
    "meta.pages": "SELECT location, url, page_id, outcome, detail, article_id, http_status, "
    "position FROM meta.pages ORDER BY location",
    "meta.quarantine": "SELECT table_name, row_key, check_name FROM meta.quarantine ORDER BY ALL",
    "meta.fetches": "SELECT url, kind, source_id, outcome, http_status, byte_count, sha256 FROM "
    "meta.fetches ORDER BY ALL",
    "meta.urls": "SELECT url_key, url, kind, outcome, failure_count, look_count, due_at - "
    "fetched_at, sha256 FROM meta.urls ORDER BY ALL",
    "meta.hosts": "SELECT host, failure_count, rest_count FROM meta.hosts ORDER BY host",
}
"""What two histories must share that fetched the same pages, one of them killed on the way.
Stories, copies and utterances are compared by what they hold: a key says what came first.
"""


def run(
    warehouse: Path,
    sources: Path,
    delay: float,
    begin: Callable[[str], None] = lambda phase: None,
    process: Callable[[Path, Path], object] = run_batch,
    batch_size: int = 20,
    process_ahead: Callable[[Path, Path], None] = run_ahead,
    load_seconds: float = 3600,
) -> None:
    """Run once; `begin` is told each phase, `process` handles a batch file, `process_ahead` one of
    pages that came while others are fetched.
    """
    settings = FetchSettings(allow_private=True, delay=delay, attempts=1, load_seconds=load_seconds)
    request = Request(
        (), sources, warehouse, 30, batch_size, 1, kept_runs=2, site_memory=False, fetching=settings
    )
    begin("fetch")
    with steps.begin(request) as begun:
        steps.remember(begun)
        begun = steps.fetch_pages(begun, process_ahead, process)
        begin("process")
        for batch in steps.prepare(begun):
            process(batch, begun.stage)
        begin("load")
        steps.finish(begun)
    begin("done")


def start(warehouse: Path, sources: Path, delay: float) -> subprocess.Popen[str]:
    """Start a run in a process group of its own."""
    words = [sys.executable, "-m", "tests.flow.crashing", str(warehouse), str(sources), str(delay)]
    return subprocess.Popen(
        words,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
        cwd=Path(__file__).parents[2],
    )


def timed(warehouse: Path, sources: Path, delay: float) -> dict[str, float]:
    """Run undisturbed; return how long each phase took, in seconds."""
    began: dict[str, float] = {}
    with start(warehouse, sources, delay) as process:
        for line in process.stdout or ():
            began[line.strip()] = time.monotonic()
    assert process.returncode == 0
    ends = [*began.values()][1:]
    return {phase: end - began[phase] for phase, end in zip(PHASES, ends, strict=True)}


def killed(
    warehouse: Path,
    sources: Path,
    delay: float,
    phase: str,
    wait: float,
    kill: Callable[[int, int], None],
) -> bool:
    """Start a run and kill it `wait` seconds into `phase`, with its worker; return whether it was
    still running then.
    """
    with start(warehouse, sources, delay) as process:
        for line in process.stdout or ():
            if line.strip() == phase:
                break
        try:
            process.wait(wait)
        except subprocess.TimeoutExpired:
            kill(process.pid, signal.SIGKILL)
        process.wait()
    return process.returncode == -signal.SIGKILL


def moments(phase_seconds: dict[str, float], count: int, seed: int) -> list[tuple[str, float]]:
    """Return `count` random moments, as many in each phase."""
    dice = random.Random(seed)
    return [(PHASES[n % 3], dice.uniform(0, phase_seconds[PHASES[n % 3]])) for n in range(count)]


if __name__ == "__main__":
    run(
        Path(sys.argv[1]),
        Path(sys.argv[2]),
        float(sys.argv[3]),
        begin=lambda phase: print(phase, flush=True),
    )
