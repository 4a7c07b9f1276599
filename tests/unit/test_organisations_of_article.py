"""Organisations within one article: acronyms, cut names, clubs; and bodies of countries."""

from __future__ import annotations

import re

import pytest

from flows.annotate import annotate
from flows.annotate.names.organisations import full_names, letters_of
from flows.annotate.names.printed import is_no_name, printed_name
from flows.link.entities import name_keys
from flows.link.names import name_key

ONE = [
    (
        "{Quarrick Hallen Critical Systems} grew. {QHCS} is old. {Quarrick Hallen} said so.",
        {
            "QHCS": "Quarrick Hallen Critical Systems",
            "Quarrick Hallen": "Quarrick Hallen Critical Systems",
        },
    ),
    ("The {Northern Ports Authority} ({NPA}) grew.", {"NPA": "Northern Ports Authority"}),
    ("The {Northern Ports Authority} grew. {N.P.A.} left.", {"N.P.A.": "Northern Ports Authority"}),
    ("{Dovrick Motor} grew. {Dovrick} is old.", {"Dovrick": "Dovrick Motor"}),
    ("{Lisbon Gannets} won. The {Gannets} lead.", {"Gannets": "Lisbon Gannets"}),
    (
        "{Dorran Vale Marine Works} grew. {Dorran Vale} is old.",
        {"Dorran Vale": "Dorran Vale Marine Works"},
    ),
    ("{Dorran Vale Institute} grew. {Dorran Vale} is old.", {}),
    # a town has the name, not the letters
    ("{ATI Motor} grew. {ATI} is old.", {"ATI": "ATI Motor"}),
    ("{ATI News} grew. {ATI} is old.", {}),
    # two may be meant
    ("{North Port Authority} and {Narrow Path Academy} met. {NPA} left.", {}),
    ("{Dovrick Motor} and {Dovrick Foods} met. {Dovrick} left.", {}),
    # a house and what it owns, a word for a kind of body, the whole that comes before its part
    ("{Dovrick News} grew. {Dovrick} is old.", {}),
    ("{Lisbon Police} came. {Police} left.", {}),
    ("{Dovrick} grew. {Dovrick Motor} is new.", {}),
    ("{Fox Motor} grew. {Fox} is old.", {}),
]


@pytest.mark.parametrize(("marked", "short"), ONE, ids=[text[:40] for text, _ in ONE])
def test_short_forms_find_the_one_name_they_stand_for(marked: str, short: dict[str, str]) -> None:
    text, spans = "", []
    for place, piece in enumerate(re.split(r"[{}]", marked)):
        if place % 2:
            spans.append((len(text), len(text) + len(piece), "ORG"))
        text += piece
    assert full_names(text, spans, [text[a:b] for a, b, _ in spans]) == short


def test_letters() -> None:
    assert letters_of("U.S. Harbour Survey") == ("ushs",)
    assert letters_of("Bank of Ellery Shipping") == ("bes", "boes")
    assert letters_of("Ellery") == ()
    assert "letters npa" in name_keys("Northern Ports Authority", "ORG").offers
    assert name_keys("NPA", "ORG").look == "acronym npa"
    assert name_key("US Harbour Survey", "ORG") == name_key("United States Harbour Survey", "ORG")


@pytest.mark.parametrize(
    ("surface", "label", "name"),
    [
        ("Ellery Tide’s", "ORG", "Ellery Tide"),
        ("Ellery Tides'", "ORG", "Ellery Tides"),
        ("Quarrick Inc", "ORG", "Quarrick"),
        ("Quarrick & Sons Ltd.", "ORG", "Quarrick & Sons"),
        ("Republican Ada Voss", "PERSON", "Ada Voss"),
        ("59-year-old Huckle", "PERSON", "Huckle"),
        ("Ohio Democrat Ada Voss", "PERSON", "Ada Voss"),
        ("Jess L. Quarrow Jr", "PERSON", "Jess L. Quarrow Jr."),
        ("James", "PERSON", "James"),
        ("Prince Adeyo", "PERSON", "Prince Adeyo"),
    ],
)
def test_names_stand_without_what_print_puts_around_them(
    surface: str, label: str, name: str
) -> None:
    assert printed_name(surface, label) == name


def test_titles_and_parties_with_a_state_are_no_names() -> None:
    assert all(map(is_no_name, ("R-Ala", "R-S.C.", "D-Ohio", "Mr.", "Sen")))
    assert not any(map(is_no_name, ("R-Evolution Works", "Mr. Quill", "Senna", "D-Day", "I-95")))


def bodies(text: str) -> set[str]:
    return {m.name for m in annotate(text).mentions if m.label == "ORG"}


def test_a_party_is_not_of_the_country_that_somebody_visits() -> None:
    text = (
        "Owen Tarrant, the Republican nominee, visited Mexico on Monday. Mexico received him, and "
        "Mexican ministers dined with him in Mexico. The Republican Party backed the journey."
    )
    assert not any("Mexico" in name for name in bodies(text))


def test_the_inland_names_of_a_country_say_whose_congress_is_meant() -> None:
    text = (
        "Russia has denied it. Russian officials and Russia were silent, and Russia will stay so. "
        "Republicans in Ohio and Democrats in Iowa asked for papers. Congress will vote on it."
    )
    assert "Congress of the United States" in bodies(text)
    assert "Congress of Russia" not in bodies(text)


def test_a_word_for_a_body_is_the_body_of_the_country_that_is_meant() -> None:
    about = (
        "Republicans in Ohio and Democrats in Iowa met on Monday. The House will vote on "
        "it, and the House is split."
    )
    assert "House of Representatives of the United States" in bodies(about)
    elsewhere = "Kenya, Kenya and Kenya. The House will vote on it, and the House is split."
    assert not any("Representatives" in name for name in bodies(elsewhere))
