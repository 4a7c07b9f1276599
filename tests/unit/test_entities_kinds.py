"""Names that are a body beside a word of its kind, craft with numbers, storms, and short forms."""

from __future__ import annotations

import pytest

from flows.annotate.entities import find_mentions
from flows.annotate.entities.kinds import kinds
from flows.annotate.entities.lexicon import types


def labels(text: str, name: str) -> list[str]:
    """Return the labels of the mentions of a text that are printed so; "" where there is none."""
    return [m.label for m in find_mentions(text) if text[m.start : m.end] == name] or [""]


def names(text: str) -> list[str]:
    return [m.name for m in find_mentions(text)]


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Celtic won the cup in Tollmere.", "Celtic", "ORG"),
        ("A Celtic cross was found by the coach.", "Celtic", ""),
        ("He drove a car by Mercedes.", "Mercedes", "ORG"),
        ("Mercedes Brask left the car. Mercedes wept.", "Mercedes", "PERSON"),
        ("He kept accounts at Santander.", "Santander", "ORG"),
        ("He lived in Santander near a bank.", "Santander", "GPE"),
        ("Roma families live in a camp near the stadium.", "Roma", "NORP"),
        ("A shirt sold by Gap was made by children.", "Gap", "ORG"),
        ("Gap years are rare, the shop said.", "Gap", ""),
        ("She told the Sun, a tabloid, that she was ill.", "Sun", "ORG"),
        ("They sat in the Sun all day.", "Sun", ""),
        ("He won the Masters after a long putt.", "Masters", "EVENT"),
        ("The Mirror and The Sun hacked phones.", "Mirror", "ORG"),
    ],
)
def test_a_word_of_its_kind_tells_a_body(text: str, name: str, label: str) -> None:
    assert labels(text, name) == [label]


def test_no_name_of_a_kind_has_a_type_everywhere() -> None:
    assert kinds().keys().isdisjoint(types())


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The crew of Apollo 11 returned.", "Apollo 11", "MISC"),
        ("A door of the Boeing 737 flew off.", "Boeing 737", "MISC"),
        ("Boeing 300 jobs are at risk, the union said.", "Boeing 300", ""),
        ("He lost his house in Hurricane Odra.", "Hurricane Odra", "EVENT"),
        ("They lost 3-0 at the Camp Nou.", "Camp Nou", "LOC"),
        ("They lost at the Camp Nou 3-0.", "Camp Nou", "LOC"),
    ],
)
def test_craft_and_storms_and_scores(text: str, name: str, label: str) -> None:
    assert labels(text, name) == [label]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("The US Navy boarded the dhow at night.", "US Navy"),
        ("The Finance Ministry cut its forecast.", "Finance Ministry"),
    ],
)
def test_a_body_that_opens_a_sentence_is_whole(text: str, name: str) -> None:
    assert labels(text, name) == ["ORG"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The Ministry of Defence paid; the MoD hid it.", ["Ministry of Defence"] * 2),
        ("The Ministry of Water paid; the MoD hid it.", ["Ministry of Water"]),
        ("Fans of Leeds United sang. United lost.", ["Leeds United"] * 2),
        ("The Department of Homeland Security paid; the DHS said so.", ["Homeland Security"] * 2),
        (
            "The Harwick Times closed. She told the Times so, a reporter said.",
            ["Harwick Times"] * 2,
        ),
    ],
)
def test_short_forms_of_one_article_are_one_name(text: str, expected: list[str]) -> None:
    assert names(text) == expected


def test_the_number_of_a_flight_is_no_part_of_its_airline() -> None:
    assert labels("Flight TQ101 of Malaysia Airlines was late.", "Malaysia Airlines") == ["ORG"]
