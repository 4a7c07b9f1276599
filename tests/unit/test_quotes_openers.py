"""Words that open what somebody is reported to have said: adverbs, "there", numbers."""

from __future__ import annotations

from tests.unit.test_quotes_trials import found


def test_an_adverb_may_open_what_is_said() -> None:
    for text, expected in [
        ("More pilots have left the quay, Ada Quill said.", ["More pilots have left the quay"]),
        ("Still, the boats came back, Ada Quill said.", ["Still, the boats came back"]),
        ("Yesterday the boats came back, Ada Quill said.", ["Yesterday the boats came back"]),
        ("Ada Quill said there was no rust.", ["there was no rust"]),
        ("Ada Quill said more boats would sink.", ["more boats would sink"]),
        # these tell when she said it, or nothing
        ("Just as the boats left, Ada Quill said it rained.", ["it rained"]),
        ("Later in the day, Ada Quill said the quay was shut.", ["the quay was shut"]),
        ("Once a pilot in Oslo, Ada Quill said the quay was shut.", ["the quay was shut"]),
        ("Long after the boats had left, Ada Quill said.", []),
        ("Meanwhile, Ada Quill said.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_verb_in_the_plural_does_not_tell_of_one_person() -> None:
    for text, expected in [
        ("Ada Quill and her brother, state Sen. Ed Voss, split on the bill.", []),
        ("The quay is shut, say Ada Quill and Ed Voss.", ["The quay is shut"]),
        ("The quay is shut, say Ada Quill, the mayor, and Ed Voss.", ["The quay is shut"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_what_belongs_to_somebody_divides_and_says_nothing() -> None:
    for text, expected in [
        ("The boats were shared out according to Ada Quill’s will.", []),
        ("The boats have gone, according to Ada Quill’s widow.", ["The boats have gone"]),
        ("The boats have gone according to Ada Quill.", ["The boats have gone"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_those_who_looked_into_a_thing_concluded() -> None:
    for text, expected in [
        (
            "The port said its experts tested the crane and concluded that it was safe.",
            ["its experts tested the crane and concluded that it was safe"],
        ),
        (
            "The port said the crane was old and concluded that it must go.",
            ["the crane was old", "it must go"],
        ),
        (
            "The port said its experts tested the crane and added that it was safe.",
            ["its experts tested the crane", "it was safe"],
        ),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_mark_left_open_ends_at_an_attribution_with_a_role() -> None:
    text = "“The bridge will hold, said engineer Ada Quill.\n\nHe slept. “I saw no rust,” he said."
    assert found(text)[0][:2] == ("The bridge will hold,", "Ada Quill")


def test_a_contrast_leads_to_words_of_its_own() -> None:
    text = "Thorne left, while, according to Ada Quill, the crane had failed."
    assert [words for words, _, _ in found(text)] == ["the crane had failed"]


def test_counts_are_part_of_what_is_said() -> None:
    for text, expected in [
        ("Pilots said at least two boats sank in May.", ["at least two boats sank in May"]),
        ("Pilots say at least six boats went down.", ["at least six boats went down"]),
        ("Pilots said at dawn the boats went down.", ["the boats went down"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_verb_behind_an_aside_makes_a_clause() -> None:
    for text, expected in [
        (
            "The mayor, who was in Oslo, learned of it from pilots, two aides said.",
            ["The mayor, who was in Oslo, learned of it from pilots"],
        ),
        (
            "The mayor, a friend of the firm, sanctioned the deal, two aides said.",
            ["The mayor, a friend of the firm, sanctioned the deal"],
        ),
        (
            "The outgoing mayor, Ada Quill, called to praise him, two aides said.",
            ["The outgoing mayor, Ada Quill, called to praise him"],
        ),
        ("The mayor, who was in Oslo, backed by a pilot, two aides said.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_that_may_be_what_somebody_speaks_of() -> None:
    for text, expected in [
        ("That, says pilot Ada Quill, is a lie.", ["That, says pilot Ada Quill, is a lie"]),
        ("That, Ada Quill said, Oslo knows.", []),
        ("Despite what the mayor claims, pilots say it has sunk.", ["it has sunk"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_role_between_commas_is_no_part_of_the_words() -> None:
    for text, expected in [
        ("The firm has no boats, its finance chief, Ada Quill, said.", ["The firm has no boats"]),
        (
            "The firm has no boats, its finance chief, Ada Quill, told the Echo on Monday.",
            ["The firm has no boats"],
        ),
        (
            "The firm has lost its finance chief, Ada Quill said.",
            ["The firm has lost its finance chief"],
        ),
    ]:
        assert [words[:2] for words in found(text)] == [(e, "Ada Quill") for e in expected], text


def test_who_is_told_stands_behind_the_words() -> None:
    for text, expected in [
        ("The boat was old, he told the Echo.", ["The boat was old"]),
        ("The boat was old, Ada Quill told French television.", ["The boat was old"]),
        ("It rained, Ada Quill told the Echo the boat was old.", ["the boat was old"]),
        # what is to come is reported too, what she did is not
        ("It was lost, she told the Echo, and she would not sail again.", ["It … again"]),
        ("It was lost, she told the Echo, and she left the hall.", ["It was lost"]),
    ]:
        words = [one for one, _, _ in found(text)]
        assert [f"{w[:2]} … {w[-5:]}" if len(w) > 40 else w for w in words] == expected, text


def test_a_document_may_have_found_the_clause_before() -> None:
    for text, expected in [
        ("Rents rose in May, the study found.", ["Rents rose in May"]),
        ("The study found that rents rose.", ["rents rose"]),
        ("The pilots lost a boat, Ada Quill found.", []),
        ("The study found the lost boat.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_clause_that_goes_on_in_marks_is_given_with_them() -> None:
    for text, expected in [
        ("There are, warns Ada Quill, “no good ways left”.", ["no good ways left"]),
        ("There are, warns its director, Ada Quill, “no good ways”.", ["no good ways"]),
        ("He is as old as I am, Ada Quill said.", ["He is as old as I am"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_who_is_asked_for_belongs_to_the_question() -> None:
    for text, expected in [
        ("Ada Quill asked who had paid for it.", ["who had paid for it"]),
        ("Ada Quill asked the crews who had paid for it.", ["who had paid for it"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_a_plan_that_somebody_drew_up_says_something() -> None:
    for text, expected in [
        ("Rents will rise, according to a draft plan.", ["Rents will rise"]),
        ("Rents will rise, according to plan.", []),
        ("Rents are set according to a plan.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_an_apposition_does_not_end_the_clause() -> None:
    for text, expected in [
        ("Pilots say that Ada Quill, a rower, wrote it.", ["Ada Quill, a rower, wrote it"]),
        (
            "Pilots say they think that Ada Quill, a rower, wrote it.",
            ["they think that Ada Quill, a rower, wrote it"],
        ),
        ("Pilots said that Ada Quill was ill, noted her age and left.", ["Ada Quill was ill"]),
        ("It is a draw, a Harlo poll released Tuesday shows.", ["It is a draw"]),
        ("It is a draw of boats released Tuesday in shows.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_what_goes_on_behind_an_attribution_is_reported_too() -> None:
    for text, expected in [
        (
            "The boat is old, Ada Quill said, and should be sold.",
            ["The boat is old, Ada Quill said, and should be sold"],
        ),
        ("The boat is old, Ada Quill said, and left the hall.", ["The boat is old"]),
        (
            "That the boat leaks, Ada Quill says, is beyond doubt.",
            ["That the boat leaks, Ada Quill says, is beyond doubt"],
        ),
        ("Ada Quill said that boats leak.", ["boats leak"]),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_whose_verdict_the_words_are() -> None:
    for text, speaker in [
        ("“Too late” was the verdict of pilot Ada Quill.", "Ada Quill"),
        ("“Too late” was Ada Quill’s verdict.", "Ada Quill"),
        ("“Too late” was the opinion of the mayor, Ada Quill.", "Ada Quill"),
        ("“Harbour Lights” was the book of Ada Quill.", None),
        ("“Harbour Lights” was the response to Ada Quill.", None),
    ]:
        assert [who for _, who, _ in found(text)] == ([speaker] if speaker else []), text


def test_a_relative_clause_ends_at_its_comma_and_a_share_may_open_words() -> None:
    for text, expected in [
        ("Only the driver, who said he was asleep, survived.", ["he was asleep"]),
        ("The driver, who said he was asleep, survived.", ["he was asleep"]),
        (
            "The ward said that, of 40 people hurt, six were children.",
            ["of 40 people hurt, six were children"],
        ),
        ("It reminded the town of boats that had sunk.", []),
    ]:
        assert [words for words, _, _ in found(text)] == expected, text


def test_what_reads_is_a_note_and_one_alone_is_nobody() -> None:
    for text, speaker in [
        ("A note in the cabin read, “The keys are gone.”", "a note in the cabin"),
        ("One of the pilots said that the ferry is late.", "one of the pilots"),
        ("One said that the ferry is late.", None),
    ]:
        assert [who for _, who, _ in found(text)] == ([speaker] if speaker else []), text
