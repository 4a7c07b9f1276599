"""Reads one page's bytes, from a file (gzip or not), from its manifest line, or from its WARC
record.
"""

from __future__ import annotations

import gzip
import json
import zlib
from dataclasses import dataclass
from pathlib import Path

from flows.acquire.page import PageRef, UnreadablePageError
from flows.acquire.warc import read_record

PAGE_LIMIT_BYTES = 50_000_000
"""Largest page read, after decompression. News pages reach 5 MB; ten times that is a bomb or no
page.
"""


@dataclass(frozen=True, slots=True)
class RawPage:
    """A page's bytes as they are hashed; `is_decoded` where a manifest held text, which is then
    UTF-8 here.
    """

    content: bytes
    is_decoded: bool


def read_page(ref: PageRef) -> RawPage:
    """Return the page that `ref` points at; raises UnreadablePageError where it cannot be read or
    is too large.
    """
    try:
        if ref.warc_offset is not None:
            return RawPage(
                read_record(Path(ref.file), ref.warc_offset, ref.warc_skip, PAGE_LIMIT_BYTES),
                is_decoded=False,
            )
        if ref.line_offset is None:
            return RawPage(_read_file(Path(ref.file)), is_decoded=False)
        with Path(ref.file).open("rb") as manifest:
            manifest.seek(ref.line_offset)
            line = json.loads(manifest.readline())
        # JSON may hold lone surrogates, which no encoding can write
        return RawPage(
            str(line["html" if ref.is_html else "text"]).encode("utf-8", "replace"), is_decoded=True
        )
    except (OSError, EOFError, zlib.error, ValueError, KeyError) as error:
        raise UnreadablePageError(f"{ref.file}: {error}") from error


def _read_file(path: Path) -> bytes:
    with gzip.open(path) if path.name.endswith(".gz") else path.open("rb") as file:
        content = file.read(PAGE_LIMIT_BYTES + 1)
    if len(content) > PAGE_LIMIT_BYTES:
        raise UnreadablePageError(f"{path}: larger than {PAGE_LIMIT_BYTES:,} bytes")
    return content
