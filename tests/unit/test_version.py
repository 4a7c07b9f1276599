"""The extractor's version: it changes with what decides, and with nothing else."""

from __future__ import annotations

import pytest

from flows.version import deciding_part

CODE = '''
"""A module."""
LIMIT = 3  # of something
"""What the limit is."""


class Box:
    """A box."""

    def open(self) -> str:
        """Open it."""
        return "a text that is returned"
'''


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"""A module."""', '"""A better word for it."""'),
        ("# of something", "# of something else"),
        ('"""What the limit is."""\n', ""),
        ('        """Open it."""\n', ""),
        ("LIMIT = 3", "LIMIT = (\n    3\n)"),
    ],
)
def test_words_about_the_code_decide_nothing(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert changed != CODE
    assert deciding_part(changed.encode()) == deciding_part(CODE.encode())


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("LIMIT = 3", "LIMIT = 4"),
        ("a text that is returned", "another text"),
        ("def open", "def close"),
        ("class Box", "class Chest"),
    ],
)
def test_what_the_code_does_decides(old: str, new: str) -> None:
    changed = CODE.replace(old, new)
    assert changed != CODE
    assert deciding_part(changed.encode()) != deciding_part(CODE.encode())
