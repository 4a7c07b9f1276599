"""Resolves entities within the load of a run: reads the names that those of the run may be one
with, and writes what was decided.

`link/resolve` judges; here are the reading by key and the order of the steps. What articles say of
two names is read in `company.py`, what people have said (undone links, the alias file) in
`sayings.py`. A run looks at the names that share a key with a name it touched, at a few articles of
each, and at nothing else.

All steps see the state of the warehouse, never its history: the bearers of each name, then the full
names of a group (a name has one group, so that no group hangs on another), then the short names
that look up one of theirs.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import duckdb

from flows.link.entities import (
    Bearing,
    Evidence,
    Name,
    candidates,
    cluster,
    doubtful,
    is_prominent,
    may_attach,
    pair,
    people,
    read_said,
)
from flows.link.entities.decide import Decided, Pair
from flows.resolution.cooccurrence import UNPACKED, packed, weigh
from flows.resolution.overrides import Sayings, lay_aliases, said
from schemas import Row

SCOPE = """
    CREATE OR REPLACE TEMP TABLE scope_full AS
    SELECT n.name_id, n.plain_id, n.bearer, n.entity_id, n.name, n.type, n.country_code, n.group_key, n.offer_keys, n.article_count
    FROM meta.entity_names AS n
    WHERE n.look_key IS NULL AND n.group_key IN (SELECT group_key FROM touched_names WHERE look_key IS NULL);

    CREATE OR REPLACE TEMP TABLE scope_short AS
    SELECT n.name_id, n.plain_id, n.look_key
    FROM meta.entity_names AS n
    WHERE n.look_key IN (
        SELECT look_key FROM touched_names WHERE look_key IS NOT NULL
        UNION ALL SELECT unnest(offer_keys) FROM touched_names
        UNION ALL SELECT unnest(offer_keys) FROM scope_full
    );

    CREATE OR REPLACE TEMP TABLE decided_names AS
    SELECT s.name_id, coalesce(a.entity_id, s.plain_id) AS entity_id, CASE WHEN a.entity_id <> s.plain_id THEN 'alias' END AS reason
    FROM (SELECT name_id, plain_id FROM scope_full UNION ALL SELECT name_id, plain_id FROM scope_short) AS s
    LEFT JOIN meta.entity_aliases AS a ON a.name_id = s.plain_id AND NOT a.is_apart;
"""
"""What the run may change: groups of the full names it touched, and short names that they offer,
before or after. First each is its own, whoever bears it.
"""

GROUPS = """
    SELECT group_key, list((name_id, plain_id, bearer, name, type, article_count, country_code) ORDER BY name_id)
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
"""Short names with the entity that offers itself to them in most articles, its foremost name, and
the articles of the next entity.
"""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Decides the entities of the names in the temporary table `touched_names`, into the temporary
    table `decided_names`.

    `aliases` are the rows of the operator's alias file; None leaves what it said last in force.
    """

    aliases: tuple[Row, ...] | None = None

    def __call__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Decide; the caller holds the transaction."""
        if self.aliases is not None:
            lay_aliases(connection, self.aliases)
        connection.execute(SCOPE)
        told = said(connection)
        _write(connection, _clusters(connection, told))
        _write(connection, _attached(connection, told))


@dataclass(frozen=True, slots=True)
class Person:
    """One bearer of a name, or a name that nobody tells apart: what is judged with others, and the
    names in the warehouse that are it.
    """

    name: Name
    bearings: tuple[Bearing, ...]

    @property
    def keys(self) -> frozenset[str]:
        """All keys by which people may have spoken of it."""
        return frozenset(
            {self.name.name_id, *(key for b in self.bearings for key in (b.name_id, b.plain_id))}
        )


def _clusters(connection: duckdb.DuckDBPyConnection, told: Sayings) -> Decided:
    """Return the entities of all full names that share their group with another."""
    groups = [_by_name(rows) for _, rows in connection.execute(GROUPS).fetchall()]
    evidence = weigh(
        connection,
        [
            key
            for names in groups
            for rows in names.values()
            for key in doubtful([b for _, b in rows])
        ],
    )
    decided: Decided = {}
    judged = []
    for names in groups:
        found = [
            person
            for plain_id, rows in names.items()
            for person in _people(plain_id, rows, evidence, told)
        ]
        judged.append((found, candidates([person.name for person in found])))
    counts = {
        person.name.name_id: (person.name.article_count, person.name.name_id)
        for found, _ in judged
        for person in found
    }
    asked = [
        sorted(key, key=counts.__getitem__)
        for _, alike in judged
        for key, likeness in alike.items()
        if likeness and likeness.needed
    ]
    borne = {
        person.name.name_id: [b.name_id for b in person.bearings]
        for found, _ in judged
        for person in found
    }
    evidence = weigh(connection, asked, borne)
    for found, alike in judged:
        spoken = [person for person in found if person.keys & told.named]
        apart = {
            pair(a.name.name_id, b.name.name_id)
            for a, b in combinations(spoken, 2)
            if any(pair(*k) in told.apart for k in product(a.keys, b.keys))
        }
        fixed = {
            p.name.name_id: told.fixed[p.bearings[0].plain_id]
            for p in found
            if p.bearings[0].plain_id in told.fixed
        }
        entities = cluster([person.name for person in found], alike, evidence, apart, fixed)
        for person in found:
            entity_id, reason = entities[person.name.name_id]
            decided |= _spread(person, entity_id, reason, is_fixed=person.name.name_id in fixed)
    return decided


def _by_name(rows: Sequence[Sequence[Any]]) -> dict[str, list[tuple[Name, Bearing]]]:
    """Return the rows of a group by the key of the name alone."""
    names: dict[str, list[tuple[Name, Bearing]]] = defaultdict(list)
    for name_id, plain_id, bearer, name, kind, count, code in rows:
        names[plain_id].append(
            (
                Name(name_id, name, kind, count, code, plain_id),
                Bearing(name_id, plain_id, read_said(bearer), count),
            )
        )
    return names


def _people(
    plain_id: str,
    rows: Sequence[tuple[Name, Bearing]],
    evidence: Mapping[Pair, Evidence],
    told: Sayings,
) -> list[Person]:
    """Return the bearers of one name. The foremost has the key of the name alone, another that of
    its foremost row.
    """
    bearings, names = [b for _, b in rows], {name.name_id: name for name, _ in rows}
    some = (
        [bearings]
        if plain_id in told.fixed
        else people(bearings, evidence, is_split=plain_id in told.split)
    )
    found = []
    for place, mine in enumerate(some):
        first = names[mine[0].name_id]
        count = sum(b.article_count for b in mine)
        key = plain_id if place == 0 else first.name_id
        found.append(Person(replace(first, name_id=key, article_count=count), tuple(mine)))
    return found


def _spread(person: Person, entity_id: str, reason: str | None, *, is_fixed: bool) -> Decided:
    """Return the entity of each row of a person; rows that say different things of one bearer are
    merged by their name.
    """
    is_one = "name" if len({b.said for b in person.bearings}) > 1 and not is_fixed else None
    return {
        b.name_id: (entity_id, reason or (is_one if b.name_id != entity_id else None))
        for b in person.bearings
    }


def _attached(connection: duckdb.DuckDBPyConnection, told: Sayings) -> Decided:
    """Return the entities of the short names that stand for a full one."""
    asked = []
    for short, look, entity, lead, first, second in connection.execute(FOREMOST).fetchall():
        is_apart = short in told.named and _is_apart(connection, short, entity, told.apart)
        if short not in told.fixed and is_prominent(first, second) and not is_apart:
            asked.append((short, look, entity, lead))
    evidence = weigh(connection, [(short, lead) for short, _, _, lead in asked])
    decided: Decided = {}
    for short, look, entity, lead in asked:
        if reason := may_attach(look, evidence[pair(short, lead)]):
            decided[short] = (entity, reason)
    return decided


def _is_apart(
    connection: duckdb.DuckDBPyConnection, short: str, entity_id: str, apart: Collection[Pair]
) -> bool:
    names = connection.execute(
        """
        SELECT DISTINCT n.plain_id FROM meta.entity_names AS n LEFT JOIN decided_names AS d ON d.name_id = n.name_id
        WHERE coalesce(d.entity_id, n.entity_id) = ?
        """,
        [entity_id],
    ).fetchall()
    return any(
        pair(short, name_id) in apart for name_id in {entity_id, *(name_id for (name_id,) in names)}
    )


def _write(connection: duckdb.DuckDBPyConnection, decided: Decided) -> None:
    """Put what was decided into `decided_names`, where each stands as its own or as the alias file
    has it.
    """
    rows = [(name_id, entity_id, reason or "-") for name_id, (entity_id, reason) in decided.items()]
    if not rows:
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE told_names (name_id VARCHAR, entity_id VARCHAR, reason VARCHAR)"
    )
    connection.execute(
        f"INSERT INTO told_names SELECT {UNPACKED}, {UNPACKED}, {UNPACKED}", packed(rows)
    )
    connection.execute(
        """
        UPDATE decided_names SET entity_id = t.entity_id, reason = nullif(t.reason, '-')
        FROM told_names AS t WHERE decided_names.name_id = t.name_id AND (t.reason <> '-' OR t.entity_id <> decided_names.entity_id)
        """
    )
