"""Decides utterances and narrations of the new articles, and writes them.

A new quotation is compared with those of its story, and with those of other stories of the same
days that share a run of words with it.
"""

from __future__ import annotations

import json
import math
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cache
from itertools import combinations

import duckdb
import numpy as np
import numpy.typing as npt

from flows.link.fingerprint import words_of
from flows.link.keys import utterance_id
from flows.link.wordings.alignment import Alignment, Weigh, align, numbers_of
from flows.link.wordings.decide import (
    MIN_WORDS,
    Speaker,
    compare_speakers,
    is_one_utterance,
    is_reported,
)
from flows.link.wordings.difference import difference
from flows.link.wordings.narrated import find_narrated, places_of, sentences
from flows.linking.corrections import read_corrections
from flows.linking.window import WIDTH
from warehouse.sql import insert_rows

MAX_MEMBERS = 60
"""Newest articles of a story whose quotations a new one is compared with."""

MAX_SHARING = 40
"""Quotations that share one run of words and are compared; more is a phrase."""

MIN_AGREED = 0.5
"""Part of the pairs of different articles between two groups that must be one utterance: a
statement of two sentences must not join all who quote the first to all who quote the second.
"""

MAX_WORDINGS = 12
"""Wordings of one utterance whose pairs are told."""

KNOWN = """
    CREATE OR REPLACE TEMP TABLE link_stories AS
    SELECT DISTINCT story_id FROM meta.link_articles SEMI JOIN link_fresh USING (article_id) WHERE
        story_id IS NOT NULL;

    CREATE OR REPLACE TEMP TABLE link_members AS
    SELECT l.article_id, l.story_id, l.article_id IN (SELECT article_id FROM link_fresh) AS is_fresh
    FROM meta.link_articles AS l
    WHERE l.story_id IN (SELECT story_id FROM link_stories)
    QUALIFY row_number() OVER (PARTITION BY l.story_id ORDER BY is_fresh DESC,
        coalesce(l.published_on, l.seen_on) DESC, l.article_id) <= $members;

    CREATE OR REPLACE TEMP TABLE link_far AS
    WITH mine AS (SELECT DISTINCT unnest(keys) AS key FROM meta.link_quotes SEMI JOIN link_fresh
        USING (article_id)),
    given AS (SELECT quote_id, article_id, unnest(keys) AS key FROM meta.link_quotes WHERE
        len(keys) > 0)
    SELECT DISTINCT g.article_id FROM given AS g JOIN mine AS m ON m.key = g.key;
"""
"""Stories that a new article belongs to, their newest articles, and articles of other stories with
a quotation that shares a run of words with a new one.
"""

QUOTES = """
    SELECT q.quote_id, q.article_id, l.story_id, q.kind, q.text, q.char_start, q.char_end,
        q.speaker, n.entity_id, n.type = 'PERSON',
           q.utterance_id, q.article_id IN (SELECT article_id FROM link_fresh),
               coalesce(q.published_on, q.seen_on), q.keys
    FROM meta.link_quotes AS q
    JOIN meta.link_articles AS l ON l.article_id = q.article_id
    LEFT JOIN meta.entity_names AS n ON n.name_id = q.speaker_name_id
    WHERE q.article_id IN (SELECT article_id FROM link_members UNION SELECT article_id FROM
        link_far UNION SELECT article_id FROM link_fresh)
    ORDER BY coalesce(q.published_on, q.seen_on), q.article_id, q.char_start, q.quote_id
"""

MAX_DAYS = 7
"""Days between two articles of different stories that quote one utterance."""


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


@dataclass(frozen=True, slots=True)
class Told:
    """Words of an article that tell a quotation as its own."""

    article_id: str
    start: int
    end: int
    text: str
    quotation: int
    score: float


Link = tuple[str, str, str, str, str, float, str]


def decide_quotations(connection: duckdb.DuckDBPyConnection, weigh: Weigh) -> list[Link]:
    """Join the quotations of the articles in `link_fresh`, write utterances and narrations, and
    return the links.
    """
    connection.execute(KNOWN.replace("$members", str(MAX_MEMBERS)))
    quotations = _read_quotations(connection)
    pairs = _pairs(quotations)
    said = read_corrections(connection, "wording")
    number = {q.quote_id: n for n, q in enumerate(quotations)}
    apart = {tuple(sorted(pair)) for pair in said.apart_pairs(number)}
    joined: list[tuple[int, int, Alignment | None]] = []
    for one, other, is_near in pairs:
        found = _compared(quotations[one], quotations[other], weigh, is_near=is_near)
        if found is not None and (one, other) not in apart:
            joined.append((one, other, found))
    for members in said.joined(number):
        joined += [(members[0], other, None) for other in members[1:]]
    told = _narrations(connection, quotations, weigh)
    groups, links = _joined(quotations, joined, apart)
    links += _write(connection, quotations, groups, told)
    return links


def _read_quotations(connection: duckdb.DuckDBPyConnection) -> list[Quotation]:
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


def weigher(frequency: npt.NDArray[np.float64], size: int) -> Weigh:
    """Return how rare words are in a window of `size` articles: 1 for a word in one article of 150
    or rarer. `frequency` is by column of the window.
    """
    top = math.log(min(size, 150) + 1)

    @cache
    def weigh(word: int) -> float:
        count = float(frequency[word & (WIDTH - 1)])
        return min(1.0, max(0.0, math.log((size + 1) / (count + 0.5)) / top))

    return weigh


def _pairs(quotations: list[Quotation]) -> list[tuple[int, int, bool]]:
    """Return pairs worth comparing, with whether one story joins them: those that share three words
    in a row or are short within a story, and those that share a key otherwise.
    """
    near: dict[tuple[object, ...], list[int]] = defaultdict(list)
    told: dict[tuple[object, ...], list[int]] = defaultdict(list)
    far: dict[int, list[int]] = defaultdict(list)
    for n, q in enumerate(quotations):
        size = min(3, len(q.words))
        for place in range(len(q.words) - size + 1 if size >= MIN_WORDS else 0):
            near[(q.story_id or q.article_id, *q.words[place : place + size])].append(n)
            if size == 3 and q.is_quoted:
                for two in (q.words[place : place + 2], q.words[place + 1 : place + 3]):
                    near[(q.story_id or q.article_id, *two)].append(n)
        if q.story_id and q.speaker.entity_id:
            told[(q.story_id, q.speaker.entity_id)].append(n)
        for key in q.keys:
            far[key].append(n)
    found: dict[tuple[int, int], bool] = {}
    short = {n for n, q in enumerate(quotations) if len(q.words) <= 2}
    for run, some in near.items():
        members = sorted(set(some))
        if len(members) > MAX_SHARING:
            continue
        for one, other in combinations(members, 2):
            if len(run) == 4 or one in short or other in short:
                found[one, other] = True
    for some in told.values():
        for one, other in combinations(some[:MAX_SHARING], 2):
            if not (quotations[one].is_quoted and quotations[other].is_quoted):
                found[one, other] = True
    for some in far.values():
        members = sorted(set(some))
        if len(members) <= MAX_SHARING:
            for one, other in combinations(members, 2):
                found.setdefault((one, other), False)
    return [
        (one, other, is_near)
        for (one, other), is_near in sorted(found.items())
        if quotations[one].is_fresh or quotations[other].is_fresh
    ]


def _compared(one: Quotation, other: Quotation, weigh: Weigh, *, is_near: bool) -> Alignment | None:
    """Return what two quotations share if they are one utterance."""
    if one.article_id == other.article_id and one.words != other.words:
        return None
    if not is_near and abs(one.day - other.day) > MAX_DAYS:
        return None
    speakers = compare_speakers(one.speaker, other.speaker)
    if not one.is_quoted and not other.is_quoted and (not is_near or speakers != "same"):
        return None
    found = align(one.words, other.words, weigh)
    if is_one_utterance(found, speakers, is_near=is_near):
        # reported speech shares phrases with much: it needs more than a quotation does
        return found if (one.is_quoted and other.is_quoted) or found.common >= 5 else None
    if is_near and speakers == "same" and one.is_quoted != other.is_quoted:
        weights = {word: weigh(word) for word in (*one.words, *other.words)}
        if is_reported(one.words, other.words, weights):
            return found
    return None


def _narrations(
    connection: duckdb.DuckDBPyConnection, quotations: list[Quotation], weigh: Weigh
) -> list[Told]:
    """Return where articles of a story tell each other's quotations as their own words."""
    articles: dict[str, list[tuple[str, bool, list[int]]]] = defaultdict(list)
    for story, article, is_fresh, words, marked in connection.execute(
        "SELECT m.story_id, m.article_id, m.is_fresh, l.words, l.quoted FROM link_members AS m "
        "JOIN meta.link_articles AS l ON l.article_id = m.article_id ORDER BY m.article_id"
    ).fetchall():
        for first, last in zip(marked[::2], marked[1::2], strict=True):
            words[first:last] = [-2] * (last - first)
        articles[story].append((article, is_fresh, words))
    quoted: dict[str, list[int]] = defaultdict(list)
    for n, q in enumerate(quotations):
        if q.story_id and q.is_quoted and len(q.words) >= 5:
            quoted[q.story_id].append(n)
    found: list[tuple[str, int, int, int, float]] = []
    for story, members in sorted(articles.items()):
        if len(members) < 2 or story not in quoted:
            continue
        parts = {n: sentences(quotations[n].text) for n in quoted[story]}
        for article, is_fresh, words in members:
            places = places_of(words)
            for n in quoted[story]:
                q = quotations[n]
                if q.article_id != article and (is_fresh or q.is_fresh):
                    told = find_narrated(parts[n], words, places, weigh)
                    if told:
                        found.append((article, told.first, told.last, n, told.score))
    return _placed(connection, quotations, _best(found))


def _best(
    found: list[tuple[str, int, int, int, float]],
) -> list[tuple[str, int, int, int, float]]:
    """Return the best of those that overlap in one article."""
    kept: dict[str, list[tuple[str, int, int, int, float]]] = defaultdict(list)
    for row in sorted(found, key=lambda r: (r[0], -(r[2] - r[1]) * r[4], r[1], r[3])):
        if all(row[2] <= other[1] or other[2] <= row[1] for other in kept[row[0]]):
            kept[row[0]].append(row)
    return [row for rows in kept.values() for row in rows]


def _placed(
    connection: duckdb.DuckDBPyConnection,
    quotations: list[Quotation],
    found: list[tuple[str, int, int, int, float]],
) -> list[Told]:
    """Return the same with offsets of characters, from the articles' texts."""
    ids = sorted({row[0] for row in found})
    texts = dict(
        connection.execute(
            "SELECT article_id, text FROM articles "
            "WHERE article_id IN (SELECT unnest(string_split(?, ' ')))",
            [" ".join(ids)],
        ).fetchall()
    )
    words = {article: words_of(text) for article, text in texts.items()}
    placed = []
    for article, first, last, n, score in found:
        start, end = words[article][first].start, words[article][last - 1].end
        placed.append(Told(article, start, end, texts[article][start:end], n, score))
    return placed


def _joined(
    quotations: list[Quotation],
    joined: Iterable[tuple[int, int, Alignment | None]],
    apart: set[tuple[int, ...]],
) -> tuple[list[list[int]], list[Link]]:
    """Return the groups of quotations that are one utterance, and why: the best links first, those
    that people have told apart never in one group.
    """
    group_of = {n: {n} for n in range(len(quotations))}
    by_utterance: dict[str, int] = {}
    for n, q in enumerate(quotations):
        if q.utterance_id and not q.is_fresh:
            first = by_utterance.setdefault(q.utterance_id, n)
            group_of[first].add(n)
            group_of[n] = group_of[first]
    links: list[Link] = []
    agreed = {(one, other) for one, other, _ in joined}
    for one, other, found in sorted(
        joined, key=lambda row: (-(row[2].common_weight if row[2] else 1e9), row[0], row[1])
    ):
        mine, its = group_of[one], group_of[other]
        if mine is its:
            continue
        pairs = [(min(a, b), max(a, b)) for a in mine for b in its]
        if any(pair in apart for pair in pairs):
            continue
        across = [(a, b) for a, b in pairs if quotations[a].article_id != quotations[b].article_id]
        if found and sum(pair in agreed for pair in across) < MIN_AGREED * len(across):
            continue
        mine |= its
        for n in its:
            group_of[n] = mine
        a, b = quotations[one], quotations[other]
        late, early = (a, b) if a.is_fresh and not b.is_fresh else (b, a)
        parts = (
            {
                "run": found.run,
                "common": found.common,
                "share": round(found.share, 3),
                "weight": round(found.common_weight, 2),
                "speakers": compare_speakers(a.speaker, b.speaker),
                "is_near": a.story_id is not None and a.story_id == b.story_id,
            }
            if found
            else {"corrected": True}
        )
        links.append(
            (
                "wording",
                late.quote_id,
                early.quote_id,
                late.article_id,
                early.article_id,
                round(found.share, 3) if found else 1.0,
                json.dumps(parts),
            )
        )
    unique = {id(group): sorted(group) for group in group_of.values()}
    return sorted(unique.values()), links


def _write(
    connection: duckdb.DuckDBPyConnection,
    quotations: list[Quotation],
    groups: list[list[int]],
    told: list[Told],
) -> list[Link]:
    of_quote: dict[int, str] = {}
    rows, merged = [], []
    for members in groups:
        known = sorted({q.utterance_id for n in members if (q := quotations[n]).utterance_id})
        can_stand = len(members) > 1 or (
            quotations[members[0]].is_quoted and len(quotations[members[0]].words) >= MIN_WORDS
        )
        key = known[0] if known else utterance_id(quotations[members[0]].quote_id)
        merged += [(other, key) for other in known[1:]]
        for n in members:
            if can_stand:
                of_quote[n] = key
                if quotations[n].utterance_id != key:
                    rows.append((quotations[n].quote_id, key))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_said (quote_id VARCHAR, utterance_id VARCHAR)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_said_merged (utterance_id VARCHAR, into_id VARCHAR)"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE link_told AS FROM narrations LIMIT 0")
    insert_rows(connection, "link_said", rows)
    insert_rows(connection, "link_said_merged", merged)
    kept = [t for t in told if t.quotation in of_quote]
    insert_rows(
        connection,
        "link_told",
        [(t.article_id, t.start, t.end, of_quote[t.quotation]) for t in kept],
    )
    return [
        (
            "narration",
            f"{t.article_id}/{t.start}",
            (q := quotations[t.quotation]).quote_id,
            t.article_id,
            q.article_id,
            t.score,
            json.dumps({"share": t.score, "words": len(numbers_of(t.text))}),
        )
        for t in kept
    ]


PRINTED = """
    SELECT utterance_id, article_id, char_start, char_end, text, speaker, entity_id, is_person,
        is_narration
    FROM (
        SELECT q.utterance_id, q.article_id, q.char_start, q.char_end, q.text, q.speaker,
            n.entity_id, n.type = 'PERSON' AS is_person,
               q.kind = 'indirect' AS is_narration, q.linked_at
        FROM meta.link_quotes AS q
        LEFT JOIN meta.entity_names AS n ON n.name_id = q.speaker_name_id
        WHERE q.utterance_id IN (SELECT utterance_id FROM touched_utterances)
        UNION ALL
        SELECT n.utterance_id, n.article_id, n.char_start, n.char_end, substr(a.text, n.char_start
            + 1, n.char_end - n.char_start), NULL, NULL, NULL, true, NULL
        FROM narrations AS n
        JOIN articles AS a ON a.article_id = n.article_id
        WHERE n.utterance_id IN (SELECT utterance_id FROM touched_utterances)
    )
    ORDER BY utterance_id, is_narration, article_id, char_start, char_end
"""


def write_differences(connection: duckdb.DuckDBPyConnection) -> None:
    """Write how the wordings of the touched utterances differ, a row a pair of articles'
    wordings.
    """
    by_utterance: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in connection.execute(PRINTED).fetchall():
        by_utterance[row[0]].append(row)
    rows = []
    for key, printed in by_utterance.items():
        if len(printed) > 1:
            rows += _differences(key, printed)
    connection.execute(
        "DELETE FROM meta.wording_pairs WHERE utterance_id IN (SELECT utterance_id FROM "
        "touched_utterances)"
    )
    insert_rows(connection, "meta.wording_pairs", rows)


def _differences(key: str, printed: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    compared = cached_difference()
    rows: list[tuple[object, ...]] = []
    for one, other in combinations(printed[:MAX_WORDINGS], 2):
        if one[1] == other[1]:
            continue
        speakers = compare_speakers(_speaker(one), _speaker(other))
        found = compared(
            str(one[4]), str(other[4]), bool(one[8] or other[8]), speakers == "different"
        )
        rows.append(
            (key, one[1], one[2], one[3], other[1], other[2], other[3], list(found[0]), found[1])
        )
    return rows


def _speaker(row: tuple[object, ...]) -> Speaker:
    return Speaker(str(row[5]) if row[5] else None, str(row[6]) if row[6] else None, bool(row[7]))


def cached_difference() -> Callable[[str, str, bool, bool], tuple[tuple[str, ...], str]]:
    """Return a function that names differences and remembers what it has named."""

    @cache
    def compared(
        one: str, other: str, is_narration: bool, is_other: bool
    ) -> tuple[tuple[str, ...], str]:
        found = difference(one, other, is_narration=is_narration, is_other_speaker=is_other)
        return found.kinds, found.words[:2000]

    return compared
