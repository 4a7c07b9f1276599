"""Finds and places narrations: words that one article of a story quotes and another tells."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Container
from dataclasses import dataclass
from typing import NamedTuple

import duckdb

from flows.link.fingerprint import spans_of
from flows.link.wordings.alignment import Weigh
from flows.link.wordings.narrated import (
    MIN_WORDS,
    Narrated,
    find_narrated,
    places_of,
    runs_of,
    sentences,
)
from flows.linking.quoted import Quotation
from flows.linking.texts import read_texts

MAX_FRAGMENT = 4
"""Words in marks that an article tells along with its own: he called it "a good day" and left."""

MASKED = -2
"""Stands for a word in marks: no word has this number."""


@dataclass(frozen=True, slots=True)
class Told:
    """Words of an article that tell a quotation as its own."""

    article_id: str
    start: int
    end: int
    text: str
    quotation: int
    score: float


class _Place(NamedTuple):
    """Words `first` to `last` (exclusive) of an article that tell a quotation (a number)."""

    article_id: str
    first: int
    last: int
    quotation: int
    score: float


Words = dict[str, list[int]]
"""The words of articles, by key; those in marks are masked, but for fragments."""


def find_narrations(
    connection: duckdb.DuckDBPyConnection,
    quotations: list[Quotation],
    weigh: Weigh,
    apart: Container[tuple[str, int]] = (),
) -> list[Told]:
    """Return where articles of a story tell each other's quotations as their own words, but for
    those that are `apart`: an article and a quotation each.
    """
    fresh, stories = _read_unmarked(connection)
    quoted: dict[str, list[int]] = defaultdict(list)
    for n, q in enumerate(quotations):
        if q.story_id and q.is_quoted and len(q.words) >= MIN_WORDS:
            quoted[q.story_id].append(n)
    found: list[_Place] = []
    for story, members in sorted(stories.items()):
        parts = {n: sentences(quotations[n].text) for n in quoted[story]}
        wanted = runs_of(part for some in parts.values() for part in some)
        for article, words in members.items():
            places = places_of(words, wanted)
            for n in quoted[story] if places else ():
                q = quotations[n]
                is_new = article in fresh or q.is_fresh
                if q.article_id == article or not is_new or (article, n) in apart:
                    continue
                told = find_narrated(parts[n], words, places, weigh)
                if told and not _is_told(members.get(q.article_id), words, told, weigh):
                    found.append(_Place(article, told.first, told.last, n, told.score))
    return _placed(connection, quotations, _best(found))


def _read_unmarked(connection: duckdb.DuckDBPyConnection) -> tuple[set[str], dict[str, Words]]:
    """Return which articles are new, and the words of the articles of each story that has several:
    most have one, whose words nobody else tells.
    """
    fresh: set[str] = set()
    stories: dict[str, Words] = defaultdict(dict)
    for story, article, is_fresh, words, marked in connection.execute(
        "WITH told AS (FROM link_members QUALIFY count(*) OVER (PARTITION BY story_id) > 1) "
        "SELECT m.story_id, m.article_id, m.is_fresh, l.words, l.quoted FROM told AS m "
        "JOIN meta.link_articles AS l ON l.rowid = m.row_number ORDER BY m.article_id"
    ).fetchall():
        for first, last in zip(marked[::2], marked[1::2], strict=True):
            if last - first > MAX_FRAGMENT:
                words[first:last] = [MASKED] * (last - first)
        stories[story][article] = words
        if is_fresh:
            fresh.add(article)
    return fresh, stories


def _is_told(quoting: list[int] | None, telling: list[int], told: Narrated, weigh: Weigh) -> bool:
    """Whether the article that quotes the words tells them itself: then they are no news of the
    speaker's.
    """
    if quoting is None:
        return False
    words = tuple(telling[told.first : told.last])
    return find_narrated([words], quoting, places_of(quoting, runs_of([words])), weigh) is not None


def _best(found: list[_Place]) -> list[_Place]:
    """Return the best of those that overlap in one article."""
    kept: dict[str, list[_Place]] = defaultdict(list)
    for row in sorted(
        found,
        key=lambda r: (r.article_id, -(r.last - r.first) * r.score, r.first, r.quotation),
    ):
        others = kept[row.article_id]
        if all(row.last <= other.first or other.last <= row.first for other in others):
            others.append(row)
    return [row for rows in kept.values() for row in rows]


def _placed(
    connection: duckdb.DuckDBPyConnection,
    quotations: list[Quotation],
    found: list[_Place],
) -> list[Told]:
    """Return the same with offsets of characters, from the articles' texts."""
    texts = read_texts(connection, {row.article_id for row in found})
    words = {article: spans_of(text) for article, text in texts.items()}
    placed = []
    for article, first, last, n, score in found:
        start, end = words[article][first][0], words[article][last - 1][1]
        placed.append(Told(article, start, end, texts[article][start:end], n, score))
    return placed
