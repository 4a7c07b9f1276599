"""Describes a warehouse in itself: a comment on every table, view and column.

Those of tables come from the contracts, those of views from the heads of their files. A DuckLake
keeps no comments on columns of views; there they are lines of the view's own comment.
"""

from __future__ import annotations

from collections.abc import Sequence

import duckdb

from warehouse.sql import SqlFile, is_lake, quoted, read_folder


def describe(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment every table, view and column."""
    _write_dictionary(connection)
    _describe_views(connection)


def _write_dictionary(connection: duckdb.DuckDBPyConnection) -> None:
    from schemas import TABLES

    comments = []
    for contract in TABLES:
        if contract.is_view:
            continue
        comments.append(f"COMMENT ON TABLE {contract.name} IS {quoted(contract.doc)};")
        comments += [
            f"COMMENT ON COLUMN {contract.name}.{name} IS {quoted(column.description or '')};"
            for name, column in contract.rows.columns.items()
        ]
    connection.execute("\n".join(comments))


def _describe_views(connection: duckdb.DuckDBPyConnection) -> None:
    """Comment each view and its columns, from the head of its file.

    A line `-- column: meaning` there is of a column; a column without such a line means what a
    table's column of that name means. The other lines describe the view. In a lake the comment of
    the view holds a line for each column. A view that stands for a table is described by its
    contract.
    """
    from schemas import BY_NAME, TABLES

    has_column_comments = not is_lake(connection)
    known = {
        name: column.description or ""
        for contract in reversed(TABLES)
        for name, column in contract.rows.columns.items()
    }
    columns_of: dict[str, list[str]] = {}
    for view_name, name in connection.execute(
        "SELECT table_name, column_name FROM duckdb_columns() WHERE schema_name = 'main'"
    ).fetchall():
        columns_of.setdefault(view_name, []).append(name)
    comments = []
    for view in (*read_folder("joined"), *read_folder("views")):
        columns = columns_of[view.name]
        if view.name in BY_NAME:
            contract = BY_NAME[view.name]
            doc = contract.doc
            meanings = {n: column.description or "" for n, column in contract.rows.columns.items()}
        else:
            doc, meanings = read_head(view, columns)
        told = {name: meanings.get(name) or known.get(name, "") for name in columns}
        if has_column_comments:
            comments += [
                f"COMMENT ON COLUMN {view.name}.{name} IS {quoted(meaning)};"
                for name, meaning in told.items()
            ]
        else:
            doc = "\n".join([doc, *(f"{name}: {meaning}" for name, meaning in told.items())])
        comments.append(f"COMMENT ON VIEW {view.name} IS {quoted(doc)};")
    connection.execute("\n".join(comments))


def read_head(view: SqlFile, columns: Sequence[str]) -> tuple[str, dict[str, str]]:
    """Return what a view's file says of the view, and of its columns by name."""
    lines = [line.partition(": ") for line in view.head]
    meanings = {name: meaning for name, mark, meaning in lines if mark and name in columns}
    doc = " ".join("".join(parts) for parts in lines if parts[0] not in meanings)
    return doc, meanings


def read_columns(
    connection: duckdb.DuckDBPyConnection, relation: str
) -> list[tuple[str, str, str | None]]:
    """Return name, type and comment of each column of a table or view of the schema `main`."""
    values = {"relation": relation}
    rows = connection.execute(
        "SELECT column_name, data_type, comment FROM duckdb_columns() WHERE schema_name = 'main' "
        "AND database_name = current_database() AND table_name = $relation ORDER BY column_index",
        values,
    ).fetchall()
    lines = connection.execute(
        "SELECT unnest(split(comment, chr(10))[2:]) FROM duckdb_views() WHERE schema_name = 'main' "
        "AND database_name = current_database() AND view_name = $relation",
        values,
    ).fetchall()
    told = {name: meaning for name, _, meaning in (line.partition(": ") for (line,) in lines)}
    return [(name, kind, comment or told.get(name)) for name, kind, comment in rows]
