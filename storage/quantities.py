# ruff: noqa: E501 - rows of words
"""Read the figures of a sentence as values: "1,400" is "1 400", "five" is "5".

In English, Russian, Ukrainian, Azerbaijani, Turkish, Persian, German, French and Spanish, and
without knowing in which: a word that means something else in another of them is left out ("on",
"once", "neuf", "نه"). What is counted by dozens or in part, days and months are figures, too.
"""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from itertools import groupby
from typing import Final

from storage.folding import latin_digits

# Value → the words for it. A star: whatever ending the word has.
_VALUES: Final = {
    2: "two два две двух двое двоих двоє дві iki ikisi دو zwei deux dos",
    3: "three три трёх трех трое троих троє üç üçü سه drei trois tres",
    4: "four четыре четырех четырёх четверо четверых чотири dörd dördü dört چهار vier quatre cuatro",
    5: "five пять пяти пятеро пятерых п'ять beş beşi پنج fünf cinq cinco",
    6: "six шесть шести шестеро шестерых шість altı altısı شش sechs seis",
    7: "seven семь семи семеро семерых сім yeddi yeddisi yedi yedisi هفت sieben siete",
    8: "eight восемь восьми вісім səkkiz səkkizi sekiz sekizi هشت acht huit ocho",
    9: "nine девять девяти дев'ять doqquz doqquzu dokuz dokuzu neun nueve",
    10: "ten десять десяти ده zehn dix diez",
    11: "eleven одиннадцат* одинадцят* یازده elf onze",
    12: "twelve двенадцат* дванадцят* دوازده zwölf douze doce dozen",
    13: "thirteen тринадцат* тринадцят* سیزده dreizehn treize trece",
    14: "fourteen четырнадцат* чотирнадцят* چهارده vierzehn quatorze catorce",
    15: "fifteen пятнадцат* п'ятнадцят* پانزده fünfzehn quinze quince",
    16: "sixteen шестнадцат* шістнадцят* شانزده sechzehn seize dieciséis",
    17: "seventeen семнадцат* сімнадцят* هفده siebzehn diecisiete",
    18: "eighteen восемнадцат* вісімнадцят* هجده achtzehn dieciocho",
    19: "nineteen девятнадцат* дев'ятнадцят* نوزده neunzehn diecinueve",
    20: "twenty двадцат* двадцят* iyirmi yirmi بیست zwanzig vingt veinte",
    30: "thirty тридцат* тридцят* otuz سی dreißig trente treinta",
    40: "forty сорок* qırx kırk چهل vierzig quarante cuarenta",
    50: "fifty пятьдесят п'ятдесят пятидесяти əlli elli پنجاه fünfzig cinquante cincuenta",
    60: "sixty шестьдесят шістдесят altmış شصت sechzig soixante sesenta",
    70: "seventy семьдесят сімдесят yetmiş هفتاد siebzig setenta",
    80: "eighty восемьдесят вісімдесят səksən seksen هشتاد achtzig ochenta",
    90: "ninety девяносто дев'яносто doxsan doksan نود neunzig noventa",
    100: "hundred сто ста yüz صد hundert cent cien ciento",
    1_000: "thousand тысяч* тысяча тисяч* min bin هزار tausend mille mil",
    1_000_000: "million* миллион* мільйон* milyon* میلیون millionen millón millones",
    1_000_000_000: "billion* миллиард* мільярд* milyard* milyar* میلیارد milliarde* milliard* milliards",
}
_VAGUE: Final = {
    "half": "half половин* половина yarısı yarı نیمی hälfte moitié mitad",
    "one and a half": "полтора полутора півтора",
    "dozens": "dozens десятки десятков десятках onlarla onlarca ده‌ها dutzende dizaines decenas",
    "hundreds": "hundreds сотни сотен сотні yüzlərlə yüzlerce صدها hunderte centaines cientos",
    "thousands": "thousands тысячи minlərlə binlerce هزاران tausende milliers miles",
}
# Monday first, January first. English "march" and "may" are verbs more often than months.
_DAYS: Final = (
    "monday понедельник* понеділ* bazarertəsi pazartesi دوشنبه montag lundi lunes",
    "tuesday вторник* вівтор* çərşənbəaxşamı salı سه‌شنبه dienstag mardi martes",
    "wednesday среда среду серед* çərşənbə çarşamba چهارشنبه mittwoch mercredi miércoles",
    "thursday четверг* четвер* cümə_axşamı perşembe پنجشنبه پنج‌شنبه donnerstag jeudi jueves",
    "friday пятниц* п'ятниц* cümə cuma جمعه freitag vendredi viernes",
    "saturday суббот* субот* şənbə cumartesi شنبه samstag samedi sábado",
    "sunday воскресень* неділ* bazargünü pazargünü یکشنبه یک‌شنبه sonntag dimanche domingo",
)
_MONTHS: Final = (
    "january январ* січн* yanvar* ocak ocakta ژانویه januar janvier enero",
    "february феврал* лютий лютого лютому fevral* şubat* فوریه februar février febrero",
    "март марта марте мартом берез* مارس märz mars marzo",
    "april апрел* квітн* aprel* nisan* آوریل avril abril",
    "مه mayo",
    "june июн* червн* iyun* haziran* ژوئن juni juin junio",
    "july июл* липн* iyul* temmuz* ژوئیه juli juillet julio",
    "august август* серпн* avqust* ağustos* اوت août agosto",
    "september сентябр* вересн* sentyabr* eylül* سپتامبر septembre septiembre",
    "october октябр* жовтн* oktyabr* ekim ekimde اکتبر oktober octobre octubre",
    "november ноябр* листопад* noyabr* kasım* نوامبر novembre noviembre",
    "december декабр* грудн* dekabr* aralık* دسامبر dezember décembre diciembre",
)
_HEAD: Final = 3  # letters, by which most words are passed over
_LONGEST_ENDING: Final = 3  # letters: nobody called Мартынов is a March
_SPACE: Final = " \u00a0\u2009\u202f"
_NUMBER: Final = re.compile(rf"\d+(?:[.,:]\d+|[{_SPACE}]\d{{3}}(?!\d))*")
_THOUSANDS: Final = re.compile(rf"(?<=\d)[.,{_SPACE}](?=\d{{3}}(?!\d))")
_WORD: Final = re.compile(r"[^\W\d_]+(?:[’'‌][^\W\d_]+)*")
# "bazar ertəsi": a day of two words.
_IN_TWO: Final = re.compile(r"\b(bazar|çərşənbə|pazar) (ertəsi|axşamı|günü)")
_SECONDS: Final = ("ertəsi", "axşamı", "günü")
_AND: Final = frozenset({"and", "و", "und", "y", "et"})


def figures(sentence: str) -> Counter[str]:
    """Return the values that a sentence states, by how often; an order of size is a word."""
    plain = latin_digits(sentence)
    numbers = _NUMBER.findall(plain)
    found = [_THOUSANDS.sub("", number).replace(",", ".") for number in numbers]
    plain = plain.lower().replace("’", "'")
    if any(second in plain for second in _SECONDS):
        plain = _IN_TWO.sub(r"\1\2", plain)
    words = _WORD.findall(plain)
    heads = _words()[0]
    values = [_value(word) if word[:_HEAD] in heads else None for word in words]
    if any(values):
        found += _stated(words, values)
    return Counter(found)


def _stated(words: list[str], values: list[int | str | None]) -> Iterator[str]:
    """Yield what words say, those of one number together."""
    # "twenty and five" is one figure; what only joins two numbers counts for neither.
    joined = [
        value
        for at, value in enumerate(values)
        if not (words[at] in _AND and _between_numbers(values, at))
    ]
    for is_number, run in groupby(joined, key=lambda value: isinstance(value, int)):
        if is_number:
            yield _sum([value for value in run if isinstance(value, int)])
        else:
            yield from (value for value in run if isinstance(value, str))


def _between_numbers(values: list[int | str | None], at: int) -> bool:
    around = values[max(0, at - 1) : at + 2]
    return len(around) == 3 and isinstance(around[0], int) and isinstance(around[2], int)


def _sum(values: list[int]) -> str:
    """Return what number words in a row say: 2, 100, 5 → "205"."""
    whole = part = 0
    for value in values:
        if value < 100:
            part += value
        elif value == 100:
            part = max(1, part) * value
        else:
            whole, part = whole + max(1, part) * value, 0
    return str(whole + part)


def _value(word: str) -> int | str | None:
    """Return what a word says of a quantity; None: nothing."""
    _, exact, stems = _words()
    if word in exact:
        return exact[word]
    for stem, value in stems.get(word[:_HEAD], ()):
        if word.startswith(stem) and len(word) <= len(stem) + _LONGEST_ENDING:
            return value
    return None


@cache
def _words() -> tuple[
    frozenset[str], dict[str, int | str], dict[str, list[tuple[str, int | str]]]
]:
    """Return how they begin, the words with their values, and the stems by how they begin."""
    named: list[tuple[int | str, str]] = [*_VALUES.items(), *_VAGUE.items()]
    named += [(f"day {at}", words) for at, words in enumerate(_DAYS, 1)]
    named += [(f"month {at}", words) for at, words in enumerate(_MONTHS, 1)]
    exact: dict[str, int | str] = {}
    stems: dict[str, list[tuple[str, int | str]]] = {}
    for value, words in named:
        for word in words.split():
            if word.endswith("*"):
                stems.setdefault(word[:_HEAD], []).append((word[:-1], value))
            else:
                exact.setdefault(word, value)
    heads = frozenset(word[:_HEAD] for word in (*exact, *stems))
    return heads, exact, stems
