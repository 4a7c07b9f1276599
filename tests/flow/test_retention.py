"""Retention: what is older than the settings keep goes, and what later runs need stays."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import get_args

import pytest

from flows.settings import RetainedTable, RetentionSettings, Settings, SettingsError
from flows.steps.retention import ARTICLES, Gone, retain
from tests.beaten_once import beaten_once
from tests.conftest import Call
from tests.flow.pages import ask, html_page, ingest, request
from tests.homes import both_homes
from warehouse.check import run_checks
from warehouse.connect import WarehouseAddress, open_writer, published
from warehouse.retain import retained_tables

pytestmark = pytest.mark.usefixtures("unlinked", "unwarned")

LATER = datetime.now(UTC) + timedelta(days=100)

LOGS = RetentionSettings.model_validate(
    {"tables": {table: 40 for table in get_args(RetainedTable) if table != ARTICLES}}
)


def apply(
    warehouse: WarehouseAddress, folder: Path, kept: RetentionSettings, *, dry_run: bool = False
) -> Gone:
    asked = request(folder, warehouse=warehouse)
    return retain(asked, kept, LATER, print, dry_run=dry_run)


def count(warehouse: WarehouseAddress, table: str) -> int:
    return int(ask(warehouse, f"SELECT count(*) FROM {table}")[0][0])


def test_every_table_that_may_be_named_has_its_file() -> None:
    assert {ARTICLES, *retained_tables()} == set(get_args(RetainedTable))


def test_old_records_go_and_the_next_run_finds_all_as_it_was(
    housed: WarehouseAddress, tmp_path: Path
) -> None:
    warehouse, pages = housed, tmp_path / "pages"
    asked = request(tmp_path, pages, warehouse=warehouse)
    changed = html_page("Port Ellery delays its quay", url="https://tide.example/news/quay")
    (pages / "quay.html").write_text(changed, encoding="utf-8")
    ingest(asked)
    ingest(asked)
    assert (count(warehouse, "meta.pages"), count(warehouse, "article_versions")) == (6, 3)
    before = ask(warehouse, "SELECT * FROM articles ORDER BY ALL")
    gone = apply(warehouse, tmp_path, LOGS, dry_run=True)
    assert (count(warehouse, "meta.pages"), count(warehouse, "article_versions")) == (6, 3)
    with beaten_once("flows.steps.retention"):
        assert apply(warehouse, tmp_path, LOGS) == gone
    assert (gone.rows["meta.pages"], gone.rows["article_versions"]) == (2, 1)
    assert count(warehouse, "meta.checks") == 0
    assert count(warehouse, "meta.runs") == 2, "the first run knows other places"
    assert ask(published(warehouse), "SELECT * FROM articles ORDER BY ALL") == before
    with open_writer(warehouse, 5, print) as connection:
        assert [r.where for r in run_checks(connection) if r.is_stopping] == []
    ingest(asked)
    assert ask(warehouse, "SELECT DISTINCT outcome FROM meta.pages WHERE run_id = "
               "(SELECT max(run_id) FROM meta.runs)") == [("unchanged",)]  # fmt: skip


def test_old_articles_are_erased_and_not_taken_in_again(
    housed: WarehouseAddress, tmp_path: Path
) -> None:
    warehouse = housed
    kept = RetentionSettings.model_validate({"tables": {"articles": 365}})
    assert apply(warehouse, tmp_path, kept).rows == {"articles": 0}
    kept = RetentionSettings.model_validate({"tables": {"articles": 99}})
    assert apply(warehouse, tmp_path, kept).rows == {"articles": 2}
    for table in ("articles", "quotes", "mentions", "article_versions"):
        assert count(warehouse, table) == 0, table
        assert count(published(warehouse), table) == 0, table
    reasons = ask(warehouse, "SELECT DISTINCT reason FROM meta.erased")
    assert reasons == [("retention: first seen more than 99 days ago",)]
    ingest(request(tmp_path, tmp_path / "pages", warehouse=warehouse))
    assert count(warehouse, "articles") == 0


@both_homes
def test_old_files_of_the_raw_store_go_and_their_addresses_are_asked_for_in_full(
    housed: WarehouseAddress, tmp_path: Path
) -> None:
    warehouse = housed
    raw = request(tmp_path, warehouse=warehouse).raw_folder
    raw.mkdir(exist_ok=True)
    names = [f"newsduck-{day}-00001.warc.gz" for day in ("20260101", "20260102")]
    names.append(f"newsduck-{LATER:%Y%m%d}-00001.warc.gz")
    for name in (*names, "mine.warc.gz"):
        (raw / name).write_bytes(b"")
    with open_writer(warehouse, 5, print) as connection:
        for n, name in enumerate(names):
            connection.execute(
                "INSERT INTO meta.urls (url_key, url, kind, fetched_at, outcome, failure_count, "
                "look_count, etag, final_url, warc_file, run_id) VALUES "
                "($n, $n, 'page', now(), 'ok', 0, 1, 'v', $n, $name, 'r')",
                {"n": str(n), "name": name},
            )
    old = tmp_path / "w.runs" / "20260101T000000"
    old.mkdir(parents=True)
    kept = RetentionSettings(raw_days=30, run_folder_days=30)
    gone = apply(warehouse, tmp_path, kept)
    assert gone.raw_files == names[:2]
    assert old.name in gone.run_folders
    assert not old.exists()
    assert sorted(file.name for file in raw.glob("*.gz")) == ["mine.warc.gz", names[2]]
    stored = ask(warehouse, "SELECT etag, warc_file FROM meta.urls ORDER BY url_key")
    assert stored == [(None, None), (None, None), ("v", names[2])]


def test_nothing_goes_that_is_not_set(call: Call, warehouse: Path) -> None:
    before = warehouse.read_bytes()
    code, shown, _ = call("retention", "-w", warehouse)
    assert (code, shown) == (0, "gone: 0 files of the raw store\ngone: 0 run folders\n")
    assert warehouse.read_bytes() == before


@pytest.mark.parametrize("tables", [{"quotes": 100}, {"articles": 3}])
def test_what_cannot_be_kept_that_way_is_refused(
    tables: dict[str, int], monkeypatch: pytest.MonkeyPatch, empty_folder: Path
) -> None:
    lines = [f'"{name}" = {days}' for name, days in tables.items()]
    text = "\n".join(["[retention.tables]", *lines])
    (empty_folder / "newsduck.toml").write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError, match="retention"):
        Settings.with_options()
