"""What figures a sentence states, in digits and in words."""

from collections import Counter

import pytest

from storage.quantities import figures


@pytest.mark.parametrize(
    ("sentence", "stated"),
    [
        ("It cost 1,400 manats, 2 500 dollars or 1.400.000 lira.", ["1400", "2500", "1400000"]),
        ("It rose by 4.5 percent, по 4,5 процента.", ["4.5", "4.5"]),
        ("At 14:30 it was over.", ["14:30"]),
        ("2\u202f500 euros and 1\u00a0000 more", ["2500", "1000"]),
        ("On May 5 12 people, in 2024 15.", ["5", "12", "2024", "15"]),
        ("Five hundred and twelve people, dozens of them hurt.", ["512", "dozens"]),
        ("twenty-five villages", ["25"]),
        ("пятьдесят пять тысяч рублей", ["55000"]),
        ("полтора миллиарда рублей", ["one and a half", "1000000000"]),
        ("yüz əlli nəfər saxlanılıb", ["150"]),
        ("بیست و پنج نفر کشته شدند و رفتند", ["25"]),
        ("۱۲ نفر", ["12"]),
        ("on Tuesday, во вторник, salı günü", ["day 2", "day 2", "day 2"]),
        ("çərşənbə axşamı, çərşənbə", ["day 2", "day 3"]),
        ("в марте и в апреле", ["month 3", "month 4"]),
        ("Мартынов may march on once more.", []),
        ("", []),
    ],
)
def test_figures_are_read_as_values(sentence: str, stated: list[str]) -> None:
    assert figures(sentence) == Counter(stated)
