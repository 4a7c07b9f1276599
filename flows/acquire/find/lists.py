"""Reads files of addresses: one a line; empty lines and lines that begin with # say nothing. Gzip
is recognised by its first bytes.
"""

from __future__ import annotations

from flows.acquire.find.canonical import link_to
from flows.acquire.find.unzip import unzipped
from flows.acquire.link import Link
from flows.config.errors import InputError

MAX_BYTES = 500_000_000
"""Largest list, unpacked: some five million addresses."""


def list_links(
    content: bytes, place: str, source_id: str | None = None, faults: list[str] | None = None
) -> tuple[Link, ...]:
    """Return the links of the file at `place` (a path or address), each page once.

    A line that is no http(s) address is named, with its number (from 1), in an InputError, or,
    where `faults` is given, in that list; then the other lines are read.
    """
    content, is_whole = unzipped(content, MAX_BYTES)
    if not is_whole:
        raise InputError(
            f"{place} cannot be read: it is larger than {MAX_BYTES:,} bytes, "
            "or its gzip data is broken or truncated"
        )
    found: dict[str, Link] = {}
    for number, line in enumerate(content.decode("utf-8-sig", "replace").splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        link = link_to(line, place, "list", source_id)
        if link is None:
            fault = (
                f"{place}, line {number}: invalid URL {line.strip()[:100]!r}; "
                "it must begin with http:// or https:// and a host"
            )
            if faults is None:
                raise InputError(fault)
            faults.append(fault)
            continue
        found.setdefault(link.key, link)
    return tuple(found.values())
