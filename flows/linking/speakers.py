"""Finds the entities of those who speak, for quotations of the window."""

from __future__ import annotations

import duckdb

from warehouse.run_sql import run_statements

UNKNOWN = """
    CREATE OR REPLACE TEMP TABLE link_unknown AS
    SELECT DISTINCT q.speaker_name_id AS name_id
    FROM {quotations} AS q
    ANTI JOIN link_speakers AS s ON s.name_id = q.speaker_name_id
    WHERE q.speaker_name_id IS NOT NULL;

    -- needs: link_unknown, else (row_number BIGINT)
    CREATE OR REPLACE TEMP TABLE link_speaker_rows AS
    SELECT n.rowid AS row_number
    FROM meta.entity_names AS n
    WHERE n.key_number IN (SELECT (md5_number_lower(name_id) >> 1)::BIGINT FROM link_unknown);

    -- needs: link_speaker_rows
    INSERT INTO link_speakers
    SELECT n.name_id, n.entity_id, n.type = 'PERSON'
    FROM meta.entity_names AS n JOIN link_speaker_rows AS r ON r.row_number = n.rowid;
"""
"""Keys first, in one narrow scan: a join that keeps quotations without a speaker reads all columns
of all names.
"""


def forget_speakers(connection: duckdb.DuckDBPyConnection) -> None:
    """Make the temporary table `link_speakers`, without rows. What another load of this session
    knew of names may have changed.
    """
    connection.execute(
        "CREATE OR REPLACE TEMP TABLE link_speakers "
        "(name_id VARCHAR, entity_id VARCHAR, is_person BOOLEAN)"
    )


def find_speakers(connection: duckdb.DuckDBPyConnection, quotations: str) -> None:
    """Add the names of those who speak in the temporary table `quotations` to `link_speakers`,
    which `forget_speakers` has made. Names that are there are not sought again.
    """
    run_statements(connection, UNKNOWN.format(quotations=quotations))
