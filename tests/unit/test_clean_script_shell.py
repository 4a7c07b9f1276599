"""Pages whose text only scripts can write are told from short pages, empty pages and articles."""

from __future__ import annotations

import pytest

from flows.clean import clean_page

WORDS = (
    "The lock keepers of Ellery will open the upper gate an hour earlier from Monday, since the "
    "barges of the grain harbour have queued there every morning of the past two weeks. "
)
ARTICLE = "<article><h1>Gate opens earlier</h1>" + f"<p>{WORDS}</p>" * 6 + "</article>"


def outcome(body: str, head: str = "", status: int = 200) -> str:
    page = f"<html><head><title>Gate</title>{head}</head><body>{body}</body></html>"
    return clean_page(page, url="https://tide.example/gate-7", status=status).outcome


@pytest.mark.parametrize(
    "body",
    [
        '<div id="root"></div><script src="/main.js"></script>',
        '<div id="__next"><div>Loading…</div></div><script>start()</script>',
        "<news-app></news-app><script type=module src=/m.js></script>",
        "<script src=/a.js></script><noscript>Diese Seite braucht JavaScript.</noscript>",
        "<p>You need to enable JavaScript to run this app.</p><script src=/a.js></script>",
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main id="app"></main>'
        '<footer>Ellery Tide</footer><script src="/a.js"></script>',
        '<nav><a href="/">Home</a> <a href="/sport">Sport</a></nav><main class="page"></main>'
        '<footer>Ellery Tide</footer><script src="/a.js"></script>',
        '<div style="display: contents"></div><script>import("/start.js")</script>',
        '<script src="/vendor.js"></script><script src="/tide.js"></script>',
    ],
)
def test_a_shell_needs_javascript(body: str) -> None:
    assert outcome(body) == "needs_javascript"


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("<p>Soon more.</p><script src=/stat.js></script>", "too_short"),
        ('<div id="root"></div>', "empty"),
        (
            "<p>Soon more.</p><script src=/a.js></script><noscript><img src=/pixel></noscript>",
            "too_short",
        ),
        (f'<div id="root">{ARTICLE}</div><script src=/a.js></script>', "article"),
        (
            f"{ARTICLE}<noscript>Please turn on JavaScript.</noscript><script>a()</script>",
            "article",
        ),
        (f"{ARTICLE}<div id=app></div><script src=/comments.js></script>", "article"),
        ('<div id="app"></div><script type="application/ld+json">{}</script>', "empty"),
        ("<main><img src=/quay.jpg></main><p>The quay.</p><script>a()</script>", "too_short"),
        ("<main></main><p>The quay.</p>", "too_short"),
    ],
)
def test_other_pages_do_not(body: str, expected: str) -> None:
    assert outcome(body) == expected


def test_an_error_page_of_an_application_stays_an_error() -> None:
    body = '<div id="root"></div><p>Nothing here.</p><script src="/main.js"></script>'
    assert outcome(body, status=404) == "not_found"
