"""Know the lines that date an article, keep its rights or speak of the outlet, by their signs.

How other lines that are no part of an article begin stands in phrases.py.
"""

import re
from typing import Final

# A line that is a time or a date and nothing else.
STAMP: Final = re.compile(
    r"^\W{0,3}\d{1,2}[:.]\d{2}\b(?!\.\d)"
    r"|\b\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{3,4}))?\W{0,2}$"
    r"|^\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}\W{0,2}$|^(?:\w+,? )?\w+ \d{1,2},? \d{4}$"
    r"|^\W{0,3}(?:vor|il y a|hace|há) \d{1,2} \w{1,10}\W{0,2}$"
    r"|^\W{0,3}\d{1,2} \w{1,12} (?:ago|fa|atrás|назад|тому|önce|əvvəl)\W{0,2}$",
    re.IGNORECASE,
)
_DIGIT: Final = re.compile(r"\d")
# What a text takes to read, at a line's end.
_READING: Final = re.compile(
    r"[\s|·•,–—-]*(?:\b(?:lesedauer|lesezeit|reading time|read time|(?:temps|durée) de lecture"
    r"|tiempo de lectura|tempo de leitura|tempo di lettura|leestijd|lästid|lesetid|læsetid"
    r"|czas czytania|doba čtení|время чтения|час читання|okuma süresi|oxuma vaxtı|읽는 시간"
    r"|زمان مطالعه|مدة القراءة|זמן קריאה)\W{1,3})?"
    r"\b\d{1,2}\s*(?:min(?:uten?|utes?|utos?|uti)?\b\.?|мин|хв|dk|dəq|分|분|דק|دقیقه|دقائق)"
    r"[\w\s]{0,12}$",
    re.IGNORECASE,
)
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
    r"|\bhave a tip\b|\bget in touch (?:with|by|at)\b"
    r"|\babgerufen am\b|\babonniere? (?:den|unseren|jetzt)\b"
    r"|\bcomment policy\b|\b(?:e-?mail|contact|reach) .{1,60}(?:@| at )"
    r"|\bcontributed (?:to this|reporting)"
    r"|\baffiliate[ -](?:commissions?|links?|partner)|\bmay earn .{0,20}\bcommissions?\b"
    r"|\bdownload (?:the|our) app\b|\bjoin (?:the|our) (?:conversation|whatsapp|channel)"
    r"|\babonnieren\b|\bhat ihnen dieser artikel\b|\bunterstützen sie uns\b"
    r"|\binscrivez-vous\b|\babonnez-vous\b|\bréservée? aux abonnés|\bsuscr[ií]b|\bsíguenos\b"
    r"|\biscriviti\b|\bseguici\b|\binscreva-se\b|\bsiga-nos\b|\babonneer\b|\bprenumerera\b"
    r"|подпис(?:ывайтесь|аться|итесь)|підпис(?:уйтесь|атися)|\babunə ol|\babone ol|会員登録",
    re.IGNORECASE,
)
# How it says at the end where it has its news from.
SOURCES: Final = re.compile(
    r"\W?(?:(?:additional )?reporting (?:and writing )?by\b"
    r"|contributing:|(?:article|words) by "
    r"|(?:übersetzung|redaktion|schlussredaktion|mitarbeit|translation|translated by|traduction"
    r"|traducción|tradução|traduzione|перевод)(?: by)?\s?:"
    r"|mit (?:agentur)?material|mit informationen (?:von|der)|avec (?:l.)?(?:afp|agence)"
    r"|con (?:agencias|información de)|com (?:agências|informações d)|with (?:agencies|wires))"
)
# One of these stands, in small letters, in whatever CALLS finds.
CALLS_SIGNS: Final = (
    "affiliate", "commission", "newsletter", "subscri", "sign", "inbox", "follow",
    "have a tip", "get in touch", "abgerufen", "abonnier", "comment policy", "mail", "contact",
    "reach", "contributed", "download", "join", "ihnen",
    "unterstützen", "inscrivez", "abonnez", "réserv", "suscr", "síguenos", "iscriviti",
    "seguici",
    "inscreva", "siga-nos", "abonneer", "prenumerera", "подпис", "підпис", "abunə", "abone",
    "会員登録",
)  # fmt: skip
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
# A line that says who took a picture, and nothing else.
CREDIT: Final = re.compile(
    r"^\W{0,3}(?:(?:photos?|images?|pictures?|pics?|foto(?:\(s\)|s)?|bild(?:er)?|bildquelle|kuva"
    r"|mynd|zdjęcie|fot|фото|снимка|fotoğraf|şəkil|写真|사진|(?:photo|image|picture) credits?"
    r"|crédit photo|imagen|imagem|immagine)(?: by)?\s*[:：/]|©|\(c\) )[^.!?]{2,60}$",
    re.IGNORECASE,
)
# What stands over the readers' comments: "12 Comments", "Leave a Reply", "Комментарии (3)".
COMMENTS: Final = re.compile(
    r"^\W*(?:\d+\W+)?(?:(?:top|all|latest|reader|leser|user|recent|new|view|show|most|rated|popular|"
    r"newest|alle|neue|neueste|les|vos|los|todos|i|os|все|всі)\W+){0,3}"
    r"(?:comments|responses|replies|kommentare|leserkommentare|commentaires|comentarios|"
    r"comentários|commenti|reacties|kommentarer|kommentit|komentarze|komentáře|komentari|"
    r"комментари[ий]|коментар[іи]|yorumlar|şərhlər|댓글|コメント|评论|留言|التعليقات|نظرات|תגובות|σχόλια)"
    r"\W*\d*\W*$"
    r"|^\W*\d+\W+(?:comment|response|reply|kommentar|commentaire|comentario|commento|reactie|"
    r"комментари\w+|yorum|şərh)\W*$"
    r"|^\W*(?:leave a (?:reply|comment)|post a comment|join the discussion|have your say"
    r"|schreibe? einen kommentar|laisser un commentaire|deja (?:un comentario|una respuesta)"
    r"|deixe (?:um comentário|uma resposta)|lascia un commento|оставить комментарий)\W*$",
    re.IGNORECASE,
)


def without_reading(line: str) -> str:
    """Return a line without the time that it takes to read the text: "5 min read"."""
    return _READING.sub("", line) if _DIGIT.search(line) else line
