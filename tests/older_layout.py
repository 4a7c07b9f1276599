"""Rows of a warehouse from before names had numbers (migration 18), and what readers see."""

from __future__ import annotations

import duckdb

NUMBERED = "0018_names_by_number"
"""The migration that gives numbers to names."""

ROWS = """
    INSERT INTO meta.entity_names BY NAME
    SELECT unnest(['n1', 'n2']) AS name_id, 'n1' AS entity_id, 'Ann Polk' AS name,
        'PERSON' AS type, [] AS forms, 'polk' AS group_key, [] AS offer_keys, 1 AS article_count,
        ['a'] AS article_ids, name_id AS plain_id;
    INSERT INTO mentions VALUES
        ('a', 'n1', 'n2', 'A. Polk', 30, 37), ('a', 'n1', 'n1', 'Ann Polk', 0, 8);
    INSERT INTO quotes BY NAME
    SELECT unnest(['q1', 'q2']) AS quote_id, 'a' AS article_id, unnest([1, 2]) AS position,
        'Yes' AS text, 'direct' AS kind, unnest(['n1', NULL]) AS speaker_entity_id,
        unnest(['n2', NULL]) AS speaker_name_id, 9 AS char_start, 12 AS char_end;
"""
"""Two names of one entity; a quotation of the second, and one of nobody."""

SEEN = (
    "FROM mentions ORDER BY char_start",
    "SELECT quote_id, position, text, speaker_entity_id, speaker_name_id, char_start "
    "FROM quotes ORDER BY quote_id",
)


def seen(connection: duckdb.DuckDBPyConnection) -> list[list[tuple[object, ...]]]:
    """Return the mentions and quotes that readers see."""
    return [connection.execute(query).fetchall() for query in SEEN]
