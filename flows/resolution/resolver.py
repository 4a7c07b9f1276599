"""Resolves entities within the load of a run: reads the merge candidates of the run's names, and
writes what was decided.

`flows/link/entities` decides; this module reads by key and orders the steps. `cooccurrence.py`
reads the evidence for two names, `overrides.py` what people have decided (undone links, the alias
file). A run looks at the names that share a key with a name it touched, at a few articles of each,
and at nothing else.

Every step depends on the state of the warehouse, never on its history: first the bearers of each
name, then the full names of a group (groups are independent), then the short names that look up a
full one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, product
from typing import Any

import duckdb

from flows.annotate.names.person_name import parse
from flows.link.entities import (
    Bearing,
    Evidence,
    Likeness,
    Name,
    are_two,
    candidates,
    cluster,
    doubtful,
    is_prominent,
    may_attach,
    pair,
    part_generations,
    people,
    read_said,
)
from flows.link.entities.decide import Decided, Pair
from flows.link.entities.short_names import Bearer, Lone, choose_bearer
from flows.resolution import short_names
from flows.resolution.cooccurrence import UNPACKED, packed, plain_keys, weigh
from flows.resolution.overrides import Overrides, read_overrides, replace_aliases
from schemas import Row
from warehouse.run_sql import run_statements

SCOPE = """
    CREATE OR REPLACE TEMP TABLE scope_full AS
    WITH found AS MATERIALIZED (
        SELECT rowid AS name_row FROM meta.entity_names
        WHERE group_key IN (SELECT group_key FROM touched_names WHERE look_key IS NULL)
    )
    SELECT n.rowid AS name_row, n.name_id, n.plain_id, n.bearer, n.entity_id, n.name, n.type,
           n.country_code, n.group_key, n.offer_keys, n.article_count
    FROM meta.entity_names AS n
    JOIN found AS r ON r.name_row = n.rowid
    WHERE n.look_key IS NULL;

    CREATE OR REPLACE TEMP TABLE decided_names AS
    SELECT s.name_row, s.name_id, coalesce(a.entity_id, s.plain_id) AS entity_id,
           CASE WHEN a.entity_id <> s.plain_id THEN 'alias' END AS reason
    FROM scope_full AS s
    LEFT JOIN meta.entity_aliases AS a ON a.name_id = s.plain_id AND NOT a.is_apart;
"""
"""The full names that a run may change: the groups of those it touched, found in one narrow scan.
At first each name is an entity of its own.
"""

GROUPS = """
    SELECT group_key,
           list((name_id, plain_id, bearer, name, type, article_count, country_code)
                ORDER BY name_id)
    FROM scope_full
    GROUP BY group_key
    HAVING count(*) > 1
    ORDER BY group_key
"""

FOREMOST = """
    WITH offering AS (
        SELECT n.name_id, coalesce(d.entity_id, n.entity_id) AS entity_id, n.article_count,
               unnest(n.offer_keys) AS offer_key,
               replace(offer_key, 'letters ', 'acronym ') AS look_key
        FROM meta.entity_names AS n
        LEFT JOIN decided_names AS d ON d.name_id = n.name_id
        WHERE n.look_key IS NULL AND len(n.offer_keys) > 0
    ), counted AS (
        SELECT look_key, entity_id, sum(article_count)::BIGINT AS article_count,
               arg_max(name_id, (article_count, name_id)) AS lead_id,
               bool_or(starts_with(offer_key, 'acronym ')) AS is_introduced
        FROM offering
        WHERE look_key IN (SELECT look_key FROM scope_short WHERE starts_with(look_key, 'acronym '))
        GROUP BY look_key, entity_id
        -- whom some article introduced by the acronym goes before those whose letters it is
        QUALIFY is_introduced OR NOT bool_or(is_introduced) OVER (PARTITION BY look_key)
    ), ranked AS (
        SELECT *, row_number() OVER foremost AS place,
               coalesce(lead(article_count) OVER foremost, 0) AS next_count
        FROM counted
        WINDOW foremost AS (PARTITION BY look_key ORDER BY article_count DESC, entity_id)
    )
    SELECT s.name_id, CASE WHEN r.is_introduced THEN 'acronym' ELSE 'letters' END, r.entity_id,
           r.lead_id, r.article_count, r.next_count
    FROM scope_short AS s
    JOIN ranked AS r ON r.look_key = s.look_key AND r.place = 1
    ORDER BY s.name_id
"""
"""Acronyms, each with the entity that offers it in most articles, the foremost name of that
entity, and the article count of the next entity.
"""


@dataclass(frozen=True, slots=True)
class Resolver:
    """Decides the entities of the names in the temporary table `touched_names`; writes the
    temporary table `decided_names`.

    `aliases` are the rows of the operator's alias file; None keeps the rows of the last run.
    """

    aliases: tuple[Row, ...] | None = None

    def __call__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Decide; the caller holds the transaction."""
        if self.aliases is not None:
            replace_aliases(connection, self.aliases)
        connection.execute(SCOPE)
        overrides = read_overrides(connection)
        _write(connection, _clusters(connection, overrides))
        run_statements(connection, short_names.SCOPE)
        _write(connection, _attached(connection, overrides) | _lone(connection, overrides))


@dataclass(frozen=True, slots=True)
class Person:
    """One bearer of a name, as it is compared with others, and the names in the warehouse that are
    this bearer's. A name that no article splits has one bearer.
    """

    name: Name
    bearings: tuple[Bearing, ...]

    @property
    def keys(self) -> frozenset[str]:
        """All keys that an override may name."""
        return frozenset(
            {self.name.name_id, *(key for b in self.bearings for key in (b.name_id, b.plain_id))}
        )


def _clusters(connection: duckdb.DuckDBPyConnection, overrides: Overrides) -> Decided:
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
    compared = []
    for names in groups:
        found = [
            person
            for plain_id, rows in names.items()
            for person in _people(plain_id, rows, evidence, overrides)
        ]
        compared.append((found, candidates([person.name for person in found])))
    counts = {
        person.name.name_id: (person.name.article_count, person.name.name_id)
        for found, _ in compared
        for person in found
    }
    asked = [
        sorted(key, key=counts.__getitem__)
        for _, alike in compared
        for key, likeness in alike.items()
        if likeness
    ]
    borne = {
        person.name.name_id: [b.name_id for b in person.bearings]
        for found, _ in compared
        for person in found
    }
    evidence = weigh(connection, asked, borne)
    for found, alike in compared:
        _withdraw(connection, {p.name.name_id: p for p in found}, alike, evidence)
        overridden = [person for person in found if person.keys & overrides.named]
        apart = {
            pair(a.name.name_id, b.name.name_id)
            for a, b in combinations(overridden, 2)
            if any(pair(*k) in overrides.apart for k in product(a.keys, b.keys))
        }
        fixed = {
            p.name.name_id: overrides.fixed[p.bearings[0].plain_id]
            for p in found
            if p.bearings[0].plain_id in overrides.fixed
        }
        entities = cluster([person.name for person in found], alike, evidence, apart, fixed)
        for person in found:
            entity_id, reason = entities[person.name.name_id]
            decided |= _spread(person, entity_id, reason, is_fixed=person.name.name_id in fixed)
    return decided


def _withdraw(
    connection: duckdb.DuckDBPyConnection,
    people_by_key: Mapping[str, Person],
    alike: dict[Pair, Likeness | None],
    evidence: Mapping[Pair, Evidence],
) -> None:
    """Take back what the articles contradict: two names that one article tells apart, unless one
    may be a slip of the pen; names that differ in initials alone where the bearers do; a generation
    where an article with one name speaks of somebody else by the surname, or where some article
    tells the junior and the senior of that name apart.
    """
    for key, likeness in alike.items():
        if likeness is None or people_by_key[key[0]].name.type != "PERSON":
            continue
        one, other = (people_by_key[k] for k in key)
        facts = evidence.get(key, Evidence())
        differ = parse(one.name.name).generation != parse(other.name.name).generation
        pairs = product(one.bearings, other.bearings)
        if (
            (facts.is_together and not likeness.is_slip)
            or (likeness.needed == 0 and any(are_two(a, b, facts) for a, b in pairs))
            or (differ and _names_another(connection, one, other))
        ):
            alike[key] = None
    names = {key: person.name for key, person in people_by_key.items()}
    part_generations(names, alike, evidence)


def _names_another(connection: duckdb.DuckDBPyConnection, one: Person, other: Person) -> bool:
    """Whether an article that names the junior also has the surname alone, of somebody else."""
    junior = one if parse(one.name.name).generation else other
    look = f"surname {parse(junior.name.name).surname}"
    found = connection.execute(
        """
        SELECT 1
        FROM meta.entity_names AS n
        JOIN meta.entity_names AS s ON list_has_any(s.article_ids, n.article_ids)
        WHERE n.name_id IN (SELECT unnest(?::VARCHAR[])) AND s.look_key = ?
        LIMIT 1
        """,
        [[b.name_id for b in junior.bearings], look],
    ).fetchone()
    return found is not None


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
    overrides: Overrides,
) -> list[Person]:
    """Return the bearers of one name. The foremost has the key of the name alone, any other the key
    of its own foremost row.
    """
    bearings, names = [b for _, b in rows], {name.name_id: name for name, _ in rows}
    some = (
        [bearings]
        if plain_id in overrides.fixed
        else people(bearings, evidence, is_split=plain_id in overrides.split)
    )
    found = []
    for place, mine in enumerate(some):
        first = names[mine[0].name_id]
        count = sum(b.article_count for b in mine)
        key = plain_id if place == 0 else first.name_id
        found.append(Person(replace(first, name_id=key, article_count=count), tuple(mine)))
    return found


def _spread(person: Person, entity_id: str, reason: str | None, *, is_fixed: bool) -> Decided:
    """Return the entity of each row of a person; rows with different attributes of one bearer are
    merged with reason `name`.
    """
    is_one = "name" if len({b.said for b in person.bearings}) > 1 and not is_fixed else None
    return {
        b.name_id: (entity_id, reason or (is_one if b.name_id != entity_id else None))
        for b in person.bearings
    }


def _attached(connection: duckdb.DuckDBPyConnection, overrides: Overrides) -> Decided:
    """Return the entities of the acronyms that stand for a full name."""
    asked = []
    for short, reason, entity, lead, first, second in connection.execute(FOREMOST).fetchall():
        is_apart = short in overrides.named and _is_apart(
            connection, short, entity, overrides.apart
        )
        if short not in overrides.fixed and is_prominent(first, second) and not is_apart:
            asked.append((short, reason, entity, lead))
    evidence = weigh(connection, [(short, lead) for short, _, _, lead in asked])
    decided: Decided = {}
    for short, reason, entity, lead in asked:
        if may_attach(reason, evidence[pair(short, lead)]):
            decided[short] = (entity, reason)
    return decided


def _lone(connection: duckdb.DuckDBPyConnection, overrides: Overrides) -> Decided:
    """Return the entities of the surnames alone, bodies without a country and nicknames of clubs
    that are one. Those which stay open are read again with what the others say of their bearers.
    """
    first = _chosen(short_names.read_lone(connection, plain_keys()), overrides)
    if not first:
        return {}
    again = _chosen(
        short_names.read_open(connection, plain_keys(), {k: b for k, (b, _) in first.items()}),
        overrides,
    )
    decided: Decided = {key: (b.entity_id, reason) for key, (b, reason) in first.items()}
    for key, (bearer, _) in again.items():
        decided[key] = bearer.entity_id, "again"
    return decided


def _chosen(asked: Sequence[Lone], overrides: Overrides) -> dict[str, tuple[Bearer, str]]:
    """Return the bearer of each short name that has one, with the reason, by the name's key."""
    found = {}
    for lone in asked:
        if lone.plain_id in overrides.fixed:
            continue
        open_to = tuple(
            b
            for b in lone.bearers
            if not any(
                pair(lone.plain_id, key) in overrides.apart for key in {b.entity_id, *b.plain_ids}
            )
        )
        if chosen := choose_bearer(replace(lone, bearers=open_to)):
            kind = "given" if chosen.is_given else lone.look.split(" ", 1)[0]
            found[lone.name_id] = chosen, "country" if kind == "body" else kind
    return found


def _is_apart(
    connection: duckdb.DuckDBPyConnection, short: str, entity_id: str, apart: Collection[Pair]
) -> bool:
    names = connection.execute(
        """
        SELECT DISTINCT n.plain_id
        FROM meta.entity_names AS n LEFT JOIN decided_names AS d ON d.name_id = n.name_id
        WHERE coalesce(d.entity_id, n.entity_id) = ?
        """,
        [entity_id],
    ).fetchall()
    return any(
        pair(short, name_id) in apart for name_id in {entity_id, *(name_id for (name_id,) in names)}
    )


def _write(connection: duckdb.DuckDBPyConnection, decided: Decided) -> None:
    """Write decisions into `decided_names`, which so far holds each name as its own entity, or as
    the alias file has it.
    """
    rows = [(name_id, entity_id, reason or "-") for name_id, (entity_id, reason) in decided.items()]
    if not rows:
        return
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE merged_names "
        "(name_id VARCHAR, entity_id VARCHAR, reason VARCHAR)"
    )
    connection.execute(
        f"INSERT INTO merged_names SELECT {UNPACKED}, {UNPACKED}, {UNPACKED}", packed(rows)
    )
    connection.execute(
        """
        UPDATE decided_names SET entity_id = t.entity_id, reason = nullif(t.reason, '-')
        FROM merged_names AS t
        WHERE decided_names.name_id = t.name_id
          AND (t.reason <> '-' OR t.entity_id <> decided_names.entity_id)
        """
    )
