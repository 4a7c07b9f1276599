"""Searches the articles by words: ranked hits from the full-text index, and from the newest texts.

Only numbers are read until the best articles are known; then their texts are. Texts that the index
lacks are read directly, in a DuckLake all of them: that is slower and finds the same words.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from itertools import islice, pairwise
from typing import Any

import duckdb

from warehouse.errors import WarehouseError
from warehouse.extensions import load_extension
from warehouse.search_index import (
    CHARACTERS,
    list_parts,
    part_sql,
    schema_of,
    spaced,
    stemmer_of,
)
from warehouse.sql import quoted
from warehouse.words import FOLDED, JOKER, OF_WORDS, has_words, words_of

SNIPPET_CHARACTERS = 160
"""Characters of text around a hit."""

K, B = 1.2, 0.75
"""Weights of BM25, the defaults of DuckDB's extension: how soon further repetitions of a word count
less, and how much less words count in longer texts."""

Stems = dict[str, dict[str, str]]
"""By part of the index, the stem of each word that is asked for."""

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
    parts = list_parts(connection)
    _lay_unindexed(connection)
    stemmed = _stemmed(connection, parts)
    _rank(connection, asked, parts, stemmed, filters)
    phrases = PHRASE.findall(words)
    rows = list(islice(_texts(connection, phrases, limit), limit))
    stems = _stems(connection, asked, stemmed)
    return [_hit(row, asked, stems.get(row[-1], {})) for row in rows]


def _lay_unindexed(connection: duckdb.DuckDBPyConnection) -> None:
    """Lay the table `unindexed` of the articles outside of the index."""
    connection.execute(
        """
        CREATE OR REPLACE TEMP TABLE unindexed AS
        SELECT article_id FROM articles ANTI JOIN meta.search_documents USING (article_id, page_id)
        """
    )


def _rank(
    connection: duckdb.DuckDBPyConnection,
    asked: Sequence[str],
    parts: Sequence[str],
    stemmed: Sequence[str],
    filters: Filters,
) -> None:
    """Lay the table `ranked` of the articles that hold all of `asked` and pass the filters: their
    `place`, 0 for the best, and `score`.
    """
    connection.execute("CREATE OR REPLACE TEMP TABLE scored (article_id VARCHAR, score DOUBLE)")
    for part in parts:
        if sql := _indexed(connection, part, asked):
            connection.execute(f"INSERT INTO scored {sql}")
    _score_directly(connection, asked, stemmed)
    where, values = _conditions(filters)
    connection.execute(
        f"""
        CREATE OR REPLACE TEMP TABLE ranked AS
        SELECT s.article_id, s.score, row_number() OVER (
            ORDER BY s.score DESC, a.published_at DESC NULLS LAST, a.article_id) - 1 AS place
        FROM scored AS s JOIN articles AS a ON a.article_id = s.article_id
        WHERE true {where}
        """,
        values,
    )


def _indexed(connection: duckdb.DuckDBPyConnection, part: str, asked: Sequence[str]) -> str | None:
    """Return SQL that gives the indexed articles of a part that hold all of `asked`, each with its
    score, BM25 as `match_bm25` of the extension has it; None where a word stands in no article.

    The word ids stand in the SQL as numbers, so that DuckDB skips the rows of other words.
    """
    index = schema_of(part)
    words = " ".join(asked)
    tokens = spaced("$words") if part == CHARACTERS else "$words"
    terms = connection.execute(
        f"""
        SELECT d.termid, ln((s.num_docs - d.df + 0.5) / (d.df + 0.5) + 1) / ln(10), s.avgdl
        FROM (
            SELECT DISTINCT stem(unnest({index}.tokenize({tokens})), '{stemmer_of(part)}') AS term
        ) AS t
        LEFT JOIN {index}.dict AS d ON d.term = t.term, {index}.stats AS s
        WHERE t.term <> ''
        """,
        {"words": words},
    ).fetchall()
    if not terms or any(key is None for key, _, _ in terms):
        return None
    keys = ", ".join(str(key) for key, _, _ in terms)
    weight = " ".join(f"WHEN {key} THEN {weight}" for key, weight, _ in terms)
    length = f"(1 - {B} + {B} * d.len / {terms[0][2]})"
    return f"""
        SELECT d.name AS article_id,
            sum(CASE termid {weight} END * tf * ({K} + 1) / (tf + {K} * {length})) AS score
        FROM (
            SELECT docid, termid, count(*) AS tf FROM {index}.terms WHERE termid IN ({keys})
            GROUP BY docid, termid
            QUALIFY count(*) OVER (PARTITION BY docid) = {len(terms)}
        ) AS t
        JOIN {index}.docs AS d ON d.docid = t.docid
        WHERE d.name NOT IN (FROM unindexed)
        GROUP BY d.name
    """


def _score_directly(
    connection: duckdb.DuckDBPyConnection, asked: Sequence[str], stemmed: Sequence[str]
) -> None:
    """Score the texts outside of the index by how often they hold the words, or words with the same
    stem; a word of theirs may go on where the one that is asked for ends.
    """
    ((count, of_all),) = connection.execute(
        "SELECT count(*), count(*) = (SELECT count(*) FROM articles) FROM unindexed"
    ).fetchall()
    if not count:
        return
    folded = [
        word
        for (word,) in connection.execute(
            f"SELECT {FOLDED.format('word')} FROM unnest(?::VARCHAR[]) AS t(word)", [list(asked)]
        ).fetchall()
    ]
    stems = _stems(connection, folded, stemmed)
    each = [_forms(word, n, stems) for n, word in enumerate(folded)]
    connection.execute(
        f"""
        INSERT INTO scored
        SELECT a.article_id, ln(1 + {" + ".join(times for _, times in each)}) FROM articles AS a
        WHERE {" AND ".join(is_there for is_there, _ in each)}
        {"" if of_all else "AND a.article_id IN (FROM unindexed)"}
        """,
        {
            **{f"word{n}": word for n, word in enumerate(folded)},
            **{f"begun{n}": word + JOKER for n, word in enumerate(folded)},
        },
    )


def _forms(word: str, n: int, stems: Stems) -> tuple[str, str]:
    """Return SQL that says whether a text holds a form of the word, and how many times.

    The text is folded, so the word and its stems must be of the folded word.
    """
    body = FOLDED.format("concat_ws(' ', a.title, a.text)")
    asked, begins = f"$word{n}", has_words(body, f"begun{n}")
    # most texts lack a word: that is seen sooner than where a word begins
    is_there = f"contains({body}, {asked}) AND {begins}"
    times = f"(length({body}) - length(replace({body}, {asked}, ''))) / length({asked})"
    if not stems:
        return is_there, times
    there, counted = "", ""
    for part, stem_of in stems.items():
        stem = stem_of[word]
        begin = _begin(word, stem)
        pattern = f"(?:^|[^{OF_WORDS}])({begin}[{OF_WORDS}]*)"
        same = (
            f"len(list_filter(regexp_extract_all({body}, {quoted(pattern)}, 1), "
            f"lambda w: stem(w, '{part}') = {quoted(stem)}))"
        )
        found = f"contains({body}, {quoted(begin)}) AND ({begins} OR {same} > 0)"
        there += f" WHEN '{part}' THEN {found}"
        counted += f" WHEN '{part}' THEN greatest({times}, {same})"
    of_part = f"CASE {part_sql('a.language')}"
    return f"{of_part}{there} ELSE {is_there} END", f"{of_part}{counted} ELSE {times} END"


def _texts(
    connection: duckdb.DuckDBPyConnection, phrases: Sequence[str], limit: int
) -> Iterator[tuple[Any, ...]]:
    """Yield the articles of `ranked` that hold all phrases, the best first, with their texts.

    As few texts are read as are wanted; where phrases leave too few, the next ones, ever more.
    """
    body = FOLDED.format("concat_ws(' ', a.title, a.text)")
    holds = [f" AND {has_words(body, f'phrase{n}')}" for n in range(len(phrases))]
    values = {f"phrase{n}": " ".join(phrase.split()) for n, phrase in enumerate(phrases)}
    first, count = 0, limit * (10 if phrases else 1)
    while keys := connection.execute(
        "SELECT article_id FROM ranked WHERE place >= ? AND place < ? ORDER BY place",
        [first, first + count],
    ).fetchall():
        listed = ", ".join(quoted(key) for (key,) in keys)
        yield from connection.execute(
            f"""
            SELECT a.article_id, r.score, a.title, a.site, a.source_id, a.language, a.published_at,
                coalesce(a.url, a.canonical_url), a.text, {part_sql("a.language")}
            FROM articles AS a JOIN ranked AS r ON r.article_id = a.article_id
            WHERE a.article_id IN ({listed}) {"".join(holds)}
            ORDER BY r.place
            """,
            values,
        ).fetchall()
        first, count = first + count, count * 4


def _conditions(filters: Filters) -> tuple[str, dict[str, object]]:
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
    return "".join(f" AND {condition}" for condition in conditions), values


def _stemmed(connection: duckdb.DuckDBPyConnection, indexed: Sequence[str]) -> list[str]:
    """Return the parts with a stemmer: of the index, and those that texts outside of it would
    belong to. There is none where the extension that knows stems cannot be loaded; raises
    WarehouseError then if there is an index.
    """
    try:
        load_extension(connection, "fts")
    except WarehouseError:
        if indexed:
            raise
        return []
    outside = connection.execute(
        f"SELECT DISTINCT {part_sql('language')} FROM articles SEMI JOIN unindexed USING "
        "(article_id)"
    ).fetchall()
    return sorted({*indexed, *(part for (part,) in outside)} - {CHARACTERS, "none"})


def _stems(
    connection: duckdb.DuckDBPyConnection, words: Sequence[str], stemmed: Sequence[str]
) -> Stems:
    """Return the stem of each word, for each part in `stemmed`."""
    found: Stems = {}
    for part in stemmed:
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
        begin = _begin(word, stems.get(word, word))
        forms |= {re.escape(word), re.escape(begin if len(begin) >= 3 else word)}
    return re.compile(f"{begins}(?:{'|'.join(sorted(forms, key=len, reverse=True))}){ends}", re.I)


def _begin(word: str, stem: str) -> str:
    """Return what a word and its stem have in common: all words of the stem begin so."""
    same = [a == b for a, b in zip(stem.lower(), word.lower(), strict=False)]
    return word[: same.index(False) if False in same else min(len(stem), len(word))]


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
