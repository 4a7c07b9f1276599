"""Puts secrets into channel URLs at the last moment, and takes them out of whatever is written
down.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable
from urllib.parse import unquote, urlsplit

NAMED = re.compile(r"\$\{(prefect:)?([A-Za-z0-9_-]+)\}")

LOGIN = re.compile(r"(?<=://)[^/@\s]+(?=@)")
"""What stands before the host of a URL: user and password."""

SHORTEST = 6
"""Characters from which a part of a secret URL is taken for a secret itself: shorter ones (ports,
versions) would mask plain words.
"""

MASK = "***"

SecretLoader = Callable[[str], str]
"""Returns the value of the Prefect secret block of a name; raises where there is none."""


class ChannelError(Exception):
    """A channel cannot be used as it is set; trying again would not help. The message holds no
    secret.
    """


def filled(template: str, load: SecretLoader | None = None) -> str:
    """Return a channel's URL with its `${…}` filled in; raises ChannelError naming what is not
    there.
    """

    def value(match: re.Match[str]) -> str:
        is_block, name = match.groups()
        if not is_block:
            if name not in os.environ:
                raise ChannelError(f"the environment has no variable {name}")
            return os.environ[name]
        if load is None:
            raise ChannelError(
                f"the Prefect secret block {name} can only be read in a flow run on a Prefect "
                "server"
            )
        try:
            return load(name)
        except Exception as error:  # noqa: BLE001 - whatever Prefect raises, its text may hold what we hide
            raise ChannelError(
                f"the Prefect secret block {name} cannot be read ({type(error).__name__})"
            ) from None

    return NAMED.sub(value, template)


def secrets_of(url: str) -> tuple[str, ...]:
    """Return what of a filled URL must not be written down: all of it, and its longer parts but for
    the host, the longest first.
    """
    parts = urlsplit(url)
    pieces = [parts.username or "", *parts.path.split("/"), *re.split(r"[&=]", parts.query)]
    host = parts.netloc.rpartition("@")[2].partition(":")[0]  # `hostname` would be in small letters
    if "." not in host and host != "localhost":
        pieces.append(host)  # services such as slack:// put a token where others have a host
    long = {piece for piece in (*pieces, *map(unquote, pieces)) if len(piece) >= SHORTEST}
    return tuple(
        sorted(
            {url, *long, *filter(None, [parts.password, unquote(parts.password or "")])},
            key=len,
            reverse=True,
        )
    )


def masked(text: str, secrets: Iterable[str] = ()) -> str:
    """Return `text` without `secrets`, and without the login of any URL in it."""
    for secret in secrets:
        text = text.replace(secret, MASK)
    return LOGIN.sub(MASK, text)
