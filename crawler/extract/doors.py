# ruff: noqa: E501 - rows of words
"""Know a page that stands where an article was asked for: to sign in, to consent, to subscribe.

Asked of pages without a day only: an article about cookies or subscriptions has one.
"""

import re
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.extract.access import length_of
from crawler.extract.document import Document
from crawler.extract.self_named import SelfNamed
from storage.article import Block, BlockKind

# Where the reader is sent afterwards: "?return=%2Fpolitics%2F1234".
_AFTERWARDS: Final = re.compile(
    r"(?:^|&)(?:return\w*|redirect\w*|continue|next|goto|dest(?:ination)?|back\w*|target)=(?:/|%2f|https?)|(?:^|&)ref=(?:/|%2f)",
    re.IGNORECASE,
)
_SIGN_IN: Final = (
    r"log-?in|log-?on|sign-?in|sign-?up|regist(?:er|ration|rieren|rierung|ro|razione|racja)|anmelden|anmeldung|einloggen"
    r"|connexion|se-connecter|inscription|iniciar-sesion|ingresar|acceso|entrar|cadastro|accedi|accesso|inloggen|aanmelden"
    r"|logga-in|logg-inn|log-ind|kirjaudu|zaloguj|logowanie|rejestracja|prihlaseni|prihlasenie|bejelentkezes|autentificare"
    r"|vhod|giris|giris-yap|uye-ol|daxil-ol|qeydiyyat|auth|account/login"
)
_OFFERS: Final = (
    r"subscri(?:be|ptions?)|offers?|abos?|abonnements?|abonnieren|abonne[rzs]?|sabonner|suscripcion(?:es)?|suscribete"
    r"|assine|assinaturas?|assinar|abbonament[io]|abbonati|prenumerata|prenumerera|subskrypcja|predplatne|elofizetes"
    r"|podpiska|peredplata|abonelik|abone-ol|abune|langganan|berlangganan"
)
_SIGN_IN_ADDRESS: Final = re.compile(rf"/(?:{_SIGN_IN})(?:\.\w+)?/?$", re.IGNORECASE)
_OFFERS_ADDRESS: Final = re.compile(
    r"^(?:abo|subscribe|subscriptions?|offers?|abonnements?|suscripciones|assine|abbonamenti|prenumerata|podpiska)\."
    rf"|/(?:{_OFFERS})/(?:[^/-]+/?)?$|/(?:{_OFFERS})(?:\.\w+)?$",
    re.IGNORECASE,
)
_OFFER: Final = re.compile(
    r"^(?:subscribe|subscription|abonnieren|abonnez|abonnement|abonneer|suscr[ií]b|suscripci|assine|assinatura|abbona|prenumer|zaprenumeruj"
    r"|předplat|predplat|előfizet|abonează|подпи(?:ск|шит)|передплат|оформ\w+ (?:подписк|передплат)|abone ol|abonelik|abunə|langgan|berlangganan"
    r"|訂閱|订阅|購読|구독|اشترك|اشتراک)",
    re.IGNORECASE,
)
_PRICE: Final = re.compile(
    r"[£€$¥₹₽₴₺₸₩]\s?\d|\d\s?[£€$¥₹₽₴₺₸₩]|\b\d+(?:[.,]\d\d)?\s?(?:euro?s?|zł|kr|Kč|Ft|lei|руб|грн|тг|тенге|TL|AZN|manat|Rp|円|元|원|تومان)\b|R\$\s?\d|\bRp\s?\d",
    re.IGNORECASE,
)
_LOGIN: Final = re.compile(
    r"^\W*(?:(?:please )?(?:log|sign) ?(?:in|on)|login|create (?:an |your )?account|register"
    r"|anmelden|einloggen|registrieren|connexion|connectez|se connecter|iniciar sesión|entrar"
    r"|fazer login|accedi|inloggen|logga in|logg inn|log ind|zaloguj|přihlášení|войти|вход"
    r"|giriş yap|daxil ol|تسجيل الدخول|ورود|ログイン|로그인|登录|登入)\b",
    re.IGNORECASE,
)
# Anywhere in a title, where a password is asked for.
_ASKS: Final = re.compile(
    r"\b(?:log|sign) ?in\b|\bmelden sie sich|\bbitte anmelden|^anmelden\b|\banmelden,? (?:um|und weiter)|\bconnectez-vous|\bidentifiez-vous|\binicia (?:tu )?sesión|\bidentifícate|\bregístrate"
    r"|\bfaça (?:o )?(?:seu )?login|\bcadastre-se|\bentre na sua conta|\baccedi\b|\bregistrati|\blog in\b|\binloggen|\blogga in|\blogg inn|\blog ind"
    r"|\bkirjaudu|\bzaloguj|\bpřihlas|\bprihlás|\bbejelentkez|\bjelentkezz|\bautentific|\bвойдите|\bавториз|\bувійдіть|\bувійти|\bкіріңіз"
    r"|\bgiriş yap|\büye ol|\bdaxil ol|\bσυνδεθείτε|\bmasuk untuk\b|\bđăng nhập|लॉग ?इन|साइन ?इन|লগ ?ইন|เข้าสู่ระบบ|התחבר|تسجيل الدخول|سجل الدخول|وارد شوید|ログイン|로그인|登录|登入",
    re.IGNORECASE,
)
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
    r"|(?:leggi|continua|accedi) con (?:la )?pubblicità|with (?:ads|advertising) or subscribe"
    r"|accett\w+ .{0,30}o abbonati|accept\w* .{0,30}\bor (?:pay|subscribe)|(?:accepter|refuser) .{0,30}s.abonner|verder met advertenties",
    re.IGNORECASE,
)
# What questions about cookies speak of, one of each row.
_SUBJECTS: Final = tuple(
    re.compile(row, re.IGNORECASE)
    for row in (
        r"cookie|куки|файл\w+ cookie|çerez|クッキー|쿠키|کوکی|الارتباط|कुकी|kolačić|sušenk|eväste",
        r"\bpartner|партн[её]р|iş ortak|hợp tác|パートナー|파트너|合作伙伴|شركا|شرکا|partenaire|socios|fornecedor|kumppani|terze parti|συνεργ",
        r"personal data|personenbezogen|données personnelles|datos personales|dados pessoais|dati personali|persoonsgegevens"
        r"|henkilötie|personuppgifter|personopplysninger|dan\w+ osobow|osobní\w* údaj|személyes adat|персональн\w+ дан|kişisel veri|şəxsi məlumat"
        r"|date\w* .{0,5}personal|προσωπικ\w+ δεδομέν|data pribadi|個人情報|个人信息|개인정보|व्यक्तिगत|البيانات الشخصية|اطلاعات شخصی",
        r"consent|einwillig|zustimm|consentement|consentimi?ento|consentimento|consenso|toestemming|suostumu|samtyck|samtykke|zgod[aęy]|souhlas|súhlas"
        r"|hozzájárul|соглас|згод[аиу]|onay|rıza|razılıq|acord|συγκατάθεση|συναίνεση|persetujuan|同意|동의|सहमति|موافق|رضایت",
        r"personali[sz]|anzeigen|\bwerbung|publicité|publicidade?|pubblicità|advertenti|annons|maino|reklam|реклам|διαφημ|iklan|広告|广告|광고|विज्ञापन|إعلان|تبلیغ",
        r"ip.?address|ip-adresse|geräte?|appareil|dispositiv|apparaat|enhet|laitte|urządzeni|zařízen|eszköz|устройств|пристро|cihaz|συσκευ|perangkat|デバイス|设备|기기|डिवाइस|جهاز|دستگاه|device",
    )
)
_ENOUGH: Final = 4  # subjects of a question about cookies
_HARDLY: Final = 80
_LITTLE: Final = 250
_SHORT: Final = 1500
_LONG: Final = 2500
_NEAR: Final = 40  # passages of a page looked at for its question about cookies
_PRICES: Final = 2


def door_of(
    document: Document,
    blocks: tuple[Block, ...],
    headline: str,
    named: SelfNamed,
    *,
    stated: bool,
) -> str:
    """Say what stands in the place of a text; empty: the text itself does, or nothing.

    `stated`: the page calls itself an article; then few words about cookies say nothing.
    """
    length = length_of(blocks)
    address = urlsplit(document.url)
    sent = bool(_AFTERWARDS.search(address.query))
    near = iter(document.outline.texts[:_NEAR])
    shown = (block.text for block in blocks) if length >= _HARDLY else near
    little = length < _LITTLE and not stated
    if little and any(map(_CONSENT.search, shown)):
        return "consent page"
    # An article about "accept or pay" has a day, or more to say than the question.
    if length < _LONG and not named.dated and _asks_for_consent(blocks, headline, named):
        return "consent page"
    if length < _LONG and (sent or named.unlisted) and _is_about_consent(blocks):
        return "consent page"
    if (little or named.unlisted) and _LOGIN.search(headline):
        return "login page"
    if length < _SHORT and _asks_to_sign_in(document, headline, named, sent=sent):
        return "login page"
    return ""


def sells(document: Document, headline: str, named: SelfNamed, *, believed: bool) -> bool:
    """Tell an offer to subscribe: by its address or its title, with more than one price.

    `believed`: it calls itself an article of a day; then its title may be about offers.
    """
    address = urlsplit(document.url)
    placed = _OFFERS_ADDRESS.search(f"{address.netloc}{address.path}")
    titled = not believed and (_OFFER.search(headline) or _OFFER.search(named.title))
    if not placed and not titled:
        return False
    short = (text for text in document.outline.texts if len(text) < _HARDLY)
    return sum(1 for text in short if _PRICE.search(text)) >= _PRICES


def _asks_to_sign_in(
    document: Document, headline: str, named: SelfNamed, *, sent: bool
) -> bool:
    """Tell a short page that asks for a password: its address or a title says so, too."""
    placed = bool(_SIGN_IN_ADDRESS.search(unquote(urlsplit(document.url).path)))
    if placed and (sent or named.unlisted):
        return True
    if not (placed or sent or _ASKS.search(headline) or _ASKS.search(named.title)):
        return False
    return document.tree.css_first("input[type=password]") is not None


def _asks_for_consent(blocks: tuple[Block, ...], headline: str, named: SelfNamed) -> bool:
    """Tell a question about cookies or advertising by the page's title, or a heading of it."""
    headings = (block.text for block in blocks if block.kind is BlockKind.HEADING)
    if any(map(_PAY_OR_CONSENT.search, (headline, named.title, *headings))):
        return True
    return named.unlisted and "cookie" in f"{named.title} {headline}".lower()


def _is_about_consent(blocks: tuple[Block, ...]) -> bool:
    """Tell a text that speaks of cookies, partners, personal data and consent at once."""
    text = "\n".join(block.text for block in blocks)
    return sum(1 for subject in _SUBJECTS if subject.search(text)) >= _ENOUGH
