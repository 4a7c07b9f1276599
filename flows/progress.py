"""Reports progress to the person at the terminal. Steps report here; the command decides what is
shown. Silent by default.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)


class Reporter:
    """Receives steps, pages and notices; this one shows nothing."""

    def step(self, name: str, total: int | None = None) -> None:
        """A step begins, with `total` pages to do where that is known."""

    def page(self, count: int = 1) -> None:
        """Pages of the present step are done."""

    def say(self, message: str) -> None:
        """A notice for a person, such as what is waited for."""


class BarReporter(Reporter):
    """Shows a bar for the present step, or plain lines where output is no terminal."""

    def __init__(self, console: Console) -> None:
        self._console = console
        self._bar = Progress(
            SpinnerColumn(),
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            TimeElapsedColumn(),
            console=console,
            transient=True,
        )
        self._task = self._bar.add_task("starting", total=None)

    def step(self, name: str, total: int | None = None) -> None:
        """Start the bar anew under `name`."""
        self._bar.reset(self._task, description=name, total=total)
        if not self._console.is_terminal:
            self._console.print(f"{name}{f': {total} pages' if total else ''}", highlight=False)

    def page(self, count: int = 1) -> None:
        """Move the bar on."""
        self._bar.advance(self._task, count)

    def say(self, message: str) -> None:
        """Print above the bar."""
        self._console.print(message, highlight=False)

    @contextmanager
    def shown(self) -> Iterator[None]:
        """Show the bar while the body runs."""
        if self._console.is_terminal:
            with self._bar:
                yield
        else:
            yield


_reporters = [Reporter()]


def reporter() -> Reporter:
    """Return the present reporter."""
    return _reporters[-1]


@contextmanager
def report_to(chosen: Reporter) -> Iterator[None]:
    """Use `chosen` while the body runs, in all threads of this process."""
    _reporters.append(chosen)
    try:
        yield
    finally:
        _reporters.remove(chosen)
