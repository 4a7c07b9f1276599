"""What Prefect gets of incidents, on a real server: events, secrets, automations; and a flow that
tells before it fails.
"""

from __future__ import annotations

import asyncio
import time
import warnings
from pathlib import Path
from typing import Any
from uuid import uuid4

import duckdb
import polars as pl
import pytest
import yaml
from pydantic import SecretStr

from flows.steps import ingest as steps
from flows.steps.run import Run
from tests.flow.pages import ask, html_page
from tests.flow.prefect_server import Server
from tests.flow.receiver import receiving
from tests.flow.test_run import tamper
from warehouse.check import CheckResult
from warehouse.check_loader import Check
from warehouse.migrate import migrate
from warehouse.update_incidents import write_checks

pytestmark = [
    pytest.mark.filterwarnings("ignore"),
    pytest.mark.usefixtures("prefect_server", "empty_folder"),
]

SILENT = Check(
    "feed_silent", "fail", "Each feed has news as often as before.", "SELECT 1", "source", "feeds"
)
AUTOMATIONS = Path(__file__).parents[3] / "deploy" / "automations.yaml"


def events(server: Server, incident: str) -> list[dict[str, Any]]:
    """The server's events of one incident, once there are any."""
    wanted = {"filter": {"resource": {"id": [f"newsduck.incident.{incident}"]}}}
    while True:  # pytest's own timeout ends it
        found: list[dict[str, Any]] = server.post("events/filter", **wanted)["events"]
        if found:
            return found
        time.sleep(0.2)


def test_an_opening_becomes_an_event_once(tmp_path: Path, server: Server) -> None:
    from flows.prefect_hooks.incident_events import emit_news

    warehouse = tmp_path / "w.duckdb"
    with duckdb.connect(str(warehouse)) as connection:
        migrate(connection)
        write_checks(
            connection,
            "r1",
            (CheckResult(SILENT, "failed", 3, source_id="tide", observed=9.0, expected="under 7"),),
        )
    assert emit_news(warehouse, 5) == 1
    assert emit_news(warehouse, 5) == 0
    (incident,) = ask(warehouse, "SELECT incident_id FROM meta.incidents")[0]
    (event,) = events(server, incident)
    assert event["event"] == "newsduck.incident.opened"
    assert event["resource"]["newsduck.source"] == "tide"
    assert event["payload"]["observed"] == 9.0


@pytest.mark.usefixtures("here")
def test_a_run_that_breaks_a_check_tells_before_it_fails(
    tmp_path: Path, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    from prefect.blocks.system import Secret

    from flows.ingest import ingest
    from warehouse.check import ChecksFailedError

    finish = steps.finish

    def broken(run: Run) -> object:
        tamper(run, "quotes", pl.col("char_start") + 1)
        return finish(run)

    monkeypatch.setattr(steps, "finish", broken)
    (tmp_path / "page.html").write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    with receiving() as receiver, warnings.catch_warnings():
        warnings.simplefilter("ignore")
        Secret(value=SecretStr(receiver.url("from-the-block"))).save(
            "newsduck-hook", overwrite=True
        )
        (tmp_path / "newsduck.toml").write_text(
            "[alerts.owners.data.channels]\nhook = '${prefect:newsduck-hook}'\n", encoding="utf-8"
        )
        with pytest.raises(ChecksFailedError):
            ingest(inputs=[str(tmp_path / "page.html")], warehouse=tmp_path / "w.duckdb", workers=1)
    assert receiver.paths == ["/from-the-block"]
    assert "quote_is_in_text" in receiver.got[0]["title"]
    assert "the run was rolled back" in receiver.got[0]["message"]
    (incident,) = ask(tmp_path / "w.duckdb", "SELECT incident_id FROM meta.incidents")[0]
    assert [event["event"] for event in events(server, incident)] == ["newsduck.incident.opened"]


def test_the_server_takes_the_automations() -> None:
    from prefect.client.orchestration import get_client
    from prefect.events.schemas.automations import AutomationCore

    text = AUTOMATIONS.read_text(encoding="utf-8").replace("NOTIFICATION_BLOCK_ID", str(uuid4()))
    wanted = [AutomationCore.model_validate(entry) for entry in yaml.safe_load(text)["automations"]]

    async def create() -> None:
        async with get_client() as client:
            for automation in wanted:
                await client.create_automation(automation)

    asyncio.run(create())
    (dead_man,) = (a for a in wanted if "silent" in a.name)
    assert dead_man.trigger.posture == "Proactive"  # type: ignore[union-attr]
