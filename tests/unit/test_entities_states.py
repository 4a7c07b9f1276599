"""Capitals that stand for governments, and bodies that every state has, in invented sentences."""

from __future__ import annotations

import re

import pytest

from flows.annotate import annotate
from flows.annotate.entities import find_mentions
from flows.annotate.entities.bodies import body
from flows.annotate.entities.lexicon import countries, lines
from flows.annotate.entities.nations import called, nation, without_country

GOVERNMENTS = """
[Nairobi|Kenya] said on Monday that the cable would be laid by June.
[Lima|Peru] has repeatedly denied that its ships were there.
The ministers accused [Quito|Ecuador] of dumping bananas.
Talks between [Rabat|Morocco] and [Accra|Ghana] will resume in May.
[Oslo|Norway]'s position on the fishing quota has not changed.
The [Harare|Zimbabwe]-backed candidate lost.
[Manila|Philippines], meanwhile, has rejected the map.
[Bogotá|Colombia] and Ecuador agreed to share the water.
""".strip().split("\n")
TOWNS = """
The fire in [Nairobi] burned for two days.
Officials in [Lima] said the bridge was safe.
He flew to [Quito] on Tuesday.
Residents of the capital [Accra] queued for water.
The [Rabat] agreement was signed in 2004, and the [Rabat] attacks followed.
The mayor of [Oslo] said the trams would run.
[Harare], Zimbabwe, has a new market hall.
[Manila] airport was closed by ash.
[Bogotá] is a city of brick.
""".strip().split("\n")


@pytest.mark.parametrize("sentence", GOVERNMENTS)
def test_a_capital_that_acts_has_its_countrys_name(sentence: str) -> None:
    text = re.sub(r"\[([^|]+)\|[^]]+\]", r"\1", sentence)
    named = {text[m.start : m.end]: m.name for m in find_mentions(text)}
    assert dict(re.findall(r"\[([^|]+)\|([^]]+)\]", sentence)).items() <= named.items()


@pytest.mark.parametrize("sentence", TOWNS)
def test_a_capital_where_things_happen_is_a_town(sentence: str) -> None:
    text = sentence.replace("[", "").replace("]", "")
    named = {text[m.start : m.end]: m.name for m in find_mentions(text)}
    for town in re.findall(r"\[([^]]+)\]", sentence):
        assert named[town] == town


def test_an_article_that_means_the_government_throughout_means_it_everywhere() -> None:
    text = "Nairobi rejected the offer on Monday. The envoys wondered about Nairobi all week."
    assert [m.name for m in find_mentions(text)] == ["Kenya", "Kenya"]
    text = (
        "Nairobi rejected the offer on Monday. Envoys wondered about Nairobi all week, and "
        "those in Nairobi slept badly."
    )
    assert [m.name for m in find_mentions(text)] == ["Kenya", "Nairobi", "Nairobi"]


def organisations(text: str, home: str | None = None) -> list[str]:
    return [m.name for m in annotate(text, home=home).mentions if m.label == "ORG"]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Kenya's Supreme Court threw out the petition on Friday.", "Supreme Court of Kenya"),
        ("The Supreme Court of Kenya threw out the petition on Friday.", "Supreme Court of Kenya"),
        ("Officials at the Health Ministry in Ghana said so.", "Health Ministry of Ghana"),
        (
            "The Philippines is angry. The Philippines and the Senate of the Philippines will "
            "answer.",
            "Senate of the Philippines",
        ),
        ("The Ministry of Fisheries said nothing, he told the radio.", "Ministry of Fisheries"),
        (
            "The mayor of Peru's capital and a Kenyan minister asked the Supreme Court for time.",
            "Supreme Court",
        ),
    ],
)
def test_a_body_of_a_state_is_called_after_the_country_that_is_meant(text: str, name: str) -> None:
    assert organisations(text) == [name]


def test_a_country_named_once_is_meant_later() -> None:
    text = (
        "Ghana's Health Ministry closed two wards. Ships left Kenya, Peru and Chile. The "
        "Health Ministry gave no reason."
    )
    assert organisations(text) == ["Health Ministry of Ghana"] * 2


def test_what_an_article_is_about_decides_where_nothing_nearer_does() -> None:
    about = (
        "Farmers in Ghana want rain. Ghana has had none since March, and Ghanaian maize is dying. "
    )
    about += "The Cabinet will meet, said a Peruvian envoy."
    assert organisations(about) == ["Cabinet of Ghana"]
    between = "Ghana and Peru and Kenya and Chile met. The Cabinet will meet."
    assert organisations(between) == ["Cabinet"]


def test_a_town_or_a_part_of_a_country_has_bodies_of_its_own() -> None:
    assert organisations(
        "Kenya, Kenya and Kenya. The judges in Mombasa's High Court sat late."
    ) == ["High Court"]
    assert body("Scottish Parliament") is None


def test_the_outlets_country_is_meant_where_an_article_names_none() -> None:
    text = "The Supreme Court threw out the petition on Friday."
    assert organisations(text, home="GH") == ["Supreme Court of Ghana"]
    assert organisations(text) == ["Supreme Court"]
    assert organisations("Peru was watching. " + text, home="GH") == ["Supreme Court"]


def test_a_name_of_its_own_is_nobodys_body() -> None:
    assert body("Quilvar Institute of Ghana") is None
    assert body("World Bank") is None
    known = body("Ghana's Ministry of Works and Housing")
    assert known is not None
    assert known.country is not None
    assert (known.country.code, known.core) == ("GH", "Ministry of Works and Housing")


def test_every_country_is_found_in_front_and_behind() -> None:
    for country in countries():
        assert nation(country.name) is not None
        for name in (f"Supreme Court of {called(country)}", f"{country.name}'s Supreme Court"):
            found, rest = without_country(name)
            assert (found and found.code, rest) == (country.code, "Supreme Court")


def test_bodies_are_sorted_and_in_small_letters() -> None:
    listed = list(lines("bodies.txt"))
    assert listed == sorted(set(listed))
    assert all(name == name.lower() for name in listed)


SPEAKING_SEATS = [
    ("Talks with Tehran stalled. Washington said the ships would stay.", "United States"),
    ("Iran answered on Monday. Paris warned that the ships would stay.", "France"),
    # whoever is named so, or an article that tells of no country
    ("Anna Paris of Spain won. Paris said she was glad.", "Anna Paris"),
    ("My sister Sofia lives in Spain. Sofia said she was well.", "Sofia"),
]


@pytest.mark.parametrize(("text", "name"), SPEAKING_SEATS)
def test_a_seat_that_says_something_at_the_start_of_a_sentence_is_a_government(
    text: str, name: str
) -> None:
    assert find_mentions(text)[-1].name == name
    assert not find_mentions("Washington said that it would rain.")


def test_a_printed_country_counts_where_the_full_name_of_a_body_leaves_it_out() -> None:
    text = "The Supreme Court of Kenya met. The U.S. Supreme Court met too."
    assert organisations(text) == ["Supreme Court of Kenya", "Supreme Court of the United States"]


def test_a_politician_with_a_state_behind_the_name_makes_an_article_of_one_country() -> None:
    assert organisations("Sen. Ada Quill, D-Ohio, told the Senate that Congress must act.") == [
        "Senate of the United States",
        "Congress of the United States",
    ]
    assert organisations("Ada Quill (R-Ala.) met the Supreme Court of Kenya.") == [
        "Supreme Court of Kenya"
    ]
    # no country of a ministry is known by one politician, where the article is on others
    for one in ("Foreign Ministry", "Supreme Court", "Senate"):
        text = f"Norway and Sweden met. The {one} says so. “We wait,” said Ada Quill (D-Ohio)."
        assert organisations(text) == [one]
    assert organisations("Ada Quill told the Senate that Congress must act.") == [
        "Senate",
        "Congress",
    ]


def test_a_parliament_has_its_country() -> None:
    assert organisations("Ghana's Parliament passed the law.") == ["Parliament of Ghana"]
    assert organisations("Its parliament passed the law.") == []
