"""Judging stored pages again: a look changes nothing, applying loads it, and the quarantine gives
back what has become well.
"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import polars as pl
import pytest

from flows.config.errors import InputError
from flows.steps import ingest as steps
from flows.steps import reprocess as again
from flows.steps.reprocess import Selection
from flows.steps.request import Request
from flows.steps.run import Run
from tests.flow.pages import (
    PARAGRAPHS,
    ask,
    contents,
    html_page,
    ingest,
    process_here,
    request,
    rule_file,
    text_page,
)
from tests.homes import HomeIn, both_homes, copy_of, held_in, in_lake
from warehouse.diff import Difference
from warehouse.errors import WarehouseError

pytestmark = pytest.mark.usefixtures("unwarned")

APPEAL = "Ellery Tide readers decide today. “We ask the harbour first,” said Ines Okonjo-Vale."


def store(folder: Path) -> Request:
    """Make a warehouse of three pages: a file, a manifest's line, and one that is no article."""
    (folder / "quay.html").write_text(
        html_page("Port Ellery widens its quay", [*PARAGRAPHS, APPEAL]), encoding="utf-8"
    )
    (folder / "void.html").write_text("<html></html>", encoding="utf-8")
    lines = [
        {"id": "ships", "text": text_page("Ships wait outside the breakwater", PARAGRAPHS[1:])}
    ]
    (folder / "pages.jsonl").write_text("\n".join(map(json.dumps, lines)), encoding="utf-8")
    names = ("quay.html", "void.html", "pages.jsonl")
    asked = request(folder, *(folder / name for name in names))
    ingest(asked)
    return asked


@pytest.fixture(scope="module")
def in_file(tmp_path_factory: pytest.TempPathFactory) -> Request:
    """A warehouse of the three pages; tests read it."""
    return store(tmp_path_factory.mktemp("stored"))


@pytest.fixture(scope="module")
def stored(home: HomeIn, in_file: Request, tmp_path_factory: pytest.TempPathFactory) -> Request:
    """The same in the home of the test."""
    folder = tmp_path_factory.mktemp("stored")
    return replace(in_file, warehouse=held_in(home, in_file.warehouse, folder))


def judge(
    asked: Request, selection: Selection, *, apply: bool = False
) -> tuple[int, list[str], dict[str, Difference]]:
    """Judge again without Prefect: (pages judged, missing places, differences by kind)."""
    with again.choosing(asked, selection, apply=apply, flow="reprocess") as (run, chosen):
        for batch in again.prepare(run):
            process_here(batch, run.stage)
        found = again.compare(run, apply=apply)
        if apply:
            steps.finish(run)
        return (
            len(run.refs),
            [Path(place).name for place in chosen.missing],
            {d.kind: d for d in found},
        )


def with_rules(asked: Request, *rules: Path) -> Request:
    return Request((), None, asked.warehouse, 5, 200, 1, kept_runs=3, rule_files=rules)


def test_a_look_tells_what_a_rule_would_change_and_changes_nothing(
    tmp_path: Path, stored: Request
) -> None:
    before = contents(stored.warehouse)
    asked = with_rules(stored, rule_file(tmp_path, "ellery tide readers decide"))
    pages, missing, found = judge(asked, Selection())
    assert (pages, missing) == (3, [])
    assert {kind: (d.count, d.article_count) for kind, d in found.items()} == {
        "article changed": (1, 1),
        "block stripped": (1, 1),
        "quote lost": (1, 1),
    }
    assert found["block stripped"].examples[0][1] == f"other_stories (mine.words): {APPEAL}"
    assert "Ines Okonjo-Vale: We ask the harbour first" in found["quote lost"].examples[0][1]
    assert contents(stored.warehouse) == before
    assert not list(Path(stored.inputs[0]).parent.glob(".newsduck-look-*"))
    assert ask(stored.warehouse, "SELECT count(*) FROM meta.runs") == [(1,)]


@both_homes
def test_applying_equals_a_warehouse_that_had_the_rule_from_the_start(
    tmp_path: Path, stored: Request
) -> None:
    rules = rule_file(tmp_path, "ellery tide readers decide")
    changed = replace(stored, warehouse=copy_of(stored.warehouse, tmp_path))
    judge(with_rules(changed, rules), Selection(), apply=True)
    fresh = request(tmp_path / "fresh", *map(Path, stored.inputs), rule_files=(rules,))
    ingest(fresh)
    mine, theirs = contents(changed.warehouse), contents(fresh.warehouse)
    for table in ("articles", "article_versions", "quotes", "entities", "mentions", "boilerplate"):
        assert mine[table] == theirs[table], table
    assert ask(
        changed.warehouse,
        "SELECT flow, page_count, loaded_count, rejected_count FROM meta.runs ORDER BY run_id "
        "DESC LIMIT 1",
    ) == [("reprocess", 3, 2, 1)]
    assert judge(with_rules(changed, rules), Selection()) == (0, [], {})
    _, _, back = judge(with_rules(changed), Selection())
    assert {kind: d.count for kind, d in back.items()} == {
        "article changed": 1,
        "block restored": 1,
        "quote won": 1,
    }


@pytest.mark.parametrize(
    ("selection", "pages"),
    [
        (Selection(), 0),
        (Selection(every=True), 3),
        (Selection(every=True, where="outcome = 'rejected'"), 1),
        (Selection(every=True, where="title LIKE 'Ships%' OR title LIKE 'Port%'"), 2),
        (Selection(every=True, source_id="nobody"), 0),
    ],
)
def test_pages_are_chosen_by_what_is_known_of_them(
    stored: Request, selection: Selection, pages: int
) -> None:
    with again.choosing(stored, selection, apply=False, flow="reprocess") as (run, _):
        assert len(run.refs) == pages


PROFILING = "EXISTS (FROM enable_profiling(format := 'json', save_location := 'p.json'))"
"""It would write a file, though the database is open read-only."""


@pytest.mark.parametrize(
    "where", ["nonsense = 3", "true; DROP TABLE articles", "true) OR (", PROFILING]
)
def test_a_condition_that_is_none_is_refused(stored: Request, where: str) -> None:
    with (
        pytest.raises(InputError, match="--where"),
        again.choosing(stored, Selection(where=where), apply=True, flow="reprocess"),
    ):
        pass
    assert ask(stored.warehouse, "SELECT count(*) FROM articles") == [(2,)]


def test_what_is_stored_no_more_or_has_changed_stays_and_is_told(tmp_path: Path) -> None:
    own = store(tmp_path)
    (tmp_path / "quay.html").write_text(
        html_page("Another story altogether", PARAGRAPHS[::-1]), encoding="utf-8"
    )
    (tmp_path / "pages.jsonl").unlink()
    before = contents(own.warehouse)
    pages, missing, _ = judge(own, Selection(every=True), apply=True)
    assert (pages, sorted(missing)) == (1, ["pages.jsonl#ships", "quay.html"])
    assert contents(own.warehouse)["articles"] == before["articles"]


def test_without_a_warehouse_there_is_nothing_to_judge(tmp_path: Path) -> None:
    with (
        pytest.raises(WarehouseError, match="does not exist yet"),
        again.choosing(request(tmp_path), Selection(), apply=True, flow="replay"),
    ):
        pass


def broken(table: str, column: str, value: Any) -> Callable[[Run], None]:
    """Something between the workers and the load, as a bug of ours would be: a row of `table` waits
    in quarantine instead.
    """

    def meddle(run: Run) -> None:
        for file in run.stage.glob(f"*/{table}.parquet"):
            frame = pl.read_parquet(file)
            if frame.height:
                row = frame.row(0, named=True)
                frame.slice(1).write_parquet(file)
                waiting = file.with_name("meta.quarantine.parquet")
                entry = {
                    "table_name": table,
                    "row_key": row["quote_id"],
                    "check_name": f"{table}: {column}: fits",
                    "reason": f"{column} is {value}",
                    "payload": json.dumps(row | {column: value}),
                    "page_id": row["page_id"],
                    "run_id": run.context.run_id,
                    "replayed_at": None,
                }
                old = pl.read_parquet(waiting)
                pl.concat([old, pl.DataFrame([entry], schema=old.schema)]).write_parquet(waiting)
                return

    return meddle


@in_lake
def test_replay_rescues_what_is_well_now_and_keeps_what_is_not(
    tmp_path: Path, home: HomeIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.steps.load.Linker", lambda say: None)  # a quarter of a load
    page = tmp_path / "quay.html"
    page.write_text(html_page("Port Ellery widens its quay"), encoding="utf-8")
    asked = request(tmp_path, page, warehouse=home(tmp_path))
    ingest(asked, broken("quotes", "kind", "shouted"))
    held = ask(asked.warehouse, "SELECT count(*) FROM quotes")[0][0]
    selection = Selection(is_broken=True)
    with again.choosing(asked, selection, apply=True, flow="replay") as (run, _):
        for batch in again.prepare(run):
            process_here(batch, run.stage)
        broken("quotes", "kind", "shouted")(run)
        steps.finish(run)
        assert again.count_replayed(run) == (0, 1)
    assert ask(asked.warehouse, "SELECT count(*), count(replayed_at) FROM meta.quarantine") == [
        (1, 0)
    ]
    with again.choosing(asked, selection, apply=True, flow="replay") as (run, _):
        for batch in again.prepare(run):
            process_here(batch, run.stage)
        steps.finish(run)
        assert again.count_replayed(run) == (1, 0)
    assert ask(asked.warehouse, "SELECT count(*) FROM quotes") == [(held + 1,)]
    assert ask(asked.warehouse, "SELECT count(*), count(replayed_at) FROM meta.quarantine") == [
        (1, 1)
    ]
    with again.choosing(asked, selection, apply=True, flow="replay") as (run, _):
        assert run.refs == ()
