"""The files of the raw store: appended to, rotated by day and size, repaired after a crash.

The records of one fetch are appended in one write, its own record last, so that a crash costs at
most the fetch that was being written: on the next start everything behind the last whole fetch is
cut off. What is whole and in no run's rows is handed back as if fetched now.
"""

from __future__ import annotations

import os
import threading
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from importlib.metadata import version
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Self

from filelock import FileLock, Timeout
from warcio.archiveiterator import ArchiveIterator

from flows.acquire.raw.files import OUR_FILE, RawFiles, RawStoreError
from flows.acquire.raw.group import Group
from flows.acquire.raw.record import FetchRecord, Stored
from flows.acquire.web.fetched import Fetched

CHUNK_BYTES = 1 << 20
HEAD_BYTES = 4096
"""How much of a record is unfolded to see what it is; a record's own headers are shorter."""


@dataclass(frozen=True, slots=True)
class Mark:
    """The last fetch that a run has loaded: where its record stands."""

    file: str
    offset: int


class RawStore:
    """The store in one folder, or before an object store at `address` (s3://…). One process at a
    time; use it as a context.
    """

    def __init__(self, folder: Path, size_limit: int, address: str | None = None) -> None:
        """`size_limit` is in bytes: a file that has reached it is not appended to."""
        self.folder = folder
        self._files = RawFiles(folder, address)
        self._size_limit = size_limit
        self._mutex = threading.Lock()
        self._file: Path | None = None
        self._handle = -1
        self._size = 0
        folder.mkdir(parents=True, exist_ok=True)
        self._lock = FileLock(folder / ".lock")

    def __enter__(self) -> Self:
        try:
            self._lock.acquire(timeout=0)
        except Timeout:
            raise RawStoreError(
                f"{self.folder} is in use by another run: "
                "give each warehouse a raw store of its own (raw_store)."
            ) from None
        self._files.release()
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._close()
        self._lock.release()

    def files(self) -> list[Path]:
        """Return the store's files, the oldest first."""
        return self._files.here()

    def append(
        self,
        fetched: Fetched,
        url_key: str,
        before: Stored | None = None,
        identity: Iterable[str] = (),
    ) -> FetchRecord:
        """Write one fetch and return its record; a page that is as `before` says is written as a
        revisit. Threads may share the store.

        Raises RawStoreError where it cannot be written; then nothing of it stands in the file.
        """
        with self._mutex:
            path = self._ready()
            group = Group(path.name, self._size)
            if self._size == 0:
                group.begin_file(f"newsduck/{version('newsduck')}")
            record = group.write(fetched, url_key, before, identity)
            try:
                _write_all(self._handle, group.content)
            except OSError as error:
                os.ftruncate(self._handle, self._size)
                raise RawStoreError(
                    f"{path} cannot be written ({error}); "
                    "make room or move raw_store, then run again."
                ) from error
            self._size += len(group.content)
            return record

    def sync(self) -> None:
        """Return when everything appended is on the disk, or in the object store: before rows that
        point at it are loaded.
        """
        with self._mutex:
            if self._files.address is not None:
                self._close()
                self._files.put_new()
            elif self._handle >= 0:
                os.fsync(self._handle)

    def recover(self, mark: Mark | None) -> list[FetchRecord]:
        """Cut off what a crash left half written, and return the fetches behind `mark`, in order;
        without a mark, all of them.
        """
        found: list[FetchRecord] = []
        # a file in the object store holds one run's fetches: the mark's file is loaded to its end
        self._files.bring(
            [name for name in self._files.names() if mark is None or name > mark.file]
        )
        for path in self.files():
            if mark is None or path.name >= mark.file:
                start = mark.offset if mark and path.name == mark.file else 0
                found += [
                    record
                    for record in _repair(path, start)
                    if (record.log_file, record.log_offset) != (mark and (mark.file, mark.offset))
                ]
        return found

    def _ready(self) -> Path:
        """Return the file to append to, open, after rotating."""
        today = f"{datetime.now(UTC):%Y%m%d}"
        if self._file is None:
            last = self.files()[-1:]
            self._open(today, [path for path in last if not self._files.is_put(path.name)])
        while self._file is None or self._is_full(self._file, today):
            self._open(today, [])
        return self._file

    def _is_full(self, file: Path, today: str) -> bool:
        """Return whether the file is of an earlier day or has reached its size."""
        name = OUR_FILE.fullmatch(file.name)
        return name is None or name[1] < today or self._size >= self._size_limit

    def _open(self, today: str, last: list[Path]) -> None:
        """Open the last file again, or begin a new one."""
        self._close()
        if last:
            self._file = last[0]
        else:
            taken = [OUR_FILE.fullmatch(name) for name in self._files.names()]
            day = max(
                [today, *(name[1] for name in taken if name)]
            )  # a clock that was set back must not reorder the files
            serial = max((int(name[2]) + 1 for name in taken if name and name[1] == day), default=0)
            self._file = self.folder / f"newsduck-{day}-{serial:05}.warc.gz"
        self._handle = os.open(self._file, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
        self._size = os.fstat(self._handle).st_size

    def _close(self) -> None:
        if self._handle >= 0:
            os.fsync(self._handle)
            os.close(self._handle)
        self._handle, self._file = -1, None


def _write_all(handle: int, content: bytes) -> None:
    rest = memoryview(content)
    while rest:
        rest = rest[os.write(handle, rest) :]


def _repair(path: Path, start: int) -> list[FetchRecord]:
    """Return the fetches recorded in a file from `start` on, and cut off what stands behind the
    last of them; a file without any goes.
    """
    found, end = [], start
    for member in members(path, start):
        if b"\r\nWARC-Type: metadata\r\n" in member.head:
            found.append(_read_record(path, member))
            end = member.end
    if end == 0:
        path.unlink()
    elif end < path.stat().st_size:
        with path.open("r+b") as file:
            file.truncate(end)
            os.fsync(file.fileno())
    return found


@dataclass(frozen=True, slots=True)
class Member:
    """One whole gzip member of a file, from byte `start` up to `end`, with the first bytes of what
    it holds.
    """

    start: int
    end: int
    head: bytes


def members(path: Path, start: int) -> Iterator[Member]:
    """Yield the whole gzip members of a file from `start` on, up to the first that is cut or
    broken.
    """
    with path.open("rb") as file:
        file.seek(start)
        data = b""
        while True:
            inflate, head, size = zlib.decompressobj(zlib.MAX_WBITS | 16), b"", 0
            while not inflate.eof:
                data = data or file.read(CHUNK_BYTES)
                if not data:
                    return
                try:
                    unfolded = inflate.decompress(data, CHUNK_BYTES)
                except zlib.error:
                    return
                head = head or unfolded[:HEAD_BYTES]
                left = inflate.unused_data if inflate.eof else inflate.unconsumed_tail
                size += len(data) - len(left)
                data = left
            yield Member(start, start + size, head)
            start += size


def _read_record(path: Path, member: Member) -> FetchRecord:
    with path.open("rb") as file:
        file.seek(member.start)
        record = next(iter(ArchiveIterator(BytesIO(file.read(member.end - member.start)))))
        try:
            return FetchRecord.from_json(record.content_stream().read())
        except (ValueError, TypeError, KeyError) as error:
            raise RawStoreError(
                f"{path}, byte {member.start}: this version of newsduck cannot read this record "
                f"of a fetch ({error}); "
                "move the file out of the raw store and run again."
            ) from error
