"""A WARC file's bytes: where its records begin, and the exact bytes of one of them.

FastWARC reads whole files fast and trusts their lengths. Here the lengths are checked: a record
ends where the next one begins, whatever it says of itself.
"""

from __future__ import annotations

import mmap
import re
import zlib
from copy import copy
from dataclasses import dataclass
from pathlib import Path

from fastwarc.warc import ArchiveIterator

from flows.acquire.http_message import BLANK_LINE, fields

PLAIN, GZIP, ZSTD = b"WARC/1.", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Magic of the skippable frame that holds a dictionary for the whole file (the zstd form of the
WARC specifications).
"""

STARTS = {
    PLAIN: re.compile(rb"WARC/1\.[0-9]\r?\n(?=[A-Za-z-]{1,40}:)"),
    GZIP: re.compile(re.escape(GZIP)),
    ZSTD: re.compile(re.escape(ZSTD)),
}
"""Where a record may begin, by the form of the file. A pattern searches a mapped file twice as fast
as `mmap.find`.
"""

MAX_HEADER_BYTES = 1 << 20
CHUNK_BYTES = 1 << 18
MAX_CANDIDATES = 64
"""Places in one record that look like the beginning of another; three bytes of gzip's magic come
by chance once in 16 million.
"""


@dataclass(frozen=True, slots=True)
class Record:
    """One record: the fields of its header, names in small letters, and its block, or its first
    bytes. `is_short`: the block ends before the length that the header gives.
    """

    header: dict[str, str]
    block: bytes
    is_short: bool = False

    @property
    def type(self) -> str:
        """`response`, `resource`, `revisit` …; empty where the header does not say."""
        return self.header.get("warc-type", "").lower()


class WarcFile:
    """A file's bytes from `offset` on, behind the dictionary where it has one, as a stream for
    FastWARC. Holds no handle that somebody must close. `form` is the magic that its records begin
    with.
    """

    def __init__(self, path: Path, offset: int = 0) -> None:
        """Raises ValueError for an empty file."""
        with path.open("rb") as file:
            self.bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = self.bytes[:8]
        length = 8 + int.from_bytes(head[4:], "little") if head.startswith(DICTIONARY) else 0
        self.path, self.offset, self._head_length = path, max(offset, length), length
        first = self.bytes[length : length + 7]
        self.form = next((kind for kind in (GZIP, ZSTD) if first.startswith(kind)), PLAIN)
        self._at = 0

    def at(self, offset: int) -> WarcFile:
        """Return the same file as a stream from `offset` on, without mapping it again."""
        found = copy(self)
        found.offset, found._at = max(offset, self._head_length), 0
        return found

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none at the end."""
        start = self._at if self._at < self._head_length else self.absolute(self._at)
        end = self._head_length if self._at < self._head_length else len(self.bytes)
        found = self.bytes[start : end if size < 0 else min(end, start + size)]
        self._at += len(found)
        return found

    def tell(self) -> int:
        """Return how much has been read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, as files do."""
        ends = {0: 0, 1: self._at, 2: self._head_length + len(self.bytes) - self.offset}
        self._at = max(0, ends[whence] + offset)
        return self._at

    def close(self) -> None:
        """Do nothing: the memory goes with the object."""

    def absolute(self, position: int) -> int:
        """Return the byte of the file that stands at `position` of the stream."""
        return position - self._head_length + self.offset

    def is_start(self, at: int) -> bool:
        """Whether a record, or the frame around one, can begin at byte `at` of the file."""
        return self.bytes[at : at + 7].startswith((PLAIN, GZIP, ZSTD))

    def next_start(self, after: int, end: int | None = None) -> int | None:
        """Return the first byte behind `after` where a record may begin, with all of its magic
        before byte `end`; None where there is no more. `end` None is the end of the file.
        """
        end = len(self.bytes) if end is None else end
        found = STARTS[self.form].search(self.bytes, after + 1, end)
        return found.start() if found else None

    def swallowed_start(self, after: int, end: int | None) -> int | None:
        """Return the first byte behind `after` and before `end` where a record really begins; None
        where none does. `end` None is the end of the file.
        """
        place = self.next_start(after, end)
        for _ in range(MAX_CANDIDATES):
            if place is None or self._is_record(place):
                return place
            place = self.next_start(place, end)
        return None

    def _is_record(self, at: int) -> bool:
        if self.form == GZIP:
            return self._member(at, 16).lstrip(b"\r\n").startswith(PLAIN)
        if self.form == PLAIN:
            return True
        try:
            stream = self.at(at)
            record = next(iter(ArchiveIterator(stream, parse_http=False)), None)
        except (OSError, ValueError):
            return False
        return record is not None and stream.absolute(record.stream_pos) == at

    def _member(self, at: int, limit: int) -> bytes:
        """Return up to `limit` bytes of the gzip member at byte `at`; what can be had of a broken
        one.
        """
        stream, content = zlib.decompressobj(zlib.MAX_WBITS | 16), bytearray()
        step = 512 if limit < 1000 else CHUNK_BYTES
        while not stream.eof and len(content) < limit and at < len(self.bytes):
            try:
                content += stream.decompress(self.bytes[at : at + step], limit - len(content))
            except zlib.error:
                break
            at += step - len(stream.unconsumed_tail)
            if stream.unconsumed_tail and len(content) >= limit:
                break
        return bytes(content)

    def member_end(self, at: int) -> int | None:
        """Return where the gzip member at byte `at` ends; None where it is broken or cut."""
        stream = zlib.decompressobj(zlib.MAX_WBITS | 16)
        while at < len(self.bytes):
            chunk = self.bytes[at : at + CHUNK_BYTES]
            try:
                while chunk and not stream.eof:
                    stream.decompress(chunk, CHUNK_BYTES)
                    chunk = stream.unused_data if stream.eof else stream.unconsumed_tail
            except zlib.error:
                return None
            if stream.eof:
                return min(at + CHUNK_BYTES, len(self.bytes)) - len(stream.unused_data)
            at += CHUNK_BYTES
        return None

    def record(self, at: int, limit: int) -> Record | None:
        """Return the record that begins at byte `at` of a plain file or of one that is gzipped
        record by record, its block up to `limit` bytes; None where none begins there.
        """
        if self.bytes[at : at + len(GZIP)] != GZIP:
            placed = self._placed(at)
            if placed is None or self.bytes[at : at + len(PLAIN)] != PLAIN:
                return None
            header, start, end = placed
            block = self.bytes[start : min(end, start + limit + 1)]
            return _bounded(header, block, _size(header), limit)
        content = self._member(at, limit + MAX_HEADER_BYTES).lstrip(b"\r\n")
        found = BLANK_LINE.search(content)
        if not content.startswith(PLAIN) or not found:
            return None
        header = _header(content[: found.start()])
        return _bounded(header, content[found.end() :], _size(header), limit)

    def following(self, at: int) -> int | None:
        """Return where the record behind the one at byte `at` of a plain file begins; None at the
        end.
        """
        placed = self._placed(at)
        if placed is None:
            return self.next_start(at)
        end = placed[2]
        while self.bytes[end : end + 1] in (b"\r", b"\n"):
            end += 1
        return end if end < len(self.bytes) else None

    def _placed(self, at: int) -> tuple[dict[str, str], int, int] | None:
        """Return the header of the record at byte `at` of a plain file, and where its block begins
        and ends; None where no blank line ends a header.
        """
        found = BLANK_LINE.search(self.bytes, at, at + MAX_HEADER_BYTES)
        if not found:
            return None
        header = _header(self.bytes[at : found.start()])
        return header, found.end(), self._end(found.end(), _size(header))

    def _end(self, start: int, size: int) -> int:
        """Return where a block of `size` bytes from `start` on ends: there, if a record can end
        there, else where the next record begins.
        """
        if self._is_boundary(start + size):
            return start + size
        following = self.next_start(start - 2)
        return len(self.bytes) if following is None else following

    def _is_boundary(self, at: int) -> bool:
        """Whether a record of a plain file may end at byte `at`."""
        if at > len(self.bytes):
            return False
        following = self.bytes[at : at + 16]
        rest = following.lstrip(b"\r\n")
        return not rest or rest.startswith(PLAIN) or following.startswith(b"\r\n\r\n")


def _header(head: bytes) -> dict[str, str]:
    """Return the fields of a record's header, names in small letters."""
    return {name.lower(): value for name, value in fields(head)}


def _size(header: dict[str, str]) -> int:
    length = header.get("content-length", "")
    return int(length) if length.isascii() and length.isdigit() and len(length) < 15 else 0


def _bounded(header: dict[str, str], rest: bytes, size: int, limit: int) -> Record:
    """Return a record whose block is the first `size` bytes of `rest`, where only line ends follow
    them; else all of it but the line ends that part records.
    """
    if len(rest) > limit:
        return Record(header, rest[: limit + 1])
    if len(rest) >= size and not rest[size:].strip(b"\r\n"):
        return Record(header, rest[:size])
    for line_ends in (b"\r\n\r\n", b"\n\n"):
        if rest.endswith(line_ends):
            rest = rest[: -len(line_ends)]
            break
    return Record(header, rest, is_short=len(rest) < size)
