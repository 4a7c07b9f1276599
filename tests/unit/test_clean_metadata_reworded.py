"""The title is the head's wording where the page shows readers another than the desk wrote."""

from __future__ import annotations

import json

import pytest

from flows.clean import clean_page
from flows.clean.metadata.reworded import reworded_title
from flows.clean.metadata.tags import HeadTags

SITES = ("eastmere lantern", "lantern")
SHOWN = "Harbour news: Ferry stays all winter as ice closes the northern bridge"


def head(
    card: str | None = None, twitter: str | None = None, page_title: str | None = None
) -> HeadTags:
    cards = {"og:title": card, "twitter:title": twitter}
    return HeadTags(meta={name: [text] for name, text in cards.items() if text}, title=page_title)


def article(headline: str, kind: str = "NewsArticle") -> dict[str, str]:
    return {"@type": kind, "headline": headline}


@pytest.mark.parametrize(
    ("card", "expected"),
    [
        (
            "Ferry stays all winter as ice closes the northern bridge",
            "Ferry stays all winter as ice closes the northern bridge",
        ),
        (
            "Ferry stays all winter as ice closes bridge | Eastmere Lantern",
            "Ferry stays all winter as ice closes bridge",
        ),
        ("Ferry stays all winter", "Ferry stays all winter"),
        ("Harbour news", SHOWN),  # a series, no headline
        (
            "Why the ferry stays all winter",
            SHOWN,
        ),  # a teaser of its own, not the headline shortened
        (SHOWN, SHOWN),
    ],
)
def test_cards_carry_the_headline_without_what_was_added_to_it(card: str, expected: str) -> None:
    tags = head(card, card, f"{SHOWN} | Eastmere Lantern")
    assert reworded_title(SHOWN, [SHOWN], [article(SHOWN)], tags, SITES) == expected
    assert reworded_title(SHOWN, [SHOWN], [], tags, SITES) == expected


@pytest.mark.parametrize(
    ("tags", "headline"),
    [
        (head("Ferry stays all winter", None, SHOWN), SHOWN),
        (head("Ferry stays all winter", "Ferry stays", "Ferry stays all winter"), SHOWN),
        (head("Ferry stays all winter", "Ferry stays", SHOWN), "Ferry stays"),
    ],
)
def test_the_headline_stays_where_nothing_says_that_it_was_lengthened(
    tags: HeadTags, headline: str
) -> None:
    assert reworded_title(SHOWN, [SHOWN], [article(headline)], tags, SITES) == SHOWN


@pytest.mark.parametrize(
    ("articles", "expected"),
    [
        ([article("Eastmere keeps its boat")], "Eastmere keeps its boat"),
        (
            [article("Eastmere keeps its boat"), article("Eastmere keeps its boat", "Article")],
            "Eastmere keeps its boat",
        ),
        ([article("Eastmere keeps its boat", "Article")], SHOWN),
        (
            [article("Eastmere keeps its boat"), article("Mayor to speak of the budget")],
            SHOWN,
        ),  # which of them is this page's?
        (
            [article("Ferry stays all winter as ice closes the bridge")],
            SHOWN,
        ),  # the same headline with a word changed
        ([article("Eastmere Lantern")], SHOWN),
        ([], SHOWN),
    ],
)
def test_a_news_article_names_its_own_headline(
    articles: list[dict[str, str]], expected: str
) -> None:
    assert reworded_title(SHOWN, [SHOWN], articles, head(SHOWN, SHOWN, SHOWN), SITES) == expected


def test_a_title_that_no_heading_shows_stays() -> None:
    assert (
        reworded_title(SHOWN, [], [article("Eastmere keeps its boat")], head(SHOWN), SITES) == SHOWN
    )
    assert reworded_title(None, [], [], head(), SITES) is None


def test_the_shown_headline_does_not_stand_in_the_text_of_a_page_whose_title_is_another() -> None:
    told = json.dumps(article("Eastmere keeps its boat"))
    prose = "".join(
        f"<p>The boat of Eastmere sailed on day {day} with sixty people and their bicycles on "
        "board.</p>"
        for day in range(9)
    )
    page = (
        f'<html><head><title>{SHOWN}</title><meta property="og:title" content="{SHOWN}">'
        "<script "
        f'type="application/ld+json">{told}</script></head><body><article><h1>{SHOWN}</h1>{prose}</article></body></html>'
    )
    cleaned = clean_page(page)
    assert cleaned.title == "Eastmere keeps its boat"
    assert SHOWN not in cleaned.text
    assert cleaned.text.count("\n") == 8
