"""Live blogs are told in the order of time, each entry with its clock."""

from __future__ import annotations

import json

from flows.clean import clean_page
from flows.clean.model import Cleaned

HOURS = (18, 16, 11, 9)


def told(hour: int) -> str:
    return (
        f"At {hour} the harbour office said that the fire at the quay was {hour} metres high, and "
        "that nobody had been hurt so far."
    )


def entries(hours: tuple[int, ...]) -> str:
    return "".join(
        f'<div class="entry"><time datetime="2031-05-03T{hour:02}:05:00+01:00">{hour:02}:05</time>'
        f"<h3>News of {hour}</h3><p>{told(hour)}</p></div>"
        for hour in hours
    )


def page(body: str, kind: str = "LiveBlogPosting") -> Cleaned:
    said = {"@type": kind, "headline": "Fire at the quay", "datePublished": "2031-05-03T09:00:00Z"}
    return clean_page(
        f'<html><head><title>Fire at the quay</title><script type="application/ld+json">'
        f"{json.dumps(said)}</script></head><body><main><h1>Fire at the "
        f"quay</h1>{body}</main></body></html>",
        is_html=True,
        url="https://lantern.example/news/fire-at-the-quay",
    )


def test_newest_first_is_turned_round() -> None:
    cleaned = page(entries(HOURS))
    assert cleaned.kind == "live_blog"
    expected = [line for h in sorted(HOURS) for line in (f"{h:02}:05", f"News of {h}", told(h))]
    assert cleaned.text.split("\n") == expected


def test_oldest_first_stays() -> None:
    assert page(entries(HOURS[::-1])).text == page(entries(HOURS)).text


def test_the_blocks_give_the_text() -> None:
    cleaned = page(f"<p>{told(8)} A lead.</p>{entries(HOURS)}")
    kept = [block.text for block in cleaned.blocks if block.reason is None]
    assert "\n".join(kept) == cleaned.text
    assert kept[0].endswith("A lead.")


def test_an_article_with_times_in_it_keeps_its_order() -> None:
    cleaned = page(entries(HOURS), kind="NewsArticle")
    assert [line for line in cleaned.text.split("\n") if line.startswith("At ")] == [
        told(hour) for hour in HOURS
    ]
