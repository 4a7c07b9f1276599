"""Searches everything that newsduck keeps for sentences that were erased."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import duckdb

from flows.acquire.raw.files import RawFiles
from flows.acquire.raw.store import members
from warehouse.connect import WarehouseAddress, exists, home_of, open_reader, published, runs_folder
from warehouse.erase import PLAIN

CHUNK_BYTES = 1 << 24

TEXT_TYPES = ("VARCHAR", "VARCHAR[]", "JSON")
"""Types of the columns that are searched."""


@dataclass(frozen=True, slots=True)
class Trace:
    """A place that still holds an erased sentence. `article_id` is the article that prints it,
    where the place is a row of that article's own words.
    """

    place: str
    sentence: str
    article_id: str | None = None


@dataclass(frozen=True, slots=True)
class Proof:
    """What a search found: `traces` of the erased articles, and `shared`, the sentences that other
    articles print too, each with the id of one. A copy that another outlet printed stays.
    """

    traces: tuple[Trace, ...]
    shared: dict[str, str]


def find_traces(
    warehouse: WarehouseAddress,
    raw_files: RawFiles,
    sentences: Sequence[str],
    erased_ids: Collection[str],
) -> Proof:
    """Search tables, raw bytes, stored pages and run folders for `sentences` of the articles with
    `erased_ids`.

    Sentences that other articles print prove nothing; all others are searched for everywhere. The
    caller holds the run lock and has no connection open.
    """
    places = [place for place in dict.fromkeys((warehouse, published(warehouse))) if exists(place)]
    in_tables: list[Trace] = []
    for place in places:
        with open_reader(place) as connection:
            # one variable, since each value of a parameter costs a lookup of pandas
            connection.execute("SET VARIABLE sentences = ?::VARCHAR[]", [list(sentences)])
            in_tables += _in_tables(connection, place)
            for name, source in home_of(place).remnants(connection):
                in_tables += _in_remnant(connection, name, source)
    shared = {
        trace.sentence: trace.article_id
        for trace in in_tables
        if trace.article_id is not None and trace.article_id not in erased_ids
    }
    own = [sentence for sentence in sentences if sentence not in shared]
    traces = [trace for trace in in_tables if trace.sentence not in shared]
    for file in home_of(warehouse).files():
        traces += _in_bytes(file, own)
    for path in raw_files.each():
        traces += _in_records(path, own)
    folder = runs_folder(warehouse)
    traces += [
        Trace(str(path), "(a run's folder)")
        for path in sorted(folder.rglob("*.parquet") if folder.is_dir() else [])
    ]
    return Proof(tuple(traces), shared)


def _in_tables(connection: duckdb.DuckDBPyConnection, place: WarehouseAddress) -> Iterator[Trace]:
    name = place.name if isinstance(place, Path) else str(place)
    columns = connection.execute(
        "SELECT schema_name, table_name, column_name, data_type FROM duckdb_columns() "
        "JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
        "WHERE database_name = current_database() ORDER BY ALL"
    ).fetchall()
    own_words = {
        (schema, table)
        for schema, table, column, _ in columns
        # rows of `meta` speak of two articles, or of what a check found in one
        if schema == "main" and column == "article_id"
    }
    for (schema, table), own in groupby(columns, key=lambda row: row[:2]):
        key = "article_id" if (schema, table) in own_words else "NULL"
        texts = [column for *_, column, kind in own if kind in TEXT_TYPES]
        for column, sentence, article_id in _said(connection, f'"{schema}"."{table}"', texts, key):
            yield Trace(f"{name}: {schema}.{table}.{column}", sentence, article_id)


def _in_remnant(connection: duckdb.DuckDBPyConnection, name: str, source: str) -> Iterator[Trace]:
    """Yield sentences in whatever SQL can read from: rows that a table no longer names."""
    described = connection.execute(f"DESCRIBE SELECT * FROM {source}").fetchall()
    texts = [column for column, kind, *_ in described if kind in TEXT_TYPES]
    for column, sentence, _ in _said(connection, source, texts):
        yield Trace(f"{name}: {column}", sentence)


def _said(
    connection: duckdb.DuckDBPyConnection, source: str, columns: Sequence[str], key: str = "NULL"
) -> list[tuple[str, str, str | None]]:
    """Return the sentences of the variable `sentences` that `columns` of a table hold: each with
    its column and the `key` of its row. One query reads all columns of a table: a query costs more
    than what it reads of a small table.
    """
    if not columns:
        return []
    held = ", ".join(
        f"""{PLAIN.format(f'"{column}"')} AS c{n}""" for n, column in enumerate(columns)
    )
    hits = [f"coalesce(contains(c{n}, plain), false)" for n in range(len(columns))]
    rows = connection.execute(
        f"SELECT DISTINCT w, key, {', '.join(hits)} "
        f"FROM (SELECT {key} AS key, {held} FROM {source}), "
        f"(SELECT w, {PLAIN.format('w')} AS plain"
        " FROM unnest(getvariable('sentences')) AS s(w)) "
        f"WHERE {' OR '.join(hits)}"
    ).fetchall()
    found = {
        (column, sentence, row_key)
        for sentence, row_key, *is_held in rows
        for column, is_in in zip(columns, is_held, strict=True)
        if is_in
    }
    return sorted(found, key=lambda one: (one[0], one[1], one[2] or ""))


def _in_bytes(file: Path, sentences: Sequence[str]) -> Iterator[Trace]:
    """Yield sentences in a file's bytes: rows that were deleted but not overwritten."""
    wanted = [sentence.encode() for sentence in sentences]
    overlap = max(map(len, wanted), default=1)
    with file.open("rb") as handle:
        tail = b""
        while chunk := handle.read(CHUNK_BYTES):
            window = tail + chunk
            for words in wanted:
                if words in window:
                    yield Trace(f"{file.name}: bytes", words.decode())
            tail = window[-overlap:]


def _in_records(path: Path, sentences: Sequence[str]) -> Iterator[Trace]:
    import gzip

    wanted = [sentence.encode() for sentence in sentences]
    with path.open("rb") as file:
        for member in members(path, 0):
            file.seek(member.start)
            content = gzip.decompress(file.read(member.end - member.start))
            for words in wanted:
                if words in content:
                    yield Trace(f"{path.name}: byte {member.start}", words.decode())
