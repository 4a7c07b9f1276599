"""Reads and writes JSON lines for the verbs that turn files into files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any


def write_lines(rows: Iterable[dict[str, Any]], out: Path | None) -> None:
    """Write one line a row to `out`, in place only when all are written, or to standard output."""
    if out is None:
        _write(rows, sys.stdout)
        return
    fresh = out.with_name(f"{out.name}.fresh")
    try:
        with fresh.open("w", encoding="utf-8") as lines:
            _write(rows, lines)
        fresh.replace(out)
    finally:
        fresh.unlink(missing_ok=True)


def _write(rows: Iterable[dict[str, Any]], lines: IO[str]) -> None:
    for row in rows:
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")
