# ruff: noqa: E501 - rows of words
"""The names of the months in the languages of the press, as stems that a word begins with.

Folded as `fold_date` folds. The longest stem wins, so that "marras" (Finnish November) is told
from "mar". A few stems mean another month in another language; those stand in `BY_LANGUAGE`.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache

_STEMS = {
    1: "jan янв јан януар січ студз sij siječ ianu ian ιαν ocak yanv led styc saus tammi jaan "
    "jän gen gennaio ene enero იანვ հունվ ינואר يناير جانفي ژانویه जनवरी қаң qer janar янъ "
    "yan كانون-الثاني jaanuar januar جنوری जानेवारी জানুয়ারি জানুয়ারী ஜனவரி జనవరి ജനുവരി "
    "જાન્યુઆરી ಜನವರಿ ਜਨਵਰੀ ජනවාරි ม.ค. มกราคม urtarril xaneiro មករា ມັງກອນ ဇန်နဝါရီ sty",
    2: "feb fev fév févr фев лют velj velja úno únor lut vasar helmi veeb ფებ თებ փետ φεβ şub "
    "shkurt פברואר فبراير فيفري شباط فوریه فبریه फरवरी ақп fevr febr fbr فروری फेब्रुवारी "
    "ফেব্রুয়ারি ফেব্রুয়ারী பிப்ரவரி ఫిబ్రవరి ഫെബ്രുവരി ફેબ્રુઆરી ಫೆಬ್ರವರಿ ਫਰਵਰੀ පෙබරවාරි "
    "ก.พ. กุมภาพันธ์ otsail feber peb កុម្ភៈ ກຸມພາ ဖေဖော်ဝါရီ",
    3: "mar mär mrt marz märz март мар берез сакав ožu ožuj břez kov maart maal maalis მარ մարտ "
    "μαρ מרץ مارس آذار मार्च наур març mars مارچ মার্চ மார்ச் మార్చి മാർച്ച് માર્ચ ಮಾರ್ಚ್ "
    "ਮਾਰਚ මාර්තු มี.ค. มีนาคม martxo មីនា ມີນາ မတ် бер",
    4: "apr abr avr апр квіт крас trav trava dub balan kwie huhti აპრ ապր απρ nis אפריל أبريل "
    "ابريل أفريل نيسان آوریل अप्रैल сәу prill ápr avril اپریل एप्रिल এপ্রিল ஏப்ரல் ఏప్రిల్ "
    "ഏപ്രിൽ એપ્રિલ ಏಪ್ರಿಲ್ ਅਪ੍ਰੈਲ අප්‍රේල් เม.ย. เมษายน apiril មេសា ເມສາ ဧပြီ kwi",
    5: "may mai maj mag maig mei май мая мај травня трав svib květ kvet geg touko მაი մայ μαι "
    "μαΐ מאי مايو ماي أيار مه मई мам mayıs maí maij máj مئی मे মে மே మే മേയ് મે ಮೇ ਮਈ මැයි "
    "พ.ค. พฤษภาคม maiatz ឧសភា ພຶດສະພາ မေ",
    6: "jun juin giu iun июн юни јун черв чэрв červen červn jún birž czerw kesä ივნ հունիս ιουν "
    "haz יוני يونيو جوان حزيران ژوئن जून маус qersh juny iyun lipanj lipnj čer جون জুন ஜூன் "
    "జూన్ ജൂൺ જૂન ಜೂನ್ ਜੂਨ ජූනි มิ.ย. มิถุนายน ekain xuñ juun huny មិថុនា ມິຖຸນາ ဇွန် cze čvn",
    7: "jul juil lug iul июл юли јул лип ліп srpanj srpnj červenc júl liep lip heinä ივლ հուլիս "
    "ιουλ tem יולי يوليو جويلية تموز ژوئیه جولای जुलाई шіл korr iyul جولائی जुलै জুলাই ஜூலை "
    "జూలై జులై ജൂലൈ જુલાઈ ಜುಲೈ ਜੁਲਾਈ ජූලි ก.ค. กรกฎาคม uztail xul juul huly កក្កដា ກໍລະກົດ "
    "ဇူလိုင် čvc يوليوز",
    8: "aug aoû aout aoüt ago avg август авг серп жнів kolo srp srpen srpn rugpj sierp elo elok "
    "აგვ օգոս αυγ ağu אוגוסט أغسطس اغسطس أوت آب اوت آگوست अगस्त там gush avq ágú agt اگست "
    "ऑगस्ट আগস্ট অগস্ট ஆகஸ்ட் ఆగస్టు ఆగస్ట్ ഓഗസ്റ്റ് ആഗസ്റ്റ് ઓગસ્ટ ಆಗಸ್ಟ್ ਅਗਸਤ අගෝස්තු ส.ค. "
    "สิงหาคม abuztu ags жніў غشت សីហា ສິງຫາ ဩဂုတ် sie",
    9: "sep set сеп сен верес верас ruj zář rugs wrze wrz syys სექ սեպտ σεπ eyl ספטמבר سبتمبر "
    "أيلول سپتامبر सितंबर सितम्बर қырк shta szept sent сент ستمبر सप्टेंबर সেপ্টেম্বর "
    "செப்டம்பர் సెప్టెంబర్ സെപ്റ്റംബർ સપ્ટેમ્બર ಸೆಪ್ಟೆಂಬರ್ ਸਤੰਬਰ සැප්තැම්බර් ก.ย. กันยายน "
    "irail شتنبر កញ្ញា ກັນຍາ စက်တင်ဘာ вер",
    10: "oct okt out ott окт жовт кастр říj spal paź paźdz loka ოქტ հոկտ οκτ eki אוקטובר أكتوبر "
    "اكتوبر تشرين-الأول اکتبر अक्टूबर अक्तूबर қаз tet outubro اکتوبر ऑक्टोबर অক্টোবর அக்டோபர் "
    "అక్టోబర్ ഒക്ടോബർ ઓક્ટોબર ಅಕ್ಟೋಬರ್ ਅਕਤੂਬਰ ඔක්තෝබර් ต.ค. ตุลาคม urri تشرين-الاول តុលា ຕຸລາ "
    "အောက်တိုဘာ",
    11: "nov ноя ное лист студен stud lapkr lapkri marras ნოე նոյ νοε kas נובמבר نوفمبر "
    "تشرين-الثاني نوامبر नवंबर नवम्बर қараш nënt noi noy listop лістап nóv نومبر नोव्हेंबर "
    "নভেম্বর நவம்பர் నవంబర్ നവംബർ નવેમ્બર ನವೆಂಬರ್ ਨਵੰਬਰ නොවැම්බර් พ.ย. พฤศจิกายน azaro новем "
    "نونبر nobyem វិច្ឆិកា ພະຈິກ နိုဝင်ဘာ",
    12: "dec déc dez dic dek des дек груд снеж pros grud gruod joulu jouluk დეკ դեկ δεκ ara דצמבר "
    "ديسمبر كانون-الأول دسامبر दिसंबर दिसम्बर желт dhje dets دسمبر डिसेंबर ডিসেম্বর டிசம்பர் "
    "డిసెంబర్ ഡിസംബർ ડિસેમ્બર ಡಿಸೆಂಬರ್ ਦਸੰਬਰ දෙසැම්බර් ธ.ค. ธันวาคม abendu децем دجنبر disem "
    "disyem gru ធ្នូ ທັນວາ ဒီဇင်ဘာ",
}
# The months of Iran, and those of Afghanistan; a row of twelve words reads better than quotes.
_IRAN = "فروردین اردیبهشت خرداد تیر مرداد شهریور مهر آبان آذر دی بهمن اسفند".split()  # noqa: SIM905
_AFGHANISTAN = "حمل ثور جوزا سرطان اسد سنبله میزان عقرب قوس جدی دلو حوت".split()  # noqa: SIM905
_SOLAR = {name: n for row in (_IRAN, _AFGHANISTAN) for n, name in enumerate(row, start=1)}
BY_LANGUAGE = {
    "hr": {
        "listop": 10,
        "lis": 10,
        "stud": 11,
        "stu": 11,
        "srp": 7,
        "lip": 6,
        "trav": 4,
        "tra": 4,
        "kol": 8,
        "pro": 12,
    },
    "bs": {"listop": 10, "stud": 11},
    "cs": {"lis": 11, "pro": 12},
    "pl": {"lis": 11},
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
# Marks of the direction of writing, joiners, soft hyphens: they stand in dates and are not seen.
_UNSEEN = frozenset(
    "\u00ad\u061c\u200b\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufeff"
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
        if unicodedata.combining(letter) or letter in _UNSEEN:
            folded = None
        elif letter.isdecimal():
            folded = str(unicodedata.digit(letter))
        elif code in _LETTERS:
            folded = _LETTERS[code]
        self[code] = folded
        return folded


_FOLDED = _Folded()


@cache
def stems(language: str) -> dict[str, int]:
    """Return folded stem → month, with what the language means by its own words."""
    table = {
        fold_date(stem).replace("-", " "): month
        for month, row in _STEMS.items()
        for stem in row.split()
    }
    table |= {fold_date(name): SOLAR_HIJRI + n for name, n in _SOLAR.items()}
    own = BY_LANGUAGE.get(language, {})
    return table | {fold_date(stem): month for stem, month in own.items()}


@cache
def month_pattern(language: str) -> str:
    """Return a regular expression that matches a month's name; short Persian ones stand whole."""
    whole = {fold_date(name) for name in _SOLAR} | {fold_date(word) for word in ("مه", "آب")}
    stems_of = _shortest(word for word in stems(language) if word not in whole)
    return rf"(?=[^\W\d_])(?:{one_of(stems_of)}[^\W\d_]*|{one_of(whole)}\b)"


def _shortest(words: Iterable[str]) -> list[str]:
    """Leave out words that begin with another: what follows a stem is matched anyway."""
    kept: list[str] = []
    for word in sorted(words):
        if not (kept and word.startswith(kept[-1])):
            kept.append(word)
    return kept


def one_of(words: Iterable[str]) -> str:
    """Return a pattern of words, the longest first.

    Words of one letter stand together, so that each letter is tried once: 300 alternatives in a
    row cost two microseconds wherever they do not match.
    """
    rows: dict[str, list[str]] = {}
    for word in sorted(words, key=len, reverse=True):
        rows.setdefault(word[0], []).append(re.escape(word[1:]))
    parts = (f"{re.escape(letter)}(?:{'|'.join(row)})" for letter, row in rows.items())
    return f"(?:{'|'.join(parts)})"


def month_number(word: str, language: str) -> int:
    """Return the month a matched word names (+ SOLAR_HIJRI in that calendar)."""
    table = stems(language)
    for length in range(len(word), 0, -1):
        if (month := table.get(word[:length])) is not None:
            return month
    return 0
