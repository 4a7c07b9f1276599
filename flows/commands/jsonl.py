"""Writes JSON lines for the verbs that turn files into files."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from flows.commands.out_file import out_file


def write_lines(rows: Iterable[dict[str, Any]], out: Path | None, sources: Iterable[Path]) -> None:
    """Write one line a row to `out`, or to standard output. Raises as `out_file` does."""
    if out is None:
        _write(rows, sys.stdout)
        return
    with out_file(out, sources) as lines:
        _write(rows, lines)


def _write(rows: Iterable[dict[str, Any]], lines: IO[str]) -> None:
    for row in rows:
        lines.write(json.dumps(row, ensure_ascii=False) + "\n")
