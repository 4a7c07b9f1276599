"""What is remembered of one fetch: a row of `meta.fetches`, and, as JSON, the last WARC record of
its group in the raw store.
"""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any


@dataclass(frozen=True, slots=True)
class FetchRecord:
    """One address, one fetch, one outcome; `schemas/fetches.py` says what the fields are.

    `warc_file` and `warc_offset` are where the page's bytes stand, of this fetch or, where it was
    unchanged, of an earlier one; `log_file` and `log_offset` are where this record itself stands.
    """

    url: str
    url_key: str
    kind: str
    source_id: str | None
    host: str
    final_url: str
    fetched_at: datetime
    outcome: str
    detail: str | None
    http_status: int | None
    content_type: str | None
    byte_count: int | None
    transferred_count: int
    seconds: float
    attempt_count: int
    etag: str | None
    last_modified: str | None
    sha256: str | None
    payload_digest: str | None
    warc_file: str | None
    warc_offset: int | None
    log_file: str
    log_offset: int
    reservation: str | None = None
    robot_tags: str | None = None
    identity_parameters: str | None = None

    def as_json(self) -> bytes:
        """Return the record as a line of JSON."""
        return (
            json.dumps(asdict(self), default=datetime.isoformat, ensure_ascii=False).encode()
            + b"\n"
        )

    @classmethod
    def from_json(cls, line: bytes) -> FetchRecord:
        """Return what `as_json` wrote; raises ValueError or TypeError where it is something
        else.
        """
        fields: dict[str, Any] = json.loads(line)
        return cls(**fields | {"fetched_at": datetime.fromisoformat(fields["fetched_at"])})


@dataclass(frozen=True, slots=True)
class Stored:
    """A page that the raw store holds already, so that the next look at it can be conditional and
    an unchanged one is not stored twice.

    `payload_digest` is WARC's, of the bytes as sent; `sha256` that of the decoded page.
    """

    url: str
    fetched_at: datetime
    sha256: str
    payload_digest: str
    byte_count: int
    content_type: str | None
    warc_file: str
    warc_offset: int
