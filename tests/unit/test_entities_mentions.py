"""Mentions in invented sentences: where they stand, what they are, and what name an article gives
them.
"""

from __future__ import annotations

import re

import pytest

from flows.annotate.entities import find_mentions
from flows.annotate.model import LABELS


def marked(text: str) -> list[tuple[str, str]]:
    return [(text[mention.start : mention.end], mention.label) for mention in find_mentions(text)]


def named(text: str) -> dict[str, str]:
    return {text[mention.start : mention.end]: mention.name for mention in find_mentions(text)}


SENTENCES = """
President [Ngozi Adeleke|PERSON] arrived in [Lusaka|GPE] on Tuesday.
Officials at the [Ministry of Fisheries|ORG] blamed [Hao Wenjun|PERSON], a trader from [Quanzhou|GPE].
[Kenyan|NORP] police said they had found the boat in [Lake Victoria|LOC].
Talks between [Brazil|GPE] and [Paraguay|GPE] will resume in May.
Fishing is difficult here, and nobody in the village was paid.
I think I'm late. Yes, it was on Monday, April 3.
The [US|GPE] and the [UN|ORG] agreed with the [WHO|ORG].
Let us agree who pays.
Justice [Themba Mokoena|PERSON] told the [High Court|ORG] that Mrs [van der Walt|PERSON] had lied.
[Colombia|GPE]’s [Juan Camilo Restrepo|PERSON] beat [Japan|GPE]’s [Kenta Morita|PERSON].
A [US|GPE]-backed force entered [Aleppo|GPE], said ex-President [Karim Mansour|PERSON].
Judge [Maria T. Alvarez|PERSON] freed [K. Subramaniam|PERSON] and [J.P. Okafor|PERSON].
The [Union of Tollmere Bakers|ORG] met on Monday.
A [Federation of Indian Rowers|ORG] spokesman left.
She won the award at a [Confederation of Island Football|ORG] ([CIF|ORG]) gala.
The [Railway Workers Union of India|ORG] went on strike.
The [Energy Regulation Board of Zambia|ORG] raised prices.
The [Liberal Farmers Party of Chile|ORG] lost two seats.
The [Institute of Marine Science of Peru|ORG] found it.
The Board of Directors met in [Lima|GPE].
[Chargers|ORG] defensive lineman [Omar Ruiz|PERSON] was fined.
Athletics coach [Ada Quill|PERSON] left.
The [Sailors Club|ORG] and [Ada Quill|PERSON] of [Malta|GPE] won.
""".strip().split("\n")  # noqa: E501
ENTITY = re.compile(r"\[([^|\]]+)\|(\w+)\]")


@pytest.mark.parametrize("sentence", SENTENCES)
def test_sentences(sentence: str) -> None:
    assert marked(ENTITY.sub(r"\1", sentence)) == ENTITY.findall(sentence)


def test_a_surname_takes_the_name_that_the_article_gives_in_full() -> None:
    text = "Rosa Quintero Paz, the mayor of Tarija, resigned. Ms Quintero Paz gave no reason. "
    text += "Her deputy, Iván Salas, said Salas would not run."
    assert named(text)["Salas"] == "Iván Salas"
    assert named(text)["Quintero Paz"] == "Rosa Quintero Paz"


def test_a_family_name_that_stands_first_is_resolved() -> None:
    text = (
        "President Baek Dong-won met farmers in Seoul. Mr Baek said that prices would fall. "
        "Baek then left for Tokyo."
    )
    assert {mention.name for mention in find_mentions(text) if mention.label == "PERSON"} == {
        "Baek Dong-won"
    }


def test_of_two_with_one_surname_the_nearest_before_is_meant() -> None:
    text = (
        "Anders Lindqvist, a lawyer, spoke first. Mr Lindqvist was calm. Then came Maria "
        "Lindqvist, a nurse. Ms Lindqvist wept."
    )
    names = [mention.name for mention in find_mentions(text) if mention.label == "PERSON"]
    assert names == ["Anders Lindqvist", "Anders Lindqvist", "Maria Lindqvist", "Maria Lindqvist"]


def test_spellings_of_a_country_have_its_name() -> None:
    text = (
        "The U.S. and Britain disagreed. Officials in the United States said the UK was "
        "wrong, and America would wait."
    )
    assert [mention.name for mention in find_mentions(text)] == [
        "United States",
        "United Kingdom",
        "United States",
        "United Kingdom",
        "United States",
    ]


def test_a_short_form_in_brackets_is_resolved() -> None:
    text = (
        "The Federation of Highland Miners (FHM) called a strike in Potosí. The FHM said "
        "that its members would march."
    )
    assert [mention.name for mention in find_mentions(text) if mention.label == "ORG"] == [
        "Federation of Highland Miners"
    ] * 3


def test_a_headline_in_capitals_gives_names_in_small_letters() -> None:
    text = (
        "PRESIDENT KARIM MANSOUR FLIES TO NAIROBI FOR TALKS\n\nKarim Mansour left Tunis on Friday. "
    )
    text += "He will meet Kenyan ministers in Nairobi."
    names = {mention.name for mention in find_mentions(text)}
    assert {"Karim Mansour", "Nairobi", "Tunis"} <= names
    assert "NAIROBI" not in names


def test_a_dateline_in_capitals_gives_the_towns_name_in_small_letters() -> None:
    assert (
        named("LIMA, July 3 - Farmers blocked the road to Cusco on Friday, the police said.")[
            "LIMA"
        ]
        == "Lima"
    )


def test_names_hold_no_bylines_and_no_marks() -> None:
    text = (
        "NAIROBI (Reuters) – Njoroge Kamau/AFP News. © Reuters/Lena Brandt | "
        "<b>Kigali</b>\nWanjiru Otieno\nKampala"
    )
    for mention in find_mentions(text):
        assert not set(mention.name) & set("()/©|<>\n–")
    assert {"Lena Brandt", "Wanjiru Otieno", "Kampala"} <= {
        mention.name for mention in find_mentions(text)
    }


def test_no_name_crosses_a_line_or_a_sentence() -> None:
    for text in (
        "Carlos Rivas\nLima",
        "He met Carlos Rivas. Lima was quiet.",
        "He met Carlos Rivas.\n\nLima was quiet.",
    ):
        assert [text[mention.start : mention.end] for mention in find_mentions(text)] == [
            "Carlos Rivas",
            "Lima",
        ]


def test_labels_are_those_of_the_model() -> None:
    text = (
        "At the World Cup in Qatar, Muslim fans of Al-Ahly read the Treaty of Lisbon beside "
        "the Nile with Omar Haddad."
    )
    labels = {mention.label for mention in find_mentions(text)}
    assert labels <= set(LABELS)
    assert {"PERSON", "NORP", "GPE"} <= labels


def test_places_told_together_are_two() -> None:
    text = "Envoys of North and South Korea met in Geneva."
    assert {"North": "North Korea", "South Korea": "South Korea"}.items() <= named(text).items()


def test_countries_that_a_hyphen_joins_are_two() -> None:
    text = "The Russia-North Korea pact and the US-China talks worried officials in Guinea-Bissau."
    assert {"Russia", "North Korea", "United States", "China", "Guinea-Bissau"} == {
        mention.name for mention in find_mentions(text)
    }


@pytest.mark.parametrize(
    ("text", "surface", "label"),
    [
        (
            "The Ministry of Agriculture, Livestock and Fisheries closed the port.",
            "Ministry of Agriculture, Livestock and Fisheries",
            "ORG",
        ),
        (
            "He wrote to the Ministry of Health, Police and farmers in Lima.",
            "Ministry of Health",
            "ORG",
        ),
        (
            "The union, the International Dock Workers’ Federation, called a strike.",
            "International Dock Workers’ Federation",
            "ORG",
        ),
        ("Zainab Haddad KC, for the families, said so.", "Zainab Haddad", "PERSON"),
        ("The army met Gen. Prasit Wongsa on Monday.", "Prasit Wongsa", "PERSON"),
        ("On Friday Presidents Okoro and Vance met in Geneva.", "Okoro", "PERSON"),
        ("He was born in Tamil Nadu.", "Tamil Nadu", "GPE"),
    ],
)
def test_mentions_end_where_names_do(text: str, surface: str, label: str) -> None:
    assert (surface, label) in {(text[m.start : m.end], m.label) for m in find_mentions(text)}


def test_sums_are_no_places() -> None:
    assert find_mentions("It cost US$4 million, he said on Sunday.") == ()


def test_a_surname_that_begins_small_opens_a_sentence_with_a_capital() -> None:
    text = "Former attorney Renato diMarca blasted the raid. DiMarca praised the court."
    assert named(text)["DiMarca"] == "Renato diMarca"
