"""The newcomer's path, as `newsduck demo-site` prints it and the README tells it: the very
commands, in a shell, from nothing to rows.
"""

from __future__ import annotations

import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.fixture
def shell(tmp_path: Path) -> dict[str, str]:
    """The variables of a shell that knows `newsduck` and nothing of anybody's settings."""
    command = tmp_path / "bin" / "newsduck"
    command.parent.mkdir()
    command.write_text(
        f'#!/bin/sh\nexec {shlex.quote(sys.executable)} -m flows.cli "$@"\n', encoding="utf-8"
    )
    command.chmod(0o755)
    (tmp_path / "work").mkdir()
    kept = {
        name: value
        for name, value in os.environ.items()
        if not name.startswith(("NEWSDUCK_", "PREFECT_"))
    }
    ours = {
        "PATH": f"{command.parent}:{kept['PATH']}",
        "PYTHONPATH": str(ROOT),
        "PREFECT_HOME": str(tmp_path / "prefect"),
    }
    return kept | ours | {"COLUMNS": "160", "NEWSDUCK_FETCH__DELAY": "0"}


@pytest.fixture
def told(shell: dict[str, str], tmp_path: Path) -> Iterator[str]:
    """What the demo site says when it is ready."""
    words = ("newsduck", "demo-site", "--port", "0")
    with subprocess.Popen(
        words, env=shell, cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
    ) as site:
        assert site.stdout
        lines = []
        for line in site.stdout:
            lines.append(line)
            if line.startswith("Then add another"):
                break
        yield "".join(lines)
        site.send_signal(signal.SIGINT)
        assert "Stopped." in site.stdout.read()
        assert site.wait() == 0


def test_from_an_address_to_rows_in_three_commands(
    told: str, shell: dict[str, str], tmp_path: Path
) -> None:
    commands = re.findall(r"^  ((?:export|newsduck) .*)$", told, re.MULTILINE)
    assert [command.split()[0] for command in commands] == [
        "export",
        "newsduck",
        "newsduck",
        "newsduck",
    ]
    script = "set -e\n" + "\n".join(commands)
    done = subprocess.run(
        ["sh", "-c", script],
        env=shell,
        cwd=tmp_path / "work",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "Added to sources.yml. Feeds: 1, sitemaps: 1" in done.stdout
    assert re.search(r"loaded +5 +articles +5", done.stdout)
    assert re.search(
        r"│ Marta Quilliam +│ We shall not ask the fishing families to pay for this twice, +│",
        done.stdout,
    )


def test_the_tutorial_tells_what_the_demo_site_prints(told: str) -> None:
    tutorial = (ROOT / "docs" / "tutorial.md").read_text(encoding="utf-8")
    port = re.search(r"127\.0\.0\.1:(\d+)/", told)
    assert port
    for command in re.findall(r"^  (newsduck .*)$", told, re.MULTILINE):
        assert command.replace(port[1], "8180") in tutorial
