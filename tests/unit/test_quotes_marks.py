"""Spans by marks, in all styles; what the offsets say; kinds."""

from __future__ import annotations

import pytest

from flows.annotate import annotate
from flows.annotate.model import Quote
from flows.annotate.quotes import find_quotes


def direct(text: str) -> list[Quote]:
    return [quote for quote in find_quotes(text, ()) if quote.kind != "indirect"]


def spans(text: str) -> list[str]:
    return [quote.text for quote in direct(text)]


WORDS = "Nothing floats here for long"


@pytest.mark.parametrize(
    ("opening", "closing"),
    [
        ("“", "”"),
        ('"', '"'),
        ("‘", "’"),
        ("'", "'"),
        ("«", "»"),
        ("« ", " »"),
        ("»", "«"),
        ("„", "“"),
        ("„", "”"),
        ("“", '"'),
        ('"', "”"),
        ("”", "”"),
    ],
)
def test_every_style_of_marks(opening: str, closing: str) -> None:
    assert spans(f"{opening}{WORDS},{closing} Ada Quill said.") == [f"{WORDS},"]


def test_marks_may_be_left_out_of_the_offsets() -> None:
    text = f"Ada Quill said: “{WORDS}.” Then she left."
    (quote,) = direct(text)
    assert text[quote.start : quote.end] == quote.text == f"{WORDS}."


def test_running_quotation_is_one() -> None:
    text = (
        "“The first winter took the pier,” Ada Quill said. “The second took the "
        "boats.\n\n“The third took the people.”\n\nShe left."
    )
    assert spans(text) == [
        "The first winter took the pier,",
        "The second took the boats.\n\n“The third took the people.",
    ]


def test_unclosed_quotation_ends_with_its_paragraph() -> None:
    text = (
        "Ada Quill said: “The first winter took the pier and the boats.\n\nNobody answered "
        "her for a while."
    )
    assert spans(text) == ["The first winter took the pier and the boats."]


def test_unclosed_quotation_behind_an_attribution() -> None:
    text = (
        "“The first winter took the pier,” said Ada Quill. “The second took the boats and "
        "the lamps.\n\nNobody answered her."
    )
    assert spans(text) == [
        "The first winter took the pier,",
        "The second took the boats and the lamps.",
    ]


def test_unclosed_quotation_ends_at_its_attribution() -> None:
    text = (
        "The board met.\n\n“The first winter took the pier and the boats, said Ada Quill, "
        "who runs the ferry line.\n\nNobody answered."
    )
    assert spans(text) == ["The first winter took the pier and the boats,"]


@pytest.mark.parametrize("closing", ["’’", "''", ".’", ".'"])
def test_mistyped_closing_mark(closing: str) -> None:
    text = (
        f"Ada Quill said: “The first winter took the pier{closing} Then she went "
        "home.\n\n“We had boats,” she said."
    )
    assert spans(text) == [
        f"The first winter took the pier{closing[0].strip('’' + chr(39))}",
        "We had boats,",
    ]


def test_single_quotation_inside_an_unclosed_one_does_not_close_it() -> None:
    text = (
        "Ada Quill said: “My father told me, ‘Go home.’ Then he went to sea.\n\nNobody "
        "answered her."
    )
    assert spans(text) == ["My father told me, ‘Go home.’ Then he went to sea."]


def test_mistyped_closing_mark_of_a_running_quotation() -> None:
    text = (
        "“The first winter took the pier,” Ada Quill said. “The second took the "
        "boats.\n\n“The third took us.’’\n\nShe left."
    )
    assert spans(text) == [
        "The first winter took the pier,",
        "The second took the boats.\n\n“The third took us.",
    ]


def test_values_of_attributes_are_no_quotations() -> None:
    text = (
        'The board met on Monday. <post author="Ada Quill of the harbour board" date="May '
        '1\n">Nothing floats here for long</post>'
    )
    assert spans(text) == []


def test_speaker_behind_the_last_paragraph_of_a_running_quotation() -> None:
    text = (
        "“The first winter took the pier and the boats.\n\n“The third took the people,” Ada "
        "Quill said.\n\nShe left."
    )
    (quote,) = direct(text)
    assert (quote.text[:10], quote.text[-7:], quote.speaker) == (
        "The first ",
        "people,",
        "Ada Quill",
    )


def test_words_of_a_running_quotation_are_read_once() -> None:
    text = (
        "Ada Quill said: “The first winter took the pier.\n\n“My brother said the boats were "
        "gone.\n\n“We left.”\n\nShe sat down."
    )
    assert [quote.kind for quote in find_quotes(text, ())] == ["direct"]


def test_paragraph_that_ends_with_its_attribution_closes_a_forgotten_mark() -> None:
    text = (
        "“The bridge will open in May, Ada Quill told reporters in the harbour.\n\n“We have "
        "waited,” said Marcus Thorne, a pilot."
    )
    assert [(q.text, q.speaker) for q in direct(text)] == [
        ("The bridge will open in May,", "Ada Quill"),
        ("We have waited,", "Marcus Thorne"),
    ]


BRITISH = (
    "The board met.\n\n‘The first winter took the pier,’ said Ada Quill. "
    "‘The second took the boats and the workers’ huts.\n\n‘The third took us.’"
)


def test_running_quotation_in_single_marks() -> None:
    assert spans(BRITISH) == [
        "The first winter took the pier,",
        "The second took the boats and the workers’ huts.\n\n‘The third took us.",
    ]


def test_single_marks_in_a_first_line_that_says_who_speaks() -> None:
    assert spans("‘The first winter took the pier,’ said Ada Quill.\n\nShe left the hall.") == [
        "The first winter took the pier,"
    ]
    assert spans("Mayor: ‘Bridge will open in May’\n\nShe left the hall.") == []


def test_double_marks_inside_single_ones_are_nested() -> None:
    text = (
        "The board met.\n\n‘He told me “go home now and do not come back” and I went,’ Ada "
        "Quill said."
    )
    assert spans(text) == ["He told me “go home now and do not come back” and I went,"]


TRANSCRIPT = """A partial transcript of the hearing follows:

“QUILL: The pier was never inspected, and I said so.

“We were told to wait for the spring.

“(CROSSTALK.)

“THORNE: Did anybody write that down?”

Ada Quill chairs the board. Marcus Thorne is a lawyer in Harwick."""


def test_turns_of_a_transcript_are_quotations_of_their_own() -> None:
    found = [
        (quote.text, quote.speaker, quote.pattern)
        for quote in annotate(TRANSCRIPT).quotes
        if quote.kind != "indirect"
    ]
    assert found == [
        (
            "The pier was never inspected, and I said so.\n\n“We were told to wait for the spring.",
            "Ada Quill",
            "label",
        ),
        ("Did anybody write that down?", "Marcus Thorne", "label"),
    ]


def test_stray_mark_is_no_quotation() -> None:
    assert (
        spans("The board“ met on Monday and went home.\n\nNobody knows what was decided there.")
        == []
    )


@pytest.mark.parametrize(
    ("words", "speaker"),
    [
        (
            "The port and the town “have asked the crews to come back before the autumn storms.”",
            None,
        ),
        ("The port “has asked,” with care.", "nothing"),
        ("The port “has asked the crews to come back,” Ada Quill said.", "Ada Quill"),
    ],
)
def test_a_predicate_in_marks_is_quoted_but_not_said_by_its_subject(
    words: str, speaker: str | None
) -> None:
    found = [quote.speaker for quote in direct(f"{words} A vote had failed in the spring.")]
    assert found == ([] if speaker == "nothing" else [speaker])


def test_nested_quotation_belongs_to_the_outer_one() -> None:
    text = "“My father called it ‘the long dark’ and meant the pier,” Ada Quill said."
    assert spans(text) == ["My father called it ‘the long dark’ and meant the pier,"]


def test_nested_double_marks_belong_to_the_outer_one() -> None:
    text = "“My father called it “the long dark” and meant the pier,” Ada Quill said."
    assert spans(text) == ["My father called it “the long dark” and meant the pier,"]


def test_apostrophes_inside_single_marks() -> None:
    text = (
        "‘It’s the sailors’ pier and it won’t be sold,’ said Ada Quill. The boats’ crews cheered."
    )
    assert spans(text) == ["It’s the sailors’ pier and it won’t be sold,"]


def test_brackets_and_ellipses_inside() -> None:
    text = "“[The pier] … was ours (all of it) . . . and it is gone,” said Ada Quill."
    assert spans(text) == ["[The pier] … was ours (all of it) . . . and it is gone,"]


def test_marks_do_not_pair_across_paragraphs() -> None:
    text = 'The board said "no comment at all.\n\nThe crew left" at noon, and nobody saw it.'
    assert all("\n" not in span for span in spans(text))


def test_lines_wrapped_at_a_width_are_one_paragraph() -> None:
    text = (
        "Ada Quill stood on the pier and said: “The first\nwinter took the boats, the second "
        "winter took the\n"
        "people.” Then she went home to the lamp and\nclosed the door.\n\nThe board met on "
        "Monday and said nothing about it."
    )
    assert spans(text) == ["The first\nwinter took the boats, the second winter took the\npeople."]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("“The first winter took the pier,” Ada Quill said.", "direct"),
        ("Ada Quill said the first winter “took the pier and the boats”.", "mixed"),
        ("Ada Quill called it “Disaster”.", "mixed"),
        ("“Nonsense,” said Ada Quill.", "direct"),
        ("“Who pays?” asked Ada Quill.", "direct"),
        ("Ada Quill opened the “Long Dark” museum and called it “a very long dark”.", "mixed"),
    ],
)
def test_kind(text: str, kind: str) -> None:
    assert [quote.kind for quote in direct(text)] == [kind]


def test_sentence_around_its_attribution_is_direct() -> None:
    text = "“We had boats,” Ada Quill said, “and the boats had us all.”"
    assert [quote.kind for quote in direct(text)] == ["direct", "direct"]


def test_indirect_words_are_never_given_twice() -> None:
    text = (
        "Ada Quill said the winter “took the pier and the boats” and that nobody had come to help."
    )
    marked = direct(text)
    for reported in (quote for quote in find_quotes(text, ()) if quote.kind == "indirect"):
        assert all(reported.end <= quote.start or quote.end <= reported.start for quote in marked)


def test_other_languages_have_spans_and_no_speakers() -> None:
    found = find_quotes("« Le premier hiver nous a pris la jetée », a dit Jeanne Voss lundi.", ())
    assert [(quote.text, quote.speaker) for quote in found] == [
        ("Le premier hiver nous a pris la jetée", None)
    ]


def test_doubled_apostrophes_are_left_alone_with_all_that_is_in_them() -> None:
    text = (
        "''Ada Quill's claim that the pier is 'in the best of hands' made us laugh,'' he "
        "said. ''I think the pier is gone.''"
    )
    assert find_quotes(text, ()) == ()


def test_backquotes_and_apostrophes_are_marks_and_offsets_stay() -> None:
    text = "``The pier isn't safe,'' she said, ``but we'll stay.''"
    found = find_quotes(text, ())
    assert [q.text for q in found] == ["The pier isn't safe,", "but we'll stay."]
    assert all(text[q.start : q.end] == q.text for q in found)
    assert find_quotes("Type ``x'' or `y` in the riggers'' box.", ()) == ()
