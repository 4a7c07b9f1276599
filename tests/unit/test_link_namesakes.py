"""What articles say of the bearers of one name, and when that makes them two. All names and
sentences are invented.
"""

from __future__ import annotations

from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.annotate.entities import find_mentions
from flows.annotate.entities.lexicon import countries
from flows.annotate.entities.person_attributes import bearers, far_occupations
from flows.annotate.model import Bearer
from flows.link.entities import Bearing, Evidence, PersonAttributes, doubtful, people, read_said
from flows.link.entities.namesakes import MAX_BEARERS, NOTHING, are_two, doubts
from flows.link.keys import name_id

NOBODY, COMPANY, PLACES = (
    Evidence(sampled=2),
    Evidence(telling=1, sampled=2, agreeing=1),
    Evidence(plain=1, sampled=2),
)


def said_of(text: str, name: str) -> Bearer:
    return bearers(text, find_mentions(text)).get(name, Bearer())


@pytest.mark.parametrize(
    ("text", "bearer"),
    [
        ("Kenyan striker Marta Quilliam scored twice.", Bearer("sport", "KE", is_told=True)),
        ("Ghana's health minister Marta Quilliam resigned.", Bearer("office", "GH", is_told=True)),
        (
            "Marta Quilliam, a Chilean coffee farmer, lost her harvest.",
            Bearer("trade", "CL", is_told=True),
        ),
        (
            "Marta Quilliam, 34, a farmer from Chile, lost her harvest.",
            Bearer("trade", "CL", is_told=True, age=34),
        ),
        ("Marta Quilliam, Kenya's ambassador to Peru, left.", Bearer("office", "KE", is_told=True)),
        ("The ambassador to Peru Marta Quilliam left.", Bearer()),
        ("Police held Marta Quilliam, 41, on Friday.", Bearer(age=41)),
        ("The 52-year-old nurse Marta Quilliam sang.", Bearer("care", age=52)),
        ("Marta Quilliam, a former teacher, sang.", Bearer()),
        ("Marta Quilliam sang.", Bearer()),
        ("In Kenya, the Kenyan singer Ada Osterlund met Marta Quilliam.", Bearer(None, "KE")),
        ("Marta Quilliam, 9, sang.", Bearer()),
    ],
)
def test_what_stands_beside_a_name_is_said_of_its_bearer(text: str, bearer: Bearer) -> None:
    assert said_of(text, "Marta Quilliam") == bearer


@pytest.mark.parametrize(
    ("one", "other", "points"),
    [
        (
            PersonAttributes("sport", "KE", is_told=True),
            PersonAttributes("trade", "CL", is_told=True),
            2,
        ),
        (PersonAttributes("sport", "KE"), PersonAttributes("sport", "CL"), 0),
        (
            PersonAttributes("office", "KE", is_told=True),
            PersonAttributes("office", "GH", is_told=True),
            2,
        ),
        (PersonAttributes("office", "KE"), PersonAttributes("office", "GH", is_told=True), 0),
        (PersonAttributes("office", "KE"), PersonAttributes("arts", "KE"), 0),
        (PersonAttributes("faith"), PersonAttributes("force"), 1),
        (PersonAttributes(None, "KE"), PersonAttributes(None, "CL"), 1),
        (PersonAttributes(born=1990), PersonAttributes(born=1950), 2),
        (PersonAttributes(born=1990), PersonAttributes(born=1985), 0),
        (NOTHING, PersonAttributes("sport", "KE", is_told=True, born=1990), 0),
    ],
)
def test_doubts(one: PersonAttributes, other: PersonAttributes, points: int) -> None:
    assert doubts(one, other) == doubts(other, one) == points


def bearing(said: PersonAttributes, count: int = 1, key: str = "") -> Bearing:
    return Bearing(key or str(said), "plain", said, count)


STRIKER, FARMER = (
    PersonAttributes("sport", "KE", is_told=True),
    PersonAttributes("trade", "CL", is_told=True),
)


def test_a_clear_disagreement_makes_two_unless_their_articles_share_somebody() -> None:
    assert are_two(bearing(STRIKER), bearing(FARMER), NOBODY)
    assert are_two(bearing(STRIKER), bearing(FARMER), PLACES)
    assert not are_two(bearing(STRIKER), bearing(FARMER), COMPANY)


def test_countries_alone_make_two_where_nothing_is_shared_and_something_is_known() -> None:
    there, here = PersonAttributes(None, "CL"), PersonAttributes(None, "KE")
    assert not are_two(bearing(here), bearing(there), NOBODY)
    assert not are_two(bearing(here, 9), bearing(there, 1), NOBODY)
    assert are_two(bearing(here, 2), bearing(there, 2), NOBODY)
    assert are_two(bearing(here), bearing(PersonAttributes("arts", "CL")), NOBODY)
    assert not are_two(bearing(here, 2), bearing(there, 2), PLACES)


def test_who_says_nothing_is_the_foremost() -> None:
    rows = [bearing(STRIKER, 5), bearing(FARMER, 3), bearing(NOTHING, 50)]
    evidence = {tuple(sorted(pair)): NOBODY for pair in doubtful(rows)}
    first, second = people(rows, evidence)  # type: ignore[arg-type]
    assert {b.said for b in first} == {STRIKER, NOTHING}
    assert [b.said for b in second] == [FARMER]


def test_a_saying_joins_those_with_whom_it_has_most_in_common() -> None:
    rows = [
        bearing(STRIKER, 5),
        bearing(FARMER, 3),
        bearing(PersonAttributes(None, "CL"), 1),
        bearing(PersonAttributes("sport", "US"), 1),
    ]
    found = people(rows, {})
    assert [[str(b.said) for b in some] for some in found] == [
        ["sport KE told -", "sport US - -"],
        ["trade CL told -", "- CL - -"],
    ]


def test_articles_that_share_company_with_any_of_a_persons_are_hers() -> None:
    rows = [bearing(STRIKER, 5), bearing(PersonAttributes("sport", "US"), 4), bearing(FARMER, 3)]
    one, other = sorted((str(FARMER), "sport US - -"))
    assert len(people(rows, {(one, other): COMPANY})) == 1


def test_the_order_of_the_rows_is_no_matter() -> None:
    rows = [
        bearing(STRIKER, 5),
        bearing(FARMER, 3),
        bearing(NOTHING, 3),
        bearing(PersonAttributes(born=1950), 1),
        bearing(PersonAttributes(born=1990), 1),
    ]
    found = {
        tuple(tuple(sorted(b.name_id for b in some)) for some in people(list(order), {}))
        for order in permutations(rows)
    }
    assert len(found) == 1


def test_whoever_tells_the_bearers_apart_parts_all_that_is_said() -> None:
    rows = [
        bearing(PersonAttributes("office", "KE"), 5),
        bearing(PersonAttributes("office", "CL"), 3),
        bearing(NOTHING),
    ]
    assert len(people(rows, {})) == 1
    parted = people(rows, {}, is_split=True)
    assert [[b.said for b in some] for some in parted] == [
        [NOTHING],
        [PersonAttributes("office", "KE")],
        [PersonAttributes("office", "CL")],
    ]


def test_a_name_with_too_many_sayings_is_weighed_by_its_foremost() -> None:
    rows = [bearing(PersonAttributes(born=1900 + 10 * n), n) for n in range(1, 40)]
    assert len(doubtful(rows)) == MAX_BEARERS * (MAX_BEARERS - 1) / 2
    assert sum(map(len, people(rows, {}))) == len(rows)


SAYINGS = st.builds(
    PersonAttributes,
    st.sampled_from([None, *sorted({occupation for occupation, _ in far_occupations()})]),
    st.sampled_from([None, *sorted(country.code for country in countries())]),
    st.booleans(),
    st.none() | st.integers(1900, 2030),
)


@given(SAYINGS, SAYINGS)
def test_a_saying_is_read_as_it_was_written_and_doubts_go_both_ways(
    one: PersonAttributes, other: PersonAttributes
) -> None:
    assert read_said(str(one)) == one
    assert doubts(one, other) == doubts(other, one)
    assert doubts(one, one) <= 0


def test_the_key_of_a_name_is_the_plain_one_where_nothing_is_said() -> None:
    assert name_id("a" * 16, None) == "a" * 16
    assert len({name_id("a" * 16, str(STRIKER)), name_id("a" * 16, str(FARMER)), "a" * 16}) == 3


def test_what_says_less_than_another_is_not_compared() -> None:
    senator = bearing(PersonAttributes("office", "US"), 2)
    about_the_us = bearing(PersonAttributes(None, "US"), 5)
    abroad = bearing(PersonAttributes("office", "KE"), 1)
    assert len(people([senator, about_the_us, abroad], {})) == 1
    assert len(people([about_the_us, abroad], {})) == 2


@pytest.mark.parametrize("key", ["b", "d"])
def test_whoever_does_what_one_of_a_persons_bearings_does_is_that_person(key: str) -> None:
    nurse = Bearing("a", "p", PersonAttributes("care", "GB"), 3)
    singer = Bearing(key, "p", PersonAttributes("arts", "GB", is_told=True), 2)
    other = Bearing("c", "p", PersonAttributes("arts"), 2)
    evidence = {("a", key): COMPANY}
    for order in permutations((nurse, singer, other)):
        assert len(people(order, evidence)) == 1
    assert len(people((nurse, other), evidence)) == 2
