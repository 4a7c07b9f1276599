"""Who printed a text first: what the page's own words or its canonical address say, as a domain or
an outlet's name.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib.resources import files

from flows.clean.metadata.site import domain_of
from flows.clean.metadata.words import tidy
from flows.clean.wording import small, small_wording, wording

_DOMAIN = r"(?:[\w-]{1,40}\.){1,4}[a-z]{2,12}"
_SPOKEN = small_wording("metadata", "syndication.spoken")
_NO_NAME = wording("metadata", "syndication.no_name")

MAX_NOTICE = 600
"""Characters of a block that may be a notice; longer ones are the article's own."""


def find_origin(blocks: Iterable[str]) -> str | None:
    """The outlet that the first notice among these blocks names (`Quartz`, `example.com`); None
    where none does.
    """
    for block in blocks:
        if len(block) <= MAX_NOTICE and _SPOKEN.search(small(block)):
            for notice in _notices():
                if (found := notice.search(block)) and (name := outlet_name(found["who"])):
                    return name
    return None


@cache
def _notices() -> tuple[re.Pattern[str], ...]:
    table = tomllib.loads(files(__package__).joinpath("syndication.toml").read_text("utf-8"))
    return tuple(re.compile(notice["pattern"], re.I) for notice in table["notice"])


def canonical_origin(canonical: str | None, url: str | None) -> str | None:
    """The domain of the canonical address where it is another than the page's own: the page says
    itself that it is a copy.
    """
    there, here = domain_of(canonical), domain_of(url)
    return (
        there
        if there and here and there != here and there.split(".")[0] != here.split(".")[0]
        else None
    )


def outlet_name(words: str) -> str | None:
    """An outlet's name or domain out of a notice's words; None where they name none."""
    name = tidy(
        re.sub(
            r"^https?://(?:www\.)?|^www\.",
            "",
            words.strip(" \"'“”‘’.,;:()[]*_").removeprefix("the "),
        )
    )
    if "/" in name and re.match(_DOMAIN, name):
        name = name.split("/")[0]
    if (
        not name
        or _NO_NAME.match(name)
        or len(name.split()) > 6
        or not (name[0].isupper() or name[0].isdigit() or re.fullmatch(_DOMAIN, name, re.I))
    ):
        return None
    return name
