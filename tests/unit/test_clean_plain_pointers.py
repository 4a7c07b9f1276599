"""Pointers to other texts in plain text: they go alone, wherever they stand, in several languages.
Sentences that begin like a prompt and report what somebody said stay.
"""

from __future__ import annotations

import pytest

from flows.clean.plain import clean_plain

TITLE = "Beekeepers of Sallow Ridge count their losses"
BODY = [
    "Two thirds of the hives on Sallow Ridge are empty this spring, the beekeepers said on Friday.",
    "The county's vet has taken samples from forty hives and expects an answer in three weeks, "
    "she said at the fire station.",
    "Last year the ridge sold eleven tonnes of honey, and no one here knows how many it will be "
    "this year.",
    "The beekeepers will meet again on the first of May, when the county will explain what help "
    "there is for those who start anew.",
]
POINTERS = [
    "Read also: The clover comes late this year",
    "Lesen Sie auch: Der Klee kommt spät in diesem Jahr",
    "À lire aussi : Le trèfle est en retard cette année",
    "Lea también: El trébol llega tarde este año",
    "Leggi anche: Il trifoglio arriva tardi quest'anno",
    "Leia também: O trevo chega tarde este ano",
]


@pytest.mark.parametrize("pointer", POINTERS)
@pytest.mark.parametrize("at", [1, 3])
@pytest.mark.parametrize("between", ["\n", "\n\n"])
def test_a_pointer_takes_no_paragraph_along(pointer: str, at: int, between: str) -> None:
    cleaned = clean_plain(between.join([TITLE, *BODY[:at], pointer, *BODY[at:]]))
    assert cleaned.text.split("\n") == BODY


@pytest.mark.parametrize("pointer", POINTERS)
def test_a_pointer_run_into_a_paragraph_goes_alone(pointer: str) -> None:
    before = [TITLE, BODY[0], f"{pointer}. {BODY[1]}", *BODY[2:]]
    behind = [TITLE, BODY[0], f"{BODY[1]} {pointer}.", *BODY[2:]]
    assert clean_plain("\n\n".join(before)).text.split("\n") == BODY
    assert clean_plain("\n\n".join(behind)).text.split("\n") == BODY


@pytest.mark.parametrize("heading", ["More on this", "Mehr zum Thema", "Sur le même sujet"])
def test_no_heading_governs_paragraphs(heading: str) -> None:
    cleaned = clean_plain("\n\n".join([TITLE, BODY[0], heading, *BODY[1:]]))
    assert cleaned.text.split("\n") == BODY


def test_a_heading_over_headlines_ends_the_article() -> None:
    others = ["The clover comes late this year", "A mast for Hollow Farm", "Bridge shut for spring"]
    cleaned = clean_plain("\n\n".join([TITLE, *BODY, "Mehr zum Thema", *others]))
    assert cleaned.text.split("\n") == BODY


def test_teasers_with_their_headline_run_in_stay_out() -> None:
    teasers = [
        f"Number {n} of the ridge is out nowThe tale of a farmer who kept bees and of the winter "
        "in which she lost every one of them, told anew."
        for n in range(2)
    ]
    cleaned = clean_plain("\n\n".join([TITLE, *BODY, "More stories", *teasers]))
    assert cleaned.text.split("\n") == BODY


def test_a_line_that_introduces_speech_is_no_headline() -> None:
    said = ["Ann Lark said:", "“We are glad that the bees are back, whatever it costs us.”"]
    page = [TITLE, BODY[0], *said, *BODY[1:]]
    assert clean_plain("\n\n".join(page)).title != "Ann Lark said:"


@pytest.mark.parametrize(
    "banner",
    [
        "Laden Sie jetzt unsere kostenlose App herunter.",
        "Téléchargez gratuitement notre application.",
        "Descarga gratis nuestra aplicación.",
        "Scarica gratis la nostra app.",
        "Baixe grátis o nosso aplicativo.",
        "Abonnieren Sie unseren WhatsApp-Kanal.",
        "Rejoignez notre chaîne WhatsApp.",
        "Únete a nuestro canal de WhatsApp.",
        "Iscriviti al nostro canale WhatsApp.",
        "Entre no nosso canal do WhatsApp.",
        "Click here to join our WhatsApp channel.",
    ],
)
def test_invitations_in_a_paragraph(banner: str) -> None:
    page = [TITLE, BODY[0], f"{banner} {BODY[1]}", *BODY[2:]]
    assert clean_plain("\n\n".join(page)).text.split("\n") == BODY


@pytest.mark.parametrize(
    "sentence",
    [
        "Donate now, the relief agency urged on Tuesday, or the boats will stay in the harbour.",
        "Spenden Sie jetzt, forderte die Hilfsorganisation am Dienstag, sonst bleiben die Boote.",
        "Lesen Sie mehr Bücher, riet die Ministerin am Donnerstag den Schülern in Ostermeer.",
        "Faites un don, a demandé mardi l'association, sinon les bateaux resteront au port.",
        "Done ahora, pidió el martes la organización, o los barcos se quedarán en el puerto.",
        "Doe agora, pediu na terça-feira a organização, ou os barcos ficarão no porto.",
    ],
)
@pytest.mark.parametrize("at", [2, 4])
def test_reported_requests_are_text(sentence: str, at: int) -> None:
    page = [TITLE, *BODY[:at], sentence, *BODY[at:]]
    assert sentence in clean_plain("\n\n".join(page)).text
