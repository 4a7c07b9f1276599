"""Pages that are no article are told by name, and articles about walls, errors and cookies are
not.
"""

from __future__ import annotations

import re
import tomllib
from importlib.resources import files
from typing import Any

import pytest

from flows.clean import clean_page
from flows.clean.model import OUTCOMES
from flows.clean.outcome import Evidence, classify_page

KINDS: list[dict[str, Any]] = tomllib.loads(
    files("flows.clean").joinpath("outcome.toml").read_text("utf-8")
)["kind"]
PARAGRAPH = (
    "The council of Eastmere voted on Monday night to keep the old ferry running for "
    "another winter, whatever it costs the town. "
)


def judged(line: str) -> str:
    return classify_page(
        Evidence(kept=[line], lines=[line], headings=[line], has_password_field=lambda: True)
    )[0]


@pytest.mark.parametrize(
    ("outcome", "line"), [(kind["outcome"], line) for kind in KINDS for line in kind["cuts"]]
)
def test_a_kind_knows_its_words(outcome: str, line: str) -> None:
    assert outcome in OUTCOMES
    assert judged(line) == outcome


@pytest.mark.parametrize(
    ("outcome", "line"), [(kind["outcome"], line) for kind in KINDS for line in kind["keeps"]]
)
def test_a_kind_does_not_take_articles_for_its_own(outcome: str, line: str) -> None:
    assert judged(line) in ("article", "too_short")


@pytest.mark.parametrize(
    ("kind", "line"), [(kind, line) for kind in KINDS if "signs" in kind for line in kind["cuts"]]
)
def test_what_a_kind_says_has_one_of_its_signs(kind: dict[str, Any], line: str) -> None:
    is_said = bool(re.search(kind["text"], line, re.I))
    assert not is_said or any(sign in line.lower() for sign in kind["signs"])


def page(title: str, body: str) -> str:
    return f"<html><head><title>{title}</title></head><body>{body}</body></html>"


FRONT = "".join(
    f'<h3><a href="/{n}">Headline number {n} of this long morning</a></h3>' for n in range(30)
)


@pytest.mark.parametrize(
    ("markup", "outcome"),
    [
        (
            page(
                "Just a moment...",
                "<h1>lantern.example</h1><p>Verify you are human by completing the action "
                "below.</p>",
            ),
            "block_page",
        ),
        (
            page(
                "Page not found – Lantern",
                "<h1>404</h1><p>The page you are looking for does not exist or has moved.</p>",
            ),
            "not_found",
        ),
        (
            page(
                "Before you continue",
                "<p>We and our 812 partners store and access information on your "
                "device.</p><button>Accept</button>",
            ),
            "cookie_wall",
        ),
        (
            page(
                "Sign in",
                '<form><p>Sign in to continue reading.</p><input type="password"><p>Forgot your '
                "password?</p></form>",
            ),
            "login_wall",
        ),
        (page("Sport", f"<main>{FRONT}</main>"), "section_front"),
        (page("Ferry", "<p>Soon.</p>"), "too_short"),
        (page("", "<script>start()</script>"), "empty"),
        ("   \n ", "empty"),
        (b"%PDF-1.4 ...", "unreadable"),
    ],
)
def test_pages_that_are_no_article(markup: str | bytes, outcome: str) -> None:
    cleaned = clean_page(markup, url="https://lantern.example/x")
    assert (cleaned.outcome, cleaned.text) == (outcome, "")
    assert cleaned.detail


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, "not_found"),
        (410, "not_found"),
        (403, "block_page"),
        (429, "block_page"),
        (200, "article"),
    ],
)
def test_a_status_speaks_where_the_page_is_short(status: int, outcome: str) -> None:
    short, long = (
        page("Ferry", f"<p>{PARAGRAPH}</p>"),
        page("Ferry", "<h1>Ferry</h1>" + "".join(f"<p>{n}. {PARAGRAPH * 4}</p>" for n in range(3))),
    )
    assert clean_page(short, status=status).outcome == outcome
    assert clean_page(long, status=status).outcome == "article"


@pytest.mark.parametrize(
    "title",
    [
        "Access denied: how a fence split the town",
        "404 reasons to love the ferry",
        "Not found: the lost bell of Eastmere",
    ],
)
def test_an_article_with_such_a_title_is_an_article(title: str) -> None:
    body = "".join(f"<p>{n}. {PARAGRAPH * 2}</p>" for n in range(6))
    assert (
        clean_page(page(title, f"<article><h1>{title}</h1>{body}</article>")).outcome == "article"
    )


def test_an_article_about_cookies_is_an_article() -> None:
    body = (
        "".join(f"<p>{n}. {PARAGRAPH}</p>" for n in range(8))
        + "<p>We use cookies, the site then says; accept them or leave.</p>"
    )
    assert (
        clean_page(
            page(
                "Who reads your cookies?",
                f"<article><h1>Who reads your cookies?</h1>{body}</article>",
            )
        ).outcome
        == "article"
    )


def test_a_long_consent_text_is_a_cookie_wall_all_the_same() -> None:
    body = "".join(
        f"<p>We and our partners use cookies for purpose {n}; you may accept or refuse them one "
        "by one below.</p>"
        for n in range(30)
    )
    assert clean_page(page("Privacy", f"<div>{body}</div>")).outcome == "cookie_wall"
