"""The kinds of columns that contracts consist of, each with its limits. No table is defined
here.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandera.polars as pa
import polars as pl

HEX16 = r"^[0-9a-f]{16}$"


def key(doc: str, *, nullable: bool = False) -> pa.Column:
    """A key made from content: 16 hexadecimal digits, 64 bits of SHA-256."""
    return pa.Column(
        pl.String,
        pa.Check.str_matches(HEX16, error="16 hexadecimal digits"),
        nullable=nullable,
        description=doc,
    )


def text(doc: str, *, shortest: int = 1, longest: int, nullable: bool = False) -> pa.Column:
    """Characters: at least `shortest`, at most `longest` Unicode code points."""
    size = pa.Check.str_length(shortest, longest, error=f"{shortest} to {longest} characters")
    return pa.Column(pl.String, size, nullable=nullable, description=doc)


def one_of(doc: str, words: Sequence[str], *, nullable: bool = False) -> pa.Column:
    """One of a closed list of words."""
    return pa.Column(
        pl.String,
        pa.Check.isin(words, error=f"one of {' '.join(words)}"),
        nullable=nullable,
        description=doc,
    )


def matching(doc: str, pattern: str, meaning: str, *, nullable: bool = False) -> pa.Column:
    """Characters in the shape of `pattern`, which `meaning` puts in words."""
    return pa.Column(
        pl.String, pa.Check.str_matches(pattern, error=meaning), nullable=nullable, description=doc
    )


def words(doc: str, *, longest: int = 300, nullable: bool = False) -> pa.Column:
    """A list of short texts, possibly empty, none of them null or empty."""

    def fits(data: pa.PolarsData) -> pl.LazyFrame:
        length = pl.element().str.len_chars()
        return data.lazyframe.select(
            pl.col(data.key).list.eval(length.is_between(1, longest).fill_null(False)).list.all()
        )

    return pa.Column(
        pl.List(pl.String),
        pa.Check(fits, error=f"a list of texts of 1 to {longest} characters"),
        nullable=nullable,
        description=doc,
    )


def time(doc: str, *, nullable: bool = False) -> pa.Column:
    """A moment in UTC, to the microsecond."""
    return pa.Column(pl.Datetime("us", "UTC"), nullable=nullable, description=doc)


def day(doc: str, *, nullable: bool = False) -> pa.Column:
    """A day without a time."""
    return pa.Column(pl.Date, nullable=nullable, description=doc)


def count(doc: str, *, least: int = 0, nullable: bool = False) -> pa.Column:
    """A whole number, at least `least`."""
    return pa.Column(
        pl.Int64, pa.Check.ge(least, error=f"at least {least}"), nullable=nullable, description=doc
    )


def truth(doc: str, *, nullable: bool = False) -> pa.Column:
    """True or false."""
    return pa.Column(pl.Boolean, nullable=nullable, description=doc)


def number(doc: str, *, nullable: bool = False) -> pa.Column:
    """A measured number."""
    return pa.Column(pl.Float64, nullable=nullable, description=doc)


def json(doc: str, *, nullable: bool = False) -> pa.Column:
    """JSON as text; DuckDB's JSON type."""
    return pa.Column(pl.String, nullable=nullable, description=doc, metadata={"duckdb": "JSON"})


def ordered(first: str, second: str) -> pa.Check:
    """`first` lies before `second` in each row; a row with a null in either passes."""

    def holds(data: pa.PolarsData) -> pl.LazyFrame:
        return data.lazyframe.select((pl.col(first) < pl.col(second)).fill_null(True))

    return pa.Check(holds, error=f"{first} must be less than {second}")
