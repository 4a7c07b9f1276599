"""Copies a file at the cost of what changes later, where the file system can (Btrfs, XFS, APFS-like
reflinks on Linux), and byte by byte elsewhere.

It reads from a file that is open already. POSIX drops all locks that a process holds on a file when
the process closes any descriptor of it: opening the path once more would end the caller's lock.
"""

from __future__ import annotations

import fcntl
import shutil
from pathlib import Path
from typing import BinaryIO

FICLONE = 0x40049409
"""Linux's request to share the blocks of another file (ioctl_ficlone(2))."""


COPY_BYTES = 1 << 20
"""Bytes that are copied at once where blocks cannot be shared."""


def clone_or_copy(source: BinaryIO, target: Path) -> bool:
    """Make `target` a copy of the whole of `source`; return whether it shares its blocks.

    Raises OSError where neither is possible.
    """
    with target.open("wb") as new:
        try:
            fcntl.ioctl(new.fileno(), FICLONE, source.fileno())
        except OSError:  # another file system, or one that shares no blocks
            source.seek(0)
            shutil.copyfileobj(source, new, COPY_BYTES)
            return False
    return True
