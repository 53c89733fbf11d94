# ruff: noqa: E501 - rows of words
"""Take a byline apart into names: lead-ins and roles cut off, agencies kept, doubles folded.

Pure. Which byline to believe is decided in authors.py.
"""

import html
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from crawler.extract.agencies import is_agency
from crawler.extract.byline_leads import match_lead, strip_lead
from crawler.extract.signs import holds_any

# A lead-in of one of these alone is not enough to call a line a byline.
_ROLE_WORDS: Final = (
    r"correspond\w+|korrespond\w+|corresponsal|corresponden\w+|corrispondent\w+|editors?|reporters?|writers?|journalists?|journalist\w*|"
    r"columnists?|kolumnist\w*|redakteur\w*|redaktør\w*|redaktion\w*|redaktör\w*|redactor\w*|redattor\w*|rédact\w+|reportér\w*|"
    r"journaliste|periodista|giornalista|dziennikarz\w*|redaktor\w*|toimittaja|fréttamaður|blaðamaður|"
    r"producers?|presenters?|photographers?|fotograf\w*|analysts?|contributors?|contributing|freelance\w*|"
    r"chief|head|director|staff|associate|assistant|deputy|managing|executive|"
    r"bureau|desk|team|chef\w*|leiter\w*|ressort\w*|autorin|gastautor\w*|volontär\w*|"
    r"корреспондент\w*|редактор\w*|журналист\w*|обозреватель|muhabir\w*|muhabiri|müxbir\w*|yazar\w*|"
    r"خبرنگار|سردبیر|مراسل|محرر|記者|编辑|編集|기자|특파원|professor\w*|lecturer|researcher|"
    r"politics|business|sports?|technology|science|health|culture|economics|economy|"
    r"special|senior|junior|political|foreign|diplomatic|chefredakteur|news|"
    r"vice|principal|lead|global|marketing|product|security|software|data|people|content|communications?|operating|strategy"
)
_ROLE: Final = re.compile(rf"(?<![^\W_])(?:{_ROLE_WORDS})(?![^\W_])", re.IGNORECASE)
_STRONG_ROLE: Final = re.compile(
    r"(?<![^\W_])(?:\w*correspondent\w*|\w*korrespondent\w*|corresponsal|editor|reporter\w*|writer|journalist\w*|columnist|"
    r"\w*redakteur\w*|\w*redaktør\w*|\w*redaktör\w*|redaktor\w*|photographer|producer|contributor|editor-in-chief|корреспондент|редактор|"
    r"muhabiri?|müxbir\w*|خبرنگار|professor|director|analyst|officer|manager|president|co-?founder|founder|consultant|"
    r"researcher|engineer|specialist|strategist|ceo|cto|ciso|cfo)(?![^\W_])",
    re.IGNORECASE,
)
_AND: Final = (
    r"\s*(?:[;|•·,、，،]|\s/\s|\s[&+]\s|&)\s*|"
    r"\s+(?:and|und|et|og|och|ja|és|és|и|та|və|ve|και|with|mit|avec|con|med|e|y|en|i|a|in|u|и|и)\s+|"
    r"(?<=\w)\s+و\s*(?=\w)|(?<=[א-ת][א-ת])\s+ו(?=[א-ת]{2,}\s[א-ת])|\s*、\s*"
)
_JOINED: Final = re.compile(r"^(?:and|und|et|och|og|en|y|e|i|и|та) (?=[^\W\d_a-z])")
_SPLIT: Final = re.compile(_AND)
_TRAIL: Final = re.compile(
    r"\s*(?:[|•·].*|\((?!.*\)\s+\w).*\)|\s[-–—]\s.*|\S*@\w+.*|\bfor\s+.*|\bat the\s+.*|\bin\s+[A-ZÄÖÜ]\w+.*|"
    r"\s+(?:updated|published|posted|veröffentlicht|aktualisiert)\b.*)$",
    re.IGNORECASE,
)
_NO_NAME: Final = re.compile(
    r"editing by |special (?:to|for) |(?:super user|(?:user |super |site )?\w*admin|administrator|webmaster|editor|author|staff|user|guest|unknown|none|null|publisher|root|system|default|"
    r"undefined|n/?a|redaktion|redaktionen|newsroom|web ?desk|share|follow|facebook|twitter|x|"
    r"instagram|linkedin|print|e-?mail|whatsapp|telegram|more|read more|comments?|subscribe|"
    r"ph\.?d\.?|m\.?d\.?|m\.?a\.?|b\.?a\.?|b\.?sc|ll\.?m|cpa|cfa|dds|rdn?|rn|mph|m\.?sc|mba|j\.?d\.?|esq\.?|"
    r"autor|author|by|von|par|por|editorial|home|about|contact|profile|view profile|see all)$",
    re.IGNORECASE,
)
_NOT_IN_NAMES: Final = re.compile(r"https?:|www\.|@|\d{3}|[<>{}=]", re.IGNORECASE)
_PARTICLES: Final = frozenset(
    "van von de der den del della di da dos das du la le el al bin ibn ben af av zu zur ten ter y e "  # noqa: SIM905 - a row of words
    "und i d st mac mc o".split()
)
# In small letters: one stands in whatever _TRAIL cuts off a name of plain letters.
_TRAILS: Final = (
    "|", "(", " - ", "@", "for ", "at the ", "in ", "updated", "published", "posted",
    "aktualisiert",
)  # fmt: skip
# An agency that stands behind a name of two words without a comma.
_AGENCIES: Final = ("associated press", "bloomberg", "reuters", "afp", "bbc", "cnn", "npr")
_GLUED: Final = re.compile(
    rf"(?<=\w)(\s\S*\w\S*)\s+(?:the )?(?:{'|'.join(_AGENCIES)})(?: news)?$",
    re.IGNORECASE,
)
# An agency behind a stroke: "Anna Berg/dpa".
_STRUCK: Final = re.compile(r"^(\S+ \S+)/\S+$")
# Two names that only a stroke sets apart: "Anna Berg/Omar Khalil".
_STROKE: Final = re.compile(r"(?<=\w)/(?=[^\W\d_a-z]\w+ [^\W\d_a-z])")
# What an icon says behind a name: "Anna BergTwitter".
_ICONS: Final = ("Twitter", "Facebook", "Instagram", "LinkedIn", "Mastodon")
_ICON: Final = re.compile(rf"(?<=[a-zà-ÿ])(?:{'|'.join(_ICONS)})+$")
_ECHO: Final = 5  # letters
_TWICE: Final = re.compile(rf"^(.{{{_ECHO},}}?)\s+(?:by\s+)?\1$", re.IGNORECASE)
# What stands before a name and is no lead-in of a byline.
_BEFORE: Final = re.compile(
    r"^(?:über|about|sobre|fotos?|photos?|bilder|(?:text )?(?:und |& )?interview)(?:\s*:\s*|\s+)",
    re.IGNORECASE,
)
# How outlets of the Far East are called, whose names are as short as people's.
_EASTERN_OUTLETS: Final = (
    "日报", "日報", "晚报", "晚報", "时报", "時報", "早报", "都市报", "新闻", "新聞", "新闻网", "周刊", "电视台",
    "在线", "通讯社", "新华社", "网", "編集部", "编辑部", "通信社", "신문", "일보", "뉴스", "방송",
)  # fmt: skip
_LOOSE_ENDS: Final = frozenset(
    ("von", "by", "par", "por", "di", "av", "af", "od", "door", "de", "und")
)
_TOGETHER: Final = re.compile(r"\((?:avec|with|mit|con|com|med)\s([^()]*)\)")
# Chinese, Japanese, Korean: a name is a few letters and no blank.
_ARTICLES: Final = frozenset(("der", "die", "das", "dein", "deine", "deinen", "the", "your"))
_UNSPACED: Final = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]")
_LONGEST_UNSPACED: Final = 6
_EASTERN_ROLE: Final = re.compile(
    r"\s*(?:선임|인턴|전문)?(?:기자|특파원|記者|记者|編集委員|논설위원)$|"
    r"(?<=[가-힣]{2})\s+(?:\S+\s+){0,2}(?:칼럼니스트|논설위원|평론가|교수|작가|연구원|변호사|대표|위원|이사)$"
)
# What is told next: "作者：李明 责任编辑：王伟".
_EASTERN_NEXT: Final = re.compile(
    r"\s+[\u4e00-\u9fff]{2,6}[：:].*$|[／/][\u4e00-\u9fff]{2,8}報導$|^\[[^\]]*[가-힣][^\]]*\]\s*"
)
# What stands on buttons and beside names: "follow", "read more", "source", "editor in charge".
_EASTERN_WORDS: Final = re.compile(
    r"^(?:关注|關注|已关注|订阅|訂閱|收藏|分享|评论|留言|举报|登录|注册|更多|.*查看更多|返回.*|原创|转载|来源|作者|编辑|记者|"
    r"责任编辑|责编|.*授权|网络整理|本站|佚名|匿名|未知|管理员|.*编辑部|フォロー|著者|筆者|編集部|記事一覧|もっと見る|会員限定)$|"
    r"(?:하기|쓰기|보기|더보기|구독|공유|댓글|기사|등록|수정|입력)$"
)
_BUTTONS: Final = frozenset(
    {"facebook", "twitter", "instagram", "linkedin", "whatsapp", "telegram", "pinterest", "share",
     "email", "subscribe", "follow", "comments", "tiktok", "youtube", "reddit", "minutes", "read",
     "print", "filed"}
)  # fmt: skip
_DESK: Final = re.compile(
    r"(?:(?:die|la) )?(?:redaktion(?:en)?|redakcja|redacción|redazione|rédaction|redactie|редакция|редакція)|"
    r"(?:news|web) ?desk|newsroom|(?:[\w.]+ ){0,3}staff(?: writers?| reporters?)?|"
    r"(?:[\w.]+ ){0,3}(?:team|desk)|editorial board",
    re.IGNORECASE,
)
_BEATS: Final = frozenset(
    ("health", "science", "politics", "business", "technology", "sports", "education", "culture",
     "lifestyle", "travel", "royal", "showbiz", "entertainment", "crime", "environment", "football",
     "consumer", "money", "property", "features", "audience", "trends", "social", "digital", "data",
     "national", "local", "investigations", "hub", "content", "landespolitische", "politische")
)  # fmt: skip
_HANDLE: Final = re.compile(r"[^\W\d_][\w.-]{2,29}")
_JOINTS: Final = " ,-–:"
_MOST_WORDS: Final = 4
# Words that a pattern looks for and a role's does not: where one stands, all are asked.
_TELLING: Final = _BUTTONS | _BEATS | frozenset(
    {"for", "in", "updated", "published", "posted", "veröffentlicht", "aktualisiert", "web",
     "read", "view", "see", "press", "bloomberg", "reuters", "afp", "bbc", "cnn", "npr", "news",
     "admin", "über", "about", "sobre", "foto", "fotos", "photo", "photos", "bilder", "interview",
     "special", "editing", *_LOOSE_ENDS}
)  # fmt: skip
MAX_NAME: Final = 60
MAX_AUTHORS: Final = 20


@lru_cache(maxsize=64)  # a page names its author in several places
def read_names(byline: str) -> tuple[str, ...]:
    """Return the names of a byline; what is no name is left out."""
    text = " ".join(html.unescape(byline).split())
    if not text or len(text) > 300 or "://" in text:
        return ()
    if _is_plain(text):
        return (text,)
    if "(" in text:
        text = _TOGETHER.sub(r", \1", text)
    if "/" in text:
        text = _STROKE.sub(", ", text)
    return fold_doubles(_names(strip_lead(text)))


def _is_plain(text: str) -> bool:
    """Tell a name that all of what follows would leave as it is: "Anna Berg"."""
    words = text.lower().split(" ")
    return (
        2 <= len(words) <= _MOST_WORDS
        and len(text) <= MAX_NAME
        and text.istitle()
        and text.replace(" ", "").isalpha()
        and len(set(words)) == len(words)
        and _TELLING.isdisjoint(words)
        and match_lead(text) is None
        and _STRONG_ROLE.search(text) is None
    )


def _names(text: str) -> Iterator[str]:
    for part in _SPLIT.split(text):
        if _is_plain(part):
            yield part
        elif (name := clean_name(part)) and looks_like_name(name):
            yield name


def clean_name(text: str) -> str:
    """Cut what hangs on a name: a role, a handle, an outlet in brackets."""
    name = _JOINED.sub("", strip_lead(text.strip())).strip()
    if not name.isascii():
        name = _EASTERN_NEXT.sub("", name)
        name = " ".join(word for word in name.split() if not _EASTERN_WORDS.search(word))
    if not name.isascii() or holds_any(name.lower(), _TRAILS):
        name = _TRAIL.sub("", name)
    name = _BEFORE.sub("", name.strip(" \t,;:|/-–—•·*©【】"), count=1)
    if not name.isascii():
        name = _EASTERN_ROLE.sub("", name)
    name = _without_echo(name)
    if role := _STRONG_ROLE.search(name):
        before, after = (name[: role.start()].strip(_JOINTS), name[role.end() :].strip(_JOINTS))
        name = _nameful(before) or _nameful(after)
    return _cased(_without_beat(name))


def _without_echo(name: str) -> str:
    """Cut an agency, an icon's word, or the name said once more off its end.

    Most names hold none of the signs: that is asked first, of plain letters.
    """
    folded, odd = name.lower(), not name.isascii()
    if odd or holds_any(folded, _AGENCIES):
        name = _GLUED.sub(r"\1", name)
    if "/" in name:
        name = _STRUCK.sub(r"\1", name)
    if name.endswith(_ICONS):
        name = _ICON.sub("", name)
    if odd or folded[:_ECHO] in folded[_ECHO + 1 :]:
        name = _TWICE.sub(r"\1", name)
    return name


def _without_beat(name: str) -> str:
    """Cut what one reports on: "Anna Berg Health" of "Anna Berg Health and science reporter"."""
    first, _, last = name.rpartition(" ")
    while " " in first and last.lower() in _BEATS and not first.isupper():
        name = first
        first, _, last = name.rpartition(" ")
    return name


def _nameful(text: str) -> str:
    """Return the text if it holds at least two capitalised words that are no role."""
    words = [word for word in text.split() if not _ROLE.fullmatch(word)]
    if words and is_agency(words[0]):  # "AP National Security Writer"
        return ""
    return " ".join(words) if len([word for word in words if word[:1].isupper()]) >= 2 else ""


def _cased(name: str) -> str:
    """Write a name that stands all in capitals as names are written."""
    words = name.split()
    if (
        len(words) < 2
        or not name.isupper()
        or not name.isascii()
        or any(c.isdigit() for c in name)
    ):
        return name
    return " ".join(word.capitalize() if len(word) > 2 else word for word in words)


def is_handle(text: str) -> bool:
    """Tell the one word, however it is written, by which an author goes."""
    return _HANDLE.fullmatch(text) is not None and not _is_no_name(text)


def is_desk(text: str) -> bool:
    """Tell the words by which a newsroom signs without a name: "Redaktion", "Staff Writer"."""
    return _DESK.fullmatch(text) is not None


def looks_like_name(name: str) -> bool:
    """Tell a name from the other words that stand in a byline's place."""
    if not 2 <= len(name) <= MAX_NAME or _is_no_name(name):
        return False
    words = name.split()
    if any(word.casefold() in _BUTTONS for word in words):
        return False
    if len(words) > 7 or not any(each.isalpha() for each in name):
        return False
    if words[-1].lower() in _LOOSE_ENDS or words[0] in _ARTICLES or name[-1] in ":：":
        return False
    if len(words) == 1:
        return is_agency(name) or not name.islower() or not name.isascii() or "." in name
    return not all(word.islower() for word in words if word.isascii()) or not name.isascii()


def _is_no_name(text: str) -> bool:
    """Tell what a page writes in a name's place, and what holds signs that no name has."""
    signs = not text.replace(" ", "").isalpha()
    return (signs and _NOT_IN_NAMES.search(text) is not None) or _NO_NAME.match(
        text
    ) is not None


@lru_cache(maxsize=1024)
def is_personal(name: str) -> bool:
    """Say whether a name has the form of a person's: two to five words, none of them a role."""
    if _UNSPACED.search(name):
        return len(name) <= _LONGEST_UNSPACED and not name.endswith(_EASTERN_OUTLETS)
    words = [word for word in name.split() if word.lower() not in _PARTICLES]
    if ":" in name or not 1 < len(name.split()) <= 6 or not words:
        return False
    return all(not each[:1].isascii() or each[:1].isupper() for each in words) and not (
        _ROLE.search(name)
    )


def fold_doubles(names: Iterable[str]) -> tuple[str, ...]:
    """Drop a name that was given before, in whatever case."""
    kept: dict[str, str] = {}
    for name in names:
        kept.setdefault(" ".join(name.casefold().replace(".", "").split()), name)
    return tuple(list(kept.values())[:MAX_AUTHORS])
