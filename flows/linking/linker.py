"""The order of linking, within the load of a run.

Fingerprints of the new articles, then copies and stories, then quotations; each step writes its
tables before the next one reads them. All steps see the state of the warehouse after the run's rows
are in, so that batches and workers change nothing.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from importlib.resources import files
from typing import Any

import duckdb

from flows.link.copies.original import Printed, compare_texts, original_of
from flows.linking.articles import (
    MAX_MEMBERS,
    Decided,
    Link,
    decide_articles,
    write_articles,
)
from flows.linking.differences import write_differences
from flows.linking.fingerprints import take_fingerprints
from flows.linking.quotations import decide_quotations
from flows.linking.speakers import forget_speakers
from flows.linking.texts import read_texts
from flows.linking.window import weigher
from flows.version import link_version
from warehouse.run_sql import run_statements
from warehouse.sql import insert_rows

WINDOW_DAYS = 14
"""Days that a fingerprint is kept after its article was linked."""

BACKLOG_DAYS = 14
"""Days back from the newest article for which stories are computed in a warehouse that has none."""

BACKLOG = f"""
    SELECT a.article_id FROM articles AS a
    WHERE a.story_id IS NULL AND a.article_id NOT IN (SELECT article_id FROM meta.link_articles)
      AND a.last_seen_at > (SELECT least(max(last_seen_at), now()) FROM articles) -
        INTERVAL {BACKLOG_DAYS} DAY
"""
"""Articles that were loaded before linking existed, where there are no stories yet."""


@dataclass(frozen=True, slots=True)
class Linker:
    """Links the articles of the temporary table `current_versions`, and forgets those of `replaced`
    (both made by the merges). The caller holds the transaction, and has set `run_id` and the
    times (`set_times`).
    """

    say: Any = lambda _: None

    def __call__(self, connection: duckdb.DuckDBPyConnection) -> None:
        """Link what the run wrote."""
        connection.execute(
            "CREATE OR REPLACE TEMP TABLE link_asked AS SELECT DISTINCT article_id FROM "
            "current_versions"
        )
        if connection.execute("SELECT 1 FROM stories LIMIT 1").fetchone():
            backlog = 0
        else:
            backlog = connection.execute(
                f"INSERT INTO link_asked {BACKLOG} AND a.article_id NOT IN (SELECT article_id FROM "
                "link_asked)"
            ).fetchall()[0][0]
        if backlog:
            self.say(
                f"linking {backlog} articles of the last {BACKLOG_DAYS} days for the first time"
            )
        link(connection)


def follow_entities(connection: duckdb.DuckDBPyConnection) -> None:
    """Bring stories and utterances up to names that have moved to other entities
    (`moved_names`).
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_asked AS SELECT article_id FROM articles LIMIT 0;"
        "CREATE OR REPLACE TEMP TABLE former_links AS "
        "SELECT article_id, story_id, copy_id, run_id, first_seen_at FROM articles LIMIT 0;"
        "CREATE OR REPLACE TEMP TABLE former_utterances AS "
        "SELECT utterance_id FROM meta.quote_rows LIMIT 0;"
    )
    link(connection)


def link(connection: duckdb.DuckDBPyConnection) -> None:
    """Link the articles of the temporary table `link_asked`."""
    connection.execute("SET VARIABLE window_days = ?", [WINDOW_DAYS])
    connection.execute("SET VARIABLE recalled_members = ?", [MAX_MEMBERS])
    run_statements(connection, _sql("10_fresh"))
    forget_speakers(connection)
    take_fingerprints(connection)
    decided = decide_articles(connection)
    write_articles(connection, decided)
    run_statements(connection, _sql("20_articles"))
    links = [*decided.links, *_copy_links(connection)]
    run_statements(connection, _sql("30_stories"))
    if decided.frequency is not None:
        weigh = weigher(decided.frequency, decided.window_size)
        links += decide_quotations(connection, weigh)
        run_statements(connection, _sql("40_quotations"))
    run_statements(connection, _sql("50_utterances"))
    write_differences(connection)
    _write_links(connection, links)


def _sql(name: str) -> str:
    return files("flows.linking").joinpath("sql", f"{name}.sql").read_text(encoding="utf-8")


COPY_ROWS = """
    CREATE OR REPLACE TEMP TABLE link_copy_rows AS
    WITH members AS MATERIALIZED (
        SELECT rowid AS row_number FROM articles
        WHERE copy_id IN (SELECT copy_id FROM touched_copies)
    )
    SELECT m.row_number, a.article_id, a.run_id
    FROM articles AS a JOIN members AS m ON m.row_number = a.rowid
"""
"""Articles of the groups of copies that were touched: keys first, in one narrow scan."""

COPIES = """
    SELECT a.copy_id, a.article_id, a.site, coalesce(s.name, a.source_id), a.syndicated_name,
        a.published_at, a.first_seen_at
    FROM articles AS a
    JOIN link_copy_rows AS r ON r.row_number = a.rowid
    LEFT JOIN sources AS s ON s.source_id = a.source_id
    ORDER BY a.copy_id, a.article_id
"""


STANDING = """
    CREATE OR REPLACE TEMP TABLE link_at_hand AS
    SELECT article_id, row_number, run_id FROM link_copy_rows
    UNION ALL
    SELECT article_id, NULL, NULL FROM link_decided ANTI JOIN link_copy_rows USING (article_id);

    CREATE OR REPLACE TEMP TABLE link_standing AS
    WITH earliest AS (
        SELECT min(coalesce(r.load_number, 0)) AS load_number
        FROM link_at_hand AS h LEFT JOIN meta.runs AS r ON r.run_id = h.run_id
        WHERE (h.row_number < getvariable('first_article_row')) IS NOT FALSE
    ), runs AS (
        SELECT r.run_id FROM link_runs AS r, earliest AS e
        WHERE r.load_number IS NULL OR r.load_number >= e.load_number
    ), standing AS MATERIALIZED (
        SELECT l.rowid AS row_number FROM meta.links AS l
        SEMI JOIN link_at_hand AS h ON h.article_id = l.from_id
        SEMI JOIN runs AS r ON r.run_id = l.run_id
    )
    SELECT s.row_number, l.kind, l.from_id, l.to_id
    FROM meta.links AS l
    JOIN standing AS s ON s.row_number = l.rowid
    WHERE l.kind IN ('copy', 'story')
"""
"""Links that the articles at hand have, found in one scan of keys: those of runs since the first
that wrote one of them. Articles of this load have none. Links of quotations need none: those of new
articles are gone, and one side is always new.
"""

FORMER_COPIES = """
    CREATE OR REPLACE TEMP TABLE link_former_copies AS
    SELECT s.row_number, l.from_id, l.to_id,
        (l.from_id, l.to_id, json_extract_string(l.parts, '$.why')) IN
            (SELECT (from_id, to_id, why) FROM link_copies) AS is_wanted
    FROM meta.links AS l
    JOIN link_standing AS s ON s.row_number = l.rowid
    WHERE s.kind = 'copy' AND s.from_id IN (SELECT article_id FROM link_copy_rows)
"""
"""Links that these groups have, with whether they still hold."""


def _copy_links(connection: duckdb.DuckDBPyConnection) -> list[Link]:
    """Return a link from each copy to its original, of the groups that were touched; links that
    hold already are left, others of these groups deleted.
    """
    groups: dict[str, list[Printed]] = defaultdict(list)
    connection.execute(COPY_ROWS)
    for key, article, site, source, credited, published, seen in connection.execute(
        COPIES
    ).fetchall():
        names = tuple(name for name in (site, source) if name)
        groups[key].append(Printed(article, names, credited, published, seen))
    wanted = [
        (printed.article_id, original, why)
        for group in groups.values()
        if len(group) > 1
        for original, why in [original_of(group)]
        for printed in group
        if printed.article_id != original
    ]
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_copies (from_id VARCHAR, to_id VARCHAR, why VARCHAR)"
    )
    insert_rows(connection, "link_copies", wanted)
    connection.execute(STANDING)
    connection.execute(FORMER_COPIES)
    connection.execute(
        "DELETE FROM meta.links WHERE rowid IN (SELECT row_number FROM link_former_copies "
        "WHERE NOT is_wanted)"
    )
    fresh = connection.execute(
        "SELECT c.from_id, c.to_id, c.why FROM link_copies AS c WHERE NOT EXISTS "
        "(FROM link_former_copies AS l WHERE l.is_wanted AND l.from_id = c.from_id AND "
        "l.to_id = c.to_id) ORDER BY c.from_id"
    ).fetchall()
    compared = {key for copy, original, _ in fresh for key in (copy, original)}
    texts = read_texts(connection, compared, known="link_copy_rows")
    links: list[Link] = []
    for copy, original, why in fresh:
        shared, added, cut = compare_texts(texts[original], texts[copy])
        parts = {
            "of_shorter": round(shared.of_shorter, 3),
            "of_both": round(shared.of_both, 3),
            "why": why,
            "added": added,
            "cut": cut,
        }
        links.append(
            (
                "copy",
                copy,
                original,
                copy,
                original,
                round(shared.score, 3),
                json.dumps(parts, ensure_ascii=False),
            )
        )
    return links


def _write_links(connection: duckdb.DuckDBPyConnection, links: list[Link]) -> None:
    run = connection.execute("SELECT getvariable('run_id')").fetchall()[0][0]
    version = link_version()
    unique = {row[:3]: row for row in links}
    connection.execute("CREATE OR REPLACE TEMP TABLE link_made AS FROM meta.links LIMIT 0")
    insert_rows(connection, "link_made", [(*row, version, run) for row in unique.values()])
    connection.execute(
        "DELETE FROM link_made WHERE kind = 'narration' AND NOT EXISTS (FROM narrations AS n "
        "WHERE n.article_id || '/' || n.char_start = link_made.from_id)"
    )
    connection.execute(
        "DELETE FROM meta.links WHERE rowid IN (SELECT row_number FROM link_standing "
        "WHERE kind = 'story' AND from_id IN (SELECT article_id FROM link_decided) "
        "AND (from_id, to_id) NOT IN (SELECT (from_id, to_id) FROM link_made WHERE kind = 'story'))"
    )
    connection.execute(
        "INSERT INTO meta.links SELECT * FROM link_made AS m WHERE NOT EXISTS (FROM link_standing "
        "AS l WHERE l.kind = m.kind AND l.from_id = m.from_id AND l.to_id = m.to_id) "
        "ORDER BY kind, from_id, to_id"
    )


def rewrite_stories(
    connection: duckdb.DuckDBPyConnection, moved: Sequence[tuple[str, str]]
) -> None:
    """Give articles to other stories: rows (article_id, story_id). People decide so, not
    linking.
    """
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE touched_stories AS SELECT story_id FROM stories LIMIT 0;
        CREATE OR REPLACE TEMP TABLE touched_copies AS SELECT copy_id FROM articles LIMIT 0;
        CREATE OR REPLACE TEMP TABLE touched_utterances AS SELECT utterance_id FROM utterances
            LIMIT 0;
        CREATE OR REPLACE TEMP TABLE link_rewritten (article_id VARCHAR, story_id VARCHAR);
        """
    )
    insert_rows(connection, "link_rewritten", moved)
    connection.execute(
        """
        INSERT INTO touched_stories
        SELECT a.story_id FROM articles AS a JOIN link_rewritten AS r ON r.article_id =
            a.article_id WHERE a.story_id IS NOT NULL;
        INSERT INTO touched_utterances
        SELECT DISTINCT utterance_id FROM meta.quote_rows WHERE article_id IN (SELECT article_id
            FROM link_rewritten) AND utterance_id IS NOT NULL;
        """
    )
    rows = connection.execute(
        "SELECT a.article_id, r.story_id, a.copy_id, false FROM articles AS a "
        "JOIN link_rewritten AS r ON r.article_id = a.article_id ORDER BY a.article_id"
    ).fetchall()
    write_articles(connection, Decided(rows, [], {}, {}))
    for name in ("20_articles", "30_stories", "50_utterances"):
        run_statements(connection, _sql(name))
