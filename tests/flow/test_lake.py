"""A warehouse in a DuckLake, through the commands and in several processes."""

from __future__ import annotations

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import timedelta
from pathlib import Path

import duckdb
import pytest

from flows.steps.request import Request
from tests import older_layout
from tests.conftest import Call
from tests.flow.pages import PARAGRAPHS, ask, contents, file_of, html_page, ingest, request
from tests.flow.postgres import Postgres
from tests.homes import lake_in
from warehouse import count_views
from warehouse.connect import (
    LakeAddress,
    WarehouseAddress,
    home_of,
    open_reader,
    open_writer,
    run_lock,
)
from warehouse.count_views import COUNTED, update_counts
from warehouse.errors import (
    QueryError,
    WarehouseBusyError,
    WarehouseConflictError,
    WarehouseError,
    WarehouseLockLostError,
)
from warehouse.extensions import load_extension
from warehouse.homes import parquet
from warehouse.homes.address import read_address
from warehouse.homes.lake import LakeHome
from warehouse.homes.row_numbers import PASSING, number_anew
from warehouse.homes.upkeep import keep_up
from warehouse.load import RunFacts, check_ledger
from warehouse.migrate import migrate, steps
from warehouse.move import move
from warehouse.safe_reader import ask as ask_safely
from warehouse.safe_reader import open_safe_reader
from warehouse.sql import read_folder
from warehouse.transaction import transaction


@dataclass(frozen=True)
class Homes:
    """Two runs over the same pages, in a DuckDB file and in lakes."""

    in_file: Path
    in_lake: LakeAddress
    """Its catalog is a file. The first run was moved into it."""

    in_postgres: LakeAddress
    """The same, with its catalog in PostgreSQL; another program wrote into the second run."""

    conflicts: list[str]
    """What the commits said that failed for it."""


FIRST_LAYOUT = 16
"""The layout of the first newsduck that made lakes."""


@pytest.fixture(scope="module")
def homes(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Homes]:
    folder = tmp_path_factory.mktemp("lake")
    asked = request(folder, folder / "quay.html", folder / "ships.html", raw_store=folder / "raw")
    in_lake = LakeAddress(str(folder / "w.ducklake"))
    in_postgres = LakeAddress(f"postgres:{postgres.database()}", str(folder / "data"))
    made = Homes(file_of(asked), in_lake, in_postgres, [])
    write_pages(folder, "The council of Port Ellery voted on Tuesday to widen it.", 1_700_000_000)
    ingest(asked)
    for lake in (in_lake, in_postgres):
        move(made.in_file, lake, 5, print)
    write_pages(folder, "The council of Port Ellery voted on Wednesday to widen it.", 1_700_000_600)
    with pytest.MonkeyPatch.context() as here:
        here.chdir(folder)  # the run folders of a lake in PostgreSQL
        for home in (made.in_file, in_lake):
            ingest(replace(asked, warehouse=home))
        made.conflicts.extend(ingest_beside_another_writer(replace(asked, warehouse=in_postgres)))
        yield made


def ingest_beside_another_writer(asked: Request) -> list[str]:
    """Ingest while another DuckDB client writes the lake, the first time that rows are loaded;
    return what the commits that failed said.
    """
    said = list[str]()

    def check_beside(connection: duckdb.DuckDBPyConnection, facts: RunFacts) -> None:
        if not said:
            with client_of(asked.warehouse) as client:
                client.execute("UPDATE news.main.entities SET name = name")
        check_ledger(connection, facts)

    @contextmanager
    def told(connection: duckdb.DuckDBPyConnection) -> Iterator[None]:
        try:
            with transaction(connection):
                yield
        except WarehouseConflictError as error:
            said.append(str(error))
            raise

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr("warehouse.load.check_ledger", check_beside)
        patched.setattr("warehouse.load.transaction", told)
        ingest(asked)
    return said


@contextmanager
def client_of(lake: WarehouseAddress, options: str = "") -> Iterator[duckdb.DuckDBPyConnection]:
    """A DuckDB client that knows nothing of newsduck; the lake is its database `news`."""
    with duckdb.connect() as client:
        for name in ("ducklake", "postgres_scanner"):
            load_extension(client, name)
        client.execute(f"ATTACH '{lake}' AS news {options}")
        yield client


@pytest.fixture(scope="module", params=["in_lake", "in_postgres"])
def lake(request: pytest.FixtureRequest, homes: Homes) -> LakeAddress:
    """A lake whose catalog is a file, and one whose catalog is in PostgreSQL."""
    address: LakeAddress = getattr(homes, request.param)
    return address


def write_pages(folder: Path, first: str, moment: int) -> None:
    for name, paragraphs in (("quay", [first, *PARAGRAPHS]), ("ships", PARAGRAPHS[1:])):
        url = f"https://tide.example/{name}"
        page = folder / f"{name}.html"
        page.write_text(html_page(f"{name.title()} of Port Ellery", paragraphs, url), "utf-8")
        os.utime(page, (moment, moment))


def test_a_lake_holds_the_rows_that_a_file_holds(lake: LakeAddress, homes: Homes) -> None:
    assert contents(lake) == contents(homes.in_file)


def test_a_run_that_met_another_writer_is_loaded_again(homes: Homes) -> None:
    (said,) = homes.conflicts
    assert "another program wrote the warehouse at the same time, nothing was changed" in said


def test_commands_read_a_lake(homes: Homes, call: Call) -> None:
    place = ["--warehouse", str(homes.in_lake)]
    code, said, _ = call("sql", "SELECT title FROM articles ORDER BY 1", "--format", "json", *place)
    assert (code, json.loads(said)[0]) == (0, {"title": "Quay of Port Ellery"})
    shown = call("status", *place)[1]
    for said in ("articles", "last runs", "no open incidents"):
        assert said in shown
    assert call("check", *place)[0] == 0
    assert call("report", "-o", "report.html", *place)[0] == 0
    assert "Ships of Port Ellery" in call("search", "breakwaters", *place)[1]
    assert call("export", "out", *place)[0] == 0
    exported = json.loads(Path("out/manifest.json").read_text("utf-8"))["tables"]
    undescribed = [
        (table["name"], column["name"])
        for table in exported
        for column in table["columns"]
        if not column["comment"]
    ]
    assert (len(exported) > 8, undescribed) == (True, [])


def test_every_view_answers_on_a_lake_as_on_a_file(lake: LakeAddress, homes: Homes) -> None:
    views = [view.name for view in read_folder("views")]
    queries = {name: f"SELECT * FROM {name} ORDER BY ALL" for name in views}
    found = contents(lake, queries)
    assert {name for name in views if found[name]} >= {"top_speakers", "entity_daily", "wordings"}
    assert found == contents(homes.in_file, queries)


def test_a_lake_of_an_older_newsduck_is_named_and_gets_the_present_layout(
    tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its migrations run on tables in a lake; the first of them that did is FIRST_LAYOUT + 1."""
    older, new = LakeAddress(str(tmp_path / "older.ducklake")), lake_in(tmp_path)
    layout = "SELECT table_name, column_name, data_type, comment FROM duckdb_columns() ORDER BY ALL"
    with monkeypatch.context() as earlier:
        first = steps()[:FIRST_LAYOUT]
        earlier.setattr("warehouse.migrate.steps", lambda: first)
        earlier.setattr("warehouse.migrate.read_folder", lambda _: ())
        for module in ("warehouse.migrate", "warehouse.homes.lake"):
            earlier.setattr(f"{module}.describe", lambda _: None)
        with open_writer(older, 5, print) as writer:
            writer.execute("INSERT INTO meta.search_documents VALUES ('a', 'p', 'none')")
            writer.execute(older_layout.ROWS)
            before = older_layout.seen(writer)
    code, _, said = call("incidents", "list", "-w", str(older))
    assert (code, f"layout {FIRST_LAYOUT}, older than the {steps()[-1][0]}" in said) == (2, True)
    with open_writer(older, 5, print) as writer, open_writer(new, 5, print) as other:
        assert migrate(writer) == len(steps()) - FIRST_LAYOUT
        assert writer.execute(layout).fetchall() == other.execute(layout).fetchall()
        assert writer.execute("FROM meta.search_documents").fetchall() == [("a", "p", "none")]
        assert older_layout.seen(writer) == before


def test_sql_that_is_passed_in_only_reads_the_lake(lake: LakeAddress) -> None:
    with open_safe_reader(lake) as connection:
        assert ask_safely(connection, "SELECT count(*) FROM articles")[1] == [(2,)]
        for query in (
            "DELETE FROM articles",
            "SELECT * FROM read_text('/etc/hostname')",
            "FROM query('FROM post' || 'gres_scan(1)')",
            "FROM ducklake_cleanup_old_files('lake', cleanup_all => true)",
            "FROM ducklake_expire_snapshots('lake', older_than => now())",
        ):
            with pytest.raises(QueryError, match="refused"):
                ask_safely(connection, query)


def test_any_client_attaches_the_lake_read_only(lake: LakeAddress) -> None:
    with client_of(lake, "(READ_ONLY)") as client:
        assert client.execute("SELECT count(*) FROM news.main.articles").fetchall() == [(2,)]


@pytest.fixture(scope="module")
def other_lake(postgres: Postgres, tmp_path_factory: pytest.TempPathFactory) -> LakeAddress:
    """A lake in PostgreSQL that holds nothing yet."""
    folder = tmp_path_factory.mktemp("other")
    return LakeAddress(f"postgres:{postgres.database()}", str(folder / "data"))


def test_readers_of_a_lake_see_whole_commits_and_wait_for_nobody(other_lake: LakeAddress) -> None:
    key = "SELECT count(*) FROM meta.search_documents WHERE article_id = 'a'"
    with open_writer(other_lake, 5, print) as writer:
        writer.execute("BEGIN; INSERT INTO meta.search_documents VALUES ('a', 'p', 'none')")
        assert ask(other_lake, key) == [(0,)]
        writer.execute("COMMIT")
        assert ask(other_lake, key) == [(1,)]


def test_sql_that_is_passed_in_reaches_no_other_database(other_lake: LakeAddress) -> None:
    with open_writer(other_lake, 5, print):
        pass
    with (
        open_safe_reader(other_lake) as connection,
        pytest.raises(QueryError, match="postgres_query is refused"),
    ):
        ask_safely(connection, """FROM "postgres_query" /* so */ ('lake', 'SELECT 1')""")


def test_a_reader_of_a_lake_in_files_stops_no_writer(tmp_path: Path) -> None:
    lake = LakeAddress(str(tmp_path / "w.ducklake"))
    with open_writer(lake, 5, print):
        pass
    with open_reader(lake) as reader, open_writer(lake, 0, print) as writer:
        writer.execute("INSERT INTO meta.search_documents VALUES ('a', 'p', 'none')")
        assert reader.execute("SELECT count(*) FROM meta.search_documents").fetchall() == [(0,)]


def test_a_reader_of_a_lake_in_files_waits_for_its_writer(tmp_path: Path) -> None:
    lake, said = LakeAddress(str(tmp_path / "w.ducklake")), list[str]()
    with open_writer(lake, 5, print):
        pass
    script = [sys.executable, "-c", LOCKER, lake.catalog]
    with subprocess.Popen(script, stdout=subprocess.PIPE) as writer:
        assert writer.stdout is not None
        writer.stdout.readline()

        def end_writer(line: str) -> None:
            said.append(line)
            writer.kill()

        with (
            pytest.raises(WarehouseBusyError, match="is being written, after 0 s"),
            open_reader(lake, say=said.append),
        ):
            pass
        assert said == [], "nobody waits where no time is given"
        with open_reader(lake, timeout=60, say=end_writer) as reader:
            assert reader.execute("SELECT count(*) FROM articles").fetchall() == [(0,)]
    assert said == [f"{lake.catalog} is being written; waiting up to 60 s"]


LOCKER = """
import fcntl, sys, time
file = open(sys.argv[1], "r+b")
fcntl.lockf(file, fcntl.LOCK_EX)
print("held", flush=True)
time.sleep(600)
"""


def test_one_run_at_a_time_and_its_holder_is_told(postgres: Postgres, tmp_path: Path) -> None:
    """The lock is free as soon as its holder is dead."""
    address = f"ducklake:postgres:{postgres.database()}"
    lake, said = read_address(address), list[str]()
    script = [sys.executable, "-c", HOLDER, address]
    with subprocess.Popen(script, stdout=subprocess.PIPE) as holder:
        assert holder.stdout is not None
        holder.stdout.readline()
        with (
            pytest.raises(WarehouseBusyError, match=f"process {holder.pid}"),
            run_lock(lake, 0, said.append),
        ):
            pass
        assert re.search(rf"held by newsduck on [\w.-]+, process {holder.pid}, since 20", said[0])
        holder.kill()
        with run_lock(lake, 60, said.append):
            pass


HOLDER = """
import sys, time
from warehouse.connect import run_lock
from warehouse.homes.address import read_address
with run_lock(read_address(sys.argv[1]), 5, print):
    print("held", flush=True)
    time.sleep(600)
"""


def test_rows_of_two_transactions_have_numbers_of_their_own(tmp_path: Path) -> None:
    """DuckLake keeps the passing numbers of rows that are inserted and updated in one transaction,
    where they are too many for the catalog itself.
    """
    with open_writer(lake_in(tmp_path), 5, print) as connection:
        connection.execute("CREATE TABLE meta.rows (run BIGINT, story VARCHAR)")
        for run in range(2):
            with transaction(connection):
                connection.execute("INSERT INTO meta.rows SELECT ?, NULL FROM range(20)", [run])
                connection.execute("UPDATE meta.rows SET story = 's' WHERE run = ?", [run])
                number_anew(connection, "meta.rows")
        assert connection.execute(
            f"SELECT count(*), count(story), count(DISTINCT rowid), max(rowid) < {PASSING} "
            "FROM meta.rows"
        ).fetchall() == [(40, 40, 40, True)]


TERMINATE = """
    SELECT pg_terminate_backend(pid) FROM pg_locks
    WHERE locktype = 'advisory' AND database = (
        SELECT oid FROM pg_database WHERE datname = current_database())
"""


@pytest.mark.parametrize("what", ["run", "writer"])
def test_a_run_whose_lock_is_lost_commits_nothing(postgres: Postgres, what: str) -> None:
    import psycopg  # takes long to import

    database = postgres.database()
    home = LakeHome(LakeAddress(f"postgres:{database}"))
    lock = home.run_lock(0, print) if what == "run" else home.catalog.writing(0, print)
    with duckdb.connect() as connection, psycopg.connect(database) as other:
        connection.execute("CREATE TABLE articles (article_id VARCHAR)")
        with lock:
            with transaction(connection):
                connection.execute("INSERT INTO articles VALUES ('before')")
            assert other.execute(TERMINATE).fetchall() == [(True,)]
            with (
                pytest.raises(WarehouseLockLostError, match="another run may have begun"),
                transaction(connection),
            ):
                connection.execute("INSERT INTO articles VALUES ('after')")
        assert connection.execute("FROM articles").fetchall() == [("before",)]
        with transaction(connection):
            connection.execute("DELETE FROM articles")


def test_without_the_extra_one_line_says_so(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    write_pages(tmp_path, "It rained.", 1_700_000_000)
    monkeypatch.setitem(sys.modules, "duckdb_extension_ducklake", None)
    words = ("ingest", tmp_path / "quay.html", "--warehouse", "ducklake:w.ducklake")
    code, _, said = call(*words, "--no-prefect")
    assert (code, said.count("pip install 'newsduck[lake]'")) == (2, 1)


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("ducklake:", "names no catalog"),
        ("ducklake:postgres:", "names no catalog"),
        ("ducklake:postgres:dbname=news password=ellery", "PGPASSWORD"),
        ("ducklake:postgres:postgres://me:ellery@db/news", "PGPASSWORD"),
    ],
)
def test_an_address_that_cannot_be_is_refused(call: Call, address: str, told: str) -> None:
    code, _, said = call("status", "--warehouse", address)
    assert code == 2
    assert told in said


def test_a_new_lake_in_postgresql_needs_a_place_for_its_files(postgres: Postgres) -> None:
    lake = LakeAddress(f"postgres:{postgres.database()}")
    with pytest.raises(WarehouseError, match="data_path"), open_writer(lake, 5, print):
        pass


def test_a_file_moves_into_a_lake_and_back_and_is_equal(
    homes: Homes, tmp_path: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    in_file = Path(shutil.copy(homes.in_file, tmp_path / "counted.duckdb"))
    with monkeypatch.context() as patched, open_writer(in_file, 5, print) as writer:
        patched.setattr(count_views, "MIN_ARTICLES", 1)
        assert update_counts(writer) == sorted(COUNTED)
    there, back = "ducklake:moved.ducklake", "back.duckdb"
    code, said, _ = call("move", "--warehouse", str(in_file), "--to", there)
    assert (code, f"equal to those of {in_file}" in said) == (0, True)
    assert call("move", "--warehouse", there, "--to", back)[0] == 0
    wanted, moved = contents(in_file), LakeAddress("moved.ducklake")
    assert contents(moved) == wanted
    assert ask(moved, "FROM meta.counts") == [], "a lake counts for itself"
    pairs = "FROM entity_pairs ORDER BY ALL"
    assert ask(moved, pairs) == ask(in_file, pairs) != []
    with monkeypatch.context() as patched:
        patched.setattr(count_views, "MIN_ARTICLES", 1)
        home_of(moved).tidy(timedelta(7), 5, print)
    counted = ask(moved, "SELECT view_name FROM meta.counts ORDER BY 1")
    assert [name for (name,) in counted] == sorted(COUNTED)
    assert ask(moved, pairs) == ask(in_file, pairs)
    assert contents(tmp_path / back) == wanted
    code, _, said = call("move", "--warehouse", str(in_file), "--to", there)
    assert (code, "holds a warehouse already" in said) == (2, True)


def test_earlier_states_can_be_asked_until_they_are_let_go(tmp_path: Path, call: Call) -> None:
    address, moments = "ducklake:w.ducklake", list[str]()
    for key in ("a", "b"):
        with open_writer(read_address(address), 5, print) as writer:
            writer.execute("INSERT INTO meta.search_documents VALUES (?, 'p', 'none')", [key])
            ((moment,),) = writer.execute(
                "SELECT max(snapshot_time)::TIMESTAMP::VARCHAR FROM ducklake_snapshots('lake')"
            ).fetchall()
            moments.append(moment)
    query = "SELECT count(*) AS n FROM meta.search_documents"
    words = ("sql", query, "--format", "json", "--warehouse", address)
    answers = [json.loads(call(*words, "--as-of", moment[:26])[1]) for moment in moments]
    assert answers == [[{"n": 1}], [{"n": 2}]]
    with open_writer(read_address(address), 5, print) as writer:
        keep_up(writer, timedelta(0))
    assert json.loads(call(*words)[1]) == [{"n": 2}]
    code, _, said = call(*words, "--as-of", moments[0][:26])
    assert (code, "keeps no state of that time" in said) == (2, True)
    code, _, said = call("sql", "SELECT 1", "--as-of", "2026-01-01", "--warehouse", tmp_path / "f")
    assert (code, "keeps no earlier states" in said) == (2, True)


def test_upkeep_keeps_every_row_beside_deleted_ones(tmp_path: Path) -> None:
    """What we rely on: rows are joined and deleted rows dropped, under the lock, and none is lost
    or comes back.
    """
    lake = LakeAddress(str(tmp_path / "w.ducklake"))
    query = "SELECT list(article_id ORDER BY article_id::INTEGER) FROM meta.search_documents"
    with open_writer(lake, 5, print) as writer:
        for first in range(0, 1000, 100):
            rows = f"SELECT i::VARCHAR, 'p', 'none' FROM range({first}, {first + 100}) AS t(i)"
            writer.execute(f"INSERT INTO meta.search_documents {rows}")
            writer.execute("DELETE FROM meta.search_documents WHERE article_id::INTEGER % 7 = 3")
        before = writer.execute(query).fetchall()
        done = keep_up(writer, timedelta(0))
        assert writer.execute(query).fetchall() == before
        assert done.files_after < done.files_before
        assert done.deleted_count
    assert ask(lake, query) == before


def test_wide_tables_have_small_groups_of_rows_in_old_lakes_as_well(tmp_path: Path) -> None:
    lake, rows = LakeAddress(str(tmp_path / "w.ducklake")), parquet.GROUP_ROWS + 1
    print_of_article = (
        "'c' AS copy_id, DATE '2026-01-01' AS seen_on, false AS is_round_up, now() AS linked_at, "
        "[1] AS words, 'a' AS high_bits, 'ab' AS low_bits, [1] AS counts, [0] AS marks, "
        "[0] AS quoted"
    )
    with open_writer(lake, 5, print) as writer:
        fill = (
            f"INSERT INTO meta.search_documents SELECT n, 'p', 'none' FROM range({rows}) AS r(n);"
            "INSERT INTO meta.link_articles BY NAME "
            f"SELECT n::VARCHAR AS article_id, {print_of_article} FROM range({rows}) AS r(n)"
        )
        writer.execute(fill)
        files = (tmp_path / "w.data").glob("*/*/*.parquet")
        groups = {
            file.parent.name: writer.execute(
                "SELECT count(DISTINCT row_group_id) FROM parquet_metadata(?)", [str(file)]
            ).fetchall()[0][0]
            for file in files
            if file.parent.name != "migrations"
        }
        assert groups == {"search_documents": 1, "link_articles": 2}
        small = (
            "SELECT scope_entry FROM ducklake_options('lake') WHERE option_name = ? AND value = ?"
        )
        asked = [parquet.OPTION, str(parquet.GROUP_ROWS)]
        writer.execute(
            f"CALL lake.set_option('{parquet.OPTION}', 122880, schema => 'main', "
            "table_name => 'articles')"
        )
        before = {table for (table,) in writer.execute(small, asked).fetchall()}
        keep_up(writer, timedelta(0))
        after = {table for (table,) in writer.execute(small, asked).fetchall()}
        assert (after - before, after) == ({"main.articles"}, set(parquet.WIDE))
