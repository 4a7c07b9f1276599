"""The heartbeat: an address that is asked after a run that ended well, and never stops one."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.alert.heartbeat import send_heartbeat
from flows.alert.settings import AlertSettings


class Switch(HTTPServer):
    """A dead man's switch that remembers what it was asked."""

    def __init__(self, status: int) -> None:
        super().__init__(("127.0.0.1", 0), Answer)
        self.status = status
        self.asked: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answer(BaseHTTPRequestHandler):
    server: Switch

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        self.send_response(self.server.status)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def switch(request: pytest.FixtureRequest) -> Iterator[Switch]:
    with Switch(request.param) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server
        server.shutdown()
        thread.join()


@pytest.mark.parametrize(("switch", "is_taken"), [(200, True), (500, False)], indirect=["switch"])
def test_the_address_is_asked_with_its_secret(
    switch: Switch,
    is_taken: bool,
    monkeypatch: pytest.MonkeyPatch,
    caplog: pytest.LogCaptureFixture,
) -> None:
    monkeypatch.setenv("BEAT_TOKEN", "s3cret-token")
    alerts = AlertSettings.model_validate({"heartbeat": f"{switch.url}/beat/${{BEAT_TOKEN}}"})
    assert send_heartbeat(alerts) is is_taken
    assert switch.asked == ["/beat/s3cret-token"]
    assert "s3cret-token" not in caplog.text


@pytest.mark.parametrize("address", ["http://127.0.0.1:1/", "no address", "${NO_SUCH_VARIABLE}"])
def test_a_switch_that_cannot_be_reached_stops_nothing(address: str) -> None:
    assert not send_heartbeat(AlertSettings.model_validate({"heartbeat": address}))


def test_without_an_address_nothing_is_asked() -> None:
    assert not send_heartbeat(AlertSettings())
