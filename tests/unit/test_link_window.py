"""The words of the window: which articles have those of a new one, however they are stored."""

from __future__ import annotations

import zlib
from collections.abc import Iterator
from typing import Any

import duckdb
import numpy as np
import polars as pl
import pytest

from flows.linking import window
from schemas import LINK_ARTICLES
from warehouse.migrate import migrate, steps
from warehouse.sql import insert_frame

PACKED = "0022_window_words"
"""The migration that stores words as bytes."""

TEXTS = {
    "new": "the harbour wall gave way",
    "told": "the harbour wall stood",
    "other": "the mayor sang",
    "far": "the harbour wall was built",
}
DAYS = {"new": 10, "told": 9, "other": 11, "far": 1}


def terms_of(text: str) -> Any:
    """The words of a text as fingerprints have them."""
    return np.unique(np.array([zlib.crc32(word.encode()) for word in text.split()], np.uint32))


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        yield connection


def fill(connection: duckdb.DuckDBPyConnection) -> None:
    """Write the fingerprints of TEXTS, and make one of them new."""
    rows = pl.DataFrame({"article_id": list(TEXTS)}).with_columns(
        high_bits=pl.Series([window.packed(terms_of(text))[0] for text in TEXTS.values()]),
        low_bits=pl.Series([window.packed(terms_of(text))[1] for text in TEXTS.values()]),
        counts=pl.Series([[1] * len(terms_of(text)) for text in TEXTS.values()]),
        day=pl.Series([DAYS[key] for key in TEXTS]),
    )
    connection.execute(
        "CREATE TABLE prints (article_id VARCHAR, high_bits BLOB, low_bits BLOB, counts UTINYINT[],"
        " day INTEGER)"
    )
    insert_frame(connection, "prints", rows)
    connection.execute(
        f"""
        INSERT INTO {LINK_ARTICLES.name} BY NAME
        SELECT * EXCLUDE (day), make_date(2026, 3, day) AS seen_on, article_id AS copy_id,
            false AS is_round_up, now() AS linked_at, counts AS marks, [] AS words, [] AS quoted
        FROM prints;
        CREATE TEMP TABLE link_fresh AS SELECT 'new' AS article_id, NULL AS former_story_id
        """
    )


def test_the_window_says_who_has_the_rare_words_of_a_new_article(
    connection: duckdb.DuckDBPyConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    migrate(connection)
    fill(connection)
    for part_rows in (1, window.PART_ROWS):
        monkeypatch.setattr(window, "PART_ROWS", part_rows)
        found = window.read_window(connection)
        assert found.article_ids == ["told", "new", "other"]
        words = {
            (found.article_ids[place], int(column))
            for place, column in zip(found.owners, found.rare, strict=True)
        }
        shared = {"told": "the harbour wall", "new": TEXTS["new"], "other": "the"}
        assert words == {
            (key, int(column))
            for key, text in shared.items()
            for column in terms_of(text) & (window.WIDTH - 1)
        }
        assert found.frequency.sum() == sum(len(terms_of(TEXTS[k])) for k in found.article_ids)


def test_an_article_without_words_moves_no_words_of_others(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    migrate(connection)
    fill(connection)
    connection.execute(
        "UPDATE meta.link_articles SET high_bits = '', low_bits = '', counts = [] "
        "WHERE article_id = 'told'"
    )
    found = window.read_window(connection)
    assert {found.article_ids[place] for place in found.owners} == {"new", "other"}


def test_words_stored_as_lists_keep_their_columns(connection: duckdb.DuckDBPyConnection) -> None:
    terms = np.array([0, 255, 256, 65_535, 65_536, 2**21 - 1, 2**21, 2**32 - 1], np.uint32)
    for _, step in steps():
        if step.name == PACKED:
            connection.execute(
                "INSERT INTO meta.link_articles BY NAME SELECT unnest(['a', 'b']) AS article_id, "
                "unnest([?, '[]'])::JSON::UINTEGER[] AS terms, DATE '2026-03-01' AS seen_on, "
                "'c' AS copy_id, false AS is_round_up, now() AS linked_at, [] AS counts, "
                "[] AS marks, [] AS words, [] AS quoted",
                [str(terms.tolist())],
            )
        connection.execute(step.text)
    query = "SELECT high_bits, low_bits FROM meta.link_articles ORDER BY article_id"
    assert connection.execute(query).fetchall() == [window.packed(terms), (b"", b"")]
    assert window.unpacked(*zip(window.packed(terms), strict=True)).tolist() == [
        n % 2**21 for n in terms.tolist()
    ]
