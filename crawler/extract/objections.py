"""Say what a page is when it is no article.

A page that calls itself an article is believed unless it holds next to nothing; one that does
not is judged by its address, its words and whether its text stands under links to other pages.
To refuse an article costs more than to keep a page that is none.
"""

import re
from typing import Final
from urllib.parse import urlsplit

from crawler.extract.access import length_of
from crawler.extract.document import Document
from crawler.extract.json_ld import types_of
from crawler.extract.lists import is_dated, is_list, is_of_teasers
from crawler.extract.self_named import SelfNamed
from storage.article import Block

_ARTICLES: Final = re.compile(r"(?:Article|(?<!Job)(?<!Forum)Posting|^Report|^Review)$")
_LISTS: Final = frozenset({"CollectionPage", "SearchResultsPage"})
# What a page may state of itself where it states no article.
_STATED: Final = {
    **dict.fromkeys(("CollectionPage", "ItemList", "SearchResultsPage"), "list of articles"),
    **dict.fromkeys(("ProfilePage", "profile"), "profile page"),
    "JobPosting": "job advertisement",
    "ContactPage": "contact page",
    "AboutPage": "page about the outlet",
    "DiscussionForumPosting": "forum thread",
    "QAPage": "forum thread",
    **dict.fromkeys(("ImageGallery", "MediaGallery"), "gallery"),
    **dict.fromkeys(("product", "Product"), "product page"),
    "Event": "announcement of an event",
}
_FRONT: Final = re.compile(r"/?(?:index\.\w+|home/?|[a-z]{2}/?)?$", re.IGNORECASE)
_NUMBERED: Final = re.compile(r"(?:^|&)(?:p|\w*id|article|story|news)=\w", re.IGNORECASE)
_CODE: Final = r"(?:40[034]|410|429|50[0234])"
_ERRORS: Final = re.compile(
    rf"\b(?:error|http|fehler|erreur|code)\W{{0,3}}{_CODE}\b|^\W{{0,3}}{_CODE}\W*(?:$|[-–—|:·•])"
    rf"|\b{_CODE}\W{{0,3}}(?:error|not found|forbidden|gone\b|page\b)"
    r"|\b(?:service (?:is )?(?:temporarily )?unavailable|internal server error|bad gateway)"
    r"|page (?:.{1,30} )?(?:was |is |could |can)?not (?:be )?found|^\W{0,3}not found"
    r"|does not exist"
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
_CONSENT: Final = re.compile(
    r"(?:use|uses|using|accept|verwende[nt]|nutzen|akzeptieren|utilis\w+|accepte[rz]|utiliza\w*|"
    r"acept\w+|usiamo|utilizza\w*|gebruik\w*|używa\w*|bruker|använder|käytä\w*|используе\w+)"
    r" .{0,40}\bcookies?\b|we value your privacy|before you continue|çerez|vie privée"
    r"|mit werbung (?:und|weiter)|privatsphäre|クッキー|同意",
    re.IGNORECASE,
)
_PAY_OR_CONSENT: Final = re.compile(
    r"(?:weiter(?:lesen)?|lesen) mit werbung|mit werbung (?:weiter)?lesen"
    r"|(?:lire|continuer|accéder)(?: .{1,20})? avec (?:la )?publicité"
    r"|(?:seguir|continuar|leer|ler) co[nm] publicidade?"
    r"|(?:leggi|continua|accedi) con (?:la )?pubblicità|with (?:ads|advertising) or subscribe",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"^\W*(?:(?:please )?(?:log|sign) ?(?:in|on)|login|create (?:an |your )?account|register"
    r"|anmelden|einloggen|registrieren|connexion|connectez|se connecter|iniciar sesión|entrar"
    r"|fazer login|accedi|inloggen|logga in|logg inn|log ind|zaloguj|přihlášení|войти|вход"
    r"|giriş yap|daxil ol|تسجيل الدخول|ورود|ログイン|로그인|登录|登入)\b",
    re.IGNORECASE,
)
_HARDLY: Final = 80
_LITTLE: Final = 250
_NEAR: Final = 40  # passages of a page looked at for its question about cookies


def object_to(
    document: Document, blocks: tuple[Block, ...], headline: str, frame: int | None
) -> str:
    """Say why the page is no article; empty: it is one. `frame`: where its text stands."""
    types = {kind for node in document.lds for kind in types_of(node)}
    stated = document.meta("og:type").lower()
    typed, dated = any(map(_ARTICLES.search, types)), is_dated(document)
    believed = dated and (typed or stated == "article")
    named = SelfNamed(document)
    if not believed and (said := _error(document, blocks, headline, named)):
        return said
    length = length_of(blocks)
    if length < _LITTLE and _is_video(document, stated, types, shown=length < _HARDLY):
        return "video without text"
    if length < 2 * _LITTLE and not dated and named.plays:
        return "video without text"
    if is_of_teasers(blocks):
        return "list of articles"
    if typed or believed:
        return ""
    if not dated and (said := named.of_house(headline)):
        return said
    is_article = stated == "article"
    # Systems call the list of a tag an article, too, and give it no date.
    listed = named.gathers or not _LISTS.isdisjoint(types)
    listed = listed or is_list(document, frame, headline, length, stated=is_article)
    if is_article and not listed:
        return ""
    return _told(document.url, named, types | {stated}, listed=listed) or _wanting(
        document, blocks, headline, named
    )


def _told(url: str, named: SelfNamed, types: set[str], *, listed: bool) -> str:
    """Say what a page is by its address or what it states; empty: neither tells."""
    if _is_front(url) and not named.gathers:
        return "front page"
    told = next((_STATED[kind] for kind in _STATED if kind in types), "")
    return told or ("list of articles" if listed else "")


def _error(
    document: Document, blocks: tuple[Block, ...], headline: str, named: SelfNamed
) -> str:
    """Say that a page of few words reports an error; empty: it does not.

    One that is not to be listed, or that its system calls lost, may recommend what it likes.
    """
    title = headline or document.meta("og:title")
    beginning = blocks[0].text[:200] if blocks else ""
    if named.lost or (named.unlisted and _shows_error(document, named)) or _is_numbered(named):
        return f"error page: {(named.title or title)[:80]}"
    if length_of(blocks) >= 2 * _LITTLE or not (
        _ERRORS.search(title) or _ERRORS.search(beginning)
    ):
        return ""
    return f"error page: {title[:80]}"


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


def _wanting(
    document: Document, blocks: tuple[Block, ...], headline: str, named: SelfNamed
) -> str:
    """Say what stands in the place of a text: a question about cookies, a form to sign in."""
    length = length_of(blocks)
    near = iter(document.outline.texts[:_NEAR])
    shown = (block.text for block in blocks) if length >= _HARDLY else near
    little = length < _LITTLE
    if (little and any(map(_CONSENT.search, shown))) or _asks_for_consent(headline, named):
        return "consent page"
    if (little or named.unlisted) and _LOGIN.search(headline):
        return "login page"
    if length < _HARDLY:
        return "hardly any text" if length else "no text of an article"
    return ""


def _asks_for_consent(headline: str, named: SelfNamed) -> bool:
    """Tell a question about cookies or advertising that takes up the page, at any length."""
    if _PAY_OR_CONSENT.search(headline):
        return True
    return named.unlisted and "cookie" in f"{named.title} {headline}".lower()


def _is_video(document: Document, stated: str, types: set[str], *, shown: bool) -> bool:
    """Tell a page that is a video; a player alone says so only where there is no text."""
    if stated.startswith("video") or "VideoObject" in types:
        return True
    return shown and document.tree.css_first("video") is not None


def _is_front(url: str) -> bool:
    address = urlsplit(url)
    if not address.hostname or _NUMBERED.search(address.query):
        return False  # ?p=123 is an article's address
    return _FRONT.fullmatch(address.path) is not None
