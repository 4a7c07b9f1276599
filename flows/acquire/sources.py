"""Reads `sources.yml`: one entry a publisher. A source is data; adding one touches no code."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

from flows.acquire.page import InputError


class Source(BaseModel):
    """One publisher. `pages` are folders, files or globs of stored pages, relative to the file that lists them."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    id: str = Field(pattern=r"^[a-z0-9][a-z0-9-]*$")
    name: str
    site: str = Field(pattern=r"^[a-z0-9.-]+\.[a-z]+$")
    country: str | None = Field(default=None, pattern=r"^[A-Z]{2}$")
    language: str | None = Field(default=None, pattern=r"^[a-z]{2,3}$")
    timezone: str | None = None
    owner: str | None = None
    pages: tuple[str, ...] = ()


def read_sources(path: Path) -> tuple[Source, ...]:
    """Return the sources of one file, in order.

    Raises InputError with the line where YAML is broken, a key is unknown, a value wrong, or an id stands twice.
    """
    try:
        text = path.read_text(encoding="utf-8")
        tree = yaml.compose(text)
        data = yaml.safe_load(text)
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise InputError(f"{path} cannot be read: {error}") from error
    if not isinstance(data, dict) or set(data) != {"sources"} or not isinstance(data["sources"], list):
        raise InputError(f"{path}: must hold one key, `sources`, with a list of publishers")
    lines = _entry_lines(tree)
    found: dict[str, Source] = {}
    for entry, line in zip(data["sources"], lines, strict=True):
        source = _source(entry, path, line)
        if source.id in found:
            raise InputError(f"{path}, line {line}: the id {source.id!r} is taken by an earlier entry")
        found[source.id] = source
    return tuple(found.values())


def _source(entry: Any, path: Path, line: int) -> Source:
    try:
        return Source.model_validate(entry)
    except ValidationError as errors:
        said = "; ".join(f"{'.'.join(map(str, e['loc']))}: {e['msg']}" for e in errors.errors())
        raise InputError(f"{path}, entry at line {line}: {said}") from errors


def _entry_lines(tree: Any) -> list[int]:
    """Line (from 1) on which each entry of the one top-level list begins."""
    return [entry.start_mark.line + 1 for entry in tree.value[0][1].value]
