"""People who are called by their origin: who is meant by "the Norwegian", and when nobody is."""

from __future__ import annotations

from flows.annotate import annotate, name_entities

DAHL = "Norwegian climber Rune Dahl fell."

ONE_PERSON = [  # text, the words for a people, who is meant
    (f"{DAHL} The Norwegian slept.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} They found the Norwegian.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} They found the Norwegian in the snow.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian, who lives here, slept.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian then slept.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian quickly rose.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian waited patiently.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian finished third.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian scored 12 times.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian beat her.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian wrote letters.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian says ice is cold.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian claims that it was ice.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian held the rope.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian and his dog slept.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian’s boots broke.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The weary Norwegian slept.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} The Norwegian said to her that it was ice.", "Norwegian", "Rune Dahl"),
    ("Rune Dahl, a Norwegian, fell. The Norwegian slept.", "Norwegian", "Rune Dahl"),
    ("Rune Dahl of Norway fell. The Norwegian slept.", "Norwegian", "Rune Dahl"),
    ("Rune Dahl, 34, from Norway fell. The Norwegian slept.", "Norwegian", "Rune Dahl"),
    ("Ada Quill of New Zealand fell. The New Zealander slept.", "New Zealander", "Ada Quill"),
    ("Czech climber Ada Quill fell. The Czech slept.", "Czech", "Ada Quill"),
    ("Swedish striker Ada Lind, 34, fell. The 34-year-old Swede slept.", "Swede", "Ada Lind"),
    ("French pilot Rose Morel fell. The Frenchwoman slept.", "Frenchwoman", "Rose Morel"),
    ("British pilot Ada Voss fell. The Briton slept.", "Briton", "Ada Voss"),
    ("Scottish pilot Ada Voss met English pilot Bo Lind. The Scot slept.", "Scot", "Ada Voss"),
    ("A Norwegian, Rune Dahl of Norway, fell. The Norwegian slept.", "Norwegian", "Rune Dahl"),
    # of the same trade, so perhaps the same person; no person; what a person with a name is
    (f"A Norwegian climber is lost. {DAHL} The Norwegian slept.", "Norwegian", "Rune Dahl"),
    (f"A Swedish tourist slept. {DAHL} The Norwegian slept.", "Norwegian", "Rune Dahl"),
    (f"{DAHL} A Norwegian flag lay there. The Norwegian slept.", "Norwegian", "Rune Dahl"),
    ("Rune Dahl of Norway is a Norwegian. The Norwegian slept.", "Norwegian", "Rune Dahl"),
]

NOBODY = [  # text, the words for a people
    ("Rune Dahl fell. The Norwegian slept.", "Norwegian"),
    ("Norwegian officials met Rune Dahl. The Norwegian slept.", "Norwegian"),
    ("Norwegian club manager Rune Dahl fell. The Norwegian slept.", "Norwegian"),
    ("Rune Dahl, a former U.S. national champion, fell. The American slept.", "American"),
    ("Norwegian Rune Dahl beat Norwegian Lars Holm. The Norwegian slept.", "Norwegian"),
    (f"{DAHL} A Norwegian tourist fell too. The Norwegian slept.", "Norwegian"),
    (f"{DAHL} A Norwegian friend fell too. The Norwegian slept.", "Norwegian"),
    (f"{DAHL} A Norwegian poet fell too. The Norwegian slept.", "Norwegian"),
    (f"{DAHL} A Norwegian botanist fell too. The Norwegian slept.", "Norwegian"),
    (f"{DAHL} A Norwegian surgeon fell too. The Norwegian slept.", "Norwegian"),
    ("A Norwegian named Ada Lind met Rune Dahl of Norway. The Norwegian slept.", "Norwegian"),
    ("A Norwegian and Rune Dahl of Norway fell. The Norwegian slept.", "Norwegian"),
    ("A Norwegian saw how suddenly Rune Dahl of Norway fell. The Norwegian slept.", "Norwegian"),
    (f"{DAHL} A Swede and a Norwegian fell too. The Norwegian slept.", "Norwegian"),
    ("The Norwegian slept. Rune Dahl of Norway fell.", "Norwegian"),
    # an adjective
    (f"{DAHL} The Norwegian people wept.", "Norwegian"),
    (f"{DAHL} The Norwegian-led crew wept.", "Norwegian"),
    (f"{DAHL} The Norwegian win was narrow.", "Norwegian"),
    (f"{DAHL} The Norwegian monthly magazine wept.", "Norwegian"),
    (f"{DAHL} The Norwegian and Swedish towns wept.", "Norwegian"),
    (f"{DAHL} The Norwegian, Swedish and Danish towns wept.", "Norwegian"),
    (f"{DAHL} The Norwegian and local press wept.", "Norwegian"),
    (f"{DAHL} The Norwegian armed forces wept.", "Norwegian"),
    (f"{DAHL} The Norwegian daily wept.", "Norwegian"),
    (f"{DAHL} The Norwegian Coast Guard wept.", "Norwegian"),
    # somebody whom only these words describe
    (f"{DAHL} The Norwegian said to have fled wept.", "Norwegian"),
    (f"{DAHL} The Norwegian arrested in the port wept.", "Norwegian"),
    (f"{DAHL} The Norwegian who pushed him wept.", "Norwegian"),
    (f"{DAHL} The Norwegian he met wept.", "Norwegian"),
    (f"{DAHL} The first Norwegian wept.", "Norwegian"),
    (f"{DAHL} The average Norwegian wept.", "Norwegian"),
    (f"{DAHL} A Norwegian wept.", "Norwegian"),
    # several, a language, a title
    (f"{DAHL} The Norwegians wept.", "Norwegians"),
    ("French pilot Rose Morel fell. The French slept.", "French"),
    (f"{DAHL} He translated it from the Norwegian.", "Norwegian"),
    (f"{DAHL} The Norwegian of the text is odd.", "Norwegian"),
    (f'{DAHL} He saw "The Norwegian" twice.', "Norwegian"),
    # of another age, gender, part of the country
    ("Swedish striker Ada Lind, 34, fell. The 29-year-old Swede slept.", "Swede"),
    ("French pilot Rose Morel fell. The Frenchman slept.", "Frenchman"),
    ("English pilot Bo Lind fell. The Scot slept.", "Scot"),
]


def _label(text: str, words: str) -> tuple[str, str]:
    """Return type and name of the mention where `words` stand last in the text."""
    at = text.rindex(words)
    mentions = name_entities(text, language="en").mentions
    return next((m.label, m.name) for m in mentions if m.start <= at < m.end)


def test_one_person_called_by_origin_is_a_mention_of_this_person() -> None:
    found = {text: _label(text, words) for text, words, _ in ONE_PERSON}
    assert found == {text: ("PERSON", name) for text, _, name in ONE_PERSON}


def test_origins_of_nobody_or_of_two_stay_peoples() -> None:
    assert [text for text, words in NOBODY if _label(text, words)[0] == "PERSON"] == []


def test_who_is_called_by_origin_speaks_and_rivals_do_not() -> None:
    text = (
        "Swedish striker Ada Lind, 34, scored. “It was luck,” the 34-year-old Swede said. "
        "“It was wind,” the Swede’s rival said."
    )
    assert [(q.speaker, q.speaker_surface) for q in annotate(text, language="en").quotes] == [
        ("Ada Lind", "the 34-year-old Swede"),
        ("the Swede’s rival", "the Swede’s rival"),
    ]
