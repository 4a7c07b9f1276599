"""What a run did, read back from the warehouse, for the person at the terminal and for Prefect's
artifact.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import asdict, dataclass
from typing import Any

from schemas.pages import PAGE_OUTCOMES
from warehouse.connect import WarehouseAddress, open_reader


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
            "SELECT b.reason, count(*) FROM boilerplate AS b "
            "SEMI JOIN articles AS a ON a.article_id = b.article_id AND a.run_id = ? "
            "GROUP BY ALL ORDER BY count(*) DESC, b.reason"
        )
        tables = {
            name: int(connection.execute(f"SELECT count(*) FROM {name}").fetchall()[0][0])
            for name in ("articles", "quotes", "entities", "mentions", "boilerplate")
        }
    pages = {outcome: outcomes.get(outcome, 0) for outcome in PAGE_OUTCOMES}
    return Summary(
        run_id, state, round(seconds, 2), pages, rejected, stripped, tables, quarantined, detail
    )
