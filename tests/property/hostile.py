"""Makes strings that a pattern may choke on, out of the pattern's own parts.

A pattern is slow where one run of characters can be read in many ways, or is read again from each
of its characters. So each string is a part of the pattern many times over, behind what must stand
before that part, and ends in a character that fits nothing.
"""

from __future__ import annotations

import random
import re
import signal
import time
import warnings
from collections import deque
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice
from typing import Any

with warnings.catch_warnings():
    warnings.simplefilter("ignore", DeprecationWarning)
    from re import _constants as codes  # type: ignore[attr-defined]
    from re import _parser as parser  # type: ignore[attr-defined]

END = "\x00"
"""What fits no pattern: it makes all that was read before be tried in other ways."""

COMMON = " a\n1.,A-'\"“"
"""Characters of usual text: each is tried where a class of characters may stand."""

MAX_ALTERNATIVES = 4
"""Alternatives of one place that are tried."""

LONG = 10
"""Repetitions from which a part counts as one that may be repeated at will."""

Part = tuple[Any, Any]


@dataclass(frozen=True, slots=True)
class Hostile:
    """`before`, then `unit` many times, then `END`."""

    before: str
    unit: str

    def text(self, size: int) -> str:
        """Return the string with about `size` characters."""
        return self.before + self.unit * max(1, size // len(self.unit)) + END


def hostile_strings(pattern: re.Pattern[Any]) -> list[Hostile]:
    """Return the strings for one pattern, each once."""
    parts = list(parser.parse(source_of(pattern), pattern.flags & ~re.UNICODE))
    alphabet = "".join(dict.fromkeys([*COMMON, *islice(_letters(parts), 12)]))
    found = [Hostile("", letter) for letter in alphabet]
    for end in range(1, len(parts) + 1):
        found += [Hostile("", unit) for unit in _samples(parts[:end], alphabet)]
    found += [
        Hostile(before, unit)
        for before, body in _repeats(parts, "", alphabet)
        for unit in _samples(body, alphabet)
    ]
    return list(dict.fromkeys(one for one in found if one.unit))


def source_of(pattern: re.Pattern[Any]) -> str:
    """Return what a pattern was compiled from, bytes as characters of the same numbers."""
    source = pattern.pattern
    return source.decode("latin-1") if isinstance(source, bytes) else source


def _repeats(parts: Iterable[Part], before: str, alphabet: str) -> Iterator[tuple[str, list[Part]]]:
    """Yield each part that may be repeated at will, with an example of what stands before it."""
    for operator, value in parts:
        for inner in _inside(operator, value):
            yield from _repeats(inner, before, alphabet)
        if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
            _, most, body = value
            if most >= LONG:
                yield before, list(body)
        before += next(iter(_samples([(operator, value)], alphabet)), "")


def _inside(operator: Any, value: Any) -> list[list[Part]]:
    """Return the sequences that a part holds."""
    if operator is codes.BRANCH:
        return [list(one) for one in value[1]]
    if operator is codes.SUBPATTERN:
        return [list(value[3])]
    if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        return [list(value[2])]
    if operator is codes.ATOMIC_GROUP:
        return [list(value)]
    if operator in (codes.ASSERT, codes.ASSERT_NOT):
        return [list(value[1])]
    return []


def _samples(parts: Iterable[Part], alphabet: str) -> list[str]:
    """Return a few strings that the sequence reads, each once."""
    found = [""]
    for operator, value in parts:
        ways = _ways(operator, value, alphabet) or [""]
        found = [
            found[n % len(found)] + ways[n % len(ways)] for n in range(max(len(found), len(ways)))
        ][:MAX_ALTERNATIVES]
    return list(dict.fromkeys(found))


def _ways(operator: Any, value: Any, alphabet: str) -> list[str]:
    """Return a few strings that one part reads."""
    if operator is codes.LITERAL:
        return [chr(value)]
    if operator is codes.NOT_LITERAL:
        return [letter for letter in alphabet if ord(letter) != value][:MAX_ALTERNATIVES]
    if operator is codes.ANY:
        return list(alphabet[:MAX_ALTERNATIVES])
    if operator is codes.IN:
        fitting = [letter for letter in alphabet if _is_in(letter, value)][:MAX_ALTERNATIVES]
        return fitting or [chr(code) for code in _first_codes(value)][:1]
    if operator is codes.BRANCH:
        return [way for one in value[1] for way in _samples(one, alphabet)[:1]]
    if operator in (codes.MAX_REPEAT, codes.MIN_REPEAT, codes.POSSESSIVE_REPEAT):
        least, most, body = value
        return [way * max(least, min(most, 1)) for way in _samples(body, alphabet)]
    if operator in (codes.SUBPATTERN, codes.ATOMIC_GROUP):
        return _samples(_inside(operator, value)[0], alphabet)
    return []


CATEGORIES = {
    codes.CATEGORY_DIGIT: r"\d",
    codes.CATEGORY_NOT_DIGIT: r"\D",
    codes.CATEGORY_SPACE: r"\s",
    codes.CATEGORY_NOT_SPACE: r"\S",
    codes.CATEGORY_WORD: r"\w",
    codes.CATEGORY_NOT_WORD: r"\W",
}


def _is_in(letter: str, members: list[Part]) -> bool:
    """Whether a class of characters holds a letter."""
    is_negated = members[0][0] is codes.NEGATE
    for operator, value in members:
        if (
            (operator is codes.LITERAL and ord(letter) == value)
            or (operator is codes.RANGE and value[0] <= ord(letter) <= value[1])
            or (operator is codes.CATEGORY and re.fullmatch(CATEGORIES[value], letter))
        ):
            return not is_negated
    return is_negated


def _first_codes(members: list[Part]) -> Iterator[int]:
    for operator, value in members:
        if operator is codes.LITERAL:
            yield value
        elif operator is codes.RANGE:
            yield value[0]


def _letters(parts: Iterable[Part]) -> Iterator[str]:
    """Yield the characters that a sequence names, at any depth."""
    for operator, value in parts:
        if operator is codes.LITERAL:
            yield chr(value)
        elif operator is codes.IN:
            yield from map(chr, _first_codes(value))
        for inner in _inside(operator, value):
            yield from _letters(inner)


TIMES, MOST = 8, 16
"""A text that is TIMES as long may take MOST times as much CPU time."""

FLOOR_SECONDS = 0.01
"""What takes less is not slow: the clock of a process with a timer may tick every 4 ms."""

LIMIT_SECONDS = 0.3
"""What takes longer is stopped and counts as slow."""

ROUNDS = 3
"""Rounds in which a pattern must be slow: a neighbour may disturb one."""


class _StoppedError(Exception):
    """Raised in a search that takes too long."""


def slowest(
    pattern: re.Pattern[Any], size: int, *, is_at_one_place: bool, most_texts: int | None = None
) -> str | None:
    """Return a hostile text of `size` characters on which `pattern` is slow, with its figures;
    None where it is slow on none. `most_texts` are drawn where there are more.
    """
    made = hostile_strings(pattern)
    if most_texts is not None and len(made) > most_texts:
        made = random.Random(len(made)).sample(made, most_texts)
    for hostile in made:
        small, large = hostile.text(size // TIMES), hostile.text(size)
        for _ in range(ROUNDS):
            long = _seconds(pattern, large, 1, is_at_one_place)
            if long < FLOOR_SECONDS:
                break
            if long >= LIMIT_SECONDS:
                return f"{hostile.before!r} + {hostile.unit!r} * n: {LIMIT_SECONDS} s and more"
            # as many characters in as many searches, so that the clock's grain is the same
            short = _seconds(pattern, small, TIMES, is_at_one_place)
            if long <= MOST / TIMES * short:
                break
        else:
            return f"{hostile.before!r} + {hostile.unit!r} * n: {short:.4f} s, then {long:.4f} s"
    return None


def _seconds(pattern: re.Pattern[Any], text: str, times: int, is_at_one_place: bool) -> float:
    """Return the CPU time of `times` searches, at most LIMIT_SECONDS."""
    given: Any = text.encode() if isinstance(pattern.pattern, bytes) else text

    def stop(*_: object) -> None:
        raise _StoppedError

    before = signal.signal(signal.SIGVTALRM, stop)
    signal.setitimer(signal.ITIMER_VIRTUAL, LIMIT_SECONDS)
    began = time.process_time()
    try:
        for _ in range(times):
            if is_at_one_place:
                pattern.fullmatch(given)
                pattern.match(given)
            else:
                deque(pattern.finditer(given), 0)
        return time.process_time() - began
    except _StoppedError:
        return LIMIT_SECONDS
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, before)
