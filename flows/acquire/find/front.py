"""Reads what a publisher's front page says of itself: its name, language and country, and the feeds
that it names.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import pytz
from bs4 import BeautifulSoup, Tag

from flows.acquire.find.resolve import base_of, resolve
from flows.clean.decode import decode
from flows.link.address import is_same_site

FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "text/xml",
    "application/xml",
    "application/feed+json",
)
FEED_PATH = re.compile(r"(?:^|[/._-])(?:rss|atom|feeds?)(?:[/._-]|$)", re.IGNORECASE)
NO_NEWS_FEED = re.compile(r"comment|podcast|/wp-json|oembed", re.IGNORECASE)
"""Feeds that hold no articles, though they stand on the front page of many sites."""

MAX_FEEDS = 20
PUBLISHERS = ("NewsMediaOrganization", "Organization", "WebSite", "NewsSite")
TLD_COUNTRIES = {"uk": "GB"}
"""Country domains that are no codes of ISO 3166."""

NO_COUNTRY_TLDS = frozenset(
    ("tv", "me", "io", "co", "ai", "ly", "fm", "am", "to", "cc", "la", "gg", "sh", "ws", "is")
)
"""Country domains that the whole world uses."""

TITLE_ENDS = re.compile(r"(?<!\s)\s+[|–—·:-]\s+.*$")
HOME = re.compile(
    r"^(?:home|homepage|start(?:seite)?|front page|welcome to|news)\s*(?:[|–—·:-]\s+)?",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Front:
    """What a front page says. `language` and `country` are codes of ISO 639 and ISO 3166; `feeds`
    and `canonical` are absolute.
    """

    name: str | None
    language: str | None
    country: str | None
    feeds: tuple[str, ...]
    canonical: str | None


def read_front(content: bytes, address: str, encoding: str | None = None) -> Front:
    """Return what the page in `content`, fetched from `address`, says of its publisher."""
    soup = BeautifulSoup(decode(content, declared=encoding)[0], "lxml")
    start = base_of(
        next((str(tag["href"]) for tag in soup.find_all("base", href=True)), None), address
    )
    language, region = _locale(soup)
    link = soup.find("link", rel="canonical", href=True)
    canonical = resolve(str(link["href"]), start) if isinstance(link, Tag) else None
    return Front(
        _name(soup),
        language,
        region or _tld_country(address),
        tuple(_feeds(soup, start, address)),
        canonical,
    )


def _name(soup: BeautifulSoup) -> str | None:
    said = [_meta(soup, "og:site_name"), *(_published(soup)), _meta(soup, "application-name")]
    title = " ".join(soup.title.get_text().split()) if soup.title else ""
    said.append(TITLE_ENDS.sub("", HOME.sub("", title)))
    return next(
        (name for text in said if (name := " ".join((text or "").split())) and len(name) <= 80),
        None,
    )


def _published(soup: BeautifulSoup) -> Iterator[str]:
    """Yield the names of publishers in JSON-LD."""
    for script in soup.find_all("script", type="application/ld+json"):
        try:
            told: Any = json.loads(script.get_text())
        except (ValueError, RecursionError):
            continue
        graph = told.get("@graph", [told]) if isinstance(told, dict) else told
        for thing in graph if isinstance(graph, list) else ():
            if (
                isinstance(thing, dict)
                and thing.get("@type") in PUBLISHERS
                and isinstance(thing.get("name"), str)
            ):
                yield thing["name"]


def _meta(soup: BeautifulSoup, name: str) -> str | None:
    found = soup.find("meta", attrs={"property": name}) or soup.find("meta", attrs={"name": name})
    return str(found.get("content") or "") or None if isinstance(found, Tag) else None


def _locale(soup: BeautifulSoup) -> tuple[str | None, str | None]:
    """Return language and country, from the page's own attribute or its cards, whichever says
    more.
    """
    root = soup.find("html")
    said = [
        str(root.get("lang") or root.get("xml:lang") or "") if isinstance(root, Tag) else "",
        _meta(soup, "og:locale") or "",
    ]
    content_language = soup.find(
        "meta", attrs={"http-equiv": re.compile("^content-language$", re.IGNORECASE)}
    )
    if isinstance(content_language, Tag):
        said.append(str(content_language.get("content") or ""))
    languages, countries = [], []
    for text in said:
        if found := re.fullmatch(
            r"([A-Za-z]{2,3})(?:[-_][A-Za-z]{4})?(?:[-_]([A-Za-z]{2}))?", text.strip()
        ):
            languages.append(found[1].lower())
            if found[2] and found[2].upper() in pytz.country_names:
                countries.append(found[2].upper())
    return next(iter(languages), None), next(iter(countries), None)


def _tld_country(address: str) -> str | None:
    tld = (urlsplit(address).hostname or "").rpartition(".")[2]
    code = TLD_COUNTRIES.get(tld, tld.upper())
    return (
        code
        if len(tld) == 2 and code in pytz.country_names and tld not in NO_COUNTRY_TLDS
        else None
    )


def _feeds(soup: BeautifulSoup, start: str, address: str) -> list[str]:
    """Return the feeds that the page names in its head, or else those of its site that it links
    to.
    """
    named = [
        tag
        for tag in soup.find_all("link", rel="alternate", href=True)
        if str(tag.get("type") or "").lower() in FEED_TYPES
    ]
    linked = [
        tag
        for tag in soup.find_all("a", href=True)
        if FEED_PATH.search(str(tag["href"]).partition("?")[0])
    ]
    found = [url for tag in (named or linked) if (url := resolve(str(tag["href"]), start))]
    kept = [
        url
        for url in found
        if not NO_NEWS_FEED.search(url) and (named or is_same_site(url, address))
    ]
    return list(dict.fromkeys(kept))[:MAX_FEEDS]


def only_timezone(country: str | None) -> str | None:
    """Return the time zone of a country that has one zone; None where it has several or is not
    known.
    """
    zones = [str(zone) for zone in pytz.country_timezones.get(country or "", ())]
    return zones[0] if len(zones) == 1 else None
