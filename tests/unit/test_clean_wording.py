"""Words of languages as expressions, and the quick question whether a text has one of them."""

from __future__ import annotations

import pytest

from flows.clean.wording import has_words, wording

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
