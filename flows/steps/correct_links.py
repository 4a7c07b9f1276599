"""What people say of links: a story is split, stories are merged, a link is taken back.

Each is a run of its own: lock, correct, check, publish. The correction is kept in
`meta.link_corrections` and overrides what linking decides later.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import TypeVar

import duckdb

from flows.link.keys import digest, story_id
from flows.linking.linker import link, rewrite_stories
from flows.steps.run_frame import changing
from warehouse.clock import set_times
from warehouse.connect import Say, WarehouseAddress
from warehouse.errors import WarehouseError
from warehouse.load import RunFacts, audit
from warehouse.sql import insert_rows
from warehouse.transaction import retried, transaction

Done = TypeVar("Done")

JOINED = {
    "copy": """
        SELECT a.article_id, [a.article_id], [b.article_id]
        FROM articles AS a JOIN articles AS b ON b.copy_id = a.copy_id
        WHERE a.article_id = $one AND b.article_id = $other
    """,
    "wording": """
        SELECT a.article_id, [a.quote_id], [b.quote_id]
        FROM meta.quote_rows AS a JOIN meta.quote_rows AS b ON b.utterance_id = a.utterance_id
        WHERE a.quote_id = $one AND b.quote_id = $other
    """,
    "narration": """
        SELECT n.article_id, [n.article_id], list(b.quote_id ORDER BY b.quote_id)
        FROM narrations AS n
        JOIN meta.quote_rows AS a ON a.utterance_id = n.utterance_id
        JOIN meta.quote_rows AS b ON b.utterance_id = n.utterance_id
        WHERE concat(n.article_id, '/', n.char_start) = $one AND a.quote_id = $other
        GROUP BY n.article_id
    """,
}
"""For each kind of link that can be taken back: the article to link anew, and both sides of the
correction. A narration is taken back from all quotations of its utterance.
"""


def split_story(
    warehouse: WarehouseAddress, story: str, articles: Sequence[str], lock_timeout: float, say: Say
) -> str:
    """Take `articles` (keys or URLs) out of a story, into one of their own; return its key.

    Raises WarehouseError if there is no such story, or if it does not hold the articles.
    """

    def correct(connection: duckdb.DuckDBPyConnection) -> str:
        members = _members(connection, story)
        chosen = [_article(connection, given) for given in articles]
        strangers = [key for key in chosen if key not in members]
        if strangers or len(set(chosen)) == len(members):
            raise WarehouseError(
                f"story {story} does not hold {', '.join(strangers)}."
                if strangers
                else f"story {story} has no other article: there is nothing to split."
            )
        _record(connection, "story", chosen, sorted(members - set(chosen)))
        if len(chosen) > 1:
            _record(connection, "story", chosen)
        fresh = story_id(digest("split", *sorted(chosen)))
        rewrite_stories(connection, [(key, fresh) for key in chosen])
        connection.execute(
            "DELETE FROM meta.links WHERE kind = 'story' AND (article_id IN (SELECT "
            "unnest($1::VARCHAR[]))) "
            "<> (other_article_id IN (SELECT unnest($1::VARCHAR[]))) "
            "AND (article_id IN (SELECT unnest($2::VARCHAR[])) AND other_article_id IN (SELECT "
            "unnest($2::VARCHAR[])))",
            [chosen, sorted(members)],
        )
        return fresh

    return _run(warehouse, "stories-split", lock_timeout, say, correct)


def merge_stories(
    warehouse: WarehouseAddress, stories: Sequence[str], lock_timeout: float, say: Say
) -> str:
    """Make several stories one; return the key of the oldest, which stays. Raises WarehouseError if
    one of them does not exist.
    """

    def correct(connection: duckdb.DuckDBPyConnection) -> str:
        members = {story: sorted(_members(connection, story)) for story in stories}
        if len(members) < 2:
            raise WarehouseError("name two stories or more to merge.")
        kept = str(
            connection.execute(
                "SELECT story_id FROM stories WHERE story_id IN (SELECT unnest(?::VARCHAR[])) "
                "ORDER BY started_at, story_id LIMIT 1",
                [list(members)],
            ).fetchall()[0][0]
        )
        _record(connection, "story", [key for keys in members.values() for key in keys])
        rewrite_stories(
            connection,
            [(key, kept) for story, keys in members.items() if story != kept for key in keys],
        )
        return kept

    return _run(warehouse, "stories-merge", lock_timeout, say, correct)


def take_back(
    warehouse: WarehouseAddress, kind: str, one: str, other: str, lock_timeout: float, say: Say
) -> None:
    """Take back a link of copies, wordings or a narration, which `meta.links` has from `one` to
    `other`; it is not made again. Raises WarehouseError if they are not linked.
    """

    def correct(connection: duckdb.DuckDBPyConnection) -> None:
        found = connection.execute(JOINED[kind], {"one": one, "other": other}).fetchall()
        if not found:
            raise WarehouseError(
                f"{one} and {other} are not joined as {kind}; `newsduck sql` on meta.links shows "
                "from_id and to_id of each link."
            )
        ((article, first, second),) = found
        _record(connection, kind, first, second)
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE link_asked AS SELECT ?::VARCHAR AS article_id", [article]
        )
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE former_links AS "
            "SELECT article_id, story_id, copy_id, run_id, first_seen_at "
            "FROM articles WHERE article_id IN (FROM link_asked);"
            "CREATE OR REPLACE TEMP TABLE former_utterances AS SELECT DISTINCT utterance_id "
            "FROM meta.quote_rows WHERE article_id IN (FROM link_asked) "
            "AND utterance_id IS NOT NULL;"
            "CREATE OR REPLACE TEMP TABLE current_versions AS FROM link_asked;"
        )
        link(connection)

    _run(warehouse, f"links-undo-{kind}", lock_timeout, say, correct)


def _run(
    warehouse: WarehouseAddress,
    flow: str,
    lock_timeout: float,
    say: Say,
    correct: Callable[[duckdb.DuckDBPyConnection], Done],
) -> Done:
    """Run a correction in one transaction, check the warehouse, and publish it."""

    @retried
    def load(connection: duckdb.DuckDBPyConnection, facts: RunFacts) -> Done:
        with transaction(connection):
            lay_no_changes(connection, facts.run_id, facts.started_at)
            done = correct(connection)
            audit(connection, facts)
        return done

    with changing(warehouse, flow, lock_timeout, say) as (connection, facts):
        return load(connection, facts)


def lay_no_changes(
    connection: duckdb.DuckDBPyConnection, run_id: str, started_at: datetime
) -> None:
    """Lay the temporary tables that a load makes, empty: the run writes no article."""
    connection.execute("SET VARIABLE run_id = ?", [run_id])
    set_times(connection, started_at)
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE current_versions AS SELECT article_id FROM articles LIMIT 0;
        CREATE OR REPLACE TEMP TABLE replaced AS SELECT article_id FROM articles LIMIT 0;
        CREATE OR REPLACE TEMP TABLE moved_names AS
        SELECT name_id, name_number, entity_id FROM meta.entity_names LIMIT 0;
        CREATE OR REPLACE TEMP TABLE touched_entities AS SELECT entity_id FROM entities LIMIT 0;
        CREATE OR REPLACE TEMP TABLE made_of_rows (name_row BIGINT);
        """
    )


def _record(
    connection: duckdb.DuckDBPyConnection,
    kind: str,
    one: Sequence[str],
    other: Sequence[str] = (),
) -> None:
    """Keep a correction: `one` and `other` are apart; without `other`, all of `one` are
    together.
    """
    now = connection.execute("SELECT getvariable('now')::TIMESTAMPTZ").fetchall()[0][0]
    key = digest("correction", kind, now.isoformat(), *one, "apart", *other)
    sides = [(1, item) for item in one] + [(2, item) for item in other]
    rows = [(key, kind, bool(other), side, item, now) for side, item in sides]
    insert_rows(connection, "meta.link_corrections", rows)


def _members(connection: duckdb.DuckDBPyConnection, story: str) -> set[str]:
    found = connection.execute(
        "SELECT article_id FROM articles WHERE story_id = ?", [story]
    ).fetchall()
    if not found:
        raise WarehouseError(
            f"there is no story {story}; `newsduck stories show WORDS` shows keys."
        )
    return {key for (key,) in found}


def _article(connection: duckdb.DuckDBPyConnection, given: str) -> str:
    found = connection.execute(
        "SELECT article_id FROM articles WHERE $1 IN (article_id, url, canonical_url) ORDER BY 1",
        [given],
    ).fetchall()
    if not found:
        raise WarehouseError(f"there is no article with the key or URL {given}.")
    return str(found[0][0])
