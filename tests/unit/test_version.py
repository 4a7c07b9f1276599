"""The extractor's version: it changes with what decides, and with nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from flows.version import DECIDING, LINKING, _walk, deciding_part

CODE = '''
"""A module."""
LIMIT = 3  # of something
"""What the limit is."""


class Box:
    """A box."""

    def open(self) -> str:
        """Open it."""
        return "a text that is returned"
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""A module."""', '"""A better word for it."""'),
        ("# of something", "# of something else"),
        ('"""What the limit is."""\n', ""),
        ('        """Open it."""\n', ""),
        ("LIMIT = 3", "LIMIT = (\n    3\n)"),
    ],
)
def test_words_about_the_code_decide_nothing(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert changed != CODE
    assert deciding_part(changed.encode()) == deciding_part(CODE.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("a text that is returned", "another text"),
        ("def open", "def close"),
        ("class Box", "class Chest"),
    ],
)
def test_what_the_code_does_decides(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert changed != CODE
    assert deciding_part(changed.encode()) != deciding_part(CODE.encode())


def test_a_digest_is_parsed_once_and_anew_when_a_file_has_changed(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from flows import version as module

    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    parsed: list[bytes] = []
    real = module.deciding_part

    def counted(text: bytes) -> bytes:
        parsed.append(text)
        return real(text)

    monkeypatch.setattr(module, "deciding_part", counted)
    module._package_digest.cache_clear()
    first = module.extractor_version()
    assert parsed
    parsed.clear()
    module._package_digest.cache_clear()
    assert module.extractor_version() == first
    assert parsed == []
    stamp = module._stamp
    monkeypatch.setattr(module, "_stamp", lambda found: f"other {stamp(found)}")
    module._package_digest.cache_clear()
    assert module.extractor_version() == first, "the same code has the same version"
    assert parsed
    module._package_digest.cache_clear()


ROOT = Path(__file__).parents[2]


def imported(module: str, seen: set[str]) -> set[str]:
    """Add the modules of `flows.link` and `flows.linking` that a module of ours imports to `seen`,
    itself and theirs included.
    """
    file = ROOT / f"{module.replace('.', '/')}.py"
    if module in seen or not file.is_file() or not module.startswith("flows.link"):
        return seen
    seen.add(module)
    for node in ast.walk(ast.parse(file.read_bytes())):
        if isinstance(node, ast.ImportFrom) and node.module:
            imported(node.module, seen)
    return seen


def test_every_module_that_linking_uses_has_a_part_in_a_version() -> None:
    covered = {
        f"flows/{name}" for part in (LINKING, DECIDING) for _, names in part for name in names
    }
    used = imported("flows.linking.linker", set())
    assert {"flows.linking.quotations", "flows.link.components"} <= used
    files = [f"{module.replace('.', '/')}.py" for module in sorted(used)]
    assert [
        file
        for file in files
        if not any(file == name or file.startswith(f"{name}/") for name in covered)
    ] == []


DATA_FILE = re.compile(r"\"([\w./-]+\.(?:toml|tsv|txt|gz|crfsuite))\"")
OUTSIDE = (
    "flows/acquire/",
    "flows/config/",
    "flows/link/__init__.py",
    "flows/link/copies/__init__.py",
    "flows/link/copies/overlap.py",
    "flows/link/fingerprint.py",
    "warehouse/",
)
"""What the code that decides imports, but what decides no row of a page that is stored: fetching,
and the comparison of copies beside the outlets' names."""


def _imported(path: Path) -> Iterator[Path]:
    """Yield the files of the project that a module imports."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
            place = ROOT / name.replace(".", "/")
            yield from (f for f in (place.with_suffix(".py"), place / "__init__.py") if f.is_file())


def test_all_that_decides_is_in_the_version() -> None:
    covered = {
        f"{package}/{path}".replace("//", "/")
        for package, parts in DECIDING
        for part in parts
        for path, _ in _walk(files(package).joinpath(part), part)
    }
    todo = [ROOT / path for path in covered if path.endswith(".py")]
    seen: set[Path] = set()
    while todo:
        path = todo.pop()
        name = path.relative_to(ROOT).as_posix()
        if path in seen or name.startswith(OUTSIDE):
            continue
        seen.add(path)
        assert name in covered, name
        for data in DATA_FILE.findall(path.read_text("utf-8")):
            for file in (path.parent / data, path.parent / "data" / data):
                assert not file.is_file() or file.relative_to(ROOT).as_posix() in covered, file
        todo.extend(_imported(path))
