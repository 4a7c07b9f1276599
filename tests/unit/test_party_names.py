"""Chambers, states and parties that stand beside each other."""

from __future__ import annotations

import pytest

from flows.annotate import annotate

CASES = [
    ("On Monday the House Republican leader left.", [("House", "ORG"), ("Republican", "NORP")]),
    ("The Senate Democratic whip left on Monday.", [("Senate", "ORG"), ("Democratic", "NORP")]),
    ("She is the New York Democrat who left.", [("New York", "GPE"), ("Democrat", "NORP")]),
    ("He led a Republican Senate on Monday.", [("Republican", "NORP"), ("Senate", "ORG")]),
    (
        "At the Idaho Republican and Democratic picnics it rained.",
        [("Idaho", "GPE"), ("Republican", "NORP"), ("Democratic", "NORP")],
    ),
    ("He won the Democratic nomination on Monday.", [("Democratic", "NORP")]),
    ("The House Republicans left on Monday.", [("House Republicans", "ORG")]),
    ("The National Democratic Congress said no.", [("National Democratic Congress", "ORG")]),
    ("The Eastern Democratic leader said no.", [("Eastern Democratic", "ORG")]),
    ("The Kenya Democratic Congress said no.", [("Kenya Democratic Congress", "ORG")]),
    ("The Republican National Committee said no.", [("Republican National Committee", "ORG")]),
    ("The Republican Party said no.", [("Republican Party", "ORG")]),
]


@pytest.mark.parametrize(("text", "names"), CASES)
def test_each_has_a_mention_of_its_own(text: str, names: list[tuple[str, str]]) -> None:
    found = [(text[m.start : m.end], m.label) for m in annotate(text).mentions]
    assert found == names
