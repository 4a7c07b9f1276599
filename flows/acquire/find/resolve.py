"""Makes links absolute as browsers do (the WHATWG URL standard, by ada), and takes the target out
of the redirects that search engines and networks put around a link.

Spaces become %20, backslashes slashes; tabs and line ends go; dot segments are resolved.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from urllib.parse import parse_qsl, urlsplit

import ada_url

from flows.link.address import MAX_CHARACTERS, is_same_site

WITHOUT_SCHEME = re.compile(r"www\.[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63})+(?::\d+)?(?:[/?#]|$)", re.I)
"""What people write for an address: `www.harbourcourier.example/a`."""

ONE_SLASH = re.compile(r"^(https?:)[/\\](?=[^/\\])", re.I)
"""What is left of `https://` where a program took two slashes for one, as in a path."""

MAX_WRAPPERS = 3
"""Redirects in a redirect that are unwrapped."""


def resolve(href: str, base: str, *, is_typed: bool = False) -> str | None:
    """Return the absolute http(s) address that `href` on the page or in the file `base` leads to;
    None where it is no valid one.

    `is_typed`: a person or a program wrote it as an absolute address (a feed, a sitemap, a list),
    so `www.harbourcourier.example/a` has lost its scheme, `https:/` a slash, and `&amp;` was
    escaped twice. On a page the first two are relative, as in a browser, unless the first names the
    page's own site.
    """
    href = href.strip("".join(map(chr, range(33))))
    if len(href) > MAX_CHARACTERS * 2:
        return None
    if is_typed:
        href = ONE_SLASH.sub(r"\1//", href).replace("&amp;", "&")
    if WITHOUT_SCHEME.match(href) and (is_typed or is_same_site(f"https://{href}", base)):
        href = f"https://{href}"
    try:
        found = ada_url.URL(href, base=base) if _has_scheme(base) else ada_url.URL(href)
    except (ValueError, UnicodeError):
        return None
    if found.protocol not in ("http:", "https:") or not found.hostname:
        return None
    return str(found.href)


def _has_scheme(base: str) -> bool:
    return base.startswith(("http://", "https://"))


def base_of(href: str | None, address: str) -> str:
    """Return the address that a page's relative links start from: its `<base>` where that is valid,
    else its own.
    """
    return (resolve(href, address) if href else None) or address


@cache
def _wrappers() -> tuple[tuple[re.Pattern[str], tuple[str, ...]], ...]:
    table = tomllib.loads(files(__package__).joinpath("wrappers.toml").read_text("utf-8"))
    return tuple((re.compile(w["address"], re.I), tuple(w["parameters"])) for w in table["wrapper"])


def unwrapped(url: str) -> str:
    """Return the address that a known redirect carries as a parameter, or `url` itself."""
    for _ in range(MAX_WRAPPERS):
        parameters = next((names for place, names in _wrappers() if place.match(url)), ())
        values = dict(parse_qsl(urlsplit(url).query)) if parameters else {}
        inner = next((values[name] for name in parameters if name in values), "")
        target = resolve(inner, url, is_typed=True) if inner.startswith(("http", "www.")) else None
        if target is None:
            break
        url = target
    return url
