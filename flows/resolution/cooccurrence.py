"""Reads the evidence for pairs of names: whom and what both are named with, in a few articles of
each.

`flows/link/entities` decides what the evidence means.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from functools import cache

import duckdb

from flows.annotate.names.inland import inland
from flows.link import keys
from flows.link.entities import Evidence, pair
from flows.link.entities.decide import Pair
from flows.link.entities.evidence import SAMPLED_ARTICLES
from flows.link.names import capital_names

EVIDENCE = """
    WITH borne AS (
        SELECT b.person_id, n.plain_id, unnest(n.article_ids) AS article_id
        FROM bearing AS b
        JOIN meta.entity_names AS n ON n.name_id = b.name_id
    ), sampled AS MATERIALIZED (
        SELECT * FROM borne
        QUALIFY row_number() OVER (PARTITION BY person_id ORDER BY article_id) <= ?
    ), numbered AS MATERIALIZED (
        SELECT article_id, article_number FROM meta.article_facts
        WHERE key_number IN (SELECT (md5_number_lower(article_id) >> 1)::BIGINT FROM sampled)
    ), near AS (
        SELECT DISTINCT a.article_id, m.name_number
        FROM meta.mention_rows AS m
        JOIN numbered AS a ON a.article_number = m.article_number
    ), company AS MATERIALIZED (
        SELECT s.person_id, s.article_id, n.plain_id AS other_id,
               n.type = 'NORP' OR (n.type IN ('GPE', 'ORG') AND n.country_code IS NOT NULL)
                   OR n.name_id IN (SELECT unnest(string_split(?, ' '))) AS is_plain
        FROM sampled AS s
        JOIN near AS m ON m.article_id = s.article_id
        JOIN meta.entity_names AS n ON n.name_number = m.name_number AND n.plain_id <> s.plain_id
    ), companions AS MATERIALIZED (
        SELECT DISTINCT person_id, other_id FROM company
    ), known AS (
        SELECT person_id, any_value(plain_id) AS plain_id, count(*) AS sampled
        FROM sampled GROUP BY person_id
    ), shared AS (
        SELECT w.one, w.other, count(DISTINCT a.other_id) FILTER (NOT a.is_plain) AS telling,
               count(DISTINCT a.other_id) FILTER (a.is_plain) AS plain,
               count(DISTINCT a.article_id) FILTER (NOT a.is_plain) AS agreeing
        FROM weighed AS w
        JOIN company AS a ON a.person_id = w.one
        JOIN companions AS b ON b.person_id = w.other AND b.other_id = a.other_id
        GROUP BY w.one, w.other
    )
    SELECT w.one, w.other, coalesce(s.telling, 0), coalesce(s.plain, 0), coalesce(s.agreeing, 0),
           o.sampled, c.person_id IS NOT NULL
    FROM weighed AS w
    JOIN known AS o ON o.person_id = w.one
    JOIN known AS p ON p.person_id = w.other
    LEFT JOIN shared AS s ON s.one = w.one AND s.other = w.other
    LEFT JOIN companions AS c ON c.person_id = w.one AND c.other_id = p.plain_id
"""


def weigh(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[Sequence[str]],
    borne: Mapping[str, Sequence[str]] | None = None,
) -> dict[Pair, Evidence]:
    """Return the evidence for each pair of names. The articles of the first name must agree.

    `borne` gives the rows of a name that has several, by its key.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE weighed (one VARCHAR, other VARCHAR)")
    connection.execute("CREATE OR REPLACE TEMP TABLE bearing (person_id VARCHAR, name_id VARCHAR)")
    if not asked:
        return {}
    connection.execute(f"INSERT INTO weighed SELECT {UNPACKED}, {UNPACKED}", packed(asked))
    rows = [
        (key, row)
        for key in sorted({key for keys in asked for key in keys})
        for row in (borne or {}).get(key, (key,))
    ]
    connection.execute(f"INSERT INTO bearing SELECT {UNPACKED}, {UNPACKED}", packed(rows))
    found = connection.execute(EVIDENCE, [SAMPLED_ARTICLES, plain_keys()]).fetchall()
    return {pair(one, other): Evidence(*facts) for one, other, *facts in found}


@cache
def plain_keys() -> str:
    """Return the keys of names that too many articles have to tell much, divided by spaces:
    capitals, parties, chambers and states.
    """
    found = {keys.entity_id("GPE", name) for name in capital_names()}
    found |= {keys.entity_id(label, name) for name in inland() for label in ("ORG", "GPE", "LOC")}
    return " ".join(sorted(found))


UNPACKED = "unnest(string_split(?, ' '))"
"""A column of keys or words that is passed as one text: fifty times as fast as a list."""


def packed(rows: Iterable[Sequence[str]]) -> list[str]:
    """Return each column of `rows` as one text; values hold no space."""
    return [" ".join(column) for column in zip(*rows, strict=True)]
