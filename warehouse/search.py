"""Searches the articles by words: ranked hits from the full-text index, and from the newest texts.

The index may lack the newest texts (see `search_index.py`); those are read directly. An index that
is missing altogether makes a search slower, never poorer.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import pairwise
from typing import Any

import duckdb

from warehouse.errors import WarehouseError
from warehouse.extensions import load_extension
from warehouse.search_index import CHARACTERS, part_sql, spaced
from warehouse.words import FOLDED, JOKER, has_words, words_of

SNIPPET_CHARACTERS = 160
"""Characters of text around a hit."""

PHRASE = re.compile(r'"([^"]+)"')


@dataclass(frozen=True, slots=True)
class Filters:
    """Which articles to search. `first` and `last` are days as printed, both included.

    `speaker` is a name or a part of one; an article matches that quotes somebody of that name.
    """

    sources: Sequence[str] = ()
    languages: Sequence[str] = ()
    first: date | None = None
    last: date | None = None
    speaker: str | None = None


@dataclass(frozen=True, slots=True)
class Hit:
    """One article found. `marks` are stretches of `snippet` that match, as Python string offsets;
    `score` is comparable within one search.
    """

    article_id: str
    score: float
    title: str | None
    site: str | None
    source_id: str
    language: str | None
    published_at: datetime | None
    url: str | None
    snippet: str
    marks: list[tuple[int, int]] = field(default_factory=list)


def search(
    connection: duckdb.DuckDBPyConnection, words: str, filters: Filters, limit: int
) -> list[Hit]:
    """Return the best `limit` articles that hold all of `words`, the best first.

    Words in double quotes must stand together. Raises WarehouseError where `words` has no word.
    """
    asked = [word.strip(JOKER) for word in words_of(words)]
    if not asked:
        raise WarehouseError("give at least one word to search for.")
    _lay_documents(connection)
    parts = _parts(connection)
    if parts:
        load_extension(connection, "fts")
    scores = [_indexed(part) for part in parts] + [_direct(len(asked))]
    where, values = _conditions(filters, PHRASE.findall(words))
    rows = connection.execute(
        f"""
        WITH hits AS ({" UNION ALL ".join(scores)})
        SELECT a.article_id, h.score, a.title, a.site, a.source_id, a.language, a.published_at,
            coalesce(a.url, a.canonical_url), a.text, {part_sql("a.language")}
        FROM hits AS h JOIN articles AS a ON a.article_id = h.article_id
        WHERE h.score IS NOT NULL {where}
        ORDER BY h.score DESC, a.published_at DESC NULLS LAST, a.article_id
        LIMIT {limit}
        """,
        {
            **({"words": " ".join(asked)} if parts else {}),
            **{f"word{n}": word for n, word in enumerate(asked)},
            **{f"begun{n}": word + JOKER for n, word in enumerate(asked)},
            **values,
        },
    ).fetchall()
    stems = _stems(connection, asked, (row[-1] for row in rows)) if parts else {}
    return [_hit(row, asked, stems.get(row[-1], {})) for row in rows]


def _lay_documents(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the view of articles whose present text is in the index, and of those that are not."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP VIEW indexed_articles AS
        SELECT d.article_id, d.part
        FROM meta.search_documents AS d JOIN articles AS a USING (article_id, page_id)
        """
    )


def _parts(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute(
        "SELECT DISTINCT replace(schema_name, 'fts_meta_search_', '') FROM duckdb_schemas() "
        "WHERE schema_name LIKE 'fts_meta_search_%' ORDER BY 1"
    ).fetchall()
    return [part for (part,) in found]


def _indexed(part: str) -> str:
    words = spaced("$words") if part == CHARACTERS else "$words"
    return (
        f"SELECT article_id, fts_meta_search_{part}.match_bm25(article_id, {words}, conjunctive "
        ":= 1) "
        f"AS score FROM indexed_articles WHERE part = '{part}'"
    )


def _direct(count: int) -> str:
    """Return SQL that scores the texts outside of the index by how often they hold the words; a
    word of theirs may go on where the one that is asked for ends.
    """
    body = FOLDED.format("concat_ws(' ', a.title, a.text)")
    each = [
        f"(length({body}) - length(replace({body}, strip_accents(lower($word{n})), ''))) "
        f"/ length($word{n})"
        for n in range(count)
    ]
    all_there = " AND ".join(has_words(body, f"begun{n}") for n in range(count))
    return (
        f"SELECT a.article_id, ln(1 + {' + '.join(each)}) AS score FROM articles AS a "
        f"WHERE a.article_id NOT IN (SELECT article_id FROM indexed_articles) AND {all_there}"
    )


def _conditions(filters: Filters, phrases: Iterable[str]) -> tuple[str, dict[str, object]]:
    day = "CAST(timezone('UTC', coalesce(a.published_at, a.first_seen_at)) AS DATE)"
    conditions, values = [], dict[str, object]()
    if filters.sources:
        conditions.append(
            "(a.source_id IN (FROM unnest($sources)) OR a.site IN (FROM unnest($sources)))"
        )
        values["sources"] = list(filters.sources)
    if filters.languages:
        conditions.append("a.language IN (FROM unnest($languages))")
        values["languages"] = list(filters.languages)
    if filters.first:
        conditions.append(f"{day} >= $first")
        values["first"] = filters.first
    if filters.last:
        conditions.append(f"{day} <= $last")
        values["last"] = filters.last
    if filters.speaker:
        names = "concat_ws(' ', q.speaker, e.name, array_to_string(e.aliases, ' '))"
        is_named = has_words(FOLDED.format(names), "speaker")
        conditions.append(
            "a.article_id IN (SELECT q.article_id FROM quotes AS q "
            f"LEFT JOIN entities AS e ON e.entity_id = q.speaker_entity_id WHERE {is_named})"
        )
        values["speaker"] = filters.speaker
    for n, phrase in enumerate(phrases):
        conditions.append(has_words(FOLDED.format("concat_ws(' ', a.title, a.text)"), f"phrase{n}"))
        values[f"phrase{n}"] = " ".join(phrase.split())
    return "".join(f" AND {condition}" for condition in conditions), values


def _stems(
    connection: duckdb.DuckDBPyConnection, words: Sequence[str], parts: Iterable[str]
) -> dict[str, dict[str, str]]:
    """Return the stem of each word, by part of the index."""
    found: dict[str, dict[str, str]] = {}
    for part in set(parts) - {CHARACTERS, "none"}:
        rows = connection.execute(
            "SELECT word, stem(strip_accents(lower(word)), ?) FROM unnest(?::VARCHAR[]) AS t(word)",
            [part, list(words)],
        ).fetchall()
        found[part] = dict(rows)
    return found


def _hit(row: tuple[Any, ...], words: Sequence[str], stems: dict[str, str]) -> Hit:
    *facts, text, part = row
    pattern = _pattern(words, stems, is_unspaced=part == CHARACTERS)
    snippet, marks = _snippet(text, pattern)
    article_id, score, title, site, source_id, language, published_at, url = facts
    return Hit(
        article_id, score, title, site, source_id, language, published_at, url, snippet, marks
    )


def _pattern(words: Sequence[str], stems: dict[str, str], *, is_unspaced: bool) -> re.Pattern[str]:
    """Return what marks a word of the text as a hit: it begins with a word's stem, or is the word.

    A stem such as `citi` may end otherwise than its words: its last letter may then be another.
    """
    ends = r"" if is_unspaced else r"\w*"
    begins = r"" if is_unspaced else r"\b"
    forms = set[str]()
    for word in words:
        stem = stems.get(word, word)
        same = [a == b for a, b in zip(stem.lower(), word.lower(), strict=False)]
        shared = same.index(False) if False in same else min(len(stem), len(word))
        forms |= {re.escape(word), re.escape(word[:shared]) if shared >= 3 else re.escape(word)}
    return re.compile(f"{begins}(?:{'|'.join(sorted(forms, key=len, reverse=True))}){ends}", re.I)


def _snippet(text: str, pattern: re.Pattern[str]) -> tuple[str, list[tuple[int, int]]]:
    """Return the stretch of text with the most hits, on one line, and its hits."""
    found = [match.span() for match in pattern.finditer(text)]
    if not found:
        return " ".join(text[:SNIPPET_CHARACTERS].split()), []
    starts = [start for start, _ in found]
    best = max(starts, key=lambda at: sum(at <= s <= at + SNIPPET_CHARACTERS for s in starts))
    begin = _word_start(text, max(0, best - SNIPPET_CHARACTERS // 3))
    end = min(len(text), begin + SNIPPET_CHARACTERS + SNIPPET_CHARACTERS // 3)
    head, tail = ("… " if begin else ""), (" …" if end < len(text) else "")
    shown = head + text[begin:end].replace("\n", " ") + tail
    move = len(head) - begin
    marks = [(s + move, e + move) for s, e in found if begin <= s and e <= end]
    assert all(a[1] <= b[0] for a, b in pairwise(marks))
    return shown, marks


def _word_start(text: str, at: int) -> int:
    """Return the beginning of the word at `at`, or of the next one where that is near."""
    space = text.rfind(" ", max(0, at - 20), at)
    return space + 1 if space >= 0 else at
