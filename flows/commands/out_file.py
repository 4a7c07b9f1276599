"""Writes the file that a person names with `-o` or `--view`: it is there whole, or as it was."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import IO

from flows.commands.screen import screen
from flows.config.errors import InputError

DEVICES = (Path("/dev"), Path("/proc"))
"""Folders whose files are no files: `/dev/stdout` is written to, never replaced."""


@contextmanager
def out_file(out: Path, sources: Iterable[Path] = ()) -> Iterator[IO[str]]:
    """Open `out` for writing UTF-8 text; it takes its place when the body ends well.

    A folder that is missing is made, and said so. Raises InputError where `out` is a folder, is one
    of `sources`, the files that are read, or cannot be written.
    """
    try:
        if out.is_dir():
            raise InputError(f"{out} is a folder: name the file to write in it.")
        if out.exists() and any(source.exists() and out.samefile(source) for source in sources):
            raise InputError(f"{out} is a file that is read: name another one to write.")
        is_device = (out.exists() and not out.is_file()) or set(DEVICES) & set(out.parents)
        target = out if is_device else out.resolve()
        written = target if is_device else target.with_name(f"{target.name}.fresh")
        if not target.parent.exists():
            target.parent.mkdir(parents=True)
            screen(stderr=True).print(f"made the folder {out.parent}", markup=False)
        file = written.open("w", encoding="utf-8")
    except OSError as error:
        raise InputError(f"{out} cannot be written: {error.strerror or error}") from error
    try:
        with file:
            yield file
        if written != target:
            written.replace(target)
    finally:
        if written != target:
            written.unlink(missing_ok=True)
