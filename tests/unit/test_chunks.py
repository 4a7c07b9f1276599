"""Tokens that are found without asking the pattern are the ones that it would find."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

import pytest

from flows.annotate.chunks import find_tokens
from flows.annotate.entities import tokens as english
from flows.annotate.entities.world import tokens as world
from flows.annotate.quotes import tokens as quotes
from flows.annotate.quotes.general import scan

PIECES = (
    "word Word A I I. J. St. Mt. Mr. vs. Sept. No. U.S. a.m. think tank tanks 's ’s s ’ ' “ ” "
    "« » ( ) [ ] { } - – … . , ; : ! ? 5 5th 3.5 1,000 50% x_y _ ² é Ø Привет 中文 "
    "don't l’eau R-Ala. AT&T well-known S.Okello \xa0 \t \r \u2028 \u200b é́ ß İ ﬁ ١٢ क्षेत्र"
).split(" ")
SPACES = (" ", " ", " ", "", "", "\n", "\n\n", "  ", " \n")

Finder = Callable[[str, int, int], list[tuple[int, str]]]

TOKENISERS: dict[str, tuple[re.Pattern[str], Finder]] = {
    "entities": (
        english.TOKEN,
        lambda *at: find_tokens(english.TOKEN, *at, with_stop=english.WITH_STOP),
    ),
    "entities of the world": (world.TOKEN, lambda *at: find_tokens(world.TOKEN, *at)),
    "quotations": (
        quotes.TOKEN,
        lambda *at: find_tokens(
            quotes.TOKEN, *at, with_stop=quotes.WITH_STOP, with_next=quotes.WITH_NEXT
        ),
    ),
    "quotations of the world": (scan.TOKEN, lambda *at: find_tokens(scan.TOKEN, *at)),
}


@pytest.mark.parametrize("name", TOKENISERS)
def test_as_the_pattern_finds_them(name: str) -> None:
    pattern, find = TOKENISERS[name]
    dice = random.Random(7)
    for _ in range(2_000):
        text = "".join(
            dice.choice(PIECES) + dice.choice(SPACES) for _ in range(dice.randint(1, 14))
        )
        first = dice.randint(0, len(text) // 3)
        last = len(text) - dice.randint(0, len(text) // 3)
        for start, end in ((0, len(text)), (first, last)):
            wanted = [(at.start(), at[0]) for at in pattern.finditer(text, start, end)]
            assert find(text, start, end) == wanted, text[start:end]
