"""WARC files as input: written by warcio and by hand, plain, gzip and zstd, whole, cut and
broken.
"""

from __future__ import annotations

import gzip
import io
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import zstandard
from fastwarc.stream_io import zstd_train_dictionary_from_samples
from fastwarc.warc import ArchiveIterator
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from flows.acquire import read
from flows.acquire.discover import discover
from flows.acquire.page import PageRef, UnreadablePageError
from flows.acquire.read import read_page
from flows.acquire.warc import warc_pages
from flows.config.errors import InputError

HTML = (("Content-Type", "text/html; charset=utf-8"),)
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
Response = tuple[str, bytes, Iterable[tuple[str, str]], str]


def body(number: int) -> bytes:
    return f"<html><p>page {number} ".encode() + b"so it goes on " * 60


def chunked(content: bytes) -> bytes:
    return b"%x\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n" % (
        100,
        content[:100],
        len(content) - 100,
        content[100:],
    )


PAGES: tuple[Response, ...] = (
    ("https://t.example/0", body(0), HTML, "200 OK"),
    (
        "https://t.example/1",
        gzip.compress(body(1), mtime=0),
        (*HTML, ("Content-Encoding", "gzip")),
        "200 OK",
    ),
    ("https://t.example/2", chunked(body(2)), (*HTML, ("Transfer-Encoding", "chunked")), "200 OK"),
    (
        "https://t.example/3",
        body(3),
        (*HTML, ("Transfer-Encoding", "chunked"), ("Content-Encoding", "gzip")),
        "404 Not Found",
    ),
    (
        "https://t.example/4.txt",
        b"plain words",
        (("content-type", "Text/Plain"), ("Content-Language", "en")),
        "200 OK",
    ),
    ("https://t.example/5", body(5), (), "200 OK"),
)
NO_PAGES: tuple[Response, ...] = (
    ("https://t.example/q.png", b"\x89PNG", (("Content-Type", "image/png"),), "200 OK"),
    ("https://t.example/rss.xml", b"<rss/>", (("Content-Type", "application/rss+xml"),), "200 OK"),
    ("https://t.example/robots.txt", b"User-agent: *", (("Content-Type", "text/plain"),), "200 OK"),
    ("https://t.example/moved", b"<p>Moved", (*HTML, ("Location", "/0")), "301 Moved Permanently"),
)


def written(responses: Iterable[Response] = PAGES, *, is_gzip: bool = False) -> bytes:
    """A WARC file by warcio's own writer: for each response its request too, and other records
    before.
    """
    out = io.BytesIO()
    writer = WARCWriter(out, gzip=is_gzip)
    writer.write_record(writer.create_warcinfo_record("t.warc", {"software": "test"}))
    date = {"WARC-Date": "2026-03-01T12:00:00Z"}
    for url, content, headers, status in responses:
        http = StatusAndHeaders(status, list(headers), protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(
                url,
                "response",
                io.BytesIO(content),
                len(content),
                warc_headers_dict=date,
                http_headers=http,
            )
        )
        asked = StatusAndHeaders("GET / HTTP/1.1", [("Host", "t.example")], is_http_request=True)
        writer.write_record(writer.create_warc_record(url, "request", http_headers=asked))
    writer.write_record(
        writer.create_revisit_record(
            "https://t.example/0", "sha1:X", "https://t.example/0", "2026-03-01T12:00:00Z"
        )
    )
    return out.getvalue()


def records(plain: bytes) -> list[bytes]:
    starts = [record.stream_pos for record in ArchiveIterator(io.BytesIO(plain), parse_http=False)]
    return [plain[start:end] for start, end in zip(starts, [*starts[1:], len(plain)], strict=True)]


def zstd(plain: bytes) -> bytes:
    return b"".join(zstandard.ZstdCompressor().compress(record) for record in records(plain))


def zstd_with_dictionary(plain: bytes) -> bytes:
    dictionary = zstd_train_dictionary_from_samples(
        [part + bytes([n]) for n in range(60) for part in records(plain)], 4000
    )
    frame = zstandard.ZstdCompressor().compress(dictionary)
    compressor = zstandard.ZstdCompressor(dict_data=zstandard.ZstdCompressionDict(dictionary))
    return (
        b"\x5d\x2a\x4d\x18"
        + len(frame).to_bytes(4, "little")
        + frame
        + b"".join(compressor.compress(part) for part in records(plain))
    )


FORMS: dict[str, tuple[str, Callable[[bytes], bytes]]] = {
    "plain": ("t.warc", lambda plain: plain),
    "gzip": (
        "t.warc.gz",
        lambda plain: b"".join(gzip.compress(record, mtime=0) for record in records(plain)),
    ),
    "zstd": ("t.warc.zst", zstd),
    "zstd with a dictionary": ("t.warc.zst", zstd_with_dictionary),
    "gzip in one piece": ("t.warc.gz", lambda plain: gzip.compress(plain, mtime=0)),
    "zstd in one piece": ("t.warc.zst", lambda plain: zstandard.ZstdCompressor().compress(plain)),
}


def contents(refs: Iterable[PageRef]) -> list[bytes | None]:
    def content(ref: PageRef) -> bytes | None:
        try:
            return read_page(ref).content
        except UnreadablePageError:
            return None

    return [content(ref) for ref in refs]


@pytest.mark.parametrize("form", FORMS)
def test_the_pages_of_every_form(tmp_path: Path, form: str) -> None:
    name, packed = FORMS[form]
    path = tmp_path / name
    path.write_bytes(packed(written((*NO_PAGES[:2], *PAGES, *NO_PAGES[2:]))))
    refs = discover([str(path)])
    assert [ref.url for ref in refs] == [url for url, *_ in PAGES]
    assert contents(refs) == [body(0), body(1), body(2), body(3), b"plain words", body(5)]
    assert contents(reversed(refs)) == contents(refs)[::-1]
    assert [ref.status for ref in refs] == [200, 200, 200, 404, 200, 200]
    assert [ref.is_html for ref in refs] == [True, True, True, True, False, True]
    assert {ref.fetched_at for ref in refs} == {NOON}
    assert refs[4].headers == {"content-type": "Text/Plain", "content-language": "en"}
    assert len({ref.location for ref in refs}) == len(refs)
    assert discover([str(tmp_path)]) == discover([str(tmp_path / "*")]) == refs


def test_what_warcio_itself_compressed_is_read_at_its_offsets(tmp_path: Path) -> None:
    path = tmp_path / "t.warc.gz"
    path.write_bytes(written(is_gzip=True))
    assert contents(warc_pages(path, "tide")) == [
        body(0),
        body(1),
        body(2),
        body(3),
        b"plain words",
        body(5),
    ]
    assert {ref.source_id for ref in warc_pages(path, "tide")} == {"tide"}


@pytest.mark.parametrize("form", FORMS)
def test_a_file_cut_anywhere_gives_what_is_whole(tmp_path: Path, form: str) -> None:
    name, packed = FORMS[form]
    whole = packed(written(PAGES[:3]))
    path = tmp_path / name
    most = 0
    for end in range(len(whole) - 1, 0, -max(7, len(whole) // 60)):
        path.write_bytes(whole[:end])
        try:
            found = contents(warc_pages(path))
        except InputError:
            continue
        good = [content for content in found if content is not None]
        assert good == [body(0), body(1), body(2)][: len(good)]
        assert len(found) - len(good) <= 1 + (form == "zstd with a dictionary")
        most = max(most, len(good))
    assert most == 3 or "one piece" in form


@pytest.mark.parametrize("form", ["plain", "gzip", "zstd", "zstd with a dictionary"])
@pytest.mark.parametrize("hurt", [1, 3])
def test_a_broken_record_costs_itself_alone(tmp_path: Path, form: str, hurt: int) -> None:
    name, packed = FORMS[form]
    plain = written(PAGES[:3])
    whole = packed(plain)
    starts = [record.stream_pos for record in ArchiveIterator(io.BytesIO(whole), parse_http=False)]
    at = starts[hurt]
    path = tmp_path / name
    path.write_bytes(whole[:at] + b"\0" * 30 + whole[at + 30 :])
    refs = list(warc_pages(path))
    found = contents(refs)
    assert [content for content in found if content] == [
        body(n) for n in range(3) if n != hurt // 2
    ]
    assert found.count(None) == 1
    with pytest.raises(UnreadablePageError, match=rf"{name}, byte \d+"):
        read_page(refs[found.index(None)])


@pytest.mark.parametrize(
    "content",
    [b"", b"\0" * 100, b"<html>no WARC", gzip.compress(b"<html>", mtime=0), b"\x28\xb5\x2f\xfd"],
)
def test_what_is_no_warc_file_is_refused(tmp_path: Path, content: bytes) -> None:
    (tmp_path / "t.warc").write_bytes(content)
    with pytest.raises(InputError, match=r"t\.warc: holds no WARC record"):
        list(warc_pages(tmp_path / "t.warc"))


def test_bodies_that_cannot_be_had_are_unreadable(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = gzip.compress(b"<p>" + b"x" * 100)[:3] + b"\0" * 40
    bomb = gzip.compress(b"<p>" + b"0" * 200_000)
    encoded = (*HTML, ("Content-Encoding", "gzip"))
    responses = [
        ("https://t.example/a", broken, encoded, "200 OK"),
        ("https://t.example/b", bomb, encoded, "200 OK"),
    ]
    path = tmp_path / "t.warc"
    path.write_bytes(
        written([*responses, ("https://t.example/c", b"x" * 200_000, HTML, "200 OK"), PAGES[0]])
    )
    monkeypatch.setattr(read, "PAGE_LIMIT_BYTES", 100_000)
    first, second, third, fourth = warc_pages(path)
    with pytest.raises(UnreadablePageError, match="cannot be decoded"):
        read_page(first)
    for large in (second, third):
        with pytest.raises(UnreadablePageError, match="larger than 100,000 bytes"):
            read_page(large)
    assert read_page(fourth).content == body(0)


def test_reading_a_file_in_one_piece_takes_one_pass(tmp_path: Path) -> None:
    pages = [(f"https://t.example/{n}", body(n), HTML, "200 OK") for n in range(400)]
    path = tmp_path / "t.warc.gz"
    path.write_bytes(gzip.compress(written(pages), mtime=0))
    refs = list(warc_pages(path))
    assert contents(refs) == [body(n) for n in range(400)]
