"""One request and its response, read within the limits. Redirects, waits and robots.txt are the
fetcher's.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Literal

import httpx

from flows.acquire.codings import GZIP, ZIPPED, CodingError, Unzip, codings_of, decoded
from flows.acquire.sniff import Kind, is_vague, sniff
from flows.acquire.web.masking import Headers
from flows.acquire.web.outcomes import FetchError
from flows.acquire.web.settings import FetchSettings
from flows.clean.decode import charset_of
from schemas.fetch_outcomes import FetchOutcome as Outcome

REDIRECTS = (301, 302, 303, 307, 308)

Accepted = Literal["page", "listing", "all"]
"""What a 200 may be: a page (HTML or plain text), a listing (also XML, JSON, gzip), anything."""

HTML_TYPES = ("text/html", "application/xhtml+xml")
MEDIA = ("image/", "video/", "audio/", "font/")
SNIFFED_BYTES = 512
"""Bytes of a body after which it is judged, so that nobody downloads a film."""

FAULTS = {
    "broken": Outcome.ENCODING,
    "cut": Outcome.TRUNCATED,
    "bomb": Outcome.BOMB,
    "unknown": Outcome.ENCODING,
}

ERROR_PAGE_LIMIT = 100_000
"""Bytes kept of a response that is no page: what the server said, not a download."""


@dataclass(frozen=True, slots=True)
class Exchange:
    """One request and its response, as the raw store keeps them.

    `raw` is the body as it was sent (chunks put together), `content` the same decoded. `url` may
    hold credentials. `judged_type` is the content type by the bytes, where the header's is wrong.
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
    judged_type: str | None = None

    def header(self, name: str) -> str | None:
        """Return the first header called `name`, in any case."""
        return next((value for key, value in self.headers if key.lower() == name), None)


async def exchange(
    transport: httpx.AsyncBaseTransport,
    url: httpx.URL,
    headers: Headers,
    settings: FetchSettings,
    limit: int,
    accepted: Accepted,
    *,
    is_cut_short: bool = False,
) -> Exchange:
    """Send one GET and read the response.

    A 200 is read up to `limit` bytes, decoded, if its bytes are of an `accepted` kind; other
    responses in part. `is_cut_short`: of a longer body the first `limit` bytes are taken. Raises
    FetchError for what breaks a limit, and httpx's and the backend's exceptions for what the
    network did.
    """
    timeout = httpx.Timeout(settings.read_timeout, connect=settings.connect_timeout).as_dict()
    request = httpx.Request("GET", url, headers=headers, extensions={"timeout": timeout})
    sent_at = datetime.now(UTC)
    async with asyncio.timeout(settings.page_timeout):
        response = await transport.handle_async_request(request)
        response.request = request
        try:
            judged = None
            if response.status_code == 200:
                raw, content = await _read(response, limit, accepted, is_cut_short=is_cut_short)
                judged = _judged_type(response.headers.get("content-type", ""), content, accepted)
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
        judged,
    )


def _text(value: bytes) -> str:
    return value.decode("latin-1")


def named_type(header: str) -> str:
    """Return the type that a Content-Type names, in small letters: the first with a slash where two
    headers were joined.
    """
    names = [part.partition(";")[0].strip().lower() for part in header.split(",")]
    return next((name for name in names if "/" in name), names[0])


def _judged_type(header: str, content: bytes, accepted: Accepted) -> str | None:
    """Return the content type by the bytes where the header's is wrong or says nothing; None where
    the header's holds. Raises FetchError where the bytes are not of an accepted kind.
    """
    named, found = named_type(header), sniff(content)
    _check(named, found, accepted)
    if accepted == "page" and found == "html" and named not in HTML_TYPES:
        charset = charset_of(header)
        return f"text/html; charset={charset}" if charset else "text/html"
    return None


def _check(named: str, found: Kind, accepted: Accepted) -> None:
    """Raise FetchError where bytes that are `found` under the type `named` are not wanted."""
    if accepted == "all":
        return
    if accepted == "page":
        is_good = found == "html" or (
            found in ("text", "json", "xml")
            and (is_vague(named) or named in (*HTML_TYPES, "text/plain"))
        )
    else:
        is_good = found != "binary" and not (found == "text" and named.startswith(MEDIA))
    if not is_good:
        raise FetchError(
            Outcome.CONTENT_TYPE,
            f"content type {named[:100] or 'none'!r}, and the bytes are {found}: not what was "
            "asked for",
        )


async def _read(
    response: httpx.Response, limit: int, accepted: Accepted, *, is_cut_short: bool
) -> tuple[bytes, bytes]:
    """Return the body as sent and decoded, at most `limit` bytes of either."""
    try:
        codings = codings_of(response.headers.get("content-encoding"))
    except CodingError as error:
        raise FetchError(FAULTS[error.fault], str(error)) from error
    promised = response.headers.get("content-length", "")
    if (
        not is_cut_short
        and promised.isascii()
        and promised.isdigit()
        and int(promised[:18]) > limit
    ):
        raise FetchError(
            Outcome.TOO_LARGE, f"the body has {promised[:18]} bytes, more than {limit:,}"
        )
    named = named_type(response.headers.get("content-type", ""))
    is_zipped = len(codings) == 1 and codings[0] in ZIPPED
    raw, unzip = bytearray(), Unzip(limit) if is_zipped else None
    is_checked = bool(codings) and not is_zipped
    try:
        async for chunk in response.aiter_raw():
            is_bare = accepted == "page" and not (raw or codings) and chunk.startswith(GZIP)
            if is_bare:  # the header that says so is missing; the raw store reads it like this too
                unzip = Unzip(limit)
            raw += chunk
            if unzip:
                unzip.feed(chunk)
            seen = unzip.content if unzip else raw
            if not is_checked and len(seen) >= SNIFFED_BYTES:
                _check(named, sniff(bytes(seen[:SNIFFED_BYTES])), accepted)
                is_checked = True
            if len(raw) > limit:
                if is_cut_short and not codings:
                    return bytes(raw[:limit]), bytes(raw[:limit])
                raise FetchError(Outcome.TOO_LARGE, f"the body is larger than {limit:,} bytes")
        if unzip:
            return bytes(raw), unzip.end()
        return bytes(raw), decoded(bytes(raw), codings, limit) if codings else bytes(raw)
    except (httpx.RemoteProtocolError, httpx.ReadError) as error:
        raise FetchError(
            Outcome.TRUNCATED, f"the body broke off after {len(raw):,} bytes", len(raw)
        ) from error
    except CodingError as error:
        if is_cut_short and unzip and error.fault == "bomb":
            return bytes(raw), bytes(unzip.content[:limit])
        raise FetchError(FAULTS[error.fault], str(error), len(raw)) from error
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
