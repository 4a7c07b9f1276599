"""Finds the pages that a run is asked for: files, folders, globs, manifests, WARC files, and the
stored pages of sources.

Only WARC records and manifest lines are read here; the pages themselves are read later.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

from flows.acquire.manifest import read_manifest
from flows.acquire.page import PageRef
from flows.acquire.sources import Source
from flows.acquire.warc import ENDINGS as WARC_ENDINGS
from flows.acquire.warc import warc_pages
from flows.config.errors import InputError

PAGE_ENDINGS = (".html", ".htm", ".txt")
HTML_ENDINGS = (".html", ".htm")


def discover(
    inputs: Iterable[str], sources: Iterable[Source] = (), sources_file: Path | None = None
) -> list[PageRef]:
    """Return the pages of `inputs`, then those that `sources` list, each place once, in order.

    A folder gives its .html, .htm and .txt files (.gz too) and its WARC files at any depth, in
    order of path. A page under a path in a source's `pages` belongs to that source. Pages of a
    disabled source are skipped unless they are named in `inputs`. Raises InputError where an
    input does not exist, is of no known kind, or holds no page.
    """
    sources = tuple(sources)
    owner: dict[str, str] = {}
    listed: list[PageRef] = []
    for source in sources:
        for pattern in source.pages:
            base = sources_file.parent if sources_file else Path()
            for ref in _expand(str(base / pattern), source.id):
                owner[ref.location] = source.id
                if source.enabled:
                    listed.append(ref)
    asked = [ref for given in inputs for ref in _expand(given, None)]
    found: dict[str, PageRef] = {}
    for ref in asked or listed:
        found.setdefault(ref.location, ref)
    return [_owned(ref, owner.get(ref.location)) for ref in found.values()]


def _owned(ref: PageRef, source_id: str | None) -> PageRef:
    if source_id is None or ref.source_id is not None:
        return ref
    return replace(ref, source_id=source_id)


def _expand(given: str, source_id: str | None) -> Iterator[PageRef]:
    """Yield the pages of one input."""
    path = Path(given).expanduser()
    if path.is_dir():
        pages = [file for file in sorted(path.rglob("*")) if _is_page(file) or _is_warc(file)]
        if not pages:
            raise InputError(
                f"{given}: the folder holds no page ({', '.join(PAGE_ENDINGS)}, "
                "each also with .gz) and no WARC file"
            )
        for page in pages:
            yield from _single(page, source_id)
    elif path.exists():
        yield from _single(path, source_id)
    elif glob.has_magic(given):
        matches = sorted(glob.glob(str(path), recursive=True))  # noqa: PTH207 (Path.glob takes no absolute pattern)
        if not matches:
            raise InputError(f"{given}: no file matches this pattern")
        for match in matches:
            if (
                Path(match).is_dir()
                or _is_page(Path(match))
                or _is_warc(Path(match))
                or match.endswith(".jsonl")
            ):
                yield from _expand(match, source_id)
    else:
        raise InputError(
            f"{given} does not exist: give a page, a folder, a glob, a manifest (.jsonl), "
            "a WARC file or an address"
        )


def _single(path: Path, source_id: str | None) -> Iterator[PageRef]:
    if path.name.endswith(".jsonl"):
        pages = list(read_manifest(path, source_id))
        if not pages:
            raise InputError(f"{path}: the manifest holds no line")
        yield from pages
    elif _is_warc(path):
        yield from warc_pages(path, source_id)
    elif not _is_page(path):
        raise InputError(
            f"{path}: unknown file type. Pages end in {', '.join(PAGE_ENDINGS)} "
            "(each also with .gz), manifests in .jsonl, "
            f"WARC files in {', '.join(WARC_ENDINGS)}"
        )
    else:
        yield _file(path, source_id)


def _is_page(path: Path) -> bool:
    return (
        path.name.lower().removesuffix(".gz").endswith(PAGE_ENDINGS)
        and not path.name.startswith(".")
        and path.is_file()
    )


def _is_warc(path: Path) -> bool:
    return (
        path.name.lower().endswith(WARC_ENDINGS)
        and not path.name.startswith(".")
        and path.is_file()
    )


def _file(path: Path, source_id: str | None) -> PageRef:
    place = path.resolve()
    changed_at = datetime.fromtimestamp(path.stat().st_mtime, UTC)
    is_html = path.name.lower().removesuffix(".gz").endswith(HTML_ENDINGS)
    return PageRef(str(place), str(place), changed_at, is_html, source_id=source_id)
