"""Who a speaker is: surnames, titles, pronouns, roles, organisations, and when nobody can be
known.
"""

from __future__ import annotations

import pytest

from flows.annotate import annotate
from flows.annotate.model import Mention, Quote
from flows.annotate.quotes import find_quotes
from flows.annotate.quotes.lexicon import lexicon


def speakers(text: str) -> list[tuple[str | None, str | None]]:
    return [
        (quote.speaker_surface, quote.speaker)
        for quote in annotate(text).quotes
        if quote.kind != "indirect"
    ]


SCENE = "Marcus Thorne and Susan Vale met on the pier on Monday. "


@pytest.mark.parametrize(
    ("text", "surface", "name"),
    [
        ("“It will hold through the winter,” Thorne said.", "Thorne", "Marcus Thorne"),
        ("“It will hold through the winter,” Mr. Thorne said.", "Mr. Thorne", "Marcus Thorne"),
        ("“It will hold through the winter,” she said.", "she", "Susan Vale"),
        ("“It will hold through the winter,” he said.", "he", "Marcus Thorne"),
        ("“It will hold through the winter,” said Ms Vale.", "Ms Vale", "Susan Vale"),
        ("“It will hold through the winter,” they said.", "they", None),
        (
            "“It will hold through the winter,” a harbour official said.",
            "a harbour official",
            "a harbour official",
        ),
        (
            "“It will hold through the winter,” said Thorne, who built it.",
            "Thorne",
            "Marcus Thorne",
        ),
    ],
)
def test_speaker_is_resolved(text: str, surface: str, name: str | None) -> None:
    assert speakers(SCENE + text) == [(surface, name)]


def test_family_name_first() -> None:
    text = "Bao Lixin, who studies tides, came late. “The sea is rising here,” Mr Bao said."
    assert speakers(text) == [("Mr Bao", "Bao Lixin")]


def test_pronoun_without_a_person_in_sight_stays_open() -> None:
    assert speakers("“It will hold through the winter,” he said.") == [("he", None)]


def test_two_people_speak_together() -> None:
    text = "“It will hold through the winter,” Marcus Thorne and Susan Vale wrote."
    assert [name for _, name in speakers(text)] == ["Marcus Thorne and Susan Vale"]


def test_speaker_of_a_caption_is_not_carried_over() -> None:
    text = (
        "Susan Vale said on Monday that it would hold.\n\nThe pier is closed. Cranes stand "
        "on it.\n\n“It will hold through the winter.”"
    )
    assert [name for _, name in speakers(text)] != ["Susan Vale"]


def test_unknown_speaker_is_null() -> None:
    (quote,) = find_quotes("“It will hold through the winter and the next.”", ())
    known = (
        quote.speaker,
        quote.speaker_surface,
        quote.speaker_start,
        quote.speaker_end,
        quote.cue,
        quote.pattern,
    )
    assert known == (None,) * 6


def test_mentions_give_the_names() -> None:
    text = "“It will hold through the winter,” Vale said."
    start = text.index("Vale")
    (quote,) = find_quotes(text, [Mention(start, start + 4, "PERSON", "Susan Vale")])
    assert (quote.speaker, quote.speaker_start, quote.speaker_end) == (
        "Susan Vale",
        start,
        start + 4,
    )


def test_same_text_same_answer() -> None:
    text = (
        SCENE + "“It will hold,” she said. He added that the lamps “would be lit by Friday night”."
    )
    assert annotate(text) == annotate(text)


def test_word_lists_have_no_name_for_both() -> None:
    assert not lexicon().male & lexicon().female


@pytest.mark.parametrize(
    ("form", "lemma", "kind"),
    [
        ("said", "say", "past"),
        ("denies", "deny", "third"),
        ("quipped", "quip", "past"),
        ("urging", "urge", "ing"),
    ],
)
def test_verb_forms(form: str, lemma: str, kind: str) -> None:
    cue = lexicon().cues[form]
    assert (cue.lemma, cue.form) == (lemma, kind)


def quote_of(text: str) -> Quote:
    return next(quote for quote in annotate(text).quotes if quote.kind != "indirect")


def test_cue_is_the_verb() -> None:
    assert quote_of("“It will hold through the winter,” Susan Vale shot back.").cue == "shot"


@pytest.mark.parametrize(
    ("surface", "name"),
    [
        ("Secretary of state Susan Vale", "Susan Vale"),
        ("SECRETARY OF STATE Susan Vale", "Susan Vale"),
        ("former secretary of defence Susan Vale", "Susan Vale"),
        ("a spokesman for tennis star Susan Vale", "a spokesman for tennis star Susan Vale"),
    ],
)
def test_offices_fall_off_names(surface: str, name: str) -> None:
    found = quote_of(f"“It will hold through the winter,” said {surface}.")
    assert (found.speaker_surface, found.speaker) == (surface, name)


def test_pronoun_goes_to_the_subject_just_introduced() -> None:
    text = (
        "“It will hold through the winter,” Susan Vale said. The harbour master, Rolf Tamsin, "
        "has doubts about it. "
        "“The pier is old and so is my patience,” he said."
    )
    assert quote_of(text[text.index("The harbour") :]).speaker == "Rolf Tamsin"
    assert [quote.speaker for quote in annotate(text).quotes if quote.kind == "direct"] == [
        "Susan Vale",
        "Rolf Tamsin",
    ]


def test_her_behind_a_preposition_is_somebody_else() -> None:
    text = (
        "The minister, Wim Tamsin, spoke of Susan Vale and agreed with her. “The pier is old "
        "and it will go,” he said."
    )
    assert quote_of(text).speaker == "Wim Tamsin"
