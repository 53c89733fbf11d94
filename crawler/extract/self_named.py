# ruff: noqa: E501 - rows of words
"""Read what a page calls itself where it calls itself no article.

The class of its body, as systems set it; that machines shall not list it; a title or an address
that belongs to the outlet's own pages ("About us"). Each is asked of pages without a day only.
"""

import re
from functools import cached_property
from typing import Final
from urllib.parse import unquote, urlsplit

from crawler.extract.document import Document
from crawler.extract.outline import fold_blanks
from crawler.extract.verdicts import name_of

# WordPress, Joomla and Ghost say in the class of <body> what they show.
_FOUND: Final = frozenset({"search-results", "search-no-results"})
_LOST: Final = frozenset(
    {"error404", "error-404", "page-404", "e404", "http-404", "not-found", "page-not-found"}
)
_GATHERED: Final = frozenset(
    {"view-category", "view-featured", "tag-template", "author-template", "home-template"}
)
_ARCHIVED: Final = frozenset({"category", "tag", "author", "date", "post-type-archive", "blog"})
_ONE: Final = frozenset({"single", "single-post", "post-template", "view-article"})
_FORUMS: Final = ("phpbb", "vbulletin", "xenforo", "discourse", "mybb", "invision", "flarum")
_FORUM: Final = re.compile(
    r"/(?:viewtopic|showthread|viewforum|forumdisplay)\.\w+$|/(?:forums?|foro|forumlar)/.",
    re.IGNORECASE,
)
_AND: Final = r"\s+(?:and|und|et|y|e|i|и|та|və|ve|و|&|\+|/)\s+"
_HOUSE: Final = (
    # English, German, French
    r"about us|contact(?: us)?|(?:our |your )?privacy(?: and cookies?)?(?: policy| notice| statement)?"
    r"|cookies?(?: policy| notice| statement)|terms(?: of (?:use|service|sale))?|conditions(?: of use)?"
    r"|legal (?:notice|information)|imprint|advertis(?:e|ing)(?: with us)?|editorial (?:policy|standards)"
    r"|code of ethics|accessibility(?: statement)?|masthead"
    r"|impressum|datenschutz(?:erklärung|hinweise?|bestimmungen)?|über uns|kontakt|agb|mediadaten"
    r"|allgemeine geschäftsbedingungen|nutzungsbedingungen|barrierefreiheit(?:serklärung)?"
    r"|mentions légales|politique de (?:confidentialité|cookies)|qui sommes[- ]nous\s?\??"
    r"|à propos(?: de nous)?|contactez[- ]nous|nous contacter|conditions générales(?: d\S+ \S+)?"
    # Spanish, Portuguese, Italian, Romanian
    r"|quiénes somos|sobre nosotros|aviso legal|política de (?:privacidade?|cookies)|contactos?"
    r"|términos (?:y condiciones|de uso)|quem somos|sobre nós|termos de uso|contato|fale conosco"
    r"|ficha técnica|estatuto editorial|chi siamo|contatti|note legali|informativa (?:sulla )?privacy"
    r"|despre noi|politica de confidențialitate|termeni (?:și|si) condi[țt]ii"
    # Dutch, Nordic, Polish, Czech, Hungarian
    r"|over ons|privacyverklaring|colofon|om oss|om os|personvern(?:erklæring)?|integritetspolicy"
    r"|privatlivspolitik|tietoa meistä|o nas|polityka prywatności|regulamin|o nás|kontakty"
    r"|ochrana osobních údajů|rólunk|impresszum|adatvédelmi (?:tájékoztató|nyilatkozat)"
    # Russian, Ukrainian, Turkish, Azerbaijani
    r"|о (?:нас|проекте|редакции|сайте|компании|газете|портале)|контакты|политика конфиденциальности"
    r"|пользовательское соглашение|реклама на сайте|про нас|контакти|політика конфіденційності"
    r"|hakkımızda|künye|iletişim|gizlilik (?:politikası|sözleşmesi)|çerez politikası"
    r"|kullanım (?:koşulları|şartları)|haqqımızda|əlaqə|məxfilik siyasəti|istifadə (?:qaydaları|şərtləri)"
    # Persian, Arabic, Chinese, Japanese, Korean
    r"|درباره ما|تماس با ما|حریم خصوصی|قوانین و مقررات|من نحن|اتصل بنا|سياسة الخصوصية|شروط الاستخدام"
    r"|关于我们|联系我们|隐私政策|使用条款|会社概要|お問い合わせ|プライバシーポリシー|利用規約"
    r"|회사 ?소개|개인정보 ?처리방침|이용약관"
)
# What stands at a search's or a list's head and nowhere else.
_FOUND_TITLE: Final = re.compile(
    r"(?:search results?|suchergebnis(?:se)?|résultats de (?:la |votre )?recherche|resultados de (?:la |tu )?búsqueda"
    r"|resultados? da (?:busca|pesquisa)|risultati (?:della |di )?ricerca|zoekresultaten|sökresultat|søkeresultat(?:er)?"
    r"|søgeresultat(?:er)?|hakutulokset|wyniki wyszukiwania|výsledky (?:vyhledávání|hledání|vyhľadávania)|keresési eredmények"
    r"|találatok|rezultatele căutării|результаты поиска|результати пошуку|іздеу нәтижелері|arama sonuçları|axtarışın? nəticələri"
    r"|αποτελέσματα αναζήτησης|hasil pencarian|kết quả tìm kiếm|खोज (?:के )?परिणाम|খোঁজার ফলাফল|ผลการค้นหา|תוצאות חיפוש"
    r"|نتائج البحث|نتایج جستجو|検索結果|(?:搜索|搜尋)[结結]果|검색 ?결과)(?=\W*$|\s*[:–—|«\"“„'‘]|\s[-(]|\s(?:for|für|pour|para|per|voor|för|for|dla|pro|по|за|для|untuk)\s)",
    re.IGNORECASE,
)
# What an outlet offers beside its articles, by the whole of its title.
_SERVICES: Final = (
    r"(?:our |all |unsere |nos |nuestros |nossas? |le nostre )?(?:newsletters?|e-?paper|podcasts?|rss(?: feeds?)?|site ?map|faq)"
    r"|newsletter (?:abonnieren|bestellen|sign-?up)|boletines|boletim|biuletyn|zpravodaj|hírlevél|nyhetsbrev|nieuwsbrief|uutiskirje"
    r"|mapa (?:del sitio|do site|serwisu|stránek)|plan du site|mappa del sito|карта сайта|карта сайту|site haritası|рассылки?|розсилк[аи]"
    r"|tv[- ]?(?:guide|listings?|programm?e?)|programme tv|guida tv|programación(?: tv)?|programação(?: (?:da )?tv)?|program tv|tv program"
    r"|телепрограмма|программа передач|програма телепередач|тв программа|(?:tv )?yayın akışı|tv proqramı|番組表|电视节目表|편성표"
    r"|kleinanzeigen|classifieds|petites annonces|anuncios clasificados|classificados|annunci|ogłoszenia|inzerce|объявления|оголошення|(?:seri )?ilanlar"
    r"|obituaries|traueranzeigen|avis de décès|necrológicas|necrologie|nekrologi|dödsannonser"
)
_HOUSE_TITLE: Final = re.compile(
    rf"(?:{_HOUSE}|{_SERVICES})(?:{_AND}(?:{_HOUSE}))?", re.IGNORECASE
)
_HOUSE_ADDRESS: Final = re.compile(
    r"(?:/[^/]+)?/(?:about(?:-us)?|contact(?:-us)?|privacy(?:-(?:policy|notice|statement))?|imprint"
    r"|terms(?:-(?:of-use|of-service|and-conditions))?|cookie-?policy|impressum|datenschutz"
    r"|ueber-uns|mediadaten|mentions-legales|qui-sommes-nous|quienes-somos|aviso-legal|quem-somos"
    r"|politica-de-(?:privacidade?|cookies)|chi-siamo|over-ons|om-oss|o-nas|polityka-prywatnosci"
    r"|hakkimizda|kunye|iletisim|gizlilik-politikasi|haqqimizda|elaqe)(?:\.\w+)?/?",
    re.IGNORECASE,
)
_VIDEOS: Final = re.compile(r"/(?:videos?|vidéos?|watch|mediathek|media)/", re.IGNORECASE)
_WEATHER: Final = re.compile(
    r"\bweather\b|hava durumu|hava proqnozu|wetter(?:vorhersage)?\b|météo\b|prévisions|pogoda\b"
    r"|(?:прогноз )?погод[аы]\b|previs(?:ão|ioni) |pronóstico|el tiempo en|tempo em|天気|天气|날씨"
    r"|počasí|počasie|időjárás|vremea|vremenska|времето|καιρός|cuaca|thời tiết|मौसम|আবহাওয়া|สภาพอากาศ|מזג האוויר"
    r"|\bväder|\bværet?\b|\bvejret\b|\bhet weer\b|\bsää\b|hali ya hewa|ამინდი|եղանակ|ауа райы"
    r"|آب و هوا|هواشناسی|الطقس",
    re.IGNORECASE,
)
_WEATHER_ADDRESS: Final = re.compile(
    r"(?:[^/]*/|(?=[^/.]+\.))(?:weather|hava(?:-durumu|durumu|-proqnozu)?|wetter|meteo|el-tiempo|pogoda|pogoda-\w+"
    r"|pocasi|pocasie|idojaras|vremea|vreme|vader|vejr|weer|saa|cuaca|thoi-tiet|kairos"
    r"|previsao(?:-do)?-tempo|tempo)(?:\.[^/]+)?(?:/[^/]+){0,2}/?(?:\.\w+)?",
    re.IGNORECASE,
)
_LONGEST_TITLE: Final = 400


class SelfNamed:
    """What one page calls itself; each fact but its day is read when first asked for."""

    def __init__(self, document: Document) -> None:
        self._document = document
        # It states when it was published: what reports an error does not.
        self.dated = bool(document.meta("article:published_time")) or any(
            node.get("datePublished") for node in document.articles
        )

    @cached_property
    def unlisted(self) -> bool:
        """Whether search engines shall leave the page out: of articles few say so."""
        return "noindex" in self._document.meta("robots").lower()

    @cached_property
    def title(self) -> str:
        """Return the page's <title>, as much of it as is searched for words."""
        nodes = self._document.outline.nodes("title")
        return fold_blanks(nodes[0].text()[:_LONGEST_TITLE]) if nodes else ""

    @cached_property
    def classes(self) -> frozenset[str]:
        """Return the classes of <body>, and its id."""
        body = self._document.tree.body
        named = name_of(body.attributes) if body is not None else ""
        return frozenset(named.lower().replace("_", "-").split())

    @property
    def lost(self) -> bool:
        """Whether its system says that there is no such page."""
        return not self.classes.isdisjoint(_LOST)

    @property
    def gathers(self) -> bool:
        """Whether its system says that it lists articles."""
        classes = self.classes
        if classes & _ONE:
            return False
        archived = "archive" in classes and bool(classes & _ARCHIVED)
        return archived or bool(classes & _FOUND or classes & _GATHERED)

    @cached_property
    def found(self) -> bool:
        """Whether its title says that it lists what a search found."""
        return _FOUND_TITLE.match(self.title) is not None

    @property
    def plays(self) -> bool:
        """Whether it is shared as a player, at an address of videos."""
        path = urlsplit(self._document.url).path
        return self._document.meta("twitter:card") == "player" and bool(_VIDEOS.search(path))

    def of_house(self, headline: str) -> str:
        """Say which page of its own business an outlet shows; empty: none."""
        address = urlsplit(self._document.url)
        path = unquote(address.path)
        if _HOUSE_TITLE.fullmatch(headline.strip()) or _HOUSE_ADDRESS.fullmatch(path):
            return "page about the outlet"
        if _FORUM.search(path) or self._is_of_forum():
            return "forum thread"
        placed = _WEATHER_ADDRESS.fullmatch(f"{address.hostname}{path}")
        if placed and _WEATHER.search(headline or self.title):
            return "weather forecast"
        return ""

    def _is_of_forum(self) -> bool:
        generator = self._document.meta("generator").lower()
        return any(generator.startswith(each) for each in _FORUMS)
