"""Loads py3langid's model once for all workers, in memory.

py3langid itself unpacks the model to a temporary file of 68 MB, in each process that asks for a
language.
"""

from __future__ import annotations

import io
import lzma
from array import array
from pathlib import Path

TYPE_CODES = {2: "H", 4: "I", 8: "L"}
"""Type codes of `array` by bytes an item."""


def preload() -> None:
    """Load the model, unless it is loaded; `py3langid.classify` then uses it."""
    import numpy as np
    from py3langid import langid

    if langid.IDENTIFIER is not None:
        return
    packed = Path(langid.MODEL_DIR) / langid.MODEL_FILE
    with np.load(io.BytesIO(lzma.decompress(packed.read_bytes())), allow_pickle=False) as data:
        langid.IDENTIFIER = langid.LanguageIdentifier(
            data["ptc"],
            data["pc"],
            data["classes"].tolist(),
            _unsigned(data["nextmove"].tobytes(), data["nextmove"].dtype.itemsize),
            data["out_feat"].tolist(),
            tk_row=_unsigned(data["nextmove_row"].tobytes(), data["nextmove_row"].dtype.itemsize),
        )


def _unsigned(content: bytes, width: int) -> array[int]:
    found: array[int] = array(TYPE_CODES[width])
    found.frombytes(content)
    return found
