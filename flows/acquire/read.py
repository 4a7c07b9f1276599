"""Reads one page's bytes, from a file (gzip or not), from its manifest line, or from its WARC
record.
"""

from __future__ import annotations

import json
import os
import stat
import zlib
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from flows.acquire.page import PageRef, TooLargePageError, UnreadablePageError
from flows.acquire.place import location_of
from flows.acquire.warc import read_record

PAGE_LIMIT_BYTES = 10_000_000
"""Largest page read, after decompression. News pages reach 5 MB; twice that is no page."""

MAX_LINE_BYTES = 4 * PAGE_LIMIT_BYTES
"""Longest line of a manifest that is read: JSON may write a character in six bytes."""

CHUNK_BYTES = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page's bytes as they are hashed; `is_decoded` where a manifest held text, which is then
    UTF-8 here.
    """

    content: bytes
    is_decoded: bool


def read_page(ref: PageRef) -> RawPage:
    """Return the page that `ref` points at; raises UnreadablePageError where it cannot be read,
    TooLargePageError where it is too large.
    """
    if ref.problem is not None:
        raise (TooLargePageError if ref.is_too_large else UnreadablePageError)(ref.problem)
    try:
        if ref.warc_offset is not None:
            return RawPage(
                read_record(Path(ref.file), ref.warc_offset, ref.warc_skip, PAGE_LIMIT_BYTES),
                is_decoded=False,
            )
        if ref.line_offset is None:
            return RawPage(_read_file(Path(ref.file)), is_decoded=False)
        return RawPage(_read_line(ref, ref.line_offset), is_decoded=True)
    except (OSError, EOFError, zlib.error, ValueError, KeyError, RecursionError) as error:
        raise UnreadablePageError(f"{ref.location}: {error}") from error


def open_regular(path: Path) -> IO[bytes]:
    """Open a regular file. Raises OSError for anything else: opening a FIFO or a device could wait
    for ever, and reading one never end.
    """
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise OSError(f"{location_of(path)} is no regular file")
        return os.fdopen(descriptor, "rb")
    except BaseException:
        os.close(descriptor)
        raise


def _read_line(ref: PageRef, offset: int) -> bytes:
    with open_regular(Path(ref.file)) as manifest:
        manifest.seek(offset)
        line = json.loads(manifest.readline(MAX_LINE_BYTES + 1))
    # JSON may hold lone surrogates, which no encoding can write
    content = str(line["html" if ref.is_html else "text"]).encode("utf-8", "replace")
    return _limited(content, ref.location)


def _read_file(path: Path) -> bytes:
    """Return a file's content, decompressed where its first bytes say gzip, whatever its name."""
    with open_regular(path) as file:
        head = file.read(len(GZIP_MAGIC))
        if head == GZIP_MAGIC:
            return _limited(_unzipped(head, file), location_of(path))
        return _limited(head + file.read(PAGE_LIMIT_BYTES + 1), location_of(path))


def _unzipped(head: bytes, file: IO[bytes]) -> bytes:
    """Return what the members of a gzip file hold, at most a little more than the limit. Bytes
    behind the last member are ignored, as gzip does. Raises EOFError where a member is cut.
    """
    parts, size, raw = list[bytes](), 0, head + file.read(CHUNK_BYTES)
    while raw.startswith(GZIP_MAGIC):
        member, is_first = zlib.decompressobj(wbits=31), not size
        try:
            while not member.eof and size <= PAGE_LIMIT_BYTES:
                if not (raw := raw or file.read(CHUNK_BYTES)):
                    raise EOFError("the compressed data are cut")
                parts.append(member.decompress(raw, PAGE_LIMIT_BYTES + 1 - size))
                size += len(parts[-1])
                raw = member.unconsumed_tail
        except zlib.error:
            if is_first:
                raise
            break  # bytes behind the last member that look like another
        raw = b"" if size > PAGE_LIMIT_BYTES else member.unused_data + file.read(CHUNK_BYTES)
    return b"".join(parts)  # most pages are one part, which is not copied


def _limited(content: bytes, where: str) -> bytes:
    if len(content) > PAGE_LIMIT_BYTES:
        raise TooLargePageError(f"{where}: larger than {PAGE_LIMIT_BYTES:,} bytes")
    return content
