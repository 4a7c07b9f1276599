"""Writes the data dictionary as Markdown: every table, view and column with its meaning.

    python -m warehouse.dictionary > docs/data-dictionary.md

It is read back from a new warehouse, so it says what `DESCRIBE` and comments say.
"""

from __future__ import annotations

import sys

import duckdb

from warehouse.migrate import migrate

HEAD = """# Data dictionary

Tables and views of the schema `main` are for analysts; `meta` is newsduck's own record.
This page is made from `schemas/` and `warehouse/views/` by `python -m warehouse.dictionary`.
Times end in `_at` (UTC), days in `_on`, keys in `_id`, counts in `_count`; truths begin with `is_`.
"""


def dictionary() -> str:
    """Return the page."""
    with duckdb.connect() as connection:
        migrate(connection)
        relations = connection.execute(
            """
            SELECT schema_name, table_name, 'table', comment FROM duckdb_tables()
            UNION ALL
            SELECT schema_name, view_name, 'view', comment FROM duckdb_views() WHERE NOT internal
            ORDER BY schema_name, 3, 2
            """
        ).fetchall()
        parts = [HEAD]
        for schema, name, kind, comment in relations:
            shown = name if schema == "main" else f"{schema}.{name}"
            columns = connection.execute(
                "SELECT column_name, data_type, is_nullable, comment FROM duckdb_columns() "
                "WHERE schema_name = ? AND table_name = ? ORDER BY column_index",
                [schema, name],
            ).fetchall()
            lines = [
                f"## {shown}",
                "",
                f"A {kind}. {_cell(comment)}.",
                "",
                "| column | type | meaning |",
                "| --- | --- | --- |",
            ]
            lines += [
                f"| `{column}` | {_type(data_type, is_nullable and kind == 'table')} | "
                f"{_cell(meaning)} |"
                for column, data_type, is_nullable, meaning in columns
            ]
            parts.append("\n".join(lines) + "\n")
    return "\n".join(parts)


def _type(data_type: str, is_nullable: bool) -> str:
    short = {"TIMESTAMP WITH TIME ZONE": "TIMESTAMPTZ"}.get(data_type, data_type)
    return f"{short}, may be null" if is_nullable else short


def _cell(text: str | None) -> str:
    return (text or "").replace("|", "\\|").replace("\n", " ").rstrip(".")


if __name__ == "__main__":
    sys.stdout.write(dictionary())
