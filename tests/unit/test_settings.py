"""Settings: the order of their sources, and what is said when one is wrong."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner

from flows.cli import app
from flows.commands.config import list_settings
from flows.settings import Settings, SettingsError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_options_before_variables_before_the_file_before_defaults(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "newsduck.toml").write_text(
        'batch_size = 7\nworkers = 3\nlock_timeout = 5\n[entities]\nrecogniser = "spacy:a"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("NEWSDUCK_WORKERS", "2")
    monkeypatch.setenv("NEWSDUCK_ENTITIES__ALIASES", "names.yml")
    found = Settings.with_options(batch_size=9, warehouse=None)
    assert (found.batch_size, found.workers, found.lock_timeout, found.kept_runs) == (9, 2, 5, 3)
    assert (found.entities.recogniser, found.entities.aliases) == ("spacy:a", Path("names.yml"))
    assert Settings.with_options(recogniser="builtin").entities.recogniser == "builtin"
    assert Settings.with_options(recogniser="builtin").entities.aliases == Path("names.yml")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("batchsize = 7", "batchsize: Extra inputs are not permitted"),
        ("batch_size = 0", "batch_size: Input should be greater than or equal to 1"),
        ('[entities]\nrecognizer = "x"', "entities.recognizer: Extra inputs are not permitted"),
        ("batch_size", "newsduck.toml is no TOML"),
    ],
)
def test_a_wrong_setting_is_named(folder: Path, text: str, said: str) -> None:
    (folder / "newsduck.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match=said):
        Settings.with_options()


def test_every_setting_is_told_with_its_origin(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (folder / "newsduck.toml").write_text(
        'workers = 3\n[fetch]\ndelay = 2.5\nattempts = 2\ncontact = "https://me:hush@desk.example/us?token=hush"\n'
        "[checks.dates]\nmost = 4\n"
        '[alerts.owners.data.channels]\nmail = "mailtos://desk:hush@mail.example"\n',
        encoding="utf-8",
    )
    monkeypatch.setenv("NEWSDUCK_FETCH__ATTEMPTS", "5")
    monkeypatch.setenv(
        "NEWSDUCK_ALERTS__OWNERS", '{"web": {"channels": {"chat": "slack://hush/hush/hush"}}}'
    )
    settings = Settings.with_options()
    told = {setting.name: setting for setting in list_settings(settings)}
    assert {
        name: (told[name].value, told[name].source)
        for name in ("workers", "batch_size", "fetch.delay", "fetch.attempts")
    } == {
        "workers": (3, "file"),
        "batch_size": (200, "default"),
        "fetch.delay": (2.5, "file"),
        "fetch.attempts": (5, "environment"),
    }
    assert told["fetch.attempts"].variable == "NEWSDUCK_FETCH__ATTEMPTS"
    assert told["checks"].value == {"dates": {"most": 4.0}}
    assert set(told["alerts.owners"].value) == {"data", "web"}
    assert told["fetch.contact"].value == "https://desk.example/us?token=***"
    assert all(setting.description for setting in told.values())
    called = CliRunner().invoke(app, ["config", "--json"])
    assert [line["name"] for line in json.loads(called.output)] == list(told)
    shown = CliRunner().invoke(app, ["config"])
    assert "NEWSDUCK_FETCH__ATTEMPTS" in shown.output
    assert "hush" not in called.output + shown.output


def test_config_shows_what_is_named_alone() -> None:
    called = CliRunner().invoke(app, ["config", "serve", "fetch.delay", "--json"])
    assert [line["name"] for line in json.loads(called.output)] == [
        "fetch.delay",
        "serve.ingest",
        "serve.monitor",
        "serve.retention",
        "serve.maintain",
        "serve.timezone",
    ]
    assert CliRunner().invoke(app, ["config", "fetsch"]).exit_code == 2
