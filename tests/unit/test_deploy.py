"""What `deploy/` offers: that its files hang together, and that the runbook names commands and
files that there are.
"""

from __future__ import annotations

import re
from configparser import ConfigParser
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from flows.cli import app
from flows.commands.config import list_settings
from flows.settings import Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
UNITS = sorted((DEPLOY / "systemd").glob("*.service"))


def compose() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load((DEPLOY / "compose.yaml").read_text(encoding="utf-8"))
    return found


def pool() -> str:
    """The work pool that the deployments name."""
    (name,) = {
        d["work_pool"]["name"]
        for d in yaml.safe_load((DEPLOY / "prefect.yaml").read_text(encoding="utf-8"))[
            "deployments"
        ]
    }
    return str(name)


def test_every_service_comes_back_says_how_it_is_and_holds_no_secret() -> None:
    services = compose()["services"]
    assert set(services) == {
        *("database", "server", "serve", "worker"),
        *("scheduler", "dask", "storage", "bucket"),
    }
    bucket = services.pop("bucket")
    assert bucket["restart"] == "on-failure", "it makes the bucket and ends"
    assert not {"ports", "healthcheck"} & set(bucket)
    for name, service in services.items():
        assert service["restart"] == "unless-stopped", name
        assert service["healthcheck"]["test"], name
        password = service["environment"].get("POSTGRES_PASSWORD", "")
        assert not password or password.startswith("${POSTGRES_PASSWORD:?"), name
        assert all(port.startswith("127.0.0.1:") for port in service.get("ports", ())), name
    assert services["worker"]["entrypoint"][:5] == ["prefect", "worker", "start", "--pool", pool()]


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.stem)
def test_every_unit_runs_as_nobody_special_and_comes_back(unit: Path) -> None:
    read = ConfigParser(interpolation=None)
    read.optionxform = str  # type: ignore[assignment,method-assign]
    read.read(unit, encoding="utf-8")
    service = read["Service"]
    assert (service["User"], service["Restart"], service["EnvironmentFile"]) == (
        "newsduck",
        "always",
        "/etc/newsduck/newsduck.env",
    )
    words = service["ExecStart"].split()
    assert Path(words[0]).name in ("newsduck", "prefect")
    assert "--pool" not in words or words[words.index("--pool") + 1] == pool()


def test_the_example_of_an_environment_names_settings_that_there_are() -> None:
    text = (DEPLOY / "newsduck.env.example").read_text(encoding="utf-8")
    named = set(re.findall(r"^#?(NEWSDUCK_\w+)=", text, re.MULTILINE))
    known = {setting.variable for setting in list_settings(Settings())}
    assert named - {"NEWSDUCK_CHAT_URL"} <= known
    assert not re.findall(r"^[A-Z_]*(?:PASSWORD|TOKEN|KEY)=.+", text, re.MULTILINE)


def test_an_image_takes_what_the_package_needs() -> None:
    kept = {
        line[1:]
        for line in (DEPLOY / "Dockerfile.dockerignore").read_text(encoding="utf-8").split()
        if line.startswith("!")
    }
    copied = {
        word
        for line in (DEPLOY / "Dockerfile").read_text(encoding="utf-8").splitlines()
        if line.startswith("COPY") and "--from" not in line
        for word in line.split()[1:-1]
    }
    assert copied == kept
    assert all((ROOT / name).exists() for name in copied)


def test_the_runbook_names_verbs_and_files_that_there_are() -> None:
    text = (DEPLOY / "RUNBOOK.md").read_text(encoding="utf-8")
    verbs = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    named = set(re.findall(r"(?:`|^    |&& )newsduck ([a-z-]+)", text, re.MULTILINE))
    assert {"check", "config", "ingest", "status"} <= named <= verbs
    files = set(re.findall(r"\b((?:deploy|flows)/[\w./-]+\.\w+)", text))
    assert files
    assert not {name for name in files if not (ROOT / name).exists()}
