"""How an invented outlet's site looks: article pages, front page, RSS, Atom, sitemaps, robots.txt.
Values in, text out.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from xml.sax.saxutils import quoteattr

XML = '<?xml version="1.0" encoding="UTF-8"?>\n'
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_SITEMAP = "http://www.google.com/schemas/sitemap-news/0.9"
SECTIONS = (("news", "News"), ("harbour", "Harbour"), ("sport", "Sport"))


@dataclass(frozen=True, slots=True)
class Outlet:
    """One outlet. `base` is the address that its paths are appended to, without a final slash;
    `notices` stand in the text of every article, as newsletters and appeals do.
    """

    base: str
    name: str
    language: str = "en"
    country: str = "GB"
    notices: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Story:
    """One article. `path` begins with a slash; times are aware."""

    path: str
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    changed_at: datetime
    author: str = "Odalys Brandt"


def article_page(outlet: Outlet, story: Story, others: Sequence[Story] = ()) -> str:
    """Return the page of one article, in the frame that every page of the outlet has."""
    facts = {
        "@context": "https://schema.org",
        "@type": "NewsArticle",
        "headline": story.title,
        "datePublished": story.published_at.isoformat(),
        "dateModified": story.changed_at.isoformat(),
        "author": {"@type": "Person", "name": story.author},
    }
    head = (
        f'{_canonical(outlet, story.path)}<meta property="og:type" content="article">'
        f'<meta property="og:title" content={quoteattr(story.title)}>'
        f'<script type="application/ld+json">{json.dumps(facts).replace("<", "&lt;")}</script>'
    )
    paragraphs = [f"<p>{escape(paragraph, quote=False)}</p>" for paragraph in story.paragraphs]
    for place, notice in enumerate(outlet.notices, 1):
        paragraphs.insert(2 * place, f'<div class="notice"><p>{escape(notice)}</p></div>')
    body = "\n".join(paragraphs)
    related = "".join(
        f"<li><a href={quoteattr(outlet.base + other.path)}>{escape(other.title)}</a></li>"
        for other in others
    )
    aside = (
        f"<aside><h2>More from {escape(outlet.name)}</h2><ul>{related}</ul></aside>"
        if related
        else ""
    )
    main = (
        f"<article><h1>{escape(story.title)}</h1>"
        f"<p class=byline>By {escape(story.author)}</p>\n{body}\n</article>{aside}"
    )
    return _page(outlet, story.title, head, main)


def front_page(outlet: Outlet, stories: Sequence[Story], feed: str = "/rss.xml") -> str:
    """Return a page that links to `stories`, and in its head to the feed."""
    head = _canonical(outlet, "/")
    head += (
        f'<link rel="alternate" type="application/rss+xml" title={quoteattr(outlet.name)} '
        f"href={quoteattr(outlet.base + feed)}>"
    )
    cards = "".join(
        f"<article><h2><a href={quoteattr(outlet.base + story.path)}>{escape(story.title)}</a></h2>"
        f"<p>{escape(story.paragraphs[0], quote=False)}</p></article>\n"
        for story in stories
    )
    return _page(outlet, outlet.name, head, cards)


def _canonical(outlet: Outlet, path: str) -> str:
    return f'<link rel="canonical" href={quoteattr(outlet.base + path)}>'


def _page(outlet: Outlet, title: str, head: str, main: str) -> str:
    sections = " ".join(f'<a href="{outlet.base}/{path}/">{name}</a>' for path, name in SECTIONS)
    return (
        f'<!doctype html>\n<html lang="{outlet.language}-{outlet.country}"><head>'
        f'<meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta property="og:site_name" content={quoteattr(outlet.name)}>'
        f'<meta property="og:locale" content="{outlet.language}_{outlet.country}">{head}</head>\n'
        f'<body><header><a href="{outlet.base}/">{escape(outlet.name)}</a>'
        f"<nav>{sections}</nav></header>\n<main>{main}</main>\n"
        f'<footer><a href="{outlet.base}/about">About us</a> '
        f'<a href="{outlet.base}/privacy">Privacy</a> © {escape(outlet.name)}</footer>'
        "</body></html>\n"
    )


def rss(outlet: Outlet, stories: Iterable[Story]) -> str:
    """Return an RSS 2.0 feed of `stories`."""
    entries = "".join(
        f"<item><title>{escape(story.title)}</title><link>{escape(outlet.base + story.path)}</link>"
        f"<guid>{escape(outlet.base + story.path)}</guid>"
        f"<pubDate>{format_datetime(story.published_at)}</pubDate></item>\n"
        for story in stories
    )
    return (
        f'{XML}<rss version="2.0"><channel><title>{escape(outlet.name)}</title>'
        f"<link>{escape(outlet.base)}/</link>"
        "<description>News</description>"
        f"<language>{outlet.language}-{outlet.country.lower()}</language>\n"
        f"{entries}</channel></rss>\n"
    )


def atom(outlet: Outlet, stories: Iterable[Story]) -> str:
    """Return an Atom feed of `stories`."""
    entries = "".join(
        f"<entry><title>{escape(story.title)}</title><id>{escape(outlet.base + story.path)}</id>"
        f'<link rel="alternate" href={quoteattr(outlet.base + story.path)}/>'
        f"<published>{story.published_at.isoformat()}</published>"
        f"<updated>{story.changed_at.isoformat()}</updated></entry>\n"
        for story in stories
    )
    return (
        f'{XML}<feed xmlns="http://www.w3.org/2005/Atom"><title>{escape(outlet.name)}</title>'
        f"<id>{escape(outlet.base)}/</id>\n{entries}</feed>"
    )


def news_sitemap(outlet: Outlet, stories: Iterable[Story]) -> str:
    """Return a news sitemap of `stories`."""
    entries = "".join(
        f"<url><loc>{escape(outlet.base + story.path)}</loc>"
        f"<lastmod>{story.changed_at.isoformat()}</lastmod><news:news><news:publication>"
        f"<news:name>{escape(outlet.name)}</news:name>"
        f"<news:language>{outlet.language}</news:language></news:publication>"
        f"<news:publication_date>{story.published_at.isoformat()}</news:publication_date>"
        f"<news:title>{escape(story.title)}</news:title></news:news></url>\n"
        for story in stories
    )
    return f'{XML}<urlset xmlns="{SITEMAP}" xmlns:news="{NEWS_SITEMAP}">\n{entries}</urlset>\n'


def sitemap_index(addresses: Iterable[tuple[str, datetime]]) -> str:
    """Return a sitemap index of (address, time of the last change)."""
    entries = "".join(
        f"<sitemap><loc>{escape(loc)}</loc><lastmod>{at.isoformat()}</lastmod></sitemap>\n"
        for loc, at in addresses
    )
    return f'{XML}<sitemapindex xmlns="{SITEMAP}">\n{entries}</sitemapindex>\n'


def robots(
    sitemaps: Iterable[str] = (),
    disallowed: Iterable[str] = ("/private/",),
    crawl_delay: float | None = None,
) -> str:
    """Return a robots.txt; `crawl_delay` is in seconds."""
    lines = ["User-agent: *", *(f"Disallow: {path}" for path in disallowed)]
    if crawl_delay is not None:
        lines.append(f"Crawl-delay: {crawl_delay:g}")
    return "\n".join([*lines, "", *(f"Sitemap: {address}" for address in sitemaps), ""])
