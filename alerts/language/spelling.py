"""Check one typed word: its wildcards, its alphabet, its length; and cut it into tokens."""

import re
import unicodedata
from functools import lru_cache

from alerts.language.complaint import Complaint
from alerts.language.tokens import TOKEN, original_spans
from storage.folding import UNSPACED, fold

# A token of a query may hold the wildcards; both are ASCII, so folding leaves them alone.
_TYPED = re.compile(TOKEN.pattern.replace("[", "[?*", 1))
# Words of one alphabet without any sign: nearly all, and nothing can be wrong with them.
_PLAIN = re.compile(
    "[A-Za-zÀ-ɏəƏ ]+|[\u0400-\u04ff ]+|[\u0600-\u06ff\u200c ]+|[\u0530-\u058f ]+"
)
_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "GEORGIAN", "ARABIC", "HEBREW")
_BEFORE_STAR = re.compile(_TYPED.pattern.replace("*", "", 1) + "$")
_UNSPACED = re.compile(f"[{UNSPACED}]")
_LETTER = re.compile(f"(?![{UNSPACED}]){TOKEN.pattern}")
_TELLING = re.compile(r"(?<=\w)[+#%]+(?!\w)|(?<!\w)[$€£¥₼₽₺](?=\w)")  # C++, 20%, $100
_DOTTED = re.compile(r"(?:[^\W\d_]\.){2,}")  # U.S.
_SYLLABLES = re.compile("[가-힣]")  # each is two or three letters
MIN_BEFORE_STAR = 3
_SHORT = 2
_ALSO_NAMES = frozenset(
    {"arm", "fed", "gap", "ice", "may", "sap", "who"}
)  # longer, and names, too


@lru_cache(maxsize=100_000)
def typed_tokens(text: str) -> tuple[str, ...]:
    """Return the folded tokens of a typed word or phrase, wildcards kept."""
    return tuple(token for token in _TYPED.findall(fold(text)) if token.strip("?*"))


def raw_tokens(text: str) -> list[str]:
    """Return the same tokens as they were typed, for CASE()."""
    typed = [text[start:end] for start, end in original_spans(text, fold(text), _TYPED)]
    return [token for token in typed if token.strip("?*")]


def check_words(text: str, offset: int, *, in_phrase: bool = False) -> list[Complaint]:
    """Return what is wrong with a typed word, or with the words of a phrase."""
    found: list[Complaint] = []
    if _PLAIN.fullmatch(text):
        return found
    for match in re.finditer(r"\S+", text):
        found += _check_word(match[0], offset + match.start())
        found += _check_signs(match[0], offset + match.start())
    if in_phrase and not found and "*" in text:
        found.append(
            Complaint(
                code="W202",
                offset=offset + text.index("*"),
                message="wildcard in a phrase: it stands for the endings of that one word",
                hint="other products ignore it there; here it counts",
            )
        )
    return found


def _check_word(word: str, offset: int) -> list[Complaint]:
    found = [*_check_star(word, offset), *_check_question(word, offset)]
    return [*found, *_check_alphabet(word, offset)]


def _check_alphabet(word: str, offset: int) -> list[Complaint]:
    """Warn of letters that only look like those of the word's own alphabet."""
    if len(scripts := _scripts(word)) < 2:
        return []
    names = " and ".join(name.title() for name in scripts)
    message = f"one word in two alphabets, {names}: {word}"
    return [Complaint(code="W204", offset=offset, message=message, hint=_spell_out(word))]


def mixed_words(text: str) -> list[Complaint]:
    """Return a warning for each word of a text that is written in two alphabets."""
    if text.isascii():
        return []
    words = re.finditer(r"\w+", text)
    return [each for word in words for each in _check_alphabet(word[0], word.start())]


def check_short(word: str, offset: int) -> list[Complaint]:
    """Warn of a term so short and common that case alone could tell it apart."""
    if (len(word) > _SHORT and word not in _ALSO_NAMES) or not (
        word.islower() and word.isalpha()
    ):
        return []
    message = f"short lower-case term: {word} also finds {word.upper()} and every other {word}"
    hint = f"CASE({word.upper()}) finds the name only"
    return [Complaint(code="W203", offset=offset, message=message, hint=hint)]


def _check_star(word: str, offset: int) -> list[Complaint]:
    at = word.find("*")
    if at < 0:
        return []
    before = fold(word[:at])
    begun = _BEFORE_STAR.search(before)
    stem = begun[0] if begun else ""
    inner = re.match(r"\*+\w", word[at:])
    if _UNSPACED.match(before[-2:]) and not inner:
        return []  # its letters are found with whatever stands behind them
    if not stem or inner:
        hint = "write the beginning of the word, then *; or list the spellings in terms:"
        if word.replace("*", "").isalnum():
            hint += f" or write an expression: /{as_expression(word)}/i"
        message = f"* may only end a word: {word}"
        return [Complaint(code="E117", offset=offset + at, message=message, hint=hint)]
    if "?" in stem or word[at:].startswith("**"):
        message = f"one wildcard per word: {word}"
        hint = "write the whole beginning of the word before the *"
        return [Complaint(code="E117", offset=offset + at, message=message, hint=hint)]
    letters = "".join(typed_tokens(before))  # of all the word: "п'ят*" has three
    if len(letters) + len(_SYLLABLES.findall(letters)) < MIN_BEFORE_STAR:
        return [
            Complaint(
                code="E118",
                offset=offset,
                message=f"* needs at least {MIN_BEFORE_STAR} letters before it: {word}",
                hint="write more of the word, or list its forms in terms:",
            )
        ]
    return []


def as_expression(word: str) -> str:
    """Return an expression for a word that has its * where ours may not stand."""
    begins = "" if word.startswith("*") else r"\b"
    ends = "" if word.endswith("*") else r"\b"
    return begins + re.sub(r"\*+", lambda _: r"\w*", word.strip("*")) + ends


def _check_signs(word: str, offset: int) -> list[Complaint]:
    """Warn where a sign tells the word apart, and is not looked at."""
    if dotted := _DOTTED.fullmatch(word):
        message = f"the dots are not looked at: {word} is found as {' '.join(raw_tokens(word))}"
        plain = dotted[0].replace(".", "")
        hint = f"without dots it is another word: ({word} OR CASE({plain}))"
        return [Complaint(code="W209", offset=offset, message=message, hint=hint)]
    if (sign := _TELLING.search(word)) is None or not (tokens := raw_tokens(word)):
        return []
    message = f"{sign[0]} is not looked at: {word} is found as {' '.join(tokens)}"
    hint = f"an expression looks at it: /{re.escape(word)}/"
    return [Complaint(code="W209", offset=offset + sign.start(), message=message, hint=hint)]


def _check_question(word: str, offset: int) -> list[Complaint]:
    for match in re.finditer(r"\?+", word):
        before, after = word[: match.start()][-1:], word[match.end() :][:1]
        if not (_LETTER.match(before) and _LETTER.match(after)):
            message = f"? stands for one letter inside a word: {word}"
            hint = "for other endings use *, as in strik*"
            offset_here = offset + match.start()
            return [Complaint(code="E117", offset=offset_here, message=message, hint=hint)]
    return []


def _scripts(word: str) -> list[str]:
    found: list[str] = []
    if word.isascii():
        return found
    for char in word:
        name = unicodedata.name(char, "").split(" ")[0]
        if char.isalpha() and name in _SCRIPTS and name not in found:
            found.append(name)
    return found


def _spell_out(word: str) -> str:
    marked = (
        f"{char} ({unicodedata.name(char).split(' ')[0].title()})"
        for char in word
        if char.isalpha() and not char.isascii()
    )
    return f"not of the Latin alphabet: {', '.join(marked)}; type the word again"
