"""A lake whose Parquet files lie in an object store, with a real S3 interface on this machine."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import Call
from tests.flow.object_store import KEY, objects, started
from tests.flow.pages import contents
from warehouse.connect import open_reader, open_writer
from warehouse.homes.address import LakeAddress


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    with started() as address:
        yield address


def test_a_lake_lies_in_an_object_store(
    bucket: str, made: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file moves there, is read, tidied, and moves back. Only the first command is told where."""
    monkeypatch.setenv("NEWSDUCK_DATA_PATH", f"{bucket}/lake")
    there, back = "ducklake:news.ducklake", "back.duckdb"
    assert call("move", "--warehouse", made / "w.duckdb", "--to", there)[0] == 0
    monkeypatch.delenv("NEWSDUCK_DATA_PATH")
    code, _, said = call("maintain", "--warehouse", there)
    assert (code, KEY in said) == (0, False)
    assert any(name.startswith("lake/main/articles/") for name in objects())
    words = ("sql", "SELECT count(*) AS n FROM articles", "--format", "json", "--warehouse", there)
    assert json.loads(call(*words)[1]) == [{"n": 2}]
    assert call("move", "--warehouse", there, "--to", back)[0] == 0
    assert contents(Path(back)) == contents(made / "w.duckdb")


def test_keys_of_an_object_store_are_shown_to_nobody(bucket: str, tmp_path: Path) -> None:
    lake = LakeAddress(str(tmp_path / "w.ducklake"), f"{bucket}/other")
    with open_writer(lake, 5, print):
        pass
    with open_reader(lake) as connection:
        secrets = connection.execute("SELECT secret_string FROM duckdb_secrets()").fetchall()
        assert len(secrets) == 1
        assert KEY not in secrets[0][0]
