"""Checks that flag: the articles that a query returns carry a word in `articles.flags`, so that
analysts can leave them out.

Flags delete nothing. One flagged article is no trouble; many of one source are. Such a check fails
for a source where the share of flagged articles among its recent ones is above `most_share`. With
fewer than `least_articles` recent articles it is unknown.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import duckdb

from warehouse.amounts import amount
from warehouse.check_loader import Check

EXAMPLES = 5


@dataclass(frozen=True, slots=True)
class Share:
    """The flagged articles among a source's recent ones; `is_passed` is None with too few articles."""

    source_id: str
    flagged_count: int
    share: float
    expected: str
    is_passed: bool | None
    examples: tuple[tuple[str, str | None, str | None], ...]


def flag_articles(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> None:
    """Flag the checked articles that the queries of `checks` return (by `article_id`). Checked
    articles that a query no longer returns lose its flag.
    """
    if not checks:
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE flagged (article_id VARCHAR, flag VARCHAR)")
    for check in checks:
        connection.execute(
            f"INSERT INTO flagged SELECT DISTINCT article_id, $flag FROM ({check.query})",
            {"flag": check.flag},
        )
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE fresh_flags AS
        SELECT a.article_id, list_sort(list_filter(a.flags, lambda word: NOT list_contains($ours, word)) || coalesce(f.flags, [])) AS flags
        FROM checked_articles AS a
        LEFT JOIN (SELECT article_id, list(flag) AS flags FROM flagged GROUP BY article_id) AS f ON f.article_id = a.article_id
        """,
        {"ours": [check.flag for check in checks]},
    )
    for table in ("articles", "recent_articles"):
        connection.execute(
            f"UPDATE {table} SET flags = f.flags FROM fresh_flags AS f WHERE f.article_id = "
            f"{table}.article_id AND f.flags <> {table}.flags"
        )


def flagged_shares(connection: duckdb.DuckDBPyConnection, check: Check) -> tuple[Share, ...]:
    """Return the share of flagged articles of each source of the round, in order of source."""
    most, least = check.settings["most_share"], check.settings["least_articles"]
    rows = connection.execute(
        """
        SELECT source_id, count(*) FILTER (is_flagged), count(*), list([article_id, url, title] ORDER BY last_seen_at DESC, article_id)
            FILTER (is_flagged)
        FROM (SELECT *, list_contains(flags, $flag) AS is_flagged FROM recent_articles)
        GROUP BY source_id ORDER BY source_id
        """,
        {"flag": check.flag},
    ).fetchall()
    found = []
    for source, flagged, articles, examples in rows:
        share = flagged / articles
        verdict = None if articles < least else share <= most
        found.append(
            Share(
                source,
                flagged,
                share,
                f"at most {amount(most, 'share')}",
                verdict,
                tuple(map(tuple, (examples or [])[:EXAMPLES])),
            )
        )
    return tuple(found)


def flagged_sql(check: Check, share: Share) -> str:
    """Return SQL that shows a person the flagged articles of a source, the newest first."""
    source = share.source_id.replace("'", "''")
    return (
        "SELECT article_id, url, title, last_seen_at FROM articles\n"
        f"WHERE source_id = '{source}' AND list_contains(flags, '{check.flag}')\n"
        "ORDER BY last_seen_at DESC"
    )
