"""Reads one page's bytes out of the raw store."""

from __future__ import annotations

from pathlib import Path

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed

from flows.acquire.page import UnreadablePageError


def read_body(path: Path, offset: int, limit: int) -> bytes:
    """Return the decoded body of the response record at byte `offset`; raises UnreadablePageError where none is, or one over `limit`."""
    try:
        with path.open("rb") as file:
            file.seek(offset)
            record = next(iter(ArchiveIterator(file)), None)
            if record is None or record.rec_type != "response":
                raise UnreadablePageError(f"{path}, byte {offset}: no response stands there")
            content: bytes = record.content_stream().read(limit + 1)
    except (OSError, EOFError, ArchiveLoadFailed, ValueError) as error:
        raise UnreadablePageError(f"{path}, byte {offset}: {error}") from error
    if len(content) > limit:
        raise UnreadablePageError(f"{path}, byte {offset}: larger than {limit:,} bytes")
    return content
