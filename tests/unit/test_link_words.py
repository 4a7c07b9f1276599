"""Where the words of a text stand: long texts are read in another way than short ones."""

from __future__ import annotations

import pytest

from flows.link.fingerprint import MAX_CODE, MIN_LONG, WORD, spans_of

PIECES = (
    "The ferry's crew didn’t sail at 7:30 – “too rough”, said O'Hara. ",
    "L’été d'Élise à l''abri, rock 'n' roll_over 'a'b’c' ",
    "Паром не вышел в море № 5 ½ x² ٣ ",
    "_a_'_b 'x ’y z' ",
    "\ud800's \x00 a\u200bb\u00adc ",
    "'",
    "word",
    "- ' - ",
)


@pytest.mark.parametrize("piece", PIECES)
def test_a_long_text_has_the_words_that_the_pattern_finds(piece: str) -> None:
    text = piece * (MIN_LONG // len(piece) + 1)
    assert len(text) >= MIN_LONG
    assert spans_of(text) == [match.span() for match in WORD.finditer(text)]


@pytest.mark.parametrize("last", ["𝒜’s", "ﬁn", "Ａ'Ｂ", "🙂"])
def test_characters_that_are_not_looked_up_are_read_by_the_pattern(last: str) -> None:
    text = "word " * MIN_LONG + last
    assert max(map(ord, text)) >= MAX_CODE
    assert spans_of(text) == [match.span() for match in WORD.finditer(text)]


@pytest.mark.parametrize("script", ["ไทย", "渡し船"])
def test_scripts_without_spaces_are_cut_into_pairs(script: str) -> None:
    before = "word " * MIN_LONG
    start = len(before)
    pairs = [(start + n, start + n + 2) for n in range(len(script) - 1)]
    assert spans_of(before + script)[MIN_LONG:] == pairs


def test_a_text_without_words_has_none() -> None:
    assert spans_of("' – " * MIN_LONG) == []
