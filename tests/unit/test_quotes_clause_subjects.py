"""Whose clause it is: subjects with places, gerunds, occasions and letters beside the verb."""

from __future__ import annotations

import pytest

from flows.annotate import annotate
from tests.unit.test_quotes_trials import found


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        # a place or a thing that belongs to the subject
        ("Pilots along Tern Street said it was shut.", "Pilots along Tern Street"),
        ("The charges against Ada Quill allege it was shut.", "the charges against Ada Quill"),
        ("Backers like Mr. Voss said it was shut.", "Backers like Mr. Voss"),
        ("Walking along Tern Street, Ada Quill said it was shut.", "Ada Quill"),
        ("Five winters outside the town, pilots said it was shut.", "pilots"),
        # the object of a gerund within the subject
        ("Critics of painting the Tollmere ferries said it was shut.", "critics"),
        ("After a day of painting the crew said it was shut.", "the crew"),
        # the object of a relative clause before an aside
        ("The pilots who spoke during the fair, held in May, said it was shut.", "the pilots"),
        ("Four pilots who spoke during the fair, held in May, said it was shut.", "four pilots"),
        ("Town officials, who said it was shut, left.", "town officials"),
        ("Justice officials, who said it was shut, left.", "Justice officials"),
        ("Ada Quill, who spoke during the fair, held in May, said it was shut.", "Ada Quill"),
        ("The council in Oslo sued the mill, saying it was shut.", "the council in Oslo"),
        # an adverbial right before a name
        ("Prior to launch Harlo promised it was shut.", "Harlo"),
        ("In between storms Bay League captain Ada Quill said it was shut.", "Ada Quill"),
        ("The Harwick Echo’s Ada Quill said it was shut.", "Ada Quill"),
        ("The brothers Ada Quill and Ed Voss said it was shut.", "Ada Quill and Ed Voss"),
        # adverbs, and verbs of no list
        ("The mill nevertheless insists that it was shut.", "the mill"),
        (
            "A harbour court ruled lately that it could open, but said it was shut.",
            "a harbour court",
        ),
        # what somebody gets is written by others, what somebody sends is not
        ("Ferry pilots were handed a memo warning that it was shut.", "a memo"),
        ("Ada Quill got a letter saying that it was shut.", "a letter"),
        ("Ada Quill sent a letter saying that it was shut.", "Ada Quill"),
        ("Ada Quill was praised and put out a letter saying that it was shut.", "Ada Quill"),
    ],
)
def test_a_clause_is_of_the_subject_of_its_verb(text: str, speaker: str) -> None:
    said = [(words, who) for words, who, _ in found(text) if words == "it was shut"]
    assert [who for _, who in said] == [speaker]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She missed a supper that two pilots said they would host.", ""),
        ("The town fears its crews, whom pilots say make odd calls.", ""),
        ("It fell so hard that two pilots said they would leave.", "they would leave"),
        ("News came that Ada Quill told the crew that she had left.", "she had left"),
    ],
)
def test_the_words_of_a_relative_clause_lack_what_it_explains(text: str, expected: str) -> None:
    assert [words for words, _, _ in found(text)] == ([expected] if expected else [])


def test_a_plural_before_a_name_is_no_part_of_who_speaks() -> None:
    for text, surface in [
        ("In between rounds Ada Quill said the quay leaks.", "Ada Quill"),
        ("During talks Ada Quill said the quay leaks.", "Ada Quill"),
        ("For two nights Ada Quill said the quay leaks.", "Ada Quill"),
        # roles, and names that "and" joins
        ("The brothers Ada and Ed Voss said the quay leaks.", "The brothers Ada and Ed Voss"),
        ("Harbour pilots Ada and Ed Voss said it leaks.", "Harbour pilots Ada and Ed Voss"),
    ]:
        (quote,) = annotate(text).quotes
        assert quote.speaker_surface == surface, text


def test_who_acts_on_somebody_is_not_whom_the_clause_is_about() -> None:
    for text, speaker in [
        ("The man who shot Ada Quill said it was shut.", "the man"),
        ("The rower who beat Ada Quill said it was shut.", "the rower"),
        ("Doctor Who fan Ada Quill said it was shut.", "Ada Quill"),
        ("The rower who Mayor Ada Quill said was ill is back.", "Ada Quill"),
        # a body that acts, or only stands before somebody's role
        ("The jury indicted Ada Quill, saying it was shut.", "the jury"),
        ("The airline dismissed pilot Ada Quill, saying it was shut.", "the airline"),
        ("The airline pilot Ada Quill left, saying it was shut.", "Ada Quill"),
        ("At the jury table, Ada Quill wept, saying it was shut.", "Ada Quill"),
        # a plural that two share
        ("House and Senate Democrats said it was shut.", "House and Senate Democrats"),
        ("She left, and Senate Democrats said it was shut.", "Senate Democrats"),
    ]:
        assert [who for _, who, _ in found(text)] == [speaker], text


def test_words_before_a_colon_name_whose_they_are() -> None:
    for text, speaker in [
        ("Last of all came the answer from Ada Quill: “We will never sell.”", "Ada Quill"),
        ("For Ada Quill it is simple: “We will never sell.”", "Ada Quill"),
        ("For Ada Quill the verdict was short: “We will never sell.”", None),
    ]:
        assert [quote.speaker for quote in annotate(text).quotes] in ([speaker], []), text
        assert speaker is None or annotate(text).quotes, text


def test_some_of_several_speak() -> None:
    for text, surface in [
        ("One of them said it was shut.", "One of them"),
        ("One of the pilots said it was shut.", "One of the pilots"),
        ("Most of the pilots said it was shut.", "Most of the pilots"),
        ("The end of the pilots said it was shut.", "The end of the pilots"),
    ]:
        (quote,) = annotate(text).quotes
        assert quote.speaker_surface == surface, text
    assert annotate("One may say it was shut.").quotes == ()


def test_in_whose_words_a_thing_is_put() -> None:
    for text, speaker in [
        ("It was, in the words of pilot Ada Quill, “a bad night”.", "Ada Quill"),
        ("It was, in Ada Quill’s words, “a bad night”.", "Ada Quill"),
        ("It was, in the driver’s words, “a bad night”.", "the driver"),
        ("Ada Quill was, by her own account, “a bad sailor”.", "Ada Quill"),
        ("It was, in the words of the song, “a bad night”.", None),
        ("She used the words of Ada Quill, “a bad night”.", None),
    ]:
        assert [q.speaker for q in annotate(text).quotes] == ([speaker] if speaker else []), text


def test_more_subjects_of_clauses() -> None:
    for text, speaker in [
        # a body behind what it is, behind a whole clause
        ("It was shut, the operator, Harlo Ferry Group, said.", "Harlo Ferry Group"),
        ("It was praised by Ada Quill, the mayor, who said it was shut.", "Ada Quill"),
        # a title behind the comma; a verb behind a name
        ("“It was shut,” said its author, Prof. Ada Quill.", "Ada Quill"),
        ("Chief pilot Ada Quill resigned, saying it was shut.", "Ada Quill"),
        # three states, and a place before two
        ("Bolivia, Peru and Ecuador said it was shut.", "Bolivia, Peru and Ecuador"),
        ("After talks in Lima, Peru and Ecuador said it was shut.", "Peru and Ecuador"),
        # who is told something
        ("Told that Rune Dahl had left, Ada Quill laughed and said it was shut.", "Ada Quill"),
    ]:
        assert [who for _, who, _ in found(text)] == [speaker], text


def test_nouns_in_ly_speak() -> None:
    for text, surface in [
        ("The family said it was shut.", "The family"),
        ("A lawyer representing the family said it was shut.", "A lawyer representing the family"),
        ("The assembly said it was shut.", "The assembly"),
        ("A union representing its pilots said it was shut.", "A union representing its pilots"),
        # an adverb, and a participle that is none of the subject's
        ("The mayor briefly said it was shut.", "The mayor"),
        ("While leaving, the pilots said it was shut.", "the pilots"),
    ]:
        assert [quote.speaker_surface for quote in annotate(text).quotes] == [surface], text


def test_whose_words_somebody_judges() -> None:
    for text, speaker in [
        ("The mayor denounced Ada Quill's call for “a total ban on boats”.", "Ada Quill"),
        ("The mayor mocked Ada Quill's plan as “a total ban on boats”.", "the mayor"),
        ("The mayor called Ada Quill's plan “a total ban on boats”.", "the mayor"),
        # a name behind "one"
        ("“Show me the tracks,” said one, Ada Quill.", "Ada Quill"),
    ]:
        assert [quote.speaker for quote in annotate(text).quotes] == [speaker], text


def test_a_verb_that_no_list_has_turns_to_its_speaker() -> None:
    for text, speaker in [
        ("“Never,” snorted Ada Quill.", "Ada Quill"),
        ("“Never,” smiles Ada Quill.", "Ada Quill"),
        ("“No way,” Rune Dahl said. “So are you,” heckled a man at the back.", "a man"),
        ("A note found in the cabin read, “Gone to fetch help. Back by dark.”", "a note"),
        # nobody speaks
        ("“Harbour Lights,” directed by Ada Quill, opens in May.", None),
        ("The star of “Harbour Lights,” kissed Ada Quill.", None),
    ]:
        said = [quote.speaker for quote in annotate(text).quotes]
        assert said[-1:] == ([speaker] if speaker else []), text


def test_nouns_that_are_verbs_too_speak() -> None:
    for text, surface in [
        ("The document said it was shut.", "The document"),
        ("A volunteer said it was shut.", "A volunteer"),
        ("The suspect, who was old, told officers it was shut.", "The suspect"),
        ("Boats are lost, according to a notice on the door.", "a notice on the door"),
        ("They champion boats, and Ada Quill said it was shut.", "Ada Quill"),
    ]:
        assert [quote.speaker_surface for quote in annotate(text).quotes] == [surface], text


def test_a_listener_tells_nothing() -> None:
    for text, expected in [
        ("The baker, whom pilots knew as “Uncle Ray”, told officers it was shut.", []),
        ("Ada Quill, who called him “a fool”, told officers it was shut.", ["a fool"]),
    ]:
        assert [q.text for q in annotate(text).quotes if q.kind == "mixed"] == expected, text


def test_several_researchers_report() -> None:
    for text, surface in [
        (
            "Researchers at Harlo University report that it was shut.",
            "Researchers at Harlo University",
        ),
        ("Researchers led by Ada Quill report that it was shut.", "Researchers"),
        ("Ada Quill and her team report that it was shut.", "Ada Quill and her team"),
        ("Pilots wrote a harbour report that it was shut.", None),
    ]:
        said = [quote.speaker_surface for quote in annotate(text).quotes]
        assert said == ([surface] if surface else []), text


def test_others_beside_the_speaker() -> None:
    for text, speaker in [
        ("“It was shut,” said Ada Quill and her deputy, Ed Voss.", "Ada Quill and Ed Voss"),
        (
            "“It was shut,” said Ada Quill and her deputy, Ed Voss, who left.",
            "Ada Quill and Ed Voss",
        ),
        ("“It was shut,” said Ada Quill and her deputy, Ed Voss left.", "Ada Quill"),
        ("According to Ada Quill, a pilot, and two of her crew, it was shut.", "Ada Quill"),
        ("According to Ada Quill, a pilot, it was shut.", "Ada Quill"),
    ]:
        said = [(words.rstrip(","), who) for words, who, _ in found(text)]
        assert said == [("It was shut" if "“" in text else "it was shut", speaker)], text
