"""Adds an entry to a sources.yml by writing behind what stands there: comments, order and spacing
of the rest stay as they are.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml

from flows.acquire.sources import Source, read_sources
from flows.config.errors import InputError
from flows.config.validation import validated

HEAD = "# Publishers, one entry each; the keys are explained in newsduck's README.\nsources:\n"


def entry_text(entry: dict[str, Any], indent: int = 2, notes: Iterable[str] = ()) -> str:
    """Return an entry as YAML, `indent` spaces before its dash; `notes` are comments above it. Keys
    without a value are left out.
    """
    told = {
        key: list(value) if isinstance(value, tuple) else value
        for key, value in entry.items()
        if value not in (None, ())
    }
    lines = yaml.safe_dump(
        told, sort_keys=False, allow_unicode=True, width=10_000, default_flow_style=False
    ).splitlines()
    lines = [f"    {line}" if line.startswith("- ") else f"  {line}" for line in lines]
    lines[0] = f"- {lines[0][2:]}"
    return "".join(f"{' ' * indent}{line}\n" for line in (*(f"# {note}" for note in notes), *lines))


def append_source(path: Path, entry: dict[str, Any], notes: Iterable[str] = ()) -> Source:
    """Write `entry` as the last one of `path`, which is made where it is missing; return it as it
    is read back.

    Raises InputError where the file is wrong already, or is written in a way that nothing can be
    put behind; then it is left as it was.
    """
    validated(Source, entry, "the new entry")
    text, indent, gap = HEAD, 2, ""
    if path.exists():
        read_sources(path)
        text = path.read_text(encoding="utf-8")
        column = _column(path, text)
        text, indent, gap = (_opened(text), 2, "") if column is None else (text, column, "\n")
    text = text if text.endswith("\n") else text + "\n"
    draft = path.with_name(f".{path.name}.new")
    draft.parent.mkdir(parents=True, exist_ok=True)
    try:
        draft.write_text(text + gap + entry_text(entry, indent, notes), encoding="utf-8")
        added = read_sources(draft)[-1]
        if path.exists():
            draft.chmod(path.stat().st_mode)
        draft.replace(path)
    finally:
        draft.unlink(missing_ok=True)
    return added


def _column(path: Path, text: str) -> int | None:
    """Return the column of the list's dashes; None where the list is empty. Raises InputError where
    the list stands in brackets.
    """
    tree = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(tree, yaml.MappingNode)
    entries = tree.value[0][1]
    if not isinstance(entries, yaml.SequenceNode) or not entries.value:
        return None
    if entries.flow_style:
        raise InputError(
            f"{path}: its list is written in brackets; "
            "write it with a dash before each entry, then run this again"
        )
    return int(entries.start_mark.column)


def _opened(text: str) -> str:
    """Return the text of a file with an empty list, ready for the first entry."""
    tree = yaml.compose(text, yaml.SafeLoader)
    assert isinstance(tree, yaml.MappingNode)
    empty = tree.value[0][1]
    return text[: empty.start_mark.index] + text[empty.end_mark.index :]
