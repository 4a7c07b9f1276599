"""The site memory in the workers: they read the known blocks of each site from a file and strip
them from pages.

`link/site_blocks.py` decides which blocks are boilerplate. `reclean.py` learns from the warehouse
and cleans loaded articles again.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from flows.clean.model import Block, Cleaned
from flows.link.site_blocks import without_known

RULE = "site.memory"
"""Rule of the blocks that the memory strips."""

Memory = Mapping[str, frozenset[str]]
"""Keys of the known blocks, by site."""

NO_MEMORY: Memory = {}


def write_memory(memory: Memory, path: Path) -> None:
    """Write the known blocks as JSON."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        json.dumps({site: sorted(known) for site, known in memory.items()}), encoding="utf-8"
    )


def read_memory(path: str | None) -> Memory:
    """Read a file of `write_memory`. Without a file no block is known."""
    if path is None:
        return NO_MEMORY
    return {
        site: frozenset(known)
        for site, known in json.loads(Path(path).read_text(encoding="utf-8")).items()
    }


def strip_known(cleaned: Cleaned, memory: Memory) -> Cleaned:
    """Return the page without the known blocks of its site; they are stripped as `site_repeat`."""
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
