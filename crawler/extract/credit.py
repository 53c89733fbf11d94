# ruff: noqa: E501 - rows of words
"""Split a caption from its credit: "… / Mfa.Gov.Az", "Photo: Report", "© AFP", "(AP Photo/…)".

Pure. What in the page is a caption is decided in images.py.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final, NamedTuple

from crawler.extract.agencies import KNOWN, is_agency

_WORDS: Final = (
    r"photos?(?:graph(?:s|ed|y)?)?(?:\s*(?:by|credit|courtesy(?:\s+of)?))?|(?:image|picture|pic|photo)?\s*credits?|images?|"
    r"collage|montage|illustration|infographics?|infografik|grafik|screenshot|скриншот|коллаж|"
    r"иллюстрация|инфографика|isithombe|ljósmynd|"
    r"picture|courtesy(?:\s+of)?|source|copyright|handout|file photo|"
    r"fotos?|bild(?:er)?|bildquelle|quelle|foto(?:graf|credit|s)?|crédits?(?:\s+photo)?|crédit photo|photo de|"
    r"imagen|fuente|crédito|imagem|fonte|divulgação|immagine|credito|beeld|bron|kuva|mynd|ljósmynd|"
    r"zdjęcie|fot\.|źródło|zdroj|snímek|autor|fotó|forrás|nuotr\.|foto:|kép|"
    r"фото(?:графия)?|источник|снимка|фотографія|джерело|fotoğraf|kaynak|şəkil|mənbə|foto/|"
    r"photographer|supplied|screen(?:\s(?:capture|grab))?|visualisierung|колаж|иллюстративное фото|скриншот видео|"
    r"fotolar|fotonun müəllifi|görsel|cortesía|عکاس|عکس از|图片来源|图源|来源|"
    r"φωτογραφία|φωτο|צילום|קרדיט|عکس|منبع|تصویر|đồ họa|ảnh|picha|फोटो|छवि|ছবি|ภาพ|ფოტო|լուսանկար|الصورة|صورة|تصوير|المصدر|写真|撮影|提供|사진|图|図"
)
_LABEL: Final = re.compile(
    rf"(?:^|(?<=[.!?…»”。])|[\s(\[（|·•/–—؛-])[\s(\[（]*(?:{_WORDS})\s*[:：]\s*(?P<credit>[^:：]{{2,120}}?)[)\]）.]*\s*$"
)
_BY: Final = re.compile(
    r"(?:^|(?<=[.!?…»”])\s*|\s*[(\[|—–-]\s*)(?:(?:photo(?:graph)?|picture|image|pic|foto)s?\s+(?:by|courtesy\s+of|via|von|av|van))\s+(?P<credit>.{2,100}?)[)\].]*\s*$"
)
_SIGN: Final = re.compile(
    r"[\s(\[|/,–—-]*(?:©️?|\(c\)|ⓒ|Ⓒ|\bcopyright\b)\s*(?P<credit>[^©]{2,120}?)[)\]]?\s*$"
)
_SLASH: Final = re.compile(
    r"(?:(?<=[.!?…»”\"'’)\]])\s*|\s+)/\s*(?P<credit>[^/]{2,60}(?:/[^/\s][^/]{0,60})*)\s*$"
)
# Photographer and outlet, each behind a line: "… / Anna Berg / Tamar Post".
_TWO_SLASHES: Final = re.compile(
    r"\s/\s(?P<credit>(?:[^\W\da-zа-яё_][\w.’'-]*\s){2,3}/\s[^/.!?]{2,40})$"
)
# "周立 摄", "新华社记者 周立 摄": who took it, after the last sentence.
_TAKEN_BY: Final = re.compile(
    r"(?:(?<=[。！？”）])|[\s(（])\s*(?P<credit>(?:\w{0,6}(?:记者|通讯员|記者)[\s：:]?)?[^\W\d_]{2,4}(?:[、\s][^\W\d_]{2,4}){0,3})\s?[摄攝]影?[)）。]?$"
)
# An outlet in brackets, as the Arabic press credits; not who stands where, nor of when it is.
_ARABIC: Final = re.compile(
    r"\s\((?P<credit>(?!(?:صورة )?[أا]?رشيف|يمين|يسار|(?:ال|في )?وسط|إلى|من )[ء-ي]{2,12}(?:\s[ء-ي]{2,12}){0,2})\)$"
)
_PIPE: Final = re.compile(r"\s*[|│¦]\s*(?P<credit>[^|]{2,80})\s*$")
# A label without a colon, before names: "Fot. Dawid Żuchowski / Agencja", "Beeld ANP".
_NAMES_LABELLED: Final = re.compile(
    r"(?:\s[Ff]ot\.|(?:(?<=[.!?…»”])\s+|\s*[|/–—-]\s*)(?:Beeld|Bild|Fotos?|Photos?|Фото|عکس\sاز))\s"
    r"(?P<credit>[^\W\da-zа-я][\w.'’-]*(?:\s[^\W\da-zа-я][\w.'’-]*){0,3}(?:\s?[/|]\s?[^/|]{2,40})?)$"
)
_TELLING: Final = re.compile(
    r"(?:\s|Credit\.\.\.)(?P<credit>REUTERS|iStock|Shutterstock|Getty Images|(?<=Credit\.\.\.)[^.]{3,80})$"
)
_ADDRESS: Final = re.compile(r"(?<=[.!?…])\s+(?P<credit>[a-z][\w-]+\.[a-z]{2,4})$")
_DASH: Final = re.compile(r"\s[–—-]\s(?P<credit>[^–—,;:.!?]{2,70})$")
_AGENCIES: Final = (
    r"AP|AFP|Reuters|REUTERS|dpa|DPA|EPA|EFE|ANSA|TASS|Getty|Shutterstock|imago|IMAGO|APA|NTB|TT|"
    r"Scanpix|Ritzau|Belga|Keystone|AAP|PA|Press Association|Xinhua|Bloomberg|Alamy|AZERTAC|Azertac|Anadolu|"
    r"AA|DHA|IHA|İHA|IRNA|ISNA|Tasnim|Mehr|ТАСС|РИА|Interfax|Интерфакс|PAP|ČTK|MTI|LETA|BNS|Lehtikuva|"
    r"Kyodo|Jiji|Yonhap|ANP|ZUMA|Zuma|Sputnik|Unsplash|Pixabay|Pexels|iStock|Adobe Stock|UPI|Agerpres"
)
_AGENCY: Final = re.compile(rf"(?<!\w)(?:{_AGENCIES})(?!\w)|©")
_SMALL_WORDS: Final = frozenset({"of", "the", "for", "via", "by", "and", "de", "von", "/"})
_BRACKET: Final = re.compile(
    rf"\s*[(\[](?P<credit>[^()\[\]]*(?:\b(?:{_AGENCIES})\b|[Pp]hoto|[Ff]ot(?:o|\.)|Image|[Cc]ourtesy|via|[Pp]icture|Handout|File|@)[^()\[\]]*|"
    rf"[^()\[\]\s][^()\[\]]{{0,60}}/[^()\[\]]{{1,60}})[)\]]\.?\s*$"
)
# How the Japanese and the Korean press credit, after an equals sign and before the end.
_EQUALS: Final = re.compile(
    r"(?:[\s/(\[]*사진\s?(?:제공|출처)?)?\s*[＝=]\s?(?P<credit>[^＝=。、]{1,15}?)[)\]]?$"
)
# "Foto de Andrés Medinilla", but "Foto de familia".
_BY_NAME: Final = re.compile(
    r"(?:^|(?<=[.!?…»”])\s*|\s*[(\[|/—–-]\s*)[FfPp]h?oto\s(?:de|di|por)\s"
    r"(?P<credit>[^\W\da-zа-я][\w.'’-]+(?:\s(?:de\s|del\s|la\s)?[^\W\da-zа-я][\w.'’-]+){1,3})[)\].]*$"
)
_TAKEN: Final = re.compile(r"[、。＝=](?P<credit>[^、。＝=]{2,12})撮影$")
_RIGHTS: Final = re.compile(
    r"[\s|/–—-]*(?:tous droits réservés|all rights reserved|alle rechte vorbehalten|"
    r"todos los derechos reservados|tutti i diritti riservati|все права защищены)"
    r"[\s:|–—-]*(?P<credit>.{0,120})$"
)
# Picture agencies that are nobody else: is_agency does not know them all.
_ALONE: Final = re.compile(
    rf"(?:{_AGENCIES}|Getty(?: Images)?|Global Look Press|picture alliance|Picture Alliance|SIPA|Sipa|iStockphoto|IMAGO|RFE/RL|Pool|Handout|رويترز|أ ف ب|الأناضول|الفرنسية|新华社|路透社|共同|時事|ロイター)(?: (?:Images|Photo))?"
)
# One agency in brackets: "(Armenpress)", "（共同）".
_ONE_NAMED: Final = re.compile(r"\s*[(（](?P<credit>[^()（）\s]{2,30})[)）]\.?\s*$")
# A source in brackets after the sentence, with a capital: (U.S. District Court, New York).
_CLOSING: Final = re.compile(
    r"(?<=[.!?…”»])\s*[(\[](?P<credit>[A-ZÄÖÜÉ][^()\[\]]{3,80})[)\]]\.?\s*$"
)
# "… hold a press conference. Supplied": a few words after the last sentence.
_TRAILING: Final = re.compile(r"(?<=[.!?…。])\s+(?P<credit>[^\W\da-zа-я][^.!?…。,;:]{1,90})$")
_COUNTER: Final = re.compile(
    r"^\d+\s*(?:of|/|von|sur|de|из|of)\s*\d+\s*[|:–—-]?\s*", re.IGNORECASE
)
# Characters of a credit with what is around it; all stand at the end.
_LONGEST: Final = 400
_SHORT: Final = {
    _TRAILING: 92,
    _ADDRESS: 40,
    _TAKEN: 40,
    _TAKEN_BY: 40,
    _ARABIC: 50,
    _TWO_SLASHES: 90,
    _ONE_NAMED: 40,
    _DASH: 80,
    _TELLING: 100,
    _NAMES_LABELLED: 140,
}
# "Photo AFP", but "picture alliance/dpa"; what is left of a label must be a credit.
_PREFIX: Final = re.compile(
    rf"^(?:(?:{_WORDS})(?!\w)(?!\salliance)|©️?|\(c\)|ⓒ)\s*[:：/]?\s*(?=\S)", re.IGNORECASE
)
_LABELLED: Final = re.compile(
    rf"^(?i:{_WORDS})\s*[:：]\s*(?=\S)|^(?:©️?|\(c\)|ⓒ)\s*|^(?i:(?:photo|photograph|picture|image) by|foto (?:von|van))\s|"
    r"^(?:[Pp]hotos?|[Ff]otos?|[Фф]ото|Bild)\s+(?=[^\W\da-zа-я])|^[Ff]ot\.\s+"
)
# "Firefighters at work (archive photo)": the note is the caption's.
_ARCHIVE: Final = re.compile(
    r"archivo|arquivo|archives?|(?:file|archive|stock)\s(?:photo|picture|image)s?|archiv(?:foto|bild)\w*|symbol(?:foto|bild)\w*|arxiv(?:\sfoto)?|"
    r"(?:photo|foto)\s(?:d['’]archiv\w*|de\sar(?:ch|qu)ivo)|архивное фото|фото из архива|arşiv(?:\sfotoğrafı?)?",
    re.IGNORECASE,
)
# "FILE PHOTO: A trader works on the floor": what is labelled is the caption.
_FILE: Final = re.compile(
    r"^(?:file|archive)\s(?:photo|picture|image)\s*[:：-]\s*", re.IGNORECASE
)
# How the BBC's pages in many languages read without their markup.
_SOURCES: Final = (
    "Image source", "Автор фото", "Джерело фото", "Kaynak", "Fuente de la imagen", "Crédit photo",
    "منبع تصویر", "صدر الصورة",
)  # fmt: skip
_SOURCE_FIRST: Final = re.compile(
    rf"^(?:{'|'.join(_SOURCES)})[,،]\s*(.{{2,80}}?)"
    r"(?:[\s,]*(?:Image caption|Подпись к фото|Підпис до фото|Fotoğraf altı yazısı|Pie de foto|Légende image|توضیح تصویر|التعليق على الصورة)[,،]\s*(.*))?$"
)
# The name of a photographer before the agency: "… June 9. Ludovic Marnier / AFP".
_MAKER: Final = re.compile(
    r"(?<=[.!?…»”—–])\s+(?P<credit>(?:[^\W\da-zа-яё_][\w.’'-]*(?:\s|$)){1,4})$"
)
# A caption that is all credit: "Quelle: fhm/Getty Images; Montage: Infografik".
_STARTS: Final = re.compile(rf"^(?:{_WORDS})\s*[:：]\s*\S", re.IGNORECASE)
_LONGEST_WORDS: Final = 40
_MOST_WORDS, _FEW, _MOST_NAMES = 14, 6, 3  # words of a credit
_LONGEST_MAKER: Final = 80
_LONGEST_NAMES: Final = 60  # of a line that is all credit
_EDGE: Final = " \t|/–—-·•,;؛"


def split_credit(text: str) -> tuple[str, str]:
    """Return caption and credit; an empty string for what is not there."""
    text = " ".join(text.split())
    if text[:1].isdigit():
        text = _COUNTER.sub("", text)
    if text.startswith(_SOURCES) and (source := _SOURCE_FIRST.match(text)):
        return source[2] or "", source[1]
    if _FILE.match(text) is None and (_starts_as_credit(text) or _is_all_credit(text)):
        return "", clean_credit(text)
    return _split(text)


def _split(text: str) -> tuple[str, str]:
    folded = text.replace("İ", "i").lower()  # the one letter that would become two
    marked = _MARKS.search(folded) is not None
    for pattern, signs, is_credit, small in _ROWS[marked, folded.isascii()]:
        for sign in signs:
            if sign in folded:
                break
        else:
            continue
        start = max(0, len(text) - _SHORT.get(pattern, _LONGEST))
        found = pattern.search(folded if small else text, start)
        credit = text[slice(*found.span("credit"))].strip() if found else ""
        if found and not _ARCHIVE.fullmatch(credit) and is_credit(credit):
            caption = text[: found.start()].rstrip(_EDGE)
            if pattern is _SLASH and (
                maker := _MAKER.search(caption, max(0, len(caption) - _LONGEST_MAKER))
            ):
                return caption[: maker.start()].rstrip(_EDGE), text[maker.start("credit") :]
            return caption, _unlabelled(credit)
    return text, ""


def _is_all_credit(text: str) -> bool:
    """Tell a line that is an agency's name, or a photographer's and an agency's."""
    if len(text) > _LONGEST_NAMES or text[-1:] in ".!?":
        return False
    if _is_picture_agency(text):
        return True
    first, *others = re.split(r"\s?/\s?|\svia\s", text)
    if not others or not all(
        _is_picture_agency(name) or _is_name(name) for name in (first, *others)
    ):
        return False
    # "Trybunał Konstytucyjny / Shutterstock": what stands apart may be seen on it.
    return _is_picture_agency(first) or (" / " not in text and _is_picture_agency(others[-1]))


def _is_picture_agency(name: str) -> bool:
    if _ALONE.fullmatch(name):
        return True
    return (name.isupper() or not name.isascii()) and name.casefold() in KNOWN


def _is_name(text: str) -> bool:
    words = text.split()
    return 0 < len(words) <= _MOST_NAMES and all(word[:1].isupper() for word in words)


def _has_few_words(credit: str) -> bool:
    """Tell a credit from the rest of a sentence: it is short."""
    return len(credit.split()) <= _MOST_WORDS


def _is_bracketed(credit: str) -> bool:
    return 1 < len(credit.split()) <= _MOST_WORDS or names_agency(credit)


def _is_one_agency(credit: str) -> bool:
    return is_agency(credit) or _is_picture_agency(credit)


def _is_closing(credit: str) -> bool:
    return " " in credit and _has_capitals(credit)


def _is_trailing(credit: str) -> bool:
    """Tell what follows the last sentence: a name, or names with an agency."""
    if credit[-1:] in "。！？!?":  # another sentence, in a script without small letters
        return False
    longer = credit.startswith("Courtesy ") or ("/" in credit and _AGENCY.search(credit))
    return _has_capitals(credit) and len(credit.split()) <= (12 if longer else _MOST_NAMES)


def _is_behind_a_line(credit: str) -> bool:
    words = credit.split()
    few = len(words) <= _FEW and words[0][:1].isalnum() and not words[0].islower()
    return few or "." in credit


def _is_behind_a_dash(credit: str) -> bool:
    return (
        len(credit.split()) <= _FEW
        and _has_capitals(credit)
        and (_is_all_credit(credit) or is_agency(credit) or _is_with_outlet(credit))
    )


def _is_with_outlet(credit: str) -> bool:
    """Tell a photographer's name and an outlet's without a blank between: "Lia Berg/Gazeta"."""
    name, slash, outlet = credit.partition("/")
    return bool(slash) and " " in name and _is_name(name) and outlet[:1].isupper()


def _has_capitals(credit: str) -> bool:
    return all(not word[:1].islower() or word in _SMALL_WORDS for word in credit.split())


def _unlabelled(credit: str) -> str:
    """Return a credit without its label."""
    bare = " ".join(credit.split()).strip(_EDGE + "()[]（）")
    bare = f"{bare})" if bare.count("(") > bare.count(")") else bare  # "(CC BY-SA 2.0)"
    return _LABELLED.sub("", bare).strip(_EDGE)


def names_agency(text: str) -> bool:
    """Say whether a short text names a picture agency, or a photographer and one."""
    return _AGENCY.search(text) is not None or "/" in text or _starts_as_credit(text)


def _starts_as_credit(text: str) -> bool:
    """Tell "Photo: …" by the colon first: trying all the words costs five microseconds."""
    start = text[:_LONGEST_WORDS]
    if ":" not in start and "：" not in start:
        return False
    # "Symbolbild: …", "FILE PHOTO: …" with many words are captions.
    return _STARTS.match(text) is not None and len(text.split()) <= _MOST_WORDS


def clean_credit(text: str) -> str:
    """Cut "Photo:", "©" and brackets off a credit that the page marks as one."""
    credit = " ".join(text.split()).strip(_EDGE + "()[]")
    found = _PREFIX.match(credit)
    return (credit[found.end() :] if found else credit).strip(_EDGE)


class _Row(NamedTuple):
    """A pattern, and what to ask before and after it."""

    pattern: re.Pattern[str]
    signs: Sequence[str]  # one of which must stand in the text
    is_credit: Callable[[str], bool]
    small: bool  # it is asked of the text in small letters


# Those of many words are written in small letters, and asked of the text in such: then the words
# are told apart by the first letter, in a tenth of the time.
_IN_SMALL: Final = (_RIGHTS, _LABEL, _BY, _SIGN)
# Each with the signs of which the text, folded, must hold one: a search through all of a caption
# costs some microseconds a pattern, and most captions hold none of these. Then what tells whether
# what was found is a credit.
_SIGNS: Final = (
    (_RIGHTS, ("droits", "rights", "rechte", "derechos", "diritti", "права"), _has_few_words),
    (_LABEL, (":", "："), _has_few_words),
    (_BY, ("photo", "picture", "image", "pic", "foto"), _has_few_words),
    (_BY_NAME, ("foto ", "photo "), _has_few_words),
    (_SIGN, ("©", "(c)", "ⓒ", "copyright"), _has_few_words),
    (_BRACKET, ("(", "["), _is_bracketed),
    (_ONE_NAMED, ("(", "（"), _is_one_agency),
    (_EQUALS, ("=", "＝"), _has_few_words),
    (_TAKEN, ("撮影",), _has_few_words),
    (_TAKEN_BY, ("摄", "攝"), _has_few_words),
    (
        _ARABIC,
        ("ي)", "س)", "ة)", "ز)", "ب)", "ا)", "ل)", "ن)", "ر)", "م)", "ت)", "د)"),
        _has_few_words,
    ),
    (_CLOSING, ("(", "["), _is_closing),
    (
        _NAMES_LABELLED,
        ("fot. ", "beeld ", "bild ", "photo ", "foto ", "photos ", "fotos ", "фото ", "عکس از"),
        _has_few_words,
    ),
    (_TRAILING, (" ",), _is_trailing),
    (_PIPE, ("|", "│", "¦"), _is_behind_a_line),
    (_TWO_SLASHES, ("/",), _has_few_words),
    (_SLASH, ("/",), _is_behind_a_line),
    (_TELLING, ("credit...", "reuters", "istock", "shutterstock", "getty"), _has_few_words),
    (_ADDRESS, (".",), _has_few_words),
    (_DASH, (" - ", " – ", " — "), _is_behind_a_dash),
)
_MARKS: Final = re.compile("[:：(\\[（)=＝©|│¦/]")


def _asked(*, marked: bool, plain: bool) -> tuple[_Row, ...]:
    """Return the patterns to try on a text without these marks, or of ASCII alone.

    Two in three signs cannot stand in most captions.
    """
    rows = []
    for pattern, signs, is_credit in _SIGNS:
        left = [
            sign
            for sign in signs
            if (marked or not _MARKS.search(sign)) and (sign.isascii() or not plain)
        ]
        if left:
            rows.append(_Row(pattern, left, is_credit, pattern in _IN_SMALL))
    return tuple(rows)


_ROWS: Final = {
    (marked, plain): _asked(marked=marked, plain=plain)
    for marked in (False, True)
    for plain in (False, True)
}
