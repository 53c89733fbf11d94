"""Pages that are no article are said to be none; what is one is never refused."""

import json
from datetime import UTC, datetime

# ruff: noqa: E501 - pages are easier to read unbroken
import pytest

from crawler.extract import extract_article

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
P1 = "The council voted on Tuesday to rebuild the old bridge over the river Tamar by next spring."
P2 = "Engineers had warned for years that its northern pier was sinking, a report said in May."
P3 = "Work is to begin in January, and the ferry will run twice an hour until it is finished."
TEASERS = "".join(
    f"<div><h3><a href=/{n}>Ferry number {n} is late again</a></h3><p>Its captain says that the"
    " tide was against him, and that he had warned the harbour master.</p></div>"
    for n in range(20)
)
HEADLINES = "".join(
    f"<h4><a href=/{n}>Ferry number {n} is late again</a></h4>" for n in range(20)
)
ARTICLE = f"<article><h1>Bridge to be rebuilt</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p></article>"


def page(
    markup: str, *, title: str = "The Tamar Post", head: str = "", ld: object = None
) -> bytes:
    script = f"<script type=application/ld+json>{json.dumps(ld)}</script>" if ld else ""
    return f"<html lang=en><head><title>{title}</title>{head}{script}</head><body>{markup}</body></html>".encode()


FEW = "".join(
    f"<div><a href=/{n}><h3>Ferry number {n} is late again</h3></a><p>The tide was against it {n}"
    " times, its captain said.</p><span>3 May 2024</span></div>"
    for n in range(4)
)
ROWS = "".join(
    f"<li><a href=/{n}>Ferry number {n} is late again</a><p>…{n} {P2}…</p>" for n in range(4)
)
FORM = "<form method=post><input name=e><input type=password><button>Go</button></form>"
SUGGESTED = "".join(
    f"<article><h3>Ferry {n} is late</h3><p>By Ann Lee</p></article>" for n in range(4)
)
STATED = "<meta property=og:type content=article>"

NONE = {
    "a front page that calls itself an article": (
        "/",
        page(f"<h1><a href=/1>Bridge to be rebuilt</a></h1><p>{P1} {P2}</p>", head=STATED),
        "front page",
    ),
    "a section of a few entries with a line each": ("/farming", page(f"<h1>Farming</h1>{FEW}"), "list of articles"),
    "a few advertisements with how many there are": (
        "/houses/1",
        page(f"<h1>Houses</h1><p>147 advertisements found, by date of entry</p>{FEW}<p>The publisher does not vouch for them.</p>"),
        "list of articles",
    ),
    "what a search found, an excerpt below each": (
        "/find?q=bridge",
        page(f"<h1>Search</h1><ol>{ROWS}</ol>", head="<meta name=robots content=noindex>"),
        "list of articles",
    ),
    "what a search found, by its title": (
        "/find/bridge",
        page(f"<h1>Bridge</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>", title="Wyniki wyszukiwania: most | Post"),
        "list of articles",
    ),
    "the works of an author": ("/yazar/ann-lee", page(f"<h1>Ann Lee</h1><ul>{ROWS}</ul>"), "list of articles"),
    "what is on television": (
        "/tonight",
        page(f"<h1>Programme TV</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>"),
        "page about the outlet",
    ),
    "the notices of a month": (
        "/notices/2024-03/",
        page(f"<h1>Notices</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>"),
        "list of articles",
    ),
    "a lost page in words of its own": (
        "/news/2021/mayor",
        page(
            "<h1>Ups! Diese Seite ist gerade Kaffee holen</h1><p>Der Inhalt, den Sie suchen, existiert nicht"
            " mehr oder wurde verschoben. Bitte prüfen Sie die Adresse oder nutzen Sie die Suche oben auf der"
            f" Seite. Ein Teil unserer älteren Beiträge wird noch übertragen.</p>{SUGGESTED}",
            head=STATED,
        ),
        "error page: ",
    ),
    "a form to sign in, where an article was asked for": (
        "/zaloguj?return=%2Fregion%2F1",
        page(
            f"<h1>Zaloguj się, aby czytać dalej</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>{FORM}",
        ),
        "login page",
    ),
    "a form to sign in at the article's own address": (
        "/region/1",
        page(f"<h1>Chcesz czytać? Zaloguj się</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>{FORM}"),
        "login page",
    ),
    "a long question about cookies on the way to an article": (
        "/consent?redirect=%2Flocal%2F1",
        page(
            "<h1>Welcome to the Post</h1><p>We and our 218 partners process personal data such as your IP"
            " address to choose advertising.</p><p>With your consent we store cookies on your device, and"
            " you may withdraw it at any time at the foot of each page of the paper.</p>"
            f"<p>{P1}</p>"
        ),
        "consent page",
    ),
    "a question to pay or consent, below the title of the article": (
        "/rat/freibad-vertagt",
        page(
            "<h1>Rat vertagt Freibad</h1><h2>Mit Werbung weiterlesen</h2><p>Ihre Zustimmung können Sie am"
            f" Ende jeder Seite widerrufen.</p><h2>PUR-Abo</h2><p>Für 3,99 Euro ohne Werbung.</p><p>{P1}</p>",
            head="<meta property=og:type content=article>",
        ),
        "consent page",
    ),
    "an offer to subscribe that calls itself an article of a day": (
        "/offers/spring",
        page(
            f"<h1>The news that somebody drove to</h1><p>£3 for 3 months</p><p>{P1}</p><p>{P2}</p><p>£59 a year</p>",
            head=f"{STATED}<meta property=article:published_time content=2024-04-01T00:00:00Z>",
        ),
        "subscription offer",
    ),
    "a front page": ("/", page(TEASERS), "front page"),
    "a front page in one of two languages": ("/en/", page(TEASERS), "front page"),
    "a front page that names a campaign": ("/?utm_source=mail", page(TEASERS), "front page"),
    "a tag page": ("/tag/bridges", page(f"<h1>Bridges</h1>{TEASERS}"), "list of articles"),
    "a tag page whose teasers are articles": (
        "/tag/bridges",
        page("<h1>Bridges</h1>" + TEASERS.replace("div>", "article>")),
        "list of articles",
    ),
    "a section with a word of its own first": (
        "/sport",
        page(f"<h1>Sport</h1><p>All that our reporters saw on the pitches of the county this week.</p>{TEASERS}"),
        "list of articles",
    ),
    "a list that says so": ("/all", page(ARTICLE, ld={"@type": "CollectionPage"}), "list of articles"),
    "a tag page that its system calls an article": (
        "/tag/bridges",
        page("<h1>Bridges</h1>" + TEASERS, head="<meta property=og:type content=article>"),
        "list of articles",
    ),
    "an archive that its system calls an article": (
        "/tag/bridges",
        page("<p>Home Tags Bridges</p>", head="<meta property=og:type content=article>", ld={"@type": "CollectionPage"}),
        "list of articles",
    ),
    "teasers cut short, whatever the page calls itself": (
        "/news/1",
        page("".join(f"<p>{n} {P1[:60]}...</p>" for n in range(8)), ld={"@type": "NewsArticle"}),
        "list of articles",
    ),
    "titles in boxes, a text below each": (
        "/politics",
        page("".join(f"<div><div><a href=/{n}>Ferry number {n} is late again</a></div><div>{n} {P2}</div></div>" for n in range(9))),
        "list of articles",
    ),
    "a title and a text in one item": (
        "/politics",
        page("<ul>" + "".join(f"<li><b><a href=/{n}>Ferry number {n} is late again</a></b><br>{n} {P2}</li>" for n in range(9)) + "</ul>"),
        "list of articles",
    ),
    "a table of titles and texts": (
        "/politics",
        page("<table>" + "".join(f"<tr><td><a href=/{n}>Ferry number {n} is late again</a></td><td>{n} {P2}</td></tr>" for n in range(9)) + "</table>"),
        "list of articles",
    ),
    "a tag that calls itself an article": (
        "/river",
        page(
            "".join(f"<div><a href=/{n}>Ferry number {n} is late again</a><div>24 Nov</div><p>{n} {P2}</p></div>" for n in range(9)),
            head="<meta property=og:type content=article>",
        ),
        "list of articles",
    ),
    "an author's page": (
        "/authors/ann-berg",
        page("<h1>Ann Berg</h1><p>Ann Berg has covered the county and the river since 2011, from Hale.</p>" + HEADLINES),
        "list of articles",
    ),
    "search results": ("/search?q=bridge", page(ARTICLE, ld={"@type": "SearchResultsPage"}), "list of articles"),
    "a profile": ("/people/berg", page(ARTICLE, head="<meta property=og:type content=profile>"), "profile page"),
    "an error that says 200": (
        "/gone",
        page("<h1>Page not found</h1><p>The page you are looking for does not exist.</p>"),
        "error page",
    ),
    "an error by its number": ("/gone", page("<h1>404</h1><p>Nothing here. Try the search above.</p>"), "error page"),
    "an error of the server": ("/news/1", page("<h1>503 Service Unavailable</h1><p>No server is available to handle this request.</p>"), "error page"),
    "a check for robots": ("/news/1", page("<h1>Just a moment...</h1><p>Checking your browser before you enter.</p>"), "error page"),
    "an error in Russian": ("/news/1", page("<h1>Страница не найдена</h1><p>Возможно, она была удалена.</p>"), "error page"),
    **{
        f"an error: {title}": ("/news/1", page(f"<h1>{title}</h1><p>404</p>"), "error page")
        for title in (
            "Strona nie została znaleziona", "Stránka nebyla nalezena", "Stranica nije pronađena",
            "Pagina nu a fost găsită", "Sivua ei löydy", "Az oldal nem található",
            "Страницата не е намерена", "Η σελίδα δεν βρέθηκε", "הדף לא נמצא", "Halaman tidak ditemukan",
            "Không tìm thấy trang", "ไม่พบหน้าที่คุณต้องการ", "पेज नहीं मिला", "页面不存在", "გვერდი ვერ მოიძებნა",
            "Səhifə tapılmadı", "صفحه یافت نشد", "الصفحة غير موجودة", "페이지를 찾을 수 없습니다",
        )
    },
    "a video and no text": ("/video/1", page("<h1>Bridge seen from above</h1><video src=a.mp4></video>"), "video"),
    "a video with a line below": (
        "/video/1",
        page("<h1>Bridge seen from above</h1><p>Our camera flew over the Tamar on Monday at noon.</p>", ld={"@type": "VideoObject", "name": "Bridge"}),
        "video",
    ),
    "a question about cookies": (
        "/news/1",
        page("<h1>The Tamar Post</h1><p>We and our 143 partners use cookies to store what you read on your device.</p><button>Accept</button>"),
        "consent page",
    ),
    "a form to sign in": (
        "/news/1",
        page("<h1>Log in to your account</h1><form><input name=user><input type=password></form><p>No account yet? It takes two minutes.</p>"),
        "login page",
    ),
    "a job": ("/jobs/1", page(ARTICLE, ld={"@type": "JobPosting", "title": "Bridge keeper"}), "job advertisement"),
    "a thing to buy": ("/shop/1", page(ARTICLE, head="<meta property=og:type content=product>"), "product page"),
    **{
        f"a page of the house: {title}": ("/p/7", page(f"<h1>{title}</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>", head="<meta property=og:type content=article>"), "page about the outlet")
        for title in (
            "About us", "Privacy Notice", "Terms of Use", "Contact", "Datenschutz und Impressum", "Mentions légales",
            "Quiénes somos", "Chi siamo", "О редакции", "Hakkımızda", "Haqqımızda və əlaqə", "درباره ما", "من نحن", "利用規約",
        )
    },
    "a page of the house by its address": ("/about-us", page(ARTICLE), "page about the outlet"),
    "an archive by its system's name for it": (
        "/bridges",
        page(ARTICLE).replace(b"<body>", b"<body class='archive tag tag-bridges tag-77'>"),
        "list of articles",
    ),
    "results of a search at the root": (
        "/?s=bridge",
        page(ARTICLE).replace(b"<body>", b"<body class='search search-results'>"),
        "list of articles",
    ),
    "an error with today's news below": (
        "/gone",
        page(f"<h1>Sorry, this page has melted</h1><p>Try the search.</p>{ARTICLE * 4}", title="The Tamar Post | Page not found", head="<meta name=robots content=noindex>"),
        "error page",
    ),
    "an error by its system's name for it": (
        "/gone",
        page(f"<h1>Oh dear</h1>{ARTICLE * 4}").replace(b"<body>", b"<body class='error404 wide'>"),
        "error page",
    ),
    "an error by its number in a part of the title": (
        "/spip.php?article=99",
        page(f"<h1>No article at this address</h1>{ARTICLE * 3}", title="Erreur 404 - The Tamar Post"),
        "error page",
    ),
    "an error by the id that its system sets": (
        "/gone",
        page(f"<h1>Oh dear</h1>{ARTICLE * 4}").replace(b"<body>", b"<body id='page_404'>"),
        "error page",
    ),
    "an error that a line tells below much text": (
        "/region/bridge",
        page(f"<h1>Something slipped</h1>{ARTICLE * 4}<p>Fehler 500 · Internal Server Error</p>", head="<meta name=robots content=noindex>"),
        "error page",
    ),
    "teasers of which each is a link": (
        "/mountains/",
        page("<h1>Mountains</h1>" + "".join(f"<a href=/{n}><h3>Ferry number {n} is late again</h3><p>{P1}</p></a>" for n in range(7))),
        "list of articles",
    ),
    "a tag with a word on it above a few rows": (
        "/tags/metro/",
        page(f"<h1>#metro</h1><p>{P1} {P2}</p>" + "".join(f"<p>27.02.2026 <a href=/{n}><b>Ferry number {n} is late again</b></a><br>{P3[:50]}</p>" for n in range(4))),
        "list of articles",
    ),
    "a video that other sites play": (
        "/videos/volcano_20251104",
        page(f"<h1>The volcano this morning</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>", head="<meta name=twitter:card content=player>"),
        "video without text",
    ),
    "a long question about cookies": (
        "/news/1",
        page(f"<h1>Lire avec publicité ou s’abonner</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>"),
        "consent page",
    ),
    "a form to sign in that says much of itself": (
        "/news/1",
        page(f"<h1>Sign in to continue reading</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>", head="<meta name=robots content=noindex>"),
        "login page",
    ),
    "a thread of a forum": ("/forum/topic/12", page(ARTICLE), "forum thread"),
    "a thread by the system that keeps it": ("/t/12", page(ARTICLE, head="<meta name=generator content='Discourse 3.2'>"), "forum thread"),
    "a thread that says so": ("/t/12", page(ARTICLE, ld={"@type": "DiscussionForumPosting"}), "forum thread"),
    "a forecast": ("/weather/hale", page(f"<h1>Hale weather: 15 days</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>"), "weather forecast"),
    "a forecast in Czech": ("/pocasi/kamenice", page(f"<h1>Počasí Kamenice</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>"), "weather forecast"),
    "nothing at all": ("/news/1", page(""), "no text"),
}  # fmt: skip


@pytest.mark.parametrize("name", NONE)
def test_what_is_no_article_is_refused_with_the_reason(name: str) -> None:
    path, html, reason = NONE[name]
    assert reason in extract_article(html, f"https://post.test{path}", now=NOW).not_article


def test_a_host_may_be_named_after_the_weather_alone() -> None:
    forecast = page(f"<h1>Počasí Kamenice</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>")
    for host, reason in (("pocasi.post.test", "weather forecast"), ("post.test", "")):
        said = extract_article(forecast, f"https://{host}/kamenice", now=NOW).not_article
        assert said == reason, host


DATED = {"@type": "NewsArticle", "headline": "503 homes lost", "datePublished": "2026-04-01"}
SHORT = "Police say that the missing boat was not found on Monday; the search goes on at dawn."
ONES = {
    "an article on what a search found": (
        "/boat",
        page(f"<h1>Search results in the find of a boat</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>", title="Search results in the find of a boat"),
    ),
    "an article on newsletters": (
        "/media/newsletter",
        page(f"<h1>Newsletters are read less</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>"),
    ),
    "a story told between pictures": (
        "/pictures/1",
        page(
            "<h1>Bridge to be rebuilt</h1><figure><img src=a.jpg><figcaption>1/2 The pier.</figcaption></figure>"
            f"<p>{P1} {P1[4:]}</p><p>{P2} {P2[4:]}</p><p>{P3} {P3[4:]}</p>",
            ld={"@type": "ImageGallery", "datePublished": "2023-09-30"},
        ),
    ),
    "a text on cookies and consent": (
        "/tech/consent",
        page(
            "<h1>Court rules on cookies</h1><p>Publishers and their partners may store cookies on a device only"
            f" with consent, the court said of personal data in advertising.</p><p>{P1}</p><p>{P2}</p><p>{P3}</p>"
        ),
    ),
    "a dated text on accepting or paying": (
        "/tech/choice",
        page(
            f"<h1>Accept advertising or pay, platform says</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p>",
            head="<meta property=article:published_time content=2024-04-01T00:00:00Z>",
        ),
    ),
    "a text on a paper's offers": (
        "/media/offers-rise",
        page(f"<h1>Papers ask for more</h1><p>A year now costs £59.</p><p>It was £40.</p><p>{P1}</p><p>{P2}</p><p>{P3}</p>"),
    ),
    "a brief text on a way in, with a form in the margin": (
        "/museum?ref=https%3A%2F%2Fnews.test",
        page(f"<h1>Müzeye giriş ücretsiz</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p><div class=modal>{FORM}</div>"),
    ),
    "a dated text on what subscriptions cost": (
        "/media/prices",
        page(
            f"<h1>Subscriptions cost more</h1><p>Post: £59 a year</p><p>Mercury: £40</p><p>{P1}</p><p>{P2}</p>",
            head=f"{STATED}<meta property=article:published_time content=2024-04-01T00:00:00Z>",
        ),
    ),
    "a text on signing in, with a form in the margin": (
        "/tech/passwords",
        page(f"<h1>Passwords are to end</h1><p>{P1}</p><p>{P2}</p><p>{P3}</p><div class=modal>{FORM}</div>"),
    ),
    "a brief item above four others": (
        "/boat",
        page(f"<h1>Boat is missing</h1><p>{P1}</p>{FEW}", title="Boat is missing"),
    ),
    "a brief item below four others": (
        "/boat",
        page(f"<div>{FEW}<h1>Boat is missing</h1><p>{P1}</p><p>{P2}</p></div>", title="Boat is missing"),
    ),
    "an article beside many headlines": ("/bridge", page(ARTICLE + f"<div>{HEADLINES}</div>")),
    "an article above many teasers": ("/bridge", page(f"<div>{ARTICLE}{TEASERS}</div>")),
    "a brief item above many headlines": (
        "/boat",
        page(f"<main><h1>Boat is missing</h1><p>{SHORT}</p></main><div>{HEADLINES}</div>"),
    ),
    "an article below the link of its section": (
        "/bridge",
        page(f"<h3><a href=/news>News of the county</a></h3><h1>Bridge to be rebuilt</h1><div><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>{HEADLINES}"),
    ),
    "a headline that links to its own page": (
        "/bridge",
        page(f"<div><h2><a href=/bridge>Bridge to be rebuilt by spring</a></h2><p>{P1}</p><p>{P2}</p><p>{P3}</p></div>{HEADLINES}", title="Bridge to be rebuilt by spring"),
    ),
    "sections that link to themselves": (
        "/guide",
        page("<article><h1>A guide to the bridges of the Tamar</h1>" + "".join(f"<h2><a href=#{n}>Bridge number {n}</a></h2>{ARTICLE[43:-10] * 2}" for n in range(8)) + "</article>"),
    ),
    "an article below the address of a topic": (
        "/topic/bridge-to-be-rebuilt",
        page(f"<main><h1>Bridge to be rebuilt</h1>{ARTICLE[43:-10]}</main><div>{HEADLINES}</div>"),
    ),
    "a list of what was read, with words among the links": (
        "/read-this-week",
        page(
            "<h1>What we read this week</h1>" + "".join(f"<p>{P2} <a href=/{n}>Ferry number {n} is late again</a> {n} {P1}</p>" for n in range(9)),
            head="<meta property=og:type content=article>",
        ),
    ),
    "an address of numbers": ("/?p=2895", page(ARTICLE)),
    "a number that is no error": ("/storm", page(f"<h1>503 homes lost power in the storm</h1><p>{SHORT}</p>")),
    "a brief item on something not found": ("/boat", page(f"<h1>Boat not found</h1><p>{SHORT}</p>", ld=DATED)),
    "a brief item beside a player": (
        "/boat",
        page(f"<h1>Boat is missing</h1><p>{SHORT}</p><aside><video src=live.m3u8></video></aside>", ld=DATED),
    ),
    "a brief item below a question about cookies": (
        "/boat",
        page(f"<div><p>We use cookies to give you the best of our site.</p></div><main><h1>Boat is missing</h1><p>{SHORT}</p></main>"),
    ),
    "a live blog": (
        "/live/storm",
        page("<h1>Storm: live</h1>" + "".join(f"<article><h2>{n}:15 Harbour closed</h2><p>{SHORT}</p></article>" for n in range(10, 20)), ld={"@type": "LiveBlogPosting", "headline": "Storm: live"}),
    ),
    "a gallery": ("/gallery/1", page("<h1>The bridge in pictures</h1><figure><img src=a.jpg><figcaption>The northern pier on Monday morning.</figcaption></figure>", ld=DATED)),
    "an article that machines shall not list": ("/bridge", page(ARTICLE, head="<meta name=robots content=noindex>")),
    "an article on the contact of the house": ("/bridge", page(ARTICLE.replace("Bridge to be rebuilt", "Contact lost with ferry"))),
    "an article on a number": ("/bridge", page(ARTICLE, title="Error 404: how the bridge of the county was lost in a map")),
    "an article in an archive of numbers": (
        "/archives/1234/",
        page("<h1>What we read</h1>" + "".join(f"<p>{P1} {P2} {P3}</p><p><a href=/{n}>Ferry number {n} is late again</a> {P1}</p>" for n in range(5))),
    ),
    "a dated article on privacy": ("/privacy", page(ARTICLE, ld=DATED)),
    "an article on the weather": ("/news/weather-ends-season", page(ARTICLE.replace("Bridge to be", "Weather to be"))),
    "one article of a system's archive": ("/bridge", page(ARTICLE).replace(b"<body>", b"<body class='single single-post archive category'>")),
    "an advertised job in the news": ("/jobs", page(ARTICLE, ld=[{"@type": "JobPosting"}, DATED])),
}  # fmt: skip


@pytest.mark.parametrize(
    "told",
    [
        "We can't find what you're looking for. The link may be broken or the story was removed.",
        "La pagina che stai cercando non esiste più o è stata spostata. Controlla l'indirizzo.",
        "A keresett oldal nem található, vagy áthelyeztük. Ellenőrizze a címet.",
        "Возможно, материал удалён или ссылка устарела. Запрашиваемая страница не существует.",
        "Aradığınız sayfa mevcut değil, taşınmış veya kaldırılmış olabilir. Adresi kontrol edin.",
        "您要查找的页面不存在，可能已被删除或移动。请检查网址。",
        "الصفحة التي تبحث عنها غير موجودة أو تم حذفها. تحقق من العنوان.",
        "आप जिस पेज को खोज रहे हैं वह मौजूद नहीं है या हटा दिया गया है। कृपया पता जांचें।",
    ],
)
def test_a_lost_page_is_known_by_what_it_says_in_its_own_words(told: str) -> None:
    lost = page(f"<h1>Ups</h1><p>{told}</p><p>{P1} {P2} {P3} {P1} {P2} {P3}</p>", head=STATED)
    said = extract_article(lost, "https://post.test/2021/mayor", now=NOW).not_article
    assert said.startswith("error page")


@pytest.mark.parametrize("name", ONES)
def test_an_article_is_never_refused(name: str) -> None:
    path, html = ONES[name]
    assert extract_article(html, f"https://post.test{path}", now=NOW).not_article == ""
