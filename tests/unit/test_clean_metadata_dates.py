"""Which of a page's dates is believed where they differ, and where a date is found on pages that
declare none.
"""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from lxml import html

from flows.clean.metadata import read_metadata
from flows.clean.metadata.dates import beside_dates, parse_date
from flows.clean.metadata.day_order import reads_day_first
from flows.clean.metadata.published import Published

HEADLINE = "Ferry stays all winter"
DECLARED = '<meta property="article:published_time" content="2031-05-20T14:05:00+01:00">'
CHANGED = '<meta property="article:modified_time" content="2031-05-25T09:00:00+01:00">'


def dates(
    head: str,
    *body: str,
    url: str | None = None,
    lang: str = "en-GB",
    fetched_at: datetime | None = None,
) -> Published:
    """The date of a page whose body is these blocks; a string without a tag is a paragraph, `#`
    stands for the headline.
    """
    blocks = [block if block.startswith("<") else f"<p>{block}</p>" for block in body]
    markup = "".join(f"<h1>{HEADLINE}</h1>" if block == "<p>#</p>" else block for block in blocks)
    root = html.document_fromstring(
        f'<html lang="{lang}"><head>{head}</head><body>{markup}</body></html>'
    )
    lines = ["".join(map(str, node.itertext())) for node in root.iter("p", "h1")]
    return read_metadata(
        root, [HEADLINE] if "#" in body else [], lines, url=url, fetched_at=fetched_at
    ).published


def day(published: Published) -> str | None:
    return published.when.at.date().isoformat() if published.when else None


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("3 May 2031", "2031-05-03"),
        ("By Ada Lund, Saturday 3 May 2031, 14:05", "2031-05-03"),
        ("Published 3 May 2031, updated 25 May 2031", "2031-05-03"),
        ("Updated 3 May 2031", "2031-05-20"),
        (
            "The ferry first sailed on 3 May 2031, said the harbour master",
            "2031-05-20",
        ),  # a sentence
        ("3 May 2031 – 7 May 2031", "2031-05-20"),  # a season, not a day
        ("Version 3.5.31", "2031-05-20"),
        ("May 2031", "2031-05-20"),
        ("20/05/2031", "2031-05-20"),
    ],
)
def test_the_date_line_under_the_headline_corrects_the_head(line: str, expected: str) -> None:
    assert day(dates(DECLARED, "#", line, "The boat sails.")) == expected


def test_a_corrected_date_is_flagged_and_says_where_it_is_from() -> None:
    published = dates(DECLARED, "#", "3 May 2031")
    assert (published.source, published.flags) == ("text", ("date_conflict",))
    marked = dates(
        DECLARED, "#", '<p><time datetime="2031-05-03T09:30:00+01:00">3 May 2031</time></p>'
    )
    assert (marked.source, marked.when and marked.when.at.isoformat()) == (
        "time",
        "2031-05-03T09:30:00+01:00",
    )


def test_a_date_line_that_is_the_day_of_the_change_does_not_correct() -> None:
    published = dates(DECLARED + CHANGED, "#", "25 May 2031")
    assert (day(published), published.modified and published.modified.at.day) == ("2031-05-20", 25)


def test_a_date_line_corrects_only_at_the_headline() -> None:
    assert (
        day(dates(DECLARED, "3 May 2031", "#", "The boat sails.")) == "2031-05-20"
    )  # of the teaser above
    assert day(dates(DECLARED, "#", *["The boat sails."] * 6, "3 May 2031")) == "2031-05-20"
    assert (
        day(dates(DECLARED, "The boat sails.", "3 May 2031")) == "2031-05-20"
    )  # no line is the headline


def test_figures_that_can_be_read_as_the_declared_day_do_not_contradict_it() -> None:
    declared = '<meta property="article:published_time" content="2031-05-03T14:05:00+01:00">'
    assert day(dates(declared, "#", "05/03/2031")) == "2031-05-03"
    assert dates(declared, "#", "05/03/2031").flags == ()


def test_an_announced_day_in_the_future_does_not_correct() -> None:
    fetched = datetime(2031, 5, 21, tzinfo=UTC)
    published = dates(DECLARED, "#", "12 June 2031", fetched_at=fetched)
    assert (day(published), published.flags) == ("2031-05-20", ("date_conflict",))


def test_the_day_in_the_address_comes_before_a_later_one_in_the_head() -> None:
    url = "https://lantern.example/2029/11/02/ferry-stays"
    published = dates(DECLARED, "#", url=url)
    assert (day(published), published.source, published.flags) == (
        "2029-11-02",
        "url",
        ("date_conflict",),
    )
    assert (
        day(dates(DECLARED, "#", url="https://lantern.example/2031/05/19/ferry-stays"))
        == "2031-05-20"
    )  # the night desk
    assert (
        day(dates(DECLARED, "#", url="https://lantern.example/2031/06/01/ferry-stays"))
        == "2031-05-20"
    )
    assert (
        day(dates(DECLARED, "#", url="https://lantern.example/2029/11/ferry-stays")) == "2031-05-20"
    )  # a month


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (
            (
                "#",
                '<span itemprop="datePublished" content="2031-05-03T14:05:00+01:00">today</span>',
                "Updated 9 May 2031",
            ),
            "2031-05-03",
        ),
        (
            (
                "#",
                '<div property="dc:date dc:created" content="2031-05-03">today</div>',
                "9 May 2031",
            ),
            "2031-05-09",
        ),
        (
            ('<article class="teaser-grid"><h1>x</h1><time>3 May 2031</time></article>',),
            "2031-05-03",
        ),
        (('<div class="teaser-grid"><time>3 May 2031</time></div>',), None),
        (
            ("#", "3 May 2031", "The boat sails.", "<p><time>9 May 2031</time></p>"),
            "2031-05-03",
        ),  # the line before a reader's comment
        (("3 May 2031", "#", "The book of the ferry came out", "9 May 2031"), "2031-05-03"),
        (
            (
                "#",
                "Updated 9 May 2031",
                *["The boat sails."] * 40,
                "3 May 2031 | Originally published",
            ),
            "2031-05-03",
        ),
        (
            (
                "#",
                "In: Harbour Studies, volume 7, number 2, pages 40 to 44, 3 May 2029",
                "Updated 9 May 2031",
            ),
            "2031-05-09",
        ),
        (
            (
                "#",
                f"Port Ellery, 3 May 2031 – The boat sails in spring. {'It is cold. ' * 20}",
                "May 2031",
            ),
            "2031-05-03",
        ),
        (
            (
                "#",
                '<script>{"account": {"createdAt": "2029-01-01T10:00:00Z"}}</script>',
                "Updated 9 May 2031",
            ),
            "2031-05-09",
        ),
        (("#", '<script>{"createdAt": "2029-01-01T10:00:00Z"}</script>'), "2029-01-01"),
        (
            ("#", '<script>{"publishDate": "2031-05-03T10:00:00Z"}</script>', "Updated 9 May 2031"),
            "2031-05-03",
        ),
    ],
)
def test_dates_of_pages_that_declare_none(body: tuple[str, ...], expected: str | None) -> None:
    assert day(dates("", *body)) == expected


def test_the_time_of_day_is_kept_where_an_element_gives_it_for_the_day_of_the_line() -> None:
    published = dates(
        "",
        "Posted 3 May 2031",
        "#",
        '<p>3 May 2031 <time class="x" datetime="2031-05-03T09:30:00+01:00">half past '
        "nine</time></p>",
    )
    assert (published.source, published.when and published.when.at.hour) == ("time", 9)


@pytest.mark.parametrize(
    ("lines", "locale", "url", "expected"),
    [
        (["03/04/2031"], "en-us", None, False),
        (["03/04/2031"], "en en_gb", None, True),
        (["03/04/2031"], "de", "https://laterne.example/a", True),
        (["03/04/2031"], "en", "https://lantern.com/a", False),
        (["03/04/2031"], "en", "https://lantern.ie/a", True),
        (["03/04/2031"], "en", None, True),
        (["03/04/2031", "25/04/2031"], "en-us", None, True),
        (["03/04/2031", "04/25/2031"], "en-gb", None, False),
        (["25.04.2031", "a mix of 25/25/50"], "en-us", None, False),
        ([f"{'On 25/04/2031 the boat sailed. ' * 5}"], "en-us", None, False),
    ],
)
def test_the_order_of_day_and_month(
    lines: list[str], locale: str, url: str | None, expected: bool
) -> None:
    assert reads_day_first(lines, locale, url) is expected


def test_what_stands_beside_dates() -> None:
    assert beside_dates("Ada Lund, 3 May 2031 and 2031-05-04") == (2, "Ada Lund,   and  ")
    assert beside_dates("Ada Lund") == (0, "Ada Lund")


AGREED = DECLARED + (
    '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry stays all '
    'winter",'
    ' "datePublished": "2031-05-20T14:05:00+01:00"}</script>'
)
AGREED_URL = "https://lantern.example/2031/05/20/ferry-stays"


@pytest.mark.parametrize(
    "line",
    ["3 May 2031", "Saturday 3 May 2031, 10:52", '<span class="card">3 May 2031</span>'],
)
def test_what_three_places_agree_on_is_not_corrected_by_a_bare_date(line: str) -> None:
    assert day(dates(AGREED, "#", "The boat sails.", line, url=AGREED_URL)) == "2031-05-20"


@pytest.mark.parametrize(
    "line",
    ["Published 3 May 2031", "Veröffentlicht am 3. Mai 2031", "Publicado el 3 de mayo de 2031"],
)
def test_a_line_that_says_published_corrects_even_three_places(line: str) -> None:
    assert day(dates(AGREED, "#", line, url=AGREED_URL)) == "2031-05-03"


def test_a_date_line_stands_above_the_second_paragraph() -> None:
    text = "The old ferry sails all winter, the council of Eastmere said after its vote on Monday."
    assert day(dates(DECLARED, "#", text, "3 May 2031")) == "2031-05-03"
    assert day(dates(DECLARED, "#", text, f"{text} Nobody spoke.", "3 May 2031")) == "2031-05-20"


def test_a_date_spread_over_lines_or_spans_is_one() -> None:
    assert day(dates("", "#", "07", "Nov", "2031", "The boat sails.")) == "2031-11-07"
    spans = "<p><time><span>07</span><span>Nov</span><span>2031</span></time></p>"
    assert day(dates("", "#", spans)) == "2031-11-07"
    assert dates("", "#", "07", "Nov", "The boat sails.").when is None


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        (["The line last ran on 4 May 2024."], None),
        (["the line last ran on 4 May 2024"], None),
        (["The report was published on 4 May 2024, and nobody read it."], None),
        (["Eastmere, 4 May 2024 – The line runs again. " + "It is cold. " * 12], "2024-05-04"),
        (["Published on 4 May 2024."], "2024-05-04"),
        (["04.05.2024 - Old ferry sails again after nine days"], "2024-05-04"),
        (["Harbour news | 4 May 2024 | Ferries"], "2024-05-04"),
    ],
)
def test_sentences_give_no_date_of_publication(lines: list[str], expected: str | None) -> None:
    assert day(dates("", "#", *lines)) == expected


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ('<meta property="article:published_time" content="1949148300000">', "2031-10-07"),
        (
            "<meta name='parsely-page' content='{\"pub_date\": \"2031-10-07T14:05:00Z\"}'>",
            "2031-10-07",
        ),
        ("<meta name='parsely-page' content='no json'>", None),
    ],
)
def test_values_of_the_head(head: str, expected: str | None) -> None:
    assert day(dates(head, "#")) == expected


def test_the_zone_of_one_claim_holds_for_the_others() -> None:
    published = dates(
        '<meta property="article:published_time" content="2031-05-20T01:00:00">'
        '<meta property="article:modified_time" content="2031-05-20T02:00:00+05:30">'
    )
    assert published.when is not None
    assert published.when.at.isoformat() == "2031-05-20T01:00:00+05:30"


def test_the_order_of_day_and_month_is_proved_by_other_dates_of_the_page() -> None:
    days = (parse_date("2031-07-14"),)
    known = [when for when in days if when]
    assert reads_day_first(["Tue, 07/11/2031"], "en-gb", None, days=known) is False
    assert reads_day_first(["11/07/2031"], "en-us", None, days=known) is True
    assert reads_day_first([], "en-gb", None, values=["07/14/2031"]) is False
    assert reads_day_first(["01/11/2031", "1.11.2031"], "en-us", None) is True
    assert reads_day_first(["11/01/2031", "1.11.2031"], "de", None) is False
