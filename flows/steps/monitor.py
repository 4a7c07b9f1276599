"""The steps of the monitor flow without Prefect: read the history, compare, write the results. The
same over stored history.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import duckdb

from flows.acquire.sources import read_sources
from flows.progress import reporter
from flows.steps.request import Request
from flows.steps.source_history import full_hour, read_sources_past
from flows.watch.counts import Source
from flows.watch.settings import MonitorSettings
from flows.watch.verdicts import compare_sources, outlooks
from flows.watch.volume import judge_silence
from schemas import METRICS
from warehouse.check import CheckResult
from warehouse.connect import demand, open_reader, open_writer, published
from warehouse.migrate import migrate, set_up
from warehouse.publish import repair_published
from warehouse.sql import fetch_named, insert_rows, quoted, read_folder
from warehouse.transaction import retried, transaction
from warehouse.update_incidents import write_checks


@dataclass(frozen=True, slots=True)
class SourceStatus:
    """State of one source: last article, hours since, articles expected since, articles of the last
    day and expected in it.
    """

    source_id: str
    last_at: datetime | None
    hours_since: float
    expected_since: float | None
    seen_in_day: float
    expected_in_day: float | None
    is_late: bool


@dataclass(frozen=True, slots=True)
class Watched:
    """Result of one monitoring run."""

    now: datetime
    results: tuple[CheckResult, ...]
    standings: tuple[SourceStatus, ...]

    def counts(self) -> dict[str, Any]:
        """Return the number of results by status, and of sources."""
        told = [r.status for r in self.results]
        return {
            "sources": len(self.standings),
            **{status: told.count(status) for status in ("passed", "failed", "unknown")},
        }

    def table(self) -> list[dict[str, Any]]:
        """Return one row a source, for an artifact."""
        return [
            {
                "source": s.source_id,
                "last_article": f"{s.last_at:%Y-%m-%d %H:%M} UTC" if s.last_at else "never",
                "expected_since": s.expected_since,
                "last_24_hours": s.seen_in_day,
                "expected": s.expected_in_day,
                "is_late": s.is_late,
            }
            for s in self.standings
        ]


def watch(request: Request, settings: MonitorSettings, moment: datetime) -> Watched:
    """Compare every source with its past at `moment` and write the results. The caller holds the
    run lock and notifies people.
    """
    demand(request.warehouse)
    repair_published(request.warehouse, request.lock_timeout, reporter().say)
    listed = read_sources(request.sources_file) if request.sources_file else ()
    reporter().step("watching sources")
    with open_writer(request.warehouse, request.lock_timeout, reporter().say) as connection:
        set_up(connection)
        now = full_hour(moment)
        sources = read_sources_past(connection, now, listed)
        results = with_examples(
            connection, compare_sources(sources, settings.limits(), settings.drift())
        )
        standings = tuple(stand(sources, settings))
        run_id = f"monitor-{moment:%Y%m%dT%H%M%S.%f}"
        metrics = [
            [run_id, s.source_id, f"monitor.{metric}", value, moment]
            for s in standings
            for metric, value in (
                ("hours_since_last", s.hours_since),
                ("expected_since_last", s.expected_since),
                ("articles_24h", s.seen_in_day),
            )
            if value is not None
        ]
        _write(connection, run_id, metrics, results, moment)
    return Watched(now, results, standings)


@retried
def _write(
    connection: duckdb.DuckDBPyConnection,
    run_id: str,
    metrics: Sequence[Sequence[object]],
    results: tuple[CheckResult, ...],
    moment: datetime,
) -> None:
    with transaction(connection):
        insert_rows(connection, METRICS.name, metrics)
        write_checks(connection, run_id, results, moment)


def with_examples(
    connection: duckdb.DuckDBPyConnection, results: Sequence[CheckResult]
) -> tuple[CheckResult, ...]:
    """Return `results`, each failure with a few articles, pages or fetches that show it, and with
    its likely cause where the warehouse holds it.
    """
    examples = {file.name: file.text for file in read_folder("monitor_examples")}
    causes = {file.name: file.text for file in read_folder("monitor_causes")}
    return tuple(
        replace(
            result,
            examples=_asked(connection, examples[result.check.name], result),
            cause=result.cause or _cause(connection, causes.get(result.check.name), result),
        )
        if result.is_failed
        else result
        for result in results
    )


def _cause(
    connection: duckdb.DuckDBPyConnection, query: str | None, result: CheckResult
) -> str | None:
    return _asked(connection, query, result)[0]["cause"] if query else None


def _asked(
    connection: duckdb.DuckDBPyConnection, query: str, result: CheckResult
) -> tuple[dict[str, str], ...]:
    """Return the answer to a query about the source and dimension of a result."""
    asked = query.replace("{source}", quoted(result.source_id))
    asked = asked.replace("{dimension}", quoted(result.dimension or ""))
    return tuple(
        {name: str(value)[:200] for name, value in row.items() if value is not None}
        for row in fetch_named(connection.execute(asked))
    )


def stand(sources: Sequence[Source], settings: MonitorSettings) -> Iterator[SourceStatus]:
    """Yield the state of each source, in order."""
    limits = settings.limits()
    for outlook in outlooks(sources):
        counts = outlook.source.counts
        since = (
            (counts.ends_at - counts.last_at) / timedelta(hours=1)
            if counts.last_at
            else float(len(counts.articles))
        )
        seen = float(counts.articles[-24:].sum())
        if outlook.profile is None:
            yield SourceStatus(
                counts.source_id, counts.last_at, max(0.0, since), None, seen, None, False
            )
            continue
        silence = judge_silence(counts, outlook.profile, outlook.seasonal, limits)
        due = outlook.profile.expected(counts.hour_of_week()[-24:])
        yield SourceStatus(
            counts.source_id,
            counts.last_at,
            max(0.0, since),
            round(silence.expected, 1),
            seen,
            round(due, 1),
            not silence.is_well,
        )


@dataclass(frozen=True, slots=True)
class PastAlert:
    """An incident that other thresholds would have opened, and when it would have ended."""

    check_name: str
    source_id: str | None
    dimension: str | None
    opened_at: datetime
    resolved_at: datetime | None


def backtest(
    request: Request, settings: MonitorSettings, since: datetime, until: datetime, every: timedelta
) -> list[PastAlert]:
    """Replay the stored history, one look every `every`, and return the incidents that would have
    been reported; changes nothing.

    Incidents are kept in a database in memory; the history is read from the published copy.
    """
    listed = read_sources(request.sources_file) if request.sources_file else ()
    moments = list(_moments(full_hour(since), full_hour(until), every))
    reporter().step("replaying history", len(moments))
    with open_reader(published(request.warehouse)) as past, duckdb.connect() as scratch:
        scratch.execute("SET TimeZone = 'UTC'")
        migrate(scratch)
        for moment in moments:
            sources = read_sources_past(past, moment, listed, incidents=scratch)
            write_checks(
                scratch,
                f"backtest-{moment:%Y%m%dT%H}",
                compare_sources(sources, settings.limits(), settings.drift()),
                moment,
            )
            scratch.execute(
                "UPDATE meta.notifications SET sent_at = ? WHERE sent_at IS NULL", [moment]
            )
            reporter().page()
        rows = scratch.execute(
            "SELECT check_name, source_id, dimension, opened_at, resolved_at FROM meta.incidents "
            "WHERE incident_id IN (SELECT incident_id FROM meta.notifications WHERE event = "
            "'opened') "
            "ORDER BY opened_at, check_name, source_id, dimension"
        ).fetchall()
    return [PastAlert(*row) for row in rows]


def _moments(since: datetime, until: datetime, every: timedelta) -> Iterator[datetime]:
    while since <= until:
        yield since
        since += every
