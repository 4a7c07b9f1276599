"""Writes how the wordings of an utterance differ: `meta.wording_pairs`, a row a pair."""

from __future__ import annotations

from collections import defaultdict
from functools import lru_cache
from itertools import combinations

import duckdb

from flows.link.wordings.decide import Speaker, compare_speakers
from flows.link.wordings.difference import Difference, difference
from warehouse.sql import insert_rows

MAX_WORDINGS = 12
"""Wordings of one utterance whose pairs are told."""

MIN_SHARE = 0.3
"""Part of the shorter wording that stands in the other: two sentences of one statement have less,
and are no wordings of each other.
"""

MAX_CHARACTERS = 2_000
"""Characters of the words that differ."""

PRINTED = """
    SELECT utterance_id, article_id, char_start, char_end, text, speaker, entity_id, is_person,
        is_narration
    FROM (
        SELECT q.utterance_id, q.article_id, q.char_start, q.char_end, q.text, q.speaker,
            n.entity_id, n.type = 'PERSON' AS is_person,
               q.kind = 'indirect' AS is_narration, q.linked_at
        FROM meta.link_quotes AS q
        LEFT JOIN meta.entity_names AS n ON n.name_id = q.speaker_name_id
        WHERE q.utterance_id IN (SELECT utterance_id FROM touched_utterances)
        UNION ALL
        SELECT n.utterance_id, n.article_id, n.char_start, n.char_end, substr(a.text, n.char_start
            + 1, n.char_end - n.char_start), NULL, NULL, NULL, true, NULL
        FROM narrations AS n
        JOIN articles AS a ON a.article_id = n.article_id
        WHERE n.utterance_id IN (SELECT utterance_id FROM touched_utterances)
    )
    ORDER BY utterance_id, is_narration, article_id, char_start, char_end
"""


def write_differences(connection: duckdb.DuckDBPyConnection) -> None:
    """Write how the wordings of the touched utterances differ, a row a pair of articles'
    wordings.
    """
    by_utterance: dict[str, list[tuple[object, ...]]] = defaultdict(list)
    for row in connection.execute(PRINTED).fetchall():
        by_utterance[row[0]].append(row)
    rows = []
    for key, printed in by_utterance.items():
        if len(printed) > 1:
            rows += _differences(key, printed)
    connection.execute(
        "DELETE FROM meta.wording_pairs WHERE utterance_id IN (SELECT utterance_id FROM "
        "touched_utterances)"
    )
    insert_rows(connection, "meta.wording_pairs", rows)


def _differences(key: str, printed: list[tuple[object, ...]]) -> list[tuple[object, ...]]:
    rows: list[tuple[object, ...]] = []
    for one, other in combinations(printed[:MAX_WORDINGS], 2):
        if one[1] == other[1]:
            continue
        speakers = compare_speakers(_speaker(one), _speaker(other))
        is_narration = bool(one[8] or other[8])
        found = _compared(str(one[4]), str(other[4]), is_narration, speakers == "different")
        if found.share >= MIN_SHARE or is_narration:
            told = list(found.kinds), found.words[:MAX_CHARACTERS]
            rows.append((key, *one[1:4], *other[1:4], *told, one[4], other[4]))
    return rows


def _speaker(row: tuple[object, ...]) -> Speaker:
    return Speaker(str(row[5]) if row[5] else None, str(row[6]) if row[6] else None, bool(row[7]))


@lru_cache(maxsize=20_000)
def _compared(one: str, other: str, is_narration: bool, is_other: bool) -> Difference:
    """Return how two wordings differ; many articles print the same two."""
    return difference(one, other, is_narration=is_narration, is_other_speaker=is_other)
