"""Any text has mentions: exact offsets, in order, the same at each call, in time that grows with
the text.
"""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.annotate.entities import find_mentions
from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.tokens import tokenise
from flows.annotate.model import LABELS
from tests.property.growth import assert_linear

PIECES = [
    *(
        "Xi",
        "Jinping",
        "said",
        "the",
        "of",
        "Ministry",
        "U.S.",
        "’s",
        "'s",
        ".",
        ",",
        "(",
        ")",
        '"',
        "\n",
        " ",
        "-",
        "al-",
        "ACME",
        "K. ",
        "9",
    ),
    *("McX", "—", "İ", "ß", "Ǆ", "王", "\u0301", "\x00"),
]
TEXTS = st.one_of(
    st.text(),
    st.lists(st.sampled_from(PIECES)).map("".join),
    st.lists(st.sampled_from(PIECES)).map(" ".join),
)


@given(TEXTS)
def test_mentions_of_any_text(text: str) -> None:
    mentions = find_mentions(text)
    end = 0
    for mention in mentions:
        assert end <= mention.start < mention.end <= len(text)
        assert mention.label in LABELS
        assert mention.name.strip() == mention.name != ""
        assert text[mention.start : mention.end].strip() == text[mention.start : mention.end]
        end = mention.end
    assert find_mentions(text) == mentions


@given(TEXTS)
def test_tokens_hold_every_letter_once(text: str) -> None:
    tokens = tokenise(text, lexicon())
    assert all(text[token.start : token.end] == token.text != "" for token in tokens)
    assert all(one.end <= other.start for one, other in pairwise(tokens))
    covered = {index for token in tokens for index in range(token.start, token.end)}
    assert all(index in covered for index, char in enumerate(text) if char.isalnum())


@pytest.mark.parametrize(
    "piece",
    [
        *(
            "Okello met Ruiz in Lima. ",
            "Anna Berg said Anna Berg met Bo Berg. ",
            "Kim Lee (KL) ",
            "Xi Xi of the ",
            "(ABC) ",
            "AAAA ",
            "N. N. ",
        ),
        *(
            "A",
            "a.",
            "A.",
            "A-",
            "Abc-",
            "'s",
            "((((",
            "\n",
            "Mr ",
            "é",
            "of the ",
            "United ",
            "x" * 50,
        ),
    ],
)
def test_time_grows_with_the_text(piece: str) -> None:
    assert_linear(find_mentions, piece, 2_000)
