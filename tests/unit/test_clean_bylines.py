"""Who wrote it, where pages name people beside organisations, dates, places and buttons."""

from __future__ import annotations

import pytest
from lxml import html

from flows.clean.metadata import read_metadata
from flows.clean.metadata.authors import clean_names

TEXT = "The council of Eastmere voted on Monday night to keep the old ferry running all winter."


def authors(head: str, body: str) -> tuple[str, ...]:
    root = html.document_fromstring(
        f"<html><head>{head}</head><body><h1>Ferry stays</h1>{body}<p>{TEXT}</p></body></html>"
    )
    lines = ["".join(map(str, node.itertext())) for node in root.iter("h1", "p")]
    return read_metadata(root, ["Ferry stays"], lines).authors


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("By Ann Lee, Bo Sand, and Tom Watts, CNN", ("Ann Lee", "Bo Sand", "Tom Watts")),
        ("Written by M Lark in Valve on 1 June 2031", ("M Lark",)),
        ("Steiger, Anna", ("Anna Steiger",)),
        ("(avec D Lelou et M Tualle)", ("D Lelou", "M Tualle")),
        ("+ Follow Ann Lee", ("Ann Lee",)),
        ("© K Führ", ("K Führ",)),
        ("Laura E. Adkin is Opinion Editor", ("Laura E. Adkin",)),
        ("Ann Lee March 2031", ("Ann Lee",)),
        ("Ann Lee and Bo Sand", ("Ann Lee", "Bo Sand")),
        ("Von Jan Feld und Mia Lund", ("Jan Feld", "Mia Lund")),
        ("Last Updated:", ()),
        ("Monday", ()),
        ("Name", ()),
        ("Recent Posts", ()),
        ("Follow", ()),
        ("Robin Friday", ("Robin Friday",)),
        ("May Lin", ("May Lin",)),
        ("Ann Lee, VMD, DACVB; Bo Sand, BA, LVT", ("Ann Lee", "Bo Sand")),
        ("CJ McKay and Ann Lee", ("CJ McKay", "Ann Lee")),
        ("AFP", ("AFP",)),
        ("∙ Paid", ()),
        ("View my whole profile", ()),
        ("Afficher toutes ses pages", ()),
        ("Ver todas sus notas", ()),
        ("Se Ri Park", ("Se Ri Park",)),
        ("Alles von Jan Feld", ("Jan Feld",)),
        ("Gastbeitrag von Mia Lund", ("Mia Lund",)),
        ("The following is a guest column by Ann Lee", ("Ann Lee",)),
        ("Winter booklet illustrated by Ann Lee", ()),
        ("Ann Contact", ("Ann Contact",)),
        ("April Rose", ("April Rose",)),
        ("Ann March", ("Ann March",)),
    ],
)
def test_names_without_what_stands_beside_them(written: str, names: tuple[str, ...]) -> None:
    found = clean_names([written])
    assert tuple(name for name in found if name != "CNN") == names


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (
            '<meta name="author" content="Harbour Post">',
            '<p class="byline">By Ann Lee</p>',
            ("Ann Lee",),
        ),
        (
            '<meta name="author" content="AFP">',
            '<a rel="author" href="/x">Ann Lee</a>',
            ("Ann Lee",),
        ),
        ('<meta name="author" content="Harbour Post">', "", ("Harbour Post",)),
        (
            '<meta name="author" content="Ann Lee">',
            '<p class="byline">By Bo Sand</p>',
            ("Bo Sand",),
        ),
        (
            "",
            '<div class="byline"><div>By <span>Joe Davids</span></div><div>Harbour '
            "Post</div></div>",
            ("Joe Davids",),
        ),
        ("", "<address>By <a href=/a>Ann Lee</a></address>", ("Ann Lee",)),
        ("", '<form><p class="comment-form-author"><label>Name</label></p></form>', ()),
        ("", '<div class="comment"><span class="author">Ann Lee</span></div>', ()),
    ],
)
def test_people_come_before_organisations(head: str, body: str, names: tuple[str, ...]) -> None:
    assert authors(head, body) == names


META = '<meta name="author" content="Ann Lee">'


@pytest.mark.parametrize(
    ("head", "body", "names"),
    [
        (META, "<p>By Bo Sand. This text was written on the ferry.</p>", ("Bo Sand",)),
        (META, "<p>By Bo Sand, MS, RDN</p>", ("Bo Sand",)),
        (META, "<p>By Ann Lee and Bo Sand</p>", ("Ann Lee", "Bo Sand")),
        (META, "<p>By A. Lee</p>", ("Ann Lee",)),  # the same person in short
        (META, "<p>By Harbour Post</p>", ("Ann Lee",)),
        (META, "<p>By Bo SandUpdated May</p>", ("Ann Lee",)),  # two elements run together
        (META, f"<p>{TEXT}</p><p>{TEXT} Yes.</p><p>By Bo Sand</p>", ("Ann Lee",)),  # a card
        ("", "<p>Bo Sand | Senior Writer | July 2, 2031</p>", ("Bo Sand",)),
        ("", "<p>Port Ellery | Harbour | Boats</p>", ()),
        ("", "<p>Posted by Bo Sand on 2031-12-18 in boats. Tags: ferry.</p>", ("Bo Sand",)),
        ("", "<p>This piece is a guest essay by Bo Sand.</p>", ("Bo Sand",)),
        ("", "<p>This is a guest house by Ellery Bay.</p>", ()),
        ("", "<p>By Monday Morning on the pier all was quiet.</p>", ()),
        (
            "",
            '<ul><li class="author">Mia Lund</li></ul><p>par Jan Feld, 21 juin 2031</p>',
            ("Jan Feld",),
        ),
        (
            "",
            '<p class="author">Jan Feld</p><p class="author">Mia Lund</p><p>By Jan Feld</p>',
            ("Jan Feld", "Mia Lund"),
        ),
    ],
)
def test_the_byline_at_the_headline(head: str, body: str, names: tuple[str, ...]) -> None:
    assert authors(head, body) == names
