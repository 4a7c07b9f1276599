"""Exports: what is written is what was there, in both formats."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from warehouse.errors import WarehouseError
from warehouse.export import Format, export_tables
from warehouse.sql import quoted

OLD, NEW = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 2, 1, tzinfo=UTC)


@pytest.fixture
def tables() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.execute(
            "CREATE TABLE articles (article_id VARCHAR, text VARCHAR, authors VARCHAR[], "
            "last_seen_at TIMESTAMPTZ);"
            "CREATE TABLE quotes (article_id VARCHAR, text VARCHAR);"
            "CREATE TABLE entities (entity_id VARCHAR, name VARCHAR);"
            "CREATE VIEW authors AS SELECT unnest(authors) AS name FROM articles;"
            "COMMENT ON COLUMN articles.text IS 'Paragraphs'"
        )
        rows = [
            ("a", 'Line one\n"quoted", and a comma', ["Ann, of Norr", "Bo"], OLD),
            ("b", "ünï", [], NEW),
        ]
        connection.executemany("INSERT INTO articles VALUES (?, ?, ?, ?)", rows)
        connection.execute("INSERT INTO quotes VALUES ('a', 'x'), ('b', NULL)")
        connection.execute("INSERT INTO entities VALUES ('e', 'Ann')")
        yield connection


def read_back(folder: Path, table: str, file_format: Format) -> list[tuple[object, ...]]:
    """Rows of an exported file, typed as the manifest says."""
    manifest = json.loads((folder / "manifest.json").read_text(encoding="utf-8"))
    (entry,) = (t for t in manifest["tables"] if t["name"] == table)
    path = quoted(folder / entry["file"])
    casts = ", ".join(
        f"CAST({c['name']}::JSON AS {c['type']})"
        if file_format == "csv" and c["type"].endswith("[]")
        else f"CAST({c['name']} AS {c['type']})"
        for c in entry["columns"]
    )
    source = f"read_csv({path}, all_varchar = true)" if file_format == "csv" else path
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        rows = connection.execute(f"SELECT {casts} FROM {source}").fetchall()
    assert len(rows) == entry["row_count"]
    return rows


@pytest.mark.parametrize("file_format", ["parquet", "csv"])
def test_a_round_trip_keeps_every_value(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path, file_format: Format
) -> None:
    list(export_tables(tables, tmp_path, file_format))
    assert {p.name for p in tmp_path.iterdir()} == {
        "manifest.json", *(f"{t}.{file_format}" for t in ("articles", "quotes", "entities")),
    }  # fmt: skip
    for table in ("articles", "quotes", "entities"):
        expected = tables.execute(f"FROM {table}").fetchall()
        assert read_back(tmp_path, table, file_format) == expected


def test_since_keeps_what_hangs_on_newer_articles(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    list(export_tables(tables, tmp_path, "parquet", since=NEW))
    counts = {t: len(read_back(tmp_path, t, "parquet")) for t in ("articles", "quotes", "entities")}
    assert counts == {"articles": 1, "quotes": 1, "entities": 1}


def test_a_view_can_be_asked_for_and_an_earlier_export_replaced(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    list(export_tables(tables, tmp_path, "csv"))
    list(export_tables(tables, tmp_path, "csv", ["authors"]))
    assert sorted(p.name for p in tmp_path.iterdir()) == ["authors.csv", "manifest.json"]
    assert read_back(tmp_path, "authors", "csv") == [("Ann, of Norr",), ("Bo",)]


@pytest.mark.parametrize(
    "content",
    [
        "no json",
        "[1]",
        '{"name": "an app", "icons": []}',
        '{"tables": [{"file": "mine.txt"}]}',
        '{"newsduck": "1", "tables": 7}',
        '{"newsduck": "1", "tables": ["mine.txt"]}',
        "[" * 100_000,
    ],
    ids=["text", "list", "app", "tables", "number", "names", "deep"],
)
def test_a_manifest_of_another_program_is_no_earlier_export(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path, content: str
) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    (tmp_path / "manifest.json").write_text(content, encoding="utf-8")
    with pytest.raises(WarehouseError, match="holds other files"):
        list(export_tables(tables, tmp_path, "csv"))
    assert (tmp_path / "mine.txt").exists()
    assert (tmp_path / "manifest.json").read_text(encoding="utf-8") == content


def test_nothing_of_others_is_overwritten(
    tables: duckdb.DuckDBPyConnection, tmp_path: Path
) -> None:
    (tmp_path / "mine.txt").write_text("keep", encoding="utf-8")
    with pytest.raises(WarehouseError, match="holds other files"):
        list(export_tables(tables, tmp_path, "csv"))
    with pytest.raises(WarehouseError, match="no table or view is called nobody"):
        list(export_tables(tables, tmp_path / "new", "csv", ["nobody"]))
    assert [p.name for p in tmp_path.iterdir()] == ["mine.txt"]
