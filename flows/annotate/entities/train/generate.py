"""Write the training corpus: articles of invented news, each with its entities, from the sentence shapes, names and grammars beside this file.

An article has a cast (two countries, a few people, places and organisations) that its sentences mention again, in full and in short, so that a
model can learn what an article says of its own names. Slots of templates.txt: P P2 P3 the cast's people (in full, later in short), PF somebody
new, PT with a title before; C C2 C3 C4 countries; T T2 T3 towns; RG RG2 regions; REGION REGION2 parts of the world; GEO nature; FAC buildings;
N N2 N3 nationalities, NS their plural, G G2 other groups; O O2 organisations of any kind, OG OC OC2 OP OP2 OM OU OU2 OS OS2 OCT ARM NGO by kind,
LONGORG with ACR its short form, AGENCY; EV events; LAW WORK PROD; R RT roles; SUBJECT; SURNAMES; W, Wc plain words; numbers, days, months, years.
"""

from __future__ import annotations

import gzip
import random
import re
import tomllib
from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from flows.annotate.entities.lexicon import Country, countries, fold, lexicon, lines

HERE = Path(__file__).resolve().parent
SLOT = re.compile(r"\{(\w+)\}")
CHOICE = re.compile(r"\[([^\[\]]*)\]")
DAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday".split()
MONTHS = "January February March April May June July August September October November December".split()
# how often a name is bent into one that no list holds, so that the model cannot lean on the lists alone
INVENTED = {"given": 0.15, "family": 0.25, "place": 0.25}
CURLED = 0.5  # share of articles with typographic quotation marks
CULTURE_OF = {
    "arabic": "DZ BH EG IQ JO KW LB LY MA MR OM PS QA SA SD SY TN AE YE DJ KM EH TD",
    "persian": "IR AF TJ",
    "southasian_muslim": "PK BD MV",
    "indian": "IN BT MU",
    "nepali_sinhala": "NP LK",
    "chinese": "CN",
    "cantonese": "HK MO SG",
    "taiwanese": "TW",
    "korean": "KR KP",
    "thai_lao_khmer": "TH LA KH",
    "burmese": "MM",
    "indonesian_malay": "ID MY BN",
    "filipino": "PH",
    "vietnamese": "VN",
    "japanese": "JP",
    "west_african": "NG GH SN ML GN CI BF NE TG BJ GM SL LR GW CM GA",
    "east_african": "KE UG TZ RW BI ET ER SO SS",
    "southern_african": "ZA ZW ZM MW BW NA MZ AO LS SZ MG CD CG SC CF",
    "hispanic": "AR BO CL CO CR CU DO EC SV GT HN MX NI PA PY PE ES UY VE PR GQ",
    "lusophone": "BR PT CV ST TL",
    "slavic": "RU UA BY BG RS HR BA SI SK CZ PL MK ME KZ AM GE MD LV LT EE KG AL XK RO HU",
    "turkic": "TR AZ UZ TM CY",
    "hebrew": "IL",
    "pacific": "AU NZ FJ WS TO PG SB VU KI TV NR",
    "en_US": "US CA GB IE JM TT BB BS GY BZ",
    "fr_FR": "FR BE CH LU HT MC",
    "de_DE": "DE AT LI",
    "it_IT": "IT SM MT VA",
    "sv_SE": "SE DK NO FI IS NL",
    "el_GR": "GR",
}
HONOURS = (
    "Mr ", "Mr ", "Mr ", "Mr. ", "President ", "Minister ", "Prime Minister ", "PM ", "Gen. ", "General ", "Sheikh ", "Prince ", "King ", "Crown Prince ",
    "Chief ", "Judge ", "Justice ", "Imam ", "Pope ", "Rabbi ", "Chairman ", "Governor ", "Senator ", "Dr ", "Prof. ", "Col. ", "Capt. ", "Coach ",
    "Father ", "Comrade ", "Host ", "Actor ", "Director ", "Chief Minister ", "Emperor ", "Ambassador ", "Sir ", "Lord ", "Advocate ", "Adv ",
)  # fmt: skip
FAMILY_FIRST = frozenset(("chinese", "cantonese", "taiwanese", "korean", "vietnamese"))


@dataclass(slots=True)
class Draft:
    """Text in the making, with (start, end, label) of its entities."""

    text: str = ""
    entities: list[tuple[int, int, str]] = field(default_factory=list)

    def add(self, words: str, label: str | None = None) -> None:
        """Append words; with a label they are an entity."""
        if label:
            self.entities.append((len(self.text), len(self.text) + len(words), label))
        self.text += words


@dataclass(slots=True)
class Person:
    """One of the cast: the name in full and in short, and whether the article has named them."""

    full: str
    short: str
    female: bool
    told: bool = False


@cache
def names() -> dict[str, dict[str, list[str]]]:
    """Return culture or locale → given | family → names."""
    found: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for line in gzip.decompress((HERE / "names.tsv.gz").read_bytes()).decode().splitlines():
        culture, kind, name = line.split("\t")
        found[culture][kind].append(name)
    return {culture: dict(kinds) for culture, kinds in found.items() if len(kinds) == 2}


@cache
def grammar() -> dict[str, list[str]]:
    """Return the patterns of grammar.toml by entry."""
    return {key: value.strip().split("\n") for key, value in tomllib.loads((HERE / "grammar.toml").read_text("utf-8")).items()}


@cache
def shapes(name: str) -> tuple[str, ...]:
    """Return the lines of templates.txt or paragraphs.txt."""
    return tuple(line for line in (HERE / name).read_text("utf-8").splitlines() if line and not line.startswith("#"))


@cache
def towns() -> dict[str, list[str]]:
    """Return country code → spelt names of towns and regions in the lists."""
    found: dict[str, list[str]] = defaultdict(list)
    for line in lines("cities.txt.gz"):
        name, code, size = line.split("\t")
        if size != "0" or len(name) < 20:
            found[f"{code}{'r' if size == '0' else ''}"].append(name.title())
    return dict(found)


@cache
def plain_words() -> tuple[list[str], list[str]]:
    """Return (all plain words, those common enough to stand in the name of a firm or a film)."""
    known = lexicon().common
    return [word for word, level in known.items() if level <= 35 and len(word) > 1], [
        w for w, level in known.items() if level <= 20 and len(w) > 3
    ]


class Writer:
    """Writes one article after another from one seed."""

    def __init__(self, seed: int) -> None:
        self._dice = random.Random(seed)
        self._countries = [country for country in countries() if country.adjectives]
        self._by_code = {code: culture for culture, codes in CULTURE_OF.items() for code in codes.split()}
        self._groups = [line.split("=") for line in lines("groups.txt")]
        self._orgs = [form for line in lines("orgs.txt") for form in re.split(r"[=|]", line)]
        self._cast: dict[str, str] = {}
        self._people: dict[str, Person] = {}
        self._lands: list[Country] = []

    def article(self) -> tuple[str, list[tuple[int, int, str]]]:
        """Return the text of a new article and its (start, end, label)."""
        dice = self._dice
        self._lands = dice.sample(self._countries, 4)
        self._cast, self._people = {}, {}
        draft = Draft()
        chosen = [dice.choice(shapes("templates.txt")) for _ in range(dice.randint(3, 12))]
        for _ in range(dice.choice((0, 1, 1, 2))):
            chosen.insert(dice.randrange(1, len(chosen) + 1), dice.choice(shapes("paragraphs.txt")))
        for index, shape in enumerate(chosen):
            style = "title" if index == 0 and len(shape) < 300 and dice.random() < 0.7 else "title" if len(shape) < 300 and dice.random() < 0.05 else "plain"
            style = "upper" if style == "title" and dice.random() < 0.2 else style
            self._sentence(draft, shape, style)
            draft.text += dice.choice(("\n\n", "\n\n", "\n", " ", " ", " ")) if style == "plain" else "\n\n"
        return (_curled(draft.text) if dice.random() < CURLED else draft.text), draft.entities

    # -- sentences

    def _sentence(self, draft: Draft, shape: str, style: str) -> None:
        """Append one sentence; a headline has capitals throughout and no stop."""
        shape = self._choose(shape)
        part = Draft()
        last = 0
        for slot in SLOT.finditer(shape):
            part.add(shape[last : slot.start()])
            self._fill(part, slot.group(1))
            last = slot.end()
        part.add(shape[last:])
        text, entities = _squeeze(part)
        if style == "title":
            text = _headline(text, entities, str.title)
        elif style == "upper":
            text = text.upper() if len(text.upper()) == len(text) else text
        if style == "plain" and text[-1:].isalnum() and self._dice.random() < 0.8:
            text += "."
        base = len(draft.text)
        draft.entities.extend((base + start, base + end, label) for start, end, label in entities)
        draft.text += text[:1].upper() + text[1:] if style == "plain" and not any(start == 0 for start, _, _ in entities) else text

    def _choose(self, shape: str) -> str:
        while True:
            chosen = CHOICE.sub(lambda match: self._dice.choice(match.group(1).split("|")), shape)
            if chosen == shape:
                return chosen
            shape = chosen

    def _fill(self, draft: Draft, slot: str) -> None:
        """Append what the slot stands for."""
        dice = self._dice
        stem, number = re.fullmatch(r"([A-Za-z]+?)(\d?)", slot).groups()  # type: ignore[union-attr]
        plain = self._plain(slot)
        if plain is not None:
            draft.add(plain)
        elif slot in ("P", "P2", "P3"):
            self._mention(draft, self._person_of(slot))
        elif slot == "PF":
            draft.add(self._person()[0], "PERSON")
        elif slot == "PT":
            person = self._person_of("P")
            person.told = True
            draft.add(
                dice.choice(("Mrs", "Ms", "Dr", "Ms.", "Mrs.") if person.female else ("Mr", "Mr", "Mr.", "Dr", "Prof", "Gen", "Sheikh"))
                + " "
            )
            draft.add(person.short, "PERSON")
        elif stem == "C":
            country = self._lands[int(number or 1) - 1]
            name = dice.choice((country.name, dice.choice(country.forms)))
            self._with_article(draft, name, "GPE")
        elif stem in ("N", "NS"):
            country = self._lands[int(number or 1) - 1]
            forms = country.adjectives
            plural = [form for form in forms if form.endswith(("s", "ese", "ish", "men"))]
            singular = [form for form in forms if not (form.endswith("s") and form[:-1] in forms)]
            draft.add(dice.choice(plural or list(forms)) if stem == "NS" else dice.choice(singular or list(forms)), "NORP")
        elif stem == "G":
            group = dice.choice(self._groups)
            draft.add(dice.choice([group[0], *(group[1].split("|") if len(group) > 1 else [])]), "NORP")
        elif slot == "PEOPLE":
            draft.add(self.expand("people"), "NORP")
        elif stem in NAMED:
            label, make = NAMED[stem]
            again = stem not in ("AGENCY", "EV", "LAW", "WORK", "PROD", "FAC", "OS", "OM", "GEO") and number != "9"
            name = self._cast.setdefault(slot, make(self)) if again or dice.random() < 0.5 else make(self)
            if again and dice.random() < 0.15:
                name = make(self)
            self._with_article(draft, name, label)
        elif stem == "KO":
            self._with_article(draft, dice.choice(self._orgs), "ORG")
        elif stem == "O":
            self._with_article(draft, self._cast.setdefault(slot, self._any_org()), "ORG")
        elif slot == "LONGORG":
            long = self._cast.setdefault("LONGORG", self.expand("long"))
            draft.add(long, "ORG")
            self._cast.setdefault("ACR", "".join(word[0] for word in long.split() if word[0].isupper()) or "ACR")
        elif slot == "ACR":
            draft.add(self._cast.setdefault("ACR", self._capitals()), "ORG")
        elif slot == "SURNAMES":
            name = self._person()[1]
            draft.add(name, "PERSON")
        else:
            raise KeyError(f"templates.txt names the slot {slot}, which nothing fills")

    def _plain(self, slot: str) -> str | None:
        """Return the words of a slot that is no entity, or None."""
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
                return dice.choice((str(dice.randint(2, 99)), f"{dice.randint(1, 900)},000", "two", "twelve", "hundreds of", "3.5 million"))
            case "PCT":
                return dice.choice((f"{dice.randint(1, 90)} percent", f"{dice.randint(1, 90)}%", f"{dice.random() * 9:.1f} per cent"))
            case "MONEY":
                return (
                    dice.choice(("$", "US$", "€", "R", "Rs ", "£", "A$", "HK$", "Sh"))
                    + f"{dice.randint(1, 999)}"
                    + dice.choice(("", " million", "m", " billion", ",000"))
                )
            case "R":
                return dice.choice(grammar()["role"])
            case "RT":
                return dice.choice(grammar()["titled_role"])
            case "SUBJECT":
                return dice.choice(grammar()["subject"])
            case "THING":
                return dice.choice(grammar()["things"])
            case "w":
                return dice.choice(plain_words()[0])
            case "Wc":
                return dice.choice(plain_words()[0]).capitalize()
        return None

    def _with_article(self, draft: Draft, name: str, label: str) -> None:
        """Append a name; a leading "the" and quotation marks are outside of the entity."""
        if name.startswith("the "):
            draft.add("the ")
            name = name[4:]
        quote = name[0] if name[0] in '"“‘' else ""
        draft.add(quote)
        draft.add(name.strip('"“”‘’') if quote else name, label)
        draft.add(name[-1] if quote else "")

    # -- people

    def _person_of(self, slot: str) -> Person:
        if slot not in self._people:
            full, short = self._person()
            self._people[slot] = Person(full, short, self._dice.random() < 0.3)
        return self._people[slot]

    def _mention(self, draft: Draft, person: Person) -> None:
        """Append somebody of the cast: in full at first, by surname later, with a title at times."""
        dice = self._dice
        short = dice.random() < (0.82 if person.told else 0.2)
        if short and dice.random() < 0.25 and not draft.text.rstrip().endswith((".", "of")):
            draft.add(
                dice.choice(
                    ("Mrs ", "Ms ", "Dr ") if person.female else ("Mr ", "Mr ", "President ", "Mr. ", "Minister ", "Gen. ", "Sheikh ")
                )
            )
        draft.add(person.short if short else person.full, "PERSON")
        person.told = True

    def _person(self) -> tuple[str, str]:
        """Return (full, short) of somebody new, mostly from the article's first two countries."""
        dice = self._dice
        culture = self._by_code.get(dice.choice(self._lands[:2]).code, "en_US") if dice.random() < 0.75 else dice.choice(sorted(names()))
        lists = names()[culture]
        given, family = self._name(lists["given"], "given"), self._name(lists["family"], "family")
        if "-" in given and dice.random() < 0.1:
            given = given.replace("-", " - ")
        kind = dice.random()
        if culture in FAMILY_FIRST:
            joined = f"{family} {given}"
            return (
                f"{dice.choice(('Peter', 'Carrie', 'Andrew', 'Joyce', 'Simon'))} {joined}"
                if culture == "cantonese" and kind < 0.25
                else joined
            ), family
        if culture in ("arabic", "persian", "southasian_muslim", "indonesian_malay") and kind < 0.3:
            middle = dice.choice(("bin ", "ibn ", "bint ", "Abdul ", "Abu ", "", "", "")) + self._name(lists["given"], "given")
            return f"{given} {middle} {family}", dice.choice((family, family, middle.split()[-1]))
        if culture in ("hispanic", "filipino", "es_ES", "es_MX", "es_AR", "es_CL", "es_CO") and kind < 0.4:
            second = self._name(lists["family"], "family")
            joint = dice.choice((" ", " ", " de ", " de la ", "-", " y "))
            return f"{given} {family}{joint}{second}", family if joint != "-" else f"{family}-{second}"
        if kind < 0.1:
            return (
                f"{given[0]}. {dice.choice('ABCDEFGHJKLMNPRSTVW')}. {family}"
                if kind < 0.04
                else f"{given} {dice.choice('ABCDEFGHJKLMNPRSTVW')}. {family}",
                family,
            )
        if kind < 0.13:
            return dice.choice((f"{given[0]}.{family}", f"{given[0]} {dice.choice('KMPRSV')} {family}", f"{given[0]}.K. {family}")), family
        if kind < 0.25:
            return f"{given} {self._name(lists['given'], 'given')} {family}", family
        if kind < 0.3:
            particle = dice.choice(
                ("de", "van", "von", "van der", "al", "El", "Al", "de la", "dos", "Ben", "Ould", "ter", "Le", "Mac", "Van", "De")
            )
            return f"{given} {particle} {family}", f"{particle} {family}"
        if kind < 0.34:
            return f"{given} {family}-{self._name(lists['family'], 'family')}", family
        if kind < 0.37:
            return given, given
        if kind < 0.39:
            return f"{given} {family} {dice.choice(('Jr', 'Jr.', 'III', 'Sr', 'Jnr'))}", family
        if kind < 0.41:
            return f'{given} "{self._name(lists["given"], "given")}" {family}', family
        return f"{given} {family}", dice.choice((family, family, family, family, given))

    def _name(self, listed: list[str], kind: str) -> str:
        name = self._dice.choice(listed)
        if self._dice.random() < INVENTED[kind]:
            name = self._bend(name)
        if not name.isascii() and self._dice.random() < 0.5:
            name = fold(name).title() if "'" not in name and "’" not in name else name
        return name

    def _bend(self, name: str) -> str:
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
            if dice.random() < 0.4:
                letters.extend(
                    dice.choice(("a", "o", "i", "e", "ko", "ma", "ng", "wa", "ni", "yan", "ez", "ou", "er", "su", "ane", "enko", "ula"))
                )
            bent = "".join(letters)
            key = fold(bent)
            if key not in known.given and key not in known.family and key not in known.common and key not in known.phrases:
                return bent
        return name

    # -- other names

    def expand(self, entry: str) -> str:
        """Return a name built by an entry of grammar.toml."""
        pattern = self._choose(self._dice.choice(grammar()[entry]))
        return re.sub(r"\s+", " ", SLOT.sub(lambda match: self._word(match.group(1)), pattern)).strip()

    def _word(self, slot: str) -> str:
        dice = self._dice
        land = dice.choice(self._lands[:2]) if dice.random() < 0.7 else dice.choice(self._countries)
        match slot:
            case "country":
                return land.name.removeprefix("the ")
            case "adj":
                return land.adjectives[0]
            case "city" | "village":
                return self.town(land)
            case "region":
                return self.region(land)
            case "family" | "given":
                return self._name(names()[self._by_code.get(land.code, "en_US")][slot], slot)
            case "person":
                return self._person()[0]
            case "coined":
                return self._coined()
            case "Plain":
                return dice.choice(plain_words()[1]).capitalize()
            case "ACR":
                return self._capitals()
            case "Topicword":
                return dice.choice(grammar()["topicword"])
            case "YEAR":
                return str(dice.randint(1990, 2030))
            case "NUMBER":
                return str(dice.randint(1, 99))
            case "OMshort":
                return dice.choice((self._capitals(), f"{self._coined()} News"))
            case _:
                return self.expand(slot)

    def town(self, land: Country | None = None) -> str:
        """Return a town of the country, invented at times, its capital at times."""
        dice = self._dice
        land = land or (self._lands[0] if dice.random() < 0.7 else dice.choice(self._lands))
        if land.seats and dice.random() < 0.2:
            return dice.choice([seat for seat in land.seats if " House" not in seat and "Kremlin" not in seat] or [land.name])
        listed = towns().get(land.code)
        name = dice.choice(listed) if listed and dice.random() < 0.85 else dice.choice(towns()[dice.choice(sorted(towns()))])
        if dice.random() < INVENTED["place"]:
            name = self._bend(name)
        return name.replace(" De ", " de ").replace(" Of ", " of ").replace(" And ", " and ").replace("'S", "'s")

    def region(self, land: Country | None = None) -> str:
        """Return a region of the country, invented at times."""
        listed = towns().get(f"{(land or self._lands[0]).code}r")
        name = self._dice.choice(listed) if listed and self._dice.random() < 0.7 else self.town(land)
        return name.replace(" De ", " de ").replace(" Of ", " of ")

    def _any_org(self) -> str:
        kind = self._dice.choice(
            ("government", "company", "company", "party", "media", "university", "ngo", "ngo", "team", "court", "armed", "long", "listed")
        )
        return self._dice.choice(self._orgs) if kind == "listed" else self.expand(kind)

    def _coined(self) -> str:
        """Return an invented word: bent from a town's or a person's name, or built from syllables."""
        dice = self._dice
        if dice.random() < 0.5:
            return self._bend(self.town().split()[0])
        start = dice.choice("b br c ch d dr f g gl h j k kr l m n p pr r s sh st t tr v w y z".split())
        middle = "".join(
            dice.choice("aeiou") + dice.choice("l m n r s t v x z nd rt st ng k".split()) for _ in range(dice.choice((1, 1, 2)))
        )
        return (start + middle + dice.choice(("", "a", "o", "e", "is", "ia", "ex", "on", "us", "ix"))).capitalize()

    def _capitals(self) -> str:
        dice = self._dice
        size = dice.choice((2, 3, 3, 3, 4, 4, 5))
        word = "".join(dice.choice("ABCDEFGHIJKLMNOPRSTUVW") for _ in range(size))
        return word if dice.random() < 0.85 else dice.choice((word.capitalize(), f"{word}-{dice.choice('ABKMNP')}", ".".join(word) + "."))


NAMED: dict[str, tuple[str, Callable[[Writer], str]]] = {
    "T": ("GPE", Writer.town),
    "RG": ("LOC", lambda writer: writer.expand("regional")),
    "REGION": ("LOC", lambda writer: writer.expand("macro")),
    "GEO": ("LOC", lambda writer: writer.expand("nature")),
    "FAC": ("LOC", lambda writer: writer.expand("facility")),
    "OG": ("ORG", lambda writer: writer.expand("government")),
    "OC": ("ORG", lambda writer: writer.expand("company")),
    "OP": ("ORG", lambda writer: writer.expand("party")),
    "OM": ("ORG", lambda writer: writer.expand("media")),
    "OU": ("ORG", lambda writer: writer.expand("university")),
    "OS": ("ORG", lambda writer: writer.expand("team")),
    "OCT": ("ORG", lambda writer: writer.expand("court")),
    "ARM": ("ORG", lambda writer: writer.expand("armed")),
    "NGO": ("ORG", lambda writer: writer.expand("ngo")),
    "AGENCY": ("ORG", lambda writer: writer.expand("agency")),
    "EV": ("EVENT", lambda writer: writer.expand("event")),
    "LAW": ("MISC", lambda writer: writer.expand("law")),
    "WORK": ("MISC", lambda writer: writer.expand("work")),
    "PROD": ("MISC", lambda writer: writer.expand("product")),
}


def _curled(text: str) -> str:
    """Return the text with typographic quotation marks and apostrophes, as half of the outlets print them; no length changes."""
    text = re.sub(r'(^|[\s(\[—-])"', "\\1“", text, flags=re.MULTILINE)
    return text.replace('"', "”").replace("'", "’")


def _squeeze(part: Draft) -> tuple[str, list[tuple[int, int, str]]]:
    """Return the text without double spaces and spaces before stops, the entities moved along."""
    text, out, moved, last = part.text, "", {}, ""
    for index, char in enumerate(text):
        moved[index] = len(out)
        if char == " " and (last in (" ", "") or text[index + 1 : index + 2] in (".", ",", ";", "?", ")", "")):
            continue
        out += char
        last = char
    moved[len(text)] = len(out)
    return out, [(moved[start], moved[end], label) for start, end, label in part.entities]


def _headline(text: str, entities: list[tuple[int, int, str]], case: Callable[[str], str]) -> str:
    """Return the text with a capital on each word outside of the entities, small words left."""
    kept = [any(start <= index < end for start, end, _ in entities) for index in range(len(text))]

    def raised(match: re.Match[str]) -> str:
        word = match.group()
        return word if kept[match.start()] or (len(word) < 4 and match.start()) else word[:1].upper() + word[1:]

    return re.sub(r"[^\W\d_]+", raised, text).rstrip(".")
