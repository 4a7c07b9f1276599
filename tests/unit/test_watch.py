"""What monitors think of counts and days; the numbers are drawn with a fixed seed, the past is ours
to write.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import numpy as np
import pytest

from flows.watch.bounds import propose
from flows.watch.chances import chance_of_at_most, least_count
from flows.watch.counts import Counts, Day, Source
from flows.watch.profile import learn
from flows.watch.seasonal_factor import DAYS, seasonal_factors
from flows.watch.verdicts import MONITORS, compare_sources, outlooks
from warehouse.check import CheckResult

NOW = datetime(2026, 3, 2, tzinfo=UTC)  # a Monday, midnight
HOURS = 64 * 24


def hourly(
    a_day: float, seed: int = 1, weekend: float = 0.5
) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    """Articles by hour: nobody writes at night, fewer do at weekends."""
    first = NOW - timedelta(hours=HOURS)
    moments = [first + timedelta(hours=n) for n in range(HOURS)]
    shape = np.array([0.0 if m.hour < 6 else 1.0 for m in moments]) / 18
    shape *= [weekend if m.weekday() >= 5 else 1.0 for m in moments]
    return np.random.default_rng(seed).poisson(a_day * shape).astype(float)


def source(
    name: str = "tide",
    articles: object = None,
    days: tuple[Day, ...] = (),
    country: str | None = None,
) -> Source:
    counts = np.asarray(hourly(40) if articles is None else articles, float)
    seen = np.flatnonzero(counts)
    last = NOW - timedelta(hours=len(counts) - 1 - int(seen[-1])) if seen.size else None
    return Source(Counts(name, NOW, counts, np.ones(len(counts), bool), last), days, country)


def verdicts(*sources: Source) -> dict[str, str]:
    """Check (and dimension) → status, of the first source."""
    found = [r for r in compare_sources(sources) if r.source_id == sources[0].counts.source_id]
    return {" ".join(filter(None, (r.check.name, r.dimension))): r.status for r in found}


def failures(*sources: Source) -> list[CheckResult]:
    return [r for r in compare_sources(sources) if r.is_failed]


@pytest.mark.parametrize("chance", [0.001, 0.025, 0.975, 0.999])
def test_the_least_count_is_the_first_that_reaches_the_chance(chance: float) -> None:
    expected, size = np.array([0.0, 0.01, 1.0, 7.5, 40.0, 3e5]), np.array([12.5, 50, 3, 12.5, 2, 9])
    found = least_count(chance, expected, size)
    assert (chance_of_at_most(found, expected, size) >= chance).all()
    assert (chance_of_at_most(found - 1, expected, size) < chance).all()
    assert (found == found.round()).all()
    assert found[0] == 0


def test_chances_are_those_of_the_negative_binomial() -> None:
    """Two wins before the count's losses, each as likely as the other: 1/4, 1/4, 3/16, 4/32."""
    chances = chance_of_at_most(np.arange(-1.0, 4.0), np.full(5, 2.0), 2.0)
    assert chances == pytest.approx([0, 1 / 4, 1 / 2, 11 / 16, 13 / 16])


def test_the_usual_is_well() -> None:
    assert verdicts(source()) == {
        "source_is_heard": "passed",
        "source_volume": "passed",
        "source_flood": "passed",
    }


def test_a_profile_knows_nights_weekends_and_the_level() -> None:
    profile = learn(source().counts, HOURS)
    assert profile is not None
    week = profile.rate.reshape(7, 24)
    assert week[:, :6].sum() < 0.06 * week.sum()
    assert week[5:].sum() / 2 == pytest.approx(0.5 * week[:5].sum() / 5, rel=0.3)
    assert week.sum() == pytest.approx(40 * 6, rel=0.1)


def test_a_silence_is_told_once_and_not_as_low_volume_too() -> None:
    quiet = hourly(40)
    quiet[-30:] = 0
    (found,) = failures(source(articles=quiet))
    assert found.check.name == "source_is_heard"
    assert "1.2 days ago" in (found.expected or "")
    assert found.history[-1] == 0
    assert len(found.history) == 14
    assert found.sql is not None
    assert "'tide'" in found.sql


def test_a_silence_that_is_over_is_no_low_volume() -> None:
    back = hourly(40)
    back[-60:-12] = 0
    assert not failures(source(articles=back))


def test_few_articles_after_a_silence_are_told() -> None:
    back = hourly(40)
    back[-4 * 24 : -3 * 24] = 0
    back[-3 * 24 :] *= 0.2
    assert [r.check.name for r in failures(source(articles=back))] == ["source_volume"]


def test_a_night_and_a_weekend_are_no_silence() -> None:
    assert failures(source()) == []  # midnight on a Monday, after a weekend
    small = source(articles=hourly(2))
    assert failures(small) == []


def test_half_of_the_articles_missing_shows_over_days() -> None:
    low = hourly(40)
    low[-7 * 24 :] = np.random.default_rng(2).binomial(low[-7 * 24 :].astype(int), 0.3)
    (found,) = failures(source(articles=low))
    assert found.check.name == "source_volume"
    assert "articles in" in (found.expected or "")


def test_many_times_the_usual_is_a_flood() -> None:
    many = hourly(40)
    many[-24:] += 20
    assert [r.check.name for r in failures(source(articles=many))] == ["source_flood"]


def test_a_few_days_of_history_are_needed_and_enough() -> None:
    new = hourly(40)
    new[: -4 * 24] = 0
    assert set(verdicts(source(articles=new)).values()) == {"unknown"}
    older = hourly(40)
    older[: -9 * 24] = 0
    older[-30:] = 0
    assert [r.check.name for r in failures(source(articles=older))] == ["source_is_heard"]
    assert set(verdicts(source(articles=np.zeros(HOURS))).values()) == {"unknown"}


def test_hours_inside_an_incident_teach_nothing() -> None:
    broken = hourly(40)
    broken[-40 * 24 : -8 * 24] = 0
    told = source(articles=broken).counts
    assert learn(told, HOURS - 7 * 24) is None or learn(told, HOURS - 7 * 24).rate.sum() < 100  # type: ignore[union-attr]
    usual = np.ones(HOURS, bool)
    usual[-40 * 24 : -8 * 24] = False
    profile = learn(replace(told, is_usual=usual), HOURS - 7 * 24)
    assert profile is not None
    assert profile.rate.sum() == pytest.approx(240, rel=0.2)


def test_on_a_holiday_everybody_is_calm_and_nobody_is_low() -> None:
    def calm(seed: int) -> Source:
        articles = hourly(40, seed)
        articles[-3 * 24 :] = np.random.default_rng(seed).binomial(
            articles[-3 * 24 :].astype(int), 0.4
        )
        return source(f"s{seed}", articles, country="MT")

    assert [r.check.name for r in failures(calm(1))] == ["source_volume"]
    assert failures(*(calm(seed) for seed in range(1, 9))) == []


def test_factors_come_from_peers_of_the_country_where_there_are_enough() -> None:
    full, half = np.full(DAYS, 10.0), np.full(DAYS, 5.0)
    factors = seasonal_factors([half] * 6 + [full] * 6, [full] * 12, ["MT"] * 6 + ["NZ"] * 6)
    assert factors[0].tolist() == [0.5] * DAYS
    assert factors[6].tolist() == [1.0] * DAYS
    assert seasonal_factors([half] * 3, [full] * 3, [None] * 3)[0].tolist() == [1.0] * DAYS


def days(
    now: dict[str, int], layout: str = "old", words: float = 500, recent: int = 3
) -> tuple[Day, ...]:
    """Thirty-one days of twenty articles; the last `recent` have `now` of each field, `layout` and
    `words`.
    """
    before = Day(20, {"title": 20, "authors": 18, "quotes": 12}, 500, {"old": 20})
    after = Day(20, {**before.filled, **now}, words, {layout: 20})
    return (*[before] * (31 - recent), *[after] * recent)


def test_a_field_that_falls_is_named() -> None:
    (found,) = failures(source(days=days({"authors": 3})))
    assert (found.check.name, found.dimension, found.observed) == (
        "fields_are_filled",
        "authors",
        0.15,
    )
    assert verdicts(source(days=days({"authors": 17})))["fields_are_filled authors"] == "passed"


def test_a_new_layout_is_the_trouble_of_the_field_that_it_broke() -> None:
    (found,) = failures(source(days=days({"authors": 1}, "new")))
    assert found.check.name == "layout_is_known"
    assert "authors" in (found.cause or "")
    assert failures(source(days=days({}, "new"))) == []


def test_texts_that_shrink_are_told() -> None:
    assert [r.check.name for r in failures(source(days=days({}, words=150)))] == [
        "texts_keep_their_length"
    ]


def test_few_articles_say_nothing_of_shares() -> None:
    few = (*[Day(1, {"authors": 1}, 500.0)] * 30, Day(1, {"authors": 0}, 90.0))
    assert set(verdicts(source(days=few))) == {"source_is_heard", "source_volume", "source_flood"}


def test_a_host_that_refuses_is_blocked_and_one_that_breaks_is_failing() -> None:
    well = [Day(0, fetches=40, failed={"fetch_5xx": 1})] * 30
    refused, broken = (
        Day(0, fetches=40, failed={"fetch_403": 30}),
        Day(0, fetches=40, failed={"fetch_5xx": 30}),
    )
    assert [r.check.name for r in failures(source(days=(*well, refused)))] == ["fetch_blocked"]
    (found,) = failures(source(days=(*well, broken)))
    assert (found.check.name, found.cause, found.observed) == (
        "fetches_succeed",
        "most often: fetch_5xx",
        0.75,
    )
    assert verdicts(source(days=tuple(well)))["fetches_succeed"] == "passed"


def test_every_monitor_is_a_check_with_words_for_people() -> None:
    assert len({check.name for check in MONITORS}) == len(MONITORS)
    assert {check.severity for check in MONITORS} == {"warn"}


def test_bounds_hold_the_quietest_and_the_busiest_days() -> None:
    (usual,), (small,) = outlooks([source()]), outlooks([source(articles=hourly(2))])
    found, rare = propose(usual), propose(small)
    assert found is not None
    assert rare is not None
    by_day = hourly(40).reshape(-1, 24).sum(axis=1)
    assert 0 < (found.least or 0) < by_day.min()
    assert by_day.max() < found.most < 10 * by_day.max()
    assert rare.least is None
    new = hourly(40)
    new[: -12 * 24] = 0
    assert propose(outlooks([source(articles=new)])[0]) is None
