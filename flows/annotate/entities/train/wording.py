"""Invented names of towns, organisations, events, laws and works, built by grammar.toml; and the
words of slots that are no names.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from random import Random

from flows.annotate.entities.lexicon import Country, countries
from flows.annotate.entities.train.people import INVENTED, Names
from flows.annotate.entities.train.sources import choose, cultures, grammar, plain_words, towns

SLOT = re.compile(r"\{(\w+)\}|<([^:<>]+):(\w+)>")  # {slot}, or <name:LABEL>
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)
CURRENCIES = ("$", "US$", "€", "R", "Rs ", "£", "A$", "HK$", "Sh")
ONSETS = (
    "b",
    "br",
    "c",
    "ch",
    "d",
    "dr",
    "f",
    "g",
    "gl",
    "h",
    "j",
    "k",
    "kr",
    "l",
    "m",
    "n",
    "p",
    "pr",
    "r",
    "s",
    "sh",
    "st",
    "t",
    "tr",
    "v",
    "w",
    "y",
    "z",
)
CODAS = ("l", "m", "n", "r", "s", "t", "v", "x", "z", "nd", "rt", "st", "ng", "k")
COUNTRIES = tuple(country for country in countries() if country.adjectives)
ORGANISATIONS = (
    "government",
    "company",
    "company",
    "party",
    "media",
    "university",
    "ngo",
    "ngo",
    "team",
    "court",
    "armed",
    "long",
)


class Wording:
    """Makes names for an article about `lands`, the first two above all."""

    def __init__(self, dice: Random, names: Names, lands: Sequence[Country]) -> None:
        self._dice, self._names, self._lands = dice, names, list(lands)

    def expand(self, entry: str) -> str:
        """Return a name built by an entry of grammar.toml."""
        pattern = choose(self._dice, self._dice.choice(grammar()[entry]))
        return re.sub(
            r"\s+", " ", SLOT.sub(lambda match: self._word(match.group(1)), pattern)
        ).strip()

    def organisation(self) -> str:
        """Return an organisation of any kind."""
        return self.expand(self._dice.choice(ORGANISATIONS))

    def town(self, land: Country | None = None) -> str:
        """Return a town of the country, its capital at times, bent into no known town at times."""
        dice = self._dice
        land = land or (self._lands[0] if dice.random() < 0.7 else dice.choice(self._lands))
        seats = list(land.capitals)
        if seats and dice.random() < 0.2:
            return dice.choice(seats)
        listed = towns().get(land.code)
        name = (
            dice.choice(listed)
            if listed and dice.random() < 0.85
            else dice.choice(towns()[dice.choice(sorted(towns()))])
        )
        return self._names.bent(name) if dice.random() < INVENTED["place"] else name

    def capitals(self) -> str:
        """Return invented capitals as parties and firms bear them."""
        dice = self._dice
        word = "".join(
            dice.choice("ABCDEFGHIJKLMNOPRSTUVW") for _ in range(dice.choice((2, 3, 3, 3, 4, 4, 5)))
        )
        return (
            word
            if dice.random() < 0.85
            else dice.choice(
                (word.capitalize(), f"{word}-{dice.choice('ABKMNP')}", ".".join(word) + ".")
            )
        )

    def plain(self, slot: str) -> str | None:
        """Return the words of a slot of templates.txt that is no name, or None where it is one."""
        dice = self._dice
        match slot:
            case "DAY":
                return dice.choice(DAYS)
            case "MON":
                return dice.choice((dice.choice(MONTHS), dice.choice(MONTHS)[:3]))
            case "YR":
                return str(dice.randint(1890, 2030))
            case "D":
                return str(dice.randint(1, 31))
            case "D2":
                return str(dice.randint(10, 99))
            case "NUM" | "NUM2":
                return dice.choice(
                    (
                        str(dice.randint(2, 99)),
                        f"{dice.randint(1, 900)},000",
                        "two",
                        "twelve",
                        "hundreds of",
                        "3.5 million",
                    )
                )
            case "PCT":
                return dice.choice(
                    (
                        f"{dice.randint(1, 90)} percent",
                        f"{dice.randint(1, 90)}%",
                        f"{dice.random() * 9:.1f} per cent",
                    )
                )
            case "MONEY":
                return (
                    dice.choice(CURRENCIES)
                    + str(dice.randint(1, 999))
                    + dice.choice(("", " million", "m", " billion", ",000"))
                )
            case "R" | "RT" | "SUBJECT" | "THING":
                return dice.choice(
                    grammar()[
                        {"R": "role", "RT": "titled_role", "SUBJECT": "subject", "THING": "things"}[
                            slot
                        ]
                    ]
                )
            case "w":
                return dice.choice(plain_words(35))
            case "Wc":
                return dice.choice(plain_words(35)).capitalize()
        return None

    def _word(self, slot: str) -> str:
        """Return what a slot of grammar.toml stands for."""
        dice = self._dice
        land = dice.choice(self._lands[:2]) if dice.random() < 0.7 else dice.choice(COUNTRIES)
        match slot:
            case "country":
                return land.name
            case "adj":
                return land.adjectives[0]
            case "city" | "village":
                return self.town(land)
            case "region":
                listed = towns().get(f"{land.code}r")
                return dice.choice(listed) if listed and dice.random() < 0.7 else self.town(land)
            case "family" | "given":
                return self._names.part(cultures()[0].get(land.code, "en_US"), slot)
            case "person":
                return self._names.person(self._lands[:2])[0]
            case "coined":
                return self._coined()
            case "Plain":
                return dice.choice(plain_words(20)).capitalize()
            case "ACR":
                return self.capitals()
            case "Topicword":
                return dice.choice(grammar()["topicword"])
            case "YEAR":
                return str(dice.randint(1990, 2030))
            case "NUMBER":
                return str(dice.randint(1, 99))
            case "OMshort":
                return dice.choice((self.capitals(), f"{self._coined()} News"))
            case _:
                return self.expand(slot)

    def _coined(self) -> str:
        """Return an invented word: bent from a town's name, or built from syllables."""
        dice = self._dice
        if dice.random() < 0.5:
            return self._names.bent(self.town().split()[0])
        middle = "".join(
            dice.choice("aeiou") + dice.choice(CODAS) for _ in range(dice.choice((1, 1, 2)))
        )
        return (
            dice.choice(ONSETS)
            + middle
            + dice.choice(("", "a", "o", "e", "is", "ia", "ex", "on", "us", "ix"))
        ).capitalize()
