"""When the worker server may be forked from a command."""

from __future__ import annotations

from pathlib import Path

import pytest

from flows.steps import forked_server


@pytest.mark.parametrize(
    ("threads", "can_fork"),
    [
        ({"1": "python", "2": None}, True),
        ({"1": "python", "2": None, "3": "polars-0"}, False),
        ({"1": "python", "2": "polars-io", "3": "polars"}, True),
    ],
)
def test_it_is_forked_where_polars_has_no_threads_whatever_thread_has_just_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, threads: dict[str, str | None], can_fork: bool
) -> None:
    monkeypatch.setattr(forked_server, "TASKS", tmp_path)
    for number, name in threads.items():
        (tmp_path / number).mkdir()
        if name is not None:
            (tmp_path / number / "comm").write_text(f"{name}\n")
    assert forked_server._can_fork() is can_fork
