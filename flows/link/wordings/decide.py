"""Decides whether two quotations are one utterance, from their words and speakers.

The limits were set on one half of hand-labelled pairs and judged on the other (docs/links.md).
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from flows.link.fingerprint import fold_word
from flows.link.wordings.alignment import Alignment, Weigh, align
from flows.link.wordings.spelling import Wording, align_respelled

Speakers = Literal["same", "unknown", "different"]

MIN_WORDS = 2
"""Shortest wording: a single word is said on any occasion."""

MIN_WEIGHT, MIN_EQUAL_WORDS = 0.3, 3
"""Weight of a wording that stands whole in the other: "we the people" weighs less. Equal wordings
of the same speaker need no weight, only words.
"""

MIN_TWO_WEIGHT, MIN_THREE_WEIGHT = 1.2, 0.7
"""Weight of a wording of two words, and of three, unless both articles name the same speaker."""

MIN_DIFFERENT_RUN, MIN_DIFFERENT_WEIGHT = 5, 1.4
"""Words and weight of the common run where two different people are named: slogans are shorter, or
made of common words.
"""

MIN_RUN, MIN_RUN_WEIGHT = 10, 2.0
"""Run of equal words that decides alone: two quotations that share a sentence and go on apart."""

MIN_SHARE, MIN_WEIGHT_SHARE, MIN_COMMON, MIN_SHARED_RUN = 0.6, 0.55, 5, 4
"""A reworded quotation shares this part of its words and of their weight, at least five words, and
a run of four.
"""

MIN_LOOSE_SHARE, MIN_LOOSE_WEIGHT, MIN_LOOSE_COMMON, MIN_LOOSE_RUN = 0.7, 0.9, 4, 3
"""A shorter run, and fewer words, are enough if more of them are equal and they are rarer."""

MIN_BARE_SHARE, MIN_BARE_WEIGHT, MAX_BARE_GAP = 0.9, 1.2, 1
"""Part of the weight, and weight, of words that stand side by side in both: only words that weigh
nearly nothing were exchanged, as in "close the harbour" and "close that harbour".
"""

MIN_RESPELLED_SHARE = 0.3
"""Part of the words that two quotations of a story share as they stand, from which spellings and
inflections are compared as well.
"""

MIN_FAR: dict[Speakers, tuple[int, float]] = {"same": (6, 2.4), "unknown": (10, 4.0)}
"""Words of the equal run, and its weight, of quotations that no story joins: what a speaker says
on many occasions is shorter, or made of common words.
"""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Whom an article credits: the name as resolved, its entity, and whether that is a person."""

    name: str | None
    entity_id: str | None
    is_person: bool

    @property
    def is_full_name(self) -> bool:
        """Whether it is a person's name of two words or more."""
        return self.is_person and len((self.name or "").split()) > 1


def compare_speakers(one: Speaker, other: Speaker) -> Speakers:
    """Return whether two credits can be one speaker. Roles and pronouns are unknown: the article
    may call anybody "a spokesman".
    """
    if not one.name or not other.name:
        return "unknown"
    if one.entity_id and one.entity_id == other.entity_id:
        return "same"
    shared = set(map(fold_word, one.name.split())) & set(map(fold_word, other.name.split()))
    if any(len(word) > 2 for word in shared):
        return "same"
    is_certain = one.is_person and other.is_person and (one.is_full_name or other.is_full_name)
    return "different" if is_certain else "unknown"


def find_agreement(
    one: Wording, other: Wording, speakers: Speakers, weigh: Weigh, *, is_near: bool
) -> Alignment | None:
    """Return what two quotations share if they are one utterance: in the words as they stand, or,
    within a story, in words that they spell differently.
    """
    found = align(one[1], other[1], weigh)
    if is_one_utterance(found, speakers, is_near=is_near):
        return found
    if not is_near or found.share < MIN_RESPELLED_SHARE:
        return None
    again = align_respelled(one, other, weigh)
    if again and is_one_utterance(again, speakers, is_near=True, is_respelled=True):
        return again
    return None


def is_one_utterance(
    found: Alignment, speakers: Speakers, *, is_near: bool, is_respelled: bool = False
) -> bool:
    """Whether two quotations are one utterance. `is_near`: one story joins their articles.
    `is_respelled`: some words are equal only if spellings and inflections are; no wording stands
    whole in the other then.
    """
    if found.size < MIN_WORDS or not found.run:
        return False
    if speakers == "different" and (
        found.run < MIN_DIFFERENT_RUN or found.run_weight < MIN_DIFFERENT_WEIGHT
    ):
        return False
    if not is_near:
        words, weight = MIN_FAR.get(speakers, (math.inf, math.inf))
        if found.run < words or found.run_weight < weight:
            return False
    if found.is_whole and not is_respelled:
        return found.run_weight >= _least_weight(found, speakers)
    if found.run >= MIN_RUN and found.run_weight >= MIN_RUN_WEIGHT:
        return True
    if (
        found.share >= MIN_SHARE
        and found.weight_share >= MIN_WEIGHT_SHARE
        and found.common >= MIN_COMMON
        and found.run >= MIN_SHARED_RUN
    ):
        return True
    least = MIN_BARE_WEIGHT if is_respelled else MIN_LOOSE_WEIGHT
    return speakers != "different" and (_is_bare(found) or _is_loose(found, least))


def _is_bare(found: Alignment) -> bool:
    return (
        found.share >= MIN_SHARE
        and found.weight_share >= MIN_BARE_SHARE
        and found.common_weight >= MIN_BARE_WEIGHT
        and found.last - found.first <= found.size + MAX_BARE_GAP
    )


def _is_loose(found: Alignment, least_weight: float) -> bool:
    return (
        found.share >= MIN_LOOSE_SHARE
        and found.weight_share >= MIN_LOOSE_SHARE
        and found.common_weight >= least_weight
        and found.common >= MIN_LOOSE_COMMON
        and found.run >= MIN_LOOSE_RUN
    )


def _least_weight(found: Alignment, speakers: Speakers) -> float:
    """Return what a wording that stands whole in the other must weigh."""
    if speakers == "same":
        return 0.0 if found.is_equal and found.size >= MIN_EQUAL_WORDS else MIN_WEIGHT
    return {2: MIN_TWO_WEIGHT, 3: MIN_THREE_WEIGHT}.get(found.size, MIN_WEIGHT)


MIN_TOLD_COMMON, MIN_TOLD_SHARE, MIN_TOLD_WEIGHT = 3, 0.35, 1.3
"""Words, part of their weight and weight that reported speech shares with a quotation of the same
speaker, in any order.
"""


def is_reported(quoted: Sequence[int], told: Sequence[int], weights: dict[int, float]) -> bool:
    """Whether reported speech tells what a quotation of the same speaker says. `weights` are those
    of the words of both.
    """
    shared = set(quoted) & set(told)
    whole = min(sum(weights[w] for w in set(words)) for words in (quoted, told))
    common = sum(weights[word] for word in shared)
    rare = sum(1 for word in shared if weights[word] > 0.1)
    return (
        rare >= MIN_TOLD_COMMON
        and common >= MIN_TOLD_WEIGHT
        and common >= MIN_TOLD_SHARE * max(whole, 1e-9)
    )
