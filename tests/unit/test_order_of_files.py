"""The order in which `make test` hands files to its processes."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import LONGEST_FIRST, pytest_xdist_make_scheduler


def test_the_longest_files_are_there_and_come_first(
    pytestconfig: pytest.Config, monkeypatch: pytest.MonkeyPatch
) -> None:
    files = {path.name for path in Path(__file__).parents[1].rglob("test_*.py")}
    assert [name for name in LONGEST_FIRST if name not in files] == []
    for name, value in {"dist": "loadfile", "tx": ["popen"], "loadscopereorder": True}.items():
        monkeypatch.setattr(pytestconfig.option, name, value, raising=False)
    pytest_xdist_make_scheduler(pytestconfig, None)
    assert not pytestconfig.option.loadscopereorder, "files with most tests would come first"
