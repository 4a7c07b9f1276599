"""Capitals that stand for a government: "Beijing said" is China, "in Beijing" is the town.

A capital is the town unless the words around it (`data/governments.toml`) imply a government.
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass

from flows.annotate.entities.lexicon import lines
from flows.annotate.entities.nations import is_capital, nation
from flows.annotate.model import Mention

BEFORE, AFTER = 60, 90
"""Characters before and after a capital that may say what it is."""

ENDS = r"(?!\w*(?:ment|tion|sion|al|ance|ence)s?\b)\w*"
"""Ends of a word that make no noun of a verb."""

JOINED = re.compile(r",? (?:and|or|nor|et|with|versus|vs\.?) ")
"""Between two capitals that are of one kind."""


@dataclass(frozen=True, slots=True)
class _Signs:
    """`aimed`, `dealing`, `pair` and `town` are looked for before a capital, `acting`, `owning` and
    `town_behind` after it.
    """

    aimed: re.Pattern[str]
    dealing: re.Pattern[str]
    pair: re.Pattern[str]
    town: re.Pattern[str]
    acting: re.Pattern[str]
    owning: re.Pattern[str]
    town_behind: re.Pattern[str]


@functools.cache
def _signs() -> _Signs:
    """Return the patterns that the word lists make."""
    words = {
        name: _either(some)
        for name, some in tomllib.loads("\n".join(lines("governments.toml"))).items()
    }
    dealing = rf"\b{words['dealings']}[”\"]? (?:\w+ ){{0,2}}?"
    return _Signs(
        aimed=re.compile(rf"(?:\b{words['aimed']} (?:both )?|\b{words['heads']}-)$", re.I),
        dealing=re.compile(
            rf"{dealing}(?:with|between|on|against|to|from|for|of|by)(?: both)? $", re.I
        ),
        pair=re.compile(
            rf"{dealing}(?:between|with|on|from|to)(?: both)? "
            r"[\w.’'-]+(?: [\w.’'-]+)?(?:,? and|,) $",
            re.I,
        ),
        town=re.compile(rf"\b{words['town']}(?: the)?,? $", re.I),
        acting=re.compile(
            rf"(?:, {words['asides']},)? [“\"]?(?:{words['fillers']} ){{0,4}}"
            rf"(?:{words['acts']}|(?:is|was|be|been|remains) [“\"]?(?:\w+ )?{words['moods']})\b",
            re.I,
        ),
        owning=re.compile(
            rf"(?: ?['’] ?s (?:[\w-]+ ){{0,2}}?{words['belongings']}| ?- ?{words['tails']}"
            r"| (?:government|regime|leadership))\b"
        ),
        town_behind=re.compile(rf"(?:['’]s)? {words['town_behind']}\b|['’]s [A-Z]|-based\b"),
    )


def _either(words: str) -> str:
    """Return a pattern for any of the words: "*" is any end of a word but a noun's ("announc*" is
    no announcement), "_" a space.
    """
    parts = {re.escape(word).replace(r"\*", ENDS).replace("_", " ") for word in words.split()}
    return f"(?:{'|'.join(sorted(parts, key=lambda part: (-len(part), part)))})"


def governments(text: str, mentions: Sequence[Mention]) -> dict[int, str]:
    """Return index → name of its country for the capitals among the mentions of `text` that stand
    for a government.
    """
    places = [
        index
        for index, m in enumerate(mentions)
        if m.label == "GPE" and is_capital(text[m.start : m.end])
    ]
    if not places:
        return {}
    said = {index: _stands_for_state(text, mentions, index) for index in places}
    for index in (*places, *reversed(places)):
        if said[index] is None and any(
            said.get(other) and _are_joined(text, mentions, index, other)
            for other in (index + 1, index - 1)
        ):
            said[index] = True
    states = {mentions[index].name for index in places if said[index]} - {
        mentions[index].name for index in places if said[index] is False
    }
    found = {}
    for index in places:
        is_state = said[index] or (
            said[index] is None and mentions[index].name in states
        )  # the article means no town by it anywhere
        if is_state and (country := nation(text[mentions[index].start : mentions[index].end])):
            found[index] = country.name
    return found


def _stands_for_state(text: str, mentions: Sequence[Mention], index: int) -> bool | None:
    """Return True where the words around the capital speak of a government, False of a town, None
    where they say neither.
    """
    signs, mention = _signs(), mentions[index]
    before, after = (
        text[max(0, mention.start - BEFORE) : mention.start],
        text[mention.end : mention.end + AFTER],
    )
    if signs.town_behind.match(after) or (after[:2] == ", " and _country_follows(after[2:])):
        return False
    if (
        signs.aimed.search(before)
        or signs.dealing.search(before)
        or signs.pair.search(before)
        or signs.owning.match(after)
    ):
        return True
    if signs.town.search(before):
        return False
    if (
        index + 1 < len(mentions)
        and nation(mentions[index + 1].name)
        and _are_joined(text, mentions, index, index + 1)
    ):
        after = text[
            mentions[index + 1].end : mentions[index + 1].end + AFTER
        ]  # "Washington and South Korea called on"
    return True if signs.acting.match(after) else None


def _country_follows(after: str) -> bool:
    """Whether what follows a comma is a country: "Kigali, Rwanda"."""
    words = re.findall(r"[\w.’'-]+", after)[:3]
    return any(nation(" ".join(words[:count]).rstrip(".")) for count in range(len(words), 0, -1))


def _are_joined(text: str, mentions: Sequence[Mention], index: int, other: int) -> bool:
    """Whether nothing but "and" stands between two neighbouring mentions."""
    if other >= len(mentions):
        return False
    first, second = mentions[min(index, other)], mentions[max(index, other)]
    return bool(JOINED.fullmatch(text[first.end : second.start]))
