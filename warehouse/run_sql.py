"""Runs the statements of an SQL file one by one, and passes over those that have nothing to do.

DuckDB takes a millisecond to plan a statement, and 5 ms if the statement names a table of a lake.
It takes as long for a statement that then changes nothing, such as one that deletes replaced
articles where none was replaced. So a line before a statement names the temporary tables whose
rows the statement needs:

    -- needs: replaced_numbers
    -- needs: former_articles or heirs
    -- needs: replaced, else (article_id VARCHAR, row_number BIGINT)

If all tables of a line are empty, the statement is passed over. A statement that makes a table has
an `else` with the columns of that table, which is then made without rows. A statement without such
a line is always run.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

import duckdb

STATEMENT = re.compile(r"(?:^[ \t]*(?:--.*)?\n)*(?:.|\n)+?(?:;[ \t]*$|\Z)", re.MULTILINE)
NEEDS = re.compile(r"^[ \t]*-- needs: ([\w ]+?)(?:, else (\(.+\)))?$", re.MULTILINE)
MADE = re.compile(r"^\s*CREATE OR REPLACE TEMP TABLE (\w+) AS\b", re.MULTILINE)
CHANGED = re.compile(r"^\s*(?:INSERT INTO|DELETE FROM|UPDATE) (\w+)\b(?!\.)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Statement:
    """One statement of a file. It has nothing to do if all tables of one of `needs` are empty.

    `made` is the temporary table that it makes, `columns` are that table's as SQL names them, and
    `changed` is the table that it changes.
    """

    text: str
    needs: tuple[tuple[str, ...], ...]
    made: str | None
    columns: str | None
    changed: str | None


@lru_cache(maxsize=200)
def statements(text: str) -> tuple[Statement, ...]:
    """Return the statements of `text`, each of which ends with a semicolon at a line's end."""
    return tuple(_read(found[0]) for found in STATEMENT.finditer(text.strip()))


def _read(text: str) -> Statement:
    found = NEEDS.findall(text)
    made, changed = MADE.search(text), CHANGED.search(text)
    return Statement(
        text,
        tuple(tuple(tables.split(" or ")) for tables, _ in found),
        made[1] if made else None,
        next((columns for _, columns in found if columns), None),
        changed[1] if changed else None,
    )


def run_statements(connection: duckdb.DuckDBPyConnection, text: str) -> None:
    """Run the statements of `text` that have something to do, in order. Raises as DuckDB does."""
    is_filled = dict[str, bool]()

    def has_rows(table: str) -> bool:
        if table not in is_filled:
            found = connection.execute(f"SELECT 1 FROM {table} LIMIT 1").fetchall()
            is_filled[table] = bool(found)
        return is_filled[table]

    for statement in statements(text):
        count = 0
        if all(any(map(has_rows, tables)) for tables in statement.needs):
            done = connection.execute(statement.text)
            if statement.made:
                ((count,),) = done.fetchall()
        else:
            pass_over(connection, statement)
        if statement.made:
            is_filled[statement.made] = count > 0
        if statement.changed:
            is_filled.pop(statement.changed, None)


def pass_over(connection: duckdb.DuckDBPyConnection, statement: Statement) -> None:
    """Make the table that a statement would make, without rows; nothing else is done."""
    if statement.made:
        connection.execute(f"CREATE OR REPLACE TEMP TABLE {statement.made} {statement.columns}")
