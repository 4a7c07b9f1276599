"""Short forms that count only where the article has named the listed body in full."""

from __future__ import annotations

import pytest

from flows.annotate.entities import find_mentions
from flows.annotate.entities.lexicon import types
from flows.annotate.entities.short_names import heads


def bodies(text: str, word: str) -> list[tuple[str, str]]:
    """Return the label and name of each mention of a text that is printed so."""
    return [(m.label, m.name) for m in find_mentions(text) if text[m.start : m.end] == word]


@pytest.mark.parametrize(
    ("text", "word", "full"),
    [
        ("Bayern Munich lost. The coach of Bayern wept.", "Bayern", "Bayern Munich"),
        ("Goldman Sachs cut jobs. A banker at Goldman wept.", "Goldman", "Goldman Sachs"),
        ("Northrop Grumman won. It is built by Northrop.", "Northrop", "Northrop Grumman"),
        ("Aston Villa won. The captain of Villa wept.", "Villa", "Aston Villa"),
        ("Manchester City drew. The coach said City had slept.", "City", "Manchester City"),
        (
            "Reporters Without Borders sued. A lawyer for RSF won.",
            "RSF",
            "Reporters Without Borders",
        ),
    ],
)
def test_a_body_named_in_full_has_its_short_form(text: str, word: str, full: str) -> None:
    assert bodies(text, word) == [("ORG", full)]


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("The coach said City had slept.", "City"),
        ("Aston Villa won. He bought the Villa by the sea.", "Villa"),
        ("Goldman Sachs cut jobs. Ada Goldman wept. Neighbours of Goldman saw it.", "Goldman"),
        ("A clerk wept. Banker Goldman, of Goldman Sachs, left.", "Goldman"),
        ("Korean Air cut flights. A Korean wept.", "Korean"),
        ("Real Madrid won. The Real is a coin.", "Real"),
    ],
)
def test_a_short_form_is_no_body_elsewhere(text: str, word: str) -> None:
    assert all(label != "ORG" for label, _ in bodies(text, word))


def test_first_words_are_no_names_of_their_own() -> None:
    assert heads().keys().isdisjoint(types())


def test_a_listed_name_that_goes_on_is_one_mention() -> None:
    found = find_mentions(
        "The Law and Justice party won. A clerk of the Law and Justice party wept."
    )
    assert [m.name for m in found] == ["Law and Justice"] * 2
