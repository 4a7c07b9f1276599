"""Finds words and phrases in texts: whole words, not stretches of longer ones."""

from __future__ import annotations

import unicodedata

FOLDED = "strip_accents(lower({}))"
"""SQL: a text without case and accents."""

UNSPACED_SCRIPTS = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
"""Scripts that put no spaces between words."""

OF_WORDS = r"\p{L}\p{M}\p{N}"
"""What words are made of: letters, marks and digits of any script."""

ENDING = r"\p{Hangul}"
"""Scripts whose words take endings without a space, such as the particles of Korean."""

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
    gaps = rf"regexp_replace({words}, '(\\?\s)+', '\\s+', 'g')"
    return f"regexp_matches({text_sql}, {begin} || {gaps} || {end})"


def _edge(name: str, is_open: str, boundary: str) -> str:
    return f"CASE WHEN regexp_matches(trim(${name}), '{is_open}') THEN '' ELSE '{boundary}' END"
