"""Tables inside an article: results, prices, a match's figures. Without their tags they are runs of
short blocks, many of them numbers.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import accumulate

from flows.clean.plain.prose import Form

WINDOW = 12
"""Blocks that make a table at least: three rows of four, or six of two."""

MIN_NUMBERS = 0.25
"""Share of a table's cells that are numbers; menus and lists of teasers have fewer. Of runs with
this many that stand inside a news article, and hold no word a rule knows, five in six were its own.
"""

MAX_CELL = 50
"""Columns of the widest cell."""

MIN_DIGITS = 0.3
"""Share of a cell's characters that are digits where the cell is a number with its unit."""


def find_cells(forms: Sequence[Form]) -> set[int]:
    """Return the places of all blocks that stand in a table."""
    is_short = [form.width <= MAX_CELL and not form.fitting for form in forms]
    short = [0, *accumulate(is_short)]
    numbers = [
        0,
        *accumulate(
            narrow and _is_number(form.text) for narrow, form in zip(is_short, forms, strict=True)
        ),
    ]
    places: set[int] = set()
    for at in range(len(forms) - WINDOW + 1):
        if (
            short[at + WINDOW] - short[at] == WINDOW
            and numbers[at + WINDOW] - numbers[at] >= MIN_NUMBERS * WINDOW
        ):
            places.update(range(at, at + WINDOW))
    return places


def _is_number(text: str) -> bool:
    digits = sum(c.isdigit() for c in text)
    return digits > 0 and digits >= MIN_DIGITS * sum(not c.isspace() for c in text)
