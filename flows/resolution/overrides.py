"""What people have decided about names: the rows of the alias file, and merges that somebody has
undone. Both override what resolution decides.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Any

import duckdb

from flows.link.entities import pair
from flows.link.entities.decide import Pair
from schemas import ENTITY_ALIASES, Row
from warehouse.sql import insert_rows

UNDONE = """
    SELECT coalesce(n.plain_id, l.name_id), l.entity_id, l.reason, l.undone_at
    FROM meta.entity_links AS l
    LEFT JOIN meta.entity_names AS n ON n.name_id = l.name_id
    WHERE l.undone_at IS NOT NULL
"""
"""Merges that people have undone, by the key of the name alone."""


@dataclass(frozen=True, slots=True)
class Overrides:
    """What people have decided. `fixed` maps the key of a name in the alias file to its entity;
    `apart` holds pairs of keys that are not one entity; `split` holds the keys of names whose
    bearers somebody has separated.
    """

    fixed: Mapping[str, str]
    apart: frozenset[Pair]
    split: frozenset[str]

    @property
    def named(self) -> frozenset[str]:
        """The keys in `apart`."""
        return frozenset(key for keys in self.apart for key in keys)


def read_overrides(connection: duckdb.DuckDBPyConnection) -> Overrides:
    """Return what people have decided. Undoing an entity separates all its names, from it and from
    each other.
    """
    fixed: dict[str, str] = {}
    foreign: list[tuple[str, str]] = []
    for name_id, entity_id, is_apart in connection.execute(
        "SELECT name_id, entity_id, is_apart FROM meta.entity_aliases"
    ).fetchall():
        if is_apart:
            foreign.append((name_id, entity_id))
        else:
            fixed[name_id] = entity_id
    names_of: dict[str, set[str]] = defaultdict(set)
    for name_id, entity_id in fixed.items():
        names_of[entity_id].add(name_id)
    apart = {
        pair(name_id, known)
        for name_id, entity_id in foreign
        for known in {entity_id, *names_of[entity_id]}
    }
    undone: dict[Any, set[str]] = defaultdict(set)
    split = set()
    for plain_id, entity_id, reason, undone_at in connection.execute(UNDONE).fetchall():
        if reason == "name":
            split.add(plain_id)
        else:
            undone[entity_id, undone_at] |= {plain_id, entity_id}
    for names in undone.values():
        apart |= set(combinations(sorted(names), 2))
    return Overrides(fixed, frozenset(apart), frozenset(split))


def replace_aliases(connection: duckdb.DuckDBPyConnection, aliases: Sequence[Row]) -> None:
    """Replace the rows of the alias file; names of entities that it changes count as touched."""
    changed = changed_entities(connection, aliases)
    if not changed:
        return
    names = connection.execute(
        "SELECT name_id FROM meta.entity_aliases WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))",
        [sorted(changed)],
    ).fetchall()
    names += [(row["name_id"],) for row in aliases if row["entity_id"] in changed]
    connection.execute(
        """
        INSERT INTO touched_names
        SELECT name_id, entity_id, group_key, look_key, offer_keys
        FROM meta.entity_names
        WHERE plain_id IN (SELECT unnest(?::VARCHAR[]))
        """,
        [sorted({name_id for (name_id,) in names})],
    )
    connection.execute("DELETE FROM meta.entity_aliases")
    rows = [[row[column] for column in ENTITY_ALIASES.columns] for row in aliases]
    insert_rows(connection, ENTITY_ALIASES.name, rows)


def changed_entities(connection: duckdb.DuckDBPyConnection, aliases: Sequence[Row]) -> set[str]:
    """Return the entities on which `aliases` and the warehouse differ."""
    columns = ENTITY_ALIASES.columns
    stored = set(
        connection.execute(f"SELECT {', '.join(columns)} FROM meta.entity_aliases").fetchall()
    )
    given = {tuple(row[column] for column in columns) for row in aliases}
    return {row[columns.index("entity_id")] for row in stored ^ given}
