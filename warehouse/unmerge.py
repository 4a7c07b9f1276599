"""Undoes the merges of one entity: its names go back to entities of their own, and the links stay
as a record that they are not one.

A run of its own in `meta.runs`, with the same checks and the same all or nothing as the load of
pages.
"""

from __future__ import annotations

from datetime import UTC, datetime

import duckdb

from warehouse.clock import set_times
from warehouse.errors import WarehouseError
from warehouse.load import ENTITIES_STEP, Resolver, RunFacts, audit
from warehouse.sql import read_folder
from warehouse.transaction import retried, transaction

UNDONE = """
    entity_id = $1 AND undone_at IS NULL AND reason <> 'alias' AND ($2 IS NULL OR name = $2)
    AND (reason <> 'name' OR NOT EXISTS (
        FROM meta.entity_links AS o
        WHERE o.entity_id = $1 AND o.undone_at IS NULL AND o.reason NOT IN ('alias', 'name')))
"""
"""Merges of other names first; where there are none, what was taken for one bearer of the name is
told apart.
"""


@retried
def undo_links(
    connection: duckdb.DuckDBPyConnection,
    entity_id: str,
    facts: RunFacts,
    resolve: Resolver,
    follow: Resolver | None = None,
    name: str | None = None,
) -> tuple[str, ...]:
    """Undo every merge into `entity_id` that the alias file did not ask for, or that of `name`
    alone; return the names set free, sorted.

    Raises WarehouseError where there is none, ChecksFailedError where a check fails; then nothing
    has changed.
    """
    with transaction(connection):
        freed = connection.execute(
            f"SELECT DISTINCT name FROM meta.entity_links WHERE {UNDONE} ORDER BY name",
            [entity_id, name],
        ).fetchall()
        if not freed:
            raise WarehouseError(_why_nothing(connection, entity_id, name))
        connection.execute("SET VARIABLE run_id = ?", [facts.run_id])
        set_times(connection, datetime.now(UTC))
        connection.execute(
            """
            CREATE OR REPLACE TEMP TABLE touched_names AS
            SELECT name_id, entity_id, group_key, look_key, offer_keys
            FROM meta.entity_names WHERE entity_id = $1
            """,
            [entity_id],
        )
        connection.execute(
            """
            CREATE OR REPLACE TEMP TABLE current_versions AS
            SELECT DISTINCT m.article_id FROM meta.mention_rows AS m
            JOIN meta.entity_names AS n ON n.name_number = m.name_number
            WHERE n.name_id IN (SELECT name_id FROM touched_names);
            CREATE OR REPLACE TEMP TABLE replaced AS
            SELECT article_id FROM current_versions LIMIT 0;
            """
        )
        connection.execute(
            f"UPDATE meta.entity_links SET undone_at = getvariable('now') WHERE {UNDONE}",
            [entity_id, name],
        )
        resolve(connection)
        connection.execute(
            next(file.text for file in read_folder("merges") if file.name == ENTITIES_STEP)
        )
        if follow is not None:
            follow(connection)
        audit(connection, facts)
    return tuple(name for (name,) in freed)


def _why_nothing(connection: duckdb.DuckDBPyConnection, entity_id: str, name: str | None) -> str:
    if (
        connection.execute("SELECT 1 FROM entities WHERE entity_id = ?", [entity_id]).fetchone()
        is None
    ):
        return f"there is no entity {entity_id}; `newsduck entities show NAME` shows keys."
    linked = connection.execute(
        "SELECT count(*) FROM meta.entity_links WHERE entity_id = ? AND undone_at IS NULL",
        [entity_id],
    ).fetchall()
    if linked[0][0] and name is None:
        return (
            f"the names of {entity_id} were merged by the alias file: "
            "change it there and ingest again."
        )
    if name is not None:
        return f"{name!r} is not merged into {entity_id}; `newsduck entities show` shows its names."
    return f"no name was merged into {entity_id}: there is nothing to undo."
