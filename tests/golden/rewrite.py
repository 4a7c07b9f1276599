"""Rewrite expectations after a change that was meant: `python -m tests.golden.rewrite [PAGE…]`,
then review the printed diff.

What the program now gives replaces title, authors, times, text, quotations and the like. The
snippets that were chosen by hand (stripped, entities, must_not_contain) are kept where they still
hold, and go where they do not: such a line in the diff is a finding. An expectation is first
written by hand, from what is true of the page; this command makes none where there is none.

`python -m tests.golden.rewrite --known [PAGE…]` leaves what is true of the page alone and lists
what the program misses today as `known_misses`. The test then fails on a new miss, and on a listed
one that is mended: the list can only shrink.
"""

from __future__ import annotations

import difflib
import json
import sys
from pathlib import PurePosixPath

from .cases import (
    EXPECTED,
    PAGES,
    Expectation,
    Outcome,
    expectation_path,
    load_expectation,
    page_names,
    run_page,
)
from .compare import METADATA, answers, misses, quote_row, same_time
from .visible import lost_stretches

KNOWN = "--known"


def rewritten(expectation: Expectation, outcome: Outcome, lost: list[str]) -> Expectation:
    """Return the expectation as the program would now have it; `lost` are the stretches neither
    kept nor stripped.
    """
    cleaned, new = outcome.cleaned, with_known_misses(expectation, [])
    new["outcome"] = cleaned.outcome
    new["stripped"] = [
        {
            "reason": row["reason"] if block.reason in answers(row["reason"]) else block.reason,
            "contains": row["contains"],
        }
        for row in expectation["stripped"]
        for block in [b for b in cleaned.stripped if row["contains"] in b.text][:1]
    ]
    new["must_not_contain"] = [
        snippet for snippet in expectation["must_not_contain"] if snippet not in cleaned.text
    ]
    if cleaned.outcome != "article":
        return new
    for key in METADATA:
        if key not in expectation or getattr(cleaned, key) not in answers(expectation[key]):
            new[key] = getattr(cleaned, key)
    new["authors"], new["flags"], new["lost"] = list(cleaned.authors), list(cleaned.flags), lost
    if not same_time(expectation.get("published_at"), cleaned.published_at):
        new["published_at"] = cleaned.published_at and cleaned.published_at.isoformat()
    new["text"] = cleaned.text.split("\n")
    settled = {row["text"]: row for row in expectation.get("quotes", [])}
    new["quotes"] = [
        _kept_answers(quote_row(quote), settled)
        for quote in outcome.annotations.quotes
        if quote.kind != "indirect"
    ]
    names = {(mention.name, mention.label) for mention in outcome.annotations.mentions}
    new["entities"] = [
        row
        for row in expectation.get("entities", [])
        if names & {(row["name"], label) for label in answers(row["label"])}
    ]
    return new


def _kept_answers(row: Expectation, settled: dict[str, Expectation]) -> Expectation:
    """Return the settled row for the same words where `row` still is one of its right answers."""
    old = settled.get(row["text"])
    return (
        old
        if old and old["kind"] == row["kind"] and row["speaker"] in answers(old["speaker"])
        else row
    )


def with_known_misses(expectation: Expectation, found: list[str]) -> Expectation:
    """Return the expectation as it stands, with what the program misses today listed beside it."""
    kept = {key: value for key, value in expectation.items() if key != "known_misses"}
    return {**kept, "known_misses": found} if found else kept


def main(arguments: list[str]) -> int:
    """Rewrite the expectations of the named pages (all where none is named) and print what changed;
    2 where a page is unknown.
    """
    names = [argument for argument in arguments if argument != KNOWN]
    if unknown := sorted(set(names) - set(page_names())):
        print(
            f"No such demo page: {', '.join(unknown)}. Name pages relative to seeds/pages.",
            file=sys.stderr,
        )
        return 2
    for name in names or page_names():
        path, content, expectation = (
            expectation_path(name),
            (PAGES / name).read_bytes(),
            load_expectation(name),
        )
        outcome, is_html = run_page(name), PurePosixPath(name).suffix == ".html"
        if KNOWN in arguments:
            written = with_known_misses(
                expectation, misses(expectation, outcome, content, is_html=is_html)
            )
        else:
            written = rewritten(
                expectation, outcome, lost_stretches(content, outcome.cleaned, is_html=is_html)
            )
        old, new = path.read_text("utf-8"), json.dumps(written, ensure_ascii=False, indent=2) + "\n"
        label = path.relative_to(EXPECTED).as_posix()
        sys.stdout.writelines(
            difflib.unified_diff(
                old.splitlines(True),
                new.splitlines(True),
                f"{label} (before)",
                f"{label} (now)",
                n=1,
            )
        )
        path.write_text(new, "utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
