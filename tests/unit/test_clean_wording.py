"""Words of languages as expressions, and the quick question whether a text has one of them."""

from __future__ import annotations

import re

import pytest

from flows.clean.outcome import kinds_of_pages
from flows.clean.subjects import SUBJECTS
from flows.clean.wording import has_words, small, small_wording, wording

TEXTS = (
    "Published on 7 October 2031",
    "  Datum: 7. Oktober 2031",
    "Es steht kein Datum: 7. Oktober",
    "VERÖFFENTLICHT am 7. Oktober",
    "YAYINLANMA: 7 Ekim 2031",
    "TARİH: 7 Ekim 2031",
    "ΔΗΜΟΣΙΕΥΣΗ: 7 Οκτωβρίου",
    "ОПУБЛИКОВАНО 7 октября",
    "The ferry left at seven.",
    "",
)


@pytest.mark.parametrize("text", TEXTS)
def test_has_words_answers_as_the_expression_does(text: str) -> None:
    expression = wording("metadata", "printed.said_published")
    assert has_words("metadata", "printed.said_published")(text) == bool(expression.search(text))


def test_some_of_these_texts_have_such_words() -> None:
    has = has_words("metadata", "printed.said_published")
    assert [has(text) for text in TEXTS].count(True) == 7


SMALL_TEXTS = (
    "BERICHTIGUNG: In der Überschrift stand ein falscher Ort.",
    "Rättelse – mängden var fel i en tidigare version.",
    "Correction: the ferry has two decks, not three.",
    "ΔΙΟΡΘΩΣΗ του χθεσινού κειμένου",
    "The ferry corrects its course.",
)


@pytest.mark.parametrize("text", SMALL_TEXTS)
def test_small_wording_answers_for_small_texts_as_the_expression_does(text: str) -> None:
    expression = wording("metadata", "corrections.note")
    found = small_wording("metadata", "corrections.note").search(small(text))
    assert bool(found) == bool(expression.search(text))


def test_small_letters_have_no_dots_of_the_turkish_i() -> None:
    assert small("YENİ ILIK ÇAY") == "yeni ilik çay"


def test_what_is_asked_of_small_texts_has_no_capitals() -> None:
    asked = {
        ".": ["comments.says", "comments.when", "subjects.reported", "subjects.own_voice"],
        "metadata": ["corrections.note", "syndication.spoken"],
        "html": ["elements.fact_box"],
    }
    asked["."] += [f"subjects.{reason}" for reason in SUBJECTS]
    sources = [small_wording(folder, name).pattern for folder in asked for name in asked[folder]]
    sources += [kind.small.pattern for kind in kinds_of_pages()]
    assert [s for s in sources if any(map(str.isupper, re.sub(r"\\\w", "", s)))] == []
