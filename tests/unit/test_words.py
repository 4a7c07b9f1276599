"""Words are found whole, in every script; a `*` leaves an end open."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.words import FOLDED, has_words, words_of


@pytest.fixture(scope="module")
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        yield opened


@pytest.mark.parametrize(
    ("words", "text", "is_found"),
    [
        ("ban", "Urban renewal", False),
        ("ban", "The town banned it", False),
        ("ban", "A ban.", True),
        ("BAN", "the anti-ban vote", True),
        ("ban*", "The town banned it", True),
        ("ban*", "Urban renewal", False),
        ("*ban", "Urban renewal", True),
        ("*hafen", "Am Fischhafen", True),
        ("hafen", "Am Fischhafen", False),
        ("council", "the council's vote", True),
        ("pecheur", "Le pêcheur", True),
        ("northern quay", "the northern\n  quay is wide", True),
        ("northern quay", "the northernquay", False),
        ("northern qua*", "northern quays", True),
        ("u.s. army", "the U.S. army", True),
        ("u.s. army", "the uxs army", False),
        ("码头", "扩建北码头工程", True),
        ("ไทย", "หนังสือพิมพ์ไทยรัฐ", True),
        ("서울", "서울에서 열린", True),
        ("서울", "동서울 사람", False),
        ("рада", "Города", False),
        ("भाषा", "हिन्दी भाषा में", True),
        ("Straße", "DIE STRASSE IST ZU", True),
        ("strasse", "Die Straße ist zu", True),
        ("ΟΔΟΣ", "Η οδός είναι κλειστή", True),
        ("ığdır", "IĞDIR'da grev", True),
        ("Lodz", "W Łodzi i Łódź", True),
        ("l'eau potable", "L’eau potable", True),
        ("sea-wall", "the sea wall vote", True),
        ("sea wall", "the sea-wall vote", True),
        ("sea wall", "by the sea. Wall paper", False),
        ("sea wall", "the sea, wall and dune", False),
        ("sea wall", "the seawall vote", False),
    ],
)
def test_words_are_whole(
    connection: duckdb.DuckDBPyConnection, words: str, text: str, is_found: bool
) -> None:
    query = f"SELECT {has_words(FOLDED.format('$text'), 'words')}"
    assert connection.execute(query, {"text": text, "words": words}).fetchone() == (is_found,)


def test_a_query_is_cut_into_words() -> None:
    assert words_of("quay, l'eau *hafen ban* हिन्दी * …") == [
        "quay",
        "l",
        "eau",
        "*hafen",
        "ban*",
        "हिन्दी",
    ]
