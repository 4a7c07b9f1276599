"""Settings: the order of their sources, and what is said when one is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.settings import Settings, SettingsError


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_options_before_variables_before_the_file_before_defaults(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "newsduck.toml").write_text(
        'batch_size = 7\nworkers = 3\nlock_timeout = 5\n[entities]\nrecogniser = "spacy:a"\n', encoding="utf-8"
    )
    monkeypatch.setenv("NEWSDUCK_WORKERS", "2")
    monkeypatch.setenv("NEWSDUCK_ENTITIES__ALIASES", "names.yml")
    found = Settings.with_options(batch_size=9, warehouse=None)
    assert (found.batch_size, found.workers, found.lock_timeout, found.kept_runs) == (9, 2, 5, 3)
    assert (found.entities.recogniser, found.entities.aliases) == ("spacy:a", Path("names.yml"))
    assert Settings.with_options(recogniser="house").entities.recogniser == "house"
    assert Settings.with_options(recogniser="house").entities.aliases == Path("names.yml")


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
