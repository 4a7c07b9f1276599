"""Finds how a publisher's pages can be had: from one address to feeds, sitemaps and what the
publisher says of itself.

What a page or robots.txt names comes first, the usual places only where nothing is named; nothing
is believed that was not fetched and read. A sitemap of all pages ever is not taken where a feed or
a news sitemap gives the new ones: it would fetch the archive.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import TypeVar
from urllib.parse import urljoin, urlsplit

from flows.acquire.find.canonical import FindError
from flows.acquire.find.feeds import read_feed
from flows.acquire.find.front import Front, only_timezone, read_front
from flows.acquire.find.resolve import resolve
from flows.acquire.find.sections import section_links
from flows.acquire.find.sitemaps import Sitemap, read_sitemap
from flows.acquire.link import Link
from flows.acquire.web.fetched import Fetched, Wanted
from flows.acquire.web.fetcher import Fetcher
from flows.acquire.web.listings import detect_kind
from flows.acquire.web.robots import read_robots, robots_url
from flows.config.errors import InputError
from flows.link.address import site_of
from schemas.fetch_outcomes import FetchOutcome

FEED_PLACES = ("feed/", "rss.xml", "rss", "feed.xml", "atom.xml", "index.xml", "rss/", "feeds/")
SITEMAP_PLACES = (
    "sitemap-news.xml",
    "news-sitemap.xml",
    "sitemap_news.xml",
    "sitemap.xml",
    "sitemap_index.xml",
)
"""Where publishers keep them who name them nowhere, the commonest first."""

MIN_SECTION_LINKS = 5
"""Links to articles that make a page worth following as a section."""

MAX_FEEDS_KEPT = 10
"""Feeds that are kept of those that bring pages of their own."""

Read = TypeVar("Read")

MAX_CHILDREN = 20
"""Sitemaps of an index that are looked at for one of news."""


@dataclass(frozen=True, slots=True)
class Survey:
    """What was found of a publisher. `left_out` are sitemaps of all pages; `asked` counts the
    addresses that were fetched; `faults` say which named feeds and sitemaps cannot be read, and
    why.
    """

    name: str
    site: str
    country: str | None
    language: str | None
    timezone: str | None
    feeds: tuple[str, ...]
    sitemaps: tuple[str, ...]
    sections: tuple[str, ...]
    left_out: tuple[str, ...]
    links: tuple[Link, ...]
    asked: int
    faults: tuple[str, ...] = ()


class Surveyor:
    """Looks at one publisher."""

    def __init__(self, fetcher: Fetcher, say: Callable[[str], None] = lambda _: None) -> None:
        """`say` hears what is looked at."""
        self._fetcher = fetcher
        self._say = say
        self._asked = 0
        self._first: Fetched | None = None
        self._faults: list[str] = []

    async def survey(self, address: str) -> Survey:
        """Return what can be found from `address`, a front page, section page, feed or sitemap.

        Raises InputError where the address cannot be fetched, or leads to nothing that could be
        followed.
        """
        first = await self._get(address, "any")
        if first.outcome is not FetchOutcome.OK:
            raise InputError(_refusal(address, first))
        self._first = first
        start, kind = first.url, detect_kind(first.content)
        front, feeds, sitemaps = Front(None, None, None, (), None), list[str](), list[str]()
        if kind == "page":
            front = self._read(start, lambda: read_front(first.content, start)) or front
            feeds.extend(front.feeds)
        elif kind == "feed":
            feeds.append(start)
        else:
            sitemaps.append(start)
        links: dict[str, Link] = {}
        kept_feeds, said = await self._feeds(feeds, start, links, is_guessing=kind == "page")
        kept, left_out = await self._sitemaps(sitemaps, start, links, is_guessing=kind == "page")
        if left_out and not kept and not kept_feeds:
            kept, left_out = left_out[:1], left_out[1:]
        sections: tuple[str, ...] = ()
        if not kept_feeds and not kept and kind == "page":
            found = self._read(start, lambda: section_links(first.content, start)) or ()
            links |= {link.key: link for link in found}
            sections = (start,) if len(found) >= MIN_SECTION_LINKS else ()
        if not (kept_feeds or kept or sections):
            raise InputError(
                f"{address}: no feed, no sitemap and too few links to articles were found "
                f"({self._asked} addresses tried{self._said()}). "
                "Give the address of a feed, a sitemap or a section page."
            )
        front = replace(
            front, name=front.name or said.name, language=front.language or said.language
        )
        site = _site(start, front.canonical, links.values())
        return Survey(
            name=front.name or site,
            site=site,
            country=front.country,
            language=front.language,
            timezone=only_timezone(front.country),
            feeds=tuple(kept_feeds),
            sitemaps=tuple(kept),
            sections=sections,
            left_out=tuple(left_out),
            links=tuple(links.values()),
            asked=self._asked,
            faults=tuple(self._faults),
        )

    async def _get(self, url: str, kind: str) -> Fetched:
        if self._first and self._first.url == url:  # the start itself is a feed or a sitemap
            return self._first
        self._asked += 1
        self._say(url)
        return await self._fetcher.fetch(Wanted(url, kind))

    async def _feeds(
        self, named: list[str], start: str, links: dict[str, Link], *, is_guessing: bool
    ) -> tuple[list[str], Front]:
        """Return the feeds that bring pages which no feed before them brings, and what the first
        says of its publisher.
        """
        kept: list[str] = []
        said = Front(None, None, None, (), None)
        guesses = (
            [urljoin(start, place) for place in FEED_PLACES] if is_guessing and not named else []
        )
        for url in dict.fromkeys([*named, *guesses]):
            if len(kept) == MAX_FEEDS_KEPT or (kept and url in guesses):
                break
            got = await self._get(url, "feed")
            feed = self._read_as(
                got,
                partial(read_feed, got.content, got.url, None, got.header("content-type")),
                is_named=url in named,
            )
            if feed is None:
                continue
            if any(link.key not in links for link in feed.links):
                links |= {link.key: link for link in feed.links}
                kept.append(got.url)
                language = re.match(r"[a-z]{2,3}", (feed.language or "").lower())
                said = (
                    said
                    if said.name
                    else Front(feed.title, language[0] if language else None, None, (), None)
                )
        return kept, said

    async def _sitemaps(
        self, named: list[str], start: str, links: dict[str, Link], *, is_guessing: bool
    ) -> tuple[list[str], list[str]]:
        """Return the sitemaps of news, and those of everything."""
        if is_guessing:
            named = named + await self._robots_sitemaps(start)
        guesses = (
            [urljoin(start, place) for place in SITEMAP_PLACES] if is_guessing and not named else []
        )
        news: list[str] = []
        everything: list[str] = []
        for url in dict.fromkeys([*named, *guesses]):
            if (news or everything) and url in guesses:
                break
            found = await self._sitemap(url)
            if found is None:
                continue
            if found.kind == "index":
                children = [child.url for child in found.children if "news" in child.url.lower()][
                    :MAX_CHILDREN
                ]
                told = [(child, await self._sitemap(child)) for child in children]
                ours = [
                    (child, sitemap)
                    for child, sitemap in told
                    if sitemap and sitemap.kind in ("news", "feed")
                ]
            else:
                ours = [(url, found)] if found.kind in ("news", "feed") else []
            if not ours:
                everything.append(url)
            for place, sitemap in ours:
                links |= {link.key: link for link in sitemap.links}
                news.append(place)
        return list(dict.fromkeys(news)), list(dict.fromkeys(everything))

    async def _robots_sitemaps(self, start: str) -> list[str]:
        """Return the sitemaps that robots.txt names; where several publishers share a host, those
        under our path alone.
        """
        self._asked += 1
        got = await self._fetcher.fetch(Wanted(robots_url(start), "robots"))
        said = read_robots(FetchOutcome.OK, "", got.content).sitemaps
        named = [url for place in said if (url := resolve(place, start, is_typed=True))]
        ours = [url for url in named if url.startswith(urljoin(start, "."))]
        return ours or named

    async def _sitemap(self, url: str) -> Sitemap | None:
        got = await self._get(url, "sitemap")
        return self._read_as(got, lambda: read_sitemap(got.content, got.url), is_named=True)

    def _read_as(self, got: Fetched, read: Callable[[], Read], *, is_named: bool) -> Read | None:
        """Return what was fetched, read; None where it cannot be had or read. Faults of places that
        somebody names are kept, not those of places that are guessed.
        """
        if got.outcome is not FetchOutcome.OK:
            if is_named:
                self._faults.append(f"{got.url}: {got.outcome.value}: {got.detail}")
            return None
        return self._read(got.url, read, is_named=is_named)

    def _read(self, place: str, read: Callable[[], Read], *, is_named: bool = True) -> Read | None:
        try:
            return read()
        except FindError as error:
            reason = str(error)
        except Exception as error:  # noqa: BLE001 (one broken listing does not end the search)
            reason = f"{place}: {type(error).__name__}: {error}"
        if is_named:
            self._faults.append(reason)
        return None

    def _said(self) -> str:
        return "".join(f"; {fault}" for fault in self._faults)


def _site(start: str, canonical: str | None, links: Iterable[Link]) -> str:
    """Return the publisher's domain: where most links lead if none stays, what the page says if its
    host has no name, else the host's.
    """
    host = (urlsplit(start).hostname or "").removeprefix("www.")
    hosts = [(urlsplit(link.url).hostname or "").removeprefix("www.") for link in links]
    if hosts and all(site_of(other) != site_of(host) for other in hosts):
        host = max(set(hosts), key=hosts.count)
    named = (urlsplit(canonical or "").hostname or "").removeprefix("www.")
    is_nameless = "." not in host or host.replace(".", "").isdigit()
    return named if is_nameless and named else host


def _refusal(address: str, got: Fetched) -> str:
    if got.outcome is FetchOutcome.PRIVATE_ADDRESS:
        return (
            f"{address} is on a private network, where pages are not fetched. "
            "If you mean it, set NEWSDUCK_FETCH__ALLOW_PRIVATE=true "
            "(or allow_private = true under [fetch] in newsduck.toml)."
        )
    return f"{address} cannot be fetched: {got.outcome.value}: {got.detail or 'no page'}"
