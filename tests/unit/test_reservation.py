"""Who reserves text and data mining, and how."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest

from flows.acquire.web.exchange import Exchange
from flows.acquire.web.reservation import read_rules, said_of

AT = "https://tide.example"


def page(head: str = "", **headers: str) -> Exchange:
    content = f"<!doctype html><html><head>{head}</head><body><p>Words".encode()
    named = [(name.replace("_", "-"), value) for name, value in headers.items()]
    moment = datetime(2026, 3, 1, tzinfo=UTC)
    return Exchange(AT, moment, [], 200, "OK", "HTTP/1.1", named, content, content, None)


@pytest.mark.parametrize(
    ("said", "reservation", "tags"),
    [
        (page(tdm_reservation="1"), "header tdm-reservation", None),
        (page(TDM_Reservation=" 1 "), "header tdm-reservation", None),
        (page(TDM_Reservation='"1"; x'), "header tdm-reservation", None),
        (page(TDM_Reservation="10"), None, None),
        (page('<meta http-equiv="tdm-reservation" content="1">'), "meta tdm-reservation", None),
        (
            page('<meta http-equiv="X-Robots-Tag" content="noai">'),
            "header X-Robots-Tag: noai",
            "noai",
        ),
        (page('<meta name="tdm-reservation" content="1">'), "meta tdm-reservation", None),
        (page("<META NAME=TDM-Reservation CONTENT=1>"), "meta tdm-reservation", None),
        (
            page('<meta name="robots" content="NoAI, noimageai">'),
            "meta robots: noai",
            "noai noimageai",
        ),
        (page('<meta name="newsduck" content="noai">'), "meta robots: noai", "noai"),
        (page(X_Robots_Tag="noai"), "header X-Robots-Tag: noai", "noai"),
        (page(X_Robots_Tag="newsduck: noai"), "header X-Robots-Tag: noai", "noai"),
        (page(X_Robots_Tag="otherbot: noai"), None, None),
        (page(tdm_reservation="0"), None, None),
        (page('<meta name="tdm-reservation" content="0">', tdm_reservation="1"), None, None),
        (page('<meta name="robots" content="noindex,noarchive">'), None, "noarchive noindex"),
        (page(X_Robots_Tag="noarchive"), None, "noarchive"),
        (page('<meta name="robots" content="max-snippet:-1, index">'), None, None),
        (page("<title>noai</title><p>tdm-reservation: 1"), None, None),
        (page("<!-- <meta name=robots content=noai> -->"), None, None),
        (page(), None, None),
        (page(tdm_reservation="1, 1"), "header tdm-reservation", None),
        (page('<meta property="tdm-reservation" content="1">'), "meta tdm-reservation", None),
        (page('<template><meta name="tdm-reservation" content="1"></template>'), None, None),
        (
            page('<meta name="robots" content="noai"><meta name="robots" content="noarchive">'),
            "meta robots: noai",
            "noai noarchive",
        ),
        (page('<meta name="robots" content="noindex noai">'), "meta robots: noai", "noai noindex"),
        (page(X_Robots_Tag="max-snippet:50, noai"), "header X-Robots-Tag: noai", "noai"),
        (
            page(f"<style>{'a{b:c}' * 20_000}</style><meta name=tdm-reservation content=1>"),
            "meta tdm-reservation",
            None,
        ),
    ],
)
def test_what_a_page_says(said: Exchange, reservation: str | None, tags: str | None) -> None:
    assert said_of(said) == (reservation, tags)


RULES = [
    {"location": "/free/", "tdm-reservation": 0},
    {"location": "/news/*/photos$", "tdm-reservation": 1},
    {"location": "/news/2026", "tdm-reservation": 1, "tdm-policy": f"{AT}/policy"},
    {"location": "*.pdf", "tdm-reservation": "1"},
]


@pytest.mark.parametrize(
    ("path", "location"),
    [
        ("/news/2026/a", "/news/2026"),
        ("/news/1/photos", "/news/*/photos$"),
        ("/news/1/photos/2", None),
        ("/x/a.pdf", "*.pdf"),
        ("/free/news/2026", None),
        ("/news", None),
        ("", None),
    ],
)
def test_what_a_host_says(path: str, location: str | None) -> None:
    rules = read_rules(json.dumps(RULES).encode())
    assert rules.of(AT + path) == location
    assert rules.text == "/news/*/photos$ /news/2026 *.pdf"


@pytest.mark.parametrize(
    "content",
    [b"", b"<html>404", b"[", b"[1, null]", b'{"a": 1}', b'[{"location": 5}]', b"[" * 100_000],
)
def test_what_is_no_file_of_rules_reserves_nothing(content: bytes) -> None:
    assert read_rules(content).of(f"{AT}/a") is None


@pytest.mark.parametrize(
    "location", [f"{AT}/n%C3%A4he/", "n%c3%a4he/", "/nähe/", "https://www.tide.example/n*he/"]
)
def test_a_location_is_a_path_however_it_is_written(location: str) -> None:
    rules = read_rules(json.dumps([{"location": location, "tdm-reservation": 1}]).encode("utf-16"))
    assert rules.of(f"{AT}/n%C3%A4he/a")
    assert not rules.of(f"{AT}/fern/a")


def test_a_whole_site_is_reserved_by_its_root() -> None:
    rules = read_rules(b'\xef\xbb\xbf[{"location": "/", "tdm-reservation": 1}]')
    assert rules.of(AT) == rules.of(f"{AT}/a?b=c") == "/"
