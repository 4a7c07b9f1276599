"""Makes editions of one page one article: before staged rows are loaded, an article whose address
may be a twin of another one's (`link/twins.py`) and whose text is the same gets the other's key.

An address that was joined stays joined while the other article is there, also when its text changes
first. An article that is loaded under its own key keeps it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.link.twins import twin_key
from flows.steps.staged_keys import move_pages
from schemas import ARTICLES, PAGES
from warehouse.sql import quoted

MIN_WORDS = 50
"""A text with fewer words may be a notice or a teaser that many articles show."""

MAX_TWINS = 3
"""Most addresses of one text that are joined; one at more is a wall (`second_look.py`)."""

PAGES_STAGED = """
    CREATE OR REPLACE TEMP TABLE twin_pages AS
    SELECT a.article_id, a.page_id, p.location, coalesce(a.canonical_url, a.url) AS address,
        a.source_id, substr(md5(lower(a.text)), 1, 16) AS text_key
    FROM read_parquet([{articles}]) AS a
    JOIN read_parquet([{pages}]) AS p ON p.page_id = a.page_id AND p.article_id = a.article_id
    WHERE a.word_count >= {least} AND coalesce(a.canonical_url, a.url) IS NOT NULL
"""

STAGED = """
    WITH numbered AS MATERIALIZED (
        SELECT *, (md5_number_lower(article_id) >> 1)::BIGINT AS key_number FROM twin_pages
    ), known AS (
        SELECT key_number FROM meta.article_facts
        WHERE key_number IN (SELECT key_number FROM numbered)
    )
    SELECT * EXCLUDE (key_number) FROM numbered ANTI JOIN known USING (key_number)
    ORDER BY source_id, address, page_id
"""
"""Articles that are new under their key."""

SAME_TEXT = """
    SELECT a.article_id, coalesce(a.canonical_url, a.url), a.source_id, f.text_key
    FROM meta.article_facts AS f
    JOIN articles AS a ON a.article_id = f.article_id
    WHERE f.text_key IN (SELECT text_key FROM twin_pages)
        AND coalesce(a.canonical_url, a.url) IS NOT NULL
    ORDER BY a.first_seen_at, a.article_id
"""
"""Loaded articles with the text of a staged one, the first seen first."""

JOINED_BEFORE = """
    SELECT t.page_id, a.article_id, coalesce(a.canonical_url, a.url)
    FROM (
        SELECT p.location, max_by(p.article_id, r.load_number) AS article_id
        FROM meta.pages AS p JOIN meta.runs AS r ON r.run_id = p.run_id
        WHERE p.outcome IN ('loaded', 'duplicate') AND p.article_id IS NOT NULL
            AND p.location IN (SELECT location FROM twin_pages)
        GROUP BY p.location
    ) AS before
    JOIN twin_pages AS t ON t.location = before.location
    JOIN articles AS a ON a.article_id = before.article_id
    WHERE coalesce(a.canonical_url, a.url) IS NOT NULL
"""
"""The article that the page at each location belonged to last."""


@dataclass(frozen=True, slots=True)
class Staged:
    """A staged article and the page that it is made from."""

    article_id: str
    page_id: str
    location: str
    address: str
    source_id: str
    text_key: str


def join_twins(
    connection: duckdb.DuckDBPyConnection, stage: Path, kept: Mapping[str, Sequence[str]]
) -> int:
    """Give staged articles the keys of the articles whose twins they are; return how many got one.

    `kept` are the parameters that tell the articles of a source apart, by source.
    """
    articles, pages = (
        ", ".join(quoted(file) for file in sorted(stage.glob(f"*/{table.name}.parquet")))
        for table in (ARTICLES, PAGES)
    )
    if not articles:
        return 0
    connection.execute(PAGES_STAGED.format(articles=articles, pages=pages, least=MIN_WORDS))
    staged = [Staged(*row) for row in connection.execute(STAGED).fetchall()]
    if not staged:
        return 0
    moved: dict[str, tuple[str, str | None]] = {}
    before = {row[0]: row[1:] for row in connection.execute(JOINED_BEFORE).fetchall()}
    groups: dict[tuple[str, str, str], list[Staged]] = defaultdict(list)
    for page in staged:
        names = kept.get(page.source_id, ())
        if (key := twin_key(page.address, names)) is None:
            continue
        owner = before.get(page.page_id)
        if owner and twin_key(owner[1], names) == key:
            moved[page.page_id] = owner
        else:
            groups[page.source_id, page.text_key, key].append(page)
    loaded: dict[tuple[str, str, str], list[tuple[str, str]]] = defaultdict(list)
    for article_id, address, source_id, text_key in connection.execute(SAME_TEXT).fetchall():
        if (key := twin_key(address, kept.get(source_id, ()))) is not None:
            loaded[source_id, text_key, key].append((article_id, address))
    for place, twins in groups.items():
        plainest = min(twins, key=lambda page: (len(page.address), page.address))
        found = [*loaded.get(place, ()), (plainest.article_id, plainest.address)]
        if len({page.article_id for page in twins} | {key for key, _ in found}) <= MAX_TWINS:
            moved |= {page.page_id: found[0] for page in twins if page.article_id != found[0][0]}
    move_pages(stage, moved)
    return len(moved)
