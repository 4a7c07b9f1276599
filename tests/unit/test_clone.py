"""A file is copied by sharing its blocks where that can be, else byte by byte, and stays locked."""

from __future__ import annotations

import fcntl
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse.clone import FICLONE, clone_or_copy
from warehouse.private_copy import private_copy, shared_lock

LOCK_AS_WRITER = """
import fcntl, sys
with open(sys.argv[1], "r+b") as file:
    try:
        fcntl.lockf(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        print("locked")
"""


def is_locked(path: Path) -> bool:
    """Whether another process finds `path` locked, as a DuckDB writer there would."""
    words = [sys.executable, "-S", "-c", LOCK_AS_WRITER, str(path)]
    return subprocess.check_output(words, text=True).strip() == "locked"


def test_where_blocks_cannot_be_shared_the_bytes_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError("not supported")

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    (tmp_path / "old").write_bytes(b"words" * 1000)
    with (tmp_path / "old").open("rb") as old:
        old.read(100)
        assert not clone_or_copy(old, tmp_path / "new")
    assert (tmp_path / "new").read_bytes() == b"words" * 1000


def test_where_they_can_the_file_system_is_asked_and_no_byte_is_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[int] = []

    def accept(fd: int, request: int, other: int) -> int:
        asked.append(request)
        return 0

    monkeypatch.setattr(fcntl, "ioctl", accept)
    (tmp_path / "old").write_bytes(b"words")
    with (tmp_path / "old").open("rb") as old:
        assert clone_or_copy(old, tmp_path / "new")
    assert asked == [FICLONE]
    assert (tmp_path / "new").read_bytes() == b"", "the file system would have filled it"


def test_a_locked_file_stays_locked_when_it_was_copied(tmp_path: Path) -> None:
    old = tmp_path / "old"
    old.write_bytes(b"words")
    with shared_lock(old) as locked:
        assert locked is not None
        clone_or_copy(locked, tmp_path / "new")
        assert is_locked(old)
    assert not is_locked(old)


def test_nobody_can_write_the_warehouse_while_a_run_works_on_its_copy(tmp_path: Path) -> None:
    old = tmp_path / "w.duckdb"
    old.write_bytes(b"words")
    with private_copy(old, tmp_path / "w.duckdb.wal") as copy:
        assert copy is not None
        copy.write_bytes(b"more words")
        assert is_locked(old)
    assert old.read_bytes() == b"more words"
