"""The window: fingerprints of the articles of the last days, as arrays.

A run reads the distinct words of all articles in the window once (about 1 KB an article), to know
how rare a word is and which articles share rare words. All else is read for candidates alone.
It works through the words in parts, so that no array of all of them is copied. They stand as bytes:
lists of numbers took twice as long to read.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import duckdb
import numpy as np
import numpy.typing as npt
import polars as pl

from flows.link.fingerprint import Numbers
from flows.link.stories.likeness import MAX_DAYS
from flows.link.stories.vectors import Terms
from flows.link.wordings.alignment import Weigh
from warehouse.sql import insert_frame, is_lake, read_frame

WIDTH = 1 << 21
"""Columns that words are hashed to: one in six of a window's 400,000 words shares its column, and
then both are rare.
"""

MAX_KEYS = 40
"""Rarest words by which an article finds others."""

MAX_KEY_SHARE, MAX_KEY_ARTICLES = 0.02, 20
"""A word in more articles than both is no key."""

MIN_SHARED_KEYS = 2
MAX_CANDIDATES = 60
"""Articles that one is compared with: those that share most weight of keys."""

UNKNOWN_DAY = -1_000_000

PART_ROWS = 512
"""Articles whose words are read and worked through at a time: with 4,096 the arrays did not fit
into the processor's cache, and that took a quarter longer.
"""

READ_ROWS = 8_192
"""Articles whose words are asked for at once: DuckDB holds all of an answer before it gives the
first row. A lake would read its files anew for each.
"""

NEAR = f"""
    CREATE OR REPLACE TEMP TABLE link_days AS
    WITH fresh AS (SELECT published_on, seen_on FROM meta.link_articles SEMI JOIN link_fresh USING
        (article_id))
    SELECT DISTINCT (day + n::INTEGER)::DATE AS day, is_seen
    FROM (SELECT published_on AS day, false AS is_seen FROM fresh WHERE published_on IS NOT NULL
          UNION SELECT seen_on, true FROM fresh)
    CROSS JOIN range(-{MAX_DAYS}, {MAX_DAYS + 1}) AS days(n);

    CREATE OR REPLACE TEMP TABLE link_window AS
    SELECT rowid AS row_number, article_id IN (SELECT article_id FROM link_fresh) AS is_fresh
    FROM meta.link_articles
    WHERE published_on IN (SELECT day FROM link_days WHERE NOT is_seen) OR seen_on IN (SELECT day
        FROM link_days WHERE is_seen);
"""
"""The articles within MAX_DAYS of one that is new."""

COLUMNS = f"""
    SELECT w.row_number, l.article_id,
        coalesce(datediff('day', DATE '0001-01-01', l.published_on) + 1, {UNKNOWN_DAY})
            AS published,
        datediff('day', DATE '0001-01-01', l.seen_on) + 1 AS seen, l.story_id, l.copy_id,
        l.is_round_up, w.is_fresh
    FROM meta.link_articles AS l JOIN link_window AS w ON w.row_number = l.rowid
    ORDER BY coalesce(l.published_on, l.seen_on), l.article_id
"""
"""Days as Python's ordinals. Articles by day of publishing, or of first sight where that is not
known.
"""

WORDS = """
    SELECT w.row_number, l.high_bits, l.low_bits
    FROM meta.link_articles AS l JOIN link_window AS w ON w.row_number = l.rowid
    WHERE l.rowid BETWEEN {} AND {} AND (w.is_fresh OR NOT {})
"""


@dataclass(frozen=True, slots=True)
class Window:
    """The articles of the window, in order of day and key. Days are ordinals, UNKNOWN_DAY if the
    day of publishing is not known. `rows` are their row numbers in `meta.link_articles`.

    `frequency` is in how many of them the words of each column stand. `rare` are the columns of the
    words that a new article has and few others have, wherever they stand, and `owners` the places
    of the articles that have them.
    """

    article_ids: list[str]
    rows: npt.NDArray[np.int64]
    published: npt.NDArray[np.int64]
    seen: npt.NDArray[np.int64]
    story_ids: list[str | None]
    copy_ids: list[str]
    is_round_up: npt.NDArray[np.bool_]
    is_fresh: npt.NDArray[np.bool_]
    frequency: npt.NDArray[np.float64]
    owners: npt.NDArray[np.int32]
    rare: Numbers
    former: dict[str, str]

    def __len__(self) -> int:
        return len(self.article_ids)

    def days_apart(self, one: Any, other: Any) -> tuple[Any, Any]:
        """Return the days between articles and whether they are too far apart. Where a day of
        publishing is not known, days are 0, and the days of first sight say whether it is too far.
        """
        published = np.abs(self.published[one] - self.published[other])
        is_known = (self.published[one] != UNKNOWN_DAY) & (self.published[other] != UNKNOWN_DAY)
        seen = np.abs(self.seen[one] - self.seen[other])
        return np.where(is_known, published, 0), np.where(is_known, published, seen) > MAX_DAYS


def read_window(connection: duckdb.DuckDBPyConnection) -> Window:
    """Return the window around the articles of the temporary table `link_fresh`."""
    connection.execute(NEAR)
    found = read_frame(connection, COLUMNS)
    rows = found["row_number"].to_numpy()
    is_fresh = found["is_fresh"].to_numpy()
    return Window(
        found["article_id"].to_list(),
        rows,
        found["published"].to_numpy(),
        found["seen"].to_numpy(),
        found["story_id"].to_list(),
        found["copy_id"].to_list(),
        found["is_round_up"].to_numpy(),
        is_fresh,
        *_read_words(connection, rows, is_fresh),
        dict(
            connection.execute(
                "SELECT article_id, former_story_id FROM link_fresh WHERE former_story_id IS "
                "NOT NULL"
            ).fetchall()
        ),
    )


def _most_articles(size: int) -> float:
    """Return in how many articles of a window of `size` a key may stand."""
    return max(MAX_KEY_ARTICLES, MAX_KEY_SHARE * size)


def _read_words(
    connection: duckdb.DuckDBPyConnection,
    rows: npt.NDArray[np.int64],
    is_fresh: npt.NDArray[np.bool_],
) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int32], Numbers]:
    """Return `frequency`, `owners` and `rare` of the window with these `rows`, of which some are
    those of new articles.

    Only words of new articles are kept, and of these only what may still be a key: most words are
    counted and forgotten.
    """
    frequency, is_wanted = np.zeros(WIDTH, dtype=np.int32), np.zeros(WIDTH, dtype=bool)
    for _, _, columns in _parts(connection, np.sort(rows[is_fresh]), fresh=True):
        is_wanted[columns] = True
    wanted, most = np.flatnonzero(is_wanted), _most_articles(len(rows))
    order = np.argsort(rows)
    owners: list[npt.NDArray[np.int32]] = [np.zeros(0, dtype=np.int32)]
    rare: list[Numbers] = [np.zeros(0, dtype=np.uint32)]
    for own_rows, ends, columns in _parts(connection, rows[order], fresh=False):
        np.add.at(frequency, columns, np.int32(1))  # half of what float64 takes
        is_wanted[wanted[frequency[wanted] > most]] = False
        hits = np.flatnonzero(is_wanted.take(columns, mode="wrap"))  # all are within
        places = order[np.searchsorted(rows, own_rows, sorter=order)].astype(np.int32)
        owners.append(places[np.searchsorted(ends, hits, side="right")])
        rare.append(columns[hits].astype(np.uint32))
    return frequency.astype(np.float64), np.concatenate(owners), np.concatenate(rare)


def _parts(
    connection: duckdb.DuckDBPyConnection, rows: npt.NDArray[np.int64], *, fresh: bool
) -> Iterator[tuple[npt.NDArray[np.int64], npt.NDArray[np.int64], npt.NDArray[np.int64]]]:
    """Yield the row numbers of the articles of the window, or of the `fresh` ones of them, where
    the words of each end, and the columns of all their words, in parts. `rows` are the row numbers
    of all these articles, in order.
    """
    most = max(1, len(rows)) if is_lake(connection) else READ_ROWS
    for start in range(0, len(rows), most):
        asked = rows[start : start + most]
        found = connection.execute(WORDS.format(asked[0], asked[-1], fresh))
        while part := found.fetchmany(PART_ROWS):
            numbers, high, low = zip(*part, strict=True)
            ends = np.cumsum([len(bits) for bits in high], dtype=np.int64)
            yield np.array(numbers, dtype=np.int64), ends, unpacked(high, low)


def packed(terms: Numbers) -> tuple[bytes, bytes]:
    """Return the columns of words (CRC-32 each) as bytes: bits 16 to 20, and bits 0 to 15."""
    columns = terms & (WIDTH - 1)
    return (columns >> 16).astype("<u1").tobytes(), columns.astype("<u2").tobytes()


def unpacked(high: Iterable[bytes], low: Iterable[bytes]) -> npt.NDArray[np.int64]:
    """Return the columns of the words of several articles, one after another."""
    columns = np.frombuffer(b"".join(high), dtype="<u1").astype(np.int64)
    columns <<= 16
    columns |= np.frombuffer(b"".join(low), dtype="<u2")
    return columns


def _starts(lists: pl.Series) -> npt.NDArray[np.int64]:
    """Return where each list begins if all are one after another, and where the last one ends."""
    return np.concatenate(([0], np.cumsum(lists.list.len().to_numpy(), dtype=np.int64)))


def _flat(lists: pl.Series) -> npt.NDArray[Any]:
    """Return what all lists hold, one after another."""
    return lists.explode(empty_as_null=False).to_numpy()


def find_candidates(window: Window) -> npt.NDArray[np.int64]:
    """Return places of articles that share rare words with a new one, the new ones included."""
    fresh = np.flatnonzero(window.is_fresh)
    count = window.frequency[window.rare]
    is_key = (count >= 2) & (count <= _most_articles(len(window)))
    owners, given = window.owners[is_key], window.rare[is_key]
    own_rows, keys = _rarest(owners, given, window)
    if not len(keys):  # no word of theirs stands in another article
        return fresh
    from scipy import sparse  # takes 0.1 s to import

    chosen = np.zeros(WIDTH, dtype=bool)
    chosen[keys] = True
    is_chosen = chosen.take(given)
    owners = owners[is_chosen]
    known, compact = np.unique(given[is_chosen], return_inverse=True)
    weight = np.log((len(window) + 1) / np.maximum(window.frequency[known], 1))
    shape = (len(window), len(known))
    others = sparse.csr_matrix((np.ones(len(owners)), (owners, compact)), shape=shape)
    places = np.searchsorted(known, keys)
    mine = sparse.csr_matrix((weight[places], (own_rows, places)), shape=(len(fresh), len(known)))
    counted = sparse.csr_matrix((np.ones(len(places)), (own_rows, places)), shape=mine.shape)
    shared, weights = (counted @ others.T).tocsr(), (mine @ others.T).tocsr()
    shared.sort_indices()
    weights.sort_indices()  # both have a value for the same pairs, now in the same order
    found = set(fresh.tolist())
    for number in range(len(fresh)):
        span = slice(weights.indptr[number], weights.indptr[number + 1])
        enough = shared.data[span] >= MIN_SHARED_KEYS
        place, value = weights.indices[span][enough], weights.data[span][enough]
        order = np.lexsort((place, -value))[: MAX_CANDIDATES + 1]
        found.update(place[order].tolist())
    return np.array(sorted(found), dtype=np.int64)


def _rarest(
    owners: npt.NDArray[np.int32], given: Numbers, window: Window
) -> tuple[npt.NDArray[np.int64], Numbers]:
    """Return the MAX_KEYS rarest words of each new article: its number among these, and columns."""
    is_own = window.is_fresh[owners]
    owner, column = owners[is_own], given[is_own]
    order = np.lexsort((column, window.frequency[column], owner))
    owner, column = owner[order], column[order]
    is_rarest = np.arange(len(owner)) - np.searchsorted(owner, owner) < MAX_KEYS
    return np.searchsorted(np.flatnonzero(window.is_fresh), owner[is_rarest]), column[is_rarest]


@dataclass(frozen=True, slots=True)
class Loaded:
    """What was read of some articles of the window; `places` are theirs in it."""

    places: npt.NDArray[np.int64]
    terms: Terms
    words: list[Numbers]


def load_articles(
    connection: duckdb.DuckDBPyConnection, window: Window, places: npt.NDArray[np.int64]
) -> Loaded:
    """Read the fingerprints of the articles at `places`."""
    connection.execute("CREATE OR REPLACE TEMP TABLE link_loaded (place BIGINT, row_number BIGINT)")
    chosen = pl.DataFrame({"place": places, "row_number": window.rows[places]})
    insert_frame(connection, "link_loaded", chosen)
    found = read_frame(
        connection,
        "SELECT l.high_bits, l.low_bits, l.counts, l.marks, l.words FROM meta.link_articles AS l "
        "JOIN link_loaded AS p ON p.row_number = l.rowid ORDER BY p.place",
    )
    terms = Terms(
        _starts(found["counts"]),
        unpacked(found["high_bits"], found["low_bits"]).astype(np.uint32),
        _flat(found["counts"]),
        _flat(found["marks"]),
    )
    words, starts = _flat(found["words"]), _starts(found["words"])
    return Loaded(places, terms, np.split(words, starts[1:-1]) if len(places) else [])


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
