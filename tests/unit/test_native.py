"""Compiled modules: when they are used, and that they do what the sources do."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from flows import native
from flows.native import build

NAME = "flows.annotate.small"

TEXTS = (
    "Ada Quill said the dam leaks, but the Harbour Board (HB) of Port Ellery denied it. “We wait,”"
    " the mayor told reporters in Oslo. Quill, 61, runs Tidal Systems Inc.",
    "Der Hafen bleibt zu, sagte Ada Quill am Montag in Bremen. „Wir warten“, so die Sprecherin.",
    "Η υπουργός Άννα Κουήλ μίλησε στην Αθήνα. «Ο λιμένας κλείνει σήμερα», ΔΉΛΩΣΕ Η ΥΠΟΥΡΓΌΣ. Τα"
    " πλοία περιμένουν.",  # the last letter of a word in capitals has a small form of its own
    "港は閉まると森田市長は述べた。「待つしかない」と語った。",
)

PRINT = (
    "import sys; from flows.annotate import annotate; print(repr([*map(annotate, sys.argv[1:])]))"
)


@pytest.fixture
def change(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """A build of one module, and a way to change its list."""
    source = tmp_path / "flows" / "annotate" / "small.py"
    source.parent.mkdir(parents=True)
    source.write_text("SIZE = 1\n", encoding="utf-8")
    listed = tmp_path / "modules.json"
    monkeypatch.setattr(native, "ROOT", tmp_path)
    monkeypatch.setattr(native, "BUILT", tmp_path)
    monkeypatch.setattr(native, "LIST", listed)
    facts = {
        "suffix": native.SUFFIX,
        "sources": {NAME: native.digest(source)},
        "files": {NAME: f"small{native.SUFFIX}", "shared__mypyc": f"shared{native.SUFFIX}"},
    }

    def write(**changes: object) -> None:
        listed.write_text(json.dumps(facts | changes), encoding="utf-8")

    write()
    return write


@pytest.mark.usefixtures("change")
def test_a_build_of_these_sources_is_used(tmp_path: Path) -> None:
    finder = native.Finder()
    assert finder.find_spec("shared__mypyc") is None  # nobody has asked for a part of it yet
    spec = finder.find_spec(NAME)
    assert spec is not None
    assert spec.origin == str(tmp_path / f"small{native.SUFFIX}")
    assert finder.find_spec("shared__mypyc") is not None
    assert finder.find_spec("flows.annotate.other") is None


@pytest.mark.usefixtures("change")
def test_after_a_change_of_a_source_none_of_the_build_is_used(tmp_path: Path) -> None:
    (tmp_path / "flows" / "annotate" / "small.py").write_text("SIZE = 2\n", encoding="utf-8")
    assert native.Finder().find_spec(NAME) is None


@pytest.mark.usefixtures("change")
def test_a_build_whose_source_is_gone_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "flows" / "annotate" / "small.py").unlink()
    assert native.compiled() == {}


@pytest.mark.parametrize(
    "changes", [{"suffix": ".cpython-27.so"}, {"sources": []}, {"files": None}, {"sources": None}]
)
def test_a_build_for_another_python_or_with_a_broken_list_is_not_used(
    change: Callable[..., None], changes: dict[str, object]
) -> None:
    change(**changes)
    assert native.compiled() == {}


def test_what_is_compiled_neither_trains_nor_is_a_package() -> None:
    names = build.modules()
    assert "flows.annotate.quotes.said" in names
    assert not [name for name in names if "train" in name or name.endswith("__init__")]
    assert all(native.source_of(name).is_file() for name in build.LEFT_OUT)


@pytest.mark.parametrize("code", [build.NO_COMPILER, 1])
def test_a_machine_that_cannot_compile_reads_the_sources_and_a_fault_is_told(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(build, "compiled", dict)
    monkeypatch.setattr("shutil.which", str)
    monkeypatch.setattr(build, "BUILT", tmp_path / "built")
    monkeypatch.setattr(build, "COMPILE", f"import sys; print('a line'); sys.exit({code})")
    if code == build.NO_COMPILER:
        assert build.build() == 0
    else:
        with pytest.raises(subprocess.CalledProcessError) as raised:
            build.build()
        assert raised.value.stdout == "a line\n"
    assert not (tmp_path / "built").exists()


@pytest.mark.skipif(not native.compiled(), reason="nothing is compiled: make native")
def test_compiled_modules_do_what_their_sources_do() -> None:
    said = []
    for switch in ("0", ""):
        where = "; import flows.annotate.quotes.said as s; print(s.__file__)"
        ran = subprocess.run(
            [sys.executable, "-c", PRINT + where, *TEXTS],
            env=os.environ | {native.SWITCH: switch},
            check=True,
            capture_output=True,
            text=True,
        )
        said.append(ran.stdout.splitlines())
    (plain, source), (fast, library) = said
    assert source.endswith(".py")
    assert library.endswith(native.SUFFIX)
    assert fast == plain
