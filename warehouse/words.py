"""Finds words and phrases in texts: whole words, not stretches of longer ones."""

from __future__ import annotations

import unicodedata

FOLDED = "replace(translate(strip_accents(lower({})), 'ςıłøđ', 'σilod'), 'ß', 'ss')"
"""SQL: a text without case and accents. Letters such as `ß` and `ø`, which are no letter with an
accent, become plain ones too: `STRASSE` and `Straße` are the same.
"""

UNSPACED_SCRIPTS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts that put no spaces between words."""

OF_WORDS = r"\p{L}\p{M}\p{N}"
"""What words are made of: letters, marks and digits of any script."""

ENDING = r"\p{Hangul}"
"""Scripts whose words take endings without a space, such as the particles of Korean."""

GAP = r"[\s''’‘ʼ‐‑-]"
"""What may stand between the words of a phrase: `sea wall`, `sea-wall`, and any apostrophe. As it
stands in a SQL string."""

JOKER = "*"


def words_of(query: str) -> list[str]:
    """Return the words of a query, in order; a `*` before or after a word stays with it."""
    spaced = "".join(c if c == JOKER or unicodedata.category(c)[0] in "LMN" else " " for c in query)
    return [word for word in spaced.split() if word.strip(JOKER)]


def has_words(text_sql: str, name: str) -> str:
    """Return SQL that is true where the folded text `text_sql` holds the words of the parameter
    `$name`, next to each other.

    A word is not found inside a longer one, but where scripts put no spaces between words. A `*` at
    either end stands for any letters there: `bann*` finds `banned`.
    """
    words = f"regexp_escape(trim({FOLDED.format(f'${name}')}, '{JOKER} '))"
    begin = _edge(name, f"^[{JOKER}{UNSPACED_SCRIPTS}]", f"(?:^|[^{OF_WORDS}])")
    end = _edge(name, f"[{JOKER}{UNSPACED_SCRIPTS}{ENDING}]$", f"(?:$|[^{OF_WORDS}])")
    in_text = GAP.replace("\\", "\\\\")  # a backslash is a sign of its own in what replaces
    gaps = rf"regexp_replace({words}, '(\\?{GAP})+', '{in_text}+', 'g')"
    return f"regexp_matches({text_sql}, {begin} || {gaps} || {end})"


def _edge(name: str, is_open: str, boundary: str) -> str:
    return f"CASE WHEN regexp_matches(trim(${name}), '{is_open}') THEN '' ELSE '{boundary}' END"
