"""Small words mean what an analyst means by them, or the hint shows how to write them."""

from collections.abc import Callable
from datetime import date, time, timedelta

import pytest

from config import words
from config.words import Misread


@pytest.mark.parametrize(
    ("read", "word", "meant"),
    [
        (words.duration, "15m", timedelta(minutes=15)),
        (words.duration, "1h30m", timedelta(minutes=90)),
        (words.duration, "30d", timedelta(days=30)),
        (words.duration, "2w", timedelta(days=14)),
        (words.clock_time, "7:05", time(7, 5)),
        (words.weekday, "Monday", "mon"),
        (words.weekday, "sun", "sun"),
        (words.day, "2026-02-28", date(2026, 2, 28)),
        (words.zone, "Asia/Baku", "Asia/Baku"),
        (words.country, "az", "AZ"),
        (words.language, "zh-Hans", "zh-Hans"),
        (
            words.web_address,
            "https://xn--e1afmkfd.example:8443/a?b=c",
            "https://xn--e1afmkfd.example:8443/a?b=c",
        ),
        (words.email_address, "Desk <desk@example.org>", "Desk <desk@example.org>"),
        (words.cron, "*/10 6-22 * * mon-fri", "*/10 6-22 * * mon-fri"),
    ],
)
def test_a_word_is_understood(read: Callable[[str], object], word: str, meant: object) -> None:
    assert read(word) == meant


@pytest.mark.parametrize(
    ("read", "word", "message", "hint"),
    [
        (words.duration, "15", "E005", "15m"),
        (words.duration, "soon", "E005", "15m"),
        (words.duration, "2 days", "E005", "write 2d"),
        (words.duration, "90 minutes", "E005", "write 90m"),
        (words.duration, "daily", "E005", "write 1d"),
        (words.duration, "99999999999999w", "E005", ""),
        (words.clock_time, "24:00", "no time", "07:00"),
        (words.clock_time, "7", "no time", "07:00"),
        (words.weekday, "moon day", "no day", "mon"),
        (words.day, "2026-02-30", "no date", "2027-01-31"),
        (words.zone, "Baku", "E006", "did you mean"),
        (words.zone, "Asia/Bakku", "E006", "did you mean Asia/Baku?"),
        (words.zone, "GMT+4", "E006", "write a place, such as Asia/Baku"),
        (words.zone, "../../etc/passwd", "E006", ""),
        (words.zone, "", "E006", ""),
        (words.country, "Iran", "no country", "IR"),
        (words.language, "english", "no language", "did you mean en?"),
        (words.web_address, "example.org/news", "no URL", "write https://example.org/news"),
        (words.web_address, "ftp://example.org", "no URL", "https://"),
        (words.web_address, "https://", "no URL", "https://"),
        (words.web_address, "https://a:b@example.org", "password", "secret"),
        (words.web_address, "https://ex.com\\@evil.com/", "no URL", ""),
        (words.web_address, "https://[", "no URL", ""),
        (words.web_address, "https://example.org:99999/", "no URL", ""),
        (words.email_address, "desk", "no e-mail", "desk@"),
        (words.email_address, "a@b, c@d", "no e-mail", ""),
        (words.email_address, "a@b\r\nBcc: c@d", "no e-mail", ""),
        (words.slug, "Oil Prices!", "no id", "oil-prices"),
        (words.slug, "leyla@desk.example", "no id", "channels.yaml"),
        (words.day, "30.11.2026", "no date", "2026-11-30"),
        (words.day, "1/12/2026", "no date", "2026-12-01, or 2026-01-12"),
        (words.day, "Monday", "no date", "year-month-day"),
        (words.day, "2026-11-30 09:00", "no date", "at midnight: 2026-11-30"),
        (words.cron, "5 minutes", "no cron", "*/10"),
        (words.pattern, "(a", "no regular expression", ""),
    ],
)
def test_a_word_that_means_nothing_gets_a_hint(
    read: Callable[[str], object], word: str, message: str, hint: str
) -> None:
    with pytest.raises(Misread) as caught:
        read(word)
    assert message in caught.value.message
    assert hint in caught.value.hint


@pytest.mark.parametrize("word", ["90s", "15m", "6h", "30d", "0s"])
def test_a_duration_is_written_as_it_is_read(word: str) -> None:
    assert words.written_duration(words.duration(word)) == word
