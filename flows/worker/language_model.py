"""Loads py3langid's model once for all workers, in memory.

py3langid itself unpacks the model to a temporary file of 68 MB, in each process that asks for a
language. Unpacking takes 0.3 s, so the unpacked model is kept in the user's cache folder.
"""

from __future__ import annotations

import io
import lzma
import os
from array import array
from pathlib import Path
from typing import IO, Any
from zipfile import BadZipFile

from flows.version import cache_folder

TYPE_CODES = {2: "H", 4: "I", 8: "L"}
"""Type codes of `array` by bytes an item."""

KEPT = "languages-{size}-{changed}.npz"
"""Name of the unpacked model, by size and time of change of the packed one."""


def preload() -> None:
    """Load the model, unless it is loaded; `py3langid.classify` then uses it."""
    from py3langid import langid

    if langid.IDENTIFIER is not None:
        return
    packed = Path(langid.MODEL_DIR) / langid.MODEL_FILE
    facts = packed.stat()
    kept = cache_folder() / KEPT.format(size=facts.st_size, changed=facts.st_mtime_ns)
    try:
        with kept.open("rb") as file:
            langid.IDENTIFIER = _read(file)
    except (OSError, ValueError, KeyError, EOFError, BadZipFile):  # absent, or broken
        content = lzma.decompress(packed.read_bytes())
        langid.IDENTIFIER = _read(io.BytesIO(content))
        _keep(content, kept)


def _read(file: IO[bytes]) -> Any:
    """Return the identifier of an unpacked model. A file has checksums: one that is broken raises
    one of the errors that `preload` expects.
    """
    import numpy as np
    from py3langid import langid

    with np.load(file, allow_pickle=False) as data:
        return langid.LanguageIdentifier(
            data["ptc"],
            data["pc"],
            data["classes"].tolist(),
            _unsigned(data["nextmove"]),
            data["out_feat"].tolist(),
            tk_row=_unsigned(data["nextmove_row"]),
        )


def _unsigned(numbers: Any) -> array[int]:
    found: array[int] = array(TYPE_CODES[numbers.dtype.itemsize])
    found.frombytes(memoryview(numbers).cast("B"))
    return found


def _keep(content: bytes, kept: Path) -> None:
    """Keep the unpacked model, and none of before, nor what a killed run left. Where it cannot be
    written, it is unpacked again by each run.

    Runs at once each write a file of their own and rename it; if one takes away what another is
    writing, the other keeps nothing.
    """
    fresh = kept.with_name(f"{kept.name}.{os.getpid()}")
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        for old in kept.parent.glob(KEPT.format(size="*", changed="*") + "*"):
            old.unlink(missing_ok=True)
        fresh.write_bytes(content)
        fresh.replace(kept)
    except OSError:
        if fresh.exists():
            fresh.unlink(missing_ok=True)
