"""`newsduck init`: files that newsduck itself accepts, and nobody's files overwritten."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from flows.acquire.sources import read_sources
from flows.alert.watches import read_watches
from flows.commands.init import settings_file
from flows.settings import Settings
from tests.conftest import Call


def test_the_files_are_accepted(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    code, told, _ = call("init", "news")
    assert code == 0
    assert told.count("written") == 4
    monkeypatch.chdir(tmp_path / "news")
    settings = Settings()
    assert (str(settings.warehouse), str(settings.sources)) == ("news.duckdb", "sources.yml")
    assert read_sources(tmp_path / "news" / "sources.yml") == ()
    assert settings.watches == Path("watches.yml")
    assert read_watches(settings.watches) == ()
    unit = (tmp_path / "news" / "newsduck.service").read_text(encoding="utf-8")
    assert f"WorkingDirectory={tmp_path / 'news'}" in unit
    assert "@@" not in unit


def test_every_default_can_be_taken_as_it_stands() -> None:
    """A line without its mark is valid TOML: the text after it is a comment."""
    lines = settings_file().splitlines()
    values = [line.removeprefix("#") for line in lines if "=" in line and not line.endswith("=")]
    values = [line for line in values if not line.split("=", 1)[1].strip().startswith("#")]
    assert len(values) > 40
    for line in values:
        if not line.startswith(" "):
            tomllib.loads(line)


def test_files_that_exist_are_kept(call: Call, tmp_path: Path) -> None:
    (tmp_path / "sources.yml").write_text("sources: []  # mine\n", encoding="utf-8")
    code, told, _ = call("init")
    assert code == 0
    assert "kept     sources.yml" in told
    assert (tmp_path / "sources.yml").read_text(encoding="utf-8").endswith("# mine\n")
