"""Reads a manifest: JSON lines, a page a line, in the form that docs/tutorial.md shows.
Fetching is not done here.

A line that is wrong costs itself alone: it becomes a page that cannot be read, with its number and
what is wrong. Nothing of a line is kept but a reference, and no line is read beyond a limit.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from pydantic import AwareDatetime, BaseModel, ConfigDict, Field, field_validator, model_validator

from flows.acquire.page import PageRef
from flows.acquire.place import changed_at, encodable, location_of, plausible
from flows.acquire.read import MAX_LINE_BYTES, open_regular
from flows.acquire.web.masking import mask_headers, mask_text, mask_url
from flows.config.errors import InputError
from flows.config.validation import validated

MAX_ID_CHARACTERS = 2_000
MAX_URL_CHARACTERS = 4_096


class ManifestLine(BaseModel):
    """One page of a manifest: `id`, one of `path`, `html` and `text`, and what else is known. Other
    keys are ignored.
    """

    model_config = ConfigDict(extra="ignore")

    id: str = Field(min_length=1, max_length=MAX_ID_CHARACTERS)
    url: str | None = Field(default=None, max_length=MAX_URL_CHARACTERS)
    path: str | None = None
    html: str | None = None
    text: str | None = None
    fetched_at: AwareDatetime | None = None
    status: int | None = Field(default=None, ge=100, le=999)
    headers: dict[str, str] = Field(default_factory=dict)

    @field_validator("id", "url", "path")
    @classmethod
    def _is_text(cls, value: str | None) -> str | None:
        if value is not None and not encodable(value):
            raise ValueError("holds a NUL or half of a character (a lone surrogate)")
        return value

    @field_validator("headers")
    @classmethod
    def _are_texts(cls, value: dict[str, str]) -> dict[str, str]:
        return {name: text for name, text in value.items() if encodable(name + text)}

    @field_validator("fetched_at")
    @classmethod
    def _is_a_time(cls, value: AwareDatetime | None) -> AwareDatetime | None:
        if value is not None and plausible(value) is None:
            raise ValueError("is no time at which a page can have been fetched")
        return value

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
    except RecursionError:
        raise InputError(f"{manifest}, line {number}: JSON is nested too deeply") from None
    except ValueError as error:
        raise InputError(f"{manifest}, line {number} is no JSON object: {error}") from error
    return validated(ManifestLine, value, f"{manifest}, line {number}")


def _json_object(line: bytes | str) -> dict[str, Any]:
    value = json.loads(line)
    if not isinstance(value, dict):
        raise ValueError(f"found {type(value).__name__}")
    return value


def read_manifest(
    manifest: Path, source_id: str | None = None, *, allow_outside: bool = False
) -> Iterator[PageRef]:
    """Yield the pages of a manifest, in order, and one with a `problem` for each line that is wrong
    or repeats an id.

    A `path` must lie below the manifest's folder unless `allow_outside`: a manifest of somebody
    else could name any file of this machine. Raises InputError where the manifest cannot be read.
    """
    seen: dict[str, int] = {}
    offset = 0
    try:
        with open_regular(manifest) as lines:
            for number, line in enumerate(_lines(lines), 1):
                if isinstance(line, int):
                    detail = f"{manifest}, line {number}: longer than {MAX_LINE_BYTES:,} bytes"
                    yield _problem(manifest, number, detail, source_id, is_too_large=True)
                    offset += line
                    continue
                if line.strip():
                    try:
                        page = parse_line(line, manifest, number)
                        if page.id in seen:
                            raise InputError(
                                f"{manifest}, line {number}: the id {_shown_id(page.id)!r} is "
                                f"already used on line {seen[page.id]}"
                            )
                        seen[page.id] = number
                        yield _reference(page, manifest, offset, source_id, number, allow_outside)
                    except InputError as error:
                        yield _problem(manifest, number, str(error), source_id)
                offset += len(line)
    except OSError as error:
        raise InputError(f"{manifest} cannot be read: {error}") from error


def _lines(file: IO[bytes]) -> Iterator[bytes | int]:
    """Yield each line, or its length where it is longer than MAX_LINE_BYTES."""
    while line := file.readline(MAX_LINE_BYTES + 1):
        if len(line) <= MAX_LINE_BYTES:
            yield line
            continue
        length = len(line)
        while not line.endswith(b"\n") and (line := file.readline(1 << 20)):
            length += len(line)
        yield length


def _shown_id(given: str) -> str:
    """Return the id of a line as it may be written down: where it is an address, masked."""
    return mask_url(given) if "//" in given else given


def _problem(
    manifest: Path, number: int, detail: str, source_id: str | None, *, is_too_large: bool = False
) -> PageRef:
    """Return the page that stands for a line that is wrong."""
    shown = mask_text(detail).encode("utf-8", "backslashreplace").decode("utf-8")
    return PageRef(
        f"{location_of(manifest)}#line-{number}",
        str(manifest),
        changed_at(manifest),
        is_html=True,
        source_id=source_id,
        problem=shown,
        is_too_large=is_too_large,
    )


def _reference(
    page: ManifestLine,
    manifest: Path,
    offset: int,
    source_id: str | None,
    number: int,
    allow_outside: bool,
) -> PageRef:
    fetched_at = plausible(page.fetched_at) if page.fetched_at else None
    url = mask_url(page.url) if page.url else None
    headers = dict(mask_headers(page.headers.items()))
    if page.path is None:
        return PageRef(
            f"{location_of(manifest)}#{_shown_id(page.id)}",
            str(manifest),
            fetched_at or changed_at(manifest),
            page.html is not None,
            offset,
            url,
            page.status,
            headers,
            source_id,
        )
    try:
        file = (manifest.parent / page.path).resolve()
        is_below = file.is_relative_to(manifest.parent.resolve())
        is_there = file.is_file()
    except (OSError, RuntimeError, ValueError) as error:  # a name that is too long, a loop of links
        raise InputError(f"{manifest}, line {number}: path: {error}") from error
    if not is_below and not allow_outside:
        raise InputError(
            f"{manifest}, line {number}: path {page.path!r} lies outside the manifest's folder; "
            "--allow-outside permits that"
        )
    return PageRef(
        location_of(file),
        str(file),
        fetched_at or (changed_at(file) if is_there else changed_at(manifest)),
        not file.name.removesuffix(".gz").endswith(".txt"),
        None,
        url,
        page.status,
        headers,
        source_id,
    )
