"""Runs the monitors over generated years, with the real incidents in a real DuckDB, beside two
rules that others use.

python -m tests.bench.faults [YEARS]        forty sources each; a year takes some minutes
"""

from __future__ import annotations

import sys
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import duckdb
import numpy as np

from flows.watch.counts import Counts, Day, Source
from flows.watch.unusual import unusual_hours
from flows.watch.verdicts import compare_sources
from tests.bench.faults.year import DAYS, LEAD_DAYS, START, Fault, SourceYear, generate
from tests.bench.words import parser_of
from warehouse.migrate import migrate
from warehouse.update_incidents import write_checks

ROUND_HOURS = 12
WITHIN_DAYS = 3
GRACE_DAYS = 14
"""An alert so soon after a fault's end is the fault's own echo (counts coming back), not a false
one.
"""

Alert = tuple[int, int, str]
"""Source, hour, what."""


def ours(years: Sequence[SourceYear]) -> list[Alert]:
    """What the monitors and incidents would have told, round by round."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        for hour in range(7 * 24, DAYS * 24 + 1, ROUND_HOURS):
            now = START + timedelta(hours=hour)
            unusual = unusual_hours(connection)
            sources = [source_at(year, hour, unusual.get(year.name, [])) for year in years]
            write_checks(connection, f"round-{hour:05}", compare_sources(sources), now)
            connection.execute(
                "UPDATE meta.notifications SET sent_at = ? WHERE sent_at IS NULL", [now]
            )
        told = connection.execute(
            "SELECT i.source_id, i.check_name || coalesce(' ' || i.dimension, ''), n.created_at "
            "FROM meta.notifications AS n JOIN meta.incidents AS i USING (incident_id) WHERE "
            "n.event = 'opened' ORDER BY ALL"
        ).fetchall()
    place = {year.name: number for number, year in enumerate(years)}
    return [
        (place[source], int((at - START).total_seconds() // 3600), what)
        for source, what, at in told
        if source
    ]


def source_at(year: SourceYear, hour: int, unusual: Sequence[tuple[datetime, datetime]]) -> Source:
    """One source as it looks at `hour` of the year; its past as far back as monitors look."""
    first = max(0, hour - 70 * 24)
    now = START + timedelta(hours=hour)
    seen = year.hours[first:hour]
    usual = np.ones(len(seen), bool)
    for begins, ends in unusual:
        a, b = (int((moment - START).total_seconds() // 3600) - first for moment in (begins, ends))
        usual[max(0, a) : max(0, b)] = False
    last = np.flatnonzero(seen)
    last_at = START + timedelta(hours=first + int(last[-1]) + 1) if last.size else None
    days = []
    for day in range(max(0, hour // 24 - 40), hour // 24):
        articles = int(year.hours[day * 24 : day * 24 + 24].sum())
        filled = {name: int(counts[day]) for name, counts in year.filled.items()}
        days.append(
            Day(
                articles,
                filled,
                float(year.words[day]) if articles else None,
                {year.layout[day]: articles},
            )
        )
    return Source(Counts(year.name, now, seen, usual, last_at), days, year.country)


def elementary(years: Sequence[SourceYear]) -> list[Alert]:
    """Mean ± 3 sigma over 14 days, on daily counts: Elementary's default."""
    found: list[Alert] = []
    for number, year in enumerate(years):
        daily = year.hours.reshape(DAYS, 24).sum(axis=1)
        for day in range(14, DAYS):
            past = daily[day - 14 : day]
            if abs(daily[day] - past.mean()) > 3 * past.std(ddof=1):
                found.append((number, (day + 1) * 24, "mean ± 3 sigma"))
    return _episodes(found)


def week_over_week(years: Sequence[SourceYear]) -> list[Alert]:
    """Under half of the same day a week before."""
    found: list[Alert] = []
    for number, year in enumerate(years):
        daily = year.hours.reshape(DAYS, 24).sum(axis=1)
        found += [
            (number, (day + 1) * 24, "under half")
            for day in range(7, DAYS)
            if daily[day] < 0.5 * daily[day - 7]
        ]
    return _episodes(found)


def _episodes(alerts: list[Alert]) -> list[Alert]:
    """Alerts of one source on following days are one."""
    kept: list[Alert] = []
    last: dict[int, int] = {}
    for source, hour, what in alerts:
        if hour - last.get(source, -1000) > 24:
            kept.append((source, hour, what))
        last[source] = hour
    return kept


@dataclass
class Score:
    found: int = 0
    total: int = 0
    in_time: int = 0
    delays: tuple[float, ...] = ()


def score(
    alerts: Sequence[Alert], faults: Sequence[Fault], years: Sequence[SourceYear]
) -> tuple[dict[str, Score], list[Alert]]:
    """Faults by kind (outages of sources with 8 or more articles a day apart), and the alerts that
    nothing explains.
    """
    scores: dict[str, Score] = defaultdict(Score)
    explained: set[Alert] = set()
    for f in faults:
        mine = [
            a for a in alerts if a[0] == f.source and f.starts < a[1] <= f.ends + GRACE_DAYS * 24
        ]
        explained |= set(mine)
        during = [a[1] for a in mine if a[1] <= f.ends + 24]
        kind = (
            f.kind
            if f.kind != "outage"
            else f"outage, {'8 or more' if years[f.source].rate >= 8 else 'under 8'} a day"
        )
        s = scores[kind]
        s.total += 1
        if during:
            s.found += 1
            s.in_time += min(during) - f.starts <= WITHIN_DAYS * 24
            s.delays += ((min(during) - f.starts) / 24,)
    return scores, [a for a in alerts if a not in explained and a[1] >= LEAD_DAYS * 24]


def main(words: Sequence[str]) -> None:
    """Generate, judge, print."""
    count = parser_of(__doc__, years=1).parse_args(words).years
    totals: dict[str, dict[str, Score]] = defaultdict(lambda: defaultdict(Score))
    false: dict[str, int] = defaultdict(int)
    kinds: dict[str, int] = defaultdict(int)
    source_years = 0.0
    for seed in range(1, count + 1):
        years, faults = generate(seed)
        source_years += len(years) * (DAYS - LEAD_DAYS) / 365
        for rule, alerts in (
            ("newsduck", ours(years)),
            ("mean ± 3 sigma", elementary(years)),
            ("week over week", week_over_week(years)),
        ):
            scores, unexplained = score(alerts, faults, years)
            false[rule] += len(unexplained)
            for kind, s in scores.items():
                t = totals[rule][kind]
                t.found, t.total, t.in_time, t.delays = (
                    t.found + s.found,
                    t.total + s.total,
                    t.in_time + s.in_time,
                    t.delays + s.delays,
                )
            if rule == "newsduck":
                for _, _, what in unexplained:
                    kinds[what] += 1
    for rule, by_kind in totals.items():
        print(
            f"{rule}: {false[rule] / source_years:.2f} false alerts a source-year "
            f"({false[rule]} in {source_years:.0f})"
        )
        for kind, s in sorted(by_kind.items()):
            delay = f"median delay {np.median(s.delays):.1f} days" if s.delays else "never"
            shares = (
                f"found {s.found / s.total:6.1%}, within {WITHIN_DAYS} days "
                f"{s.in_time / s.total:6.1%}"
            )
            print(f"  {kind:24} {s.total:4} faults, {shares}, {delay}")
    print(
        "false alerts of newsduck by check:", dict(sorted(kinds.items(), key=lambda pair: -pair[1]))
    )


if __name__ == "__main__":
    main(sys.argv[1:])
