"""What pages say beside title, authors and text: kind, section, keywords, access, images, notes of
correction, the printed day; and what the source says of its pages.
"""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.acquire.page import PageRef
from flows.clean import clean_page
from flows.clean.model import Cleaned, Image
from flows.worker.process_page import Tools, process_page
from flows.worker.rows import RunContext, article_row

TEXT = "".join(
    f"<p>{n}. The council of Eastmere voted on Monday night to keep the old ferry running for "
    "another winter, whatever it costs the town.</p>"
    for n in range(6)
)

SHORT, LONG = TEXT[: TEXT.index("2.") - 3], TEXT + TEXT.replace("Monday", "Tuesday, the next,")


def page(
    *,
    article: dict[str, Any] | None = None,
    head: str = "",
    body: str = TEXT,
    title: str = "Ferry stays all winter",
    url: str = "https://lantern.example/news/ferry-stays",
    timezone: str | None = None,
    language: str | None = None,
) -> Cleaned:
    said = {"@type": "NewsArticle", "headline": title} | (article or {})
    markup = (
        f"<html><head><title>{title}</title>{head}"
        f'<script type="application/ld+json">{json.dumps(said)}</script></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return clean_page(markup, is_html=True, url=url, timezone=timezone, language=language)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ({"article": {"@type": "LiveBlogPosting"}}, "live_blog"),
        ({"url": "https://lantern.example/liveticker/harbour-fire"}, "live_blog"),
        ({"title": "Hafenbrand im Liveticker"}, "live_blog"),
        ({"article": {"@type": "OpinionNewsArticle"}}, "opinion"),
        ({"article": {"articleSection": "Meinung"}}, "opinion"),
        ({"title": "Kommentar: Die Fähre muss fahren"}, "opinion"),
        ({"url": "https://lantern.example/opinion/the-ferry"}, "opinion"),
        ({"title": "Entrevista: «El barco se queda»"}, "interview"),
        ({"url": "https://lantern.example/en-images/photos/port"}, "gallery"),
        ({"title": "Pressemitteilung: Fähre bleibt"}, "press_release"),
        ({"url": "https://forum.example/t/which-ferry/12"}, "forum"),
        ({"head": '<meta name="generator" content="phpBB 3">'}, "forum"),
        ({"url": "https://docs.example/install/ferry"}, "documentation"),
        ({"article": {"@type": ["Article", "Recipe"]}}, "recipe"),
        (
            {
                "body": "<p>The ferry of Eastmere sails again on Monday, the harbour office "
                "said.</p>"
                "<p>It had been in the dock for nine days.</p>"
            },
            "brief",
        ),
        ({}, "article"),
        ({"title": "Live cattle may cross the border again"}, "article"),
        ({"title": "Opinion polls show a tight race"}, "article"),
        ({"url": "https://lantern.example/news/opinion-polls-show-a-tight-race"}, "article"),
        ({"title": "Interview tips that harbour masters give"}, "article"),
    ],
)
def test_kinds(said: dict[str, Any], kind: str) -> None:
    assert page(**said).kind == kind


def test_an_interview_is_known_by_its_questions() -> None:
    answer = "We kept it running because nobody else would have done so in such a winter as this."
    body = "".join(
        f"<p><strong>What did the council say on day {n} of the storm?</strong></p><p>{n}. "
        f"{answer}</p>"
        for n in range(6)
    )
    assert page(body=body).kind == "interview"


def test_section_and_keywords() -> None:
    cleaned = page(
        article={"articleSection": ["Harbour"], "keywords": "ferries, Eastmere, ferries"}
    )
    assert (cleaned.section, cleaned.keywords) == ("Harbour", ("ferries", "Eastmere"))
    tagged = page(
        head='<meta property="article:section" content="Ports">'
        '<meta property="article:tag" content="Boats"><meta property="article:tag" content="Ice">'
    )
    assert (tagged.section, tagged.keywords) == ("Ports", ("Boats", "Ice"))
    assert page().keywords == ()


@pytest.mark.parametrize(
    ("said", "free"),
    [
        ({"article": {"isAccessibleForFree": True}}, True),
        ({"article": {"isAccessibleForFree": "False"}}, False),
        ({"head": '<meta property="article:content_tier" content="locked">'}, False),
        ({"head": '<meta property="article:content_tier" content="free">'}, True),
        (
            {"body": f"{SHORT}<p>This article is for subscribers only.</p>"},
            False,
        ),
        ({"body": f"{SHORT}<p>Redan prenumerant? Logga in</p>"}, False),
        ({"body": f"{SHORT}<p>Log in</p>"}, None),
        ({"body": f"{SHORT}<p>Cancel any time.</p>"}, None),
        ({"body": f"{LONG}<p>This article is for subscribers only.</p>"}, None),
        ({}, None),
    ],
)
def test_whether_everybody_may_read_it(said: dict[str, Any], free: bool | None) -> None:
    assert page(**said).is_free is free


def test_images_have_captions_and_credits() -> None:
    figure = (
        '<figure><img src="/ferry.jpg" width="900"><figcaption>The ferry at the quay.'
        ' <span class="credit">Ada Lund/Corvid</span></figcaption></figure>'
        '<img src="/pixel.gif" width="1" height="1">'
    )
    cleaned = page(
        body=TEXT + figure,
        head='<meta property="og:image" content="https://lantern.example/head.jpg">',
    )
    assert cleaned.images == (
        Image("https://lantern.example/head.jpg"),
        Image("https://lantern.example/ferry.jpg", "The ferry at the quay.", "Ada Lund/Corvid"),
    )


@pytest.mark.parametrize(
    "note",
    [
        "Correction: An earlier version of this article gave the wrong number of berths.",
        "This article has been updated to include the mayor's answer.",
        "Anmerkung der Redaktion: In einer früheren Fassung stand ein falscher Name.",
        "Rectificatif : le maire s'appelle bien Tom Quay et non Tom Quai.",
        "Fe de errores: el alcalde se llama Tom Quay.",
    ],
)
def test_notes_of_correction(note: str) -> None:
    assert page(body=f"{TEXT}<p>{note}</p>").corrections == (note,)


def test_an_article_about_a_correction_bears_none() -> None:
    assert page(body=f"{TEXT}<p>The court asked for a correction of the map.</p>").corrections == ()


@pytest.mark.parametrize(
    ("published", "timezone", "day", "moment"),
    [
        ("2031-03-02T08:00:00", "Asia/Kolkata", date(2031, 3, 2), (2031, 3, 2, 2, 30)),
        ("2031-03-02T20:00:00Z", "Asia/Kolkata", date(2031, 3, 3), (2031, 3, 2, 20, 0)),
        ("2031-03-02T20:00:00-05:00", "Asia/Kolkata", date(2031, 3, 2), (2031, 3, 3, 1, 0)),
        ("2031-03-02", "Asia/Kolkata", date(2031, 3, 2), (2031, 3, 2, 0, 0)),
        ("2031-03-02T08:00:00", None, date(2031, 3, 2), (2031, 3, 2, 8, 0)),
    ],
)
def test_the_printed_day_and_the_moment(
    published: str, timezone: str | None, day: date, moment: tuple[int, int, int, int, int]
) -> None:
    cleaned = page(article={"datePublished": published}, timezone=timezone)
    assert cleaned.published_on == day
    assert cleaned.published_at == datetime(*moment, tzinfo=UTC)


def test_a_month_is_no_day() -> None:
    assert page(article={"datePublished": "2031-03"}).published_on is None


def test_the_sources_language_holds_where_the_page_declares_none() -> None:
    assert page(language="da").language == "da"
    declared = clean_page(f"<html lang=sv><h1>Ferry</h1>{TEXT}</html>", language="da")
    assert declared.language == "sv"


def test_an_unknown_time_zone_is_an_error() -> None:
    with pytest.raises(ValueError, match="unknown time zone"):
        page(timezone="Mars/Base")


def test_zone_and_language_of_a_source_reach_its_pages(tmp_path: Path) -> None:
    file = tmp_path / "page.html"
    file.write_text(
        '<html><head><meta property="article:published_time" content="2031-03-02T08:00:00"></head>'
        f"<body><h1>Ferry stays</h1>{TEXT}</body></html>"
    )
    run = RunContext(
        "run",
        "version",
        {"lantern.example": "lantern"},
        zones={"lantern": "Asia/Kolkata"},
        languages={"lantern": "kn"},
    )
    ref = PageRef(
        str(file),
        str(file),
        datetime(2031, 3, 3, tzinfo=UTC),
        is_html=True,
        url="https://lantern.example/ferry",
    )
    row = article_row(process_page(ref, 1, Tools.of(run), annotated=False), run)
    assert row["published_at"] == datetime(2031, 3, 2, 2, 30, tzinfo=UTC)
    assert (row["published_on"], row["language"]) == (date(2031, 3, 2), "kn")
