"""Monsters are rejected before they cost anything; large real pages are not."""

from __future__ import annotations

from time import process_time

import pytest

from flows.acquire.page import TooLargePageError
from flows.clean import clean_page, outcome
from flows.worker.size_limits import check_size

SENTENCE = "The quay of Port Ellery is wide. "


def html(body: str) -> bytes:
    return f"<html><body>{body}</body></html>".encode()


@pytest.mark.parametrize(
    ("content", "is_html"),
    [
        (html("<div " + " ".join(f"a{n}='{n}'" for n in range(100_000)) + "></div>"), True),
        (html("<div " + " ".join(f'a{n}=">"' for n in range(20_000)) + "></div>"), True),
        (html("<div " + " ".join(f"a{n}" for n in range(20_000)) + "></div>"), True),
        (html("".join(f"<p>Paragraph {n}.</p>" for n in range(50_000))), True),
        (html("<P>word" * 20_000), True),
        (html("<li><a href=/a>a</a>" * 50_000), True),
        (html("<item>" * 400_000), True),
        ((SENTENCE * 100_000).encode(), False),
        (("Line.\n\n" * 200_000).encode(), False),
    ],
)  # fmt: skip
def test_monsters_are_too_large(content: bytes, is_html: bool) -> None:
    started = process_time()
    with pytest.raises(TooLargePageError, match="more than"):
        check_size(content, is_html=is_html)
    assert process_time() - started < 3


@pytest.mark.parametrize(
    "body",
    [
        "<p>" + SENTENCE * 100_000 + "</p>",
        '<img src="data:image/png;base64,' + "QUJD" * 500_000 + '">',
        "<div data-props='" + '{"a = b": "c d", "e": [1, 2, 3]} ' * 50_000 + "'></div>",
        "<script>" + "var a = 'b'; x = y + z; " * 100_000 + "</script>",
        "".join(f'<p class="a" id="p{n}" data-n="{n}">Words {n}.</p>' for n in range(3_000)),
        "<ul>"
        + "".join(f'<li class="c"><a href="/{n}">n</a></li>' for n in range(5_000))
        + "</ul>",
    ],
)
def test_large_real_pages_pass(body: str) -> None:
    check_size(html(body), is_html=True)


@pytest.mark.parametrize("word", ["word ", "x", SENTENCE])
def test_a_page_in_one_line_is_too_large_before_it_is_searched(
    monkeypatch: pytest.MonkeyPatch, word: str
) -> None:
    def search(_: object) -> bool:
        raise AssertionError("searching so long a text takes seconds")

    monkeypatch.setattr(outcome, "_is_notice", search)
    text = (word * (outcome.MAX_TEXT // len(word) + 2)).strip()
    cleaned = clean_page(html(f"<article><h1>Port Ellery</h1><p>{text}</p></article>"))
    assert (cleaned.outcome, cleaned.blocks) == ("too_large", ())


def test_a_text_as_long_as_a_novel_is_no_trouble() -> None:
    kept = ["a" * outcome.MAX_TEXT]
    assert outcome.classify_page(outcome.Evidence(kept, kept)) == ("article", "")


def test_limits_count_tags_of_their_own_and_not_tags_at_all() -> None:
    for name, limit in (("p", 10_000), ("li", 30_000)):
        check_size(html(f"<{name}>a" * (limit - 1)), is_html=True)
        check_size(html("<i>a" * (limit + 1)), is_html=True)
        with pytest.raises(TooLargePageError, match="more than"):
            check_size(html(f"<{name}>a" * (limit + 1)), is_html=True)
