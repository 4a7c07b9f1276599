"""Compares staged rows with loaded rows: what a load would change, before it changes anything.

The queries are in `differences/`. Each returns `kind`, `article_id`, `url` and `detail`, one row a
difference.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.sql import read_folder
from warehouse.stage import view_staged

EXAMPLES = 3
"""Examples kept of each kind of difference."""

SHOWN_CHARACTERS = 200
"""Characters of a block or quotation that an example shows."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One kind of difference: its number, the number of articles, and the first few as (address,
    description).
    """

    kind: str
    count: int
    article_count: int
    examples: tuple[tuple[str, str], ...]


def find_differences(
    connection: duckdb.DuckDBPyConnection, stage: Path, examples: int = EXAMPLES
) -> tuple[Difference, ...]:
    """Return how the rows staged under `stage` differ from those loaded; changes nothing but
    temporary views.

    Works on a read-only connection. Raises ContractError where a staged frame is wrong.
    """
    view_staged(connection, stage)
    connection.execute(
        "CREATE OR REPLACE TEMP VIEW judged_pages AS "
        "SELECT page_id, coalesce(p.article_id, a.article_id) AS article_id, coalesce(p.url, "
        "a.url) AS url, p.detail "
        "FROM staged_pages AS p LEFT JOIN articles AS a USING (page_id) WHERE p.outcome IN "
        "('loaded', 'rejected')"
    )
    found: list[Difference] = []
    for file in read_folder("differences"):
        query = file.text.rstrip().rstrip(";")
        rows = connection.execute(
            "SELECT kind, count(*), count(DISTINCT article_id), list([coalesce(url, "
            f"article_id, ''), left(detail, {SHOWN_CHARACTERS})] "
            f"ORDER BY article_id, detail)[:{examples:d}] FROM ({query}) GROUP BY kind ORDER BY "
            "kind"
        ).fetchall()
        found += [
            Difference(kind, count, articles, _pairs(shown))
            for kind, count, articles, shown in rows
        ]
    return tuple(found)


def _pairs(shown: Sequence[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    return tuple((address, detail) for address, detail in shown)
