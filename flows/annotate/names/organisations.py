"""Which mentions of one article are one organisation, and its fullest name: acronyms, with and
without brackets, and names cut after their first words.
"""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Sequence
from importlib import resources

from flows.annotate.entities.kinds import kinds
from flows.annotate.entities.lexicon import edge_words, lexicon, types
from flows.annotate.names.words import words_of

_ACRONYM = re.compile(r"[A-Z]{2,8}|(?:[A-Z]\.){2,6}")
MIXED_LETTERS = re.compile(r"[A-Z][a-z][A-Z]{1,3}")
"""An acronym that keeps a small word small ("MoD")."""
_JOINERS = frozenset("of for the and on in de".split())
_SHARED = frozenset("party court house senate congress department office".split())
"""Last words of bodies that a state has beside its country: "Ohio Supreme Court"."""
_WHOLE = frozenset(("us", "uk", "un", "eu"))
"""First words that stand in an acronym with all their letters: USGS."""


def letters_of(name: str) -> tuple[str, ...]:
    """Return the acronyms that a name of several words makes, folded: with and without its small
    words.
    """
    words = words_of(name)
    if len(words) > 1 and words[0] == "the":
        words = words[1:]
    if len(words) < 2:
        return ()
    first = words[0] if words[0] in _WHOLE else words[0][0]
    every = first + "".join(word[0] for word in words[1:])
    large = first + "".join(word[0] for word in words[1:] if word not in _JOINERS)
    return tuple(dict.fromkeys(short for short in (large, every) if len(short) > 1))


def acronym_of(name: str) -> str:
    """Return the folded letters of a name that is an acronym ("F.B.I."), else an empty text."""
    return name.replace(".", "").casefold() if _ACRONYM.fullmatch(name) else ""


def full_names(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
) -> dict[str, str]:
    """Return short form → full name, for the organisations among the spans (start, end, label).

    A name in brackets behind a longer one with the same first letter is its short form. An acronym
    is the only name that its letters spell; a name of capitals is cut from the only longer one that
    begins with it.
    """
    short = _bracketed(text, spans, surfaces)
    names = list(
        dict.fromkeys(
            surface
            for surface, (_, _, label) in zip(surfaces, spans, strict=True)
            if label == "ORG"
        )
    )
    places = {name: place for place, name in enumerate(names)}
    spelt: dict[str, set[str]] = defaultdict(set)
    begun: dict[str, set[str]] = defaultdict(set)
    for name in names:
        for letters in letters_of(name):
            spelt[letters].add(name)
        words = words_of(name)
        for cut in range(1, len(words)):
            begun[" ".join(words[:cut])].add(name)
    for name in names:
        if name in short:
            continue
        is_mixed = MIXED_LETTERS.fullmatch(name) is not None
        whole = set(spelt.get(name.casefold() if is_mixed else acronym_of(name), ()))
        # a name is cut once it stands: the longer one comes first
        whole |= {long for long in _longer(name, begun) if places[long] < places[name]}
        whole |= _clubs(name, names)
        if name in papers():
            whole |= {long for long in names if long.endswith(f" {name}")}
        whole |= {long for long in _kinds(name, names) if places[long] < places[name]}
        if len(whole) == 1:
            short[name] = next(iter(whole))
    return {name: short.get(full, full) for name, full in short.items()}


def is_own_name(words: Sequence[str]) -> bool:
    """Whether folded words are a name that is no plain English, no place and no people."""
    known = lexicon()
    is_plain = all(word in known.common for word in words)
    return not is_plain and " ".join(words) not in known.phrases


def may_leave_out(kept: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether an organisation may be called by the first words of its name, all folded: by two of
    its own, or by one where the rest says what firms do. A paper is not its book club, a firm is
    not its institute.
    """
    if not kept or not is_own_name(kept):
        return False
    firms, others = corporate()
    return all(word in firms for word in rest) or (
        len(kept) > 1 and others.isdisjoint(rest) and rest[:1] not in (["of"], ["for"], ["and"])
    )


def may_be_cut(kept: Sequence[str], rest: Sequence[str]) -> bool:
    """Whether an article may call an organisation by the first words of its name, all folded, once
    it has named it in full: as other articles do (`may_leave_out`), or by a word of its own before
    plain words for its trade ("Quarrick" for "Quarrick Marine Insurance").
    """
    firms, others = corporate()
    is_trade = len(kept) == 1 and len(rest) > 1 and rest[-1] in firms and others.isdisjoint(rest)
    plain = lexicon().common
    is_trade = is_trade and kept[0].isalpha() and all(w in firms or w in plain for w in rest)
    return may_leave_out(kept, rest) or (is_trade and is_own_name(kept))


@functools.cache
def corporate() -> tuple[frozenset[str], frozenset[str]]:
    """Return the words of `data/corporate.txt`: those that firms leave out of their names, and
    those that make another body.
    """
    raw = (resources.files(__package__) / "data" / "corporate.txt").read_text(encoding="utf-8")
    found: tuple[set[str], set[str]] = set(), set()
    for line in raw.split("\n"):
        if not line.startswith("#"):
            found[line.startswith(":")].update(line.removeprefix(":").split())
    return frozenset(found[0]), frozenset(found[1])


@functools.cache
def papers() -> frozenset[str]:
    """Return the words by which a paper is called for short ("Times" for "Harwick Times")."""
    return frozenset(word for word, kind in kinds().items() if kind.is_led and kind.label == "ORG")


def _longer(name: str, begun: dict[str, set[str]]) -> set[str]:
    """Return the names that `name` may be cut from."""
    words = words_of(name)
    longer = begun.get(" ".join(words), ())
    is_letters = bool(acronym_of(name))  # a town may have the name "ATI", not the letters
    firms, _ = corporate()
    return {
        long
        for long in longer
        if may_be_cut(words, rest := words_of(long)[len(words) :])
        or (is_letters and long.startswith(f"{name} ") and all(word in firms for word in rest))
    }


def _kinds(name: str, names: Sequence[str]) -> set[str]:
    """Return the names that say whose body `name` is: "Tollmere Port Authority" and "Port Authority
    of Tollmere" for "Port Authority". Not for bodies that a list has, since those are their own,
    nor for parties and courts, which a place has beside the country.
    """
    known, words = lexicon(), words_of(name.removeprefix("The "))
    key = " ".join(words)
    is_kind = len(words) > 1 and words[-1] in known.classes["org_heads"]
    if not is_kind or key in known.phrases or name in types() or words[-1] in _SHARED:
        return set()
    found = set()
    for long in names:
        parts = words_of(long)
        if len(parts) > len(words) and (
            parts[-len(words) :] == words or parts[: len(words) + 1] == [*words, "of"]
        ):
            found.add(long)
    return found


def _clubs(name: str, names: Sequence[str]) -> set[str]:
    """Return the names that are a place and `name` ("Ellery Gulls" for "Gulls"); not where the word
    is one for a kind of body ("Ellery Council").
    """
    known, words = lexicon(), words_of(name)
    is_kind = words[0] in known.classes["org_heads"] or not words[0].endswith("s")
    if len(words) != 1 or (is_kind and name not in edge_words("club_lasts")):
        return set()
    return {
        long
        for long in names
        if (parts := words_of(long))[-1:] == words
        and len(parts) > 1
        and known.phrases.get(" ".join(parts[:-1]), ("",))[0] in ("GPE", "LOC")
    }


def _bracketed(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
) -> dict[str, str]:
    """Return short form → long form where the text puts one in brackets behind the other, with the
    same first letter.
    """
    short: dict[str, str] = {}
    for index in range(1, len(spans)):
        start, end, label = spans[index]
        long = surfaces[index - 1]
        is_bracketed = text[spans[index - 1][1] : start].strip() in ("(", "(the")
        if (
            is_bracketed
            and text[end : end + 1] == ")"
            and label in ("ORG", "MISC")
            and " " in long
            and " " not in surfaces[index]
            and surfaces[index][0].upper() == long[0].upper()
        ):
            short.setdefault(surfaces[index], long)
    return short
