"""Reads who may be meant by a surname alone, or by a body of a state without its country: for each
article that has one, the bearers whom other articles of the same days name in full, and the company
they share.

`flows/link/entities/short_names.py` decides. Each article has a row of its own for a surname alone,
so that two articles may mean two people.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

import duckdb

from flows.link.entities.short_names import (
    FOLLOW_DAYS,
    MAX_BEARERS,
    MAX_SAMPLED,
    WINDOW_DAYS,
    Bearer,
    Lone,
)
from flows.resolution.cooccurrence import UNPACKED, packed

LOOK = """regexp_replace(replace({}, 'letters ', 'acronym '), '^given ', 'surname ')"""
"""The key that looks up what a full name offers."""

DECIDED_DAYS = WINDOW_DAYS + FOLLOW_DAYS
"""Days from an article of the run in which a short name may get another bearer. It may follow a
short name that articles of WINDOW_DAYS around decide.
"""

READ_DAYS = DECIDED_DAYS + FOLLOW_DAYS
"""Days from an article of the run whose short names are read: those of DECIDED_DAYS may follow
them.
"""

SCOPE = f"""
    CREATE OR REPLACE TEMP TABLE touched_days AS
    SELECT DISTINCT coalesce(published_at, first_seen_at)::DATE AS day
    FROM articles
    -- a load has put them behind the others; where nothing was loaded, they may be anywhere
    WHERE rowid >= coalesce(getvariable('first_article_row'), 0)
      AND article_id IN (SELECT article_id FROM current_versions UNION FROM replaced);

    -- names whose bearers are others than before: their short names are decided anew on all days
    CREATE OR REPLACE TEMP TABLE gone_names AS
    SELECT DISTINCT t.name_id FROM touched_names AS t
    ANTI JOIN scope_full AS s ON s.name_id = t.name_id
    WHERE len(t.offer_keys) > 0;

    DELETE FROM gone_names WHERE name_id IN (
        SELECT n.name_id FROM meta.entity_names AS n SEMI JOIN gone_names USING (name_id));

    CREATE OR REPLACE TEMP TABLE changed_looks AS
    SELECT DISTINCT {LOOK.format("unnest(n.offer_keys)")} AS look_key
    FROM scope_full AS n
    JOIN decided_names AS d ON d.name_id = n.name_id AND d.entity_id <> n.entity_id
    UNION
    SELECT {LOOK.format("unnest(t.offer_keys)")} FROM touched_names AS t
    WHERE t.name_id IN (FROM gone_names)
       OR t.name_id IN (SELECT name_id FROM meta.entity_aliases);

    CREATE OR REPLACE TEMP TABLE short_rows AS
    WITH looks AS (
        SELECT look_key FROM touched_names WHERE look_key IS NOT NULL
        UNION SELECT {LOOK.format("unnest(offer_keys)")} FROM touched_names
        UNION SELECT look_key FROM changed_looks
    )
    SELECT rowid AS name_row FROM meta.entity_names WHERE look_key IN (SELECT look_key FROM looks);

    CREATE OR REPLACE TEMP TABLE short_names AS
    SELECT r.name_row, n.name_id, n.plain_id, n.look_key, n.bearer, n.article_ids
    FROM meta.entity_names AS n
    JOIN short_rows AS r ON r.name_row = n.rowid;

    CREATE OR REPLACE TEMP TABLE short_articles AS
    SELECT name_id, unnest(article_ids) AS article_id FROM short_names
    WHERE NOT starts_with(look_key, 'acronym ');

    -- of all articles, those of the days around are read
    -- needs: short_articles, else (name_id VARCHAR, article_id VARCHAR, day DATE)
    CREATE OR REPLACE TEMP TABLE short_places AS
    SELECT s.name_id, s.article_id, f.told_on AS day
    FROM short_articles AS s
    JOIN meta.article_facts AS f ON f.article_id = s.article_id
        AND f.told_on BETWEEN (SELECT min(day) - {READ_DAYS} FROM touched_days)
        AND (SELECT max(day) + {READ_DAYS} FROM touched_days);

    CREATE OR REPLACE TEMP TABLE scope_short AS
    WITH near_days AS (
        SELECT p.day, min(abs(date_diff('day', p.day, t.day))) AS away
        FROM (SELECT DISTINCT day FROM short_places) AS p
        JOIN touched_days AS t
          ON p.day BETWEEN t.day - {READ_DAYS} AND t.day + {READ_DAYS}
        GROUP BY p.day
    ), near AS (
        SELECT p.name_id, min(d.away) AS away
        FROM short_places AS p JOIN near_days AS d ON d.day = p.day
        GROUP BY p.name_id
    ), asked AS (
        SELECT n.*, starts_with(n.look_key, 'acronym ')
                   OR n.look_key IN (FROM changed_looks)
                   OR n.name_id IN (SELECT name_id FROM touched_names)
                   OR coalesce(d.away <= {DECIDED_DAYS}, false) AS is_decided,
               d.name_id IS NOT NULL AS is_near
        FROM short_names AS n LEFT JOIN near AS d ON d.name_id = n.name_id
    )
    SELECT * EXCLUDE (is_near) FROM asked WHERE is_decided OR is_near;

    -- articles of other days, of the names that are decided
    CREATE OR REPLACE TEMP TABLE short_elsewhere AS
    SELECT a.name_id, a.article_id
    FROM short_articles AS a
    SEMI JOIN scope_short AS s ON s.name_id = a.name_id
    ANTI JOIN short_places AS p ON p.name_id = a.name_id AND p.article_id = a.article_id;

    -- needs: short_elsewhere
    INSERT INTO short_places
    SELECT s.name_id, s.article_id, f.told_on
    FROM short_elsewhere AS s
    JOIN meta.article_facts AS f ON f.key_number = (md5_number_lower(s.article_id) >> 1)::BIGINT;

    INSERT INTO decided_names
    SELECT s.name_row, s.name_id, coalesce(a.entity_id, s.plain_id),
           CASE WHEN a.entity_id <> s.plain_id THEN 'alias' END
    FROM scope_short AS s
    LEFT JOIN meta.entity_aliases AS a ON a.name_id = s.plain_id AND NOT a.is_apart
    WHERE s.is_decided;
"""
"""The short names that a run may change: those it touched, and those of the days around its
articles whose full names it touched. At first each is an entity of its own.

Those that these may follow are read and not changed (`is_decided` is false).
"""

OFFERED = f"""
    CREATE OR REPLACE TEMP TABLE lone_names AS
    SELECT s.name_id, s.plain_id, s.look_key, s.bearer, p.article_id, p.day
    FROM scope_short AS s
    JOIN short_places AS p ON p.name_id = s.name_id
    WHERE NOT starts_with(s.look_key, 'acronym ');

    -- narrow: of all names one column is read, and few of them offer what is looked for
    CREATE OR REPLACE TEMP TABLE lone_offer_rows AS
    SELECT name_row, offer_key
    FROM (SELECT n.rowid AS name_row, unnest(n.offer_keys) AS offer_key FROM meta.entity_names AS n)
    WHERE offer_key IN (
        SELECT look_key FROM lone_names
        UNION SELECT regexp_replace(look_key, '^surname ', 'given ') FROM lone_names);

    CREATE OR REPLACE TEMP TABLE lone_offers AS
    SELECT o.name_row, {LOOK.format("o.offer_key")} AS look_key,
           starts_with(o.offer_key, 'given ') AS is_given
    FROM meta.entity_names AS n
    JOIN lone_offer_rows AS o ON o.name_row = n.rowid
    WHERE n.look_key IS NULL AND n.type IN ('PERSON', 'ORG');
"""
"""The surnames alone, and the full names that may stand behind them. Each step of this search is a
table, so that DuckDB knows how few its rows are and never keeps all names or mentions.
"""

NAMED = f"""
    CREATE OR REPLACE TEMP TABLE lone_bearers AS
    SELECT n.name_number, n.plain_id, coalesce(d.entity_id, n.entity_id) AS entity_id, n.name,
           n.article_count, n.forms, o.look_key,
           bool_and(o.is_given) OVER (PARTITION BY o.look_key, coalesce(d.entity_id, n.entity_id))
               AS is_given
    FROM meta.entity_names AS n
    JOIN lone_offers AS o ON o.name_row = n.rowid
    LEFT JOIN decided_names AS d ON d.name_id = n.name_id;

    CREATE OR REPLACE TEMP TABLE lone_days AS
    SELECT article_number, article_id, told_on AS day
    FROM meta.article_facts
    WHERE told_on BETWEEN (SELECT min(day) - {WINDOW_DAYS} FROM lone_names)
        AND (SELECT max(day) + {WINDOW_DAYS} FROM lone_names);

    -- numbers follow the order of loads: of all mentions, those of these days are read
    CREATE OR REPLACE TEMP TABLE lone_named AS
    SELECT DISTINCT b.look_key, b.entity_id, b.is_given, p.article_id, p.day,
           {WINDOW_DAYS} AS reach
    FROM meta.mention_rows AS m
    JOIN lone_days AS p ON p.article_number = m.article_number
    JOIN lone_bearers AS b ON b.name_number = m.name_number;
"""
"""Which of these names the articles of the days around give."""

LINKED = f"""
    -- a bearer has the articles, too, whose surname alone went to them
    INSERT INTO lone_named
    SELECT DISTINCT l.look_key, k.entity_id, k.is_given, l.article_id, l.day, {FOLLOW_DAYS}
    FROM lone_names AS l JOIN lone_linked AS k ON k.name_id = l.name_id;

    -- follow-ups drop the given name; that they drop the country says nothing of other articles
    DELETE FROM lone_names WHERE name_id IN (SELECT name_id FROM lone_linked)
        OR starts_with(look_key, 'body ')
        OR look_key NOT IN (SELECT look_key FROM lone_named WHERE reach = {FOLLOW_DAYS});
"""
"""The surnames alone that are still open, where some are not."""

NEAR = f"""
    CREATE OR REPLACE TEMP TABLE lone_near AS
    WITH named_days AS MATERIALIZED (
        SELECT look_key, entity_id, is_given, day, reach, count(*) AS article_count,
               min(article_id, {MAX_SAMPLED}) AS article_ids
        FROM lone_named GROUP BY ALL
    )
    SELECT l.look_key, l.day, n.entity_id, n.is_given,
           sum(n.article_count)::BIGINT AS article_count,
           flatten(list(n.article_ids ORDER BY abs(date_diff('day', l.day, n.day)), n.day, n.reach))
               [1:{MAX_SAMPLED}] AS article_ids
    FROM (SELECT DISTINCT look_key, day FROM lone_names) AS l
    JOIN named_days AS n ON n.look_key = l.look_key
        AND n.day BETWEEN l.day - n.reach AND l.day + n.reach
    GROUP BY l.look_key, l.day, n.entity_id, n.is_given
    QUALIFY row_number() OVER (
        PARTITION BY l.look_key, l.day, n.is_given
        ORDER BY sum(n.article_count) DESC, n.entity_id)
        <= {MAX_BEARERS};

    CREATE OR REPLACE TEMP TABLE lone_read AS
    SELECT article_number, article_id FROM lone_days
    WHERE article_id IN
        (SELECT unnest(article_ids) FROM lone_near UNION SELECT article_id FROM lone_names);

    CREATE OR REPLACE TEMP TABLE lone_there AS
    SELECT DISTINCT p.article_id, m.name_number
    FROM meta.mention_rows AS m
    JOIN lone_read AS p ON p.article_number = m.article_number;
"""
"""The bearers whom articles near a surname alone name, and whom the nearest of these name beside
them.
"""

BEARERS = f"""
    WITH called AS (
        SELECT entity_id, look_key, arg_max(name, (article_count, name)) AS name,
               list(DISTINCT plain_id) AS plain_ids,
               bool_or(list_contains(list_transform(forms, lambda f: lower(f)),
                                     split_part(look_key, ' ', 2))) AS is_called
        FROM lone_bearers GROUP BY ALL
    ), sampled AS (
        SELECT look_key, day, entity_id, unnest(article_ids) AS article_id FROM lone_near
    ), company AS MATERIALIZED (
        SELECT DISTINCT m.article_id, n.plain_id,
               n.type = 'NORP' OR (n.type IN ('GPE', 'ORG') AND n.country_code IS NOT NULL)
                   OR n.plain_id IN (SELECT unnest(string_split(?, ' '))) AS is_plain
        FROM lone_there AS m
        JOIN meta.entity_names AS n ON n.name_number = m.name_number
    ), around AS MATERIALIZED (
        SELECT s.look_key, s.day, s.entity_id, c.plain_id, min(s.article_id) AS article_id,
               count(DISTINCT s.article_id) AS article_count
        FROM sampled AS s JOIN company AS c ON c.article_id = s.article_id
        GROUP BY ALL
    ), shared AS (
        SELECT l.name_id, a.entity_id,
               count(DISTINCT o.plain_id) FILTER (NOT o.is_plain) AS telling,
               count(DISTINCT o.plain_id) FILTER (o.is_plain) AS plain
        FROM lone_names AS l
        JOIN company AS o ON o.article_id = l.article_id AND o.plain_id <> l.plain_id
        JOIN around AS a ON a.look_key = l.look_key AND a.day = l.day AND a.plain_id = o.plain_id
            AND (a.article_count > 1 OR a.article_id <> l.article_id)
        GROUP BY ALL
    ), together AS (
        SELECT DISTINCT l.name_id, n.entity_id
        FROM lone_names AS l
        JOIN lone_named AS n ON n.look_key = l.look_key AND n.article_id = l.article_id
            AND n.reach = {WINDOW_DAYS}
    )
    SELECT l.name_id, l.plain_id, l.look_key, l.bearer, c.entity_id, k.name, k.plain_ids,
           c.article_count, t.entity_id IS NOT NULL, k.is_called, coalesce(s.telling, 0),
           coalesce(s.plain, 0), c.is_given
    FROM (SELECT name_id, plain_id, look_key, bearer, min(day) AS day FROM lone_names
          GROUP BY ALL) AS l
    JOIN lone_near AS c ON c.look_key = l.look_key AND c.day = l.day
    JOIN called AS k ON k.entity_id = c.entity_id AND k.look_key = l.look_key
    LEFT JOIN shared AS s ON s.name_id = l.name_id AND s.entity_id = c.entity_id
    LEFT JOIN together AS t ON t.name_id = l.name_id AND t.entity_id = c.entity_id
    ORDER BY l.name_id, c.entity_id
"""
"""Each surname alone with everybody who may be meant: how many articles of the days around name
them in full, and how many names the nearest of these share with the article at hand.
"""


def read_lone(connection: duckdb.DuckDBPyConnection, plain: str) -> list[Lone]:
    """Return the surnames alone in `scope_short`, each with its possible bearers; `plain` are
    the keys of names that tell little, divided by spaces.
    """
    asked = "SELECT 1 FROM scope_short WHERE NOT starts_with(look_key, 'acronym ') LIMIT 1"
    if connection.execute(asked).fetchone() is None:
        return []
    connection.execute(OFFERED)
    if connection.execute("SELECT 1 FROM lone_offers LIMIT 1").fetchone() is None:
        return []
    connection.execute(NAMED)
    return _with_bearers(connection, plain)


def read_open(
    connection: duckdb.DuckDBPyConnection, plain: str, linked: Mapping[str, Bearer]
) -> list[Lone]:
    """Return those of `read_lone` that are still open, each with its possible bearers. A bearer has
    the articles of FOLLOW_DAYS around, too, whose surname alone is theirs. `linked` are the bearers
    of those that are not open, by the key of the name.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE lone_linked "
        "(name_id VARCHAR, entity_id VARCHAR, is_given BOOLEAN)"
    )
    rows = [(key, b.entity_id, str(b.is_given)) for key, b in linked.items()]
    connection.execute(
        f"INSERT INTO lone_linked SELECT {UNPACKED}, {UNPACKED}, {UNPACKED}", packed(rows)
    )
    connection.execute(LINKED)
    if connection.execute("SELECT 1 FROM lone_names LIMIT 1").fetchone() is None:
        return []
    return _with_bearers(connection, plain)


def _with_bearers(connection: duckdb.DuckDBPyConnection, plain: str) -> list[Lone]:
    connection.execute(NEAR)
    bearers: dict[tuple[str, str, str, str | None], list[Bearer]] = defaultdict(list)
    for name_id, plain_id, look, gender, *facts in connection.execute(BEARERS, [plain]).fetchall():
        entity_id, name, plain_ids, *numbers = facts
        bearers[name_id, plain_id, look, gender].append(
            Bearer(entity_id, name, frozenset(plain_ids), *numbers)
        )
    return [Lone(*key, tuple(some)) for key, some in bearers.items()]
