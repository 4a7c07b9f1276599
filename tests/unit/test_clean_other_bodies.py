"""Article bodies that a page holds outside of what it shows."""

from __future__ import annotations

import json
import re

import pytest

from flows.clean import clean_page
from flows.clean.html import other_bodies

BODY = [
    f"{n}. The council of Eastmere voted on Monday night to keep the old ferry running for another "
    "winter, whatever it costs the town."
    for n in range(6)
]
TITLE = "Ferry stays all winter"
PARAGRAPHS = "".join(f"<p>{text}</p>" for text in BODY)


def ld(**fields: str) -> str:
    said = {"@type": "NewsArticle", "headline": TITLE} | fields
    return f'<script type="application/ld+json">{json.dumps(said)}</script>'


def cleaned_text(head: str, body: str) -> list[str]:
    page = f"<html><head><title>{TITLE}</title>{head}</head><body>{body}</body></html>"
    return clean_page(page, is_html=True, url="https://lantern.example/ferry").text.split("\n")


STATE = {
    "props": {
        "page": {
            "menu": [{"title": "Sport", "content": "x" * 500}],
            "story": {
                "headline": TITLE,
                "elements": [{"type": "text", "content": text} for text in BODY],
            },
        }
    }
}
HTML_STATE = {"post": {"title": TITLE, "content": {"rendered": PARAGRAPHS}}}


@pytest.mark.parametrize(
    ("head", "body"),
    [
        (ld(articleBody="\n\n".join(BODY)), '<div id="root"></div>'),
        (ld(articleBody=PARAGRAPHS), f"<article><h1>{TITLE}</h1><p>{BODY[0]}</p></article>"),
        (
            f'<script id="__NEXT_DATA__" type="application/json">{json.dumps(STATE)}</script>',
            '<div id="__next"></div>',
        ),
        (f"<script>window.__STATE__ = {json.dumps(HTML_STATE)};</script>", f"<h1>{TITLE}</h1>"),
        (
            f"<script>window.DATA = JSON.parse({json.dumps(json.dumps(STATE))});</script>",
            f"<h1>{TITLE}</h1>",
        ),
        ("", f'<h1>{TITLE}</h1><script type="text/template">{PARAGRAPHS}</script>'),
        ("", f'<h1>{TITLE}</h1><div><template shadowrootmode="open">{PARAGRAPHS}</template></div>'),
        ("", f"<h1>{TITLE}</h1><noscript>{PARAGRAPHS}</noscript>"),
    ],
)
def test_a_body_outside_of_the_shown_page_is_read(head: str, body: str) -> None:
    assert cleaned_text(head, body) == BODY


@pytest.mark.parametrize(
    "head",
    [
        ld(articleBody=BODY[0]),
        ld(articleBody="\n".join(["Another text of the same outlet. " * 6] * 9)),
        f"<script>window.__STATE__ = {json.dumps({'post': {'content': 'Other. ' * 90}})};</script>",
        "<script>window.__STATE__ = {broken: json};</script>",
        '<script type="application/json">{"content": </script>',
    ],
)
def test_a_teaser_or_another_text_never_replaces_the_shown_article(head: str) -> None:
    assert cleaned_text(head, f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>") == BODY


def test_furniture_of_a_body_is_stripped_too() -> None:
    body = "\n".join([*BODY[:3], "Sign up for our morning newsletter", *BODY[3:]])
    assert cleaned_text(ld(articleBody=body), "<div></div>") == BODY


def test_noscript_pictures_change_nothing() -> None:
    page = f"<h1>{TITLE}</h1><p>{BODY[0]}</p><noscript><img src='a.jpg'></noscript>"
    assert cleaned_text("", page) == BODY[:1]


def test_elements_that_are_never_closed_are_read_once(monkeypatch: pytest.MonkeyPatch) -> None:
    searched: list[int] = []

    class Counting:
        def __init__(self, pattern: re.Pattern[str]) -> None:
            self.pattern = pattern

        def search(self, text: str, at: int) -> re.Match[str] | None:
            searched.append(at)
            return self.pattern.search(text, at)

    counting = {name: Counting(pattern) for name, pattern in other_bodies._CLOSING.items()}
    monkeypatch.setattr(other_bodies, "_CLOSING", counting)
    script = "<script type='text/template'>"
    assert other_bodies.shown_inert(f"<template><noscript>{script}" * 1000) is None
    assert len(searched) == 3
    long = " ".join(BODY)
    several = f"<noscript><p>{long}</noscript>" * 3
    assert other_bodies.shown_inert(several) == f"<div><p>{long}</div>" * 3
    assert other_bodies.shown_inert(f"<template>short</template>{several}<noscript>") == (
        f"<template>short</template><div><p>{long}</div>"
        + f"<div><p>{long}</div>" * 2
        + "<noscript>"
    )


STORY = {"title": TITLE, "body": PARAGRAPHS}
ANSWER = {"status": 200, "body": json.dumps({"title": TITLE, "html": PARAGRAPHS})}
FLIGHT = f"5:{json.dumps({'title': TITLE, 'body': '$6'})}\n6:T{len(PARAGRAPHS):x},{PARAGRAPHS}"
LITERAL = f"{{title:{json.dumps(TITLE)},body:{json.dumps(PARAGRAPHS)}}}"
PACKED = [["Reactive", 1], {"data": 2}, {"title": 3, "body": 4}, TITLE, PARAGRAPHS]


def nodes(kind: str, inner: str, name: str) -> list[dict[str, object]]:
    """A body as an editor keeps it: each paragraph in two pieces."""
    return [
        {
            kind: "paragraph",
            inner: [{kind: "text", name: text[:30]}, {kind: "text", name: text[30:]}],
        }
        for text in BODY
    ]


def data_script(value: object) -> str:
    return f'<script type="application/json">{json.dumps(value)}</script>'


def story(body: object) -> str:
    return data_script({"post": {"title": TITLE, "body": body}})


@pytest.mark.parametrize(
    "body",
    [
        story(nodes("_type", "children", "text")),
        story({"content": nodes("type", "content", "text")}),
        story({"content": nodes("nodeType", "content", "value")}),
        data_script({"p": {"title": TITLE, "blocks": [{"data": {"text": text}} for text in BODY]}}),
        data_script(PACKED),
        data_script(ANSWER),
        f"<script>window.__NUXT__=(function(a){{return {{data:[{LITERAL}]}}}})(1)</script>",
        f"<script>self.__next_f.push([1,{json.dumps(FLIGHT[:99])}])</script>"
        f"<script>self.__next_f.push([1,{json.dumps(FLIGHT[99:])}])</script>",
        f"<div data-page='{json.dumps({'props': STORY})}'></div>",
    ],
)  # fmt: skip
def test_bodies_as_frameworks_and_editors_keep_them(body: str) -> None:
    assert cleaned_text("", f'<div id="app"></div>{body}') == BODY


def test_bodies_in_scripts_without_spaces() -> None:
    body = [
        "東浜町議会は月曜夜、老朽化した渡し船を来冬も運航し続けることを決めた。",
        "船は七時に出る。",
    ] * 3
    assert cleaned_text(ld(articleBody="\n".join(body)), "<div></div>") == body


def test_the_text_of_an_article_may_be_named_text() -> None:
    assert cleaned_text(ld(text="\n".join(BODY)), "<div></div>") == BODY


def test_an_article_with_another_headline_is_another_article() -> None:
    other = ld(headline="Harbour queen elected", articleBody="The queen of the harbour. " * 30)
    assert cleaned_text(other, f"<article><h1>{TITLE}</h1><p>{BODY[0]}</p></article>") == BODY[:1]


@pytest.mark.parametrize(
    "data",
    [
        data_script(json.loads('{"content":[' * 300 + json.dumps(PARAGRAPHS) + "]}" * 300)),
        '<script type="application/ld+json">{"@type":"NewsArticle","author":'
        f"{'[' * 700}1{']' * 700}}}</script>",
    ],
    ids=["body", "author"],
)
def test_data_may_be_nested_deeper_than_calls(data: str) -> None:
    assert cleaned_text(data, f"<article><h1>{TITLE}</h1>{PARAGRAPHS}</article>") == BODY
