"""What it costs to move the most named entity: `python -m tests.bench.move_entity WAREHOUSE`.

WAREHOUSE is a file of `large_warehouse.py`, or a lake that it was moved into. The entity becomes
one with the next one, stories and utterances follow, and then it goes back. Prints for each way the
rows that hang on the entity, CPU seconds, and bytes that the process wrote.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from time import process_time

import duckdb

from flows.linking.linker import follow_entities
from tests.bench.load_hundred import bytes_of
from tests.bench.words import parser_of, warehouse
from warehouse.clock import set_times
from warehouse.connect import open_writer
from warehouse.load import ENTITIES_STEP
from warehouse.sql import read_folder
from warehouse.transaction import transaction

MOST_NAMED = """
    SELECT entity_id, count(*) FROM mentions GROUP BY entity_id ORDER BY 2 DESC, 1 LIMIT 2
"""

DECIDED = """
    SET VARIABLE run_id = 'bench';
    CREATE OR REPLACE TEMP TABLE touched_names AS
    SELECT name_id, entity_id, group_key, look_key, offer_keys
    FROM meta.entity_names WHERE name_id = getvariable('name');
    CREATE OR REPLACE TEMP TABLE decided_names AS
    SELECT n.rowid AS name_row, n.name_id, getvariable('target') AS entity_id, 'bench' AS reason
    FROM meta.entity_names AS n SEMI JOIN touched_names USING (name_id);
    CREATE OR REPLACE TEMP TABLE current_versions AS SELECT article_id FROM articles LIMIT 0;
    CREATE OR REPLACE TEMP TABLE replaced AS SELECT article_id FROM articles LIMIT 0;
    CREATE OR REPLACE TEMP TABLE fresh_names AS SELECT name_id FROM meta.entity_names LIMIT 0;
"""


@contextmanager
def measured(what: str) -> Iterator[None]:
    """Print CPU seconds, and megabytes written, of what is done meanwhile."""
    start, written = process_time(), bytes_of("wchar")
    yield
    spent, wrote = process_time() - start, (bytes_of("wchar") - written) / 1e6
    print(f"{what:28}{spent:8.2f} s{wrote:10.1f} MB written", flush=True)


def move(connection: duckdb.DuckDBPyConnection, name: str, into: str) -> None:
    """Give a name to an entity, in one transaction, as the loader does."""
    entities = next(f.text for f in read_folder("merges") if f.name == ENTITIES_STEP)
    connection.execute("SET VARIABLE name = ?", [name])
    connection.execute("SET VARIABLE target = ?", [into])
    set_times(connection, datetime.now(UTC))
    with transaction(connection):
        connection.execute(DECIDED)
        with measured("  names and entities"):
            connection.execute(entities)
        with measured("  stories, utterances"):
            follow_entities(connection)


def main(words: Sequence[str]) -> None:
    """Measure and print."""
    parser = parser_of(__doc__)
    parser.add_argument("warehouse", type=warehouse, metavar="WAREHOUSE")
    asked = parser.parse_args(words)
    with open_writer(asked.warehouse, 5, print) as connection:
        (one, count), (other, _) = connection.execute(MOST_NAMED).fetchall()
        said = "SELECT count(*) FROM quotes WHERE speaker_entity_id = ?"
        print(f"{count:,} mentions, {connection.execute(said, [one]).fetchall()[0][0]:,} quotes")
        for way, into in (("there", other), ("and back", one)):
            with measured(way):
                move(connection, one, into)
            assert connection.execute(said, [one]).fetchall()[0][0] == 0 or into == one
        with measured("checkpoint"):
            connection.execute("CHECKPOINT")


if __name__ == "__main__":
    main(sys.argv[1:])
