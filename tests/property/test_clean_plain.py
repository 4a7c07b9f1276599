"""Any text will do: no crash, nothing lost, the same answer twice, and time in proportion to
length.
"""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean.model import OUTCOMES, REASONS
from flows.clean.normal_text import normal_text
from flows.clean.plain import clean_plain
from tests.property.growth import assert_linear

WORDS = [
    *(
        "By",
        "Ann",
        "Lee",
        "Share",
        "Facebook",
        "Close",
        "Read more",
        "Related",
        "Subscribe now",
        "newsletter",
        "inbox",
        "cookies",
    ),
    *(
        "The ferry carried the clock to safety on Sunday night.",
        "Donate now",
        "Your gift makes it possible.",
        "©",
        "2031-05-14",
        "14 May 2031",
    ),
    *(
        "“",
        "”",
        ".",
        "...",
        "?",
        ":",
        " - ",
        "\n",
        "\n\n",
        "\t",
        "\u00a0",
        "\u2028",
        "date 2031-05 ",
        "クッキー",
        "相关阅读",
        "IN BRIEF",
        "a" * 300,
    ),
]
TEXTS = st.one_of(
    st.text(max_size=400), st.lists(st.sampled_from(WORDS), max_size=60).map(" ".join)
)
ADDRESSES = st.one_of(
    st.none(),
    st.text(max_size=40),
    st.sampled_from(["https://buoy.example/ferry-carried-clock-sunday", "http://[", "x:%"]),
)


@settings(max_examples=100, deadline=None)
@given(TEXTS, ADDRESSES)
def test_any_text(text: str, url: str | None) -> None:
    cleaned = clean_plain(text, url=url)
    assert cleaned == clean_plain(text, url=url)
    assert cleaned.outcome in OUTCOMES
    assert bool(cleaned.text) == (cleaned.outcome == "article")
    assert all(
        block.reason is None or (block.reason in REASONS and block.rule) for block in cleaned.blocks
    )
    assert "".join("".join(block.text for block in cleaned.blocks).split()) == "".join(
        normal_text(text).split()
    )
    if cleaned.outcome == "article":
        assert cleaned.text == "\n".join(
            block.text for block in cleaned.blocks if block.reason is None and block.rule is None
        )


@pytest.mark.parametrize(
    "unit",
    [
        "word ",
        "Sign up for our newsletter. The ferry sailed on in the rain and the fog. ",
        "Close Share Facebook ",
        "The ferry sailed on in the rain and came to the harbour late in the "
        "night.\nRelated\nHome\n",
        "a line that ends nowhere and then goes on\nand on in small letters\n",
        "Bridge opens early - The bridge was opened on Monday.\n",
        "。",
        "- ",
        "items:\none\ntwo\n",
    ],
)
def test_time_grows_with_length(unit: str) -> None:
    assert_linear(
        lambda text: clean_plain(text, url="https://buoy.example/ferry-sailed-rain-harbour"),
        unit,
        6_000,
    )
