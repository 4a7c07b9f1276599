"""Speakers by role: whom the article makes them, and when they stay a role."""

from __future__ import annotations

import pytest

from flows.annotate import annotate

RESOLVED = [
    ("The Duchess of Marle, Ada Voss, opened it. “It squeaks,” the duchess said.", "Ada Voss"),
    ("The Commission on Tides met. The commission said it was late.", "Commission on Tides"),
    # a title of two words is another one's
    ("Gov. Ada Voss met Lt. Gov. Rune Dahl. “It is waste,” the governor said.", "Ada Voss"),
    ("Gov. Ada Voss met Lt. Gov. Rune Dahl. “Yes,” the lieutenant governor said.", "Rune Dahl"),
    ("Attorney General Ada Voss met Gen. Rune Dahl. “We fought,” the general said.", "Rune Dahl"),
    ("Jess Kemp Jr. fell. His father, Rune Dahl, ran. “He lives,” said his father.", "Rune Dahl"),
    # a body by its kind
    ("The Bureau of Tides closed the bay. “It rose,” the bureau said.", "Bureau of Tides"),
    (
        "The Ministry of Tides met. A ministry spokesman left. The ministry said it was late.",
        "Ministry of Tides",
    ),
    (
        "The Ellery Rowing Federation met. “He bit me,” the federation said.",
        "Ellery Rowing Federation",
    ),
    # a hyphen, two words, a wider word
    (
        "Ada Voss, the vice-chancellor of the college, left. “I slept,” the vice-chancellor said.",
        "Ada Voss",
    ),
    ("First lady Ada Voss opened the ward. “It is for you,” the first lady told them.", "Ada Voss"),
    ("Detective Inspector Ada Voss sought the boat. “It sank,” the detective said.", "Ada Voss"),
    ("Geologist Rune Dahl fell ill. “It was dust,” the scientist said.", "Rune Dahl"),
    ("Rune Dahl fell. “It was ice,” the 27-year-old said. His coach, Ed Voss, wept.", "Rune Dahl"),
    ("Norwegian climber Rune Dahl fell. “It was ice,” the Norwegian said.", "Rune Dahl"),
    ("Rune Dahl, a Norwegian climber, fell. “It was ice,” the Norwegian said.", "Rune Dahl"),
    ("Ada Quill of Chile met Rune Dahl. “It was ice,” the Chilean said.", "Ada Quill"),
    ("Bo Lind, a young illustrator, met Ada Voss. “I drew,” the illustrator said.", "Bo Lind"),
    (
        "President Owen Tarrant raised tariffs on Monday. “They work, and they will go on "
        "working,” "
        "the president said. The former president, Ada Quill, was unhappy.",
        "Owen Tarrant",
    ),
    (
        "Ada Voss, the mayor of Port Ellery, opened the bridge. “It took us eleven years to get "
        "here,” the mayor said on Tuesday.",
        "Ada Voss",
    ),
    (
        "Ines Polk, a spokeswoman for the port, was asked. “We have nothing to add to what was "
        "said "
        "before,” the spokeswoman said.",
        "Ines Polk",
    ),
    (
        "Rune Dahl, 59, was hurt. “I did not see the crane at all that day,” the 59-year-old said.",
        "Rune Dahl",
    ),
    (
        "Foreign Minister Ada Quill and Finance Minister Rune Dahl met. “The talks were long and "
        "very hard indeed,” the foreign minister said.",
        "Ada Quill",
    ),
    (
        "Senator Ada Quill spoke on Monday. “This bill is dead and will stay dead,” the lawmaker "
        "said.",
        "Ada Quill",
    ),
    (
        "Grant Holm, a lawyer for Ada Quill, left the court. “She is innocent of all of it,” her "
        "lawyer said.",
        "Grant Holm",
    ),
    # a relative by the word for one
    (
        "Her husband, Rune Dahl, wept with Ada Quill. “She was brave and kind to us,” the husband "
        "said.",
        "Rune Dahl",
    ),
    (
        "Rune Dahl, her husband, wept with Ada Quill. “She was brave and kind to us,” the husband "
        "said.",
        "Rune Dahl",
    ),
]


@pytest.mark.parametrize(("text", "holder"), RESOLVED)
def test_a_role_is_its_only_holder(text: str, holder: str) -> None:
    (quote,) = annotate(text).quotes
    assert quote.speaker == holder
    assert quote.speaker_start is not None
    assert quote.speaker_surface == text[quote.speaker_start : quote.speaker_end]
    assert quote.speaker_surface != holder


OPEN = [
    # hers, and no apposition
    ("Jess Kemp Jr. fell. Her father, Rune Dahl, ran. “He lives,” said his father.", "his father"),
    (
        "Jess Kemp fell. Beside Rune Dahl, his father wept. “He lives,” said his father.",
        "his father",
    ),
    # another body of the kind, two of them, a bloc that is no trade union, one named only later
    ("The Supreme Court met. A harbour court had ruled. “We agree,” the court said.", "the court"),
    ("The Bureau of Tides met the Bureau of Sands. “We agree,” the bureau said.", "the bureau"),
    ("The European Union met. “Pay is low,” the union said.", "the union"),
    ("“We agree,” the bureau said. The Bureau of Tides met on Monday.", "the bureau"),
    # the chancellor is not the vice-chancellor
    ("Vice-chancellor Ada Voss left. “I slept,” the chancellor said.", "the chancellor"),
    ("Norwegian Rune Dahl beat Norwegian Lars Holm. “I won,” the Norwegian said.", "the Norwegian"),
    ("Norwegian officials met Rune Dahl. “We agree,” the Norwegian said.", "the Norwegian"),
    ("Rune Dahl, a Norwegian climber, fell. “We weep,” the Norwegians said.", "the Norwegians"),
    # two hold it
    (
        "Foreign Minister Ada Quill and Finance Minister Rune Dahl met. “The talks were long and "
        "very hard indeed,” the minister said.",
        "the minister",
    ),
    # of another country
    (
        "The French president met President Owen Tarrant. “I am glad to be here with you today,” "
        "the French president said.",
        "the French president",
    ),
    # not any more
    (
        "Former President Owen Tarrant was there. “We raised the tariffs again this morning,” the "
        "president said.",
        "the president",
    ),
    # a man
    (
        "Linda Voss, a spokesperson for the port, left. “We have nothing more to add to this,” the "
        "spokesman said.",
        "the spokesman",
    ),
    # somebody of hers
    (
        "A spokeswoman for Senator Ada Quill called back. “She will vote against it next week,” "
        "the spokeswoman said.",
        "the spokeswoman",
    ),
    # two of them
    (
        "Her sister Ida Dahl and his sister, Ada Quill, wept. “She was brave and kind to us,” the "
        "sister said.",
        "the sister",
    ),
    # whose son, only the sentence says
    (
        "Rune Dahl, son of the mayor, spoke of Ada Quill. “We never go to the harbour any more,” "
        "his son said.",
        "his son",
    ),
    # any
    (
        "President Owen Tarrant came. “He will not stay for the dinner tonight,” an official said.",
        "an official",
    ),
]


@pytest.mark.parametrize(("text", "role"), OPEN)
def test_a_role_that_may_be_somebody_else_stays_a_role(text: str, role: str) -> None:
    (quote,) = annotate(text).quotes
    assert quote.speaker == role


def test_a_role_of_nobody_has_one_spelling_and_the_full_name_of_its_institution() -> None:
    text = (
        "“We will not pay for any of this again,” The President said. The Northern Ports Authority "
        "(NPA) was silent. “Nobody asked us about it at all,” a spokesman for the NPA said."
    )
    assert [quote.speaker for quote in annotate(text).quotes] == [
        "the president",
        "a spokesman for the Northern Ports Authority",
    ]


def test_plain_words_have_one_spelling_wherever_they_stand() -> None:
    for text, speaker in [
        ("Police said the crane was safe.", "police"),
        ("Security experts said the crane was safe.", "security experts"),
        ("Harbour News editors said the crane was safe.", "Harbour News editors"),
        ("Interior officials said the crane was safe.", "Interior officials"),
        ("“We won,” King said.", "King"),
    ]:
        assert [quote.speaker for quote in annotate(text).quotes] == [speaker], text
