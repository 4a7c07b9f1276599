"""A lake and a raw store that lie in an object store, with a real S3 interface on this machine."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from threading import Lock

import pytest

from flows.acquire.raw.files import KEPT_DAYS, RawFiles, RawStoreError
from flows.settings import RetentionSettings
from flows.steps import ingest as steps
from flows.steps import reprocess as again
from flows.steps.early_loads import CompleteSource
from flows.steps.erase import erase
from flows.steps.load import load_part
from flows.steps.reprocess import Selection
from flows.steps.retention import retain
from flows.steps.run import Run
from tests.conftest import Call
from tests.flow.object_store import KEY, objects
from tests.flow.pages import ask, contents, ingest, process_here, rule_file
from tests.flow.test_fetch import asked
from tests.web.publisher import Publisher
from warehouse.connect import open_reader, open_writer
from warehouse.homes.address import LakeAddress

pytestmark = pytest.mark.usefixtures("unlinked", "unwarned")


def test_a_lake_lies_in_an_object_store(
    bucket: str, made: Path, call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A file moves there, is read, tidied, and moves back. Only the first command is told where."""
    monkeypatch.setenv("NEWSDUCK_DATA_PATH", f"{bucket}/lake")
    there, back = "ducklake:news.ducklake", "back.duckdb"
    assert call("move", "--warehouse", made / "w.duckdb", "--to", there)[0] == 0
    monkeypatch.delenv("NEWSDUCK_DATA_PATH")
    code, _, said = call("maintain", "--warehouse", there)
    assert (code, KEY in said) == (0, False)
    assert any(name.startswith("lake/main/articles/") for name in objects())
    words = ("sql", "SELECT count(*) AS n FROM articles", "--format", "json", "--warehouse", there)
    assert json.loads(call(*words)[1]) == [{"n": 2}]
    assert call("move", "--warehouse", there, "--to", back)[0] == 0
    assert contents(Path(back)) == contents(made / "w.duckdb")


def test_keys_of_an_object_store_are_shown_to_nobody(bucket: str, tmp_path: Path) -> None:
    lake = LakeAddress(str(tmp_path / "w.ducklake"), f"{bucket}/other")
    with open_writer(lake, 5, print):
        pass
    with open_reader(lake) as connection:
        secrets = connection.execute("SELECT secret_string FROM duckdb_secrets()").fetchall()
        assert len(secrets) == 1
        assert KEY not in secrets[0][0]


@pytest.fixture
def tide() -> Iterator[Publisher]:
    with Publisher() as running:
        running.write_many(3)
        yield running


def raw_objects() -> list[str]:
    return [name for name in objects() if name.startswith("raw/")]


def test_the_raw_store_lies_in_an_object_store(
    bucket: str, tmp_path: Path, tide: Publisher
) -> None:
    """Each run writes a file of its own; reprocessing and erasing read them from there, also where
    the folder of this machine is lost.
    """
    first, *rest = [f"{tide.url}{path}" for path in tide._stories]
    wanted = replace(asked(tmp_path, *rest), raw_store=f"{bucket}/raw")
    ingest(wanted)
    ingest(replace(wanted, inputs=(first,)))
    assert len(raw_objects()) == 2
    shutil.rmtree(wanted.raw_folder)
    rules = (rule_file(tmp_path, "council of ellery tide counted"),)
    again_asked = replace(wanted, inputs=(), rule_files=rules)
    with again.choosing(again_asked, Selection(), apply=False, flow="reprocess") as (run, chosen):
        assert (len(run.refs), chosen.missing) == (3, ())
    said: list[str] = []
    done = erase(
        wanted.warehouse, wanted.raw_files, [first], None, "r", 5, said.append, verify=True
    )
    assert (done.article_count, done.traces) == (1, ())
    assert done.record_count
    shutil.rmtree(wanted.raw_folder)
    with again.choosing(again_asked, Selection(), apply=False, flow="reprocess") as (run, _):
        assert len(run.refs) == 2
    kept = RetentionSettings(raw_days=30)
    later = datetime.now(UTC) + timedelta(days=60)
    gone = retain(wanted, kept, later, said.append)
    assert len(gone.raw_files) == 1
    assert len(raw_objects()) == 1


def test_fetches_of_a_run_that_died_come_out_of_the_object_store(
    bucket: str, tmp_path: Path, tide: Publisher
) -> None:
    """Whatever machine goes on: its folder is empty, or holds the file of a run that died before it
    put it there.
    """
    urls = tuple(f"{tide.url}{path}" for path in tide._stories)
    address = f"{bucket}/died"
    first = replace(asked(tmp_path, *urls[:2]), raw_store=address)
    with steps.begin(first) as run:
        list(steps.remember(run))
        steps.fetch_pages(run, lambda file, folder: None)
    other = tmp_path / "other"
    shutil.move(first.raw_folder, other)
    tide.forget()
    ingest(replace(first, inputs=urls))
    asked_for = [f"{tide.url}{seen.path}" for seen in tide.log]
    assert [url for url in asked_for if url in urls] == [urls[2]]
    assert ask(first.warehouse, "SELECT count(*) FROM articles") == [(3,)]
    (name,) = [path.name for path in other.glob("*.warc.gz")]
    (other / name).write_bytes(b"of a machine that never put it")
    files = RawFiles(other, address)
    files.release()
    assert files.here() == []
    files.bring([name])
    with (other / name).open("ab") as file:
        file.write(b"what this machine wrote behind what it had put")
    files.release()
    assert files.here() == [other / name]
    files.put_new()
    files.release(datetime.now(UTC) + timedelta(days=KEPT_DAYS + 1))
    assert files.here() == []


def test_a_part_of_a_run_reads_what_is_unchanged_out_of_the_object_store(
    bucket: str, tmp_path: Path, tide: Publisher
) -> None:
    """The folder of the machine that goes on does not hold the files of earlier runs."""
    *old, new = [f"{tide.url}{path}" for path in tide._stories]
    wanted = replace(asked(tmp_path, *old), raw_store=f"{bucket}/part")
    before: list[Run] = []
    ingest(wanted, before.append)
    with steps.begin(replace(wanted, inputs=(new,))) as run:
        list(steps.remember(run))
        run = steps.fetch_pages(run, lambda file, folder: None)
        shutil.rmtree(wanted.raw_folder)
        source = CompleteSource((*before[0].refs, *run.refs), run.refs)
        assert load_part(run, 1, [source], process_here, Lock())
    outcomes = "SELECT outcome, count(*) FROM meta.pages WHERE run_id = ? GROUP BY ALL ORDER BY ALL"
    found = ask(wanted.warehouse, outcomes, run.context.run_id)
    assert found == [("loaded", 1), ("unchanged", 2)]


def test_an_object_store_that_is_not_there_is_one_clear_error(tmp_path: Path) -> None:
    files = RawFiles(tmp_path, "nowhere://bucket/raw")
    with pytest.raises(RawStoreError, match="raw_store = 'nowhere://bucket/raw'"):
        files.names()
