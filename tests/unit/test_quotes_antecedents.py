"""Whom "it" and "they" stand for where they report."""

from __future__ import annotations

from tests.unit.test_quotes_trials import found

SECOND = [
    (
        "The Harbour Agency said the quay was shut. It said that the cranes failed.",
        "Harbour Agency",
    ),
    ("The company said the quay was shut. The cranes failed, it said.", "the company"),
    ("The lawsuit says the quay is old. It also claims that the cranes failed.", "the lawsuit"),
    ("The pilots said the quay was shut. They added that the cranes failed.", "the pilots"),
    ("The police said the quay was shut. They added that the cranes failed.", "the police"),
    ("Officials said the quay was shut. They added that the cranes failed.", "officials"),
    ("The Norwegians said the quay was shut. They said that the cranes failed.", "the Norwegians"),
    (
        "Ada Quill and Ed Voss said the quay was shut. They said that the cranes failed.",
        "Ada Quill and Ed Voss",
    ),
    (
        "The police spokeswoman said the quay was shut. The cranes failed, she added.",
        "the police spokeswoman",
    ),
    ("The mayor said the quay was shut. He added that the cranes failed.", "the mayor"),
    # another kind, somebody between
    ("The spokeswoman said the quay was shut. He added that the cranes failed.", None),
    ("The ministry said the quay was shut. He added that the cranes failed.", None),
    ("Ada Quill said the firm was late. It said that the cranes failed.", None),
    ("The pilots said the quay was shut. It said that the cranes failed.", None),
    ("The company said the quay was shut. They said that the cranes failed.", None),
    ("The company said the quay was shut.\n\nIt said that the cranes failed.", "the company"),
    ("The company said the quay was shut. Crews left. It said that the cranes failed.", None),
]


def test_it_and_they_stand_for_who_reported_right_before() -> None:
    wrong = [
        (text, said[-1][1])
        for text, speaker in SECOND
        if (said := found(text))[-1][1] != speaker or len(said) != 2
    ]
    assert not wrong


def test_an_it_may_stand_for_whoever_reported_what_others_said() -> None:
    for text, speaker in [
        ("The report found that pilots warned of it. Cranes failed, it says.", "the report"),
        ("The pilots said the firm had warned of it. They said it failed.", "the pilots"),
        ("The firm said pilots had warned of it. They said it failed.", "pilots"),
    ]:
        assert found(text)[-1][1] == speaker, text


def test_he_and_she_between_end_the_reach_of_a_pronoun() -> None:
    text = "The company said it was shut. Ed Voss said he was ill. It said that the cranes failed."
    assert [who for _, who, _ in found(text)] == ["the company", "Ed Voss", None]


def test_each_it_of_a_row_stands_for_the_same() -> None:
    text = "The quay is shut, the firm said. A crane fell, it added. The tide is high, it said."
    assert [who for _, who, _ in found(text)] == ["the firm"] * 3


def test_what_only_shows_something_is_nobody_who_may_speak_again() -> None:
    for text, speaker in [
        ("Low wages show that crews are poor. They said the port pays badly.", None),
        ("Empty berths show that trade is slow. They said the port pays badly.", None),
        ("A report shows that trade is slow. It said the port pays badly.", "a report"),
        ("The bureau shows that trade is slow. It said the port pays badly.", "the bureau"),
    ]:
        assert found(text)[-1][1] == speaker, text
