"""Authors are people: out of crowded bylines, lines without markup, and heads that name a login or
the outlet.
"""

from __future__ import annotations

import pytest
from lxml import html

from flows.clean.metadata import read_metadata
from flows.clean.metadata.authors import clean_names
from flows.clean.metadata.bylines import line_authors, line_of_name

HEADLINE = "Ferry stays all winter"
URL = "https://lantern.example/ferry-stays"


def authors(head: str, body: str) -> tuple[str, ...]:
    root = html.document_fromstring(
        f"<html><head>{head}</head><body><div>{body}</div></body></html>"
    )
    lines = ["".join(map(str, node.itertext())) for node in root.iter("p", "h1")]
    return read_metadata(root, [HEADLINE], lines, url=URL).authors


@pytest.mark.parametrize(
    ("said", "names"),
    [
        (
            "Ada Lund, Bo Sand y Ciro Paz Hace 13 horas Tiempo de lectura: 8 minutos",
            ("Ada Lund", "Bo Sand", "Ciro Paz"),
        ),
        ("Ada Lund 5 min read", ("Ada Lund",)),
        ("Ada Lund 3 hours ago", ("Ada Lund",)),
        ("Von Ada Lund vor 3 Stunden Lesezeit: 4 Minuten", ("Ada Lund",)),
        ("wirtschaft von Ada Lund", ("Ada Lund",)),
        ("Ursula von Lund", ("Ursula von Lund",)),
        ("Ada Lund and Bo Sand, Extension educators", ("Ada Lund", "Bo Sand")),
        ("Marketing and Events Coordinator", ()),
        ("Ada and Bo", ("Ada", "Bo")),
        ("Reviewed by Ada Lund", ()),
        ("Ada Lund, fact-checked by Bo Sand", ("Ada Lund",)),
        ("Über Ada Lund", ("Ada Lund",)),
        ("Lantern Welle (www.lantern.example)", ()),
        ("Ada Lund (www.adalund.example)", ("Ada Lund",)),
        ("https://www.lantern.example/author/ada-lund/", ("Ada Lund",)),
    ],
)
def test_names_are_cut_out_of_crowded_bylines(said: str, names: tuple[str, ...]) -> None:
    assert clean_names([said], sites=("lantern example", "lantern")) == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        (["By Ada Lund ⋅ Harbour Editor ⋅ Updated 3 May 2031"], ("Ada Lund",)),
        (["by Ada Lund ● 3 May 2031 ● 6 min read"], ("Ada Lund",)),
        (["Contributors: Ada Lund"], ("Ada Lund",)),
        (["Autorin/Autor Ada Lund"], ("Ada Lund",)),
        (["Written by", "Ada Lund"], ("Ada Lund",)),
        (["Author:", "Ada Lund", "Bo Sand"], ("Ada Lund",)),
        (["Written by"], ()),
        (["Written by", "the sea on a cold day"], ()),
        (["Contributors", "Northern Water"], ()),
    ],
)
def test_lines_that_are_bylines(lines: list[str], names: tuple[str, ...]) -> None:
    assert line_authors(lines) == names


@pytest.mark.parametrize(
    ("lines", "names"),
    [
        ([HEADLINE, "Ada Lund", "3 May 2031"], ("Ada Lund",)),
        (
            [
                HEADLINE,
                "The boat sails when others cannot.",
                "Ada van der Lund",
                "#Harbour",
                "3 May 2031",
            ],
            ("Ada van der Lund",),
        ),
        ([HEADLINE, "Harbour News", "3 May 2031"], ()),  # the name of a section
        ([HEADLINE, "Ada Lund", "The boat sails."], ()),
        (["Ada Lund", "3 May 2031", HEADLINE], ()),
        ([HEADLINE, "Lantern Example", "3 May 2031"], ()),
        ([HEADLINE, *["The boat sails."] * 5, "Ada Lund", "3 May 2031"], ()),
        (["Ada Lund", "3 May 2031"], ()),
    ],
)
def test_a_name_alone_over_the_date_is_the_author(lines: list[str], names: tuple[str, ...]) -> None:
    assert line_of_name(lines, HEADLINE, sites=("lantern example",)) == names


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        ('<meta name="author" content="AdaL">', '<p class="author">Ada Lund</p>', ("Ada Lund",)),
        ('<meta name="author" content="AdaL">', "", ("AdaL",)),
        ('<meta name="shareaholic:article_author_name" content="Ada Lund">', "", ("Ada Lund",)),
        (
            "",
            '<p class="authors">wirtschaft von Ada Lund</p><p class="authors">wirtschaft</p>',
            ("Ada Lund",),
        ),
        (
            "",
            f'<div class="teaser-grid"><h1>{HEADLINE}</h1><p class="author">Ada Lund</p></div>',
            ("Ada Lund",),
        ),
        (
            "",
            f'<h1>{HEADLINE}</h1><div class="teaser-grid"><p class="author">Ada Lund</p><p '
            'class="author">Bo Sand</p></div>',
            (),
        ),
        ("", f"<h1>{HEADLINE}</h1><p>Ada Lund</p><p>3 May 2031</p>", ("Ada Lund",)),
    ],
)
def test_authors_of_pages(head: str, body: str, names: tuple[str, ...]) -> None:
    assert authors(head, body) == names


def test_a_site_that_bears_its_authors_name() -> None:
    card = (
        '<meta name="twitter:label1" content="Written by"><meta name="twitter:data1" '
        'content="Ada Lund">'
    )
    assert authors(f'<meta property="og:site_name" content="Ada Lund">{card}', "") == ("Ada Lund",)
    assert (
        authors(
            '<meta property="og:site_name" content="Lund '
            f'News">{card.replace("Ada Lund", "Lund News")}',
            "",
        )
        == ()
    )
