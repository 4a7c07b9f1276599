"""Erasing: gone from every table and file, proved, and never taken in again."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows.config.errors import InputError
from flows.link.keys import article_id as key_of
from flows.steps.erase import Erased, erase
from flows.steps.prove_erased import find_traces
from flows.steps.request import Request
from tests.flow.pages import PARAGRAPHS, ask, contents, html_page, ingest, request
from tests.flow.test_fetch import asked, ledger, source
from tests.homes import HomeIn, both_homes
from tests.web.publisher import Publisher
from warehouse.connect import open_reader, open_writer, published, raw_folder
from warehouse.publish import publish

pytestmark = pytest.mark.usefixtures("unwarned")

QUAY = "https://tide.example/news/quay"
SECRET = "Tobias Ferreira-Lindqvist of 12 Mill Lane was fined for the theft of three oars."
OTHER = "Nobody saw the lighthouse keeper on the morning of the storm, his neighbours said."


def write(folder: Path, name: str, url: str, *paragraphs: str) -> None:
    folder.mkdir(exist_ok=True)
    page = html_page(f"Port Ellery: {name}", paragraphs, url=url)
    (folder / f"{name}.html").write_text(page, encoding="utf-8")


def gone(asked: Request, *targets: str, source_id: str | None = None) -> Erased:
    return erase(
        asked.warehouse,
        asked.raw_files,
        targets,
        source_id,
        "request of 3 March",
        5,
        print,
        verify=True,
    )


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write_many(3)
        yield running


@dataclass(frozen=True)
class History:
    """A warehouse of two pages from which one was erased, and copies of its folder before and
    after. The copies are put back into the same place, since the ledger names the pages by theirs.
    """

    request: Request
    folder: Path
    done: Erased

    @property
    def pages(self) -> Path:
        return self.folder / "pages"

    def restore(self, state: str) -> None:
        shutil.rmtree(self.folder)
        shutil.copytree(self.folder.with_name(state), self.folder)


@pytest.fixture(scope="module")
def history(home: HomeIn, tmp_path_factory: pytest.TempPathFactory) -> History:
    folder = tmp_path_factory.mktemp("erase") / "here"
    folder.mkdir()
    pages = folder / "pages"
    write(pages, "quay", QUAY, *PARAGRAPHS, SECRET)
    write(pages, "storm", "https://tide.example/news/storm", OTHER, *PARAGRAPHS[:2])
    made = request(folder, pages, warehouse=home(folder))
    ingest(made)
    with open_writer(made.warehouse, 5, print) as connection:
        correction = "INSERT INTO meta.link_corrections VALUES ('c', 'copy', true, 1, ?, now())"
        connection.execute(correction, [key_of(QUAY, "", "")])
    shutil.copytree(folder, folder.with_name("loaded"))
    done = gone(made, QUAY)
    shutil.copytree(folder, folder.with_name("erased"))
    return History(made, folder, done)


@pytest.fixture
def loaded(history: History) -> Request:
    """The warehouse before anything was erased."""
    history.restore("loaded")
    return history.request


@pytest.fixture
def erased(history: History) -> History:
    """The warehouse without the article of QUAY."""
    history.restore("erased")
    return history


@both_homes
def test_an_erased_article_is_nowhere_and_the_others_are_as_before(
    erased: History, tmp_path: Path
) -> None:
    loaded, done = erased.request, erased.done
    without = request(tmp_path, erased.pages / "storm.html")
    ingest(without)
    assert (done.article_count, done.traces) == (1, ())
    assert done.own_files == (str(erased.pages / "quay.html"),)
    for file in erased.folder.rglob("w*"):
        assert file.is_dir() or SECRET.encode() not in file.read_bytes()
    for warehouse in {loaded.warehouse, published(loaded.warehouse)}:
        assert ask(warehouse, "SELECT canonical_url FROM articles") == [
            ("https://tide.example/news/storm",)
        ]
        with open_reader(warehouse) as connection:
            tables = connection.execute(
                "SELECT DISTINCT table_schema || '.' || table_name FROM "
                "information_schema.tables WHERE table_type = 'BASE TABLE' AND "
                "table_schema IN ('main', 'meta')"
            ).fetchall()
            everything = [str(connection.execute(f"FROM {t}").fetchall()) for (t,) in tables]
        assert len(everything) > 20
        assert not [t for t in everything if "Ferreira" in t or QUAY in t]
    kept = ("articles", "mentions", "boilerplate", "entities")
    before, after = contents(without.warehouse), contents(loaded.warehouse)
    for table in kept:
        assert after[table] == before[table], table
    assert ask(loaded.warehouse, "SELECT count(*) FROM meta.link_corrections") == [(0,)]
    said = "SELECT * EXCLUDE (utterance_id) FROM quotes ORDER BY quote_id"
    assert ask(loaded.warehouse, said) == ask(without.warehouse, said)


def test_it_is_not_taken_in_again_by_address_or_bytes(erased: History) -> None:
    loaded, pages = erased.request, erased.pages
    ingest(loaded)
    (pages / "copy.html").write_bytes((pages / "quay.html").read_bytes())
    write(pages, "again", f"{QUAY}?utm_source=mail", "Other words entirely.", *PARAGRAPHS, SECRET)
    ingest(loaded)
    assert ask(loaded.warehouse, "SELECT count(*) FROM articles") == [(1,)]
    last = ask(
        loaded.warehouse,
        "SELECT outcome, detail, url FROM meta.pages WHERE run_id = "
        "(SELECT run_id FROM meta.runs ORDER BY load_number DESC LIMIT 1) AND outcome = 'rejected'",
    )
    assert last == [("rejected", "erased: on request", None)] * 3
    assert ask(loaded.warehouse, "SELECT DISTINCT reason FROM meta.erased") == [
        ("request of 3 March",)
    ]
    assert find_traces(loaded.warehouse, loaded.raw_files, [SECRET], ()).shared == {}


def test_words_go_from_json_and_lists_where_quotation_marks_are_escaped(loaded: Request) -> None:
    said = """The keeper's "very last" lantern went out, and nobody in the harbour lit it again."""
    other = said.replace("last", "first")
    with open_writer(loaded.warehouse, 5, print) as connection:
        connection.execute(
            "UPDATE articles SET text = text || ' ' || $1 || chr(10) || $2, corrections = [$1] "
            "WHERE canonical_url = $3",
            [said, "\\" * 40, QUAY],
        )
        connection.execute(
            "UPDATE meta.checks SET examples = "
            "to_json([CASE check_name WHEN 'orphans' THEN $1 ELSE $2 END]) "
            "WHERE check_name IN ('orphans', 'duplicate_keys')",
            [said, other],
        )
        ((run_id,),) = connection.execute("SELECT max(run_id) FROM meta.checks").fetchall()
    found = find_traces(loaded.warehouse, loaded.raw_files, [said], [key_of(QUAY, "", "")]).traces
    assert {trace.place for trace in found} >= {
        "w.duckdb: main.articles.corrections",
        "w.duckdb: meta.checks.examples",
    }
    assert gone(loaded, QUAY).traces == ()
    query = f"SELECT check_name, examples FROM meta.checks WHERE run_id = '{run_id}' ORDER BY 1"
    examples = dict(ask(loaded.warehouse, query))
    assert json.loads(examples["orphans"]) == []
    assert json.loads(examples["duplicate_keys"]) == [other]


def test_what_another_outlet_prints_stays_and_is_said_and_bytes_are_searched_for_the_rest(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pages = tmp_path / "pages"
    fine = "https://tide.example/news/fine"
    write(pages, "quay", QUAY, *PARAGRAPHS, SECRET)
    write(pages, "post", "https://post.example/quay", *PARAGRAPHS, SECRET)
    write(pages, "fine", fine, *PARAGRAPHS, OTHER)
    made = request(tmp_path, pages)
    ingest(made)
    said: list[str] = []
    done = erase(made.warehouse, made.raw_files, [QUAY], None, "r", 5, said.append, verify=True)
    assert done.traces == ()
    assert [line for line in said if line.startswith("another article")]
    assert ask(made.warehouse, "SELECT canonical_url FROM articles ORDER BY ALL") == [
        ("https://post.example/quay",),
        (fine,),
    ]

    def publish_with_remains(*given: Any, **named: Any) -> None:
        with Path(publish(*given, **named)).open("ab") as file:
            file.write(f"{OTHER} {PARAGRAPHS[0]}".encode())

    monkeypatch.setattr("flows.steps.erase.publish", publish_with_remains)
    done = gone(made, fine)
    assert done.traces is not None
    assert {trace.sentence for trace in done.traces if "bytes" in trace.place} == {OTHER}


def test_a_stored_page_is_overwritten_and_its_address_not_asked_for_again(
    tmp_path: Path, tide: Publisher
) -> None:
    made = asked(tmp_path, sources=source(tide, feeds="/rss.xml"), delay=0)
    ingest(made)
    ((url, text),) = ask(made.warehouse, "SELECT url, text FROM articles ORDER BY url LIMIT 1")
    sizes = {path: path.stat().st_size for path in raw_folder(made.warehouse).glob("*.gz")}
    others = ask(made.warehouse, "SELECT count(*) FROM articles")[0][0] - 1
    done = gone(made, url)
    assert done.record_count >= 3
    assert done.traces == ()
    assert {path: path.stat().st_size for path in sizes} == sizes
    asked_before = tide.count(url.removeprefix(tide.url))
    ingest(made)
    ingest(asked(tmp_path, url))
    assert tide.count(url.removeprefix(tide.url)) == asked_before
    assert ask(made.warehouse, "SELECT count(*) FROM articles") == [(others,)]
    assert "loaded" not in ledger(made.warehouse).values()
    assert text


def test_all_of_a_source_and_what_was_never_seen(loaded: Request) -> None:
    done = gone(loaded, source_id="tide.example")
    assert (done.article_count, done.traces) == (2, ())
    assert ask(loaded.warehouse, "SELECT count(*) FROM entities") == [(0,)]
    assert gone(loaded, "https://never.example/seen").article_count == 0
    with pytest.raises(InputError, match="neither an address nor an article_id"):
        gone(loaded, "quay")
