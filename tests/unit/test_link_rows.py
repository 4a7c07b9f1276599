"""Linking finds rows of the warehouse by key or time: those that are easily passed over."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from flows.linking import linker
from flows.linking.differences import write_differences
from flows.linking.speakers import find_speakers, forget_speakers
from warehouse.migrate import migrate
from warehouse.run_sql import run_statements

NAME = """
    INSERT INTO meta.entity_names BY NAME
    SELECT 'n' AS name_id, 'e' AS entity_id, 'Ann Polk' AS name, 'PERSON' AS type, [] AS forms,
        '' AS group_key, [] AS offer_keys, 1 AS article_count, [] AS article_ids, 'n' AS plain_id,
        1 AS name_number, (md5_number_lower('n') >> 1)::BIGINT AS key_number, 0 AS entity_number
"""

ARTICLES = """
    CREATE TEMP TABLE told AS FROM (VALUES ('early', TIMESTAMPTZ '2026-03-01 09:00:00+00', 1),
        ('late', TIMESTAMPTZ '2026-03-04 09:00:00+00', 2)) AS t(article_id, seen_at, number);
    INSERT INTO articles BY NAME
    SELECT article_id, 'tide' AS source_id, 'T' AS title, 'Ann Polk spoke.' AS text, [] AS authors,
        3 AS word_count, [] AS flags, 'p' AS page_id, 'article' AS kind, [] AS keywords,
        '[]' AS images, [] AS corrections, 'r' AS run_id, 'v' AS extractor_version,
        seen_at AS first_seen_at, seen_at AS last_seen_at
    FROM told;
    INSERT INTO meta.article_facts BY NAME
    SELECT article_id, 'tide' AS source_id, 'r' AS run_id, seen_at AS first_seen_at,
        seen_at AS last_seen_at, 0 AS kept_count, 0 AS cut_count, '' AS text_key,
        '' AS first_line_key, '' AS last_line_key, seen_at::DATE AS told_on,
        number AS article_number, (md5_number_lower(article_id) >> 1)::BIGINT AS key_number
    FROM told;
    INSERT INTO meta.link_articles BY NAME
    SELECT article_id, seen_at::DATE AS seen_on, 'c' AS copy_id, false AS is_round_up,
        seen_at AS linked_at, [] AS words, '' AS high_bits, '' AS low_bits, [] AS counts,
        [] AS marks, [] AS quoted
    FROM told;
    INSERT INTO meta.quote_rows BY NAME
    SELECT 'q' AS quote_id, 'late' AS article_id, 1 AS position, 'We stay.' AS text,
        'direct' AS kind, 0 AS char_start, 8 AS char_end, 'u' AS utterance_id, 2 AS article_number;
    INSERT INTO meta.link_quotes BY NAME
    SELECT 'q' AS quote_id, 'late' AS article_id, DATE '2026-03-04' AS seen_on,
        'u' AS utterance_id, 'direct' AS kind, 'We stay.' AS text, 0 AS char_start, 8 AS char_end,
        [] AS keys, now() AS linked_at;
    INSERT INTO narrations BY NAME
    SELECT 'early' AS article_id, 0 AS char_start, 8 AS char_end, 'u' AS utterance_id;
    CREATE TEMP TABLE touched_utterances AS SELECT 'u' AS utterance_id;
"""


@pytest.fixture
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    """A warehouse with one name."""
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        connection.execute(NAME)
        yield connection


def test_an_article_that_told_it_before_anybody_quoted_it_counts(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute(ARTICLES)
    run_statements(warehouse, linker._sql("50_utterances"))
    counted = "SELECT article_count, first_seen_at::DATE::VARCHAR FROM utterances"
    assert warehouse.execute(counted).fetchall() == [(2, "2026-03-01")]


RUNS = """
    INSERT INTO meta.runs BY NAME
    SELECT 'r' || n AS run_id, 'ingest' AS flow, 'loaded' AS state, now() AS started_at,
        now() AS ended_at, 0 AS page_count, 0 AS loaded_count, 0 AS unchanged_count,
        0 AS duplicate_count, 0 AS rejected_count, 0 AS quarantined_count,
        'v' AS extractor_version, n AS load_number
    FROM range(4) AS r(n);
    UPDATE articles SET run_id = '{run}' WHERE article_id = 'early';
    INSERT INTO meta.links
    SELECT 'story', one, other, one, other, 1, '{{}}', 'v', 'r' || run
    FROM (VALUES ('early', 'x', 1), ('late', 'early', 3), ('late', 'y', 3), ('z', 'x', 0))
        AS t(one, other, run);
    INSERT INTO meta.wording_pairs
    SELECT 'w', one, 0, 1, other, 0, 1, ['exact'], '', '', '', make_date(2026, 3, day)
    FROM (VALUES ('early', 'x', 1), ('late', 'early', 4), ('late', 'y', 4)) AS t(one, other, day);
    SET VARIABLE first_article_row = 2;
    SET VARIABLE window_days = 14;
    SET VARIABLE recalled_members = 60;
    SET VARIABLE earliest_now = TIMESTAMPTZ '2026-03-05 00:00:00+00';
    CREATE TEMP TABLE moved_names (name_number BIGINT);
    CREATE TEMP TABLE former_utterances (utterance_id VARCHAR);
    CREATE TEMP TABLE former_links AS
        SELECT article_id, story_id, copy_id, run_id, first_seen_at FROM articles LIMIT 0;
    CREATE TEMP TABLE link_asked AS SELECT 'early' AS article_id;
"""


@pytest.mark.parametrize("gone", ["none", "r1", "r3"])
@pytest.mark.parametrize("run", ["r1", "unknown"])
def test_links_and_pairs_of_an_article_that_is_linked_anew_go_and_no_others(
    warehouse: duckdb.DuckDBPyConnection, run: str, gone: str
) -> None:
    warehouse.execute(ARTICLES)
    warehouse.execute(RUNS.format(run=run))
    warehouse.execute("DELETE FROM meta.runs WHERE run_id = ?", [gone])  # as retention does
    run_statements(warehouse, linker._sql("10_fresh"))
    for table, left in (
        ("links", [("late", "y"), ("z", "x")]),
        ("wording_pairs", [("late", "y")]),
    ):
        found = f"SELECT article_id, other_article_id FROM meta.{table} ORDER BY ALL"
        assert warehouse.execute(found).fetchall() == left


@pytest.mark.parametrize(
    ("articles", "known", "found"),
    [
        ("('early', 0, 'r1')", "r0 r1 r2 r3", ["r1", "r2", "r3"]),
        ("('early', 0, 'r1'), ('other', 1, 'r3')", "r0 r1 r2 r3", ["r1", "r2", "r3"]),
        ("('early', 0, 'r3'), ('other', 1, 'r1')", "r0 r1 r2 r3", ["r1", "r2", "r3"]),
        # its run, or that of a link, has lost its row
        ("('early', 0, 'r1')", "r0 r2 r3", ["r0", "r1", "r2", "r3"]),
        ("('early', 0, 'r1')", "r1 r3", ["r0", "r1", "r2", "r3"]),
        # an article of this load, whose run has no row yet
        ("('early', 0, 'r2'), ('new', 2, 'r4')", "r0 r1 r2 r3", ["r2", "r3"]),
        ("('early', 2, 'r4')", "r0 r1 r2 r3", []),
        # an article that stands in no group of copies
        ("('other', 1, 'r3')", "r0 r1 r2 r3", ["r0", "r1", "r2", "r3"]),
    ],
)
def test_links_at_hand_are_those_of_runs_since_the_first_that_wrote_one_of_the_articles(
    warehouse: duckdb.DuckDBPyConnection, articles: str, known: str, found: list[str]
) -> None:
    warehouse.execute(
        f"""
        INSERT INTO meta.links
        SELECT kind, 'early', 'x', 'early', 'x', 1, '{{}}', 'v', 'r' || n
        FROM range(4) AS r(n), (VALUES ('copy'), ('quotation')) AS k(kind);
        INSERT INTO meta.links SELECT 'copy', 'x', 'y', 'x', 'y', 1, '{{}}', 'v', 'r3';
        CREATE TEMP TABLE link_runs AS
        SELECT 'r' || n AS run_id,
            CASE WHEN contains('{known}', 'r' || n) THEN n END AS load_number
        FROM range(4) AS r(n);
        INSERT INTO meta.runs BY NAME
        SELECT run_id, 'ingest' AS flow, 'loaded' AS state, now() AS started_at,
            now() AS ended_at, 0 AS page_count, 0 AS loaded_count, 0 AS unchanged_count,
            0 AS duplicate_count, 0 AS rejected_count, 0 AS quarantined_count,
            'v' AS extractor_version, load_number
        FROM link_runs WHERE load_number IS NOT NULL;
        CREATE TEMP TABLE link_copy_rows AS
        FROM (VALUES {articles}) AS t(article_id, row_number, run_id);
        CREATE TEMP TABLE link_decided AS SELECT 'early' AS article_id;
        SET VARIABLE first_article_row = 2;
        """
    )
    warehouse.execute(linker.STANDING)
    standing = """
        SELECT run_id FROM link_standing AS s JOIN meta.links AS l ON l.rowid = s.row_number
        WHERE l.kind = 'copy' AND l.from_id = 'early' ORDER BY run_id
    """
    assert [run for (run,) in warehouse.execute(standing).fetchall()] == found


def test_an_utterance_that_is_made_anew_takes_the_place_of_its_row_and_pairs(
    warehouse: duckdb.DuckDBPyConnection,
) -> None:
    warehouse.execute(ARTICLES)
    pair = "'early', 0, 8, 'late', 0, 8, ['exact'], '', 'We stay.', 'We stay.', DATE '2026-03-04'"
    for _ in range(2):
        warehouse.execute(f"INSERT INTO meta.wording_pairs VALUES ('u', {pair}), ('v', {pair})")
        run_statements(warehouse, linker._sql("50_utterances"))
        forget_speakers(warehouse)
        write_differences(warehouse)
        assert warehouse.execute("SELECT utterance_id FROM utterances").fetchall() == [("u",)]
        found = "SELECT article_id, other_article_id, seen_on::VARCHAR FROM meta.wording_pairs"
        assert warehouse.execute(f"{found} WHERE utterance_id = 'u'").fetchall() == [
            ("late", "early", "2026-03-04")
        ]
        warehouse.execute("DELETE FROM meta.wording_pairs WHERE utterance_id = 'u'")
    others = "SELECT count(*) FROM meta.wording_pairs WHERE utterance_id = 'v'"
    assert warehouse.execute(others).fetchall() == [(2,)]


def test_names_of_speakers_are_sought_once_a_load(warehouse: duckdb.DuckDBPyConnection) -> None:
    warehouse.execute("CREATE TEMP TABLE asked AS SELECT unnest(['n', NULL]) AS speaker_name_id")

    def known() -> list[tuple[str, str, bool]]:
        find_speakers(warehouse, "asked")
        return warehouse.execute("FROM link_speakers").fetchall()

    forget_speakers(warehouse)
    assert (known(), known()) == ([("n", "e", True)], [("n", "e", True)])
    warehouse.execute("UPDATE meta.entity_names SET entity_id = 'other'")
    forget_speakers(warehouse)
    assert known() == [("n", "other", True)]
