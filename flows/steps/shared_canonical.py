"""Keeps articles apart that claim one canonical address and tell different things: before staged
rows are loaded, each such article gets the key of the address that it was fetched from.

A claim that cannot be the article's own by its form is not believed in the first place
(`link/canonical_trust.py`); here stands what only the other articles show.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import duckdb
import polars as pl

from flows.link.canonical_trust import tells_another
from flows.link.keys import address_key, article_id
from flows.steps.staged_keys import move_pages
from schemas import ARTICLES
from warehouse.sql import as_list
from warehouse.stage import read_rows

COLUMNS = ("article_id", "page_id", "url", "canonical_url", "title", "text", "source_id")

SINCE = """
    SELECT min(first_seen_at)::VARCHAR FROM meta.article_facts WHERE key_number IN (
        SELECT (md5_number_lower(unnest(?::JSON::VARCHAR[])) >> 1)::BIGINT)
"""
"""When the first of some articles was seen; null if none is loaded."""


@dataclass(frozen=True, slots=True)
class Claim:
    """An article, staged or loaded, with the address it was fetched from and the one it claims."""

    article_id: str
    page_id: str
    url: str | None
    canonical_url: str | None
    title: str | None
    text: str
    source_id: str


def separate(
    connection: duckdb.DuckDBPyConnection, stage: Path, kept: Mapping[str, Sequence[str]]
) -> int:
    """Give staged articles that share a key with another one, and tell something else, a key of
    their own; return how many got one.

    `kept` are the parameters that tell the articles of a source apart, by source.
    """
    files = sorted(stage.glob(f"*/{ARTICLES.name}.parquet"))
    if not files:
        return 0
    shared = _shared(connection, files, kept)
    groups: dict[str, list[Claim]] = {}
    for claim in (claim for file in files if shared for claim in _claims(file, shared)):
        groups.setdefault(claim.article_id, []).append(claim)
    loaded = _loaded(connection, shared)
    moved: dict[str, tuple[str, str | None]] = {}
    for key, claims in groups.items():
        for claim in _strangers(key, claims, loaded.get(key), kept):
            names = kept.get(claim.source_id, ())
            own = article_id(claim.url, claim.text, claim.source_id, names)
            moved[claim.page_id] = own, claim.url
    move_pages(stage, moved)
    return len(moved)


def _shared(
    connection: duckdb.DuckDBPyConnection, files: list[Path], kept: Mapping[str, Sequence[str]]
) -> list[str]:
    """Return the keys of articles that were fetched from more than one address, those that are
    loaded already among them. Texts are not read.
    """
    rows = [
        row for file in files for row in read_rows(file, ("article_id", "url", "source_id")).rows()
    ]
    rows += _stored(connection, ("article_id", "url", "source_id"), [row[0] for row in rows])
    addresses: dict[str, set[str]] = {}
    for key, url, source_id in rows:
        if url:
            addresses.setdefault(key, set()).add(address_key(url, kept.get(source_id, ())))
    return sorted(key for key, found in addresses.items() if len(found) > 1)


def _claims(file: Path, keys: list[str]) -> list[Claim]:
    """Return the staged articles with one of `keys` and an address."""
    frame = read_rows(file, COLUMNS)
    frame = frame.filter(pl.col("url").is_not_null() & pl.col("article_id").is_in(keys))
    return [Claim(*row) for row in frame.rows()]


def _loaded(connection: duckdb.DuckDBPyConnection, keys: list[str]) -> dict[str, Claim]:
    return {row[0]: Claim(*row) for row in _stored(connection, COLUMNS, keys)}


def _stored(
    connection: duckdb.DuckDBPyConnection, columns: Sequence[str], keys: Sequence[str]
) -> list[tuple[Any, ...]]:
    """Return `columns` of the loaded articles with one of `keys`. They are sought from the time on
    that the first of them was seen.
    """
    asked = as_list(keys)
    since = connection.execute(SINCE, [asked]).fetchall()[0][0]
    if since is None:
        return []
    return connection.execute(
        f"SELECT {', '.join(columns)} FROM articles WHERE first_seen_at >= ?::TIMESTAMPTZ "
        "AND article_id IN (SELECT unnest(?::JSON::VARCHAR[]))",
        [since, asked],
    ).fetchall()


def _strangers(
    key: str, claims: list[Claim], loaded: Claim | None, kept: Mapping[str, Sequence[str]]
) -> list[Claim]:
    """Return the staged articles that must leave a key: those that were fetched from another
    address than its owner and tell something else.
    """

    def address(claim: Claim) -> str:
        return address_key(claim.url or "", kept.get(claim.source_id, ()))

    def is_owner(claim: Claim) -> bool:
        names = kept.get(claim.source_id, ())
        return article_id(claim.url, claim.text, claim.source_id, names) == key

    if len({address(claim) for claim in (*claims, *([loaded] if loaded else []))}) < 2:
        return []
    owner = next((claim for claim in claims if is_owner(claim)), loaded or claims[0])
    return [
        claim
        for claim in claims
        if address(claim) != address(owner)
        and not is_owner(claim)
        and tells_another((claim.title, claim.text), (owner.title, owner.text))
    ]
