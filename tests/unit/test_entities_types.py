"""Names with one type everywhere, and what is cut from the edges of names in English texts."""

from __future__ import annotations

import pytest

from flows.annotate.entities import find_mentions
from flows.annotate.entities.lexicon import lines, teams, types


def found(text: str) -> list[tuple[str, str]]:
    return [(text[m.start : m.end], m.label) for m in find_mentions(text)]


def names(text: str) -> set[tuple[str, str]]:
    return {(m.name, m.label) for m in find_mentions(text)}


@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("Shoppers sued Wal-Mart over the recall on Monday.", "Wal-Mart", "ORG"),
        ("She bought the radio at Best Buy in Tollmere.", "Best Buy", "ORG"),
        ("Nurses say Medicare pays too late.", "Medicare", "MISC"),
        ("The White House said it would wait.", "White House", "ORG"),
        ("Fans of Borussia Dortmund sang all night.", "Borussia Dortmund", "ORG"),
        ("The Environmental Protection Agency closed the well.", "EPA", ""),
        ("Twitter Inc cut ninety jobs in Tollmere.", "Twitter", "ORG"),
    ],
)
def test_known_names_have_their_type(text: str, name: str, label: str) -> None:
    if label:
        assert (name, label) in names(text)
    else:
        assert ("Environmental Protection Agency", "ORG") in names(text)


def test_a_person_in_the_article_keeps_a_surname_that_is_a_firm() -> None:
    text = "Enzo Ferrari built cars. Ferrari died in the town where he was born."
    assert [label for word, label in found(text) if "Ferrari" in word] == ["PERSON", "PERSON"]


def test_nicknames_of_clubs_count_where_the_article_is_about_clubs() -> None:
    sport = "The Saints beat the Colts on Sunday. A coach said the Saints had earned it."
    assert ("New Orleans Saints", "ORG") in names(sport)
    assert ("Indianapolis Colts", "ORG") in names(sport)
    church = "The priest spoke of the Saints and of the harvest."
    assert not any(name == "New Orleans Saints" for name, _ in names(church))
    two = "The Giants met the Cardinals. The San Francisco Giants won."
    assert ("San Francisco Giants", "ORG") in names(two)


@pytest.mark.parametrize(
    ("text", "people"),
    [
        ("Florida Republican Marco Velden backed the bill on Monday.", ["Marco Velden"]),
        ("The 59-year-old Maria Huckley lost her shop.", ["Maria Huckley"]),
        ("Senator Kay Dorrin, Democrat of North Carolina, left early.", ["Kay Dorrin"]),
        ("Representative Tom Beck, R-Ala., voted against it.", ["Tom Beck"]),
        ("Chelsea Clayborne sang at the fair.", ["Chelsea Clayborne"]),
    ],
)
def test_parties_places_and_ages_are_no_part_of_a_name(text: str, people: list[str]) -> None:
    assert [word for word, label in found(text) if label == "PERSON"] == people


def test_a_party_member_is_no_place() -> None:
    text = "Senator Kay Dorrin, Democrat of North Carolina, left early."
    assert ("North Carolina", "GPE") in found(text)
    assert not any("Democrat of" in word for word, _ in found(text))
    assert not any(word.startswith("R-") for word, _ in found("Tom Beck, R-Ala., spoke first."))


def test_a_state_and_its_party_are_two_mentions() -> None:
    text = "Georgia Republican Brian Kessler said he would vote no."
    assert found(text) == [
        ("Georgia", "GPE"),
        ("Republican", "NORP"),
        ("Brian Kessler", "PERSON"),
    ]


def test_a_closing_apostrophe_is_no_part_of_a_name() -> None:
    text = "Viewers of Fox News' morning show called in."
    assert ("Fox News", "ORG") in names(text)


def test_the_list_of_types_is_in_order() -> None:
    rows = list(lines("types.txt"))
    assert len(types()) > 450
    assert {row for row in rows if row.startswith("[")} == {"[ORG]", "[MISC]", "[TEAM]"}
    assert all(club in types() for clubs in teams().values() for club in clubs)
