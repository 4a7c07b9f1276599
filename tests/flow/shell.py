"""The real command in a process of its own; most tests call verbs in theirs (the fixture
`call`).
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

COMMAND = (sys.executable, "-m", "flows.cli")


def newsduck(
    folder: Path, *words: str | Path, **variables: str
) -> subprocess.CompletedProcess[str]:
    """Call the command in `folder`."""
    environment = {
        k: v for k, v in os.environ.items() if not k.startswith(("NEWSDUCK_", "PREFECT_"))
    }
    environment |= {
        "PREFECT_HOME": str(folder / "prefect"),
        "COLUMNS": "200",
        "PYTHONPATH": str(Path(__file__).parents[2]),
    } | variables
    words = (*COMMAND, *map(str, words))
    return subprocess.run(
        words, cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
