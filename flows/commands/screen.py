"""The console that verbs print to: as wide as the terminal, and wide enough for tables where output
goes to a file or a pipe.
"""

from __future__ import annotations

from rich.console import Console

PIPED_WIDTH = 160
"""Columns where there is no terminal to ask."""


def screen() -> Console:
    """Return a console on standard output that colours nothing but what it is told to."""
    console = Console(highlight=False)
    return (
        console
        if console.is_terminal
        else Console(highlight=False, width=max(console.width, PIPED_WIDTH))
    )
