"""Modules compiled to C, where somebody has built them (`python -m flows.native.build`).

Entities and quotations are plain Python on plain values. mypyc compiles them; then they cost a
third less. Nothing needs a build: without one, and after a change of a source, Python reads the
sources.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

ROOT = Path(__file__).parents[2]
"""The folder in which `flows` lies."""

BUILT = Path(__file__).with_name("built")
"""The compiled modules, and the list of them."""

LIST = BUILT / "modules.json"
"""For which Python they were built, the digest of each source, and the file of each module."""

SWITCH = "NEWSDUCK_NATIVE"
"""Variable of the environment; with "0" Python reads the sources."""

PARTS = "flows.annotate."
"""How the names of the modules begin that may be compiled."""

SUFFIX = EXTENSION_SUFFIXES[0]
"""How the file of a module ends that was compiled for this Python on this machine."""


def digest(source: Path) -> str:
    """Return the SHA-256 of a file, in hex."""
    import hashlib

    return hashlib.sha256(source.read_bytes()).hexdigest()


def source_of(module: str) -> Path:
    """Return the file of a module's source."""
    return ROOT.joinpath(*module.split(".")).with_suffix(".py")


def compiled() -> dict[str, Path]:
    """Return the files of the compiled modules by name, and of the library that they share; empty
    where there is no build for this Python and these very sources.

    A build counts whole or not at all: its modules call each other without Python.
    """
    import json

    try:
        built = json.loads(LIST.read_text("utf-8"))
        is_good = built["suffix"] == SUFFIX and all(
            digest(source_of(name)) == known for name, known in built["sources"].items()
        )
        return {name: BUILT / file for name, file in built["files"].items()} if is_good else {}
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}


class Finder:
    """Finds compiled modules before Python looks for sources (`sys.meta_path`). It looks at the
    build when the first module is imported that may be part of it.
    """

    def __init__(self) -> None:
        self._files: dict[str, Path] | None = None

    def find_spec(
        self, name: str, path: Sequence[str] | None = None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a compiled module is; None for all others."""
        if self._files is None:
            if not name.startswith(PARTS):
                return None
            self._files = compiled()
        file = self._files.get(name)
        return spec_from_file_location(name, file) if file else None


def use() -> None:
    """Let Python import compiled modules from now on, unless the environment forbids it."""
    if os.environ.get(SWITCH) != "0" and LIST.exists():
        sys.meta_path.insert(0, Finder())
