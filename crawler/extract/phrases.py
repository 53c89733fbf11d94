# ruff: noqa: E501 - rows of words
"""Know how lines begin that stand inside articles and are no part of them, in forty languages.

Each is general: the words with which the press of a language announces other articles or asks
something of its readers. None belongs to one outlet. Patterns are in lower case.
"""

import re
from typing import Final

from crawler.extract.openings import Openings

_ANNOUNCING: Final = (
    # English
    "read (?:more|also|next|now|the full|on\\b|:)", "also (?:read|see|watch)", "see (?:also|more)",
    r"related\b", "more (?:on|from|about|stories|news) ", "don.t miss", "recommended", "watch:",
    "sign up", "subscribe", "follow us", "click here", "share this", "advertisement",
    "(?:article|story) continues", r"image \d+ of \d+", "table of contents", "in this article",
    r"reading time\b", r"\d+ min(?:ute)?s? read", "up next", "loading", "you (?:may|might) also",
    "must[- ]read", "keep reading", "continue reading", "listen to this", "what to read next",
    "(?:view|show|leave a|post a|add a) comment", "join the conversation", "most (?:read|popular)",
    "editor.?s.? picks?", "in case you missed", "explore more", "get the (?:latest|best)",
    "back to (?:top|video)", "article content$", "sponsored", "supported by", "embed(?:ded)?(?: |$)",
    # German, French, Spanish, Portuguese, Italian, Romanian
    "les(?:en|t) (?:sie )?(?:auch|mehr|hier)", "mehr (?:zum thema|dazu|lesen|von |aus |über )",
    "auch interessant", "das könnte (?:sie|dich)", r"anzeige\b", r"lesedauer\b", "lesetipp",
    "inhaltsverzeichnis", "player wird", "weitere (?:artikel|themen|nachrichten|beiträge|infos?)",
    "weiterlesen", "passend dazu", "zum thema", "meistgelesen", "artikel teilen", "jetzt lesen",
    "empfohlener (?:redaktioneller )?inhalt", "externer inhalt", "folgen? sie uns", "artikelbild",
    "lesen sie", "zum weiterlesen", "auch lesenswert", "schon gelesen", "bereits gelesen",
    "il vous reste", r"lecture \d", "à découvrir", "article réservé", "lire (?:aussi|également|plus)",
    "lire la suite", "à lire", "lisez aussi", "(?:à )?voir (?:aussi|également)",
    "pour aller plus loin", "publicité", "sur le même (?:sujet|thème)", "les plus lus", "suivez-",
    "en savoir plus", "temps de lecture", "contenus? (?:sponsorisé|réservé|associé)", "partager",
    "la suite (?:après|de cet)", "écouter (?:l.article|cet article)", "nos (?:derniers|autres) ",
    "le(?:e|a|er) (?:tambi[eé]n|más|además|aquí)", "(?:te|le) (?:puede|podría|recomendamos)",
    "también (?:puedes|te puede|lee)", "(?:ver|vea|mira|mire) (?:tambi[eé]n|más|además)",
    "más (?:información|noticias|sobre) ", "(?:noticias?|contenido|notas?) relacionad", "publicidad",
    "relacionad[oa]s?$", "sigue leyendo", "sígue?nos", "no te pierdas", "lo más (?:leído|visto)",
    "archivado en", "únete ", "suscr[ií]bete",
    "(?:leia|veja|confira|saiba|ouça) (?:também|mais|ainda)", "assista", "publicidade", "siga ",
    "continua (?:depois|após)", "(?:as )?mais lidas", "notícias relacionadas", "relacionadas?$",
    "leggi (?:anche|tutto|di più|altro)", "(?:ti )?potrebbe(?:ro)? interessar", "ti potrebbe",
    "(?:vedi|guarda) anche", "articoli correlati", "pubblicità", "per approfondire", "condividi",
    "continua a leggere", "cite[șs]te", "citi[țt]i", "vezi [șs]i", "publicitate", "recomandări",
    # Dutch, the North, Finnish, Icelandic, Hungarian
    "lees (?:ook|meer|verder)", "(?:zie|bekijk|luister) ook", "meer over ", "advertentie",
    "gerelateerd", "läs (?:också|mer|även|vidare)", "missa inte", r"annons\b", "relaterat",
    "les (?:også|mer|videre)", r"annon[sc]e\b", "(?:saken|artikkelen|artiklen) fortset", "se også",
    "læs (?:også|mere|videre)", "lue (?:myös|lisää)", r"mainos\b", "juttu jatkuu", "katso myös",
    "lestu", "sjá (?:einnig|nánar)", "auglýsing", "tengdar fréttir", "olvasta már", "kapcsolódó",
    r"hirdetés\b", "olvass", "ezt is ", "további (?:hírek|cikk)", "loe (?:ka|lisaks|rohkem)",
    "lasi (?:arī|vairāk)", "skaityk", "taip pat skaityk",
    # Slavic languages, Albanian
    "czytaj", "przeczytaj", "zobacz (?:też|także|również|więcej)", "polecamy", r"reklama\b",
    "dalsza część", r"pozostało \d", "sprawdź (?:też|także|również)", "powiązane", "udostępnij",
    "čtěte", "přečtěte", "mohlo by (?:vás|ťa)", "související", "súvisiace", "čítajte", "prečítajte",
    "pročitaj", "čitajte", "povezan", "vezan[ei] ", "preporučujemo", "možda će", "preberite",
    "beri(?:te)? tudi", "sorodn", "прочитајте", "повезан", "прочетете", "вижте (?:още|също)", "още по",
    "читайте", "читать (?:также|ещё|еще)", "(?:материалы )?по теме", "смотрите (?:также|ещё|еще)",
    "подпис(?:ывайтесь|аться|итесь)", r"реклама\b", "дивіться", "читай", "підпис(?:уйтесь|атися)",
    "тағы оқы", "оқи отыр", "lexo (?:edhe|më)",
    # Azerbaijani, Turkish, Uzbek, Arabic, Persian, Urdu, Hebrew, Greek, Georgian, Armenian
    "oxşar xəbər", "həmçinin oxu", "bizi izləyin", "daha ətraflı", r"reklam\b", "ilgili haber",
    "ayrıca (?:bak|oku)", "bunu da oku", "haberin devamı", "takip et", "okumaya devam", "shuningdek o",
    "(?:و?ا|إ)قر[أا]", "شاهد أيض", "قد يهمك", "للمزيد", "تابعو?نا", r"إعلان\b",
    "(?:مواضيع|أخبار|مقالات|موضوعات) (?:ذات صلة|متعلقة)", "(?:بیشتر|همچنین) بخوانید",
    "(?:مطالب|اخبار|خبرهای) مرتبط", "انتهای پیام", "یہ بھی پڑھیں", "مزید پڑھیں",
    "קראו (?:גם|עוד)", "ראו גם", "כתבות נוספות", r"פרסומת\b", "אולי יעניין", "διαβάστε", "δείτε (?:επίσης|ακόμα)",
    "σχετικά άρθρα", "ასევე წაიკითხეთ", "წაიკითხეთ", "կարդացեք նաև", "կարդալ նաև",
    # India, the Far East
    "(?:यह|ये|इसे) भी पढ़", "और पढ़ें", "हेही वाचा", "আরও? পড়ুন", "இதையும் படி", "மேலும் படி",
    "ఇది కూడా చదవండి", "ಇದನ್ನೂ ಓದಿ", "આ પણ વાંચો", "baca (?:juga|selengkapnya)", "(?:lihat|simak) juga",
    "artikel (?:terkait|berkaitan)", "berita terkait", "scroll to", "xem thêm", "đọc thêm",
    "(?:bài|tin) liên quan", "อ่านเพิ่มเติม", "อ่านข่าว", "ข่าวที่เกี่ยวข้อง",
    "関連(?:記事|ニュース|リンク|動画)", "あわせて読みたい", "【(?:関連|あわせて|写真)", "続きを読む", "もっと見る",
    "おすすめ(?:記事|の記事)", "残り\\d+文字", "広告$", "相[关關](?:阅读|閱讀|新[闻聞]|报道|報導|推[荐薦])?", "延伸[閱阅][讀读]",
    "推[荐薦][阅閱][读讀]", "[广廣]告$", "[责責]任[编編][辑輯]", "[请請][继繼][续續]往下", "看更多", "更多(?:新[闻聞]|精彩|内容|內容)",
    "관련 ?(?:기사|뉴스)", "많이 본", "[▶☞]", "기자의 다른",
)  # fmt: skip
_ASKING: Final = (
    # English
    "by (?:signing up|subscribing|clicking|submitting|entering your|registering|continuing|providing your)",
    "please (?:enter|log|sign in|sign up|subscribe|enable|try again|refresh|check your|consider (?:donat|support|subscrib|becom))",
    "you (?:must|need to|have to) (?:be )?(?:log|sign|subscrib|regist|enabl)",
    "already (?:a |an |have an? )(?:subscriber|member|account|registered|subscription|digital)",
    "(?:we apologi[sz]e, but )?this (?:video|content|site|page) (?:has failed|is (?:protected|not available|hosted|provided by))",
    "try refreshing", "got a (?:story|tip|news tip)", "have a (?:story|tip)",
    "do you have (?:a (?:story|tip|question|news)|(?:more |any )?information)",
    "to (?:continue reading|view this (?:video|content|page)|read (?:this|the full) (?:story|article)|see this (?:content|video)|view the full)",
    "(?:get|receive) .{0,60}(?:inbox|newsletter|straight to your)", "sign (?:up|in) (?:for|to)",
    "subscribe (?:to|now|for)", "tags?:", "filed under", "keywords:", "tell us what you think",
    "this (?:slideshow|video|gallery) requires", "get (?:access|unlimited|instant|real-time) ", "follow along with",
    "this (?:column|article|piece) does not necessarily", "for more on .{3,60},? (?:please )?(?:visit|follow|check|go to|sub)", "join (?:us (?:on|for)|our|thousands|now|the (?:conversation|discussion|debate))",
    "interested in more", "support (?:our|independent|quality) ",
    "follow (?:us|our|.{3,40} on (?:x|twitter|facebook|instagram|google|whatsapp))",
    "we (?:use cookies|value your|and our partners)", "your (?:support (?:helps|makes)|email address|subscription|privacy)",
    "thank you for (?:reading|subscribing|signing|registering)", "thanks for (?:signing|subscribing|reading)",
    "(?:this|our) (?:site|website) uses", "an error (?:has )?occurred", "something went wrong",
    "download (?:the|our) .{0,20}app", "copy (?:the )?link", "log in to", "you(?:.ve| have) (?:read|used|reached) (?:.{1,30} free |(?:your|the) limit)", "create (?:a|an|your) (?:free )?account",
    "enable (?:javascript|cookies)", "javascript is", "for more (?:stories|news|information|updates),? (?:like|visit|follow|check|go to|sub)",
    "comments? (?:are (?:closed|moderated|open)|on this)", "terms (?:of (?:use|service)|and conditions)", "privacy policy",
    "unlimited (?:digital )?access", "(?:the )?(?:views|opinions) expressed", "check out our",
    "stay (?:up to date|informed|updated|connected) ", "sorry,? (?:this (?:video|content|page|item)|the page)",
    # German
    "schlagw(?:ö|oe)rte?r?:", "stichw(?:ö|oe)rte?r?:", "an dieser stelle finde", "ich bin damit einverstanden", "mit (?:der|ihrer|deiner) anmeldung", "(?:mit|durch) (?:dem|einem|ihrem|ihren|den) klick",
    "bitte (?:logge?|melde|aktivier|beachte[nt]? sie (?:unsere|die netiquette)|lies |geben sie ihre|stimme)", "nur angemeldete",
    "sie (?:müssen (?:sich )?(?:angemeldet|eingeloggt|einloggen|anmelden|registriert)|haben noch kein(?:e|en)? (?:abo|konto|account)|sind (?:bereits|nicht) (?:angemeldet|registriert|abonnent|eingeloggt))",
    "um (?:diesen|dieses) (?:inhalt|artikel|video|beitrag|element)", "um .{0,60} kommentieren zu können", "personenbezogene daten (?:können|werden) ",
    "deine privatsphäre", "ihre (?:privatsphäre-einst|meinung ist)", "(?:jetzt )?(?:abonnieren|registrieren|anmelden|einloggen)(?: sie|$|!)",
    "(?:folgst|kennst|hast) du (?:schon|bereits) .{0,30}(?:newsletter|whatsapp|app|kanal)", "folgen sie (?:uns|.{0,30} auf)", "melden sie sich (?:an|hier|für)", "abonnieren sie", "abonniere (?:den|unseren|uns)",
    "möchten sie (?:den|diesen) (?:artikel|beitrag)", "wir (?:respektieren deine|verwenden cookies|benötigen (?:deine|ihre) (?:zustimmung|einwilligung)|freuen uns auf (?:ihre|deine) (?:meinung|zuschrift|nachricht))",
    "(?:dieser|der) (?:inhalt|artikel) (?:kann|konnte) nicht", "dieser (?:inhalt|artikel|beitrag|text) (?:ist (?:nur|exklusiv|zuerst)|erschien|stammt aus|gibt die meinung)",
    "hat (?:ihnen|dir) (?:der|dieser) (?:artikel|beitrag|text)", "unterstützen sie (?:uns|unsere)", "mehr dazu in unserer daten", "teile deine (?:tipps|meinung|erfahrung)", "schreib(?:en sie)? uns",
    "die redaktion (?:behält|empfiehlt)", "sie lesen gerade", "sie können (?:den|diesen) artikel", "externe inhalte",
    # French
    "mots[- ]clés", "en (?:vous inscrivant|cliquant|poursuivant (?:votre|la) (?:navigation|lecture)|renseignant)", "(?:inscrivez|abonnez|connectez|identifiez)-vous", "recevez (?:chaque|toute|tous|nos|notre|l.essentiel|gratuitement|les )", "(?:déjà|pas encore) abonné",
    "(?:cet|ce) (?:article|contenu|média) (?:est réservé|n.est pas (?:disponible|accessible)|a été bloqué|est bloqué)", "vous (?:devez (?:être|vous) (?:connecté|inscri|abonné|identifi)|avez déjà un|souhaitez (?:réagir|recevoir|suivre)|n.êtes pas (?:abonné|connecté))",
    "pour (?:lire la suite|lire (?:cet|l.)\\s?article|poursuivre (?:votre|la) lecture|accéder à (?:cet|la suite|ce contenu)|commenter|afficher ce)",
    "suivez(?:-nous| .{0,30} sur)", "rejoignez-", "téléchargez (?:l.|notre )app", "partagez (?:cet|l)", "soutenez(?:-nous| notre| la presse)",
    # Spanish, Portuguese, Italian
    "(?:etiquetas|palabras clave|palavras-chave|temas):", "temas$", "(?:suscr[ií]b|reg[ií]str|inscríb)(?:e|a)(?:te|se) ", "recib[ea] (?:nuestr|las (?:últimas|mejores|noticias)|en tu|gratis)", "para (?:seguir|continuar) leyendo", "para comentar (?:debes|inicia|esta)", "para continuar lendo",
    "(?:síguenos|sígue?nos|siga-nos|seguici|siganos)", "(?:al|ao) (?:registrarte|suscribirte|se inscrever|assinar|clicar)", "descarg(?:a|ue|ar) (?:la|nuestra) app", "¿?ya (?:eres suscriptor|tienes cuenta)",
    "inscreva-se ", "assine (?:o|a|já|agora|nossa) ", "cadastre-se", "receba (?:as|os|nossas|no seu|notícias|gratuitamente)", "baixe (?:o|nosso) ", "entre no (?:canal|grupo|nosso)", "clique aqui", "compartilhe ", "este conteúdo (?:é|foi)",
    "(?:este|esta) (?:contenido|noticia|nota) (?:es (?:exclusiv|solo)|está disponible)",
    "iscriviti ", "abbonati ", "scarica (?:la |l.)app", "registrati ", "accedi (?:o|per) ", "sostieni(?:ci| il nostro| la nostra)", "ricevi (?:le|la|ogni|gratis) ", "per (?:continuare a leggere|leggere (?:l.articolo|tutto)|commentare)", "questo (?:contenuto|articolo) è (?:riservato|disponibile)",
    # Dutch, the North, Finnish
    "(?:meld (?:je|u)|schrijf (?:je|u)|abonneer (?:je|u)|log) (?:aan|in|op|nu)", "lees hier (?:ons|onze)", "om (?:deze|dit) (?:inhoud|video|artikel|content)", "volg (?:ons|het laatste)", "wil je (?:meer (?:weten|lezen)|het laatste|dit artikel)", "ontvang (?:onze|dagelijks|elke|het laatste)",
    "för att (?:läsa (?:vidare|hela|artikeln)|kommentera|fortsätta läsa)", "prenumerera ", "logga in", "for å (?:lese (?:videre|hele|saken)|kommentere)", "du må (?:være (?:logget|pålogget|abonnent)|logge)", "abonner (?:på|nå)", "(?:logg|meld deg) (?:inn|på)",
    "for at (?:læse (?:videre|hele|artiklen)|kommentere)", "du skal (?:være (?:logget|abonnent)|logge)", "tilmeld dig", "tilaa (?:uutiskirje|tästä|nyt)", "(?:kirjaudu|rekisteröidy) ", "har du (?:et )?(?:tips|innspill|nyhetstips)", "tips oss",
    # Slavic languages, Hungarian, Romanian, Greek
    "(?:tagi|címkék|теги|метки|ключевые слова|ознаке|етикети|etykiety|štítky|ključne riječi)\\s*:", "(?:продолжение|текст продолжается) (?:после|ниже)", "не (?:упустите|пропустите)",
    "(?:zaloguj|zapisz|zarejestruj) się", "(?:chcesz|masz) (?:wiedzieć|dla nas|więcej)", "(?:dołącz do|obserwuj|śledź) ", "aby (?:czytać dalej|przeczytać (?:cały|resztę)|dodać komentarz|zobaczyć (?:ten|film))", "(?:subskrybuj|prenumeruj|kup) (?:nasz|dostęp|teraz)", "czytasz właśnie",
    "(?:přihlaste|zaregistrujte|odebírejte|předplaťte)", "(?:prihláste|odoberajte|predplaťte)", "pratite (?:nas|nas na|.{0,20} na )", "(?:prijavite se|preuzmite (?:našu|aplikaciju)|postanite (?:član|pretplat))", "(?:пратите нас|пријавите се)",
    "(?:присоединяйтесь|читайте нас|следите за нами)", "(?:хотите|чтобы) (?:узнавать|оставить комм|комментировать)", "нашли (?:ошибку|опечатку)", "если вы (?:нашли|заметили|обнаружили) (?:ошибку|опечатку|неточность)",
    "(?:долучайтесь|стежте за нами|читайте нас)", "якщо ви (?:знайшли|помітили) ", "(?:абонирайте|последвайте|следвайте ни)", "(?:iratkozz|kövess (?:minket|bennünket)|csatlakozz|jelentkezz be|fizess elő)", "(?:abonează-te|urmăre[șs]te-ne|urmări[țt]i-ne)", "(?:ακολουθήστε|εγγραφείτε|κατεβάστε)",
    # How a weblog's system says what was posted when, and where answers are fed
    "this (?:entry|post|article) (?:was )?(?:posted|written|is filed)", "(?:cet(?:te)? (?:article|entrée)|ce billet) a été (?:posté|publié)", "dieser (?:eintrag|beitrag|artikel) wurde (?:am|von|unter)",
    "(?:esta entrada|este artículo) (?:fue|está|se) ", "questo articolo è stato (?:pubblicato|scritto)", "نُ?شر هذا المقال", "эта запись (?:была )?опубликована", "запись (?:была )?опубликована",
    # What may be done with the text, in many languages
    "riproduzione riservata", "prohibida (?:la|su) reproducción", "(?:é )?proibida a reprodução", "wszelkie prawa zastrzeżone", "kopiowanie .{0,30}zabronione",
    "(?:использование|перепечатка|копирование|цитирование) .{0,40}материал", "при (?:использовании|перепечатке|цитировании) ", "при (?:використанні|передруці) ", "(?:використання|передрук) .{0,40}матеріал",
    "bütün hüquqlar.{0,12} qorunur", r"(?:saytdakı |sayt )?materiallar\w* istifadə", "tüm hakları saklıdır", "جميع الحقوق محفوظة", "(?:تمام|کلیه) حقوق", "未经.{0,6}授权", "版权所有", "转载请注明",
    # Turkish, Azerbaijani, Arabic, Persian, Hebrew
    "(?:abone|üye|kayıt) ol(?:un|mak|$)", "bu haber(?:e|i)? .{0,12}tepki", "takip edin", "yorum (?:yap|yaz)", "giriş yap(?:ın|mak|$)", "(?:bizi|bizə|kanalımıza) (?:izlə|abunə|qoşul|takip)", "səhv (?:tapdınız|aşkar)", "اشترك في (?:نشرت|قنا|النشرة)", "انضم إلى قنا", "(?:ما را در|ما را دنبال)", "برای (?:ثبت|ارسال) نظر", "הצטרפו ל(?:קבוצ|ערוץ|דף)", "הירשמו ל", "עקבו אחרינו", "מצאתם טעות",
    # The Far East and South
    "(?:会員登録|ログイン|この記事は有料|有料会員|無料登録|ここから先は|続きをご覧)", "[关關]注(?:我们|我們|.{0,8}(?:公众号|微信))", "(?:扫码|掃碼|扫描二维码)", "[下][载載].{0,6}(?:app|客户端)", "[点點][击擊](?:查看|下载|进入|這裡|这里)", "登[录入](?:后|後|以)", "加入(?:会员|會員|line)",
    "구독(?:하기|신청|$)", "댓글 ?(?:\\d|쓰기|을 (?:입력|작성)|$)", "로그인(?: ?하|이 필요|$)", "카카오톡.{0,6}(?:제보|공유)", "후원(?:해|하기)", "제보는", "네이버에서 .{0,20}구독", "무단 ?전재", "yuk,? ", "(?:ikuti|dapatkan|gabung|langganan|unduh) ", "(?:đăng nhập|đăng ký (?:nhận|theo dõi|kênh)|theo dõi (?:chúng|kênh|fanpage))", "ติดตาม(?:ข่าว|เรา|ได้ที่)", "สมัคร(?:สมาชิก|รับ)", "(?:हमें फॉलो|सब्सक्राइब|डाउनलोड)",
)  # fmt: skip
# With these keys readers report a mistake, in whatever language they are asked to.
_KEYS: Final = re.compile(r"C(?:trl|TRL)[\W_]{1,3}E(?:nter|NTER)")
_ALSO: Final = Openings(_ANNOUNCING)
_PLEA: Final = Openings(_ASKING)


def announces(text: str) -> bool:
    """Tell whether a line announces another article."""
    return _ALSO.begin(text)


def pleads(text: str) -> bool:
    """Tell whether a line asks something of the reader or speaks for the page's machinery."""
    if _PLEA.begin(text):
        return True
    return ("Ctrl" in text or "CTRL" in text) and _KEYS.search(text) is not None
