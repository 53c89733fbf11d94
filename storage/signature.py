"""Sign an article: what is needed to find it again in another dress.

Pure and versioned. A signature holds an exact fingerprint of the body's words, a sample of its
shingles (three words in a row), the sounds of its names, and its numbers. Whether two
signatures tell of one story is decided elsewhere.
"""

import re
import struct
from array import array
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from xxhash import xxh3_64_intdigest as hash64
from xxhash import xxh32_intdigest as hash32

from storage.article import Article
from storage.folding import OTHER_DIGITS, TO_LATIN_DIGITS, TO_SPACES, beyond_ascii
from storage.sounds import name_sounds

VERSION = 1
_INDEXED = 12  # smallest shingles that go into the index of candidates
_NAMES_INDEXED = 8
_FIGURES_INDEXED = 16
_SAMPLED = 32  # the smallest kept of a text, however short; then one in four
_ONE_IN_FOUR = 1 << 30
_ONE_IN_ONE = 1 << 32
_SHORTEST = 12  # words; below this the headline has to help
_MOST_NAMES = 64
_MOST_NUMBERS = 64

# A letter of a script without spaces stands for a word. Compiled when a text first asks for it:
# that takes some milliseconds, and the daemon, which signs nothing, never asks.
_UNSPACED = r"[぀-ヿ㐀-鿿豈-﫿]|[^\W぀-ヿ㐀-鿿豈-﫿]+"
_ANY_UNSPACED = r"[぀-ヿ㐀-鿿豈-﫿]"
_MARKS = "“”„‘’‚«»‹›–—…·•،؛؟۔।\u00a0\u200c\u2011"
# A point, a comma, a colon, a dash or a slash parts a number's digits; what else is no digit
# ends it, so that "10mg" is "10 mg" and "08h05" is "08:05".
_TO_FIGURES = (
    bytes(b if chr(b).isdigit() else 46 if chr(b) in ".,:/-" else 32 for b in bytes(range(128)))
    + b" " * 128
)
_HEAD = struct.Struct("<BHHHHHq")
_LEAD = 500  # characters that tell what is new; what follows is often old background


class Keys(NamedTuple):
    """By what an article is found as a candidate."""

    shingles: Sequence[int]
    names: Sequence[int]
    figures: Sequence[int]  # numbers that not every article has


NO_KEYS = Keys((), (), ())


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """What makes an article comparable with others."""

    fingerprint: int  # of the body's words in order, 64 bits, signed; 0: no words at all
    words: int
    limit: int  # shingles below this were kept; the whole range is 2**32
    sketch: tuple[int, ...]  # 32 bits each, ascending
    names: tuple[int, ...]  # sounds of names, those of the lead first
    lead_names: int  # how many of them stand in the lead
    numbers: tuple[int, ...]

    @property
    def keys(self) -> Keys:
        """Return by what it is found: smallest shingles, names it begins with, figures."""
        names = self.names[:_NAMES_INDEXED]
        return Keys(self.sketch[:_INDEXED], names, _figures(self.numbers))


def sign(article: Article) -> Signature:
    """Return the signature of an article's words; layout, case and punctuation do not count."""
    text = "\n".join([block.text for block in article.body])
    plain = _plain(text)
    words = _words(plain)
    if len(words) < _SHORTEST:
        text = "\n".join((article.headline, article.summary, text))
        plain = _plain(text)
        words = _words(plain)
    return _sign(article.headline, text, plain, words)


def _words(plain: bytes) -> list[bytes]:
    """Return the words; a regex would take five times as long."""
    return plain.translate(TO_SPACES).split()


def _plain(text: str) -> bytes:
    """Return a text in lower case, with no marks and digits but those of ASCII."""
    text = text.lower()
    if not text.isascii():
        for mark in _MARKS:
            text = text.replace(mark, " ")
        strange = beyond_ascii(text)
        if OTHER_DIGITS.search(strange):
            text = text.translate(TO_LATIN_DIGITS)
        if re.search(_ANY_UNSPACED, strange):
            text = " ".join(re.findall(_UNSPACED, text))
    return text.encode("utf-8", "replace")


def _sign(headline: str, text: str, plain: bytes, words: list[bytes]) -> Signature:
    sketch, limit = _sample(words)
    joined = b" ".join(words)
    lead = dict.fromkeys(name_sounds(f"{headline}\n{text[:_LEAD]}"))
    names = tuple(lead | dict.fromkeys(name_sounds(text)))
    return Signature(
        fingerprint=_fingerprint(joined),
        words=min(len(words), 0xFFFF),
        limit=limit,
        sketch=sketch,
        names=names[:_MOST_NAMES],
        lead_names=min(len(lead), _MOST_NAMES),
        numbers=_numbers(plain),
    )


def _fingerprint(joined: bytes) -> int:
    return hash64(joined) - (1 << 63) if joined else 0


def _sample(words: list[bytes]) -> tuple[tuple[int, ...], int]:
    """Return the shingles that are kept, and the limit they stay under."""
    if len(words) < 3:
        words = [*words, b"", b""][:3]
    shingles = list(map(b" ".join, zip(words, words[1:], words[2:], strict=False)))
    kept = sorted({value for value in map(hash32, shingles) if value < _ONE_IN_FOUR})
    if len(kept) >= _SAMPLED:
        return tuple(kept), _ONE_IN_FOUR
    hashes = set(map(hash32, shingles))
    kept = sorted(hashes)[: max(_SAMPLED, len(kept))]
    return tuple(kept), _ONE_IN_ONE if len(kept) == len(hashes) else kept[-1] + 1


def _numbers(plain: bytes) -> tuple[int, ...]:
    """Return the numbers of a text; of "9.5" its parts, too: so older signatures hold it."""
    found: dict[bytes, None] = {}
    for piece in dict.fromkeys(plain.translate(_TO_FIGURES).split()):
        number = piece.strip(b".")
        if b"." in number:
            found |= dict.fromkeys(_parted(number.split(b".")))
        elif number:
            found[number] = None
    found.pop(b"", None)
    return tuple(map(_number_key, list(found)[:_MOST_NUMBERS]))


def _parted(parts: list[bytes]) -> list[bytes]:
    """Return the parts of a number, and the number unless it is of thousands, a day, an hour.

    What happens at 8:25 is said of it for days; what measures 5.2 is rare.
    """
    left, right = parts[0], parts[-1]
    if len(parts) > 2 or len(right) > 2 or (len(right) == 2 and left.zfill(2) <= b"31"):
        return parts
    return [*parts, left + b"." + right]


def number_key(number: int) -> int:
    """Return what a signature holds for a number."""
    return _number_key(b"%d" % number)


def _number_key(digits: bytes) -> int:
    return hash32(digits.lstrip(b"0"))


# Days of a month and years stand in every article.
EVERYDAY = frozenset(map(number_key, (*range(32), *range(1990, 2040))))


def _figures(numbers: Iterable[int]) -> list[int]:
    """Return the first of the numbers that tell articles apart."""
    return [number for number in numbers if number not in EVERYDAY][:_FIGURES_INDEXED]


def pack(signature: Signature) -> bytes:
    """Return the signature as it is stored: its version first."""
    head = _HEAD.pack(
        VERSION,
        signature.words,
        len(signature.sketch),
        len(signature.names),
        signature.lead_names,
        len(signature.numbers),
        signature.fingerprint,
    )
    numbers = array("I", (signature.limit - 1, *signature.sketch))
    numbers.extend(signature.names)
    numbers.extend(signature.numbers)
    return head + numbers.tobytes()


def unpack(stored: bytes) -> Signature | None:
    """Return a stored signature; None: another recipe made it, and it cannot be compared."""
    return unpack_own(stored) if stored[0] == VERSION else None


def unpack_own(stored: bytes) -> Signature:
    """Return a signature that this recipe made."""
    _, words, sketch, names, lead, numbers, fingerprint = _HEAD.unpack_from(stored)
    values = struct.unpack_from(f"<{1 + sketch + names + numbers}I", stored, _HEAD.size)
    end = 1 + sketch
    return Signature(
        fingerprint=fingerprint,
        words=words,
        limit=values[0] + 1,
        sketch=values[1:end],
        names=values[end : end + names],
        lead_names=lead,
        numbers=values[end + names :],
    )


def unpack_keys(stored: bytes) -> Keys:
    """Return by what a stored signature is found; by nothing if another recipe made it."""
    version, _, sketch, names, _, _, _ = _HEAD.unpack_from(stored)
    if version != VERSION:
        return NO_KEYS
    values = array("I", stored[_HEAD.size :])
    end = 1 + sketch
    return Keys(
        values[1 : min(1 + _INDEXED, end)],
        values[end : end + min(names, _NAMES_INDEXED)],
        _figures(values[end + names :]),
    )


def unpack_sketch(stored: bytes) -> tuple[int, Sequence[int]]:
    """Return the limit and the shingles of a stored signature, a tenth of the work of all."""
    if stored[0] != VERSION:
        return 0, ()
    sketch = _HEAD.unpack_from(stored)[2]
    values = struct.unpack_from(f"<{1 + sketch}I", stored, _HEAD.size)
    return values[0] + 1, values[1:]


def unpack_told(stored: bytes) -> tuple[Sequence[int], Sequence[int]]:
    """Return the names and the numbers of a stored signature."""
    if stored[0] != VERSION:
        return (), ()
    _, _, sketch, names, _, numbers, _ = _HEAD.unpack_from(stored)
    start = _HEAD.size + 4 * (1 + sketch)
    values = struct.unpack_from(f"<{names + numbers}I", stored, start)
    return values[:names], values[names:]
