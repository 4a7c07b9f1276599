"""A surname alone: whom it means by the articles of the days around, and when that stays open."""

from __future__ import annotations

from dataclasses import replace

from flows.link.entities.short_names import Bearer, Lone, choose_bearer

OWEN = Bearer("owen", "Owen Tarrant", frozenset(("p1",)), 40, False, True, 6, 2)
SISTER = Bearer("melinda", "Melinda Tarrant", frozenset(("p2",)), 2, False, False, 3, 2)


ZELMA = replace(OWEN, entity_id="zelma", name="Zelma Quill", is_given=True)
"""One of whom the word is the given name, which the short list of given names does not have."""


def chosen(*bearers: Bearer, gender: str | None = None, word: str = "tarrant") -> str | None:
    found = choose_bearer(Lone("n", "p", f"surname {word}", gender, bearers))
    return found.entity_id if found else None


def test_the_one_prominent_bearer_is_meant() -> None:
    assert chosen(OWEN) == "owen"
    assert chosen(OWEN, SISTER) == chosen(SISTER, OWEN) == "owen"


def test_nobody_is_meant_where_the_article_has_other_company() -> None:
    assert chosen(replace(OWEN, telling=0, plain=4)) is None
    assert chosen(replace(OWEN, telling=0, plain=5)) == "owen"
    assert chosen(replace(OWEN, telling=0, plain=5, article_count=9)) is None
    assert chosen(replace(OWEN, article_count=3, telling=1, plain=0)) is None
    assert chosen(replace(OWEN, telling=1, plain=0)) == "owen"


def test_two_prominent_bearers_leave_it_open() -> None:
    assert chosen(OWEN, replace(SISTER, article_count=9)) is None
    unnamed = replace(OWEN, is_called=False, telling=1, plain=2)
    assert chosen(replace(unnamed, article_count=7), replace(SISTER, telling=0)) is None
    assert chosen(replace(unnamed, article_count=8), replace(SISTER, telling=0)) == "owen"


def test_articles_and_company_are_weighed_together() -> None:
    rare, other = replace(OWEN, article_count=3, telling=2), replace(SISTER, telling=0)
    assert chosen(rare, other) == "owen"
    assert chosen(replace(rare, article_count=2), other) is None
    assert chosen(replace(rare, telling=1), other) is None
    assert chosen(replace(OWEN, article_count=18), replace(SISTER, telling=2)) == "owen"
    assert chosen(replace(OWEN, article_count=18), replace(SISTER, telling=3)) is None
    # nobody calls Tarrant Quill so
    assert chosen(replace(rare, name="Tarrant Quill", is_called=False), other) is None
    assert chosen(replace(rare, name="Tarrant Quill", is_called=True), other) == "owen"


def test_the_only_bearer_whom_articles_call_so_needs_less_company() -> None:
    sole = replace(OWEN, article_count=4, telling=1, plain=1)
    assert chosen(sole) == "owen"
    assert chosen(replace(sole, plain=0)) is None
    assert chosen(replace(sole, telling=0, plain=3)) is None
    assert chosen(replace(sole, article_count=3)) is None
    assert chosen(replace(sole, is_called=False)) is None
    assert chosen(sole, replace(SISTER, article_count=1, telling=0)) is None


def test_company_tells_where_the_others_share_hardly_any() -> None:
    stranger = replace(OWEN, telling=0, article_count=20)
    assert chosen(stranger, SISTER) == "melinda"
    assert chosen(stranger, replace(SISTER, telling=2)) is None
    known = replace(stranger, telling=1, article_count=19)
    assert chosen(known, SISTER) is None
    assert chosen(known, replace(SISTER, telling=4)) == "melinda"
    assert chosen(replace(stranger, article_count=21), SISTER) is None
    assert chosen(stranger, replace(SISTER, is_together=True)) is None


def test_a_title_rules_out_the_other_gender() -> None:
    assert chosen(OWEN, replace(SISTER, article_count=30), gender="he") == "owen"
    assert chosen(OWEN, gender="she") is None
    assert chosen(OWEN, SISTER, gender="she") == "melinda"


def test_whom_the_article_names_in_full_is_not_meant_unless_prominent() -> None:
    assert chosen(replace(SISTER, is_together=True)) is None
    assert chosen(OWEN, replace(SISTER, is_together=True)) == "owen"
    assert chosen(replace(OWEN, is_together=True)) == "owen"
    known = replace(SISTER, is_together=True, is_called=True)
    assert chosen(known) == "melinda"
    assert chosen(known, replace(OWEN, article_count=1, telling=0)) == "melinda"
    assert chosen(known, replace(OWEN, article_count=1, telling=1, plain=0)) is None
    assert chosen(replace(known, is_called=False), replace(OWEN, telling=0)) is None


def test_a_given_name_alone_is_of_whom_articles_call_so() -> None:
    assert chosen(ZELMA, word="zelma") == "zelma"
    assert chosen(replace(ZELMA, is_called=False), word="zelma") is None
    owen = replace(ZELMA, entity_id="quill", name="Owen Quill", is_called=False)
    assert chosen(owen, word="owen") == "quill"
    assert chosen(owen, word="owen", gender="she") is None
    assert chosen(owen, replace(owen, entity_id="sturge", name="Owen Sturge"), word="owen") is None
    # half a name of something else, such as the ship SS Saint Owen
    rare = replace(owen, article_count=9)
    assert chosen(rare, word="owen") is None
    assert chosen(replace(rare, is_called=True), word="owen") == "quill"
    assert chosen(replace(rare, is_called=True, is_together=True, telling=0), word="owen") is None


def test_the_only_bearer_of_a_given_name_needs_hardly_any_company() -> None:
    sole = replace(ZELMA, article_count=2, telling=1, plain=0)
    assert chosen(sole, word="zelma") == "zelma"
    assert chosen(replace(sole, article_count=1), word="zelma") is None
    assert chosen(replace(sole, telling=0, plain=2), word="zelma") is None
    assert chosen(replace(sole, is_given=False), word="zelma") is None
    other = replace(sole, entity_id="other", name="Zelma Sturge", telling=0)
    assert chosen(sole, other, word="zelma") is None
    # one whom nobody calls so is not meant, but leaves it open whom the article means
    assert chosen(sole, replace(other, is_called=False), word="zelma") is None


def test_a_word_is_a_surname_first_of_all() -> None:
    sitting = replace(SISTER, telling=1, plain=0, article_count=1)
    assert chosen(sitting, replace(ZELMA, name="Tarrant Quill")) is None
    assert chosen(OWEN, replace(ZELMA, name="Tarrant Quill")) == "owen"
    stranger = replace(sitting, telling=0)
    assert chosen(stranger, replace(ZELMA, name="Tarrant Quill")) == "zelma"
    few = replace(ZELMA, name="Tarrant Quill", article_count=1, telling=2)
    assert chosen(replace(stranger, article_count=9), few) is None
