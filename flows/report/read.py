"""Reads how things stand: sources by health, incidents, pages, what was stripped, quarantine,
hosts. Changes nothing.

Everything is read from the published copy, which an ingest that runs does not touch. Incidents, the
last runs, and the hours that incidents make unusual are newer in the warehouse itself (a monitor
publishes nothing, a run that broke its checks neither): they are read from there for a moment where
nobody has it open.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import duckdb

from flows.acquire.sources import Source as Listed
from flows.report.days import DayCount, daily_counts, summed
from flows.steps.monitor import SourceStatus, stand
from flows.steps.source_history import full_hour, read_counts
from flows.watch.settings import MonitorSettings
from flows.watch.verdicts import outlooks
from schemas import Row
from warehouse.connect import WarehouseAddress, exists, open_reader, published
from warehouse.errors import WarehouseBusyError
from warehouse.memory import within_memory
from warehouse.migrate import check_current
from warehouse.sql import read_rows

MAX_STORIES = 12
"""Stories of the day that a report shows."""

DAYS = 28
"""Days of a report: what the level of a profile is learned from."""

SHOWN_RUNS = 5
"""Runs that a report lists; `newsduck status --runs` shows more."""

STATES = ("failing", "late", "warned", "unknown", "well")
"""How a source stands, the worst first: an error is open, articles are overdue, a warning is open,
too little history, none of these.
"""

OVER = ("resolved", "pending")
"""States of incidents that say nothing of the present: over, or not yet confirmed."""


@dataclass(frozen=True, slots=True)
class SourceHealth:
    """One source: how it stands, when its last article was first seen, articles expected since, its
    days, its open incidents.
    """

    source_id: str
    state: str
    last_at: datetime | None
    expected_since: float | None
    seen_in_day: int
    expected_in_day: float | None
    article_count: int
    new_count: int
    days: tuple[DayCount, ...]
    incidents: tuple[Row, ...]


@dataclass(frozen=True, slots=True)
class Health:
    """How things stand at `moment` (UTC): `sources` the worst first, `incidents` open ones first,
    `runs` the newest first.
    """

    moment: datetime
    since: datetime
    days: int
    sources: tuple[SourceHealth, ...]
    total: tuple[DayCount, ...]
    incidents: tuple[Row, ...]
    runs: tuple[Row, ...]

    @property
    def open_incidents(self) -> list[Row]:
        """Those that are confirmed, last, and follow from no other."""
        return [i for i in self.incidents if i["state"] not in OVER and i["parent_id"] is None]

    def in_state(self, *states: str) -> list[SourceHealth]:
        """Return the sources that stand so."""
        return [s for s in self.sources if s.state in states]


@dataclass(frozen=True, slots=True)
class Report:
    """All that the page shows. `copied_from` is the file that was read; `is_live` says that
    incidents come from the warehouse itself.
    """

    health: Health
    outcomes: tuple[Row, ...]
    rejections: tuple[Row, ...]
    stripped: tuple[Row, ...]
    quarantine: tuple[Row, ...]
    hosts: tuple[Row, ...]
    stories: tuple[Row, ...]
    wordings: tuple[Row, ...]
    copied_from: WarehouseAddress
    published_run: str | None
    is_live: bool


def read_report(
    warehouse: WarehouseAddress,
    settings: MonitorSettings,
    moment: datetime,
    days: int = DAYS,
    listed: Sequence[Listed] = (),
) -> Report:
    """Return the report of the last `days` days (UTC, today the last of them) at `moment`, with all
    sources `listed`.

    Raises WarehouseError where there is no warehouse, or one of another layout.
    """
    path = published(warehouse) if exists(published(warehouse)) else warehouse
    with open_reader(path) as copy:
        check_current(copy)
        with _live(warehouse) if path != warehouse else nullcontext(copy) as live:
            health = within_memory(
                copy, lambda: read_health(copy, live or copy, settings, moment, days, listed)
            )
            is_live = live is not None
        found = within_memory(copy, lambda: _read_parts(copy, moment, days))
        runs = read_rows(copy, "report", "runs", {"limit": 1})
        return Report(
            health,
            copied_from=path,
            published_run=next((run["run_id"] for run in runs), None),
            is_live=is_live,
            **found,
        )


def _read_parts(
    copy: duckdb.DuckDBPyConnection, moment: datetime, days: int
) -> dict[str, tuple[Row, ...]]:
    """Return the rows of the report's parts, by the field of Report. Stories are those of the last
    day, wordings those of their most repeated sentences.
    """
    since = {"since": first_moment(moment, days)}
    last_day = {"now": moment, "limit": MAX_STORIES}
    asked: dict[str, dict[str, Any]] = {
        "outcomes": since,
        "rejections": since,
        "stripped": since,
        "quarantine": {},
        "hosts": since | {"now": moment},
        "stories": last_day,
        "wordings": last_day,
    }
    return {name: tuple(read_rows(copy, "report", name, values)) for name, values in asked.items()}


@contextmanager
def _live(warehouse: WarehouseAddress) -> Iterator[duckdb.DuckDBPyConnection | None]:
    """The warehouse itself; None where a run has it open or it is not there."""
    with ExitStack() as stack:
        try:
            connection = stack.enter_context(open_reader(warehouse)) if exists(warehouse) else None
        except WarehouseBusyError:
            connection = None
        if connection is not None:
            check_current(connection)
        yield connection


def first_moment(moment: datetime, days: int) -> datetime:
    """Return the beginning (UTC) of the first of `days` days, of which the day of `moment` is the
    last.
    """
    midnight = moment.astimezone(UTC).replace(hour=0, minute=0, second=0, microsecond=0)
    return midnight - timedelta(days=days - 1)


def read_health(
    connection: duckdb.DuckDBPyConnection,
    incidents_of: duckdb.DuckDBPyConnection,
    settings: MonitorSettings,
    moment: datetime,
    days: int = DAYS,
    listed: Sequence[Listed] = (),
) -> Health:
    """Return how things stand at `moment`: articles from one database, incidents and runs from
    another or the same.
    """
    since = first_moment(moment, days)
    incidents = tuple(read_rows(incidents_of, "report", "incidents", {"since": since}))
    known = {
        row["source_id"]: row
        for row in read_rows(connection, "report", "sources", {"since": since})
    }
    standings = {
        s.source_id: s
        for s in stand(read_counts(connection, full_hour(moment), listed, incidents_of), settings)
    }
    # days hold the hour that has begun, which the judgement of a silence leaves out
    begun = outlooks(
        read_counts(connection, full_hour(moment) + timedelta(hours=1), listed, incidents_of)
    )
    daily = {o.source.counts.source_id: tuple(daily_counts(o, days)) for o in begun}
    recent = {o.source.counts.source_id: int(o.source.counts.articles[-24:].sum()) for o in begun}
    disabled = {entry.id for entry in listed if not entry.enabled}
    names = sorted({*known, *standings, *daily} - disabled)
    sources = [
        _health(
            name,
            known.get(name),
            standings.get(name),
            daily.get(name, ()),
            recent.get(name, 0),
            incidents,
        )
        for name in names
    ]
    return Health(
        moment,
        since,
        days,
        tuple(
            sorted(
                sources,
                key=lambda s: (
                    STATES.index(s.state),
                    -(s.expected_since or 0.0) * (s.state != "well"),
                    s.source_id,
                ),
            )
        ),
        tuple(summed(list(daily.values()))) if daily else (),
        incidents,
        tuple(read_rows(incidents_of, "report", "runs", {"limit": SHOWN_RUNS})),
    )


def _health(
    name: str,
    row: Mapping[str, Any] | None,
    standing: SourceStatus | None,
    days: tuple[DayCount, ...],
    recent: int,
    incidents: Sequence[Row],
) -> SourceHealth:
    """One source, `recent` being its articles of the last day.

    Whoever was heard before the history that is read, and not since, is late whatever was usual
    then.
    """
    own = tuple(i for i in incidents if i["source_id"] == name and i["state"] not in OVER)
    is_late = standing.is_late if standing else row is not None and not days
    severities = {i["severity"] for i in own}
    if "fail" in severities:
        state = "failing"
    elif is_late:
        state = "late"
    elif severities:
        state = "warned"
    else:
        state = "unknown" if standing is None or standing.expected_since is None else "well"
    return SourceHealth(
        name,
        state,
        row["last_at"] if row else None,
        standing.expected_since if standing else None,
        recent,
        standing.expected_in_day if standing else None,
        row["article_count"] if row else 0,
        row["new_count"] if row else 0,
        days,
        own,
    )
