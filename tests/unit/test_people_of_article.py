"""People within one article: which mentions are one person, and which relatives are not."""

from __future__ import annotations

import re

import pytest

from flows.annotate import name_entities
from flows.annotate.names.brackets import with_bracketed_parts
from flows.annotate.names.people import full_names

ONE = [
    # text, where {…} marks the mentions of people, and the names they get
    (
        "{Dorian J. Boutrelle Jr}. won. “We will go on,” Mr. {Boutrelle} said. {Dorian "
        "Boutrelle} left.",
        ["Dorian J. Boutrelle Jr"] * 3,
    ),
    (
        "{Jess L. Quarrow Jr}. was sentenced. “I am sorry,” Mr. {Quarrow} said. {Jess Quarrow}, "
        "his "
        "father, wept.",
        ["Jess L. Quarrow Jr", "Jess L. Quarrow Jr", "Jess Quarrow"],
    ),
    (
        "{Jess Quarrow Jr}. was sentenced. It helped Quarry's father, civil rights leader Rev. "
        "{Jess Quarrow}, too.",
        ["Jess Quarrow Jr", "Jess Quarrow"],
    ),
    ("{Mary K. Hollins} spoke. {Hollins} left.", ["Mary K. Hollins"] * 2),
    (
        "{Mary K. Hollins} spoke. {Martha Hollins}, the poet, sang.",
        ["Mary K. Hollins", "Martha Hollins"],
    ),
    ("{Bob Astley} spoke. {Robert Astley} left. {Astley} slept.", ["Robert Astley"] * 3),
    ("{T. R. Astley} sat. {Thomas Astley} stood.", ["Thomas Astley"] * 2),
    (
        "{Thomas Astley} and {Timothy Astley} met {T. R. Astley}.",
        ["Thomas Astley", "Timothy Astley", "T. R. Astley"],
    ),
    (
        "{Dale Astley Sr}. left. His son, {Dale Astley Jr}., stays. The younger {Astley} sings. "
        "The elder {Astley} sails.",
        ["Dale Astley Sr", "Dale Astley Jr", "Dale Astley Jr", "Dale Astley Sr"],
    ),
    ("{D. K. Astley} and {Dina M. Astley} met.", ["D. K. Astley", "Dina M. Astley"]),
    ("{D. M. Astley} sat. {Dina M. Astley} stood.", ["Dina M. Astley"] * 2),
    ("{Dale Astley} left. The younger {Astley} sings.", ["Dale Astley"] * 2),
    ("{Bob Astley} spoke. {Rupert Astley} left.", ["Bob Astley", "Rupert Astley"]),
    ("{Oren H. Brask} came. {Oren W. Brask} went.", ["Oren H. Brask", "Oren W. Brask"]),
    (
        "{Melora Tarn} spoke. Mr. {Tarn} left. {Tarn} will be back.",
        ["Melora Tarn"] * 3,
    ),
    (
        "President {Tarn} met them. His wife, {Melora Tarn}, smiled. {Tarn} left.",
        ["Tarn", "Melora Tarn", "Tarn"],
    ),
    (
        "President {Owen Tarn} and first lady {Melora Tarn} came. {Tarn} spoke.",
        ["Owen Tarn", "Melora Tarn", "Owen Tarn"],
    ),
    # a relative of whoever is named before is somebody else, initials or not
    (
        "It was used by President {Owen Tarn}, and by his son, President {Owen W. Tarn}.",
        ["Owen Tarn", "Owen W. Tarn"],
    ),
    (
        "{Owen W. Tarn} won. {Ada Prell} wept. Her brother, {Owen Tarn}, slept.",
        ["Owen W. Tarn", "Ada Prell", "Owen W. Tarn"],
    ),
    (
        "{Linda Tarn} met Mr. {Tarn}. Mrs. {Tarn} smiled.",
        ["Linda Tarn", "Tarn", "Linda Tarn"],
    ),
    (
        "{Enrico Peña Ortilla} spoke. {Peña Ortilla} left. {Peña} slept.",
        ["Enrico Peña Ortilla"] * 3,
    ),
    ("{Vito Foxen} spoke. {Vito Foxen Quesara} left.", ["Vito Foxen", "Vito Foxen Quesara"]),
    ("Quarry falls, says {Voss}. {Ada Voss}, the mayor, left.", ["Ada Voss"] * 2),
    ("{Shen Yinlong} spoke. Mr {Shen} left.", ["Shen Yinlong"] * 2),
    ("{Ada van der Torenko} spoke. {Van der Torenko} left.", ["Ada van der Torenko"] * 2),
    (
        "{Sandra Quarrow}, wife of {Jess Quarrow Jr}, came. {Sandra} wept. {Quarrow} was silent.",
        ["Sandra Quarrow", "Jess Quarrow Jr", "Sandra Quarrow", "Jess Quarrow Jr"],
    ),
    # a slip of the pen, and a neighbour who is introduced
    (
        "{Owen Tarrick} spoke. {Tarrick} waited. {Tarrick} left. {Tarick} came back.",
        ["Owen Tarrick"] * 4,
    ),
    (
        "{Owen Tarrick} spoke. {Tarrick} waited. {Tarrick} left. {Tarick}, a neighbour, waved.",
        [*["Owen Tarrick"] * 3, "Tarick"],
    ),
    (
        "{Owen Tarrick} spoke. {Tarrick} waited. {Tarrick} left. Mr. {Tarick} waved.",
        [*["Owen Tarrick"] * 3, "Tarick"],
    ),
    (
        "{Owen Hansen} spoke. {Hansen} waited. {Hansen} left. {Hanson} waved.",
        [*["Owen Hansen"] * 3, "Hanson"],
    ),
]


def marks(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Return a text without {…}, and what stood there as spans of people."""
    text, spans = "", []
    for place, piece in enumerate(re.split(r"[{}]", marked)):
        if place % 2:
            spans.append((len(text), len(text) + len(piece), "PERSON"))
        text += piece
    return text, spans


@pytest.mark.parametrize(("marked", "names"), ONE, ids=[text[:40] for text, _ in ONE])
def test_mentions_have_the_fullest_name_of_their_person(marked: str, names: list[str]) -> None:
    text, spans = marks(marked)
    surfaces = [text[start:end] for start, end, _ in spans]
    found = full_names(text, spans, surfaces)
    assert [found[index] for index in range(len(spans))] == names


def test_whom_everybody_knows_is_not_whoever_is_introduced_late() -> None:
    text = (
        "Tarn spoke. Tarn left. Tarn came back. A photograph shows Dorian Tarn Jr. Tarn is silent."
    )
    spans = [(m.start(), m.end(), "PERSON") for m in re.finditer(r"Dorian Tarn Jr|Tarn", text)]
    found = full_names(text, spans, [text[start:end] for start, end, _ in spans])
    assert list(found.values()) == ["Tarn", "Tarn", "Tarn", "Dorian Tarn Jr", "Tarn"]


def test_mentions_of_other_types_have_no_person() -> None:
    assert full_names("Quarry", [(0, 6, "ORG")], ["Quarry"]) == {}


BRACKETED = [  # text, where {…} marks the mentions of people, and what they are completed to
    ("“I told Secretary [{Owen}] {Tarrant} so.”", ["Owen Tarrant"] * 2),
    ("“I told Secretary [Owen] {Tarrant} so.”", ["Owen Tarrant"]),
    ("“I told {Owen} [{Tarrant}] so.”", ["Owen Tarrant"] * 2),
    ("“I told {Owen} [Tarrant] so.”", ["Owen Tarrant"]),
    # one behind the other; no name alone in the brackets; no given name; a whole name; others
    ("“I told [{Owen}], {Tarrant} and her so.”", ["Owen", "Tarrant"]),
    ("“I told {Owen} [{Tarrant}'s aide] so.”", ["Owen", "Tarrant"]),
    ("“I told {Owen} [{Mary}] so.”", ["Owen", "Mary"]),
    ("“I told {Brask} [{Tarrant}] so.”", ["Brask", "Tarrant"]),
    ("“I told [the] {Tarrant} [sic] so.”", ["Tarrant"]),
    ("“I told {Owen} [{Ada Tarrant}] so.”", ["Owen", "Ada Tarrant"]),
    ("“I told {Owen} ({Tarrant}) so.”", ["Owen", "Tarrant"]),
]


def test_a_name_that_an_editor_completed_is_whole() -> None:
    for marked, names in BRACKETED:
        text, spans = marks(marked)
        surfaces = [text[start:end] for start, end, _ in spans]
        assert with_bracketed_parts(text, spans, surfaces) == names, marked
    text = "“I told Secretary [Owen] Tarrant so,” she said. Tarrant slept."
    named = [m.name for m in name_entities(text, language="en").mentions]
    assert named[-2:] == ["Owen Tarrant"] * 2
