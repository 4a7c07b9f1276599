"""The site memory's judgement: which blocks may be boilerplate of a site, and which of those that
recur are.

What recurs in a site's articles is of two kinds. Boilerplate says the same whatever the article is
about: hardly a word of it stands in the rest of the text. An article's own passages recur too: a
lede in the updates of one story, a paragraph of background in a long-running one, a quotation;
these share words with what stands around them, or come in articles that share much more. Only the
first kind is learned.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from flows.link.fold import count_words, fold
from flows.link.keys import block_id

ENOUGH_ARTICLES = 5
"""Different articles from which a block is judged: in fewer, a coincidence of coverage is likelier
than a template.
"""

FEWEST_WORDS = 3
"""Shortest block that is counted: one or two words ("More", "Sport") recur by chance."""

QUOTED = re.compile(r"[“„«\"][^“”„«»\"]{20,}|^[“„«\"]")
"""A quotation: what people said may stand in many articles and is never boilerplate."""

SAME_STORY_SHARE = 0.5
"""Articles that share this much of the shorter one's characters tell one story (updates, copies)
and count once.
"""

TIED_SHARE = 0.4
"""A block is an article's own where this share of its longer words, or half of its names, stands in
the rest of the text, in the median article. Common words tie by chance, names do not.
"""

LONGER_WORD = 6
"""Letters from which a word says what a text is about; shorter ones stand in every text."""

NAME = re.compile(r"(?<=[^.!?:\s]\s)[^\W\d_a-z]\w{2,}")
"""A capitalised word inside a sentence."""


def may_repeat(block: str) -> bool:
    """Whether a block is worth counting."""
    return count_words(block) >= FEWEST_WORDS and not QUOTED.search(block)


def is_boilerplate(block: str, texts: Mapping[str, str]) -> bool:
    """Whether `block`, which stands in each of the articles `texts` (by key), is the site's and not
    the articles' own.
    """
    key = block_id(block)
    different = different_stories(list(texts.values()))
    if len(different) < ENOUGH_ARTICLES:
        return False
    ties = sorted(
        tie(block, [line for line in text.split("\n") if block_id(line) != key])
        for text in different
    )
    return ties[len(ties) // 2] < TIED_SHARE


def tie(block: str, rest: Sequence[str]) -> float:
    """Return the share of the block's longer words that stand in the rest of its article, or of its
    names where that is more; 0 to 1.

    Names count for four fifths of their share: half of them tie as much as TIED_SHARE of the words.
    """
    around = set(fold(" ".join(rest)).split())
    words = {word for word in fold(block).split() if len(word) >= LONGER_WORD}
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
    """Return those of `texts` that share less than half with every text before them."""
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
    """Return the text without the paragraphs whose keys are `known`, and these paragraphs; all of
    it where nothing would be left.
    """
    lines = text.split("\n")
    cut = [line for line in lines if block_id(line) in known]
    kept = [line for line in lines if block_id(line) not in known]
    return ("\n".join(kept), cut) if cut and any(line.strip() for line in kept) else (text, [])
