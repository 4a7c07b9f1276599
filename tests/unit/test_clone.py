"""Publishing copies a file: by sharing its blocks where that can be, else byte by byte."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from warehouse.clone import FICLONE, clone_or_copy


def test_where_blocks_cannot_be_shared_the_bytes_are_copied(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> int:
        raise OSError("not supported")

    monkeypatch.setattr(fcntl, "ioctl", refuse)
    (tmp_path / "old").write_bytes(b"words" * 1000)
    assert not clone_or_copy(tmp_path / "old", tmp_path / "new")
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
    assert clone_or_copy(tmp_path / "old", tmp_path / "new")
    assert asked == [FICLONE]
    assert (tmp_path / "new").read_bytes() == b"", "the file system would have filled it"
