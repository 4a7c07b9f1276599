"""Monsters are rejected before they cost anything; large real pages are not."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from time import process_time

import pytest

from flows.acquire.page import TooLargePageError
from flows.worker.size_limits import MAX_ARTICLE_CHARACTERS, check_article, check_size

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


def test_a_text_that_is_longer_than_articles_is_too_large() -> None:
    check_article("a" * MAX_ARTICLE_CHARACTERS)
    with pytest.raises(TooLargePageError):
        check_article("a" * (MAX_ARTICLE_CHARACTERS + 1))


@pytest.mark.parametrize(
    "hostile",
    [lambda n: b"<a" * n, lambda n: b'<a "' * n, lambda n: b"<a " + b"'\"" * n, lambda n: b"<" * n],
)
def test_looking_costs_time_in_proportion_to_size(hostile: Callable[[int], bytes]) -> None:
    def seconds(size: int) -> float:
        content, best = hostile(size), 1e9
        for _ in range(3):
            started = process_time()
            with contextlib.suppress(TooLargePageError):
                check_size(content, is_html=True)
            best = min(best, process_time() - started)
        return best

    assert seconds(800_000) < 16 * seconds(100_000) + 0.05
