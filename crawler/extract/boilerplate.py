"""Know the phrases that stand inside articles and are no part of them, in many languages.

Each is general: the words with which the press of a language announces other articles, dates a
line or keeps its rights. None belongs to one outlet.
"""

import re
from typing import Final

# A line that is a time or a date and nothing else.
STAMP: Final = re.compile(
    r"^\W{0,3}\d{1,2}[:.]\d{2}\b(?!\.\d)"
    r"|\b\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{3,4}))?\W{0,2}$"
    r"|^\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}\W{0,2}$|^(?:\w+,? )?\w+ \d{1,2},? \d{4}$",
    re.IGNORECASE,
)
_ANNOUNCING: Final = (
    # English
    "read (?:more|also|next|now|the full)", "also read", "see also", r"related\b",
    "more (?:on|from|about) ", "don.t miss", "recommended", "watch:", "sign up", "subscribe",
    "follow us", "click here", "share this", "advertisement", "(?:article|story) continues",
    r"image \d+ of \d+", "table of contents", "in this article", r"reading time\b",
    r"\d+ min(?:ute)?s? read", "up next", "loading",
    # German, French, Spanish, Portuguese, Italian, Romanian
    "lesen (?:sie )?(?:auch|mehr)", "mehr (?:zum thema|dazu|lesen)", "auch interessant",
    "das könnte sie", r"anzeige\b", r"lesedauer\b", "inhaltsverzeichnis", "player wird",
    "il vous reste", r"lecture \d", "à découvrir", "article réservé",
    "lire aussi", "à lire", "lisez aussi", "voir aussi",
    "sur le même sujet", "le[ea] tambi[eé]n", "leer más", "lea además", "te puede interesar",
    "leia (?:também|mais)", "veja também", "leggi (?:anche|tutto)", "ti potrebbe", "citește",
    "citiți", "vezi și",
    # Dutch, the North, Finnish, Icelandic, Hungarian
    "lees (?:ook|meer)", "läs (?:också|mer|även)", "les (?:også|mer)", "læs (?:også|mere)",
    "lue myös", "lestu", "olvasta már", "kapcsolódó",
    # Slavic languages
    "czytaj", "zobacz (?:też|także|również)", "polecamy", "čtěte", "přečtěte", "čítajte",
    "pročitajte", "pročitaj", "прочетете", "читайте", "читать (?:также|ещё|еще)", "по теме",
    "смотрите также", "подписывайтесь", r"реклама\b", "дивіться",
    # Azerbaijani, Turkish, Arabic, Persian, Hebrew, Greek
    "oxşar xəbər", "həmçinin oxu", "bizi izləyin", "ayrıca (?:bak|oku)", "ilgili haber",
    "bunu da oku", "اقرأ", "إقرأ", "شاهد أيضا", "بیشتر بخوانید", "مطالب مرتبط",
    "همچنین بخوانید", "קראו (?:גם|עוד)", "διαβάστε",
    # Japanese, Chinese, Korean
    "関連記事", "あわせて読みたい", "【関連", "相关", "延伸[閱阅][讀读]", "相關新聞",
    "관련기사",
)  # fmt: skip
# What it begins announces another article.
ALSO: Final = re.compile(rf"\W{{0,4}}(?:{'|'.join(_ANNOUNCING)})", re.IGNORECASE)
RIGHTS: Final = re.compile(
    r"^\W{0,3}(?:copyright\b|©|\(c\) ?\d{4})|\ball rights reserved\b|무단.{0,6}전재|無断転載|"
    r"^alle rechte vorbehalten|tous droits réservés|все права защищены",
    re.IGNORECASE,
)

# One of these stands in whatever RIGHTS finds: asking for them first costs a tenth.
RIGHTS_SIGNS: Final = (
    "©", "(c)", "(C)", "opyright", "OPYRIGHT", "ights", "IGHTS", "무단", "無断", "echte",
    "droits", "права",
)  # fmt: skip
# What stands at the end of an article and speaks of the outlet, not of the matter.
CALLS: Final = re.compile(
    r"\bnewsletters?\b|\bsubscri(?:be|ption)|\bsign(?:ing)? up\b|\b(?:your|their) inbox\b"
    r"|\bfollow .{1,40}\bon (?:twitter|x\b|facebook|instagram|google|linkedin|tiktok|bluesky)"
    r"|\bhave a tip\b|\bcomment policy\b|\b(?:e-?mail|contact|reach) .{1,60}(?:@| at )"
    r"|^\W?(?:additional )?reporting (?:and writing )?by\b|\bcontributed (?:to this|reporting)"
    r"|\bdownload (?:the|our) app\b|\bjoin (?:the|our) (?:conversation|whatsapp|channel)"
    r"|\babonnieren\b|\bhat ihnen dieser artikel\b|\bunterstützen sie uns\b"
    r"|\binscrivez-vous\b|\babonnez-vous\b|\bréservée? aux abonnés|\bsuscr[ií]b|\bsíguenos\b"
    r"|\biscriviti\b|\bseguici\b|\binscreva-se\b|\bsiga-nos\b|\babonneer\b|\bprenumerera\b"
    r"|подпис(?:ывайтесь|аться|итесь)|підпис(?:уйтесь|атися)|\babunə ol|\babone ol|会員登録",
    re.IGNORECASE,
)
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
