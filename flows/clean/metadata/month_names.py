"""Month names in all languages: which month a word means, by the page's language where names
differ (`listopad` is November in Polish and October in Croatian).

months.tsv comes from CLDR (cldr.py); month_forms.toml adds what CLDR lacks.
"""

from __future__ import annotations

import tomllib
from functools import cache, lru_cache
from importlib.resources import files
from unicodedata import combining, normalize

MONTHS_FILE = files(__package__).joinpath("months.tsv")

MAX_WORDS = 3
"""Words of the longest month names ("kanun al-awwal" and the like)."""

_LETTERS = str.maketrans({"ı": "i", "ł": "l", "đ": "d", "ø": "o", "’": None, "'": None, ".": None})


def folded_month(name: str) -> str:
    """Return a name as the tables hold it: lower case, without accents, full stops, apostrophes.

    Marks of scripts in which they are letters (vowel signs) stay.
    """
    name = name.strip().lower()
    if name.isascii():
        return name.translate(_LETTERS).strip()
    spelt = normalize("NFKD", name)
    return (
        normalize("NFC", "".join(c for c in spelt if not _is_accent(c))).translate(_LETTERS).strip()
    )


def _is_accent(character: str) -> bool:
    """Whether a character is an accent, or a joiner that spellings leave out."""
    is_mark = "\u0300" <= character <= "\u036f" and combining(character) > 0
    return is_mark or character in "\u200c\u200d"


@lru_cache(maxsize=4096)
def month_of(name: str, language: str | None = None) -> int | None:
    """Return the month (1 to 12) that a name means in a language (two letters), None for other
    words. Without a language, the reading of the more widely read one holds.
    """
    folded = folded_month(name)
    own, common = _tables()
    found = own.get((language or "", folded)) or common.get(folded)
    if found is None and folded[:1] == "ב" and len(folded) > 3:  # Hebrew: "in" is a prefix
        found = common.get(folded[1:])
    return found


@cache
def _tables() -> tuple[dict[tuple[str, str], int], dict[str, int]]:
    own: dict[tuple[str, str], int] = {}
    common: dict[str, int] = {}
    for line in MONTHS_FILE.read_text("utf-8").splitlines():
        name, month, languages = line.split("\t")
        if languages == "*":
            common[name] = int(month)
        else:
            own |= {(language, name): int(month) for language in languages.split(",")}
    forms = tomllib.loads(files(__package__).joinpath("month_forms.toml").read_text("utf-8"))
    for month, names in forms["months"].items():
        for name in names:
            common.setdefault(folded_month(name), int(month))
    return own, common
