"""Names across articles: which spellings meet in one key, which stay apart, and whose country a
name is.
"""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.annotate.entities.lexicon import countries, lines
from flows.annotate.model import LABELS
from flows.link.names import country_code, name_key, state_code

MEET = [
    ("PERSON", "Xiomara Peña", "XIOMARA PENA"),
    ("PERSON", "Mr. Okonkwo's", "Okonkwo"),
    ("PERSON", "President Tomás Abaroa", "Tomas Abaroa"),
    ("PERSON", "Antony J. Marlow", "Mr Anthony J Marlow"),
    ("PERSON", "Sergey Vostrov", "Sergei Vostrov"),
    ("PERSON", "Baek Dong-won", "Baek Dong Won"),
    ("PERSON", "Mohamed al-Tawil", "Muhammad Al Tawil"),
    ("GPE", "the U.S.", "United States of America"),
    ("GPE", "Ivory Coast", "Côte d’Ivoire"),
    ("GPE", "St. Adelard", "Saint Adelard"),
    ("NORP", "Ghanaians", "Ghanaian"),
    ("NORP", "Brits", "the British"),
    ("ORG", "the UN", "United Nations"),
    ("ORG", "Labour Centre of Quillow", "Labor Center of Quillow"),
    ("ORG", "Quillow Foods Ltd.", "Quillow Foods"),
    ("ORG", "Marsh & Tander", "Marsh and Tander"),
    ("ORG", "Quillow Police", "Quillow Police Department"),
]
APART = [
    ("PERSON", "Ana Ruiz", "Ana Maria Ruiz"),
    ("PERSON", "Ana T. Ruiz", "Ana Ruiz"),
    ("PERSON", "Ana Ruiz Jr.", "Ana Ruiz"),
    ("PERSON", "Gloria Oyelaran", "Florence Oyelaran"),
    ("GPE", "Guinea", "Equatorial Guinea"),
    ("GPE", "Niger", "Nigeria"),
    ("GPE", "North Korea", "South Korea"),
    ("ORG", "Bank of Quillow", "Quillow"),
    ("PERSON", "Jordan", "Jordan Mbeki"),
    ("ORG", "Quillow Fire Department", "Quillow Fire"),
    ("ORG", "Police Department", "Police"),
    ("ORG", "Quillow University", "University of Quillow"),
]


@pytest.mark.parametrize(("label", "one", "other"), MEET)
def test_spellings_of_one_entity_meet(label: str, one: str, other: str) -> None:
    assert name_key(one, label) == name_key(other, label)


@pytest.mark.parametrize(("label", "one", "other"), APART)
def test_names_of_two_entities_stay_apart(label: str, one: str, other: str) -> None:
    assert name_key(one, label) != name_key(other, label)


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("the United States", "US"),
        ("U.S.", "US"),
        ("Türkiye", "TR"),
        ("Ivorian", "CI"),
        ("Dutch", "NL"),
        ("DR Congo", "CD"),
        ("Beijing", "CN"),
        ("the Kremlin", "RU"),
        ("Britain's", "GB"),
        ("Swedes", "SE"),
        ("Gothenburg", None),
        ("Africa", None),
        ("", None),
    ],
)
def test_country_code(name: str, code: str | None) -> None:
    assert country_code(name) == code


@pytest.mark.parametrize(
    ("name", "label", "code"),
    [
        ("Kenya", "GPE", "KE"),
        ("Kenyan", "NORP", "KE"),
        ("Supreme Court of Kenya", "ORG", "KE"),
        ("Kenyan Health Ministry", "ORG", "KE"),
        ("Bank of Kenya", "ORG", None),
        ("Nairobi", "GPE", None),
        ("Kenya", "PERSON", None),
    ],
)
def test_countries_their_peoples_and_their_bodies_have_a_code_and_towns_have_none(
    name: str, label: str, code: str | None
) -> None:
    assert state_code(name, label) == code


def test_every_country_has_its_own_code_and_resolves_to_it() -> None:
    codes = [country.code for country in countries()]
    assert len(codes) == len(set(codes))
    for country in countries():
        assert country_code(country.name) == country.code
        for form in country.forms:
            assert name_key(form, "GPE") == name_key(country.name, "GPE")


def test_each_spelling_has_one_spelling_to_compare_by() -> None:
    kept = [line.split("=")[0] for line in lines("spellings.txt")]
    others = [other for line in lines("spellings.txt") for other in line.split("=")[1].split("|")]
    assert len(others) == len(set(others))
    assert not set(kept) & set(others)


@given(st.text(), st.sampled_from(LABELS))
def test_a_key_is_made_of_any_name_and_is_its_own_key(name: str, label: str) -> None:
    key = name_key(name, label)
    assert bool(key) == bool(name.strip())
    assert country_code(name) is None or len(country_code(name) or "") == 2
