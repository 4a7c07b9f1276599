"""The decision: which full names of a group are one entity, and which full name a short name stands
for.

Both depend on the names, their articles and what people have decided, not on the order of arrival.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from itertools import combinations

from flows.annotate.names.person_name import bare, parse
from flows.link.entities.evidence import FAR, NEAR, Evidence
from flows.link.entities.likeness import Likeness, Name, compare

MAX_NAMES = 60
"""Names of a group that are compared: those in most articles. A larger group holds names too common
to identify anybody.
"""

MIN_PROMINENCE = 20
"""How many times the articles of any other a full name must have for a short one to be taken for
it.
"""

Pair = tuple[str, str]
"""The keys of two names, the lesser first."""

Decided = dict[str, tuple[str, str | None]]
"""Key of a name → (key of its entity, why it is not its own: a word, None where it is)."""


def pair(one: str, other: str) -> Pair:
    """Return the two keys in order."""
    return (one, other) if one < other else (other, one)


def ranked(names: Sequence[Name]) -> list[Name]:
    """Return the names in order of prominence: articles, a person before other types, a type that
    says something, key.
    """
    return sorted(
        names, key=lambda n: (-n.article_count, n.type != "PERSON", n.type == "MISC", n.name_id)
    )


def candidates(names: Sequence[Name]) -> dict[Pair, Likeness | None]:
    """Return every pair of the group's foremost names with their likeness, None for those that are
    never one.
    """
    foremost = sorted(ranked(names)[:MAX_NAMES], key=lambda n: n.name_id)
    return {
        (one.name_id, other.name_id): compare(one, other)
        for one, other in combinations(foremost, 2)
    }


def part_generations(
    names: Mapping[str, Name],
    alike: dict[Pair, Likeness | None],
    evidence: Mapping[Pair, Evidence],
) -> None:
    """Take back, in `alike`, the pairs of a junior with a name without "Jr." where some article
    names both a junior and a senior of that given name and surname.
    """
    differing = [
        key
        for key in alike
        if all(names[k].type == "PERSON" for k in key)
        and len({parse(names[k].name).generation for k in key}) > 1
    ]
    told_apart = {
        _plain_name(names[key[0]]) for key in differing if evidence.get(key, Evidence()).is_together
    }
    for key in differing:
        if told_apart & {_plain_name(names[k]) for k in key}:
            alike[key] = None


def _plain_name(name: Name) -> tuple[str, str]:
    who = parse(name.name)
    return who.given, bare(who.surname)


def cluster(
    names: Sequence[Name],
    alike: Mapping[Pair, Likeness | None],
    evidence: Mapping[Pair, Evidence],
    apart: Collection[Pair] = (),
    fixed: Mapping[str, str] | None = None,
) -> Decided:
    """Return the entity of each name of one group; an entity has the key of its foremost name.

    `alike` are the `candidates`, `evidence` is what the articles say of them. `apart` are pairs
    that people have separated, `fixed` are names whose entity people have set.
    """
    given = fixed or {}
    entity_of = {name.name_id: name.name_id for name in names}
    members = {name.name_id: [name.name_id] for name in names}
    why: dict[str, str] = {}

    def never(one: str, other: str) -> bool:
        key = pair(one, other)
        if one in given and other in given:
            return given[one] != given[other]
        return key in apart or (key in alike and alike[key] is None)

    for one, other, reason in _ties(names, alike, evidence, never):
        mine, theirs = sorted((entity_of[one], entity_of[other]))
        if mine == theirs or any(never(a, b) for a in members[mine] for b in members[theirs]):
            continue
        for key in members.pop(theirs):
            entity_of[key] = mine
            members[mine].append(key)
        why.setdefault(one, reason)
        why.setdefault(other, reason)
    foremost = {key: place for place, key in enumerate(name.name_id for name in ranked(names))}
    decided: Decided = {}
    for keys in members.values():
        told = sorted({given[key] for key in keys if key in given})
        leader = told[0] if told else min(keys, key=foremost.__getitem__)
        decided |= {
            key: (
                leader,
                None if key == leader else "alias" if key in given else why.get(key, "alias"),
            )
            for key in keys
        }
    return decided


def _ties(
    names: Sequence[Name],
    alike: Mapping[Pair, Likeness | None],
    evidence: Mapping[Pair, Evidence],
    never: Callable[[str, str], bool],
) -> list[tuple[str, str, str]]:
    """Return the pairs that are one entity, with the reason, the surest first.

    A shorter name joins neither of two fuller names that are never one.
    """
    counts = {name.name_id: name.article_count for name in names}
    told: list[tuple[Pair, Likeness]] = []
    for key, likeness in alike.items():
        if (
            likeness
            and not never(*key)
            and (
                likeness.needed == 0
                or evidence.get(key, Evidence()).agrees(likeness.needed, is_slip=likeness.is_slip)
            )
        ):
            told.append((key, likeness))
    fuller: dict[str, list[str]] = {}
    for (one, other), likeness in told:
        if likeness.is_fuller:
            fuller.setdefault(one, []).append(other)
            fuller.setdefault(other, []).append(one)
    torn = {
        key
        for key, others in fuller.items()
        if any(never(a, b) for a, b in combinations(sorted(others), 2))
    }
    sure = [
        (key, likeness) for key, likeness in told if not (likeness.is_fuller and torn & set(key))
    ]
    sure.sort(key=lambda tie: (tie[1].needed, -min(counts[tie[0][0]], counts[tie[0][1]]), tie[0]))
    return [(one, other, likeness.reason) for (one, other), likeness in sure]


def is_prominent(first_count: int, second_count: int) -> bool:
    """Whether a short name can only mean the first of those it may stand for, by the articles of
    the foremost two (0: there is none).
    """
    return first_count > 0 and first_count >= MIN_PROMINENCE * second_count


def may_attach(reason: str, evidence: Evidence) -> bool:
    """Whether an acronym stands for the one prominent name that offers it: `acronym` where an
    article introduced it, `letters` where they are the first letters of the name.
    """
    return evidence.agrees(NEAR if reason == "acronym" else FAR)
