"""HTML pages: a page's markup in, its article and every stripped block out.

One parse, one walk. The search for the article's box, the classification of its segments and the
metadata all read the same tree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, tzinfo
from functools import cache
from itertools import groupby
from typing import TypedDict

from lxml.html import HtmlElement

from flows.clean.html.article import find_article
from flows.clean.html.classify_segments import classify
from flows.clean.html.context import Context, Verdicts
from flows.clean.html.foreign import foreign_boxes, lines_under_headline
from flows.clean.html.layout import layout_of
from flows.clean.html.live_blog import order_entries
from flows.clean.html.markup import parse
from flows.clean.html.other_bodies import MAX_SPARSE, MIN_RATIO, find_other_body, shown_inert
from flows.clean.html.page_kinds import other_kind
from flows.clean.html.prose import Prose, headline_of
from flows.clean.html.script_shell import script_need
from flows.clean.html.second_opinion import ask_again
from flows.clean.html.segments import Page, read_segments
from flows.clean.html.zoning import effective_zones
from flows.clean.metadata import Metadata, read_metadata
from flows.clean.metadata.corrections import corrections_of
from flows.clean.metadata.images import images_of
from flows.clean.metadata.jsonld import types_of
from flows.clean.metadata.kind import PageSigns, is_live_blog, kind_of
from flows.clean.metadata.printed import speaks_of_publishing
from flows.clean.metadata.site import host_of
from flows.clean.metadata.syndication import find_origin
from flows.clean.metadata.topics import is_free, keywords_of, section_of
from flows.clean.metadata.words import letters
from flows.clean.model import Block, Cleaned, Image
from flows.clean.outcome import Evidence, classify_page, weighed_length
from flows.clean.rules import RuleBook, load_rules
from flows.clean.subjects import subjects_of
from flows.clean.walls import MAX_STUB, is_wall

LINES_ABOVE_HEADLINE = 6

MIN_HEADLINE = 20
"""Characters from which a line that the page's title repeats is taken for its headline where the
page marks none.
"""


TEXTS_OF_THEIR_OWN = frozenset({"documentation", "forum"})
"""Kinds of pages that are texts though no news; they are loaded under their kind."""


class PageFacts(TypedDict):
    """Fields of `Cleaned` that pages say beside the text."""

    published_on: date | None
    kind: str
    section: str | None
    keywords: tuple[str, ...]
    is_free: bool | None
    images: tuple[Image, ...]
    corrections: tuple[str, ...]


def clean_html(
    markup: str,
    *,
    url: str | None = None,
    status: int | None = None,
    headers: Mapping[str, str] | None = None,
    fetched_at: datetime | None = None,
    language: str | None = None,
    zone: tzinfo | None = None,
    flags: tuple[str, ...] = (),
    book: RuleBook | None = None,
    is_again: bool = False,
) -> Cleaned:
    """Clean one page of markup; never raises. `language` and `zone` are the source's, `flags` come
    from decoding; `book` holds the rules (by default the builtin ones). `is_again` is
    set where templates of the page are shown as its text.
    """
    root = parse(markup)
    if root is None:
        return Cleaned("empty", "the page has no markup and no text", url=url, flags=flags)
    page = read_segments(root)
    prose = Prose(page)
    shown = [at for at, s in enumerate(page.segments) if s.tag == "h1" and not page.is_hidden(s)]
    start = max(0, _likely_headline(page, shown) - LINES_ABOVE_HEADLINE)
    own_lines, all_own_lines = _own_lines(page, prose, start)
    about = read_metadata(
        root,
        [page.segments[at].text for at in shown],
        [s.text for s in page.segments[start:]],
        own_lines=own_lines,
        all_own_lines=all_own_lines,
        url=url,
        fetched_at=fetched_at,
        language=language,
        zone=zone,
    )
    headline = headline_of(page, about.headline)
    zones = effective_zones(page, prose, headline)
    article = find_article(page, prose, zones, headline)
    context = Context(
        page=page,
        prose=prose,
        zones=zones,
        article=article,
        headline=headline,
        book=book or load_rules(),
        title=about.headline,
        authors=about.authors,
        description=about.description,
        language=about.language,
        site=host_of(url) or host_of(about.canonical_url),
        subjects=cache(lambda: _subjects(page, prose, article, about.headline)),
    )
    verdicts = ask_again(
        context,
        classify(context)
        if context.article >= 0
        else [("navigation", "html.no-article")] * len(page.segments),
    )
    order = _time_order(page, verdicts, about, url)
    kept = [page.segments[at].text for at in order if verdicts[at] is None]
    hidden: tuple[Block, ...] = ()
    if body := find_other_body(root, about.articles, kept, about.headline):
        verdicts = [v or ("navigation", "html.repeated") for v in verdicts]
        hidden = _by_the_book(body, context)
        kept = [block.text for block in hidden if block.reason is None]
    elif sum(map(len, kept)) < MAX_SPARSE and not is_again and (more := shown_inert(markup)):
        again = clean_html(
            more,
            url=url,
            status=status,
            headers=headers,
            fetched_at=fetched_at,
            language=language,
            zone=zone,
            flags=flags,
            book=book,
            is_again=True,
        )
        if again.outcome == "article" and len(again.text) >= MIN_RATIO * sum(map(len, kept)):
            return again
    outcome, detail = classify_page(_evidence(page, zones, kept, about, status, url))
    if outcome == "too_large":
        return Cleaned(outcome, detail, url=url, flags=flags)
    box = page.boxes[context.article].node if context.article >= 0 else None
    facts = _page_facts(page, verdicts, kept, about, box, url)
    if outcome == "article" and facts["kind"] not in TEXTS_OF_THEIR_OWN:
        outcome, detail = other_kind(page, prose, kept, about, url) or (outcome, detail)
    cleaned = _cleaned(page, verdicts, kept, about, outcome, detail, url, flags, facts, order)
    return replace(cleaned, blocks=(*cleaned.blocks, *hidden))


def _by_the_book(paragraphs: list[str], context: Context) -> tuple[Block, ...]:
    """The paragraphs of a body that the page does not show as blocks, classified by the rules."""
    blocks = []
    for text in paragraphs:
        rule = context.book.match(text, where="body", language=context.language, site=context.site)
        is_title = letters(text) == letters(context.title or "")
        if rule:
            blocks.append(Block(text, rule.reason, rule.id))
        elif is_title:
            blocks.append(Block(text, "navigation", "html.headline"))
        else:
            blocks.append(Block(text))
    return tuple(blocks)


def _subjects(page: Page, prose: Prose, article: int, title: str | None) -> frozenset[str]:
    """What the article is about, of the things that sites print notices about."""
    if article < 0:
        return frozenset()
    box = page.boxes[article]
    texts = (page.segments[at].text for at in range(box.first, box.last) if prose.of[at])
    return subjects_of(title, texts)


def _own_lines(page: Page, prose: Prose, start: int) -> tuple[list[str], list[str]]:
    """Return the lines from segment `start` on, twice: without (as "") the lines of comments,
    embeds and teasers, and without those of comments and embeds only.
    """
    is_others, is_foreign = foreign_boxes(page, prose)
    near = lines_under_headline(page, is_foreign)
    lines = ["" if is_others[s.box] else s.text for s in page.segments[start:]]
    own = [
        ""
        if line and is_foreign[s.box] and at not in near and not speaks_of_publishing(line)
        else line
        for at, (line, s) in enumerate(zip(lines, page.segments[start:], strict=True), start)
    ]
    return own, lines


def _likely_headline(page: Page, shown: list[int]) -> int:
    """Of the `<h1>` segments the longest that the page's title repeats, else the first; without
    any, of all segments; else the first.
    """
    element = next(page.root.iter("title"), None)
    title = letters("".join(map(str, element.itertext()))) if element is not None else ""
    asked = shown or [
        at
        for at, segment in enumerate(page.segments)
        if MIN_HEADLINE <= len(segment.text) <= 2 * len(title)
    ]
    repeated = [at for at in asked if letters(page.segments[at].text) in title]
    return max(
        repeated, key=lambda at: len(page.segments[at].text), default=shown[0] if shown else 0
    )


def _evidence(
    page: Page,
    zones: list[str | None],
    kept: list[str],
    about: Metadata,
    status: int | None,
    url: str | None,
) -> Evidence:
    visible = [s for s in page.segments if zones[s.box] != "hidden"]
    size = sum(len(s.text) for s in visible) or 1
    headlines = sum(
        1 for s in visible if s.linked >= 0.9 * len(s.text) and len(s.text) >= MIN_LINKED_HEADLINE
    )
    return Evidence(
        kept=kept,
        lines=[s.text for s in visible] or kept,
        headings=[
            t for t in (about.title, *(s.text for s in visible if s.tag in ("h1", "h2"))) if t
        ],
        linked=sum(s.linked for s in visible) / size,
        linked_headlines=headlines,
        is_declared=bool(about.article.get("headline")) or about.described_as == "article",
        has_password_field=lambda: _has_password_field(page.root),
        script_need=lambda: script_need(page.root, [s.text for s in visible]),
        status=status,
        url=url,
    )


def _has_password_field(root: HtmlElement) -> bool:
    return any((node.get("type") or "").lower() == "password" for node in root.iter("input"))


def _cleaned(
    page: Page,
    verdicts: Verdicts,
    kept: list[str],
    about: Metadata,
    outcome: str,
    detail: str,
    url: str | None,
    flags: tuple[str, ...],
    facts: PageFacts,
    order: list[int],
) -> Cleaned:
    dated = about.published
    marks = {
        *flags,
        *dated.flags,
        *(("stub",) if about.is_paywalled and sum(map(len, kept)) < MAX_STUB else ()),
    }
    stripped = [
        s.text
        for s, v in zip(page.segments, verdicts, strict=True)
        if v and v[0] in ("syndication_notice", "disclaimer")
    ]
    return Cleaned(
        outcome=outcome,
        detail=detail,
        title=about.title,
        text="\n".join(kept) if outcome == "article" else "",
        authors=about.authors,
        published_at=dated.when.at if dated.when else None,
        published_precision=dated.when.precision if dated.when else None,
        published_from=dated.source,
        modified_at=dated.modified.at if dated.modified else None,
        url=url,
        canonical_url=about.canonical_url,
        site=about.site,
        language=about.language,
        syndicated_from=find_origin(stripped) or find_origin(kept[-3:]) or about.origin,
        flags=tuple(sorted(marks)),
        layout=layout_of(page.root),
        blocks=_blocks(page, verdicts, order),
        **facts,
    )


def _page_facts(
    page: Page,
    verdicts: Verdicts,
    kept: list[str],
    about: Metadata,
    box: HtmlElement | None,
    url: str | None,
) -> PageFacts:
    """What the page says of its article beside title, authors and moment."""
    images = images_of(box, about.article, about.tags, about.canonical_url or url)
    is_walled = sum(map(len, kept)) < MAX_STUB and any(v and is_wall(*v) for v in verdicts)
    section = section_of(about.article, about.tags)
    return {
        "published_on": about.published.day,
        "kind": kind_of(
            PageSigns(
                types=types_of(about.article),
                url=about.canonical_url or url,
                section=section,
                title=about.title,
                generator=about.tags.first("generator"),
                paragraphs=kept,
                captions=[
                    s.text
                    for s, v in zip(page.segments, verdicts, strict=True)
                    if v and v[0] == "image_caption"
                ],
                size=sum(map(weighed_length, kept)),
                is_declared=bool(about.article),
            )
        ),
        "section": section,
        "keywords": keywords_of(about.article, about.tags),
        "is_free": is_free(about.article, about.tags, is_walled=is_walled),
        "images": images,
        "corrections": corrections_of(s.text for s in page.segments),
    }


MIN_LINKED_HEADLINE = 25
"""Characters from which a link reads as a headline, not as the name of a section."""


def _time_order(page: Page, verdicts: Verdicts, about: Metadata, url: str | None) -> list[int]:
    """The places of the segments in reading order; of a live blog, in the order of time."""
    as_it_stands = list(range(len(page.segments)))
    is_live = "LiveBlogPosting" in about.types or is_live_blog(
        about.canonical_url or url, about.title
    )
    return (order_entries(page, verdicts) if is_live else None) or as_it_stands


def _blocks(page: Page, verdicts: Verdicts, order: list[int]) -> tuple[Block, ...]:
    """All blocks of the page: kept segments one by one, stripped neighbours of one reason and rule
    as one block.
    """
    blocks: list[Block] = []
    for verdict, group in groupby(order, key=lambda at: verdicts[at]):
        texts = [page.segments[at].text for at in group]
        if verdict is None:
            blocks += [Block(text) for text in texts]
        else:
            blocks.append(Block("\n".join(texts), *verdict))
    return tuple(blocks)
