"""Pages that are not loaded although each on its own looks like an article: a second look that is
worse than the first, and one text at many addresses of a source.

An address that gave an article may later answer with a wall that no rule knows, or with the front
page. The text that was loaded first then stays, and the page is rejected with what was seen;
`newsduck reprocess` loads it where a person finds that it was a rewrite.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

import duckdb

from flows.link.text_likeness import WORD, likeness, same_share, shingles
from warehouse.run_sql import run_statements
from warehouse.sql import insert_rows

MIN_LIKENESS = 0.2
"""Share of content words from which two texts of one address are about the same. Of 720 pairs of
different articles nine in ten share less, as walls do; the parts of one article share a third.
"""

MIN_LENGTH_SHARE = 0.2
"""Share of the former words below which a text is what is left of the article."""

TEASER_SHARE = 0.5
"""A teaser has less than this share of the former text's words."""

LEAD_WORDS, PROMPT_WORDS = 15, 6
"""A teaser begins with so many words of the article, and ends with so many that are not in it."""

STUB_WORDS, GROWTH = 120, 3
"""A text shorter than this may have been a teaser or a wall itself: one that is three times as long
may take its place, whatever it says.
"""

MIN_ADDRESSES = 4
"""Addresses of a source with nearly one text from which it is a wall. The same article at two or
three addresses (for phones, for print) is usual.
"""

MIN_SAME_SHARE = 0.6
"""Share of all runs of three words that two such texts have in common: a wall of sixty words in
which a number, a time and an address differ has 0.7, a report written from a template 0.4.
"""

MAX_OTHER_RUNS = 6
"""Runs of three words that two words which differ make."""

SKETCH = 8
"""Smallest hashes of a text by which texts that are nearly the same find each other."""

KNOWN = """
    CREATE OR REPLACE TEMP TABLE look_pages AS
    SELECT p.location, p.page_id, p.article_id
    FROM staged_pages AS p
    SEMI JOIN staged_articles AS s ON s.page_id = p.page_id AND s.article_id = p.article_id
    WHERE p.outcome = 'loaded';

    -- needs: look_pages, else (page_row BIGINT)
    CREATE OR REPLACE TEMP TABLE look_rows AS
    SELECT rowid AS page_row FROM meta.pages
    WHERE location IN (SELECT location FROM look_pages) AND outcome = 'loaded';

    CREATE OR REPLACE TEMP TABLE look_asked AS
    SELECT DISTINCT location, article_id FROM look_pages;

    -- needs: look_rows
    INSERT INTO look_asked
    SELECT p.location, max_by(p.article_id, r.load_number) AS article_id
    FROM meta.pages AS p
    JOIN look_rows AS k ON k.page_row = p.rowid
    JOIN meta.runs AS r ON r.run_id = p.run_id
    GROUP BY p.location
    HAVING article_id IS NOT NULL
    EXCEPT FROM look_asked;

    CREATE OR REPLACE TEMP TABLE look_facts AS
    SELECT first_seen_at FROM meta.article_facts
    WHERE key_number IN (SELECT (md5_number_lower(article_id) >> 1)::BIGINT FROM look_asked);

"""
"""Articles that the addresses of a load gave before: keys first, since few have any."""

STOOD = """
    SET VARIABLE look_since = (SELECT min(first_seen_at) FROM look_facts);

    CREATE OR REPLACE TEMP TABLE look_article_rows AS
    SELECT rowid AS article_row FROM articles
    WHERE first_seen_at >= getvariable('look_since')::TIMESTAMPTZ
        AND article_id IN (SELECT article_id FROM look_asked);

    CREATE OR REPLACE TEMP TABLE look_articles AS
    SELECT a.article_id, a.page_id, a.title, a.text, a.word_count, a.published_at, a.modified_at,
        coalesce(a.canonical_url, a.url) AS address
    FROM articles AS a
    JOIN look_article_rows AS r ON r.article_row = a.rowid;
"""
"""These articles as they stand, sought from the time on that the first of them was seen."""

PAIRS = """
    SELECT n.location, a.article_id, a.article_id = n.article_id,
        s.title, s.text, s.word_count, s.published_at, s.modified_at,
        coalesce(s.canonical_url, s.url),
        a.title, a.text, a.word_count, a.published_at, a.modified_at, a.address
    FROM look_articles AS a
    JOIN look_asked AS w ON w.article_id = a.article_id
    JOIN look_pages AS n ON n.location = w.location AND n.page_id <> a.page_id
    JOIN staged_articles AS s ON s.page_id = n.page_id AND s.article_id = n.article_id
    ORDER BY n.location, a.article_id
"""

CANDIDATES = """
    SELECT p.location, s.source_id, s.title, s.text, s.published_at,
        coalesce(s.canonical_url, s.url)
    FROM staged_pages AS p
    JOIN staged_articles AS s ON s.page_id = p.page_id AND s.article_id = p.article_id
    WHERE p.outcome = 'loaded' AND coalesce(s.canonical_url, s.url) IS NOT NULL
    QUALIFY count(DISTINCT s.article_id) OVER (PARTITION BY s.source_id) >= ?
    ORDER BY s.source_id, p.position
"""


@dataclass(frozen=True, slots=True)
class Look:
    """What an address gave at one time."""

    title: str | None
    text: str
    word_count: int
    published_at: datetime | None
    modified_at: datetime | None
    address: str | None


def refuse_pages(connection: duckdb.DuckDBPyConnection) -> None:
    """Fill the temporary table `refused_pages` (location, detail, article_id) from the staged rows.
    `article_id` is the article that keeps its text.
    """
    refused: dict[str, tuple[str, str | None]] = {}
    run_statements(connection, KNOWN)
    pairs: list[tuple[Any, ...]] = []
    if connection.execute("SELECT 1 FROM look_facts LIMIT 1").fetchall():
        run_statements(connection, STOOD)
        pairs = connection.execute(PAIRS).fetchall()
    for location, kept_id, is_same, *values in pairs:
        new, old = Look(*values[:6]), Look(*values[6:])
        reason = worse(new, old) if is_same else strayed(new, old)
        if reason:
            detail = f"unlike_before: {reason}; the text of before stays"
            refused[location] = (detail, kept_id)
    for location, count in repeated(connection.execute(CANDIDATES, [MIN_ADDRESSES]).fetchall()):
        detail = f"repeated_text: {count} addresses of the source gave nearly this text in one run"
        refused.setdefault(location, (detail, None))
    rows = [[location, *rest] for location, rest in sorted(refused.items())]
    insert_rows(connection, "refused_pages", rows)


def worse(new: Look, old: Look) -> str | None:
    """Return why the text that an article's address gives now may not take the place of the one it
    gave before; None where it may.
    """
    if new.word_count < MIN_LENGTH_SHARE * old.word_count:
        return f"the text has {new.word_count} words, it had {old.word_count}"
    if _is_later(new.published_at, old.published_at) or _is_later(new.modified_at, old.modified_at):
        return None
    if old.word_count < STUB_WORDS and new.word_count >= GROWTH * old.word_count:
        return None
    if _likeness(new, old) < MIN_LIKENESS:
        return "the text is quite another"
    if _is_teaser(new.text, old.text):
        return "only the beginning of the text is left, and other words follow it"
    return None


def strayed(new: Look, old: Look) -> str | None:
    """Return why a page is not loaded that stands where another article stood: its address is a
    front page's, above that of the article. None where it is loaded.
    """
    if new.address is None or old.address is None:
        return None
    if len(_steps(new.address)) >= len(_steps(old.address)) or _steps(new.address)[1:]:
        return None
    if _likeness(new, old) >= MIN_LIKENESS and new.word_count < 2 * old.word_count:
        return None
    return f"the address leads to {new.address} now"


def repeated(
    rows: Iterable[tuple[str, str, str | None, str, datetime | None, str]],
) -> Iterator[tuple[str, int]]:
    """Yield each location whose text stands, nearly the same, at MIN_ADDRESSES addresses of its
    source, with their number. `rows` are location, source, title, text, time of publication and
    address, in order.

    Texts with one title and one time of publication are an article with several addresses.
    """
    texts = [(row, shingles(row[3])) for row in rows]
    buckets: dict[tuple[str, int], list[int]] = defaultdict(list)
    for at, (row, runs) in enumerate(texts):
        for key in sorted(runs)[:SKETCH]:
            buckets[row[1], key].append(at)
    for row, runs in texts:
        near = {n for key in sorted(runs)[:SKETCH] for n in buckets[row[1], key]}
        if _is_titles_own(row[2], row[3]):
            # an update of a story, or a report from a template, has a title or a day of its own
            near = {
                n for n in near if texts[n][0][2] == row[2] and texts[n][0][4] in (row[4], None)
            }
        alike = [n for n in near if _is_nearly_same(row[4], runs, texts[n][0][4], texts[n][1])]
        addresses = {texts[n][0][5] for n in alike}
        if len(addresses) < MIN_ADDRESSES:
            continue
        prints = {(texts[n][0][2], texts[n][0][4]) for n in alike}
        if len(prints) == 1 and row[4] is not None:
            continue
        yield row[0], len(addresses)


def _is_titles_own(title: str | None, text: str) -> bool:
    """Whether a text tells what its title says: at least half of the title's longer words."""
    words = {word for word in WORD.findall((title or "").casefold()) if len(word) > 3}
    told = set(WORD.findall(text.casefold()))
    return bool(words) and len(words & told) >= len(words) / 2


def _is_nearly_same(
    at: datetime | None, runs: frozenset[int], other_at: datetime | None, other: frozenset[int]
) -> bool:
    """Whether two texts are nearly the same. Where both have a time of publication of their own,
    at most two words may differ: reports from one template have one each.
    """
    if at is not None and other_at is not None and at != other_at:
        return max(len(runs - other), len(other - runs)) <= MAX_OTHER_RUNS
    return same_share(runs, other) >= MIN_SAME_SHARE


def _is_teaser(new: str, old: str) -> bool:
    """Whether a text is the beginning of an article, followed by a prompt to read on. A text that
    an editor has shortened ends with words of the article.
    """
    words, former = new.casefold().split(), old.casefold().split()
    if len(words) >= TEASER_SHARE * len(former) or len(words) < LEAD_WORDS + PROMPT_WORDS:
        return False
    end = shingles(" ".join(words[-PROMPT_WORDS:]))
    return words[:LEAD_WORDS] == former[:LEAD_WORDS] and not end & shingles(old)


def _is_later(new: datetime | None, old: datetime | None) -> bool:
    return new is not None and old is not None and new > old


def _likeness(new: Look, old: Look) -> float:
    return likeness(f"{new.title or ''} {new.text}", f"{old.title or ''} {old.text}")


def _steps(address: str) -> list[str]:
    """Return the parts of an address's path."""
    return [part for part in urlsplit(address).path.split("/") if part]
