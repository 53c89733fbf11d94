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
from crawler.extract.outline import Outline, number_of
from storage.article import Block

_ARTICLES: Final = re.compile(r"(?:Article|(?<!Job)Posting|^Report|^Review)$")
_LISTS: Final = frozenset({"CollectionPage", "SearchResultsPage"})
# What a page may state of itself where it states no article.
_STATED: Final = {
    **dict.fromkeys(("CollectionPage", "ItemList", "SearchResultsPage"), "list of articles"),
    **dict.fromkeys(("ProfilePage", "profile"), "profile page"),
    "JobPosting": "job advertisement",
    "ContactPage": "contact page",
    "product": "product page",
}
_FRONT: Final = re.compile(r"/?(?:index\.\w+|home/?|[a-z]{2}/?)?$", re.IGNORECASE)
_FILED: Final = re.compile(
    r"/(?:tags?|categor(?:y|ies)|kategorien?|authors?|autor(?:en|es)?|auteurs?|topics?|themen?"
    r"|search|archives?)/[^/]+/?$",
    re.IGNORECASE,
)
_NUMBERED: Final = re.compile(r"(?:^|&)(?:p|\w*id|article|story|news)=\w", re.IGNORECASE)
_CODE: Final = r"(?:40[034]|410|429|50[0234])"
_ERRORS: Final = re.compile(
    rf"\b(?:error|http|fehler|erreur|code)\W{{0,3}}{_CODE}\b|^\W{{0,3}}{_CODE}\W*(?:$|[-–—|:·•])"
    rf"|\b{_CODE}\W{{0,3}}(?:error|not found|forbidden|gone\b|page\b)"
    r"|\b(?:service (?:is )?(?:temporarily )?unavailable|internal server error|bad gateway)"
    r"|page (?:was |is |could |can)?not (?:be )?found|^\W{0,3}not found|does not exist"
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
_CONSENT: Final = re.compile(
    r"(?:use|uses|using|accept|verwende[nt]|nutzen|akzeptieren|utilis\w+|accepte[rz]|utiliza\w*|"
    r"acept\w+|usiamo|utilizza\w*|gebruik\w*|używa\w*|bruker|använder|käytä\w*|используе\w+)"
    r" .{0,40}\bcookies?\b|we value your privacy|before you continue|çerez|vie privée"
    r"|mit werbung (?:und|weiter)|privatsphäre|クッキー|同意",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"^\W*(?:(?:please )?(?:log|sign) ?(?:in|on)|login|create (?:an |your )?account|register"
    r"|anmelden|einloggen|registrieren|connexion|connectez|se connecter|iniciar sesión|entrar"
    r"|fazer login|accedi|inloggen|logga in|logg inn|log ind|zaloguj|přihlášení|войти|вход"
    r"|giriş yap|daxil ol|تسجيل الدخول|ورود|ログイン|로그인|登录|登入)\b",
    re.IGNORECASE,
)
_TITLES: Final = frozenset(map(number_of, ("h1", "h2", "h3", "h4")))
_HARDLY: Final = 80
_LITTLE: Final = 250
_BRIEF: Final = 600
_NEAR: Final = 40  # passages of a page looked at for its question about cookies
_LINK: Final = 20  # letters of a title at least
_MANY: Final = 6  # announced articles that make a list
_PROSE: Final = 40
_MOSTLY: Final = 0.6
_TEASER: Final = 400  # characters below one link at most


def object_to(
    document: Document, blocks: tuple[Block, ...], headline: str, frame: int | None
) -> str:
    """Say why the page is no article; empty: it is one. `frame`: where its text stands."""
    types = {kind for node in document.lds for kind in types_of(node)}
    stated = document.meta("og:type").lower()
    typed, dated = any(map(_ARTICLES.search, types)), _is_dated(document)
    is_article = typed or stated == "article"
    length = length_of(blocks)
    if not (is_article and dated) and (said := _error(document, blocks, headline)):
        return said
    if length < _LITTLE and _is_video(document, stated, types, shown=length < _HARDLY):
        return "video without text"
    if _is_of_teasers(blocks):
        return "list of articles"
    if typed or (is_article and dated):
        return ""
    # Systems call the list of a tag an article, too, and give it no date.
    listed = not _LISTS.isdisjoint(types) or _is_list(
        document, frame, headline, length, stated=is_article
    )
    if is_article and not listed:
        return ""
    if _is_front(document.url):
        return "front page"
    named = next((_STATED[kind] for kind in _STATED if kind in types or kind == stated), "")
    if named or listed:
        return named or "list of articles"
    return _wanting(document, blocks, headline)


def _error(document: Document, blocks: tuple[Block, ...], headline: str) -> str:
    """Say that a page of few words reports an error; empty: it does not."""
    title = headline or document.meta("og:title")
    beginning = blocks[0].text[:200] if blocks else ""
    if length_of(blocks) >= 2 * _LITTLE or not (
        _ERRORS.search(title) or _ERRORS.search(beginning)
    ):
        return ""
    return f"error page: {title[:80]}"


def _wanting(document: Document, blocks: tuple[Block, ...], headline: str) -> str:
    """Say what stands in the place of a text: a question about cookies, a form to sign in."""
    length = length_of(blocks)
    near = iter(document.outline.texts[:_NEAR])
    shown = (block.text for block in blocks) if length >= _HARDLY else near
    if length < _LITTLE and any(map(_CONSENT.search, shown)):
        return "consent page"
    if length < _LITTLE and _LOGIN.search(headline):
        return "login page"
    if length < _HARDLY:
        return "hardly any text" if length else "no text of an article"
    return ""


def _is_dated(document: Document) -> bool:
    """Tell whether the page states when it was published: what reports an error does not."""
    return bool(document.meta("article:published_time")) or any(
        node.get("datePublished") for node in document.articles
    )


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


def _is_of_teasers(blocks: tuple[Block, ...]) -> bool:
    """Tell texts of other articles, each cut short: "The ministers met again in …"."""
    cut = sum(block.text.endswith(("...", "…", "[…]", "[...]")) for block in blocks)
    return cut >= _MANY and cut > _MOSTLY * len(blocks)


def _is_list(
    document: Document, frame: int | None, headline: str, length: int, *, stated: bool
) -> bool:
    """Tell a list of articles by its looks; `stated`: the page calls itself an article."""
    if _is_led(document, frame, headline) or _is_index(document, frame, within=not stated):
        return True
    return not stated and _is_filed(document, length)


def _is_led(document: Document, frame: int | None, headline: str) -> bool:
    """Tell a page whose text stands under links to other pages, a teaser below each."""
    outline = document.outline
    if frame is None or _announced(outline, headline) < _MANY:
        return False
    inside = outline.within(frame)
    titles = [each for each in inside if outline.numbers[outline.places[each]] in _TITLES]
    own = theirs = 0
    led = not titles and _leads(outline, _title_above(outline, frame), headline)
    for passage in inside:
        length = len(outline.texts[passage].strip())
        if outline.numbers[outline.places[passage]] in _TITLES:
            led = _leads(outline, passage, headline)
        elif length >= _PROSE and outline.linked[passage] <= length // 2:
            own, theirs = (own, theirs + length) if led else (own + length, theirs)
    leads = sum(_leads(outline, each, headline) for each in titles) or 1
    return own < _BRIEF and theirs > own and theirs <= _TEASER * leads


def _is_index(document: Document, frame: int | None, *, within: bool) -> bool:
    """Tell an undated page whose entries are a link each, and a few words on it.

    `within`: the link may stand among the words.
    """
    if frame is None or _is_dated(document):
        return False
    own = theirs = entries = 0
    led = False
    for passage in document.outline.within(frame):
        length = len(document.outline.texts[passage].strip())
        linked = document.outline.linked[passage]
        if linked > 0.8 * length:
            led = led or length >= _LINK
        elif length >= _PROSE:
            begins = led or (within and linked >= max(_LINK, 0.2 * length))
            entries += begins
            own, theirs = (own, theirs + length) if begins else (own + length, theirs)
            led = False
    return entries >= _MANY and 4 * own < theirs <= _TEASER * entries


def _is_filed(document: Document, length: int) -> bool:
    """Tell the page of a tag, an author or a search by its address: it links to articles."""
    if length >= _LITTLE or not _FILED.search(urlsplit(document.url).path):
        return False
    return _announced(document.outline, "") >= _MANY


def _announced(outline: Outline, headline: str) -> int:
    """Return how many headings of the page announce another article."""
    numbers = outline.numbers
    shown = (each for each, place in enumerate(outline.places) if numbers[place] in _TITLES)
    return sum(_leads(outline, each, headline) for each in shown)


def _leads(outline: Outline, passage: int | None, headline: str) -> bool:
    """Tell a heading that is one link, and not the headline: it announces another article."""
    if passage is None or outline.numbers[outline.places[passage]] not in _TITLES:
        return False
    text = " ".join(outline.texts[passage].split())
    return outline.linked[passage] > 0.8 * len(text) and text != headline


def _title_above(outline: Outline, frame: int) -> int | None:
    """Return the heading that stands next above a frame."""
    above = range(outline.firsts[frame] - 1, -1, -1)
    return next(
        (each for each in above if outline.numbers[outline.places[each]] in _TITLES), None
    )
