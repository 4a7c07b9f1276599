"""No pattern of the project chokes on a hostile text: its work grows with the text, not with its
square.

`python -m tests.bench.patterns` tries longer texts, and each part of each pattern.
"""

from __future__ import annotations

import re

import pytest

from tests.property.hostile import Hostile, hostile_strings, slowest
from tests.property.patterns import patterns

SIZE = 4096
"""Characters of a hostile text. A pattern that tries each character from each character takes 40 ms
and more for so many, one that reads each a few times about one.
"""

MOST_TEXTS = 6
"""Hostile texts of one pattern."""


def test_work_grows_with_the_text() -> None:
    found = patterns()
    assert len(found) > 400, "the patterns are no longer found"
    slow = {
        f"{place.name}: {told} ({pattern.pattern!r:.300})"
        for pattern, place in found.items()
        if (
            told := slowest(
                pattern, SIZE, is_at_one_place=place.is_at_one_place, most_texts=MOST_TEXTS
            )
        )
    }
    assert not slow, "\n".join(sorted(slow))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\s+$",
        r"(a|b)*c",
        r"(\w+\s?)*:",
        r"\W*(?:time)?\W*\d",
        r"(?:x+x+)+y",
        r"a.*b.*c",
    ],
)
def test_a_pattern_that_chokes_is_found(pattern: str) -> None:
    assert slowest(re.compile(pattern), SIZE, is_at_one_place=False)


@pytest.mark.parametrize(
    "pattern", [r"(?<!\s)\s+$", r"\ba{1,20}b", r"[ab]+", r"(?<!\w)\w+:", r"<a [^>]{0,200}x"]
)
def test_a_pattern_that_does_not_is_not(pattern: str) -> None:
    assert not slowest(re.compile(pattern), SIZE, is_at_one_place=False)


def test_hostile_texts_are_made_of_the_parts_of_a_pattern() -> None:
    made = hostile_strings(re.compile(r"by (?:the )?[A-Z]\w+$"))
    assert Hostile("by the A", "a") in made
    assert {one.unit for one in made} > {"b", "by ", "by the A"}
