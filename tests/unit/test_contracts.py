"""The contracts: what they hold rows to, and that everything else that names columns or words
agrees with them.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

import duckdb
import polars as pl
import pytest
from pandera.errors import SchemaErrors
from pandera.polars import DataFrameSchema

from flows.annotate.model import KINDS, LABELS
from flows.clean import model
from flows.worker.validate import PARTS
from schemas import (
    ARTICLES,
    BY_NAME,
    MENTIONS,
    QUOTES,
    TABLES,
    ContractError,
    boilerplate,
    entities,
    split_rows,
)
from schemas.contract import is_kept, typed_frame
from tests import older_layout
from warehouse.joined_views import JOINED
from warehouse.migrate import layout_version, migrate, steps
from warehouse.sql import read_folder

SQL_TYPES: dict[Any, str] = {
    pl.String: "VARCHAR",
    pl.Int64: "BIGINT",
    pl.Boolean: "BOOLEAN",
    pl.Float64: "DOUBLE",
    pl.Datetime("us", "UTC"): "TIMESTAMP WITH TIME ZONE",
    pl.Date: "DATE",
    pl.List(pl.String): "VARCHAR[]",
    pl.Date: "DATE",
    pl.List(pl.UInt32): "UINTEGER[]",
    pl.List(pl.UInt8): "UTINYINT[]",
    pl.Binary: "BLOB",
}


@pytest.fixture(scope="module")
def migrated() -> duckdb.DuckDBPyConnection:
    connection = duckdb.connect()
    migrate(connection)
    return connection


@pytest.mark.parametrize("contract", TABLES, ids=lambda c: c.name)
def test_migrations_lay_what_the_contract_declares(
    contract: Any, migrated: duckdb.DuckDBPyConnection
) -> None:
    schema, table = contract.name.split(".") if "." in contract.name else ("main", contract.name)
    found = migrated.execute(
        "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
        "WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
        [schema, table],
    ).fetchall()
    declared = [
        (
            name,
            (column.metadata or {}).get("duckdb") or SQL_TYPES[column.dtype.type],
            column.nullable or contract.is_view,
            column.description,
        )
        for name, column in contract.rows.columns.items()
    ]
    assert found == declared


def test_every_table_is_declared_and_described(migrated: duckdb.DuckDBPyConnection) -> None:
    found = migrated.execute(
        "SELECT schema_name, table_name, comment FROM duckdb_tables() UNION ALL "
        "SELECT schema_name, view_name, comment FROM duckdb_views() WHERE view_name IN "
        "(SELECT unnest(?::VARCHAR[]))",
        [list(JOINED)],
    ).fetchall()
    assert {c.name for c in TABLES if c.is_view} == set(JOINED)
    assert {
        name if schema == "main" else f"{schema}.{name}": doc for schema, name, doc in found
    } == {c.name: c.doc for c in TABLES}
    for contract in TABLES:
        assert set(contract.key) <= set(contract.columns), contract.name
        for name, column in contract.rows.columns.items():
            assert column.description, f"{contract.name}.{name}"


def test_names_follow_the_glossary() -> None:
    endings = {pl.Datetime("us", "UTC"): "_at", pl.Boolean: ""}
    for contract in TABLES:
        for name, column in contract.rows.columns.items():
            assert name.endswith(endings.get(column.dtype.type, "")), f"{contract.name}.{name}"
            assert name.startswith("is_") == (column.dtype.type == pl.Boolean), (
                f"{contract.name}.{name}"
            )


def test_words_agree_between_cleaning_annotating_and_contracts() -> None:
    assert tuple(boilerplate.REASONS) == model.REASONS
    assert entities.LABELS == LABELS
    assert QUOTES.rows.columns["kind"].checks[0].statistics["allowed_values"] == KINDS


def test_migrating_twice_does_nothing_the_second_time() -> None:
    connection = duckdb.connect()
    assert layout_version(connection) == 0
    assert migrate(connection) == len(steps())
    assert migrate(connection) == 0
    numbers = [number for number, _ in steps()]
    assert numbers == sorted(set(numbers))


def test_what_was_a_name_or_a_domain_becomes_a_source_or_a_domain() -> None:
    (migration,) = (f.text for f in read_folder("migrations") if f.name.endswith("syndicated_name"))
    with duckdb.connect() as connection:
        connection.execute("CREATE TABLE articles (syndicated_from VARCHAR)")
        connection.execute("CREATE TABLE sources AS SELECT 'tide' AS source_id, 'The Tide' AS name")
        connection.execute(
            "INSERT INTO articles VALUES ('Post.example'), ('Tide'), ('A wire service'), (NULL)"
        )
        connection.execute(migration)
        assert connection.execute("FROM articles ORDER BY ALL NULLS LAST").fetchall() == [
            ("post.example", "Post.example"),
            ("tide", "Tide"),
            (None, "A wire service"),
            (None, None),
        ]


def test_rows_of_before_names_had_numbers_are_seen_as_before() -> None:
    with duckdb.connect() as connection:
        for _, step in steps():
            if step.name == older_layout.NUMBERED:
                connection.execute(older_layout.ROWS)
                before = older_layout.seen(connection)
            connection.execute(step.text)
        for view in read_folder("joined"):
            connection.execute(view.text)
        assert older_layout.seen(connection) == before


LOADED = """
    INSERT INTO articles BY NAME
    SELECT 'a' || n AS article_id, 's' AS source_id, '' AS text, [] AS authors, 1 AS word_count,
        [] AS flags, 'p' || n AS page_id, 'article' AS kind, [] AS keywords, '[]' AS images,
        [] AS corrections, 'r' AS run_id, 'v' AS extractor_version,
        TIMESTAMPTZ '2026-03-01 12:00:00+00' AS first_seen_at, first_seen_at AS last_seen_at,
        CASE WHEN n > 0 THEN TIMESTAMPTZ '2026-02-28 12:00:00+00' END AS published_at
    FROM range(30) AS r(n);
    INSERT INTO meta.article_facts
    SELECT article_id, source_id, run_id, first_seen_at, last_seen_at, 'en', 0, 0, '', '', ''
    FROM articles ORDER BY article_id;
    INSERT INTO meta.mention_rows
    SELECT 'a' || n // 10, '', 0, 1, 1 FROM range(300) AS r(n);
    INSERT INTO boilerplate VALUES
        ('p1', 'a1', 1, 'comments', 'r', 't'), ('p', NULL, 1, 'comments', 'r', 't');
    INSERT INTO meta.site_blocks BY NAME
    SELECT 's' AS site, 'ff0000000000000a' AS block_id, 't' AS text, 'own' AS state,
        ['a1'] AS article_ids, 1 AS article_count, now() AS first_seen_at, now() AS last_seen_at;
"""
"""Rows in the layout before articles had numbers."""


def test_articles_of_before_get_numbers_in_the_order_of_their_loads() -> None:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for _, step in steps():
            if step.name == "0021_article_numbers":
                connection.execute(LOADED)
            connection.execute(step.text)

        def found(query: str) -> list[tuple[Any, ...]]:
            return connection.execute(query).fetchall()

        wrong = "FROM meta.article_facts WHERE article_id <> 'a' || (article_number - 1)"
        assert found(wrong) == []
        assert found("SELECT DISTINCT article_number, told_on FROM meta.article_facts ORDER BY 1")[
            :2
        ] == [(1, date(2026, 3, 1)), (2, date(2026, 2, 28))]
        assert found("FROM meta.mention_rows WHERE article_number <> 1 + rowid // 10") == []
        assert found("SELECT page_id, article_number FROM meta.boilerplate_rows") == [
            ("p1", 2),
            ("p", 0),
        ]
        assert found("SELECT block_number FROM meta.site_blocks") == [(0xFF0000000000000,)]


def mention(**changed: Any) -> dict[str, Any]:
    return {
        "article_id": "0" * 16,
        "entity_id": "1" * 16,
        "name_id": "1" * 16,
        "text": "Port Ellery",
        "char_start": 3,
        "char_end": 14,
    } | changed


def test_rows_are_split_and_each_failure_says_why() -> None:
    rows = [
        mention(),
        mention(char_start=14, char_end=14),
        mention(article_id="zz", text=""),
        mention(char_start=-1),
    ]
    good, failures = split_rows(MENTIONS, MENTIONS.frame(rows))
    assert good.to_dicts() == [rows[0]]
    assert set(failures["row"]) == {1, 2, 3}
    reasons = dict(zip(failures["check_name"], failures["reason"], strict=True))
    assert (
        reasons["mentions: row: char_start must be less than char_end"]
        == "char_start must be less than char_end"
    )
    assert (
        reasons["mentions: article_id: 16 hexadecimal digits"]
        == "article_id is zz but must be: 16 hexadecimal digits"
    )
    assert failures.filter(pl.col("row") == 2).height == 2


WRONG: dict[Any, Any] = {pl.String: "", pl.Int64: -1, pl.List(pl.String): [""]}
"""A value of each type that breaks each check of a column."""


@pytest.mark.parametrize("table", [ARTICLES.name, *PARTS])
def test_the_quick_answer_is_that_of_the_validation(table: str) -> None:
    """Of each column, with a value that breaks it and with a null."""
    contract = BY_NAME[table]
    empty = dict.fromkeys(contract.columns)
    for name, column in contract.rows.columns.items():
        for value in (WRONG.get(column.dtype.type), None):
            frame = contract.frame([empty | {name: value}])
            alone = replace(contract, rows=DataFrameSchema({name: column}))
            said = True
            try:
                alone.rows.validate(frame.select(name), lazy=True)
            except SchemaErrors:
                said = False
            assert is_kept(alone, frame.select(name)) == said, (name, value)
            assert not said or value is None or not column.checks, name


def test_contracts_have_only_checks_that_the_quick_answer_knows() -> None:
    for contract in TABLES:
        columns = contract.rows.columns.values()
        checks = [check for one in (*columns, contract.rows) for check in one.checks]
        assert all(check.ignore_na and not check.element_wise for check in checks)
        assert not any(one.unique or one.coerce for one in (*columns, contract.rows))


def test_a_null_where_none_may_be_is_a_failure() -> None:
    _, failures = split_rows(MENTIONS, MENTIONS.frame([mention(), mention(text=None)]))
    assert failures.to_dicts() == [
        {
            "row": 1,
            "check_name": "mentions: text: not_nullable",
            "reason": "text is null but must be: not_nullable",
        }
    ]


def test_an_offending_value_is_cut_short_in_the_reason() -> None:
    _, failures = split_rows(MENTIONS, MENTIONS.frame([mention(text="x" * 5000)]))
    assert len(failures["reason"][0]) < 200


def test_lists_are_held_to_their_limits() -> None:
    column = ARTICLES.rows.columns["authors"]
    frame = pl.DataFrame(
        {"authors": [["Ada Quist"], [], ["x" * 301], [None], [""]]},
        schema={"authors": pl.List(pl.String)},
    )
    assert column.checks
    with pytest.raises(SchemaErrors) as broken:
        DataFrameSchema({"authors": column}).validate(frame, lazy=True)
    assert sorted(broken.value.failure_cases["index"]) == [2, 3, 4]


@pytest.mark.parametrize(
    ("frame", "said"),
    [
        (lambda f: f.drop("text"), "lacks text String"),
        (
            lambda f: f.with_columns(pl.col("char_start").cast(pl.Int32)),
            "lacks char_start Int64; has char_start Int32",
        ),
        (lambda f: f.with_columns(pl.lit(1).alias("more")), "has more Int32"),
        (lambda f: f.select(reversed(f.columns)), "another order"),
    ],
)
def test_a_wrong_frame_is_no_rows_fault(frame: Any, said: str) -> None:
    with pytest.raises(ContractError, match=f"mentions: .*{said}"):
        split_rows(MENTIONS, frame(MENTIONS.frame([mention()])))


def test_a_row_with_a_column_too_many_or_few_is_refused() -> None:
    with pytest.raises(ContractError, match="mentions: columns missing or unknown: extra"):
        MENTIONS.frame([mention(extra=1)])
    with pytest.raises(ContractError, match="mentions"):
        MENTIONS.frame([mention(char_start="three")])


@pytest.mark.parametrize(
    "values",
    [[], [[]], [["a"], [], ["b", None, "c"], ["d"]], [None, ["a"]], [["a"], None, []]],
    ids=repr,
)
def test_lists_stand_in_the_frame_as_they_were_given(values: list[Any]) -> None:
    frame = typed_frame({"names": values}, {"names": pl.List(pl.String())})
    assert frame.schema == {"names": pl.List(pl.String)}
    assert frame["names"].to_list() == values


@pytest.mark.parametrize("wrong", [[["a", 1]], [["a"], [["b"]]], [[b"a"]]], ids=repr)
def test_a_list_with_an_item_of_another_type_is_refused(wrong: list[Any]) -> None:
    with pytest.raises(TypeError):
        typed_frame({"names": wrong}, {"names": pl.List(pl.String())})


@pytest.mark.parametrize(
    "moment",
    [
        datetime(2026, 3, 29, 1, 30, 0, 123_457, tzinfo=UTC),
        datetime(1969, 7, 20, 23, 59, 59, 999_999, tzinfo=timezone(timedelta(hours=-9.5))),
        datetime.min.replace(tzinfo=UTC),
        datetime.max.replace(tzinfo=UTC),
    ],
    ids=str,
)
def test_a_moment_stands_in_the_frame_to_the_microsecond(moment: datetime) -> None:
    for values in ([moment], [None, moment], []):
        frame = typed_frame({"seen_at": values}, {"seen_at": pl.Datetime("us", "UTC")})
        assert frame["seen_at"].to_list() == values


def test_times_are_utc() -> None:
    row = dict.fromkeys(BY_NAME["meta.migrations"].columns) | {
        "version": 1,
        "name": "a",
        "applied_at": datetime(2026, 1, 1, tzinfo=UTC),
        "newsduck_version": "0",
    }
    assert BY_NAME["meta.migrations"].frame([row])["applied_at"][0] == datetime(
        2026, 1, 1, tzinfo=UTC
    )
