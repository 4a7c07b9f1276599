"""Resolves entities within the load of a run: reads the names that those of the run may be one with, and writes what was decided.

`link/resolve` judges; here are the reading by key, the order of the two steps, and what people have said (undone links, the alias file).
A run looks at the names that share a key with a name it touched, at a few articles of each, and at nothing else.

Both steps see the state of the warehouse, never its history: full names of a group first (a name has one group, so that no group hangs on
another), then the short names that look up one of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

import duckdb

from flows.link import keys
from flows.link.names import capital_names
from flows.link.resolve import Evidence, Name, candidates, cluster, is_prominent, may_attach, pair
from flows.link.resolve.decide import Decided, Pair
from flows.rows import Row
from schemas import ENTITY_ALIASES

SCOPE = """
    CREATE OR REPLACE TEMP TABLE scope_full AS
    SELECT n.name_id, n.entity_id, n.name, n.type, n.country_code, n.group_key, n.offer_keys, n.article_count
    FROM meta.entity_names AS n
    WHERE n.look_key IS NULL AND n.group_key IN (SELECT group_key FROM touched_names WHERE look_key IS NULL);

    CREATE OR REPLACE TEMP TABLE scope_short AS
    SELECT n.name_id, n.look_key
    FROM meta.entity_names AS n
    WHERE n.look_key IN (
        SELECT look_key FROM touched_names WHERE look_key IS NOT NULL
        UNION ALL SELECT unnest(offer_keys) FROM touched_names
        UNION ALL SELECT unnest(offer_keys) FROM scope_full
    );

    CREATE OR REPLACE TEMP TABLE decided_names AS
    SELECT s.name_id, coalesce(a.entity_id, s.name_id) AS entity_id, CASE WHEN a.entity_id <> s.name_id THEN 'alias' END AS reason
    FROM (SELECT name_id FROM scope_full UNION ALL SELECT name_id FROM scope_short) AS s
    LEFT JOIN meta.entity_aliases AS a ON a.name_id = s.name_id AND NOT a.is_apart;
"""
"""What the run may change: groups of the full names it touched, and short names that they offer, before or after. First each is its own."""

GROUPS = """
    SELECT group_key, list((name_id, name, type, article_count, country_code) ORDER BY name_id)
    FROM scope_full
    GROUP BY group_key
    HAVING count(*) > 1
    ORDER BY group_key
"""

FOREMOST = """
    WITH offering AS (
        SELECT n.name_id, coalesce(d.entity_id, n.entity_id) AS entity_id, n.article_count, unnest(n.offer_keys) AS look_key
        FROM meta.entity_names AS n
        LEFT JOIN decided_names AS d ON d.name_id = n.name_id
        WHERE n.look_key IS NULL AND len(n.offer_keys) > 0
    ), counted AS (
        SELECT look_key, entity_id, sum(article_count)::BIGINT AS article_count, arg_max(name_id, (article_count, name_id)) AS lead_id
        FROM offering
        WHERE look_key IN (SELECT look_key FROM scope_short)
        GROUP BY look_key, entity_id
    ), ranked AS (
        SELECT *, row_number() OVER (PARTITION BY look_key ORDER BY article_count DESC, entity_id) AS place,
               coalesce(lead(article_count) OVER (PARTITION BY look_key ORDER BY article_count DESC, entity_id), 0) AS next_count
        FROM counted
    )
    SELECT s.name_id, s.look_key, r.entity_id, r.lead_id, r.article_count, r.next_count
    FROM scope_short AS s
    JOIN ranked AS r ON r.look_key = s.look_key AND r.place = 1
    ORDER BY s.name_id
"""
"""Short names with the entity that offers itself to them in most articles, its foremost name, and the articles of the next entity."""

EVIDENCE = """
    WITH sampled AS (
        SELECT n.name_id, unnest(n.article_ids) AS article_id
        FROM meta.entity_names AS n
        WHERE n.name_id IN (SELECT one FROM weighed UNION ALL SELECT other FROM weighed)
    ), near AS (
        SELECT DISTINCT article_id, name_id FROM mentions WHERE article_id IN (SELECT article_id FROM sampled)
    ), company AS MATERIALIZED (
        SELECT s.name_id, s.article_id, m.name_id AS other_id,
               n.type = 'NORP' OR (n.type = 'GPE' AND n.country_code IS NOT NULL) OR n.name_id IN (SELECT unnest(string_split(?, ' ')))
                   AS is_plain
        FROM sampled AS s
        JOIN near AS m ON m.article_id = s.article_id AND m.name_id <> s.name_id
        JOIN meta.entity_names AS n ON n.name_id = m.name_id
    ), companions AS MATERIALIZED (
        SELECT DISTINCT name_id, other_id FROM company
    ), shared AS (
        SELECT w.one, w.other, count(DISTINCT a.other_id) FILTER (NOT a.is_plain) AS telling,
               count(DISTINCT a.other_id) FILTER (a.is_plain) AS plain, count(DISTINCT a.article_id) FILTER (NOT a.is_plain) AS agreeing
        FROM weighed AS w
        JOIN company AS a ON a.name_id = w.one
        JOIN companions AS b ON b.name_id = w.other AND b.other_id = a.other_id
        GROUP BY w.one, w.other
    )
    SELECT w.one, w.other, coalesce(s.telling, 0), coalesce(s.plain, 0), coalesce(s.agreeing, 0), len(n.article_ids), c.name_id IS NOT NULL
    FROM weighed AS w
    JOIN meta.entity_names AS n ON n.name_id = w.one
    LEFT JOIN shared AS s ON s.one = w.one AND s.other = w.other
    LEFT JOIN companions AS c ON c.name_id = w.one AND c.other_id = w.other
"""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Decides the entities of the names in the temporary table `touched_names`, into the temporary table `decided_names`.

    `aliases` are the rows of the operator's alias file; None leaves what it said last in force.
    """

    aliases: tuple[Row, ...] | None = None

    def __call__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Decide; the caller holds the transaction."""
        if self.aliases is not None:
            lay_aliases(connection, self.aliases)
        connection.execute(SCOPE)
        fixed, apart = said(connection)
        _write(connection, _clusters(connection, fixed, apart))
        _write(connection, _attached(connection, fixed, apart))


def lay_aliases(connection: duckdb.DuckDBPyConnection, aliases: Sequence[Row]) -> None:
    """Put the alias file's rows in place of the former; names of entities of which it now says something else count as touched."""
    changed = changed_entities(connection, aliases)
    if not changed:
        return
    names = connection.execute(
        "SELECT name_id FROM meta.entity_aliases WHERE entity_id IN (SELECT unnest(?::VARCHAR[]))", [sorted(changed)]
    ).fetchall()
    names += [(row["name_id"],) for row in aliases if row["entity_id"] in changed]
    connection.execute(
        """
        INSERT INTO touched_names
        SELECT name_id, entity_id, group_key, look_key, offer_keys FROM meta.entity_names WHERE name_id IN (SELECT unnest(?::VARCHAR[]))
        """,
        [sorted({name_id for (name_id,) in names})],
    )
    connection.execute("DELETE FROM meta.entity_aliases")
    if aliases:
        rows = [[row[column] for column in ENTITY_ALIASES.columns] for row in aliases]
        connection.executemany(f"INSERT INTO meta.entity_aliases VALUES ({', '.join('?' * len(rows[0]))})", rows)


def changed_entities(connection: duckdb.DuckDBPyConnection, aliases: Sequence[Row]) -> set[str]:
    """Return the entities of which `aliases` and the warehouse say different things."""
    columns = ENTITY_ALIASES.columns
    laid = set(connection.execute(f"SELECT {', '.join(columns)} FROM meta.entity_aliases").fetchall())
    given = {tuple(row[column] for column in columns) for row in aliases}
    return {row[columns.index("entity_id")] for row in laid ^ given}


def said(connection: duckdb.DuckDBPyConnection) -> tuple[dict[str, str], set[Pair]]:
    """Return what people have said: the entity of names in the alias file, and pairs of names that are not one.

    Whoever undoes an entity tells all its names apart, from it and from each other.
    """
    fixed: dict[str, str] = {}
    foreign: list[tuple[str, str]] = []
    for name_id, entity_id, is_apart in connection.execute("SELECT name_id, entity_id, is_apart FROM meta.entity_aliases").fetchall():
        if is_apart:
            foreign.append((name_id, entity_id))
        else:
            fixed[name_id] = entity_id
    names_of: dict[str, set[str]] = defaultdict(set)
    for name_id, entity_id in fixed.items():
        names_of[entity_id].add(name_id)
    apart = {pair(name_id, known) for name_id, entity_id in foreign for known in {entity_id, *names_of[entity_id]}}
    undone: dict[Any, set[str]] = defaultdict(set)
    for name_id, entity_id, undone_at in connection.execute(
        "SELECT name_id, entity_id, undone_at FROM meta.entity_links WHERE undone_at IS NOT NULL"
    ).fetchall():
        undone[entity_id, undone_at] |= {name_id, entity_id}
    for names in undone.values():
        apart |= set(combinations(sorted(names), 2))
    return fixed, apart


def _clusters(connection: duckdb.DuckDBPyConnection, fixed: Mapping[str, str], apart: set[Pair]) -> Decided:
    """Return the entities of all full names that share their group with another."""
    groups = [[Name(*row) for row in rows] for _, rows in connection.execute(GROUPS).fetchall()]
    alike = [candidates(names) for names in groups]
    counts = {name.name_id: (name.article_count, name.name_id) for names in groups for name in names}
    asked = [sorted(key, key=counts.__getitem__) for found in alike for key, likeness in found.items() if likeness and likeness.needed]
    evidence = weigh(connection, asked)
    decided: Decided = {}
    for names, found in zip(groups, alike, strict=True):
        decided |= cluster(names, found, evidence, apart, fixed)
    return decided


def _attached(connection: duckdb.DuckDBPyConnection, fixed: Mapping[str, str], apart: set[Pair]) -> Decided:
    """Return the entities of the short names that stand for a full one."""
    told = {key for keys in apart for key in keys}
    asked = []
    for short, look, entity, lead, first, second in connection.execute(FOREMOST).fetchall():
        if short not in fixed and is_prominent(first, second) and not (short in told and _is_apart(connection, short, entity, apart)):
            asked.append((short, look, entity, lead))
    evidence = weigh(connection, [(short, lead) for short, _, _, lead in asked])
    decided: Decided = {}
    for short, look, entity, lead in asked:
        if reason := may_attach(look, evidence[pair(short, lead)]):
            decided[short] = (entity, reason)
    return decided


def _is_apart(connection: duckdb.DuckDBPyConnection, short: str, entity_id: str, apart: set[Pair]) -> bool:
    names = connection.execute(
        """
        SELECT n.name_id FROM meta.entity_names AS n LEFT JOIN decided_names AS d ON d.name_id = n.name_id
        WHERE coalesce(d.entity_id, n.entity_id) = ?
        """,
        [entity_id],
    ).fetchall()
    return any(pair(short, name_id) in apart for name_id in {entity_id, *(name_id for (name_id,) in names)})


def weigh(connection: duckdb.DuckDBPyConnection, asked: Sequence[Sequence[str]]) -> dict[Pair, Evidence]:
    """Return what the articles say of each pair of names; the first of two is the one whose articles must agree."""
    connection.execute("CREATE OR REPLACE TEMP TABLE weighed (one VARCHAR, other VARCHAR)")
    if not asked:
        return {}
    connection.execute(f"INSERT INTO weighed SELECT {_UNPACKED}, {_UNPACKED}", _packed(asked))
    found = connection.execute(EVIDENCE, [_capitals()]).fetchall()
    return {pair(one, other): Evidence(*facts) for one, other, *facts in found}


@cache
def _capitals() -> str:
    """Return the keys of capitals, with a space between two; articles without end name them."""
    return " ".join(keys.entity_id("GPE", name) for name in capital_names())


def _write(connection: duckdb.DuckDBPyConnection, decided: Decided) -> None:
    """Put the names that were merged into `decided_names`, where each stands as its own or as the alias file has it."""
    rows = [(name_id, entity_id, reason) for name_id, (entity_id, reason) in decided.items() if reason]
    if not rows:
        return
    connection.execute("CREATE OR REPLACE TEMP TABLE told_names (name_id VARCHAR, entity_id VARCHAR, reason VARCHAR)")
    connection.execute(f"INSERT INTO told_names SELECT {_UNPACKED}, {_UNPACKED}, {_UNPACKED}", _packed(rows))
    connection.execute(
        "UPDATE decided_names SET entity_id = t.entity_id, reason = t.reason FROM told_names AS t WHERE decided_names.name_id = t.name_id"
    )


_UNPACKED = "unnest(string_split(?, ' '))"
"""A column of keys or words that comes as one text: fifty times as fast as a list of values."""


def _packed(rows: Iterable[Sequence[str]]) -> list[str]:
    return [" ".join(column) for column in zip(*rows, strict=True)]
