"""What pages say is shown, never obeyed."""

from __future__ import annotations

import io

import pytest
from rich.table import Table
from rich.text import Text

from flows.commands.screen import SafeConsole, shown


@pytest.mark.parametrize(
    ("text", "printed"),
    [
        ("quay\x1b]52;c;ZWNobw==\x07", r"quay\x1b]52;c;ZWNobw==\x07"),
        ("\x1b[2Jgone", r"\x1b[2Jgone"),
        ("\x9b31mred", r"\x9b31mred"),
        ("back\x08\x08\rover", r"back\x08\x08\x0dover"),
        ("evil\u202etxt.exe", r"evil\u202etxt.exe"),
        ("line\nline", r"line\nline"),
        ("Zürich, “Straße” 東京 👩‍🚀 \u200fעברית", "Zürich, “Straße” 東京 👩‍🚀 \u200fעברית"),
    ],
)
def test_control_characters_are_escaped_and_letters_are_not(text: str, printed: str) -> None:
    assert shown(text) == printed


def test_a_console_escapes_whatever_is_printed_and_keeps_its_own_colours() -> None:
    out = io.StringIO()
    console = SafeConsole(file=out, force_terminal=True, width=60, color_system="standard")
    table = Table("title")
    table.add_row(Text("a\x1b[2Jb"))
    console.print(table)
    console.print("[red]plain[/red] \x1b]0;t\x07", markup=True)
    said = out.getvalue()
    assert "\x1b[31mplain" in said
    assert "\x1b[2J" not in said
    assert "\x1b]0" not in said
    assert r"a\x1b" in said
