"""Stamps as machines and people write them."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from crawler.extract.solar_hijri import from_solar_hijri, is_leap
from crawler.extract.stamp import Written, read_machine, read_written

STAMPS = (Path(__file__).parent / "stamps.txt").read_text("utf-8").splitlines()[1:]
DAY = date(2023, 12, 7)
AT = datetime(2023, 12, 7, 14, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    ("text", "stamp"),
    [
        ("2023-12-07", DAY),
        ("2023-12-07T14:30:00Z", AT),
        ("2023-12-07T14:30", AT),
        ("2023-12-07 18:30:00 +0400", AT),
        ("2023-12-07T18:30:00.000+04", AT),
        ("2023-12-7T9:30:00-5:00", AT),
        ("20231207T143000Z", AT),
        ("1701959400", AT),
        ("1701959400000", AT),
        ("Thu, 07 Dec 2023 14:30:00 GMT", AT),
        ("Thu, 07 Dec 2023 17:30:00 MSK", AT),
        ("Thu, 07 Dec 2023 15:30:00 CET", AT),
        ("Thu, 07 Dec 2023 14:30:00 -0000", AT),
        ("2023-12-06T24:00:00Z", AT.replace(hour=0, minute=0)),
        ("2023-12-06 24:00", AT.replace(hour=0, minute=0)),
        ("2023-12-07T24:30Z", AT.replace(hour=0)),
    ],
)
def test_a_machines_stamp_is_read(text: str, stamp: date | datetime) -> None:
    found = read_machine(text)
    assert found is not None
    assert found.in_zone(UTC) == stamp


@pytest.mark.parametrize("row", STAMPS)
def test_a_stamp_is_read_as_the_press_of_its_language_writes_it(row: str) -> None:
    language, wanted, text = row.split(" | ", 2)
    found = read_written(text, language=language)
    assert found is not None
    assert told(found) == wanted


def told(stamp: Written) -> str:
    """Write a stamp as the table does: the zone only where the page names one."""
    if stamp.clock is None:
        return f"{stamp.day}"
    zone = f"{stamp.in_zone(UTC):%z}".removesuffix("00") if stamp.zone else ""
    return f"{stamp.day} {stamp.clock:%H:%M}{zone}"


@pytest.mark.parametrize("text", ["", "soon", "2023-13-45", "0000-00-00", "x" * 10_000])
def test_what_is_no_stamp_is_not_read(text: str) -> None:
    assert read_machine(text) is None
    assert read_written(text) is None


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("en", "December 7, 2023 2:30 p.m."),
        ("en", "Thursday 7th of December, 2023 at 14:30 GMT"),
        ("en", "9:30 AM EST, Thu December 7, 2023"),
        ("az", "7 dekabr 2023, 14:30"),
        ("az", "07.12.2023 14:30"),
        ("ru", "7 декабря 2023 г., 14:30"),
        ("ru", "07.12.2023 17:30 МСК"),
        ("fa", "پنجشنبه ۱۶ آذر ۱۴۰۲ - ۱۴:۳۰"),
        ("fa", "۱۴۰۲/۰۹/۱۶ ۱۴:۳۰"),
        ("ar", "الخميس ٧ ديسمبر ٢٠٢٣ - ١٤:٣٠"),
        ("tr", "07 Aralık 2023 14:30"),
        ("de", "7. Dezember 2023 um 14.30 Uhr"),
        ("fr", "le 7 décembre 2023 à 14h30"),
        ("es", "7 de diciembre de 2023 a las 14:30"),
        ("pt", "7 de dezembro de 2023 às 14h30"),
        ("it", "7 dicembre 2023 alle 14:30"),
        ("nl", "7 december 2023 14:30"),
        ("pl", "7 grudnia 2023, 14:30"),
        ("cs", "7. prosince 2023 14:30"),
        ("uk", "7 грудня 2023, 14:30"),
        ("hu", "2023. december 7. 14:30"),
        ("lt", "2023 m. gruodžio 7 d. 14:30"),
        ("lv", "2023. gada 7. decembris, 14:30"),
        ("fi", "7. joulukuuta 2023 klo 14.30"),
        ("el", "7 Δεκεμβρίου 2023, 14:30"),
        ("he", "7 בדצמבר 2023, 14:30"),
        ("ka", "7 დეკემბერი 2023 14:30"),
        ("hy", "7 Դեկտեմբեր 2023 14:30"),
        ("ko", "2023년 12월 7일 오후 2:30"),
        ("ja", "2023年12月7日 14時30分"),
        ("hr", "7. prosinca 2023. 14:30"),
    ],
)
def test_a_stamp_is_read_in_its_language(language: str, text: str) -> None:
    found = read_written(text, language=language)
    assert found is not None
    assert found.in_zone(UTC) == AT


def test_a_day_without_a_time_stays_a_day() -> None:
    found = read_written("December 7, 2023")
    assert found is not None
    assert found.in_zone(UTC) == DAY
    assert not isinstance(found.in_zone(UTC), datetime)


def test_the_sources_zone_counts_only_where_the_page_names_none() -> None:
    baku = timezone(timedelta(hours=4))
    plain, zoned = read_machine("2024-07-24T00:56"), read_machine("2024-07-24T00:56+01:00")
    assert plain is not None
    assert zoned is not None
    assert plain.in_zone(baku).isoformat() == "2024-07-24T00:56:00+04:00"
    assert zoned.in_zone(baku).isoformat() == "2024-07-24T00:56:00+01:00"


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("31. Dezember 2023, 24:00 Uhr", date(2024, 1, 1)),
        ("31. Dezember 2023, 24 Uhr", date(2024, 1, 1)),
        ("31.12.2023 24.00 Uhr", date(2024, 1, 1)),
        ("2023年12月31日 24時00分", date(2024, 1, 1)),
        ("31. Dezember 2023, 0:00 Uhr", date(2023, 12, 31)),
        ("December 24, 2023 12:00 am", date(2023, 12, 24)),
        ("December 31, 2023 24:15", date(2023, 12, 31)),
    ],
)
def test_the_midnight_called_24_is_the_end_of_its_day(text: str, day: date) -> None:
    found = read_written(text)
    assert found is not None
    assert found.day == day


def test_the_second_of_two_dates_keeps_its_time_to_itself() -> None:
    found = read_written("December 7, 2023 July 24, 2024 00:56")
    assert found is not None
    assert found.in_zone(UTC) == DAY


@pytest.mark.parametrize(
    ("language", "text", "month"),
    [
        ("hr", "3. listopada 2023", 10),
        ("pl", "3 listopada 2023", 11),
        ("hr", "3. srpnja 2023", 7),
    ],
)
def test_a_months_name_is_read_in_the_pages_language(
    language: str, text: str, month: int
) -> None:
    found = read_written(text, language=language)
    assert found is not None
    assert found.day.month == month


@pytest.mark.parametrize(("month_first", "month"), [(True, 12), (False, 7)])
def test_a_slashed_date_is_read_as_the_country_does(month_first: bool, month: int) -> None:
    found = read_written("12/07/2023", month_first=month_first)
    assert found is not None
    assert found.day.month == month


@pytest.mark.parametrize(
    ("solar", "ours"),
    [
        ((1402, 9, 16), date(2023, 12, 7)),
        ((1403, 1, 1), date(2024, 3, 20)),
        ((1403, 12, 30), date(2025, 3, 20)),
        ((1399, 12, 30), date(2021, 3, 20)),
        ((1357, 11, 22), date(1979, 2, 11)),
    ],
)
def test_the_solar_hijri_calendar_is_ours_in_other_words(
    solar: tuple[int, int, int], ours: date
) -> None:
    assert from_solar_hijri(*solar) == ours


def test_a_day_that_calendar_does_not_have_is_refused() -> None:
    assert not is_leap(1402)
    with pytest.raises(ValueError, match="no such day"):
        from_solar_hijri(1402, 12, 30)


@settings(max_examples=300, deadline=None)
@given(st.text(max_size=150))
def test_no_text_raises(text: str) -> None:
    read_machine(text)
    read_written(text)
    read_written(f"7 {text} 2023")
