"""Compiles the modules that cost most time: `python -m flows.native.build`, or `make native`.

It needs a C compiler, Python's headers and mypy (`pip install newsduck[native]`), and takes about a
minute. Nothing is done if the sources are those of the last build.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from flows.native import BUILT, LIST, PARTS, ROOT, SUFFIX, SWITCH, compiled, digest, source_of

LEFT_OUT = frozenset(
    (
        "flows.annotate.model",  # pages are pickled with their annotations
        "flows.annotate.languages.load",  # fields that are None until all is read
        "flows.annotate.quotes.lexicon",  # a dict with fields, which mypyc cannot make
        "flows.annotate.remember",  # the same
    )
)
"""Modules that stay Python."""

HELP = """The modules could not be compiled. Where mypyc names a line, write it in another way, or
add its module to LEFT_OUT in flows/native/build.py. mypyc does not know all of Python: one thing
that it fails at is "x in (*a, *b)"."""

NO_COMPILER = 3
"""Exit code where the modules are translated and cannot be compiled."""

COMPILE = f"""
import sys
from mypyc.primitives.registry import method_call_ops
from mypyc.build import mypycify
from setuptools import setup

built, work, *sources = sys.argv[1:]
# mypyc 2.4 writes the last letter of a Greek word in capitals wrong, so Python's own method is used
method_call_ops.pop("lower", None)
translated = mypycify(
    ["--config-file=", "--ignore-missing-imports", *sources],
    opt_level="1",
    debug_level="0",
    multi_file=True,
    target_dir=work,
)
arguments = ["-q", "build_ext", "--build-lib", built, "--build-temp", work]
try:
    setup(name="native", packages=[], ext_modules=translated, script_args=arguments)
except SystemExit as error:
    print(error, file=sys.stderr)
    sys.exit({NO_COMPILER})
"""
"""Runs in a process of its own: setuptools and mypyc change what a process has imported."""


def modules() -> list[str]:
    """Return the names of the modules to compile: no package itself, and nothing that trains."""
    top = ROOT / PARTS.replace(".", "/")
    names = [
        ".".join(path.relative_to(ROOT).with_suffix("").parts) for path in sorted(top.rglob("*.py"))
    ]
    return [
        name
        for name in names
        if name not in LEFT_OUT and not name.endswith(".__init__") and ".train." not in name
    ]


def build() -> int:
    """Compile what is not compiled yet; return how many modules are compiled now, 0 where this
    machine cannot compile them.

    Raises subprocess.CalledProcessError, with what it printed, if mypyc fails.
    """
    names = modules()
    found = compiled()
    if found and all(name in found for name in names):
        return len(names)
    if not any(map(shutil.which, (os.environ.get("CC") or "cc", "gcc", "clang"))):
        return 0
    shutil.rmtree(BUILT, ignore_errors=True)
    with tempfile.TemporaryDirectory() as work:
        made, tree = Path(work, "made"), Path(work, "tree")
        # alone: among the packages of an installation mypy takes some for the standard library
        shutil.copytree(ROOT / "flows", tree / "flows", ignore=_all_but_sources)
        sources = [str(source_of(name).relative_to(ROOT)) for name in names]
        ran = subprocess.run(
            [sys.executable, "-c", COMPILE, str(made), str(Path(work, "c")), *sources],
            cwd=tree,
            env=os.environ | {SWITCH: "0"},
            check=False,
            capture_output=True,
            text=True,
        )
        if ran.returncode == NO_COMPILER:
            return 0
        ran.check_returncode()
        shutil.copytree(made, BUILT)
    files = [str(path.relative_to(BUILT)) for path in sorted(BUILT.rglob(f"*{SUFFIX}"))]
    listed = {
        "suffix": SUFFIX,
        "sources": {name: digest(source_of(name)) for name in names},
        "files": {file.removesuffix(SUFFIX).replace(os.sep, "."): file for file in files},
    }
    LIST.write_text(json.dumps(listed, indent=1), encoding="utf-8")
    return len(names)


def _all_but_sources(folder: str, names: list[str]) -> list[str]:
    return [
        name
        for name in names
        if (not name.endswith(".py") and not Path(folder, name).is_dir()) or name == BUILT.name
    ]


def main() -> None:
    """Build, and say what came of it."""
    try:
        count = build()
    except subprocess.CalledProcessError as error:
        sys.exit(f"{error.stdout}{error.stderr}\n{HELP}")
    if count:
        print(f"{count} modules are compiled ({BUILT.relative_to(ROOT)}).")
    else:
        print("No C compiler, or no headers of Python, on this machine: Python reads the sources.")


if __name__ == "__main__":
    main()
