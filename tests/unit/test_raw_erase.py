"""Tombstones in the raw store: of the exact length, and passed over by readers of WARC."""

from __future__ import annotations

import gzip
from io import BytesIO

import pytest
from warcio.archiveiterator import ArchiveIterator

from flows.acquire.raw.erase import tombstone


def test_a_tombstone_has_the_length_of_what_it_replaces() -> None:
    for length in (*range(120, 400), 999, 1000, 65_535, 65_600, 65_700, 131_500, 1_000_003):
        made = tombstone(length)
        assert len(made) == length
        assert gzip.decompress(made).startswith(b"WARC/1.1\r\nWARC-Type: erased\r\n")


def test_readers_pass_over_tombstones() -> None:
    records = ArchiveIterator(BytesIO(tombstone(300) + tombstone(70_000)))
    assert [record.rec_type for record in records] == ["erased", "erased"]


def test_a_place_that_is_too_short_is_refused() -> None:
    with pytest.raises(ValueError, match="too short"):
        tombstone(60)
