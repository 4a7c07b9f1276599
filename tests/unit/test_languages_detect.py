"""The language of a text: given, counted, or classified."""

from __future__ import annotations

import pytest

from flows.annotate.languages import detect, normalise

ENGLISH = (
    "The pier is closed, and nobody in the town knows when it will open again. The council has"
    " said that it will not pay for the repairs before the winter is over, and the owner agrees."
)
DUTCH = (
    "De steiger is gesloten en niemand weet wanneer die weer open gaat. De gemeente heeft gezegd"
    " dat zij de herstelling niet voor het einde van de winter wil betalen."
)


@pytest.mark.parametrize(
    ("text", "given", "language"),
    [
        (ENGLISH, None, "en"),
        (ENGLISH, "fr", "en"),  # the template's language, not the text's
        (DUTCH, None, "nl"),
        (DUTCH, "en", "nl"),
        (DUTCH, "nl-BE", "nl"),
        ("Der Steg ist gesperrt, und niemand weiß, wann er wieder geöffnet wird.", None, "de"),
        ("No.", None, "en"),
        ("No.", "es", "es"),
        ("„To skandal” – napisał burmistrz Jan Sowa.", "pl", "pl"),  # "to" is Polish too
        ("", None, "en"),
        ("你好，世界。大桥将于五月开通。", None, "zh"),
    ],
)
def test_language(text: str, given: str | None, language: str) -> None:
    assert detect(text, given) == language


@pytest.mark.parametrize(
    ("given", "code"),
    [("de-AT", "de"), ("PT_br", "pt"), ("no", "nb"), ("nn", "nb"), ("", None), (None, None)],
)
def test_codes_are_normalised(given: str | None, code: str | None) -> None:
    assert normalise(given) == code
