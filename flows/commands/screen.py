"""The console that verbs print to: as wide as the terminal, and wide enough for tables where output
goes to a file or a pipe. Nothing that a page says reaches the terminal as a command.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from rich.console import Console, ConsoleOptions, RenderableType
from rich.segment import Segment

PIPED_WIDTH = 160
"""Columns where there is no terminal to ask."""

CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
"""What terminals obey or reorder text by: C0 and C1 control characters but tab and line feed, line
separators, bidirectional embeddings, overrides and isolates.
"""


def shown(text: str, *, lines: bool = False) -> str:
    """Return `text` as it is safe to print: control characters escaped (`\\x1b`), line feeds too
    unless `lines`.
    """
    escaped = CONTROL.sub(_escape, text)
    return escaped if lines else escaped.replace("\n", "\\n")


def _escape(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}"


class SafeConsole(Console):
    """A console that escapes control characters in all text that it prints; its colours stay."""

    def render(
        self, renderable: RenderableType, options: ConsoleOptions | None = None
    ) -> Iterable[Segment]:
        """Yield the segments of what is printed, with their text escaped."""
        for segment in super().render(renderable, options):
            if segment.control or not CONTROL.search(segment.text):
                yield segment
            else:
                yield Segment(shown(segment.text, lines=True), segment.style)


def screen(*, stderr: bool = False) -> Console:
    """Return a console on standard output (or error) that colours only what it is told to."""
    console = SafeConsole(highlight=False, stderr=stderr, soft_wrap=stderr)
    if console.is_terminal or stderr:
        return console
    return SafeConsole(highlight=False, width=max(console.width, PIPED_WIDTH))
