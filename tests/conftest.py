"""What tests of several modules share."""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import duckdb
import pandera.polars  # noqa: F401
import pytest
from hypothesis import settings
from hypothesis.internal.conjecture import providers

from flows import cli
from tests import shared
from tests.homes import open_or_copy_lake
from tests.new_warehouse import open_or_copy
from warehouse.homes import duckdb_file
from warehouse.homes.lake import LakeHome
from warehouse.start_duckdb import CONFIG

# A slow machine is no fault: no deadline. The same examples every time: a failure can be repeated.
settings.register_profile("newsduck", deadline=None, derandomize=True)
settings.load_profile("newsduck")

# Hypothesis would also try the constants of all modules of ours that are imported: another process
# has imported others, and to read them takes each 0.4 s.
providers._get_local_constants = lambda: providers._local_constants

# what is collected stays: to look for garbage among it takes a quarter of the collection's time
gc.disable()
gc.set_threshold(cli.GARBAGE_AFTER)  # as in the command

# For each value of a parameter DuckDB tries to import these two. They are not installed, and each
# try takes 0.2 ms. This stands behind the import of pandera, which expects another error.
for absent in ("pandas", "pyarrow"):
    sys.modules.setdefault(absent, None)  # type: ignore[arg-type]

_connect = duckdb.connect


def _connect_cheaply(
    database: Path | str = ":memory:",
    read_only: bool = False,
    config: dict[str, Any] | None = None,
) -> duckdb.DuckDBPyConnection:
    """Connect as the product does (tests open files beside it), but with one thread, in new files
    small blocks, and columns as they are: on tiny warehouses, more threads only cost processor
    time, DuckDB clears a block for each of the 400 columns that a load appends to (0.15 s of 1.2),
    and it tries all its ways to compress each of them (0.05 s). New files are of the newest kind:
    in others DuckDB converts the sketch of each column's values at each opening (5 ms of 16).
    """
    cheap: dict[str, Any] = {
        "threads": 1,
        "default_block_size": 16_384,
        "force_compression": "uncompressed",
        "storage_compatibility_version": "latest",
    }
    return _connect(database, read_only, {**cheap, **CONFIG, **(config or {})})


duckdb.connect = _connect_cheaply

duckdb_file._try_open = open_or_copy

LakeHome.open_writer = open_or_copy_lake  # type: ignore[method-assign,assignment]

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def call(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Call:
    """Call a verb in this process, standing in the test's folder; returns exit code, output and
    errors, each on one line.
    """
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")

    def run(*words: str | Path) -> tuple[int, str, str]:
        monkeypatch.setattr(sys, "argv", ["newsduck", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        return int(ended.value.code or 0), said.out, " ".join(said.err.split())

    return run


SERVED = "tests/flow/served/"
"""The folder of the tests that need a Prefect server."""


LONGEST_FIRST = (
    "test_lake.py",
    "test_links.py",
    "test_erase.py",
    "test_fetch.py",
    "test_reprocess.py",
    "test_dask.py",
    "test_checks.py",
    "test_run.py",
    "test_alerts.py",
    "test_torture.py",
    "test_entities.py",
    "test_object_store.py",
    "test_site_memory.py",
    "test_readers.py",
    "test_search.py",
    "test_report.py",
    "test_wheel.py",
    "test_growth.py",
    "test_early_loads.py",
    "test_count_views.py",
    "test_retention.py",
    "test_incidents_command.py",
    "test_incidents.py",
    "test_safe_reader.py",
    "test_patterns.py",
    "test_newcomer.py",
    "test_monitor.py",
    "test_lake_erase.py",
)
"""Files that take longest: they begin first, so that no process is left with one at the end."""


def pytest_configure(config: pytest.Config) -> None:
    """Begin what the session's processes share; the process that began it ends it."""
    if shared.begin():
        config.add_cleanup(shared.end)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the longest files first; the order within a file stays."""
    place = {name: n for n, name in enumerate(LONGEST_FIRST, start=1)}

    def place_of(item: pytest.Item) -> int:
        return 0 if item.nodeid.startswith(SERVED) else place.get(item.path.name, len(place) + 1)

    items.sort(key=place_of)


def pytest_collection_finish() -> None:
    """Take what was collected out of the sight of the collector of garbage: a look at it costs 0.2
    s, and tests that measure work begin with one.
    """
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """One process more than there are processors: tests of servers wait much of their time."""
    return (os.cpu_count() or 1) + 1


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Under `--dist loadfile` give all files that need a Prefect server to one process: one server
    is enough. (`--dist loadgroup` would do the same, but groups nothing in xdist 3.8 with pytest
    9.)
    """
    if config.getvalue("dist") != "loadfile":
        return None
    from xdist.scheduler import LoadFileScheduling

    config.option.loadscopereorder = False  # else files with most tests would come first
    scheduler: Any = LoadFileScheduling(config, log)
    file_of = scheduler._split_scope
    scheduler._split_scope = lambda nodeid: SERVED if nodeid.startswith(SERVED) else file_of(nodeid)
    return scheduler
