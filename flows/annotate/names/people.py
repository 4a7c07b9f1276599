"""Which mentions of one article are one person, and the person's fullest name.

Full names that do not contradict each other meet ("Roger J. Quill Jr.", "Roger Quill"); surnames,
given names and initials go to whoever bears them, by what the article says of the bearers: "Mr."
and "Mrs.", relatives, and whom it calls by surname elsewhere. What stays open keeps its own name.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from flows.annotate.model import Bearer, Mention
from flows.annotate.names.couples import are_joined
from flows.annotate.names.nicknames import are_related
from flows.annotate.names.person_name import PersonName, gender_of, parse, surnames
from flows.annotate.names.printed import NICKNAME
from flows.annotate.names.same_person import is_plainly_one, is_slip, may_be_one
from flows.annotate.names.titles import is_one_title, title_before, titled_gender
from flows.annotate.names.words import generations, people_words

KIN_BEFORE, KIN_BEHIND = 60, 30
"""Characters before and behind a name in which a word for a relative ties it to somebody else."""

MAX_BEFORE_INTRODUCTION = 2
"""Mentions by surname that may stand before the full name: a headline and a line below it."""

KIN_WORDS = 7
"""Words before a name among which a relative may stand, with what else is said of them."""

MAX_SLIPS, MIN_NAMED = 2, 3
"""The most mentions of a misspelt surname, and the fewest of the person who is meant."""

APPOSED_WORDS = 5
"""Words behind a name and a comma that may say whose relative its bearer is."""

_WORD = re.compile(r"[^\W\d_]+(?:['’]s)?")
_SHORT_TITLE = re.compile(r"(?:\bthe )?(?:\b[A-Z][a-z]{1,4}\.\s+)+$")
_KNOWN_AS = re.compile(
    r",? (?:\d\d, )?(?:(?:who is|better|also|widely|long) )*known(?: to \w+)? as [“\"‘']?"
    r"(?P<nick>[A-Z][a-z]+)(?! [A-Z])"
)
_KIN_BEHIND = re.compile(r"['’]s? (?P<kin>[a-z]+)")
_STOPPED = re.compile(r"\b([A-Z][a-z]{1,4})\.(?= [A-Z])")
"""A title that is written short ("Sen. Quill")."""
_COMPARED = re.compile(r"\b(younger|elder|older|senior) \Z")
_BREAK = re.compile(r"[.!?;:“”\"\n](?=\s|$)|\n")


@dataclass(slots=True)
class _Person:
    """One person of the article: the forms of the name so far, the fullest of them, gender."""

    forms: list[PersonName]
    name: str
    gender: str | None = None
    is_kin: bool = False
    is_called_short: bool = False
    first: int = 0
    last: int = -1
    calls: set[str] = field(default_factory=set)
    nicknamed: list[PersonName] = field(default_factory=list)

    def add(self, form: PersonName, name: str) -> None:
        """Take in another form of the name."""
        if form not in self.forms:
            self.forms.append(form)
        if (_weight(form), len(name)) > (_weight(parse(self.name)), len(self.name)):
            self.name = name
        self.calls.update(surnames(form))
        if form.middle and len(form.middle[-1]) > 1:
            self.calls.add(f"{form.middle[-1]} {form.surname}")


def _weight(form: PersonName) -> tuple[bool, int]:
    return form.is_full, len(form.words)


def full_names(
    text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
) -> dict[int, str]:
    """Return index → the person's fullest name, for the spans (start, end, label) of people.

    `surfaces` are the words of the spans, on one line.
    """
    at = [index for index, (_, _, label) in enumerate(spans) if label == "PERSON"]
    if not at:
        return {}
    reading = _Article(text, spans, surfaces)
    for index in at:
        if reading.forms[index].is_full:
            reading.enter(index)
    reading.find_double_surnames()
    owners: dict[int, _Person] = {}
    for index in at:
        owners[index] = reading.owner(index)
    reading.join_slips(owners)
    return {index: owners[index].name for index in at}


def called_by_surname(text: str, mentions: Sequence[Mention]) -> dict[str, Bearer]:
    """Return name → gender as titles say it, for the people whom the article never names in
    full.
    """
    genders: dict[str, set[str]] = defaultdict(set)
    for m in mentions:
        if m.label == "PERSON" and not parse(m.name).is_full:
            genders[m.name] |= {titled_gender(text, m.start, m.end) or ""} - {""}
    return {name: Bearer(gender=said.pop()) for name, said in genders.items() if len(said) == 1}


class _Article:
    """The people of one article while its mentions are read."""

    def __init__(
        self, text: str, spans: Sequence[tuple[int, int, str]], surfaces: Sequence[str]
    ) -> None:
        self.text, self.spans, self.surfaces = text, spans, surfaces
        self.forms = {
            index: parse(surfaces[index])
            for index, (_, _, label) in enumerate(spans)
            if label == "PERSON"
        }
        self._part_juniors()
        self._titled: dict[str, str | None] = {}
        self.people: list[_Person] = []
        self.full: dict[int, _Person] = {}

    def _part_juniors(self) -> None:
        """Take "Quill Jr." for a surname and a generation where the article names such a junior in
        full; elsewhere both words may be a name ("Neymar Jr.").
        """
        juniors = {(form.surname, form.generation) for form in self.forms.values() if form.given}
        for index, form in self.forms.items():
            generation = generations().get(form.surname, "")
            if generation and (form.given, generation) in juniors and not form.middle:
                self.forms[index] = PersonName(surname=form.given, generation=generation)

    def enter(self, index: int) -> None:
        """Find or make the person of a full name."""
        form, name = self.forms[index], self.surfaces[index]
        is_kin = self._is_kin(index)
        open_to = [p for p in self.people if all(may_be_one(form, other) for other in p.forms)]
        open_to += [p for p in self.people if form in p.nicknamed and p not in open_to]
        equal = [p for p in open_to if form in p.forms or form in p.nicknamed]
        if not equal and self._is_joined(index):  # "T. R. Quill and Thomas Quill"
            open_to = [p for p in open_to if p is not self.full[index - 1]]
        if not equal and is_kin:
            # "Jesse Quill, his father" is not "Jesse L. Quill Jr.", nor whoever is named before him
            last = self._named_before(index)
            open_to = [
                p
                for p in open_to
                if p is not last and any(is_plainly_one(form, o) for o in p.forms)
            ]
        found = equal or open_to
        if len(found) == 1:
            person = found[0]
        else:
            person = _Person([form], name, gender_of(form), first=index)
            self.people.append(person)
            person.is_kin = is_kin
        if form not in person.nicknamed:
            person.add(form, name)
        start, end, _ = self.spans[index]
        if nick := NICKNAME.search(self.text, start, end):
            person.nicknamed.append(parse(f"{nick['nick']} {form.surname}"))
            person.nicknamed.append(parse(NICKNAME.sub(" ", self.text[start:end])))
        if nick := _KNOWN_AS.match(self.text, end):
            person.nicknamed.append(parse(f"{nick['nick']} {form.surname}"))
        person.gender = self._titled_gender(index) or person.gender
        self.full[index] = person

    def _is_joined(self, index: int) -> bool:
        """Whether "and" joins the mention at `index` with a full name before it."""
        before, here = self.spans[index - 1], self.spans[index]
        return index - 1 in self.full and are_joined(self.text, before, here)

    def _named_before(self, index: int) -> _Person | None:
        """Return the person whose full name is the last one before the mention at `index`."""
        return next((self.full[at] for at in range(index - 1, -1, -1) if at in self.full), None)

    def find_double_surnames(self) -> None:
        """Take two words for a surname where somebody has both ("Peña Nieto" of "Enrique Peña
        Nieto").
        """
        for person in [p for p in self.people if len(p.forms) == 1]:
            called = " ".join(person.forms[0].words)
            others = [p for p in self.people if p is not person and called in p.calls]
            if len(others) == 1:
                self.people.remove(person)
                for index in [i for i, p in self.full.items() if p is person]:
                    del self.full[index]
                    self.forms[index] = PersonName(surname=called)

    def owner(self, index: int) -> _Person:
        """Return whose name the mention at `index` is; called in the order of the text."""
        form = self.forms[index]
        person = self.full.get(index)
        if person is None:
            person = self._owner_of_short(index, form)
            person.is_called_short |= form.surname in person.calls
        person.last = index
        return person

    def join_slips(self, owners: dict[int, _Person]) -> None:
        """Take a rare surname for a misspelling of another one ("Tarick" for "Tarrick"): one letter
        differs, no list has it, and the article names the person who is meant in full and often.
        """
        counts = Counter(id(person) for person in owners.values())
        full = [p for p in self.people if parse(p.name).is_full]
        for index, person in owners.items():
            form = self.forms[index]
            if person in full or form.initials or counts[id(person)] > MAX_SLIPS:
                continue
            if self._is_introduced(index):
                continue
            meant = [
                p
                for p in full
                if counts[id(p)] >= MIN_NAMED and is_slip(form.surname, parse(p.name).surname)
            ]
            if len(meant) == 1 and _fits(meant[0], person.gender):
                owners[index] = meant[0]

    def _is_introduced(self, index: int) -> bool:
        """Whether a title before a name or a comma behind it presents somebody."""
        end = self.spans[index][1]
        return self._titled_gender(index) is not None or self.text[end : end + 1] == ","

    def _owner_of_short(self, index: int, form: PersonName) -> _Person:
        gender = self._titled_gender(index) or self._only_gender(form.surname)
        kin = self.full.get(index - 1) if self._has_kin_before(index) else None
        bearers = [p for p in self.people if p is not kin and _bears(p, form) and _fits(p, gender)]
        if form.initials and len({parse(p.name).given for p in bearers}) > 1:
            bearers = []  # "T. R. Quill" beside Thomas and Timothy Quill
        known = [p for p in bearers if p.gender == gender and not p.is_kin and p.last >= 0]
        if gender == "she" and known:  # whoever may be a woman is a man more often
            bearers = known
        named = [p for p in bearers if p.last >= 0]
        for some in (
            self._by_age(index, bearers),
            self._by_title(index, bearers),
            [p for p in named if p.is_called_short],
            [p for p in named if not p.is_kin],
            [p for p in named if gender is not None or not self._others_bear(p, form)],
        ):
            if some:
                return max(some, key=lambda p: p.last)
        ahead = [p for p in bearers if p.last < 0 and not p.is_kin and self._is_early(p, form)]
        if ahead:
            return min(ahead, key=lambda p: p.first)
        if form.initials or not form.surname:
            called = []
        else:
            called = [p for p in self.people if _is_given(p, form) and _fits(p, gender)]
        if called:
            return max(called, key=lambda p: (p.last >= 0, p.last if p.last >= 0 else -p.first))
        person = _Person([form], self.surfaces[index], gender, first=index)
        person.calls.add(form.surname)
        self.people.append(person)
        return person

    def _by_age(self, index: int, bearers: list[_Person]) -> list[_Person]:
        """Return the junior for "the younger Quill", the others for "the elder Quill"; nobody where
        no age is compared or no junior known.
        """
        found = _COMPARED.search(self.text, max(0, self.spans[index][0] - 10), self.spans[index][0])
        juniors = [p for p in bearers if any(f.generation not in ("", "sr") for f in p.forms)]
        if found is None or not juniors:
            return []
        return juniors if found[1] == "younger" else [p for p in bearers if p not in juniors]

    def _by_title(self, index: int, bearers: list[_Person]) -> list[_Person]:
        """Return those of several bearers whom the article names in full with the title that stands
        before the mention, short or not ("Sen. Quill", "Senator Ada Quill"); nobody if the word
        may be a given name ("Sheikh Sabir").
        """
        title = title_before(self.text, self.spans[index][0]) if len(bearers) > 1 else ""
        called = self.forms[index].surname
        if not title or any(f.given == called for p in bearers for f in p.forms):
            return []
        titles = {
            (id(person), other)
            for at, person in self.full.items()
            if person in bearers and (other := title_before(self.text, self.spans[at][0]))
        }
        return [
            p
            for p in bearers
            if any(who == id(p) and is_one_title(title, other) for who, other in titles)
        ]

    def _has_kin_before(self, index: int) -> bool:
        """Whether the mention says whose relative the person named before it is ("Vera Quill, Sen.
        Quill's widow").
        """
        start, end, _ = self.spans[index]
        behind = _KIN_BEHIND.match(self.text, end)
        if behind is None or not _is_kin_word(behind["kin"]):
            return False
        return _SHORT_TITLE.sub("", self.text[self.spans[index - 1][1] : start]) == ", "

    def _others_bear(self, person: _Person, form: PersonName) -> bool:
        """Whether the article tells of a relative who bears the surname before this person does."""
        return person.is_kin and any(
            p is not person and _bears(p, form) for p in self.people if p.first < person.first
        )

    def _is_early(self, person: _Person, form: PersonName) -> bool:
        """Whether the article names a person in full among its first mentions of the surname.
        Whoever is introduced later is not the one it calls by surname from the start.
        """
        shorts = sum(
            index < person.first and not other.is_full and other.surname == form.surname
            for index, other in self.forms.items()
        )
        return shorts <= MAX_BEFORE_INTRODUCTION

    def _only_gender(self, surname: str) -> str | None:
        """Return the gender that the titles before a surname have, where all have one; a surname
        without a title is then no person of the other.
        """
        if surname not in self._titled:
            genders = {
                self._titled_gender(index)
                for index, form in self.forms.items()
                if form.surname == surname and not form.is_full
            } - {None}
            self._titled[surname] = genders.pop() if len(genders) == 1 else None
        return self._titled[surname]

    def _titled_gender(self, index: int) -> str | None:
        start, end, _ = self.spans[index]
        return titled_gender(self.text, start, end)

    def _is_kin(self, index: int) -> bool:
        """Whether the words beside a full name make its bearer a relative of somebody else."""
        start, end, _ = self.spans[index]
        kin = people_words()["kin"]
        before = _SHORT_TITLE.sub("", self.text[max(0, start - KIN_BEFORE) : start])
        before = _BREAK.split(before)[-1]
        words = before.casefold().replace(",", " ").split()
        if words and (words[-1] in kin or words[-2:] == ["first", "lady"]):
            return True
        if any(  # "his father, the civil rights leader"
            word in kin and _is_owner(owner) for owner, word in pairwise(words[-KIN_WORDS:])
        ):
            return True
        behind = _BREAK.split(_STOPPED.sub(r"\1", self.text[end : end + KIN_BEHIND]))[0]
        if not behind.startswith(","):
            return False
        apposed = _WORD.findall(behind.casefold())[:APPOSED_WORDS]
        for before_it, word, after_it in zip(
            ["", *apposed], apposed, [*apposed[1:], ""], strict=False
        ):
            if _is_kin_word(word) and (_is_owner(before_it) or after_it == "of"):
                return True
        return False


def _is_kin_word(word: str) -> bool:
    """Whether a word is one for a relative, or for several ("one of Quill's sons")."""
    kin = people_words()["kin"]
    return word in kin or word.removesuffix("s") in kin


def _is_owner(word: str) -> bool:
    return word in ("his", "her", "their") or word.endswith(("'s", "’s"))


def _fits(person: _Person, gender: str | None) -> bool:
    return gender is None or person.gender is None or person.gender == gender


def _bears(person: _Person, form: PersonName) -> bool:
    """Whether a person may be called by a surname, or by initials and surname."""
    if form.surname not in person.calls:
        return False
    if form.generation and not any(f.generation == form.generation for f in person.forms):
        return False
    return not form.initials or any(
        form.initials[0] in (f.given[:1], f.initials[:1])
        and (not (form.initials[1:] and f.middle) or form.initials[1] == f.middle[0][0])
        for f in person.forms
    )


def _is_given(person: _Person, form: PersonName) -> bool:
    """Whether a word is the person's given name, or a short form of it."""
    forms = (*person.forms, *person.nicknamed)
    return any(f.given and are_related(f.given, form.surname) for f in forms)
