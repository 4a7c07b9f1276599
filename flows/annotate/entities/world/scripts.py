"""Scripts of languages: which script a text is in, and Latin letters for Cyrillic and Greek words.

The Latin letters are features for the model, so that it applies what it learned from Latin endings
("-ov", "-ski") to other scripts. They are no transliteration for readers.
"""

from __future__ import annotations

import re
from collections import Counter

from flows.annotate.entities.lexicon import fold, uncached_fold
from flows.annotate.remember import remembered

RANGES = (
    ("latin", 0x41, 0x24F),
    ("greek", 0x370, 0x3FF),
    ("cyrillic", 0x400, 0x52F),
    ("armenian", 0x530, 0x58F),
    ("hebrew", 0x590, 0x5FF),
    ("arabic", 0x600, 0x77F),
    ("devanagari", 0x900, 0x97F),
    ("other", 0x980, 0x10FF),
    ("hangul", 0x1100, 0x11FF),
    ("ethiopic", 0x1200, 0x139F),
    ("latin", 0x1E00, 0x1EFF),
    ("greek", 0x1F00, 0x1FFF),
    ("kana", 0x3040, 0x30FF),
    ("han", 0x3400, 0x9FFF),
    ("hangul", 0xAC00, 0xD7AF),
)
"""(script, first, last character code)."""

CASED = frozenset(("latin", "greek", "cyrillic", "armenian"))
"""Scripts in which names begin with a capital."""

MAX_SAMPLE = 500
"""Characters that decide the script of a text."""

_LETTER = re.compile(r"[^\W\d_]")
_LATIN = dict(
    zip("абвгдезийклмнопрстуфхыэіґ", "abvgdeziiklmnoprstufhyeig", strict=True)
) | {
    "ж": "zh", "ц": "ts", "ч": "ch", "ш": "sh", "щ": "shch", "ю": "yu", "я": "ya", "ё": "e",
    "ъ": "", "ь": "", "є": "ye", "ї": "i", "ў": "u", "ј": "j", "љ": "lj", "њ": "nj", "ћ": "c",
    "ђ": "dj", "џ": "dz", "ѓ": "g", "ќ": "k", "ѕ": "dz",
    "α": "a", "β": "v", "γ": "g", "δ": "d", "ε": "e", "ζ": "z", "η": "i", "θ": "th", "ι": "i",
    "κ": "k", "λ": "l", "μ": "m", "ν": "n", "ξ": "x", "ο": "o", "π": "p", "ρ": "r", "σ": "s",
    "ς": "s", "τ": "t", "υ": "y", "φ": "f", "χ": "ch", "ψ": "ps", "ω": "o",
}  # fmt: skip


def script_of(char: str) -> str | None:
    """Return the script of a letter, None for any other character."""
    code = ord(char)
    for name, first, last in RANGES:
        if first <= code <= last:
            return name
    return None


def main_script(text: str) -> str:
    """Return the script of most letters at the start of `text`; "latin" where it has none.

    Text with kana is Japanese, whatever its share of Chinese characters.
    """
    counts = Counter[str]()
    for letter, number in Counter(_LETTER.findall(text[:MAX_SAMPLE])).items():
        script = script_of(letter)
        if script is not None:
            counts[script] += number
    if not counts:
        return "latin"
    if counts["kana"] * 20 > counts["han"] and counts["kana"]:
        counts["kana"] += counts.pop("han", 0)
    return counts.most_common(1)[0][0]


@remembered(20_000)
def latin(word: str) -> str:
    """Return the folded word in Latin letters; other scripts than Cyrillic and Greek stay."""
    key = fold(word)
    return key if key.isascii() else _transliterated(key)


def uncached_latin(word: str) -> str:
    """Return what `latin` does. For reading lists, whose words would fill the cache."""
    key = uncached_fold(word)
    return key if key.isascii() else _transliterated(key)


def _transliterated(key: str) -> str:
    return "".join(_LATIN.get(char, char) for char in key)
