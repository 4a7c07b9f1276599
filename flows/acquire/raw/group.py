"""One fetch as WARC records: each response with its request, a revisit record where the page is
known already, the fetch's own record last.

Each record is a gzip member of its own. Credentials are masked in every header; HTTP/2 is written
in HTTP/1.1's form, which readers of WARC expect, with WARC-Protocol saying what was spoken. Bodies
stand as they were sent, put together from their chunks.
"""

from __future__ import annotations

import base64
import hashlib
import io
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime
from typing import Any
from urllib.parse import urlsplit

from warcio.statusandheaders import StatusAndHeaders
from warcio.timeutils import datetime_to_iso_date
from warcio.warcwriter import WARCWriter

from flows.acquire.raw.record import FetchRecord, Stored
from flows.acquire.web.exchange import Exchange
from flows.acquire.web.fetched import Fetched
from flows.acquire.web.hosts import host_of
from flows.acquire.web.masking import mask_headers, mask_url
from schemas.fetch_outcomes import FetchOutcome

REVISIT = "http://netpreserve.org/warc/1.1/revisit/"
PROTOCOLS = {"HTTP/2": "h2", "HTTP/1.1": "http/1.1", "HTTP/1.0": "http/1.0"}
UNTRUE_HEADERS = ("transfer-encoding",)
"""Headers that no longer hold of the body as it is kept; they are written with X-Crawler- before
them, as Common Crawl does.
"""

MAX_CHARACTERS = 1000
"""Longest validator or content type that is remembered."""


class Group:
    """The bytes of one fetch, to be appended to `file` at `offset`."""

    def __init__(self, file: str, offset: int) -> None:
        self._file = file
        self._offset = offset
        self._buffer = io.BytesIO()
        self._writer: Any = WARCWriter(self._buffer, gzip=True, warc_version="1.1")

    @property
    def content(self) -> bytes:
        """What has been written so far."""
        return self._buffer.getvalue()

    def begin_file(self, software: str) -> None:
        """Write the record that every file begins with."""
        info = {
            "software": software,
            "format": "WARC File Format 1.1",
            "conformsTo": "https://iipc.github.io/warc-specifications/",
        }
        self._writer.write_record(self._writer.create_warcinfo_record(self._file, info))

    def write(
        self, fetched: Fetched, url_key: str, before: Stored | None, identity: Iterable[str] = ()
    ) -> FetchRecord:
        """Write a fetch, and return its record. `before` is the page as the store holds it, if it
        does.
        """
        record = _remembered(fetched, url_key, before)
        record = replace(record, identity_parameters=" ".join(sorted(identity)) or None)
        response_id = None
        for place, exchange in enumerate(fetched.exchanges, 1):
            at = self._offset + self._buffer.tell()
            is_last = place == len(fetched.exchanges)
            is_known = (
                is_last
                and before is not None
                and record.warc_offset == before.warc_offset
                and record.warc_file == before.warc_file
            )
            response_id = self._write_exchange(exchange, before if is_known else None)
            if is_last and fetched.outcome is FetchOutcome.OK and not is_known:
                record = replace(record, warc_file=self._file, warc_offset=at)
        record = replace(record, log_file=self._file, log_offset=self._offset + self._buffer.tell())
        headers = {"WARC-Date": _date(fetched.fetched_at), "Content-Type": "application/json"}
        if response_id:
            headers["WARC-Concurrent-To"] = response_id
        line = record.as_json()
        self._writer.write_record(
            self._writer.create_warc_record(
                record.url, "metadata", io.BytesIO(line), len(line), warc_headers_dict=headers
            )
        )
        return record

    def _write_exchange(self, exchange: Exchange, before: Stored | None) -> str:
        url, date = mask_url(exchange.url), _date(exchange.sent_at)
        common = {
            "WARC-Date": date,
            "WARC-Protocol": PROTOCOLS.get(exchange.http_version, "http/1.1"),
        }
        if exchange.address:
            common["WARC-IP-Address"] = exchange.address
        http = StatusAndHeaders(
            f"{exchange.status} {exchange.reason}".strip(),
            _kept_headers(exchange),
            protocol="HTTP/1.1",
        )
        if before is None:
            response = self._writer.create_warc_record(
                url,
                "response",
                io.BytesIO(exchange.raw),
                len(exchange.raw),
                warc_headers_dict=common,
                http_headers=http,
            )
        else:
            response = self._writer.create_revisit_record(
                url,
                before.payload_digest,
                before.url,
                _date(before.fetched_at),
                http_headers=http,
                warc_headers_dict=common,
            )
            profile = (
                "server-not-modified" if exchange.status == 304 else "identical-payload-digest"
            )
            response.rec_headers.replace_header("WARC-Profile", REVISIT + profile)
        response_id = str(response.rec_headers.get_header("WARC-Record-ID"))
        self._writer.write_record(response)
        asked = StatusAndHeaders(
            f"GET {_target(url)} HTTP/1.1",
            mask_headers(exchange.request_headers),
            is_http_request=True,
        )
        request = self._writer.create_warc_record(
            url,
            "request",
            warc_headers_dict={"WARC-Date": date, "WARC-Concurrent-To": response_id},
            http_headers=asked,
        )
        self._writer.write_record(request)
        return response_id


def _remembered(fetched: Fetched, url_key: str, before: Stored | None) -> FetchRecord:
    """Return the record of a fetch, its places in the store still open but for a page that `before`
    holds.
    """
    outcome, detail = fetched.outcome, fetched.detail or None
    sha256 = digest = size = kind = file = offset = None
    if outcome is FetchOutcome.OK and (last := fetched.response):
        sha256, digest = hashlib.sha256(last.content).hexdigest(), payload_digest(last.raw)
        size, kind = len(last.content), fetched.content_type
        if before and before.sha256 == sha256:
            outcome, detail = FetchOutcome.UNCHANGED, "the same bytes"
    if outcome is FetchOutcome.UNCHANGED and before and digest in (None, before.payload_digest):
        sha256, digest, size, kind = (
            before.sha256,
            before.payload_digest,
            before.byte_count,
            before.content_type,
        )
        file, offset = before.warc_file, before.warc_offset
    url = mask_url(fetched.wanted.url)
    return FetchRecord(
        url=url,
        url_key=url_key,
        kind=fetched.wanted.kind,
        source_id=fetched.wanted.source_id,
        host=_host(fetched.wanted.url),
        final_url=mask_url(fetched.url) if fetched.exchanges else url,
        fetched_at=fetched.fetched_at,
        outcome=outcome.value,
        detail=detail,
        http_status=fetched.status,
        content_type=_short(kind),
        byte_count=size,
        transferred_count=fetched.transferred,
        seconds=round(fetched.seconds, 6),
        attempt_count=fetched.attempts,
        etag=_short(fetched.header("etag") or fetched.wanted.etag if fetched.is_well else None),
        last_modified=_short(
            fetched.header("last-modified") or fetched.wanted.last_modified
            if fetched.is_well
            else None
        ),
        sha256=sha256,
        payload_digest=digest,
        warc_file=file,
        warc_offset=offset,
        log_file="",
        log_offset=0,
        reservation=_short(fetched.reservation and fetched.reservation[:300]),
        robot_tags=fetched.robot_tags,
    )


def payload_digest(raw: bytes) -> str:
    """Return WARC's digest of a body as it was sent."""
    return f"sha1:{base64.b32encode(hashlib.sha1(raw, usedforsecurity=False).digest()).decode()}"


def _host(url: str) -> str:
    try:
        return host_of(url) or "?"
    except ValueError:
        return "?"


def _short(text: str | None) -> str | None:
    return text if text and len(text) <= MAX_CHARACTERS else None


def _kept_headers(exchange: Exchange) -> list[tuple[str, str]]:
    return [
        (f"X-Crawler-{name}" if name.lower() in UNTRUE_HEADERS else name, value)
        for name, value in mask_headers(exchange.headers)
    ]


def _target(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path or '/'}{f'?{parts.query}' if parts.query else ''}"


def _date(moment: datetime) -> str:
    return str(datetime_to_iso_date(moment.replace(tzinfo=None), use_micros=True))
