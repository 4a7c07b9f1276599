"""Undoes content codings (gzip, deflate with and without its head, br, zstd), never past a limit:
the same for a response that comes and for one that is stored.
"""

from __future__ import annotations

import io
import zlib
from typing import Literal

import brotli
import zstandard

PLAIN = (
    "", "identity", "none", "utf-8", "utf8", "8bit", "binary", "text/html", "text", "aws-chunked",
)  # fmt: skip
"""What servers write for no coding at all."""

ZIPPED = ("gzip", "x-gzip", "deflate", "x-deflate")
GZIP = b"\x1f\x8b\x08"
"""How a body begins that is gzip, whatever a header says."""

KNOWN = (*PLAIN, *ZIPPED, "br", "zstd", "compress-zstd")
MAX_CODINGS = 3
"""Codings in a row; servers apply one, and proxies another by mistake."""

MAX_WINDOW_BYTES = 128 << 20
"""Memory that one zstd frame may ask for."""


class CodingError(Exception):
    """A body cannot be decoded: `broken`, `cut` before its end, a `bomb` past the limit, or of an
    `unknown` coding.
    """

    def __init__(self, fault: Literal["broken", "cut", "bomb", "unknown"], detail: str) -> None:
        super().__init__(detail)
        self.fault = fault


def codings_of(header: str | None) -> list[str]:
    """Return the codings that a Content-Encoding names, in the order in which they were applied.

    Raises CodingError where one is unknown.
    """
    # some write it as a quoted string, or with the weight that a request may give
    parts = (header or "").lower().split(",")
    names = [part.partition(";")[0].strip(" \t\"'") for part in parts]
    if strange := next((name for name in names if name not in KNOWN), None):
        raise CodingError("unknown", f"content encoding {strange[:40]!r} is not known")
    found = [name for name in names if name not in PLAIN]
    if len(found) > MAX_CODINGS:
        raise CodingError("unknown", f"{len(found)} content encodings in a row")
    return found


def decoded(body: bytes, codings: list[str], limit: int) -> bytes:
    """Return a whole body decoded; raises CodingError, also past `limit` bytes."""
    for name in reversed(codings):
        if name in ZIPPED:
            unzip = Unzip(limit)
            unzip.feed(body)
            body = unzip.end()
        elif name == "br":
            body = _unbrotli(body, limit)
        else:
            body = _unzstd(body, limit)
    return body


def _bomb(limit: int) -> CodingError:
    return CodingError("bomb", f"the body unfolds to more than {limit:,} bytes")


def _unbrotli(body: bytes, limit: int) -> bytes:
    stream, content = brotli.Decompressor(), b""
    try:
        content = stream.process(body, output_buffer_limit=limit + 1)
        while not stream.is_finished() and len(content) <= limit:
            more = stream.process(b"", output_buffer_limit=limit + 1 - len(content))
            if not more:
                break
            content += more
    except brotli.error as error:
        raise CodingError("broken", f"the body is not compressed as it says: {error}") from error
    if len(content) > limit:
        raise _bomb(limit)
    if not stream.is_finished():
        raise CodingError("cut", f"the compressed body broke off after {len(content):,} bytes")
    return bytes(content)


def _unzstd(body: bytes, limit: int) -> bytes:
    unpacker = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES)
    try:
        with unpacker.stream_reader(io.BytesIO(body), read_across_frames=True) as stream:
            content = stream.read(limit + 1)
    except zstandard.ZstdError as error:
        raise CodingError("broken", f"the body is not compressed as it says: {error}") from error
    if len(content) > limit:
        raise _bomb(limit)
    if not _ends_whole(body):
        raise CodingError("cut", f"the compressed body broke off after {len(content):,} bytes")
    return content


def _ends_whole(body: bytes) -> bool:
    """Whether a zstd body is not cut within its first frame: the reader gives what it has."""
    stream = zstandard.ZstdDecompressor(max_window_size=MAX_WINDOW_BYTES).decompressobj()
    try:
        for at in range(0, len(body), 1 << 16):
            stream.decompress(body[at : at + (1 << 16)])
            if stream.eof:
                return True
    except zstandard.ZstdError:
        return False
    return not body


class Unzip:
    """Unfolds gzip or deflate as it comes and never past `limit` bytes. What follows the last
    whole member and is no gzip is ignored, as browsers do.
    """

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self.content = bytearray()
        self._head = b""
        self._member: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes. Raises CodingError for a bomb, and for what is no gzip."""
        while chunk:
            if self._member is None or self._member.eof:  # gzip members in a row are one body
                self._head += chunk
                if len(self._head) < 2:
                    return
                if self._member is not None and not self._head.startswith(b"\x1f\x8b"):
                    return
                self._member, chunk, self._head = (
                    zlib.decompressobj(_window(self._head)),
                    self._head,
                    b"",
                )
            try:
                self.content += self._member.decompress(chunk, self._limit + 1 - len(self.content))
            except zlib.error as error:
                raise CodingError(
                    "broken", f"the body is not compressed as it says: {error}"
                ) from error
            if len(self.content) > self._limit or self._member.unconsumed_tail:
                raise _bomb(self._limit)
            chunk = self._member.unused_data

    def end(self) -> bytes:
        """Return what was unfolded; raises CodingError where the end is missing."""
        if self._member is None or not self._member.eof:
            raise CodingError(
                "cut", f"the compressed body broke off after {len(self.content):,} bytes"
            )
        return bytes(self.content)


def _window(head: bytes) -> int:
    """Return what zlib is to expect after these two bytes: gzip, zlib, or deflate bare, as servers
    send that leave out zlib's head.
    """
    if head.startswith(b"\x1f\x8b"):
        return zlib.MAX_WBITS | 16
    is_zlib = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
