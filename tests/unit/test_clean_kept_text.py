"""Nothing of the article is cut: agencies at its end, subjects that notices share, layout words,
reported speech, tables; and its text is as people read it.
"""

from __future__ import annotations

import pytest

from flows.clean import clean_page
from flows.clean.normal_text import normal_text

BODY = [
    f"{n}. The council of Eastmere voted on Monday night to keep the old ferry running for another "
    "winter, whatever it costs the town."
    for n in range(6)
]
TITLE = "Ferry stays all winter"


def texts(body: str, *, title: str = TITLE, lang: str = "en") -> list[str]:
    page = (
        f'<html lang="{lang}"><head><title>{title}</title></head>'
        f"<body><article><h1>{title}</h1>{body}</article></body></html>"
    )
    return clean_page(page, is_html=True).text.split("\n")


def paragraphs(*more: str) -> str:
    return "".join(f"<p>{text}</p>" for text in (*BODY, *more))


@pytest.mark.parametrize(
    "sign",
    [
        "(dpa)",
        "(AFP)",
        "AFP",
        "EFE",
        "Reuters",
        "(ANSA)",
        "(APA/dpa)",
        "(ats/nxp)",
        "(Keystone-SDA)",
        "(PAP)",
    ],
)
@pytest.mark.parametrize("is_html", [True, False])
def test_a_paragraph_that_an_agency_signs_is_text(sign: str, is_html: bool) -> None:
    last = (
        "Das Gesetz geht nun an den Bundesrat, der im März darüber berät; die Länder hatten im "
        f"Herbst noch gezögert. {sign}"
    )
    if is_html:
        assert texts(paragraphs(last), lang="de")[-1] == last
    else:
        assert clean_page("\n\n".join([TITLE, *BODY, last]), is_html=False).text.endswith(last)


@pytest.mark.parametrize(
    "caption",
    [
        "The ferry at the quay of Eastmere on Monday. AFP/Ada Brook",
        "The ferry at the quay of Eastmere on Monday. (Ada Brook/The Lantern)",
        "Ada Brook, left, opens the quay of Eastmere on Monday.",
    ],
)
def test_words_of_a_caption_cut_at_a_picture_only(caption: str) -> None:
    pictured = f'<div><img src="a.jpg"><p>{caption}</p></div>'
    assert texts(pictured + paragraphs()) == BODY


def test_a_list_of_directions_is_no_caption() -> None:
    told = (
        "He pointed to all of the corners of the map (top, right, bottom, left) and said "
        "nothing more."
    )
    assert told in texts(paragraphs(told))


@pytest.mark.parametrize(
    ("title", "text"),
    [
        (
            "How to keep cookies from following you",
            "You can limit the tracking by using private windows, refusing third-party cookies and "
            "clearing the rest every week.",
        ),
        (
            "What newsletters do with your address",
            "Sign up for a newsletter with an address of its own, and you see who sold it to the "
            "senders of spam.",
        ),
        (
            "Where your donation to the relief fund goes",
            "Your donation helps to buy tents and water, while a tenth of it goes to the "
            "offices of "
            "the charity in the capital.",
        ),
    ],
)
def test_an_article_about_notices_keeps_its_paragraphs(title: str, text: str) -> None:
    assert text in texts(paragraphs(text), title=title)


@pytest.mark.parametrize(
    "banner",
    [
        "We use cookies to make this site work; by reading on you agree to our use of cookies.",
        "Sign up for our morning newsletter and never miss a boat.",
    ],
)
def test_a_notice_of_the_site_goes_even_there(banner: str) -> None:
    assert banner not in texts(paragraphs(banner), title="How cookies and newsletters track you")


@pytest.mark.parametrize(
    "sentence",
    [
        "Donate now, the relief agency urged on Monday, before the road to the valley is closed.",
        "Please consider donating blood this week, the hospital said after the fire at the quay.",
    ],
)
def test_reported_speech_is_no_prompt(sentence: str) -> None:
    assert sentence in texts(paragraphs(sentence))
    plain = clean_page("\n\n".join([TITLE, *BODY[:3], sentence, *BODY[3:]]), is_html=False)
    assert sentence in plain.text


def test_rows_of_a_table_are_lines() -> None:
    table = (
        "<table><thead><tr><th>Port</th><th>Share</th><th>Boats</th></tr></thead><tbody>"
        "<tr><td>Eastmere</td><td><p>40 %</p></td><td>12</td></tr>"
        "<tr><td>Port Lund</td><td></td><td>9</td></tr></tbody></table>"
    )
    found = texts(paragraphs() + table)
    assert found[-3:] == ["Port | Share | Boats", "Eastmere | 40 % | 12", "Port Lund | | 9"]


def test_a_table_for_layout_is_no_table() -> None:
    cells = "".join(f"<p>{text}</p>" for text in BODY)
    assert texts(f"<table><tr><td>{cells}</td><td></td></tr><tr><td></td></tr></table>") == BODY


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("har\u00adbour", "harbour"),
        ("fer\u200bry\ufeff", "ferry"),
        ("\u200eferry\u200f", "ferry"),
        ("\ue001ferry", "ferry"),
        ("Cafe\u0301", "Café"),
        ("plain", "plain"),
        ("har\x07bour\ttown", "harbour\ttown"),
        ("fer\u034fry\ufe0e", "ferry"),
        ("fer\U000e0041ry", "ferry"),
        (
            "\U0001f3f4\U000e0067\U000e0062\U000e007f",
            "\U0001f3f4\U000e0067\U000e0062\U000e007f",
        ),  # a flag
        ("می\u200cخواهم", "می\u200cخواهم"),  # Persian writes with it
        ("क्\u200dष", "क्\u200dष"),
        ("👩\u200d🚀", "👩\u200d🚀"),
        ("fer\u200cry", "ferry"),
    ],
)
def test_text_is_as_people_read_it(written: str, read: str) -> None:
    assert normal_text(written) == read


def test_soft_hyphens_and_hard_spaces_of_a_page_are_gone() -> None:
    assert texts("<p>The har&shy;bour&nbsp;of East&#8203;mere is open again.</p>" + paragraphs())[
        0
    ] == ("The harbour of Eastmere is open again.")


SUB = "The ferry goes twice a day, and three times on market days, until the ice comes in winter."


@pytest.mark.parametrize(
    ("body", "kept"),
    [
        (f'<div class="infobox"><h3>The ferry</h3><p>{SUB}</p></div>', SUB),
        (f'<p class="teaser" itemprop="description">{SUB}</p>', SUB),
        (f"<div>advertisement</div><ol><li>{SUB}</li><li>{SUB[:-1]} again.</li></ol>", SUB),
        (f"<h2>{SUB}</h2>", SUB),
        (
            "<div class='u-modal-text'>"
            + "".join(f"<p>{n} {SUB}</p>" for n in range(6))
            + "</div>",
            f"3 {SUB}",
        ),
    ],
)
def test_layout_words_cut_nothing_of_the_article(body: str, kept: str) -> None:
    assert kept in texts(paragraphs() + body + f"<p>{BODY[0]} So it went.</p>")


def test_subheads_may_be_h1() -> None:
    sections = "".join(f"<h1>Part {n}</h1><p>{text}</p>" for n, text in enumerate(BODY))
    assert "Part 3" in texts(sections)
    assert TITLE not in texts(sections)


def test_the_last_section_may_have_an_element_of_its_own() -> None:
    one, two = (
        f'<div class="article-text">{"".join(f"<p>{text}</p>" for text in part)}</div>'
        for part in (BODY[:4], BODY[4:])
    )
    page = f"<main><h1>{TITLE}</h1>{one}<div class='ad'>Advertisement</div>{two}</main>"
    assert clean_page(page, is_html=True).text.split("\n") == BODY


def test_a_gallery_whose_captions_are_the_story_keeps_them() -> None:
    story = "".join(
        f'<figure><img src="{n}.jpg"><figcaption>{text}</figcaption></figure>'
        for n, text in enumerate(BODY)
    )
    assert texts(story) == BODY
    assert texts(paragraphs() + story.replace("voted", "met")) == BODY


def test_an_answer_in_a_questionnaire_is_no_kicker() -> None:
    assert texts("<p>Name: Ashley</p><p>Age: forty</p>" + paragraphs())[:2] == [
        "Name: Ashley",
        "Age: forty",
    ]


@pytest.mark.parametrize(
    ("lang", "banner"),
    [
        (
            "de",
            "Wir haben keine Bezahlschranke und keinen Verleger. Mit Ihrer Spende bleiben wir "
            "unabhängig. Jetzt spenden!",
        ),
        (
            "fr",
            "Votre don permet à notre rédaction de rester libre. Soutenez-nous dès maintenant !",
        ),
        ("es", "Tu apoyo hace posible nuestro trabajo. Haz una donación hoy mismo."),
        ("pt", "O seu apoio torna possível o nosso trabalho. Faça uma doação hoje mesmo."),
        ("it", "Il tuo sostegno rende possibile il nostro lavoro. Fai una donazione oggi stesso."),
    ],
)
def test_banners_fused_into_a_paragraph_go_in_five_languages(lang: str, banner: str) -> None:
    told = [text.split(". ", 1)[1].replace("Monday", f"day {n}") for n, text in enumerate(BODY)]
    page = "\n\n".join([TITLE, f"{banner} {told[0]}", *told[1:]])
    cleaned = clean_page(page, is_html=False)
    assert cleaned.text.split("\n") == told
    assert {b.reason for b in cleaned.stripped if b.text in banner} == {"donation_banner"}


def test_labels_of_speakers_are_kept_from_the_first_on() -> None:
    debate = "".join(
        f"<p><b>{name}</b></p><p>{text}</p>"
        for name, text in zip(["Ann Lee", "Bo Sand"] * 3, BODY, strict=True)
    )
    assert texts(debate)[:3] == ["Ann Lee", BODY[0], "Bo Sand"]


def test_a_date_line_that_ends_in_a_full_stop_is_stripped() -> None:
    assert texts("<p>2031. október 7.</p>" + paragraphs(), lang="hu") == BODY


def test_a_banner_that_speaks_to_its_reader_goes_whole() -> None:
    banner = (
        "Sign up for our morning newsletter! As a friend of the harbour, you will hear of every "
        "boat "
        "that comes in, and you are asked to each of the quiet evenings at the quay."
    )
    told = [text.split(". ", 1)[1].replace("Monday", f"day {n}") for n, text in enumerate(BODY)]
    page = "\n\n".join([TITLE, *told[:3], banner, *told[3:]])
    assert clean_page(page, is_html=False).text.split("\n") == told


def test_rows_of_a_table_are_text_though_pictures_stand_in_them() -> None:
    tick = '<img src="/tick.svg" alt="">'
    rows = "".join(
        f"<tr><td>{tick} Crossings {n} a day in the winter</td><td>Fare of {n} crowns</td></tr>"
        for n in range(2, 5)
    )
    assert "Crossings 3 a day in the winter | Fare of 3 crowns" in " ".join(
        texts(paragraphs() + f"<table>{rows}</table>" + paragraphs())
    )


def test_an_entry_of_an_agenda_is_no_caption() -> None:
    entry = "Talk about the next meeting in the harbour hall: what sort? Where and when? (30 mins)"
    entries = f"<ul><li>{entry}</li><li>Minutes of the last meeting, read by the chair</li></ul>"
    assert entry in texts(paragraphs() + entries + paragraphs())
    picture = f'<ul><li><img src="/a.jpg"> {entry.replace("30 mins", "Ann Lee/Wire")}</li></ul>'
    assert entry not in texts(paragraphs() + picture + paragraphs())


def test_a_long_opening_paragraph_far_above_the_articles_element_is_kept() -> None:
    opening = (
        "Eastmere – When the old ferryman grew sentimental, he told the children how he had once "
        "pulled a whole cow out of the water, and how the cow had thanked him with a long look."
    )
    more = "".join(f"<p>{text} Nobody in the hall spoke against it.</p>" for text in BODY * 5)
    tools = "".join(f'<div><a href="/tool/{n}">Tool number {n}</a></div>' for n in range(30))
    page = (
        f"<html><head><title>{TITLE}</title></head><body><main><h1>{TITLE}</h1>"
        f'<div class="entry-content">{tools}'
        f"<p>{opening}</p><div>{more}</div></div></main></body></html>"
    )
    assert opening in clean_page(page, is_html=True).text


@pytest.mark.parametrize(
    ("lang", "sentence"),
    [
        (
            "en",
            "Subscribers pay nine pounds a month and can cancel any time, which most do in May.",
        ),
        (
            "en",
            "Readers who sign up for the newsletter hand over their habits, and many regret it.",
        ),
        (
            "de",
            "Abonnenten zahlen neun Euro im Monat und können jederzeit kündigen, was viele tun.",
        ),
    ],
)
def test_a_sentence_that_asks_nothing_is_text(lang: str, sentence: str) -> None:
    assert sentence in texts(paragraphs(sentence, *BODY), lang=lang)


@pytest.mark.parametrize(
    ("lang", "prompt"),
    [
        ("en", "Sign up for the newsletter to get the best stories of the harbour every Friday."),
        ("en", "Start your free trial today and cancel any time before the first month is over."),
        ("de", "Jetzt mit dem Abo weiterlesen und jederzeit kündigen, ab neun Euro im Monat."),
    ],
)
def test_a_sentence_that_asks_is_a_prompt(lang: str, prompt: str) -> None:
    assert prompt not in texts(paragraphs(prompt, *BODY), lang=lang)


def test_what_a_paragraph_reports_is_no_pointer() -> None:
    told = "Lesen Sie mehr Bücher, riet die Ministerin am Donnerstag den Schülern in Ostermeer."
    assert told in texts(paragraphs(told, *BODY), lang="de")
    pointer = "Lesen Sie auch: Bücher sind teuer, sagte die Ministerin am Donnerstag in Ostermeer."
    assert pointer not in texts(paragraphs(pointer, *BODY), lang="de")


def test_a_fact_box_in_a_margin_between_paragraphs_is_text() -> None:
    box = f'<aside class="factbox"><h3>The boat in figures</h3><p>{BODY[5]}</p></aside>'
    page = f"<p>{BODY[0]}</p>{box}" + "".join(f"<p>{text}</p>" for text in BODY[1:5])
    assert texts(page) == [BODY[0], "The boat in figures", BODY[5], *BODY[1:5]]


def test_a_second_h1_below_paragraphs_is_a_subhead() -> None:
    page = f"<p>{BODY[0]}</p><p>{BODY[1]}</p><h1>The price of it</h1><p>{BODY[2]}</p>"
    assert texts(page) == [*BODY[:2], "The price of it", BODY[2]]


def test_a_short_last_section_in_a_body_of_its_own_is_text() -> None:
    parts = ["".join(f"<p>{text}</p>" for text in BODY[:5]), f"<p>{BODY[5]}</p>"]
    page = "<i>x</i>".join(f'<div class="article-text">{part}</div>' for part in parts)
    markup = f"<html><title>{TITLE}</title><body><h1>{TITLE}</h1>{page}</body></html>"
    assert clean_page(markup, is_html=True).text.split("\n")[-1] == BODY[5]
