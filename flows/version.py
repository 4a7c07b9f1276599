"""Which extractor this is: a change of the code or rules that decide an article's rows changes the version, and pages are judged anew."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

DECIDING = (("flows", ("clean", "annotate", "link", "rows.py")), ("schemas", ("",)))
"""What decides the rows of a page, by package."""

ENDINGS = (".py", ".toml", ".tsv", ".txt", ".gz", ".crfsuite")


def extractor_version(rule_files: tuple[Path, ...] = ()) -> str:
    """Return such as `0.1.0+2f9c81d0`: the released version and a digest of every file that decides what a page becomes.

    `rule_files` are the operator's own rules.
    """
    state = _house_digest().copy()
    for own in rule_files:
        state.update(own.read_bytes() + b"\0")
    return f"{version('newsduck')}+{state.hexdigest()[:8]}"


def with_own_rules(version: str, rule_files: tuple[str, ...]) -> str:
    """Return the version of an extractor that also has a source's own rules."""
    state = hashlib.sha256()
    for own in rule_files:
        state.update(Path(own).read_bytes() + b"\0")
    return f"{version}-{state.hexdigest()[:8]}"


@cache
def _house_digest() -> hashlib._Hash:
    state = hashlib.sha256()
    for package, names in DECIDING:
        for name in names:
            for path, file in sorted(_walk(files(package).joinpath(name), name)):
                state.update(path.encode() + b"\0" + file.read_bytes())
    return state


def _walk(place: Traversable, path: str) -> list[tuple[str, Traversable]]:
    if place.is_file():
        return [(path, place)] if place.name.endswith(ENDINGS) else []
    if not place.is_dir() or place.name in ("__pycache__", "train"):
        return []
    return [found for entry in place.iterdir() for found in _walk(entry, f"{path}/{entry.name}")]
