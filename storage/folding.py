"""Fold a text so that what reads alike compares alike.

Case, accents, the Azerbaijani i and ə, Arabic and Persian forms of one letter, digits of any
script, joiners that nobody sees. Where a language puts no blank between its words, each letter
becomes a word of its own, so that a name is found wherever its letters stand side by side. The
same fold is applied to articles, to queries and to what the full-text index stores, and leaves
no sign in which SQLite could see a letter that we do not. It costs one `lower`, a replacement
for each kind of special letter that occurs, and at most one regular expression; everything
but the possessive is decided character by character, so a folded position can always be traced
back.
"""

import re
import unicodedata

# What Unicode's own case folding and decomposition get wrong for our readers.
_OWN = {
    "I": "i",
    "İ": "i",
    "ı": "i",
    "ə": "e",
    "Ə": "e",
    "ي": "ی",  # Arabic yeh, as many keyboards type the Persian one
    "ى": "ی",
    "ك": "ک",
    "ة": "ه",
    "ۀ": "ه",
    "ـ": "",  # tatweel stretches a word and means nothing
    "_": " ",  # so that a token is what \w says
    # Each of these is typed for an apostrophe, in Ukrainian, Uzbek or transliterations.
    **dict.fromkeys("ʹʻʼʽʾʿˈꞌ´", "'"),
    "™": " ",  # else the name before it gets two letters more
    "℠": " ",
    "№": " no ",  # "№5" reads as "№ 5" and "No. 5" do
}
# The vowel signs of Indic and South-East Asian scripts, which Python's \w leaves out although
# no word of theirs is whole without them.
SIGNS = (
    "\u0900-\u0903\u093a-\u094f\u0955-\u0957\u0962\u0963\u0981-\u0983\u09bc-\u09cd"
    "\u0a01-\u0a03\u0a3c-\u0a4d\u0a81-\u0a83\u0abc-\u0acd\u0b82\u0bbe-\u0bcd\u0c00-\u0c04"
    "\u0c3e-\u0c4d\u0d00-\u0d03\u0d3e-\u0d4d\u0d81-\u0d83\u0dca-\u0ddf\u0e31\u0e34-\u0e3a"
    "\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ecd\u1000-\u109f\u17b4-\u17d3"
)
# Thai, Lao, Burmese and Khmer; hiragana, katakana and the Chinese characters.
UNSPACED = (
    "\u0e01-\u0e4e\u0e81-\u0ecd\u0edc-\u0edf\u1000-\u103f\u1050-\u109f\u1780-\u17d3\u3005-\u3007"
    "\u3041-\u3096\u309d-\u309f\u30a1-\u30fa\u30fc-\u30ff\u31f0-\u31ff\u3400-\u4dbf\u4e00-\u9fff"
    "\U00020000-\U0003ffff"
)
_PART = re.compile(rf"[\w{SIGNS}]")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_MANY = 40  # different characters to look up: from there on a text is folded one by one
# What this knows as no letter, every SQLite does; of the rest some take it for one.
_OLD = unicodedata.ucd_3_2_0
# Marks of combining class 10 and above are accents and points; below it, and from 103 to 132,
# stand the signs and tones without which an Indic, Thai or Lao word is another word.
_ACCENTS = frozenset(range(10, 256)) - frozenset(range(103, 133))
# Everything of ASCII that is no letter and no digit becomes a space, in one pass over bytes.
TO_SPACES = bytes(b if b > 127 or chr(b).isalnum() else 32 for b in range(256))
# For those who read figures and must not fold the rest.
TO_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
OTHER_DIGITS = re.compile("[۰-۹٠-٩]")
_POSSESSIVE = re.compile(r"['’‘`](?<=\w.)s\b")


def _fold_once(text: str) -> str:
    mapped = "".join(_OWN.get(char, char) for char in text)
    apart = unicodedata.normalize("NFKD", mapped.casefold().lower())
    kept = (char for char in apart if unicodedata.combining(char) not in _ACCENTS)
    return unicodedata.normalize("NFC", "".join(kept))


def _fold_character(char: str) -> str:
    """Return what one character folds to: usually one character, at times none or several."""
    if unicodedata.category(char) in {"Cf", "Cs"}:
        return ""
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    before, after = char, _fold_once(char)
    for _ in range(4):
        if after == before:
            break
        before, after = after, "".join(map(_settle, after))
    return "".join(map(_set_apart, after))


def _set_apart(char: str) -> str:
    """Part a letter from its neighbours, blank what only SQLite could take for one."""
    if _UNSPACED.match(char):
        return f" {char} "
    strange = not _PART.match(char) and _OLD.category(char) in {"Cn", "Co"}
    return " " if strange else char


def _settle(char: str) -> str:
    if char.isdecimal():
        return str(unicodedata.decimal(char))
    return "" if unicodedata.category(char) == "Cf" else _fold_once(char)


class _Table(dict[str, str]):
    """Fill itself as characters are met: all of Unicode would cost half a second at start."""

    def __missing__(self, char: str) -> str:
        self[char] = folded = _fold_character(char)
        return folded


_TABLE = _Table()
# What the press is mostly made of and `lower` folds whole; only the other characters of a text
# are looked up. Looking at each one would cost four times as much.
_TURKIC = "əƏıİçÇşŞğĞüÜöÖ"
_ASCII = bytes(range(128))
_UNCOMMON = re.compile(
    "[^\x00-\x7fа-ик-яА-ИК-Я«»„“”‘’–—՞։،؟؛۔ءابپتثجچحخدذرزژسشصضطظعغفقکگلمنهویა-ჰա-ֆԱ-Ֆא-ת]"
)


def fold(text: str) -> str:
    """Return the text in the form in which texts and queries are compared."""
    folded = _letters(text)
    if "'s" in folded or "’s" in folded or "‘s" in folded or "`s" in folded:
        return _POSSESSIVE.sub("  ", folded)  # same length, so that offsets stay true
    return folded


def fold_offsets(text: str) -> list[int] | None:
    """Return the original's offset for each character of the folded text, and for its end.

    None means that every offset is its own.
    """
    if all(len(_TABLE[char]) == 1 for char in set(_UNCOMMON.findall(beyond_ascii(text)))):
        return None
    lengths = [len(_TABLE[char]) for char in text]
    offsets = [at for at, length in enumerate(lengths) for _ in range(length)]
    return [*offsets, len(text)]


def latin_digits(text: str) -> str:
    """Return a text with its digits as ASCII has them."""
    plain = text.isascii() or not OTHER_DIGITS.search(text)
    return text if plain else text.translate(TO_LATIN_DIGITS)


def beyond_ascii(text: str) -> str:
    """Return a text's characters that ASCII lacks: mostly few, and soon looked at."""
    if text.isascii():
        return ""
    encoded = text.encode(errors="surrogatepass").translate(None, _ASCII)
    return encoded.decode(errors="surrogatepass")


def _letters(text: str) -> str:
    if text.isascii():
        return text.lower().replace("_", " ")
    if "ə" in text or "ı" in text:
        for char in _TURKIC:
            text = text.replace(char, _TABLE[char])
    uncommon = set(_UNCOMMON.findall(beyond_ascii(text)))
    if len(uncommon) > _MANY:
        return "".join(map(_TABLE.__getitem__, text))
    for char in uncommon:
        text = text.replace(char, _TABLE[char])
    return text.lower().replace("_", " ")
