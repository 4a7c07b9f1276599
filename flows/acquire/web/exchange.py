"""One request and its response, read within the limits. Redirects, waits and robots.txt are the
fetcher's.
"""

from __future__ import annotations

import asyncio
import zlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

import httpx

from flows.acquire.web.masking import Headers
from flows.acquire.web.outcomes import FetchError
from flows.acquire.web.settings import FetchSettings
from schemas.fetch_outcomes import FetchOutcome as Outcome

REDIRECTS = (301, 302, 303, 307, 308)

PLAIN, ZIPPED = ("", "identity"), ("gzip", "x-gzip", "deflate")
"""Content encodings that are understood. We ask for gzip alone: zlib can be told where to stop, so
that a bomb never unfolds.
"""

ERROR_PAGE_LIMIT = 100_000
"""Bytes kept of a response that is no page: what the server said, not a download."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as the raw store keeps them.

    `raw` is the body as it was sent (chunks put together), `content` the same decoded. `url` may
    hold credentials.
    """

    url: str
    sent_at: datetime
    request_headers: Headers
    status: int
    reason: str
    http_version: str
    headers: Headers
    raw: bytes
    content: bytes
    address: str | None

    def header(self, name: str) -> str | None:
        """Return the first header called `name`, in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


async def exchange(
    transport: httpx.AsyncBaseTransport,
    url: httpx.URL,
    headers: Headers,
    settings: FetchSettings,
    limit: int,
    types: Iterable[str],
) -> Exchange:
    """Send one GET and read the response.

    A 200 is read up to `limit` bytes, decoded, if its content type is one of `types` (or none is
    given); other responses in part. Raises FetchError for what breaks a limit, and httpx's and the
    backend's exceptions for what the network did.
    """
    timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout).as_dict()
    request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
    sent_at = datetime.now(UTC)
    async with asyncio.timeout(settings.page_timeout):
        response = await transport.handle_async_request(request)
        response.request = request
        try:
            if response.status_code == 200:
                _check_type(response, tuple(types))
                raw, content = await _read(response, limit)
            else:
                raw = content = await _read_some(response)
        finally:
            await response.aclose()
    stream = response.extensions.get("network_stream")
    peer = stream.get_extra_info("server_addr") if stream else None
    return Exchange(
        str(url),
        sent_at,
        [(_text(name), _text(value)) for name, value in request.headers.raw],
        response.status_code,
        response.reason_phrase,
        response.http_version,
        [(_text(name), _text(value)) for name, value in response.headers.raw],
        raw,
        content,
        str(peer[0]) if peer else None,
    )


def _text(value: bytes) -> str:
    return value.decode("latin-1")


def _check_type(response: httpx.Response, types: tuple[str, ...]) -> None:
    kind = response.headers.get("content-type", "").split(";", 1)[0].strip().lower()
    if (
        kind
        and types
        and not any(
            kind == known or (known.startswith("+") and kind.endswith(known)) for known in types
        )
    ):
        raise FetchError(
            Outcome.CONTENT_TYPE, f"content type {kind[:100]!r} is not what was asked for"
        )


async def _read(response: httpx.Response, limit: int) -> tuple[bytes, bytes]:
    """Return the body as sent and decoded, at most `limit` bytes of either."""
    encoding = response.headers.get("content-encoding", "").strip().lower()
    if encoding not in PLAIN + ZIPPED:
        raise FetchError(
            Outcome.ENCODING, f"content encoding {encoding[:40]!r}, though gzip alone was asked for"
        )
    promised = response.headers.get("content-length", "")
    if promised.isascii() and promised.isdigit() and int(promised[:18]) > limit:
        raise FetchError(
            Outcome.TOO_LARGE, f"the body has {promised[:18]} bytes, more than {limit:,}"
        )
    raw, unzip = bytearray(), Unzip(limit) if encoding in ZIPPED else None
    try:
        async for chunk in response.aiter_raw():
            raw += chunk
            if unzip:
                unzip.feed(chunk)
            if len(raw) > limit:
                raise FetchError(Outcome.TOO_LARGE, f"the body is larger than {limit:,} bytes")
        return bytes(raw), unzip.end() if unzip else bytes(raw)
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        raise FetchError(
            Outcome.TRUNCATED, f"the body broke off after {len(raw):,} bytes", len(raw)
        ) from error
    except FetchError as error:
        error.transferred = len(raw)
        raise


async def _read_some(response: httpx.Response) -> bytes:
    """Return the beginning of a body that nobody asked for; one that breaks off is what came of
    it.
    """
    raw = bytearray()
    try:
        async for chunk in response.aiter_raw():
            raw += chunk
            if len(raw) >= ERROR_PAGE_LIMIT:
                break
    except httpx.TransportError:
        pass
    return bytes(raw[:ERROR_PAGE_LIMIT])


class Unzip:
    """Unfolds gzip or deflate as it comes and never past `limit` bytes."""

    def __init__(self, limit: int) -> None:
        self._limit = limit
        self._content = bytearray()
        self._head = b""
        self._member: zlib._Decompress | None = None

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes. Raises FetchError for a bomb, and for what is no gzip."""
        while chunk:
            if self._member is None or self._member.eof:  # gzip members in a row are one body
                self._head += chunk
                if len(self._head) < 2:
                    return
                self._member, chunk, self._head = (
                    zlib.decompressobj(_window(self._head)),
                    self._head,
                    b"",
                )
            try:
                self._content += self._member.decompress(
                    chunk, self._limit + 1 - len(self._content)
                )
            except zlib.error as error:
                raise FetchError(
                    Outcome.ENCODING, f"the body is not compressed as it says: {error}"
                ) from error
            if len(self._content) > self._limit or self._member.unconsumed_tail:
                raise FetchError(
                    Outcome.BOMB, f"the body unfolds to more than {self._limit:,} bytes"
                )
            chunk = self._member.unused_data

    def end(self) -> bytes:
        """Return what was unfolded; raises FetchError where the end is missing."""
        if self._member is None or not self._member.eof:
            raise FetchError(
                Outcome.TRUNCATED,
                f"the compressed body broke off after {len(self._content):,} bytes",
            )
        return bytes(self._content)


def _window(head: bytes) -> int:
    """Return what zlib is to expect after these two bytes: gzip, zlib, or deflate bare, as servers
    send that leave out zlib's head.
    """
    if head.startswith(b"\x1f\x8b"):
        return zlib.MAX_WBITS | 16
    is_zlib = head[0] & 0x0F == zlib.DEFLATED and int.from_bytes(head[:2], "big") % 31 == 0
    return zlib.MAX_WBITS if is_zlib else -zlib.MAX_WBITS
