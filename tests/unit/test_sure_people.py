"""People whom the form of a name or the verb before it makes certain."""

from __future__ import annotations

import pytest

from flows.annotate import annotate

CASES = [
    ("Police arrested Orjan Vessby on Monday.", ["Orjan Vessby"]),
    ("They arrested Marit van der Zwaal, a baker.", ["Marit van der Zwaal"]),
    ("Police arrested Norfolk officers on Monday.", []),
    ("Police arrested Oakport Harbour Board members.", []),
    ("They arrested Mayor Ada Quill on Monday.", ["Ada Quill"]),
    ("Anne-Sophie Vautrin said the quay was shut.", ["Anne-Sophie Vautrin"]),
    ("Prizes went to Jean-Luc Vautrin and two friends.", ["Jean-Luc Vautrin"]),
    ("The Jean-Luc Act was passed on Monday.", []),
    ("Jean-Marie Bank said profits rose.", []),
    ("Ji-woo Han said the quay was shut.", ["Ji-woo Han"]),
    ("Kim left. He saw Seo-jun", ["Kim"]),
    ("A song by Seo-jun\nKim said the quay was shut.", ["Kim"]),
    ("They arrested Owls on Monday.", []),
    ("Cross-border Han trains stopped on Monday.", ["Han"]),
    ("Ex-boss Han said the quay was shut.", ["Han"]),
    ("On Monday S.K.T. Rao left the council.", ["S.K.T. Rao"]),
    ("The U.N. Rao said was a club of clerks met.", ["Rao"]),
    ("Police asked Tan Wei Jie on Monday.", ["Tan Wei Jie"]),
    ("The prince met Tan Sri Rashid Aziz.", ["Rashid Aziz"]),
    ("Jose Maria dela Cruz said the quay was shut.", ["Jose Maria dela Cruz"]),
    ("Björn af Kleen said the quay was shut.", ["Björn af Kleen"]),
    ("He met Ramon Sy Jr. on Monday. Jr. is short.", ["Ramon Sy Jr."]),
    ("Ada Quill, Sr., left.", ["Ada Quill, Sr."]),
    ("Ramon Sy Jr left. Mr. Sy.", ["Ramon Sy Jr", "Sy"]),
    ("Frank “the Hat” Orsini was shot on Monday.", ["Frank “the Hat” Orsini"]),
    ('Frank "Lefty" Orsini was shot on Monday.', ['Frank "Lefty" Orsini']),
    ('He left Oakport. "Lefty" Orsini stayed.', ["Orsini"]),
]


@pytest.mark.parametrize(("text", "people"), CASES)
def test_people_are_whole(text: str, people: list[str]) -> None:
    found = [text[m.start : m.end] for m in annotate(text).mentions if m.label == "PERSON"]
    assert found == people
