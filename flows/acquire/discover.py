"""Finds the pages that a run is asked for: files, folders, globs, manifests, WARC files, and the
stored pages of sources.

Only WARC records and manifest lines are read here; the pages themselves are read later.
"""

from __future__ import annotations

import glob
from collections.abc import Iterable, Iterator
from dataclasses import replace
from pathlib import Path

from flows.acquire.manifest import read_manifest
from flows.acquire.page import PageRef
from flows.acquire.place import changed_at, location_of
from flows.acquire.sources import Source
from flows.acquire.warc import ENDINGS as WARC_ENDINGS
from flows.acquire.warc import warc_pages
from flows.config.errors import InputError
from flows.config.home import expand_home

PAGE_ENDINGS = (".html", ".htm", ".txt")
HTML_ENDINGS = (".html", ".htm")


def discover(
    inputs: Iterable[str],
    sources: Iterable[Source] = (),
    sources_file: Path | None = None,
    *,
    allow_outside: bool = False,
) -> list[PageRef]:
    """Return the pages of `inputs`, then those that `sources` list, each place once, in order.

    A folder gives its .html, .htm and .txt files (.gz too) and its WARC files at any depth, in
    order of path. A page under a path in a source's `pages` belongs to that source. Pages of a
    disabled source are skipped unless they are named in `inputs`. `allow_outside` lets a manifest
    name files outside its own folder. Raises InputError where an input does not exist, is of no
    known kind, or holds no page.
    """
    sources = tuple(sources)
    owner: dict[str, str] = {}
    listed: list[PageRef] = []
    for source in sources:
        for pattern in source.pages:
            base = sources_file.parent if sources_file else Path()
            for ref in _expand(str(base / pattern), source.id, allow_outside):
                owner[ref.location] = source.id
                if source.enabled:
                    listed.append(ref)
    asked = [ref for given in inputs for ref in _expand(given, None, allow_outside)]
    found: dict[str, PageRef] = {}
    for ref in asked or listed:
        found.setdefault(ref.location, ref)
    return [_owned(ref, owner.get(ref.location)) for ref in found.values()]


def _owned(ref: PageRef, source_id: str | None) -> PageRef:
    if source_id is None or ref.source_id is not None:
        return ref
    return replace(ref, source_id=source_id)


def _expand(given: str, source_id: str | None, allow_outside: bool) -> Iterator[PageRef]:
    """Yield the pages of one input."""
    path = expand_home(given)
    try:
        is_folder, is_there = path.is_dir(), path.exists()
    except (OSError, ValueError) as error:  # a name that is too long, holds a NUL, is out of reach
        raise InputError(f"{given[:200]!r} cannot be opened: {error}") from error
    if is_folder:
        files = [file for file in sorted(path.rglob("*")) if _is_page(file) or _is_warc(file)]
        if not files:
            raise InputError(
                f"{given}: the folder holds no page ({', '.join(PAGE_ENDINGS)}, "
                "each also with .gz) and no WARC file"
            )
        for file in files:
            yield from _one_of_many(file, source_id, allow_outside)
    elif is_there:
        yield from _single(path, source_id, allow_outside)
    elif glob.has_magic(given):
        yield from _matches(given, path, source_id, allow_outside)
    else:
        raise InputError(
            f"{given} does not exist: give a page, a folder, a glob, a manifest (.jsonl), "
            "a WARC file or an address"
        )


def _matches(
    given: str, pattern: Path, source_id: str | None, allow_outside: bool
) -> Iterator[PageRef]:
    """Yield the pages of all that a glob matches; what holds none is passed over."""
    matches = [Path(m) for m in sorted(glob.glob(str(pattern), recursive=True))]  # noqa: PTH207 (Path.glob takes no absolute pattern)
    if not matches:
        raise InputError(f"{given}: no file matches this pattern")
    for match in matches:
        if match.is_dir():
            for file in sorted(match.rglob("*")):
                if _is_page(file) or _is_warc(file):
                    yield from _one_of_many(file, source_id, allow_outside)
        elif match.is_file() and match.name.endswith(".jsonl"):
            yield from _single(match, source_id, allow_outside)
        elif _is_page(match) or _is_warc(match):
            yield from _one_of_many(match, source_id, allow_outside)


def _one_of_many(path: Path, source_id: str | None, allow_outside: bool) -> Iterator[PageRef]:
    """Yield the pages of a file that nobody named: what is wrong with it costs itself alone."""
    try:
        yield from _single(path, source_id, allow_outside)
    except (InputError, OSError) as error:
        problem = str(error).encode("utf-8", "backslashreplace").decode("utf-8")
        yield PageRef(
            location_of(path),
            str(path.resolve()),
            changed_at(path),
            is_html=True,
            source_id=source_id,
            problem=problem,
        )


def _single(path: Path, source_id: str | None, allow_outside: bool) -> Iterator[PageRef]:
    if path.name.endswith(".jsonl"):
        pages = list(read_manifest(path, source_id, allow_outside=allow_outside))
        if not pages:
            raise InputError(f"{path}: the manifest holds no line")
        if all(page.problem and not page.is_too_large for page in pages):
            raise InputError(f"{pages[0].problem} (and no line of the manifest is right)")
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
    is_html = path.name.lower().removesuffix(".gz").endswith(HTML_ENDINGS)
    place = path.resolve()
    return PageRef(location_of(place), str(place), changed_at(place), is_html, source_id=source_id)
