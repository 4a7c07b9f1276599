"""Writes how the wordings of an utterance differ: `meta.wording_pairs`, a row a pair."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations
from typing import NamedTuple

import duckdb

from flows.link.wordings.decide import Speaker, compare_speakers
from flows.link.wordings.difference import Difference, difference
from flows.linking.speakers import find_speakers
from flows.linking.texts import read_texts
from warehouse.sql import insert_rows

MAX_WORDINGS = 12
"""Wordings of one utterance whose pairs are told."""

MIN_SHARE = 0.3
"""Part of the shorter wording that stands in the other: two sentences of one statement have less,
and are no wordings of each other.
"""

MAX_CHARACTERS = 2_000
"""Characters of the words that differ."""

SAID_ROWS = """
    CREATE OR REPLACE TEMP TABLE link_wordings AS
    SELECT q.* FROM meta.link_quotes AS q JOIN touched_prints AS r ON r.row_number = q.rowid;
"""
"""Quotations of the touched utterances, which `50_utterances.sql` has found. A table, so that
DuckDB knows how few they are.
"""

SAID = """
    SELECT q.utterance_id, q.article_id, q.seen_on::VARCHAR, q.char_start, q.char_end, q.text,
        q.kind = 'indirect', q.speaker, n.entity_id, n.is_person
    FROM link_wordings AS q
    LEFT JOIN link_speakers AS n ON n.name_id = q.speaker_name_id
"""

TOLD = """
    SELECT utterance_id, article_id, char_start, char_end FROM narrations
    WHERE utterance_id IN (SELECT utterance_id FROM touched_utterances)
"""

TOLD_ON = """
    SELECT a.article_id, a.first_seen_at::DATE::VARCHAR
    FROM articles AS a JOIN link_wanted_rows AS r ON r.row_number = a.rowid
"""
"""Days of the articles whose texts were read last."""


class _Wording(NamedTuple):
    """Words that an article quotes, or tells as its own; wordings sort as they are compared.
    `seen_on` is the day on which the article was first fetched.
    """

    is_narration: bool
    article_id: str
    start: int
    end: int
    text: str
    speaker: Speaker
    seen_on: str


def write_differences(connection: duckdb.DuckDBPyConnection) -> None:
    """Write how the wordings of the touched utterances differ, a row a pair of articles'
    wordings.
    """
    rows: list[tuple[object, ...]] = []
    for key, printed in sorted(_read_wordings(connection).items()):
        rows += _differences(key, sorted(printed, key=lambda wording: wording[:4]))
    connection.execute(
        "DELETE FROM meta.wording_pairs WHERE seen_on >= "
        "coalesce(getvariable('said_since')::TIMESTAMPTZ, '-infinity')::DATE "
        "AND utterance_id IN (SELECT utterance_id FROM touched_utterances)"
    )
    insert_rows(connection, "meta.wording_pairs", rows)


def _read_wordings(connection: duckdb.DuckDBPyConnection) -> dict[str, list[_Wording]]:
    """Return the wordings of the touched utterances, by utterance."""
    found: dict[str, list[_Wording]] = defaultdict(list)
    connection.execute(SAID_ROWS)
    find_speakers(connection, "link_wordings")
    for key, article, day, start, end, text, is_indirect, *said_by in connection.execute(
        SAID
    ).fetchall():
        name, entity, is_person = said_by
        speaker = Speaker(name or None, entity or None, bool(is_person))
        found[key].append(_Wording(is_indirect, article, start, end, text, speaker, day))
    told = connection.execute(TOLD).fetchall()
    texts = read_texts(connection, {article for _, article, *_ in told})
    days = dict(connection.execute(TOLD_ON).fetchall()) if texts else {}
    nobody = Speaker(None, None, False)
    for key, article, start, end in told:
        if article in texts:  # else the check `orphans` finds the narration
            text = texts[article][start:end]
            found[key].append(_Wording(True, article, start, end, text, nobody, days[article]))
    return found


def _differences(key: str, printed: list[_Wording]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for one, other in combinations(printed[:MAX_WORDINGS], 2):
        if one.article_id == other.article_id:
            continue
        is_other = compare_speakers(one.speaker, other.speaker) == "different"
        is_narration = one.is_narration or other.is_narration
        found = _compared(one.text, other.text, is_narration, is_other)
        if found.share >= MIN_SHARE or is_narration:
            places = one.article_id, one.start, one.end, other.article_id, other.start, other.end
            told = list(found.kinds), found.words[:MAX_CHARACTERS]
            seen_on = max(one.seen_on, other.seen_on)
            rows.append((key, *places, *told, one.text, other.text, seen_on))
    return rows


@lru_cache(maxsize=20_000)
def _compared(one: str, other: str, is_narration: bool, is_other: bool) -> Difference:
    """Return how two wordings differ; many articles print the same two."""
    return difference(one, other, is_narration=is_narration, is_other_speaker=is_other)
