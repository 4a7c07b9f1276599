"""The people of one text in any language: their full names, what a surname stands for, whom a
pronoun or a bare office means.

Here: names from mentions and from offices, gender, and who was last spoken of. Not here: who said
what (`attribution`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from flows.annotate.languages.load import Language
from flows.annotate.model import Mention
from flows.annotate.quotes.general.names import is_person
from flows.annotate.quotes.lexicon import lexicon

# Letters that two forms of one inflected name must share, and may differ by at the end.
MIN_SHARED, MAX_ENDING = 4, 3


@dataclass(slots=True)
class Person:
    """One person: the fullest name, "he" or "she" where it is known."""

    name: str
    gender: str = ""


@dataclass(slots=True)
class People:
    """The persons of a text; `seen` are (offset, weight, person) in order of offset."""

    language: Language
    persons: dict[str, Person] = field(default_factory=dict)
    seen: list[tuple[int, float, Person]] = field(default_factory=list)
    _words: dict[str, list[Person]] = field(default_factory=dict)
    _heads: dict[str, set[str]] = field(default_factory=dict)

    def learn(self, name: str, gender: str = "") -> Person:
        """Return the person called `name`, a full name, as a new one where it is not known."""
        person = self.persons.get(name)
        if person is None:
            person = self.persons[name] = Person(name)
            for word in name.split():
                self._words.setdefault(word.lower(), []).append(person)
                self._heads.setdefault(word.lower()[:MIN_SHARED], set()).add(word.lower())
            first = name.split()[0].lower()
            known = lexicon()
            person.gender = "he" if first in known.male else "she" if first in known.female else ""
        if gender in ("he", "she"):
            person.gender = gender
        return person

    def of(self, name: str) -> Person | None:
        """Return the person whom `name` (full, surname, inflected form) stands for."""
        if name in self.persons:
            return self.persons[name]
        words = [word.lower() for word in name.split()]
        if not words:
            return None
        key = words[0] if self.language.is_family_name_first and len(words) == 1 else words[-1]
        exact = self._words.get(key, [])
        if len({p.name for p in exact}) == 1:
            return exact[0]
        if exact:
            return next((p for p in exact if p.name.lower().split()[-1] == key), None)
        if self.language.is_family_name_first and not self.language.is_cased:
            return next((p for p in self.persons.values() if p.name.startswith(key)), None)
        if self.language.is_inflected and len(key) >= MIN_SHARED:
            for word in sorted(self._heads.get(key[:MIN_SHARED], ())):
                persons = self._words[word]
                if alike(word, key) and len({p.name for p in persons}) == 1:
                    return persons[0]
        return None

    def note(self, offset: int, person: Person, weight: float) -> None:
        """Record that the text speaks of `person` at `offset`."""
        self.seen.append((offset, weight, person))

    def main(self) -> Person | None:
        """Return the person of whom the text speaks most, None where two are equal."""
        weights: dict[str, float] = {}
        for _, weight, person in self.seen:
            weights[person.name] = weights.get(person.name, 0) + weight
        most = max(weights.values(), default=0)
        names = [name for name, weight in weights.items() if weight == most]
        return self.persons.get(names[0]) if len(names) == 1 else None

    def before(self, offset: int, gender: str = "", reach: int = 700) -> Person | None:
        """Return the person last spoken of before `offset` whose gender may be `gender`.

        Subjects and speakers win over others near them.
        """
        best, most = None, 0.0
        for at, weight, person in reversed(self.seen):
            if at >= offset:
                continue
            if at < offset - reach:
                break
            if gender and person.gender and person.gender != gender:
                continue
            score = weight / (1.0 + (offset - at) / 150)
            if gender and person.gender == gender:
                score *= 1.7
            if score > most:
                best, most = person, score
        return best


def alike(a: str, b: str) -> bool:
    """Whether two words may be forms of one name: the same beginning, other endings."""
    same = 0
    shortest = min(len(a), len(b))
    while same < shortest and a[same] == b[same]:
        same += 1
    return same >= MIN_SHARED and same >= max(len(a), len(b)) - MAX_ENDING


def people_of(text: str, mentions: Sequence[Mention], language: Language) -> People:
    """Return the people whom `mentions` name in full."""
    people = People(language)
    for mention in mentions:
        if " " in mention.name.strip() and is_person(mention, language):
            people.learn(mention.name)
    return people
