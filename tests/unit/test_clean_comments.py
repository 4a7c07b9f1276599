"""Readers' comments: in elements named for them, under a heading, or known by their signatures."""

from __future__ import annotations

import pytest

from flows.clean import clean_page
from flows.clean.model import Cleaned

BODY = [
    f"{n}. The council of Eastmere voted on Monday night to keep the old ferry running for another "
    "winter, whatever it costs the town."
    for n in range(5)
]
ARTICLE = "<h1>Ferry stays all winter</h1>" + "".join(f"<p>{text}</p>" for text in BODY)
SAID = (
    "This is what we have been asking for since the spring, and nobody in the town hall listened.",
    "I will believe it when the boat sails in January, as my father used to say about all of them.",
)


def html(body: str) -> Cleaned:
    return clean_page(f"<html><head><title>Ferry stays all winter</title></head>{body}</html>")


@pytest.mark.parametrize(
    "markup",
    [
        '<div class="comment"><p>{}</p></div><div class="comment"><p>{}</p></div>',
        '<div id="comment_entries"><p>{}</p><p>{}</p></div>',
        '<section class="leserbriefe"><p>{}</p><p>{}</p></section>',
        '<ul class="comentarios"><li>{}</li><li>{}</li></ul>',
        '<div class="reacties"><div>{}</div><div>{}</div></div>',
        '<div class="customer-reviews"><p>{}</p><p>{}</p></div>',
        '<section class="diskuse"><p>{}</p><p>{}</p></section>',
        '<div class="reply_list"><p>{}</p><p>{}</p></div>',
        '<div class="cmt_area"><p>{}</p><p>{}</p></div>',
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><p>{}</p></div>'
        '<div itemprop="comment" itemscope itemtype="https://schema.org/Comment"><p>{}</p></div>',
        "<h3>2 commentaires</h3><div>Anne il y a 2 jours<p>{}</p></div><div>Marc<p>{}</p></div>",
        "<h3>留言列表 (2)</h3><div><b>anna</b><span>3日前</span><p>{}</p><a "
        "href=#>返信</a></div><div><b>ben</b><span>2日前</span><p>{}</p><a href=#>返信</a></div>",
        "<h3>2 Kommentare</h3><p>hafenfan schreibt:</p><p>3. Mai 2031, 14:05 "
        "Uhr</p><p>{}</p><p>robbe schreibt:</p><p>4. Mai 2031, 9:12 Uhr</p><p>{}</p>",
        "<div>harbourfan says:</div><div>May 3, 2031 at 6:34 "
        "am</div><div><p>{}</p></div><div>Alex on May 4, 2031 at 7:34 am "
        "said:</div><div><p>{}</p></div>",
    ],
)
@pytest.mark.parametrize("place", ["<article>{0}{1}</article>", "<article>{0}</article>{1}"])
def test_comments_are_stripped_in_any_markup(markup: str, place: str) -> None:
    cleaned = html(place.format(ARTICLE, markup.format(*SAID)))
    assert cleaned.text.split("\n") == BODY
    if place.startswith("<article>{0}{1}"):
        reasons = {b.reason for b in cleaned.stripped if any(said in b.text for said in SAID)}
        assert reasons == {"comments"}


@pytest.mark.parametrize(
    "thread",
    [
        [
            "harbourfan says:",
            "2 days ago at 07:47 am",
            SAID[0],
            "seal says:",
            "1 day ago at 09:12 am",
            SAID[1],
        ],
        [
            "Alex on September 17, 2030 at 6:34 am said:",
            SAID[0],
            "Kim on September 18, 2030 at 7:10 am said:",
            SAID[1],
        ],
        [
            "Kommentare (2)",
            "Anna",
            "vor 2 Stunden",
            "Antworten",
            SAID[0],
            "Ben",
            "vor 3 Stunden",
            "Antworten",
            SAID[1],
        ],
        [
            "Commentaires",
            "marin a écrit :",
            "le 3 mai 2031 à 14:05",
            SAID[0],
            "phare a écrit :",
            "le 4 mai 2031 à 9:12",
            SAID[1],
        ],
    ],
)
def test_comments_of_plain_text_are_stripped(thread: list[str]) -> None:
    cleaned = clean_page("\n\n".join(["Ferry stays all winter", *BODY, *thread]), is_html=False)
    assert cleaned.text.split("\n") == BODY
    assert "comments" in {block.reason for block in cleaned.stripped}


@pytest.mark.parametrize(
    "lines",
    [
        ["Discussion", "The harbour office says that the boat is too old for the ice of January."],
        ["“We kept it,” the mayor says:", "“Nobody else would have done so in such a winter.”"],
        ["The vote was taken on May 3, 2031 at 6:34 am, and the hall was full to the last seat."],
        ["Two days ago the council met again, and one day ago it voted on the ferry once more."],
    ],
)
def test_an_article_that_reports_speech_and_times_is_kept_whole(lines: list[str]) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    cleaned = html(f"<article>{ARTICLE}{paragraphs}<p>{BODY[0]} So it went.</p></article>")
    assert all(line in cleaned.text for line in lines if len(line) > 60)
    assert not any(block.reason == "comments" for block in cleaned.stripped)


def test_no_second_opinion_keeps_comments() -> None:
    """A short article is doubted, and the comments under it are as long."""
    said = '<div class="comment"><p>{}</p></div><div class="comment"><p>{}</p></div>'.format(*SAID)
    cleaned = html(f"<article><h1>Ferry stays all winter</h1><p>{BODY[0]}</p></article>{said}")
    assert cleaned.text == BODY[0]


def test_a_section_about_reactions_is_text() -> None:
    told = f"<h2>Réactions</h2><p>{BODY[0]} Il y a 2 jours, le maire en parlait encore.</p>"
    assert "Il y a 2 jours" in html(f"<article>{ARTICLE}{told}</article>").text
