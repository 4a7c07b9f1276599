"""Pages for measuring, written by a seeded generator: news templates with menus, teasers, consent,
JSON-LD and an article in between.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterable
from pathlib import Path

WORDS = (
    "ferry harbour council winter bridge island market vote ledger clerk morning engine captain "
    "timber school road debt letter hall mayor "
    "river storm lamp paper witness price budget fisher union ice barley road nurse teacher "
    "court fence promise silence answer neighbour"
).split()


def write_pages(folder: Path, seeds: Iterable[int]) -> None:
    """Make `folder`, and write the page of each seed into it as `SEED.html`."""
    folder.mkdir()
    for seed in seeds:
        (folder / f"{seed}.html").write_text(page(seed), encoding="utf-8")


def page(seed: int) -> str:
    """One page of about 100 to 200 kB, the same for the same seed."""
    dice = random.Random(seed)
    title = _words(dice, 8).capitalize()
    about = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": title,
        "datePublished": f"2031-05-{dice.randint(1, 28):02d}T08:15:00+01:00",
        "author": {"@type": "Person", "name": f"{_words(dice, 2).title()}"},
        "publisher": {"@type": "Organization", "name": f"The Lantern {seed % 7}"},
    }
    paragraphs = [
        f'<p class="c-text__p--{seed % 11}">{_paragraph(dice)}</p>'
        for _ in range(dice.randint(8, 40))
    ]
    paragraphs.insert(
        3, f'<figure><img src="/a.jpg"><figcaption>{_words(dice, 12)}</figcaption></figure>'
    )
    paragraphs.insert(5, f'<div class="related-inline"><a href="/r">{_words(dice, 9)}</a></div>')
    return (
        f"<!doctype html><html lang='en'><head><title>{title} – The Lantern {seed % 7}</title>"
        f'<script type="application/ld+json">{json.dumps(about)}</script><meta '
        f'property="og:title" content="{title}">'
        f"<style>{'.x{color:red} ' * 400}</style><script>{'var a=1;' * 3000}</script></head><body "
        f"class='page page-{seed}'>"
        "<header class='masthead'><nav "
        f"class='main-nav'><ul>{_links(dice, 90, 2)}</ul></nav></header><main id='content'>"
        f"<article class='c-article-{seed % 13}'><h1>{title}</h1><div class='byline'>By "
        f"{about['author']['name']}</div>"  # type: ignore[index]
        f"<div class='article-body'>{''.join(paragraphs)}</div></article></main>"
        f"<aside class='sidebar'><ul>{_links(dice, 60, 9)}</ul></aside><section "
        f"class='c-teasers'>{_cards(dice)}</section>"
        "<div "
        f"id='cookie-banner'>{''.join(f'<p>We use cookies. {_paragraph(dice)}</p>' for _ in range(5))}</div>"  # noqa: E501
        f"<footer><ul>{_links(dice, 50, 3)}</ul><p>© 2031 The "
        f"Lantern</p></footer><script>{'b();' * 8000}</script></body></html>"
    )


def _words(dice: random.Random, count: int) -> str:
    return " ".join(dice.choice(WORDS) for _ in range(count))


def _paragraph(dice: random.Random) -> str:
    return " ".join(
        f"{_words(dice, dice.randint(8, 22)).capitalize()}." for _ in range(dice.randint(2, 5))
    )


def _links(dice: random.Random, count: int, size: int) -> str:
    return "".join(
        f"<li class='item item-{n}'><span class='dot'></span><a href='/{n}' "
        f"title='go'>{_words(dice, size)}</a></li>"
        for n in range(count)
    )


def _cards(dice: random.Random) -> str:
    return "".join(
        f"<div class='card-{n % 3}'><div class='inner'><h3><a "
        f"href='/c{n}'>{_words(dice, 9)}</a></h3><p>{_words(dice, 18)}.</p>"
        f"<time datetime='2031-05-01'>1 May</time></div></div>"
        for n in range(40)
    )
