"""Loading the same pages reads as many texts in a large warehouse as in a small one.

Counted are rows, not seconds: each scan that reads a column `text` of a stored table, with the rows
that it passes on. A scan of keys grows with the warehouse: how many of them a load makes is counted
too.
"""

from __future__ import annotations

import json
import shutil
from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pytest

from flows.linking.differences import write_differences
from flows.linking.linker import Linker
from flows.linking.speakers import forget_speakers
from flows.linking.window import read_window
from flows.resolution.resolver import Resolver
from flows.steps import ingest as steps
from flows.steps.run import Run
from flows.steps.second_look import refuse_pages
from tests.bench.large_warehouse import build
from tests.flow.pages import PARAGRAPHS, html_page, process_here, request
from warehouse.connect import open_writer
from warehouse.load import RunFacts, load_run
from warehouse.stage import view_staged

SIZES = (2_100, 4_200)
"""More than the 2,048 rows that DuckDB reads at once."""
WIDE, BEGUN = 1_000, 2 * 2_048
"""Rows that a scan of a whole table passes on, of 4,200 articles, and that two threads have read
when a scan for nothing ends: both are more in a scan that costs what the table is large.
"""

MOST_WIDE = {
    "main.articles": 3,
    "main.article_versions": 1,
    "main.entities": 1,
    "main.stories": 0,
    "main.utterances": 1,
    "meta.article_facts": 2,
    "meta.boilerplate_rows": 0,
    "meta.entity_names": 3,
    "meta.links": 2,  # one for the runs that have links, a short word that repeats
    "meta.mention_rows": 1,
    "meta.pages": 2,
    "meta.quote_rows": 0,
    "meta.urls": 0,
    "meta.wording_pairs": 0,
}
"""How many scans of a load may pass on a whole table: each one that is added makes a load dearer
the more articles there are. Tables that hold a fixed number of days are not counted."""

PROFILED = dict.fromkeys(
    ("OPERATOR_TYPE", "OPERATOR_CARDINALITY", "OPERATOR_ROWS_SCANNED", "EXTRA_INFO"), "true"
)


class Profiled:
    """A connection that counts the rows with texts that its statements read."""

    def __init__(self, inner: duckdb.DuckDBPyConnection) -> None:
        self.inner, self.rows, self.wide = inner, 0, Counter[str]()
        inner.execute("SET threads = 2; PRAGMA enable_profiling='no_output'")
        inner.execute(f"SET custom_profiling_settings = '{json.dumps(PROFILED)}'")

    def execute(self, text: str, *more: Any) -> Any:
        for statement in self.inner.extract_statements(text) if not more else [text]:
            found = self.inner.execute(statement, *more)
            profile = json.loads(self.inner.get_profiling_information(format="json"))
            self.wide.update(
                scan["extra_info"].get("Table", "").partition(".")[2]
                for scan in scans(profile)
                if scan["operator_cardinality"] > WIDE
                and scan["operator_rows_scanned"] > BEGUN
                and not is_bounded(scan)
            )
            self.rows += sum(
                int(scan["operator_cardinality"])
                for scan in scans(profile)
                if "text" in columns(scan) and "READ_PARQUET" not in scan["operator_type"]
            )
        return found

    def __getattr__(self, name: str) -> Any:
        return getattr(self.inner, name)


def columns(scan: dict[str, Any]) -> list[str]:
    """The columns that a scan reads."""
    found = scan["extra_info"].get("Projections", [])
    return [found] if isinstance(found, str) else list(found)


def is_bounded(scan: dict[str, Any]) -> bool:
    """Whether a scan seeks rows by number or from a time on: in a table that is large it skips the
    others, but these are smaller than one group of rows.
    """
    info = scan["extra_info"]
    found = " ".join(str(info.get(name, "")) for name in ("Filters", "Dynamic Filters"))
    return any(name in found for name in ("rowid", "article_number", "first_seen_at", "told_on"))


def scans(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Every scan of a table in a profile."""
    if node.get("operator_type") == "TABLE_SCAN":
        yield node
    for child in node.get("children", ()):
        yield from scans(child)


@pytest.fixture(scope="module")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Run:
    """A run whose two pages are processed and not loaded."""
    folder = tmp_path_factory.mktemp("staged")
    for n in range(2):
        page = html_page(
            f"Port Ellery, part {n}", PARAGRAPHS[n:], f"https://source-0{n}.example/new"
        )
        (folder / f"{n}.html").write_text(page, encoding="utf-8")
    with steps.begin(request(folder, *sorted(folder.glob("*.html")))) as run:
        steps.remember(run)
        for batch in steps.prepare(run):
            process_here(batch, run.stage)
        return run


def profiled_load(staged: Run, warehouse: Path, link: Linker | None = None) -> Profiled:
    """Load the run; return what this read."""
    context = staged.context
    facts = RunFacts(context.run_id, "ingest", datetime.now(UTC), context.extractor_version, 2)
    with open_writer(warehouse, 5, print) as connection:
        profiled = Profiled(connection)
        as_connection: Any = profiled
        load_run(as_connection, staged.stage, facts, Resolver(), link, refuse_pages)
        return profiled


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A warehouse of each size."""
    folder = tmp_path_factory.mktemp("built")
    files = [folder / f"{size}.duckdb" for size in SIZES]
    for file, size in zip(files, SIZES, strict=True):
        build(file, size)
    return files


def test_wordings_of_the_last_days_read_as_many_texts_in_a_large_warehouse(
    built: list[Path],
) -> None:
    read = []
    for file in built:
        with duckdb.connect(str(file)) as connection:
            connection.execute(
                "BEGIN; DELETE FROM meta.link_quotes; CREATE TEMP TABLE touched_utterances AS "
                "SELECT utterance_id FROM narrations ORDER BY rowid DESC LIMIT 80; "
                "CREATE TEMP TABLE touched_prints (row_number BIGINT)"
            )
            forget_speakers(connection)
            profiled: Any = Profiled(connection)
            write_differences(profiled)
            connection.execute("ROLLBACK")
            read.append(int(profiled.rows))
    small, large = read
    assert small > 0
    assert large <= 1.3 * small


def give_key_of(staged: Run, warehouse: Path) -> None:
    """Give an article of the warehouse the key of one that is staged: it is told anew."""
    with duckdb.connect(str(warehouse)) as connection:
        view_staged(connection, staged.stage)
        tables = connection.execute(
            "SELECT schema_name || '.' || table_name FROM duckdb_columns() JOIN duckdb_tables() "
            "USING (schema_name, table_name) WHERE column_name = 'article_id' AND NOT temporary"
        ).fetchall()
        connection.execute(
            "CREATE TEMP TABLE key AS SELECT (SELECT article_id FROM articles WHERE rowid = 2500) "
            "AS former, (SELECT min(article_id) FROM staged_articles) AS fresh"
        )
        for (table,) in tables:
            connection.execute(
                f"UPDATE {table} SET article_id = fresh FROM key WHERE article_id = former"
            )
        connection.execute(
            "UPDATE meta.article_facts SET key_number = (md5_number_lower(article_id) >> 1)::BIGINT"
        )


def test_a_load_reads_few_tables_as_a_whole(built: list[Path], staged: Run, tmp_path: Path) -> None:
    copy = Path(shutil.copyfile(built[-1], tmp_path / "w.duckdb"))
    give_key_of(staged, copy)
    wide = profiled_load(staged, copy, Linker()).wide
    assert {table: wide[table] for table, most in MOST_WIDE.items() if wide[table] > most} == {}


def test_a_load_reads_as_many_texts_in_a_large_warehouse(built: list[Path], staged: Run) -> None:
    small, large = (profiled_load(staged, file).rows for file in built)
    assert small > 0
    assert large <= 1.3 * small


def test_the_window_keeps_few_of_the_words_that_it_counts(built: list[Path]) -> None:
    with duckdb.connect(str(built[-1])) as connection:
        connection.execute(
            "CREATE TEMP TABLE link_fresh AS SELECT article_id, NULL AS former_story_id "
            "FROM meta.link_articles ORDER BY rowid DESC LIMIT 2"
        )
        window = read_window(connection)
    assert len(window) > 1_000
    assert window.frequency.sum() > 100 * len(window)
    assert len(window.rare) < window.frequency.sum() / 100
