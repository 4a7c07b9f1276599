"""Keeps the fingerprints of new articles and of their quotations, so that no text is read again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from operator import itemgetter
from typing import Any

import duckdb
import polars as pl

from flows.link.fingerprint import Spans, fingerprint, shingles, spans_of
from flows.link.keys import copy_id
from flows.link.stories.round_ups import is_named_round_up
from flows.link.wordings.alignment import numbers_of
from flows.linking.window import packed
from schemas import LINK_ARTICLES, LINK_QUOTES
from warehouse.sql import insert_frame

MAX_FAR_KEYS, MIN_FAR_WORDS = 4, 6
"""Keys of a quotation by which other stories find it, and words from which it has any."""

QUOTED = """
    CREATE OR REPLACE TEMP TABLE link_quoted AS
    SELECT q.article_id, q.quote_id, q.utterance_id, q.kind, q.text, q.char_start, q.char_end,
        q.speaker, q.speaker_name_number
    FROM meta.quote_rows AS q
    JOIN link_quote_rows AS r ON r.row_number = q.rowid
"""
"""A table, so that DuckDB knows how few they are: else it keeps all names to look up theirs."""

QUOTED_BY = """
    SELECT q.* EXCLUDE (speaker_name_number), n.name_id
    FROM link_quoted AS q
    LEFT JOIN meta.entity_names AS n ON n.name_number = q.speaker_name_number
    ORDER BY q.article_id, q.char_start, q.quote_id
"""

PRINTED = """
    SELECT article_id, title, url, text, published_at::DATE, first_seen_at::DATE, NULL, NULL
    FROM link_fresh
    UNION ALL
    SELECT article_id, title, url, text, published_at::DATE, first_seen_at::DATE, story_id, copy_id
    FROM link_recalled
    ORDER BY article_id
"""


def take_fingerprints(connection: duckdb.DuckDBPyConnection) -> None:
    """Keep the fingerprints of the articles in `link_fresh` and `link_recalled`, and of their
    quotations.
    """
    quotes: dict[str, list[tuple[Any, ...]]] = defaultdict(list)
    connection.execute(QUOTED)
    for row in connection.execute(QUOTED_BY).fetchall():
        quotes[row[0]].append(row[1:])
    now = connection.execute("SELECT getvariable('latest_now')::TIMESTAMPTZ").fetchall()[0][0]
    articles, said = [], []
    for key, title, url, text, published, seen, story, copy in connection.execute(
        PRINTED
    ).fetchall():
        words = spans_of(text)
        found = fingerprint(title or "", text, words)
        marked = [(q[4], q[5]) for q in quotes[key] if q[2] != "indirect"]
        articles.append(
            (
                key,
                published,
                seen,
                story,
                copy or copy_id(key),
                is_named_round_up(title, url),
                now,
                *packed(found.terms),
                found.counts,
                found.marks,
                found.words,
                _word_spans(words, marked),
            )
        )
        for quote, utterance, kind, said_words, start, end, speaker, name in quotes[key]:
            far = _far_keys(said_words) if kind != "indirect" else []
            said.append(
                (
                    quote,
                    key,
                    published,
                    seen,
                    utterance,
                    kind,
                    said_words,
                    start,
                    end,
                    speaker,
                    name,
                    far,
                    now,
                )
            )
    for contract, rows in ((LINK_ARTICLES, articles), (LINK_QUOTES, said)):
        columns = dict(zip(contract.dtypes, map(list, zip(*rows, strict=True)), strict=False))
        frame = pl.DataFrame(columns, schema=contract.dtypes)
        insert_frame(connection, contract.name, frame)


def _word_spans(words: Spans, spans: Spans) -> list[int]:
    """Return the first and last word (exclusive) of each span of characters, one after another."""
    flat: list[int] = []
    for start, end in spans:
        first = bisect_right(words, start, key=itemgetter(1))
        flat += [first, max(first, bisect_left(words, end, key=itemgetter(0)))]
    return flat


def _far_keys(text: str) -> list[int]:
    words = numbers_of(text)
    return shingles(words)[:MAX_FAR_KEYS].tolist() if len(words) >= MIN_FAR_WORDS else []
