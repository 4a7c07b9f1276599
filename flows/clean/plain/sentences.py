"""Where sentences end, in most scripts: enough to weigh blocks and to cut a banner off a paragraph,
not for linguistics.
"""

from __future__ import annotations

import re

from flows.clean.wording import wording

MIN_GOES_ON = 50
"""Least characters of an unfinished sentence behind a finished one: longer than the credits of
pictures.
"""

_CLOSERS = "\"'”’»«“‘›‹)\\]）」』】*"
_ENDS = re.compile(rf"[.!?…。！？؟۔।॥︒｡][{_CLOSERS}\s]*(?:\[\d+\])?$")
_TEASER = re.compile(r"(?:…|\.\.\.|\. \. \.|\[…\]|\[\.\.\.\])[\s\])]*$")
_BREAK = re.compile(
    rf"(?<=[.!?…؟۔।])[{_CLOSERS}]*\s+(?=[^\sa-zà-ÿа-яё,;:.)])|(?<=[。！？｡])[{_CLOSERS}]*(?![{_CLOSERS}])"
)
_ABBREVIATION = wording("plain", "sentences.abbreviation")


def ends_sentence(text: str) -> bool:
    """Whether the block's last words end a sentence. A teaser's dots do not."""
    return bool(_ENDS.search(text[-40:])) and not _TEASER.search(text[-40:])


def holds_sentence(text: str) -> bool:
    """Whether a sentence ends inside the block and a longer one goes on behind it: prose whose last
    full stop was lost or is hidden.

    What follows a caption's sentence is shorter: a photographer's name.
    """
    return any(
        not _ABBREVIATION.search(text[max(0, m.start() - 12) : m.start()])
        for m in _BREAK.finditer(text, 20, len(text) - MIN_GOES_ON)
    )


def introduces(text: str) -> bool:
    """Whether the block ends in a colon: what follows, often a list or a quotation, belongs to
    it.
    """
    return text.endswith((":", "："))


def is_cut_short(text: str) -> bool:
    """Whether the block breaks off in dots, as teasers do."""
    return bool(_TEASER.search(text[-40:]))


def split_sentences(text: str) -> list[str]:
    """Return the text's sentences, in order, each stripped; their words are those of the text."""
    sentences: list[str] = []
    start = 0
    for found in _BREAK.finditer(text):
        end = found.end()
        piece = text[start:end].strip()
        if not piece or _ABBREVIATION.search(piece[-12:]):
            continue
        sentences.append(piece)
        start = end
    rest = text[start:].strip()
    return [*sentences, rest] if rest else sentences
