"""Decides utterances and narrations of the new articles, and writes them."""

from __future__ import annotations

import json
from itertools import combinations

import duckdb

from flows.link.components import components
from flows.link.keys import utterance_id
from flows.link.wordings.alignment import Alignment, Weigh, align, numbers_of
from flows.link.wordings.decide import (
    MIN_WORDS,
    compare_speakers,
    find_agreement,
    is_reported,
)
from flows.link.wordings.group import Pair, group_quotations
from flows.link.wordings.nested import is_from_nested
from flows.linking.articles import Link
from flows.linking.corrections import Corrections, read_corrections
from flows.linking.narrations import Told, find_narrations
from flows.linking.quoted import Quotation, find_pairs, read_quotations
from warehouse.sql import insert_rows

MAX_DAYS = 7
"""Days between two articles of different stories that quote one utterance."""


def decide_quotations(connection: duckdb.DuckDBPyConnection, weigh: Weigh) -> list[Link]:
    """Join the quotations of the articles in `link_fresh`, write utterances and narrations, and
    return the links.
    """
    quotations = read_quotations(connection)
    agreed: dict[Pair, Alignment] = {}
    for one, other, is_near in find_pairs(quotations, weigh):
        found = _compared(quotations[one], quotations[other], weigh, is_near=is_near)
        if found is not None:
            agreed[one, other] = found
    wordings, narrations = read_corrections(connection, "wording", "narration")
    groups, links = _joined(quotations, agreed, wordings)
    apart = _told_apart(quotations, groups, narrations)
    told = find_narrations(connection, quotations, weigh, apart)
    return links + _write(connection, quotations, groups, told)


def _compared(one: Quotation, other: Quotation, weigh: Weigh, *, is_near: bool) -> Alignment | None:
    """Return what two quotations share if they are one utterance."""
    if one.article_id == other.article_id and one.words != other.words:
        return None
    if not is_near and abs(one.day - other.day) > MAX_DAYS:
        return None
    speakers = compare_speakers(one.speaker, other.speaker)
    if not one.is_quoted and not other.is_quoted and (not is_near or speakers != "same"):
        return None
    found = find_agreement(
        (one.text, one.words), (other.text, other.words), speakers, weigh, is_near=is_near
    )
    if found is not None:
        if speakers != "same" and (
            is_from_nested(one.text, other.words, found, weigh)
            or is_from_nested(other.text, one.words, found, weigh)
        ):
            return None
        # reported speech shares phrases with much: it needs more than a quotation does
        return found if (one.is_quoted and other.is_quoted) or found.common >= 5 else None
    if is_near and speakers == "same" and one.is_quoted != other.is_quoted:
        weights = {word: weigh(word) for word in (*one.words, *other.words)}
        if is_reported(one.words, other.words, weights):
            return align(one.words, other.words, weigh)
    return None


def _joined(
    quotations: list[Quotation], agreed: dict[Pair, Alignment], said: Corrections
) -> tuple[list[list[int]], list[Link]]:
    """Return the groups of quotations that are one utterance, and why. What people have said holds
    first.
    """
    number = {q.quote_id: n for n, q in enumerate(quotations)}
    first: dict[str, int] = {}
    there = [
        (first.setdefault(q.utterance_id, n), n)
        for n, q in enumerate(quotations)
        if q.utterance_id and not q.is_fresh
    ]
    told = [(some[0], other) for some in said.joined(number) for other in some[1:]]
    apart = {(min(pair), max(pair)) for pair in said.apart_pairs(number)}
    agreed = {pair: found for pair, found in agreed.items() if pair not in apart}
    begun = [some for some in components(len(quotations), [*there, *told]) if len(some) > 1]
    groups, joins = group_quotations(
        [q.article_id for q in quotations],
        [len(q.words) for q in quotations],
        {pair: found.common_weight for pair, found in agreed.items()},
        begun,
        apart | _of_two_people(quotations, agreed),
    )
    corrected = [
        pair for pair in told if quotations[pair[0]].is_fresh or quotations[pair[1]].is_fresh
    ]
    return groups, [
        *(_link(quotations, pair, None) for pair in corrected),
        *(_link(quotations, pair, agreed[pair]) for pair in joins),
    ]


def _of_two_people(quotations: list[Quotation], agreed: dict[Pair, Alignment]) -> set[Pair]:
    """Return the pairs that quote two people and do not agree: no third quotation joins them."""
    return {
        pair
        for part in components(len(quotations), agreed)
        for pair in combinations(part, 2)
        if pair not in agreed
        and compare_speakers(*(quotations[n].speaker for n in pair)) == "different"
    }


def _told_apart(
    quotations: list[Quotation], groups: list[list[int]], said: Corrections
) -> set[tuple[str, int]]:
    """Return the articles, with each quotation that they do not tell: people said so of one of the
    same utterance.
    """
    group_of = {quotations[n].quote_id: members for members in groups for n in members}
    return {
        (article, n)
        for articles, quotes in said.apart
        for quote in quotes & group_of.keys()
        for n in group_of[quote]
        for article in articles
    }


def _link(quotations: list[Quotation], pair: Pair, found: Alignment | None) -> Link:
    """Return the link from the later to the earlier of two quotations; people made it if nothing
    was `found`.
    """
    one, other = (quotations[n] for n in pair)
    late, early = (one, other) if one.is_fresh and not other.is_fresh else (other, one)
    parts: dict[str, object] = {"corrected": True}
    if found:
        parts = {
            "run": found.run,
            "common": found.common,
            "share": round(found.share, 3),
            "weight": round(found.common_weight, 2),
            "speakers": compare_speakers(one.speaker, other.speaker),
            "is_near": one.story_id is not None and one.story_id == other.story_id,
        }
    score = round(found.share, 3) if found else 1.0
    return (
        "wording",
        late.quote_id,
        early.quote_id,
        late.article_id,
        early.article_id,
        score,
        json.dumps(parts),
    )


def _write(
    connection: duckdb.DuckDBPyConnection,
    quotations: list[Quotation],
    groups: list[list[int]],
    told: list[Told],
) -> list[Link]:
    of_quote: dict[int, str] = {}
    rows, merged = [], []
    for members in groups:
        known = sorted({q.utterance_id for n in members if (q := quotations[n]).utterance_id})
        can_stand = len(members) > 1 or (
            quotations[members[0]].is_quoted and len(quotations[members[0]].words) >= MIN_WORDS
        )
        key = known[0] if known else utterance_id(quotations[members[0]].quote_id)
        merged += [(other, key) for other in known[1:]]
        for n in members:
            if can_stand:
                of_quote[n] = key
                if quotations[n].utterance_id != key:
                    rows.append((quotations[n].quote_id, key))
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_said (quote_id VARCHAR, utterance_id VARCHAR)"
    )
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_said_merged (utterance_id VARCHAR, into_id VARCHAR)"
    )
    connection.execute("CREATE OR REPLACE TEMP TABLE link_told AS FROM narrations LIMIT 0")
    insert_rows(connection, "link_said", rows)
    insert_rows(connection, "link_said_merged", merged)
    kept = [t for t in told if t.quotation in of_quote]
    insert_rows(
        connection,
        "link_told",
        [(t.article_id, t.start, t.end, of_quote[t.quotation]) for t in kept],
    )
    return [
        (
            "narration",
            f"{t.article_id}/{t.start}",
            (q := quotations[t.quotation]).quote_id,
            t.article_id,
            q.article_id,
            t.score,
            json.dumps({"share": t.score, "words": len(numbers_of(t.text))}),
        )
        for t in kept
    ]
