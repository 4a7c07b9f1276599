"""Runs SQL that a person passed in, so that it can only read the database that it is asked of.

Three things hold it: the file is open read-only; the session has no external access (no other file,
no network, no extension) and its configuration is locked; and DuckDB's own parser says what kind
each statement is and which functions it calls, so that only kinds that read are run, and of the
functions that give tables only those that read. Such SQL may still make temporary tables, views and
macros of its own.

How long it takes is not bounded. `SELECT sleep_ms(…)` is not refused: it changes nothing, a join
can take as long, and Ctrl-C ends both.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from itertools import pairwise

import duckdb
from duckdb import StatementType

from warehouse.connect import Say, WarehouseAddress, open_reader
from warehouse.errors import QueryError

READING = frozenset(
    {
        StatementType.SELECT,  # WITH, FROM, VALUES, SHOW, DESCRIBE, SUMMARIZE too
        StatementType.EXPLAIN,
        StatementType.CREATE,  # temporary ones only: the file is open read-only
        StatementType.TRANSACTION,
    }
)

SETTINGS = """
    SET autoinstall_known_extensions = false;
    SET autoload_known_extensions = false;
    SET allow_community_extensions = false;
    SET python_enable_replacements = false;
    SET enable_external_access = false;
    SET lock_configuration = true;
"""

READING_TABLES = re.compile(
    r"duckdb_(?!secrets|logs|log_contexts)\w+|pragma_\w+|generate_series|range|repeat|repeat_row"
    r"|unnest|json_each|json_tree|query_table|summary|test_all_types|test_vector_types"
    r"|icu_calendar_names|pg_timezone_names"
    r"|ducklake_(?:snapshots|current_snapshot|options|settings|list_files)"
    r"|ducklake_table_(?:info|changes|insertions|deletions)"
)
"""Functions that give a table and do nothing but read the database or count. All others are
refused, those of later versions too: some change the session, take addresses in memory, run SQL
that is made while they run, write a file (`FROM enable_profiling(save_location = …)`) or end the
process (`FROM enable_logging(storage = 'file')` aborts it in DuckDB 1.5.5).
"""

TABLE_FUNCTIONS = """
    SELECT DISTINCT lower(function_name) FROM duckdb_functions()
    WHERE function_type IN ('table', 'pragma')
"""

CALLED = re.compile(rb'"(?P<quoted>(?:[^"]|"")*)"|(?P<plain>[\w$\x80-\xff]+)')
"""A name at the beginning of a token; behind it the token has spaces and comments."""

Answer = tuple[list[str], list[tuple[object, ...]]]
"""Names of the columns, and the rows."""


@contextmanager
def open_safe_reader(
    warehouse: WarehouseAddress,
    *,
    timeout: float = 0,
    say: Say = lambda _: None,
    extensions: Sequence[str] = (),
    as_of: datetime | None = None,
) -> Iterator[duckdb.DuckDBPyConnection]:
    """Open a database for SQL that a person passed in. `extensions` are loaded first: later nothing
    can be. Raises as `open_reader` does.
    """
    with open_reader(warehouse, timeout=timeout, say=say, as_of=as_of) as connection:
        for name in extensions:
            connection.load_extension(name)
        connection.execute(SETTINGS)
        yield connection


def ask(connection: duckdb.DuckDBPyConnection, sql: str) -> Answer:
    """Run the statements of `sql` in order and return the answer of the last one.

    `connection` comes from `open_safe_reader`. Raises QueryError where there is no statement, where
    one does not only read, or where DuckDB refuses it; then no statement behind it was run.
    """
    try:
        sql.encode()  # an argument in another encoding has lone surrogates
        statements = connection.extract_statements(sql)
    except UnicodeEncodeError as error:
        raise QueryError("the query is no UTF-8 text.") from error
    except duckdb.Error as error:
        raise QueryError(f"DuckDB says: {_said(error)}") from error
    if not statements:
        raise QueryError("the query is empty: give at least one SQL statement.")
    for statement in statements:
        if statement.type not in READING:
            raise QueryError(
                f"{_kind(statement)} is refused: SQL that is passed in may only read "
                "(SELECT, WITH, FROM, SHOW, DESCRIBE, SUMMARIZE, EXPLAIN, CREATE TEMP)."
            )
        refuse_functions(connection, statement.query)
    names: list[str] = []
    rows: list[tuple[object, ...]] = []
    for statement in statements:
        try:
            connection.execute(statement)
            names = [column[0] for column in connection.description or []]
            rows = connection.fetchall() if names else []
        except duckdb.PermissionException as error:
            raise QueryError(
                "refused: SQL that is passed in may only read this database "
                f"({_said(error).splitlines()[0].split(': ', 1)[-1]})"
            ) from error
        except duckdb.Error as error:
            raise QueryError(f"DuckDB says: {_said(error)}") from error
        except (OverflowError, ValueError) as error:
            # a date or time that Python has no value for
            raise QueryError(f"the answer cannot be shown: {error}; cast it to VARCHAR.") from error
    return names, rows


def refuse_functions(connection: duckdb.DuckDBPyConnection, sql: str) -> None:
    """Raise QueryError where `sql`, a statement or a part of one, calls a function that gives a
    table and may do more than read.
    """
    known = (name for (name,) in connection.execute(TABLE_FUNCTIONS).fetchall())
    refused = {name for name in known if not READING_TABLES.fullmatch(name)}
    if found := sorted(refused.intersection(_called(sql))):
        raise QueryError(f"the function {found[0]} is refused in SQL that is passed in.")


def _called(query: str) -> Iterator[str]:
    """Yield the names of the functions that a statement calls, lower-case: names before a bracket.

    DuckDB's own scanner finds them, so that quotation marks and comments hide none, and words
    inside texts are none.
    """
    text = query.encode()
    for (start, _), (end, _) in pairwise(duckdb.tokenize(query)):
        if text[end : end + 1] == b"(" and (name := CALLED.match(text, start, end)):
            plain = name["plain"] or name["quoted"].replace(b'""', b'"')
            yield plain.decode().lower()


def _kind(statement: duckdb.Statement) -> str:
    """Return what DuckDB calls a statement of this kind."""
    name = getattr(statement.type, "name", "???")
    return name if name != "???" else "a statement of this kind"


def _said(error: Exception) -> str:
    return str(error).strip()
