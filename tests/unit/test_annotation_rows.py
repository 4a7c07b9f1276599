"""Rows of names: which of several spellings that an article has of one name its row shows."""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import permutations

import pytest

from flows.acquire.page import PageRef
from flows.annotate.model import Annotations, Mention
from flows.clean import clean_page
from flows.worker.annotation_rows import mention_rows, name_rows
from flows.worker.rows import ProcessedPage

PAGE = PageRef("page", "page", datetime(2031, 5, 1, tzinfo=UTC), is_html=True)


@pytest.mark.parametrize(
    ("spellings", "shown"),
    [
        (("Isla MacRannoch", "Isla Macrannoch"), "Isla MacRannoch"),
        (("LeTavern Crews", "Letavern Crews"), "LeTavern Crews"),
        # no capital within a word: small letters and accents lead, as they did
        (("Raúl Vega", "Raul Vega"), "Raúl Vega"),
        (("Ada VOSS", "Ada Voss"), "Ada Voss"),
    ],
)
def test_a_capital_within_a_word_leads_whatever_comes_first(
    spellings: tuple[str, ...], shown: str
) -> None:
    cleaned = clean_page(b"<p>" + b"x" * 99, is_html=True)
    for names in permutations(spellings):
        mentions = tuple(Mention(n, n + 1, "PERSON", name) for n, name in enumerate(names))
        page = ProcessedPage(PAGE, 0, "a" * 64, 99, cleaned, Annotations(mentions=mentions))
        assert [row["name"] for row in name_rows(page)] == [shown]
        assert len({row["name_id"] for row in mention_rows(page, "article")}) == 1
