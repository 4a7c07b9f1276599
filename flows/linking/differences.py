"""Writes how the wordings of an utterance differ: `meta.wording_pairs`, a row a pair."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from functools import cache
from itertools import combinations

import duckdb

from flows.link.wordings.decide import Speaker, compare_speakers
from flows.link.wordings.difference import difference
from warehouse.sql import insert_rows

MAX_WORDINGS = 12
"""Wordings of one utterance whose pairs are told."""

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
    compared = cached_difference()
    rows: list[tuple[object, ...]] = []
    for one, other in combinations(printed[:MAX_WORDINGS], 2):
        if one[1] == other[1]:
            continue
        speakers = compare_speakers(_speaker(one), _speaker(other))
        found = compared(
            str(one[4]), str(other[4]), bool(one[8] or other[8]), speakers == "different"
        )
        places = (*one[1:4], *other[1:4])
        rows.append((key, *places, list(found[0]), found[1], one[4], other[4]))
    return rows


def _speaker(row: tuple[object, ...]) -> Speaker:
    return Speaker(str(row[5]) if row[5] else None, str(row[6]) if row[6] else None, bool(row[7]))


def cached_difference() -> Callable[[str, str, bool, bool], tuple[tuple[str, ...], str]]:
    """Return a function that names differences and remembers what it has named."""

    @cache
    def compared(
        one: str, other: str, is_narration: bool, is_other: bool
    ) -> tuple[tuple[str, ...], str]:
        found = difference(one, other, is_narration=is_narration, is_other_speaker=is_other)
        return found.kinds, found.words[:2000]

    return compared
