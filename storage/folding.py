"""Fold a text so that what reads alike compares alike.

Case, accents, the Azerbaijani i and ə, Arabic and Persian forms of one letter, digits of any
script, joiners that nobody sees. The same fold is applied to articles, to queries and to what
the full-text index stores. It costs one `lower`, a replacement for each kind of special letter
that occurs, and at most one regular expression; everything but the possessive is decided
character by character, so a folded position can always be traced back.
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
}
# Marks of combining class 10 and above are accents, points and tone; below it stand the vowel
# signs and viramas without which an Indic word is another word.
_ACCENT = 10
# Everything of ASCII that is no letter and no digit becomes a space, in one pass over bytes.
TO_SPACES = bytes(b if b > 127 or chr(b).isalnum() else 32 for b in range(256))
# For those who read figures and must not fold the rest.
TO_LATIN_DIGITS = str.maketrans("۰۱۲۳۴۵۶۷۸۹٠١٢٣٤٥٦٧٨٩", "01234567890123456789")
_POSSESSIVE = re.compile(r"['’ʼ](?<=\w.)s\b")


def _fold_once(text: str) -> str:
    mapped = "".join(_OWN.get(char, char) for char in text)
    apart = unicodedata.normalize("NFKD", mapped.casefold().lower())
    kept = (char for char in apart if unicodedata.combining(char) < _ACCENT)
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
    return after


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
    if "'s" in folded or "’s" in folded or "ʼs" in folded:
        return _POSSESSIVE.sub("  ", folded)  # same length, so that offsets stay true
    return folded


def fold_with_offsets(text: str) -> tuple[str, list[int] | None]:
    """Return the folded text, and for each of its characters the original's offset.

    The offsets end with the original's length; None means that every offset is its own.
    """
    return fold(text), fold_offsets(text)


def fold_offsets(text: str) -> list[int] | None:
    """Return the original's offset for each character of the folded text, and for its end."""
    if all(len(_TABLE[char]) == 1 for char in set(_UNCOMMON.findall(beyond_ascii(text)))):
        return None
    lengths = [len(_TABLE[char]) for char in text]
    offsets = [at for at, length in enumerate(lengths) for _ in range(length)]
    return [*offsets, len(text)]


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
    for char in set(_UNCOMMON.findall(beyond_ascii(text))):
        text = text.replace(char, _TABLE[char])
    return text.lower().replace("_", " ")
