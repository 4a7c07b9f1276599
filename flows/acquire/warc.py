"""Reads WARC files: the pages in them, and one page's bytes. Plain, gzip and zstd (with a
dictionary too), by FastWARC.

Pages are HTTP responses, resources and conversions of HTML or plain text, redirects and robots.txt
aside, and revisits of them under another address; other records are passed over. Where a file is
broken, one page stands for the broken place and is unreadable, and the file is read on from the
next record that is whole.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.acquire.codings import CodingError
from flows.acquire.http_message import (
    BLANK_LINE,
    MAX_HEAD_BYTES,
    Message,
    body_of,
    is_whole,
    parse_head,
)
from flows.acquire.page import PageRef, TooLargePageError, UnreadablePageError
from flows.acquire.place import changed_at as file_time
from flows.acquire.place import location_of, plausible
from flows.acquire.sniff import is_vague, sniff
from flows.acquire.warc_file import GZIP, PLAIN, ZSTD, Record, WarcFile
from flows.acquire.web.masking import mask_url
from flows.config.errors import InputError

ENDINGS = (".warc", ".warc.gz", ".warc.zst")
HTML_TYPES = ("text/html", "application/xhtml+xml")
PAGE_TYPES = (*HTML_TYPES, "text/plain")
KEPT_HEADERS = ("content-type", "content-language", "last-modified")
HEAD_BYTES = 16 << 10
"""Bytes of a block that are read to see whether it is a page; more where a head is longer."""

PAYLOADS = ("response", "resource", "conversion")
"""Records that hold a page: as a server sent it, as a file, or as somebody made it of another."""

BARE = Message(None, (), 0)
"""The empty head of a record that is no HTTP response: its block is all body."""

_READ = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)

_UNTOLD = (WarcRecordType.unknown, WarcRecordType.no_type)


@dataclass(frozen=True, slots=True)
class Place:
    """Where a record stands: `skip` records after the one that begins at byte `offset` of the file.

    `skip` is 0 but in files that were compressed as one piece, not record by record.
    """

    offset: int
    skip: int


@dataclass(frozen=True, slots=True)
class Archive:
    """A WARC file that is listed: its full path, its name in the ledger, when it was changed, and
    the source that its pages belong to.
    """

    file: Path
    location: str
    changed_at: datetime
    source_id: str | None

    @classmethod
    def of(cls, path: Path, source_id: str | None = None) -> Archive:
        """Return the archive at `path`."""
        return cls(path.resolve(), location_of(path), file_time(path), source_id)

    def page(self, place: Place, fetched_at: datetime | None = None) -> PageRef:
        """Return the page at a place of the file, as far as the place alone says what it is."""
        skipped = f"+{place.skip}" if place.skip else ""
        return PageRef(
            f"{self.location}#{place.offset}{skipped}",
            str(self.file),
            fetched_at or self.changed_at,
            True,
            source_id=self.source_id,
            warc_offset=place.offset,
            warc_skip=place.skip,
        )


def warc_pages(path: Path, source_id: str | None = None) -> Iterator[PageRef]:
    """Yield the pages of a WARC file, in order, and one for each broken place. Raises InputError
    where it holds no record at all.
    """
    archive, is_empty = Archive.of(path, source_id), True
    revisits: list[tuple[Place, Record]] = []
    for place, record in _records(archive.file):
        if record is None:
            if is_empty and place.offset == 0:
                continue
            yield archive.page(place)
        elif record.type == "revisit":
            revisits.append((place, record))
        elif page := _page(record, archive, place):
            yield page
        is_empty = is_empty and record is None
    if revisits:
        yield from _revisited(archive, revisits)
    if is_empty:
        raise InputError(
            f"{path}: holds no WARC record; it is empty, broken from the start, or no WARC file"
        )


def _revisited(archive: Archive, revisits: list[tuple[Place, Record]]) -> Iterator[PageRef]:
    """Yield the pages of revisit records: the payload of the record that each refers to, where this
    file holds it. A revisit of the same address brings nothing new.
    """
    wanted = {name for _, record in revisits for name in _refers_to(record)}
    originals: dict[str, PageRef] = {}
    for place, record in _records(archive.file):
        names = record and (
            record.header.get("warc-record-id", ""),
            record.header.get("warc-target-uri", ""),
        )
        if record and names and wanted.intersection(names):
            page = _page(record, archive, place)
            for name in names:
                if page and name:
                    originals.setdefault(name, page)
    for place, record in revisits:
        found = next((originals[n] for n in _refers_to(record) if n in originals), None)
        url = mask_url(record.header.get("warc-target-uri", "").strip("<> "))
        if found and url and url != found.url:
            own = archive.page(place, _date_of(record))
            yield replace(found, location=own.location, url=url, fetched_at=own.fetched_at)


def _refers_to(record: Record) -> list[str]:
    """Return what a revisit names its original by: its record's id, then its address."""
    names = (
        record.header.get("warc-refers-to", ""),
        record.header.get("warc-refers-to-target-uri", ""),
    )
    return [name for name in names if name]


def page_at(path: Path, offset: int) -> PageRef | None:
    """Return the page whose record begins at byte `offset`; None where none does, or the file has
    gone.
    """
    archive = Archive.of(path)
    try:
        record = _record_at(archive.file, offset, 0, HEAD_BYTES)
    except (OSError, ValueError):
        return None
    return _page(record, archive, Place(offset, 0)) if record else None


def read_record(path: Path, offset: int, skip: int, limit: int) -> bytes:
    """Return the decoded page of the record at a place: the body of a response, the block of a
    resource or conversion. Raises UnreadablePageError where it is broken, cut or over `limit`
    bytes.
    """
    where = f"{path}, byte {offset}" + (f", record {skip + 1}" if skip else "")
    try:
        record = _record_at(path, offset, skip, limit + MAX_HEAD_BYTES)
        if record is None or record.type not in PAYLOADS:
            raise UnreadablePageError(f"{where}: no page stands there")
        if record.type != "response" and (not record.is_short or is_whole(record.block, BARE)):
            content = record.block
        else:
            message = parse_head(record.block)
            if message is None or (record.is_short and not is_whole(record.block, message)):
                raise UnreadablePageError(
                    f"{where}: the record is cut after {len(record.block):,} bytes"
                )
            content = body_of(record.block, message, limit)
    except CodingError as error:
        if error.fault == "bomb":
            raise TooLargePageError(f"{where}: larger than {limit:,} bytes") from error
        raise UnreadablePageError(f"{where}: its body cannot be decoded: {error}") from error
    except (OSError, ValueError, OverflowError) as error:
        raise UnreadablePageError(f"{where}: {error}") from error
    if len(content) > limit:
        raise TooLargePageError(f"{where}: larger than {limit:,} bytes")
    return content


def _records(path: Path) -> Iterator[tuple[Place, Record | None]]:
    """Yield each record with its place and the first bytes of its block; None at a broken place."""
    try:
        file = WarcFile(path)
    except ValueError:  # an empty file
        return
    yield from _plain(file) if file.form == PLAIN else _packed(file)


def _plain(file: WarcFile) -> Iterator[tuple[Place, Record | None]]:
    at: int | None = 0
    while at is not None:
        record = _listed(file, at)
        yield Place(at, 0), record
        at = file.following(at) if record else file.next_start(at)


def _packed(file: WarcFile) -> Iterator[tuple[Place, Record | None]]:
    """Yield the records of a compressed file: as FastWARC finds them, and those that it passes over
    since the one before them has a wrong length or is written wrongly.
    """
    start: int | None = file.offset
    last: Place | None = None
    while start is not None:
        begun, stream = start, file.at(start)
        is_first, start = True, None
        try:
            for found in ArchiveIterator(stream, parse_http=False):
                at = stream.absolute(found.stream_pos)
                missed = file.swallowed_start((begun - 1) if is_first else last.offset, at)  # type: ignore[union-attr]
                if missed is not None and missed != at and not (is_first and missed == begun):
                    start = missed
                    break
                if is_first and at != begun and file.record(begun, 0) is not None:
                    last, start = Place(begun, 0), at
                    yield last, _listed(file, begun)
                    break
                if last is None or is_first or (at > last.offset and stream.is_start(at)):
                    last = Place(at, 0)
                else:
                    last = Place(last.offset, last.skip + 1)
                is_first = False
                # FastWARC does not find fields whose names are in small letters
                is_empty = found.record_type in _READ and not found.content_length
                is_odd = is_empty or found.record_type in _UNTOLD
                is_own = is_odd and not last.skip and file.form == GZIP
                own = _listed(file, at) if is_own else None
                yield last, own or _head_of(found)
            else:
                if is_first and file.form == GZIP and (record := _listed(file, begun)):
                    last = Place(begun, 0)
                    yield last, record
                if last is None or not last.skip:
                    start = file.swallowed_start(max(begun, last.offset if last else 0), None)
        except OSError:
            end = file.member_end(last.offset) if last and not is_first else begun
            if file.form == GZIP and end is not None and (record := _listed(file, end)):
                last = Place(end, 0)  # FastWARC lost its way, but the record is there
                yield last, record
                start = file.swallowed_start(end, None)
                continue
            if not is_first or begun == file.offset:
                yield Place(last.offset, last.skip + 1) if last else Place(0, 0), None
            start = file.next_start(max(begun, last.offset if last else 0))


def _listed(file: WarcFile, at: int) -> Record | None:
    """Return the record at byte `at` with the first bytes of its block, the whole head of a
    response among them.
    """
    record = file.record(at, HEAD_BYTES)
    if record and record.type == "response" and not BLANK_LINE.search(record.block):
        return file.record(at, MAX_HEAD_BYTES)
    return record


def _head_of(found: WarcRecord) -> Record:
    """Return a record of FastWARC with the first bytes of its block."""
    header = {name.lower(): value for name, value in found.headers.items()}
    wanted = HEAD_BYTES if found.record_type in _READ else 0
    block = found.reader.read(min(wanted, found.content_length)) if wanted else b""
    if block and found.record_type == WarcRecordType.response and not BLANK_LINE.search(block):
        block += found.reader.read(min(MAX_HEAD_BYTES, found.content_length - len(block)))
    return Record(header, block)


def _page(record: Record, archive: Archive, place: Place) -> PageRef | None:
    """Return the page that a record holds; None where it holds none."""
    if record.type not in PAYLOADS:
        return None
    url = mask_url(record.header.get("warc-target-uri", "").strip("<> "))
    reference = archive.page(place, _date_of(record))
    declared = record.header.get("content-type", "").lower()
    status, headers = None, {}
    if record.type == "response":
        if url.startswith(("dns:", "ftp:")) or "msgtype=request" in declared:
            return None
        message = parse_head(record.block)
        if message is None:
            return reference
        status = message.status
        headers = {n.lower(): value for n, value in message.headers if n.lower() in KEPT_HEADERS}
        declared = (
            headers.get("content-type")
            or record.header.get("warc-identified-payload-type")
            or HTML_TYPES[0]
        ).lower()
    elif declared:
        headers = {"content-type": record.header["content-type"]}
    kind = declared.partition(";")[0].strip()
    if kind not in PAGE_TYPES and ("," in kind or is_vague(kind)):
        kind = _judged_kind(record)
    is_redirect = status is not None and 300 <= status < 400
    if kind not in PAGE_TYPES or is_redirect or _path(url) == "/robots.txt":
        return None
    return replace(
        reference, is_html=kind in HTML_TYPES, url=url or None, status=status, headers=headers
    )


def _judged_kind(record: Record) -> str:
    """Return the content type of a record by its first bytes; nothing where they are no page, or
    are packed.
    """
    message = parse_head(record.block) if record.type == "response" else BARE
    is_page = message is not None and sniff(record.block[message.body_at :]) == "html"
    return HTML_TYPES[0] if is_page else ""


def _date_of(record: Record) -> datetime | None:
    try:
        found = datetime.fromisoformat(record.header.get("warc-date", ""))
        return plausible(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def _path(url: str) -> str:
    try:
        return urlsplit(url).path
    except ValueError:
        return ""


class _Opened(threading.local):
    """The file compressed as one piece that a thread reads, and how far it is: reading such a file
    page by page takes one pass.
    """

    path: Path | None = None
    offset = 0
    skip = 0
    records: Iterator[WarcRecord] = iter(())


_opened = _Opened()


def _record_at(path: Path, offset: int, skip: int, limit: int) -> Record | None:
    """Return the record at a place, its block up to `limit` bytes and one more."""
    if not skip:
        file = WarcFile(path, offset)
        if file.form != ZSTD and (record := file.record(offset, limit)):
            return record
        return _whole(next(iter(ArchiveIterator(file, parse_http=False)), None), limit)
    if (_opened.path, _opened.offset) != (path, offset) or _opened.skip > skip:
        _opened.path, _opened.offset, _opened.skip = path, offset, 0
        _opened.records = iter(ArchiveIterator(WarcFile(path, offset), parse_http=False))
    try:
        for found in _opened.records:
            _opened.skip += 1
            if _opened.skip > skip:
                return _whole(found, limit)
    except OSError:
        _opened.path = None
        raise
    _opened.path = None
    return None


def _whole(found: WarcRecord | None, limit: int) -> Record | None:
    if found is None:
        return None
    header = {name.lower(): value for name, value in found.headers.items()}
    block = found.reader.read(min(found.content_length, limit) + 1)
    return Record(header, block, is_short=len(block) < min(found.content_length, limit + 1))
