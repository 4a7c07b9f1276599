"""Words of languages that cleaning looks for, kept as data: `wording.toml` of each folder, compiled
to regular expressions. Rules about whole blocks are no wording; they stand in `rules/`.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


def wording(folder: str, name: str) -> re.Pattern[str]:
    """Return the expression of a table of `flows/clean/FOLDER/wording.toml` ("." for the root).

    `name` is the table's dotted name, such as `authors.role`. Case does not count, unless the table
    says `is_exact`. Raises KeyError for a table that does not exist.
    """
    table: Any = _tables(folder)
    for part in name.split("."):
        table = table[part]
    source = table.get("pattern", "{words}").replace("{words}", "|".join(table["words"]))
    return re.compile(source, 0 if table.get("is_exact") else re.I)


@cache
def _tables(folder: str) -> dict[str, Any]:
    return tomllib.loads(files("flows.clean").joinpath(folder, "wording.toml").read_text("utf-8"))
