"""Asking trafilatura where our own reading is in doubt by its own evidence: next to nothing found,
or much of the article's place cut.

Its answer is taken as a witness for segments of ours, so that blocks, reasons and text stay those
of our own walk.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from copy import deepcopy

from lxml import etree
from trafilatura import bare_extraction

from flows.clean.html.classify_segments import MIN_LINKED_SHARE
from flows.clean.html.context import Context, Verdict, Verdicts
from flows.clean.html.segments import Page

MAX_WEAK = 400
"""Characters of kept text below which a second opinion is worth its cost, about twice that of our
own reading.
"""

MIN_RATIO = 1.3
"""How much longer than our own reading the other must be to be taken in its place."""

MIN_CUT_SHARE = 0.45
"""Share of the kept text from which text in the article's place, cut for its form, is asked about
and, where the other keeps it, kept.
"""

MIN_CUT = 1000
"""Characters of such text from which it is asked about at all: the teasers under a short article
seldom have as many.
"""

MIN_SHARE_ABOVE = 0.05
"""The same for paragraphs between the headline and the article's box: nothing but the article
stands there.
"""

MIN_PARAGRAPH = 150
"""Characters of one paragraph in that place from which it is asked about, however long the article
is.
"""

MAX_DEPTH = 400
"""Levels of nesting that the recursive parts of the other extractor bear."""

CERTAIN = frozenset(
    {"html.headline", "html.repeated", "html.hidden", "html.comments", "html.zone.comments"}
)
"""Decisions on form that no other opinion overrules."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def ask_again(context: Context, verdicts: Verdicts) -> Verdicts:
    """Return the verdicts with the segments kept that the second opinion keeps, where the first is
    in doubt; else those given.
    """
    page = context.page
    own = _size(page, (at for at, verdict in enumerate(verdicts) if verdict is None))
    above, inside = (
        (_above(context, verdicts), _inside(context, verdicts))
        if context.article >= 0
        else ([], [])
    )
    is_weak, least = own < MAX_WEAK, max(MIN_CUT, MIN_CUT_SHARE * own)
    doubted = [
        *(above if _is_telling(context, above, own) else ()),
        *(inside if _size(page, inside) > least else ()),
    ]
    if not (is_weak or doubted) or max((box.depth for box in page.boxes), default=0) > MAX_DEPTH:
        return verdicts
    witness = _squeezed(_other_text(page))
    if (
        is_weak
        and len(witness) >= MIN_RATIO * own
        and (replaced := _replaced(context, verdicts, witness, own))
    ):
        return replaced
    seen = [at for at in doubted if _squeezed(page.segments[at].text) in witness]
    restored = [at for at in seen if at < context.box.first]
    if _size(page, (at for at in seen if at >= context.box.first)) > least:
        restored = seen
    again = list(verdicts)
    for at in restored:
        again[at] = _by_the_book(context, at)
    return again


def _above(context: Context, verdicts: Verdicts) -> list[int]:
    """Paragraphs between headline and article that were cut for their place alone."""
    between = range(context.headline + 1, context.box.first) if context.headline >= 0 else ()
    cut = [at for at in between if verdicts[at] == ("navigation", "html.before-article")]
    return [at for at in cut if context.prose.of[at] and context.page.segments[at].tag != "li"]


def _is_telling(context: Context, above: Sequence[int], own: int) -> bool:
    """Whether the paragraphs above the article's box are worth asking about: together a large share
    of the article, or one of them long.
    """
    sizes = [context.prose.of[at] for at in above]
    return sum(sizes) > MIN_SHARE_ABOVE * own or any(size >= MIN_PARAGRAPH for size in sizes)


def _inside(context: Context, verdicts: Verdicts) -> list[int]:
    """Segments of the article's box that were cut for their form, pointers elsewhere apart."""
    return [
        at
        for at in range(context.box.first, context.box.last)
        if _is_doubtful(context, at, verdicts[at])
    ]


def _is_doubtful(context: Context, at: int, verdict: Verdict | None) -> bool:
    segment = context.page.segments[at]
    is_formal = verdict is not None and verdict[1].startswith("html.") and verdict[1] not in CERTAIN
    return (
        is_formal and segment.tag != "h1" and segment.linked < MIN_LINKED_SHARE * len(segment.text)
    )


def _replaced(context: Context, verdicts: Verdicts, witness: str, own: int) -> Verdicts | None:
    """The verdicts by which all that the witness has is kept and nothing else; None where that is
    not much more than our own.
    """
    page, again = context.page, list[Verdict | None]()
    for at, (segment, verdict) in enumerate(zip(page.segments, verdicts, strict=True)):
        is_open = verdict is None or (verdict[1].startswith("html.") and verdict[0] != "comments")
        is_pointer = segment.linked >= MIN_LINKED_SHARE * len(segment.text)
        if (
            is_open
            and not is_pointer
            and segment.tag != "h1"
            and _squeezed(segment.text) in witness
        ):
            again.append(_by_the_book(context, at) if verdict else None)
        else:
            again.append(verdict or ("other_stories", "html.second-opinion"))
    return (
        again
        if _size(page, (at for at, v in enumerate(again) if v is None)) >= MIN_RATIO * own
        else None
    )


def _by_the_book(context: Context, at: int) -> Verdict | None:
    """The rule book's word on a segment that the other opinion would keep."""
    rule = context.book.match(
        context.page.segments[at].text, where="body", language=context.language, site=context.site
    )
    return (rule.reason, rule.id) if rule else None


def _size(page: Page, places: Iterable[int]) -> int:
    return sum(len(page.segments[at].text) for at in places)


def _other_text(page: Page) -> str:
    try:
        document = bare_extraction(
            deepcopy(page.root), fast=True, include_comments=False, with_metadata=False
        )
    except (
        ValueError,
        TypeError,
        AttributeError,
        IndexError,
        KeyError,
        RecursionError,
        AssertionError,
        etree.LxmlError,
    ):
        return ""
    body = getattr(document, "body", None)
    return "".join(body.itertext()) if body is not None else ""


def _squeezed(text: str) -> str:
    return "".join(text.split()).replace("|", "")
