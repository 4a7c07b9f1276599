"""Evidence of a page's date that is weighed with a reason: weekdays, labels, entries of lists, the
clock in a masthead, heads that were made anew, margins under the headline.
"""

from __future__ import annotations

import pytest

from flows.clean import clean_page
from flows.clean.metadata.dates import DateReader, parse_date
from flows.clean.metadata.day_order import reads_day_first
from flows.clean.metadata.printed import dated_headlines
from flows.clean.metadata.weekdays import weekday_in

HEADLINE = "Ferry stays all winter"
TEXT = (
    "<p>The council of Eastmere voted on Monday night to keep the old ferry running for another "
    "winter, whatever it costs the town and its three villages.</p>"
    "<p>The boat leaves at seven and comes back at nine, said the harbour master, and nobody has "
    "to pay more for it than in the summer that has just gone by.</p>"
)


def day(body: str, head: str = "", lang: str = "en-GB") -> str | None:
    page = f'<html lang="{lang}"><head><title>{HEADLINE}</title>{head}</head><body>{body}</body>'
    found = clean_page(f"{page}</html>", is_html=True, url="https://gazette.example/ferry")
    return found.published_at.date().isoformat() if found.published_at else None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 07/11/2023", 1),
        ("Dienstag", 1),
        ("mié. 07/11/2023", 2),
        ("วันอังคาร", 1),
        ("الثلاثاء", 1),
        ("火曜日", 1),
        ("quarta-feira", 2),
        ("mar 07/11/2023", None),  # Tuesday in French, March in English
        ("Monday to Friday", None),
        ("Harbour", None),
    ],
)
def test_weekdays_are_known_in_all_languages(text: str, expected: int | None) -> None:
    assert weekday_in(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Tue, 07/11/2023", "2023-11-07"),  # both are Tuesdays: as declared
        ("Wed, 07/05/2023", "2023-07-05"),
        ("Fri, 07/05/2023", "2023-05-07"),  # neither is a Friday: as declared
        ("Sonntag, 07.05.2023", "2023-05-07"),
        ("miércoles 07/05/2023", "2023-07-05"),
        ("Sun 05/07/2023 and 12/31", "2023-05-07"),
    ],
)
def test_the_weekday_beside_a_date_proves_its_order(text: str, expected: str) -> None:
    when = parse_date(text, day_first=True)
    assert when is not None
    assert when.at.date().isoformat() == expected


def test_a_weekday_proves_the_order_of_the_whole_page() -> None:
    lines = ["07/05/2023", "Comment of Wed, 07/05/2023"]
    assert reads_day_first(lines, "en-gb", None) is False
    assert reads_day_first(["07/05/2023", "Sun, 07/05/2023"], "en-us", None) is True


def test_a_whole_day_comes_before_a_month_in_the_same_words() -> None:
    when = parse_date("27.01.2031 Figures for November 2030")
    assert when is not None
    assert (when.at.date().isoformat(), when.precision) == ("2031-01-27", "day")


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("Datum 28.04.2031", "2031-04-28"),
        ("Fecha: 28 de abril de 2031", "2031-04-28"),
        ("Verfasst am 28.04.2031 von Adalind und bisher von allen gelesen", "2031-04-28"),
        ("Scritto da Adalind il 28/04/2031 alle 9.15, nella rubrica Porto", "2031-04-28"),
        ("Data for 28 April 2031 show that the ferry was late twice.", None),
        ("Date palms were planted on 28 April 2031 by the mayor himself.", None),
    ],
)
def test_a_labelled_date_far_from_the_headline_is_the_articles(
    line: str, expected: str | None
) -> None:
    caption = "<p>The pier at night, with boats and a crane behind it, 3 March 2030</p>"
    assert day(f"<h1>{HEADLINE}</h1>{caption}{TEXT}<p>{line}</p>") == expected


def test_an_entry_of_a_list_with_this_headline_dates_the_article() -> None:
    entries = (
        '<div><a href="/y">Harbour sold to nobody</a> 29.11.2031</div>'
        f'<div><a href="/ferry">{HEADLINE}</a> 21.11.2031</div>'
        '<div><a href="/x">Mayor buys two new boats</a> 15.11.2031</div>'
    )
    assert day(f"<div>Menu</div>{entries}<h1>{HEADLINE}</h1>{TEXT}") == "2031-11-21"


def test_entries_of_one_headline_with_several_days_date_nothing() -> None:
    entries = [f"{HEADLINE} {n}.11.2031" for n in (21, 22)]
    assert dated_headlines(entries, HEADLINE, DateReader()) == []
    assert len(dated_headlines(entries[:1], HEADLINE, DateReader())) == 1
    assert dated_headlines([f"{HEADLINE} since 21.11.2031, he said"], HEADLINE, DateReader()) == []


def test_the_clock_in_a_masthead_is_nobodys_date() -> None:
    clock = '<header><time datetime="2031-11-01T13:56:20+01:00">1 November 2031</time></header>'
    article = f"<main><h1>{HEADLINE}</h1><p>31 October 2031</p>{TEXT}</main>"
    assert day(clock + article) == "2031-10-31"


@pytest.mark.parametrize(
    "article",
    [
        f"<article><h1>{HEADLINE}</h1>{{head}}{TEXT}</article>",
        f"<div><h1>{HEADLINE}</h1>{{head}}{TEXT}</div>",
        f"<div><h1>{HEADLINE}</h1><p>The council has voted</p>{{head}}{TEXT}</div>",
        f"<div>{{head}}</div><section><header><h1>{HEADLINE}</h1></header>{{head}}{TEXT}</section>",
    ],
)
def test_a_head_of_the_article_is_no_masthead(article: str) -> None:
    head = '<header><time datetime="2031-11-01T13:56:20+01:00">1 November 2031</time></header>'
    assert day(article.format(head=head)) == "2031-11-01"


def test_a_head_made_anew_gives_way_to_the_day_that_meta_tags_keep() -> None:
    made_anew = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "'
        f'{HEADLINE}", "datePublished": "2031-11-29T12:28:31Z", '
        '"dateModified": "2031-11-29T12:28:31Z"}</script>'
    )
    kept = '<meta property="article:published_time" content="2031-08-08T00:00:00Z">'
    assert day(f"<h1>{HEADLINE}</h1>{TEXT}", made_anew + kept) == "2031-08-08"
    assert day(f"<h1>{HEADLINE}</h1>{TEXT}", made_anew) == "2031-11-29"


def test_a_margin_under_the_headline_tells_the_articles_day() -> None:
    head = '<meta name="date" content="2031-01-26T14:32:06+02:00">'
    aside = (
        "<aside><p>21.01.2031 - 13:30</p><p>Source: a ship</p><p><a href='/x'>More</a></p></aside>"
    )
    assert day(f"<h1>{HEADLINE}</h1>{aside}{TEXT}", head) == "2031-01-21"


def test_a_card_under_the_headline_tells_of_another_text() -> None:
    head = '<meta name="date" content="2031-01-26T14:32:06+02:00">'
    card = "<aside><a href='/x'>Harbour sold</a><p>09.08.2030 at 10:52</p></aside>"
    assert day(f"<h1>{HEADLINE}</h1>{card}{TEXT}", head) == "2031-01-26"


@pytest.mark.parametrize("name", ["published", "article-date", "release_date", "post-date"])
def test_more_names_of_the_day_in_the_head(name: str) -> None:
    head = f'<meta name="{name}" content="July 17, 2031">'
    assert day(f"<h1>{HEADLINE}</h1>{TEXT}", head) == "2031-07-17"


@pytest.mark.parametrize(
    "told",
    [
        "<ul><li>4 May 2024: the ferry sinks</li><li>7 June 2025: the ferry is raised</li></ul>",
        "<h2>4 May 2024: the night the ferry sank</h2>",
        "<p>船は2024年5月4日に一度沈んだ。</p>",
        "<p>The first ferry of the town ran from the old pier on a windy morning, and nobody who "
        "saw it forgot the day: it was <time datetime='1998-05-04'>4 May 1998</time>.</p>",
        "<p>Copyright 2024-05-04 Harbour Gazette</p>",
        "<p>12.10.31 €</p>",
    ],
)
def test_days_that_the_text_tells_of_are_not_its_own(told: str) -> None:
    assert day(f"<article><h1>{HEADLINE}</h1>{TEXT}{told}</article>") is None


@pytest.mark.parametrize(
    "other",
    [
        '<figure class="wp-block-embed"><span>Published on Oct 12, 2031</span></figure>',
        "<div class='b'><h3><a href='/x'>Ferry hits the pier</a></h3><i>09.08.2030</i></div>",
    ],
)
def test_dates_of_embeds_and_single_teasers_are_nobodys(other: str) -> None:
    head = '<meta property="article:published_time" content="2031-11-03">'
    assert day(f"<article><h1>{HEADLINE}</h1>{other}{TEXT}</article>", head) == "2031-11-03"


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ('<script type="application/ld+json">{"@type":"NewsArticle","datePublished":1949299200000}'
         "</script>", ""),
        ("", '<abbr class="published" title="2031-10-09T08:00:00Z">a week ago</abbr>'),
        ("", '<time data-timestamp="1949299200">a week ago</time>'),
    ],
)  # fmt: skip
def test_values_for_programs(head: str, body: str) -> None:
    assert day(f"<article><h1>{HEADLINE}</h1>{body}{TEXT}</article>", head) == "2031-10-09"
