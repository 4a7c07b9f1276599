"""Links articles again, by the present version of linking, and reports what that changes.

Nothing is cleaned again. A dry run works on a temporary copy of the published file and blocks
nobody.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

import duckdb

from flows.linking.linker import link
from flows.steps.correct_links import lay_no_changes
from flows.steps.run_frame import changing, run_facts
from flows.version import link_version
from warehouse.connect import Say, WarehouseAddress, demand, home_of, published
from warehouse.diff import EXAMPLES, Difference
from warehouse.load import RunFacts, audit
from warehouse.migrate import migrate
from warehouse.sql import read_folder
from warehouse.transaction import retried, transaction

CHOSEN = """
    CREATE OR REPLACE TEMP TABLE link_asked AS
    SELECT article_id FROM articles
    WHERE $days IS NULL OR last_seen_at > (SELECT least(max(last_seen_at), now())
        FROM articles) - to_days($days::INTEGER)
"""
"""Articles of the last days, counted from the newest one; all if no number of days is given."""

BEFORE = """
    CREATE OR REPLACE TEMP TABLE former_links AS
    SELECT article_id, story_id, copy_id, run_id, first_seen_at FROM articles
    WHERE article_id IN (FROM link_asked);
    CREATE OR REPLACE TEMP TABLE former_utterances AS
    SELECT DISTINCT utterance_id FROM meta.quote_rows WHERE article_id IN (FROM link_asked) AND
        utterance_id IS NOT NULL;
    CREATE OR REPLACE TEMP TABLE former_quotes AS
    SELECT quote_id, article_id, utterance_id FROM meta.quote_rows WHERE article_id IN (FROM
        link_asked);
    CREATE OR REPLACE TEMP TABLE former_narrations AS
    SELECT * FROM narrations WHERE article_id IN (FROM link_asked);
    CREATE OR REPLACE TEMP TABLE current_versions AS FROM link_asked;
"""


@dataclass(frozen=True, slots=True)
class Relinked:
    """What linking again found. `versions` are the former versions of the links, with their counts;
    `run_id` is the run that applied it, None for a dry run.
    """

    article_count: int
    version: str
    versions: dict[str, int]
    differences: tuple[Difference, ...]
    run_id: str | None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)


def relink(
    warehouse: WarehouseAddress, days: int | None, lock_timeout: float, say: Say, *, apply: bool
) -> Relinked:
    """Link the articles of the last `days` again (all for None), and say what changes.

    Raises WarehouseError if there is no warehouse, ChecksFailedError if a check fails; then nothing
    has changed.
    """
    frame = changing if apply else _looking
    with frame(warehouse, "relink", lock_timeout, say) as (connection, facts):
        return _relink(connection, facts, days, apply=apply)


@retried
def _relink(
    connection: duckdb.DuckDBPyConnection, facts: RunFacts, days: int | None, *, apply: bool
) -> Relinked:
    with transaction(connection, is_trial=not apply):
        lay_no_changes(connection, facts.run_id, facts.started_at)
        connection.execute(CHOSEN, {"days": days})
        connection.execute(BEFORE)
        versions = dict(
            connection.execute(
                "SELECT link_version, count(*) FROM meta.links WHERE article_id IN (FROM "
                "link_asked) "
                "GROUP BY link_version ORDER BY link_version"
            ).fetchall()
        )
        link(connection)
        found = _differences(connection)
        count = connection.execute("SELECT count(*) FROM link_asked").fetchall()[0][0]
        if apply:
            audit(connection, facts, has_other_news=True)
    return Relinked(count, link_version(), versions, found, facts.run_id if apply else None)


@contextmanager
def _looking(
    warehouse: WarehouseAddress, flow: str, lock_timeout: float, say: Say
) -> Iterator[tuple[duckdb.DuckDBPyConnection, RunFacts]]:
    """Yield what `changing` yields, on a temporary copy of the published file."""
    demand(warehouse)
    demand(published(warehouse))
    with home_of(warehouse).open_trial(lock_timeout, say) as connection:
        migrate(connection)
        yield connection, run_facts(flow)


def _differences(connection: duckdb.DuckDBPyConnection) -> tuple[Difference, ...]:
    """Return what has changed since `former_links`, `former_quotes` and `former_narrations`."""
    found: list[Difference] = []
    for file in read_folder("link_differences"):
        rows = connection.execute(
            f"SELECT kind, count(*), count(DISTINCT article_id), "
            "list([coalesce(url, article_id, ''), left(detail, 200)] ORDER BY article_id, "
            f"detail)[:{EXAMPLES}] "
            f"FROM ({file.text.rstrip().rstrip(';')}) GROUP BY kind ORDER BY kind"
        ).fetchall()
        found += [
            Difference(kind, count, articles, tuple((place, what) for place, what in shown))
            for kind, count, articles, shown in rows
        ]
    return tuple(found)
