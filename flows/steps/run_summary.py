"""What a run did, read back from the warehouse, for the person at the terminal and for Prefect's
artifact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from schemas.pages import PAGE_OUTCOMES
from warehouse.connect import WarehouseAddress, open_reader

COUNTED = {
    "articles": "articles",
    "quotes": "meta.quote_rows",
    "entities": "entities",
    "mentions": "meta.mention_rows",
    "boilerplate": "meta.boilerplate_rows",
}
"""What is counted of the warehouse, with the tables that have a row for each: the views of these
names join all names.
"""


@dataclass(frozen=True, slots=True)
class Summary:
    """One run in figures: `pages` by outcome, `rejected` by the first word of the detail,
    `stripped` blocks of its articles by reason.
    """

    run_id: str
    state: str
    seconds: float
    pages: dict[str, int]
    rejected: dict[str, int]
    stripped: dict[str, int]
    tables: dict[str, int]
    quarantined: int
    detail: str | None

    def as_dict(self) -> dict[str, Any]:
        """The same as plain values."""
        return asdict(self)

    def table(self) -> list[dict[str, Any]]:
        """Rows of group, name and count, as an artifact shows them."""
        groups: Iterable[tuple[str, dict[str, int]]] = (
            ("pages", self.pages),
            ("rejected", self.rejected),
            ("in the warehouse", self.tables),
            ("stripped", self.stripped),
        )
        return [
            {"what": group, "name": name, "count": count}
            for group, counts in groups
            for name, count in counts.items()
        ]


def read_summary(warehouse: WarehouseAddress, run_id: str, timeout: float = 60) -> Summary:
    """Return the summary of one run; the caller holds the run lock, so the warehouse is free to be
    read.
    """
    with open_reader(warehouse, timeout=timeout) as connection:
        row = connection.execute(
            "SELECT state, epoch(ended_at - started_at), quarantined_count, detail "
            "FROM meta.runs WHERE run_id = ?",
            [run_id],
        ).fetchone()
        if row is None:
            raise LookupError(f"no run {run_id} in {warehouse}")
        state, seconds, quarantined, detail = row

        def counts(query: str) -> dict[str, int]:
            return dict(connection.execute(query, [run_id]).fetchall())

        outcomes = counts(
            "SELECT outcome, count(*) FROM meta.pages WHERE run_id = ? GROUP BY outcome"
        )
        rejected = counts(
            "SELECT split_part(detail, ':', 1), count(*) FROM meta.pages "
            "WHERE run_id = ? AND outcome = 'rejected' "
            "GROUP BY ALL ORDER BY ALL"
        )
        stripped = counts(
            "SELECT b.reason, count(*) FROM meta.boilerplate_rows AS b SEMI JOIN "
            "(SELECT article_number FROM meta.article_facts WHERE run_id = ?) USING "
            "(article_number) GROUP BY ALL ORDER BY count(*) DESC, b.reason"
        )
        tables = {
            name: int(connection.execute(f"SELECT count(*) FROM {rows}").fetchall()[0][0])
            for name, rows in COUNTED.items()
        }
    pages = {outcome: outcomes.get(outcome, 0) for outcome in PAGE_OUTCOMES}
    return Summary(
        run_id, state, round(seconds, 2), pages, rejected, stripped, tables, quarantined, detail
    )
