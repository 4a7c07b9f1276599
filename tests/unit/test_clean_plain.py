"""Plain text in every line structure becomes the same article, and every stripped block has its
reason.
"""

from __future__ import annotations

import textwrap
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.clean.model import REASONS, Cleaned
from flows.clean.plain import clean_plain
from flows.clean.rules import load_rules

TITLE = "Ferry crew saves a lighthouse clock from the flood"
BODY = [
    "The crew of the ferry Margit carried the old clock of the Ekerholm lighthouse to safety on "
    "Sunday night, an hour before the "
    "water reached the lamp room and put out the light for the first time since 1911.",
    "“We had two ropes and a wheelbarrow,” said Tove Lindqvist-Abara, who has steered the ferry "
    "for nine years. “The clock never "
    "stopped, and neither did we.”",
    "The lighthouse had been empty for a month. Its keeper, Jon Ardal, left when the coast "
    "guard moved the light to a mast on the "
    "hill behind the harbour, and the county has not decided who shall own the tower.",
    "Engineers from the county will look at the walls on Thursday. They said the tower might "
    "lean a little, as it always has, and "
    "that nobody should stand under it in the meantime.",
    "The clock now ticks in the waiting room of the ferry, where passengers set their watches "
    "by it although it is four minutes slow.",
]
CLUBS = [
    ("Norr", 31),
    ("Ekerholm", 29),
    ("Margit", 27),
    ("Ardal", 26),
    ("Sund", 20),
    ("Vik", 18),
    ("Holm", 11),
    ("Strand", 9),
    ("Ness", 2),
]
TAIL = [
    "Leave a comment",
    "Related articles",
    "Why the mast hums in a north wind",
    "Ten harbours and one crane",
]


def reason_of(cleaned: Cleaned, words: str) -> str | None:
    return next(block.reason for block in cleaned.blocks if words in block.text)


def page(*blocks: str, between: str = "\n\n") -> str:
    return between.join(blocks)


@pytest.mark.parametrize("between", ["\n", "\n\n", "\r\n", "\n \t\n", "\u2028"])
def test_lines_and_blank_lines(between: str) -> None:
    cleaned = clean_plain(
        page("Home", "Weather", TITLE, "By Ann Lee", *BODY, *TAIL, between=between)
    )
    assert cleaned.outcome == "article"
    assert cleaned.title == TITLE
    assert cleaned.authors == ("Ann Lee",)
    assert cleaned.text == "\n".join(BODY)


@pytest.mark.parametrize("columns", [60, 72, 100])
def test_wrapped_lines(columns: int) -> None:
    wrapped = [textwrap.fill(block, columns) for block in BODY]
    assert clean_plain(page(TITLE, "By Ann Lee", *wrapped, *TAIL)).text == "\n".join(BODY)


def test_lines_broken_inside_a_page_of_paragraphs() -> None:
    broken = textwrap.fill(BODY[2], 70).replace("\n", "\n\n")
    assert "\n".join(
        clean_plain(page(TITLE, *BODY[:2], broken, *BODY[3:])).text.split("\n")[:2]
    ) == "\n".join(BODY[:2])


def test_a_page_on_one_line() -> None:
    cleaned = clean_plain(
        " ".join(
            [
                "Share this article Facebook WhatsApp",
                *BODY,
                "Sign up for our free morning newsletter.",
            ]
        )
    )
    assert cleaned.text == " ".join(BODY)
    assert reason_of(cleaned, "Facebook") == "share_buttons"
    assert reason_of(cleaned, "newsletter") == "newsletter_teaser"


def test_a_banner_fused_with_the_first_paragraph() -> None:
    banner = (
        "date 2031-05 We have no owner and no paywall Donate now Close From every harbour our "
        "crew brings you the news. Your gift makes "
        "the next voyage possible. Please consider donating. Donate now Close"
    )
    cleaned = clean_plain(page(f"{banner} {BODY[0]}", *BODY[1:]))
    assert cleaned.text == "\n".join(BODY)
    assert reason_of(cleaned, "no owner and no paywall") == "donation_banner"
    assert (cleaned.published_at, cleaned.published_precision) == (
        datetime(2031, 5, 1, tzinfo=UTC),
        "month",
    )
    assert cleaned.published_from == "text"


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("Sign up for our morning newsletter and never miss a boat.", "newsletter_teaser"),
        (
            "To read the harbour diary tomorrow, upgrade to a Captain subscription.",
            "subscription_prompt",
        ),
        ("Advertisement", "advertisement"),
        ("Read more: The crane that fell twice", "related_links"),
        ("The clock in its new place (Photo by Ann Lee)", "image_caption"),
        ("harbour_clock-2.jpeg", "image_caption"),
        ("Download our free app", "app_promotion"),
        ("Share on Facebook", "share_buttons"),
        ("We use cookies to make your visit better.", "cookie_notice"),
        ("Please consider donating to our newsroom.", "donation_banner"),
    ],
)
def test_inserts_go_with_their_reason(line: str, reason: str) -> None:
    cleaned = clean_plain(page(TITLE, *BODY[:2], line, *BODY[2:]))
    assert cleaned.text == "\n".join(BODY)
    assert reason_of(cleaned, line) == reason


@pytest.mark.parametrize(
    "line",
    [
        "A clock in the waiting room",
        "‘Four minutes slow’",
        "What does the county say?",
        "“It ticks,” she said.",
    ],
)
def test_sub_headings_questions_and_short_quotations_stay(line: str) -> None:
    assert clean_plain(page(TITLE, *BODY[:2], line, *BODY[2:])).text == "\n".join(
        [*BODY[:2], line, *BODY[2:]]
    )


def test_a_list_that_a_colon_introduces_stays() -> None:
    items = [
        "The crew carried four things down the stairs:",
        "the clock and its weights",
        "two brass lamps",
        "a box of logbooks",
        "one cat",
    ]
    assert clean_plain(page(TITLE, *BODY[:2], *items, *BODY[2:])).text == "\n".join(
        [*BODY[:2], *items, *BODY[2:]]
    )


def test_what_stands_after_the_article() -> None:
    tail = [
        "Ann Lee",
        "Harbour Reporter",
        "TODAY IN THE BUOY",
        "Tom Ek",
        "Why gulls like the mayor",
        "IN BRIEF",
        "Bridge opens early - The new bridge at Norr was opened on Monday, a week before its "
        "time. The mayor walked over it in the rain.",
        "Fish market sold - A firm in Oslo has bought the market for nine million crowns. It "
        "will stay where it is, its owner said.",
        "Disclaimer: nothing on this page is a chart, and no ship should be steered by it.",
        "© 2031 The Buoy",
    ]
    cleaned = clean_plain(page(TITLE, *BODY, *tail, between="\n"))
    assert cleaned.text == "\n".join(BODY)
    assert cleaned.authors == ("Ann Lee",)
    assert reason_of(cleaned, "Ann Lee") == "byline"
    assert reason_of(cleaned, "gulls") == "related_links"
    assert reason_of(cleaned, "Bridge opens early") == "other_stories"
    assert reason_of(cleaned, "no ship should be steered") == "disclaimer"
    assert reason_of(cleaned, "© 2031") == "copyright_footer"


def test_a_copy_names_who_printed_it_first() -> None:
    cleaned = clean_plain(page(TITLE, *BODY, "This story appeared first on buoy.example", *TAIL))
    assert cleaned.syndicated_from == "buoy.example"
    assert reason_of(cleaned, "buoy.example") == "syndication_notice"


def test_an_article_goes_on_behind_a_panel() -> None:
    panel = [
        "Most read",
        "Crane falls twice",
        "Gulls elect a mayor",
        "Harbour prices",
        "Tides of the week",
        "See more",
    ]
    assert clean_plain(page(TITLE, *BODY[:3], *panel, *BODY[3:])).text == "\n".join(BODY)


def test_the_address_names_the_headline() -> None:
    blocks = [
        TITLE,
        "Harbour",
        "Harbour news and weather from the islands",
        "Ten harbours and one crane",
        *BODY,
    ]
    url = "https://buoy.example/news/2031/05/ferry-crew-saves-lighthouse-clock-from-flood.html"
    assert clean_plain(page(*blocks), url=url).title == TITLE


def test_an_article_that_is_a_list_is_found_by_its_headline() -> None:
    table = [f"{place} {club} {points}" for place, (club, points) in enumerate(CLUBS, 1)]
    cleaned = clean_plain(
        page(
            "Menu",
            "Home",
            "Rowing league table after nine races",
            *table,
            "Privacy policy",
            "Terms of use",
            "Contact us",
        ),
        url="https://buoy.example/rowing-league-table-after-nine-races",
    )
    assert cleaned.text.split("\n") == table


@pytest.mark.parametrize(
    ("line", "day", "precision"),
    [
        ("14 May 2031", 14, "day"),
        ("May, Wednesday 14, 2031", 14, "day"),
        ("Stand: 14. Mai 2031", 14, "day"),
        ("Published on 14 May 2031 at 09:30 GMT", 14, "minute"),
    ],
)
def test_date_lines(line: str, day: int, precision: str) -> None:
    cleaned = clean_plain(page(TITLE, line, *BODY))
    assert cleaned.published_at is not None
    assert (cleaned.published_at.year, cleaned.published_at.month, cleaned.published_at.day) == (
        2031,
        5,
        day,
    )
    assert cleaned.published_precision == precision
    assert reason_of(cleaned, line) == "date_line"


def test_a_date_line_that_the_text_contradicts_is_flagged() -> None:
    dated = (
        "The flood of 3 February 2031 was followed by another on 9 February 2031, the "
        "county wrote in its report on the two nights."
    )
    assert clean_plain(page(TITLE, "20 September 2031", *BODY, dated)).flags == ("date_conflict",)
    assert clean_plain(page(TITLE, "12 February 2031", *BODY, dated)).flags == ()


def test_a_date_in_the_future_of_the_fetch_is_flagged() -> None:
    fetched_at = datetime(2031, 5, 1, tzinfo=UTC)
    assert clean_plain(page(TITLE, "14 May 2031", *BODY), fetched_at=fetched_at).flags == (
        "date_future",
    )
    assert clean_plain(page(TITLE, "1 May 2031", *BODY), fetched_at=fetched_at).flags == ()


def test_an_article_that_ends_at_a_paywall_is_a_stub() -> None:
    assert clean_plain(page(TITLE, *BODY[:2], "Already a subscriber? Log in", *TAIL)).flags == (
        "stub",
    )
    assert clean_plain(page(TITLE, *BODY[:2], "Log in", *TAIL)).flags == ()
    assert clean_plain(page(TITLE, *BODY * 2, "Already a subscriber? Log in")).flags == ()


def test_a_text_without_sentences_of_ours_is_no_article() -> None:
    assert clean_plain("").outcome == "empty"
    assert clean_plain(" \n\u00a0\n").outcome == "empty"
    assert clean_plain("Home\nWeather\nContact us").outcome == "too_short"
    assert clean_plain("Home\nWeather\nContact us").text == ""


def test_other_scripts() -> None:
    chinese = [
        "星期日晚上，渡轮“玛吉特”号的船员把埃克霍尔姆灯塔的旧钟搬到了安全的地方，一小时后海水淹没了灯室，灯光自一九一一年以来第一次熄灭。",
        "船长林托芙说，他们只有两根绳子和一辆手推车，但是那座钟一直没有停，他们也没有停下来休息，直到天亮才回到港口。",
        "灯塔已经空了一个月。守塔人在海岸警卫队把灯移到港口后面山上的桅杆以后就离开了，县里还没有决定塔归谁所有。",
    ]
    cleaned = clean_plain(
        page(
            "首页",
            "新闻",
            "渡轮船员从洪水中救出灯塔的旧钟",
            *chinese,
            "相关阅读",
            "桅杆为什么在北风中响",
            "版权所有 浮标报",
        )
    )
    assert cleaned.title == "渡轮船员从洪水中救出灯塔的旧钟"
    assert cleaned.text == "\n".join(chinese)


def test_rules_of_a_site(tmp_path: Path) -> None:
    line = "The buoy keeps its readers dry in every weather there is, and has for eighty years."
    fields = [
        'id = "buoy.motto"',
        'reason = "donation_banner"',
        'sites = ["buoy.example"]',
        f'lines = ["{line}"]',
        f'cuts = ["{line}"]',
    ]
    rule = "\n".join(["[[rule]]", *fields, 'keeps = ["Dry"]'])
    (tmp_path / "buoy.toml").write_text(rule, "utf-8")
    rules = load_rules(tmp_path / "buoy.toml")
    text = page(TITLE, *BODY[:2], line, *BODY[2:])
    assert clean_plain(text, url="https://www.buoy.example/clock", rules=rules).text == "\n".join(
        BODY
    )
    assert line in clean_plain(text, url="https://elsewhere.example/clock", rules=rules).text


def test_every_block_is_accounted_for() -> None:
    cleaned = clean_plain(page("Home", TITLE, "By Ann Lee", *BODY, *TAIL))
    assert [b.text for b in cleaned.blocks] == ["Home", TITLE, "By Ann Lee", *BODY, *TAIL]
    assert all(b.reason in REASONS and b.rule for b in cleaned.stripped)
    assert (
        "\n".join(b.text for b in cleaned.blocks if b.reason is None and b.rule is None)
        == cleaned.text
    )
