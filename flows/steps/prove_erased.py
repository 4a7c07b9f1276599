"""Searches everything that newsduck keeps for sentences that were erased."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from flows.acquire.raw.store import members
from warehouse.connect import open_reader, published_path, runs_folder

CHUNK_BYTES = 1 << 24


@dataclass(frozen=True, slots=True)
class Trace:
    """A place that still holds an erased sentence. `article_id` is that of another article, of
    whose text it is a part: a copy that another outlet printed stays.
    """

    place: str
    sentence: str
    article_id: str | None = None


def find_traces(warehouse: Path, raw_store: Path, sentences: Sequence[str]) -> list[Trace]:
    """Return where any of `sentences` still stands: tables, raw bytes, stored pages, run folders.

    The caller holds the run lock and has no connection open.
    """
    if not sentences:
        return []
    traces: list[Trace] = []
    for file in (warehouse, published_path(warehouse)):
        if file.is_file():
            with open_reader(file) as connection:
                traces += _in_tables(connection, file, sentences)
            traces += _in_bytes(file, sentences, is_known=bool(traces))
    for path in sorted(raw_store.glob("*.warc.gz")) if raw_store.is_dir() else []:
        traces += _in_records(path, sentences)
    folder = runs_folder(warehouse)
    traces += [
        Trace(str(path), "(a run's folder)")
        for path in sorted(folder.rglob("*.parquet") if folder.is_dir() else [])
    ]
    return traces


def _in_tables(
    connection: duckdb.DuckDBPyConnection, file: Path, sentences: Sequence[str]
) -> Iterator[Trace]:
    columns = connection.execute(
        "SELECT schema_name, table_name, column_name FROM duckdb_columns() "
        "JOIN duckdb_tables() USING (database_name, schema_name, table_name) "
        "WHERE data_type IN ('VARCHAR', 'VARCHAR[]', 'JSON') "
        "AND database_name = current_database() ORDER BY ALL"
    ).fetchall()
    names = {(schema, table): set[str]() for schema, table, _ in columns}
    for schema, table, column in columns:
        names[schema, table].add(column)
    for schema, table, column in columns:
        key = "article_id" if "article_id" in names[schema, table] else "NULL"
        rows = connection.execute(
            f'SELECT DISTINCT w, {key} FROM "{schema}"."{table}" AS t, unnest(?::VARCHAR[]) AS '
            "s(w) "
            f'WHERE contains(t."{column}"::VARCHAR, w) ORDER BY ALL',
            [list(sentences)],
        ).fetchall()
        for sentence, article_id in rows:
            yield Trace(f"{file.name}: {schema}.{table}.{column}", sentence, article_id)


def _in_bytes(file: Path, sentences: Sequence[str], *, is_known: bool) -> Iterator[Trace]:
    """Yield sentences in a file's bytes: rows that were deleted but not overwritten.

    Where another article holds the sentence, its bytes say nothing more.
    """
    if is_known:
        return
    wanted = [sentence.encode() for sentence in sentences]
    overlap = max(map(len, wanted))
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
