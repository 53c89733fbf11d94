# ruff: noqa: E501 - rows of words
"""Know how a byline begins in the languages of the press: "By", "Von", "Автор:", "文/"."""

import re
from typing import Final

from crawler.extract.openings import ByLetter, by_letter

_END: Final = r"(?:\s*[:：՝/／｜]\s*|\s+)"
# "记者张三": the name begins at once. A class of so many letters takes 4 ms to compile, or 14
# where case is ignored.
_END_OF_REPORTER: Final = rf"(?:{_END}|(?<=[记記]者)(?-i:(?=[\u4e00-\u9fff]{{2,4}}(?:\W|$))))"
_ROWS: Final = {
    letter: rf"(?:{'|'.join(rows)}){_END_OF_REPORTER if '者' in ''.join(rows) else _END}"
    for letter, rows in by_letter(
        (
            # What begins as another lead-in does stands before it.
            r"(?:test[oi]|textes?|textos?|text) (?:e|et|y|und) (?:fotos?|fotografi\w+|fotografía|photos?|bilder)(?: (?:di|de|par|por|von)|(?=\s*:))",
            "de către", r"(?:door|van)\s+onze\s+\w+",
            r"(?:(?:written|reported|posted|published|updated|(?:story|words|text)(?: (?:and|&) (?:photos?|pictures))?|reporting|analysis|opinion|"
            r"article|compiled|edited|curated|contributed|presented|(?:a )?column|guest post)\s+)?by", "authors?", "byline", "from",
            r"(?:ein(?:e)?\s+\w+\s+)?von", r"(?:eingestellt|gepostet|geschrieben|verfasst|veröffentlicht|erstellt)\s+von",
            r"(?:kolumne|kommentar|analyse|interview|gastbeitrag|bericht|reportage|essay|porträt|rezension|kritik|glosse|leitartikel|protokoll)\s+von",
            "vom", r"redaktion(?=\s*:)", "text", "autor(?:en|in|innen|es|a|zy|i|ka)?",
            "(?:propos recueillis |écrit |publié |posté |article )?par", "auteure?s?", "rédigé par",
            "(?:escrito |publicado )?por", "autoras?", "redacción", "(?:scritto |a cura )?di", "scritto da", "autrice", "autore",
            "(?:geschreven )?door", "auteur", "av", "af", "skre?ve[nt] av", "skriven av", "tekst", "journalist", "kirjoittaja", "höfundur", "tekstas",
            "autorius", "autors", "od", "napisał[a]?", "napisane przez", r"oprac\.?", r"opracowa\w+", "piše", "napisao", "szerző", "írta", "de", "text de",
            "автор[ы]?", "автори", "текст", "от", "подготовил[аи]?", "yazar", "yazan", "muhabir", "haber", "kaynak", "müəllif",
            "hazırladı", "του", "της", "συντάκτης", "κείμενο", "nga",
            "מאת", "نویسنده", "به قلم", "گزارش از", "گفت.?وگو(?:ی)? از", "خبرنگار", "بقلم", "كتب", "كتبت", "الكاتب", "المصدر",
            "ავტორი", "ჟურნალისტი", "հեղինակ", "հեղինակը", "लेखक", "लेखिका", "द्वारा", "रिपोर्टर", "লেখক", "โดย", "ผู้เขียน", "muallif",
            "oleh", "penulis", "tác giả", "(?:取材・)?文", "執筆", "文責", "撰文", "(?:新华社|本报|本報)?(?:记者|記者)", "作者", "글(?:·사진)?", "기자", "by:",
            r"(?:un[ae]?\s+)?(?:article|reportage|chronique|enquête|tribune|crónica|reportaje|entrevista|artículo|columna|reportagem|análise|articolo|intervista|servizio)\s+d[ei]",
            r"dal(?:la)?\s+nostr[oa]\s+\w+", "skrevet af", "scris de", "publicat de",
            "rozmawiał[a]?", "przez", "připravil[a]?", "parengė", "shkruan", "пишува", "беседовал[аи]?", "материал подготовил[аи]?",
            "підготува(?:в|ла|ли)", "γράφει [οη]", "από τ[οη]ν", "επιμέλεια", "ρεπορτάζ", "mwandishi", "egilea", "פורסם על ידי", "إعداد",
            "گزارشگر", "প্রতিবেদক", "pewarta", "teksti", "teksts", "autorė", "autorica", "avtor(?:ica)?", "аутор", "авторк[аи]", "автору", "аўтар",
            # These words are a lead-in with a colon only.
            "(?:texto|periodista|autoria|redakcja|opracowanie|autoři|napsal[a]?|editör|reporter|toimittaja|журналіст|журналист|опубликовал[а]?|дайындаған|тілші)"
            r"(?=\s*[:：])", r"(?:כתבת?|تحرير|مراسل|تقرير|تحریر|رپورٹ|रिपोर्ट|bài(?: và ảnh)?|เรื่อง)(?=\s*[:：])",
        )
    ).items()
}  # fmt: skip
_LEADS: Final = ByLetter(_ROWS, re.IGNORECASE)
_MARKS: Final = re.compile(r"\W*")
_LONGEST_LEAD: Final = 30


def strip_lead(text: str) -> str:
    """Cut "By", "Von", "Автор:" and their like."""
    found = match_lead(text)
    return text[found.end() :] if found else text


def has_lead(text: str) -> bool:
    """Say whether a line begins as a byline does."""
    return match_lead(text) is not None


def is_lead(text: str) -> bool:
    """Say whether a line is a lead-in and nothing else: "By", "Von"."""
    return len(text) <= _LONGEST_LEAD and match_lead(f"{text} ", whole=True) is not None


def match_lead(text: str, *, whole: bool = False) -> re.Match[str] | None:
    """Match a lead-in; only those of the first letter are tried."""
    at = 0 if text[:1].isalnum() else _MARKS.match(text).end()  # type: ignore[union-attr]
    pattern = _LEADS[text[at : at + 1].lower()]
    if pattern is None:
        return None
    return pattern.fullmatch(text, at) if whole else pattern.match(text, at)
