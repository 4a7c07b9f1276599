"""Runs the checks and tells what they found. `check_loader.py` reads them, `check_views.py` lays
what they look at.

Where a query returns a column `source_id` or `dimension` (what of the source: a column, a kind),
its rows are told apart by them: one result a source and dimension, and every other source that the
round looked at has passed. A query that cannot judge every source (too few articles) returns
`is_passed` as well: then each of its rows is a verdict, a null is unknown, and no row means unknown
too. `observed` (a number) and `expected` (words) go into the result. A check that flags
(`flagging.py`) judges the share of a source's recent articles.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import duckdb

from warehouse.check_loader import Check, OwnCheckError, all_checks
from warehouse.check_views import SourceBounds, create_views
from warehouse.flagging import FlagCounts, flag_articles, flagged_shares, flagged_sql
from warehouse.memory import Answer, within_memory
from warehouse.sql import quoted
from warehouse.start_duckdb import planned_in_full

EXAMPLES = 5
"""Offending rows kept as examples, of different articles where possible."""

ANY_DIMENSION = "*"
"""Dimension of a pass that holds for all dimensions of its source that no other result of the round
names.
"""

Status = Literal["passed", "failed", "unknown"]


@dataclass(frozen=True, slots=True)
class CheckResult:
    """What one check found, of one source and dimension or (None) of all.

    `row_count` is how many rows offend, `examples` the first few of them by column. `unknown` means
    that data were missing: it is no pass and opens nothing. `observed` and `expected` are what a
    person compares; `history` holds earlier values of `observed`, the oldest first; `cause` is the
    likely one, in words; `sql` shows the trouble where the check's query would not.
    """

    check: Check
    status: Status
    row_count: int = 0
    examples: tuple[dict[str, str], ...] = ()
    source_id: str | None = None
    dimension: str | None = None
    observed: float | None = None
    expected: str | None = None
    history: tuple[float, ...] = ()
    cause: str | None = None
    sql: str | None = None

    @property
    def is_passed(self) -> bool:
        """Whether the check passed."""
        return self.status == "passed"

    @property
    def is_failed(self) -> bool:
        """Whether the check failed."""
        return self.status == "failed"

    @property
    def is_stopping(self) -> bool:
        """Whether nothing may be published before the fault is repaired."""
        return self.is_failed and self.check.severity == "fail"

    @property
    def where(self) -> str:
        """Return the check with its source and dimension, for people."""
        return " ".join(part for part in (self.check.name, self.source_id, self.dimension) if part)


class ChecksFailedError(Exception):
    """Raised where a check of severity `fail` found offending rows; `results` holds all results of
    the round.
    """

    def __init__(self, results: tuple[CheckResult, ...]) -> None:
        self.results = results
        super().__init__("; ".join(_told(r) for r in results if r.is_stopping))


def _told(result: CheckResult) -> str:
    example = (
        f", such as {json.dumps(result.examples[0], ensure_ascii=False)}" if result.examples else ""
    )
    return f"{result.where}: {result.row_count} rows{example}"


def run_checks(
    connection: duckdb.DuckDBPyConnection,
    run_id: str | None = None,
    checks: Sequence[Check] | None = None,
) -> tuple[CheckResult, ...]:
    """Run `checks` (all that ship, unless given) over the rows that `run_id` wrote, or over the
    whole warehouse.

    Raises OwnCheckError where DuckDB refuses a check of the operator's own. Changes only temporary
    views and tables, and the flags of articles. A check that tells sources apart gives one result
    for each source and dimension, passes included; `summed` leaves the passes out.
    """
    ask = partial(within_memory, connection) if run_id is None else _at_once
    ask(partial(create_views, connection, run_id))
    chosen = all_checks() if checks is None else checks
    flagging = [check for check in chosen if check.flag]
    with own_to_blame(connection, flagging):
        counts = ask(partial(flag_articles, connection, flagging, is_run=run_id is not None))
    found: list[CheckResult] = []
    for check in chosen:
        with own_to_blame(connection, [check]):
            found += (
                flag_results(counts, check)
                if check.flag
                else ask(partial(run_check, connection, check))
            )
    return tuple(found)


def _at_once(ask: Callable[[], Answer]) -> Answer:
    return ask()


@contextmanager
def own_to_blame(connection: duckdb.DuckDBPyConnection, checks: Sequence[Check]) -> Iterator[None]:
    """Raise OwnCheckError where DuckDB refuses a query and `checks` has some of the operator's own.

    Checks that ship are tested; one of the operator's may fail on data that nobody expected, and
    may name its tables in any order: it is planned in full.
    """
    own = [check.own_file for check in checks if check.own_file]
    try:
        with planned_in_full(connection) if own else nullcontext():
            yield
    except duckdb.Error as error:
        if not own:
            raise
        reason = str(error).splitlines()[0]
        raise OwnCheckError(f"{' or '.join(own)} cannot run: {reason}") from error


def run_check(connection: duckdb.DuckDBPyConnection, check: Check) -> tuple[CheckResult, ...]:
    """Run one check that does not flag over the created views; at least one result."""
    created = connection.execute(
        f"CREATE OR REPLACE TEMP TABLE check_rows AS FROM ({check.query})"
    ).fetchone()
    names = [
        column[0] for column in connection.execute("FROM check_rows LIMIT 0").description or []
    ]
    is_verdict = "is_passed" in names
    found = []
    if created != (0,):  # no row is no group
        if not is_verdict:
            connection.execute("ALTER TABLE check_rows ADD COLUMN is_passed BOOLEAN DEFAULT false")
        found = [_result(connection, check, names, group) for group in _groups(connection, names)]
    if not is_verdict and {"source_id", "dimension"} & set(names):
        sources = _looked_at(connection, check) if "source_id" in names else [None]
        found += [CheckResult(check, "passed", 0, (), source, ANY_DIMENSION) for source in sources]
    return tuple(found) or (CheckResult(check, "unknown" if is_verdict else "passed"),)


def flag_results(counts: FlagCounts, check: Check) -> tuple[CheckResult, ...]:
    """Return the results of a check that flags, one for each source; at least one."""
    found = []
    for share in flagged_shares(counts, check):
        status: Status = (
            "unknown" if share.is_passed is None else "passed" if share.is_passed else "failed"
        )
        examples = tuple(
            {"article_id": key, "url": url or "", "title": title or ""}
            for key, url, title in share.examples
        )
        told = (share.flagged_count, examples) if status == "failed" else (0, ())
        found.append(
            CheckResult(
                check,
                status,
                *told,
                share.source_id,
                None,
                share.share,
                share.expected,
                sql=flagged_sql(check, share),
            )
        )
    return tuple(found) or (CheckResult(check, "passed"),)


def _groups(connection: duckdb.DuckDBPyConnection, names: list[str]) -> list[tuple[Any, ...]]:
    """Return source, dimension, verdict, rows, observed and expected of each group of rows. A group
    fails where one of its rows does.
    """
    columns = [
        name if name in names else f"NULL AS {name}"
        for name in ("source_id", "dimension", "observed", "expected")
    ]
    return connection.execute(
        f"""
        SELECT source_id::VARCHAR, dimension::VARCHAR, bool_and(is_passed),
            count(*) FILTER (is_passed IS FALSE),
            (any_value(observed) FILTER (is_passed IS FALSE))::DOUBLE,
            (any_value(expected) FILTER (is_passed IS FALSE))::VARCHAR,
            any_value(observed)::DOUBLE, any_value(expected)::VARCHAR
        FROM (SELECT is_passed, {", ".join(columns)} FROM check_rows)
        GROUP BY source_id, dimension ORDER BY source_id, dimension
        """
    ).fetchall()


def _result(
    connection: duckdb.DuckDBPyConnection, check: Check, names: list[str], group: tuple[Any, ...]
) -> CheckResult:
    source, dimension, verdict, count, bad_observed, bad_expected, observed, expected = group
    status: Status = "unknown" if verdict is None else "passed" if verdict else "failed"
    if status != "failed":
        return CheckResult(check, status, 0, (), source, dimension, observed, expected)
    keys = {
        name: value
        for name, value in (("source_id", source), ("dimension", dimension))
        if name in names
    }
    mine = " AND ".join(
        [
            "is_passed IS FALSE",
            *(f"{name} IS NOT DISTINCT FROM ${n}" for n, name in enumerate(keys, start=1)),
        ]
    )
    shown = ", ".join('"' + name.replace('"', '""') + '"' for name in names)
    if "article_id" in names and "url" not in names:
        # here, since the article may be gone when somebody reads of it: a run that breaks a check
        # is rolled back
        shown += (
            ", (SELECT any_value(coalesce(url, canonical_url)) FROM articles AS a WHERE "
            "a.article_id = check_rows.article_id) AS url"
        )
        names = [*names, "url"]
    each = (
        "QUALIFY row_number() OVER (PARTITION BY article_id ORDER BY rowid) = 1"
        if "article_id" in names
        else ""
    )
    query = f"SELECT {shown} FROM check_rows WHERE {mine} {each} ORDER BY rowid LIMIT {EXAMPLES}"
    rows = connection.execute(query, list(keys.values())).fetchall()
    examples = tuple(
        {
            n: str(v)[:200]
            for n, v in zip(names, row, strict=True)
            if n != "is_passed" and v is not None
        }
        for row in rows
    )
    bounds = connection.execute(
        "SELECT * FROM source_bounds WHERE source_id = ?", [source]
    ).fetchall()
    sql = with_bounds(check.query, bounds[0]) if bounds else None
    return CheckResult(
        check, status, count, examples, source, dimension, bad_observed, bad_expected, sql=sql
    )


def given_columns(source_id: str | None) -> set[str]:
    """Return the columns of an example that its result gives already: they are not shown again.

    A result without a source may have examples of many; then `source_id` says which is whose.
    """
    return {"dimension", "observed", "expected"} | ({"source_id"} if source_id else set())


def with_bounds(query: str, bounds: SourceBounds) -> str:
    """Return a query with the bounds of one source in the place of `source_bounds`, so that it runs
    on any warehouse.
    """
    source, least, most = ("NULL" if value is None else f"{value}" for value in bounds)
    row = (
        f"(SELECT {quoted(source)} AS source_id, {least}::BIGINT AS least, {most}::BIGINT AS most)"
    )
    return re.sub(r"\bsource_bounds\b", lambda _: row, query)


def _looked_at(connection: duckdb.DuckDBPyConnection, check: Check) -> list[str | None]:
    """Return the sources of the articles that a check read, or of the pages where it reads pages.
    Pages known before do not count.
    """
    seen = (
        "checked_pages WHERE outcome <> 'unchanged'"
        if "checked_pages" in check.query
        else "checked_articles"
    )
    return [
        source
        for (source,) in connection.execute(
            f"SELECT DISTINCT source_id FROM {seen} ORDER BY source_id"
        ).fetchall()
    ]


def summed(results: tuple[CheckResult, ...]) -> tuple[CheckResult, ...]:
    """Return the results of a round that are kept: each failure; for each check one line on what is
    unknown; or one pass.

    500 sources give thousands of results an hour; those that nobody needs are counted, not kept.
    """
    by_check: dict[str, list[CheckResult]] = {}
    for r in results:
        by_check.setdefault(r.check.name, []).append(r)
    kept = [line for found in by_check.values() for line in _lines(found)]
    return tuple(sorted(kept, key=lambda r: (r.check.name, r.source_id or "", r.dimension or "")))


def _lines(found: list[CheckResult]) -> list[CheckResult]:
    failed = [r for r in found if r.is_failed]
    unknown = [r for r in found if r.status == "unknown"]
    if len(unknown) == 1:
        return failed + unknown
    if unknown:
        return [
            *failed,
            CheckResult(
                unknown[0].check, "unknown", cause=f"too few data on {len(unknown)} of {len(found)}"
            ),
        ]
    whole = [r for r in found if (r.source_id, r.dimension) == (None, None)]
    return failed or whole[:1] or [CheckResult(found[0].check, "passed")]
