"""Decides copies and stories of the new articles, and writes them.

New articles and those of the stories they may belong to are grouped anew, so that what was joined
too early is parted again; stories that no new article is like are not touched. A story keeps its
key.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations

import duckdb
import numpy as np
import numpy.typing as npt

from flows.link.average_link import Rule, group
from flows.link.components import components
from flows.link.copies.overlap import RULE as COPY_RULE
from flows.link.keys import copy_id, story_id
from flows.link.stories.round_ups import MIN_LIKENESS, is_round_up
from flows.link.stories.rule import RULE as STORY_RULE
from flows.linking.compare import Comparison, compare
from flows.linking.corrections import Corrections, read_corrections
from flows.linking.window import Window, find_candidates, load_articles, read_window
from warehouse.sql import insert_rows

MAX_MEMBERS = 60
"""Newest articles of a story that a new one is compared with: the rest tells no more."""

Edge = tuple[int, int, float]
"""Two things by number, and how likely they are one."""

Link = tuple[str, str, str, str, str, float, str]
"""A row of meta.links without version and run."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What was decided: rows (article_id, story_id, copy_id, whether it has both already), and
    links. `central` is the most central article of each story, `merged` the story that others
    became. `frequency` is in how many of the `window_size` articles words stand, by column
    (window.py).
    """

    rows: list[tuple[str, str | None, str, bool]]
    links: list[Link]
    central: dict[str, str]
    merged: dict[str, str]
    frequency: npt.NDArray[np.float64] | None = None
    window_size: int = 0


def decide_articles(connection: duckdb.DuckDBPyConnection) -> Decided:
    """Return copies and stories of the articles in the temporary table `link_fresh`."""
    window = read_window(connection)
    if not window.is_fresh.any():
        return Decided([], [], {}, {})
    places = find_candidates(window)
    near = compare(window, load_articles(connection, window, places), with_fresh=True)
    active = _active(window, near)
    if window.is_fresh[active].all() and np.array_equal(active, places):
        found = near  # it has all pairs
    else:
        found = compare(window, load_articles(connection, window, active), with_fresh=False)
    of_copies, of_stories = read_corrections(connection, "copy", "story")
    copies = _copies(window, found, of_copies)
    decided = _stories(window, found, copies, of_stories)
    return replace(decided, frequency=window.frequency, window_size=len(window))


def _active(window: Window, near: Comparison) -> npt.NDArray[np.int64]:
    """Return the places of the new articles and of all articles of the stories and copies that one
    of them may belong to.
    """
    overlaps = np.array([near.overlap_of(n).score for n in range(len(near.one))])
    likely = (near.probability >= STORY_RULE.min_mean) | (overlaps >= COPY_RULE.min_mean / 2)
    touched = near.loaded.places[np.concatenate((near.one[likely], near.other[likely]))]
    stories = {window.story_ids[place] for place in touched.tolist()} - {None}
    stories |= set(window.former.values())
    copied = {window.copy_ids[place] for place in touched.tolist()}
    members: dict[str | None, list[int]] = defaultdict(list)
    found = set(np.flatnonzero(window.is_fresh).tolist()) | set(touched.tolist())
    for place, (story, copy) in enumerate(zip(window.story_ids, window.copy_ids, strict=True)):
        if story in stories:
            members[story].append(place)
        elif copy in copied:
            found.add(place)
    for places in members.values():
        found.update(places[-MAX_MEMBERS:])
    return np.array(sorted(found), dtype=np.int64)


def _begun(keys: Sequence[str | None], fresh: npt.NDArray[np.bool_]) -> list[list[int]]:
    """Return the groups that exist, of articles that are not new."""
    found: dict[str, list[int]] = defaultdict(list)
    for number, key in enumerate(keys):
        if key is not None and not fresh[number]:
            found[key].append(number)
    return [members for members in found.values() if len(members) > 1]


def _united(count: int, groups: Iterable[Sequence[int]]) -> list[list[int]]:
    pairs = [(members[0], other) for members in groups for other in members[1:]]
    return [members for members in components(count, pairs) if len(members) > 1]


def _grouped(
    count: int,
    edges: Iterable[Edge],
    begun: list[list[int]],
    apart: list[tuple[int, int]],
    rule: Rule,
) -> list[list[int]]:
    """Group things by components: `edges` with less than the rule's mean can join nothing."""
    weights = {(one, other): weight for one, other, weight in edges}
    strong = [pair for pair, weight in weights.items() if weight >= rule.min_mean]
    chained = [(members[0], other) for members in begun for other in members[1:]]
    owner = {thing: number for number, members in enumerate(begun) for thing in members}
    of_part: dict[int, list[Edge]] = defaultdict(list)
    parts = components(count, [*strong, *chained])
    part_of = {thing: number for number, part in enumerate(parts) for thing in part}
    for (one, other), weight in weights.items():
        if part_of[one] == part_of[other]:
            of_part[part_of[one]].append((one, other, weight))
    found: list[list[int]] = []
    for number, part in enumerate(parts):
        if len(part) == 1:
            found.append(part)
            continue
        place = {thing: n for n, thing in enumerate(part)}
        likeness = np.zeros((len(part), len(part)))
        for one, other, weight in of_part[number]:
            likeness[place[one], place[other]] = likeness[place[other], place[one]] = weight
        own = {owner[thing] for thing in part if thing in owner}
        grouped = group(
            likeness,
            rule,
            [[place[thing] for thing in begun[n]] for n in sorted(own)],
            [(place[a], place[b]) for a, b in apart if a in place and b in place],
        )
        found += [[part[n] for n in members] for members in grouped]
    return found


@dataclass(frozen=True, slots=True)
class _Copies:
    groups: list[list[int]]
    keys: list[str]


def _copies(window: Window, found: Comparison, said: Corrections) -> _Copies:
    places = found.loaded.places
    fresh = window.is_fresh[places]
    keys = [window.copy_ids[place] for place in places]
    ids = [window.article_ids[place] for place in places]
    number = {key: n for n, key in enumerate(ids)}
    edges = []
    for pair in np.flatnonzero(found.shared > 0):
        score = found.overlap_of(int(pair)).score
        if score > 0:
            edges.append((int(found.one[pair]), int(found.other[pair]), score))
    begun = _united(len(ids), [*_begun(keys, fresh), *said.joined(number)])
    groups = _grouped(len(ids), edges, begun, said.apart_pairs(number), COPY_RULE)
    chosen = list(keys)
    for members in groups:
        known = [keys[n] for n in members if not fresh[n]]
        key = known[0] if known else copy_id(ids[members[0]])
        for n in members:
            chosen[n] = key
    return _Copies([members for members in groups if len(members) > 1], chosen)


def _stories(window: Window, found: Comparison, copies: _Copies, said: Corrections) -> Decided:
    places = found.loaded.places
    fresh = window.is_fresh[places]
    ids = [window.article_ids[place] for place in places]
    keys = [window.story_ids[place] for place in places]
    number = {key: n for n, key in enumerate(ids)}
    edges = [
        (int(one), int(other), float(p))
        for one, other, p in zip(found.one, found.other, found.probability, strict=True)
    ]
    apart = said.apart_pairs(number)

    def grouped(without: set[int]) -> list[list[int]]:
        own = [[n for n in group if n not in without] for group in copies.groups]
        begun = _united(len(ids), [*(g for g in own if len(g) > 1), *said.joined(number)])
        kept = [edge for edge in edges if edge[0] not in without and edge[1] not in without]
        return _grouped(len(ids), kept, _without(begun, apart), apart, STORY_RULE)

    round_ups = set(np.flatnonzero(window.is_round_up[places]).tolist())
    doubtful = find_doubtful(edges) - round_ups
    groups = grouped(round_ups | doubtful)
    if doubtful:
        found_round_ups = find_round_ups(groups, edges, doubtful)
        round_ups |= found_round_ups
        groups = grouped(round_ups) if doubtful - found_round_ups else groups
    chosen: list[str | None] = list(keys)
    former = [window.former.get(ids[n]) if fresh[n] else keys[n] for n in range(len(ids))]
    told = [[n for n in members if n not in round_ups] for members in groups]
    loaded = {key for n, key in enumerate(keys) if key and not fresh[n]}
    given = name_groups([members for members in told if members], former, ids)
    merged: dict[str, str] = {}
    central: dict[str, str] = {}
    likeness = _Likeness(found)
    links: list[Link] = []
    for members, own in zip(groups, told, strict=True):
        for n in set(members) - set(own):
            chosen[n] = None
        if not own:
            continue
        key, others = given[own[0]]
        merged |= dict.fromkeys((other for other in others if other in loaded), key)
        for n in own:
            chosen[n] = key
        central[key] = ids[likeness.most_central(own)]
        links += likeness.links(own, ids)
    rows = [
        (
            ids[n],
            chosen[n],
            copies.keys[n],
            not fresh[n] and (chosen[n], copies.keys[n]) == (keys[n], window.copy_ids[places[n]]),
        )
        for n in range(len(ids))
    ]
    return Decided(rows, links, central, merged)


def name_groups(
    groups: list[list[int]], former: Sequence[str | None], ids: Sequence[str]
) -> dict[int, tuple[str, list[str]]]:
    """Return the key of each group, by its first article, and keys that become that one.

    A former key goes to the group that holds most of its articles; of several keys a group takes
    the one that began first. A group without one has a key made from its first article.
    """
    held: dict[str, Counter[int]] = defaultdict(Counter)
    begins: dict[str, int] = {}
    for number, members in enumerate(groups):
        for n in members:
            if key := former[n]:
                held[key][number] += 1
                begins[key] = min(begins.get(key, n), n)
    owned: dict[int, list[str]] = defaultdict(list)
    for key in sorted(held, key=lambda key: (begins[key], key)):
        best = min(held[key].items(), key=lambda item: (-item[1], groups[item[0]][0]))
        owned[best[0]].append(key)
    taken = set(held)
    found: dict[int, tuple[str, list[str]]] = {}
    for number, members in enumerate(groups):
        if keys := owned[number]:
            found[members[0]] = (keys[0], keys[1:])
            continue
        key = story_id(ids[members[0]])
        while key in taken:
            key = story_id(key)
        taken.add(key)
        found[members[0]] = (key, [])
    return found


def _without(begun: list[list[int]], apart: list[tuple[int, int]]) -> list[list[int]]:
    """Return the groups without those that hold a pair that people have told apart."""
    return [
        members
        for members in begun
        if not any(one in members and other in members for one, other in apart)
    ]


def find_doubtful(edges: list[Edge]) -> set[int]:
    """Return the articles that are like several others which are unlike each other: round-ups, or
    reports of one event that others tell in parts.
    """
    likely: dict[int, dict[int, float]] = defaultdict(dict)
    for one, other, p in edges:
        likely[one][other] = likely[other][one] = p
    found = set()
    for n, of_other in likely.items():
        others = sorted(m for m, p in of_other.items() if p >= MIN_LIKENESS)
        pairs = {
            (a, b): likely[others[a]].get(others[b], 0.0)
            for a, b in combinations(range(len(others)), 2)
        }
        if is_round_up([of_other[m] for m in others], pairs):
            found.add(n)
    return found


def find_round_ups(groups: list[list[int]], edges: list[Edge], doubtful: set[int]) -> set[int]:
    """Return those of the doubtful articles that are about several stories which are unlike each
    other. `groups` are the stories without any doubtful article.
    """
    group_of = {n: number for number, members in enumerate(groups) for n in members}
    likely: dict[int, dict[int, float]] = defaultdict(lambda: defaultdict(float))
    between: dict[tuple[int, int], float] = defaultdict(float)
    for one, other, p in edges:
        first, second = group_of[one], group_of[other]
        between[min(first, second), max(first, second)] += p / (
            len(groups[first]) * len(groups[second])
        )
        for n, m in ((one, other), (other, one)):
            if n in doubtful and m not in doubtful:
                likely[n][group_of[m]] = max(likely[n][group_of[m]], p)
    found = set()
    for n, of_group in likely.items():
        others = sorted(of_group)
        pairs = {
            (a, b): between[key]
            for a, b in combinations(range(len(others)), 2)
            if (key := (others[a], others[b])) in between
        }
        if is_round_up([of_group[g] for g in others], pairs):
            found.add(n)
    return found


class _Likeness:
    """The probabilities of pairs, by article."""

    def __init__(self, found: Comparison) -> None:
        self.found = found
        self.pairs: dict[int, dict[int, int]] = defaultdict(dict)
        for pair, (one, other) in enumerate(zip(found.one, found.other, strict=True)):
            self.pairs[int(one)][int(other)] = self.pairs[int(other)][int(one)] = pair

    def of(self, one: int, other: int) -> float:
        pair = self.pairs[one].get(other)
        return 0.0 if pair is None else float(self.found.probability[pair])

    def most_central(self, members: Sequence[int]) -> int:
        """Return the article that is most like the others; the earliest of equal ones."""
        sums = [sum(self.of(n, m) for m in members if m != n) for n in members]
        return members[sums.index(max(sums))]

    def links(self, members: Sequence[int], ids: Sequence[str]) -> list[Link]:
        """Return a link from each article of a story to the one that it is most like."""
        links: list[Link] = []
        for n in members:
            others = [m for m in members if m != n]
            if not others:
                continue
            best = max(others, key=lambda m: (self.of(n, m), -m))
            pair = self.pairs[n].get(best)
            parts = self.found.compared.of(pair) if pair is not None else {}
            score = round(self.of(n, best), 3)
            links.append(("story", ids[n], ids[best], ids[n], ids[best], score, json.dumps(parts)))
        return links


def write_articles(connection: duckdb.DuckDBPyConnection, decided: Decided) -> None:
    """Lay the temporary tables `link_decided` and `link_central` that the SQL files read."""
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_decided "
        "(article_id VARCHAR, story_id VARCHAR, copy_id VARCHAR, is_settled BOOLEAN)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_central (story_id VARCHAR, article_id VARCHAR)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_merged (story_id VARCHAR, into_id VARCHAR)"
    )
    insert_rows(connection, "link_decided", decided.rows)
    insert_rows(connection, "link_central", sorted(decided.central.items()))
    insert_rows(connection, "link_merged", sorted(decided.merged.items()))
