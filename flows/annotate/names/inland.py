"""Names that stand for the politics of one country: its parties, chambers, states
(`data/inland.txt`).
"""

from __future__ import annotations

import functools
from collections.abc import Mapping
from importlib import resources

from flows.annotate.entities.lexicon import fold


@functools.cache
def inland() -> Mapping[str, str]:
    """Return folded name → ISO code of its country."""
    raw = (resources.files(__package__) / "data" / "inland.txt").read_text(encoding="utf-8")
    found: dict[str, str] = {}
    for line in raw.split("\n"):
        if line and not line.startswith("#"):
            code, _, names = line.partition("=")
            found |= {fold(name): code for name in names.split("|")}
    return found
