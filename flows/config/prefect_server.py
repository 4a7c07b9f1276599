"""Whether a Prefect server may be configured, found without importing Prefect, which takes 2 s."""

from __future__ import annotations

import os
from pathlib import Path

from flows.config.home import expand_home

VARIABLE = "PREFECT_API_URL"


def may_have_server() -> bool:
    """Return whether anything that Prefect reads may name a server: the environment, a profile, or
    `prefect.toml`, `pyproject.toml` and `.env` in the present folder. Prefect itself says which.
    """
    if os.environ.get(VARIABLE) or os.environ.get("PREFECT_PROFILE"):
        return True
    home = expand_home(os.environ.get("PREFECT_HOME") or "~/.prefect")
    profiles = Path(os.environ.get("PREFECT_PROFILES_PATH") or home / "profiles.toml")
    if any(_mentions(file, VARIABLE) for file in (profiles, Path(".env"))):
        return True
    return Path("prefect.toml").is_file() or _mentions(Path("pyproject.toml"), "[tool.prefect")


def _mentions(file: Path, word: str) -> bool:
    return file.is_file() and word in file.read_text(encoding="utf-8", errors="replace")
