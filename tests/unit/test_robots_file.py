"""robots.txt as RFC 9309 has it, and as hosts write it."""

from __future__ import annotations

import pytest

from flows.acquire.web.robots import ROBOTS_LIMIT, read_robots
from schemas.fetch_outcomes import FetchOutcome as Outcome

NO = "Disallow: /"
ALL = "User-agent: *\nAllow: /\n\n"


def allows(text: str | bytes, path: str = "/news/a", user_agent: str | None = None) -> bool:
    content = text if isinstance(text, bytes) else text.encode()
    robots = read_robots(Outcome.OK, "", content)
    return robots.allows(f"https://tide.example{path}", user_agent)


@pytest.mark.parametrize(
    "text",
    [
        f"\ufeffUser-agent: *\n{NO}",
        f"User-agent: *\r{NO}",
        f"User-agent: *\r\n\r\n{NO} # all",
        "user-agent : *\ndisallow : /",
        f"User-agent: *\n{NO}".encode("utf-16"),
        f"User-agent: *\n{NO}".encode("utf-16-le"),
        f"User-agent: *\n{NO}".encode("utf-16-be"),
        f"{ALL}User-agent: newsduck/0.1\n{NO}",
        f"{ALL}User-agent: NewsDuck\n{NO}",
        f"{ALL}User-agent: newsduck - the bot\n{NO}",
        f"{ALL}User-agent: newsduck\nUser-agent: other\n{NO}",
        f"{ALL}User-agent: other\n# and\nUser-agent: newsduck\n\n{NO}",
        f"User-agent: newsduck\nDisallow: /x\n\n{ALL}User-agent: newsduck\nDisallow: /news",
        f"User-agent: *\nSitemap: https://tide.example/s.xml\n{NO}",
        f"{ALL}User-agent: 'newsduck'\n{NO}",
        f"User-agent: *\n\ufeff{NO}",
        f"User-agent: news\nAllow: /\n\nUser-agent: *\n{NO}",
        "User-agent: *\nDisallow: /*/a$",
        "User-agent: *\nAllow: /n\nDisallow: /news/",
        f"User-agent: *\n{NO}\n".encode() + bytes(50),
        f"\u200bUser-agent: *\n{NO}",
        f"{ALL}User-agent: other, newsduck\n{NO}",
        f"{ALL}User agent: newsduck/0.1\n{NO}",
        f"{ALL}User-agent newsduck/0.1\n{NO}",
        f"{ALL}User-agent: newsduck\nNoai: yes\nSitemap: /s.xml\nUser-agent: other\n{NO}",
        f"{ALL}User-agent: newsduck\nDissallow: /",
    ],
)
def test_what_forbids(text: str | bytes) -> None:
    assert not allows(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        f"User-agent: newsduckling\n{NO}",
        f"User-agent: news\n{NO}",
        f"User agent: news\n{NO}",
        f"User-agent: duck\n{NO}",
        f"User-agent: *bot\n{NO}",
        f"User-agent: other/newsduck\n{NO}",
        f"User-agent: *\n{NO}\n\nUser-agent: newsduck\nDisallow:",
        f"User-agent: *\n{NO}\nAllow: /news/",
        f"{NO}",
        f"<html><body>User-agent: *\n{NO.replace('/', '')}",
        "User-agent: *\nDisallow: /*/b$",
        f"# User-agent: *\n# {NO}",
        f"User-agent: *\nNoai: /\n{ALL}",
        f"User-agent: newsduck\nCrawl-delay: 5\n\nUser-agent: *\n{NO}",
    ],
)
def test_what_allows(text: str) -> None:
    assert allows(text)


def test_only_the_first_500_kib_count() -> None:
    assert not allows(f"User-agent: *\n{NO}\n" + "# filler\n" * 90_000)
    assert allows("# filler\n" * (ROBOTS_LIMIT // 9 + 1) + f"User-agent: *\n{NO}\n")


def test_another_name_is_held_to_the_rules_of_both() -> None:
    assert not allows(f"{ALL}User-agent: EllerySearch\n{NO}", user_agent="EllerySearch/2.0 (+x)")
    assert not allows(f"{ALL}User-agent: newsduck\n{NO}", user_agent="EllerySearch/2.0")
    assert allows(f"{ALL}User-agent: other\n{NO}", user_agent="EllerySearch/2.0")
    browser = "Mozilla/5.0 (compatible; EllerySearch/2.0; +x)"
    assert not allows(f"{ALL}User-agent: EllerySearch\n{NO}", user_agent=browser)


def test_sitemaps_and_delay_are_read_behind_a_mark() -> None:
    text = "\ufeffSitemap: https://tide.example/s.xml\nUser-agent: newsduck/1\nCrawl-delay: 7"
    robots = read_robots(Outcome.OK, "", text.encode())
    assert (robots.sitemaps, robots.delay) == (["https://tide.example/s.xml"], 7)


@pytest.mark.parametrize(
    ("outcome", "is_allowed"),
    [
        (Outcome.NOT_FOUND, True),
        (Outcome.FORBIDDEN, True),
        (Outcome.OTHER_4XX, True),
        (Outcome.TOO_MANY_REQUESTS, False),
        (Outcome.SERVER_ERROR, False),
        (Outcome.TIMEOUT_READ, False),
        (Outcome.DNS, False),
    ],
)
def test_without_a_file(outcome: Outcome, is_allowed: bool) -> None:
    assert (read_robots(outcome, "", b"").fault is None) is is_allowed
