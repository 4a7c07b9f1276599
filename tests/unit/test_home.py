"""Users without a home folder, as in a container whose user is a number."""

from __future__ import annotations

import os
import pwd
from pathlib import Path

import pytest

from flows import version
from flows.acquire.discover import discover
from flows.commands.options import uses_prefect
from flows.config.errors import InputError
from flows.config.prefect_server import may_have_server
from flows.version import cache_folder


@pytest.fixture
def _homeless(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def nobody(number: int) -> pwd.struct_passwd:
        raise KeyError(number)

    for name in ("HOME", "XDG_CACHE_HOME", "PREFECT_HOME", "PREFECT_API_URL", "PREFECT_PROFILE"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(pwd, "getpwuid", nobody)
    monkeypatch.chdir(tmp_path)


@pytest.mark.usefixtures("_homeless")
def test_nothing_is_kept_and_no_server_is_configured() -> None:
    file = cache_folder() / "versions.json"
    version._remember(file, "stamp", "digest")
    assert version._remembered(file, "stamp") is None
    assert not may_have_server()
    assert not uses_prefect("auto", lambda _: None)
    with pytest.raises(InputError, match="set HOME"):
        uses_prefect("always", lambda _: None)


@pytest.mark.usefixtures("_homeless")
def test_a_cache_folder_that_is_named_is_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", os.fspath(tmp_path))
    assert cache_folder() == tmp_path / "newsduck"


def test_a_home_of_nobody_is_a_name_like_any_other() -> None:
    with pytest.raises(InputError, match="~nobody-of-that-name/x does not exist"):
        list(discover(["~nobody-of-that-name/x"]))
