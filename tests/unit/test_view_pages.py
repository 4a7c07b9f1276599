"""The files of `newsduck clean --view` and `annotate --view`: whole, in order, safe to open."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from lxml import etree, html

from flows.annotate.model import Annotations, Mention, Quote
from flows.clean import clean_page
from flows.clean.model import Block, Cleaned
from flows.commands.annotate import annotate
from flows.commands.clean import clean
from flows.config.errors import InputError
from flows.report.marked_text import cue_span, marks_of, pieces_of
from flows.report.view import AnnotatedText, render_page, render_texts

SEED = Path(__file__).parents[2] / "seeds/pages/wexcombe-courier/sea-wall-vote.html"
HOSTILE = (
    """</span></div><script>alert(1)</script><img src=http://bad.example/x onerror=a()>"'&amp;"""
)


def quote(text: str, words: str, **more: object) -> Quote:
    start = text.index(words)
    return replace(Quote(start, start + len(words), words, "direct"), **more)  # type: ignore[arg-type]


def parsed(page: str) -> Any:
    return html.fromstring(page)


def shown_text(page: str) -> str:
    """Return the characters of the first annotated text; its markup must be well-formed."""
    found = re.search(r'<div class="text".*?</div>', page, re.S)
    assert found
    return "".join(map(str, etree.fromstring(found[0]).itertext()))


def assert_loads_nothing(page: str) -> None:
    root = parsed(page)
    tags = {str(node.tag) for node in root.iter(etree.Element)}
    assert not tags & {"script", "img", "iframe", "object", "embed", "form", "base", "audio"}
    for node in root.iter(etree.Element):
        assert not {"src", "srcset", "action", "background"} & set(node.attrib)
        assert not [name for name in node.attrib if str(name).startswith("on")]
        assert str(node.get("href", "#")).startswith(("#", "data:,"))
    style = "".join(root.xpath("//style/text()"))
    assert "url(" not in style
    assert "@import" not in style
    (policy,) = root.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    assert policy.startswith("default-src 'none'")


def test_every_block_of_a_page_is_there_once_and_in_order() -> None:
    cleaned = clean_page(SEED.read_bytes(), is_html=True)
    page = render_page(SEED.name, cleaned)
    root = parsed(page)
    blocks = root.xpath("//li[starts-with(@id, 'block-')]")
    shown = [
        (b.xpath("string(p/strong)"), b.xpath("string(p/code)"), b.xpath("string(div)"))
        for b in blocks
    ]
    assert shown == [(b.reason or "kept", b.rule or "", b.text) for b in cleaned.blocks]
    assert [b.get("id") for b in blocks] == [f"block-{n}" for n in range(1, len(blocks) + 1)]
    assert_loads_nothing(page)


def test_title_authors_and_date_say_where_they_came_from() -> None:
    cleaned = Cleaned(
        "article",
        title="Ferry returns",
        authors=("Ann Lee", "Bo Ek"),
        published_at=datetime(2026, 3, 1, tzinfo=UTC),
        published_precision="day",
        published_from="meta",
        blocks=(Block("Home", "navigation", "navigation.menu"), Block("By Ann Lee", "byline", "b")),
    )
    terms = parsed(render_page("a.html", cleaned)).xpath("//dl/dd")
    title, ann, bo, date = (" ".join(term.text_content().split()) for term in terms[:4])
    assert title == "Ferry returns printed in no block: from the page's own data"
    assert ann == "Ann Lee printed in block 2"
    assert bo == "Bo Ek printed in no block: from the page's own data"
    assert date == "2026-03-01 (day) from a meta tag"


def test_a_page_without_blocks_and_one_with_a_read_title_are_shown() -> None:
    assert "The page has no blocks." in render_page("a.html", Cleaned("empty", "no characters"))
    page = render_page("a.txt", Cleaned("article", blocks=(Block("Head", None, "plain.title"),)))
    assert parsed(page).xpath("string(//li[@id='block-1']//strong)") == "title"
    heads = tuple(Block(text, "navigation", "html.headline") for text in ("Head", "Another"))
    page = render_page("a.html", Cleaned("article", title="Head", blocks=heads))
    assert parsed(page).xpath("//li[starts-with(@id, 'block-')]//strong/text()") == [
        "title",
        "navigation",
    ]


def test_hostile_text_is_escaped_everywhere() -> None:
    cleaned = Cleaned(
        HOSTILE,
        HOSTILE,
        title=HOSTILE,
        authors=(HOSTILE,),
        canonical_url="javascript:alert(1)",
        site=HOSTILE,
        flags=(HOSTILE,),
        blocks=(Block(HOSTILE), Block(HOSTILE, HOSTILE, HOSTILE), Block("a\x00b\u202ec\ud800")),
    )
    page = render_page(HOSTILE, cleaned)
    assert_loads_nothing(page)
    words = parsed(page).xpath("//li/div")
    assert [w.text_content() for w in words] == [HOSTILE, HOSTILE, "a\ufffdb\ufffdc\ufffd"]
    text = f"{HOSTILE} said: go"
    found = Annotations(
        (Quote(2, 30, HOSTILE, "direct", HOSTILE, HOSTILE, 5, 40, HOSTILE, HOSTILE),),
        (Mention(10, 20, "PERSON", HOSTILE),),
    )
    page = render_texts(HOSTILE, [AnnotatedText(HOSTILE, text, found)])
    assert_loads_nothing(page)
    assert shown_text(page) == text


def test_nested_and_crossing_spans_give_valid_html_with_all_their_marks() -> None:
    text = "\nMr Lee <x> of North & South told Bo & Co. to go"
    found = Annotations(
        (Quote(4, 30, text[4:30], "direct"), Quote(10, 40, text[10:40], "indirect")),
        (
            Mention(4, 10, "PERSON", "Lee"),
            Mention(8, 35, "ORG", "South"),
            Mention(8, 10, "GPE", "x"),
            Mention(44, 900, "LOC", "outside"),
            Mention(7, 7, "LOC", "empty"),
        ),
    )
    page = render_texts("t.jsonl", [AnnotatedText("one", text, found)])
    assert shown_text(page) == text
    pieces = pieces_of(text, marks_of(text, found))
    (piece,) = (p for p in pieces if p.text == text[8:10])
    assert set(piece.classes.split()) == {"quote", "direct", "entity", "PERSON", "ORG", "GPE"}
    assert set(piece.labels.split()) == {"PERSON", "GPE"}
    assert [p.numbers for p in pieces if p.numbers] == ["1", "2"]
    assert "outside" not in "".join(p.words for p in pieces)


def test_the_cue_is_the_one_beside_quotation_and_speaker() -> None:
    text = "Ann said no. “They said yes,” Bo Ek said on Monday."
    found = quote(text, "They said yes,", speaker_start=30, speaker_end=35, cue="said")
    assert text[30:35] == "Bo Ek"
    assert cue_span(text, found) == (36, 40)
    assert cue_span(text, replace(found, cue="claimed")) is None
    assert (
        cue_span("He said it. " + "x " * 200 + "go", Quote(412, 414, "go", "direct", cue="said"))
        is None
    )
    assert cue_span("王明说:“我们来了。”", Quote(5, 10, "我们来了。", "direct", cue="说")) == (2, 3)


def test_the_commands_write_one_file_and_keep_what_they_read(tmp_path: Path) -> None:
    out, texts = tmp_path / "new" / "out.html", tmp_path / "texts.jsonl"
    clean(SEED, view=out)
    assert "Maisie Thornbury" in out.read_text("utf-8")
    texts.write_text(json.dumps({"id": "one", "text": "“We go,” said Ann Lee."}) + "\n")
    annotate(texts, view=out)
    assert shown_text(out.read_text("utf-8")) == "“We go,” said Ann Lee."
    assert [path.name for path in out.parent.iterdir()] == ["out.html"]
    with pytest.raises(InputError, match="is a file that is read"):
        annotate(texts, view=texts)
    with pytest.raises(InputError, match="shows one page, but"):
        clean(SEED.parent, view=out)
    with pytest.raises(InputError, match="combined"):
        clean(SEED, out=tmp_path / "o.jsonl", view=out)
    with pytest.raises(InputError, match="is a folder"):
        clean(SEED, view=tmp_path)


def test_texts_beyond_the_limit_are_counted() -> None:
    page = render_texts("t.jsonl", [AnnotatedText("one", "Go.", Annotations())], left_out=7)
    assert "7 more are not shown" in page
