"""The words of zones.toml, tried on their own examples, and the selectors of site rules."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

import pytest
from lxml import html

from flows.clean.html.zones import most_prose, zone_of_words
from flows.clean.model import REASONS
from flows.clean.selectors import compile_selector, elements_of

ZONES: list[dict[str, Any]] = tomllib.loads(
    files("flows.clean.html").joinpath("zones.toml").read_text("utf-8")
)["zone"]


def test_a_zone_knows_its_words() -> None:
    found = [
        (zone["name"], value, zone_of_words(value)) for zone in ZONES for value in zone["cuts"]
    ]
    assert [each for each in found if each[0] != each[2]] == []


def test_a_zone_does_not_take_words_for_its_own() -> None:
    found = [(zone["name"], value) for zone in ZONES for value in zone["keeps"]]
    assert [(name, value) for name, value in found if zone_of_words(value) == name] == []


@pytest.mark.parametrize("names", ["newsletter cookie-bar", "cookieBar newsletter", "x-Cookie_y"])
def test_the_first_zone_of_the_table_wins_wherever_its_words_stand(names: str) -> None:
    assert zone_of_words(names) == "cookie_notice"


@pytest.mark.parametrize(
    ("names", "zone"),
    [
        ("page2Cookie7bar", "cookie_notice"),
        ("COOKIE_BAR", "cookie_notice"),
        ("wrapÉCookie", None),
        ("côtéCookie", "cookie_notice"),
        ("kComentários", "comments"),
        ("recookie", None),
        ("Xcookie", None),
    ],
)
def test_words_are_split_at_figures_signs_and_capitals(names: str, zone: str | None) -> None:
    assert zone_of_words(names) == zone


def test_words_of_a_zone_are_not_read_twice() -> None:
    """Of "no comments" the second word alone would be a zone of its own."""
    assert [zone_of_words(names) for names in ("no-comments", "comments")] == [
        "layout",
        "comment_prompt",
    ]


def test_zones_are_reasons() -> None:
    assert {zone["name"] for zone in ZONES} <= {*REASONS, "body", "hidden", "layout"}
    assert set(most_prose()) <= set(REASONS)


PAGE = html.document_fromstring(
    '<div id="a" class="box wide"><p class="x" data-k="one two">1</p><section><p '
    'lang="en-GB">2</p></section></div><p>3</p>'
)


@pytest.mark.parametrize(
    ("selector", "texts"),
    [
        ("p", "123"),
        ("div p", "12"),
        ("div > p", "1"),
        (".box.wide section p", "2"),
        ("#a>p.x", "1"),
        ("p[data-k]", "1"),
        ("p[data-k~=two], section p", "12"),
        ('p[lang^="en"]', "2"),
        ("p[lang$=GB]", "2"),
        ("[class*='id']>p", "1"),
        ("body > p", "3"),
        ("div + p", "3"),
        ("section p:first-child", "2"),
    ],
)
def test_selectors_find_their_elements(selector: str, texts: str) -> None:
    assert (
        "".join(node.text or "" for node in elements_of(compile_selector(selector), PAGE)) == texts
    )


@pytest.mark.parametrize("selector", ["", "p:nonsense", "p[", "a,,b", ">", "p]"])
def test_what_is_not_understood_is_refused(selector: str) -> None:
    with pytest.raises(ValueError, match="selector"):
        compile_selector(selector)
