"""The extractor's version: it changes with what decides, and with nothing else."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterable, Iterator
from importlib.resources import files
from pathlib import Path

import pytest

from flows.version import DECIDING, LINKING, SQL_COMMENT, _walk, deciding_part

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


def test_lines_of_comment_in_sql_decide_nothing() -> None:
    told = b"-- why\n  -- and how\nSELECT '--' AS mark,  -- a mark\n       1;\n"
    assert SQL_COMMENT.sub(b"", told) == b"SELECT '--' AS mark,  -- a mark\n       1;\n"
    assert "flows/linking/sql/10_fresh.sql" in covered(LINKING)


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
"""What the code that decides the rows of a page imports, though it decides none of them: fetching,
and the comparison of copies beside the outlets' names."""


def covered(parts: tuple[tuple[str, tuple[str, ...]], ...]) -> set[str]:
    """Return the files that are in a version with these parts."""
    return {
        f"{package}/{path}".replace("//", "/")
        for package, names in parts
        for name in names
        for path, _ in _walk(files(package).joinpath(name), name)
    }


def _imported(path: Path) -> Iterator[Path]:
    """Yield the files of the project that a module imports."""
    for node in ast.walk(ast.parse(path.read_bytes())):
        if not isinstance(node, ast.ImportFrom) or not node.module:
            continue
        for name in (node.module, *(f"{node.module}.{alias.name}" for alias in node.names)):
            place = ROOT / name.replace(".", "/")
            yield from (f for f in (place.with_suffix(".py"), place / "__init__.py") if f.is_file())


def reached(modules: Iterable[str], counts: Callable[[str], bool]) -> set[str]:
    """Return the modules, and all that they import, directly or not, of those that `counts`
    accepts.
    """
    todo, seen = list(modules), set[str]()
    while todo:
        name = todo.pop()
        if name not in seen and counts(name):
            seen.add(name)
            todo += [path.relative_to(ROOT).as_posix() for path in _imported(ROOT / name)]
    return seen


def test_every_module_that_linking_uses_has_a_part_in_a_version() -> None:
    used = reached(["flows/linking/linker.py"], lambda name: name.startswith("flows/link"))
    assert {"flows/linking/quotations.py", "flows/link/components.py"} <= used
    only_words = {"flows/link/__init__.py"}
    assert used - covered(LINKING + DECIDING) - only_words == set()


def test_all_that_decides_is_in_the_version() -> None:
    decides = covered(DECIDING)
    modules = [name for name in decides if name.endswith(".py")]
    used = reached(modules, lambda name: not name.startswith(OUTSIDE))
    assert used - decides == set()
    for name in used:
        path = ROOT / name
        for data in DATA_FILE.findall(path.read_text("utf-8")):
            for file in (path.parent / data, path.parent / "data" / data):
                assert not file.is_file() or file.relative_to(ROOT).as_posix() in decides, file
