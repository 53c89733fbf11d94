"""Know the lines that date an article, keep its rights or speak of the outlet, by their signs.

How other lines that are no part of an article begin stands in phrases.py.
"""

import re
from typing import Final

from crawler.extract.signs import holds_any

# A line that is a time or a date and nothing else.
STAMP: Final = re.compile(
    r"^\W{0,3}\d{1,2}[:.]\d{2}\b(?!\.\d)"
    r"|\b\d{1,2}[:.]\d{2}(?:\s?(?:[ap]\.?m\.?|uhr|h|[A-Z]{3,4}))?\W{0,2}$"
    r"|^\d{1,2}[./]\s?\d{1,2}[./]\s?\d{4}\W{0,2}$|^(?:\w+,? )?\w+ \d{1,2},? \d{4}$"
    r"|^\W{0,3}(?:vor|il y a|hace|há) \d{1,2} \w{1,10}\W{0,2}$"
    r"|^\W{0,3}\d{1,2} \w{1,12} (?:ago|fa|atrás|назад|тому|önce|əvvəl)\W{0,2}$",
    re.IGNORECASE,
)
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
# What stands at the end of an article and speaks of the outlet, not of the matter: of each
# phrase, in small letters, the part that is always in it, for a pattern is asked with it alone.
_CALLS: Final = tuple(
    (sign, re.compile(pattern))
    for sign, pattern in (
        ("newsletter", r"\bnewsletters?\b"),
        ("subscri", r"\bsubscri(?:be|ption)"),
        ("sign", r"\bsign(?:ing)? up\b"),
        (" inbox", r"\b(?:your|their) inbox\b"),
        (
            "follow ",
            r"\bfollow .{1,40}\bon (?:twitter|x\b|facebook|instagram|google|linkedin|tiktok"
            r"|bluesky)",
        ),
        ("have a tip", r"\bhave a tip\b"),
        ("get in touch ", r"\bget in touch (?:with|by|at)\b"),
        ("abgerufen am", r"\babgerufen am\b"),
        ("abonnier", r"\babonnier(?:en|e? (?:den|unseren|jetzt))\b"),
        ("comment policy", r"\bcomment policy\b"),
        ("mail ", r"\be-?mail .{1,60}(?:@| at )"),
        ("contact ", r"\bcontact .{1,60}(?:@| at )"),
        ("reach ", r"\breach .{1,60}(?:@| at )"),
        ("contributed ", r"\bcontributed (?:to this|reporting)"),
        ("affiliate", r"\baffiliate[ -](?:commissions?|links?|partner)"),
        ("may earn ", r"\bmay earn .{0,20}\bcommissions?\b"),
        ("download ", r"\bdownload (?:the|our) app\b"),
        ("join ", r"\bjoin (?:the|our) (?:conversation|whatsapp|channel)"),
        ("hat ihnen dieser artikel", r"\bhat ihnen dieser artikel\b"),
        ("unterstützen sie uns", r"\bunterstützen sie uns\b"),
        ("inscrivez-vous", r"\binscrivez-vous\b"),
        ("abonnez-vous", r"\babonnez-vous\b"),
        ("aux abonnés", r"\bréservée? aux abonnés"),
        ("suscr", r"\bsuscr[ií]b"),
        ("síguenos", r"\bsíguenos\b"),
        ("iscriviti", r"\biscriviti\b"),
        ("seguici", r"\bseguici\b"),
        ("sumate desde ", r"\bsumate desde "),
        ("inscreva-se", r"\binscreva-se\b"),
        ("siga-nos", r"\bsiga-nos\b"),
        ("abonneer", r"\babonneer\b"),
        ("prenumerera", r"\bprenumerera\b"),
        ("подпис", r"подпис(?:ывайтесь|аться|итесь)"),
        ("отпис", r"\bотписаться (?:можно|в любой)"),
        ("unsubscribe", r"\bunsubscribe (?:at any time|any ?time|whenever)"),
        ("підпис", r"підпис(?:уйтесь|атися)"),
        ("abunə ol", r"\babunə ol"),
        ("abone ol", r"\babone ol"),
        ("会員登録", "会員登録"),
    )
)
# How it says at the end where it has its news from.
SOURCES: Final = re.compile(
    r"\W?(?:(?:additional )?reporting (?:and writing )?by\b"
    r"|contributing:|(?:article|words) by "
    r"|(?:übersetzung|redaktion|schlussredaktion|mitarbeit|translation|translated by|traduction"
    r"|traducción|tradução|traduzione|перевод)(?: by| del? \w+)?\s?:"
    r"|(?:quelle|fuente|fonte|bron|källa|kilde|lähde|źródło|zdroj|forrás|sursa|izvor|πηγή|источник"
    r"|джерело|извор|източник|kaynak|mənbə|المصدر|منبع|מקור|स्रोत|সূত্র|ที่มา|nguồn|sumber|出典|来源|來源|출처"
    r"|წყარო|աղբյուր)\s?[:：]"
    r"|mit (?:agentur)?material|mit informationen (?:von|der)|avec (?:l.)?(?:afp|agence)"
    r"|con (?:agencias|información de)|com (?:agências|informações d)|with (?:agencies|wires))"
)
# How the Korean press signs: a name, "reporter", where to write to.
REPORTER: Final = re.compile(
    r"(?:[가-힣]{2,4}[ ,·]{1,2}){0,2}[가-힣]{2,4} ?(?:선임|인턴|전문)?(?:기자|특파원)"
    r"(?:\s*=?\s*\S+@\S+)?"
)
ADDRESS: Final = re.compile(r"(?:https?://|www\.)\S+")
# A line in small letters that says who took a picture, and nothing else.
CREDIT: Final = re.compile(
    r"^\W{0,3}(?:(?:photos?|images?|pictures?|pics?|foto(?:\(s\)|s)?|bild(?:er)?|bildquelle|kuva"
    r"|mynd|zdjęcie|fot|фото|снимка|fotoğraf|şəkil|写真|사진|(?:photo|image|picture) credits?"
    r"|crédit photo|imagen|imagem|immagine)(?: by)?\s*[:：/]|©|\(c\) )[^.!?]{2,60}$",
)
# The end, in small letters, of a caption among the paragraphs: "(AP Photo/Ann Berg)".
CAPTIONED: Final = re.compile(
    r"[(\[](?:(?:ap|afp|epa|reuters|file|tt|ntb) )?"
    r"(?:photo|foto|image|bild|picture|фото|şəkil|fotoğraf)s?\s?"
    r"(?:[:/|©]|by\b|credit\b|courtesy\b|via\b)[^()\[\]]{0,80}[)\]]\W{0,3}$"
    r"|(?:[.!?…»”|]\s*|\s[–—(-]\s?)"
    r"(?:photos?|fotos?|bild|images?|imagen|imagem|immagine|фото|fotoğraf|şəkil|kuva|zdjęcie)"
    r"(?: by| credit| courtesy of)?\s?[:：/]\s?[^.!?:]{2,60}$"
    r"|(?:©|\bgetty images|\bshutterstock|\bepa-efe|\bpicture alliance)[^.!?]{0,30}$"
)
CAPTION_SIGNS: Final = (
    "photo", "foto", "bild", "image", "imag", "фото", "şəkil", "kuva", "zdj", "©", "shutterst",
    "epa-efe", "picture", "immagine",
)  # fmt: skip
# What stands over the readers' comments, in small letters: "12 comments", "leave a reply".
COMMENTS: Final = re.compile(
    r"^\W*(?:\d+\W+)?(?:(?:top|all|latest|reader|leser|user|recent|new|view|show|most|rated|popular|"
    r"newest|alle|neue|neueste|les|vos|los|todos|i|os|все|всі)\W+){0,3}"
    r"(?:comments|responses|replies|kommentare|leserkommentare|commentaires|comentarios|"
    r"comentários|commenti|reacties|kommentarer|kommentit|komentarze|komentáře|komentari|"
    r"комментари[ий]|коментар[іи]|пікірлер|yorumlar|şərhlər|댓글|コメント|评论|評論|留言|التعليقات|تعليقات|نظرات"
    r"|دیدگاه‌ها|تبصرے|תגובות|σχόλια|hozzászólások|comentarii|diskuze|diskusia|коментари|კომენტარები"
    r"|մեկնաբանություններ|टिप्पणियाँ|टिप्पणियां|प्रतिक्रिया|মন্তব্য|ความคิดเห็น|bình luận|komentar|maoni)"
    r"\W*\d*\W*$"
    r"|^\W*\d+\W+(?:comment|response|reply|kommentar|commentaire|comentario|commento|reactie|"
    r"комментари\w+|yorum|şərh)\W*$"
    r"|^\W*(?:leave a (?:reply|comment)|post a comment|join the discussion|have your say"
    r"|schreibe? einen kommentar|laisser un commentaire|deja (?:un comentario|una respuesta)"
    r"|deixe (?:um comentário|uma resposta)|lascia un commento|оставить комментарий)\W*$",
)

_MINUTES: Final = ("min", "мин", "хв", "dk", "dəq", "分", "분", "דק", "دقیقه", "دقائق")


def without_reading(line: str) -> str:
    """Return a line without the time that it takes to read the text: "5 min read"."""
    return _READING.sub("", line) if holds_any(line.lower(), _MINUTES) else line


def speaks_of_outlet(folded: str) -> bool:
    """Tell whether a text in small letters speaks of the outlet: its newsletter, its app."""
    for sign, pattern in _CALLS:  # noqa: SIM110 - a generator's turns are half of the time
        if sign in folded and pattern.search(folded):
            return True
    return False
