"""Kinds of faults met in the field: for each another instance, and the case that the obvious repair
would harm.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.annotate import annotate
from flows.cli import app

Found = list[tuple[str, str | None, str]]
"""(words, speaker, kind)"""


def found(text: str) -> Found:
    quotes = annotate(text, language="en").quotes
    return [(quote.text, quote.speaker, quote.kind) for quote in quotes]


DATELINES = [
    (
        "HARWICK, Feb. 3 (NNA) — Mayor Ada Quill met the crews and said later she would “do all "
        "it takes”.",
        [("do all it takes", "Ada Quill", "mixed")],
    ),
    (
        "LISBON — Ministers said on Monday that the crane would move.",
        [("the crane would move", "ministers", "indirect")],
    ),
    (
        "MADRID: Ministers said on Monday that the crane would move.",
        [("the crane would move", "ministers", "indirect")],
    ),
    # no dateline: a person before a colon, a place that speaks
    ("Ada Quill: The bridge is safe", [("The bridge is safe", "Ada Quill", "indirect")]),
    (
        "NATO said on Monday that the crane would move.",
        [("the crane would move", "North Atlantic Treaty Organization", "indirect")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), DATELINES)
def test_datelines_never_speak(text: str, expected: Found) -> None:
    assert found(text) == expected


NARRATION = [
    (
        '"We sail at noon,"Marcus Thorne, who runs the ferry, told the crew. "Nobody stays '
        'ashore."',
        [
            ("We sail at noon,", "Marcus Thorne", "direct"),
            ("Nobody stays ashore.", "Marcus Thorne", "direct"),
        ],
    ),
    # a mark inside the marks still nests
    (
        '"She called it a "Harwick" crane and nothing else," Marcus Thorne said.',
        [('She called it a "Harwick" crane and nothing else,', "Marcus Thorne", "direct")],
    ),
    # nothing closes the quotation before paragraphs that have no marks
    (
        '"The ferry will sail in May, said Marcus Thorne on Monday.\nThe town has waited.\nRain '
        "fell.",
        [("The ferry will sail in May,", "Marcus Thorne", "direct")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), NARRATION)
def test_narration_is_no_quotation(text: str, expected: Found) -> None:
    assert found(text) == expected


SUBJECTS = [
    (
        "Ada Quill, who runs the port, said Marcus Thorne has pressed the board to be “far "
        "tougher”.",
        [("far tougher", "Ada Quill", "mixed")],
    ),
    # another who speaks within the report keeps his words
    (
        "Ada Quill told reporters that Marcus Thorne had called the crane “a heap of rust”.",
        [("a heap of rust", "Marcus Thorne", "mixed")],
    ),
    (
        "Ada Quill waited at the gate, where sailors had lined up, shouting “no boats, no "
        "bread” all day.",
        [("no boats, no bread", "sailors", "mixed")],
    ),
    (
        "Ada Quill left the gate, shouting “no boats, no bread” all day.",
        [("no boats, no bread", "Ada Quill", "mixed")],
    ),
    (
        "Marcus Thorne got a memo signed by nine pilots, which said “the tide waits for nobody”.",
        [("the tide waits for nobody", "a memo", "mixed")],
    ),
    (
        "Marcus Thorne, who has in recent years described the crane as “a heap of rust”, was "
        "absent.",
        [("a heap of rust", "Marcus Thorne", "mixed")],
    ),
    (
        "Ada Quill said that her party would begin “to mend the quay” in May.",
        [("to mend the quay", "Ada Quill", "mixed")],
    ),
    (
        "Continuing to defend the plan, Marcus Thorne said the crane was “a heap of rust”.",
        [("a heap of rust", "Marcus Thorne", "mixed")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), SUBJECTS)
def test_the_subject_of_the_clause_speaks(text: str, expected: Found) -> None:
    assert found(text) == expected


MISSING = [
    (
        "“Will the ferry sail?” Board Leader Marcus Thorne, D-Ala., asked.",
        [("Will the ferry sail?", "Marcus Thorne", "direct")],
    ),
    (
        "“We will not sell the ferry to anybody,” the three wrote.",
        [("We will not sell the ferry to anybody,", "the three", "direct")],
    ),
    (
        "Marcus Thorne and Ada Quill said the ferry was safe.",
        [("the ferry was safe", "Marcus Thorne and Ada Quill", "indirect")],
    ),
    (
        "Says Ada Quill: “Then move the ferry.”",
        [("Then move the ferry.", "Ada Quill", "direct")],
    ),
]


@pytest.mark.parametrize(("text", "expected"), MISSING)
def test_speakers_that_were_missed(text: str, expected: Found) -> None:
    assert found(text) == expected


def test_an_interview_gives_each_answer_its_speaker() -> None:
    text = (
        "The Echo spoke to Ada Quill on Monday.\n\nThe Echo: Why did the crane fall?\n\n"
        "Ada Quill: It was old. We had told the board “twice or three times”.\n\n"
        "Nobody listened.\n\nThe Echo: What now?\n\nAda Quill: We buy a new one.\n\n"
        "The board meets in May."
    )
    assert found(text) == [
        (
            "It was old. We had told the board “twice or three times”.\n\nNobody listened.",
            "Ada Quill",
            "direct",
        ),
        ("We buy a new one.", "Ada Quill", "direct"),
    ]


def test_a_list_with_labels_is_no_interview() -> None:
    text = (
        "Where: Harwick Hall.\n\nWhen: Monday at noon.\n\nWhere: The Old Quay.\n\nPrice: Nothing."
    )
    assert found(text) == []


NOT_SPEECH = [
    "Hundreds “shared” pictures of the crane.",
    "Ada Quill smiled. Who moved the crane? Quill asked.\n\n“Noooo!”",
    "Her song “Walk With Me Tonight” and the book “The Last Ferry of Harwick” sell well.",
]


@pytest.mark.parametrize("text", NOT_SPEECH)
def test_scare_quotes_titles_and_crowds_have_no_speaker(text: str) -> None:
    assert found(text) == []


ACCORDING = [
    (
        "According to Ada Quill, the harbour master, three cranes had failed.",
        "three cranes had failed",
    ),
    (
        "According to Ada Quill, who runs the quay, three cranes had failed.",
        "three cranes had failed",
    ),
    (
        "According to Ada Quill, three cranes had failed, and the ferry was late.",
        "three cranes had failed, and the ferry was late",
    ),
    ("The ferry is late, according to current and former port officials.", "The ferry is late"),
]


@pytest.mark.parametrize(("text", "words"), ACCORDING)
def test_according_to_gives_the_whole_clause(text: str, words: str) -> None:
    assert [quote[0] for quote in found(text)] == [words]


CLAUSES = [
    ("Thorne was, his sister said, a patient man.", "Thorne was, his sister said, a patient man"),
    ("A pilot, Ada Quill, says both of the cranes have failed.", "both of the cranes have failed"),
    (
        "Thorne did not say why the cranes failed but said that the quay was safe.",
        "the quay was safe",
    ),
    (
        "The Echo reported that, in early 1979, Mr. Thorne, then a clerk, approached the owner.",
        "in early 1979, Mr. Thorne, then a clerk, approached the owner",
    ),
]


CLAUSES += [
    ("Ada Quill told them why the ferry was late.", "why the ferry was late"),
    (
        "In the year in which most sailors say they do not trust the board, even allies asked why.",
        "they do not trust the board",
    ),
]


@pytest.mark.parametrize(("text", "words"), CLAUSES)
def test_a_reported_clause_is_whole(text: str, words: str) -> None:
    assert [quote[0] for quote in found(text)] == [words]


SPEAKERS = [
    ("A group of sailors in Boston, Mass., said the ferry was late.", "A group", "a group"),
    ("Sailors who spoke on Monday with Ada Quill said the ferry was late.", "who", "sailors"),
    ("Members supporting the bill said the ferry was late.", "Members", "members"),
    ("Voters - most of all in Harwick - said the ferry was late.", "Voters", "voters"),
    ("Ada Quill and her aides said the ferry was late.", "Ada Quill and her aides", "ada quill"),
    (
        "A report issued over the summer by the port board noted that the ferry was late.",
        "A report",
        "a report",
    ),
    (
        "At a fair in Harwick, Ohio, 62-year-old Ada Quill ate, danced and said the ferry was "
        "late.",
        "",
        "ada quill",
    ),
]


@pytest.mark.parametrize(("text", "surface", "speaker"), SPEAKERS)
def test_the_speaker_is_the_subject_of_the_verb(text: str, surface: str, speaker: str) -> None:
    (quote,) = annotate(text, language="en").quotes
    assert quote.text == "the ferry was late"
    assert (quote.speaker_surface or "").startswith(surface)
    assert (quote.speaker or "").lower().startswith(speaker)


UNSAID = [
    "“It will hold,” Ada Quill said, addressing the crew of the ferry.",
    "All told, nine cranes have failed.",
    "Ada Quill annoys sailors by suggesting that the ferry is late.",
    "The board asked agencies that dealt with the ferry to wait.",
    "A sailor has claimed responsibility for moving the crane.",
    "Ada Quill stressed broad support for continued work.",
    "Losses offset income reported in the two years before and can be carried forward.",
    "''The ferry is late,'' said Marcus Thorne, a sailor who has known Ada Quill for years.",
]


@pytest.mark.parametrize("text", UNSAID)
def test_objects_means_and_idioms_are_no_reported_speech(text: str) -> None:
    assert [q for q in annotate(text, language="en").quotes if q.kind == "indirect"] == []


def test_a_broken_character_costs_nothing(tmp_path: Path) -> None:
    texts, notes = tmp_path / "texts.jsonl", tmp_path / "notes.jsonl"
    texts.write_text(
        '{"id": "a", "text": "\\ud800 “We sailed,” said Ada Quill."}\n{"id": "b", "text": "x"}\n',
        encoding="utf-8",
    )
    result = CliRunner().invoke(app, ["annotate", str(texts), "-o", str(notes)])
    assert result.exit_code == 0, result.output
    rows = [json.loads(line) for line in notes.read_text(encoding="utf-8").splitlines()]
    assert [row["id"] for row in rows] == ["a", "b"]
    assert rows[0]["quotes"][0]["start"] == 3


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "A ferryman, Owen Hollin, kept the log. By burning it, he said, the Harbour Office "
            "had proved that nobody was “paid for what he saw on the water that night.”",
            "Owen Hollin",
        ),
        (
            "The bill that amused Captain Tarrant was too much for Captain Owen Hollin who said "
            'he was tired of it. "A boat that is priced by the oar is no boat," he said.',
            "Owen Hollin",
        ),
        (
            'Harbour officials have long said that "we will not leave this house to anybody."',
            "harbour officials",
        ),
    ],
)
def test_reports_around_a_clause_hold_its_quotation(text: str, speaker: str) -> None:
    assert (annotate(text).quotes[-1].speaker or "").casefold() == speaker.casefold()


def test_a_closing_mark_without_a_space_behind_it_closes() -> None:
    text = (
        "“We will rebuild the wharf by May,”Maria Polk, who is chair, said in a statement. “More "
        "is to come from us.”"
    )
    first, second = annotate(text).quotes
    assert (first.text, first.speaker) == ("We will rebuild the wharf by May,", "Maria Polk")
    assert (second.text, second.speaker) == ("More is to come from us.", "Maria Polk")
    nested = annotate("“She called it ‘a gift.’ Nobody did,” Maria Polk said.").quotes
    assert [quote.text for quote in nested] == ["She called it ‘a gift.’ Nobody did,"]


def test_the_questions_of_an_interview_are_nobodys_words() -> None:
    text = (
        "The Post: Why did you sell the mill?\n\nMaria Whitcombe: We had no money for repairs.\n"
        "\nThe Post: And the workers?\n\nMaria Whitcombe: All of them were paid until June."
    )
    assert [quote.speaker for quote in annotate(text).quotes] == ["Maria Whitcombe"] * 2


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "The mayor of Tollmere, Ada Quill, and the governor, Owen Tarrick, met. “I am for it,” "
            "the mayor said. “I am not sure at all,” the governor said.",
            ["Ada Quill", "Owen Tarrick"],
        ),
        (
            "The president met the mayor of Tollmere, Ada Quill, on Monday. “I am for it,” the "
            "mayor said. “So am I today,” the president said.",
            ["Ada Quill", "the president"],
        ),
        (
            "Maria Polk, a nurse, lost her home. “It burned down at once,” the 61-year-old said.",
            ["Maria Polk"],
        ),
        (
            "Maria Polk, 34, lost her home. “It burned down in an hour,” the 61-year-old said.",
            ["the 61-year-old"],
        ),
        (
            "Maria Polk met Eva Dahl at home. “It burned down in an hour,” the 61-year-old said.",
            ["the 61-year-old"],
        ),
    ],
)
def test_an_apposition_or_an_age_tells_who_holds_a_role(text: str, speakers: list[str]) -> None:
    assert [quote.speaker for quote in annotate(text).quotes] == speakers


def test_a_noun_of_telling_behind_its_owner_is_no_report() -> None:
    noun = "The Courier’s stubborn reporting kept all ferries in the harbour for a week."
    assert annotate(noun).quotes == ()


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        ("The Courier, reporting that the mayor had lied, named nobody.", "the Courier"),
        ("With the mayor’s office saying that it was unsafe, the bridge stayed shut.", "office"),
        ("The lock stayed shut, Quill’s lawyer arguing that it was unsafe.", "Quill’s lawyer"),
    ],
)
def test_who_belongs_to_somebody_may_report(text: str, speaker: str) -> None:
    assert [(quote.speaker or "").endswith(speaker) for quote in annotate(text).quotes] == [True]
