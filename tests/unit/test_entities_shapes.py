"""Types and edges that the form of a name gives, and names that look like them."""

from __future__ import annotations

import pytest

from flows.annotate import name_entities
from flows.annotate.entities.article import Article
from flows.annotate.entities.certain import settle
from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.model import Span
from flows.annotate.entities.runs import find_runs
from flows.annotate.entities.tokens import tokenise

CASES = [
    # families with "Al-" are one name, with and without titles before it
    (
        "He met Badr Al-Hamid Al-Noor Al-Qasim on Monday.",
        [("Badr Al-Hamid Al-Noor Al-Qasim", "PERSON")],
    ),
    (
        "A letter from Crown Prince Sheikh Nadir Al-Hamid Al-Noor arrived.",
        [("Nadir Al-Hamid Al-Noor", "PERSON")],
    ),
    ("Clashes went on near Deir Al-Noor.", [("Deir Al-Noor", "GPE")]),
    # the word "party" belongs to a party
    (
        "The union backs the Labour party. The Conservative party said no.",
        [("Labour party", "ORG"), ("Conservative party", "ORG")],
    ),
    ("The birthday party in Oslo ended late.", [("Oslo", "GPE")]),
    # two bodies that "and" joins; one body with "and" in its name
    (
        "Lenders such as the Pacific Grain Investment Bank and Chile Rana Bank in the plan win.",
        [("Pacific Grain Investment Bank", "ORG"), ("Chile Rana Bank", "ORG")],
    ),
    ("He left Harwick Bank and Trust Company.", [("Harwick Bank and Trust Company", "ORG")]),
    # a firm with a country's name; a country and whoever comes from it
    ("Apart from Chad Zinco's contracts, it keeps all.", [("Chad Zinco", "ORG")]),
    ("The ambassador to Jordan Omar Haddad left.", [("Jordan", "GPE"), ("Omar Haddad", "PERSON")]),
    # sums of money
    ("The loan (US $75 million) and A$ 20 are paid.", []),
    # letters and capitals within a word are no person, but behind a title and in Scottish names
    (
        'Loss of ALI orders would hurt the maker. "As part of us, ALI\'s business will go on," '
        "it said. The company talked with ALI, without giving details.",
        [("ALI", "ORG")],
    ),
    (
        "The group acquires server vendor SeaQuant. To date, SeaQuant has used chips.",
        [("SeaQuant", "ORG")] * 2,
    ),
    (
        "Ian McAvoy and Ann DeLuca met. McAvoy left.",
        [("Ian McAvoy", "PERSON"), ("Ann DeLuca", "PERSON"), ("McAvoy", "PERSON")],
    ),
    # what is said of a firm or a paper beside its name
    (
        "The francophone daily Vapari announced its end. The closure of Vapari comes late.",
        [("Vapari", "ORG")] * 2,
    ),
    ("Rosa Forbin left. The Forbin magazine sold well.", [("Rosa Forbin", "PERSON")]),
    (
        "He watched Dick Corvin Productions deny it with Dick Corvin.",
        [("Dick Corvin Productions", "ORG"), ("Dick Corvin", "PERSON")],
    ),
    (
        "Steve Menk, a vice president of sales for Dragor, Inc., says so. Dragor sells.",
        [("Steve Menk", "PERSON"), ("Dragor", "ORG"), ("Dragor", "ORG")],
    ),
    (
        "Saik Rayes, VP analyst at Garton, wept. So did Ana Menk, an analyst at Corvin.",
        [("Saik Rayes", "PERSON"), ("Garton", "ORG"), ("Ana Menk", "PERSON"), ("Corvin", "ORG")],
    ),
    (
        "Hunter Dravis outlets closed, Hunter Dravis said. Ana Menk stores coal.",
        [("Hunter Dravis", "ORG"), ("Hunter Dravis", "ORG"), ("Ana Menk", "PERSON")],
    ),
    ("Auditors at Martin Tolland left.", [("Martin Tolland", "ORG")]),
    ("They met at Oscar Heights.", [("Oscar Heights", "LOC")]),
    ("Ana Menk, a doctor at Lagos, left.", [("Ana Menk", "PERSON"), ("Lagos", "GPE")]),
    ("Seoul expects 200 MWh. A unit costs $0.07/kWh there.", [("Seoul", "GPE")]),
    # somebody who is brought in
    ("The firm brought in Felix Tadlow as coach.", [("Felix Tadlow", "PERSON")]),
    ("They live in Charlotte Amalie.", [("Charlotte Amalie", "GPE")]),
    # people behind "to", and where two of them are from
    ("The prize went to Ray Morlow. Sailors had paid for it.", [("Ray Morlow", "PERSON")]),
    ("They sailed to Coral Bay Sands.", [("Coral Bay Sands", "GPE")]),
    (
        "Representatives Hugo Lindt of California and Ida Lorne of Texas wrote the bill.",
        [
            ("Hugo Lindt", "PERSON"),
            ("California", "GPE"),
            ("Ida Lorne", "PERSON"),
            ("Texas", "GPE"),
        ],
    ),
    (
        "Former Sens. Jonas Weir and Petra Moss met Tom Hansen of Texas and Ida Lorne of Utah.",
        [
            ("Jonas Weir", "PERSON"),
            ("Petra Moss", "PERSON"),
            ("Tom Hansen", "PERSON"),
            ("Texas", "GPE"),
            ("Ida Lorne", "PERSON"),
            ("Utah", "GPE"),
        ],
    ),
    # a state before "Gov.", and a firm that is named with its "Corp." elsewhere
    (
        "The board was told on Monday that he met Florida Gov. Ina Moss and then left the hall.",
        [("Florida", "GPE"), ("Ina Moss", "PERSON")],
    ),
    (
        "Tarn Steel Corp. and its owner fell. Tarn Steel said it was sad.",
        [("Tarn Steel Corp", "ORG"), ("Tarn Steel", "ORG")],
    ),
    # letters in brackets are what stands before them
    (
        "Police cited the Data Secrecy Act (DSA). A first DSA hearing begins on Monday.",
        [("Data Secrecy Act", "MISC"), ("DSA", "MISC"), ("DSA", "MISC")],
    ),
    ("Patients with river fever (RF) were moved. RF is rare.", [("RF", "MISC")] * 2),
    ("A special inquiry team (SIT) was set up. The SIT met.", [("SIT", "ORG")] * 2),
    # titles alone, and the article that opens a sentence
    (
        "Lt. Col. Amos B. Keller testified. Col. Keller wept.",
        [("Amos B. Keller", "PERSON"), ("Keller", "PERSON")],
    ),
    (
        "The film is on Umbani Magic. The Umbani Magic drama follows her.",
        [("Umbani Magic", "GPE")] * 2,
    ),
    (
        "The White House said no. The Kremlin agreed.",
        [("White House", "ORG"), ("Kremlin", "ORG")],
    ),
    # a club by its last word
    (
        "Velden Rovers drew with Ridley Rovers.",
        [("Velden Rovers", "ORG"), ("Ridley Rovers", "ORG")],
    ),
    # a number behind a person
    ("That is what he asked Martín Guzman 10 days ago.", [("Martín Guzman", "PERSON")]),
]


@pytest.mark.parametrize(("text", "found"), CASES)
def test_the_form_of_a_name_gives_its_type(text: str, found: list[tuple[str, str]]) -> None:
    mentions = name_entities(text, language="en").mentions
    assert [(text[m.start : m.end], m.label) for m in mentions] == found


def test_a_party_has_one_name_however_its_kind_is_written() -> None:
    mentions = name_entities("The Labour party won. The Labour Party lost.", language="en").mentions
    assert {m.name for m in mentions} == {"Labour Party"}


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Fans of Orla Fielding sang.", "PERSON"),
        ("Some of Orla Fielding shareholders sang.", "ORG"),
        ("Fans of Orla Bank sang.", "ORG"),
    ],
)
def test_a_full_name_by_the_lists_is_no_firm_though_the_model_says_so(
    text: str, label: str
) -> None:
    known = lexicon()
    tokens = tokenise(text, known)
    article = Article(tokens, find_runs(tokens, known), known)
    assert settle(tokens, [Span(2, 4, "ORG")], article, known) == [Span(2, 4, label)]
