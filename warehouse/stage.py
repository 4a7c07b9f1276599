"""Staged files: what the workers write and the loader reads, one folder a batch, one Parquet file a
table.

`quotes` and `mentions` carry the `page_id` they were made from besides their contract's columns,
since two versions of one article can come in one run and only one of them is loaded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import duckdb
import polars as pl

from schemas import (
    ARTICLES,
    BOILERPLATE,
    BY_NAME,
    ENTITY_NAMES,
    FETCHES,
    HOSTS,
    MENTIONS,
    PAGES,
    QUARANTINE,
    QUOTES,
    SITE_BLOCKS,
    URLS,
    Contract,
    ContractError,
)
from warehouse.sql import quoted

STAGED: tuple[Contract, ...] = (
    PAGES,
    ARTICLES,
    QUOTES,
    MENTIONS,
    ENTITY_NAMES,
    BOILERPLATE,
    SITE_BLOCKS,
    QUARANTINE,
    FETCHES,
    URLS,
    HOSTS,
)
"""Tables that fetching and the workers fill; the loader derives the others."""

WITH_PAGE = (QUOTES.name, MENTIONS.name)
"""Staged tables that have a column `page_id` besides those of their contract."""


@dataclass(frozen=True)
class Stage:
    """The staged rows of one batch: frames by contract name."""

    frames: dict[str, pl.DataFrame]

    def write(self, folder: Path) -> None:
        """Write every staged table under `folder`, in place only when all are written. Raises
        ContractError on a wrong frame.
        """
        for contract in STAGED:
            check_staged(contract, self.frames[contract.name])
        fresh = folder.with_name(f"{folder.name}.fresh")
        fresh.mkdir(parents=True, exist_ok=True)
        for contract in STAGED:
            self.frames[contract.name].write_parquet(fresh / f"{contract.name}.parquet")
        fresh.replace(folder)


def empty_stage() -> Stage:
    """Return a stage with every table and no row."""
    return Stage({c.name: pl.DataFrame(schema=staged_dtypes(c)) for c in STAGED})


def staged_dtypes(contract: Contract) -> dict[str, pl.DataType]:
    """Columns and types of a contract's staged form."""
    return contract.dtypes | ({"page_id": pl.String()} if contract.name in WITH_PAGE else {})


def check_staged(contract: Contract, frame: pl.DataFrame) -> None:
    """Raise ContractError unless `frame` is the contract's staged form."""
    if contract.name in WITH_PAGE:
        if frame.columns[-1:] != ["page_id"]:
            raise ContractError(
                f"{contract.name}: lacks page_id String, which staged rows end with"
            )
        frame = frame.drop("page_id")
    contract.check_frame(frame)


def view_staged(connection: duckdb.DuckDBPyConnection, stage: Path) -> None:
    """Create a temporary view `staged_<table>` over the staged rows of each table. Raises
    ContractError where a frame is wrong.
    """
    for contract in STAGED:
        # views cannot take parameters
        paths = ", ".join(map(quoted, staged_files(stage, contract.name)))
        connection.execute(
            f"CREATE OR REPLACE TEMP VIEW staged_{contract.name.removeprefix('meta.')} AS FROM "
            f"read_parquet([{paths}])"
        )


def staged_files(folder: Path, table: str) -> list[str]:
    """Return the Parquet files of one staged table over all batches, in order; each is checked
    against its contract.

    Raises ContractError that names the file.
    """
    found = sorted(folder.glob(f"*/{table}.parquet"))
    for file in found:
        try:
            check_staged(BY_NAME[table], read_rows(file, most=0))
        except (ContractError, pl.exceptions.PolarsError, OSError) as error:
            raise ContractError(f"{file}: {error}") from error
    return [str(file) for file in found]


def read_rows(
    file: Path, columns: Sequence[str] | None = None, most: int | None = None
) -> pl.DataFrame:
    """Return the rows of a Parquet file: all or the first `most`, all columns or `columns` in this
    order. Brackets in the path are characters, no pattern. Raises as polars does.
    """
    wanted = None if columns is None else list(columns)
    frame = pl.read_parquet(file, columns=wanted, n_rows=most, glob=False)
    return frame if wanted is None else frame.select(wanted)
