"""Counts once what views would count anew for every question in a large warehouse.

The views `entity_pairs`, `entity_daily`, `top_speakers`, `shared_quotes` and `stripped_by_source`
group all rows of their tables: at a million articles a LIMIT does not help. So publishing counts
them into tables `meta.counted_…`, which the views read. `meta.counts` says how far a view is
counted: `entity_daily` and `shared_quotes` add what is newer to it, the others are as old as their
count. In a small warehouse nothing is counted, and the views count for themselves.

A view is counted anew when a share of the articles came since (COUNTED): the work for an
article stays the same however large the warehouse is. It is counted in parts: memory is bounded.
Publishing a file counts, and `newsduck maintain` of a lake.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from itertools import pairwise

import duckdb

from warehouse.clock import set_times
from warehouse.memory import within_memory
from warehouse.sql import SqlFile, read_folder
from warehouse.transaction import transaction

MIN_ARTICLES = 2_000
"""Fewer than these are counted by the views themselves in less than a second."""

MAX_PAIRS = 5_000_000
"""Pairs that are kept, those of most articles: a table of 300 MB, read in a second."""

PART_ARTICLES = 50_000
"""Articles for which a part's rows fit into the memory of `memory.MEMORY`."""


@dataclass(frozen=True, slots=True)
class Counted:
    """A view that is counted: the table of its counted rows, the share of the articles that may
    have been loaded since its last count, and the days before the newest article after which its
    rows hardly change.

    Counting costs 0.17 ms an article for the pairs and 0.05 ms for all others: with these shares
    3 ms for each article that is loaded.
    """

    table: str
    stale_share: float = 0.04
    settled_days: int = 0


COUNTED = {
    # a day is over everywhere after two
    "entity_daily": Counted("meta.counted_days", settled_days=2),
    "entity_pairs": Counted("meta.counted_pairs", stale_share=0.1),
    # no wording joins an utterance after seven days (flows/linking)
    "shared_quotes": Counted("meta.counted_quotes", settled_days=8),
    "stripped_by_source": Counted("meta.counted_blocks"),
    "top_speakers": Counted("meta.counted_speakers"),
}
"""The views that are counted, by name."""


@dataclass(frozen=True, slots=True)
class Part:
    """What is counted at a time: entities by the beginnings of their ids, and days, each from the
    first to before the second.
    """

    entities: tuple[str, str]
    days: tuple[str, str]


COUNT_TABLES = ("meta.counts", *(counted.table for counted in COUNTED.values()))
"""All tables that counting writes, and nothing else does."""

NUMBERED = """
    CREATE OR REPLACE TEMP TABLE counted_entities AS
    SELECT entity_id, row_number() OVER (ORDER BY entity_id)::UINTEGER AS entity FROM entities;

    CREATE OR REPLACE TEMP TABLE counted_named AS
    SELECT DISTINCT e.entity, a.article, a.story
    FROM mentions AS m
    JOIN counted_entities AS e ON e.entity_id = m.entity_id
    JOIN (
        SELECT article_id, row_number() OVER ()::UINTEGER AS article,
            hash(coalesce(story_id, article_id)) AS story
        FROM articles WHERE NOT list_contains(flags, 'entity_explosion')
    ) AS a ON a.article_id = m.article_id;
"""
"""Who is named in which article, by numbers: pairs of numbers are counted four times as quickly."""

SIZE = """
    SELECT (SELECT count(*) FROM articles), (SELECT coalesce(max(load_number), 0) FROM meta.runs)
"""

LOADED_SINCE = """
    SELECT c.view_name, coalesce(sum(r.loaded_count), 0)::BIGINT
    FROM meta.counts AS c LEFT JOIN meta.runs AS r ON r.load_number > c.load_number
    GROUP BY c.view_name
"""

LEAST = """
    WITH pairs AS (
        SELECT count(*) AS article_count
        FROM counted_named AS one
        JOIN counted_named AS other ON other.article = one.article AND other.entity > one.entity
        WHERE one.entity % $parts = 0
        GROUP BY one.entity, other.entity
    ), kept AS (
        SELECT article_count,
            $parts * sum(count(*)) OVER (ORDER BY article_count DESC) AS pair_count
        FROM pairs GROUP BY article_count
    )
    SELECT coalesce(min(article_count) FILTER (pair_count <= $most), 1) FROM kept
"""
"""From how many articles on pairs are kept, judged by one part of the entities."""


def update_counts(
    connection: duckdb.DuckDBPyConnection, say: Callable[[str], None] = lambda _: None
) -> list[str]:
    """Count anew the views for which too much is new; return their names. A view whose count does
    not fit into memory keeps its last one, and `say` hears of it.

    The caller holds the warehouse open for writing, with no transaction open.
    """
    articles, load_number = connection.execute(SIZE).fetchall()[0]
    since = dict(connection.execute(LOADED_SINCE).fetchall())
    stale = [
        file
        for file in read_folder("counts")
        if articles >= MIN_ARTICLES
        and since.get(file.name, articles) > COUNTED[file.name].stale_share * articles
    ]
    if not stale:
        return []
    set_times(connection, datetime.now(UTC))
    parts = _divide(connection, max(1, articles // PART_ARTICLES))
    done = []
    for file in stale:
        try:
            within_memory(connection, partial(_count, connection, file, parts, load_number))
        except duckdb.OutOfMemoryException as error:
            say(f"{file.name} is as old as its last count: {str(error).splitlines()[0]}")
        else:
            done.append(file.name)
    connection.execute("DROP TABLE IF EXISTS counted_named; DROP TABLE IF EXISTS counted_entities")
    return done


def drop_counts(connection: duckdb.DuckDBPyConnection) -> None:
    """Forget what was counted: the views count for themselves until the next publishing."""
    for table in COUNT_TABLES:
        connection.execute(f"DELETE FROM {table}")


def _number(connection: duckdb.DuckDBPyConnection, parts: int) -> None:
    connection.execute(NUMBERED)
    least = connection.execute(LEAST, {"parts": parts, "most": MAX_PAIRS}).fetchall()[0][0]
    connection.execute(f"SET VARIABLE least = {least}")


def _count(
    connection: duckdb.DuckDBPyConnection, file: SqlFile, parts: Sequence[Part], load_number: int
) -> None:
    if file.name == "entity_pairs":
        _number(connection, len(parts))
    with transaction(connection):
        _write_count(connection, file, parts, load_number)


def _write_count(
    connection: duckdb.DuckDBPyConnection, file: SqlFile, parts: Sequence[Part], load_number: int
) -> None:
    view = COUNTED[file.name]
    connection.execute(f"DELETE FROM {view.table}")
    connection.execute("DELETE FROM meta.counts WHERE view_name = ?", [file.name])
    connection.execute(
        "SET VARIABLE settled_at = (SELECT coalesce(max(first_seen_at) FILTER (first_seen_at <= "
        "getvariable('earliest_now')::TIMESTAMPTZ), min(first_seen_at)) FROM articles) - "
        "to_days(?)",
        [view.settled_days],
    )
    connection.execute("SET VARIABLE parts = ?", [len(parts)])
    for number, part in enumerate(parts):
        connection.execute("SET VARIABLE part = ?", [number])
        connection.execute("SET VARIABLE part_from = ?", [part.entities[0]])
        connection.execute("SET VARIABLE part_to = ?", [part.entities[1]])
        connection.execute("SET VARIABLE day_from = ?", [part.days[0]])
        connection.execute("SET VARIABLE day_to = ?", [part.days[1]])
        connection.execute(file.text)
    connection.execute(
        "INSERT INTO meta.counts VALUES (?, getvariable('settled_at')::TIMESTAMPTZ, ?)",
        [file.name, load_number],
    )


def _divide(connection: duckdb.DuckDBPyConnection, count: int) -> list[Part]:
    """Return `count` parts that hold all entities and all days; as many articles in each, as far as
    days allow.
    """
    found = connection.execute(
        """
        SELECT DISTINCT min(day) FROM (
            SELECT coalesce(published_on, CAST(timezone('UTC', first_seen_at) AS DATE)) AS day,
                ntile(?) OVER (ORDER BY day) AS part
            FROM articles
        ) GROUP BY part ORDER BY 1
        """,
        [count],
    ).fetchall()
    days = ["-infinity", *(f"{day}" for (day,) in found[1:])]
    days += ["infinity"] * (count + 1 - len(days))
    entities = [f"{256 * part // count:02x}" for part in range(count)] + ["g"]
    return [Part(*bounds) for bounds in zip(pairwise(entities), pairwise(days), strict=True)]
