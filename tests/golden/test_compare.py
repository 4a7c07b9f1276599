"""The comparison sees every kind of difference, and a rewritten expectation has none."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import PurePosixPath

import pytest

from flows.annotate.model import Annotations, Mention, Quote
from flows.clean.model import Block, Cleaned

from .cases import PAGES, Expectation, Outcome, load_expectation, page_names, run_page
from .compare import misses
from .rewrite import rewritten, with_known_misses
from .visible import lost_stretches

CONTENT = b'Rain in Hexleigh\nBy Una Bright\nIt rained.\n"We are wet," said Una Bright.'
BLOCKS = (
    Block("Rain in Hexleigh"),
    Block("By Una Bright", "byline", "byline.by"),
    Block("It rained."),
    Block('"We are wet," said Una Bright.'),
)
CLEANED = Cleaned(
    "article",
    title="Rain in Hexleigh",
    text='It rained.\n"We are wet," said Una Bright.',
    authors=("Una Bright",),
    published_at=datetime(2025, 1, 2, tzinfo=UTC),
    published_precision="day",
    language="en",
    blocks=BLOCKS,
)
ANNOTATIONS = Annotations(
    (Quote(12, 23, "We are wet,", "direct", "Una Bright"),),
    (Mention(30, 40, "PERSON", "Una Bright"),),
)
EXPECTATION: Expectation = {
    **{
        "outcome": "article",
        "title": "Rain in Hexleigh",
        "authors": ["Una Bright"],
        "language": "en",
    },
    **{
        "published_at": "2025-01-02T01:00:00+01:00",
        "published_precision": "day",
        "site": None,
        "canonical_url": None,
    },
    **{
        "syndicated_from": [None, "a wire"],
        "flags": [],
        "text": ["It rained.", '"We are wet," said Una Bright.'],
    },
    "stripped": [{"reason": ["byline", "author_bio"], "contains": "By Una"}],
    "lost": [],
    "quotes": [{"text": "We are wet", "speaker": "una bright", "kind": "direct"}],
    "entities": [{"name": "Una Bright", "label": "PERSON"}],
    "must_not_contain": ["By Una"],
}


def found(cleaned: Cleaned = CLEANED, annotations: Annotations = ANNOTATIONS) -> str:
    return "\n".join(misses(EXPECTATION, Outcome(cleaned, annotations), CONTENT, is_html=False))


def test_what_is_as_expected_has_no_misses() -> None:
    assert found() == ""


@pytest.mark.parametrize(
    ("cleaned", "miss"),
    [
        (replace(CLEANED, outcome="too_short"), "outcome: 'too_short', not 'article'"),
        (replace(CLEANED, title="Rain"), "title 'Rain', not 'Rain in Hexleigh'"),
        (replace(CLEANED, authors=()), "authors [], not ['Una Bright']"),
        (replace(CLEANED, flags=("stub",)), "flags ['stub'], not []"),
        (replace(CLEANED, syndicated_from="nobody"), "syndicated_from 'nobody'"),
        (
            replace(CLEANED, published_at=datetime(2025, 1, 3, tzinfo=UTC)),
            "published_at '2025-01-03T00:00:00+00:00'",
        ),
        (
            replace(CLEANED, text=CLEANED.text + "\nBy Una Bright"),
            "text: expected [], got ['By Una Bright']",
        ),
        (replace(CLEANED, text=CLEANED.text + "\nBy Una Bright"), "text: holds 'By Una'"),
        (
            replace(
                CLEANED, blocks=(*BLOCKS[:1], replace(BLOCKS[1], reason="navigation"), *BLOCKS[2:])
            ),
            "as navigation, not byline or author_bio",
        ),
        (
            replace(CLEANED, blocks=(BLOCKS[0], *BLOCKS[2:])),
            "lost: 'By Una Bright' is neither kept nor stripped",
        ),
    ],
)
def test_a_cleaning_that_differs_is_seen(cleaned: Cleaned, miss: str) -> None:
    assert miss in found(cleaned)


@pytest.mark.parametrize(
    ("annotations", "miss"),
    [
        (replace(ANNOTATIONS, quotes=()), "quotes: missing 'We are wet'"),
        (
            replace(ANNOTATIONS, quotes=(replace(ANNOTATIONS.quotes[0], speaker=None),)),
            "quotes: speaker None, not 'una bright'",
        ),
        (
            replace(ANNOTATIONS, quotes=(replace(ANNOTATIONS.quotes[0], kind="mixed"),)),
            "quotes: kind mixed, not direct",
        ),
        (
            replace(ANNOTATIONS, quotes=(*ANNOTATIONS.quotes, Quote(0, 9, "It rained", "mixed"))),
            "quotes: extra 'It rained'",
        ),
        (
            replace(ANNOTATIONS, mentions=(Mention(30, 40, "ORG", "Una Bright"),)),
            "entities: no Una Bright PERSON; there is Una Bright ORG",
        ),
    ],
)
def test_an_annotation_that_differs_is_seen(annotations: Annotations, miss: str) -> None:
    assert miss in found(annotations=annotations)


def test_an_indirect_quotation_nobody_named_is_no_miss() -> None:
    assert (
        found(
            annotations=replace(
                ANNOTATIONS, quotes=(*ANNOTATIONS.quotes, Quote(0, 9, "It rained", "indirect"))
            )
        )
        == ""
    )


def test_known_misses_stand_beside_what_is_true() -> None:
    listed = with_known_misses(EXPECTATION, ["quotes: missing"])
    assert listed == {**EXPECTATION, "known_misses": ["quotes: missing"]}
    assert with_known_misses(listed, []) == EXPECTATION


@pytest.mark.parametrize("name", page_names())
def test_a_rewritten_expectation_is_met(name: str) -> None:
    content, is_html, outcome = (
        (PAGES / name).read_bytes(),
        PurePosixPath(name).suffix == ".html",
        run_page(name),
    )
    new = rewritten(
        load_expectation(name), outcome, lost_stretches(content, outcome.cleaned, is_html=is_html)
    )
    # a time outside UTC breaks the model's word: no expectation can allow it
    assert [
        miss for miss in misses(new, outcome, content, is_html=is_html) if "not in UTC" not in miss
    ] == []
