"""Home folders in paths."""

from __future__ import annotations

import os
from pathlib import Path


def has_home() -> bool:
    """Whether this user has a home folder."""
    return expand_home("~").is_absolute()


def expand_home(path: str) -> Path:
    """Return a path with the home folder for a "~" at its start. The "~" stays where no home is
    known: of a user whom this machine lacks, or of a container's user without a name.
    """
    return Path(os.path.expanduser(path))  # noqa: PTH111 - Path.expanduser raises RuntimeError
