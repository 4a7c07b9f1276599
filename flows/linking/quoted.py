"""Reads the quotations that new ones are compared with, and says which pairs are worth it.

A new quotation is compared with those of its story, and with those of other stories of the same
days that share a run of words with it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, combinations, pairwise

import duckdb

from flows.link.wordings.alignment import Weigh, numbers_of
from flows.link.wordings.decide import MIN_WORDS, Speaker
from flows.link.wordings.group import Pair
from flows.linking.speakers import find_speakers

MAX_MEMBERS = 60
"""Newest articles of a story whose quotations a new one is compared with."""

MAX_SHARING = 40
"""Wordings that share one run of words and are compared; more is a phrase. One wording may stand in
any number of articles.
"""

MAX_SHORT, MIN_RARE = 4, 0.4
"""Words of a short quotation, and weight of a word by which it finds others of its story."""

MAX_STORIES = 3
"""Stories that one run of words joins; words of more stories are a slogan."""

KNOWN = """
    CREATE OR REPLACE TEMP TABLE link_stories AS
    SELECT DISTINCT story_id FROM meta.link_articles SEMI JOIN link_fresh USING (article_id) WHERE
        story_id IS NOT NULL;

    CREATE OR REPLACE TEMP TABLE link_members AS
    SELECT l.rowid AS row_number, l.article_id, l.story_id,
        l.article_id IN (SELECT article_id FROM link_fresh) AS is_fresh
    FROM meta.link_articles AS l
    WHERE l.story_id IN (SELECT story_id FROM link_stories)
    QUALIFY row_number() OVER (PARTITION BY l.story_id ORDER BY is_fresh DESC,
        coalesce(l.published_on, l.seen_on) DESC, l.article_id) <= $members;

    CREATE OR REPLACE TEMP TABLE link_far AS
    WITH mine AS (SELECT DISTINCT unnest(keys) AS key FROM meta.link_quotes SEMI JOIN link_fresh
        USING (article_id)),
    given AS (SELECT rowid AS row_number, unnest(keys) AS key FROM meta.link_quotes),
    found AS MATERIALIZED (
        SELECT DISTINCT g.row_number FROM given AS g JOIN mine AS m ON m.key = g.key)
    SELECT DISTINCT q.article_id
    FROM meta.link_quotes AS q JOIN found AS r ON r.row_number = q.rowid;

    CREATE OR REPLACE TEMP TABLE link_compared_rows AS
    SELECT rowid AS row_number FROM meta.link_quotes
    WHERE article_id IN (SELECT article_id FROM link_members UNION SELECT article_id FROM link_far
        UNION SELECT article_id FROM link_fresh);

    CREATE OR REPLACE TEMP TABLE link_compared AS
    SELECT q.*, c.row_number
    FROM meta.link_quotes AS q JOIN link_compared_rows AS c ON c.row_number = q.rowid;
"""
"""Stories that a new article belongs to, their newest articles, and articles of other stories with
a quotation that shares a run of words with a new one; then the quotations of all these, found by
keys alone.
"""

QUOTES = """
    SELECT q.quote_id, q.article_id, l.story_id, q.kind, q.text, q.char_start, q.char_end,
        q.speaker, n.entity_id, n.is_person,
           q.utterance_id, q.article_id IN (SELECT article_id FROM link_fresh),
               coalesce(q.published_on, q.seen_on), q.keys
    FROM link_compared AS q
    JOIN meta.link_articles AS l ON l.article_id = q.article_id
    LEFT JOIN link_speakers AS n ON n.name_id = q.speaker_name_id
    ORDER BY coalesce(q.published_on, q.seen_on), q.article_id, q.char_start, q.quote_id
"""


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation of the window. `day` is an ordinal."""

    quote_id: str
    article_id: str
    story_id: str | None
    kind: str
    text: str
    start: int
    end: int
    speaker: Speaker
    utterance_id: str | None
    is_fresh: bool
    day: int
    keys: tuple[int, ...]
    words: tuple[int, ...]

    @property
    def is_quoted(self) -> bool:
        """Whether the words stand in quotation marks."""
        return self.kind != "indirect"

    @property
    def place(self) -> str:
        """The story, or the article if it is in none."""
        return self.story_id or self.article_id


def read_quotations(connection: duckdb.DuckDBPyConnection) -> list[Quotation]:
    """Return the quotations of the articles in `link_fresh` and those to compare them with, in
    order of day and article.
    """
    connection.execute(KNOWN.replace("$members", str(MAX_MEMBERS)))
    find_speakers(connection, "link_compared")
    found = []
    for row in connection.execute(QUOTES).fetchall():
        key, article, story, kind, text, start, end, speaker, entity, person, said, fresh = row[:12]
        found.append(
            Quotation(
                key,
                article,
                story,
                kind,
                text,
                start,
                end,
                Speaker(speaker, entity, bool(person)),
                said,
                fresh,
                row[12].toordinal(),
                tuple(row[13]),
                numbers_of(text),
            )
        )
    return found


def find_pairs(quotations: list[Quotation], weigh: Weigh) -> list[tuple[int, int, bool]]:
    """Return pairs worth comparing, with whether one story joins them: those that share three words
    in a row, or one of them is short and they share a rare word, within a story; and those that
    share a key otherwise.

    Two quotations of one article are one utterance only where they have the same words, so most
    stories, which have one article, need no more than a look at whole quotations.
    """
    articles: dict[str, set[str]] = defaultdict(set)
    for q in quotations:
        articles[q.place].add(q.article_id)
    told_by_many = [n for n, q in enumerate(quotations) if len(articles[q.place]) > 1]
    told_by_one = [n for n, q in enumerate(quotations) if len(articles[q.place]) == 1]
    in_story = chain(
        _share_run(quotations, told_by_many),
        _share_rare_word(quotations, told_by_many, weigh),
        _have_same_words(quotations, told_by_one),
        _of_one_speaker(quotations),
    )
    found = dict.fromkeys(in_story, True)
    for pair in _share_key(quotations):
        found.setdefault(pair, False)
    return [
        (one, other, is_near)
        for (one, other), is_near in sorted(found.items())
        if quotations[one].is_fresh or quotations[other].is_fresh
    ]


Place = tuple[object, ...]
"""A story, or an article without one, and words that quotations of it share."""


def _have_same_words(quotations: list[Quotation], chosen: list[int]) -> Iterator[Pair]:
    """Yield the pairs of a story that have the same words, of the `chosen` quotations."""
    same: dict[Place, list[int]] = defaultdict(list)
    for n in chosen:
        if len(quotations[n].words) >= MIN_WORDS:
            same[quotations[n].place, quotations[n].words].append(n)
    for some in same.values():
        yield from combinations(some, 2)


def _share_run(quotations: list[Quotation], chosen: list[int]) -> Iterator[Pair]:
    """Yield the pairs of a story that share three words in a row, or two that are all of one, of
    the `chosen` quotations.
    """
    twos = {(q.place, *q.words) for q in quotations if len(q.words) == MIN_WORDS}
    near: dict[Place, list[int]] = defaultdict(list)
    for n in chosen:
        q = quotations[n]
        for run in zip(*(q.words[k:] for k in range(3)), strict=False):
            near[(q.place, *run)].append(n)
        for two in pairwise(q.words) if q.is_quoted or len(q.words) == MIN_WORDS else ():
            if (key := (q.place, *two)) in twos:
                near[key].append(n)
    for run, some in near.items():
        members = sorted(set(some))
        if len({quotations[n].words for n in members}) <= MAX_SHARING:
            for pair in combinations(members, 2):
                if len(run) == 4 or any(len(quotations[n].words) == MIN_WORDS for n in pair):
                    yield pair


def _share_rare_word(
    quotations: list[Quotation], chosen: list[int], weigh: Weigh
) -> Iterator[Pair]:
    """Yield the pairs of a story that share a rare word and of which one is short, of the `chosen`
    quotations.
    """
    is_short = [q.is_quoted and MIN_WORDS < len(q.words) <= MAX_SHORT for q in quotations]
    rare: dict[Place, list[int]] = {
        (quotations[n].place, word): []
        for n in chosen
        for word in (quotations[n].words if is_short[n] else ())
        if weigh(word) >= MIN_RARE
    }
    for n in chosen:
        q = quotations[n]
        for word in set(q.words) if q.is_quoted and rare else ():
            if (key := (q.place, word)) in rare:
                rare[key].append(n)
    for some in rare.values():
        if len({quotations[n].words for n in some}) <= MAX_SHARING:
            yield from (pair for pair in combinations(some, 2) if any(is_short[n] for n in pair))


def _of_one_speaker(quotations: list[Quotation]) -> Iterator[Pair]:
    """Yield the pairs of a story that credit one entity and of which one is reported speech."""
    told: dict[Place, list[int]] = defaultdict(list)
    for n, q in enumerate(quotations):
        if q.story_id and q.speaker.entity_id:
            told[(q.story_id, q.speaker.entity_id)].append(n)
    for some in told.values():
        for one, other in combinations(some[:MAX_SHARING], 2):
            if not (quotations[one].is_quoted and quotations[other].is_quoted):
                yield one, other


def _share_key(quotations: list[Quotation]) -> Iterator[Pair]:
    """Yield the pairs that share a key, unless it is a slogan of many wordings or stories."""
    far: dict[int, list[int]] = defaultdict(list)
    for n, q in enumerate(quotations):
        for key in q.keys:
            far[key].append(n)
    for some in far.values():
        members = sorted(set(some))
        wordings = {quotations[n].words for n in members}
        if (
            len(wordings) <= MAX_SHARING
            and len({quotations[n].place for n in members}) <= MAX_STORIES
        ):
            yield from combinations(members, 2)
