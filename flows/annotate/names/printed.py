"""A name as tables show it: without what stands around it in print."""

from __future__ import annotations

import re

from flows.annotate.names.person_name import untitled

_POSSESSIVE = re.compile(r"(?<=\w)['’]s?$")
_FIRM = re.compile(r",? (?:Inc|Ltd|Corp|PLC|Plc|plc|LLC|GmbH|AG|S\.?A|N\.?V|Pty|LLP)\.?$")
_GENERATION = re.compile(r" (?:Jr|Sr)$")


def printed_name(surface: str, label: str) -> str:
    """Return the words of a mention without titles, parties and ages before a person, without "Inc"
    and the like behind an organisation, and without a possessive.
    """
    name = _POSSESSIVE.sub("", surface) or surface
    if label == "PERSON":
        name = untitled(name)
        return f"{name}." if _GENERATION.search(name) else name
    if label == "ORG":
        return _FIRM.sub("", name)
    return name
