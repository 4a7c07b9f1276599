"""Reads what monitors compare: the past of every source as it was known at one moment. The SQL is
in `warehouse/history/`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

import duckdb
import numpy as np

from flows.acquire.sources import Source as Listed
from flows.watch.counts import Counts, Day, Mask, Source
from flows.watch.profile import SHAPE_DAYS
from flows.watch.unusual import unusual_hours
from flows.watch.volume import GUARD_DAYS
from warehouse.sql import read_rows

HISTORY_DAYS = SHAPE_DAYS + GUARD_DAYS + 1
"""Days that are read: those that a profile is learned from, and the week that is compared."""

DRIFT_DAYS = 32
"""Days for which more than counts is read."""

GOT = ("ok", "unchanged")


def full_hour(moment: datetime) -> datetime:
    """Return the last full hour."""
    return moment.replace(minute=0, second=0, microsecond=0)


def read_sources_past(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    listed: Iterable[Listed] = (),
    incidents: duckdb.DuckDBPyConnection | None = None,
) -> list[Source]:
    """Return the past of each source that has articles or is `listed` and enabled, in order of id.
    `now` is a full hour (UTC).

    `incidents` is another database whose incidents say which hours were unusual, where given.
    """
    days = {
        name: _grouped(_ask(connection, name, now, DRIFT_DAYS))
        for name in ("days", "layouts", "fetches")
    }
    return _read(connection, now, listed, incidents, days)


def read_counts(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    listed: Iterable[Listed] = (),
    incidents: duckdb.DuckDBPyConnection | None = None,
) -> list[Source]:
    """Return the same sources with their articles by hour alone: a small part of the work."""
    return _read(connection, now, listed, incidents, {})


def _read(
    connection: duckdb.DuckDBPyConnection,
    now: datetime,
    listed: Iterable[Listed],
    incidents: duckdb.DuckDBPyConnection | None,
    days: Mapping[str, Mapping[str, list[dict[str, Any]]]],
) -> list[Source]:
    entries = {entry.id: entry for entry in listed}
    hours = _grouped(_ask(connection, "hours", now, HISTORY_DAYS))
    unusual = unusual_hours(incidents or connection)
    names = sorted(
        {
            *hours,
            *days.get("fetches", ()),
            *(name for name, entry in entries.items() if entry.enabled),
        }
    )
    found = []
    for name in names:
        entry = entries.get(name)
        if entry is not None and not entry.enabled:
            continue
        counts = _counts(name, now, hours.get(name, []), unusual.get(name, []))
        past = (
            _days(*(days[kind].get(name, []) for kind in ("days", "layouts", "fetches")))
            if days
            else ()
        )
        found.append(Source(counts, past, entry.country if entry else None))
    return found


def _ask(
    connection: duckdb.DuckDBPyConnection, name: str, now: datetime, days: int
) -> list[dict[str, Any]]:
    return read_rows(connection, "history", name, {"now": now, "days": days})


def _grouped(rows: Iterable[dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row["source_id"]].append(row)
    return found


def _counts(
    name: str,
    now: datetime,
    rows: list[dict[str, Any]],
    unusual: Iterable[tuple[datetime, datetime]],
) -> Counts:
    articles = np.zeros(HISTORY_DAYS * 24)
    for row in rows:
        articles[len(articles) - 1 - row["hours_ago"]] = row["article_count"]
    return Counts(
        name,
        now,
        articles,
        usual_mask(now, len(articles), unusual),
        max((row["last_at"] for row in rows), default=None),
    )


def usual_mask(now: datetime, hours: int, unusual: Iterable[tuple[datetime, datetime]]) -> Mask:
    """Return which of the `hours` before `now` lie outside the stretches given."""
    mask = np.ones(hours, bool)
    for begins, ends in unusual:
        first, last = (
            hours - max(0, int((now - moment) / timedelta(hours=1)))
            for moment in (begins, min(ends, now))
        )
        mask[max(0, first) : max(0, last)] = False
    return mask


def _days(
    days: Iterable[Mapping[str, Any]],
    layouts: Iterable[Mapping[str, Any]],
    fetches: Iterable[Mapping[str, Any]],
) -> list[Day]:
    by_day: dict[int, dict[str, Any]] = defaultdict(
        lambda: {"articles": {}, "layouts": {}, "fetches": {}}
    )
    for row in days:
        by_day[row["days_ago"]]["articles"] = row
    for row in layouts:
        by_day[row["days_ago"]]["layouts"][row["layout_id"]] = row["page_count"]
    for row in fetches:
        by_day[row["days_ago"]]["fetches"][row["outcome"]] = row["fetch_count"]
    return [_day(**by_day[ago]) for ago in range(DRIFT_DAYS - 1, -1, -1)]


def _day(
    articles: Mapping[str, Any], layouts: Mapping[str, int], fetches: Mapping[str, int]
) -> Day:
    failed = {outcome: count for outcome, count in fetches.items() if outcome not in GOT}
    if not articles:
        return Day(0, {}, None, layouts, sum(fetches.values()), failed)
    filled = {
        name: count
        for name, count in articles.items()
        if name not in ("source_id", "days_ago", "article_count", "median_words")
    }
    return Day(
        articles["article_count"],
        filled,
        articles["median_words"],
        layouts,
        sum(fetches.values()),
        failed,
    )
