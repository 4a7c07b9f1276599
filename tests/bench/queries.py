"""What an analyst's questions cost in two homes: `python -m tests.bench.queries WAREHOUSE...`.

Each WAREHOUSE is a file of `large_warehouse.py` or a lake that it was moved into. Prints for each
question the CPU seconds, and the megabytes read, of the least of three runs in each home; the
session stays open, as a shell's does.
"""

from __future__ import annotations

import sys
from contextlib import ExitStack
from time import process_time

import duckdb

from tests.bench.load_hundred import bytes_of
from tests.bench.words import parser_of, warehouse
from warehouse.connect import open_reader

QUESTIONS = {
    "Articles of a day by outlet": """
        SELECT site, count(*) FROM articles
        WHERE published_at >= (SELECT max(published_at) - INTERVAL 1 DAY FROM articles)
        GROUP BY site ORDER BY 2 DESC""",
    "Titles of one outlet, one day": """
        SELECT title FROM articles WHERE source_id = 'source-07.example'
        AND published_at >= (SELECT max(published_at) - INTERVAL 1 DAY FROM articles)""",
    "One article by its address": """
        SELECT title, text FROM articles
        WHERE url = (SELECT max(url) FROM (SELECT url FROM articles LIMIT 1000))""",
    "What one person said": """
        SELECT q.text FROM quotes AS q JOIN entities AS e ON e.entity_id = q.speaker_entity_id
        WHERE e.name = 'Person 77'""",
    "A person's mentions by day": """
        SELECT a.published_on, count(*) FROM mentions AS m JOIN articles AS a USING (article_id)
        WHERE m.entity_id = (SELECT entity_id FROM entities WHERE name = 'Person 77')
        GROUP BY ALL ORDER BY 1""",
    "Most named of all": """
        SELECT e.name, count(DISTINCT m.article_id) FROM mentions AS m
        JOIN entities AS e ON e.entity_id = m.entity_id
        GROUP BY e.name ORDER BY 2 DESC LIMIT 20""",
    "Most quoted of all": """
        SELECT speaker, count(*) FROM quotes WHERE speaker_entity_id IS NOT NULL
        GROUP BY speaker ORDER BY 2 DESC LIMIT 20""",
    "Biggest stories of a week": """
        SELECT title, article_count FROM stories
        WHERE last_article_at >= (SELECT max(last_article_at) - INTERVAL 7 DAY FROM stories)
        ORDER BY 2 DESC, 1 LIMIT 20""",
    "A word in the texts of a week": """
        SELECT count(*) FROM articles
        WHERE published_at >= (SELECT max(published_at) - INTERVAL 7 DAY FROM articles)
        AND contains(text, 'baquil')""",
    "Ten rows of quotes": "SELECT * FROM quotes LIMIT 10",
}


def cost(connection: duckdb.DuckDBPyConnection, query: str) -> tuple[float, float]:
    """Return the CPU seconds of the quickest of three runs, and the megabytes that the first one
    read.
    """
    runs = []
    for _ in range(3):
        start, before = process_time(), bytes_of("rchar")
        connection.execute(query).fetchall()
        runs.append((process_time() - start, (bytes_of("rchar") - before) / 1e6))
    return min(runs)[0], runs[0][1]


def main(words: list[str]) -> None:
    """Measure and print."""
    parser = parser_of(__doc__)
    parser.add_argument("warehouses", nargs="+", type=warehouse, metavar="WAREHOUSE")
    with ExitStack() as stack:
        homes = [
            stack.enter_context(open_reader(one)) for one in parser.parse_args(words).warehouses
        ]
        for name, query in QUESTIONS.items():
            costs = [cost(home, query) for home in homes]
            shown = "".join(f"{seconds:9.3f} s{read:9.1f} MB" for seconds, read in costs)
            print(f"{name:32}{shown}", flush=True)


if __name__ == "__main__":
    main(sys.argv[1:])
