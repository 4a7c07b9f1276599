"""The site memory at work: what is known of each site goes to the workers as a file, and leaves a
page's text in them.

What may be learned is judged in `link/memory.py`; learning from the warehouse and cleaning loaded
articles again stands in `relearn.py`.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flows.clean.model import Block, Cleaned
from flows.link.site_blocks import without_known

RULE = "site.memory"
"""The rule that blocks stripped by the memory name."""

Memory = Mapping[str, frozenset[str]]
"""Keys of the known blocks, by site."""

NO_MEMORY: Memory = {}


def write_memory(memory: Memory, path: Path) -> None:
    """Write what is known as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({site: sorted(known) for site, known in memory.items()}), encoding="utf-8"
    )


def read_memory(path: str | None) -> Memory:
    """Read what `write_memory` wrote; nothing is known without a file."""
    if path is None:
        return NO_MEMORY
    return {
        site: frozenset(known)
        for site, known in json.loads(Path(path).read_text(encoding="utf-8")).items()
    }


def strip_known(cleaned: Cleaned, memory: Memory) -> Cleaned:
    """Return the page without the blocks that the memory knows of its site; they are stripped as
    `site_repeat`.
    """
    known = memory.get(cleaned.site or "")
    if not known or cleaned.outcome != "article":
        return cleaned
    text, cut = without_known(cleaned.text, known)
    if not cut:
        return cleaned
    gone = set(cut)
    blocks = tuple(
        Block(b.text, "site_repeat", RULE) if b.reason is None and b.text in gone else b
        for b in cleaned.blocks
    )
    shown = {b.text for b in blocks}
    return replace(
        cleaned,
        text=text,
        blocks=blocks
        + tuple(Block(line, "site_repeat", RULE) for line in cut if line not in shown),
    )
