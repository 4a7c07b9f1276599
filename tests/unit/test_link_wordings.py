"""Wordings: what is one utterance, how wordings differ, and what is narrated."""

from __future__ import annotations

from collections.abc import Iterable

import pytest

from flows.link.wordings.alignment import align, numbers_of
from flows.link.wordings.decide import (
    Speaker,
    Speakers,
    compare_speakers,
    find_agreement,
    is_reported,
)
from flows.link.wordings.difference import difference
from flows.link.wordings.narrated import find_narrated, places_of, runs_of, sentences
from flows.link.wordings.nested import is_from_nested, nested_parts

COMMON = set(
    numbers_of("the a of to and in we it is that for our will be not this was i you have has are")
)


def weigh(word: int) -> float:
    return 0.1 if word in COMMON else 0.7


def is_one(one: str, other: str, speakers: Speakers = "unknown", *, is_near: bool = True) -> bool:
    given = (one, numbers_of(one)), (other, numbers_of(other))
    return find_agreement(*given, speakers, weigh, is_near=is_near) is not None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We won’t pay twice for the same harbour,", "we won't pay twice for the same harbour."),
        (
            "The quarry delivers half",
            "The quarry delivers half of what the builders ordered last spring",
        ),
        (
            "The quay … must be widened before winter",
            "The quay, as every captain knows, must be widened before winter",
        ),
        (
            "They [the owners] knew the hatch was broken in May",
            "They knew the hatch was broken in May",
        ),
        (
            "Nobody on this island was ever asked about the new bridge",
            "Nobody on the island was ever consulted about the new bridge",
        ),
        ("We will never pay for that damned bridge", "that d----d bridge"),
        ("What a d—n shame this ferry is", "a damn shame, this ferry"),
        ("that b******d of a harbour master", "Ask that bastard of a harbor master"),
        ("You paid in to the fund every month", "You paid into the fund, didn’t you?"),
        ("Do you fully support the ferry line?", "fully supported the ferry line"),
        ("Wir unterstützen die neue Fähre voll", "unterstützt die neue Fähre voll und ganz"),
        ("And then we all go in there and close the harbour", "close that harbour"),
        ("¿Apoya usted plenamente la nueva línea?", "apoyaba plenamente la nueva línea"),
    ],
)
def test_wordings_of_one_utterance_are_joined(one: str, other: str) -> None:
    assert is_one(one, other)
    assert is_one(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("We will not be the ones to pay for it", "It is not for us to say who will be paid"),
        ("of the", "It is one of the reasons that we left"),
        ("We did nothing illegal on that quay", "It was legal, and nobody left the quay"),
        ("the money should have gone north", "some shouldn’t have gone anywhere near"),
        ("a d--n shame about boats", "the dawn came, and our shame with it"),
        ("We go—so they stay—home", "We tell no one so"),
        ("close the harbour", "We close it at night; the harbour is dark"),
    ],
)
def test_common_words_join_nothing(one: str, other: str) -> None:
    assert not is_one(one, other)


def test_a_slogan_of_two_people_is_not_one_utterance() -> None:
    assert not is_one("Build it", "Build it", "different")
    long = "Nobody on this island was ever asked about the new bridge"
    assert is_one(long, long, "different")


def test_short_words_of_other_stories_are_not_joined() -> None:
    assert not is_one("Build the bridge now", "Build the bridge now", is_near=False)
    slogan = "We will not be the ones to pay for it"
    assert is_one(slogan, slogan, "same")
    assert not is_one(slogan, slogan, "same", is_near=False)
    long = "Nobody on this island was ever asked about the new bridge"
    assert is_one(long, long, "same", is_near=False)
    assert not is_one("was ever asked about the bridge", long, is_near=False)
    assert is_one(long, long, is_near=False)
    assert not is_one(long, long, "different", is_near=False)


def test_equal_words_of_one_speaker_need_no_weight() -> None:
    assert is_one("of the it", "Of the it", "same")
    assert not is_one("of the it", "Of the it", "unknown")
    assert not is_one("of", "Of", "same")


def test_a_phrase_of_two_people_is_not_one_utterance_however_rare() -> None:
    assert is_one("brazen act of piracy", "brazen act of piracy", "unknown")
    assert not is_one("brazen act of piracy", "brazen act of piracy", "different")


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("We never called it ‘a toy for islanders.’ It floats.", ["a toy for islanders"]),
        ("He said “no way” and left", ["no way"]),
        ("Sie sagte ‚nie wieder‘ und ging", ["nie wieder"]),
        ("Il a dit « jamais plus » hier", ["jamais plus"]),
        ("Say the words 'open harbour'. We can't and don't.", ["open harbour"]),
        ("the dogs' bowl and the cats' tail", []),
        ("‘All of it’", []),
    ],
)
def test_a_quotation_inside_a_quotation_is_found(text: str, parts: list[str]) -> None:
    assert nested_parts(text) == tuple(map(numbers_of, parts))


def test_words_that_a_speaker_repeats_from_another_are_the_others() -> None:
    text = "The ferry was never ‘a toy for idle islanders.’ It brings bread and post."
    for words, expected in (("a toy for idle islanders", True), ("It brings bread", False)):
        found = align(numbers_of(text), numbers_of(words), weigh)
        assert is_from_nested(text, numbers_of(words), found, weigh) is expected


def test_speakers_are_compared_by_entity_and_name() -> None:
    ilse, brandt = Speaker("Ilse Brandt", "e1", True), Speaker("Brandt", "e2", True)
    other, role = Speaker("Jory Lindqvist", "e3", True), Speaker("a spokesman", None, False)
    assert compare_speakers(ilse, brandt) == "same"
    assert compare_speakers(ilse, other) == "different"
    assert compare_speakers(ilse, role) == "unknown"
    assert compare_speakers(ilse, Speaker(None, None, False)) == "unknown"


@pytest.mark.parametrize(
    ("one", "other", "kinds", "words"),
    [
        ("We won’t pay.", "we won't pay", ("exact",), ""),
        ("half of it", "We got half of it", ("shorter",), "+We got"),
        ("from other towns here", "from towns here", ("wording",), "−other"),
        ("a grey harbour wall", "a gray harbor wall", ("spelling",), "−grey harbour +gray harbor"),
        ("a d--n wall", "a damn wall", ("spelling",), "−d--n +damn"),
        ("a b---- wall", "a good wall", ("wording",), "−b +good"),
        ("桟橋は長く放置された", "桟橋は大変長く放置された", ("wording",), "+大変"),
        ("码头的修理时间太长了", "码头的修理时间长了", ("wording",), "−太"),
        ("they [the owners] knew", "they knew", ("bracket",), "−the owners"),
        ("It … must go today", "It surely must go today", ("ellipsis",), "+surely"),
    ],
)
def test_differences_are_named(one: str, other: str, kinds: tuple[str, ...], words: str) -> None:
    found = difference(one, other)
    assert (found.kinds, found.words) == (kinds, words)


def test_two_sentences_of_one_statement_share_little() -> None:
    one, other = "They knew for weeks that it was broken", "We will sue them in the spring"
    assert difference(one, other).share < 0.3
    assert difference(one, f"{one}. {other}").share == 1


def test_narration_and_speaker_are_kinds_as_well() -> None:
    found = difference("We pay", "We pay", is_narration=True, is_other_speaker=True)
    assert found.kinds == ("exact", "narration", "speaker")


def told(quoted: str, text: str) -> str | None:
    words = numbers_of(text)
    parts = sentences(quoted)
    found = find_narrated(parts, words, places_of(words, runs_of(parts)), weigh)
    return " ".join(text.split()[found.first : found.last]) if found else None


def test_an_article_that_tells_a_quotation_is_found() -> None:
    text = (
        "Rain fell all day. The owners knew for weeks that the hatch was broken and said "
        "nothing. Rain fell again."
    )
    assert told(
        "They knew for weeks that the hatch was broken. We are angry with all of them.", text
    ) == ("knew for weeks that the hatch was broken")


def test_a_phrase_in_common_is_no_narration() -> None:
    text = "The hatch was new, and the owners said that the crew was well trained for the lake."
    assert told("They knew for weeks that the hatch was broken and did nothing", text) is None


def weights(*texts: Iterable[int]) -> dict[int, float]:
    return {word: weigh(word) for words in texts for word in words}


def test_reported_speech_of_the_same_speaker_is_joined_by_what_it_says() -> None:
    quoted = numbers_of(
        "Ellery has no boats to lend, and I will stop ferries to Tarn after the harvest"
    )
    same = numbers_of("he would stop all ferries to Tarn after the harvest")
    other = numbers_of("he would take ferries to the capital in spring")
    assert is_reported(quoted, same, weights(quoted, same))
    assert not is_reported(quoted, other, weights(quoted, other))
