# ruff: noqa: E501 - one pattern a line, so that they can be compared
"""The ways to cite in five languages: English, Russian, Azerbaijani, Turkish and Persian.

A name is a capitalised run of words (in Persian: the words up to a comma or verb), so "Report"
is an agency and "a report" is none. Nothing in a pattern is unbounded: a name is sought from
each word on, and words need not end.
"""

from enum import Enum
from typing import Final


class Whom(Enum):
    """Who may be meant where a pattern holds."""

    ANYBODY = "anybody"  # "according to …": a ministry and a person, too
    NO_PERSON = "no person"  # "told …": a person is told things without being cited
    OUTLETS = "outlets"  # "… reports": a ministry that reports cites itself


class Stands(Enum):
    """Where the name stands to the words that announce it: how far before and behind to look."""

    BEFORE = (120, 30)  # "Trend-in … verdiyi məlumata görə"
    CLOSE = (70, 30)  # "Trend reports"
    AROUND = (70, 140)  # "Trend, citing the Ministry, reports"
    BEHIND = (30, 160)  # "according to Trend"


# A capitalised word; a full stop ends it unless a letter follows ("Mfa.Gov.Az") or precedes ("U.S.").
_WORD: Final = (
    r"(?:(?:[A-ZА-Я]\.){2,8}|[^\W\d_a-zа-яёəıöüğşçñáéíóú][\w’'&/-]{0,40}(?:\.\w[\w’'&/-]{0,40}){0,4}|"
    r"\d\w{0,9}\.\w{1,20}|\d{1,2}[A-Z]\w{0,9}|[a-z]\w{0,30}\.(?:az|com|ru|ir|am|ge|org|net|info|tv))"
)
_LINK: Final = r"(?:of|for|and|the|al|bin|de|von|van|&)"
_STATION: Final = r"(?:Channel|Kanal|France|Rustavi|Russia|Россия|Москва|Азербайджан|НТВ|ТВ|TV)\s\d{1,3}(?!\w)"
_QUOTED: Final = r"[«“„\"][^«»“”„\"]{2,60}[»”“\"]"
_NAME: Final = (
    rf"(?P<name>{_QUOTED}|{_STATION}|{_WORD}(?:\s(?:(?:{_LINK}\s){{0,2}}{_WORD})){{0,6}})"
)

_PAPER: Final = r"(?:news\s(?:agency|website|outlet|portal|site|service)|agency|newspaper|daily|weekly|magazine|broadcaster|channel|network|station|tabloid|outlet|website|site|portal|publication|newswire|service|radio|tv)"
_WORDING: Final = r"(?:reports?|articles?|surveys?|stud(?:y|ies)|polls?|statements?|data|information|figures|documents?|analys[ie]s|investigations?|interviews?|story|dispatch|estimates|remarks|comments)"
_KIND: Final = (
    r"(?P<kind>(?:(?:[Tt]he|[Aa]n?|one|another|new|recent|separate|latest|its|his|her|their|local|national|"
    r"state-run|state-owned|state|semi-official|official|pro-government|independent|opposition|private|leading|"
    rf"reformist|conservative|[a-z][a-z-]{{2,20}}(?=\s{_PAPER}\s)|[A-Z]\w{{1,20}}(?:an|sh|ese|ch|i|ic|ek)(?=\s(?:state|{_PAPER}))|{_PAPER}|"
    rf"{_WORDING}(?:\s(?:published|released|issued|carried|conducted|aired|received|obtained|provided|gathered|compiled))?(?:\s(?:on\s)?[A-Z]\w{{2,7}}day|\slast\s\w{{4,6}}|\searlier)?\s(?:by|from|of|in|on|with|to)|"
    r"(?:sources?|people|officials)\s(?:at|in))\s){0,6})"
)
_AFTER: Final = rf"(?:\s(?P<after>(?:\w{{3,15}}\s)?{_PAPER}|(?:\w{{1,20}}\s){{0,2}}(?:correspondent|reporter)))?"
_ONE: Final = rf"{_KIND}{_NAME}{_AFTER}"
_ASIDE: Final = r",\s(?:citing|quoting)[^,]{2,100},"
_ALSO: Final = (
    r"(?:\s(?:has|have|had|first|also|both|all|earlier|later|previously|exclusively))*"
)
# A company that "reported a loss of $304 million" cites nobody.
_OWN_RESULTS: Final = r"(?!\s(?:\w+[\s-]){0,3}(?:earnings|revenues?|profits?|loss(?:es)?|sales|results|income|growth)\b)"

_RU_LOW: Final = r"[а-яё][а-яё-]{1,30}"
_RU_OFFICE: Final = r"(?:[Пп]ресс-служб|[Пп]ресс-центр|[Мм]инистерств|[Гг]енпрокуратур|[Пп]рокуратур|[Пп]осольств|[Уу]правлени|[Дд]епартамент|[Кк]омитет|[Цц]ентробанк|[Пп]равительств|[Кк]ремл|[Сс]лужб|[Фф]едераци|[Аа]кадеми|[Ии]нститут|[Сс]оюз|[Аа]гентств)[а-яё]{0,4}"
_RU_GENITIVE: Final = r"(?!(?:что|сообщ|переда|пишет|заяв|рассказ)[а-яё]*(?!\w))[а-яё]{2,30}(?:ого|его|ой|ей|ых|их|ы|и|а|я|ов|ций)(?!\w)"
# "в Государственном таможенном комитете Азербайджана"
_RU_WITHIN: Final = rf"[А-Я][а-яё]{{2,20}}[ое][йм](?:\s[а-яё]{{3,20}}[ое][йм]){{0,3}}\s[а-яё]{{3,20}}[еи](?!\w)(?:\s(?:{_RU_GENITIVE}|{_WORD})){{0,3}}"
_RU_NAME: Final = (
    rf"(?P<name>{_QUOTED}|{_RU_WITHIN}|{_RU_OFFICE}(?:\s(?:{_RU_GENITIVE}|и\s{_RU_GENITIVE}|{_WORD})){{1,5}}|"
    rf"{_STATION}|{_WORD}(?:\s(?:{_WORD}|{_RU_LOW}(?:ого|ому|ов|ой|ых|ороны|ции|дел|ния)(?!\w))){{0,5}})"
)
_RU_KIND: Final = (
    r"(?P<kind>(?:[а-яё-]{3,25}(?:ое|ая|ый|ий|ого|его|ой|ому|ем|ом|ым|ую)\s){0,3}(?:(?:[Ии]нформационн[а-яё]{2,3}|[Гг]осударственн[а-яё]{2,3}|[Аа]гентств[а-яё]{0,3}|[Ии]нформагентств[а-яё]{0,3}|[Тт]елеканал[а-яё]{0,3}|"
    r"[Рр]адиостанци[а-яё]{1,3}|[Гг]азет[а-яё]{1,3}|[Жж]урнал[а-яё]{0,3}|[Ии]здани[а-яё]{1,3}|[Пп]ортал[а-яё]{0,3}|[Сс]айт[а-яё]{0,3}|(?:Telegram|[Тт]елеграм)-канал[а-яё]{0,3}|[Кк]орреспондент[а-яё]{0,3}|[Сс]обеседник[а-яё]{0,3}|[Ии]сточник[а-яё]{0,3})\s){1,3}|)"
)
_RU_ONE: Final = rf"{_RU_KIND}{_RU_NAME}"
_RU_OUTLET: Final = rf"{_RU_KIND}(?P<name>{_QUOTED}|{_STATION}|{_WORD}(?:\s{_WORD}){{0,4}})"
_RU_WHEN: Final = r"(?:\s(?:в\s[а-яё]{5,12}|вчера|сегодня|ранее|также))?"
_RU_ASIDE: Final = r"(?:,?\s(?:со\sссылкой\sна|ссылаясь\sна)\s[^,.]{2,80},?)?"

# A hyphen or an apostrophe is followed by a case: "APA-ya", "Reuters'a".
_BARE: Final = r"(?:[A-ZÇƏĞİÖŞÜÂÎ]\w{0,40}(?:[-.](?=[A-ZÇƏĞİÖŞÜ]|(?:az|com|ru|ir|am|ge|org|net|info|tv)\b)\w{1,40}){0,4}|\d\w{0,9}\.\w{1,20}|[a-z]\w{0,30}\.(?:az|com|ru|org|net|tv))"
_BARE_NAME: Final = (
    rf"(?P<name>{_QUOTED}|{_STATION}|{_BARE}(?:\s(?:(?:və|ve)\s)?{_BARE}){{0,6}})"
)
_TELLER: Final = rf"(?:(?P<teller>{_BARE}|{_QUOTED})\s)?"
_AZ_OFFICE: Final = r"(?:Nazirliyi|Komitəsi|Xidməti|İdarəsi|Mərkəzi|Agentliyi|Administrasiyası|Prokurorluğu|Prokurorluq|Səfirliyi|Bankı|Şirkəti|Məclisi)"
_AZ_KIND: Final = r"(?P<after>(?:\s(?:xəbər\s)?(?:agentliyi|informasiya\sagentliyi|telekanalı|qəzeti|jurnalı|saytı|portalı|nəşri|müxbiri)\w{0,6})?)"
_AZ_OF: Final = r"(?:(?:[-’'”»\"]{1,2}|(?<=[”»\"]))(?:nin|nın|nun|nün|in|ın|un|ün))?"
_AZ_TO: Final = r"(?:[-’'”»\"]{1,2}|(?<=[”»\"]))(?:ya|yə|na|nə|a|ə)"
_AZ_TOLD: Final = r"(?:verilən\sməlumat|xəbər\sver\w+|məlumat\s(?:ver\w+|yay\w+)|yaz(?:ır|ıb)|bildir\w+|deyi[bl]\w*|söyləyib|danışıb|açıqla\w+|müsahibə\w*)"

_TR_OF: Final = r"(?:[’'](?:nin|nın|nun|nün|in|ın|un|ün))?"
_TR_TO: Final = r"[’'](?:ye|ya|ne|na|e|a)"
_TR_MEDIUM: Final = r"(?:haber\s)?(?:ajansı|gazetesi|kanalı|televizyonu|dergisi|muhabiri|muhabirleri|sitesi|yazarı)"
_TR_KIND: Final = (
    rf"(?P<after>(?:\s{_TR_MEDIUM}(?:[’']?\w{{1,4}})?(?!\s[A-ZÇĞİÖŞÜ]))?(?:\s\(\w{{2,6}}\))?)"
)
_TR_TOLD: Final = r"(?:bildirdi|aktardı|duyurdu|yazdı|öne\ssürdü|iddia\setti)"

_FA_WORD: Final = r"(?!(?:که|دو|سه|چند|یک|منابع|منبع|در|از|با|روز|و|به|اعلام|گفت|گفته|این|طی|خبر|گزارش|نوشت|تأکید|تاکید|اظهار|افزود|ابراز|تصریح|فاش|را|،)(?:\s|$))[\w‌]{1,30}"
_FA_NAME: Final = rf"(?P<name>{_QUOTED}|{_FA_WORD}(?:\s{_FA_WORD}){{0,4}})"
_FA_PAPER: Final = (
    r"(?:خبرنگار|خبرگزاری|شبکه|روزنامه|پایگاه\sخبری|وبگاه|سایت|تلویزیون|هفته‌نامه|مجله|رسانه)"
)
_FA_KIND: Final = rf"(?P<kind>(?:{_FA_PAPER}\s){{0,3}})"
_FA_SAYS: Final = (
    r"(?:گزارش\s(?:داد|کرد|می‌دهد)|نوشت|نوشته|اعلام\sکرد|خبر\sداد|به\sنقل\sاز|مدعی\sشد)"
)
_FA_DAY: Final = r"(?:روز\s)?(?:(?:دو|سه|چهار|پنج|یک)?‌?شنبه\s|جمعه\s|امروز\s)?"

_ANYBODY, _NO_PERSON, _OUTLETS = Whom.ANYBODY, Whom.NO_PERSON, Whom.OUTLETS
_BEFORE, _CLOSE, _AROUND, _BEHIND = Stands
# Language → where the name stands, who may be meant, the pattern (groups: name, perhaps kind and after),
# and its hints: the text holds one of them, in lower case, where the pattern holds.
WAYS: Final[dict[str, tuple[tuple[Stands, Whom, str, tuple[str, ...]], ...]]] = {
    "en": (
        (_BEHIND, _ANYBODY, rf"[Aa]ccording\sto\s{_ONE}", ("according to",)),
        (_BEHIND, _ANYBODY, rf"\b(?:[Cc]iting|[Qq]uoting|[Qq]uoted\sby|[Rr]eported\sby|with\sreference\sto|(?:cited|quoted|quotes)(?=[^.]{{3,60}}\sas\ssaying)|(?:[Rr]eports?|[Ii]nforms?)\s(?:via|by|for)|wr(?:ites|ote)\sfor)\s{_ONE}", ("citing", "quoting", "quoted", "quotes", "reported by", "reference to", "cited", "report by", "reports via", "informs via", "reports for", "writes for", "wrote for")),
        (_BEHIND, _ANYBODY, rf"\bsa(?:id|ys)\sa(?=\s{_WORDING}\s)\s{_ONE}", ("report by", "report from", "report in", "report of")),
        (_BEHIND, _NO_PERSON, rf"\b(?:(?:told|tells)|interview\s(?:with|to|for)|[Ss]peaking\sto)\s{_ONE}(?!\sto\s)", ("told ", "tells ", "interview", "speaking to")),
        (_CLOSE, _OUTLETS, rf"{_NAME}{_AFTER}{_ALSO}\s(?:reports|reported|informs|informed|writes|wrote|quoted|quotes|cited)\b{_OWN_RESULTS}", ("reports", "reported", "informs", "informed", "writes", "wrote", "quotes", "quoted", "cited")),
        (_AROUND, _OUTLETS, rf"{_NAME}{_AFTER}{_ASIDE}{_ALSO}\s(?:reports|reported|informs|informed|writes|wrote|quoted|quotes|cited)\b{_OWN_RESULTS}", ("citing", "quoting")),
        (_CLOSE, _OUTLETS, rf"{_NAME}\s(?P<after>{_PAPER})\s(?:said|says)\b", ("agency said",)),
        (_BEHIND, _OUTLETS, rf"[,”\"]\s(?:reports|reported|writes|wrote|informs)\s(?P<kind>(?:the\s)?){_NAME}", ("reports ", "reported ", "writes ", "wrote ", "informs ")),
    ),
    "ru": (
        (_BEHIND, _ANYBODY, rf"(?:[Сс]о\sссылкой\sна|[Сс]сыла(?:ясь|ется)\sна|(?:ссылается|ссылаются)|[Пп]о\s(?:данным|информации|сообщени(?:ю|ям)|сведениям|словам|версии)|[Сс]огласно)\s{_RU_ONE}", ("ссыл", "по данным", "по информации", "по сообщени", "по сведениям", "по версии", "согласно", "по словам")),
        (_BEHIND, _ANYBODY, rf"\b(?:[Сс]ообщ(?:ает|ают|ил[аио]?)|[Пп]ереда(?:[её]т|ют|л[аио]?)|[Пп]иш[еу]т|[Нн]аписал[аи]?|[Ии]нформиру[ею]т){_RU_WHEN}\s{_RU_ONE}", ("сообща", "сообщил", "переда", "пишет", "пишут", "написал", "информиру")),
        (_BEHIND, _ANYBODY, rf"\b(?:[Сс]ообщили|[Зз]аявили|[Уу]точнили|[Оо]тметили|[Рр]ассказали|[Пп]одчеркнули){_RU_WHEN}\s(?:[«“]?[\w.-]{{2,20}}(?:\s[«“]?[\w.-]{{2,20}}){{0,2}}[»”]?\s)?(?:в|во)\s(?:[а-яё-]{{3,20}}(?:ом|ой|ем|ей)\s)?{_RU_ONE}", ("сообщили", "заявили", "уточнили", "отметили", "рассказали", "подчеркнули")),
        (_BEHIND, _OUTLETS, rf"(?:(?:[Рр]ассказал|[Сс]ообщил|[Зз]аявил|[Сс]казал|[Оо]тметил|[Цц]итиру|[Уу]твержда|[Сс]тало\sизвестн)\w{{0,3}}(?:\sв\s(?:эфире|интервью)|\s[а-яё]{{3,20}})?|[Вв]\s(?:\w{{3,20}}\s)?(?:интервью|эфире|статье|материале|публикации|(?:беседе|разговоре)\sсо?)|(?=(?:агентству|информагентству|изданию|газете|журналу|телеканалу|радиостанции|порталу|корреспонденту|[Сс]обеседник|[Ии]сточник)))\s?{_RU_OUTLET}", ("рассказал", "сообщил", "заявил", "сказал", "отметил", "цитиру", "стало известно", "интервью", "эфире", "статье", "материале", "публикации", "беседе с", "разговоре с", "агентству", "изданию", "газете", "журналу", "телеканалу", "радиостанции", "порталу", "корреспонденту", "собеседник", "источник")),
        (_BEFORE, _ANYBODY, rf"Во?\s(?P<name>{_RU_WITHIN}|[А-Я][а-яё]{{2,20}}\s{_WORD}|[А-Я]{{2,8}}(?:\s[А-Я]{{2,8}})?|(?:Мин|Рос|Гос|Центр|Генпрокурат)[а-яё]{{3,20}}|{_RU_OFFICE}(?:\s(?:{_RU_GENITIVE}|{_WORD})){{0,4}})\s(?:сообщ|заяв|уточн|отмет|рассказ|подчеркн|поясн)[а-яё]{{0,3}}ли\b", ("сообщили", "заявили", "уточнили", "отметили", "рассказали", "подчеркнули", "пояснили")),
        (_BEHIND, _OUTLETS, r"[—–-]\s(?P<name>[«“][^«»“”]{2,40}[»”])\.?$", ("— «", "– «", "— “")),
        (_BEFORE, _OUTLETS, rf"(?P<name>{_QUOTED}|{_STATION}|{_WORD}(?:\s{_WORD}){{0,4}}){_RU_ASIDE}\s(?:(?:сообщ|пиш|напис|информир|заяв|рассказ|цитир|привод|утвержд)\w{{1,6}}|переда(?:[её]т|л[ао]?(?=[,.:])))", ("сообщ", "переда", "пиш", "напис", "информир", "заяв", "рассказ", "цитир", "привод", "утвержд")),
    ),
    "az": (
        (_BEFORE, _ANYBODY, rf"{_TELLER}{_BARE_NAME}(?:{_AZ_TO})?{_AZ_KIND}\sistinad(?:ən|la)", ("istinad",)),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}{_AZ_OF}{_AZ_KIND}\s[^.]{{3,80}}?istinad(?:ən|la)", ("istinad",)),
        (_BEFORE, _ANYBODY, rf"{_BARE_NAME}{_AZ_OF}{_AZ_KIND}\s(?:[^.]{{0,80}}?(?:verdiyi|yaydığı|etdiyi|ötürdüyü|paylaşdığı)\s)??(?:(?:məlumat|xəbər)[ıi]?n?[aə]|(?:yaz|bildir|vurğula)d[ıi]ğ?[ıiy]n[aə])\s(?:görə|əsasən)", ("məlumat", "xəbər", "yazd", "bildird")),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}(?:{_AZ_TO}|{_AZ_OF}){_AZ_KIND}\s(?:[^.]{{0,80}}?\s)??{_AZ_TOLD}", ("xəbər ver", "məlumat", "yaz", "bildir", "deyib", "deyil", "söyləyib", "danışıb", "açıqla", "müsahibə")),
        (_BEFORE, _ANYBODY, rf"(?P<name>(?:[A-ZÇƏĞİÖŞÜ]\w{{1,20}}\s){{1,5}}{_AZ_OFFICE})n?[dt][əa]n\s(?:(?:xəbər\sver|məlumat\sver|bildir|deyil)\w+|(?:verilən|daxil\solan|alınan)\sməlumat)", ("bildir", "məlumat", "xəbər", "deyil")),
    ),
    "tr": (
        (_BEFORE, _ANYBODY, rf"{_BARE_NAME}{_TR_OF}{_TR_KIND}(?:\s\w{{2,20}})?\s(?:(?:haberine|habere|aktardığına|bildirdiğine|verilerine|açıklamasına|bilgilere|iddiasına|iddialarına)\sgöre|haberinde)", ("göre", "haberinde")),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}(?:[’'](?:nin|nın|nun|nün|in|ın|un|ün){_TR_KIND}|\s{_TR_MEDIUM}n[ıiuü]n)\s(?:[^.]{{0,80}}?\s)??(?:dayandırdığı|aktardığı|edindiği|yaptığı)\s(?:haber|bilgi|açıklama)", ("dayandırdığı", "aktardığı", "edindiği", "yaptığı")),
        (_BEFORE, _ANYBODY, rf"{_BARE_NAME}[’'](?:dan|den|ndan|nden|tan|ten)\s(?:yapılan|alınan)\s(?:açıklama|bilgi)", ("yapılan açıklama", "alınan bilgi")),
        (_BEFORE, _ANYBODY, rf"(?P<name>(?:{_BARE}\s){{1,5}}(?:Müdürlüğü|Bakanlığı|Başkanlığı|Başsavcılığı|Kurumu|Kurulu|Valiliği))[’']?n[dt][ea]n\s(?:yapılan|alınan)\s(?:açıklama|bilgi)", ("yapılan açıklama", "alınan bilgi")),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}[’'](?:da|de|ta|te)\s(?:yer\salan|yayımlanan|çıkan|yayınlanan)\s(?:haber|bilgi|açıklama|röportaj|yazı)", ("yer alan", "yayımlanan", "çıkan", "yayınlanan")),
        (_BEFORE, _ANYBODY, rf"{_TELLER}{_BARE_NAME}{_TR_TO}{_TR_KIND}\s(?:göre|konuşan|konuştu|açıklama\w*|verdiği|demeç|yaptığı|dayanarak|dayandır\w+|anlatan|açıklayan|söyleyen|bilgi\sveren)", ("göre", "konuş", "açıklama", "verdiği", "demeç", "yaptığı", "dayan", "anlatan", "açıklayan", "söyleyen", "bilgi veren")),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}\s(?P<after>{_TR_MEDIUM}n[ae])\sgöre", ("göre",)),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}{_TR_TO}{_TR_KIND}\s[^.]{{0,120}}?(?:söyledi|anlattı|açıkladı)\b", ("söyledi", "anlattı", "açıkladı")),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}(?P<after>\s{_TR_MEDIUM}(?:n?[ae])?)\s[^.]{{0,100}}?(?:konuş\w+|açıklama\w*|demeç)\b", ("konuş", "açıklama", "demeç")),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}\s(?:canlı\syayınında|ekranlarında|mikrofonlarına)", ("yayınında", "ekranlarında", "mikrofonlarına")),
        (_BEFORE, _ANYBODY, rf"{_BARE_NAME}(?:[’'](?:yi|yı|i|ı|u|ü))?{_TR_KIND}\skaynak\sgöster\w+", ("kaynak",)),
        (_BEFORE, _OUTLETS, rf"{_BARE_NAME}{_TR_KIND}(?:,?\s[^.]{{1,110}}?)??\s{_TR_TOLD}\b", ("bildirdi", "aktardı", "duyurdu", "yazdı", "öne sürdü", "iddia etti")),
    ),
    "fa": (
        (_BEHIND, _ANYBODY, rf"(?:(?:به|بر\sاساس|طبق|بنا\sبر|براساس|بنابر)\s(?:گزارش|اعلام|نوشتهٔ?|گفتهٔ?|داده‌های|آمار)|اطلاعات\sرسیده\sبه|به\sنقل\sاز|(?:به|با)\sاستناد(?:\sبه)?)\s{_FA_DAY}{_FA_KIND}{_FA_NAME}", ("گزارش", "اعلام", "نوشته", "گفته", "نقل از", "استناد", "داده‌های", "آمار", "رسیده به")),
        (_BEHIND, _ANYBODY, rf"(?:گفت‌?\s?و‌?\s?گو|گفتگو|مصاحبه)\sبا\s{_FA_KIND}{_FA_NAME}", ("گو با", "مصاحبه با")),
        (_BEHIND, _OUTLETS, rf"\bبه\s{_FA_KIND}(?P<name>{_QUOTED}|[\w‌]{{2,30}}(?:\s[\w‌]{{2,30}})?)\s(?:گفت|خبر\sداد)", ("گفت",)),
        (_BEFORE, _OUTLETS, rf"{_FA_PAPER}\s{_FA_NAME}(?:\sدر\sگزارشی)?\s{_FA_SAYS}", ("گزارش", "نوشت", "اعلام", "خبر داد", "نقل از", "مدعی")),
        (_BEFORE, _OUTLETS, rf"(?P<name>{_QUOTED}|(?!{_FA_PAPER}\s)\b{_FA_WORD}(?:\s{_FA_WORD}){{0,2}}?)(?:\sبا\sاستناد\sبه\s{_FA_WORD}(?:\s{_FA_WORD}){{0,3}})?\s{_FA_SAYS}", ("گزارش", "نوشت", "اعلام", "خبر داد", "نقل از", "مدعی")),
    ),
}  # fmt: skip
