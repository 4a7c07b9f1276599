"""Loads staged rows in one transaction: the statements in `merges/`, then links, then the checks,
then the commit.

Either all rows of a load are in the warehouse, ledger and sums included, or none. A run is one
load, unless it fetches for long: then parts of it are loaded before. Each load of a run writes the
run's row anew, with the sums of all of them (`continued/`).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb

from schemas import RUNS, Row
from schemas.pages import PAGE_OUTCOMES
from warehouse.check import CheckResult, ChecksFailedError, run_checks
from warehouse.check_loader import Check, Thresholds, all_checks
from warehouse.check_views import SourceBounds, create_bounds
from warehouse.clock import set_times
from warehouse.homes.row_numbers import number_anew
from warehouse.memory import within_load_memory
from warehouse.row_groups import join_row_groups
from warehouse.run_sql import run_statements
from warehouse.sources import write_sources
from warehouse.sql import insert_rows, read_folder
from warehouse.stage import view_staged
from warehouse.transaction import retried, transaction
from warehouse.update_incidents import write_checks

ENTITIES_STEP = "50_entities"
"""The statements that make entities of names. The resolver decides before them which names are one.
"""

RUN_LOADS = Check(
    "run_loads", "fail", "A run ends with its rows loaded.", "", "batch", "a-run-failed"
)
"""Passes if the flow's last run was loaded; fails where a run was rolled back before its checks."""

Resolver = Callable[[duckdb.DuckDBPyConnection], None]
"""Reads the temporary table `touched_names`, writes `decided_names` (name_row, name_id, entity_id,
reason); `name_row` is the row number in `meta.entity_names`.
"""


REFUSED = """
    CREATE OR REPLACE TEMP TABLE refused_pages
    (location VARCHAR, detail VARCHAR, article_id VARCHAR)
"""
"""Pages that are not loaded though each on its own is an article; `article_id` keeps its text."""


class LedgerError(Exception):
    """Raised where pages are missing, or counted twice, between discovery and load."""


@dataclass(frozen=True, slots=True)
class RunFacts:
    """What the loader must know of a run. `thresholds` are the operator's, for its checks.

    `bounds` are the fewest and most articles a day of sources (id, least, most), where set.
    `sources` are rows of the table `sources`; none without a sources file. `page_count` counts the
    pages of this load and of those before it.

    `is_continued` says that a part of the run is loaded already; `is_part` that more of it is to
    come.
    """

    run_id: str
    flow: str
    started_at: datetime
    extractor_version: str
    page_count: int
    thresholds: Thresholds = field(default_factory=dict)
    bounds: tuple[SourceBounds, ...] = ()
    sources: tuple[Row, ...] = ()
    url: str | None = None
    checks_folder: Path | None = None
    is_continued: bool = False
    is_part: bool = False


@retried
def load_run(
    connection: duckdb.DuckDBPyConnection,
    stage: Path,
    facts: RunFacts,
    resolve: Resolver,
    link: Resolver | None = None,
    refuse: Resolver | None = None,
) -> tuple[CheckResult, ...]:
    """Load the staged rows under `stage` in one transaction and return the results of the checks.

    `resolve` decides entities, `link` copies, stories and utterances; `refuse` names staged pages
    that are not loaded. Raises ContractError where a staged frame is wrong, LedgerError where pages
    are missing, ChecksFailedError where a check of severity `fail` is broken; then nothing has
    changed.
    """
    return within_load_memory(
        connection,
        facts.page_count,
        partial(_load_once, connection, stage, facts, resolve, link, refuse),
    )


def _load_once(
    connection: duckdb.DuckDBPyConnection,
    stage: Path,
    facts: RunFacts,
    resolve: Resolver,
    link: Resolver | None,
    refuse: Resolver | None,
) -> tuple[CheckResult, ...]:
    with transaction(connection):
        view_staged(connection, stage)
        connection.execute("SET VARIABLE run_id = ?", [facts.run_id])
        set_times(connection, datetime.now(UTC))
        connection.execute(REFUSED)
        if refuse is not None:
            refuse(connection)
        for file in read_folder("merges"):
            if file.name == ENTITIES_STEP:
                resolve(connection)
            run_statements(connection, file.text)
        if link is not None:
            link(connection)
        for file in read_folder("continued") if facts.is_continued else ():
            run_statements(connection, file.text)
        is_new = write_sources(connection, facts.sources)
        check_ledger(connection, facts)
        return audit(connection, facts, has_other_news=is_new)


def audit(
    connection: duckdb.DuckDBPyConnection, facts: RunFacts, *, has_other_news: bool = False
) -> tuple[CheckResult, ...]:
    """Write the run's row, run the checks over what it touched and write the results. Raises
    ChecksFailedError where one stops the run.

    The results of a part are not written: the run's last load checks all of its rows.
    """
    write_run(connection, facts, has_other_news=has_other_news)
    create_bounds(connection, facts.bounds)
    found = run_checks(connection, facts.run_id, all_checks(facts.thresholds, facts.checks_folder))
    results = (*found, CheckResult(RUN_LOADS, "passed", dimension=facts.flow))
    if not facts.is_part:
        write_checks(connection, facts.run_id, results)
    if any(r.is_stopping for r in results):
        raise ChecksFailedError(results)
    number_anew(connection)
    return results


def check_ledger(connection: duckdb.DuckDBPyConnection, facts: RunFacts) -> None:
    """Raise LedgerError unless every page that was discovered has exactly one outcome in this
    run.
    """
    counted = connection.execute(
        "SELECT count(*), count(DISTINCT location) FROM meta.pages WHERE run_id = ?", [facts.run_id]
    ).fetchone()
    if counted != (facts.page_count, facts.page_count):
        rows, places = counted or (0, 0)
        raise LedgerError(
            f"{facts.page_count} pages were seen, {places} of them are accounted for in {rows} "
            f"rows; nothing {'more ' if facts.is_continued else ''}was loaded"
        )


def write_run(
    connection: duckdb.DuckDBPyConnection, facts: RunFacts, *, has_other_news: bool = False
) -> None:
    """Write the run's row with its sums, from the ledger.

    A run whose pages were all known has state `unchanged`, unless it has other news to publish. The
    row takes the place of the one that an earlier load of the run wrote, with a number of its own.
    """
    counted = connection.execute(
        "SELECT outcome, count(*) FROM meta.pages WHERE run_id = ? GROUP BY outcome", [facts.run_id]
    ).fetchall()
    sums = dict.fromkeys(PAGE_OUTCOMES, 0) | dict(counted)
    kept_out = connection.execute(
        "SELECT count(*) FROM meta.quarantine WHERE run_id = ?", [facts.run_id]
    ).fetchone()
    moved = connection.execute("SELECT count(*) FROM touched_entities").fetchone()
    is_idle = sums["unchanged"] == sum(sums.values()) and (
        sum(sums.values()) > 0 or facts.flow == "ingest"
    )
    number = next_load_number(connection)
    join_row_groups(connection, number)
    state = "unchanged" if is_idle and moved == (0,) and not has_other_news else "loaded"
    row = [
        *(facts.run_id, facts.flow, state, facts.started_at, datetime.now(UTC)),
        *(sum(sums.values()), *(sums[outcome] for outcome in PAGE_OUTCOMES)),
        *(kept_out[0] if kept_out else 0, facts.extractor_version, None),
        number,
        facts.url,
    ]
    if facts.is_continued:
        connection.execute(f"DELETE FROM {RUNS.name} WHERE run_id = ?", [facts.run_id])
    insert_rows(connection, RUNS.name, [row])


def next_load_number(connection: duckdb.DuckDBPyConnection) -> int:
    """Return the number of the run that is written next; one writer at a time gives them out."""
    found = connection.execute(
        f"SELECT coalesce(max(load_number), 0) + 1 FROM {RUNS.name}"
    ).fetchone()
    assert found is not None
    return int(found[0])


@retried
def write_failed_run(
    connection: duckdb.DuckDBPyConnection,
    facts: RunFacts,
    detail: str,
    results: tuple[CheckResult, ...],
) -> None:
    """Write, after the rollback, that the run failed and what its checks found.

    A run that ended before its checks has no results; then its failure is the result. Where a part
    of the run is loaded, that is in its row; the rest, which failed, is a run of its own.
    """
    if facts.is_continued:
        loaded = connection.execute(
            f"SELECT page_count FROM {RUNS.name} WHERE run_id = ?", [facts.run_id]
        ).fetchall()[0][0]
        facts = replace(facts, run_id=f"{facts.run_id}-rest", page_count=facts.page_count - loaded)
    found = results or (
        CheckResult(
            RUN_LOADS,
            "failed",
            1,
            ({"error": detail[:200]},),
            dimension=facts.flow,
            cause=detail[:1000],
        ),
    )
    with transaction(connection):
        row = [
            facts.run_id,
            facts.flow,
            "failed",
            facts.started_at,
            datetime.now(UTC),
            facts.page_count,
            0,
            0,
            0,
            0,
            0,
            facts.extractor_version,
            detail[:4000],
            next_load_number(connection),
            facts.url,
        ]
        insert_rows(connection, RUNS.name, [row])
        write_checks(connection, facts.run_id, found)
