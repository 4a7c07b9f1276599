"""Stories of the day in the report: wordings beside each other, with the words that differ."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import duckdb

from flows.commands.stories import _worded
from flows.config.runbook import anchor_of, sections
from flows.report.page import _with_wordings
from flows.report.wordings import compare
from warehouse.check_loader import all_checks
from warehouse.migrate import migrate
from warehouse.sql import read_rows


def test_words_that_differ_are_told_from_those_that_stay() -> None:
    assert compare("we will not wait", "we will not wait") == [("same", "we will not wait")]
    assert compare("But we will not wait", "We will never wait") == [
        ("gone", "But we"),
        ("new", "We"),
        ("same", "will"),
        ("gone", "not"),
        ("new", "never"),
        ("same", "wait"),
    ]


def test_each_wording_stands_once_with_its_outlets() -> None:
    def pair(one: str, site: str, two: str, other: str) -> dict[str, Any]:
        return {
            "story_id": "s",
            "speaker": "Ann Polk",
            "wording": one,
            "site": site,
            "other_wording": two,
            "other_site": other,
        }

    rows = [pair("We wait", "a", "We wait", "b"), pair("We wait", "a", "We shall wait", "c")]
    (story,) = _with_wordings([{"story_id": "s"}], rows)
    shown = [(w["sites"], [words for _, words in w["words"]]) for w in story["wordings"]]
    assert shown == [(["a", "b"], ["We wait"]), (["c"], ["We", "shall", "wait"])]
    assert _with_wordings([{"story_id": "t"}], rows)[0]["wordings"] == []


def test_a_terminal_shows_changed_words_in_colours_and_between_marks() -> None:
    line = _worded(["a", "c"], compare("We ever wait", "We shall wait"))
    assert line.plain == "    a, c: We [-ever-] {+shall+} wait"
    coloured = {line.plain[s.start : s.end]: s.style for s in line.spans if s.style}
    assert coloured == {"a, c": "bold", "[-ever-]": "red strike", "{+shall+}": "green"}


def test_the_queries_run_on_an_empty_warehouse() -> None:
    with duckdb.connect() as connection:
        migrate(connection)
        asked = {"now": datetime(2026, 3, 1, tzinfo=UTC), "limit": 3}
        assert read_rows(connection, "report", "stories", asked) == []
        assert read_rows(connection, "report", "wordings", asked) == []


def test_the_runbook_has_the_section_of_every_check() -> None:
    assert {check.runbook for check in all_checks()} <= set(sections())
    assert anchor_of("Hosts that are left alone") == "hosts-that-are-left-alone"
