"""Takes credentials out of what is written down: user names and passwords in addresses, secret
parameters, cookies and keys in headers.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from urllib.parse import urlsplit, urlunsplit

from flows.link.address import canonical_url

MASK = "***"

SECRET_HEADERS = frozenset(
    {
        "authorization",
        "cookie",
        "proxy-authenticate",
        "proxy-authorization",
        "set-cookie",
        "x-api-key",
    }
)

SECRET_PARAMETER = re.compile(
    r"(?i)((?:^|[?&;])(?:"
    r"(?:access_?token|api_?key|auth|auth_?token|authorization|pass|passwd|password|pwd|secret"
    r"|sig|signature|token|x-amz-(?:credential|security-token|signature))="
    r"|(?:key|sid|session_?id)=(?!\d{1,12}(?:[&;#]|$))))[^&;#]*"
)
"""Names of parameters whose values are keys by convention; `key` is how publishers give feeds to
subscribers. A short number behind `key` or `sid` is the number of an article, which it must keep.
"""

ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]{1,20}://[^\s\"'<>]{1,8192}")

Headers = list[tuple[str, str]]


def mask_url(url: str) -> str:
    """Return the address without user name and password, and with `***` for the values of secret
    parameters.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return SECRET_PARAMETER.sub(rf"\1{MASK}", url.rpartition("@")[2])
    return urlunsplit(
        parts._replace(
            netloc=parts.netloc.rpartition("@")[2],
            query=SECRET_PARAMETER.sub(rf"\1{MASK}", parts.query),
        )
    )


def mask_text(text: str) -> str:
    """Return a text, such as an error's, with every address in it masked."""
    return ADDRESS.sub(lambda found: mask_url(found[0]), text)


def url_key(url: str) -> str:
    """Return the key of an address: the canonical one that its variants share, or itself where it
    has none; credentials masked.
    """
    return mask_url(canonical_url(url) or url)


def mask_headers(headers: Iterable[tuple[str, str]]) -> Headers:
    """Return the headers with `***` for the values of those that carry credentials, and addresses
    in `location` masked.
    """
    return [
        (name, MASK if name.lower() in SECRET_HEADERS else _masked_value(name, value))
        for name, value in headers
    ]


def _masked_value(name: str, value: str) -> str:
    if name.lower() not in ("location", "content-location", "referer", "refresh"):
        return value
    try:
        return mask_url(value)
    except ValueError:
        return MASK
