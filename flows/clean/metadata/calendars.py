"""Figures and years of other scripts and calendars, turned into Western ones before a date is read.

Exact calendars only: Thai, Persian, Japanese eras, the years of the Republic of China. The Islamic
calendar depends on the sighting of the moon; its dates are not read.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from unicodedata import decimal

THAI_YEARS = range(2480, 2680)
"""Years of the Buddhist era, 543 ahead, that pages of the web can bear."""

PERSIAN_YEARS = range(1360, 1480)
"""Years of the Persian calendar that pages of the web can bear."""

_ERAS = {"令和": 2018, "平成": 1988, "昭和": 1925, "民國": 1911, "民国": 1911, "中華民國": 1911}
_ERA = re.compile(r"(令和|平成|昭和|中華民國|民國|民国)\s*(\d{1,3}|元)\s*(?=年)")
_FIGURE = re.compile(r"[^\D0-9]")

_NUMERALS = "〇一二三四五六七八九"
_TENS = "(?:[一二三四五六七八九]?十)?[一二三四五六七八九]?"
_WRITTEN = re.compile(
    rf"([〇零一二三四五六七八九]{{4}})年((?=[一-十]){_TENS})月(?:((?=[一-十]){_TENS})日)?"
)

PERSIAN_MONTHS = {
    name: month
    for month, names in enumerate(
        (
            "فروردین", "اردیبهشت", "خرداد", "تیر", "مرداد امرداد", "شهریور", "مهر", "آبان", "آذر",
            "دی", "بهمن", "اسفند",
        ),
        1,
    )
    for name in names.split()
}  # fmt: skip


def western_figures(text: str) -> str:
    """Return a text with the digits of all scripts as 0 to 9 and Japanese and Taiwanese eras as
    Western years, and Chinese dates in words in figures. ASCII text is returned as it is; no other
    character changes.
    """
    if text.isascii():
        return text
    text = _FIGURE.sub(lambda found: str(decimal(found[0])), _WRITTEN.sub(_written_date, text))
    return _ERA.sub(_western_year, text)


def _written_date(found: re.Match[str]) -> str:
    """A Chinese date in words, in figures: 二〇三一年十月七日."""
    year = "".join(str(_NUMERALS.index(sign)) for sign in found[1].replace("零", "〇"))
    day = f"{_counted(found[3])}日" if found[3] else ""
    return f"{year}年{_counted(found[2])}月{day}"


def _counted(numeral: str) -> int:
    """The number of a Chinese numeral below a hundred: 十, 十二, 二十, 二十三."""
    tens, ten, ones = numeral.rpartition("十")
    value = _NUMERALS.index(ones) if ones else 0
    return value + 10 * (_NUMERALS.index(tens) if tens else 1) if ten else value


def _western_year(found: re.Match[str]) -> str:
    return str(_ERAS[found[1]] + (1 if found[2] == "元" else int(found[2])))


def western_year(year: int) -> int:
    """Return a Thai year as a Western one; other years as they are."""
    return year - 543 if year in THAI_YEARS else year


def from_persian(year: int, month: int, day: int) -> date:
    """Return the Western day of a Persian one. Raises ValueError where there is no such day.

    The arithmetic of the 33-year cycle; right from 1206 to 1498 (Western 1827 to 2120).
    """
    if not (1206 <= year <= 1498 and 1 <= month <= 12 and 1 <= day <= (31 if month < 7 else 30)):
        raise ValueError(f"no Persian day: {year}-{month}-{day}")
    ahead = year - 979
    days = 365 * ahead + ahead // 33 * 8 + (ahead % 33 + 3) // 4
    days += 31 * (month - 1) if month < 7 else 186 + 30 * (month - 7)
    return date(1600, 3, 20) + timedelta(days=days + day - 1)
