"""What is made once for all processes of a session, and only read or copied then."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

VARIABLE = "SHARED_BY_TESTS"
"""Holds the folder of the session; the processes of xdist have it from the one that starts them."""


def begin() -> bool:
    """Make the session's folder, unless this process was given one; return whether it was made."""
    if VARIABLE in os.environ:
        return False
    os.environ[VARIABLE] = tempfile.mkdtemp(prefix="newsduck-tests-")
    return True


def end() -> None:
    """Remove the session's folder."""
    shutil.rmtree(os.environ.pop(VARIABLE), ignore_errors=True)


def made_once(name: str, make: Callable[[Path], object]) -> Path:
    """Return a folder that `make` has filled, in whichever process asked first; the others wait.
    Where `make` fails, its error is raised, and the next process tries again.
    """
    folder = Path(os.environ[VARIABLE]) / name
    with FileLock(f"{folder}.lock"):
        if not folder.with_suffix(".done").exists():
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir()
            make(folder)
            folder.with_suffix(".done").touch()
    return folder
