"""Decides which blocks of a site are boilerplate, from the articles that repeat them.

Two kinds of block recur on a site. Boilerplate is the same whatever the article is about: hardly a
word of it stands in the rest of the text. Passages of articles recur too: a first paragraph in the
updates of one story, background in a long-running one, a quotation. These share words with the
text around them, or the articles share much more. Only boilerplate is learned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flows.link.fold import count_words, fold
from flows.link.keys import block_id

MIN_ARTICLES = 5
"""Different articles that a block must stand in before it is classified. In fewer, a coincidence is
more likely than a template.
"""

MIN_WORDS = 3
"""Shortest block that is counted. One or two words ("More", "Sport") recur by chance."""

QUOTED = re.compile(r"[“„«\"][^“”„«»\"]{20,}|^[“„«\"]")
"""A quotation. Many articles may repeat it, and it is never boilerplate."""

SAME_STORY_SHARE = 0.5
"""Articles that share this part of the shorter one's characters are updates or copies of one story
and count once.
"""

MIN_SHARED_WORDS = 0.4
"""A block belongs to its article if this part of its longer words, or half of its names, stands in
the rest of the text, in the median article. Common words recur by chance, names do not.
"""

MIN_LETTERS = 6
"""Shortest word that says what a text is about; shorter words stand in every text."""

NAME = re.compile(r"(?<=[^.!?:\s]\s)[^\W\d_a-z]\w{2,}")
"""A capitalised word inside a sentence."""


def may_repeat(block: str) -> bool:
    """Whether a block is worth counting."""
    return count_words(block) >= MIN_WORDS and not QUOTED.search(block)


def is_boilerplate(block: str, texts: Mapping[str, str]) -> bool:
    """Whether `block` is boilerplate. It stands in each of the articles `texts` (text by key)."""
    key = block_id(block)
    different = different_stories(list(texts.values()))
    if len(different) < MIN_ARTICLES:
        return False
    shares = sorted(
        shared_words(block, [line for line in text.split("\n") if block_id(line) != key])
        for text in different
    )
    return shares[len(shares) // 2] < MIN_SHARED_WORDS


def shared_words(block: str, rest: Sequence[str]) -> float:
    """Return which part of the block's longer words, or of its names if that is more, stands in the
    rest of its article: 0 to 1.

    The part of the names is multiplied by 0.8: half of the names weigh as much as MIN_SHARED_WORDS
    of the words.
    """
    around = set(fold(" ".join(rest)).split())
    words = {word for word in fold(block).split() if len(word) >= MIN_LETTERS}
    names = {fold(name) for name in NAME.findall(block) if name[0].isupper()}
    return max(
        (
            weight * len(some & around) / len(some)
            for some, weight in ((words, 1.0), (names, 0.8))
            if some
        ),
        default=0.0,
    )


def different_stories(texts: Sequence[str]) -> list[str]:
    """Return those of `texts` that share less than SAME_STORY_SHARE with every text before them."""
    kept: list[tuple[str, dict[str, int]]] = []
    for text in texts:
        blocks = {block_id(line): len(line) for line in text.split("\n") if line.strip()}
        size = sum(blocks.values())
        if not any(
            _shared(blocks, other) >= SAME_STORY_SHARE * min(size, sum(other.values()))
            for _, other in kept
        ):
            kept.append((text, blocks))
    return [text for text, _ in kept]


def _shared(one: Mapping[str, int], other: Mapping[str, int]) -> int:
    return sum(size for key, size in one.items() if key in other)


def without_known(text: str, known: frozenset[str]) -> tuple[str, list[str]]:
    """Return the text without the paragraphs whose keys are in `known`, and these paragraphs.

    The text is returned whole if nothing would be left.
    """
    lines = text.split("\n")
    cut = [line for line in lines if block_id(line) in known]
    kept = [line for line in lines if block_id(line) not in known]
    return ("\n".join(kept), cut) if cut and any(line.strip() for line in kept) else (text, [])
