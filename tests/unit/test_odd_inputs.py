"""One bad input costs itself alone, and says what is wrong with it."""

from __future__ import annotations

import gzip
import json
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from flows.acquire import read
from flows.acquire.discover import discover
from flows.acquire.page import PageRef, TooLargePageError, UnreadablePageError
from flows.acquire.place import EARLIEST, file_at, location_of, plausible
from flows.acquire.read import read_page
from flows.config.errors import InputError
from flows.worker.batch import Batch
from flows.worker.process_page import Tools, process_page
from flows.worker.rows import RunContext, article_row
from tests.flow.pages import html_page

GOOD = {"id": "good", "text": "Port Ellery widens its quay."}


def manifest(folder: Path, *lines: dict[str, Any] | str | bytes) -> Path:
    """A manifest whose last line is good."""
    path = folder / "pages.jsonl"
    raw = [
        line
        if isinstance(line, bytes)
        else (line if isinstance(line, str) else json.dumps(line)).encode()
        for line in (*lines, GOOD)
    ]
    path.write_bytes(b"\n".join(raw))
    return path


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ({"id": "a", "text": "x", "url": "https://tide.example/\ud800"}, "line 1: url"),
        ({"id": "a\0b", "text": "x"}, "line 1: id"),
        ({"id": "a", "path": "a\0b.html"}, "line 1: path"),
        ({"id": "a", "text": "x", "fetched_at": "0001-01-01T00:00:00+14:00"}, "line 1: fetched_at"),
        ({"id": "a", "text": "x", "fetched_at": "9999-12-31T23:59:59-14:00"}, "line 1: fetched_at"),
        ({"id": "a", "text": "x", "fetched_at": 1e300}, "line 1: fetched_at"),
        ({"id": "a", "path": "x" * 5000}, "line 1: path"),
        ({"id": "i" * 100_000, "text": "x"}, "line 1: id"),
        ({"id": "a", "text": "x", "url": "https://tide.example/" + "u" * 5000}, "line 1: url"),
        ({"id": "a"}, "line 1: needs exactly one of"),
        ({"id": "good", "text": "x"}, "line 2: the id 'good' is already used on line 1"),
        ({"id": "a", "text": "x", "headers": {"a": 1}}, "line 1: headers"),
        ("no json", "line 1 is no JSON object"),
        ("[" * 100_000, "line 1"),
        (b"\xff\xfe{}", "line 1"),
        ('{"id": "a", "text": "x", "status": ' + "9" * 10_000 + "}", "line 1"),
    ],
)
def test_a_wrong_line_is_one_page_that_cannot_be_read(
    tmp_path: Path, line: dict[str, Any] | str | bytes, said: str
) -> None:
    refs = discover([str(manifest(tmp_path, line))])
    wrong = [ref for ref in refs if ref.problem]
    assert len(refs) == 2
    assert len(wrong) == 1
    judged = process_page(wrong[0], 1, Tools())
    assert judged.cleaned.outcome == "unreadable"
    assert said in judged.cleaned.detail
    json.dumps([wrong[0].location, wrong[0].problem], ensure_ascii=False).encode("utf-8")


def test_odd_headers_cost_only_themselves(tmp_path: Path) -> None:
    line = {"id": "a", "text": "x", "headers": {"x-odd": "\ud800", "content-language": "en"}}
    first, _ = discover([str(manifest(tmp_path, line))])
    assert (first.problem, first.headers) == (None, {"content-language": "en"})


def test_a_manifest_that_is_wholly_wrong_stops_at_once(tmp_path: Path) -> None:
    path = tmp_path / "pages.jsonl"
    path.write_text("<html>\n<body>no manifest</body>\n", encoding="utf-8")
    with pytest.raises(InputError, match=r"pages\.jsonl, line 1 is no JSON object"):
        discover([str(path)])


@pytest.mark.parametrize("below", ["page.txt", "./sub/../page.txt", "sub/deep.txt", "link.txt"])
def test_paths_below_the_manifest_are_read(tmp_path: Path, below: str) -> None:
    (tmp_path / "sub").mkdir()
    (tmp_path / "page.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "sub" / "deep.txt").write_text("Words.", encoding="utf-8")
    (tmp_path / "link.txt").symlink_to("page.txt")
    first, _ = discover([str(manifest(tmp_path, {"id": "a", "path": below}))])
    assert read_page(first).content == b"Words."


@pytest.mark.parametrize(
    "outside",
    ["../secret.txt", "ABSOLUTE", "link.txt", "sub/../../secret.txt", "/proc/self/environ"],
)
def test_paths_outside_are_read_only_where_that_is_allowed(tmp_path: Path, outside: str) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("Secret.", encoding="utf-8")
    folder = tmp_path / "given"
    (folder / "sub").mkdir(parents=True)
    (folder / "link.txt").symlink_to(secret)
    path = str(secret) if outside == "ABSOLUTE" else outside
    given = str(manifest(folder, {"id": "a", "path": path}))
    first, _ = discover([given])
    assert "outside the manifest's folder" in (first.problem or "")
    with pytest.raises(UnreadablePageError):
        read_page(first)
    if outside != "/proc/self/environ":
        first, _ = discover([given], allow_outside=True)
        assert read_page(first).content == b"Secret."


@pytest.mark.parametrize("kind", ["fifo", "folder", "gone"])
def test_what_is_no_file_is_not_waited_for(tmp_path: Path, kind: str) -> None:
    place = tmp_path / "odd.html"
    if kind == "fifo":
        os.mkfifo(place)
    elif kind == "folder":
        place.mkdir()
    first, _ = discover([str(manifest(tmp_path, {"id": "a", "path": "odd.html"}))])
    with pytest.raises(UnreadablePageError):
        read_page(first)


def test_devices_are_never_read(tmp_path: Path) -> None:
    first, _ = discover(
        [str(manifest(tmp_path, {"id": "a", "path": "/dev/zero"}))], allow_outside=True
    )
    with pytest.raises(UnreadablePageError, match="no regular file"):
        read_page(first)


def test_a_fifo_as_manifest_is_refused_at_once(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pages.jsonl")
    with pytest.raises(InputError, match="cannot be read"):
        discover([str(tmp_path / "pages.jsonl")])


@pytest.mark.parametrize("given", ["folder", "glob"])
def test_a_folder_called_like_a_page_and_a_broken_archive_cost_nothing_else(
    tmp_path: Path, given: str
) -> None:
    (tmp_path / "d.html").mkdir()
    (tmp_path / "broken.warc.gz").write_bytes(b"no archive")
    (tmp_path / "page.html").write_text("<p>Words.</p>", encoding="utf-8")
    refs = discover([str(tmp_path) if given == "folder" else str(tmp_path / "*")])
    assert [Path(ref.file).name for ref in refs if not ref.problem] == ["page.html"]
    assert [Path(ref.file).name for ref in refs if ref.problem] == ["broken.warc.gz"]


def test_a_name_that_is_no_text_is_read_found_again_and_written(tmp_path: Path) -> None:
    raw = os.fsencode(tmp_path) + b"/caf\xe9.html"
    Path(os.fsdecode(raw)).write_text("<p>Words.</p>", encoding="utf-8")
    (ref,) = discover([str(tmp_path)])
    assert ref.location.endswith(r"/caf\xe9.html")
    assert read_page(ref).content == b"<p>Words.</p>"
    assert file_at(ref.location) == Path(os.fsdecode(raw))
    Batch(RunContext("r", "v", {}), ((1, ref),)).write(tmp_path / "batch.json")
    assert Batch.read(tmp_path / "batch.json").pages == ((1, ref),)


def test_credentials_of_a_manifest_are_written_nowhere(tmp_path: Path) -> None:
    url = "https://reader:hush@tide.example/a?token=hush"
    html = html_page("Quay", url="https://reader:hush@tide.example/quay?token=hush")
    page = {"id": url, "url": url, "html": html, "headers": {"Set-Cookie": "sid=hush"}}
    bare = page | {"id": "//reader:hush@tide.example/b"}
    spaced = page | {"id": "https://tide.example/a b?token=hush"}
    given = (page, bare, spaced, page, spaced)
    *loaded, twice, again, good = discover([str(manifest(tmp_path, *given))])
    assert good.location.endswith("#good")
    assert all("already used" in (ref.problem or "") for ref in (twice, again))
    run = RunContext("r", "v", {})
    for number, ref in enumerate((*loaded, again, twice), 1):
        judged = process_page(ref, number, Tools())
        row = article_row(judged, run) if judged.cleaned.outcome == "loaded" else {}
        assert "hush" not in f"{ref} {judged.cleaned.detail} {row}"
    assert row == {}
    assert loaded[0].url == "https://tide.example/a?token=***"


def test_an_impossible_file_time_is_no_error(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("<p>Words.</p>", encoding="utf-8")
    os.utime(page, (-(10**11), -(10**11)))
    (ref,) = discover([str(page)])
    assert ref.fetched_at == EARLIEST


def test_a_path_that_the_system_refuses_is_said_so() -> None:
    for given in ("x" * 5000 + ".html", "a\0b.html"):
        with pytest.raises(InputError):
            discover([given])


def test_plausible_moments() -> None:
    assert plausible(datetime(2026, 3, 1, 12, tzinfo=UTC)) == datetime(2026, 3, 1, 12, tzinfo=UTC)
    assert plausible(datetime(1, 1, 1, tzinfo=UTC)) is None
    assert location_of(Path("/tmp/a.html")).endswith("a.html")


PAGE = b"<p>Words of the quay.</p>" * 10


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.html", gzip.compress(PAGE)),
        ("a.html.gz", PAGE),
        ("a.html.gz", gzip.compress(PAGE)),
        ("a.html.gz", gzip.compress(PAGE) + b"trailing bytes"),
        ("a.html.gz", gzip.compress(PAGE) + b"\x1f\x8bodd"),
        ("a.html.gz", gzip.compress(PAGE[:50]) + gzip.compress(PAGE[50:])),
        ("a.html.gz", gzip.compress(PAGE) + b"\0" * 100),
    ],
    ids=["named html", "plain", "gzip", "trailing", "trailing magic", "two members", "padded"],
)
def test_gzip_is_known_by_its_bytes(tmp_path: Path, name: str, content: bytes) -> None:
    (tmp_path / name).write_bytes(content)
    (ref,) = discover([str(tmp_path / name)])
    assert read_page(ref).content == PAGE


@pytest.mark.parametrize(
    "content",
    [gzip.compress(PAGE)[:-9], b"\x1f\x8b", b"\x1f\x8b\x08no"],
    ids=["cut", "magic alone", "broken"],
)
def test_a_cut_or_broken_gzip_file_is_unreadable(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "a.html.gz").write_bytes(content)
    (ref,) = discover([str(tmp_path / "a.html.gz")])
    with pytest.raises(UnreadablePageError):
        read_page(ref)


def test_what_is_too_large_is_not_read_to_its_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(read, "PAGE_LIMIT_BYTES", 1000)
    (tmp_path / "plain.html").write_bytes(b"a" * 1001)
    (tmp_path / "bomb.html.gz").write_bytes(gzip.compress(bytes(100_000)))
    lines = manifest(
        tmp_path, {"id": "inline", "html": "a" * 1001}, {"id": "fits", "html": "a" * 1000}
    )
    refs = {Path(r.location).name: r for r in discover([str(tmp_path), str(lines)])}
    for name in ("plain.html", "bomb.html.gz", "pages.jsonl#inline"):
        with pytest.raises(TooLargePageError):
            read_page(refs[name])
        assert process_page(refs[name], 1, Tools()).cleaned.outcome == "too_large"
    assert len(read_page(refs["pages.jsonl#fits"]).content) == 1000


def test_a_line_beyond_the_limit_is_skipped_and_the_next_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("flows.acquire.manifest.MAX_LINE_BYTES", 1000)
    path = manifest(tmp_path, {"id": "long", "text": "a" * 3_000_000})
    first, second = discover([str(path)])
    assert process_page(first, 1, Tools()).cleaned.outcome == "too_large"
    assert read_page(second).content == GOOD["text"].encode()


def ids(refs: list[PageRef]) -> list[str]:
    return [ref.location.rpartition("#")[2] for ref in refs]


def test_problems_keep_the_order_of_lines(tmp_path: Path) -> None:
    assert ids(discover([str(manifest(tmp_path, "no json", {"id": "b", "text": "x"}))])) == [
        "line-1",
        "b",
        "good",
    ]
