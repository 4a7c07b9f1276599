"""Bylines in other markups and languages: who of those named wrote the article."""

from __future__ import annotations

import pytest

from flows.clean import clean_page
from flows.clean.metadata.authors import clean_names
from flows.clean.metadata.words import letters

TITLE = "Ferry stays for another winter"
TEXT = "".join(
    f"<p>{n}. The council voted on Monday night to keep the old ferry running.</p>" for n in "1234"
)


def authors(head: str, *, behind: str = "") -> list[str]:
    page = (
        f"<html><head><title>{TITLE}</title></head><body><article><h1>{TITLE}</h1>{head}{TEXT}"
        f"{behind}</article></body></html>"
    )
    return list(clean_page(page, is_html=True).authors)


@pytest.mark.parametrize(
    ("byline", "names"),
    [
        ("Von Anna Lerche, Redakteurin Lokales, Ostermeer", ["Anna Lerche"]),
        ("Par Anne Lorme, envoyée spéciale à Port-Levant", ["Anne Lorme"]),
        ("Anne Lorme (avec Denis Lelou et Marc Tual)", ["Anne Lorme", "Denis Lelou", "Marc Tual"]),
        ("Ann Lark + Follow", ["Ann Lark"]),
        ("Ann Lark Follow", ["Ann Lark"]),
        ("Автор: Анна Ларкина", ["Анна Ларкина"]),
        ("文・山田花子", ["山田花子"]),
        ("记者 王小明", ["王小明"]),
        ("김영희 기자", ["김영희"]),
        ("Yazar: Ayşe Yılmazer", ["Ayşe Yılmazer"]),
        ("Της Άννας Λαρκ", ["Άννας Λαρκ"]),
        ("Story by Ann Lark | Photographs by Bo Sand", ["Ann Lark"]),
        ("Text and photos by Ann Lark", ["Ann Lark"]),
        ("Von Anna Lerche und Madonna", ["Anna Lerche", "Madonna"]),
        ("Door Anna van der Meer en Jan de Zand", ["Anna van der Meer", "Jan de Zand"]),
        ("By de Witt Lark", ["de Witt Lark"]),
    ],
)
def test_names_of_a_byline(byline: str, names: list[str]) -> None:
    assert list(clean_names([byline])) == names


def test_a_line_that_says_when_and_then_by_whom() -> None:
    line = '<p class="entry-meta">Posted on November 3, 2031 by <a>Mara Lark</a> in <a>News</a></p>'
    assert authors(line) == ["Mara Lark"]


def test_addresses_in_a_margin_stand_side_by_side() -> None:
    margin = "<aside><address>Ann Lark</address><address>Bo Sand</address></aside>"
    assert authors(margin) == ["Ann Lark", "Bo Sand"]


def test_the_author_of_a_card_below_is_not_the_articles() -> None:
    card = '<div class="card"><h3><a>Other tale</a></h3><span class="author">Zed Moor</span></div>'
    byline = '<header><p class="byline">By Ann Lark</p></header>'
    assert authors(byline, behind=card) == ["Ann Lark"]


def test_authors_in_one_list_stand_beside_each_other() -> None:
    names = '<ul><li><a class="author">Ann Lark</a></li><li><a class="author">Bo Sand</a></li></ul>'
    assert authors(names) == ["Ann Lark", "Bo Sand"]


def test_letters_of_ascii_are_read_as_those_of_other_texts() -> None:
    assert letters("Foo_Bar: A1,\n x-y\x1f") + " é" == letters("Foo_Bar: A1,\n x-y\x1f É")
    assert letters("Foo_Bar: A1, x-y") == "foo_bar a1 x y"
