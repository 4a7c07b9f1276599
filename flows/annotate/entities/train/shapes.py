"""Write training articles in languages other than English from the sentence shapes in `shapes/`.

A file holds the sentences of one language, then sections that begin with "= name". "[a|b|]" is one
of several. Slots: {P} the person of the article, in full and later often by surname, with {PS} the
surname; {PF} somebody new; {T} {T2} {T3} towns; {C} {C2} countries; {O} {O2} organisations (section
"org"); {S} {S2} sports clubs; {K} companies; {M} media (section "media"); {AG} news agencies;
{PA} {PA2} parties; {r} {R} roles; {day} {Day} {mon} {n} {w}. In names of organisations: {T}, {F} a
family name, {W} a word of the section "word", {W2} an invented word, {ACR} invented capitals, {KO}
a known body in the language's own form.
"""

from __future__ import annotations

import gzip
import importlib
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from flows.annotate.entities.lexicon import countries, lines
from flows.annotate.entities.train.corpus import Marked
from flows.annotate.entities.train.draft import Draft, squeezed
from flows.annotate.entities.train.sources import choose, names, towns
from flows.annotate.entities.world.scripts import script_of

HERE = Path(__file__).resolve().parent / "shapes"
GAZETTEER = Path(__file__).resolve().parent.parent / "world" / "data"
SLOT = re.compile(r"\{(\w+?)(\d?)\}")
LOCALES = {
    "de": ("de_DE", "de_AT", "de_CH"), "fr": ("fr_FR", "fr_BE", "fr_CH", "fr_CA"),
    "es": ("es_ES", "es_MX", "es_CO", "es_CL", "hispanic"), "pt": ("pt_PT", "pt_BR", "lusophone"),
    "it": ("it_IT",), "nl": ("nl_NL", "nl_BE"), "pl": ("pl_PL",), "cs": ("cs_CZ",),
    "ro": ("ro_RO",), "hu": ("hu_HU",), "tr": ("tr_TR",), "id": ("id_ID", "indonesian_malay"),
    "fi": ("fi_FI",), "sv": ("sv_SE",), "nb": ("no_NO",), "vi": ("vi_VN", "vietnamese"),
}  # fmt: skip
LANDS = {
    "de": "DE AT CH", "fr": "FR BE CH CA", "es": "ES MX AR CO CL PE", "pt": "PT BR", "it": "IT",
    "nl": "NL BE", "pl": "PL", "cs": "CZ", "ro": "RO", "hu": "HU", "tr": "TR", "id": "ID",
    "fi": "FI", "sv": "SE", "nb": "NO", "vi": "VN", "ru": "RU", "uk": "UA", "el": "GR",
}  # fmt: skip
FAMILY_FIRST = frozenset(("hu", "vi"))
NATIVE = {"ru": "cyrillic", "uk": "cyrillic", "el": "greek"}
FOREIGN = 0.25
"""Share of people with a name of another culture, and of towns abroad."""
BENT = 0.3
"""Share of names that are changed into names that no list holds."""
AGENCIES = "dpa AFP Reuters AP EFE ANSA Lusa Belga ANP PAP APA KNA epd".split()
CLUB = ("FC {T}", "{T}", "SC {T}", "Real {T}", "{T} United", "Dynamo {T}", "AC {T}", "{W2}")
COMPANY = ("{F}", "{W2}", "{F} & {F}", "{W2} {W2}", "{ACR}", "{W2} Group")
ONSETS, VOWELS = "b c d f g k l m n p r s t v z br tr st kl pr".split(), "aeiou"
CYRILLIC = dict(zip("abcdefgiklmnoprstuvz", "абцдефгиклмнопрстувз", strict=True))
GREEK = dict(zip("abcdefgiklmnoprstuvz", "αβκδεφγικλμνοπρστυβζ", strict=True))


@cache
def sections(language: str) -> dict[str, tuple[str, ...]]:
    """Return section → lines of a language's file; the sentences have the section ""."""
    found: dict[str, list[str]] = {"": []}
    here = found[""]
    for line in (HERE / f"{language}.txt").read_text("utf-8").splitlines():
        if line.startswith("= "):
            here = found.setdefault(line[2:].strip(), [])
        elif line and not line.startswith("#"):
            here.append(line)
    return {name: tuple(some) for name, some in found.items()}


@cache
def known(script: str, kind: str) -> tuple[str, ...]:
    """Return the forms of a kind in a script's list."""
    rows = gzip.decompress((GAZETTEER / f"{script}.txt.gz").read_bytes()).decode().splitlines()
    return tuple(row.split("\t")[1] for row in rows if row.startswith(f"{kind}\t"))


@cache
def lands(language: str) -> tuple[str, ...]:
    """Return the names of countries in a language, from babel's CLDR."""
    locale: Any = importlib.import_module("babel").Locale
    territories = locale.parse(language).territories
    codes = {country.code for country in countries()}
    return tuple(
        name for code, name in sorted(territories.items()) if code in codes and "(" not in name
    )


class Author:
    """Writes one article after another in one language."""

    def __init__(self, language: str, seed: int) -> None:
        self._language = language
        self._dice = Random(f"{language}{seed}")
        self._script = NATIVE.get(language, "latin")
        self._bodies = [
            form
            for line in (GAZETTEER / "bodies.txt").read_text("utf-8").splitlines()
            if "=" in line and not line.startswith("#")
            for form in line.split("=")[1].split("|")
            if script_of(form[0]) == self._script
        ] + [
            form
            for line in lines("orgs.txt")
            if self._script == "latin"
            for form in re.split(r"[=|]", line)[:1]
        ]

    def article(self) -> Marked:
        """Return the text of a new article and its (start, end, label)."""
        dice = self._dice
        self._cast: dict[str, str] = {}
        self._full, self._surname = self._person()
        self._told = 0
        draft = Draft()
        for shape in dice.sample(sections(self._language)[""], 7):
            part = squeezed(self._filled(choose(dice, shape)))
            if part.text and not any(start == 0 for start, _, _ in part.entities):
                part.text = part.text[0].upper() + part.text[1:]
            draft.join(part)
            draft.text += dice.choice((" ", " ", "\n\n"))
        return draft.text, draft.entities

    def _filled(self, shape: str) -> Draft:
        part, last = Draft(), 0
        for slot in SLOT.finditer(shape):
            part.add(shape[last : slot.start()])
            self._fill(part, slot[1], slot[2])
            last = slot.end()
        part.add(shape[last:])
        return part

    def _fill(self, draft: Draft, slot: str, number: str) -> None:
        dice, listed = self._dice, sections(self._language)
        match slot:
            case "P" | "PS":
                short = slot == "PS" or (self._told and dice.random() < 0.4)
                self._told += 1
                draft.add(self._surname if short else self._full, "PERSON")
            case "PF":
                draft.add(self._person()[0], "PERSON")
            case "T":
                draft.add(self._cast.setdefault(f"T{number}", self._town()), "PLACE")
            case "C":
                draft.add(dice.choice(lands(self._language)), "PLACE")
            case "O":
                name = self._cast.setdefault(
                    f"O{number}", self._expanded(dice.choice(listed["org"]))
                )
                draft.add(name, "ORG")
            case "S":
                draft.add(self._expanded(dice.choice(CLUB)), "ORG")
            case "K":
                draft.add(self._expanded(dice.choice(COMPANY)), "ORG")
            case "M":
                draft.add(self._expanded(dice.choice(listed["media"])), "ORG")
            case "AG":
                draft.add(dice.choice(AGENCIES), "ORG")
            case "PA":
                draft.add(dice.choice(listed["party"]), "ORG")
            case "r" | "R":
                role = dice.choice(listed["role"])
                draft.add(role if slot == "r" else role[0].upper() + role[1:])
            case "day" | "Day":
                day = dice.choice(listed["day"])
                draft.add(day if slot == "day" else day[0].upper() + day[1:])
            case "mon":
                draft.add(dice.choice(listed["month"]))
            case "n":
                draft.add(str(dice.randint(2, 99)))
            case "w":
                draft.add(f"{self._coined()} {self._coined().lower()}")
            case _:
                raise KeyError(f"{self._language}.txt has the unknown slot {slot}")

    def _expanded(self, pattern: str) -> str:
        """Return the name of an organisation from its pattern."""
        dice = self._dice
        made: dict[str, Callable[[], str]] = {
            "T": self._town, "F": self._family, "W2": self._coined,
            "W": lambda: dice.choice(sections(self._language)["word"]),
            "KO": lambda: dice.choice(self._bodies),
            "ACR": lambda: "".join(dice.choices(self._capitals(), k=dice.randint(2, 5))),
        }  # fmt: skip
        name = SLOT.sub(lambda slot: str(made[slot[1] + slot[2]]()), choose(dice, pattern))
        return " ".join(name.split())

    def _capitals(self) -> str:
        return {"cyrillic": "АБВГДЗКЛМНОПРСТФ", "greek": "ΑΒΓΔΕΗΚΛΜΝΟΠΡΣΤ"}.get(
            self._script, "ABCDEFGHIKLMNOPRSTUVW"
        )

    def _person(self) -> tuple[str, str]:
        """Return (full name, surname)."""
        dice, language = self._dice, self._language
        given, family = self._part("given"), self._family()
        kind = dice.random()
        if language in FAMILY_FIRST:
            return f"{family} {given}", family if language == "hu" else given
        if kind < 0.08:
            given = f"{given} {self._part('given')}"
        elif kind < 0.11:
            given = f"{given}-{self._part('given')}"
        elif kind < 0.14:
            given = f"{given[0]}."
        if language in ("es", "pt") and dice.random() < 0.35:
            return f"{given} {family} {self._family()}", family
        if dice.random() < 0.05:
            particle = {"de": "von", "nl": "van der", "fr": "de", "it": "Di", "es": "de la"}.get(
                language
            )
            if particle:
                return f"{given} {particle} {family}", f"{particle} {family}"
        return f"{given} {family}", family

    def _family(self) -> str:
        return self._part("family")

    def _part(self, kind: str) -> str:
        dice = self._dice
        if self._script != "latin":
            name = dice.choice(known(self._script, kind))
        else:
            cultures = LOCALES[self._language]
            if dice.random() < FOREIGN:
                cultures = tuple(sorted(names()))
            name = dice.choice(names()[dice.choice(cultures)][kind])
        return self._bent(name) if dice.random() < BENT else name

    def _town(self) -> str:
        dice = self._dice
        if self._script != "latin":
            name = dice.choice(known(self._script, "city"))
        elif dice.random() < FOREIGN:
            name = dice.choice(known("latin", "capital"))
        else:
            name = dice.choice(towns()[dice.choice(LANDS[self._language].split())])
        return self._bent(name) if dice.random() < BENT else name

    def _bent(self, name: str) -> str:
        """Return a name like this one."""
        dice, letters = self._dice, list(name)
        vowels, others = {
            "cyrillic": ("аеиоу", "бвгдклмнпрст"), "greek": ("αειου", "βγδκλμνπρστ"),
        }.get(self._script, (VOWELS, "bdfgklmnprstvz"))  # fmt: skip
        for _ in range(dice.choice((1, 2))):
            at = dice.randrange(len(letters))
            if letters[at] in vowels:
                letters[at] = dice.choice(vowels)
            elif letters[at].islower():
                letters[at] = dice.choice(others)
        return "".join(letters)

    def _coined(self) -> str:
        dice = self._dice
        word = "".join(
            dice.choice(ONSETS) + dice.choice(VOWELS) for _ in range(dice.choice((2, 2, 3)))
        ) + dice.choice(("", "n", "r", "s", "l"))
        table = {"cyrillic": CYRILLIC, "greek": GREEK}.get(self._script)
        if table:
            word = "".join(table.get(char, char) for char in word)
        return word.capitalize()


def write_articles(seed: int, count: int) -> Iterator[tuple[str, Marked]]:
    """Yield (language, article) of `count` articles in each language that has shapes."""
    for path in sorted(HERE.glob("*.txt")) if count else ():
        author = Author(path.stem, seed)
        for _ in range(count):
            yield path.stem, author.article()
