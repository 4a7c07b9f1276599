"""Reads a manifest: JSON lines, a page a line, in the form that the design's "The command" gives.
Fetching is not done here.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, model_validator

from flows.acquire.page import PageRef
from flows.config.errors import InputError
from flows.config.validation import validated


class ManifestLine(BaseModel):
    """One page of a manifest: `id`, one of `path`, `html` and `text`, and what else is known. Other
    keys are ignored.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1)
    url: str | None = None
    path: str | None = None
    html: str | None = None
    text: str | None = None
    fetched_at: AwareDatetime | None = None
    status: int | None = Field(default=None, ge=100, le=999)
    headers: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def _holds_one_page(self) -> ManifestLine:
        given = [name for name in ("path", "html", "text") if getattr(self, name) is not None]
        if len(given) != 1:
            raise ValueError(
                f"needs exactly one of path, html and text, has {' and '.join(given) or 'none'}"
            )
        return self


def parse_line(line: bytes | str, manifest: Path, number: int) -> ManifestLine:
    """Return one line of `manifest`; raises InputError with the file, the line's number (from 1)
    and what is wrong.
    """
    try:
        value = _json_object(line)
    except ValueError as error:
        raise InputError(f"{manifest}, line {number} is no JSON object: {error}") from error
    return validated(ManifestLine, value, f"{manifest}, line {number}")


def _json_object(line: bytes | str) -> dict[str, Any]:
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError(f"found {type(value).__name__}")
    return value


def read_manifest(manifest: Path, source_id: str | None = None) -> Iterator[PageRef]:
    """Yield the pages of a manifest, in order; raises InputError at the first line that is wrong or
    repeats an id.
    """
    changed_at = datetime.fromtimestamp(manifest.stat().st_mtime, UTC)
    seen: dict[str, int] = {}
    offset = 0
    with manifest.open("rb") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip():
                page = parse_line(line, manifest, number)
                if page.id in seen:
                    raise InputError(
                        f"{manifest}, line {number}: the id {page.id!r} is already used "
                        f"on line {seen[page.id]}"
                    )
                seen[page.id] = number
                yield _reference(page, manifest, offset, changed_at, source_id)
            offset += len(line)


def _reference(
    page: ManifestLine, manifest: Path, offset: int, changed_at: datetime, source_id: str | None
) -> PageRef:
    if page.path is None:
        location, file, line_offset, is_html = (
            f"{manifest.resolve()}#{page.id}",
            manifest,
            offset,
            page.html is not None,
        )
        fetched_at = page.fetched_at or changed_at
    else:
        file, line_offset = (manifest.parent / page.path).resolve(), None
        location, is_html = str(file), not file.name.removesuffix(".gz").endswith(".txt")
        fetched_at = page.fetched_at or (
            datetime.fromtimestamp(file.stat().st_mtime, UTC) if file.is_file() else changed_at
        )
    return PageRef(
        location,
        str(file),
        fetched_at.astimezone(UTC),
        is_html,
        line_offset,
        page.url,
        page.status,
        page.headers,
        source_id,
    )
