"""Finding and reading pages: what is a page, what is refused, and how."""

from __future__ import annotations

import gzip
import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.acquire import read
from flows.acquire.discover import discover
from flows.acquire.manifest import read_manifest
from flows.acquire.page import UnreadablePageError
from flows.acquire.read import read_page
from flows.acquire.sources import read_sources


def manifest(folder: Path, *lines: object) -> Path:
    path = folder / "m.jsonl"
    path.write_text(
        "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines),
        encoding="utf-8",
    )
    return path


def test_a_folder_gives_its_pages_in_order_and_nothing_else(tmp_path: Path) -> None:
    for name in ("b.html", "a/z.txt", "a/y.HTM", "c.html.gz", "notes.md", ".hidden.html", "d.json"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(b"x")
    found = discover([str(tmp_path)])
    assert [Path(ref.location).relative_to(tmp_path.resolve()).as_posix() for ref in found] == [
        "a/y.HTM",
        "a/z.txt",
        "b.html",
        "c.html.gz",
    ]
    assert [ref.is_html for ref in found] == [True, False, True, True]
    assert discover([str(tmp_path), str(tmp_path / "b.html"), str(tmp_path / "*.html")]) == found
    assert all(ref.fetched_at.tzinfo is UTC for ref in found)


def test_a_manifest_gives_files_and_lines(tmp_path: Path) -> None:
    (tmp_path / "p.html").write_text("<p>x", encoding="utf-8")
    lines = (
        {"id": "file", "path": "p.html", "url": "https://tide.example/a"},
        "",
        {
            "id": "line",
            "text": "Grüße",
            "fetched_at": "2026-03-01T09:00:00+01:00",
            "status": 200,
            "headers": {"content-language": "de"},
        },
        {"id": "markup", "html": "<p>y", "unknown": 1},
    )
    file, line, markup = read_manifest(manifest(tmp_path, *lines))
    assert (file.location, file.url) == (
        str((tmp_path / "p.html").resolve()),
        "https://tide.example/a",
    )
    assert line.location.endswith("m.jsonl#line")
    assert line.fetched_at == datetime(2026, 3, 1, 8, tzinfo=UTC)
    assert read_page(line).content == "Grüße".encode()
    assert read_page(markup).content == b"<p>y"
    assert (line.is_html, markup.is_html) == (False, True)


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("{", "line 2 is no JSON object"),
        ("[1]", "line 2 is no JSON object: found list"),
        ({"text": "x"}, "line 2: id: Field required"),
        ({"id": "a"}, "has none"),
        ({"id": "a", "text": "x", "path": "y"}, "has path and text"),
        (
            {"id": "a", "text": "x", "fetched_at": "2026-03-01T09:00:00"},
            "fetched_at: Input should have timezone info",
        ),
        ({"id": "a", "text": "x", "status": 7}, "status"),
        ({"id": "first", "text": "x"}, "is already used on line 1"),
    ],
)
def test_a_wrong_line_is_named(tmp_path: Path, line: object, said: str) -> None:
    good, wrong = read_manifest(manifest(tmp_path, {"id": "first", "text": "x"}, line))
    assert good.problem is None
    assert wrong.location.endswith("#line-2")
    assert said in (wrong.problem or "")


def test_gzip_is_read_and_a_bomb_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = tmp_path / "p.html.gz"
    page.write_bytes(gzip.compress(b"<p>" + b"x" * 1000))
    (ref,) = discover([str(page)])
    assert len(read_page(ref).content) == 1003
    monkeypatch.setattr(read, "PAGE_LIMIT_BYTES", 1000)
    with pytest.raises(UnreadablePageError, match="larger than 1,000 bytes"):
        read_page(ref)


@pytest.mark.parametrize(
    "content", [b"\x1f\x8bno gzip", gzip.compress(b"x" * 10_000, mtime=0)[:30]]
)
def test_a_broken_file_is_an_unreadable_page(tmp_path: Path, content: bytes) -> None:
    page = tmp_path / "p.html.gz"
    page.write_bytes(content)
    (ref,) = discover([str(page)])
    with pytest.raises(UnreadablePageError, match=r"p\.html\.gz"):
        read_page(ref)


def test_sources_own_their_pages(tmp_path: Path) -> None:
    (tmp_path / "tide").mkdir()
    (tmp_path / "tide" / "a.html").write_text("x", encoding="utf-8")
    (tmp_path / "b.html").write_text("x", encoding="utf-8")
    listed = tmp_path / "sources.yml"
    listed.write_text(
        "sources:\n- {id: tide, name: Tide, site: tide.example, pages: [tide/]}\n", encoding="utf-8"
    )
    sources = read_sources(listed)
    assert [ref.source_id for ref in discover([str(tmp_path)], sources, listed)] == [None, "tide"]
    assert [ref.source_id for ref in discover([], sources, listed)] == ["tide"]
    resting = [source.model_copy(update={"enabled": False}) for source in sources]
    assert discover([], resting, listed) == []
    assert [ref.source_id for ref in discover([str(tmp_path)], resting, listed)] == [None, "tide"]
