"""Views: each says what it and its columns are, and none depends on the reader's time zone."""

from __future__ import annotations

from collections.abc import Iterator

import duckdb
import pytest

from warehouse.migrate import migrate
from warehouse.sql import read_folder

VIEWS = [view.name for view in read_folder("views")]

ZONES = ("UTC", "America/New_York", "Pacific/Kiritimati")


@pytest.fixture(scope="module")
def warehouse() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        migrate(connection)
        for n, (day, precision) in enumerate(
            [
                ("2026-03-01 00:00:00", "day"),
                ("2026-03-01 23:30:00", "minute"),
                ("2026-03-01 00:00:00", "month"),
            ]
        ):
            connection.execute(
                """
                INSERT INTO articles BY NAME
                SELECT 'a' || $n AS article_id, 'tide.example' AS site, 'tide' AS source_id, 'T' AS
                    title,
                    'Ann Polk spoke.' AS text, [] AS authors, 3 AS word_count, [] AS flags, 'p' AS
                        page_id,
                    $day::TIMESTAMPTZ AS published_at, $precision AS published_precision,
                    DATE '2026-03-01' AS published_on, 'article' AS kind, [] AS keywords, '[]' AS
                        images,
                    [] AS corrections, 'r' AS run_id, 'v' AS extractor_version, NULL AS story_id,
                    $day::TIMESTAMPTZ AS first_seen_at, $day::TIMESTAMPTZ AS last_seen_at
                """,
                {"n": n, "day": f"{day}+00", "precision": precision},
            )
            connection.execute(
                "INSERT INTO meta.mention_rows BY NAME SELECT 'a' || ? AS article_id, 1 AS "
                "name_number, 1 AS article_number, 'Ann Polk' AS text, 0 AS char_start, "
                "8 AS char_end",
                [n],
            )
        connection.execute(
            "INSERT INTO meta.entity_names BY NAME SELECT 'e' AS name_id, 'e' AS entity_id, "
            "'Ann Polk' AS name, 'PERSON' AS type, [] AS forms, '' AS group_key, [] AS offer_keys, "
            "3 AS article_count, [] AS article_ids, 'e' AS plain_id, 1 AS name_number, "
            "0 AS key_number, 0 AS entity_number"
        )
        connection.execute(
            "INSERT INTO entities BY NAME "
            "SELECT 'e' AS entity_id, 'Ann Polk' AS name, 'PERSON' AS type, [] AS aliases, "
            "0 AS key_number"
        )
        yield connection


def test_every_view_and_column_has_a_comment(warehouse: duckdb.DuckDBPyConnection) -> None:
    undescribed = warehouse.execute(
        "SELECT table_name || '.' || column_name FROM duckdb_columns() WHERE schema_name = 'main' "
        "AND coalesce(comment, '') = '' AND NOT internal ORDER BY 1"
    ).fetchall()
    assert undescribed == []
    views = warehouse.execute(
        "SELECT view_name FROM duckdb_views() WHERE NOT internal AND coalesce(comment, '') = ''"
    ).fetchall()
    assert views == []


@pytest.mark.parametrize("view", VIEWS)
def test_no_view_depends_on_the_readers_time_zone(
    warehouse: duckdb.DuckDBPyConnection, view: str
) -> None:
    seen = set()
    for zone in ZONES:
        warehouse.execute(f"SET TimeZone = '{zone}'")
        # times are the same moments in each zone; as text they would differ
        columns = warehouse.execute(
            "SELECT column_name, data_type FROM duckdb_columns() WHERE table_name = ?", [view]
        ).fetchall()
        shown = ", ".join(
            f"epoch({name}) AS {name}" if kind == "TIMESTAMP WITH TIME ZONE" else name
            for name, kind in columns
        )
        seen.add(str(sorted(map(str, warehouse.execute(f"SELECT {shown} FROM {view}").fetchall()))))
    warehouse.execute("SET TimeZone = 'UTC'")
    assert len(seen) == 1


def test_dates_without_a_day_are_not_counted_on_one(warehouse: duckdb.DuckDBPyConnection) -> None:
    daily = warehouse.execute(
        "SELECT named_on::VARCHAR, article_count FROM entity_daily"
    ).fetchall()
    assert daily == [("2026-03-01", 2)]
