"""What a page says about itself: title, authors, dates, site, address, language, paywall, and where
the text was printed first.

`read_metadata` reads them from a parsed page; the parts (authors, dates, syndication, title) also
work on plain strings, for plain-text pages. The article's text is not read here, apart from the
lines around its headline.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, tzinfo

from lxml.html import HtmlElement

from flows.clean.metadata.authors import (
    clean_names,
    is_person,
    own_names,
    people_first,
    people_of,
    persons_of,
)
from flows.clean.metadata.bylines import (
    line_authors,
    line_of_name,
    marked_authors,
    near_byline,
    only_author,
)
from flows.clean.metadata.dates import DateReader
from flows.clean.metadata.day_order import reads_day_first
from flows.clean.metadata.jsonld import (
    Json,
    find_article,
    find_articles,
    read_objects,
    resolve,
    text_of,
    types_of,
)
from flows.clean.metadata.marked import marked_elements
from flows.clean.metadata.published import Published, find_published, read_declared
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
from flows.clean.metadata.words import letters
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
    articles: tuple[Json, ...]
    tags: HeadTags
    types: frozenset[str]
    described_as: str | None
    description: str | None


def read_metadata(
    root: HtmlElement,
    headings: Sequence[str],
    lines: Sequence[str],
    *,
    own_lines: Sequence[str] | None = None,
    all_own_lines: Sequence[str] | None = None,
    url: str | None = None,
    fetched_at: datetime | None = None,
    language: str | None = None,
    zone: tzinfo | None = None,
) -> Metadata:
    """Read the metadata of a parsed page.

    `headings` are the texts of its visible `<h1>`, `lines` its blocks from a little above the
    headline on, both in reading order. `own_lines` are the same with those of comments, teasers and
    embeds empty: authors and dates are looked for there. `all_own_lines` keep the teasers; they
    serve pages that declare no date. `language` and `zone` are what the source
    says; the page's own declaration comes before the first and after the second.
    """
    own = lines if own_lines is None else own_lines
    marked = marked_elements(root)
    objects, tags = read_objects(marked.head), read_tags(root, marked.head)
    article = find_article(objects)
    sites = site_words(tags, article, objects, url)
    more = own if all_own_lines is None else all_own_lines
    locale = f"{tags.language or ''} {tags.first('og:locale') or ''}".lower()
    canonical = find_canonical(tags, article, url)
    headline = choose_title(headings, _titles(tags, article), tags.title, sites, lines)
    declared = read_declared(article, tags, url)
    values = [value for _, value in (*declared.published, *declared.modified)]
    spoken = find_language(tags, article) or language
    reader = DateReader(
        reads_day_first(own, locale or (language or ""), url, values=values, days=declared.days()),
        spoken,
        zone or declared.zone() or UTC,
    )
    return Metadata(
        title=reworded_title(headline, headings, find_articles(objects), tags, sites),
        headline=headline,
        authors=_authors(marked.authors, article, objects, tags, headline, own, sites),
        published=find_published(
            root,
            marked.dates,
            declared,
            objects,
            headline,
            own if declared.published else more,
            shown_lines=lines,
            fetched_at=fetched_at,
            reader=reader,
        ),
        canonical_url=canonical,
        site=find_site_name(tags, article, objects, url),
        sites=sites,
        language=spoken,
        is_paywalled=is_paywalled(article, tags),
        origin=canonical_origin(canonical, url),
        article=article,
        articles=tuple(find_articles(objects)),
        tags=tags,
        types=frozenset(kind for item in objects for kind in types_of(item)),
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
    marked: Sequence[HtmlElement],
    article: Json,
    objects: list[Json],
    tags: HeadTags,
    headline: str | None,
    lines: Sequence[str],
    sites: tuple[str, ...],
) -> tuple[str, ...]:
    said = article.get("author") or article.get("creator")
    people = [resolve(person, objects) for person in (said if isinstance(said, list) else [said])]
    claims: list[tuple[str, ...]] = [
        clean_names(people_of(people), sites=sites) or clean_names(persons_of(people))
    ]
    claims += [clean_names(tags.meta.get(key, ()), sites=sites) for key in AUTHOR_META]
    claims += [clean_names(tags.labelled(_WRITTEN_BY), sites=sites)]
    named_people = [claim for claim in claims if any(map(is_person, claim))]
    byline = near_byline(lines, headline, sites=sites)
    if named_people:
        return _shown_instead(byline, named_people)
    at_elements = marked_authors(marked, sites=sites)
    shown = (
        _shown_instead(byline, [at_elements])
        or line_authors(lines, sites=sites)
        or line_of_name(lines, headline, sites=sites)
    )
    if declared := next((claim for claim in claims if claim), None):
        return tuple(name for name in shown if is_person(name)) or declared
    if names := shown or only_author(marked, sites=sites):
        return people_first(names)
    named = [
        *tags.meta.get("author", ()),
        *tags.meta.get("shareaholic:article_author_name", ()),
        *tags.labelled(_WRITTEN_BY),
    ]
    return own_names([*people_of(people), *(named or marked_authors(marked, sites=())[:1])])


def _shown_instead(byline: Sequence[str], claims: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    """Return the names of the byline at the headline if none of them is among the head's claims, or
    if they are the people of the first claim and more; else the first claim.

    The head often names the editor who put a guest's text on the site.
    """
    first = claims[0]
    shown = {letters(name) for name in byline}
    named = {letters(name) for claim in claims for name in claim}
    words = {word for name in named for word in name.split() if len(word) > 2}
    are_others = not any(word in words for name in shown for word in name.split())
    if shown and (are_others or shown > {letters(name) for name in first}):
        return tuple(byline)
    return first
