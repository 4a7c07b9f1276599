"""German quotations: the examples beside the word lists, other languages kept apart, roles that are
no names.
"""

from __future__ import annotations

from typing import Any

import pytest

from flows.annotate import annotate
from flows.annotate.quotes.german import is_german
from flows.annotate.quotes.lexicon import read_data


@pytest.mark.parametrize(
    "example", read_data("german.toml")["example"], ids=lambda e: e["text"][:40]
)
def test_example(example: dict[str, Any]) -> None:
    found = next(
        quote for quote in annotate(example["text"]).quotes if example["quote"] in quote.text
    )
    assert (found.speaker, found.kind) == (example.get("name"), example["kind"])
    if "surface" in example:
        assert found.speaker_surface == example["surface"]


@pytest.mark.parametrize(
    ("text", "german"),
    [
        ("Der Steg ist gesperrt, und niemand weiß, wann er wieder geöffnet wird.", True),
        ("The pier is closed, and nobody knows when it will open again.", False),
        ("De steiger is gesloten en niemand weet wanneer die weer open gaat.", False),
        ("Broen er lukket, og ingen ved, hvornår den åbner igen.", False),
        ("", False),
    ],
)
def test_only_german_is_german(text: str, german: bool) -> None:
    assert is_german(text) is german


def test_pronoun_goes_to_the_person_of_its_gender() -> None:
    text = (
        "Bürgermeisterin Adele Quill hat den Steg für den Winter gesperrt. Landrat Markus Dorn ist dagegen. "
        "„Das ist unser Steg und nicht seiner“, sagte sie."
    )
    assert [quote.speaker for quote in annotate(text).quotes] == ["Adele Quill"]


def test_nobody_is_named_where_nobody_stands() -> None:
    text = "Der Steg ist für den Winter gesperrt. „Das ist unser Steg und nicht der Steg der Stadt“, sagte sie am Abend."
    assert [quote.speaker for quote in annotate(text).quotes] == [None]
