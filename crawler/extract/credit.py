# ruff: noqa: E501 - rows of words
"""Split a caption from its credit: "… / Mfa.Gov.Az", "Photo: Report", "© AFP", "(AP Photo/…)".

Pure. What in the page is a caption is decided in images.py.
"""

import re
from typing import Final

_WORDS: Final = (
    r"photos?(?:graph(?:s|ed)?)?(?:\s*(?:by|credit|courtesy(?:\s+of)?))?|(?:image|picture|pic|photo)?\s*credits?|images?|"
    r"collage|montage|illustration|infographics?|infografik|grafik|screenshot|скриншот|коллаж|"
    r"иллюстрация|инфографика|isithombe|ljósmynd|"
    r"picture|courtesy(?:\s+of)?|source|copyright|handout|file photo|"
    r"fotos?|bild(?:er)?|bildquelle|quelle|foto(?:graf|credit|s)?|crédits?(?:\s+photo)?|crédit photo|photo de|"
    r"imagen|fuente|crédito|imagem|fonte|divulgação|immagine|credito|beeld|bron|kuva|mynd|ljósmynd|"
    r"zdjęcie|fot\.|źródło|zdroj|snímek|autor|fotó|forrás|nuotr\.|foto:|kép|"
    r"фото(?:графия)?|источник|снимка|фотографія|джерело|fotoğraf|kaynak|şəkil|mənbə|foto/|"
    r"φωτογραφία|φωτο|צילום|קרדיט|عکس|منبع|تصویر|الصورة|صورة|تصوير|المصدر|写真|撮影|提供|사진|图|図"
)
_LABEL: Final = re.compile(
    rf"(?:^|(?<=[.!?…»”])|[\s(\[|·•/–—-])[\s(\[]*(?:{_WORDS})\s*[:：]\s*(?P<credit>[^:：]{{2,120}}?)[)\].]*\s*$"
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
_PIPE: Final = re.compile(r"\s*[|│¦]\s*(?P<credit>[^|]{2,80})\s*$")
_AGENCIES: Final = (
    r"AP|AFP|Reuters|REUTERS|dpa|DPA|EPA|EFE|ANSA|TASS|Getty|Shutterstock|imago|IMAGO|APA|NTB|TT|"
    r"Scanpix|Ritzau|Belga|Keystone|AAP|PA|Press Association|Xinhua|Bloomberg|Alamy|AZERTAC|Azertac|Anadolu|"
    r"AA|DHA|IHA|İHA|IRNA|ISNA|Tasnim|Mehr|ТАСС|РИА|Interfax|Интерфакс|PAP|ČTK|MTI|LETA|BNS|Lehtikuva|"
    r"Kyodo|Jiji|Yonhap|ANP|ZUMA|Zuma|Sputnik|Unsplash|Pixabay|Pexels|iStock|Adobe Stock|UPI|Agerpres"
)
_AGENCY: Final = re.compile(rf"(?<!\w)(?:{_AGENCIES})(?!\w)|©")
_SMALL_WORDS: Final = frozenset({"of", "the", "for", "via", "by", "and", "de", "von", "/"})
_BRACKET: Final = re.compile(
    rf"\s*[(\[](?P<credit>[^()\[\]]*(?:\b(?:{_AGENCIES})\b|[Pp]hoto|[Ff]oto|Image|[Cc]ourtesy|via|[Pp]icture|Handout|File)[^()\[\]]*|"
    rf"[^()\[\]\s][^()\[\]]{{0,60}}/[^()\[\]]{{1,60}})[)\]]\.?\s*$"
)
# How the Japanese press credits, after an equals sign and before the end.
_EQUALS: Final = re.compile(r"\s*[＝=](?P<credit>[^＝=。、]{1,15})$")
_RIGHTS: Final = re.compile(
    r"[\s|/–—-]*(?:tous droits réservés|all rights reserved|alle rechte vorbehalten|"
    r"todos los derechos reservados|tutti i diritti riservati|все права защищены)"
    r"[\s:|–—-]*(?P<credit>.{0,120})$"
)
# A source in brackets after the sentence, with a capital: (U.S. District Court, New York).
_CLOSING: Final = re.compile(
    r"(?<=[.!?…”»])\s*[(\[](?P<credit>[A-ZÄÖÜÉ][^()\[\]]{3,80})[)\]]\.?\s*$"
)
# "… hold a press conference. Supplied": a few words after the last sentence.
_TRAILING: Final = re.compile(r"(?<=[.!?…。])\s+(?P<credit>[^\W\da-zа-я][^.!?…。,;:]{1,40})$")
_COUNTER: Final = re.compile(
    r"^\d+\s*(?:of|/|von|sur|de|из|of)\s*\d+\s*[|:–—-]?\s*", re.IGNORECASE
)
# Those of many words are written in small letters, and asked of the text in such: then the words
# are told apart by the first letter, in a tenth of the time.
_IN_SMALL: Final = (_RIGHTS, _LABEL, _BY, _SIGN)
# Each with the signs of which the text, folded, must hold one: a search through all of a caption
# costs some microseconds a pattern, and most captions hold none of these.
_SIGNS: Final = (
    (_RIGHTS, ("droits", "rights", "rechte", "derechos", "diritti", "права")),
    (_LABEL, (":", "：")),
    (_BY, ("photo", "picture", "image", "pic", "foto")),
    (_SIGN, ("©", "(c)", "ⓒ", "copyright")),
    (_BRACKET, ("(", "[")),
    (_EQUALS, ("=", "＝")),
    (_CLOSING, ("(", "[")),
    (_TRAILING, (" ",)),
    (_SLASH, ("/",)),
    (_PIPE, ("|", "│", "¦")),
)
_PATTERNS: Final = tuple((pattern, signs, pattern in _IN_SMALL) for pattern, signs in _SIGNS)
_LONGEST_TRAILING: Final = 42
_LONGEST: Final = 400  # of any credit, with what is around it; all stand at the end
_PREFIX: Final = re.compile(rf"^(?:{_WORDS}|©️?|\(c\)|ⓒ)\s*[:：/]?\s*", re.IGNORECASE)
# A caption that is all credit: "Quelle: fhm/Getty Images; Montage: Infografik".
_STARTS: Final = re.compile(rf"^(?:{_WORDS})\s*[:：]\s*\S", re.IGNORECASE)
_LONGEST_WORDS: Final = 40
_EDGE: Final = " \t|/–—-·•,;"


def split_credit(text: str) -> tuple[str, str]:
    """Return caption and credit; an empty string for what is not there."""
    text = " ".join(text.split())
    if text[:1].isdigit():
        text = _COUNTER.sub("", text)
    if _starts_as_credit(text):
        return "", clean_credit(text)
    folded = text.replace("İ", "i").lower()  # the one letter that would become two
    for pattern, signs, small in _PATTERNS:
        for sign in signs:
            if sign in folded:
                break
        else:
            continue
        longest = _LONGEST_TRAILING if pattern is _TRAILING else _LONGEST
        start = max(0, len(text) - longest)
        found = pattern.search(folded if small else text, start)
        credit = text[slice(*found.span("credit"))] if found else ""
        if found and _is_credit(credit, pattern):
            return text[: found.start()].rstrip(_EDGE), clean_credit(credit)
    return text, ""


def _is_credit(credit: str, pattern: re.Pattern[str]) -> bool:
    """Tell a credit from the rest of a sentence: it is short and has no verb's look."""
    words = credit.split()
    if pattern is _TRAILING:
        if credit[-1:] in "。！？!?":  # another sentence, in a script without small letters
            return False
        return len(words) <= 3 and not any(word[:1].islower() for word in words)
    if pattern is _CLOSING:
        lower = [word for word in words if word[:1].islower()]
        return len(words) > 1 and all(word in _SMALL_WORDS for word in lower)
    if pattern is _SLASH or pattern is _PIPE:
        return (
            len(words) <= 6 and words[0][:1].isalnum() and not words[0].islower()
        ) or "." in credit
    if pattern is _BRACKET:
        return 1 < len(words) <= 14 or names_agency(credit)
    return len(words) <= 14


def names_agency(text: str) -> bool:
    """Say whether a short text names a picture agency, or a photographer and one."""
    return _AGENCY.search(text) is not None or "/" in text or _starts_as_credit(text)


def _starts_as_credit(text: str) -> bool:
    """Tell "Photo: …" by the colon first: trying all the words costs five microseconds."""
    start = text[:_LONGEST_WORDS]
    return (":" in start or "：" in start) and _STARTS.match(text) is not None


def clean_credit(text: str) -> str:
    """Cut "Photo:", "©" and brackets off a credit that the page marks as one."""
    credit = " ".join(text.split()).strip(_EDGE + "()[]")
    found = _PREFIX.match(credit)
    return (credit[found.end() :] if found else credit).strip(_EDGE)
