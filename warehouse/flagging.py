"""Checks that flag: the articles that a query returns carry a word in `articles.flags`, so that
analysts can leave them out.

Flags delete nothing. One flagged article is no trouble; many of one source are. Such a check fails
for a source where the share of flagged articles among its recent ones is above `most_share`. With
fewer than `least_articles` recent articles it is unknown.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import duckdb

from warehouse.amounts import amount
from warehouse.check_loader import Check
from warehouse.sql import quoted

EXAMPLES = 5

TOTALS = "SELECT source_id, count(*) FROM recent_articles GROUP BY source_id ORDER BY source_id"

FLAGGED = f"""
    WITH flagged AS (
        SELECT source_id, article_id, url, title, last_seen_at, unnest(flags) AS flag FROM
            recent_articles WHERE len(flags) > 0
    ), examples AS (
        SELECT source_id, flag, list([article_id, url, title] ORDER BY last_seen_at DESC,
            article_id) AS examples
        FROM (
            FROM flagged
            QUALIFY row_number() OVER (PARTITION BY source_id, flag ORDER BY last_seen_at DESC,
                article_id) <= {EXAMPLES}
        )
        GROUP BY ALL
    )
    SELECT source_id, flag, count(*), any_value(e.examples)
    FROM flagged JOIN examples AS e USING (source_id, flag)
    GROUP BY ALL
"""
"""One pass over the recent articles for all flags."""

Example = tuple[str, str | None, str | None]
"""Key, address and title of a flagged article."""


@dataclass(frozen=True, slots=True)
class FlagCounts:
    """How many recent articles each source has, in order of source; how many of them carry a flag,
    with examples, by source and flag.
    """

    totals: tuple[tuple[str, int], ...] = ()
    flagged: Mapping[tuple[str, str], tuple[int, tuple[Example, ...]]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Share:
    """The flagged articles among a source's recent ones; `is_passed` is None with too few."""

    source_id: str
    flagged_count: int
    share: float
    expected: str
    is_passed: bool | None
    examples: tuple[Example, ...]


def flag_articles(
    connection: duckdb.DuckDBPyConnection, checks: Sequence[Check], *, is_run: bool = False
) -> FlagCounts:
    """Flag the checked articles that the queries of `checks` return (by `article_id`); checked
    articles that a query no longer returns lose its flag. `is_run` says that only the last rows are
    checked.

    Then count the flags of recent articles; return the counts.
    """
    if not checks:
        return FlagCounts()
    each = (f"SELECT article_id, {quoted(c.flag)} AS flag FROM ({c.query})" for c in checks)
    connection.execute(f"CREATE OR REPLACE TEMP TABLE flagged AS {' UNION '.join(each)}")
    ((count,),) = connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE fresh_flags AS
        SELECT article_id, flags
        FROM (
            SELECT a.article_id, a.flags AS former, list_sort(
                list_filter(a.flags, lambda word: NOT list_contains($ours, word))
                || coalesce(f.flags, [])
            ) AS flags
            FROM checked_articles AS a
            LEFT JOIN (SELECT article_id, list(flag) AS flags FROM flagged GROUP BY article_id) AS f
                ON f.article_id = a.article_id
        )
        WHERE flags <> former
        """,
        {"ours": [check.flag for check in checks]},
    ).fetchall()
    if count:
        own = "AND articles.rowid >= getvariable('first_article_row')" if is_run else ""
        connection.execute(
            "UPDATE articles SET flags = f.flags FROM fresh_flags AS f "
            f"WHERE f.article_id = articles.article_id {own}"
        )
    flagged = connection.execute(FLAGGED).fetchall()
    return FlagCounts(
        tuple(connection.execute(TOTALS).fetchall()),
        {(source, flag): (count, tuple(map(tuple, of))) for source, flag, count, of in flagged},
    )


def flagged_shares(counts: FlagCounts, check: Check) -> tuple[Share, ...]:
    """Return the share of flagged articles of each source of the round, in order of source."""
    most, least = check.settings["most_share"], check.settings["least_articles"]
    assert check.flag is not None
    found = []
    for source, articles in counts.totals:
        flagged, examples = counts.flagged.get((source, check.flag), (0, ()))
        share = flagged / articles
        verdict = None if articles < least else share <= most
        found.append(
            Share(
                source,
                flagged,
                share,
                f"at most {amount(most, 'share')}",
                verdict,
                examples,
            )
        )
    return tuple(found)


def flagged_sql(check: Check, share: Share) -> str:
    """Return SQL that shows a person the flagged articles of a source, the newest first."""
    return (
        "SELECT article_id, url, title, last_seen_at FROM articles\n"
        f"WHERE source_id = {quoted(share.source_id)} AND list_contains(flags, '{check.flag}')\n"
        "ORDER BY last_seen_at DESC"
    )
