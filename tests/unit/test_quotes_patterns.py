"""The examples that stand beside the patterns: every pattern finds its speakers, and marks around
nobody's words are no quotation.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

from flows.annotate import annotate
from flows.annotate.model import Quote
from flows.annotate.quotes import find_quotes
from flows.annotate.quotes.lexicon import read_data

DATA = read_data("patterns.toml")
EXAMPLES = [
    (pattern["id"], example) for pattern in DATA["pattern"] for example in pattern["examples"]
]


def quotes(text: str, *, indirect: bool = False) -> list[Quote]:
    return [quote for quote in annotate(text).quotes if (quote.kind == "indirect") == indirect]


@pytest.mark.parametrize(
    ("pattern", "example"), EXAMPLES, ids=[f"{p}: {e['text'][:40]}" for p, e in EXAMPLES]
)
def test_pattern_finds_its_speaker(pattern: str, example: dict[str, Any]) -> None:
    found = next(quote for quote in quotes(example["text"]) if example["quote"] in quote.text)
    assert found.speaker_surface == example["surface"]
    assert found.pattern == example.get("pattern", pattern)
    # a role has a small article ("the harbour master"), wherever it stands
    assert found.speaker is not None
    assert found.speaker.casefold() == example.get("name", example["surface"]).casefold()
    if "cue" in example:
        assert found.cue == example["cue"]


@pytest.mark.parametrize("example", DATA["nothing"], ids=lambda e: e["why"])
def test_marks_around_nobodys_words(example: dict[str, str]) -> None:
    assert quotes(example["text"]) == []


@pytest.mark.parametrize("example", DATA["indirect"], ids=lambda e: e["quote"])
def test_reported_words(example: dict[str, Any]) -> None:
    found = next(
        quote for quote in quotes(example["text"], indirect=True) if quote.text == example["quote"]
    )
    if "surface" not in example:
        assert found.speaker_surface is None
        return
    assert found.speaker_surface is not None
    assert found.speaker_surface in example["surface"]
    assert example.get("overlaps") or found.speaker_surface == example["surface"]


@pytest.mark.parametrize("example", DATA["unsaid"], ids=lambda e: e["text"][:40])
def test_what_nobody_is_reported_to_have_said(example: dict[str, str]) -> None:
    assert quotes(example["text"], indirect=True) == []


def test_every_pattern_has_an_example() -> None:
    assert all(pattern["examples"] and pattern["meaning"] for pattern in DATA["pattern"])


def test_every_pattern_that_a_rule_gives_is_explained() -> None:
    rules = "\n".join(
        path.read_text("utf-8")
        for path in Path(find_quotes.__code__.co_filename).parent.glob("*.py")
    )
    given = set(re.findall(r'Source\([^"\n]*"([a-z-]+)"\)', rules))
    assert given >= {"before", "after", "sentence-after"}
    assert given <= {pattern["id"] for pattern in DATA["pattern"]}


@pytest.mark.parametrize(
    "text",
    [
        "The town has waited. “This bridge is a gift to nobody at all in this town.” Rain fell "
        "on the harbour.",
        "Nobody says “the bridge is perfectly safe for all” any more.",
        "As a result, there’s still “a very long queue of boats in the bay”.",
    ],
)
def test_a_subject_that_cannot_speak_is_no_speaker(text: str) -> None:
    assert [found.speaker for found in quotes(text)] == [None]
