"""Names of people as their parts: many cultures, titles, generations, initials, short forms."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.annotate.names.nicknames import are_related, group_of
from flows.annotate.names.person_name import PersonName, parse, surnames

PARTS = [
    ("Marta Quilliam", PersonName("marta", (), "quilliam")),
    ("Mary K. Hollins", PersonName("mary", ("k",), "hollins")),
    ("Oren H. W. Brask", PersonName("oren", ("h", "w"), "brask")),
    ("Oren H.W. Brask", PersonName("oren", ("h", "w"), "brask")),
    ("Dorian J. Boutrelle Jr.", PersonName("dorian", ("j",), "boutrelle", "jr")),
    ("Dorian Boutrelle, Sr", PersonName("dorian", (), "boutrelle", "sr")),
    ("Dorian Boutrelle III", PersonName("dorian", (), "boutrelle", "3")),
    ("J. Christoffer Stavne", PersonName("christoffer", (), "stavne", "", "j")),
    ("J.R. Stavne", PersonName("", (), "stavne", "", "jr")),
    ("JD Stavne", PersonName("", (), "stavne", "", "jd")),
    ("Vintor Junior", PersonName("vintor", (), "junior")),
    ("Ada van der Torenko", PersonName("ada", (), "van der torenko")),
    ("van der Torenko", PersonName("", (), "van der torenko")),
    ("Van der Torenko", PersonName("", (), "van der torenko")),
    ("Van Torenko", PersonName("van", (), "torenko")),
    ("Omar al-Karmi", PersonName("omar", (), "al karmi")),
    ("Al-Karmi", PersonName("", (), "al karmi")),
    ("Juan Carlos de la Fuentez", PersonName("juan", ("carlos",), "de la fuentez")),
    ("Enrico Peña Ortilla", PersonName("enrico", ("pena",), "ortilla")),
    ("Ngozi Okonjo-Vale", PersonName("ngozi", (), "okonjo vale")),
    ("Baek Dong-woon", PersonName("baek", (), "dong woon")),
    ("Shen Yinlong", PersonName("shen", (), "yinlong")),
    ("Zoë O’Brannick", PersonName("zoe", (), "obrannick")),
    ("President Owen Tarrant", PersonName("owen", (), "tarrant")),
    ("Speaker Paula Tarrant", PersonName("paula", (), "tarrant")),
    ("Gen. K. Brundvik", PersonName("", (), "brundvik", "", "k")),
    ("Judge Hannah Voss", PersonName("hannah", (), "voss")),
    ("King Osric IV", PersonName("osric", (), "", "4")),
    ("59-year-old Huckle", PersonName("", (), "huckle")),
    ("Florida Republican Marco Ruize", PersonName("marco", (), "ruize")),
    ("Tarrant", PersonName("", (), "tarrant")),
    ("Tarrant’s", PersonName("", (), "tarrant")),
]


@pytest.mark.parametrize(("name", "parts"), PARTS, ids=[name for name, _ in PARTS])
def test_a_name_has_its_parts(name: str, parts: PersonName) -> None:
    assert parse(name) == parts


@pytest.mark.parametrize(
    "name",
    ["Earl Warrick", "Major Garrow", "Dean Smithers", "Liberal Hernandos", "Prince Adeyo", "Jr"],
)
def test_a_title_that_is_all_the_given_name_there_is_stays(name: str) -> None:
    assert " ".join(parse(name).words) == name.lower()


def test_a_full_name_may_be_called_by_these_surnames() -> None:
    assert surnames(parse("Enrico Peña Ortilla"))[:1] == ["ortilla"]
    assert {"pena ortilla", "pena"} <= set(surnames(parse("Enrico Peña Ortilla")))
    assert set(surnames(parse("Ada van der Torenko"))) >= {"van der torenko", "torenko"}
    assert "shen" in surnames(parse("Shen Yinlong"))
    assert "jr" not in surnames(parse("Dorian J. Boutrelle Jr."))
    assert "paul" not in surnames(parse("John Paul Boutrelle"))


@pytest.mark.parametrize(
    ("one", "other", "related"),
    [
        ("bill", "william", True),
        ("bill", "will", True),
        ("dick", "richard", True),
        ("sepp", "josef", True),
        ("pepe", "jose", True),
        ("thanasis", "athanasios", True),
        ("kolya", "nikolai", True),
        ("alex", "alexandra", True),
        ("alexander", "alexandra", False),
        ("robert", "albert", False),
        ("martha", "mary", False),
        ("jack", "jacob", False),
    ],
)
def test_short_forms_of_given_names(one: str, other: str, *, related: bool) -> None:
    assert are_related(one, other) is are_related(other, one) is related
    if related:
        assert group_of(one) == group_of(other)


@given(st.text())
def test_any_text_can_be_parsed(name: str) -> None:
    assert parse(name).words or not name.strip() or not any(c.isalnum() for c in name)
