"""What a contract is, and how rows are checked against it. Each contract has a file beside this
one.

Not here: what happens to a rejected row (`flows/worker/rows.py` writes it to the quarantine), and
the SQL types (`warehouse/migrate.py`).
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import pandera.polars as pa
import polars as pl
from pandera.api.polars.types import PolarsData
from pandera.backends.polars.checks import PolarsCheckBackend
from pandera.errors import SchemaErrors

Row = dict[str, Any]
"""One row of a table: values by column name."""

MOMENT = pl.Datetime("us", "UTC")
EPOCH, MICROSECOND = datetime(1970, 1, 1, tzinfo=UTC), timedelta(microseconds=1)

SHOWN_CHARACTERS = 120
"""Characters of an offending value that a reason repeats."""


class ContractError(Exception):
    """Raised where a frame breaks its contract as a whole: a column is missing, unknown or of
    another type.
    """


@dataclass(frozen=True)
class Contract:
    """One table: where it stands, what one row is, which columns make it unique, and what a row
    must be.

    `key` is checked by SQL (`warehouse/checks/duplicate_keys.sql`), not by the row schema: a
    duplicate is no fault of one row. Where `is_view`, workers stage such rows and readers see them,
    but the warehouse keeps them in another shape, and a view (`warehouse/joined/`) shows them.
    """

    name: str
    doc: str
    key: tuple[str, ...]
    rows: pa.DataFrameSchema
    is_view: bool = False

    @property
    def dtypes(self) -> dict[str, pl.DataType]:
        """Columns and their polars types, in order."""
        return {name: column.dtype.type for name, column in self.rows.columns.items()}

    @property
    def columns(self) -> tuple[str, ...]:
        """Column names, in order."""
        return tuple(self.rows.columns)

    def frame(self, rows: list[dict[str, Any]]) -> pl.DataFrame:
        """Return `rows` as a frame with this contract's columns and types.

        Raises ContractError where a row has other columns, or a value that does not fit its
        column's type.
        """
        dtypes = self.dtypes
        try:
            names = dtypes.keys()
            wrong = next((row.keys() ^ names for row in rows if row.keys() != names), None)
            if wrong:
                raise ContractError(
                    f"{self.name}: columns missing or unknown: {', '.join(sorted(wrong))}"
                )
            return typed_frame({name: [row[name] for row in rows] for name in names}, dtypes)
        except (TypeError, pl.exceptions.PolarsError) as error:
            raise ContractError(f"{self.name}: {error}") from error

    def check_frame(self, frame: pl.DataFrame) -> None:
        """Raise ContractError where columns, their order or types differ from the contract."""
        if dict(frame.schema) != self.dtypes or tuple(frame.columns) != self.columns:
            found, wanted = (
                {f"{n} {t}" for n, t in x.items()} for x in (frame.schema, self.dtypes)
            )
            lines = [f"lacks {x}" for x in sorted(wanted - found)] + [
                f"has {x}" for x in sorted(found - wanted)
            ]
            raise ContractError(f"{self.name}: {'; '.join(lines) or 'columns in another order'}")


def typed_frame(
    columns: Mapping[str, list[Any]], dtypes: Mapping[str, pl.DataType]
) -> pl.DataFrame:
    """Return a frame of `columns`, each of the type that `dtypes` has for it. Raises TypeError or
    PolarsError where a value does not fit its column's type.
    """
    made = {name: _series(values, dtypes[name]) for name, values in columns.items()}
    return pl.DataFrame(made, schema=dict(dtypes), strict=True)


def _series(values: list[Any], dtype: pl.DataType) -> pl.Series:
    """Return a column, made in a fifth of the time that polars takes for lists and moments: it
    makes a Series of each list, and asks each moment for its parts.
    """
    if dtype == MOMENT and all(value is None or _is_aware(value) for value in values):
        since = [None if value is None else (value - EPOCH) // MICROSECOND for value in values]
        return pl.Series(values=since, dtype=pl.Int64, strict=True).cast(dtype)
    if not isinstance(dtype, pl.List) or not all(isinstance(value, list) for value in values):
        return pl.Series(values=values, dtype=dtype, strict=True)
    items = [item for value in values for item in value]
    flat = pl.Series(values=items, dtype=dtype.inner, strict=True)
    lengths = pl.Series([len(value) for value in values], dtype=pl.Int64)
    ends = lengths.cum_sum()
    places = pl.int_ranges(ends - lengths, ends)
    return pl.select(pl.lit(flat.implode()).list.gather(places)).to_series()


def _is_aware(value: Any) -> bool:
    return isinstance(value, datetime) and value.tzinfo is not None


def kept_rows(
    view: Contract, name: str, doc: str, *, joined: Collection[str], **numbers: pa.Column
) -> Contract:
    """Return the contract of the table `name`, in which the rows of a view are kept: without the
    columns `joined`, which the view joins, and with `numbers`, by which it joins them.
    """
    own = {n: column for n, column in view.rows.columns.items() if n not in joined}
    rows = pa.DataFrameSchema(
        {**own, **numbers}, checks=view.rows.checks, strict=True, ordered=True
    )
    return Contract(name, doc, view.key, rows)


def prepare_checks(contract: Contract) -> None:
    """Make pandera's own checks known in this process: at first need it imports up to 100 modules.
    No thread is started.
    """
    contract.rows.get_backend(check_type=pl.DataFrame)


def is_kept(contract: Contract, rows: pl.DataFrame) -> bool:
    """Return whether all rows keep their contract; the frame has the contract's columns and types.

    One query asks all checks: 3 ms for 20 rows. pandera's validation, which also says what is wrong
    with which row, asks each column by itself: 19 ms. Checks of single values (`element_wise`) and
    unique columns are not looked at; no contract has them.
    """
    if rows.is_empty():
        return True
    columns = contract.rows.columns
    if any(rows[name].has_nulls() for name, column in columns.items() if not column.nullable):
        return False
    prepare_checks(contract)
    asked = [(check, name) for name, column in columns.items() for check in column.checks]
    asked += [(check, "*") for check in contract.rows.checks]
    answers = [_answer(check, PolarsData(rows.lazy(), name)) for check, name in asked]
    return all(answer.to_series().all() for answer in pl.collect_all(answers))


def _answer(check: pa.Check, data: PolarsData) -> pl.LazyFrame:
    """Return one column that is true where the value keeps `check`, or is null."""
    name = check.name or ""
    if check.is_builtin_check(name):
        found: pl.LazyFrame = check.get_builtin_check_fn(name)(data, **(check.statistics or {}))
    else:
        found = PolarsCheckBackend(check).check_fn(data)
    return found


FAILURES = {"row": pl.UInt32(), "check_name": pl.String(), "reason": pl.String()}


def split_rows(contract: Contract, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return (rows that keep the contract, one failure a row and check with columns `row`,
    `check_name`, `reason`).

    `row` is the position in `rows`; every row is either kept or named by at least one failure.
    Raises ContractError where the frame itself is wrong (a column missing or of another type).
    """
    contract.check_frame(rows)
    if is_kept(contract, rows):
        return rows, pl.DataFrame(schema=FAILURES)
    try:
        contract.rows.validate(rows, lazy=True)
        return rows, pl.DataFrame(schema=FAILURES)
    except SchemaErrors as errors:
        found = errors.failure_cases
    whole = found.filter(pl.col("index").is_null())
    if whole.height:
        raise ContractError(
            f"{contract.name}: "
            + "; ".join(f"{r['check']}: {r['failure_case']}" for r in whole.to_dicts())
        )
    failures = found.select(
        pl.col("index").cast(pl.UInt32).alias("row"),
        pl.concat_str(
            [pl.lit(contract.name), pl.col("column").fill_null("row"), pl.col("check")],
            separator=": ",
        ).alias("check_name"),
        pl.when(pl.col("column").is_null())
        .then(pl.col("check"))
        .otherwise(
            pl.concat_str(
                [
                    pl.col("column"),
                    pl.lit("is"),
                    pl.col("failure_case").fill_null("null").str.slice(0, SHOWN_CHARACTERS),
                    pl.lit("but must be:"),
                    pl.col("check"),
                ],
                separator=" ",
            )
        )
        .alias("reason"),
    ).sort("row", "check_name")
    bad = failures["row"].unique()
    return rows.with_row_index("row").filter(~pl.col("row").is_in(bad.implode())).drop(
        "row"
    ), failures
