# ruff: noqa: E501 - rows of words
"""Tell a page that reports an error: by a number, its system's word, or its own words for it."""

import re
from typing import Final

from crawler.extract.access import length_of
from crawler.extract.document import Document
from crawler.extract.self_named import SelfNamed
from storage.article import Block

_CODE: Final = r"(?:40[034]|410|429|50[0234])"
_ERRORS: Final = re.compile(
    rf"\b(?:error|http|fehler|erreur|code)\W{{0,3}}{_CODE}\b|^\W{{0,3}}{_CODE}\W*(?:$|[-–—|:·•])"
    rf"|\b{_CODE}\W{{0,3}}(?:error|not found|forbidden|gone\b|page\b)"
    r"|\b(?:service (?:is )?(?:temporarily )?unavailable|internal server error|bad gateway)"
    r"|page (?:.{1,30} )?(?:was |is |could |can)?not (?:be )?found|^\W{0,3}not found"
    r"|does not exist"
    r"|(?:web)?site is (?:currently |temporarily )?(?:under|down for|undergoing) maintenance"
    r"|not available in your (?:country|region|location)|unusual traffic from"
    r"|no longer available|access denied|just a moment|attention required|captcha"
    r"|are you (?:a robot|human)|verify (?:that )?you are|checking your browser"
    r"|seite (?:wurde )?nicht gefunden|introuvable|no encontrad|não encontrad|non trovat"
    r"|niet gevonden|hittades inte|ej hittades|ikke f[uo]n[dn]et|nie znaleziono|nenalezen"
    r"|nie zosta[łl]\w+ (?:od)?znalezion|(?:nebyl\w|nebol\w) n[áa][lj]\w*den|nije prona[đd]en"
    r"|ni (?:bil\w )?najden|nu a fost g[ăa]sit|ei l[öo]ydy|nem tal[áa]lhat|не е намерен"
    r"|није пронађен|δεν βρέθηκε|לא נמצא|tidak (?:dapat )?ditemukan|không tìm thấy"
    r"|ไม่พบ(?:หน้า|บทความ)|(?:पेज|पृष्ठ) नहीं मिला|[页頁]面不存在|找不到.{0,4}[页頁]面"
    r"|გვერდი (?:ვერ|არ)"
    r"|не найден|не знайдено|tapılmadı|bulunamadı|یافت نشد|غير موجود|見つかりません|찾을 수 없",
    re.IGNORECASE,
)
_CODED: Final = re.compile(
    rf"\b(?:error|http|fehler|erreur|errore?|błąd|ошибка|помилка|hata|xəta|خطا[یي]?|خطأ)\W{{0,3}}{_CODE}\b"
    rf"|^\W{{0,3}}{_CODE}\b.{{0,3}}$|\b{_CODE}\W{{0,3}}(?:not found|error)",
    re.IGNORECASE,
)
_PARTS: Final = re.compile(r"\s+[-–—|·•:]\s+")
_LONGEST_ERROR: Final = 30
_LONGEST_LINE: Final = 120
# What such a page says in small letters, however it says it: two rows may stand in an article,
# three do not.
_GONE: Final = tuple(
    re.compile(row.replace("ı", "[ıi]"))
    for row in (
        # what you are looking for
        r"you(?:['’]re| are| were)? (?:looking|searching|trying)|you (?:have )?requested|sie (?:suchen|gesucht|aufrufen)|gesuchte|aufgerufene"
        r"|vous (?:recherchez|cherchez|avez demandé)|demandée|que (?:buscas?|est[áa]s? buscando|(?:você |voce )?procuras?|(?:você )?está procurando|intentas?)"
        r"|solicitad[oa]|(?:stai|state) cercando|che (?:cerchi|cercavi)|richiest[oa]|die (?:je|u) zoekt|du (?:söker|letar|leter|leder|prøver)"
        r"|etsimääsi|której szukasz|którego szukasz|szukan[aey]|(?:kterou|které|ktorú) (?:hledáte|hľadáte)|hledan[áéý]|keresett|pe care [oî]l? ?c[ăa]ut|căutat[ăe]"
        r"|(?:вы )?(?:ищете|запрашива\w+|запрошенн\w+)|(?:ви )?шука(?:єте|ли)|запитувана|іздеген|сұраған|aradığınız|ulaşmak istediğiniz|axtardığınız"
        r"|(?:που )?(?:αναζητ|ψάχνετε)|(?:anda|kamu) cari|yang dicari|bạn (?:đang )?tìm|(?:आप|जिस).{1,30}(?:खोज|ढूंढ|तलाश)|খুঁজ|ที่คุณ|מחפש|تبحث عن|المطلوب|به دنبال|درخواستی|търсите|тражите|tražite|ეძებ|փնտրում|お探し|您(?:要|所)?(?:查找|访问|寻找|要找)|찾으시는|요청하신",
        # is not here
        r"(?:not|n['’]t|no longer) (?:be )?(?:exist|found|find|here|available)|existiert nicht|nicht (?:mehr )?(?:gefunden|verfügbar|vorhanden)"
        r"|n['’]existe|introuvable|no existe|no (?:se )?(?:ha )?(?:podido )?encontr|não (?:existe|foi encontrad)|non (?:esiste|è (?:stata |più )?(?:trovat|disponibil))"
        r"|bestaat niet|niet gevonden|finns inte|hittades inte|finnes ikke|findes ikke|ikke funnet|ei (?:löydy|ole)|nie (?:istnieje|znale)|neexistuje|nenalezen"
        r"|nem (?:létezik|található)|nu (?:există|a fost)|не (?:существует|найден)|не (?:існує|знайдено)|табылмады|жоқ|bulunam|mevcut değil|mövcud deyil|tapılmadı"
        r"|δεν (?:υπάρχει|βρέθηκε)|tidak (?:ada|ditemukan|tersedia)|không (?:tồn tại|tìm thấy)|मौजूद नहीं|नहीं (?:मिल|है)|পাওয়া যায়নি|ไม่พบ|לא (?:קיים|נמצא)|غير موجود|وجود ندارد|یافت نشد|не (?:съществува|постоји|е намерен|беше намерен)|није пронађен|ne postoji|nije pronađen|არ არსებობს|ვერ მოიძებნა|գոյություն չունի|չի գտնվել|見つかりません|存在しません|不存在|找不到|없습니다",
        # it was moved or removed
        r"\b(?:re)?moved|deleted|taken (?:down|offline)|expired|renamed|verschoben|gelöscht|entfernt|umgezogen|déplacé|supprimé|movid[oa]|eliminad|borrad|retirad[oa]|removid|mudou de"
        r"|spostat|rimoss|cancellat|verplaatst|verwijderd|flyttat|tagits bort|raderat|flyttet|fjernet|slettet|poistettu|siirretty|przeniesion|usunięt|przesunut|přesunut|odstraněn|smazán"
        r"|presunut|odstránen|áthelyez|eltávolít|töröl|mutat[ăa]|șters|удал[её]н|перемещ|перенес|видален|переміщ|жойыл|көшіріл|өшіріл|taşın|kaldırıl|silin|köçürül"
        r"|μετακιν|μεταφερ|διαγραφ|dipindah|dihapus|di chuyển|xóa|हटा|स्थानांतरित|সরানো|মুছে|ย้าย|ลบ|הוסר|הועבר|حذف|نقل|منتقل|премест|премешт|премјешт|премахнат|уклоњен|premješt|premešt|uklonjen|obrisan|წაშლ|გადატან|տեղափոխ|ջնջ|移動|削除|移动|删除|移除|이동|삭제",
        # the address may be wrong
        r"\b(?:address|url|link)\b|adresse|dirección|endereço|indirizzo|\badres\b|adress|osoite|adresu?|\bcím|адрес|мекенжай|ünvan|διεύθυνση|alamat|địa chỉ|पता|यूआरएल|ठिकाना|ที่อยู่|כתובת|קישור|العنوان|الرابط|آدرس|نشانی|адресу|adresu|მისამართ|հասցե|网址|網址|链接|アドレス|주소|enlace|\blien\b|посилання|ссылк|odkaz|odnośnik|bağlantı",
    )
)
_BEGINNING: Final = 400
_ENOUGH: Final = 3
_LITTLE: Final = 500
_SHORT: Final = 1500


def error_of(
    document: Document, blocks: tuple[Block, ...], headline: str, named: SelfNamed
) -> str:
    """Say that a page of few words reports an error; empty: it does not.

    One that is not to be listed, or that its system calls lost, may recommend what it likes.
    """
    title = headline or document.meta("og:title")
    beginning = blocks[0].text[:200] if blocks else ""
    if named.lost or (named.unlisted and _shows_error(document, named)) or _is_numbered(named):
        return f"error page: {(named.title or title)[:80]}"
    length = length_of(blocks)
    little = length < _LITTLE and (_ERRORS.search(title) or _ERRORS.search(beginning))
    if little or (length < _SHORT and not named.dated and _is_gone(blocks)):
        return f"error page: {title[:80]}"
    return ""


def _is_gone(blocks: tuple[Block, ...]) -> bool:
    """Tell a page that says in its own words that what the reader wants is not here."""
    beginning = "\n".join([block.text for block in blocks[:3]])[:_BEGINNING]
    folded = beginning.lower().replace("i̇", "i")  # of a capital of Turkish
    misses = 0
    for words in _GONE:
        misses += words.search(folded) is None
        if misses > len(_GONE) - _ENOUGH:
            return False
    return True


def _is_numbered(named: SelfNamed) -> bool:
    """Tell a title of which one part is an error's number and little else: "Erreur 404"."""
    if not _CODED.search(named.title):
        return False
    parts = _PARTS.split(named.title)
    return any(_CODED.search(part) and len(part) <= _LONGEST_ERROR for part in parts)


def _shows_error(document: Document, named: SelfNamed) -> bool:
    """Tell a page that is not to be listed and says in its title or a line what went wrong."""
    if _ERRORS.search(named.title):
        return True
    short = (text for text in document.outline.texts if len(text) < _LONGEST_LINE)
    return any(map(_CODED.search, short))
