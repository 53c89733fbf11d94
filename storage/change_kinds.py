"""Say of what kind a changed sentence is. Pure.

A change that could be of several kinds gets the gravest: a "not" that came or went before a
figure, a figure before a name. The words that negate, cite and correct are listed for the
languages of the desk; in others a change of words is still one of wording.
"""

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher
from enum import StrEnum

from storage.folding import TO_LATIN_DIGITS


class ChangeKind(StrEnum):
    """What a change is about."""

    CORRECTION = "correction"  # the page says itself that it was corrected
    NEGATION = "negation"  # a "not" came or went
    NUMBER = "number"
    NAME = "name"
    QUOTE = "quote"  # words in quotation marks
    ATTRIBUTION_REMOVED = "attribution_removed"  # who said it is no longer named
    HEADLINE = "headline"
    ADDITION = "addition"
    REMOVAL = "removal"
    WORDING = "wording"  # other words, of none of the kinds above
    TYPO = "typo"
    LAYOUT = "layout"  # paragraphs, spaces, punctuation


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One sentence that is no longer what it was."""

    kind: ChangeKind
    before: str  # empty: it was not there
    after: str  # empty: it is gone


_CORRECTION = re.compile(
    r"^\W*(?:correction|corrected|clarification|editor[’']?s note|this (?:article|story|report|"
    r"version|piece) (?:has been|was) (?:corrected|amended|updated to (?:correct|clarify))|"
    r"an earlier version|a previous version|исправлен|поправк|уточнени|редакци\w+ исправ|"
    r"в (?:более ранней|предыдущей|первоначальной) версии|düzəliş|dəqiqləşdirmə|"
    r"məqalənin əvvəlki|اصلاحیه|تصحیح|نسخه قبلی)",
    re.IGNORECASE,
)
_NEGATION = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n[’']t|den(?:y|ies|ied)|"
    r"не|нет|ни|никогда|никто|ничего|без|нельзя|отрица\w+|опроверг\w+|"
    r"deyil|deyildir|yox|yoxdur|heç|olmadan|etməyib|etmədi|etmir|olmayıb|olmadı|təkzib|"
    r"نه|نیست|نیستند|نبود|نبودند|هیچ|هرگز|بدون|ن(?:می|خواه|شد|کرد|دار|داد)\w*)\b",
    re.IGNORECASE,
)
_AZERI_VERB = re.compile(
    r"\b\w{2,}?(?:ma|mə)(?:yıb|yib|yub|yüb|yacaq|yəcək|dı|di|mış|miş)\w*\b"
)
_NUMBER = re.compile(r"\d+(?:[.,:]\d+)*")
_NUMBER_WORD = re.compile(
    r"\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozens?|twenty|thirty|forty|"
    r"fifty|sixty|seventy|eighty|ninety|hundreds?|thousands?|million|billion|half|"
    r"дв[ае]|три|четыре|пять|шесть|семь|восемь|девять|десять|сот\w*|тысяч\w*|миллион\w*|"
    r"миллиард\w*|"
    r"iki|üç|dörd|beş|altı|yeddi|səkkiz|doqquz|min|milyon|milyard|yüz|"
    r"دو|سه|چهار|پنج|شش|هفت|هشت|نه نفر|ده|صد|هزار|میلیون|میلیارد)\b",
    re.IGNORECASE,
)
_QUOTED = re.compile(r"[“„«\"]([^”“„«»\"]{3,})[”“»\"]")
_CITES = re.compile(
    r"\b(?:according to|said|says|told|reported|reports|citing|cited|quoting|stated|announced|"
    r"по (?:словам|данным|сообщению|информации)|сообщи\w+|сообщает|заяви\w+|сказал\w*|"
    r"передаёт|"
    r"передает|со ссылкой|bildirib|bildirir|deyib|söylədi|söyləyib|xəbər verir|məlumat verir|"
    r"istinadən|sözlərinə görə|məlumatına görə|به گفته|به گزارش|به نقل از|"
    r"گفت|اعلام کرد|گزارش داد)\b",
    re.IGNORECASE,
)
_WORD = re.compile(r"\w+(?:[’']\w+)?")
_LONG = 10_000  # pairs of words; sentences beyond are compared without regard to order
_LONG_WORD = 40  # letters; none longer is a misspelling
_TYPO = 0.75  # so much of a word's letters stay in a corrected misspelling


def letters(text: str) -> str:
    """Return only what is read aloud: letters and digits, in lower case."""
    return "".join(_WORD.findall(text)).lower().replace("’", "'")


def kind_of(before: str, after: str) -> ChangeKind:
    """Return the kind of one sentence's change; empty: it was not there, or is gone."""
    if not before or not after:
        return _came_or_went(before, after)
    if letters(before) == letters(after):
        return _quotes_moved(before, after)
    if _counts(_CORRECTION, after) > _counts(_CORRECTION, before):
        return ChangeKind.CORRECTION
    if _negations(before) != _negations(after):
        return ChangeKind.NEGATION
    if _numbers(before) != _numbers(after):
        return ChangeKind.NUMBER
    return _kind_of_words(before, after)


def _came_or_went(before: str, after: str) -> ChangeKind:
    if after:
        return ChangeKind.CORRECTION if _CORRECTION.search(after) else ChangeKind.ADDITION
    return ChangeKind.ATTRIBUTION_REMOVED if _CITES.search(before) else ChangeKind.REMOVAL


def _quotes_moved(before: str, after: str) -> ChangeKind:
    """Return the kind of a change in punctuation alone: words may have become a quotation."""
    if _quotes(before) != _quotes(after):
        return ChangeKind.QUOTE
    return ChangeKind.LAYOUT


def _kind_of_words(before: str, after: str) -> ChangeKind:
    gone, come = _exchanged(before, after)
    if _are_typos(gone, come):
        return ChangeKind.TYPO
    if _counts(_CITES, before) > _counts(_CITES, after):
        return ChangeKind.ATTRIBUTION_REMOVED
    if _quotes(before) != _quotes(after):
        return ChangeKind.QUOTE
    if _names(gone) != _names(come):
        return ChangeKind.NAME
    return ChangeKind.WORDING


def _counts(pattern: re.Pattern[str], text: str) -> int:
    return len(pattern.findall(text))


def _negations(text: str) -> int:
    return _counts(_NEGATION, text) + _counts(_AZERI_VERB, text.lower())


def _numbers(text: str) -> Counter[str]:
    plain = text.translate(TO_LATIN_DIGITS)
    figures = [re.sub(r"[.,](?=\d{3}\b)", "", number) for number in _NUMBER.findall(plain)]
    return Counter(figures) + Counter(word.lower() for word in _NUMBER_WORD.findall(plain))


def _quotes(text: str) -> Counter[str]:
    return Counter(letters(quote) for quote in _QUOTED.findall(text))


def _exchanged(before: str, after: str) -> tuple[list[str], list[str]]:
    """Return the words that went and those that came."""
    old, new = _words(before), _words(after)
    if len(old) * len(new) > _LONG:
        were, are = Counter(old), Counter(new)
        return list((were - are).elements()), list((are - were).elements())
    gone: list[str] = []
    come: list[str] = []
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for what, i1, i2, j1, j2 in matcher.get_opcodes():
        if what != "equal":
            gone += old[i1:i2]
            come += new[j1:j2]
    return gone, come


def _words(sentence: str) -> list[str]:
    """Return the words; the first one's capital says nothing."""
    words: list[str] = _WORD.findall(sentence)
    return [words[0].lower(), *words[1:]] if words else words


def _are_typos(gone: list[str], come: list[str]) -> bool:
    """Say whether each word became one of nearly the same letters."""
    if "".join(gone).lower() == "".join(come).lower():
        return True
    if len(gone) != len(come):
        return False
    return all(_is_typo(one, other) for one, other in zip(gone, come, strict=True))


def _is_typo(one: str, other: str) -> bool:
    if one.lower() == other.lower():
        return True
    if sorted(one.lower()) == sorted(other.lower()):
        return True
    if max(len(one), len(other)) > _LONG_WORD:
        return False
    if min(len(one), len(other)) < 4 or one[0] != other[0] or one[0].isupper():
        return False  # another letter in a name may make another name
    matcher = SequenceMatcher(None, one, other, autojunk=False)
    return abs(len(one) - len(other)) <= 1 and matcher.ratio() >= _TYPO


def _names(words: list[str]) -> Counter[str]:
    """Return the words that look like names: capitals inside the sentence."""
    return Counter(word for word in words if word[0].isupper())
