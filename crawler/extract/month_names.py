# ruff: noqa: E501 - rows of words
"""The names of the months in the languages of the press, as stems that a word begins with.

Folded as `fold_date` folds. The longest stem wins, so that "marras" (Finnish November) is told
from "mar". A few stems mean another month in another language; those stand in `BY_LANGUAGE`.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from functools import cache

_STEMS = {
    1: "jan янв јан януар січ студз sij siječ ianu ian ιαν ocak yanv led styc saus tammi jaan jän "
    "gen gennaio ene enero იანვ հունվ ינואר يناير جانفي ژانویه जनवरी қаң qer janar янъ yan "
    "كانون-الثاني jaanuar januar",
    2: "feb fev fév févr фев лют velj velja úno únor lut vasar helmi veeb ფებ თებ փետ φεβ şub "
    "shkurt פברואר فبراير فيفري شباط فوریه فبریه फरवरी фев ақп fevr febr fbr",
    3: "mar mär mrt marz märz март мар берез сакав ožu ožuj břez kov maart maal maalis мар მარ "
    "մարտ μαρ מרץ مارس آذار मार्च наур març mars",
    4: "apr abr avr апр квіт крас trav trava dub balan kwie huhti აპრ ապր απρ nis אפריל أبريل "
    "ابريل أفريل نيسان آوریل अप्रैल сәу prill ápr avril",
    5: "may mai maj mag maig mei май мая мај травня трав svib květ kvet geg touko მაი մայ μαι "
    "μαΐ מאי مايو ماي أيار مه मई мам mayıs maí maij máj",
    6: "jun juin giu iun июн юни јун черв чэрв červen červn jún birž czerw kesä ივნ հունիս "
    "ιουν haz יוני يونيو جوان حزيران ژوئن जून маус qersh juny iyun lipanj lipnj čer",
    7: "jul juil lug iul июл юли јул лип ліп srpanj srpnj červenc júl liep lip heinä ივლ հուլիս "
    "ιουλ tem יולי يوليو جويلية تموز ژوئیه جولای जुलाई шіл korr iyul",
    8: "aug aoû aout aoüt ago avg август авг серп жнів kolo srp srpen srpn rugpj sierp elo elok აგვ "
    "օգոս αυγ ağu אוגוסט أغسطس اغسطس أوت آب اوت آگوست अगस्त там gush avq ágú agt",
    9: "sep set сеп сен верес верас ruj zář rugs wrze wrz syys სექ սեպտ σεπ eyl ספטמבר سبتمبر أيلول "
    "سپتامبر सितंबर सितम्बर қырк shta szept sent сент",
    10: "oct okt out ott окт жовт кастр říj spal paź paźdz loka ოქტ հոկտ οκτ eki אוקטובר أكتوبر "
    "اكتوبر تشرين-الأول اکتبر अक्टूबर अक्तूबर қаз tet outubro",
    11: "nov ноя ное лист студен stud lapkr lapkri marras ნოე նոյ νοε kas נובמבר نوفمبر "
    "تشرين-الثاني نوامبر नवंबर नवम्बर қараш nënt noi noy listop лістап nóv",
    12: "dec déc dez dic dek des дек груд снеж pros grud gruod joulu jouluk დეკ դեկ δεκ ara "
    "דצמבר ديسمبر كانون-الأول دسامبر दिसंबर दिसम्बर желт dhje dets",
}
_SOLAR = (
    "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()  # noqa: SIM905 - a row of twelve words reads better than twelve quotes
)
BY_LANGUAGE = {
    "hr": {"listop": 10, "stud": 11, "srp": 7, "lip": 6, "trav": 4, "kol": 8},
    "bs": {"listop": 10, "stud": 11},
    "lt": {"kov": 3, "lap": 11, "gru": 12, "rgs": 9, "rgp": 8},
    "id": {"mar": 3, "agu": 8, "agus": 8},
    "ms": {"ogos": 8, "mac": 3, "julai": 7, "disem": 12},
    "be": {"ліст": 11},
}
_LETTERS = str.maketrans(
    {
        "ı": "i",
        "ي": "ی",
        "ى": "ی",
        "ك": "ک",
        "ə": "e",
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "‌": " ",
        "ـ": None,
    }
)
SOLAR_HIJRI = 100  # added to the number of a month of that calendar


def fold_date(text: str) -> str:
    """Fold case, marks, digits and the look-alike letters of a written date."""
    return _fold(text.translate(_LETTERS)) if not text.isascii() else text.lower()


def _fold(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return unicodedata.normalize("NFC", parts.translate(_FOLDED))


class _Folded(dict[int, int | str | None]):
    """What each letter folds to, found out once: a call for each letter costs 20 times as much."""

    def __missing__(self, code: int) -> int | str | None:
        letter = chr(code)
        folded: int | str | None = code
        if unicodedata.combining(letter) and letter not in _VOWEL_SIGNS:
            folded = None
        elif letter.isdecimal():
            folded = str(unicodedata.digit(letter))
        elif code in _LETTERS:
            folded = _LETTERS[code]
        self[code] = folded
        return folded


_FOLDED = _Folded()


# Devanagari signs are combining marks that carry the word's sound: dropping them would make
# "जून" and "जन" alike.
_VOWEL_SIGNS = frozenset(chr(code) for code in range(0x0900, 0x0980))


@cache
def stems(language: str) -> dict[str, int]:
    """Return folded stem → month, with what the language means by its own words."""
    table = {
        fold_date(stem).replace("-", " "): month
        for month, row in _STEMS.items()
        for stem in row.split()
    }
    table |= {fold_date(name): SOLAR_HIJRI + n for n, name in enumerate(_SOLAR, start=1)}
    own = BY_LANGUAGE.get(language, {})
    return table | {fold_date(stem): month for stem, month in own.items()}


@cache
def month_pattern(language: str) -> str:
    """Return a regular expression that matches a month's name; short Persian ones stand whole."""
    whole = {fold_date(name) for name in _SOLAR} | {fold_date(word) for word in ("مه", "آب")}
    ends = {word: r"\b" if word in whole else r"[^\W\d_]*" for word in stems(language)}
    return r"(?=[^\W\d_])" + one_of(ends, ends)


def one_of(words: Iterable[str], ends: Mapping[str, str] | None = None) -> str:
    """Return a pattern of words, the longest first; `ends`: what follows each.

    Words of one letter stand together, so that each letter is tried once: 300 alternatives in a
    row cost two microseconds wherever they do not match.
    """
    rows: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rest = re.escape(word[1:]) + (ends[word] if ends else "")
        rows.setdefault(word[0], []).append(rest)
    parts = (f"{re.escape(letter)}(?:{'|'.join(row)})" for letter, row in rows.items())
    return f"(?:{'|'.join(parts)})"


def month_number(word: str, language: str) -> int:
    """Return the month a matched word names (+ SOLAR_HIJRI in that calendar)."""
    table = stems(language)
    for length in range(len(word), 0, -1):
        if (month := table.get(word[:length])) is not None:
            return month
    return 0
