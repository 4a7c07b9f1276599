"""One page of text, cleaned: the steps in their order, and what they found put together as a
`Cleaned`.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, tzinfo

from flows.clean.comment_signs import find_comments
from flows.clean.metadata.corrections import corrections_of
from flows.clean.metadata.dates import DateReader, When
from flows.clean.metadata.kind import PageSigns, kind_of
from flows.clean.metadata.published import MAX_LEAD
from flows.clean.metadata.site import host_of
from flows.clean.metadata.syndication import find_origin
from flows.clean.model import Block, Cleaned
from flows.clean.outcome import Evidence, classify_page, weighed_length
from flows.clean.plain.blocks import split_blocks
from flows.clean.plain.briefs import find_briefs
from flows.clean.plain.classify_blocks import (
    classify_blocks,
    settle_rules,
    trimmed,
    with_list,
    without_bio,
)
from flows.clean.plain.closing import lengthened
from flows.clean.plain.heading import date_in, is_bare_by, is_contradicted, is_name, names_in
from flows.clean.plain.listing import below_headline, heads_list, is_poor
from flows.clean.plain.mixed import unfuse
from flows.clean.plain.oneline import cut_line, joined
from flows.clean.plain.prose import Form, forms_of
from flows.clean.plain.stretch import find_stretch
from flows.clean.plain.tables import find_cells
from flows.clean.plain.title import find_title, named_by_address
from flows.clean.rules import RuleBook, load_rules
from flows.clean.walls import MAX_STUB, is_wall

MAX_WALL_REACH = 4
"""Blocks behind the last one of a stub among which its wall stands."""


def clean_plain(
    text: str,
    *,
    url: str | None = None,
    fetched_at: datetime | None = None,
    language: str | None = None,
    zone: tzinfo | None = None,
    rules: RuleBook | None = None,
) -> Cleaned:
    """Return the page's article, its metadata as far as the text tells, and every block with its
    verdict.

    `url` helps to know the headline and the site; `fetched_at` (aware) to know a date that lies in
    the future; `language` and `zone` are the source's; `rules` defaults to the builtin ones.
    """
    book = rules if rules is not None else load_rules()
    site = host_of(url)
    lines = split_blocks(text)
    pieces = cut_line(lines)
    parts = [part for block in pieces or lines for part in unfuse(block, book)]
    fused = {at: part for at, part in enumerate(parts) if part.reason is not None}
    open_places = [at for at in range(len(parts)) if at not in fused]
    forms = forms_of([parts[at].text for at in open_places], book)
    first, end, title = _find_article(forms, site, url)
    verdicts = dict(zip(open_places, classify_blocks(forms, first, end, title), strict=True))
    blocks = tuple(fused[at] if at in fused else verdicts[at] for at in range(len(parts)))
    blocks = without_bio(blocks, _authors(blocks))
    if pieces is not None:
        blocks = joined(blocks)
    reader = DateReader(True, language, zone or UTC)
    return _put_together(
        blocks, title is not None, url=url, site=site, fetched_at=fetched_at, reader=reader
    )


def _find_article(
    forms: Sequence[Form], site: str | None, url: str | None
) -> tuple[int, int, int | None]:
    """Return (first, end, place of the headline).

    Rules that hold only after the article are asked of the page's last third at first, and of its
    true tail once that is known.
    """
    for at in find_briefs(forms):
        forms[at].is_brief = True
    for at in find_cells(forms):
        forms[at].is_cell = True
    settle_rules(forms, 0, len(forms) * 2 // 3, site)
    comments = find_comments([form.text for form in forms], [f.is_paragraph for f in forms])
    if comments is not None:
        for form in forms[comments:]:
            form.is_comment = True
    named = named_by_address(forms, url)
    first, end = find_stretch(forms, named)
    if named is not None and (is_poor(forms, first, end) or heads_list(forms, named, first, end)):
        for form in forms:
            form.is_item = True
        return *below_headline(forms, named), named
    settle_rules(forms, first, end, site)
    end = lengthened(forms, first, with_list(forms, trimmed(forms, first, end, site)))
    end = min(end, len(forms) if comments is None else max(comments, first))
    title = find_title(forms, first, end, url) if end else None
    if title is not None and title >= first:
        first = title + 1
    return first, max(first, end), title


def _put_together(
    blocks: tuple[Block, ...],
    has_title: bool,
    *,
    url: str | None,
    site: str | None,
    fetched_at: datetime | None,
    reader: DateReader,
) -> Cleaned:
    kept = [b.text for b in blocks if b.reason is None and b.rule is None]
    title = next((b.text for b in blocks if b.rule == "plain.title"), None) if has_title else None
    text = "\n".join(kept)
    when = _published(blocks, reader)
    flags = []
    if when and fetched_at and when.at > fetched_at + MAX_LEAD:
        flags.append("date_future")
    if when and is_contradicted(when, kept):
        flags.append("date_conflict")
    if len(text) < MAX_STUB and _ends_at_wall(blocks):
        flags.append("stub")
    outcome, detail = classify_page(
        Evidence(
            kept=kept, lines=[b.text for b in blocks], headings=[title] if title else [], url=url
        )
    )
    return Cleaned(
        outcome=outcome,
        detail=detail,
        title=title,
        text=text if outcome == "article" else "",
        authors=_authors(blocks),
        published_at=when.at if when else None,
        published_precision=when.precision if when else None,
        published_from="text" if when else None,
        url=url,
        site=site,
        syndicated_from=find_origin(b.text for b in blocks if b.reason == "syndication_notice"),
        flags=tuple(sorted(flags)),
        blocks=blocks,
        published_on=when.at.date() if when and when.has_day else None,
        kind=kind_of(
            PageSigns((), url, None, title, None, kept, (), sum(map(weighed_length, kept)), False)
        ),
        corrections=corrections_of(b.text for b in blocks),
    )


def _ends_at_wall(blocks: Sequence[Block]) -> bool:
    """Whether a request to subscribe or to log in, more than a button, stands right behind the
    article's last block.
    """
    last = max(
        (at for at, b in enumerate(blocks) if b.reason is None and b.rule is None),
        default=len(blocks),
    )
    behind = blocks[last + 1 : last + 1 + MAX_WALL_REACH]
    return any(is_wall(b.reason, b.rule) for b in behind)


def _authors(blocks: Sequence[Block]) -> tuple[str, ...]:
    """The people of the first byline; the name may stand in the block after the word "By"."""
    for at, block in enumerate(blocks):
        if block.reason != "byline":
            continue
        names = names_in(block.text)
        if (
            not names
            and is_bare_by(block.text)
            and at + 1 < len(blocks)
            and is_name(blocks[at + 1].text)
        ):
            names = names_in(blocks[at + 1].text)
        if names:
            return names
    return ()


def _published(blocks: Sequence[Block], reader: DateReader) -> When | None:
    """The moment of the first date line, before the article or else after it."""
    for block in blocks:
        if block.reason == "date_line" and (when := date_in(block.text, reader)):
            return when
    return None
