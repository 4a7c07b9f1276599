"""Watches: a new story that matches is told once, to its owner, outside of quiet hours."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import duckdb
import pytest

from flows.alert.address import address
from flows.alert.settings import AlertSettings
from flows.alert.watches import Watch, read_watches
from flows.config.errors import InputError
from tests.flow.pages import PARAGRAPHS, ask, html_page, ingest, request
from warehouse.connect import WarehouseAddress

pytestmark = pytest.mark.usefixtures("unwarned")

NOON, NIGHT = datetime(2026, 3, 2, 12, tzinfo=UTC), datetime(2026, 3, 2, 23, tzinfo=UTC)

ALERTS = AlertSettings.model_validate(
    {"quiet": "22:00-07:00", "owners": {"desk": {"channels": {"hook": "json://127.0.0.1:1"}}}}
)

WATCHES = """watches:
  - name: harbour works
    owner: desk
    query: '"northern quay" cost'
  - name: council
    owner: desk
    speaker: Quilliam
  - name: other outlet
    owner: desk
    source: elsewhere.example
  - name: inside of other words
    owner: desk
    query: arbour
  - name: inside of other names
    owner: desk
    speaker: Quill
"""


def told(warehouse: WarehouseAddress, now: datetime = NOON) -> list[str]:
    """Bodies of the messages that one delivery writes."""
    before = {row[0] for row in ask(warehouse, "SELECT message_id FROM meta.messages")}
    with duckdb.connect(str(warehouse)) as connection:
        connection.execute("SET TimeZone = 'UTC'")
        address(connection, ALERTS, now)
    rows = ask(warehouse, "SELECT message_id, title, body FROM meta.messages ORDER BY created_at")
    return [f"{title}\n{body}" for key, title, body in rows if key not in before]


def test_a_new_story_is_told_once_and_not_each_copy(tmp_path: Path) -> None:
    pages = tmp_path / "pages"
    pages.mkdir()
    (tmp_path / "watches.yml").write_text(WATCHES, encoding="utf-8")
    asked = replace(request(tmp_path, pages), watches_file=tmp_path / "watches.yml")
    quay = html_page("Port Ellery widens its <quay>", url="https://tide.example/quay")
    (pages / "quay.html").write_text(quay, encoding="utf-8")
    ingest(asked)
    assert told(asked.warehouse, NIGHT) == [], "quiet hours"
    (message,) = told(asked.warehouse)
    assert message.startswith("newsduck: 1 new story on your watches")
    assert "**harbour works**: Port Ellery widens its" in message
    assert "https://tide.example/quay" in message
    assert "other outlet" not in message
    assert "inside" not in message
    assert told(asked.warehouse) == []
    copy = html_page("Quay at Port Ellery to be widened", url="https://post.example/quay")
    (pages / "copy.html").write_text(copy, encoding="utf-8")
    ingest(asked)
    assert told(asked.warehouse) == [], "a copy is the same story"
    other = html_page(
        "Storm", ["Rain fell on the hills all day long and nobody went out.", *PARAGRAPHS[3:]]
    )
    (pages / "storm.html").write_text(other, encoding="utf-8")
    ingest(asked)
    assert told(asked.warehouse) == [], "it does not match"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("watches:\n  - name: x\n", "line 2: .*at least one of query"),
        ("watches:\n  - name: x\n    query: '...'\n", "at least one of query"),
        ("watches:\n  - name: x\n    quary: quay\n", "did you mean query"),
        ("watches:\n  - {name: x, query: a}\n  - {name: x, query: b}\n", "taken already"),
    ],
)
def test_what_is_wrong_is_told_with_its_line(tmp_path: Path, text: str, reason: str) -> None:
    path = tmp_path / "watches.yml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InputError, match=reason):
        read_watches(path)


def test_a_phrase_stays_together() -> None:
    assert Watch(name="x", query='"northern quay" cost*').words == ["northern quay", "cost*"]
