"""Lays the temporary tables and views that checks read.

Checks read articles through `checked_articles`, pages through `checked_pages`, what hangs on an
article through `checked_quotes`, `checked_mentions`, `checked_boilerplate`,
`checked_article_versions`, and other tables by `checked_ids`. Within a run these hold what the run
touched, so that a check costs what is new; `newsduck check` lays them over everything. The view
`recent_articles` holds the articles of the same sources in the fortnight before, without their
texts, and `recent_facts` what is compared of them, for what only shows over time.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.run_sql import run_statements
from warehouse.sql import insert_rows


def named_quotes(rows: str, names: str = "meta.entity_names") -> str:
    """Return a query of `rows`, which are as those of meta.quote_rows, with the key and the entity
    of their speaker's name; both are null where the name is missing.
    """
    return (
        "SELECT q.*, n.name_id AS speaker_name_id, n.entity_id AS speaker_entity_id "
        f"FROM {rows} AS q LEFT JOIN {names} AS n ON n.name_number = q.speaker_name_number"
    )


def named_mentions(rows: str, names: str = "meta.entity_names") -> str:
    """Return a query of `rows`, which are as those of meta.mention_rows, with the key and the
    entity of their name; both are null where the name is missing.
    """
    return (
        f"SELECT m.*, n.name_id, n.entity_id FROM {rows} AS m "
        f"LEFT JOIN {names} AS n ON n.name_number = m.name_number"
    )


def run_rows(name: str, table: str) -> str:
    """Return statements that make the temporary table `name`. It holds the rows of `table` that
    give an article number from the variable `first_article_number` on, and those that are left of
    articles that were replaced, which a load has taken away.
    """
    return f"""
    CREATE OR REPLACE TEMP TABLE {name} AS
        FROM {table} WHERE article_number >= getvariable('first_article_number');
    -- needs: replaced_numbers
    INSERT INTO {name}
        FROM {table} WHERE article_number < getvariable('first_article_number')
            AND article_number IN (SELECT article_number FROM replaced_numbers);
    """


RUN_VIEWS = f"""
    CREATE OR REPLACE TEMP TABLE checked_articles AS FROM articles WHERE rowid >=
        getvariable('first_article_row');
    CREATE OR REPLACE TEMP TABLE checked_pages AS FROM meta.pages WHERE rowid >=
        getvariable('first_page_row');
    CREATE OR REPLACE TEMP TABLE checked_ids AS SELECT article_id FROM current_versions UNION
        SELECT article_id FROM replaced;
    CREATE TEMP TABLE IF NOT EXISTS replaced_numbers (article_number BIGINT);
    {run_rows("checked_quote_rows", "meta.quote_rows")}
    {run_rows("checked_mention_rows", "meta.mention_rows")}
    CREATE OR REPLACE TEMP TABLE checked_row_names AS
        SELECT name_number, name_id, entity_id FROM meta.entity_names
        WHERE name_number IN (SELECT speaker_name_number FROM checked_quote_rows
            UNION SELECT name_number FROM checked_mention_rows);
    CREATE OR REPLACE TEMP VIEW checked_quotes AS
        {named_quotes("checked_quote_rows", "checked_row_names")};
    CREATE OR REPLACE TEMP VIEW checked_mentions AS
        {named_mentions("checked_mention_rows", "checked_row_names")};
    {run_rows("checked_boilerplate", "meta.boilerplate_rows")}
    DELETE FROM checked_boilerplate WHERE article_id IS NULL;
    CREATE TEMP TABLE IF NOT EXISTS former_versions (version_row BIGINT, article_id VARCHAR);
    CREATE OR REPLACE TEMP TABLE checked_version_rows AS
        SELECT rowid AS row_number, article_id FROM article_versions
        WHERE rowid >= getvariable('first_version_row')
        UNION SELECT version_row, article_id FROM former_versions;
    CREATE OR REPLACE TEMP TABLE checked_elsewhere AS
        SELECT article_id FROM checked_ids ANTI JOIN checked_version_rows USING (article_id);
    -- needs: checked_elsewhere
    INSERT INTO checked_version_rows
        SELECT v.rowid, v.article_id
        FROM article_versions AS v SEMI JOIN checked_elsewhere USING (article_id);
    CREATE OR REPLACE TEMP TABLE checked_article_versions AS
        SELECT v.article_id, v.version, v.text_hash
        FROM article_versions AS v JOIN checked_version_rows AS r ON r.row_number = v.rowid;
    CREATE TEMP TABLE IF NOT EXISTS former_articles (article_row BIGINT);
    CREATE OR REPLACE TEMP TABLE checked_present AS
        SELECT article_id, story_id FROM articles
        WHERE rowid >= getvariable('first_article_row');
    -- needs: former_articles
    INSERT INTO checked_present
        SELECT a.article_id, a.story_id
        FROM articles AS a JOIN former_articles AS r ON r.article_row = a.rowid
        WHERE a.rowid < getvariable('first_article_row');
    CREATE OR REPLACE TEMP TABLE checked_elsewhere AS
        FROM checked_ids UNION SELECT article_id FROM checked_quotes UNION SELECT article_id
        FROM checked_mentions UNION SELECT article_id FROM checked_boilerplate;
    DELETE FROM checked_elsewhere WHERE article_id IN (SELECT article_id FROM checked_present);
    -- needs: checked_elsewhere
    INSERT INTO checked_present
        SELECT article_id, story_id FROM articles SEMI JOIN checked_elsewhere USING (article_id);
    CREATE OR REPLACE TEMP TABLE checked_missing AS
        SELECT article_id FROM checked_ids ANTI JOIN checked_present USING (article_id);
    CREATE OR REPLACE TEMP TABLE checked_facts AS
        SELECT article_id FROM meta.article_facts
        WHERE article_number >= getvariable('first_article_number')
            AND article_id IN (FROM checked_ids);
    CREATE OR REPLACE TEMP TABLE checked_elsewhere AS
        SELECT article_id FROM checked_ids ANTI JOIN checked_facts USING (article_id);
    -- needs: checked_elsewhere
    INSERT INTO checked_facts
        SELECT article_id FROM meta.article_facts SEMI JOIN checked_elsewhere USING (article_id);
    CREATE OR REPLACE TEMP TABLE checked_wordings AS
        SELECT utterance_id FROM checked_quotes
        UNION SELECT utterance_id FROM narrations SEMI JOIN checked_ids USING (article_id);
    CREATE OR REPLACE TEMP TABLE checked_utterances AS
        SELECT utterance_id FROM utterances
        WHERE rowid >= getvariable('first_utterance_row')
            AND utterance_id IN (SELECT utterance_id FROM checked_wordings);
    CREATE OR REPLACE TEMP TABLE checked_elsewhere AS
        SELECT utterance_id FROM checked_wordings ANTI JOIN checked_utterances USING (utterance_id)
        WHERE utterance_id IS NOT NULL;
    -- needs: checked_elsewhere
    INSERT INTO checked_utterances
        SELECT utterance_id FROM utterances SEMI JOIN checked_elsewhere USING (utterance_id);
    CREATE OR REPLACE TEMP TABLE checked_entities AS
        SELECT entity_id FROM entities WHERE rowid >= getvariable('first_entity_row');
    CREATE OR REPLACE TEMP TABLE checked_elsewhere AS
        SELECT entity_id FROM checked_mentions UNION SELECT speaker_entity_id FROM checked_quotes;
    DELETE FROM checked_elsewhere
        WHERE entity_id IS NULL OR entity_id IN (SELECT entity_id FROM checked_entities);
    -- needs: checked_elsewhere
    INSERT INTO checked_entities
        SELECT entity_id FROM entities SEMI JOIN checked_elsewhere USING (entity_id);
    CREATE OR REPLACE TEMP TABLE checked_names AS
        SELECT n.name_id, n.entity_id, n.plain_id, n.name_number
        FROM meta.entity_names AS n JOIN made_of_rows AS r ON r.name_row = n.rowid;
    CREATE OR REPLACE TEMP TABLE checked_elsewhere AS
        SELECT entity_id FROM checked_entities ANTI JOIN touched_entities USING (entity_id);
    -- needs: checked_elsewhere
    INSERT INTO checked_names
        SELECT n.name_id, n.entity_id, n.plain_id, n.name_number
        FROM meta.entity_names AS n SEMI JOIN checked_elsewhere USING (entity_id);
    CREATE OR REPLACE TEMP TABLE checked_entity_links AS
        SELECT name_id, entity_id, undone_at FROM meta.entity_links
        WHERE entity_id IN (FROM touched_entities);
"""
"""What a run wrote, and what is left of the articles that it took away. `merges/` makes the tables
and variables named here. Rows of a run are the last of their table, so no other row is read.
Tables hold them, not views: beside another condition on a text, a lake reads all texts before it
looks at row numbers (4.6 s of CPU of a load into 300,000 articles).
"""

WHOLE_VIEWS = f"""
    CREATE OR REPLACE TEMP VIEW checked_articles AS FROM articles;
    CREATE OR REPLACE TEMP VIEW checked_pages AS FROM meta.pages;
    CREATE OR REPLACE TEMP VIEW checked_ids AS
        SELECT article_id FROM articles UNION SELECT article_id FROM meta.quote_rows
        UNION SELECT article_id FROM meta.mention_rows
        UNION SELECT article_id FROM boilerplate;
    CREATE OR REPLACE TEMP VIEW checked_quotes AS {named_quotes("meta.quote_rows")};
    CREATE OR REPLACE TEMP VIEW checked_mentions AS {named_mentions("meta.mention_rows")};
    CREATE OR REPLACE TEMP VIEW checked_boilerplate AS FROM boilerplate WHERE article_id IS NOT
        NULL;
    CREATE OR REPLACE TEMP VIEW checked_article_versions AS SELECT article_id, version, text_hash
        FROM article_versions;
    CREATE OR REPLACE TEMP VIEW checked_present AS SELECT article_id, story_id FROM articles;
    CREATE OR REPLACE TEMP VIEW checked_missing AS
        SELECT article_id FROM checked_ids ANTI JOIN checked_present USING (article_id);
    CREATE OR REPLACE TEMP VIEW checked_facts AS SELECT article_id FROM meta.article_facts;
    CREATE OR REPLACE TEMP VIEW checked_utterances AS SELECT utterance_id FROM utterances;
    CREATE OR REPLACE TEMP VIEW checked_entities AS SELECT entity_id FROM entities;
    CREATE OR REPLACE TEMP VIEW checked_names AS
        SELECT name_id, entity_id, plain_id, name_number FROM meta.entity_names;
    CREATE OR REPLACE TEMP VIEW checked_entity_links AS SELECT name_id, entity_id, undone_at FROM
        meta.entity_links;
"""
"""The same over the whole warehouse, whatever the rows say they hang on."""

RECENT_DAYS = 14
"""Days that `recent_articles` looks back from the newest checked article: two weeks hold weekends
and slow sources.
"""

RECENT = f"""
    SET VARIABLE recent_since = (SELECT least(max(last_seen_at), now()) FROM checked_articles) -
        INTERVAL {RECENT_DAYS} DAY;
    CREATE OR REPLACE TEMP TABLE recent_sources AS
        SELECT source_id FROM checked_articles UNION SELECT source_id FROM checked_pages;
    CREATE OR REPLACE TEMP VIEW recent_articles AS
        SELECT * EXCLUDE (text) FROM articles
        WHERE last_seen_at > getvariable('recent_since')::TIMESTAMPTZ AND source_id IN (FROM
            recent_sources);
"""
"""Articles of the fortnight, of the sources that the round looks at, without their texts."""

RECENT_FACTS = """
    CREATE OR REPLACE TEMP VIEW recent_facts AS
        FROM meta.article_facts
        WHERE last_seen_at > getvariable('recent_since')::TIMESTAMPTZ AND source_id IN (FROM
            recent_sources);
"""

WHOLE_FACTS = """
    CREATE OR REPLACE TEMP TABLE checked_texts AS
        SELECT article_id, language, length(text) AS kept_count,
            substr(md5(lower(text)), 1, 16) AS text_key
        FROM articles WHERE last_seen_at > getvariable('recent_since')::TIMESTAMPTZ;
    CREATE OR REPLACE TEMP TABLE checked_cuts AS
        SELECT article_id, sum(length(text))::BIGINT AS cut_count FROM boilerplate
        WHERE article_id IN (SELECT article_id FROM checked_texts) GROUP BY article_id;
    CREATE OR REPLACE TEMP VIEW recent_facts AS
        SELECT f.* REPLACE (a.kept_count AS kept_count, coalesce(c.cut_count, 0) AS cut_count,
            a.language AS language, a.text_key AS text_key)
        FROM meta.article_facts AS f
        JOIN checked_texts AS a ON a.article_id = f.article_id
        LEFT JOIN checked_cuts AS c ON c.article_id = f.article_id
        WHERE f.last_seen_at > getvariable('recent_since')::TIMESTAMPTZ
            AND f.source_id IN (FROM recent_sources);
"""
"""What is compared of them; where everything is checked, the facts are taken from the texts
anew, once for all checks.
"""

LAID = """
    SELECT 'VIEW', view_name FROM duckdb_views() WHERE temporary AND starts_with(view_name,
        'checked_')
    UNION ALL
    SELECT 'TABLE', table_name FROM duckdb_tables() WHERE temporary AND starts_with(table_name,
        'checked_')
"""
"""Lists the views and tables of earlier rounds, since a view cannot replace a table of its name. It
is asked only where one session made both kinds: a lake takes 0.03 s to list its views.
"""

SourceBounds = tuple[str, int | None, int | None]
"""A source with its fewest and most articles a day; None where it has no such bound."""


def create_views(connection: duckdb.DuckDBPyConnection, run_id: str | None = None) -> None:
    """Lay the views that checks read over what `run_id` wrote, or over the whole warehouse."""
    own = "whole" if run_id is None else "run"
    ((laid,),) = connection.execute("SELECT getvariable('laid_over')").fetchall()
    if laid != own:
        for kind, name in connection.execute(LAID).fetchall() if laid else ():
            connection.execute(f"DROP {kind} {name}")
        # from the second kind on always: an undone transaction may bring the first one back
        connection.execute(f"SET VARIABLE laid_over = '{'both' if laid else own}'")
    run_statements(connection, WHOLE_VIEWS if run_id is None else RUN_VIEWS)
    connection.execute(RECENT)
    connection.execute(WHOLE_FACTS if run_id is None else RECENT_FACTS)
    connection.execute(
        "CREATE TEMP TABLE IF NOT EXISTS source_bounds (source_id VARCHAR, least BIGINT, most "
        "BIGINT)"
    )


def create_bounds(connection: duckdb.DuckDBPyConnection, bounds: Sequence[SourceBounds]) -> None:
    """Create the table `source_bounds` for checks of a source's bounds."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE source_bounds (source_id VARCHAR, least BIGINT, most BIGINT)"
    )
    insert_rows(connection, "source_bounds", bounds)
