"""Finds changes in a source's articles: how many have a title, authors, a date, quotations; how
long the texts are; which layout the pages have.

The last days are compared with the four weeks before them. Where a field breaks while a new layout
appears, only the layout is reported, with the names of the fields.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from flows.watch.counts import Day
from flows.watch.limits import DriftLimits

RECENT_DAYS, BASE_DAYS = 3, 28
"""Most days that are compared, and days before them that define what is usual."""

SETTLING_DAYS = 14
"""Days for which a layout counts as new: a broken field may stay unrepaired as long."""

MIN_RECENT, MIN_BASE = 10, 30
"""Fewest recent articles and fewest earlier articles for a verdict."""


@dataclass(frozen=True, slots=True)
class Fall:
    """A share of recent articles and the usual share; `is_well` is None with too few articles."""

    is_well: bool | None
    share: float
    usual: float
    article_count: int


@dataclass(frozen=True, slots=True)
class Window:
    """The recent days, and the days before them."""

    recent: tuple[Day, ...]
    base: tuple[Day, ...]


def split(days: Sequence[Day]) -> Window | None:
    """Return the fewest recent days that hold enough articles, and the days before them. None where
    either side has too few articles.
    """
    for length in range(1, RECENT_DAYS + 1):
        recent, base = tuple(days[-length:]), tuple(days[-length - BASE_DAYS : -length])
        if sum(d.article_count for d in recent) >= MIN_RECENT:
            return Window(recent, base) if sum(d.article_count for d in base) >= MIN_BASE else None
    return None


def judge_fields(window: Window, limits: DriftLimits) -> dict[str, Fall]:
    """Compare the share of articles that have each field."""
    names = sorted({name for day in window.base for name in day.filled})
    return {
        name: _fall(_pairs(window.recent, name), _pairs(window.base, name), limits)
        for name in names
    }


def _pairs(days: Sequence[Day], name: str) -> list[tuple[int, int]]:
    return [(d.filled.get(name, 0), d.article_count) for d in days]


def _fall(
    recent: Sequence[tuple[int, int]], base: Sequence[tuple[int, int]], limits: DriftLimits
) -> Fall:
    have, articles = (sum(column) for column in zip(*recent, strict=True))
    usual_have, usual_articles = (sum(column) for column in zip(*base, strict=True))
    share, usual = have / articles, usual_have / usual_articles
    return Fall(
        usual - share < limits.fall
        or not _is_unlikely(have, articles, usual, usual_articles, limits),
        share,
        usual,
        articles,
    )


def _is_unlikely(
    have: int, articles: int, usual: float, usual_articles: int, limits: DriftLimits
) -> bool:
    """Return whether so few articles with a field are no chance.

    Days differ beyond chance: the earlier days count as 60 articles at most.
    """
    # here, as importing it takes most of a second
    from scipy.stats import betabinom

    weight = min(usual_articles, 60)
    return bool(
        betabinom.cdf(have, articles, usual * weight + 0.5, (1 - usual) * weight + 0.5)
        < limits.chance
    )


def judge_length(window: Window, limits: DriftLimits) -> Fall:
    """Compare the median length of texts, in words."""
    recent = [d.median_words for d in window.recent if d.median_words]
    base = [d.median_words for d in window.base if d.median_words]
    articles = sum(d.article_count for d in window.recent)
    if not recent or len(base) < 5:
        return Fall(None, 0.0, 0.0, articles)
    now, usual = median(recent), median(base)
    return Fall(
        usual / limits.length_factor <= now <= usual * limits.length_factor, now, usual, articles
    )


def new_layout(window: Window, limits: DriftLimits) -> str | None:
    """Return the new layout; None where the pages look as before, or no layout is known."""
    recent, base = Counter[str](), Counter[str]()
    for day in window.recent:
        recent.update(day.layouts)
    for day in window.base[:-SETTLING_DAYS]:
        base.update(day.layouts)
    if not recent or not base:
        return None
    layout, pages = recent.most_common(1)[0]
    is_new = base[layout] <= 0.02 * base.total()
    return layout if is_new and pages >= limits.layout_share * recent.total() else None


def judge_fetches(days: Sequence[Day], limits: DriftLimits) -> tuple[Fall, str | None]:
    """Compare the share of the last day's fetches that failed, and name the commonest failure (None
    where none failed).
    """
    today, before = days[-1], days[-1 - BASE_DAYS : -1]
    failed = sum(today.failed.values())
    worst = max(sorted(today.failed), key=lambda outcome: today.failed[outcome], default=None)
    if today.fetches < MIN_RECENT:
        return Fall(None, 0.0, 0.0, today.fetches), worst
    fetches = sum(d.fetches for d in before)
    usual = sum(sum(d.failed.values()) for d in before) / fetches if fetches >= MIN_BASE else 0.0
    share = failed / today.fetches
    return Fall(share - usual < limits.fall, share, usual, today.fetches), worst
