"""Lets a writer work while others read the warehouse file: on a private copy that takes the file's
place at the end.

DuckDB's readers hold a shared lock on the file, so no writer can open it. The writer takes such a
shared lock too: while it is held nobody can write, and a plain copy of the file is whole. Readers
keep the file that they opened; those who come later open the new one.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import WarehouseError


@contextmanager
def shared_lock(path: Path) -> Iterator[bool]:
    """Hold the lock that DuckDB's readers hold on `path`; yields False where a writer has it.

    The lock belongs to the whole process: opening and closing `path` in the body would end it.
    """
    try:
        file = path.open("rb")
    except OSError:
        yield False
        return
    with file:
        try:
            fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
        except OSError:
            yield False
            return
        # the file may have been replaced between opening and locking it
        yield path.exists() and os.path.samestat(os.fstat(file.fileno()), path.stat())


@contextmanager
def private_copy(warehouse: Path, wal: Path) -> Iterator[Path | None]:
    """Yield a copy of `warehouse` that takes its place when the body ends, well or not.

    Yields None where a writer has the file open, or where a write-ahead log shows that not all of
    it is in the file. A process killed in the body leaves the warehouse as it was.
    """
    with shared_lock(warehouse) as is_held:
        if not is_held or wal.exists():
            yield None
            return
        copy = warehouse.with_name(f"{warehouse.name}.own")
        log = copy.with_name(f"{copy.name}.wal")
        log.unlink(missing_ok=True)
        try:
            shutil.copyfile(warehouse, copy)
            try:
                yield copy
            finally:
                if log.exists():
                    raise WarehouseError(f"{copy} could not be closed whole; nothing was changed.")
                copy.replace(warehouse)
        finally:
            copy.unlink(missing_ok=True)
            log.unlink(missing_ok=True)
