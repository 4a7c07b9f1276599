"""Where reported clauses end: asides, marks, the reporter's own words behind them."""

from __future__ import annotations

import pytest

from tests.unit.test_quotes_trials import found


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # an aside between dashes before the verb, whose subject holds a relative clause
        (
            "Ada Quill said that the oars that broke – most of them pine – were new.",
            "the oars that broke – most of them pine – were new",
        ),
        (
            "The report shows that tar fades and wants a new coat – such as resin – to stay dark.",
            "tar fades and wants a new coat – such as resin – to stay dark",
        ),
        ("Ada Quill said the quay was shut – a blow to crews – to reporters.", "the quay was shut"),
        ("Ada Quill said the quay was shut – a blow – in a town of pilots.", "the quay was shut"),
        # "but rather" goes on, a "but" with a subject does not
        (
            "Ada Quill said that the note was no plan, but rather a sketch for the crews.",
            "the note was no plan, but rather a sketch for the crews",
        ),
        ("Ada Quill said that the note was a plan, but the crews laughed.", "the note was a plan"),
        # a verb in the past with an object makes a clause of the words, a participle does not
        (
            "Prosecutors say Ed Voss stole the ropes on Monday while his sister drove.",
            "Ed Voss stole the ropes on Monday while his sister drove",
        ),
        ("Ada Quill praised the crew on Monday while the mayor slept.", ""),
        # who the speaker is belongs to no words, whatever its length
        ("The quay is near ships, according to Ada Quill, chief pilot.", "The quay is near ships"),
        ("It is near ships, according to Ada Quill, and it leaks.", "It is near ships"),
        # what comes before marks is no clause without a verb
        ("Pilots have speculated that two barges, “Wren” and “Tern,” carry gold.", ""),
        ("Pilots have speculated that a barge sank, “Wren” by name.", "a barge sank"),
        ("Ada Quill said she heard a pilot say, “It leaks,” and left.", ""),
        # an amount keeps its sign; "hitting" reports with "back" alone
        (
            "According to Ada Quill, $2 million is the cost of a quay.",
            "$2 million is the cost of a quay",
        ),
        (
            "Ada Quill said the boat turned and left, hitting two piers.",
            "the boat turned and left, hitting two piers",
        ),
        ("Ada Quill said the boat left, adding little.", "the boat left"),
        # an "and" in the phrase behind a verb leads to no words of it
        ("The trial of a man charged in the loss of a ferry and its crew is over.", ""),
        ("Ada Quill said on Monday and Tuesday the quay was shut.", "the quay was shut"),
        # a "that" behind a thing that something adds
        ("A keel adds barely seen ballast that steadies the boat.", ""),
        ("Ada Quill added very early that the crew had left.", "the crew had left"),
    ],
)
def test_reported_words_are_whole_to_the_end_of_their_clause(text: str, expected: str) -> None:
    words = [words for words, _, kind in found(text) if kind == "indirect"]
    assert words == ([expected] if expected else [])
