"""Where the article begins and ends: the stretch of blocks with the greatest sum of weights, and
what belongs to it beyond a panel.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from flows.clean.plain.prose import Form, weight_of
from flows.clean.plain.weights import Join, weights

_OWN_TITLE = re.compile(r"[:：|>»→]\W{0,3}\w\S{0,30} \S|[:：|]\W{0,3}[^\W\x00-\u2e7f]{4}")

_RUN_TOGETHER = re.compile(r"[a-zà-ÿ]{3}[A-ZÀ-Þ][a-zà-ÿ]* ")
"""A headline and its summary without a space between them: a teaser."""

MIN_PARAGRAPHS_BELOW = 2
"""Paragraphs right below a heading of other texts that show it to be none."""


def find_stretch(forms: Sequence[Form], headline: int | None) -> tuple[int, int]:
    """Return (first, end) of the article's blocks, `end` exclusive; (0, 0) where no block weighs
    more than nothing.

    The best stretch is joined by those next to it that are large and near: an article goes on
    behind a box of related texts. Where the headline is known by the page's address, the article
    stands below it, and its first paragraphs are fetched from further up.
    """
    w = weights()
    weight = [weight_of(forms, at) for at in range(len(forms))]
    barrier = [_is_barrier(forms, at) for at in range(len(forms))]
    top = 0 if headline is None else headline + 1
    value, first, end = _best(weight, barrier, 0)
    if top > first:
        below, below_first, below_end = _best(weight, barrier, top)
        if below >= w.below * value:
            first, end = below_first, below_end
        else:
            headline = None
    if end == first:
        return 0, 0
    up = w.join if headline is None or headline >= first else w.join_to_headline
    limit = len(forms) - (headline + 1 if headline is not None and headline < first else 0)
    start = len(forms) - _joined(forms[::-1][:limit], weight[::-1], len(forms) - first, up)
    return start, _joined(forms, weight, end, w.join)


def _joined(forms: Sequence[Form], weight: Sequence[float], end: int, join: Join) -> int:
    while (more := _next(forms, weight, end, join)) > end:
        end = more
    return end


def _best(weight: Sequence[float], barrier: Sequence[bool], top: int) -> tuple[float, int, int]:
    """Return (sum, first, end) of the best stretch at or after `top`."""
    w = weights()
    best, best_first, best_end = 0.0, top, top
    ground, gap, start = 0.0, 0.0, top
    for at in range(top, len(weight)):
        value = weight[at]
        if value <= 0:
            gap = max(gap + value, w.gap)
            if barrier[at]:
                ground += w.barrier
            continue
        if ground + gap <= 0:
            ground, gap, start = 0.0, 0.0, at
        ground, gap = ground + gap + value, 0.0
        if ground > best:
            best, best_first, best_end = ground, start, at + 1
    return best, best_first, best_end


def _next(forms: Sequence[Form], weight: Sequence[float], end: int, join: Join) -> int:
    """Return the end of the first stretch within reach that is large enough to be joined, or `end`
    where there is none.

    A heading of other texts, or a row of the page's own furniture, shortens the reach to what is
    near.
    """
    at, reach = end, end + max(join.near, join.open)
    while at <= min(reach, len(forms) - 1):
        if not forms[at].is_paragraph:
            if _reason(forms[at]) in weights().walls:
                reach = end + join.near
            at += 1
            continue
        stop = _grown(forms, weight, at)
        if sum(form.width for form in forms[at:stop] if form.is_paragraph) >= join.large:
            return stop
        at = stop
    return end


def _grown(forms: Sequence[Form], weight: Sequence[float], start: int) -> int:
    """Return the end of the best stretch that begins with the paragraph at `start` and meets no
    barrier.
    """
    total, best, best_end = 0.0, 0.0, start + 1
    for at in range(start, len(forms)):
        total += weight[at]
        if total <= 0 or _is_barrier(forms, at):
            break
        if total > best:
            best, best_end = total, at + 1
    return best_end


def _is_barrier(forms: Sequence[Form], at: int) -> bool:
    """Whether a block is a heading under which other texts stand.

    A pointer that brings its own title ("Read also: The bridge") heads nothing, and what follows as
    paragraph upon paragraph, without a headline between, is no list of other texts.
    """
    form = forms[at]
    if _reason(form) not in weights().barriers or form.is_sentence:
        return False
    if _reason(form) == "related_links" and _OWN_TITLE.search(form.text):
        return False
    below = forms[at + 1 : at + 1 + MIN_PARAGRAPHS_BELOW]
    return len(below) < MIN_PARAGRAPHS_BELOW or not all(
        f.is_paragraph and not _RUN_TOGETHER.search(f.text) for f in below
    )


def _reason(form: Form) -> str | None:
    return form.rule.reason if form.rule is not None else None
