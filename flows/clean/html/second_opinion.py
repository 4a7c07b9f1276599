"""Asking trafilatura where our own reading found next to nothing: pages made of lists, captions or lines without a sentence.

Its answer is taken as a witness for segments of ours, so that blocks, reasons and text stay those of our own walk.
"""

from __future__ import annotations

import logging
from copy import deepcopy

from lxml import etree
from trafilatura import bare_extraction

from flows.clean.html.context import Context, Verdicts
from flows.clean.html.judge import LINKED_SHARE
from flows.clean.html.segments import Page

WEAK = 400
"""Characters of kept text below which a second opinion is worth its cost, about twice that of our own reading."""

MUCH_MORE = 1.3
"""How much longer than our own reading the other must be to be taken."""

DEEPEST = 400
"""Levels of nesting that the recursive parts of the other extractor bear."""

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)


def ask_again(context: Context, verdicts: Verdicts) -> Verdicts:
    """Return the verdicts with the segments kept that the second opinion keeps, where it finds much more; else those given."""
    page = context.page
    own = sum(len(s.text) for s, v in zip(page.segments, verdicts, strict=True) if v is None)
    if own >= WEAK or max((box.depth for box in page.boxes), default=0) > DEEPEST:
        return verdicts
    witness = _squeezed(_other_text(page))
    if len(witness) < MUCH_MORE * own:
        return verdicts
    again: Verdicts = []
    for segment, verdict in zip(page.segments, verdicts, strict=True):
        is_structural = verdict is None or verdict[1].startswith("html.")
        is_pointer = segment.linked >= LINKED_SHARE * len(segment.text)
        is_seen = is_structural and not is_pointer and segment.tag != "h1" and _squeezed(segment.text) in witness
        rule = context.book.match(segment.text, where="body", language=context.language, site=context.site) if is_seen and verdict else None
        if rule:
            again.append((rule.reason, rule.id))
        else:
            again.append(None if is_seen else verdict or ("other_stories", "html.second-opinion"))
    found = sum(len(s.text) for s, v in zip(page.segments, again, strict=True) if v is None)
    return again if found >= MUCH_MORE * own else verdicts


def _other_text(page: Page) -> str:
    try:
        document = bare_extraction(deepcopy(page.root), fast=True, include_comments=False, with_metadata=False)
    except (ValueError, TypeError, AttributeError, IndexError, KeyError, RecursionError, AssertionError, etree.LxmlError):
        return ""
    body = getattr(document, "body", None)
    return "".join(body.itertext()) if body is not None else ""


def _squeezed(text: str) -> str:
    return "".join(text.split())
