"""Which site a page belongs to: its name, canonical address, language, and whether it stands behind
a paywall.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from urllib.parse import urldefrag, urlsplit

from flows.clean.metadata.absolute import absolute_url
from flows.clean.metadata.jsonld import Json, resolve, text_of, types_of
from flows.clean.metadata.tags import HeadTags
from flows.clean.metadata.words import letters

_LANGUAGE = re.compile(r"(?:[a-z]{2}|fil|yue|ckb|haw)(?![a-z])")
_SECOND_LEVEL = frozenset(
    {"co", "com", "net", "org", "gov", "ac", "edu", "or", "ne", "go", "gob", "asso", "ltd", "info"}
)


def host_of(url: str | None) -> str | None:
    """The host of an address in lower case, without `www.`; None where there is none or the address
    is broken.
    """
    try:
        host = urlsplit(url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") or None if host else None


def domain_of(url: str | None) -> str | None:
    """The registered domain, by the shape of its last parts: `news.example.co.uk` gives
    `example.co.uk`.
    """
    host = host_of(url)
    if host is None or re.fullmatch(r"[\d.]+", host):
        return host
    parts = host.split(".")
    keep = 3 if len(parts) > 2 and len(parts[-1]) == 2 and parts[-2] in _SECOND_LEVEL else 2
    return ".".join(parts[-keep:])


def find_canonical(tags: HeadTags, article: Json, url: str | None) -> str | None:
    """The address the page gives itself, absolute; the one it was fetched from where it gives none
    or only its front page.
    """
    for claim in (
        tags.canonical,
        tags.first("og:url"),
        text_of(article.get("url")) if article else None,
    ):
        absolute = _without_fragment(claim, url)
        if absolute and (
            urlsplit(absolute).path.strip("/")
            or urlsplit(absolute).query
            or not urlsplit(url or "").path.strip("/")
        ):
            return absolute
    return url


def find_site_name(
    tags: HeadTags, article: Json, objects: Sequence[Json], url: str | None
) -> str | None:
    """The outlet's name as the page gives it, else its host."""
    named = tags.first(
        "og:site_name",
        "application-name",
        "apple-mobile-web-app-title",
        "dc.publisher",
        "twitter:app:name:iphone",
    )
    publisher = resolve(article.get("publisher"), list(objects))
    if isinstance(publisher, list):
        publisher = next((p for p in publisher if isinstance(p, dict)), None)
    said = text_of(publisher.get("name")) if isinstance(publisher, dict) else text_of(publisher)
    website = next((text_of(o.get("name")) for o in objects if "WebSite" in types_of(o)), None)
    first = tags.first("og:site_name") or said or website or named
    return first if first and len(first) <= 80 else host_of(tags.canonical) or host_of(url)


def site_words(
    tags: HeadTags, article: Json, objects: Sequence[Json], url: str | None
) -> tuple[str, ...]:
    """Every name the site goes by, as `letters` gives them: what titles are cut of and what is no
    author.
    """
    host = host_of(url) or host_of(tags.canonical) or ""
    labels = host.split(".")
    names = [
        tags.first("og:site_name"),
        tags.first("application-name"),
        find_site_name(tags, article, objects, url),
        host,
        *labels[:-1],
    ]
    names += [
        text_of(o.get("name"))
        for o in objects
        if {"WebSite", "NewsMediaOrganization", "Organization"} & set(types_of(o))
    ]
    return tuple(
        dict.fromkeys(w for n in names if n and (w := letters(n)) and w not in _SECOND_LEVEL)
    )


def find_language(tags: HeadTags, article: Json) -> str | None:
    """The two (or three) letter code the page declares, lower case; None where it declares none.
    The text itself is not read.
    """
    for claim in (
        tags.language,
        text_of(article.get("inLanguage")),
        tags.first("content-language", "og:locale", "dc.language", "language"),
    ):
        if claim and (found := _LANGUAGE.match(claim.strip().lower())):
            return found[0]
    return None


def is_paywalled(article: Json, tags: HeadTags) -> bool:
    """Whether the page says that its article is not free to read."""
    free = article.get("isAccessibleForFree")
    if free is False or (
        isinstance(free, str)
        and free.strip().lower()
        in ("false", "no", "http://schema.org/false", "https://schema.org/false")
    ):
        return True
    tier = (
        tags.first(
            "article:content_tier", "og:article:content_tier", "cxenseparse:paywall", "content_tier"
        )
        or ""
    )
    return tier.lower() in ("locked", "metered", "premium", "paid", "true")


def _without_fragment(claim: str | None, url: str | None) -> str | None:
    """Return a claimed address as an absolute one; None where a space in it shows a template that
    was not filled in.
    """
    absolute = absolute_url(claim, url)
    if absolute is None or any(c.isspace() for c in absolute):
        return None
    return urldefrag(absolute).url
