"""Compares two spellings of one word of a name by sound and by letters. Words are folded
(`flows.link.names`).
"""

from __future__ import annotations

import re

from flows.annotate.entities.lexicon import lexicon
from flows.annotate.names.words import MAX_LETTERS, distance

_SOUNDS = (
    (re.compile(r"ph"), "f"),
    (re.compile(r"th"), "t"),
    (
        re.compile(r"[eiay]?[yij]+(?![aeou])"),
        "i",
    ),  # Sergei, Sergey; Zelenskyy, Zelensky; Kadyrov, Kadirov
    (re.compile(r"ie"), "i"),
    (re.compile(r"oo|ou"), "u"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"ck|q|c(?![eihz])"), "k"),
    (re.compile(r"w"), "v"),
    (re.compile(r"x"), "ks"),
    (re.compile(r"z"), "s"),
    (re.compile(r"(.)\1+"), r"\1"),
    (re.compile(r"(?<=[aeiou])h$"), ""),
)
_VOWELS = re.compile(r"[aeiou]")
_LETTERS = str.maketrans(
    {"ð": "d", "đ": "d", "þ": "th", "ø": "o", "ł": "l", "æ": "ae", "œ": "oe", "ı": "i"}
)
"""Letters that are no letter with an accent, and what news prints for them (Guðrún, Gudrun)."""

MIN_LETTERS = 5
"""Letters from which one different letter may be a spelling; in shorter words it makes another name
(Omar, Umar are listed; Jean, Joan).
"""


MIN_SILENT = 4
"""Letters before a silent "e" at the end."""


def sound(word: str) -> str:
    """Return what spellings of one word share: letters that transliterations choose between are
    one.
    """
    word = word[:MAX_LETTERS]
    if not word.isascii():
        word = word.translate(_LETTERS)
    for pattern, letter in _SOUNDS:
        word = pattern.sub(letter, word)
    return word


def skeleton(word: str) -> str:
    """Return the consonants of what a word sounds like, and its first letter; of one to three
    letters, all.
    """
    if len(word) <= 3:
        return sound(word)
    heard = sound(word)
    return heard[:1] + _VOWELS.sub("", heard[1:]).replace("h", "")


def is_one_sound(one: str, other: str) -> bool:
    """Whether two words are spellings of one by their sound alone."""
    return one == other or (len(one) > 3 and len(other) > 3 and sound(one) == sound(other))


def is_near(one: str, other: str) -> bool:
    """Whether two words differ by a letter as a misspelling does.

    Never where both are names that the lists know (Frances, Francis), nor where one ends in another
    vowel or in one more (Carla, Carlo), but for a silent one (Rait, Raite).
    """
    short, long = sorted((one, other), key=len)
    if long == f"{short}e" and len(short) >= MIN_SILENT and short[-1] not in "aeiou":
        return not both_listed(one, other)
    if (
        min(len(one), len(other)) < MIN_LETTERS
        or one[:1] != other[:1]
        or skeleton(one) != skeleton(other)
    ):
        return False
    if one[-1:] != other[-1:] and (one[-1:] in "aeio" or other[-1:] in "aeio"):
        return False
    return not both_listed(one, other) and distance(one, other) <= 1


def both_listed(one: str, other: str) -> bool:
    """Whether the lists of names have both words."""
    known = lexicon()
    return all(word in known.given or word in known.family for word in (one, other))
