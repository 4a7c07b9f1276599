"""Reads `sources.yml`: one entry a publisher. A source is data; adding one touches no code."""

from __future__ import annotations

from pathlib import Path

from pydantic import BaseModel, ConfigDict, Field

from flows.acquire.page import InputError
from flows.acquire.validate import read_entries, validated


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
    found: dict[str, Source] = {}
    for line, entry in read_entries(path, "sources"):
        source = validated(Source, entry, f"{path}, entry at line {line}")
        if source.id in found:
            raise InputError(f"{path}, line {line}: the id {source.id!r} is taken by an earlier entry")
        found[source.id] = source
    return tuple(found.values())
