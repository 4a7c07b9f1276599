"""The demo pages show what they are there to show, and repeat each other only where that is
meant.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from itertools import combinations
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import yaml

from flows.clean.model import OUTCOMES, REASONS
from tests.golden.cases import EXPECTED, PAGES, SEEDS, load_expectation, page_names
from tests.golden.compare import answers

SOURCE_KEYS = {"id", "name", "site", "country", "language", "timezone", "owner", "pages"}
COMMON_KEYS = {"outcome", "stripped", "lost", "must_not_contain"}
ARTICLE_KEYS = COMMON_KEYS | {
    *(
        "title",
        "authors",
        "published_at",
        "published_precision",
        "language",
        "site",
        "canonical_url",
        "syndicated_from",
        "flags",
    ),
    *("text", "quotes", "entities"),
}
REPRINTS = {("copperfinch/danube-dredging.txt", "corvid-wire/danube-dredging.txt")}
"""Pages of two outlets that are meant to share their words."""

RUN = 10
"""Words in a row that two outlets may not share: shorter runs are the language's, longer ones
somebody's.
"""

PAGE_NAMES = page_names()
EXPECTATIONS = {name: load_expectation(name) for name in PAGE_NAMES}
ARTICLES = [name for name in PAGE_NAMES if EXPECTATIONS[name]["outcome"] == "article"]


def sources() -> list[dict[str, Any]]:
    listed: list[dict[str, Any]] = yaml.safe_load((SEEDS / "sources.yml").read_text("utf-8"))[
        "sources"
    ]
    return listed


def words(name: str) -> list[str]:
    return re.findall(r"[^\W_]+", " ".join(EXPECTATIONS[name]["text"]).casefold())


def runs(name: str) -> set[tuple[str, ...]]:
    told = words(name)
    return {tuple(told[i : i + RUN]) for i in range(len(told) - RUN + 1)}


def raw(name: str) -> bytes:
    return (PAGES / name).read_bytes()


def test_there_are_enough_pages_and_outlets() -> None:
    assert len(PAGE_NAMES) >= 18
    assert len({name.split("/")[0] for name in PAGE_NAMES}) >= 6


def test_every_page_has_its_expectation_and_none_is_left_over() -> None:
    written = {
        path.relative_to(EXPECTED).with_suffix("").as_posix() for path in EXPECTED.rglob("*.json")
    }
    assert written == {name.rpartition(".")[0] for name in PAGE_NAMES}


@pytest.mark.parametrize("name", PAGE_NAMES)
def test_an_expectation_is_whole(name: str) -> None:
    expectation = EXPECTATIONS[name]
    assert expectation["outcome"] in OUTCOMES
    assert set(expectation) - {"known_misses"} == (
        ARTICLE_KEYS if name in ARTICLES else COMMON_KEYS
    )
    assert {reason for row in expectation["stripped"] for reason in answers(row["reason"])} <= set(
        REASONS
    )


@pytest.mark.parametrize("name", ARTICLES)
def test_an_expected_text_is_one_article_with_its_quotations(name: str) -> None:
    text = "\n".join(EXPECTATIONS[name]["text"])
    assert 250 <= len(text.split()) <= 700
    assert all(row["text"] in text for row in EXPECTATIONS[name]["quotes"])
    assert all(paragraph == " ".join(paragraph.split()) for paragraph in EXPECTATIONS[name]["text"])


def test_every_reason_is_shown() -> None:
    """A block with several right reasons shows none; `site_repeat` needs many pages of one site, so
    no single page shows it.
    """
    shown = {
        answers(row["reason"])[0]
        for e in EXPECTATIONS.values()
        for row in e["stripped"]
        if len(answers(row["reason"])) == 1
    }
    assert shown == set(REASONS) - {"site_repeat", "comments"}


def test_sources_cover_every_page_once() -> None:
    listed = sources()
    folders = [folder for source in listed for folder in source["pages"]]
    assert Counter(folders) == {f"pages/{name.split('/')[0]}": 1 for name in PAGE_NAMES}
    assert all(set(source) == SOURCE_KEYS for source in listed)
    assert all(
        source["site"].endswith(".example") and re.fullmatch("[A-Z]{2}", source["country"])
        for source in listed
    )
    assert all(ZoneInfo(source["timezone"]) for source in listed)


def test_an_expected_site_is_its_sources_domain() -> None:
    domains = {source["id"]: source["site"] for source in sources()}
    told = {name: EXPECTATIONS[name]["site"] for name in ARTICLES if EXPECTATIONS[name]["site"]}
    assert told == {name: domains[name.split("/")[0]] for name in told}


def test_one_page_stands_there_twice() -> None:
    same = defaultdict(list)
    for name in PAGE_NAMES:
        same[hashlib.sha256(raw(name)).hexdigest()].append(name)
    assert [names for names in same.values() if len(names) > 1] == [
        ["wexcombe-courier/sea-wall-vote-2.html", "wexcombe-courier/sea-wall-vote.html"]
    ]


def test_outlets_repeat_each_other_only_where_meant() -> None:
    shared = {
        (a, b)
        for a, b in combinations(ARTICLES, 2)
        if a.split("/")[0] != b.split("/")[0] and runs(a) & runs(b) and (a, b) not in REPRINTS
    }
    told = {pair: {" ".join(run) for run in runs(pair[0]) & runs(pair[1])} for pair in shared}
    # the Danube story: three outlets print one envoy's and one negotiator's words
    assert all("danube" in a + b or "river" in a + b for a, b in told), told
    assert all(any(run in quoted(a) for run in found) for (a, _), found in told.items()), told
    assert all(runs(a) == runs(b) for a, b in REPRINTS)


def quoted(name: str) -> str:
    told = " / ".join(row["text"] for row in EXPECTATIONS[name]["quotes"])
    return " ".join(re.findall(r"[^\W_]+|/", told.casefold()))


def test_one_quotation_is_printed_differently_by_three_outlets() -> None:
    said = {
        row["text"].strip(","): row["speaker"]
        for name in ARTICLES
        for row in EXPECTATIONS[name]["quotes"]
        if "ask the river to wait for our paperwork" in row["text"]
    }
    assert len(said) == 3
    assert set(said.values()) == {"Katarzyna Woleńska", "Katarzyna Wolenska"}
    assert sum(text.startswith("But ") for text in said) == 1


SHAPES = {
    "openlight/lake-count.txt": rb"\A date 2025-05 .{300,}Close Kenya and Uganda",
    "notes-from-the-strait/river-and-strait.txt": rb"\n\nLeave a comment\n\nBlog at ",
    "copperfinch/danube-dredging.txt": rb"first appeared on corvidwire\.example\n.*\n    "
    rb"Disclaimer: ",
    "pacific-tidings/sea-patrols.txt": rb"\ANovember, Saturday 16, "
    rb"2024\n.*\nk7Rw2LqXzB9vT\.jpeg\n.*12 March 2024",
    "pacific-tidings/two-names.html": rb"charset=windows-1252.*\x93.*\x94<BR><BR>|charset=windows-1252.*\x93.*\x94.*<BR><BR>",  # noqa: E501
    "auentaler-anzeiger/talbruecke.html": '<html lang="de">.*„.*“'.encode(),
    "corvid-wire/khushdara-quake.txt": rb"\A[^\n]+\Z",
    "corvid-wire/danube-dredging.txt": rb"\A[^\n]+\n[^\n]+\n[^\n]+\n(?:[^\n]{60,}\n){11}[^\n]+\n\Z",
    "corvid-wire/court-ruling.amp.html": "<html ⚡".encode(),
    "skerrivore-bulletin/mine.txt": rb"\n[^\n]{40,68}\n[^\n]{40,68}\n",
    "skerrivore-bulletin/shop.html": rb"\A<html>\n<body>",
    "evening-lantern/metro-strike.html": rb"<div>Drivers of the Chandrapuri "
    rb"Metro[^<]+</div>\n<div>",
    "wexcombe-courier/harbour-inquiry.txt": rb"\nTODAY IN THE COURIER\n.*\nIN BRIEF\n",
}
"""Pages and the shape of their bytes that must survive every edit."""


@pytest.mark.parametrize("name", SHAPES)
def test_a_page_has_the_shape_it_is_there_for(name: str) -> None:
    assert re.search(SHAPES[name], raw(name), re.DOTALL)
