"""Whatever a listing holds, reading it ends with links or a reason: no exception, no long wait."""

from __future__ import annotations

import random
import time
from collections.abc import Callable

import pytest

from flows.acquire.web.listings import detect_kind, listed
from tests.web.mutations import MUTATIONS, listing_samples, mutated

ROUNDS = 400
"""Mutated listings tried by the suite; `python -m tests.web.mutations 65000` tries more."""


def test_mutated_listings_raise_nothing() -> None:
    """Seeded, so that a failure comes back: the message names the seed."""
    samples = listing_samples()
    for seed in range(ROUNDS):
        kind, content, content_type = mutated(random.Random(seed), samples)
        found = listed(kind, content, "https://tide.example/list", "tide", content_type)
        detect_kind(content)
        for link in found.links:
            assert link.url.startswith("http"), f"seed {seed}"
            (link.title or "").encode(), link.url.encode(), link.key.encode()
        (found.fault or "").encode()


def test_every_mutation_is_used_and_changes_its_listing() -> None:
    samples = listing_samples()
    for mutate in MUTATIONS:
        changed = [
            mutate(random.Random(seed), sample.content) != sample.content
            for seed in range(5)
            for sample in samples
        ]
        assert any(changed), mutate.__name__


ADJACENT: dict[str, Callable[[int], bytes]] = {
    "comments": lambda n: b"<!--a-->" * n + b"<p>",
    "open comments": lambda n: b"<!--" * n,
    "instructions": lambda n: b"<?a?>" * n + b"<p>",
    "spaces": lambda n: b" " * n * 8 + b"x",
    "types": lambda n: b"<!DOCTYPE a>" * n,
    "sections": lambda n: b"<rss><channel>" + b"<![CDATA[" * n,
    "closed sections": lambda n: b"<rss><channel><title>" + b"<![CDATA[&]]>" * n,
    "references": lambda n: b"<rss><channel><title>" + b"&#55357;" * n,
    "ampersands": lambda n: b"<urlset><url><loc>" + b"&" * n * 4,
    "digits": lambda n: b"<rss><channel><title>&#" + b"9" * n * 8,
    "anchors": lambda n: b"<a href=/x/y-12345>" * n,
    "deep anchors": lambda n: b"<div><a href=/x/y-12345>" * n,
    "base": lambda n: b"<base href='" + b"http://[" * n + b"'><a href=a>",
    "refresh": lambda n: b"<meta http-equiv=refresh content='" + b"0;url=" * n + b"'>",
}


@pytest.mark.parametrize("name", ADJACENT)
def test_the_time_grows_with_the_size_and_not_faster(name: str) -> None:
    """Four times the size may take eight times as long (four, and noise); patterns that grow with
    the square take sixteen.
    """

    def seconds(count: int) -> float:
        content = ADJACENT[name](count)
        least = float("inf")
        for _ in range(2):
            begun = time.process_time()
            detect_kind(content)
            for kind in ("feed", "sitemap", "section"):
                listed(kind, content, "https://tide.example/", "tide", None)
            least = min(least, time.process_time() - begun)
        return least

    small, large = seconds(500), seconds(2000)
    assert large < 8 * small + 0.25
