# ruff: noqa: E501 - rows of words
"""Know the words of a wall that stands before the rest of an article, by their signs."""

import re
from typing import Final

from crawler.extract.signs import holds_any

# What asks the reader to pay or to sign in for the rest.
_CALLS: Final = (
    r"subscribe (?:now )?to (?:continue|read)|to continue reading|(?:already|not yet) (?:a )?subscribe"
    r"|pour lire la suite|la suite est réservée|il vous reste \d+ ?% |(?:jetzt )?weiterlesen mit"
    r"|bereits (?:abonnent|digitalabo)|(?:um|zum) (?:den (?:ganzen |vollständigen )?artikel )?weiter(?:zu)?lesen"
    r"|suscríbete para|(?:para|y) (?:seguir|sigue) leyendo|(?:ya eres|¿eres) suscriptor"
    r"|para continuar (?:lendo|a ler)|já é assinante|per continuare a leggere|sei già abbonato"
    r"|om verder te lezen|för att läsa vidare|for å lese videre|(?:aby|żeby|chcesz) czyta[ćj] dalej"
    r"|чтобы (?:прочитать|читать|прочесть) .{0,30}(?:полностью|дальше|целиком|до конца|статью)"
    r"|(?:уже есть|оформи(?:те|ть)) подписк[ау]|щоб читати далі|devamını okumak için|zaten abone"
    r"|oxumaq üçün abunə|続きを(?:読む|お読みいただく)には|残り\d+文字|有料会員に|(?:全文|余下内容)需?订阅|이어서 보시려면"
    r"|للمتابعة اشترك|ادامه (?:این )?مطلب .{0,20}(?:مشترک|اشتراک)"
    r"|(?:log|sign) ?in to (?:continue|keep) reading|to read the (?:full|rest of the) (?:article|story)"
    r"|\d+ ?% (?:of (?:this|the) (?:article|story) )?(?:remaining|left to read)"
    r"|(?:te|le) quedan? .{0,15}\d+ ?% por leer|para leer .{0,20}complet[oa]|para ler .{0,20}complet[oa]"
    r"|pozostało (?:jeszcze |ci )*\d+ ?%|(?:jeżeli|jeśli) chcesz (?:prze)?czytać|wykup dostęp"
    r"|pro (?:další|pokračování ve?) čtení|chcete číst dál|čítať ďalej .{0,20}predplat"
    r"|a teljes cikk .{0,30}előfizet|jatka lukemista.{0,20}tila|for at læse (?:videre|resten|hele)"
    r"|pentru a citi .{0,30}abon|για να (?:διαβάσετε|συνεχίσετε) .{0,40}(?:συνδρομ|συνδεθ)"
    r"|щоб прочитати .{0,30}(?:повністю|далі|цілком)|толық оқу үшін"
    r"|(?:पूरी|पूरा) .{1,25}ने के लिए .{0,50}(?:लें|करें|लीजिए|बनें)"
    r"|পুরো .{1,20} পড়তে .{0,30}(?:করুন|নিন)"
    r"|berlangganan untuk (?:melanjutkan|membaca)|untuk membaca .{0,30}berlangganan"
    r"|để đọc (?:tiếp|toàn bộ).{0,30}đăng|להמשך קריאה .{0,20}(?:מנוי|הירשמו)"
    r"|لقراءة (?:المزيد|المقال|بقية) .{0,30}اشترك|برای (?:خواندن|مطالعه) .{0,30}(?:اشتراک|مشترک)"
    r"|(?:登录|登入|订阅|訂閱|付费|付費)后?(?:即可)?(?:阅读|閱讀|查看)全文|剩余\d+ ?%.{0,6}(?:内容|全文|文章|付费|订阅|阅读)|(?:구독|로그인) 후 .{0,10}(?:읽|보실|이용)"
)
# What says for whom it is.
_LABELS: Final = (
    r"(?:for|to) (?:\w+ )?(?:paying |paid |our )?(?:subscribers|members) only|subscribers?[- ]only"
    r"|only (?:available )?(?:for|to) (?:\w+ )?subscribers|(?:exclusive|reserved) (?:to|for) (?:\w+ )?subscribers"
    r"|réservée?s? (?:à nos |aux )abonnés|nur für (?:\w+ )?abonnent|exklusiv für (?:\w+ )?abonnent"
    r"|(?:solo|exclusiv[oa]|reservad[oa]) para (?:\w+ )?(?:suscriptores|assinantes|subscritores)"
    r"|(?:riservat[oa]|esclusiv[oa]) (?:agli|per gli) abbonati|alleen voor abonnees"
    r"|endast för prenumeranter|(?:bare|kun) for abonnenter"
    r"|только (?:для )?(?:\w+ )?подписчик|(?:доступ\w*|открыт\w*) (?:\w+ )?(?:для )?(?:по подписке|подписчик)|^по подписке"
    r"|(?:лише|тільки) (?:для )?передплатник|tylko dla (?:subskrybentów|prenumeratorów)|dla (?:naszych )?prenumeratorów"
    r"|(?:sadece )?abonelere özel|yalnızca abone|abunəçilər üçün|有料会員|会員限定|订阅用户|付费会员|유료 기사|구독자 전용"
    r"|(?:μόνο για|αποκλειστικά για) (?:τους )?συνδρομητές|khusus pelanggan|vain tilaajille|למנויים בלבד"
    r"|(?:doar|exclusiv) pentru abonați|тек жазылушылар|केवल सदस्यों के लिए"
    r"|للمشتركين فقط|ویژه مشترکین|(?:csak|kizárólag) előfizető|pouze pro předplatitele|nur mit [\w+ ]{2,20}-?abo\b"
)
_CALL: Final = re.compile(_CALLS, re.IGNORECASE)
_LABEL: Final = re.compile(_LABELS, re.IGNORECASE)
# In whatever the patterns find stands one of these, in small letters.
_ALONE: Final = (
    "continue reading", "vous reste", "digitalabo", "-abo", "assinante", "a ler", "leggere",
    "verder te", "prenumer", "czyta", "subskryb", "okumak", "members only",
    "wykup dost", "langgan",
)  # fmt: skip
# Or one of these rows, each sought only where what all of it hold is found: a letter in a tenth
# of the time of a word.
_ROWS: Final = (
    ("scri", ("subscri", "suscri")), ("í", ("suscrí",)), ("bon", ("abonn", "abone", "abbonat", "abonaț")),
    ("la suite", ("lire la suite", "la suite est")), ("endo", ("leyendo", "lendo")),
    ("lese", ("weiterlesen", "weiterzulesen", "lese videre")), ("ä", ("läsa vidare",)),
    ("ő", ("előfizet",)), ("ř", ("předplat",)), ("ə", ("abunə",)),
    ("и", ("подпис", "читать", "читати")), ("е", ("прочесть", "передплат")),
    ("続", ("続き",)), ("残", ("残り",)), ("会", ("有料会員", "会員限定")), ("订", ("订阅",)),
    ("付", ("付费", "付費")), ("이", ("이어서",)), ("유", ("유료",)), ("구", ("구독",)),
    ("ش", ("اشترك", "مشترک", "للمشتركين", "اشتراک")),
    ("in to", ("sign in to", "signin to", "log in to", "login to")),
    ("read the", ("to read the full", "to read the rest")), ("para le", ("para leer", "para ler")),
    ("剩", ("剩余",)), ("ł", ("pozostało",)), ("left to", ("left to read",)), ("maining", ("remaining",)), ("por l", ("por leer",)),
    ("č", ("čtení", "číst", "čítať")), ("jatka", ("jatka lukemista",)), ("æ", ("at læse",)),
    ("tilaaj", ("vain tilaajille",)), ("citi", ("a citi",)), ("σ", ("συνδρομ", "συνδεθ")),
    ("қ", ("оқу үшін",)), ("ж", ("жазылушы",)), ("ने", ("ने के लिए",)), ("सद", ("सदस्यों",)),
    ("প", ("পুরো",)), ("đ", ("để đọc",)), ("מ", ("להמשך קריאה", "מנויים בלבד")),
    ("登", ("登录", "登入")), ("訂", ("訂閱",)), ("로", ("로그인",)),
)  # fmt: skip
LONGEST: Final = 300
_LONGEST_CALL: Final = 200  # within a text
_LONGEST_LABEL: Final = 90
_BARE: Final = 40  # letters of a line that is a label and nothing else


def signs_in(folded: str) -> list[str]:
    """Return which signs of a wall stand in a text of small letters."""
    rows = [row for common, row in _ROWS if common in folded]
    return [sign for row in (_ALONE, *rows) for sign in row if sign in folded]


def calls(text: str) -> bool:
    """Tell whether a text asks the reader to pay or sign in for the rest."""
    return _CALL.search(text) is not None


def labels(text: str, *, first: bool = False) -> bool:
    """Tell whether a text says that it is for subscribers; `first`: with its first words."""
    found = _LABEL.match(text) if first else _LABEL.search(text)
    return found is not None and not (first and len(text) > _BARE)


def walls_among(lines: list[str]) -> list[int]:
    """Return which lines of a text are a wall's; a sentence that speaks of one is none."""
    short = [n for n, line in enumerate(lines) if 0 < len(line) < _LONGEST_CALL]
    folded = "\n".join([lines[n] for n in short]).lower()
    signs = signs_in(folded)
    if not signs:
        return []
    return [n for n in short if holds_any(lines[n].lower(), signs) and _is_wall(lines[n])]


def _is_wall(line: str) -> bool:
    return calls(line) or (len(line) < _LONGEST_LABEL and labels(line))
