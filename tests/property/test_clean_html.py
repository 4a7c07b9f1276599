"""Whatever arrives, cleaning answers: no input crashes it, every block is accounted for, the same
input gives the same output.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.clean import clean_page
from flows.clean.decode import decode
from flows.clean.metadata.authors import clean_names
from flows.clean.metadata.dates import parse_date
from flows.clean.metadata.syndication import find_origin
from flows.clean.metadata.title import choose_title
from flows.clean.model import OUTCOMES, REASONS, Cleaned
from tests.property.growth import assert_linear

NOW = datetime(2031, 5, 3, tzinfo=UTC)
TAGS = st.sampled_from(
    "p div article main section h1 h2 ul li a b br table tr td blockquote figure figcaption "
    "aside nav footer form q span time x-y".split()
)
WORDS = st.sampled_from(
    [
        "The ferry sails at noon, she said, and nobody on the quay believed it.",
        "Read more",
        "By Ada Lund",
        "3 May 2031",
        "&#146;",
        "“",
        "x",
        "\x00",
        "<",
    ]
)
ATTRIBUTES = st.sampled_from(
    [
        "",
        ' class="related"',
        ' class="article-body"',
        " hidden",
        ' style="display:none"',
        ' href="/x"',
        ' itemprop="author"',
        ' id="comments"',
        ' role="',
    ]
)


@st.composite
def markup(draw: st.DrawFn) -> str:
    """Tags opened and closed at will, with words between them."""
    pieces = draw(
        st.lists(
            st.one_of(
                WORDS,
                st.tuples(TAGS, ATTRIBUTES).map(lambda t: f"<{t[0]}{t[1]}>"),
                TAGS.map(lambda t: f"</{t}>"),
            ),
            max_size=60,
        )
    )
    return "".join(pieces)


def holds(cleaned: Cleaned) -> None:
    assert cleaned.outcome in OUTCOMES
    assert bool(cleaned.detail) == (cleaned.outcome != "article")
    assert all(
        block.text.strip() and (block.reason is None) == (block.rule is None)
        for block in cleaned.blocks
        if block.reason
    )
    assert all(block.reason in REASONS for block in cleaned.stripped)
    if cleaned.outcome != "article":
        assert cleaned.text == ""
    for moment in (cleaned.published_at, cleaned.modified_at):
        assert moment is None or moment.utcoffset() is not None


@given(markup())
@settings(max_examples=80, deadline=None)
def test_any_markup_is_cleaned(text: str) -> None:
    cleaned = clean_page(text, is_html=True, url="https://lantern.example/x", fetched_at=NOW)
    holds(cleaned)
    if cleaned.outcome == "article":
        assert cleaned.text == "\n".join(
            block.text for block in cleaned.blocks if block.reason is None
        )
    assert cleaned == clean_page(
        text, is_html=True, url="https://lantern.example/x", fetched_at=NOW
    )


@given(st.binary(max_size=2000), st.sampled_from([None, True, False]), st.text(max_size=20))
@settings(max_examples=150, deadline=None)
def test_any_bytes_are_cleaned(content: bytes, is_html: bool | None, kind: str) -> None:
    holds(
        clean_page(
            content,
            is_html=is_html,
            url=kind,
            headers={"Content-Type": f"text/html; charset={kind}"},
        )
    )


@given(st.text(max_size=500), st.sampled_from([None, True]))
@settings(max_examples=150, deadline=None)
def test_any_text_is_cleaned(content: str, is_html: bool | None) -> None:
    holds(clean_page(content, is_html=is_html))


@given(
    st.binary(max_size=500),
    st.one_of(
        st.none(),
        st.text(max_size=12),
        st.sampled_from(["utf-16", "idna", "hex", "unicode_escape", "gbk"]),
    ),
)
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_decoded(content: bytes, declared: str | None) -> None:
    text, flags = decode(content, declared=declared)
    assert "\x00" not in text
    assert set(flags) <= {"encoding_repaired", "mojibake"}


@given(st.text(max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_string_is_read(text: str) -> None:
    parse_date(text)
    find_origin([text])
    clean_names([text, f"By {text}"], sites=["x"])
    choose_title([text], [text, None], f"{text} | x", ["x"])


def test_nesting_without_end_is_borne() -> None:
    deep = (
        "<div>" * 5000
        + "The ferry sails at noon, she said, and nobody on the quay believed it." * 3
    )
    holds(clean_page(deep, is_html=True))
    holds(clean_page("<b>" * 5000 + "text", is_html=True))


@pytest.mark.parametrize(
    "unit",
    [
        '<p class="x">The ferry sails at noon, she said, <a href="/q">and nobody</a> on the '
        "quay believed it.</p>",
        "<div>",
        "<li><a href=x>Read",
        "a ",
        "&amp;",
        "<p>“",
        '<div class="' + "a-" * 300 + '">x</div>',
        "<br>x",
        "â€™",
    ],
)
def test_long_pages_of_one_kind_take_time_in_proportion(unit: str) -> None:
    assert_linear(lambda text: clean_page(text, is_html=True), unit, 5_000)
