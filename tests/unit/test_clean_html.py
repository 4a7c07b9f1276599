"""Pages of markup come out as their article; everything else is in a stripped block with its
reason.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.clean import clean_page, looks_like_html
from flows.clean.html import clean_html
from flows.clean.model import REASONS, Cleaned
from flows.clean.rules import load_rules

LEDE = (
    "The council of Eastmere voted on Monday night to keep the old ferry running for another "
    "winter, whatever it costs."
)
BODY = [
    LEDE,
    "“We are an island for four months of the year,” said the harbour master, Ada Brook, who "
    "has steered the boat since 1998.",
    "The vote ends a quarrel of three years. Opponents had asked for a bridge, which engineers "
    "put at nine million crowns.",
    "A new timetable starts in November, with two crossings a day and a third on market days, "
    "the council’s clerk said.",
]
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)


def page(body: str, head: str = "<title>Ferry stays – The Eastmere Lantern</title>") -> str:
    return f'<!doctype html><html lang="en"><head>{head}</head><body>{body}</body></html>'


def clean(body: str, head: str = "<title>Ferry stays – The Eastmere Lantern</title>") -> Cleaned:
    return clean_html(page(body, head), url="https://lantern.example/news/ferry-stays")


def reasons(cleaned: Cleaned) -> dict[str, str]:
    return {block.text: block.reason or "" for block in cleaned.stripped}


def test_the_article_is_its_paragraphs_and_nothing_else() -> None:
    cleaned = clean(
        '<header><nav><ul><li><a href="/">Home</a></li><li><a '
        'href="/sport">Sport</a></li></ul></nav></header>'
        f"<main><article><h1>Ferry stays</h1>{PARAGRAPHS}</article></main>"
        '<aside><h2>Most read</h2><ul><li><a href="/a">Nine ways to cook a herring at '
        "home</a></li></ul></aside>"
        "<footer><p>© 2031 The Eastmere Lantern. All rights reserved.</p></footer>"
    )
    assert cleaned.outcome == "article"
    assert cleaned.title == "Ferry stays"
    assert cleaned.text.split("\n") == BODY
    assert all(block.reason in REASONS and block.rule for block in cleaned.stripped)


def test_every_visible_word_is_in_a_block_once_and_in_order() -> None:
    cleaned = clean(
        f"<div>Top line</div><article><h1>Ferry stays</h1>{PARAGRAPHS}</article><div>Bottom "
        "line</div>"
    )
    assert [text for block in cleaned.blocks for text in block.text.split("\n")] == [
        "Top line",
        "Ferry stays",
        *BODY,
        "Bottom line",
    ]


def test_stripped_neighbours_of_one_reason_and_rule_are_one_block() -> None:
    links = "".join(f'<li><a href="/{n}">Section {n}</a></li>' for n in range(20))
    cleaned = clean(
        f"<nav><ul>{links}</ul></nav><article><h1>Ferry stays</h1>{PARAGRAPHS}</article>"
    )
    assert (
        sum(block.reason == "navigation" and "Section" in block.text for block in cleaned.blocks)
        == 1
    )


@pytest.mark.parametrize(
    ("insert", "reason"),
    [
        (
            '<figure><img src="a.jpg"><figcaption>The ferry at dawn in '
            "January</figcaption></figure>",
            "image_caption",
        ),
        (
            '<div class="newsletter-signup"><p>Our letter reaches you every morning.</p></div>',
            "newsletter_teaser",
        ),
        (
            '<div class="c-relatedPosts"><a href="/x">Why the bridge was never built</a></div>',
            "related_links",
        ),
        (
            '<div class="share-bar"><a href="#">Facebook</a> <a href="#">Mail</a></div>',
            "share_buttons",
        ),
        ('<div class="ad-slot">Advertisement</div>', "advertisement"),
        ('<p><a href="/x">Why the bridge was never built</a></p>', "related_links"),
        ('<div class="author-bio">Ada Lund writes about the sea.</div>', "author_bio"),
        (
            '<section id="comments-area" class="comments-area"><p>First! says a '
            "reader.</p></section>",
            "comment_prompt",
        ),
        ("<p>Sign up for our morning newsletter</p>", "newsletter_teaser"),
    ],
)
def test_inserts_inside_the_body_go_with_their_reason(insert: str, reason: str) -> None:
    middle = (
        "".join(f"<p>{text}</p>" for text in BODY[:2])
        + insert
        + "".join(f"<p>{text}</p>" for text in BODY[2:])
    )
    cleaned = clean(f"<article><h1>Ferry stays</h1>{middle}</article>")
    assert cleaned.text.split("\n") == BODY
    assert reason in reasons(cleaned).values()


def test_subheadings_lists_quotations_and_tables_of_the_article_stay() -> None:
    extra = (
        "<h2>What it costs</h2><p>The clerk read the bill aloud, item by item, while the hall "
        "listened.</p>"
        "<ul><li>Fuel for the winter</li><li>A second deckhand</li></ul>"
        "<blockquote>No island without a boat.</blockquote>"
        "<table><tr><td>Crossings</td><td>340</td></tr></table>"
    )
    kept = clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{extra}</article>").text.split("\n")
    assert kept[len(BODY) :] == [
        *(
            "What it costs",
            "The clerk read the bill aloud, item by item, while the hall listened.",
            "Fuel for the winter",
        ),
        *("A second deckhand", "No island without a boat.", "Crossings", "340"),
    ]


def test_a_subheading_over_nothing_goes() -> None:
    cleaned = clean(
        f'<article><h1>Ferry stays</h1>{PARAGRAPHS}<h2>What comes next</h2><p><a href="/b">A '
        "bridge in the north opens</a></p></article>"
    )
    assert "What comes next" not in cleaned.text
    assert reasons(cleaned)["What comes next"] == "related_links"


DECK = "Islanders may cross all winter, the council says."
DECKED = f'<header><h1>Ferry stays</h1><p class="dek">{DECK}</p></header>'
DESCRIBED = f'<title>Ferry stays</title><meta name="description" content="{DECK}">'


def test_an_english_deck_apart_from_the_body_goes_with_the_headline() -> None:
    cleaned = clean(
        f'{DECKED}<p class="byline">By Ada Lund</p><div class="article-body">{PARAGRAPHS}</div>',
        DESCRIBED,
    )
    assert cleaned.text.split("\n") == BODY
    assert [block.rule for block in cleaned.stripped if block.text == DECK] == ["html.standfirst"]


def test_a_deck_right_above_the_body_opens_it() -> None:
    assert clean(f'{DECKED}<div class="article-body">{PARAGRAPHS}</div>', DESCRIBED).text.split(
        "\n"
    ) == [DECK, *BODY]


def test_a_standfirst_in_another_language_is_kept_where_it_stands() -> None:
    vorspann = "Der Rat von Ostmeer will die alte Fähre noch einen Winter lang fahren lassen."
    markup = (
        '<html lang="de"><head><title>Die Fähre bleibt</title></head><body><header><h1>Die '
        "Fähre bleibt</h1>"
        f'<p class="vorspann">{vorspann}</p></header><p class="byline">Von Ada Lund</p><div '
        f'class="article-body">{PARAGRAPHS}</div>'
        "</body></html>"
    )
    assert clean_html(markup).text.split("\n") == [vorspann, *BODY]


def test_an_abstract_under_its_own_heading_is_no_deck() -> None:
    abstract = (
        "We counted the crossings of the ferry in four winters and found that storms "
        "stopped one in nine."
    )
    cleaned = clean(
        "<h1>Ferry stays</h1><section><h2>Abstract</h2><p "
        f'class="abstract">{abstract}</p></section><p class="byline">By Ada Lund</p>'
        f'<div class="article-body">{PARAGRAPHS}</div>'
    )
    assert cleaned.text.split("\n") == [abstract, *BODY]


def test_links_that_a_sentence_announces_are_the_articles() -> None:
    boats = ("The Grey Heron, built in 1961", "The Sea Mouse, built in 1974")
    announced = "Three boats have done the crossing before this one:"
    links = "".join(f'<li><a href="/b">{boat}</a></li>' for boat in boats)
    cleaned = clean(
        "<article><h1>Ferry "
        f"stays</h1>{PARAGRAPHS}<p>{announced}</p><ul>{links}</ul><p>{BODY[0]} "
        "Again.</p></article>"
    )
    assert cleaned.text.split("\n")[len(BODY) : len(BODY) + 3] == [announced, *boats]


def test_links_under_a_label_are_pointers() -> None:
    cleaned = clean(
        f"<article><h1>Ferry stays</h1>{PARAGRAPHS}<p>Our dossier:</p>"
        '<ul><li><a href="/b">The bridge was never built</a></li></ul></article>'
    )
    assert "The bridge was never built" not in cleaned.text


def test_linked_subheadings_of_a_row_stay_and_a_single_one_goes() -> None:
    def entry(name: str) -> str:
        return (
            f'<h3><a href="/{name}">The {name} boat</a></h3><p>The {name} boat carries forty '
            "people and a cart, its owner says.</p>"
        )

    row = clean(
        "<article><h1>Ferry "
        f"stays</h1>{PARAGRAPHS}{''.join(map(entry, ('grey', 'blue', 'green')))}</article>"
    )
    assert "The blue boat" in row.text.split("\n")
    one = clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{entry('blue')}</article>")
    assert "The blue boat" not in one.text.split("\n")


def test_linked_cells_of_a_table_stay() -> None:
    table = '<table><tr><td><a href="/p">Port Eastmere</a></td><td>340</td></tr></table>'
    cleaned = clean(
        f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{table}<p>{BODY[0]} Again.</p></article>"
    )
    assert cleaned.text.split("\n")[len(BODY) : len(BODY) + 2] == ["Port Eastmere", "340"]


def test_a_question_put_to_many_stays_each_time() -> None:
    question = "What would you change about the crossing, if the council let you decide for a year?"
    answers = [
        f"The {name} said: the timetable, and then the price of the ticket."
        for name in ("baker", "smith", "vicar", "pilot")
    ]
    lines = [line for answer in answers for line in (question, answer)]
    cleaned = clean(
        "<article><h1>Ferry "
        f"stays</h1>{PARAGRAPHS}{''.join(f'<p>{line}</p>' for line in lines)}</article>"
    )
    assert cleaned.text.split("\n") == [*BODY, *lines]


def test_a_pull_quote_of_a_part_of_a_paragraph_goes() -> None:
    pulled = "“Opponents had asked for a bridge, which engineers put at nine million crowns”"
    cleaned = clean(
        "<article><h1>Ferry "
        f"stays</h1>{PARAGRAPHS}<blockquote><p>{pulled}</p></blockquote></article>"
    )
    assert cleaned.text.split("\n") == BODY


def test_a_copy_of_the_article_in_one_block_goes() -> None:
    longer = [
        *BODY,
        *(
            f"Paragraph {n} of the minutes tells at length what was said about fuel, deckhands "
            "and the price."
            for n in range(12)
        ),
    ]
    paragraphs = "".join(f"<p>{text}</p>" for text in longer)
    cleaned = clean(
        f"<article><h1>Ferry stays</h1>{paragraphs}<div>{' '.join(longer)}</div></article>"
    )
    assert cleaned.text.split("\n") == longer


@pytest.mark.parametrize(
    "line",
    [
        "9 September 2031, 15:46 / Ada Lund and the Lantern's desk of the harbour",
        "09.09.2031 - 15:46 Uhr Lesedauer: 2 Min.",
    ],
)
def test_a_date_line_under_the_standfirst_goes_however_long(line: str) -> None:
    cleaned = clean(
        "<article><h1>Ferry "
        f"stays</h1><p>{BODY[0]}</p><div>{line}</div>{PARAGRAPHS.replace(f'<p>{BODY[0]}</p>', '')}</article>"  # noqa: E501
    )
    assert cleaned.text.split("\n") == BODY
    assert reasons(cleaned)[line] == "date_line"


def test_a_subheading_that_menus_use_too_stays_over_its_paragraphs() -> None:
    answer = "The ferry goes twice a day, and three times on market days, until the ice comes."
    cleaned = clean(
        f"<article><h1>Ferry stays</h1>{PARAGRAPHS}<h2>FAQ</h2><p>{answer}</p></article>"
    )
    assert cleaned.text.split("\n") == [*BODY, "FAQ", answer]
    assert (
        "FAQ" not in clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}<h2>FAQ</h2></article>").text
    )


def test_a_fact_box_is_the_articles_own() -> None:
    facts = "Built in 1961 at the yard of Port Lund, it carries forty people and one cart."
    box = f'<div class="c-factbox"><h3>The ferry</h3><p>{facts}</p></div>'
    more = "The boat sails again in the first week of March, whatever the ice does until then."
    cleaned = clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{box}<p>{more}</p></article>")
    assert cleaned.text.split("\n") == [*BODY, "The ferry", facts, more]
    closing = clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{box}</article>")
    assert closing.text.split("\n") == BODY  # an appendix
    margin = f"<aside><h3>The ferry</h3><p>{facts}</p></aside>"
    cleaned = clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{margin}</article>")
    assert cleaned.text.split("\n") == BODY


def test_a_line_alone_with_a_picture_is_its_caption() -> None:
    pictured = (
        "<div><div><img src='a.jpg'></div><div>The harbour of Eastmere in the ice of "
        "January</div></div>"
    )
    cleaned = clean(
        "<article><h1>Ferry "
        f"stays</h1><p>{BODY[0]}</p>{pictured}{PARAGRAPHS.replace(f'<p>{BODY[0]}</p>', '')}</article>"  # noqa: E501
    )
    assert cleaned.text.split("\n") == BODY
    assert reasons(cleaned)["The harbour of Eastmere in the ice of January"] == "image_caption"


def test_a_deck_printed_again_above_the_body_goes_too() -> None:
    twice = (
        f'{DECKED}<p class="byline">By Ada Lund</p><div class="abstract">{DECK}</div><div '
        f'class="article-body">{PARAGRAPHS}</div>'
    )
    assert clean(twice, DESCRIBED).text.split("\n") == BODY


def test_cards_made_alike_are_other_stories_whatever_their_names() -> None:
    cards = "".join(
        f'<div class="x-q{n % 1}"><h3><a href="/{n}">The {n}th headline of the day in full</a></h3>'
        f"<p>A line of summary for story number {n}, which ends as sentences do.</p></div>"
        for n in range(6)
    )
    cleaned = clean(f"<main><h1>Ferry stays</h1>{PARAGRAPHS}<div>{cards}</div></main>")
    assert cleaned.text.split("\n") == BODY
    assert "other_stories" in reasons(cleaned).values()


def test_of_articles_appended_without_end_only_the_first_is_taken() -> None:
    other = "".join(
        f"<p>Another story altogether, paragraph {n}, about the price of barley in the hills "
        "above the town.</p>"
        for n in range(5)
    )
    cleaned = clean(
        "<main><article><h1>Ferry "
        f"stays</h1>{PARAGRAPHS}</article><article><h2>Barley</h2>{other}</article></main>"
    )
    assert cleaned.text.split("\n") == BODY


def test_a_paragraph_repeated_as_a_pull_quote_stands_once() -> None:
    cleaned = clean(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}<p>{BODY[1]}</p></article>")
    assert cleaned.text.count(BODY[1]) == 1


def test_a_zone_that_holds_the_article_is_no_zone() -> None:
    cleaned = clean(
        '<div class="sidebar-grid"><div class="sidebar-grid__item"><h1>Ferry '
        f"stays</h1>{PARAGRAPHS}</div></div>"
    )
    assert cleaned.text.split("\n") == BODY


def test_a_consent_text_longer_than_the_article_does_not_replace_it() -> None:
    consent = "".join(
        f"<p>We and our partners use cookies for purpose number {n}, which this long sentence "
        "explains in full.</p>"
        for n in range(20)
    )
    cleaned = clean(
        f"<article><h1>Ferry stays</h1>{PARAGRAPHS}</article><div "
        f'id="onetrust-banner-sdk">{consent}</div>'
    )
    assert cleaned.text.split("\n") == BODY
    assert "cookie_notice" in reasons(cleaned).values()


def test_hidden_text_and_words_for_screen_readers_are_no_text() -> None:
    cleaned = clean(
        f'<article><h1>Ferry stays</h1>{PARAGRAPHS}<p style="display: none">Hidden words that '
        "no reader of the page ever sees.</p>"
        '<p>The bill is public<a href="https://x.example">, see the ledger (opens in new '
        "tab)</a> and will be read again "
        "in the spring.</p></article>"
    )
    assert "Hidden words" not in cleaned.text
    assert "opens in new tab" not in cleaned.text
    assert "see the ledger and will be read" in cleaned.text


def test_line_breaks_part_paragraphs_and_c1_references_are_letters() -> None:
    cleaned = clean(
        f"<div><h1>Ferry stays</h1>{'<br><br>'.join(BODY)}<br>It&#146;s &#147;final&#148;, she "
        "added as the lights went out.</div>"
    )
    assert cleaned.text.split("\n") == [*BODY, "It’s “final”, she added as the lights went out."]


def test_the_q_element_speaks_in_quotation_marks() -> None:
    assert (
        "said <q>"
        not in clean(
            f"<article>{PARAGRAPHS}<p>He said <q>never</q> and left the hall by the side door, "
            "his hat in hand.</p></article>"
        ).text
    )
    assert (
        "said “never” and"
        in clean(
            f"<article>{PARAGRAPHS}<p>He said <q>never</q> and left the hall by the side "
            "door.</p></article>"
        ).text
    )


def test_bylines_and_dates_at_the_edges_go_and_are_read() -> None:
    cleaned = clean(
        "<main><h1>Ferry stays</h1><p>Ada Lund</p><p>3 May 2031, 14:05</p><div "
        f'itemprop="author">Ada Lund</div>{PARAGRAPHS}</main>'
    )
    assert cleaned.authors == ("Ada Lund",)
    assert cleaned.published_at is not None
    assert cleaned.published_at.isoformat() == "2031-05-03T14:05:00+00:00"
    assert (cleaned.published_precision, cleaned.published_from) == ("minute", "text")
    assert cleaned.text.split("\n") == BODY


def test_a_list_goes_with_the_line_that_introduces_it() -> None:
    cleaned = clean(
        f"<article><h1>Ferry stays</h1>{PARAGRAPHS}<p>Read also:</p><ul><li>A bridge too "
        "dear</li><li>Winter on the ice</li></ul></article>"
    )
    assert cleaned.text.split("\n") == BODY


def test_a_page_of_lists_gets_a_second_opinion() -> None:
    items = "".join(f"<li>{n} cups of rye flour, sifted twice</li>" for n in range(2, 9))
    cleaned = clean(
        f"<article><h1>Rye bread</h1><p>Bake it slowly.</p><ol>{items}</ol></article>",
        "<title>Rye bread</title>",
    )
    assert cleaned.outcome == "article"
    assert "5 cups of rye flour, sifted twice" in cleaned.text


def test_a_stub_behind_a_paywall_is_an_article_with_a_flag() -> None:
    head = (
        '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Ferry '
        'stays", "isAccessibleForFree": "False"}</script>'
    )
    cleaned = clean(f"<article><h1>Ferry stays</h1><p>{BODY[0]}</p></article>", head)
    assert cleaned.outcome == "article"
    assert cleaned.flags == ("stub",)


def test_a_rule_of_one_site_strips_an_element_by_selector(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    file.write_text(
        '[[rule]]\nid = "lantern.tide"\nreason = "navigation"\nsites = '
        '["lantern.example"]\nselector = "div.tide > p"\n',
        encoding="utf-8",
    )
    tide = (
        '<div class="tide"><p>High water comes at six in the evening, low water at noon.</p></div>'
    )
    body = f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{tide}</article>"
    cleaned = clean_html(page(body), url="https://www.lantern.example/x", book=load_rules(file))
    assert "High water" not in cleaned.text
    assert [block.rule for block in cleaned.stripped][-1] == "lantern.tide"


def test_a_users_rule_file_reaches_clean_page(tmp_path: Path) -> None:
    file = tmp_path / "mine.toml"
    rules = (
        '[[rule]]\nid = "lantern.tide"\nreason = "navigation"\nsites = '
        '["lantern.example"]\nselector = "article .tide:last-child"\n'
        '[[rule]]\nid = "lantern.bell"\nreason = "related_links"\nsites = '
        '["lantern.example"]\npattern = "^ring the bell"\n'
        'cuts = ["Ring the bell, read the Bell"]\nkeeps = ["They ring the bell"]\n'
    )
    file.write_text(rules, encoding="utf-8")
    tide = (
        "<p>Ring the bell and read the Bell</p><p class='tide'>High water comes at six in "
        "the evening, low water at noon.</p>"
    )
    content = page(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}{tide}</article>").encode()
    cleaned = clean_page(content, url="https://lantern.example/x", book=load_rules(file))
    assert cleaned.text.split("\n") == BODY
    assert [block.rule for block in cleaned.stripped][-2:] == ["lantern.bell", "lantern.tide"]
    elsewhere = clean_page(content, url="https://gazette.example/x", book=load_rules(file))
    assert "High water" in elsewhere.text


def test_a_custom_element_in_a_sentence_does_not_break_it() -> None:
    cleaned = clean(
        f"<article>{PARAGRAPHS}<p>The price of oil <x-term>rose</x-term> again, and nobody in "
        "the hall was surprised.</p></article>"
    )
    assert (
        cleaned.text.split("\n")[-1]
        == "The price of oil rose again, and nobody in the hall was surprised."
    )


def test_cards_that_are_most_of_the_article_are_asked_about_again() -> None:
    long = " ".join(
        f"The keel of model {n} is laid in oak and its sails are cut by hand in the loft above "
        "the yard."
        for n in range(2)
    )
    boats = "".join(
        f'<div class="boat"><h3><a href="/{n}">The {n}th boat that every harbour '
        f"needs</a></h3><p>Boat {n}: {long}</p></div>"
        for n in range(9)
    )
    story = "".join(f"<p>{text}</p>" for text in BODY * 6)
    cleaned = clean(
        "<article><h1>Nine boats for the "
        f"winter</h1>{story.replace('<p>', '<p>One. ', 1)}{boats}</article>"
    )
    assert "Boat 5:" in cleaned.text


def test_a_paragraph_between_headline_and_body_is_the_articles_where_the_other_opinion_agrees() -> (
    None
):
    lede = " ".join(
        ["The council met at dawn and by noon there was a vote, a quarrel and a new mayor"] * 13
    )
    cleaned = clean(
        f'<main><h1>Ferry stays</h1><div class="top"><p>{lede}</p></div><div '
        f'class="article-body">{PARAGRAPHS}</div></main>'
    )
    assert "a quarrel and a new mayor" in cleaned.text


def test_clean_page_tells_markup_from_text() -> None:
    assert (
        clean_page(
            page(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}</article>").encode()
        ).text.split("\n")
        == BODY
    )
    assert not looks_like_html(
        "If a < b and b < c, then a < c.\n\n" + "\n\n".join(BODY), "text/html"
    )
    assert not looks_like_html("The clerk wrote <p> where he meant a pause.")
    assert looks_like_html(
        "<p>One paragraph is enough where the header says so</p>", "text/html; charset=utf-8"
    )


def test_the_same_page_gives_the_same_answer() -> None:
    markup = page(f"<article><h1>Ferry stays</h1>{PARAGRAPHS}</article>")
    assert clean_page(markup) == clean_page(markup)
