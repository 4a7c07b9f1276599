"""Lets a writer work while others read the warehouse file: on a private copy that takes the file's
place at the end.

DuckDB's readers hold a shared lock on the file, so no writer can open it. The writer takes such a
shared lock too: while it is held nobody can write, and a plain copy of the file is whole. Readers
keep the file that they opened; those who come later open the new one.
"""

from __future__ import annotations

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from warehouse.clone import clone_or_copy
from warehouse.errors import WarehouseError


@contextmanager
def shared_lock(path: Path) -> Iterator[BinaryIO | None]:
    """Hold the lock that DuckDB's readers hold on `path`, and yield the open file; yields None
    where a writer has it.

    Read the file through what is yielded: opening and closing `path` once more in the body would
    end the lock, since it belongs to the whole process.
    """
    try:
        file = path.open("rb")
    except OSError:
        yield None
        return
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            yield None
            return
        # the file may have been replaced between opening and locking it
        is_same = path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())
        yield file if is_same else None


@contextmanager
def private_copy(warehouse: Path, wal: Path) -> Iterator[Path | None]:
    """Yield a copy of `warehouse` that takes its place when the body ends, well or not.

    Yields None where a writer has the file open, or where a write-ahead log shows that not all of
    it is in the file. A process killed in the body leaves the warehouse as it was.
    """
    with shared_lock(warehouse) as locked:
        if locked is None or wal.exists():
            yield None
            return
        copy = warehouse.with_name(f"{warehouse.name}.own")
        log = copy.with_name(f"{copy.name}.wal")
        log.unlink(missing_ok=True)
        try:
            clone_or_copy(locked, copy)
            try:
                yield copy
            finally:
                if log.exists():
                    raise WarehouseError(f"{copy} could not be closed whole; nothing was changed.")
                copy.replace(warehouse)
        finally:
            copy.unlink(missing_ok=True)
            log.unlink(missing_ok=True)
