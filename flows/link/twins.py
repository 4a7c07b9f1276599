"""Which addresses may be editions of one page (for phones, light, AMP, print), or one page with a
parameter that may say nothing.

Such an address may as well be another page: `/m/` can be a section, `st=` the number of an article.
So it is taken for a twin only where the texts are equal (`flows/steps/join_twins.py`). `address.py`
drops what needs no proof.
"""

from __future__ import annotations

import re
from collections.abc import Container
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from flows.link.address import canonical_url, site_of
from flows.link.canonical_trust import IDENTIFIERS, PAGE_NAMES

EDITION_HOST = re.compile(r"(?<![^.])(?:mobil|3g|text|light|print|web|ww\d)\.")
"""Labels of hosts that may serve the same pages."""

EDITION_PREFIX = re.compile(r"(?<![^.])(?:m|amp|mobile|lite)-(?=[a-z])")
"""Beginnings of labels that may mark an edition: `m-news.tide.example`."""

EDITIONS = frozenset(
    "m mobile mobil amp lite light touch wap text print printable app webview".split()
)
"""Segments of a path that may mark an edition."""

ENDING = re.compile(
    r"(?:[-_.](?:amp|mobile|mob|m|print|printable|lite|text))?(?:\.(?:s?html?|php|aspx?))?$",
    re.IGNORECASE,
)
"""What the last segment may end in behind the name of the page."""

SEGMENT_PARAMETERS = re.compile(r"(?:;|%3B).*", re.IGNORECASE)

NUMBERED = re.compile(r"\d{3,}")
"""A value that may be the number of an article."""


def twin_key(url: str, kept_names: Container[str] = ()) -> str | None:
    """Return what the twins of the page at `url` share; None for a home page, or where `url` is no
    address.

    `kept_names` are parameters, in small letters, that tell the articles of its source apart.
    """
    found = canonical_url(url, kept_names)
    if found is None:
        return None
    parts = urlsplit(found)
    segments = [SEGMENT_PARAMETERS.sub("", s) for s in parts.path.split("/")]
    segments = [s for s in segments if s and s.lower() not in EDITIONS]
    if not segments:
        return None
    segments[-1] = ENDING.sub("", segments[-1]) or segments[-1]
    query = parts.query
    if "=" in query:
        pairs = parse_qsl(query, keep_blank_values=True)
        query = urlencode([(n, v) for n, v in pairs if _may_name(n.lower(), v, kept_names)])
    return urlunsplit(("", _plain_host(parts.netloc), "/".join(segments), query, parts.fragment))


def _plain_host(host: str) -> str:
    """Return a host without what may mark an edition, never without its domain."""
    site = site_of(host.partition(":")[0])
    plain = EDITION_PREFIX.sub("", EDITION_HOST.sub("", host, count=1), count=1)
    return plain if plain.partition(":")[0].endswith(site) else host


def _may_name(name: str, value: str, kept_names: Container[str]) -> bool:
    """Whether a parameter is likely to name the page, or a part of it."""
    is_name = name in IDENTIFIERS or name in PAGE_NAMES or name in kept_names
    return is_name or bool(NUMBERED.search(value))
