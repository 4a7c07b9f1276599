"""What slow hosts cost the others: `python -m tests.bench.slow_hosts [HOSTS] [PAGES] [DELAY]` (50
good hosts, 10 pages each, 1 s between requests unless given).

Fetches the good hosts alone, then with one more that is silent and one that drips. Prints both
times and their ratio, and when the good hosts' last page came. Exit code 1 from MAX_RATIO on.
"""

from __future__ import annotations

import asyncio
import sys
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

from flows.acquire.raw.record import FetchRecord
from flows.acquire.raw.store import RawStore
from flows.acquire.web.jobs import Job
from flows.acquire.web.masking import url_key
from flows.acquire.web.round import Round
from flows.acquire.web.settings import FetchSettings
from tests.bench.words import parser_of
from tests.flow.test_round import Remembered
from tests.web.faults import slow_body, slow_headers
from tests.web.publisher import Publisher, publishers

MAX_RATIO = 1.3
"""What a round with a silent and a dripping host may take of the round without them (issue 13)."""


def fetch(folder: Path, hosts: Sequence[Publisher], delay: float) -> tuple[float, float, int]:
    """Return (seconds of the round, seconds until the last good page, pages that came)."""
    began, last, count = time.monotonic(), 0.0, 0

    def done(record: FetchRecord) -> None:
        nonlocal last, count
        if record.kind == "page" and record.outcome == "ok":
            last, count = time.monotonic() - began, count + 1

    settings = FetchSettings(allow_private=True, delay=delay)
    jobs = [
        Job(f"{host.url}/rss.xml", url_key(f"{host.url}/rss.xml"), "feed", f"s{n}")
        for n, host in enumerate(hosts)
    ]
    with RawStore(folder, 1_000_000_000) as store:
        asyncio.run(Round(settings, store, Remembered(), done=done).run(jobs, {}))
    return time.monotonic() - began, last, count


def main(words: list[str]) -> int:
    """Run both rounds and print what they took."""
    asked = parser_of(__doc__, hosts=50, pages=10, delay=1.0).parse_args(words)
    count, pages, delay = asked.hosts, asked.pages, asked.delay
    with tempfile.TemporaryDirectory() as scratch, publishers(count + 2) as hosts:
        for host in hosts:
            host.write_many(pages)
        silent, dripping = hosts[-2:]
        for path in list(silent._fixed):
            silent.answer(path, slow_headers(), always=True)
        for path in dripping._stories:
            dripping.answer(path, slow_body(), always=True)
        alone, alone_last, came = fetch(Path(scratch) / "alone", hosts[:-2], delay)
        print(f"{count} good hosts: {alone:.1f} s, last page at {alone_last:.1f} s, {came} pages")
        both, both_last, came = fetch(Path(scratch) / "both", hosts, delay)
        print(
            f"and a silent and a dripping one: {both:.1f} s, last page at {both_last:.1f} s, "
            f"{came} pages; ratio {both / alone:.2f}"
        )
    return int(both / alone > MAX_RATIO)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
