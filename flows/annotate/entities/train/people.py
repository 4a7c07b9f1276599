"""Invented people: names of every culture in the orders and forms that news prints, some bent into
names that no list holds.
"""

from __future__ import annotations

from dataclasses import dataclass
from random import Random

from flows.annotate.entities.lexicon import Country, fold, lexicon
from flows.annotate.entities.train.sources import cultures, names, plain_words

# How often a name is bent into one that no list holds, so that the model does not lean on the lists
# alone. Of 0.06/0.12, 0.15/0.25, 0.28/0.4 and 0.4/0.55 the second scored best, by half a point.
INVENTED = {"given": 0.15, "family": 0.25, "place": 0.25}
WORDS = 0.01  # share of family names that are plain words ("Were", "Stone")
CHAINED = frozenset(("arabic", "persian", "southasian_muslim", "indonesian_malay"))
TWO_FAMILIES = frozenset(("hispanic", "filipino", "es_ES", "es_MX", "es_AR", "es_CL", "es_CO"))
INITIALS = "ABCDEFGHJKLMNPRSTVW"
ENDINGS = (
    "a",
    "o",
    "i",
    "e",
    "ko",
    "ma",
    "ng",
    "wa",
    "ni",
    "yan",
    "ez",
    "ou",
    "er",
    "su",
    "ane",
    "enko",
    "ula",
)
PARTICLES = (
    "de",
    "van",
    "von",
    "van der",
    "al",
    "El",
    "Al",
    "de la",
    "dos",
    "Ben",
    "Ould",
    "ter",
    "Le",
    "Mac",
    "Van",
    "De",
)


@dataclass(slots=True)
class Person:
    """One of a cast: the name in full and in short, and whether the article has named them."""

    full: str
    short: str
    female: bool
    told: bool = False


class Names:
    """Makes names with the dice it is given."""

    def __init__(self, dice: Random) -> None:
        self._dice = dice

    def person(self, lands: list[Country]) -> tuple[str, str]:
        """Return (full name, short name) of somebody, mostly from one of the lands."""
        dice = self._dice
        by_code, family_first = cultures()
        culture = (
            by_code.get(dice.choice(lands).code, "en_US")
            if dice.random() < 0.75
            else dice.choice(sorted(names()))
        )
        given, family, kind = (
            self.part(culture, "given"),
            self.part(culture, "family"),
            dice.random(),
        )
        if culture in family_first:
            return self._family_first(culture, given, family, kind)
        if culture in CHAINED and kind < 0.3:
            middle = dice.choice(
                ("bin ", "ibn ", "bint ", "Abdul ", "Abu ", "", "", "")
            ) + self.part(culture, "given")
            return f"{given} {middle} {family}", dice.choice((family, family, middle.split()[-1]))
        if culture in TWO_FAMILIES and kind < 0.4:
            second, joint = (
                self.part(culture, "family"),
                dice.choice((" ", " ", " de ", " de la ", "-", " y ")),
            )
            short = (
                f"{family}-{second}"
                if joint == "-"
                else dice.choice((family, family, f"{family} {second}"))
            )
            return f"{given} {family}{joint}{second}", short
        return self._western(culture, given, family, kind)

    def _family_first(self, culture: str, given: str, family: str, kind: float) -> tuple[str, str]:
        dice = self._dice
        if "-" in given and dice.random() < 0.1:
            given = given.replace("-", " - ")  # as some outlets' systems break them
        english = (
            f"{dice.choice(('Peter', 'Carrie', 'Andrew', 'Joyce', 'Simon'))} "
            if culture == "cantonese" and kind < 0.25
            else ""
        )
        return f"{english}{family} {given}", family

    def _western(self, culture: str, given: str, family: str, kind: float) -> tuple[str, str]:
        dice = self._dice
        initial = dice.choice(INITIALS)
        if kind < 0.1:
            return (
                f"{given[0]}. {initial}. {family}"
                if kind < 0.04
                else f"{given} {initial}. {family}",
                family,
            )
        if kind < 0.13:
            return dice.choice(
                (
                    f"{given[0]}.{family}",
                    f"{given[0]} {initial} {family}",
                    f"{given[0]}.K. {family}",
                )
            ), family
        if kind < 0.25:
            return f"{given} {self.part(culture, 'given')} {family}", family
        if kind < 0.3:
            particle = dice.choice(PARTICLES)
            return f"{given} {particle} {family}", f"{particle} {family}"
        if kind < 0.34:
            return f"{given} {family}-{self.part(culture, 'family')}", family
        if kind < 0.37:
            return given, given
        if kind < 0.39:
            return f"{given} {family} {dice.choice(('Jr', 'Jr.', 'III', 'Sr', 'Jnr'))}", family
        if kind < 0.41:
            return f'{given} "{self.part(culture, "given")}" {family}', family
        return f"{given} {family}", dice.choice((family, family, family, family, given))

    def part(self, culture: str, kind: str) -> str:
        """Return a given or family name of a culture, without its accents at times."""
        if kind == "family" and self._dice.random() < WORDS:
            return self._dice.choice(plain_words(35)).capitalize()
        name = self._dice.choice(names()[culture][kind])
        if self._dice.random() < INVENTED[kind]:
            name = self.bent(name)
        if not name.isascii() and "'" not in name and "’" not in name and self._dice.random() < 0.5:
            return fold(name).title()
        return name

    def bent(self, name: str) -> str:
        """Return a name like this one that the lists do not hold, where a few tries find one."""
        dice, known = self._dice, lexicon()
        for _ in range(6):
            letters = list(name)
            for _ in range(dice.choice((1, 2))):
                at = dice.randrange(1, len(letters)) if len(letters) > 1 else 0
                if letters[at].lower() in "aeiou":
                    letters[at] = dice.choice("aeiou")
                elif letters[at].isalpha() and letters[at].islower():
                    letters[at] = dice.choice("bdfgklmnprstvwz")
            bent = "".join(letters) + (dice.choice(ENDINGS) if dice.random() < 0.4 else "")
            if not any(
                fold(bent) in listed
                for listed in (known.given, known.family, known.common, known.phrases)
            ):
                return bent
        return name
