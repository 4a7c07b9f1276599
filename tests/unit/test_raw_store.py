"""The raw store: other tools read it, a crash costs the fetch that was being written, what nobody
loaded is found again.
"""

from __future__ import annotations

import gzip
import os
import random
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.acquire.discover import discover
from flows.acquire.page import UnreadablePageError
from flows.acquire.raw import store as module
from flows.acquire.raw.files import RawFiles, RawStoreError
from flows.acquire.raw.record import FetchRecord, Stored
from flows.acquire.raw.store import Mark, RawStore
from flows.acquire.read import read_page
from flows.acquire.warc import read_record
from flows.acquire.web.exchange import Exchange
from flows.acquire.web.fetched import Fetched, Wanted
from schemas.fetch_outcomes import FetchOutcome as Outcome

WHEN = datetime(2026, 3, 1, 9, 0, 0, 123456, tzinfo=UTC)
PAGE = b"<!doctype html><title>The quay</title><p>Port Ellery widens its quay."


def exchange(url: str, content: bytes = PAGE, status: int = 200, **headers: str) -> Exchange:
    sent = [
        ("Content-Type", "text/html"),
        ("Set-Cookie", "id=hush"),
        *((k.replace("_", "-"), v) for k, v in headers.items()),
    ]
    raw = gzip.compress(content, mtime=0) if "Content_Encoding" in headers else content
    asked = [("Host", "tide.example"), ("Authorization", "Basic hush")]
    return Exchange(
        url,
        WHEN,
        asked,
        status,
        "OK" if status == 200 else "Moved",
        "HTTP/2",
        sent,
        raw,
        content,
        "192.0.2.7",
    )


def fetched(
    name: str,
    content: bytes = PAGE,
    outcome: Outcome = Outcome.OK,
    *before: Exchange,
    **headers: str,
) -> Fetched:
    url = f"https://tide.example/{name}?token=hush"
    met = (*before, exchange(url, content, 200, **headers)) if outcome is Outcome.OK else before
    return Fetched(
        Wanted(url, source_id="tide"), outcome, "", url, WHEN, 2, len(content), 0.25, met
    )


def stored(record: FetchRecord) -> Stored:
    assert record.sha256
    assert record.payload_digest
    assert record.warc_file
    assert record.warc_offset is not None
    return Stored(
        record.final_url,
        record.fetched_at,
        record.sha256,
        record.payload_digest,
        record.byte_count or 0,
        record.content_type,
        record.warc_file,
        record.warc_offset,
    )


def append(
    folder: Path, *what: Fetched, before: Stored | None = None, size_limit: int = 10_000_000
) -> list[FetchRecord]:
    with RawStore(folder, size_limit) as store:
        return [store.append(f, f.wanted.url.partition("?")[0], before) for f in what]


def recover(folder: Path, mark: Mark | None = None) -> list[FetchRecord]:
    with RawStore(folder, 10_000_000) as store:
        return store.recover(mark)


def records(folder: Path) -> list[Any]:
    found = []
    for path in sorted(folder.glob("*.warc.gz")):
        with path.open("rb") as file:
            for record in ArchiveIterator(file, check_digests="raise"):
                found.append(
                    (
                        record.rec_type,
                        record.rec_headers,
                        record.http_headers,
                        record.content_stream().read(),
                    )
                )
    return found


def test_warcio_reads_what_is_written_and_finds_no_credentials(tmp_path: Path) -> None:
    moved = exchange(
        "https://tide.example/old",
        b"",
        301,
        Location="https://reader:hush@tide.example/new?token=hush",
    )
    (record,) = append(
        tmp_path,
        fetched(
            "new", PAGE, Outcome.OK, moved, Content_Encoding="gzip", Transfer_Encoding="chunked"
        ),
    )
    found = records(tmp_path)
    assert [kind for kind, *_ in found] == [
        "warcinfo",
        "response",
        "request",
        "response",
        "request",
        "metadata",
    ]
    _, head, http, body = found[3]
    assert body == PAGE
    assert head.protocol == "WARC/1.1"
    assert head.get_header("WARC-Target-URI") == "https://tide.example/new?token=***"
    assert head.get_header("WARC-Date") == "2026-03-01T09:00:00.123456Z"
    assert head.get_header("WARC-IP-Address") == "192.0.2.7"
    assert head.get_header("WARC-Protocol") == "h2"
    assert http.get_header("Set-Cookie") == "***"
    assert FetchRecord.from_json(found[5][3]) == record
    assert (record.transferred_count, record.seconds, record.attempt_count) == (len(PAGE), 0.25, 2)
    whole = b"".join(gzip.decompress(path.read_bytes()) for path in tmp_path.glob("*.warc.gz"))
    assert b"hush" not in whole


def test_a_page_is_read_back_from_its_place(tmp_path: Path) -> None:
    one, two = append(tmp_path, fetched("a"), fetched("b", b"<p>b", Content_Encoding="gzip"))
    assert one.warc_file
    assert one.warc_offset
    assert two.warc_offset
    assert read_record(tmp_path / one.warc_file, one.warc_offset, 0, 10_000) == PAGE
    assert read_record(tmp_path / one.warc_file, two.warc_offset, 0, 10_000) == b"<p>b"
    for offset, limit in (
        (one.warc_offset + 1, 10_000),
        (one.log_offset, 10_000),
        (one.warc_offset, 10),
        (10**9, 10),
    ):
        with pytest.raises(UnreadablePageError, match="byte"):
            read_record(tmp_path / one.warc_file, offset, 0, limit)
    with pytest.raises(UnreadablePageError):
        read_record(tmp_path / "gone.warc.gz", 0, 0, 10)


def test_an_unchanged_page_becomes_a_revisit_that_points_back(tmp_path: Path) -> None:
    (first,) = append(tmp_path, fetched("a"))
    known = stored(first)
    same = append(tmp_path, fetched("a"), before=known)[0]
    url = f"{first.url_key}?token=hush"
    not_modified = replace(
        fetched("a"),
        outcome=Outcome.UNCHANGED,
        exchanges=(exchange(url, b"", 304),),
        wanted=Wanted(url, etag='"e"'),
    )
    asked = append(tmp_path, not_modified, before=known)[0]
    changed = append(tmp_path, fetched("a", b"<p>changed"), before=known)[0]
    assert [r.outcome for r in (first, same, asked, changed)] == [
        "ok",
        "unchanged",
        "unchanged",
        "ok",
    ]
    assert asked.etag == '"e"'
    for again in (same, asked):
        assert (again.warc_file, again.warc_offset, again.sha256) == (
            first.warc_file,
            first.warc_offset,
            first.sha256,
        )
    assert changed.warc_offset != first.warc_offset
    revisits = [head for kind, head, *_ in records(tmp_path) if kind == "revisit"]
    profiles = [head.get_header("WARC-Profile").rsplit("/", 1)[1] for head in revisits]
    assert profiles == ["identical-payload-digest", "server-not-modified"]
    assert {head.get_header("WARC-Refers-To-Date") for head in revisits} == {
        "2026-03-01T09:00:00.123456Z"
    }


def test_files_are_rotated_by_size_and_day(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    names = {
        record.log_file
        for record in append(tmp_path, *(fetched(str(n)) for n in range(3)), size_limit=100)
    }
    assert len(names) == 3

    class Later(datetime):
        @classmethod
        def now(cls, tz: Any = None) -> Later:
            return cls(2999, 1, 2, tzinfo=tz)

    monkeypatch.setattr(module, "datetime", Later)
    (next_day,) = append(tmp_path, fetched("later"))
    assert next_day.log_file == "newsduck-29990102-00000.warc.gz"
    monkeypatch.undo()
    (set_back,) = append(tmp_path, fetched("back"), size_limit=1)
    assert set_back.log_file == "newsduck-29990102-00001.warc.gz"
    assert [r.url_key[-1] for r in recover(tmp_path)] == ["0", "1", "2", "r", "k"]


def test_what_no_run_has_loaded_is_found_again(tmp_path: Path) -> None:
    one, two, three = append(tmp_path, *(fetched(str(n)) for n in range(3)))
    assert recover(tmp_path) == [one, two, three]
    assert recover(tmp_path, Mark(one.log_file, one.log_offset)) == [two, three]
    assert recover(tmp_path, Mark(three.log_file, three.log_offset)) == []
    (four,) = append(tmp_path, fetched("4", outcome=Outcome.DNS), size_limit=1)
    assert four.log_file > three.log_file
    assert recover(tmp_path, Mark(three.log_file, three.log_offset)) == [four]


def test_a_crash_at_any_byte_costs_the_fetch_that_was_being_written(tmp_path: Path) -> None:
    one, two = append(tmp_path, fetched("1"), fetched("2", b"<p>two", Content_Encoding="gzip"))
    (path,) = tmp_path.glob("*.warc.gz")
    whole = path.read_bytes()
    mark = Mark(one.log_file, one.log_offset)
    second = next(member.end for member in module.members(path, one.log_offset))
    dice = random.Random(7)
    for cut in [
        second,
        second + 1,
        len(whole) - 1,
        *(dice.randrange(second, len(whole)) for _ in range(40)),
    ]:
        path.write_bytes(whole[:cut])
        assert recover(tmp_path, mark) == []
        assert path.read_bytes() == whole[:second]
    for cut in [1, *(dice.randrange(1, second) for _ in range(20))]:
        path.write_bytes(whole[:cut])
        assert recover(tmp_path) == []
        assert not path.exists()
    path.write_bytes(whole[:-3])
    recover(tmp_path)
    (again,) = append(tmp_path, fetched("2", b"<p>two", Content_Encoding="gzip"))
    assert replace(again, log_offset=0) == replace(two, log_offset=0), (
        "the ids of records are random, so their gzip differs in length"
    )
    assert len(records(tmp_path)) == 7


def test_a_disk_that_is_full_leaves_nothing_half_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with RawStore(tmp_path, 10_000_000) as store:
        store.append(fetched("1"), "1")
        (path,) = tmp_path.glob("*.warc.gz")
        size, real = path.stat().st_size, os.write

        def full(handle: int, data: Any) -> int:
            if len(data) > 100:
                return real(handle, data[:100])
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(
            os, "write", lambda handle, data: full(handle, data[: min(len(data), 150)])
        )
        with pytest.raises(RawStoreError, match="No space left"):
            store.append(fetched("2"), "2")
        monkeypatch.undo()
        assert path.stat().st_size == size
        store.append(fetched("3"), "3")
    assert [r.url_key for r in recover(tmp_path)] == ["1", "3"]


def test_one_run_at_a_time(tmp_path: Path) -> None:
    with RawStore(tmp_path, 1), pytest.raises(RawStoreError, match="in use by another run"):
        RawStore(tmp_path, 1).__enter__()


def test_all_files_of_an_object_store_are_read_with_one_listing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    there, here = tmp_path / "there", tmp_path / "here"
    for folder in (there, here):
        folder.mkdir()
    contents = [b"0", b"1", b"2"]
    for number, content in enumerate(contents):
        (there / f"newsduck-20260301-{number:05}.warc.gz").write_bytes(content)
    own = here / "newsduck-20260302-00000.warc.gz"
    own.write_bytes(b"own")
    listings, ask = [], RawFiles._objects

    def counted(files: RawFiles) -> dict[str, int]:
        listings.append(files)
        return ask(files)

    monkeypatch.setattr(RawFiles, "_objects", counted)
    found = [path.read_bytes() for path in RawFiles(here, f"file://{there}").each()]
    assert found == [*contents, b"own"]
    assert len(listings) == 1
    assert list(here.iterdir()) == [own]


def test_the_store_is_an_input_like_any_warc_file(tmp_path: Path) -> None:
    (first,) = append(tmp_path, fetched("a"))
    append(
        tmp_path, fetched("b", b"<p>b", Content_Encoding="gzip"), fetched("a"), before=stored(first)
    )
    found = discover([str(tmp_path)])
    assert [(ref.url, read_page(ref).content) for ref in found] == [
        ("https://tide.example/a?token=***", PAGE),
        ("https://tide.example/b?token=***", b"<p>b"),
    ]
