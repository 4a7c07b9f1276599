"""The check of mentions finds words anywhere in a text, however the text is cut for it."""

from __future__ import annotations

import duckdb
import pytest

from warehouse.check_loader import all_checks

NAME = "Ilse Brandt-Ørsted"
TEXT = ("é" * 2040 + NAME) * 3 + "é" * 40 + NAME
"""Names across each place where the text is cut, and at its end."""


def found(*mentions: tuple[int, int, str]) -> list[int]:
    """Return the first offsets of the mentions that the check returns."""
    connection = duckdb.connect()
    connection.execute(
        "CREATE TABLE checked_articles (article_id VARCHAR, text VARCHAR);"
        "CREATE TABLE checked_mentions"
        " (article_id VARCHAR, char_start BIGINT, char_end BIGINT, text VARCHAR)"
    )
    connection.execute("INSERT INTO checked_articles VALUES ('a', ?), ('b', '')", [TEXT])
    connection.executemany("INSERT INTO checked_mentions VALUES ('a', ?, ?, ?)", mentions)
    check = next(check for check in all_checks() if check.name == "mention_is_in_text")
    return [start for _, start, _, _ in connection.execute(check.query).fetchall()]


def test_right_offsets_are_right_wherever_they_are() -> None:
    starts = [n for n in range(len(TEXT)) if TEXT.startswith(NAME, n)]
    assert len(starts) == 4
    assert found(*((start, start + len(NAME), NAME) for start in starts)) == []


@pytest.mark.parametrize(
    ("start", "end"),
    [(2039, 2039 + len(NAME)), (2040, 2050), (2040, 9_000), (9_000, 9_018), (-1, 17), (0, 0)],
)
def test_wrong_offsets_are_found(start: int, end: int) -> None:
    assert found((start, end, NAME)) == [start]
