"""Read what a sentence counts or measures, in digits or in words.

Years, clock times and days of a date say when, not what, and are left out, as is which one of
a row something is.
"""

import re
from functools import partial
from typing import Final

from storage.folding import latin_digits
from storage.quantities import figures

# Months as they stand behind or before a day, in the languages whose numbers are read.
_MONTH: Final = (
    r"(?:jan(?:uary?|vier|\.)?|feb(?:ruary?|\.)?|mar(?:ch|ch?a|s|zo|t|\.)?|märz|apr(?:il|\.)?|ma[yi]s?|mayo"
    r"|ju[nl](?:[eyi]|io|\.)?|aug(?:ust|\.)?|sept?(?:ember|\.)?|o[ck]t(?:ober|obre|\.)?|nov(?:ember|embre|\.)?"
    r"|de[cz](?:ember|\.)?|février|avril|juin|juillet|août|septembre|décembre"
    r"|enero|febrero|abril|agosto|septiembre|noviembre|diciembre"
    r"|(?:январ|феврал|март|апрел|июн|июл|август|сентябр|октябр|ноябр|декабр)\w{0,3}|ма[йяе]"
    r"|(?:січн|лют|берез|квітн|трав|червн|липн|серп|верес|жовт|листопад|грудн)\w{0,4}"
    r"|(?:yanvar|fevral|mart|aprel|may|iyun|iyul|avqust|sentyabr|oktyabr|noyabr|dekabr)\w{0,4}"
    r"|(?:ocak|şubat|nisan|mayıs|haziran|temmuz|ağustos|eylül|ekim|kasım|aralık)\w{0,3}"
    r"|ژانویه|فوریه|مارس|آوریل|مه|ژوئن|ژوئیه|اوت|سپتامبر|اکتبر|نوامبر|دسامبر|فروردین|اردیبهشت|خرداد"
    r"|تیر|مرداد|شهریور|مهر|آبان|آذر|دی|بهمن|اسفند)(?![^\W\d_])"
)
_ORDINAL: Final = r"(?:st|nd|rd|th|er|\.|-?(?:го|е|[cj][ıiuü]))?"
_NO_SHARE: Final = r"(?!\s?(?:%|per\b|проц|faiz|prozent|por\b|pour\b))"  # "at 7.25%"
# A digit, or a word before one: asked first, it is a quarter of the work.
_WHEN: Final = re.compile(
    r"\b(?=\d|\w{1,16}\.?\s+\d)"
    rf"(?:\d{{4}}-\d\d-\d\d\b|\d{{1,2}}[./]\d{{1,2}}[./]\d{{2,4}}\b|\d{{1,2}}:\d{{2}}(?::\d{{2}})?\b"
    rf"|(?:at|в|до|около|к|о|об|um|gegen|bis|saat|ساعت|las|les|à|vers)\s\d{{1,2}}[.h]\d{{2}}\b{_NO_SHARE}"
    r"|\d{1,2}(?:[.h]\d{2})?\s?(?:uhr|horas|heures|hrs|[ap]\.?m\b|мск|час(?:ов|а) утра)"
    rf"|\d{{1,2}}{_ORDINAL}(?:\s?[-–]\s?\d{{1,2}}{_ORDINAL})?\s+(?:de\s)?{_MONTH}"
    rf"|{_MONTH}\s+\d{{1,2}}\b(?![.,]\d)|(?:19|20)\d\d\b)",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")  # three sentences in four have none: no day and no million
_ORDERS: Final = {
    10**3: r"thousand|тыс\.?|тысяч\w{0,2}|min|bin|هزار|tausend|mille|mil",
    10**6: r"million\w{0,2}|mn|mln\.?|млн\.?|миллион\w{0,3}|мільйон\w{0,3}|milyon\w{0,3}|mio\.?"
    r"|millón|millones|میلیون",
    10**9: r"billion|bn|mlrd\.?|млрд\.?|миллиард\w{0,3}|мільярд\w{0,3}|milyar\w{0,4}|mrd\.?"
    r"|milliarden?|milliards?|میلیارد",
}
_BEFORE: Final = r"(?<![\d.,])(\d{1,3}(?:[.,]\d{1,3})?)[ \u00a0\u202f]?"
_SCALED: Final = tuple(
    (order, re.compile(rf"{_BEFORE}(?:{words})(?!\w)", re.IGNORECASE))
    for order, words in _ORDERS.items()
)
# More digits than that are no figure but the number of something.
_DIGITS: Final = re.compile(r"\d{1,15}(?:\.\d{1,15})?")
# "одиннадцатая встреча"
_ROW: Final = "дцат"
_IN_A_ROW: Final = re.compile(rf"\b\w+{_ROW}(?:ый|ая|ое|ого|ой|ую|ым|ых|ом)\b", re.IGNORECASE)
_LONG: Final = 5  # digits, from which on they stand in groups


def counted(sentence: str) -> list[str]:
    """Return what a sentence counts or measures, as digits, each once."""
    plain = latin_digits(sentence)
    has_digits = _DIGIT.search(plain) is not None
    if has_digits:
        plain = _WHEN.sub(" ", plain)
    if _ROW in plain.lower():
        plain = _IN_A_ROW.sub(" ", plain)
    if has_digits:
        for order, scaled in _SCALED:
            plain = scaled.sub(partial(_times, order), plain)
    return [figure for figure in figures(plain) if is_figure(figure)]


def is_figure(key: str) -> bool:
    """Tell a figure from whatever else stands among what was told."""
    return _DIGITS.fullmatch(key) is not None


def in_groups(figure: str) -> str:
    """Write 25200000 as 25 200 000, as every language can read it."""
    whole, point, part = figure.partition(".")
    if len(whole) >= _LONG:
        whole = f"{int(whole):,}".replace(",", "\u00a0")
    return whole + point + part


def _times(order: int, found: re.Match[str]) -> str:
    """Write 1.3 million as 1300000."""
    return f" {round(float(found[1].replace(',', '.')) * order)} "
