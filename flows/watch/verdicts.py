"""Runs all monitors over all sources at one moment and returns results of checks.

One trouble is reported once: a silent source is not low as well, and a field that a new layout
broke is reported with the layout.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from flows.watch.counts import Hours, Source
from flows.watch.drift import Fall, judge_fetches, judge_fields, judge_length, new_layout, split
from flows.watch.limits import DriftLimits, Limits
from flows.watch.profile import Profile, learn
from flows.watch.seasonal_factor import DAYS, daily, seasonal_factors
from flows.watch.settings import MonitorSettings
from flows.watch.volume import (
    GUARD_DAYS,
    Finding,
    expected_hours,
    judge_flood,
    judge_silence,
    judge_volume,
)
from warehouse.amounts import amount
from warehouse.check import CheckResult, Status
from warehouse.check_loader import Check, read_check
from warehouse.sql import quoted, read_folder

SPARK_DAYS = 14
"""Days of counts that a result carries, for people to see."""

BLOCKED = {"fetch_403", "fetch_429", "fetch_robots", "fetch_left_alone"}
"""Outcomes of a fetch by which a host refuses us; what else the source fails follows from them."""


def read_monitors() -> dict[str, Check]:
    """Return the monitors as checks, by name; `{source}` in a query is the source's id, quoted."""
    return {file.name: read_check(file) for file in read_folder("monitors")}


CHECKS = read_monitors()
SILENT, LOW, FLOOD = (CHECKS[n] for n in ("source_is_heard", "source_volume", "source_flood"))
FIELD, LENGTH = CHECKS["fields_are_filled"], CHECKS["texts_keep_their_length"]
LAYOUT = CHECKS["layout_is_known"]
FETCH, FETCH_BLOCKED = CHECKS["fetches_succeed"], CHECKS["fetch_blocked"]

MONITORS = (SILENT, LOW, FLOOD, FIELD, LENGTH, LAYOUT, FETCH, FETCH_BLOCKED)

FIELD_CAUSES = {
    "title": "the template of the pages has changed",
    "authors": "the template of the pages has changed, or its byline",
    "published_at": "the template of the pages has changed, or the way it prints dates",
    "sound_date": "pages print another time than that of publication, such as that of the visit",
    "quotes": "texts are cut off, or the outlet has other quotation marks than before",
    "named_speakers": "texts are cut off, or speakers are named in another way than before",
    "own_first_line": "texts begin with one and the same line: a banner that no rule strips",
    "own_last_line": "texts end with one and the same line: a banner that no rule strips",
}
"""Likely cause by field."""

LONGER = "texts hold more than the article, such as comments or other stories"
SHORTER = "texts are cut off, by a paywall or a changed template"


@dataclass(frozen=True, slots=True)
class Outlook:
    """What is expected of one source: its profile, and the seasonal factors of its last days. The
    profile is None where the history is too short.
    """

    source: Source
    profile: Profile | None
    seasonal: Hours


def outlooks(sources: Sequence[Source]) -> list[Outlook]:
    """Return what is expected of each source, in order; all hours end at the same time."""
    profiles = [_learn(source) for source in sources]
    ones = np.ones(DAYS)
    seen = [daily(_padded(s.counts.articles))[-DAYS:] for s in sources]
    due = [
        daily(expected_hours(s.counts, p, ones))
        if p and len(s.counts.articles) >= DAYS * 24
        else None
        for s, p in zip(sources, profiles, strict=True)
    ]
    seasonal = seasonal_factors(seen, due, [s.country for s in sources])
    return [Outlook(*row) for row in zip(sources, profiles, seasonal, strict=True)]


def _learn(source: Source) -> Profile | None:
    """Learn from all but the last week; where that is too little, from all but the last day."""
    hours = len(source.counts.articles)
    return learn(source.counts, hours - GUARD_DAYS * 24) or learn(source.counts, hours - 24)


def _padded(articles: Hours) -> Hours:
    return np.concatenate([np.zeros(max(0, DAYS * 24 - len(articles))), articles])


def compare_sources(
    sources: Sequence[Source], limits: Limits | None = None, drift: DriftLimits | None = None
) -> tuple[CheckResult, ...]:
    """Return a result for each source and monitor; `unknown` where there are too few data."""
    return tuple(
        result
        for outlook in outlooks(sources)
        for result in (
            *_amounts(outlook, limits or MonitorSettings().limits()),
            *_likeness(outlook.source, drift or MonitorSettings().drift()),
        )
    )


def _amounts(outlook: Outlook, limits: Limits) -> Iterator[CheckResult]:
    counts, profile = outlook.source.counts, outlook.profile
    if profile is None:
        yield from (
            CheckResult(check, "unknown", source_id=counts.source_id)
            for check in (SILENT, LOW, FLOOD)
        )
        return
    history = tuple(daily(counts.articles)[-SPARK_DAYS:].tolist())

    def result(
        check: Check,
        found: Finding,
        expected: str,
        status: Status | None = None,
        cause: str | None = None,
    ) -> CheckResult:
        told = status or ("passed" if found.is_well else "failed")
        return CheckResult(
            check,
            told,
            int(told == "failed"),
            source_id=counts.source_id,
            observed=found.seen,
            expected=expected,
            history=history,
            cause=cause if told == "failed" else None,
            sql=query_of(check, counts.source_id),
        )

    silence = judge_silence(counts, profile, outlook.seasonal, limits)
    last = f"{counts.last_at:%Y-%m-%d %H:%M} UTC" if counts.last_at else "unknown"
    yield result(
        SILENT,
        silence,
        f"{amount(silence.expected, 'articles')} since the last one ({last}), "
        f"{silence.days:.1f} days ago",
    )
    windows = judge_volume(counts, profile, outlook.seasonal, limits)
    low = [found for found in windows.values() if not found.is_well]
    shown = min(low, key=lambda f: f.seen / f.expected) if low else windows.get(1)
    if shown:
        yield result(
            LOW, shown, _usual(profile, shown), None if silence.is_well or not low else "unknown"
        )
    flood = judge_flood(counts, profile, outlook.seasonal, limits)
    yield result(
        FLOOD,
        flood,
        _usual(profile, flood),
        cause="a feed that repeats itself, or an archive read as news",
    )


def _usual(profile: Profile, found: Finding) -> str:
    """Return the usual range in words; only for failures, since it is slow to compute."""
    if found.is_well:
        return ""
    low, high = profile.usual_range(found.expected, found.days)
    return f"{low:.0f} to {high:.0f} articles in {found.days:g} day{'s' if found.days > 1 else ''}"


def _likeness(source: Source, limits: DriftLimits) -> Iterator[CheckResult]:
    name = source.counts.source_id
    window = split(source.days)
    if window:
        fields, length, layout = (
            judge_fields(window, limits),
            judge_length(window, limits),
            new_layout(window, limits),
        )
        broken = [field for field, fall in fields.items() if fall.is_well is False] + (
            ["length"] if length.is_well is False else []
        )
        if layout and broken:
            yield CheckResult(
                LAYOUT,
                "failed",
                len(broken),
                source_id=name,
                observed=float(len(broken)),
                expected="no field broken",
                cause=f"new layout {layout} since {_since(source)}; it broke: {', '.join(broken)}",
                sql=query_of(LAYOUT, name),
            )
        elif any(day.layouts for day in window.base):
            yield CheckResult(LAYOUT, "passed", source_id=name)
        for field, fall in fields.items():
            cause = FIELD_CAUSES[field]
            yield _share(FIELD, fall, name, field, is_told=not layout, cause=cause)
        cause = LONGER if length.share > length.usual else SHORTER
        yield _share(LENGTH, length, name, None, is_told=not layout, cause=cause)
    if any(day.fetches for day in source.days):
        fall, worst = judge_fetches(source.days, limits)
        is_block = worst in BLOCKED
        yield _share(
            FETCH_BLOCKED if is_block else FETCH,
            fall,
            name,
            None,
            cause=f"most often: {worst}" if worst else None,
        )
        other = FETCH if is_block else FETCH_BLOCKED
        yield CheckResult(other, "unknown" if fall.is_well is None else "passed", source_id=name)


def _since(source: Source) -> str:
    return f"{source.counts.ends_at:%Y-%m-%d}"


def _share(
    check: Check,
    fall: Fall,
    source: str,
    dimension: str | None,
    *,
    is_told: bool = True,
    cause: str | None = None,
) -> CheckResult:
    status: Status = (
        "unknown"
        if fall.is_well is None or (fall.is_well is False and not is_told)
        else "passed"
        if fall.is_well
        else "failed"
    )
    is_failed = status == "failed"
    return CheckResult(
        check,
        status,
        fall.article_count if is_failed else 0,
        source_id=source,
        dimension=dimension,
        observed=round(fall.share, 4),
        expected=f"about {amount(fall.usual, check.unit)}",
        cause=cause if is_failed else None,
        sql=query_of(check, source),
    )


def query_of(check: Check, source: str) -> str:
    """Return SQL that shows a person what the monitor saw of a source."""
    body = "\n".join(line for line in check.query.splitlines() if not line.startswith("--"))
    return body.replace("{source}", quoted(source))
