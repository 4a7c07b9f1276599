"""Which checkpoints of a DuckDB file write rows of earlier sessions again."""

from __future__ import annotations

from pathlib import Path

import duckdb

from warehouse.connect import open_writer
from warehouse.row_groups import JOIN_LOADS, join_row_groups

REPLACE = (
    "BEGIN; DELETE FROM t WHERE i IN (0, 60000); INSERT INTO t FROM range(60000, 60100); COMMIT"
)
"""Takes a row of the first session and one of the session before, as a load of articles that are
told anew does.
"""


def pieces(file: Path) -> set[tuple[int, int, int]]:
    """Where the values of the table stand in the file: block, place there, how many."""
    query = "SELECT block_id, block_offset, count FROM pragma_storage_info('t') WHERE block_id >= 0"
    with duckdb.connect(str(file), read_only=True) as connection:
        return set(connection.execute(query).fetchall())


def test_a_load_writes_its_own_rows_and_one_in_many_joins_them(tmp_path: Path) -> None:
    file = tmp_path / "w.duckdb"
    with open_writer(file, 5, print) as connection:
        connection.execute("CREATE TABLE t AS SELECT i FROM range(60000) AS r(i)")
    stood = pieces(file)
    for number in range(1, 4):
        with open_writer(file, 5, print) as connection:
            join_row_groups(connection, number)
            connection.execute(REPLACE)
        fresh = pieces(file) - stood
        assert sum(count for *_, count in fresh) == 100
        assert pieces(file) > stood
        stood = pieces(file)
    with open_writer(file, 5, print) as connection:
        join_row_groups(connection, 2 * JOIN_LOADS)
        connection.execute(REPLACE)
    assert len(pieces(file)) < len(stood)
