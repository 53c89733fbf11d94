# ruff: noqa: E501 - rows of words
"""The words that deny, cite and correct, in the languages of the desk and its neighbours.

English, Russian, Ukrainian, Azerbaijani, Turkish, Persian, German, French and Spanish, sought all at
once: nobody says in which language a sentence is.
"""

import re
from typing import Final

# "No. 5" denies nothing.
NEGATIONS: Final = re.compile(
    r"\b(?:(?!no\.? ?\d)(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|[a-z]+n[’']t)|"
    r"den(?:y|ies|ied)|refus(?:es?|ed|ing)|declin(?:es?|ed) to|reject(?:s|ed)?|fail(?:s|ed)? to|"
    r"не|нет|ни|никогда|никто|ничего|без|нельзя|отрица\w+|опроверг\w+|отказал\w+|отверг\w+|отклонил\w*|"
    r"ні|немає|ніхто|нічого|спросту\w+|заперечу\w+|відмовил\w+|відкину\w+|"
    r"deyil\w{0,4}|yox|yoxdur|heç|təkzib|imtina|rədd|olmadan|"
    r"değil\w{0,4}|yok|yoktur|yoktu|hiç|asla|yalanla\w+|redded\w+|reddet\w+|"
    r"nicht|kein\w{0,2}|nie|niemals|ohne|dementier\w+|bestritt\w{0,2}|bestreite\w{0,2}|weigert\w{0,2}|lehnte\w?|"
    r"pas|jamais|aucune?|sans|démen\w+|refus(?:é|e|a|ent)|niet?|nia|rejet(?:é|te|a)|"
    r"nunca|jamás|sin|ningun[oa]|ningún|nieg[oa]n?|neg(?:ó|aron)|desmint\w+|rechaz\w+|"
    r"نیست|نیستند|نبود|نبودند|هیچ|هرگز|بدون|تکذیب|امتناع|رد (?:کرد|شد)\w*|"
    r"ن(?:می|خواه|شد|کرد|دار|داش|داد|رس|پذیر|گرف|گف|رفت|آم|یاف|گذاش|باش|توان|کن|شو)\w*)\b",
    re.IGNORECASE,
)
# A verb's own denial in Azerbaijani and Turkish: "imzalanmadı", "olmayacaq", "gelmiyor", "etmir".
VERBS_DENIED: Final = re.compile(
    r"\b\w{2,}?(?:m[aəe](?:y[ıi]b|y[ae]c[ae]k?|yacaq|yəcək|d[ıi]|m[ıi]ş|yan|yən|yen|z\b|zlar|zlər)|"
    r"m[ıiuü](?:r(?:lar|lər|am|əm|ik|ıq)?\b|yor))\w{0,6}\b"
)
# How such a verb goes on where its affirmation differs: "alın|arak", "alın|madan".
DENIED_TAIL: Final = re.compile(r"m(?:[aəe](?:d[aəe]n|y|d[ıi]|z|m[ıi]ş)|[ıiuü](?:r|yor))")

CITES: Final = re.compile(
    r"\b(?:according to|said|says?|told|(?<!was )(?<!is )(?<!were )(?<!been )reported|reports|citing|cited|quoting|stated|announced|"
    r"alleg(?:es?|ed)|claim(?:s|ed)|"
    r"(?:по|за) (?:словам|данным|сообщению|информации|словами|даними|повідомленням)|со ссылкой|з посиланням|как (?:рассказал|сообщил|заявил)\w*|"
    r"сообщ(?:ил|ает|ают)\w*|заяв(?:ил|ляет)\w*|сказал\w*|передаёт|передает|утвержда\w+|рассказал\w*|"
    r"повідоми\w+|заяви\w+|сказа\w+|розповіл?\w+|"
    r"bildirib|bildirir|bildirilib|deyib|söylə(?:di|yib)|iddia (?:edib|edir)|xəbər verir|məlumat verir|açıqlama verib|istinadən|sözlərinə görə|məlumatına görə|"
    r"göre|söyledi|açıkladı|bildirdi|kaydetti|belirtti|aktardı|duyurdu|dedi|iddia etti|öne sürdü|doğrulayan|"
    r"laut|zufolge|nach (?:\w+ ){0,2}angaben|sagte|sagten|erklärte|erklärten|hieß es|behauptete\w?|berichtete\w?|teilte\w? (?:\w+ ){0,4}mit|"
    r"selon|d[’']après|a (?:déclaré|affirmé|indiqué|précisé|annoncé)|"
    r"según|dijo|dijeron|afirmó|declaró|informó|aseguró|"
    r"به گفته|به گزارش|به نقل از|گفت|گفته|اعلام کرد|اعلام کرده|گزارش داد|مدعی)\b",
    re.IGNORECASE,
)
# What begins a note about the article itself, and what says so in the middle of a sentence.
CORRECTS: Final = re.compile(
    r"^\W*(?:correction|corrected|clarification|editor[’']?s note|исправлен|поправк|уточнени|виправлен|"
    r"düzəliş|dəqiqləşdirmə|düzeltme|اصلاحیه|تصحیح|korrektur|berichtigung|richtigstellung|rectificatif|corrección|fe de erratas)|"
    r"\b(?:this (?:article|story|report|version|piece) (?:has been|was) (?:corrected|amended|updated (?:\w+ ){0,4}to (?:correct|clarify))|"
    r"ha(?:s|ve) been corrected|(?:an earlier|a previous) version|as we previously reported|редакци\w+ исправ|(?:материал|текст|статья|новость) исправлен\w?|исправлено|(?:ранее|изначально) (?:\w+ ){0,4}(?:ошибочно|неверно)|"
    r"в (?:более ранней|предыдущей|первоначальной) версии|у (?:попередній|ранішій) версії|"
    r"(?:məqalənin|xəbərin) əvvəlki|əvvəlki variant\w*|səhvən|düzəldil\w+|önceki sürüm\w*|yanlışlıkla (?:\w+ ){0,3}(?:yazıl|belirtil|veril)\w+|düzelt(?:ildi|ilmiştir)|"
    r"in einer früheren (?:fassung|version)|version précédente|versión anterior|anmerkung der redaktion|نسخه (?:قبلی|پیشین)|به.اشتباه|اصلاح شد)",
    re.IGNORECASE,
)
# A person's title says nothing of who is meant.
TITLES: Final = frozenset(
    "professor prof dr mr mrs ms miss sir president minister general colonel sheikh ayatollah hajj "  # noqa: SIM905 - a row of words
    "профессор доктор генерал полковник herr frau monsieur madame m mme señor señora".split()
)
# In a script without capitals, what stands behind these is a name.
LEADS_TO_A_NAME: Final = re.compile(
    r"(?:قاضی|وزیر (?:امور )?خارجه|نماینده|دکتر|آقای|خانم|سردار|سرهنگ|شهر|استان|شهرستان|خیابان|سازمان|شرکت|روزنامه|خبرگزاری|رئیس‌جمهور)\s$"
)
