"""What the warehouse remembers of addresses and hosts, as a round of fetching asks for it
(`acquire/web/round.py`: Memory).
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import fields, replace
from datetime import datetime
from typing import TYPE_CHECKING

import duckdb

from flows.acquire.schedule_match import MAX_SKEW
from flows.acquire.web.hosts import HostState
from flows.acquire.web.schedule import UrlState, left_over
from flows.link.keys import article_id
from flows.progress import reporter
from schemas import FETCHES, HOSTS, URLS, Row
from warehouse.connect import WarehouseAddress, open_writer
from warehouse.migrate import migrate
from warehouse.sql import as_list

if TYPE_CHECKING:
    from flows.acquire.raw.store import Mark


class WarehouseMemory:
    """What the warehouse remembers of addresses and hosts. It is opened for each question alone,
    unless it is `held`; threads may ask.
    """

    def __init__(
        self,
        warehouse: WarehouseAddress,
        lock_timeout: float,
        mutex: AbstractContextManager[object] | None = None,
    ) -> None:
        """`mutex` is held during a question; whoever else opens the warehouse in this process
        shares it.
        """
        self._warehouse = warehouse
        self._lock_timeout = lock_timeout
        self._mutex = mutex or threading.Lock()
        self._hosts: dict[str, HostState] | None = None
        self._held: duckdb.DuckDBPyConnection | None = None

    @contextmanager
    def held(self) -> Iterator[None]:
        """Open the warehouse at the present layout, once for all questions in the block. Only the
        thread that begins the block may ask in it. Raises as `open_writer` and `migrate` do.
        """
        with self._opened() as connection:
            migrate(connection)
            self._held = connection
            try:
                yield
            finally:
                self._held = None

    @contextmanager
    def _opened(self) -> Iterator[duckdb.DuckDBPyConnection]:
        if self._held is not None:
            yield self._held
            return
        say = reporter().say
        with self._mutex, open_writer(self._warehouse, self._lock_timeout, say) as connection:
            yield connection

    def _ask(self, query: str, *parameters: object) -> list[tuple[object, ...]]:
        with self._opened() as connection:
            return connection.execute(query, list(parameters)).fetchall()

    def mark(self) -> Mark | None:
        """Return the last fetch that a run has loaded."""
        from flows.acquire.raw.store import Mark

        rows = self._ask(
            f"SELECT log_file, log_offset FROM {FETCHES.name} JOIN meta.runs USING (run_id) "
            "ORDER BY load_number DESC, log_file DESC, log_offset DESC LIMIT 1"
        )
        return Mark(*rows[0]) if rows else None  # type: ignore[arg-type]

    def states(self, keys: Sequence[str]) -> dict[str, UrlState]:
        """Return what is known of addresses, by key."""
        with self._opened() as connection:
            found = connection.execute(
                f"SELECT {_columns(UrlState)} FROM {URLS.name} "
                "WHERE url_key IN (SELECT unnest(?::JSON::VARCHAR[]))",
                [as_list(keys)],
            ).fetchall()
            states = {state.url_key: state for state in (UrlState(*row) for row in found)}
            return states | _erased(connection, keys)

    def erased(self, keys: Sequence[str]) -> dict[str, UrlState]:
        """Return the addresses that were erased, as pages that are never due."""
        with self._opened() as connection:
            return _erased(connection, keys)

    def due(self, source_ids: Sequence[str], now: datetime, limit: int) -> list[UrlState]:
        """Return the pages of some sources that are due, at most `limit` a source, most
        overdue first.
        """
        found = self._ask(
            f"""
            SELECT {_columns(UrlState)} FROM {URLS.name}
            WHERE kind = 'page' AND (due_at <= ? OR due_at IS NOT NULL AND fetched_at > ?)
                AND source_id IN (SELECT unnest(?::JSON::VARCHAR[]))
            QUALIFY row_number() OVER (PARTITION BY source_id ORDER BY due_at, url_key) <= ?
            ORDER BY due_at, url_key
            """,
            now,
            now + MAX_SKEW,
            as_list(source_ids),
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


def _erased(connection: duckdb.DuckDBPyConnection, keys: Sequence[str]) -> dict[str, UrlState]:
    by_article = {article_id(key, "", ""): key for key in keys}
    rows = connection.execute(
        "SELECT key, erased_at FROM meta.erased WHERE key IN (SELECT unnest(?::JSON::VARCHAR[]))",
        [as_list(by_article)],
    ).fetchall()
    return {
        by_article[key]: replace(left_over("", by_article[key], None, erased_at), due_at=None)
        for key, erased_at in rows
    }


def identity_parameters(
    connection: duckdb.DuckDBPyConnection, fresh: Iterable[Row] = ()
) -> dict[str, tuple[str, ...]]:
    """Return the parameters that tell the articles of a source apart, by source: as the warehouse
    knows them, and as `fresh` rows of `meta.urls` have them that are not loaded yet. A published
    copy of an older layout knows none.
    """
    try:
        rows = connection.execute(
            f"SELECT source_id, identity_parameters FROM {URLS.name} "
            "WHERE identity_parameters IS NOT NULL"
        ).fetchall()
    except (duckdb.CatalogException, duckdb.BinderException):
        rows = []
    rows += [(row["source_id"], row["identity_parameters"]) for row in fresh]
    found: dict[str, set[str]] = {}
    for source_id, names in rows:
        if source_id and names:
            found.setdefault(source_id, set()).update(names.split())
    return {source_id: tuple(sorted(names)) for source_id, names in found.items()}


def _columns(value: type) -> str:
    return ", ".join(field.name for field in fields(value))
