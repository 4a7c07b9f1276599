"""The parts of `deploy/compose.yaml` fit each other and keep the compose specification.

Where docker is, `docker compose config` checks the same; tests/flow/served/test_cluster.py starts
the commands.
"""

from __future__ import annotations

import ast
import re
import tomllib
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import typer
import yaml

from flows.cli import app

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "deploy" / "compose.yaml").read_text(encoding="utf-8")
COMPOSE: dict[str, Any] = yaml.safe_load(TEXT)
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
ENVIRONMENT = (ROOT / "deploy" / "newsduck.env.example").read_text(encoding="utf-8")

KINDS: dict[str, type | tuple[type, ...]] = {
    **dict.fromkeys(("image", "restart", "stop_grace_period"), str),
    **dict.fromkeys(("init", "read_only"), bool),
    **dict.fromkeys(("cap_drop", "security_opt", "env_file", "tmpfs", "volumes"), list),
    **dict.fromkeys(("command", "entrypoint", "ports", "profiles"), list),
    **dict.fromkeys(("build", "environment", "depends_on", "healthcheck"), dict),
}
"""Keys of a service in the compose specification, as far as we use them, and their kind."""

ENDING = {"bucket"}
"""Services that do one thing and end: others wait for their end, and nobody asks for their health.
"""

services = pytest.mark.parametrize("service", SERVICES.values(), ids=SERVICES)


def test_keys_are_those_of_the_specification() -> None:
    parts = {key for key in COMPOSE if not key.startswith("x-")}
    assert parts == {"name", "services", "volumes"}
    for name, service in SERVICES.items():
        assert {"image", "build"} & service.keys(), name
        for key, value in service.items():
            assert isinstance(value, KINDS[key]), f"{name}.{key}"


@services
def test_a_service_waits_for_services_that_tell_their_health(service: dict[str, Any]) -> None:
    for name, how in service.get("depends_on", {}).items():
        assert how == {
            "condition": "service_completed_successfully" if name in ENDING else "service_healthy"
        }
        assert name in ENDING or SERVICES[name]["healthcheck"]["test"]
        # one that waits starts with those that it waits for
        assert set(service.get("profiles", ())) >= set(SERVICES[name].get("profiles", ()))


def test_volumes_are_declared_and_files_and_folders_are_there() -> None:
    mounts = [mount for service in SERVICES.values() for mount in service.get("volumes", ())]
    sources = {re.match(r"\$\{[^}]*\}|[^:]+", mount)[0] for mount in mounts}  # type: ignore[index]
    named = {source for source in sources if re.fullmatch(r"\w+", source)}
    assert named == set(COMPOSE["volumes"])
    assert sources - named == {"${NEWSDUCK_DATA:-../data}"}
    for service in SERVICES.values():
        if "build" in service:
            assert (ROOT / "deploy" / service["build"]["context"]).resolve() == ROOT
            assert (ROOT / service["build"]["dockerfile"]).is_file()
        assert all(
            (ROOT / "deploy" / f"{file}.example").is_file() for file in service.get("env_file", ())
        )


def test_variables_are_in_the_example_or_have_a_value() -> None:
    used = re.findall(r"\$\{(\w+)(:?[-?])?", TEXT)
    assert {name for name, _ in used} >= {"POSTGRES_PASSWORD", "AWS_SECRET_ACCESS_KEY"}
    offered = set(re.findall(r"^#?(\w+)=", ENVIRONMENT, re.MULTILINE))
    for name, default in used:
        assert name in offered or default == ":-", name


lasting = pytest.mark.parametrize(
    "service", [service for name, service in SERVICES.items() if name not in ENDING]
)


@lasting
def test_times_and_ports_are_written_as_compose_reads_them(service: dict[str, Any]) -> None:
    check = service["healthcheck"]
    for key in ("interval", "timeout", "start_period"):
        assert re.fullmatch(r"\d+s", check.get(key, "0s")), key
    assert isinstance(check["retries"], int)
    for port in service.get("ports", ()):
        assert re.fullmatch(r"127\.0\.0\.1:\d+:\d+", port)


@lasting
def test_health_is_asked_at_a_port_that_the_command_opens(service: dict[str, Any]) -> None:
    kind, *words = service["healthcheck"]["test"]
    assert kind in ("CMD", "CMD-SHELL")
    if words[:2] == ["python", "-c"]:
        ast.parse(words[2])
        command = " ".join(service.get("entrypoint", ()))
        for port in re.findall(r"127\.0\.0\.1:(\d+)", words[2]):
            assert port in command or (port == "4200" and "server start" in command)


def test_commands_are_verbs_and_programs_of_the_image() -> None:
    verbs = set(typer.main.get_command(app).commands)  # type: ignore[attr-defined]
    for name, service in SERVICES.items():
        if service["image"] == "newsduck":
            program, *words = service.get("entrypoint") or ["newsduck"]
            words += service["command"]
            assert program in ("newsduck", "prefect", "dask"), name
            assert program != "newsduck" or words[0] in verbs


def test_services_name_each_other_by_address() -> None:
    addresses = re.findall(r"(?:@|://)([a-z]+):(\d+)", TEXT + ENVIRONMENT)
    opened = {"database": "5432", "server": "4200", "scheduler": "8786", "storage": "9000"}
    assert {(name, port) for name, port in addresses} == set(opened.items())
    assert opened.keys() <= SERVICES.keys()
    hosts = re.findall(r"host=(\w+)", ENVIRONMENT)
    assert set(hosts) <= SERVICES.keys()
    words = SERVICES["scheduler"]["entrypoint"]
    assert ("--port", opened["scheduler"]) in pairwise(words)


def test_the_bucket_of_batches_is_made_before_dask_writes_into_it() -> None:
    """The service runs the client that the image of the object store holds."""
    shared = re.search(r"^#NEWSDUCK_DASK__SHARED=s3://(\w+)/", ENVIRONMENT, re.MULTILINE)
    assert shared is not None
    bucket, storage = SERVICES["bucket"], SERVICES["storage"]
    assert (bucket["image"], bucket["environment"]) == (storage["image"], storage["environment"])
    assert bucket["entrypoint"][-1].endswith(f"mc mb --ignore-existing storage/{shared[1]}")
    # compose leaves $$NAME to the shell, which has it from `environment`
    used = re.findall(r"(\$+)(\w+)", bucket["entrypoint"][-1])
    assert {name for _, name in used} == bucket["environment"].keys()
    assert {mark for mark, _ in used} == {"$$"}
    assert "bucket" in SERVICES["dask"]["depends_on"]


def test_the_image_holds_the_extras_that_its_build_and_services_need() -> None:
    text = (ROOT / "deploy" / "Dockerfile").read_text(encoding="utf-8")
    installed = re.search(r'"\.\[([\w,]+)\]"', text)
    assert installed is not None
    extras = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    assert set(installed[1].split(",")) == {"dask", "s3", "lake", "native"}
    assert set(installed[1].split(",")) <= extras["optional-dependencies"].keys()
