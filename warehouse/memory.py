"""Bounds the memory of queries over whole tables, and of loads, whatever the warehouse's size.

A query that does not fit is tried again in a way that takes less: one thread keeps fewer blocks in
memory than several.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeVar

import duckdb

from warehouse.sql import is_lake

MEMORY = "700MB"
"""What `check`, `report` and counting may hold at once. With DuckDB's own needs a process stays
below 1 GB: 840 MB were measured for all checks of 100,000 articles."""

MORE_MEMORY = "1100MB"
"""What a query may hold that did not fit into MEMORY: the process stays below 1.5 GB."""

LOAD_MB = 150
"""What a load may hold besides a megabyte a page. It reads keys of whole tables, whose blocks
DuckDB would keep up to most of the machine's memory.
"""

MAX_THREADS = 4
"""Each thread holds blocks of its own."""

FEW_PAGES = 500
"""Pages up to which a load has one thread. Its statements take milliseconds, and handing them to
two threads cost a tenth of the load: 4.5 s of CPU in place of 4.0 s for 100 pages into 1,000,000
articles, in the same time on the clock; in a lake of 100,000 articles 8.7 s in place of 6.8 s.
Loads of more pages were not measured.
"""

Answer = TypeVar("Answer")


def bound_memory(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the connection's queries within MEMORY.

    Larger joins and sorts go to files in a folder beside the database, which DuckDB removes. Raises
    OutOfMemoryException where the connection holds more already.
    """
    # a session that has fewer threads keeps them
    _bound(connection, MEMORY, f"least({MAX_THREADS}, current_setting('threads'))")


def within_memory(connection: duckdb.DuckDBPyConnection, ask: Callable[[], Answer]) -> Answer:
    """Return what `ask` returns, whose queries are kept within MEMORY. Where they do not fit, ask
    again with one thread, and at last with one thread and MORE_MEMORY.

    No transaction may be open that `ask` did not begin: an error ends it. Later queries of the
    connection are kept within MEMORY. Raises OutOfMemoryException where the last attempt does not
    fit.
    """
    bound_memory(connection)
    try:
        return ask()
    except duckdb.OutOfMemoryException:
        threads = connection.execute("SELECT current_setting('threads')").fetchall()[0][0]
    try:
        try:
            _bound(connection, MEMORY, 1)
            return ask()
        except duckdb.OutOfMemoryException:
            _bound(connection, MORE_MEMORY, 1)
            return ask()
    finally:
        _bound(connection, MEMORY, threads)


def within_load_memory(
    connection: duckdb.DuckDBPyConnection, page_count: int, load: Callable[[], Answer]
) -> Answer:
    """Return what `load` returns, whose queries are kept within LOAD_MB and a megabyte for each of
    `page_count` pages, and have one thread if these are few. Where they do not fit, load again
    without a bound.

    `load` begins its own transaction. The connection has its former bounds afterwards. In a lake
    memory is not bounded: columns of Parquet files are held as a whole while they are read.
    """
    shown, threads = connection.execute(
        "SELECT current_setting('memory_limit'), current_setting('threads')"
    ).fetchall()[0]
    is_small = page_count <= FEW_PAGES
    if is_lake(connection):
        try:
            connection.execute(f"SET threads = {1 if is_small else threads}")
            return load()
        finally:
            connection.execute(f"SET threads = {threads}")
    # RESET would only show the former bound. What is shown is cut after one decimal
    number, unit = shown.split()
    former = f"{float(number) + 0.05} {unit}"
    try:
        own_threads = 1 if is_small else min(MAX_THREADS, threads)
        _bound(connection, f"{LOAD_MB + page_count}MB", own_threads)
        return load()
    except duckdb.OutOfMemoryException:
        _bound(connection, former, threads)
        return load()
    finally:
        _bound(connection, former, threads)


def _bound(connection: duckdb.DuckDBPyConnection, memory: str, threads: int | str) -> None:
    connection.execute(f"SET memory_limit = '{memory}'; SET threads = {threads}")
