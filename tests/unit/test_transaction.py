"""A transaction is kept or undone as a whole, and an error of the commit is not hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import duckdb
import pytest

from warehouse.transaction import transaction


@pytest.fixture
def connection() -> Iterator[duckdb.DuckDBPyConnection]:
    with duckdb.connect() as opened:
        opened.execute("CREATE TABLE birds (name VARCHAR PRIMARY KEY)")
        yield opened


def names(connection: duckdb.DuckDBPyConnection) -> list[str]:
    found = connection.execute("SELECT name FROM birds ORDER BY name").fetchall()
    return [name for (name,) in found]


def test_a_block_that_ends_well_is_kept_and_a_trial_is_undone(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO birds VALUES ('rook')")
    with transaction(connection, is_trial=True):
        connection.execute("INSERT INTO birds VALUES ('swift')")
        assert names(connection) == ["rook", "swift"]
    assert names(connection) == ["rook"]


def write_rook(connection: duckdb.DuckDBPyConnection, then: Callable[[], object]) -> None:
    with transaction(connection):
        connection.execute("INSERT INTO birds VALUES ('rook')")
        then()


def interrupt() -> None:
    raise KeyboardInterrupt


def test_an_error_undoes_the_block_and_the_next_one_is_kept(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    with pytest.raises(KeyboardInterrupt):
        write_rook(connection, interrupt)
    with pytest.raises(duckdb.ConstraintException):
        write_rook(connection, lambda: connection.execute("INSERT INTO birds VALUES ('rook')"))
    assert names(connection) == []
    with transaction(connection):
        connection.execute("INSERT INTO birds VALUES ('swift')")
    assert names(connection) == ["swift"]


def test_an_error_of_the_commit_itself_reaches_the_caller(
    connection: duckdb.DuckDBPyConnection,
) -> None:
    other = connection.cursor()
    with pytest.raises(duckdb.TransactionException, match="Failed to commit"):
        write_rook(connection, lambda: other.execute("INSERT INTO birds VALUES ('rook')"))
    assert names(connection) == ["rook"]
