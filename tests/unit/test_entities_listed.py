"""Texts in other languages: few mentions, and right ones."""

from __future__ import annotations

import pytest

from flows.annotate.entities.listed import find_listed
from flows.annotate.recogniser import load_recogniser

GERMAN = (
    "Der Landrat Klaus Schneider hat die Entscheidung über die Brücke verteidigt. Die Kosten seien hoch, sagte Schneider am Montag im "
    "Rathaus. Die Bürgermeisterin Anna von Berger widersprach: Das Amt habe in Berlin nicht gefragt."
)


def test_people_and_capitals_are_found_and_nouns_are_not() -> None:
    found = [(GERMAN[m.start : m.end], m.label, m.name) for m in find_listed(GERMAN)]
    assert found == [
        ("Klaus Schneider", "PERSON", "Klaus Schneider"),
        ("Schneider", "PERSON", "Klaus Schneider"),
        ("Anna von Berger", "PERSON", "Anna von Berger"),
        ("Berlin", "GPE", "Berlin"),
    ]


@pytest.mark.parametrize(
    ("text", "people"),
    [
        (
            "Die Umweltministerin Gesche Ottersbach kam nicht; Ottersbach war krank.",
            ["Gesche Ottersbach", "Ottersbach"],
        ),
        ("Das sagte die Leiterin der Schule, Tomke Aydın-Vogelsang.", ["Tomke Aydın-Vogelsang"]),
        ("Am Abend sprach Anna Petersen-Okpara im Hof.", ["Anna Petersen-Okpara"]),
        (
            "Der CDU-Mann Klaus Schneider und UN-Sprecherin Anna Berger schwiegen.",
            ["Klaus Schneider", "Anna Berger"],
        ),
        ("Le ministre Aurélien Castagnac a refusé de venir.", ["Aurélien Castagnac"]),
        ("El presidente Joaquín Arrizabengoa viajó a Lima.", ["Joaquín Arrizabengoa"]),
        (
            "Gisteren zei Maria Kwakkelstein (46) niets. Later lachte Kwakkelstein.",
            ["Maria Kwakkelstein", "Kwakkelstein"],
        ),
        ("Laut Anna Berger war das Thema Wasserwerk am Montag nicht dran.", ["Anna Berger"]),
        (
            "Das Thema Wasserwerk bleibt, und nicht jedes Mal ist klar, ob neues Wasserwerk hilft.",
            [],
        ),
        ("Der Präsident Der Bank blieb. Die Washington Post schrieb nichts.", []),
    ],
)
def test_people_are_told_by_titles_appositions_and_ages(text: str, people: list[str]) -> None:
    assert [text[m.start : m.end] for m in find_listed(text) if m.label == "PERSON"] == people


@pytest.mark.parametrize(
    "text",
    [
        "B" + "a" * 400_000,
        "Das Essen in der Halle war gut, und niemand nahm sich die Zeit mit der Wahl.",
        "Selon la direction, rien ne change pour les salariés de la société.",
        "La empresa dijo que no habrá despidos este año en la planta.",
        "",
        "Marie",
    ],
)
def test_words_are_no_names(text: str) -> None:
    assert find_listed(text) == ()


def test_the_house_recogniser_reads_english_and_lists_the_rest() -> None:
    builtin = load_recogniser()
    assert builtin(GERMAN, "de") == find_listed(GERMAN)
    english = "The mayor of Port Ellery, Marta Quilliam, said on Monday that the bridge to the island would be closed for a week."
    assert "Marta Quilliam" in {m.name for m in builtin(english, "en")}
