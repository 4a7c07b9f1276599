"""Which names of different articles may be one entity, and what the articles must say for it. All
names are invented.
"""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from flows.annotate.model import LABELS
from flows.annotate.names.words import distance
from flows.link.entities import (
    Evidence,
    Likeness,
    Name,
    candidates,
    cluster,
    compare,
    is_prominent,
    may_attach,
    name_keys,
    pair,
    part_generations,
)
from flows.link.entities.spelling import is_near, is_one_sound

GOOD, FAIR, NONE = (
    Evidence(telling=3, plain=2, agreeing=2, sampled=2),
    Evidence(telling=1, agreeing=1, sampled=1),
    Evidence(plain=9, sampled=2),
)


def name(text: str, label: str = "PERSON", count: int = 1) -> Name:
    return Name(f"{label} {text}", text, label, count)


def judged(one: str, other: str, label: str = "PERSON") -> Likeness | None:
    """How two names are alike, None too where they do not even find each other."""
    return (
        compare(name(one, label), name(other, label))
        if name_keys(one, label).group == name_keys(other, label).group
        else None
    )


MAY_MEET = [
    ("PERSON", "Katarina Brundvik", "Catarina Brundvik", "spelling", 2),
    ("PERSON", "Vassily Torenko", "Vasili Torenko", "spelling", 2),
    # letters that are no letter with an accent
    ("PERSON", "Guðrún Brundvik", "Gudrun Brundvik", "spelling", 2),
    ("PERSON", "Søren Okelsky", "Soren Okelsky", "spelling", 2),
    ("PERSON", "Łukasz Torenko", "Lukasz Torenko", "spelling", 2),
    ("PERSON", "Stefan Ogrodnik", "Stephan Ogrodnik", "spelling", 2),
    ("PERSON", "Bruna Okelsky", "Bruna Okelskyy", "spelling", 2),
    ("PERSON", "Tedrosh Wolmarik", "Tedroush Wolmarik", "spelling", 4),
    ("PERSON", "Brundvik Katarina", "Katarina Brundvik", "order", 2),
    ("PERSON", "Shen Yinlong", "Yinlong Shen", "order", 2),
    ("PERSON", "Ana Brundvik", "Ana Lucia Brundvik", "middle", 2),
    ("PERSON", "Ana Brundvik", "Ana L. Brundvik", "middle", 0),
    ("PERSON", "Ana L. Brundvik", "Ana Lucia Brundvik", "middle", 2),
    ("PERSON", "J. Martin Brundvik", "Martin Brundvik", "middle", 0),
    ("PERSON", "Bill Brundvik", "William Brundvik", "nickname", 2),
    ("PERSON", "Joe Brundvik", "Joseph R. Brundvik Jr.", "nickname", 2),
    ("PERSON", "Dorian Brundvik", "Dorian Brundvik Jr.", "generation", 2),
    ("PERSON", "Ada van der Brundvik", "Ada Brundvik", "spelling", 2),
    ("ORG", "Ministry of Health of Kenya", "Kenyan Health Ministry", "body", 0),
    ("ORG", "Kenya's Ministry of Health", "Kenyan Ministry of Health", "body", 0),
    ("ORG", "Peruvian Defence Ministry", "Ministry of Defense of Peru", "body", 0),
    ("ORG", "Quilvar University", "Quilvar University of Ghana", "country", 2),
    ("ORG", "Quarrick", "Quarrick Motor", "short", 4),
    ("ORG", "Quarrick Hallen", "Quarrick Hallen Critical Systems", "short", 4),
]


@pytest.mark.parametrize(("label", "one", "other", "reason", "needed"), MAY_MEET)
def test_names_that_may_be_one(label: str, one: str, other: str, reason: str, needed: int) -> None:
    for likeness in (judged(one, other, label), judged(other, one, label)):
        assert likeness is not None
        assert (likeness.reason, likeness.needed) == (reason, needed)


NEVER_MEET = [
    ("PERSON", "Mary K. Brundvik", "Martha Brundvik"),
    ("PERSON", "Mary K. Brundvik", "Mary T. Brundvik"),
    ("PERSON", "Oren H.W. Brundvik", "Oren W. Brundvik Sr."),
    ("PERSON", "Jesse L. Brundvik Jr.", "Jesse L. Brundvik Sr."),
    ("PERSON", "Linda T. Brundvik", "Linus T. Brundvik"),
    ("PERSON", "Robert Brundvik", "Albert Brundvik"),
    ("PERSON", "Joseph R. Tarrant Jr", "Jesse L. Brundvik Jr"),
    ("PERSON", "Katarina Brundvik", "Sofia Brundvik"),
    ("PERSON", "Mario Brundvik", "Maria Brundvik"),
    ("PERSON", "Bjørn Brundvik", "Bjarne Brundvik"),
    ("PERSON", "Jean Brundvik", "Joan Brundvik"),
    ("PERSON", "Frances Brundvik", "Francis Brundvik"),
    ("PERSON", "Daniel Brundvik", "Daniela Brundvik"),
    ("PERSON", "Hassan Torenko", "Hussein Torenko"),
    ("PERSON", "Kim Jong Vul", "Kim Yong Vul"),
    ("PERSON", "Ana Lucia Brundvik", "Ana Sofia Brundvik"),
    ("PERSON", "Thomas Martin", "Martin Thomas"),
    ("PERSON", "Katarina Brundvik", "Katarina Torenko"),
    ("ORG", "Ministry of Health of Kenya", "Ministry of Health of Ghana"),
    ("ORG", "Ministry of Health of Kenya", "Kenyan Defence Ministry"),
    ("ORG", "Ministry of Health", "Health Ministry"),
    ("ORG", "Supreme Court", "Supreme Court of Kenya"),
    ("ORG", "Quilvar University of Kenya", "Quilvar University of Ghana"),
    ("ORG", "Bank of Kenya", "Bank"),
    ("ORG", "Quarrick", "Quarrick Institute"),
    ("ORG", "Quarrick", "Quarrick News"),
    ("ORG", "Quarrick Hallen", "Quarrick Hallen Foundation"),
    ("ORG", "American", "American Airlines"),
    ("GPE", "Wexcombe", "Wexcomb"),
]


@pytest.mark.parametrize(("label", "one", "other"), NEVER_MEET)
def test_names_that_never_are(label: str, one: str, other: str) -> None:
    assert judged(one, other, label) is None
    assert judged(other, one, label) is None


def test_a_person_whom_a_recogniser_took_for_something_else() -> None:
    many, few = name("Martha Brundvik", "PERSON", 5), name("Martha Brundvik", "ORG", 1)
    assert compare(many, few) == Likeness("type", 2)
    assert name_keys("Martha Brundvik", "ORG").group == name_keys(many.name, "PERSON").group
    assert compare(replace(many, article_count=1), replace(few, article_count=5)) is None
    assert compare(name("Quilvar Brundvik", count=5), name("Quilvar Brundvik", "ORG")) is None


def test_one_name_under_two_types() -> None:
    assert compare(name("Kursel", "GPE"), name("Kursel", "LOC")) == Likeness("type", 2)
    assert compare(name("Wexcombe Cup", "MISC"), name("Wexcombe Cup", "EVENT")) == Likeness(
        "type", 0
    )
    assert compare(name("Lake Ellery", "LOC"), name("Lake Ellery", "GPE")) == Likeness("type", 0)
    assert compare(name("Nairobi", "GPE"), name("Nairobi", "ORG")) == Likeness("type", 2)
    assert compare(name("Wexcombe", "GPE"), name("Wexcombe", "ORG")) is None
    assert compare(name("Wexcombe", "GPE"), name("Wexcombe", "PERSON")) is None
    assert name_keys("Kursel", "GPE").group == name_keys("Kursel", "LOC").group


@pytest.mark.parametrize(
    ("short", "full", "label", "offered"),
    [
        ("Brundvik", "Katarina Brundvik", "PERSON", True),
        ("Shen", "Shen Yinlong", "PERSON", True),
        ("van Torenko", "Ada van Torenko", "PERSON", True),
        ("Torenko", "Ada van Torenko", "PERSON", True),
        ("Al-Karmi", "Omar al-Karmi", "PERSON", True),
        ("K. Brundvik", "Katarina Brundvik", "PERSON", True),
        ("K.F. Brundvik", "Katarina Brundvik", "PERSON", True),
        ("Mr van Torenko", "Dr. Ada van Torenko", "PERSON", True),
        ("Gen. K. Brundvik", "Gen. Katarina Brundvik", "PERSON", True),
        ("T. Brundvik", "Katarina Brundvik", "PERSON", False),
        ("Katarina", "Katarina Brundvik", "PERSON", False),
        ("Lucia", "Ana Lucia Brundvik", "PERSON", False),
        # several clubs have the first nickname; the second has no club of that name
        ("Chargers", "San Diego Chargers", "ORG", True),
        ("Chargers", "Los Angeles Chargers", "ORG", True),
        ("Chargers", "Quillow Chargers", "ORG", False),
    ],
)
def test_short_names_find_the_full_ones_that_offer_them(
    short: str, full: str, label: str, offered: bool
) -> None:
    look = name_keys(short, label).look
    assert look is not None
    assert name_keys(full, label).look is None
    assert (look in name_keys(full, label).offers) is offered


@pytest.mark.parametrize(
    ("full", "offered"),
    [
        ("Katarina Brundvik", ["given katarina"]),
        ("Dr. Katarina M. Brundvik Jr.", ["given katarina"]),
        ("Shen Yinlong", []),  # a family name may open: it is offered as a surname
        ("Quilvar Brundvik", []),
        ("K. Brundvik", []),
    ],
)
def test_a_full_name_offers_its_given_name(full: str, offered: list[str]) -> None:
    offers = name_keys(full, "PERSON").offers
    assert [offer for offer in offers if offer.startswith("given ")] == offered


def test_an_acronym_needs_a_prominent_bearer_and_agreeing_articles() -> None:
    assert is_prominent(1, 0)
    assert is_prominent(40, 2)
    assert not is_prominent(39, 2)
    assert not is_prominent(0, 0)
    assert may_attach("letters", GOOD)
    assert may_attach("acronym", FAIR)
    assert not may_attach("letters", FAIR)
    assert not may_attach("acronym", NONE)


def test_evidence_needs_a_telling_name_and_agreement_in_half_of_the_articles() -> None:
    assert not Evidence(telling=0, plain=50, sampled=1).agrees(2)
    assert Evidence(telling=1, sampled=4, agreeing=1).agrees(2)
    assert not Evidence(telling=3, sampled=4, agreeing=1).agrees(4)
    assert Evidence(telling=1, plain=5, sampled=2, agreeing=1).agrees(4)
    both = Evidence(telling=9, plain=9, agreeing=1, sampled=1, is_together=True)
    assert not both.agrees(2)
    assert both.agrees(4, is_slip=True)


def test_a_spelling_that_no_list_has_may_be_a_slip() -> None:
    slips = [
        judged("Katarina Brundvick", "Katarina Brundvik"),
        judged("Tedrosh Wolmarik", "Tedroush Wolmarik"),
    ]
    assert [likeness and likeness.is_slip for likeness in slips] == [True, True]
    names = judged("Catherine Brundvik", "Katherine Brundvik")
    assert names is not None
    assert not names.is_slip


def decided(names: list[Name], evidence: Evidence = GOOD, **said: object) -> dict[str, str]:
    """Name → name of its entity, with the same evidence for every pair."""
    alike = candidates(names)
    found = cluster(names, alike, dict.fromkeys(alike, evidence), **said)  # type: ignore[arg-type]
    assert found.keys() == {n.name_id for n in names}
    texts = {n.name_id: n.name for n in names}
    return {texts[key]: texts.get(entity, entity) for key, (entity, _) in found.items()}


SPELLINGS = [
    name("Katarina Brundvik", count=3),
    name("Catarina Brundvik", count=9),
    name("Katharina Brundvik"),
]


def test_spellings_join_the_name_in_most_articles() -> None:
    assert set(decided(SPELLINGS).values()) == {"Catarina Brundvik"}
    assert decided(SPELLINGS, NONE) == {n.name: n.name for n in SPELLINGS}


def test_the_order_of_the_names_is_no_matter() -> None:
    names = [
        *SPELLINGS,
        name("Ana Brundvik"),
        name("Ana Lucia Brundvik"),
        name("Anna Lucia Brundvik"),
    ]
    assert len({tuple(sorted(decided(list(order)).items())) for order in permutations(names)}) == 1


def test_a_name_that_may_be_either_of_two_is_neither() -> None:
    names = [name("Ana Brundvik", count=50), name("Ana Lucia Brundvik"), name("Ana Sofia Brundvik")]
    assert decided(names) == {n.name: n.name for n in names}
    assert set(decided(names[:2]).values()) == {"Ana Brundvik"}


def test_what_people_say_overrides() -> None:
    one, two, three = (n.name_id for n in SPELLINGS)
    apart = decided(SPELLINGS, apart={pair(one, two)})
    assert apart["Katarina Brundvik"] != apart["Catarina Brundvik"]
    assert decided(SPELLINGS, NONE, fixed={three: two})["Katharina Brundvik"] == "Catarina Brundvik"
    assert set(decided(SPELLINGS, fixed={three: "somebody"}).values()) == {"somebody"}
    told = decided(SPELLINGS, fixed={one: "first", two: "second"})
    assert (told["Katarina Brundvik"], told["Catarina Brundvik"]) == ("first", "second")


def test_too_common_a_name_is_compared_for_its_foremost_only() -> None:
    names = [
        name(f"Ana M{chr(97 + n // 26)}{chr(97 + n % 26)}lo Brundvik", count=n) for n in range(200)
    ]
    assert len(candidates(names)) == 60 * 59 / 2


def test_spelling() -> None:
    assert is_one_sound("sergei", "serguey") is is_one_sound("omar", "umar") is False
    assert is_one_sound("vasily", "vasilii")
    assert is_near("wolmarik", "wolmarek")
    assert not is_near("wolmar", "wolmara")
    assert is_near("wolm", "wolme")  # the "e" is silent
    assert not is_near("clark", "clarke")  # both are listed
    assert not is_near("wol", "wole")
    assert distance("torenko", "trenko") == 1
    assert distance("", "abc") == 3


@given(st.text(), st.text(), st.sampled_from(LABELS))
def test_any_two_names_can_be_compared_and_it_does_not_matter_which_is_first(
    one: str, other: str, label: str
) -> None:
    assert compare(name(one, label), name(other, label)) == compare(
        name(other, label), name(one, label)
    )
    keys = name_keys(one, label)
    assert all(0 < len(key) <= 300 for key in (keys.group, *keys.offers, keys.look or keys.group))


def test_a_junior_and_a_senior_of_one_article_part_all_their_names() -> None:
    named = ["Jonas L. Quill", "Jonas L. Quill Jr.", "Jonas Quill", "Jonas Quill Jr."]
    names = {name: Name(name, name, "PERSON") for name in named}
    alike = candidates(list(names.values()))
    agreeing = {key: Evidence(telling=4, agreeing=1, sampled=1) for key in alike}
    together = pair("Jonas L. Quill", "Jonas L. Quill Jr.")
    told = agreeing | {together: Evidence(telling=4, agreeing=1, sampled=1, is_together=True)}
    part_generations(names, alike, told)
    decided = cluster(list(names.values()), alike, told)
    assert decided["Jonas Quill"][0] == decided["Jonas L. Quill"][0]
    assert decided["Jonas Quill Jr."][0] == decided["Jonas L. Quill Jr."][0]
    assert decided["Jonas Quill"][0] != decided["Jonas Quill Jr."][0]
    alone = {key: Name(key, key, "PERSON") for key in ("Jonas Quill", "Jonas Quill Jr.")}
    open_pair = candidates(list(alone.values()))
    part_generations(alone, open_pair, agreeing)
    assert None not in open_pair.values()
