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
    """Where the name stands: before or behind the words that announce it."""

    BEFORE = "before"
    BEHIND = "behind"


# A capitalised word; a full stop ends it unless a letter follows ("Mfa.Gov.Az") or precedes ("U.S.").
_WORD: Final = (
    r"(?:(?:[A-ZА-Я]\.){2,8}|[^\W\d_a-zа-яёəıöüğşçñáéíóú][\w’'&/-]{0,40}(?:\.\w[\w’'&/-]{0,40}){0,4}|"
    r"\d\w{0,9}\.\w{1,20}|[a-z]\w{0,30}\.(?:az|com|ru|ir|am|ge|org|net|info|tv))"
)
_LINK: Final = r"(?:of|for|and|the|al|bin|de|von|van|&)"
_QUOTED: Final = r"[«“„\"][^«»“”„\"]{2,60}[»”“\"]"
_NAME: Final = rf"(?P<name>{_QUOTED}|{_WORD}(?:\s(?:(?:{_LINK}\s){{0,2}}{_WORD})){{0,6}})"

_PAPER: Final = r"(?:news\s(?:agency|website|outlet|portal|site|service)|agency|newspaper|daily|weekly|magazine|broadcaster|channel|tabloid|outlet|website|portal|tv)"
_WORDING: Final = r"(?:reports?|articles?|surveys?|stud(?:y|ies)|polls?|statements?|data|figures|documents?|analys[ie]s|investigations?|interviews?|story|dispatch|estimates|remarks|comments)"
_KIND: Final = (
    r"(?P<kind>(?:(?:[Tt]he|[Aa]n?|one|another|new|recent|separate|latest|its|his|her|their|local|national|"
    r"state-run|state-owned|state|semi-official|official|pro-government|independent|opposition|private|leading|"
    rf"reformist|conservative|[A-Z]\w{{1,20}}(?:an|sh|ese|ch|i|ic|ek)(?=\s(?:state|{_PAPER}))|{_PAPER}|"
    rf"{_WORDING}(?:\s(?:published|released|issued|carried|conducted|aired))?(?:\s(?:on\s)?[A-Z]\w{{2,7}}day|\slast\s\w{{4,6}}|\searlier)?\s(?:by|from|of|in|on|with|to)|"
    r"(?:sources?|people|officials)\s(?:at|in))\s){0,6})"
)
_AFTER: Final = rf"(?:\s(?P<after>{_PAPER}))?"
_ONE: Final = rf"{_KIND}{_NAME}{_AFTER}"
_ASIDE: Final = r"(?:,\s(?:citing|quoting)[^,]{2,100},)?(?:\s(?:has|have|had|first|also|earlier|later|previously|exclusively))*"
# A company that "reported a loss of $304 million" cites nobody.
_OWN_RESULTS: Final = r"(?!\s(?:\w+[\s-]){0,3}(?:earnings|revenues?|profits?|loss(?:es)?|sales|results|income|growth)\b)"

_RU_LOW: Final = r"[а-яё][\w-]{1,30}"
_RU_NAME: Final = (
    rf"(?P<name>{_QUOTED}|{_WORD}(?:\s(?:{_WORD}|{_RU_LOW}(?:ого|ому|ом|ов|ой|ых|ами|ороны|ции|дел|ния|тете|рстве)(?!\w))){{0,5}}|"
    r"(?:пресс-служб|пресс-центр|министерств|генпрокуратур|прокуратур|посольств|управлени|комитет|центробанк|правительств|кремл|минист?ерств|агентств|служб)\w{0,6}"
    rf"(?:\s(?!(?:что|котор\w+|сообщ\w+|переда\w+|пишет|заяв\w+|и|в|на|с|о|об|по)\s)(?:{_RU_LOW}|{_WORD})){{0,3}}\s{_WORD})"
)
_RU_KIND: Final = (
    r"(?P<kind>(?:(?:[Ии]нформационн\w{2,3}|[Гг]осударственн\w{2,3}|[Аа]гентств\w{0,3}|[Ии]нформагентств\w{0,3}|[Тт]елеканал\w{0,3}|[Рр]адиостанци\w{1,3}|[Гг]азет\w{1,3}|"
    r"[Жж]урнал\w{0,3}|[Ии]здани\w{1,3}|[Пп]ортал\w{0,3}|[Сс]айт\w{0,3}|[Кк]орреспондент\w{0,3})\s){0,3})"
)
_RU_ONE: Final = rf"{_RU_KIND}{_RU_NAME}"
_RU_OUTLET: Final = rf"{_RU_KIND}(?P<name>{_QUOTED}|{_WORD}(?:\s{_WORD}){{0,4}})"

_AZ_OFFICE: Final = r"(?:Nazirliyi|Komitəsi|Xidməti|İdarəsi|Mərkəzi|Agentliyi|Administrasiyası|Prokurorluğu|Səfirliyi|Bankı|Şirkəti|Məclisi)"
_AZ_KIND: Final = r"(?P<after>(?:\s(?:xəbər\s)?(?:agentliyi|informasiya\sagentliyi|telekanalı|qəzeti|saytı|portalı|nəşri)\w{0,6})?)"
_AZ_OF: Final = r"(?:[-’'”»\"]{1,2}(?:nin|nın|nun|nün|in|ın|un|ün))?"
_AZ_TO: Final = r"[-’'”»\"]{1,2}(?:ya|yə|na|nə|a|ə)"
_AZ_TOLD: Final = r"(?:xəbər\sver\w+|məlumat\s(?:ver\w+|yay\w+)|yaz(?:ır|ıb)|bildir\w+|deyi[bl]\w*|söyləyib|danışıb|açıqla\w+|müsahibə\w*)"

_TR_OF: Final = r"(?:[’'](?:nin|nın|nun|nün|in|ın|un|ün))?"
_TR_TO: Final = r"[’'](?:ye|ya|ne|na|e|a)"
_TR_KIND: Final = r"(?P<after>(?:\s(?:haber\s)?(?:ajansı|gazetesi|kanalı|televizyonu|dergisi|muhabiri|muhabirleri|sitesi)(?:[’']?\w{1,4})?)?(?:\s\(\w{2,6}\))?)"
_TR_WHO: Final = r"(?P<after>\s(?:haber\s)?(?:ajansı|gazetesi|kanalı|televizyonu|dergisi|muhabiri|muhabirleri|yazarı|sitesi)(?:n?[ae])?)"

_FA_WORD: Final = r"(?!(?:که|دو|سه|چند|یک|منابع|منبع|در|از|با|روز|و|به|اعلام|گفت|گفته|این|طی|خبر|گزارش|نوشت|،)(?:\s|$))[\w‌]{1,30}"
_FA_NAME: Final = rf"(?P<name>{_FA_WORD}(?:\s{_FA_WORD}){{0,4}})"
_FA_PAPER: Final = (
    r"(?:خبرنگار|خبرگزاری|شبکه|روزنامه|پایگاه\sخبری|وبگاه|سایت|تلویزیون|هفته‌نامه|مجله)"
)
_FA_KIND: Final = rf"(?P<kind>(?:{_FA_PAPER}\s){{0,3}})"
_FA_SAYS: Final = (
    r"(?:گزارش\s(?:داد|کرد|می‌دهد)|نوشت|نوشته|اعلام\sکرد|خبر\sداد|به\sنقل\sاز|مدعی\sشد)"
)
_FA_DAY: Final = r"(?:روز\s)?(?:(?:دو|سه|چهار|پنج|یک)?‌?شنبه\s|جمعه\s|امروز\s)?"

_ANYBODY, _NO_PERSON, _OUTLETS = Whom.ANYBODY, Whom.NO_PERSON, Whom.OUTLETS
_BEFORE, _BEHIND = Stands.BEFORE, Stands.BEHIND
# Language → where the name stands, who may be meant, the pattern (groups: name, perhaps kind and after),
# and its hints: the text holds one of them, in lower case, where the pattern holds.
WAYS: Final[dict[str, tuple[tuple[Stands, Whom, str, tuple[str, ...]], ...]]] = {
    "en": (
        (_BEHIND, _ANYBODY, rf"[Aa]ccording\sto\s{_ONE}", ("according to",)),
        (_BEHIND, _ANYBODY, rf"\b(?:citing|quoting|[Qq]uoted\sby|[Rr]eported\sby|[Cc]arried\sby|with\sreference\sto|(?:cited|quoted|quotes)(?=[^.]{{3,60}}\sas\ssaying)|(?:[Rr]eports?|[Ii]nforms?)\s(?:via|by|for)|wr(?:ites|ote)\sfor)\s{_ONE}", ("citing", "quot", "reported by", "carried by", "reference to", "cited", "report by", "reports via", "informs via", "reports for", "writes for", "wrote for")),
        (_BEHIND, _ANYBODY, rf"\bsa(?:id|ys)\sa(?=\s{_WORDING}\s)\s{_ONE}", ("report by", "report from", "report in", "report of")),
        (_BEHIND, _NO_PERSON, rf"\b(?:(?:told|tells)|interview\s(?:with|to|for)|[Ss]peaking\sto)\s{_ONE}(?!\sto\s)", ("told ", "tells ", "interview", "speaking to")),
        (_BEFORE, _OUTLETS, rf"{_NAME}{_AFTER}{_ASIDE}\s(?:reports?|reported|informs?|informed|writes|wrote|quoted?|quotes|cited)\b{_OWN_RESULTS}", ("report", "inform", "writes", "wrote", "quote", "cited")),
        (_BEFORE, _OUTLETS, rf"{_NAME}\s(?P<after>{_PAPER})\s(?:said|says)\b", ("agency said",)),
        (_BEHIND, _OUTLETS, rf"[,”\"]\s(?:reports|reported|writes)\s(?P<kind>(?:the\s)?){_NAME}", ("reports ", "reported ", "writes ")),
    ),
    "ru": (
        (_BEHIND, _ANYBODY, rf"(?:[Сс]о\sссылкой\sна|[Сс]сылаясь\sна|[Пп]о\s(?:данным|информации|сообщени(?:ю|ям)|сведениям|словам|версии)|[Сс]огласно)\s{_RU_ONE}", ("ссыл", "по данным", "по информации", "по сообщени", "по сведениям", "по версии", "согласно", "по словам")),
        (_BEHIND, _ANYBODY, rf"\b[Сс]ообща(?:ет|ют)\s{_RU_ONE}", ("сообщает", "сообщают")),
        (_BEHIND, _ANYBODY, rf"\b(?:[Сс]ообщил[аио]?|[Пп]ереда(?:[её]т|л[аи]?)|[Пп]иш[еу]т|[Нн]аписал[аи]?|[Ии]нформиру[ею]т)\s{_RU_ONE}", ("сообщил", "переда", "пишет", "пишут", "написал", "информиру")),
        (_BEHIND, _ANYBODY, rf"\b(?:[Сс]ообщили|[Зз]аявили|[Уу]точнили|[Оо]тметили|[Рр]ассказали|[Пп]одчеркнули)\s(?:[«“]?\w{{2,20}}[»”]?\s)?(?:в|во)\s{_RU_ONE}", ("сообщили", "заявили", "уточнили", "отметили", "рассказали", "подчеркнули")),
        (_BEHIND, _OUTLETS, rf"(?:(?:[Рр]ассказал|[Сс]ообщил|[Зз]аявил|[Сс]казал|[Оо]тметил|[Цц]итиру)\w{{0,3}}(?:\sв\s(?:эфире|интервью))?|в\s(?:интервью|эфире|статье|материале|публикации|беседе\sс))\s{_RU_OUTLET}", ("рассказал", "сообщил", "заявил", "сказал", "отметил", "цитиру", "интервью", "эфире", "статье", "материале", "публикации", "беседе с")),
        (_BEFORE, _OUTLETS, rf"(?P<name>{_QUOTED}|{_WORD}(?:\s{_WORD}){{0,4}})\s(?:сообщ|переда|пиш|напис|информир|заяв|рассказ|цитир|привод|утвержд)\w{{1,6}}", ("сообщ", "переда", "пиш", "напис", "информир", "заяв", "рассказ", "цитир", "привод", "утвержд")),
    ),
    "az": (
        (_BEFORE, _ANYBODY, rf"{_NAME}(?:{_AZ_TO})?{_AZ_KIND}\sistinadən", ("istinadən",)),
        (_BEFORE, _OUTLETS, rf"{_NAME}{_AZ_OF}{_AZ_KIND}\s[^.]{{3,80}}?istinadən", ("istinadən",)),
        (_BEFORE, _ANYBODY, rf"{_NAME}{_AZ_OF}{_AZ_KIND}\s(?:[^.]{{0,80}}?(?:verdiyi|yaydığı)\s)??(?:məlumat|xəbər)[ıi]?n?[aə]\s(?:görə|əsasən)", ("məlumat", "xəbər")),
        (_BEFORE, _OUTLETS, rf"{_NAME}(?:{_AZ_TO})?{_AZ_KIND}\s(?:[^.]{{0,80}}?\s)??{_AZ_TOLD}", ("xəbər ver", "məlumat", "yaz", "bildir", "deyib", "deyil", "söyləyib", "danışıb", "açıqla", "müsahibə")),
        (_BEFORE, _ANYBODY, rf"(?P<name>(?:[A-ZÇƏĞİÖŞÜ]\w{{1,20}}\s){{1,5}}{_AZ_OFFICE})n[dt][əa]n\s(?:xəbər\sver|məlumat\sver|bildir|deyil)\w+", ("bildir", "məlumat", "xəbər", "deyil")),
    ),
    "tr": (
        (_BEFORE, _ANYBODY, rf"{_NAME}{_TR_OF}{_TR_KIND}(?:\s\w{{2,20}})?\s(?:haberine|habere|aktardığına|bildirdiğine|verilerine|açıklamasına)\sgöre", ("göre",)),
        (_BEFORE, _ANYBODY, rf"{_NAME}[’'](?:dan|den|ndan|nden|tan|ten)\syapılan\saçıklama", ("yapılan açıklama",)),
        (_BEFORE, _ANYBODY, rf"{_NAME}{_TR_TO}{_TR_KIND}\s(?:göre|konuşan|konuştu|açıklama\w*|verdiği|demeç|yaptığı)", ("göre", "konuş", "açıklama", "verdiği", "demeç", "yaptığı")),
        (_BEFORE, _OUTLETS, rf"{_NAME}{_TR_WHO}\s[^.]{{0,100}}?(?:bildirdi|aktardı|duyurdu|yazdı|konuş\w+|açıklama\w*|demeç)\b", ("bildirdi", "aktardı", "duyurdu", "yazdı", "konuş", "açıklama", "demeç")),
        (_BEFORE, _OUTLETS, rf"{_NAME}\s(?:canlı\syayınında|ekranlarında|mikrofonlarına)", ("yayınında", "ekranlarında", "mikrofonlarına")),
        (_BEFORE, _ANYBODY, rf"{_NAME}(?:[’'](?:yi|yı|i|ı|u|ü))?{_TR_KIND}\s(?:kaynak\sgöster\w+|dayandır\w+)", ("kaynak", "dayandır")),
        (_BEFORE, _OUTLETS, rf"{_NAME}{_TR_KIND}\s(?:bildirdi|aktardı|duyurdu|yazdı)\b", ("bildirdi", "aktardı", "duyurdu", "yazdı")),
    ),
    "fa": (
        (_BEHIND, _ANYBODY, rf"(?:(?:به|بر\sاساس|طبق|بنا\sبر)\sگزارش|به\sنقل\sاز|به\sگفتهٔ?|به\sاستناد)\s{_FA_DAY}{_FA_KIND}{_FA_NAME}", ("گزارش", "نقل از", "به گفته", "استناد")),
        (_BEHIND, _ANYBODY, rf"(?:گفت‌?\s?و‌?\s?گو|گفتگو|مصاحبه)\sبا\s{_FA_KIND}{_FA_NAME}", ("گو با", "مصاحبه با")),
        (_BEHIND, _OUTLETS, rf"\bبه\s{_FA_KIND}(?P<name>[\w‌]{{2,30}})\sگفت", ("گفت",)),
        (_BEFORE, _OUTLETS, rf"{_FA_PAPER}\s{_FA_NAME}\s{_FA_SAYS}", ("گزارش", "نوشت", "اعلام", "خبر داد", "نقل از", "مدعی")),
        (_BEFORE, _OUTLETS, rf"(?P<name>(?!{_FA_PAPER}\s)\b[\w‌]{{2,30}}(?:\s[\w‌]{{2,30}})?)\s{_FA_SAYS}", ("گزارش", "نوشت", "اعلام", "خبر داد", "نقل از", "مدعی")),
    ),
}  # fmt: skip
