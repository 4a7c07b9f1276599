"""Every shipped check finds what it is for and is silent on a healthy warehouse."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

import duckdb
import pytest

from tests.flow.pages import PARAGRAPHS, file_of, html_page, ingest, request
from tests.homes import lake_in
from warehouse.check import (
    CheckResult,
    Status,
    run_check,
    run_checks,
    summed,
)
from warehouse.check_loader import Check, ThresholdError, all_checks, read_check
from warehouse.check_views import create_bounds, create_views
from warehouse.connect import WarehouseAddress, open_writer
from warehouse.move import move
from warehouse.sql import SqlFile, read_folder
from warehouse.start_duckdb import fit_to_size
from warehouse.update_incidents import write_checks

BREAKS = {
    "quote_is_in_text": "UPDATE meta.quote_rows SET char_start = char_start + 1",
    "speaker_is_in_text": "UPDATE meta.quote_rows SET speaker_end = speaker_end + 1 "
    "WHERE speaker_start IS NOT NULL",
    "mention_is_in_text": "UPDATE meta.mention_rows SET text = 'Nowhere'",
    "orphans": "DELETE FROM articles WHERE article_id = (SELECT min(article_id) FROM quotes)",
    "duplicate_keys": "INSERT INTO articles FROM articles LIMIT 1",
    "pages_accounted_for": "DELETE FROM meta.pages WHERE position = 1",
    "loaded_pages_have_articles": "UPDATE meta.pages SET article_id = 'ffffffffffffffff' WHERE "
    "outcome = 'loaded'",
    "speaker_is_author": "UPDATE articles SET authors = ['Marta Quilliam']",
    "speakers_known": "INSERT INTO meta.quote_rows SELECT q.* REPLACE (NULL AS speaker, "
    "'direct' AS kind, quote_id || n AS quote_id) "
    "FROM meta.quote_rows AS q, range(40) AS r(n)",
    "pages_are_articles": "INSERT INTO meta.pages "
    "SELECT p.* REPLACE (location || n AS location, 'rejected' AS outcome, 'cookie_wall: x' AS "
    "detail) "
    "FROM meta.pages AS p, range(5) AS r(n)",
    "run_is_sound": "INSERT INTO meta.pages SELECT p.* REPLACE (location || n AS location, "
    "'rejected' AS outcome, 'contract: x' AS detail) "
    "FROM meta.pages AS p, range(5) AS r(n)",
    "source_minimum": "UPDATE source_bounds SET least = 5",
    "source_maximum": "UPDATE source_bounds SET most = 0",
    "blocks_are_an_articles_own": "UPDATE meta.site_blocks SET article_count = 40",
    "titles_are_an_articles_own": "UPDATE articles SET title = 'News'",
    "texts_have_one_address": "UPDATE articles SET text = (SELECT min(text) FROM articles)",
    "speaker_conflicts_are_steady": "INSERT INTO meta.wording_pairs "
    "SELECT 'ffffffffffffffff', a.article_id, n, n + 1, 'ffffffffffffffff', n, n + 1, "
    "CASE WHEN a.run_id = (SELECT max(run_id) FROM articles) THEN ['speaker'] ELSE ['exact'] "
    "END, '', 'a', 'b', a.first_seen_at::DATE "
    "FROM articles AS a, range(40) AS r(n)",
    "boilerplate_share_is_steady": "UPDATE meta.boilerplate_rows SET text = repeat(text, 90) "
    "WHERE article_id IN (SELECT article_id FROM articles WHERE run_id = (SELECT max(run_id) "
    "FROM articles))",
    "clocks_agree": "UPDATE articles SET published_at = first_seen_at + INTERVAL 1 HOUR, "
    "published_precision = 'minute'",
}
"""How to break each check that does not flag; one without a line here fails the test below."""

FLAGGED = {
    "text_is_no_cookie_wall": "text = 'We and our partners use cookies. Accept all cookies or "
    "manage preferences to read on.'",
    "text_is_no_block_page": "text = 'Please complete the captcha so that we know that no "
    "machine reads here.'",
    "text_is_no_missing_page": "text = 'The page you are looking for could not be found. It may "
    "have moved with our new archive.'",
    "text_is_no_section_front": "text = repeat('Port Ellery votes on its quay' || chr(10), 12)",
    "text_is_whole": "text = text || chr(10) || 'Continue reading'",
    "text_is_told_once": "text = text || chr(10) || text || chr(10) || text",
    "articles_are_no_stubs": "flags = ['stub']",
    "text_is_readable": "text = text || ' CafÃ© and crÃ¨me'",
    "title_is_not_the_sites_name": "title = 'The Tide', site = 'tide.example'",
    "title_and_text_agree": "title = 'Parliament debates satellite pensions'",
    "published_in_our_time": "published_at = '1970-01-01T00:00:00Z'",
    "published_in_future": "published_at = last_seen_at + INTERVAL 2 DAY",
    "published_is_not_fetched": "published_at = last_seen_at, published_precision = 'second'",
    "published_at_an_hour": "published_at = '2026-03-01T00:00:00Z', published_precision = 'second'",
    "language_is_the_sources": "language = CASE WHEN position('nine' IN title) > 0 THEN 'de' "
    "ELSE 'en' END",
    "authors_are_people": "authors = ['desk@tide.example']",
    "quotation_marks_are_paired": "text = text || ' He said: “No'",
    "articles_are_no_lists_of_names": "flags = ['entity_explosion']",
}
"""What makes an article one that each flagging check flags: what is set in its row."""


NUMBERS = (
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
)


@pytest.fixture(scope="module")
def healthy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A warehouse of twelve fetched articles of one source, each with a text, a title and an
    address of its own, in two runs.
    """
    folder = tmp_path_factory.mktemp("healthy")
    asked = request(folder, folder / "pages.jsonl")
    for run in (NUMBERS[:6], NUMBERS):
        with (folder / "pages.jsonl").open("w", encoding="utf-8") as manifest:
            for n, word in enumerate(run):
                own = (
                    f"Berth {word} of the northern quay is {n + 3} metres deep, and {word} "
                    "ships a week have asked the pilots for it."
                )
                told = [f"{paragraph} That was day {word}." for paragraph in PARAGRAPHS[n % 2 :]]
                url = f"https://tide.example/{word}"
                time = (
                    '<meta property="article:published_time" '
                    f'content="2026-03-{n + 1:02}T06:30:00Z"></head>'
                )
                page = html_page(
                    f"Port Ellery widens berth {word} of its quay", [*told, own], url
                ).replace("</head>", time)
                line = {
                    "id": word,
                    "url": url,
                    "html": page,
                    "status": 200,
                    "fetched_at": f"2026-03-{n + 1:02}T08:00:00Z",
                }
                manifest.write(json.dumps(line) + "\n")
        ingest(asked)
    return file_of(asked)


@pytest.fixture(scope="module", params=["file", "lake"])
def opened(
    request: pytest.FixtureRequest, healthy: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[duckdb.DuckDBPyConnection]:
    warehouse: WarehouseAddress = healthy
    if request.param == "lake":
        warehouse = lake_in(tmp_path_factory.mktemp("lake"))
        move(healthy, warehouse, 5, print)
    with open_writer(warehouse, 5, print) as connection:
        fit_to_size(connection)  # as a run does
        create_bounds(connection, [("tide.example", 1, 3)])
        yield connection


@pytest.fixture
def warehouse(opened: duckdb.DuckDBPyConnection) -> Iterator[duckdb.DuckDBPyConnection]:
    """The healthy warehouse, which is healthy again after the test."""
    opened.execute("BEGIN")
    yield opened
    opened.execute("ROLLBACK")


@cache
def lenient() -> dict[str, Check]:
    """The checks by name, with thresholds that twelve articles can pass and break."""
    few = {
        "least_articles": 3,
        "least_pages": 3,
        "usual_articles": 3,
        "most_share": 0.05,
        "least_quotes": 3,
        "least_characters": 100,
        "looked_at": 200,
    }
    settings = {c.name: {k: v for k, v in few.items() if k in c.settings} for c in all_checks()}
    return {check.name: check for check in all_checks(settings)}


@dataclass(frozen=True)
class Judged:
    """What a check finds in the healthy warehouse and in the broken one, and the addresses of the
    articles that carry its flag in the broken one.
    """

    well: tuple[CheckResult, ...]
    broken: tuple[CheckResult, ...]
    flagged: list[tuple[str]]


@pytest.fixture(scope="module")
def judged(opened: duckdb.DuckDBPyConnection) -> dict[str, Judged]:
    """What each check finds, by its name."""
    found = {}
    ways = {
        name: f"UPDATE articles SET {change} WHERE title LIKE '%nine%'"
        for name, change in FLAGGED.items()
    }
    opened.execute("BEGIN")
    all_well = run_checks(opened, checks=list(lenient().values()))
    opened.execute("ROLLBACK")
    for name, way in (BREAKS | ways).items():
        check = lenient()[name]
        well = tuple(result for result in all_well if result.check.name == name)
        opened.execute("BEGIN")
        opened.execute(way)
        broken = run_checks(opened, checks=[check])
        flagged = opened.execute(
            "SELECT url FROM articles WHERE list_contains(flags, ?)", [check.flag]
        ).fetchall()
        opened.execute("ROLLBACK")
        found[name] = Judged(well, broken, flagged)
    return found


def test_a_healthy_warehouse_passes_every_check(warehouse: duckdb.DuckDBPyConnection) -> None:
    assert {r.check.name: r.row_count for r in run_checks(warehouse) if r.is_failed} == {}
    assert warehouse.execute("SELECT DISTINCT flags FROM articles").fetchall() == [([],)]


def test_every_check_has_something_that_breaks_it() -> None:
    assert BREAKS.keys() | FLAGGED.keys() == {check.name for check in all_checks()}
    assert {check.name for check in all_checks() if check.flag} == set(FLAGGED)


@pytest.mark.parametrize("name", BREAKS)
def test_each_check_finds_what_it_is_for(name: str, judged: dict[str, Judged]) -> None:
    assert [r for r in judged[name].well if r.is_failed] == []
    found = [r for r in judged[name].broken if r.is_failed]
    assert found
    assert found[0].row_count > 0
    assert found[0].examples


@pytest.mark.parametrize("name", FLAGGED)
def test_each_flagging_check_flags_what_it_is_for_and_fails_its_source(
    name: str, judged: dict[str, Judged]
) -> None:
    assert {r.status for r in judged[name].well} == {"passed"}
    (found,) = judged[name].broken
    assert (found.status, found.row_count, found.source_id) == ("failed", 1, "tide.example")
    assert found.observed == pytest.approx(1 / 12)
    assert found.examples[0]["url"] == "https://tide.example/nine"
    assert judged[name].flagged == [("https://tide.example/nine",)]


@pytest.mark.parametrize("opened", ["file"], indirect=True)
def test_what_a_check_finds_is_told_once_and_its_end_once(
    judged: dict[str, Judged], warehouse: duckdb.DuckDBPyConnection
) -> None:
    """Each check has a source of its own here: what else one source fails would silence it."""
    well, broken = (
        tuple(
            replace(result, source_id=result.source_id and f"{result.source_id}-{name}")
            for name, one in judged.items()
            for result in getattr(one, state)
        )
        for state in ("well", "broken")
    )
    start = datetime(2026, 3, 20, tzinfo=UTC)
    for hour, results in enumerate([well, broken, broken, broken, well, well, well]):
        write_checks(warehouse, f"round-{hour}", results, start + timedelta(hours=hour))
        warehouse.execute(
            "UPDATE meta.notifications SET sent_at = ? WHERE sent_at IS NULL",
            [start + timedelta(hours=hour)],
        )
    told = (
        "SELECT check_name, event, count(*), count(DISTINCT incident_id) FROM meta.notifications "
        "JOIN meta.incidents USING (incident_id) GROUP BY ALL ORDER BY ALL"
    )
    expected = []
    for name, one in sorted(judged.items()):
        incidents = len({(r.source_id, r.dimension) for r in one.broken if r.is_failed})
        expected += [(name, event, incidents, incidents) for event in ("opened", "resolved")]
    assert warehouse.execute(told).fetchall() == expected


def test_a_flag_goes_when_its_reason_has_gone(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute(
        "UPDATE articles SET flags = ['soft_404', 'date_conflict'] WHERE title LIKE '%nine%'"
    )
    run_checks(warehouse)
    assert warehouse.execute("SELECT flags FROM articles WHERE title LIKE '%nine%'").fetchall() == [
        (["date_conflict"],)
    ]


def test_with_too_few_articles_a_share_is_unknown(warehouse: duckdb.DuckDBPyConnection) -> None:
    (check,) = (
        c
        for c in all_checks({"text_is_whole": {"least_articles": 13}})
        if c.name == "text_is_whole"
    )
    assert [r.status for r in run_checks(warehouse, checks=[check])] == ["unknown"]


def test_thresholds_are_settings() -> None:
    (check,) = (
        c for c in all_checks({"text_is_whole": {"most_share": 0.5}}) if c.name == "text_is_whole"
    )
    assert check.settings["most_share"] == 0.5
    with pytest.raises(
        ThresholdError, match="no setting 'most'; it has most_share, least_articles"
    ):
        all_checks({"text_is_whole": {"most": 1}})
    with pytest.raises(ThresholdError, match="no check 'text_is'"):
        all_checks({"text_is": {"most_share": 1}})


HEAD = "-- severity: warn\n-- All is well.\n-- scope: row\n-- runbook: dates\n"


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("SELECT 1", "must begin with"),
        ("-- severity: grave\n-- doc\nSELECT 1", "must begin with"),
        ("-- severity: fail\nSELECT 1", "must begin with"),
        ("-- severity: fail\n-- scope: row\n-- runbook: dates\nSELECT 1", "must begin with"),
        (HEAD.replace("-- scope: row\n", "") + "SELECT 1", "needs a line '-- scope: row"),
        (HEAD.replace("scope: row", "scope: world") + "SELECT 1", "needs a line '-- scope: row"),
        (HEAD.replace("-- runbook: dates\n", "") + "SELECT 1", "needs a line '-- runbook: ANCHOR'"),
        (HEAD + "-- onwer: desk\nSELECT 1", "unknown key 'onwer'"),
        (HEAD + "-- setting: most = 3\nSELECT $most", "name = number"),
    ],
)
def test_a_check_whose_head_lacks_something_is_refused(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read_check(SqlFile("odd", text))


def test_a_head_is_read() -> None:
    check = read_check(SqlFile("odd", HEAD + "-- It was seen: twice.\n-- owner: desk\nSELECT 1;\n"))
    assert (check.severity, check.doc, check.scope) == (
        "warn",
        "All is well. It was seen: twice.",
        "row",
    )
    assert (check.runbook, check.owner) == ("dates", "desk")


def test_every_check_has_its_section_in_the_runbook() -> None:
    text = (Path(__file__).parents[2] / "deploy" / "RUNBOOK.md").read_text(encoding="utf-8")
    anchors = {
        line.removeprefix("## ").strip().lower().replace(" ", "-")
        for line in text.splitlines()
        if line.startswith("## ")
    }
    assert {check.runbook for check in all_checks()} <= anchors


def results(warehouse: duckdb.DuckDBPyConnection, query: str) -> list[CheckResult]:
    create_views(warehouse)
    return list(run_check(warehouse, read_check(SqlFile("odd", HEAD + query))))


def test_rows_go_by_source_and_dimension_and_other_sources_have_passed(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    rows = "('a', 'title', 3, 'two'), ('a', 'title', 4, 'two'), ('a', 'date', 5, 'six')"
    query = f"SELECT * FROM (VALUES {rows}) AS t(source_id, dimension, observed, expected)"
    found = results(warehouse, query)
    kept = [(r.source_id, r.dimension, r.status, r.row_count, r.expected) for r in found]
    (source,) = warehouse.execute("SELECT DISTINCT source_id FROM articles").fetchall()[0]
    assert kept == [
        ("a", "date", "failed", 1, "six"),
        ("a", "title", "failed", 2, "two"),
        (source, "*", "passed", 0, None),
    ]
    assert found[0].observed == 5
    assert [e["dimension"] for e in found[1].examples] == ["title", "title"]
    assert [(r.where, r.status) for r in summed(tuple(found))] == [
        ("odd a date", "failed"),
        ("odd a title", "failed"),
    ]
    assert [(r.where, r.status) for r in summed(tuple(found[2:]))] == [("odd", "passed")]


def test_verdicts_say_which_source_passed_and_which_is_unknown(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    query = (
        "SELECT * FROM (VALUES ('a', true, 1.5), ('b', false, 0.5), ('c', NULL, NULL)) AS "
        "t(source_id, is_passed, observed)"
    )
    found = results(warehouse, query)
    assert [(r.source_id, r.status, r.observed) for r in found] == [
        ("a", "passed", 1.5),
        ("b", "failed", 0.5),
        ("c", "unknown", None),
    ]
    assert [(r.where, r.status) for r in summed(tuple(found))] == [
        ("odd b", "failed"),
        ("odd c", "unknown"),
    ]
    several = summed(
        (*found, *(CheckResult(found[0].check, "unknown", source_id=f"s{n}") for n in range(500)))
    )
    assert [(r.where, r.status, r.cause) for r in several] == [
        ("odd", "unknown", "too few data on 501 of 503"),
        ("odd b", "failed", None),
    ]
    assert [r.status for r in results(warehouse, f"{query} WHERE source_id = 'z'")] == ["unknown"]


def test_results_by_source_open_and_resolve_incidents_by_source(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    check = Check("odd", "fail", "All is well.", "SELECT 1", "source", "dates")

    def settle(run_id: str, *found: tuple[str, str | None, Status]) -> dict[str, str]:
        write_checks(
            warehouse,
            run_id,
            tuple(
                CheckResult(check, status, 0, (), source, what) for source, what, status in found
            ),
        )
        return dict(
            warehouse.execute(
                "SELECT fingerprint, state FROM meta.incidents WHERE check_name = 'odd'"
            ).fetchall()
        )

    assert settle("r1", ("a", "x", "failed"), ("b", "x", "unknown"), ("c", "x", "passed")) == {
        "odd/a/x": "open"
    }
    assert settle("r2", ("a", "x", "unknown")) == {"odd/a/x": "open"}
    assert settle("r3", ("b", "x", "passed")) == {"odd/a/x": "open"}
    for run_id in ("r4", "r5"):
        found = settle(run_id, ("a", "y", "failed"), ("a", "*", "passed"))
    assert found == {"odd/a/x": "resolved", "odd/a/y": "open"}
    stored = warehouse.execute(
        "SELECT run_id, source_id, dimension, is_passed FROM meta.checks WHERE check_name = "
        "'odd' ORDER BY ALL"
    ).fetchall()
    assert stored[:2] == [("r1", "a", "x", False), ("r1", "b", "x", None)]
    assert ("r3", None, None, True) in stored


def test_worked_queries_answer(warehouse: duckdb.DuckDBPyConnection) -> None:
    for file in read_folder("queries"):
        assert file.head, file.name
        assert warehouse.execute(file.text).description


def test_views_count_mentions_articles_and_stories(warehouse: duckdb.DuckDBPyConnection) -> None:
    named = (
        "SELECT count(*), sum(mention_count), sum(article_count), sum(story_count) FROM "
        "entity_daily WHERE name = 'Marta Quilliam'"
    )
    before = warehouse.execute(named).fetchall()
    assert before == [(12, 12, 12, 12)]
    both = "'Marta Quilliam' IN (name, other_name) AND 'Ostrander Marine' IN (name, other_name)"
    pair = f"SELECT article_count, story_count FROM entity_pairs WHERE {both}"
    stories = warehouse.execute("SELECT count(DISTINCT story_id) FROM articles").fetchall()[0][0]
    assert 1 <= stories < 12
    assert warehouse.execute(pair).fetchall() == [(12, stories)]
    warehouse.execute("UPDATE articles SET flags = ['entity_explosion']")
    assert warehouse.execute(pair).fetchall() == []
    assert warehouse.execute(named).fetchall() == before
