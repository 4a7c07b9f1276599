"""Keys: what is the same must share one, what differs must not."""

from __future__ import annotations

import re
import unicodedata

import pytest

from flows.link import keys
from flows.link.fold import count_words, fold


@pytest.mark.parametrize(
    "other",
    [
        "https://tide.example/news/quay/",
        "http://www.tide.example/news/quay",
        "https://tide.example/news/quay?utm_source=feed&utm_medium=rss",
        "https://TIDE.example/news/quay#comments",
        "https://amp.tide.example/news/quay/amp/",
        "https://m.tide.example/news/quay?amp=1",
    ],
)
def test_spellings_of_an_address_share_a_key(other: str) -> None:
    assert keys.article_id(other, "a", "tide") == keys.article_id(
        "https://tide.example/news/quay", "b", "unknown"
    )


def test_different_addresses_do_not() -> None:
    found = {
        keys.article_id(f"https://tide.example/news{path}", "", "tide")
        for path in ("", "/quay", "/quay/2", "?id=1", "?id=2", "?1", "?2", "?cid=1")
    }
    assert len(found) == 8


def test_without_an_address_source_and_text_are_the_key() -> None:
    wide = keys.article_id(None, "The quay is wide.", "tide")
    assert wide == keys.article_id(None, "the quay  is wide", "tide")
    assert wide != keys.article_id(None, "The quay is narrow.", "tide")
    assert wide != keys.article_id(None, "The quay is wide.", "courier")


def test_folding_keeps_words_of_every_script() -> None:
    assert fold("  Grüße, ＡＢＣ — Straße! ") == "grüsse abc strasse"
    assert fold("北京 meets Київ") == "北京 meets київ"


def test_words_are_counted_in_scripts_without_spaces() -> None:
    assert count_words("The quay, widened twice.") == 4
    assert count_words("新しい橋") == 4
    assert count_words(" — ") == 0


def test_no_character_of_a_text_changes_how_the_others_are_folded() -> None:
    letters = map(chr, (*range(0xE00), *range(0x2000, 0x3000)))
    odd = [letter for letter in letters if not letter.isalnum()]
    for mark in odd:
        plain = unicodedata.normalize("NFKC", f"Quay’s{mark}WIDE_door").casefold()
        assert fold(f"Quay’s{mark}WIDE_door") == " ".join(re.findall(r"[^\W_]+", plain)), mark
        spaced = f"Quay’s {mark} WIDE_door"
        assert count_words(spaced) == len(re.findall(r"[^\W_]+", spaced)), mark


def test_keys_are_stable() -> None:
    assert keys.digest("a", 1) == "839e11a421d370be"
    assert keys.page_id(b"") == "e3b0c44298fc1c14"
