"""`newsduck runbook`: what to do about a message, from any folder."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.markdown import Markdown

from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.config.runbook import sections

EPILOG = """Examples:\n
  newsduck runbook\n
  newsduck runbook silent-sources"""


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("runbook", epilog=EPILOG)(runbook)


def runbook(
    section: Annotated[
        str | None, typer.Argument(help="A section; none lists them.", show_default=False)
    ] = None,
) -> None:
    """Show what to do: the section of the runbook that a message or incident names."""
    known = sections()
    if section is None:
        for anchor, (heading, _) in known.items():
            screen().print(f"{anchor:28} {heading}", markup=False)
        return
    if section not in known:
        raise InputError(f"the runbook has no section {section!r}; `newsduck runbook` lists them.")
    heading, text = known[section]
    screen().print(Markdown(f"## {heading}\n\n{text}"))
