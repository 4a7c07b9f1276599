"""`newsduck init`: the files of a new project, commented, in a folder."""

from __future__ import annotations

import json
import shutil
import sys
from importlib.resources import files
from pathlib import Path
from typing import Annotated

import typer

from flows.commands.config import Setting, list_settings
from flows.commands.screen import screen
from flows.config.errors import InputError
from flows.settings import Settings

EPILOG = """Examples:\n
  newsduck init\n
  newsduck init /srv/news"""

FIRST = {
    "warehouse": '"news.duckdb"',
    "sources": '"sources.yml"',
    "watches": '"watches.yml"',
}
"""Settings that a new project sets; all others are shown with their defaults, as comments."""

TEMPLATES = ("sources.yml", "watches.yml", "newsduck.service")


def register(app: typer.Typer) -> None:
    """Add the verb."""
    app.command("init", epilog=EPILOG)(init)


def init(
    folder: Annotated[
        Path, typer.Argument(help="Where to write; the current folder unless given.")
    ] = Path(),
) -> None:
    """Write a commented newsduck.toml, sources.yml, watches.yml and a systemd unit (with cron
    lines).

    Files that exist are kept as they are.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, text in project_files(folder).items():
            path = folder / name
            if path.exists():
                screen().print(f"kept     {path}", markup=False)
                continue
            path.write_text(text, encoding="utf-8")
            screen().print(f"written  {path}", markup=False)
    except OSError as error:
        raise InputError(f"{folder} cannot be written: {error}") from error
    screen().print("Next: newsduck sources add ADDRESS, then newsduck ingest.", markup=False)


def project_files(folder: Path) -> dict[str, str]:
    """Return the text of each file of a new project."""
    command = shutil.which("newsduck") or f"{sys.executable} -m flows.cli"
    filled = {"@@FOLDER@@": str(folder.resolve()), "@@COMMAND@@": command}
    found = {"newsduck.toml": settings_file()}
    for name in TEMPLATES:
        text = files("flows.config").joinpath("templates", name).read_text(encoding="utf-8")
        for mark, value in filled.items():
            text = text.replace(mark, value)
        found[name] = text
    return found


def settings_file() -> str:
    """Return a newsduck.toml with every setting, its meaning and its default."""
    lines = [
        "# Settings of newsduck. A line with a mark (#) shows the default. A variable such as",
        "# NEWSDUCK_FETCH__DELAY or an option of the command is stronger than this file.",
        "",
    ]
    section = ""
    found = list_settings(Settings.model_construct())
    for setting in sorted(found, key=lambda s: ("." in s.name, s.name.rpartition(".")[0])):
        part, _, name = setting.name.rpartition(".")
        if part != section:
            lines += ["", f"[{part}]"]
            section = part
        lines.append(_line(setting, name))
    return "\n".join(lines) + "\n"


def _line(setting: Setting, name: str) -> str:
    meaning = f"  # {setting.description}" if setting.description else ""
    if setting.name in FIRST:
        return f"{name} = {FIRST[setting.name]}{meaning}"
    if setting.value is None:
        return f"#{name} ={meaning}"
    return f"#{name} = {json.dumps(setting.value, ensure_ascii=False)}{meaning}"
