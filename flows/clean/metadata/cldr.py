"""Writes months.tsv and weekdays.tsv: the names of months and weekdays in every language that the
Unicode CLDR covers, taken from babel. Run by hand after an update of babel:
`python -m flows.clean.metadata.cldr`. Cleaning reads the files and never imports babel, which takes
a second to read all of its locales.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from babel import Locale
from babel.localedata import locale_identifiers

from flows.clean.metadata.month_names import MONTHS_FILE, folded_month
from flows.clean.metadata.weekdays import WEEKDAYS_FILE

FIRST = (
    "en de fr es it pt nl pl ru sv da nb fi cs tr uk ro hu el bg sk sl hr sr id vi ca lt lv et"
).split()
"""Languages whose reading of an ambiguous name holds where the page's language is not known."""

SHORT_FORMS_OF = frozenset(
    """
    en de fr es it pt nl pl ru sv da nb nn no fi cs tr uk ro hu el bg sk sl hr sr bs mk sq id ms vi
    ca gl eu lt lv et is ga cy mt lb af sw fil ar he fa ur hi bn mr gu pa ta te kn ml si ne th lo my
    km ka hy az kk ky uz tg tk mn be am
    """.split()
)
"""Languages whose short forms are taken too; those of others are words of larger languages."""

REGIONS = re.compile(r"ar_(SY|MA|DZ|TN|IQ|SA)|de_AT|es_UY|pt_PT|sr_Latn|uz_Cyrl|az_Cyrl|bs_Cyrl")
"""Locales with month names that their language's main locale lacks."""

_NUMBERED = re.compile(r"\d|^[mM]\d|^[\W_]*$")
MIN_LATIN, MIN_OF_OTHERS = 3, 4
"""Letters of a name in the Latin script, and of a month's name in the languages that are not in
SHORT_FORMS_OF; shorter names are words too often.
"""


def rows() -> list[str]:
    """Return the lines of months.tsv: a folded name, its month, and the languages that read it so
    (`*` for the common reading).
    """
    readings: dict[str, dict[int, list[str]]] = {}
    for language, name, month in _names():
        languages = readings.setdefault(name, {}).setdefault(month, [])
        if language not in languages:
            languages.append(language)
    lines = []
    for name, months in sorted(readings.items()):
        common = min(months, key=lambda m: (min(map(_rank, months[m])), -len(months[m]), m))
        for month, languages in sorted(months.items()):
            lines.append(f"{name}\t{month}\t{'*' if month == common else ','.join(languages)}")
    return lines


def _rank(language: str) -> int:
    return FIRST.index(language) if language in FIRST else len(FIRST)


def _names() -> Iterator[tuple[str, str, int]]:
    for locale, context, width in _forms():
        months = locale.months[context][width]
        if any(_NUMBERED.search(months[m]) for m in range(1, 13)):
            continue
        if max(Counter(months[m] for m in range(1, 13)).values()) > 1:
            continue
        least = MIN_LATIN if locale.language in SHORT_FORMS_OF else MIN_OF_OTHERS
        for month in range(1, 13):
            name = folded_month(months[month])
            if len(name) >= (least if name.isascii() else 2):
                yield locale.language, name, month


def _forms() -> Iterator[tuple[Locale, str, str]]:
    """Yield (locale, context, width) of all names that are taken."""
    for identifier in sorted(locale_identifiers()):
        if "_" in identifier and not REGIONS.fullmatch(identifier):
            continue
        locale = Locale.parse(identifier)
        widths = ("wide", "abbreviated") if locale.language in SHORT_FORMS_OF else ("wide",)
        for context in ("format", "stand-alone"):
            for width in widths:
                yield locale, context, width


def weekday_rows(month_rows: Sequence[str]) -> list[str]:
    """Return the lines of weekdays.tsv: a folded name and its day, 0 (Monday) to 6. Names that mean
    several days, or a month of `month_rows` (`rows`), are left out.
    """
    readings: dict[str, set[int]] = {}
    months = {row.split("\t")[0] for row in month_rows}
    for locale, context, width in _forms():
        for day, name in locale.days[context][width].items():
            folded = folded_month(name)
            least = MIN_LATIN if folded.isascii() else 2
            if len(folded) >= least and folded not in months:
                readings.setdefault(folded, set()).add(day)
    return [f"{name}\t{min(days)}" for name, days in sorted(readings.items()) if len(days) == 1]


if __name__ == "__main__":
    month_rows = rows()
    Path(str(MONTHS_FILE)).write_text("\n".join(month_rows) + "\n", "utf-8")
    Path(str(WEEKDAYS_FILE)).write_text("\n".join(weekday_rows(month_rows)) + "\n", "utf-8")
