"""WARC files as other tools write them, and as accidents leave them: one record costs itself
alone.
"""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Sequence
from pathlib import Path

import pytest

from flows.acquire.http_message import dechunked
from flows.acquire.warc import warc_pages
from flows.worker.process_page import Tools, process_page
from tests.unit.test_warc import body, contents

URL = "https://t.example/"


def http(content: bytes, *headers: str, ends: str = "\r\n", status: str = "200 OK") -> bytes:
    head = [f"HTTP/1.1 {status}", "Content-Type: text/html; charset=utf-8", *headers]
    return (ends.join(head) + ends + ends).encode() + content


def record(
    block: bytes,
    url: str = URL,
    kind: str = "response",
    off: int = 0,
    ends: str = "\r\n",
    content_type: str = "application/http; msgtype=response",
    more: Sequence[str] = (),
) -> bytes:
    """One record; `off` is added to its length."""
    head = [
        "WARC/1.0",
        f"WARC-Type: {kind}",
        f"WARC-Target-URI: {url}",
        "WARC-Date: 2026-03-01T12:00:00Z",
        f"WARC-Record-ID: <urn:uuid:{zlib.crc32(url.encode()):08x}>",
        f"Content-Type: {content_type}",
        *more,
        f"Content-Length: {len(block) + off}",
    ]
    return (ends.join(head) + ends + ends).encode() + block + b"\r\n\r\n"


def page(number: int, **more: object) -> bytes:
    return record(http(body(number) + b"</html>"), f"{URL}{number}", **more)  # type: ignore[arg-type]


def read(tmp_path: Path, records: Sequence[bytes], form: str) -> dict[str | None, bytes | None]:
    path = tmp_path / ("t.warc.gz" if form == "gzip" else "t.warc")
    packed = [gzip.compress(r, mtime=0) for r in records] if form == "gzip" else records
    path.write_bytes(b"".join(packed))
    refs = list(warc_pages(path))
    assert len({ref.location for ref in refs}) == len(refs)
    return dict(zip([ref.url for ref in refs], contents(refs), strict=True))


FORMS = pytest.mark.parametrize("form", ["plain", "gzip"])
WHOLE = {f"{URL}{n}": body(n) + b"</html>" for n in range(4)}
ZIPPED = gzip.compress(WHOLE[f"{URL}1"], mtime=0)


@FORMS
@pytest.mark.parametrize(
    "odd",
    [
        page(1, off=5000),
        page(1, off=20),
        page(1, off=-30),
        page(1, ends="\n"),
        record(http(body(1) + b"</html>", ends="\n"), f"{URL}1"),
        record(http(body(1) + b"</html>", f"X-Long: {'x' * 100_000}"), f"{URL}1"),
        record(http(body(1) + b"</html>", "X-Folded: a", " b: c"), f"{URL}1"),
        record(
            b"HTTP/1.1 103 Early Hints\r\nLink: </a.css>\r\n\r\n" + http(WHOLE[f"{URL}1"]),
            f"{URL}1",
        ),
        page(1).replace(b"Content-Length", b"content-length").replace(b"WARC-Type", b"warc-type"),
        record(http(ZIPPED + b"\r\njunk", "Content-Encoding: gzip"), f"{URL}1"),
        record(
            http(
                b'40;name="a;b"\r\n'
                + (body(1) + b"</html>")[:64]
                + b"\r\n%x ;x\r\n" % (len(body(1)) + 7 - 64)
                + (body(1) + b"</html>")[64:]
                + b"\r\n0\r\nTrailer: x\r\n\r\n",
                "Transfer-Encoding: chunked",
            ),
            f"{URL}1",
        ),
        b"\r\n" + page(1),
        record(http(ZIPPED), f"{URL}1"),
        record(http(ZIPPED, "Content-Encoding: identity"), f"{URL}1"),
        record(http(ZIPPED, "Content-Encoding: utf-8"), f"{URL}1"),
        page(1).replace(b"text/html; charset=utf-8", b"application/octet-stream"),
        page(1).replace(b"text/html;", b"text/html, text/html;"),
        record(
            body(1) + b"</html>", f"{URL}1", "resource", content_type="application/octet-stream"
        ),
        record(body(1) + b"</html>", f"{URL}1", "resource", 500, content_type="text/html"),
    ],
)
def test_a_record_that_is_written_oddly_is_read_and_so_are_the_others(
    tmp_path: Path, form: str, odd: bytes
) -> None:
    assert read(tmp_path, [page(0), odd, page(2), page(3)], form) == WHOLE


@pytest.mark.parametrize("cut", [40, 400, 700])
def test_a_cut_record_does_not_take_the_next_ones_bytes(tmp_path: Path, cut: int) -> None:
    block = http(body(1), f"Content-Length: {len(body(1))}")
    short = record(block, f"{URL}1")[:-cut]
    found = read(tmp_path, [page(0), short, page(2), page(3)], "plain")
    assert found[f"{URL}0"] == WHOLE[f"{URL}0"]
    assert found[f"{URL}2"] == WHOLE[f"{URL}2"]
    assert found[f"{URL}3"] == WHOLE[f"{URL}3"]
    assert found.get(f"{URL}1") is None


@FORMS
def test_a_file_that_is_cut_is_not_read(tmp_path: Path, form: str) -> None:
    """A file shorter than its record says is whole only where it ends with `</html>`."""
    short = record(body(1), f"{URL}1", "resource", 500, content_type="text/html")
    found = read(tmp_path, [page(0), short], form)
    assert found == {f"{URL}0": WHOLE[f"{URL}0"], f"{URL}1": None}


@FORMS
def test_a_page_about_warc_is_not_cut_where_it_quotes_a_record(tmp_path: Path, form: str) -> None:
    quoted = body(1) + b"\r\n\r\nWARC/1.0\r\nWARC-Type: response\r\n\r\n and so on</html>"
    found = read(tmp_path, [page(0), record(http(quoted), f"{URL}1"), page(2)], form)
    assert found[f"{URL}1"] == quoted
    assert found[f"{URL}2"] == WHOLE[f"{URL}2"]


@FORMS
def test_resources_and_conversions_are_pages(tmp_path: Path, form: str) -> None:
    records = [
        record(b"<html><p>A file", f"{URL}file", "resource", content_type="text/html"),
        record(b"The words of a page", f"{URL}words", "conversion", content_type="text/plain"),
        record(b"\x89PNG", f"{URL}picture", "resource", content_type="image/png"),
        record(b"\x89PNG", f"{URL}vague", "resource", content_type="application/octet-stream"),
        record(b"a,b", f"{URL}sums", "resource", content_type="application/octet-stream"),
        record(b"{}", f"{URL}facts", "metadata", content_type="text/html"),
        record(b"GET / HTTP/1.1\r\n\r\n", f"{URL}asked", "request"),
    ]
    assert read(tmp_path, records, form) == {
        f"{URL}file": b"<html><p>A file",
        f"{URL}words": b"The words of a page",
    }


@FORMS
def test_a_revisit_has_the_payload_of_what_it_refers_to(tmp_path: Path, form: str) -> None:
    def revisit(url: str, *more: str) -> bytes:
        return record(b"", url, "revisit", more=more)

    original = f"<urn:uuid:{zlib.crc32(f'{URL}0'.encode()):08x}>"
    records = [
        revisit(f"{URL}before", f"WARC-Refers-To: {original}"),
        page(0),
        revisit(f"{URL}twin", f"WARC-Refers-To-Target-URI: {URL}0"),
        revisit(f"{URL}0", f"WARC-Refers-To-Target-URI: {URL}0"),
        revisit(f"{URL}lost", "WARC-Refers-To-Target-URI: https://t.example/elsewhere"),
    ]
    whole = WHOLE[f"{URL}0"]
    assert read(tmp_path, records, form) == {
        f"{URL}0": whole,
        f"{URL}before": whole,
        f"{URL}twin": whole,
    }


@pytest.mark.parametrize(
    ("status", "outcome"),
    [
        (404, "not_found"),
        (410, "not_found"),
        (500, "block_page"),
        (200, "article"),
        (403, "article"),
    ],
)
def test_a_stored_status_is_honoured(tmp_path: Path, status: int, outcome: str) -> None:
    words = "The lock keepers of Ellery will open the upper gate an hour earlier from Monday on. "
    markup = f"<article><h1>Gate opens</h1>{f'<p>{words * 3}</p>' * 6}</article>"
    path = tmp_path / "t.warc"
    path.write_bytes(record(http(markup.encode(), status=f"{status} X"), f"{URL}gate-opens-7"))
    (ref,) = warc_pages(path)
    assert process_page(ref, 1, Tools(), annotated=False).cleaned.outcome == outcome


@pytest.mark.parametrize(
    ("chunks", "whole"),
    [
        (b"3\r\nabc\r\n0\r\n\r\n", b"abc"),
        (b"3;a=b\nabc\n2\nde\n0\n\n", b"abcde"),
        (b"3\r\nabc\r\n5\r\nde", b"abcde"),
        (b"<html>", b"<html>"),
        (b"", b""),
        (b"0\r\n\r\n", b""),
    ],
)
def test_chunks(chunks: bytes, whole: bytes) -> None:
    assert dechunked(chunks) == whole
