"""The parts of an organisation's name that the decision needs: its country, what it is for.

The parts of a person's name are `flows.annotate.names.person_name`'s.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass

from flows.annotate.entities.bodies import body
from flows.annotate.entities.lexicon import lexicon
from flows.annotate.entities.nations import longest, without_country
from flows.link.names import country_code, name_key

_MINISTRY = frozenset(("ministry", "department"))
_PORTFOLIOS = {"foreign affairs": "foreign", "defence": "defense", "internal affairs": "interior"}


@dataclass(frozen=True, slots=True)
class Office:
    """A body of a state: of which country (None where the name does not say), and its folded name
    without it.
    """

    country: str | None
    name: str


@functools.lru_cache(maxsize=100_000)
def office(name: str) -> Office | None:
    """Return what "Kenya's Supreme Court" and "Supreme Court of Kenya", "X Ministry" and "Ministry
    of X" share; None for no body.
    """
    country, rest = without_country(name)
    joined = name_key(rest, "ORG")
    code = country.code if country else None
    for head in _MINISTRY:
        if joined.startswith((f"{head} of ", f"{head} for ")):
            portfolio = joined.split(" ", 2)[2]
        elif joined.endswith(f" {head}") and head == "ministry":
            portfolio = joined.removesuffix(f" {head}")
        else:
            continue
        return Office(code, f"ministry {_PORTFOLIOS.get(portfolio, portfolio)}")
    return Office(code, joined) if body(name) else None


def tail(name: str) -> tuple[str, str]:
    """Return (rest, country code) of an organisation whose name ends in "of" a country; the code is
    empty for any other.

    Two words must be left, one of them no plain English: "Supreme Court of" any country is a
    different court each.
    """
    words = name_key(name, "ORG").split()
    for size in range(min(longest(), len(words) - 3), 0, -1):
        if words[-size - 1] == "of" and (code := country_code(" ".join(words[-size:]))):
            rest = words[: -size - 1]
            common = lexicon().common
            return (
                (" ".join(rest), code)
                if any(word not in common for word in rest)
                else (" ".join(words), "")
            )
    return " ".join(words), ""
