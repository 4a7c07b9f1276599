"""Write training articles: invented news with its entities, from the sentence shapes, names and
grammars beside this file.

An article has a cast (countries, a few people, places and organisations) that its sentences mention
again, in full and in short, so that a model can learn what an article says of its own names. Slots
of templates.txt and paragraphs.txt: P P2 P3 the cast's people (in full, later in short), PF
somebody new, PT the first by surname with a title; C to C4 countries; T T2 T3 towns, TU the first
in capitals; RG RG2 regions; REGION REGION2 parts of the world; GEO nature; FAC buildings; N N2 N3
nationalities, NS their plural; G G2 other groups, PEOPLE an invented one; O O2 organisations of any
kind, KO known ones, and by kind OG OC OP OM OU OS OCT ARM NGO; LONGORG with ACR, its short form;
AGENCY; EV events; LAW WORK PROD; SURNAMES a family. No names: R RT roles, SUBJECT, THING, w Wc
plain words, DAY MON YR D D2 NUM NUM2 PCT MONEY.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from random import Random

from flows.annotate.entities.lexicon import Country, lines
from flows.annotate.entities.train.draft import Draft, Entities, curled, headline, shouted, squeezed
from flows.annotate.entities.train.people import Names, Person
from flows.annotate.entities.train.sources import choose, grammar, shapes
from flows.annotate.entities.train.wording import COUNTRIES, SLOT, Wording

CURLED = 0.5  # share of articles with typographic quotation marks
MAX_HEADLINE = 300
# what each slot is called, and the entry of grammar.toml that makes it
NAMED = {
    "RG": ("LOC", "regional"),
    "REGION": ("LOC", "macro"),
    "GEO": ("LOC", "nature"),
    "FAC": ("LOC", "facility"),
    "OG": ("ORG", "government"),
    "OC": ("ORG", "company"),
    "OP": ("ORG", "party"),
    "OM": ("ORG", "media"),
    "OU": ("ORG", "university"),
    "OS": ("ORG", "team"),
    "OCT": ("ORG", "court"),
    "ARM": ("ORG", "armed"),
    "NGO": ("ORG", "ngo"),
    "AGENCY": ("ORG", "agency"),
    "EV": ("EVENT", "event"),
    "LAW": ("MISC", "law"),
    "WORK": ("MISC", "work"),
    "PROD": ("MISC", "product"),
    "PEOPLE": ("NORP", "people"),
}
FRESH = frozenset(
    ("AGENCY", "EV", "LAW", "WORK", "PROD", "FAC", "OS", "OM", "GEO", "PEOPLE")
)  # mostly another one at each sight


class Writer:
    """Writes one article after another from one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = Random(seed)
        self._names = Names(self._dice)
        self._groups = [re.split(r"[=|]", line) for line in lines("groups.txt")]
        self._known = [form for line in lines("orgs.txt") for form in re.split(r"[=|]", line)]
        self._begin()

    def article(self) -> tuple[str, Entities]:
        """Return the text of a new article and its (start, end, label)."""
        dice = self._dice
        self._begin()
        chosen = [dice.choice(shapes("templates.txt")) for _ in range(dice.randint(3, 12))]
        for _ in range(dice.choice((0, 1, 1, 2))):
            chosen.insert(dice.randrange(1, len(chosen) + 1), dice.choice(shapes("paragraphs.txt")))
        draft = Draft()
        for index, shape in enumerate(chosen):
            titled = len(shape) < MAX_HEADLINE and dice.random() < (0.7 if index == 0 else 0.05)
            draft.join(self._headline(shape) if titled else self._sentence(shape))
            draft.text += "\n\n" if titled else dice.choice(("\n\n", "\n\n", "\n", " ", " ", " "))
        return (curled(draft.text) if dice.random() < CURLED else draft.text), draft.entities

    def _begin(self) -> None:
        """Choose the lands of an article, and forget the last one's cast."""
        self._lands: list[Country] = self._dice.sample(COUNTRIES, 4)
        self._wording = Wording(self._dice, self._names, self._lands)
        self._cast: dict[str, str] = {}
        self._people: dict[str, Person] = {}

    def _headline(self, shape: str) -> Draft:
        part = headline(self._filled(shape))
        return shouted(part) if self._dice.random() < 0.2 else part

    def _sentence(self, shape: str) -> Draft:
        part = self._filled(shape)
        if part.text[-1:].isalnum() and self._dice.random() < 0.8:
            part.text += "."
        if not any(start == 0 for start, _, _ in part.entities):
            part.text = part.text[:1].upper() + part.text[1:]
        return part

    def _filled(self, shape: str) -> Draft:
        """Return the shape with every choice made and every slot filled."""
        shape, part, last = choose(self._dice, shape), Draft(), 0
        for slot in SLOT.finditer(shape):
            part.add(shape[last : slot.start()])
            if slot.group(1):
                self._fill(part, slot.group(1))
            else:
                part.add(slot.group(2), slot.group(3))
            last = slot.end()
        part.add(shape[last:])
        return squeezed(part)

    def _fill(self, draft: Draft, slot: str) -> None:
        """Append what the slot stands for."""
        stem, number = slot.rstrip("0123456789"), int(slot[-1]) if slot[-1].isdigit() else 1
        plain = self._wording.plain(slot)
        if plain is not None:
            draft.add(plain)
        elif stem in ("P", "PT", "PF", "SURNAMES"):
            self._person(draft, stem, slot)
        elif stem in ("C", "N", "NS"):
            self._country(draft, stem, self._lands[number - 1])
        elif stem == "G":
            draft.add(self._dice.choice(self._dice.choice(self._groups)), "NORP")
        elif stem in ("T", "TU"):
            town = self._again("T" if stem == "TU" else slot, self._wording.town)
            self._named(draft, "GPE", town.upper() if stem == "TU" else town)
        elif stem in NAMED:
            label, entry = NAMED[stem]
            made = self._again(
                slot, lambda: self._wording.expand(entry), fresh=0.5 if stem in FRESH else 0.15
            )
            self._named(draft, label, made)
        elif stem in ("O", "KO", "LONGORG", "ACR"):
            self._named(draft, "ORG", self._organisation(stem, slot))
        else:
            raise KeyError(f"a sentence shape names the slot {slot}, which nothing fills")

    def _again(self, slot: str, make: Callable[[], str], fresh: float = 0.15) -> str:
        """Return the cast's name for a slot, or another one in the `fresh` share of the cases."""
        name = self._cast.setdefault(slot, make())
        return make() if self._dice.random() < fresh else name

    def _organisation(self, stem: str, slot: str) -> str:
        if stem == "KO":
            return self._dice.choice(self._known)
        if stem == "LONGORG":
            name = self._cast.setdefault(slot, self._wording.expand("long"))
            self._cast.setdefault(
                "ACR", "".join(word[0] for word in name.split() if word[0].isupper())
            )
            return name
        return self._cast.setdefault(
            slot, self._wording.capitals() if stem == "ACR" else self._wording.organisation()
        )

    def _named(self, draft: Draft, label: str, name: str) -> None:
        """Append a name; a leading "the" and quotation marks stay outside of the entity."""
        article = "the " if name.startswith("the ") else ""
        bare = name.removeprefix("the ").strip('"“”‘’')
        before, after = name[len(article) :].split(bare, 1)
        draft.add(article + before)
        draft.add(bare, label)
        draft.add(after)

    def _country(self, draft: Draft, stem: str, country: Country) -> None:
        """Append a country by one of its names, or its people."""
        dice = self._dice
        if stem == "C":
            self._named(draft, "GPE", dice.choice((country.name, dice.choice(country.forms))))
            return
        plural = [form for form in country.adjectives if form.endswith(("s", "ese", "ish", "men"))]
        singular = [form for form in country.adjectives if form[:-1] not in country.adjectives]
        draft.add(dice.choice((plural if stem == "NS" else singular) or country.adjectives), "NORP")

    def _person(self, draft: Draft, stem: str, slot: str) -> None:
        """Append somebody: new, or of the cast, in full at first, by surname later, with a title at
        times.
        """
        dice = self._dice
        if stem in ("PF", "SURNAMES"):
            full, surname = self._names.person(self._lands[:2])
            draft.add(full if stem == "PF" else surname, "PERSON")
            return
        person = self._cast_person("P" if stem == "PT" else slot)
        short = stem == "PT" or dice.random() < (0.82 if person.told else 0.2)
        if stem == "PT" or (
            short and dice.random() < 0.25 and not draft.text.rstrip().endswith((".", "of"))
        ):
            draft.add(
                dice.choice(grammar()["honour_female" if person.female else "honour_male"]) + " "
            )
        draft.add(person.short if short else person.full, "PERSON")
        person.told = True

    def _cast_person(self, slot: str) -> Person:
        if slot not in self._people:
            full, short = self._names.person(self._lands[:2])
            self._people[slot] = Person(full, short, self._dice.random() < 0.3)
        return self._people[slot]
