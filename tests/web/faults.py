"""What can go wrong on the web, each an `Answer` for `Publisher.answer`. What lasts ends when the
client leaves or the publisher closes.
"""

from __future__ import annotations

import gzip
from functools import cache

from flows.demo.server import Answer
from tests.ports import free_port
from tests.web.publisher import Handler, Played

CHUNK = b"<p>" + b"on and on and on, " * 200 + b"</p>\n"
TICK_SECONDS = 0.05
"""How long a slow answer waits between two of its bytes."""


def slow_headers() -> Answer:
    """Take the request and say nothing."""

    def play(handler: Handler) -> None:
        _wait(handler, None)

    return Played(play=play)


def slow_body(tick: float = TICK_SECONDS) -> Answer:
    """Send a byte, wait `tick` seconds, and so on: no read ever times out, the page never ends."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Content-Length": "10000000"})
        while not _wait(handler, tick):
            handler.wfile.write(b"x")
            handler.wfile.flush()

    return Played(play=play)


def stalled_body() -> Answer:
    """Send half a page, then nothing more."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Content-Length": str(2 * len(CHUNK))})
        handler.wfile.write(CHUNK)
        handler.wfile.flush()
        _wait(handler, None)

    return Played(play=play)


def endless_body() -> Answer:
    """Send chunks as fast as the client takes them, for ever."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Transfer-Encoding": "chunked"})
        while not handler.publisher.closing.is_set():
            handler.wfile.write(b"%x\r\n%s\r\n" % (len(CHUNK), CHUNK))

    return Played(play=play)


def truncated_body(body: bytes = CHUNK) -> Answer:
    """Promise twice what is sent, and close."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Content-Length": str(2 * len(body))})
        handler.wfile.write(body)

    return Played(play=play)


def truncated_chunks(body: bytes = CHUNK) -> Answer:
    """Send one chunk and close without the last."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Transfer-Encoding": "chunked"})
        handler.wfile.write(b"%x\r\n%s\r\n" % (len(body), body))

    return Played(play=play)


def gzip_bomb(megabytes: int = 200) -> Answer:
    """A thousandth of `megabytes` on the line, all of them unpacked."""
    return Answer(200, _bomb(megabytes), headers={"Content-Encoding": "gzip"})


@cache
def _bomb(megabytes: int) -> bytes:
    member = gzip.compress(b"<p>" + b"0" * (1_000_000 - 3), mtime=0)
    return member * megabytes


def broken_gzip() -> Answer:
    """Say gzip and send none."""
    return Answer(200, CHUNK, headers={"Content-Encoding": "gzip"})


def huge_page(megabytes: int = 60) -> Answer:
    """A page of `megabytes`, its length not told beforehand."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Connection": "close"})
        for _ in range(megabytes * 1_000_000 // len(CHUNK)):
            handler.wfile.write(CHUNK)

    return Played(play=play)


def huge_length() -> Answer:
    """A page that says beforehand that it has a terabyte."""

    def play(handler: Handler) -> None:
        _begin(handler, {"Content-Length": str(10**12)})
        handler.wfile.write(CHUNK)
        handler.wfile.flush()
        _wait(handler, None)

    return Played(play=play)


def redirect(location: str, status: int = 302) -> Answer:
    """Send the client to `location`, an address or a path; a path that leads to itself is a
    loop.
    """
    return Answer(status, b"", headers={"Location": location})


def too_many(retry_after: str = "1") -> Answer:
    """429 with Retry-After: seconds, or an HTTP date."""
    return Answer(429, b"<h1>Too many requests</h1>", headers={"Retry-After": retry_after})


def wrong_type(content_type: str = "image/png") -> Answer:
    """Bytes that are no page."""
    return Answer(200, b"\x89PNG\r\n\x1a\n" + b"\0" * 64, content_type)


def hang_up() -> Answer:
    """Close the connection without a word."""
    return Played(play=lambda handler: None)


def no_http() -> Answer:
    """Answer in no HTTP at all."""
    return Played(play=lambda handler: _raw(handler, b"SSH-2.0-OpenTide\r\n"))


def closed_address() -> str:
    """Return an address where nobody listens."""
    return f"http://127.0.0.1:{free_port()}"


def _raw(handler: Handler, data: bytes) -> None:
    handler.wfile.write(data)
    handler.wfile.flush()


def _begin(handler: Handler, headers: dict[str, str]) -> None:
    handler.send_response(200)
    handler.send_header("Content-Type", "text/html; charset=utf-8")
    for name, value in headers.items():
        handler.send_header(name, value)
    handler.end_headers()


def _wait(handler: Handler, seconds: float | None) -> bool:
    """Wait until the publisher closes (True) or `seconds` have passed (False)."""
    return handler.publisher.closing.wait(seconds)
