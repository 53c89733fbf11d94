"""Judge by tag, class and id whether a part of the page is the article's own text.

Whole class tokens are matched, never pieces of them: `without-sidebar` and `tag-sport` say
nothing. A verdict is only ever evidence: how much text it may remove is for the caller.
"""

import re
from functools import lru_cache
from typing import Final

from selectolax.lexbor import LexborNode

from crawler.extract.outline import number_of

_OUT_TAGS: Final = frozenset(
    map(
        number_of,
        ("footer", "aside", "form", "figure", "figcaption", "address", "fieldset", "caption"),
    )
)
_PARAGRAPH: Final = number_of("p")
_ROLES: Final = frozenset(
    {"complementary", "navigation", "dialog", "alertdialog", "search", "contentinfo", "menu"}
)
_WORD: Final = (
    r"comments?|cmts?|commentlist|disqus|replies|respond|related|recommend(?:ed|ations?)?|newsletters?|"
    r"subscribe|subscriptions?|share|shares|sharing|sharebar|socials?|promos?|promotion|adverts?|"
    r"advertisements?|ads?|advertising|banner|sponsored|sponsor|outbrain|taboola|popular|trending|"
    r"most-?read|teasers?|read-?more|also-?read|read-?next|read-?also|see-?also|more-?news|"
    r"more-?stories|more-?on|sidebar|breadcrumbs?|menu|navigation|navbar|nav|footer|cookies?|"
    r"consent|gdpr|login|signup|sign-up|captions?|credits?|byline|author-?bio|author-?box|"
    r"author-?info|about-?author|authors?|writers?|support|tags?|taglist|topics?|toolbar|widgets?|modal|popup|"
    r"infobox|factbox|fact-box|gallery|slideshow|carousel|copyright|disclaimer|"
    r"visually-?hidden|sr-only|screen-reader-text|hidden|print-?only|no-?print|pagination|pager|"
    r"latest|up-?next|jp-relatedposts|wp-caption-text|embed|embeds|(?:fb|facebook|vk|telegram|threads)-post|right-?rail|"
    r"timestamp|dateline|meta|metadata|(?:single-?)?post-?meta|entry-?meta|rating|ratings|"
    r"poll|quiz|donat(?:e|ions?)|app-?download|follow-?us|correction-?form|feedback|"
    r"paywall-(?:box|promo|teaser|banner|prompt|overlay|barrier)|bio|author-?details|"
    r"(?:social-|embed-|consent-)placeholder|gating|next-?(?:post|story|article)|(?:company|partners?)-news|"
    r"(?:post|teaser|news|article|story|related|promo|media|link|preview)-cards?|piano|offer|cta|call-to-action|table-of-contents|player|video-?player|audio-?player|"
    r"onward|recirc|recirculation|marketing|kicker|eyebrow|rubric|tooltip|not-prose|pull-?quotes?(?:-quote)?|"
    r"shariff|addtoany|sharethis|addthis|sharedaddy|yarpp|mc4wp(?:-form)?|mailpoet|optin|opt-in|"
    r"(?:ez-|lwp)?toc|artboards?|ai2html|audio-?player|speechkit|readspeaker|reading-?time|read-?time"
)
# The same in the words of other languages' newsrooms, as they stand in class names.
_FOREIGN: Final = (
    r"werbung|anzeigen?|verwandte?|mehr-zum-thema|weitere-artikel|empfehlung(?:en)?|autor(?:en|in|es|a)?|"
    r"kommentare?|teilen|bildunterschrift|publicite|partage|partager|commentaires?|auteurs?|a-lire|"
    r"lire-aussi|voir-aussi|abonnement|articles-lies|publicidad|anuncios?|relacionad[oa]s?|compartir|"
    r"comentarios|lea-tambien|lee-tambien|leer-mas|te-puede-interesar|suscripcion|etiquetas|firmas?|dona(?:r|ciones)?|spenden?|"
    r"publicidade|compartilhar|leia-(?:mais|tambem)|veja-(?:mais|tambem)|saiba-mais|pubblicita|"
    r"condividi|correlati|commenti|leggi-(?:anche|tutto)|reclame|advertenties?|nieuwsbrief|lees-(?:ook|meer)|"
    r"gerelateerd|reacties|annons(?:er)?|annonser?|relater(?:at|te?|ede)|las-mer|les-(?:ogsaa?|mer)|"
    r"laes-(?:ogsaa|mere)|fakta(?:boks|ruta)?|kommentarer|mainos|lue-myos|reklam[ay]?|powiazane|podobne|"
    r"czytaj-(?:tez|wiecej|takze)|zobacz-(?:tez|takze)|komentarze|udostepnij|polecane|tagi|"
    r"souvisejici|diskuze|sdileni|povezan[eoi]|komentari|oglasi?|vezane-vijesti|procitajte|citeste(?:-si)?|"
    r"reclama|comentarii|vezi-si|hirdetes|kapcsolodo|hozzaszolasok|ilgili(?:-haberler)?|yorumlar?|"
    r"etiketler|paylas|onerilen|benzer-haberler|oxsar(?:-xeberler)?|ramka|infokasten|kasten|faktakasse"
    r"|encadre|recuadro|despiece|riquadro|bilgi-kutusu|sonraki-haber|ifade"
)
_TOKEN: Final = re.compile(
    rf"(?:[a-z0-9]+-){{0,5}}(?:{_WORD}|{_FOREIGN})"
    r"(?:-(?:list|box|boxes|wrapper|wrap|container|block|section|area|widget|form|inner|bar|"
    r"links?|items?|buttons?|icons?|text|content|articles?|posts?|stories|news|module|title|"
    r"head|header|heading|holder|group|panel|row|body|info|component|card|cards|strip|small|large|"
    r"medium|big|wide|inline|desktop|mobile|description|desc|image|role|name|label|slot|unit))?(?:-\d+)?"
)
_KEPT: Final = re.compile(
    r"^(?:tag|category|field|js|post|type|is|not(?!-prose$))-|(?:^|-)(?:with|without|has|no|hide|enabled)-"
    # Page builders call every part of a page a widget; a title is its box's, ruled out or not.
    r"|^(?:elementor|panel)-widget(?:-(?:container|wrap|heading|text|title|inner|style))?$"
    r"|^widget-(?:title|heading|head)$"
)
_COMMENTS: Final = re.compile(
    r"\bcomments?\b|commentlist|comment-|disqus|\breplies\b|\b(?:leser)?kommentare?\b|kommentarer"
    r"|\bcommentaires?\b|comentarios\b|\bcommenti\b|reacties\b|komentarze|komentari\b|comentarii"
    r"|diskuze|hozzaszolasok|yorumlar",
    re.IGNORECASE,
)
_LETTERS: Final = re.compile(r"(?<=[a-z])(?=[A-Z])")
# What a builder of style sheets hangs on a name: "Poll_box__0I_DP", "_poll_1x2y3_14",
# "Poll-sc-1abc23-0". Names that people write ("poll__title") have no capital or figure there.
_GENERATED: Final = re.compile(
    r"__(?=[\w-]*[A-Z\d])[\w-]{5}$|_(?=\w*\d)[a-z\d]{5}_\d+$|-sc-[a-z\d]{4,8}-\d+$"
)
_CONCEALED: Final = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)
_MOST_TOKENS: Final = 40


_BODY: Final = re.compile(
    r"(?!not-)(?:[a-z0-9]+-){0,4}(?:articlebody|prose|rich-?text|wysiwyg"
    r"|field-(?:name-)?body|item-body|(?:single|node|content)-(?:body|content)"
    r"|cuerpo(?:-(?:noticia|nota|articulo|texto))?|(?:article|story|entry|post|news|page)-?"
    r"(?:body|content|text|main-text|copy|texto|corpo|inhalt|contenido))"
    r"(?:-(?:text|content|inner|container|wrapper|body|main))?"
)


def named_body(attributes: dict[str, str | None]) -> bool:
    """Tell whether a node is marked as the body of an article."""
    if "articlebody" in (attributes.get("itemprop") or "").lower():
        return True
    return _names_body(name_of(attributes))


@lru_cache(maxsize=1 << 12)
def _names_body(name: str) -> bool:
    return any(
        _BODY.fullmatch(_token(raw))
        for raw in name.split(None, _MOST_TOKENS)[:_MOST_TOKENS]
        if len(raw) <= 80
    )


@lru_cache(maxsize=1 << 14)
def named_out(name: str) -> bool:
    """Tell whether a class or id attribute says that the text is not the article's own."""
    for raw in name.split(None, _MOST_TOKENS)[:_MOST_TOKENS]:
        if len(raw) > 80:
            continue
        token = _token(raw)
        if not _KEPT.match(token) and _TOKEN.fullmatch(token):
            return True
    return False


def _token(name: str) -> str:
    """Return one name of a class as its words in small letters, a hyphen between them."""
    bare = _GENERATED.sub("", name) if "_" in name or "-sc-" in name else name
    return _LETTERS.sub("-", bare).replace("_", "-").replace("--", "-").strip("-").lower()


def name_of(attributes: dict[str, str | None]) -> str:
    """Return a node's class and id as one string."""
    return f"{attributes.get('class') or ''} {attributes.get('id') or ''}"


def is_out(node: LexborNode, tag: int) -> bool:
    """Tell whether tag (its number), class, id or a hidden attribute rule a node out."""
    if tag in _OUT_TAGS:
        return True
    attributes = node.attributes
    if not attributes:
        return False
    get = attributes.get
    classes = get("class")
    if classes and len(attributes) == 1:
        return named_out(classes)  # no more is said of most nodes
    if "hidden" in attributes or (get("aria-hidden") == "true" and tag != _PARAGRAPH):
        return True  # a paragraph may be kept from readers' machines until they have paid
    if get("role") in _ROLES:
        return True
    style = get("style")
    if style and _CONCEALED.search(style):
        return True
    name = get("id")
    return bool((classes and named_out(classes)) or (name and named_out(name)))


def is_comments(node: LexborNode) -> bool:
    """Tell whether a node is named as readers' comments."""
    return _names_comments(name_of(node.attributes))


@lru_cache(maxsize=1 << 12)
def _names_comments(name: str) -> bool:
    return _COMMENTS.search(name) is not None and named_out(name)
