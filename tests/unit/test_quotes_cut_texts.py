"""Texts that break off anywhere, as teasers and texts behind a wall do."""

from __future__ import annotations

import pytest

from flows.annotate import annotate

REPORTS = (
    "Ada Quill said the dam leaks, but also that the gates held, according to her deputy.",
    "Ada Quill said that the harbour, and the boats in it, were safe, although nobody looked.",
    "Ada Quill told reporters she knew of the leak, which the mayor, a friend, denied.",
    "“The dam leaks,” said Ada Quill, who added: “We know, but not since when.”",
)


@pytest.mark.parametrize("end", ["", ",", " —"])
@pytest.mark.parametrize("text", REPORTS)
def test_a_text_may_break_off_behind_any_word(text: str, end: str) -> None:
    words = text.split(" ")
    for count in range(1, len(words)):
        annotate(" ".join(words[:count]).rstrip(",") + end)


def test_a_report_at_the_end_of_a_cut_text_is_found() -> None:
    (quote,) = annotate("Ada Quill said the dam leaks, but").quotes
    assert (quote.speaker, quote.text) == ("Ada Quill", "the dam leaks")
