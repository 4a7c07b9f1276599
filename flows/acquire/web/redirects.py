"""Where a response leads on to, and the cookies that live within one chain of redirects."""

from __future__ import annotations

import httpx

from flows.acquire.find.resolve import resolve
from flows.acquire.web.exchange import REDIRECTS, Exchange
from flows.acquire.web.fetched import Wanted
from flows.acquire.web.hosts import host_of
from flows.acquire.web.outcomes import FetchError
from flows.acquire.web.refresh import refresh_target
from flows.link.address import MAX_CHARACTERS
from schemas.fetch_outcomes import FetchOutcome as Outcome


def checked(address: str) -> httpx.URL:
    """Return an address that can be fetched; raises FetchError where it is none of the web's."""
    try:
        url = httpx.URL(address)
        host_of(address)
        host = url.host  # decodes its Punycode
    except (httpx.InvalidURL, UnicodeError, ValueError) as error:
        raise FetchError(Outcome.BAD_ADDRESS, "invalid URL") from error
    if len(address) > MAX_CHARACTERS:
        raise FetchError(
            Outcome.BAD_ADDRESS,
            f"the address has {len(address):,} characters, more than {MAX_CHARACTERS:,}",
        )
    if url.scheme not in ("http", "https") or not host:
        raise FetchError(
            Outcome.BAD_ADDRESS, f"no address of the web: {url.scheme[:20] or 'no scheme'}"
        )
    return url


def cookie_for(cookies: httpx.Cookies, url: httpx.URL) -> str:
    """Return the Cookie header for an address; nothing where no cookie is for it."""
    request = httpx.Request("GET", url)
    cookies.set_cookie_header(request)
    return str(request.headers.get("cookie", ""))


def keep_cookies(cookies: httpx.Cookies, url: httpx.URL, met: Exchange) -> None:
    """Take the cookies that a response sets."""
    if met.header("set-cookie"):
        request = httpx.Request("GET", url.copy_with(userinfo=b""))
        cookies.extract_cookies(httpx.Response(met.status, headers=met.headers, request=request))


def location_of(met: Exchange, wanted: Wanted) -> str | None:
    """Return where a response leads on to; None where it is the end.

    A `Location` in UTF-8 is read so, though headers are Latin-1.
    """
    if met.status in REDIRECTS:
        location = met.header("location")
        try:
            return location.encode("latin-1").decode("utf-8") if location is not None else None
        except UnicodeError:
            return location
    return refresh_target(met) if met.status == 200 and wanted.kind != "robots" else None


def target_of(url: httpx.URL, location: str) -> httpx.URL:
    """Return where a redirect leads, without the credentials that it may carry; raises FetchError
    where that is nothing to fetch.
    """
    joined = resolve(location, str(url.copy_with(userinfo=b"")))
    if joined is None:
        raise FetchError(Outcome.BAD_ADDRESS, f"a redirect to an invalid URL: {location[:100]!r}")
    return checked(joined).copy_with(userinfo=b"", fragment=None)
