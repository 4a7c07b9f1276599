"""Fetching against local publishers: `python -m tests.bench.fetch [PAGES] [HOSTS] [DELAY]` (2,000
pages, 20 hosts, 0.5 s unless given).

Publishers serve from this process, fetching runs in one of its own. Best is what politeness allows:
requests to the busiest host less one, times the delay. Prints time over best, peak memory at a
quarter of the pages and at all, and the bytes of a second run with nothing changed and of a third
with one page in fifty changed. Exit code 1 from 1.3 times the best on, or where a run transfers
what did not change.
"""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from tests.bench.words import parser_of
from tests.flow.pages import PARAGRAPHS
from tests.web.publisher import Publisher, publishers

MOST_RATIO = 1.3
"""What a round may take of the least time that politeness allows (issue 6)."""


FILLER = "<!--" + " ".join(f"asset-{n:05}" for n in range(5000)) + "-->"
"""60 kB of what real pages hold besides their words."""


def write(publisher: Publisher, count: int) -> None:
    """Publish `count` more articles on pages of real size."""
    publisher.write_many(count)
    for path in list(publisher._stories)[-count:]:
        publisher.put(
            path,
            publisher._fixed[path].body + FILLER.encode(),
            changed_at=publisher._stories[path].changed_at,
        )


def fetch(folder: Path, urls: list[str], delay: float) -> dict[str, Any]:
    """Fetch what sitemaps list, with one run's loading of the rows, in a process of its own."""
    sources = folder / "sources.yml"
    sources.parent.mkdir(parents=True, exist_ok=True)
    lines = [
        f"  - {{id: s{n}, name: S, site: s{n}.example, sitemaps: ['{url}/sitemap.xml']}}"
        for n, url in enumerate(urls)
    ]
    sources.write_text("\n".join(["sources:", *lines, ""]), encoding="utf-8")
    words = [sys.executable, "-m", "tests.bench.fetch", "--child", str(folder), str(delay)]
    ended = subprocess.run(
        words, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    found: dict[str, Any] = json.loads(ended.stdout.splitlines()[-1])
    return found


def child(folder: Path, delay: float) -> None:
    """Fetch once, load what was fetched, and print the figures of the fetching."""
    from flows.acquire.web.settings import FetchSettings
    from flows.steps import ingest as steps
    from flows.steps.request import Request
    from flows.steps.web_request import Fetches

    settings = FetchSettings(
        allow_private=True, delay=delay, revisit_hours=(0,) * 10, pages_a_source=100_000
    )
    warehouse, sources = folder / "w.duckdb", folder / "sources.yml"
    request = Request(
        (), sources, warehouse, 30, 200, 1, kept_runs=1, site_memory=False, fetching=settings
    )
    with steps.begin(request) as run:
        began, spent = time.monotonic(), time.process_time()
        run = steps.fetch_pages(run)
        took, cpu = time.monotonic() - began, time.process_time() - spent
        memory = peak_memory()
        rows = (run.fetches.rows or {})["meta.fetches"]
        # the log and the states alone are loaded: cleaning 2,000 pages is not what is measured
        run = replace(run, refs=(), fetches=Fetches((), (), run.fetches.rows))
        steps.prepare(run)
        steps.finish(run)
    outcomes: dict[str, int] = {}
    for row in rows:
        outcomes[row["outcome"]] = outcomes.get(row["outcome"], 0) + 1
    body_bytes = sum(row["transferred_count"] for row in rows)
    print(
        json.dumps(
            {
                "seconds": took,
                "cpu": cpu,
                "memory": memory,
                "outcomes": outcomes,
                "body_bytes": body_bytes,
            }
        )
    )


def peak_memory() -> float:
    """Return the most memory that this process held, in MB; getrusage would count that of the
    process that started it.
    """
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return (
        int(next(line for line in status.splitlines() if line.startswith("VmHWM")).split()[1])
        / 1024
    )


def told(name: str, hosts: list[Publisher], found: dict[str, Any], delay: float) -> float:
    """Print one run and return its time over the best."""
    best = max((host.count() - 1) * delay for host in hosts)
    ratio = found["seconds"] / best if best else 0.0
    sent = sum(host.sent_bytes() for host in hosts)
    gaps = [gap for host in hosts for gap in host.gaps()]
    print(
        f"{name}: {found['seconds']:.1f} s, best {best:.1f} s, ratio {ratio:.2f}; "
        f"{found['cpu']:.1f} s of CPU; peak {found['memory']:.0f} MB; "
        f"{sent / 1e6:.2f} MB sent with headers, bodies {found['body_bytes'] / 1e6:.2f} MB; "
        f"{found['outcomes']}; "
        f"most at once a host {max(host.most_at_once for host in hosts)}, shortest pause "
        f"{min(gaps):.3f} s",
        flush=True,
    )
    for host in hosts:
        host.forget()
    return ratio


def main(words: list[str]) -> int:
    """Run the three rounds."""
    asked = parser_of(__doc__, pages=2000, hosts=20, delay=0.5).parse_args(words)
    pages, hosts, delay = asked.pages, asked.hosts, asked.delay
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch)
        with publishers(hosts) as running:
            for publisher in running:
                write(publisher, pages // hosts // 4)
            quarter = fetch(folder / "quarter", [publisher.url for publisher in running], delay)
            told(f"{pages // 4} pages", running, quarter, delay)
            for publisher in running:
                write(publisher, pages // hosts - pages // hosts // 4)
            urls = [publisher.url for publisher in running]
            whole = fetch(folder / "all", urls, delay)
            ratio = told(f"{pages} pages", running, whole, delay)
            again = fetch(folder / "all", urls, delay)
            told("again, nothing changed", running, again, delay)
            changed = 0
            for publisher in running:
                for path in list(publisher._stories)[::50]:
                    publisher.write(
                        path.removeprefix("/news/"), "The harbour council rises", PARAGRAPHS[1:]
                    )
                    changed += 1
            third = fetch(folder / "all", urls, delay)
            told(f"again, {changed} changed", running, third, delay)
    print(f"memory at all pages over a quarter of them: {whole['memory'] / quarter['memory']:.2f}")
    wasted = (
        set(again["outcomes"]) != {"unchanged"} or third["outcomes"].get("ok") != changed + hosts
    )
    return int(ratio > MOST_RATIO or wasted)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--child"]:
        child(Path(sys.argv[2]), float(sys.argv[3]))
    else:
        sys.exit(main(sys.argv[1:]))
