"""Writes the Prefect artifact `health`, the same for every flow: each source that is not well, with
the reason.

The words come from `report/brief.py`.
"""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import duckdb
from prefect.artifacts import create_markdown_artifact

from flows.acquire.sources import read_sources
from flows.report.brief import brief
from flows.report.read import read_health
from flows.steps.request import Request
from flows.watch.settings import MonitorSettings
from warehouse.connect import exists, open_reader
from warehouse.errors import WarehouseError

logger = logging.getLogger("newsduck.health")


@contextmanager
def showing_health(request: Request, settings: MonitorSettings) -> Iterator[None]:
    """Write the artifact after the body, inside its run lock, also where the body failed.

    After a body that failed, its own error counts: what cannot be read then is logged.
    """
    try:
        yield
    except Exception:
        try:
            show_health(request, settings)
        except (WarehouseError, duckdb.Error):
            logger.exception("the run failed, and how things stand could not be read")
        raise
    show_health(request, settings)


def show_health(request: Request, settings: MonitorSettings) -> None:
    """Write the artifact `health`; nothing without a warehouse. The caller holds the run lock."""
    if not exists(request.warehouse):
        return
    listed = read_sources(request.sources_file) if request.sources_file else ()
    with open_reader(request.warehouse, timeout=request.lock_timeout) as connection:
        health = read_health(connection, connection, settings, datetime.now(UTC), listed=listed)
    create_markdown_artifact(
        brief(health), key="health", description="Sources, open incidents and the last run's pages"
    )
