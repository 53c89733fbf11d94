"""Reduce a name in any of our scripts to its consonants, so that spellings meet.

Latin, Cyrillic, Arabic and Persian, Armenian and Georgian letters lead to one alphabet of
sounds in which what transliterations confuse is one: k, q, g and kh; v, w and f; z and ts; ch,
j and zh. Vowels go. It is for proposing spellings to a person, never for matching.
"""

from storage.folding import fold

# Each group is one sound; Latin pairs are read before single letters.
_PAIRS = {
    "tch": "J", "sch": "S", "shch": "S", "dzh": "J", "kh": "K", "gh": "K", "ch": "J", "zh": "J",
    "sh": "S", "ts": "Z", "dz": "Z", "dj": "J", "ph": "F", "th": "T", "ck": "K",
    "ու": "",
}  # fmt: skip
_SOUNDS = {
    "K": "kqgxcкгхґکكگقغخգկքղխგკქღხყ",
    "J": "jжчџچجژҷջճչժჯჟჭჩ",
    "S": "sшщсسشصثսշსშ",
    "Z": "zзцزذضظզծցձზცძწ",
    "F": "fvwфвفوֆվւფვ",
    "T": "tdтдتدطտթդტთდ",
    "P": "pbпбپبպփբპფბ",
    "M": "mмمմმ",
    "N": "nнنնნ",
    "L": "lлلլლ",
    "R": "rрرրռრ",
}
_VOWELS = set("aeiouyhаеиоуыэюяьъйһاآیهعءئؤհաեէըիօոյუაეიოჰ")
_SOUND_OF = {letter: sound for sound, letters in _SOUNDS.items() for letter in letters}
MIN_CONSONANTS = 3


def consonants(word: str) -> str:
    """Return the word's consonants as sounds, doubles once; empty: a letter is not known."""
    text = fold(word)
    found: list[str] = []
    at = 0
    while at < len(text):
        length = next((n for n in (4, 3, 2) if text[at : at + n] in _PAIRS), 1)
        piece = text[at : at + length]
        at += length
        sound = _PAIRS.get(piece, _SOUND_OF.get(piece, ""))
        if not sound and piece not in _VOWELS and piece not in _PAIRS:
            return ""
        if sound and (not found or found[-1] != sound):
            found.append(sound)
    return "".join(found)


def readings(word: str) -> set[str]:
    """Return all consonant readings of a word: و inside a word may be v or a vowel."""
    return {consonants(word), consonants(word[:1] + word[1:].replace("و", ""))} - {""}


def script_of(word: str) -> str:
    """Name the alphabet of a word's first letter that tells one."""
    for char in word:
        for name, low, high in _SCRIPTS:
            if low <= char <= high:
                return name
    return "other"


_SCRIPTS = (
    ("Latin", "A", "ɏ"),
    ("Cyrillic", "\u0400", "\u052f"),
    ("Armenian", "\u0530", "\u058f"),
    ("Arabic", "\u0600", "\u06ff"),
    ("Georgian", "\u10a0", "\u10ff"),
)
