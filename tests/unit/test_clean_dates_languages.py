"""Dates in the words, figures and calendars of many languages, and values that machines write."""

from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from flows.clean.metadata import cldr
from flows.clean.metadata.calendars import from_persian
from flows.clean.metadata.dates import parse_date
from flows.clean.metadata.month_names import MONTHS_FILE
from flows.clean.metadata.weekdays import WEEKDAYS_FILE


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("7 October 2031", "en"),
        ("2031/10/7", None),
        ("二〇三一年十月七日", "zh"),
        ("7 ഒക്ടോബർ 2031", "ml"),  # CLDR writes a joiner
        ("October 7th, 2031", "en"),
        ("7 Oct '31", "en"),
        ("07-Oct-31", None),
        ("07Oct2031", None),
        ("Tue Oct 07 14:05:00 +0000 2031", None),
        ("2031. október 7.", "hu"),
        ("7. október 2031", "is"),
        ("7. októbra 2031", "sk"),
        ("7. listopada 2031", "hr"),
        ("7 października 2031", None),
        ("2031 m. spalio 7 d.", "lt"),
        ("2031. gada 7. oktobrī", "lv"),
        ("7. oktoober 2031", "et"),
        ("2031ko urriaren 7a", "eu"),
        ("7 d'octubre de 2031", "ca"),
        ("7 de outubro de 2031", "pt"),
        ("ngày 7 tháng 10 năm 2031", "vi"),
        ("Thứ ba, 7 tháng 10, 2031", "vi"),
        ("7 Ekim 2031 Salı", "tr"),
        ("7 EKİM 2031", "tr"),
        ("7 октомври 2031 г.", "bg"),
        ("7 жовтня 2031 р.", "uk"),
        ("7 Οκτωβρίου 2031", "el"),
        ("7 ΟΚΤΩΒΡΙΟΥ 2031", "el"),
        ("7 הם 7 באוקטובר 2031", "he"),
        ("٧ أكتوبر ٢٠٣١", "ar"),
        ("07 تشرين الأول 2031", "ar"),
        ("٧ تشرين الأول / أكتوبر ٢٠٣١", "ar"),
        ("۱۵ مهر ۱۴۱۰", "fa"),
        ("۱۴۱۰/۰۷/۱۵", "fa"),
        ("۷ اکتبر ۲۰۳۱", "fa"),
        ("७ अक्टूबर २०३१", "hi"),
        ("৭ অক্টোবর ২০৩১", "bn"),
        ("7 ตุลาคม 2574", "th"),
        ("7 ต.ค. 2574", "th"),
        ("07/10/2574", "th"),
        ("令和13年10月7日", "ja"),
        ("民國120年10月7日", "zh"),
        ("2031년 10월 7일", "ko"),
        ("7 Hydref 2031", "cy"),
        ("20311007", None),
    ],
)
def test_a_day_in_many_languages(text: str, language: str | None) -> None:
    when = parse_date(text, language=language)
    assert when is not None
    assert when.at.date().isoformat() == "2031-10-07"


@pytest.mark.parametrize(
    "text",
    [
        "12 people in 2031",
        "7 ships of 2031 tonnes",
        "In 1402 the town had 7 gates",
        "22 ربيع الأول 1445",  # the Islamic calendar depends on the moon
        "Version 7.10",
        "Room 7, 10 October",
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert parse_date(text) is None


def test_one_name_may_mean_two_months() -> None:
    polish, croatian = (parse_date("7 listopada 2031", language=code) for code in ("pl", "hr"))
    assert polish is not None
    assert croatian is not None
    assert (polish.at.month, croatian.at.month) == (11, 10)


@pytest.mark.parametrize(
    ("value", "iso"),
    [
        ("1949148300", "2031-10-07T14:05:00+00:00"),
        ("1949148300000", "2031-10-07T14:05:00+00:00"),
        (" 1949148300 ", "2031-10-07T14:05:00+00:00"),
    ],
)
def test_unix_time(value: str, iso: str) -> None:
    when = parse_date(value)
    assert when is not None
    assert (when.at.isoformat(), when.precision, when.has_zone) == (iso, "second", True)


def test_a_number_among_words_is_no_unix_time() -> None:
    assert parse_date("Call 1949148300 now") is None


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2031-03-02T08:00:00", datetime(2031, 3, 2, 2, 30, tzinfo=UTC)),
        ("2 March 2031, 8:00 am", datetime(2031, 3, 2, 2, 30, tzinfo=UTC)),
        ("2031-03-02T08:00:00Z", datetime(2031, 3, 2, 8, tzinfo=UTC)),
        ("2031-03-02T08:00:00+01:00", datetime(2031, 3, 2, 7, tzinfo=UTC)),
        ("2 March 2031, 8:00 GMT", datetime(2031, 3, 2, 8, tzinfo=UTC)),
    ],
)
def test_times_without_a_zone_are_in_the_zone_that_is_known(text: str, moment: datetime) -> None:
    when = parse_date(text, zone=ZoneInfo("Asia/Kolkata"))
    assert when is not None
    assert when.at == moment


@pytest.mark.parametrize(
    ("persian", "western"),
    [((1403, 1, 1), "2024-03-20"), ((1399, 12, 30), "2021-03-20"), ((1410, 7, 15), "2031-10-07")],
)
def test_persian_days(persian: tuple[int, int, int], western: str) -> None:
    assert from_persian(*persian).isoformat() == western


def test_a_persian_day_that_does_not_exist() -> None:
    with pytest.raises(ValueError, match="no Persian day"):
        from_persian(1403, 7, 31)


def test_names_of_months_and_weekdays_are_those_of_cldr() -> None:
    """After an update of babel: `python -m flows.clean.metadata.cldr`."""
    rows = cldr.rows()
    assert MONTHS_FILE.read_text("utf-8").splitlines() == rows
    assert WEEKDAYS_FILE.read_text("utf-8").splitlines() == cldr.weekday_rows(rows)
