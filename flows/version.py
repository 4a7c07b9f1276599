"""Names the extractor: a change of what decides an article's rows changes the version.

Pages are processed again after such a change. Comments, docstrings and layout decide nothing.
"""

from __future__ import annotations

import ast
import hashlib
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path

OF_LINK = ("address.py", "entities", "fold.py", "keys.py", "names.py", "site_blocks.py")
DECIDING = (
    ("flows", ("clean", "annotate", *(f"link/{name}" for name in OF_LINK), "worker/rows.py")),
    ("schemas", ("",)),
)
"""What decides the rows of a page, by package."""

LINKING = (
    (
        "flows",
        (
            *(f"link/{name}" for name in ("copies", "stories", "wordings", "fingerprint.py")),
            "link/average_link.py",
            "linking",
        ),
    ),
)
"""What decides which articles and quotations are linked, by package."""

DATA_ENDINGS = (".toml", ".tsv", ".txt", ".gz", ".crfsuite")


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
    state = hashlib.sha256()
    for package, names in deciding:
        for name in names:
            for path, file in sorted(_walk(files(package).joinpath(name), name)):
                content = file.read_bytes()
                if path.endswith(".py"):
                    content = deciding_part(content)
                state.update(path.encode() + b"\0" + content)
    return state


def _walk(place: Traversable, path: str) -> list[tuple[str, Traversable]]:
    if place.is_file():
        return [(path, place)] if place.name.endswith((".py", *DATA_ENDINGS)) else []
    if not place.is_dir() or place.name in ("__pycache__", "train"):
        return []
    return [found for entry in place.iterdir() for found in _walk(entry, f"{path}/{entry.name}")]
