"""Staged rows are read from folders of any name."""

from __future__ import annotations

from pathlib import Path

import polars as pl
import pytest

from warehouse.stage import read_rows


@pytest.mark.parametrize("name", ["plain", "[x]", "[a-c]", "*", "x*y", "{a,b}"])
def test_a_path_is_no_pattern(tmp_path: Path, name: str) -> None:
    for folder, value in (("a", 1), ("b", 2), ("xzy", 3), (name, 4)):
        (tmp_path / folder).mkdir()
        frame = pl.DataFrame({"first": [value, value], "second": ["c", "d"]})
        frame.write_parquet(tmp_path / folder / "rows.parquet")
    file = tmp_path / name / "rows.parquet"
    assert read_rows(file).rows() == [(4, "c"), (4, "d")]
    assert read_rows(file, ("second", "first"), most=1).rows() == [("c", 4)]
