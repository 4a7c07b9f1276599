"""Reads WARC files: the pages in them, and one page's bytes. Plain, gzip and zstd (with a
dictionary too), by FastWARC.

Pages are HTTP responses of HTML or plain text, redirects and robots.txt aside; other records are
passed over. Where a file is broken, one page stands for the broken place and is unreadable, and the
file is read on from the next record that is whole.
"""

from __future__ import annotations

import mmap
import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcHeader, WarcRecord, WarcRecordType

from flows.acquire.page import PageRef, TooLargePageError, UnreadablePageError
from flows.acquire.place import changed_at as file_time
from flows.acquire.place import location_of, plausible
from flows.config.errors import InputError

ENDINGS = (".warc", ".warc.gz", ".warc.zst")
HTML_TYPES = ("text/html", "application/xhtml+xml")
PAGE_TYPES = (*HTML_TYPES, "text/plain")
KEPT_HEADERS = ("content-type", "content-language", "last-modified")
HEAD_BYTES = 64 << 10
"""How much longer than its body a response may be: its status line and headers."""

PLAIN, GZIP, ZSTD = b"WARC/1.", b"\x1f\x8b\x08", b"\x28\xb5\x2f\xfd"
DICTIONARY = b"\x5d\x2a\x4d\x18"
"""Magic of the skippable frame that holds a dictionary for the whole file (the zstd form of the
WARC specifications).
"""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: `skip` records after the one that begins at byte `offset` of the file.

    `skip` is 0 but in files that were compressed as one piece, not record by record.
    """

    offset: int
    skip: int


class _Stream:
    """A file from `offset` on, behind the dictionary where it has one. Holds no handle that
    somebody must close.
    """

    def __init__(self, path: Path, offset: int) -> None:
        with path.open("rb") as file:
            self._bytes = mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ)
        head = self._bytes[:8]
        length = 8 + int.from_bytes(head[4:], "little") if head.startswith(DICTIONARY) else 0
        self.offset, self._head_length = max(offset, length), length
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        """Return the next bytes; none at the end."""
        start = self._at if self._at < self._head_length else self._place()
        end = self._head_length if self._at < self._head_length else len(self._bytes)
        found = self._bytes[start : end if size < 0 else min(end, start + size)]
        self._at += len(found)
        return found

    def _place(self) -> int:
        return self._at - self._head_length + self.offset

    def tell(self) -> int:
        """Return how much has been read."""
        return self._at

    def seek(self, offset: int, whence: int = 0) -> int:
        """Move, as files do."""
        ends = {0: 0, 1: self._at, 2: self._head_length + len(self._bytes) - self.offset}
        self._at = max(0, ends[whence] + offset)
        return self._at

    def close(self) -> None:
        """Do nothing: the memory goes with the object."""

    def absolute(self, position: int) -> int:
        """Return the byte of the file that stands at `position` of the stream."""
        return position - self._head_length + self.offset

    def is_start(self, at: int) -> bool:
        """Whether a record, or the frame around one, can begin at byte `at` of the file."""
        return self._bytes[at : at + 7].startswith((PLAIN, GZIP, ZSTD))

    def next_start(self, after: int) -> int | None:
        """Return the first byte behind `after` where a record may begin; None where there is no
        more.
        """
        first = self._bytes[self._head_length : self._head_length + 7]
        magic = next((kind for kind in (GZIP, ZSTD) if first.startswith(kind)), b"\r\n\r\n" + PLAIN)
        found = self._bytes.find(magic, after + 1)
        return (
            None
            if found < 0
            else found + len(magic) - len(PLAIN)
            if magic.endswith(PLAIN)
            else found
        )


def warc_pages(path: Path, source_id: str | None = None) -> Iterator[PageRef]:
    """Yield the pages of a WARC file, in order, and one for each broken place. Raises InputError
    where it holds no record at all.
    """
    file, changed_at, is_empty = (
        path.resolve(),
        file_time(path),
        True,
    )
    for place, record in _records(file):
        if record is None:
            if is_empty and place.offset == 0:
                continue
            yield _reference(file, place, changed_at, source_id)
        elif page := _page(record, file, place, changed_at, source_id):
            yield page
        is_empty = is_empty and record is None
    if is_empty:
        raise InputError(
            f"{path}: holds no WARC record; it is empty, broken from the start, or no WARC file"
        )


def page_at(path: Path, offset: int) -> PageRef | None:
    """Return the page whose record begins at byte `offset`; None where none does, or the file has
    gone.
    """
    file = path.resolve()
    try:
        record, changed_at = (
            _record_at(file, offset, 0),
            file_time(file),
        )
    except (OSError, ValueError):
        return None
    return _page(record, file, Place(offset, 0), changed_at, None) if record else None


def read_record(path: Path, offset: int, skip: int, limit: int) -> bytes:
    """Return the decoded body of the response at a place; raises UnreadablePageError where it is
    broken, cut or over `limit` bytes.
    """
    where = f"{path}, byte {offset}" + (f", record {skip + 1}" if skip else "")
    try:
        record = _record_at(path, offset, skip)
        if record is None or record.record_type != WarcRecordType.response:
            raise UnreadablePageError(f"{where}: no response stands there")
        block = record.reader.read(min(record.content_length, limit + HEAD_BYTES) + 1)
        has_headers = b"\r\n\r\n" in block or b"\n\n" in block
        if not has_headers or len(block) < record.content_length <= limit + HEAD_BYTES:
            raise UnreadablePageError(
                f"{where}: the record is cut: {len(block):,} of {record.content_length:,} bytes"
            )
        content = _body(block, limit)
    except (OSError, ValueError, OverflowError) as error:
        raise UnreadablePageError(f"{where}: {error}") from error
    if len(content) > limit:
        raise TooLargePageError(f"{where}: larger than {limit:,} bytes")
    return content


def _records(path: Path) -> Iterator[tuple[Place, WarcRecord | None]]:
    """Yield each record with its place, unread; None at a broken place."""
    start: int | None = 0
    last: Place | None = None
    while start is not None:
        try:
            stream = _Stream(path, start)
        except ValueError:  # an empty file
            return
        is_first = True
        try:
            for record in ArchiveIterator(stream, parse_http=False):
                at = stream.absolute(record.stream_pos)
                if last is None or (at > last.offset and stream.is_start(at)) or is_first:
                    last = Place(at, 0)
                else:
                    last = Place(last.offset, last.skip + 1)
                is_first = False
                yield last, record
            return
        except OSError:
            if not is_first or start == 0:
                yield Place(last.offset, last.skip + 1) if last else Place(0, 0), None
            start = stream.next_start(max(start, last.offset if last else 0))


def _page(
    record: WarcRecord, file: Path, place: Place, changed_at: datetime, source_id: str | None
) -> PageRef | None:
    """Return the page that a record holds; None where it holds none."""
    if record.record_type != WarcRecordType.response or not record.is_http:
        return None
    try:
        record.parse_http()
    except OSError:
        return _reference(file, place, changed_at, source_id)
    url = _text(record.headers.get(WarcHeader.WARC_TARGET_URI) or "").strip("<> ")
    status = record.http_headers.status_code
    kind = (
        record.http_headers.get("Content-Type")
        or record.headers.get(WarcHeader.WARC_IDENTIFIED_PAYLOAD_TYPE)
        or HTML_TYPES[0]
    ).lower()
    kind = kind.partition(";")[0].strip()
    if (
        kind not in PAGE_TYPES
        or (status and 300 <= status < 400)
        or urlsplit(url).path == "/robots.txt"
    ):
        return None
    headers = {
        name.lower(): _text(value)
        for name, value in record.http_headers.items()
        if name.lower() in KEPT_HEADERS
    }
    reference = _reference(file, place, _plausible_date(record) or changed_at, source_id)
    return replace(
        reference, is_html=kind in HTML_TYPES, url=url or None, status=status, headers=headers
    )


def _text(value: str) -> str:
    """Return a header's value as tables can hold it."""
    return value.encode("utf-8", "replace").decode("utf-8").replace("\0", "")


def _plausible_date(record: WarcRecord) -> datetime | None:
    try:
        return plausible(record.record_date) if record.record_date else None
    except (ValueError, OverflowError):
        return None


def _reference(file: Path, place: Place, fetched_at: datetime, source_id: str | None) -> PageRef:
    location = f"{location_of(file)}#{place.offset}" + (f"+{place.skip}" if place.skip else "")
    return PageRef(
        location,
        str(file),
        fetched_at,
        True,
        source_id=source_id,
        warc_offset=place.offset,
        warc_skip=place.skip,
    )


class _Opened(threading.local):
    """The file compressed as one piece that a thread reads, and how far it is: reading such a file
    page by page takes one pass.
    """

    path: Path | None = None
    offset = 0
    skip = 0
    records: Iterator[WarcRecord] = iter(())


_opened = _Opened()


def _record_at(path: Path, offset: int, skip: int) -> WarcRecord | None:
    if not skip:
        return next(iter(ArchiveIterator(_Stream(path, offset), parse_http=False)), None)
    if (_opened.path, _opened.offset) != (path, offset) or _opened.skip > skip:
        _opened.path, _opened.offset, _opened.skip = path, offset, 0
        _opened.records = iter(ArchiveIterator(_Stream(path, offset), parse_http=False))
    try:
        for record in _opened.records:
            _opened.skip += 1
            if _opened.skip > skip:
                return record
    except OSError:
        _opened.path = None
        raise
    _opened.path = None
    return None


def _body(block: bytes, limit: int) -> bytes:
    """Return a response's body, without its chunks and encoding, one byte more than `limit` at
    most.

    Some tools undo chunks and encoding and leave the headers that speak of them: where undoing
    fails, what begins as a page is one.
    """
    try:
        return _decoded(block, "all", limit)
    except OSError as error:
        for auto_decode in ("content", "transfer", "none"):
            try:
                content = _decoded(block, auto_decode, limit)
            except OSError:
                continue
            if content.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
                return content
        raise UnreadablePageError(f"its body cannot be decoded: {error}") from error


def _decoded(block: bytes, auto_decode: str, limit: int) -> bytes:
    record = WarcRecord()
    record.init_headers(record_type=WarcRecordType.response)
    record.is_http = True
    record.set_bytes_content(block)
    record.parse_http(auto_decode=auto_decode)  # type: ignore[arg-type]
    return record.reader.read(limit + 1)
