"""A receiver of alerts on this machine: an HTTP server that keeps what it gets, and fails or hangs
when told to.
"""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any


@dataclass
class Receiver:
    """What came in, in order; `answers` are the status codes of the next requests (200 when it is
    empty), None hangs until closed.
    """

    port: int = 0
    got: list[dict[str, Any]] = field(default_factory=list)
    paths: list[str] = field(default_factory=list)
    answers: list[int | None] = field(default_factory=list)
    closing: threading.Event = field(default_factory=threading.Event)

    def url(self, path: str = "hook") -> str:
        """Its apprise URL."""
        return f"json://127.0.0.1:{self.port}/{path}"

    @property
    def keys(self) -> list[str]:
        """Idempotency keys, in order."""
        return [letter["key"] for letter in self.got]


@contextmanager
def receiving(port: int = 0) -> Iterator[Receiver]:
    """Receive while the body runs."""
    receiver = Receiver()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            answer = receiver.answers.pop(0) if receiver.answers else 200
            if answer is None:
                receiver.closing.wait(60)
                return
            if answer == 200:
                receiver.got.append(body | {"key": self.headers["Idempotency-Key"]})
            receiver.paths.append(self.path)
            self.send_response(answer)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", port), Handler) as server:
        receiver.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield receiver
        finally:
            receiver.closing.set()
            server.shutdown()
            thread.join()
