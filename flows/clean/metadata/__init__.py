"""What a page says about itself: title, authors, dates, site, address, language, paywall, and where
the text was printed first.

`read_metadata` reads them from a parsed page; the parts (authors, dates, syndication, title) also
work on plain strings, for plain-text pages. The article's text is not read here, apart from the
lines around its headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lxml.html import HtmlElement

from flows.clean.metadata.authors import clean_names, is_login, own_names, people_of, persons_of
from flows.clean.metadata.bylines import line_authors, line_of_name, marked_authors, only_author
from flows.clean.metadata.day_order import reads_day_first
from flows.clean.metadata.jsonld import (
    Json,
    find_article,
    find_articles,
    read_objects,
    resolve,
    text_of,
)
from flows.clean.metadata.published import Published, find_published
from flows.clean.metadata.reworded import reworded_title
from flows.clean.metadata.site import (
    find_canonical,
    find_language,
    find_site_name,
    is_paywalled,
    site_words,
)
from flows.clean.metadata.syndication import canonical_origin
from flows.clean.metadata.tags import HeadTags, read_tags
from flows.clean.metadata.title import choose_title
from flows.clean.wording import wording

AUTHOR_META = tuple(
    """
    author article:author og:article:author article:author_name parsely-author sailthru.author byl
    cxenseparse:author dc.creator dcterms.creator dc.contributor citation_author article.author
    twitter:creator:name authors creator shareaholic:article_author_name
    """.split()
)
"""Meta tags that name the author, most reliable first."""

_WRITTEN_BY = wording("metadata", "metadata.written_by")
"""Labels of the field that names the author on cards for social networks, in the languages of
common publishing software.
"""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What the page says about itself; `published` keeps the zone in which the page shows its date.

    `headline` is the title as the page shows it to readers, which the head may word otherwise.
    """

    title: str | None
    headline: str | None
    authors: tuple[str, ...]
    published: Published
    canonical_url: str | None
    site: str | None
    sites: tuple[str, ...]
    language: str | None
    is_paywalled: bool
    origin: str | None
    article: Json
    described_as: str | None
    description: str | None


def read_metadata(
    root: HtmlElement,
    headings: Sequence[str],
    lines: Sequence[str],
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
) -> Metadata:
    """Read the metadata of a parsed page.

    `headings` are the texts of its visible `<h1>`, `lines` its blocks from a little above the
    headline on, both in reading order.
    """
    objects, tags = read_objects(root), read_tags(root)
    article = find_article(objects)
    sites = site_words(tags, article, objects, url)
    locale = f"{tags.language or ''} {tags.first('og:locale') or ''}".lower()
    canonical = find_canonical(tags, article, url)
    headline = choose_title(headings, _titles(tags, article), tags.title, sites, lines)
    return Metadata(
        title=reworded_title(headline, headings, find_articles(objects), tags, sites),
        headline=headline,
        authors=_authors(root, article, objects, tags, headline, lines, sites),
        published=find_published(
            root,
            article,
            objects,
            tags,
            headline,
            lines,
            url,
            fetched_at=fetched_at,
            day_first=reads_day_first(lines, locale, url),
        ),
        canonical_url=canonical,
        site=find_site_name(tags, article, objects, url),
        sites=sites,
        language=find_language(tags, article),
        is_paywalled=is_paywalled(article, tags),
        origin=canonical_origin(canonical, url),
        article=article,
        described_as=tags.first("og:type"),
        description=tags.first("og:description", "description", "twitter:description")
        or text_of(article.get("description")),
    )


def _titles(tags: HeadTags, article: Json) -> tuple[str | None, ...]:
    return (
        text_of(article.get("headline")),
        tags.first("og:title"),
        tags.first("twitter:title", "parsely-title", "sailthru.title", "dc.title"),
    )


def _authors(
    root: HtmlElement,
    article: Json,
    objects: list[Json],
    tags: HeadTags,
    headline: str | None,
    lines: Sequence[str],
    sites: tuple[str, ...],
) -> tuple[str, ...]:
    said = article.get("author") or article.get("creator")
    people = [resolve(person, objects) for person in (said if isinstance(said, list) else [said])]
    claims = [clean_names(people_of(people), sites=sites) or clean_names(persons_of(people))]
    claims += [clean_names(tags.meta.get(key, ()), sites=sites) for key in AUTHOR_META]
    if names := next(filter(None, claims), ()):
        shown = marked_authors(root, sites=sites) if all(is_login(name) for name in names) else ()
        return (
            shown if any(" " in name for name in shown) else names
        )  # a login is no name where the page shows one
    if names := clean_names(tags.labelled(_WRITTEN_BY), sites=sites):
        return names
    found = (
        marked_authors(root, sites=sites)
        or line_authors(lines, sites=sites)
        or line_of_name(lines, headline, sites=sites)
    )
    if names := found or only_author(root, sites=sites):
        return names
    named = [
        *tags.meta.get("author", ()),
        *tags.meta.get("shareaholic:article_author_name", ()),
        *tags.labelled(_WRITTEN_BY),
    ]
    return own_names([*people_of(people), *(named or marked_authors(root, sites=())[:1])])
