"""A local HTTP server of a publisher's pages: fixed answers by path, with ETag and Last-Modified,
so that a second look costs nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import cast

HTML = "text/html; charset=utf-8"


@dataclass(frozen=True)
class Answer:
    """One answer, as it goes out."""

    status: int = 200
    body: bytes = b""
    content_type: str | None = HTML
    headers: Mapping[str, str] = field(default_factory=dict)


NOT_FOUND = Answer(404, b"<h1>Not found</h1>")


def page(body: str | bytes, content_type: str, changed_at: datetime) -> Answer:
    """Return an answer with an ETag from its bytes and a Last-Modified; `changed_at` is in UTC."""
    content = body.encode() if isinstance(body, str) else body
    tag = hashlib.sha256(content).hexdigest()[:16]
    return Answer(
        200,
        content,
        content_type,
        {"ETag": f'"{tag}"', "Last-Modified": format_datetime(changed_at, usegmt=True)},
    )


def not_modified(answer: Answer, tags: str | None, since: str | None) -> Answer:
    """Return a 304 in place of `answer` where the client has it already: by its tag, or where it
    sends none by its time.
    """
    tag, changed = answer.headers.get("ETag"), answer.headers.get("Last-Modified")
    if tags is not None:
        is_known = tag is not None and tag in tags
    else:
        is_known = bool(since and changed) and parsedate_to_datetime(
            changed or ""
        ) <= parsedate_to_datetime(since or "")
    return (
        replace(answer, status=304, body=b"", content_type=None)
        if is_known and answer.status == 200
        else answer
    )


def send(handler: BaseHTTPRequestHandler, answer: Answer) -> None:
    """Write one answer."""
    handler.send_response(answer.status)
    if answer.content_type:
        handler.send_header("Content-Type", answer.content_type)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.status != 304 and "Content-Length" not in answer.headers:
        handler.send_header("Content-Length", str(len(answer.body)))
    handler.end_headers()
    if handler.command != "HEAD":
        handler.wfile.write(answer.body)


class DemoServer(ThreadingHTTPServer):
    """Serves `pages`, answers by path."""

    daemon_threads = True

    def __init__(self, address: tuple[str, int]) -> None:
        """Listen on `address`; port 0 is any that is free. Raises OSError where it is taken."""
        self.pages: dict[str, Answer] = {}
        super().__init__(address, _Handler)

    @property
    def url(self) -> str:
        """Where it is reached, without a final slash."""
        host, port = self.server_address[:2]
        return f"http://{host if isinstance(host, str) else host.decode()}:{port}"


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_GET(self) -> None:
        answer = cast(DemoServer, self.server).pages.get(self.path.partition("?")[0], NOT_FOUND)
        send(
            self,
            not_modified(
                answer, self.headers.get("If-None-Match"), self.headers.get("If-Modified-Since")
            ),
        )

    do_HEAD = do_GET  # noqa: N815 (the library's name)
