"""What the warehouse remembers of addresses and hosts, as a round of fetching asks for it
(`acquire/web/round.py`: Memory).
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import fields
from datetime import datetime
from pathlib import Path

from flows.acquire.raw.store import Mark
from flows.acquire.web.hosts import HostState
from flows.acquire.web.schedule import UrlState
from flows.progress import reporter
from schemas import FETCHES, HOSTS, URLS
from warehouse.connect import open_writer


class WarehouseMemory:
    """What the warehouse remembers of addresses and hosts. It is opened for each question alone;
    threads may ask.
    """

    def __init__(self, warehouse: Path, lock_timeout: float) -> None:
        self._warehouse = warehouse
        self._lock_timeout = lock_timeout
        self._mutex = threading.Lock()
        self._hosts: dict[str, HostState] | None = None

    def _ask(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        with (
            self._mutex,
            open_writer(self._warehouse, self._lock_timeout, reporter().say) as connection,
        ):
            return connection.execute(query, list(parameters)).fetchall()

    def mark(self) -> Mark | None:
        """Return the last fetch that a run has loaded."""
        rows = self._ask(
            f"SELECT log_file, log_offset FROM {FETCHES.name} JOIN meta.runs USING (run_id) "
            "ORDER BY load_number DESC, log_file DESC, log_offset DESC LIMIT 1"
        )
        return Mark(*rows[0]) if rows else None  # type: ignore[arg-type]

    def states(self, keys: Sequence[str]) -> dict[str, UrlState]:
        """Return what is known of addresses, by key."""
        found = self._ask(
            f"SELECT {_columns(UrlState)} FROM {URLS.name} "
            "WHERE url_key IN (SELECT unnest(?::VARCHAR[]))",
            list(keys),
        )
        return {state.url_key: state for state in (UrlState(*row) for row in found)}  # type: ignore[arg-type]

    def due(self, source_ids: Sequence[str], now: datetime, limit: int) -> list[UrlState]:
        """Return the pages of some sources that are due, at most `limit` a source, most
        overdue first.
        """
        found = self._ask(
            f"""
            SELECT {_columns(UrlState)} FROM {URLS.name}
            WHERE kind = 'page' AND due_at <= ? AND source_id IN (SELECT unnest(?::VARCHAR[]))
            QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY due_at, url_key) <= ?
            ORDER BY due_at, url_key
            """,
            now,
            list(source_ids),
            limit,
        )
        return [UrlState(*row) for row in found]  # type: ignore[arg-type]

    def host(self, host: str) -> HostState | None:
        """Return what is held against a host; the hosts in trouble are read once."""
        if self._hosts is None:
            found = self._ask(
                f"SELECT {_columns(HostState)} FROM {HOSTS.name} "
                "WHERE failure_count > 0 OR left_alone_until_at IS NOT NULL OR cut_count > 0"
            )
            self._hosts = {state.host: state for state in (HostState(*row) for row in found)}  # type: ignore[arg-type]
        return self._hosts.get(host)


def _columns(value: type) -> str:
    return ", ".join(field.name for field in fields(value))
