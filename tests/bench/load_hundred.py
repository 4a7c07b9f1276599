"""What loading 100 articles costs in a warehouse: `python -m tests.bench.load_hundred WAREHOUSE`.
WAREHOUSE is a file or a lake (`ducklake:…`).

Cleans and annotates 200 invented pages and loads half of them into a copy of the warehouse (see
`large_warehouse.py`), then the other half, which goes on with the events of the first and tells ten
of its articles anew. Prints of the second load the CPU seconds of each step, its peak memory and
the bytes that the process wrote. With `--link` the articles are linked as well, as a run does it.
With `--in-place`, and in a lake, nothing is copied: each call adds 190 articles of its own.
"""

from __future__ import annotations

import gc
import json
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path
from time import process_time, time
from typing import Any, Literal

from flows.steps import ingest as steps
from flows.steps.request import Request
from flows.steps.run import Run
from flows.worker.batch import Batch, process_batch
from tests.bench.large_warehouse import SOURCES
from tests.bench.link import articles as news
from tests.bench.pages import page
from tests.bench.words import parser_of, warehouse
from warehouse.homes.address import LakeAddress, WarehouseAddress, read_address

PAGES = 100
REWRITTEN = 10
"""Pages of the second load that tell an article of the first one anew."""


def write_news(folder: Path, series: int, load: int) -> None:
    """Write the 100 pages of load 0 or 1 under `folder`: news of one series of events, with people
    who are quoted, published an hour ago. Another `series` has other events and addresses.
    """
    folder.mkdir(parents=True)
    published = (datetime.now(UTC) - timedelta(hours=1)).isoformat()
    for place, told in enumerate(news(2 * PAGES, 5000, series)):
        if place // PAGES != load:
            continue
        number = place % PAGES if place < PAGES + REWRITTEN else place
        address = f"https://source-{number % SOURCES:02}.example/{series}-{number}"
        body = "".join(f"<p>{line}</p>" for line in told["text"].splitlines())
        markup = page(place).replace("<head>", f'<head><link rel="canonical" href="{address}">', 1)
        markup = markup.replace(
            "<div class='article-body'>", f"<div class='article-body'>{body}", 1
        )
        markup = re.sub('"datePublished": "[^"]*"', f'"datePublished": "{published}"', markup)
        (folder / f"{number}.html").write_text(markup, encoding="utf-8")


def stage_pages(folder: Path, series: int, load: int) -> Run:
    """Write 100 pages under `folder`, process them, and return the run that holds their rows."""
    write_news(folder / "pages", series, load)
    request = Request((str(folder / "pages"),), None, folder / "w.duckdb", 5, 200, 1, kept_runs=3)
    with steps.begin(request) as run:
        steps.remember(run)
        for batch in steps.prepare(run):
            process_batch(Batch.read(batch), run.stage / batch.stem)
        return run


def measure(name: str, work: Callable[[], Any], found: dict[str, float]) -> Any:
    """Add the CPU seconds of `work` to `found` under `name`."""
    start = process_time()
    result = work()
    found[name] = found.get(name, 0.0) + process_time() - start
    return result


def load(
    warehouse: WarehouseAddress, stage: Path, run_id: str, version: str, *, with_links: bool
) -> dict[str, float]:
    """Load the staged rows; return CPU seconds by step, the peak memory and what was written, in
    MB.
    """
    import duckdb

    from flows.cli import GARBAGE_AFTER
    from flows.linking.linker import Linker
    from flows.resolution.resolver import Resolver
    from flows.steps.second_look import refuse_pages
    from warehouse import check
    from warehouse import load as loader
    from warehouse.connect import open_writer
    from warehouse.migrate import migrate
    from warehouse.sql import read_folder
    from warehouse.start_duckdb import fit_to_size

    gc.set_threshold(GARBAGE_AFTER)  # as in the command
    found: dict[str, float] = {}
    whole = process_time()
    facts = loader.RunFacts(run_id, "ingest", datetime.now(UTC), version, PAGES)
    resolver = Resolver()

    class Timed:
        """The connection, with each statement's CPU seconds added to the step it belongs to."""

        def __init__(self, inner: duckdb.DuckDBPyConnection) -> None:
            self.inner, self.step = inner, "begin"
            self.texts = {f.text: f.name for f in read_folder("merges")}

        def execute(self, text: str, *more: Any) -> Any:
            name = self.texts.get(text) or ("commit" if text == "COMMIT" else self.step)
            return measure(name, lambda: self.inner.execute(text, *more), found)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.inner, name)

    run_check = check.run_check

    def timed_check(connection: Any, one: Any) -> Any:
        connection.step = f"check {one.name}"
        return run_check(connection, one)

    checks: Any = check
    checks.run_check = timed_check
    with open_writer(warehouse, 5, print) as inner:
        migrate(inner)
        fit_to_size(inner, PAGES)
        timed: Any = Timed(inner)

        def resolve(connection: Any) -> None:
            connection.step = "resolving"
            resolver(connection)
            connection.step = "others"

        def refuse(_: duckdb.DuckDBPyConnection) -> None:
            measure("second look", lambda: refuse_pages(inner), found)

        def link(_: duckdb.DuckDBPyConnection) -> None:
            measure("linking", lambda: Linker()(inner), found)

        timed.step = "others"
        loader.load_run(timed, stage, facts, resolve, link if with_links else None, refuse)
        start = process_time()
    found["close"] = process_time() - start
    found["TOTAL"] = process_time() - whole
    found["WRITTEN MB"] = bytes_of("wchar") / 1e6
    found["PEAK MB"] = peak_memory()
    return found


def peak_memory() -> float:
    """Return the most memory that this process has held, in MB. (What the system says of a process
    that another has started, `ru_maxrss`, begins with the memory of that one.)
    """
    lines = Path("/proc/self/status").read_text(encoding="ascii").splitlines()
    return int(next(line.split()[1] for line in lines if line.startswith("VmHWM:"))) / 1024


def bytes_of(what: Literal["rchar", "wchar"]) -> int:
    """Return how many bytes this process has read (`rchar`) or written (`wchar`) so far, from and
    to files and sockets.
    """
    lines = Path("/proc/self/io").read_text(encoding="ascii").splitlines()
    return int(dict(line.split(": ") for line in lines)[what])


def load_apart(warehouse: WarehouseAddress, run: Run, *, with_links: bool) -> dict[str, float]:
    """Load a run in a process of its own; return what `load` returns."""
    words = [str(warehouse), str(run.stage), run.context.run_id, run.context.extractor_version]
    words += ["--link"] if with_links else []
    done = subprocess.run(
        [sys.executable, "-m", "tests.bench.load_hundred", "--load", *words],
        capture_output=True,
        text=True,
        check=True,
    )
    costs: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return costs


def load_costs(
    warehouses: Sequence[WarehouseAddress], *, in_place: bool = False, with_links: bool = False
) -> dict[str, list[float]]:
    """Return the CPU seconds of each step of a load, with its peak memory and what it wrote in MB,
    by warehouse.
    """
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        is_new = in_place or any(isinstance(one, LakeAddress) for one in warehouses)
        series = int(time()) if is_new else 5000
        runs = [stage_pages(home / f"run-{load}", series, load) for load in range(2)]
        table: dict[str, list[float]] = {}
        for warehouse in warehouses:
            copy = warehouse
            if isinstance(warehouse, Path) and not in_place:
                copy = home / "copy.duckdb"
                shutil.copyfile(warehouse, copy)
            costs = [load_apart(copy, run, with_links=with_links) for run in runs]
            for name, value in costs[-1].items():
                table.setdefault(name, []).append(value)
    return table


def main(words: list[str]) -> None:
    """Measure and print."""
    parser = parser_of(__doc__)
    parser.add_argument("warehouses", nargs="+", type=warehouse, metavar="WAREHOUSE")
    parser.add_argument("--in-place", action="store_true")
    parser.add_argument("--link", action="store_true")
    asked = parser.parse_args(words)
    table = load_costs(asked.warehouses, in_place=asked.in_place, with_links=asked.link)
    for name, values in sorted(table.items(), key=lambda row: row[1][-1]):
        print(f"{name:40}" + "".join(f"{value:10.3f}" for value in values))


if __name__ == "__main__":
    if sys.argv[1:2] == ["--load"]:
        home, folder, run_id, version, *flags = sys.argv[2:]
        costs = load(read_address(home), Path(folder), run_id, version, with_links=bool(flags))
        print(json.dumps(costs))
    else:
        main(sys.argv[1:])
