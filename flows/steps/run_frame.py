"""What every run that a person asks for by hand has in common: it holds the run lock from before
its first look at the warehouse until its changes are published.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb

from flows.version import extractor_version
from warehouse.connect import Say, WarehouseAddress, demand, open_writer, run_lock
from warehouse.load import RunFacts
from warehouse.migrate import set_up
from warehouse.publish import publish


def new_run_id(started_at: datetime) -> str:
    """Return a new key for a run: the time, so that keys sort, and four random hex digits."""
    return f"{started_at:%Y%m%dT%H%M%S.%f}-{secrets.token_hex(2)}"


def run_facts(flow: str) -> RunFacts:
    """Return the facts of a run of `flow` that begins now and reads no page."""
    started_at = datetime.now(UTC)
    return RunFacts(new_run_id(started_at), flow, started_at, extractor_version(), 0)


@contextmanager
def changing(
    warehouse: WarehouseAddress, flow: str, lock_timeout: float, say: Say
) -> Iterator[tuple[duckdb.DuckDBPyConnection, RunFacts]]:
    """Yield the warehouse, open for writing and migrated, and the facts of a run that changes it;
    publish when the body has ended well.

    The body opens its own transaction and writes the run (`audit`, `load_run`). Raises
    WarehouseError if there is no warehouse, and as `run_lock`, `open_writer` and `publish` do.
    """
    demand(warehouse)
    with run_lock(warehouse, lock_timeout, say):
        with open_writer(warehouse, lock_timeout, say) as connection:
            set_up(connection)
            yield connection, run_facts(flow)
        publish(warehouse, lock_timeout, say)
