"""Know the codes of languages, and what people type instead."""

from config.words import LANGUAGE_NAMES, nearest

COUNTRY_LENGTH = 2  # ISO 3166 alpha-2
THREE_LETTERS = 3  # ISO 639-2
_CODES = (
    "ab af am ar as av az ba be bg bn bs ca ce cs cy da de el en eo es et eu fa fi fo fr fy "
    "ga gd gl gu he hi hr ht hu hy id ig is it ja jv ka kk kl km kn ko ku kv ky la lb ln lo "
    "lt lv mg mk ml mn mr ms mt my nb ne nl nn no oc or os pa pl ps pt qu rm ro ru rw sa sd "
    "si sk sl so sq sr st su sv sw ta te tg th ti tk tl tn tr tt tw ug uk ur uz vi wo xh yi "
    "yo zh zu azb ckb kmr lez tly"
)
LANGUAGES = frozenset(_CODES.split())


def language_hint(typed: str) -> str:
    """Say how to write the language that was probably meant."""
    name = typed if typed in LANGUAGE_NAMES else nearest(typed, LANGUAGE_NAMES)
    if name:
        return f"write lang:{LANGUAGE_NAMES[name]}"
    return "two letters: en, az, ru, fa, hy, ka, tr …"


# Of three letters (ISO 639-2) those that do not begin a language's English name.
_THREE = {
    "deu": "de", "ell": "el", "est": "et", "fas": "fa", "fra": "fr", "hye": "hy", "jpn": "ja",
    "kat": "ka", "kir": "ky", "nld": "nl", "por": "pt", "ron": "ro", "srp": "sr", "tgk": "tg",
    "tuk": "tk", "zho": "zh",
}  # fmt: skip


def language_code(typed: str) -> str:
    """Return the code of a language by another code or its English name; else itself."""
    if typed in LANGUAGE_NAMES or typed in LANGUAGES or len(typed) != THREE_LETTERS:
        return LANGUAGE_NAMES.get(typed, typed)
    named = (code for name, code in LANGUAGE_NAMES.items() if name.startswith(typed))
    return _THREE.get(typed) or next(named, typed)
