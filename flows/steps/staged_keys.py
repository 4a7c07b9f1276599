"""Gives staged articles another key, in every staged table."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import polars as pl

from flows.link.keys import quote_id
from schemas import ARTICLES, BOILERPLATE, MENTIONS, PAGES, QUOTES, Row
from warehouse.stage import read_rows

Moved = Mapping[str, tuple[str, str | None]]
"""The article that a page belongs to from now on and its canonical address, by the page's id."""


def move_pages(stage: Path, moved: Moved) -> None:
    """Write the new keys into the staged tables of all batches under `stage`."""
    for file in sorted(stage.glob(f"*/{ARTICLES.name}.parquet")) if moved else ():
        _move(file.parent, moved)


def _move(folder: Path, moved: Moved) -> None:
    for contract in (ARTICLES, QUOTES, MENTIONS, BOILERPLATE, PAGES):
        file = folder / f"{contract.name}.parquet"
        frame = read_rows(file)
        is_moved = pl.col("page_id").is_in(list(moved)) & pl.col("article_id").is_not_null()
        if not frame.filter(is_moved).height:
            continue
        keys, addresses = (
            pl.col("page_id").replace_strict(
                {page: to[n] for page, to in moved.items()}, default=None, return_dtype=pl.String
            )
            for n in (0, 1)
        )
        fresh = {"article_id": keys}
        if contract is ARTICLES:
            fresh["canonical_url"] = addresses
        frame = frame.with_columns(
            pl.when(is_moved).then(value).otherwise(pl.col(name)).alias(name)
            for name, value in fresh.items()
        )
        if contract is QUOTES:
            frame = frame.with_columns(
                pl.Series("quote_id", list(map(_quote_key, frame.to_dicts())), dtype=pl.String)
            )
        draft = file.with_suffix(".draft")
        frame.write_parquet(draft)
        draft.replace(file)


def _quote_key(row: Row) -> str:
    return quote_id(row["article_id"], row["char_start"], row["char_end"], row["kind"])
