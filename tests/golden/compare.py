"""Where an expectation and what the program made of its page differ, in words a reader can act on.

Here: one function a part of the expectation, each giving lines of misses. A list in an expectation
names several right answers. Not here: running pages (cases.py), rewriting (rewrite.py).
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from difflib import SequenceMatcher
from typing import Any

from flows.annotate.model import Quote
from flows.clean.model import Cleaned

from .cases import Expectation, Outcome
from .visible import lost_stretches

METADATA = ("title", "published_precision", "language", "site", "canonical_url", "syndicated_from")
"""Keys compared as they stand."""

QUOTE_EDGE = " ,.;…"
"""Marks at the ends of a quotation that style guides put inside or outside: not compared."""


def misses(
    expectation: Expectation, outcome: Outcome, content: bytes, *, is_html: bool
) -> list[str]:
    """Return every difference, as `part: what`; an empty list where the page meets its
    expectation.
    """
    cleaned = outcome.cleaned
    if cleaned.outcome != expectation["outcome"]:
        return [f"outcome: {cleaned.outcome!r}, not {expectation['outcome']!r}"]
    found = [f"stripped: {line}" for line in _stripped(expectation, cleaned)]
    found += [
        f"text: holds {snippet!r}"
        for snippet in expectation["must_not_contain"]
        if snippet in cleaned.text
    ]
    if cleaned.outcome != "article":
        return found
    found += [f"metadata: {line}" for line in _metadata(expectation, cleaned)]
    found += [f"text: {line}" for line in _text(expectation["text"], cleaned.text.split("\n"))]
    found += [
        f"lost: {line}"
        for line in _lost(expectation["lost"], lost_stretches(content, cleaned, is_html=is_html))
    ]
    found += [f"quotes: {line}" for line in _quotes(expectation, outcome)]
    found += [f"entities: {line}" for line in _entities(expectation, outcome)]
    return found


def quote_row(quote: Quote) -> dict[str, str | None]:
    """A quotation as an expectation writes it."""
    return {"text": quote.text, "speaker": quote.speaker, "kind": quote.kind}


def answers(want: Any) -> list[Any]:
    """The right answers where an expectation says `want`."""
    return want if isinstance(want, list) else [want]


def _metadata(expectation: Expectation, cleaned: Cleaned) -> Iterator[str]:
    for key in METADATA:
        want, got = expectation[key], getattr(cleaned, key)
        if got not in answers(want):
            yield f"{key} {got!r}, not {want!r}"
    if list(cleaned.authors) != expectation["authors"]:
        yield f"authors {list(cleaned.authors)!r}, not {expectation['authors']!r}"
    if list(cleaned.flags) != expectation["flags"]:
        yield f"flags {list(cleaned.flags)!r}, not {expectation['flags']!r}"
    got_at, want_at = cleaned.published_at, expectation["published_at"]
    if not same_time(want_at, got_at):
        yield f"published_at {got_at and got_at.isoformat()!r}, not {want_at!r}"


def same_time(want: str | None, got: datetime | None) -> bool:
    """Whether both are the same moment, or both unknown."""
    return got == (datetime.fromisoformat(want) if want else None)


def _text(want: list[str], got: list[str]) -> Iterator[str]:
    for tag, i, j, k, m in SequenceMatcher(None, want, got, autojunk=False).get_opcodes():
        if tag != "equal":
            yield f"expected {want[i:j]!r}, got {got[k:m]!r}"


def _stripped(expectation: Expectation, cleaned: Cleaned) -> Iterator[str]:
    for row in expectation["stripped"]:
        reasons = [block.reason for block in cleaned.stripped if row["contains"] in block.text]
        if not set(answers(row["reason"])) & set(reasons):
            yield (
                f"{row['contains']!r} as {', '.join(map(str, reasons)) or 'nothing'}, not "
                f"{' or '.join(answers(row['reason']))}"
            )


def _lost(want: list[str], got: list[str]) -> Iterator[str]:
    yield from (
        f"{stretch!r} is neither kept nor stripped" for stretch in got if stretch not in want
    )


def _quotes(expectation: Expectation, outcome: Outcome) -> Iterator[str]:
    """Quotations in marks are compared as a whole list; indirect ones are only looked for where the
    expectation names one.
    """
    got = {quote.text.strip(QUOTE_EDGE): quote_row(quote) for quote in outcome.annotations.quotes}
    want = {row["text"].strip(QUOTE_EDGE): row for row in expectation["quotes"]}
    for key, row in want.items():
        if key not in got:
            yield f"missing {row['text']!r} ({row['speaker']})"
            continue
        if (got[key]["speaker"] or "").casefold() not in [
            (name or "").casefold() for name in answers(row["speaker"])
        ]:
            yield f"speaker {got[key]['speaker']!r}, not {row['speaker']!r}: {row['text'][:60]!r}"
        if got[key]["kind"] != row["kind"]:
            yield f"kind {got[key]['kind']}, not {row['kind']}: {row['text'][:60]!r}"
    yield from (
        f"extra {row['text']!r} ({row['speaker']})"
        for key, row in got.items()
        if key not in want and row["kind"] != "indirect"
    )


def _entities(expectation: Expectation, outcome: Outcome) -> Iterator[str]:
    got = {(mention.name, mention.label) for mention in outcome.annotations.mentions}
    for row in expectation["entities"]:
        if not {(row["name"], label) for label in answers(row["label"])} & got:
            near = sorted(
                f"{name} {label}"
                for name, label in got
                if row["name"] in name or name in row["name"]
            )
            yield f"no {row['name']} {' or '.join(answers(row['label']))}" + (
                f"; there is {', '.join(near)}" if near else ""
            )
