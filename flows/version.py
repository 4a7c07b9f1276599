"""Names the extractor: a change of what decides an article's rows changes the version.

Pages are processed again after such a change. Comments, docstrings and layout decide nothing.
"""

from __future__ import annotations

import ast
import hashlib
import json
import os
import re
import sys
from collections.abc import Sequence
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

from flows.config.home import expand_home, has_home

MAX_REMEMBERED = 20
"""Digests remembered: installations and working copies on one machine."""

OF_LINK = (
    "address.py",
    "canonical_trust.py",
    "copies/original.py",
    "entities",
    "fold.py",
    "keys.py",
    "names.py",
    "site_blocks.py",
    "trackers.toml",
)
OF_WORKER = (
    "annotation_rows.py",
    "process_page.py",
    "reclean.py",
    "rows.py",
    "site_memory.py",
    "size_limits.py",
)
DECIDING = (
    (
        "flows",
        (
            "clean",
            "annotate",
            *(f"link/{name}" for name in OF_LINK),
            *(f"worker/{name}" for name in OF_WORKER),
        ),
    ),
    ("schemas", ("",)),
)
"""What decides the rows of a page, by package."""

LINKING = (
    (
        "flows",
        (
            *(f"link/{name}" for name in ("copies", "stories", "wordings")),
            *(f"link/{name}.py" for name in ("average_link", "components", "fingerprint")),
            "linking",
        ),
    ),
)
"""What decides which articles and quotations are linked, by package. The keys by which they are
linked belong to the extractor (OF_LINK)."""

DATA_ENDINGS = (".toml", ".tsv", ".txt", ".gz", ".crfsuite", ".sql")

SQL_COMMENT = re.compile(rb"^\s*--.*\n", re.MULTILINE)
"""A line of SQL that decides nothing."""


def extractor_version(rule_files: tuple[Path, ...] = ()) -> str:
    """Return such as `0.1.0+2f9c81d0`: the released version and a digest of all that decides.

    `rule_files` are the operator's own rules.
    """
    state = _package_digest(DECIDING).copy()
    for own in rule_files:
        state.update(own.read_bytes() + b"\0")
    return f"{version('newsduck')}+{state.hexdigest()[:8]}"


def link_version() -> str:
    """Return the version of linking: the released version and a digest of what decides on links.

    A changed limit of linking changes this version and not that of the extractor: articles are
    linked again (`newsduck relink`), and no page is cleaned again.
    """
    return f"{version('newsduck')}+{_package_digest(LINKING).hexdigest()[:8]}"


def with_own_rules(version: str, rule_files: tuple[str, ...]) -> str:
    """Return the version of an extractor that also has a source's own rules."""
    state = hashlib.sha256()
    for own in rule_files:
        state.update(Path(own).read_bytes() + b"\0")
    return f"{version}-{state.hexdigest()[:8]}"


def deciding_part(source: bytes) -> bytes:
    """Return what a Python module does: its parsed code without docstrings and comments.

    Raises SyntaxError where `source` is no Python.
    """
    tree = ast.parse(source)
    for node in ast.walk(tree):
        for name in ("body", "orelse", "finalbody"):
            block = getattr(node, name, None)
            if isinstance(block, list):
                setattr(node, name, [step for step in block if not _is_text(step)])
    return ast.dump(tree).encode()


def _is_text(step: ast.AST) -> bool:
    """Return whether a statement is a string that nothing uses: a docstring."""
    return (
        isinstance(step, ast.Expr)
        and isinstance(step.value, ast.Constant)
        and isinstance(step.value.value, str)
    )


@cache
def _package_digest(deciding: tuple[tuple[str, tuple[str, ...]], ...]) -> hashlib._Hash:
    """Return the digest of what decides, parsed anew only after a file has changed: parsing all
    modules takes 0.4 s.
    """
    found = [
        entry
        for package, names in deciding
        for name in names
        for entry in sorted(_walk(files(package).joinpath(name), name))
    ]
    remembered, key = _memory_file(), _stamp(found)
    digest = _remembered(remembered, key)
    if digest is None:
        state = hashlib.sha256()
        for path, file in found:
            content = file.read_bytes()
            if path.endswith(".py"):
                content = deciding_part(content)
            elif path.endswith(".sql"):
                content = SQL_COMMENT.sub(b"", content)
            state.update(path.encode() + b"\0" + content)
        digest = state.hexdigest()
        _remember(remembered, key, digest)
    return hashlib.sha256(digest.encode())


def cache_folder() -> Path:
    """Where newsduck keeps what it can make anew. The folder may not be there; for a user without a
    home it can never be made.
    """
    given = os.environ.get("XDG_CACHE_HOME")
    if not given and not has_home():
        return Path(os.devnull, "newsduck")
    return expand_home(given or "~/.cache") / "newsduck"


def _memory_file() -> Path:
    """Where digests are remembered, by their stamps."""
    return cache_folder() / "versions.json"


def _stamp(found: Sequence[tuple[str, Traversable]]) -> str | None:
    """Return a digest of the files' places, sizes and times of change; None where they are no
    plain files.
    """
    state = hashlib.sha256(sys.version.encode())
    for path, file in found:
        if not isinstance(file, Path):
            return None
        facts = file.stat()
        state.update(f"{path}\0{file}\0{facts.st_size}\0{facts.st_mtime_ns}\0".encode())
    return state.hexdigest()


def _remembered(file: Path, key: str | None) -> str | None:
    try:
        known = json.loads(file.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    digest = known.get(key) if isinstance(known, dict) else None
    return digest if isinstance(digest, str) else None


def _remember(file: Path, key: str | None, digest: str) -> None:
    """Remember a digest, and a few of before. Where nothing can be written, nothing is
    remembered.
    """
    if key is None:
        return
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        try:
            known = json.loads(file.read_text(encoding="utf-8"))
        except (OSError, ValueError):
            known = {}
        kept = dict(list(known.items())[-MAX_REMEMBERED:]) if isinstance(known, dict) else {}
        fresh = file.with_name(f"{file.name}.{os.getpid()}")
        fresh.write_text(json.dumps(kept | {key: digest}), encoding="utf-8")
        fresh.replace(file)
    except OSError:
        return


def _walk(place: Traversable, path: str) -> list[tuple[str, Traversable]]:
    if place.is_file():
        return [(path, place)] if place.name.endswith((".py", *DATA_ENDINGS)) else []
    if not place.is_dir() or place.name in ("__pycache__", "train"):
        return []
    return [found for entry in place.iterdir() for found in _walk(entry, f"{path}/{entry.name}")]
