"""Time and memory of `newsduck check` as the warehouse grows: `python -m tests.bench.check
[ARTICLES ...]` (100,000 and 1,000,000).

The warehouse is the demo pages' own, ingested and then copied with other keys, dates and sources
until it holds so many articles, with their quotations, mentions, versions and stripped blocks. The
check runs as the command, in a process of its own.
"""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb

from flows.steps.request import Request
from tests.flow.pages import ingest

SEEDS = Path(__file__).parents[2] / "seeds" / "sources.yml"

KEY = "substr(sha256({} || '/' || n), 1, 16)"

MINUTES_APART = 1
"""A million articles are then two years of forty sources."""


def copies(table: str, changed: dict[str, str]) -> str:
    """The statement that copies a table's rows with other keys, for each n."""
    columns = ", ".join(f"{what} AS {name}" for name, what in changed.items())
    return (
        f"INSERT INTO {table} SELECT t.* REPLACE ({columns}) FROM {table} AS t, range(1, ?) AS r(n)"
    )


def fill(warehouse: Path, articles: int) -> None:
    """Ingest the demo pages and copy them until the warehouse holds about `articles`."""
    ingest(Request((), SEEDS, warehouse, 5, 200, 2, kept_runs=0))
    article = KEY.format("article_id")
    page = KEY.format("page_id")
    moment = f"first_seen_at - to_minutes((n * {MINUTES_APART} * 23)::BIGINT)"
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute("SET preserve_insertion_order = false")
        times = articles // connection.execute("SELECT count(*) FROM articles").fetchall()[0][0]
        parts = {
            "articles": {
                "article_id": article,
                "page_id": page,
                "story_id": KEY.format("story_id"),
                "title": "title || ' ' || n",
                "url": "url || n",
                "text": "text || chr(10) || 'Copy number ' || n || '.'",
                "first_seen_at": moment,
                "last_seen_at": moment,
                "published_at": f"published_at - to_minutes((n * {MINUTES_APART} * 23)::BIGINT)",
                "source_id": "'source-' || (hash(t.article_id || n) % 40)",
            },
            "article_versions": {"article_id": article, "page_id": page},
            "quotes": {"article_id": article, "quote_id": KEY.format("quote_id")},
            "mentions": {"article_id": article},
            "boilerplate": {"article_id": article, "page_id": page},
            "meta.pages": {
                "article_id": article,
                "page_id": page,
                "location": "location || n",
                "run_id": "'copy-' || n",
            },
        }
        for table, changed in parts.items():
            connection.execute(copies(table, changed), [times])
        connection.execute(
            "UPDATE article_versions AS v SET text_hash = substr(sha256(a.text), 1, 16) "
            "FROM articles AS a WHERE a.article_id = v.article_id"
        )
        connection.execute(
            "INSERT INTO meta.runs SELECT r.* REPLACE ('copy-' || n AS run_id) FROM meta.runs "
            "AS r, range(1, ?) AS s(n)",
            [times],
        )


def main(arguments: list[str]) -> None:
    """Fill, check, print."""
    for articles in map(int, arguments or ("100000", "1000000")):
        with tempfile.TemporaryDirectory() as folder:
            warehouse = Path(folder) / "w.duckdb"
            fill(warehouse, articles)
            started = time.perf_counter()
            command = [
                sys.executable,
                "-c",
                "from flows.cli import main; main()",
                "check",
                "--json",
                "-w",
                str(warehouse),
            ]
            with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
                _, status, usage = os.wait4(process.pid, 0)
                process.returncode = os.waitstatus_to_exitcode(status)
            took = time.perf_counter() - started
            with duckdb.connect(str(warehouse), read_only=True) as connection:
                counted = [
                    connection.execute(f"SELECT count(*) FROM {table}").fetchall()[0][0]
                    for table in ("articles", "quotes", "mentions")
                ]
            print(
                f"{counted[0]:>9,} articles, {counted[1]:,} quotes, {counted[2]:,} mentions: "
                f"exit {process.returncode}, {took:.1f} s, "
                f"{usage.ru_utime + usage.ru_stime:.1f} s of CPU, peak "
                f"{usage.ru_maxrss / 1024:.0f} MB",
                flush=True,
            )


if __name__ == "__main__":
    main(sys.argv[1:])
