"""Takes credentials out of what is written down: user names and passwords in addresses, secret
parameters, cookies and keys in headers.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from urllib.parse import SplitResult, quote, unquote, urlsplit, urlunsplit

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

SECRET_WORDS = frozenset(
    "accesstoken apikey auth authorization authtoken bearer credential credentials hdnea hdntl "
    "hdnts hmac jwt pass passwd password passwort pwd secret sig signature token".split()
)
"""Words that mark a parameter by its name: its value is a key by convention."""

KEY = re.compile(r"(?:^|.* )(?:key|sid|key id|session id|\w*sess(?:ion)?id)")
"""Matches the words of a name whose value is a key unless it is a short number. Publishers name the
keys of their subscribers' feeds `key`, and some name the number of an article so.
"""

NUMBER = re.compile(r"\d{1,12}")

NAME_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])")
"""Finds the words of a name: feed_token, feedToken and X-Feed-Token hold `token`."""

PARAMETER = re.compile(r"(?P<name>(?:^|(?<=[?&;]))[^=&;?#]+)=(?P<value>[^&;#]*)")

ADDRESS = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]{1,20}:|(?<![\w/.:]))//[^\s\"'<>]{1,8192}")
"""Finds an address in a text, also one without its scheme, which does not follow a path."""

Headers = list[tuple[str, str]]


def mask_url(url: str) -> str:
    """Return the address without user name and password, and with `***` for the values of secret
    parameters. An address in a parameter's value is masked too.
    """
    try:
        parts = urlsplit(url)
    except ValueError:
        return PARAMETER.sub(_masked_inner, url.rpartition("@")[2])
    return _mask_parts(parts, _masked_parameter)


def _mask_parts(parts: SplitResult, mask: Callable[[re.Match[str]], str]) -> str:
    path, semicolon, parameters = parts.path.partition(";")
    return urlunsplit(
        parts._replace(
            netloc=parts.netloc.rpartition("@")[2],
            path=path + semicolon + PARAMETER.sub(mask, parameters),
            query=PARAMETER.sub(mask, parts.query),
            fragment=PARAMETER.sub(mask, parts.fragment),
        )
    )


def _masked_parameter(found: re.Match[str]) -> str:
    value = unquote(found["value"])
    if "://" not in value or _is_secret(found):
        return _masked_inner(found)
    try:
        masked = _mask_parts(urlsplit(value), _masked_inner)
    except ValueError:
        masked = MASK
    if masked == value:
        return found[0]
    is_quoted = value != found["value"]
    return f"{found['name']}={quote(masked, safe=MASK) if is_quoted else masked}"


def _masked_inner(found: re.Match[str]) -> str:
    """Mask the value if the name is a secret's. An address within the value stays as it is: so the
    cost of nested addresses is linear.
    """
    return f"{found['name']}={MASK}" if _is_secret(found) else found[0]


def _is_secret(found: re.Match[str]) -> bool:
    words = [word.lower() for word in NAME_WORD.findall(unquote(found["name"]))]
    if words and words[-1] in SECRET_WORDS:
        return True
    is_named = not SECRET_WORDS.isdisjoint(words) or KEY.fullmatch(" ".join(words))
    return bool(is_named) and not NUMBER.fullmatch(found["value"])


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
