"""A real Prefect server as a process of its own, and what tests ask of it."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

import httpx
import pytest

from tests.flow.compose import ROOT, command_of
from tests.ports import free_port

T = TypeVar("T")


@dataclass(frozen=True)
class Server:
    """A Prefect server of its own, the environment of those who use it, and what asks it: one
    client, as each new one reads all certificates.
    """

    url: str
    environment: dict[str, str]
    client: httpx.Client

    def post(self, path: str, **body: Any) -> Any:
        """Return what the server answers to a request."""
        answer = self.client.post(path, json=body).raise_for_status()
        return answer.json() if answer.content else None

    def ask(self, kind: str, **body: Any) -> list[dict[str, Any]]:
        """Return what the server has of a kind."""
        found: list[dict[str, Any]] = self.post(f"{kind}/filter", **body)
        return found

    def runs(self, deployment_id: str) -> list[dict[str, Any]]:
        """Return the runs of a deployment that are no longer waiting."""
        found = self.ask(
            "flow_runs",
            deployments={"id": {"any_": [deployment_id]}},
            sort="EXPECTED_START_TIME_ASC",
        )
        return [run for run in found if run["state_name"] not in ("Scheduled", "Late")]

    def deployments(self, name: str) -> dict[str, dict[str, Any]]:
        """Return the deployments of a name by the function of their flow."""
        return {
            found["entrypoint"].rpartition(".")[2]: found
            for found in self.ask("deployments")
            if found["name"] == name
        }


@contextmanager
def running(*words: str, log: Path, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """Run a program in a group of its own; at the end the whole group is ended."""
    with (
        log.open("wb") as out,
        subprocess.Popen(
            words, stdout=out, stderr=out, start_new_session=True, **options
        ) as process,
    ):
        try:
            yield process
        finally:
            for how in (signal.SIGTERM, signal.SIGKILL):
                try:
                    os.killpg(process.pid, how)
                    process.wait(15)
                except (ProcessLookupError, subprocess.TimeoutExpired):
                    continue


def awaited(
    find: Callable[[], T], process: subprocess.Popen[bytes], log: Path, pause: float = 0.2
) -> T:
    """Return what `find` finds as soon as it is something, asked every `pause` seconds; fails with
    the log where the process ends. pytest's own timeout ends a wait for what never happens.
    """
    while process.poll() is None:
        if found := find():
            return found
        time.sleep(pause)
    pytest.fail(f"did not happen; {log.name} says: {log.read_text()[-3000:]}")


@contextmanager
def started(home: Path, database: str | None = None) -> Iterator[Server]:
    """Start a server that looks for runs to schedule every second; its files are in `home`, its
    tables in `database`, a SQLite file unless given.
    """
    port = str(free_port())
    environment = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSDUCK_", "PREFECT_"))
    } | {
        "PREFECT_HOME": str(home),
        "PREFECT_API_URL": f"http://127.0.0.1:{port}/api",
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",  # who saves a block registers its type
        "PREFECT_SERVER_SERVICES_SCHEDULER_RECENT_DEPLOYMENTS_LOOP_SECONDS": "1",
        "PREFECT_WORKER_QUERY_SECONDS": "1",
        "PREFECT_RUNNER_POLL_FREQUENCY": "1",
        "PYTHONPATH": str(ROOT),
    }
    url = environment["PREFECT_API_URL"]
    client = httpx.Client(base_url=url, trust_env=False, verify=False, timeout=60)
    found = Server(url, environment, client)
    place = {"PREFECT_SERVER_DATABASE_CONNECTION_URL": database} if database else {}
    log = home / "server.log"

    def is_well() -> bool:
        try:
            return client.get("health").is_success
        except httpx.TransportError:
            return False

    words = (*command_of("server", **{"0.0.0.0": "127.0.0.1"}), "--no-ui", "--port", port)
    with client, running(*words, log=log, cwd=home, env=environment | place) as process:
        awaited(is_well, process, log)
        yield found
