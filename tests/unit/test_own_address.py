"""Which address makes an article its own."""

from __future__ import annotations

import pytest

from flows.clean.model import Cleaned
from flows.link.keys import article_id
from flows.worker.rows import own_address

QUAY = "https://tide.example/news/quay-widened-10077"
FERRY = "https://tide.example/news/ferry-leaves-10078"


def page(url: str | None, canonical: str | None) -> Cleaned:
    return Cleaned("article", "", url=url, canonical_url=canonical)


@pytest.mark.parametrize(
    "canonical",
    [
        "https://tide.example/news/",
        "https://tide.example/404",
        "https://tide.example/news/{{slug}}",
        "https://tide.example/",
    ],
)
def test_two_articles_with_a_canonical_of_neither_stay_two(canonical: str) -> None:
    assert own_address(page(QUAY, canonical)) == QUAY
    assert own_address(page(FERRY, canonical)) == FERRY


def test_variants_with_a_good_canonical_are_one() -> None:
    for url in (QUAY, f"{QUAY}?view=print", "https://tide.example/?p=10077", f"{QUAY}/amp", None):
        assert own_address(page(url, QUAY)) == QUAY
    assert own_address(page(f"{QUAY}?page=2", QUAY)) == f"{QUAY}?page=2"
    assert own_address(page(QUAY, None)) == QUAY


def test_known_parameters_are_part_of_the_key() -> None:
    one, other = "https://tide.example/s?ncid=1", "https://tide.example/s?ncid=2"
    assert article_id(one, "", "tide") == article_id(other, "", "tide")
    assert article_id(one, "", "tide", {"ncid"}) != article_id(other, "", "tide", {"ncid"})
