# ruff: noqa: E501 - a case of the table is a row
"""Each field on pages of our own, one for each way in which a page can mislead."""

import json
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.source import Selector, Source
from crawler.extract import explain_article, extract_article
from crawler.extract.candidates import render_candidates
from crawler.extract.json import to_json
from crawler.extract.text import to_text
from storage.article import Article, Provenance

NOW = datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
URL = "https://newsroom.example/world/talks"
BERLIN = ZoneInfo("Europe/Berlin")
TEXT = "".join(
    f"<p>The two ministers discussed the opening of the corridor for the {nth} time, and both "
    "sides said that the work on the road and the railway would go on.</p>"
    for nth in ("first", "second", "third")
)


def read(
    body: str = "", head: str = "", *, url: str = URL, source: Source | None = None
) -> Article:
    """Read a page whose body ends with three paragraphs."""
    page = f'<html lang="en"><head>{head}</head><body>{body}<div>{TEXT}</div></body></html>'
    return extract_article(page.encode(), url, source=source, now=NOW)


def ld(facts: str) -> str:
    """Write a JSON-LD block of a news article."""
    return f'<script type="application/ld+json">{{"@type":"NewsArticle",{facts}}}</script>'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        pytest.param("", "<h1>Talks on the corridor</h1>", id="h1"),
        pytest.param("<title>Talks on the corridor | Newsroom</title><meta property=og:site_name "
                     "content=Newsroom>", "", id="title without its suffix"),
        pytest.param("<title>Talks on the corridor :: Newsroom</title>",
                     "<h2>Talks on the corridor</h2>", id="title cut by what the page shows"),
        pytest.param('<meta property="og:title" content="Talks on the corridor - Newsroom">',
                     "<h1>Talks on the corridor</h1>", id="og:title cut by the h1"),
        pytest.param(ld('"headline":"Talks on the corridor"'), "<h1>World | Talks on the corridor"
                     "</h1>", id="a kicker glued to the h1"),
        pytest.param(ld('"headline":"Cookies and privacy at our house"'),
                     "<h1>Talks on the corridor</h1>", id="another headline in JSON-LD"),
        pytest.param(ld('"headline":"Talks on …"'), "<h1>Talks on the corridor</h1>",
                     id="cut off in JSON-LD"),
        pytest.param(ld('"headline":"Two ministers talk on the corridor in May"') + '<meta property='
                     '"og:title" content="Talks on the corridor"><title>Two ministers talk on the '
                     "corridor in May | Newsroom</title>", "<h1>Two ministers talk on the corridor in"
                     " May</h1>", id="written for sharing, where all others are copies"),
        pytest.param('<meta property="og:title" content="Talks on the corridor-World│Newsroom">',
                     "<h2 itemprop=headline>Talks on the corridor</h2>", id="a tail without blanks"),
        pytest.param("<title>Talks on the corridor : News room</title>", "<h1>News room</h1>",
                     id="an h1 that is the outlet's name"),
        pytest.param("<title>Talks on the corridor - Archive</title>", "<h1>Navigation and help</h1>"
                     "<h1>Talks on the corridor</h1>", id="of two h1 the one in the title"),
        pytest.param("<title>Talks on the corridor | News Room</title>", "",
                     id="the outlet's name is in its address"),
        pytest.param('<meta property="og:title" content="Talks on the corridor - The River Daily">',
                     "<h3>Talks on the corridor</h3>", id="og:title cut by what the page shows"),
        pytest.param("", "<h1>Talks on the corri&shy;dor</h1>", id="soft hyphens"),
        pytest.param('<meta property="og:title" content="Roads and rails: Talks on the corridor">',
                     "<h1>Talks on the corridor</h1>", id="a kicker in og:title"),
        pytest.param('<meta property="og:title" content="Talks on the corridor, Baku">',
                     "<h1>Talks on the corridor</h1>", id="a word that hangs on og:title"),
        pytest.param('<meta property="og:title" content="Talks on the corridor">',
                     "<h1>Baku Talks on the corridor</h1>", id="a kicker in the h1"),
        pytest.param("<title>Talks on the corridor - Ministry of Roads</title>",
                     "<h1>Roads Ministry</h1><h2>Talks on the corridor</h2>", id="a banner in the h1"),
        pytest.param("<title>Talks on the corridor : Archive of roads | Since 2007</title>",
                     "<h1>Archive of roads</h1><h3>Talks on the corridor</h3>",
                     id="a banner amid the title"),
        pytest.param("<title>Talks on the corridor | The Ministry of Roads and Railways</title>",
                     "<h1>Talks on the corridor</h1><p>The Ministry of Roads and Railways</p>",
                     id="an outlet with a long name"),
        pytest.param('<title>Talks on the corridor</title><meta property="og:title" content="Talks '
                     'on the corridor">', "<h1>River News</h1><h1>River News</h1>",
                     id="an h1 twice that has no word of it"),
        pytest.param("<title>Minister: talks</title>", "<h1><a href=/><img><span>R</span>Post of the"
                     " River</a></h1><h1>Talks on the corridor</h1>", id="an h1 that leads home"),
        pytest.param("<title>Talks: the corridor today</title><meta property=og:title content='Talks: "
                     "the corridor today'>", "<h1>Talks on the corridor</h1>",
                     id="told otherwise in the head, and nowhere by hand"),
        pytest.param("<title>Talks on the corridor</title>", "<h1><span>Talks on the corridor</span><b>The"
                     " River Daily</b></h1>", id="an h1 with the outlet's name, as <title> tells"),
        pytest.param("<title>Talks on the corridor ROADS DAILY</title>",
                     "<h4>Talks on the corridor</h4>", id="an outlet that hangs on without a sign"),
        pytest.param(ld('"headline":"Talks &amp;#111;n the corridor"'),
                     "<h1>Talks on the corridor</h1>", id="entities escaped twice"),
    ],
)  # fmt: skip
def test_the_headline_is_the_articles_own(head: str, body: str) -> None:
    assert read(body, head).headline == "Talks on the corridor"


@pytest.mark.parametrize(
    ("head", "body", "headline"),
    [
        pytest.param("<title>Talks on roads</title>", "<h1>R-Mag</h1>", "Talks on roads",
                     id="an h1 that is the address"),
        pytest.param('<meta property="og:title" content="Minister calls it "a relief""><title>'
                     'Minister calls it "a relief" - R-Mag</title>', "",
                     'Minister calls it "a relief"', id="an attribute that its marks ended"),
        pytest.param("<title>武汉的声音：有英勇的你，才有英雄的城！-某某网</title>", "",
                     "武汉的声音：有英勇的你，才有英雄的城！", id="an outlet that hangs on without a blank"),
        pytest.param("<title>大桥将于明年春天重建通车_国际新闻_某某网</title>", "",
                     "大桥将于明年春天重建通车", id="a section and an outlet"),
        pytest.param('<meta property="og:title" content="River &quot;is open&quot; - at last">',
                     "<h1>River “is open” – at last</h1>", "River “is open” – at last",
                     id="the signs that the page shows"),
        pytest.param("<title>Talks on roads begin by the river at last</title>",
                     "<h3>Talks on roads begin by the river</h3>",
                     "Talks on roads begin by the river at last", id="a teaser cut short"),
        pytest.param(ld('"headline":"Talks on roads by the river: ministers of both sides meet again '
                     'in the old town, and speak of what had been"'), "<h1>Talks on roads by the river: "
                     "ministers of both sides meet again in the old town, and speak of what had been left"
                     " open</h1>", "Talks on roads by the river: ministers of both sides meet again in "
                     "the old town, and speak of what had been left open", id="a field that was full"),
        pytest.param("<title>大桥将于明年春天重建通车_国际新闻_某某网</title>", "<h1>河边日报</h1>"
                     "<h2>大桥将于明年春天重建通车</h2>", "大桥将于明年春天重建通车",
                     id="a banner, and a tail without blanks"),
        pytest.param("<title>COVID-19感染者の数が減少</title>", "", "COVID-19感染者の数が減少",
                     id="a hyphen inside"),
    ],
)  # fmt: skip
def test_a_headline_without_outlet_and_whole(head: str, body: str, headline: str) -> None:
    assert read(body, head, url="https://r-mag.example/talks").headline == headline


@pytest.mark.parametrize(
    ("head", "body", "published", "updated"),
    [
        pytest.param(ld('"datePublished":"2023-12-07","dateModified":"2024-07-24T00:56:00+04:00"'),
                     "", "2023-12-07", "2024-07-24T00:56:00+04:00", id="JSON-LD"),
        pytest.param('<meta property="article:published_time" content="2023-12-07T10:15:00Z">',
                     "", "2023-12-07T10:15:00+00:00", None, id="meta"),
        pytest.param("", "<h1>Talks</h1><p>Published: December 7, 2023 | Last update: July 24, "
                     "2024 00:56</p>", "2023-12-07", "2024-07-24T00:56:00+00:00",
                     id="both shown on a line"),
        pytest.param(ld('"datePublished":"2023-12-07T00:00:00+04:00"'), "", "2023-12-07", None,
                     id="midnight to the second is a day"),
        pytest.param("", "<h1>Talks</h1><div>7 December 2023</div>", "2023-12-07", None,
                     id="shown without a label"),
        pytest.param("", '<h1>Talks</h1><time datetime="2023-12-07T10:15:00Z">3 years ago</time>',
                     "2023-12-07T10:15:00+00:00", None, id="a time told by its attribute"),
        pytest.param(ld('"datePublished":"2031-01-01"'), "<h1>Talks</h1><p>7 December 2023</p>",
                     "2023-12-07", None, id="a date in the future is doubted"),
        pytest.param(ld('"datePublished":"1970-01-01T00:00:00Z"'), "<h1>Talks</h1>"
                     "<p>7 December 2023</p>", "2023-12-07", None, id="a date before 1990"),
        pytest.param(ld('"datePublished":"2023-12-07T10:15:00","dateModified":'
                     '"2023-12-07T11:00:00+04:00"'), "", "2023-12-07T10:15:00+04:00",
                     "2023-12-07T11:00:00+04:00", id="a zone named in another stamp"),
        pytest.param("", "<h1>Переговоры</h1><div>7 декабря 2023, 10:15</div><div>Обновлено: "
                     "8 декабря 2023, 09:00</div>", "2023-12-07T10:15:00+00:00",
                     "2023-12-08T09:00:00+00:00", id="Russian"),
        pytest.param("", "<h1>Danışıqlar</h1><div>7 dekabr 2023</div><div>Yenilənib: 08.12.2023 "
                     "09:00</div>", "2023-12-07", "2023-12-08T09:00:00+00:00", id="Azerbaijani"),
        pytest.param("", "<h1>گفت‌وگوها</h1><div>۱۶ آذر ۱۴۰۲</div><div>آخرین به‌روزرسانی: ۱۷ آذر "
                     "۱۴۰۲ ۰۹:۰۰</div>", "2023-12-07", "2023-12-08T09:00:00+00:00",
                     id="Persian"),
        pytest.param("", "<h1>Gespräche</h1><div>07.12.2023</div><div>Stand: 08.12.2023, 09:00 Uhr"
                     "</div>", "2023-12-07", "2023-12-08T09:00:00+00:00", id="German"),
        pytest.param('<meta name="date" content="2023-12-09T03:00:00Z">', "<h1>Talks</h1>"
                     "<div>7 December 2023</div>", "2023-12-07", None,
                     id="a system's date against the one shown"),
        pytest.param('<meta name="date" content="2023-12-07T10:15:00Z">', "<h1>Talks</h1>"
                     "<div>8 December 2023</div>", "2023-12-07T10:15:00+00:00", None,
                     id="a system's date and a later one shown, as on a live page"),
        pytest.param('<meta name="date" content="2023-12-07">', "<h1>Talks</h1>", "2023-12-07",
                     None, id="a system's date alone"),
        pytest.param("", "<h1>Talks</h1><abbr itemprop=datePublished title='2023-12-07T10:15:00Z'>"
                     "10:15</abbr>", "2023-12-07T10:15:00+00:00", None, id="in a title"),
        pytest.param(ld('"datePublished":"2023-12-07","dateModified":"2023-12-08T09:00:00Z"'),
                     "<h1>Talks</h1><p>Updated: 8 December 2023</p>", "2023-12-07",
                     "2023-12-08T09:00:00+00:00", id="an update stated to the minute"),
        pytest.param("", "<h1>Talks</h1><div>Roads</div><div>Mon, Dec 4 2023</div><div>Rails</div>"
                     "<div>Fri, Dec 1 2023</div><div>BAKU | Thu Dec 7, 2023 10:15am</div>",
                     "2023-12-07T10:15:00+00:00", None, id="days of other articles above it"),
        pytest.param("", "<h1>Talks</h1><div>Updated: 7 December 2023, 10:15</div>",
                     "2023-12-07T10:15:00+00:00", "2023-12-07T10:15:00+00:00",
                     id="an update alone"),
        pytest.param("", "<h1>Talks</h1><div>07 | 12 | 2023</div>", "2023-12-07", None,
                     id="bars between"),
        pytest.param("", "<h1>Talks</h1><div><p>BAKU, Dec. 7, 2023 /Wire/ -- The ministers of both "
                     f"sides met again in the old town.</p>{TEXT}</div>", "2023-12-07", None,
                     id="a wire's dateline"),
        pytest.param("", "<h1>Gespräche</h1><div><p>Bern (07.12.2023). Die Minister trafen sich in "
                     f"der alten Stadt.</p>{TEXT}</div>", "2023-12-07", None, id="an office's"),
        pytest.param("", f"<h1>Talks</h1><div>{TEXT}</div>" + "<p>Soumis par Zoé</p>" * 70
                     + "<p>Publié le 07/12/2023</p>", "2023-12-07", None, id="far below, labelled"),
        pytest.param("<title>Talks of 7 December 2023</title>", "<h1>Talks of 7 December 2023</h1>",
                     "2023-12-07", None, id="the headline's own day where there is no other"),
        pytest.param(ld('"datePublished":"2023-12-06T22:04:00Z"') + '<meta name="date" '
                     'content="Thu, 07 Dec 2023 00:04:00 +0200">', "",
                     "2023-12-07T00:04:00+02:00", None, id="the same moment in the page's zone"),
        pytest.param(ld('"datePublished":"2021-05-01T08:00:00Z"') + '<meta '
                     'property="article:published_time" content="2023-12-07T10:15:00Z">',
                     "<h1>Talks</h1><div>7 December 2023</div>", "2023-12-07T10:15:00+00:00", None,
                     id="the head disagrees: the page decides"),
        pytest.param(ld('"datePublished":"2023-12-07T10:15:00Z"') + '<meta '
                     'property="article:published_time" content="2021-05-01T08:00:00Z">',
                     "<h1>Talks</h1>", "2023-12-07T10:15:00+00:00", None,
                     id="the head disagrees, the page is silent"),
        pytest.param('<meta name="article:published_time" content="Thu Dec 07 10:15:00 EST 2023">', "",
                     "2023-12-07T10:15:00-05:00", None, id="as Java writes a moment"),
        pytest.param('<meta name="date" content="2023-12-07">', "<h1>Talks</h1><time "
                     'datetime="2023-12-07">Thursday</time><div>The mayor in June 18, 2015</div>',
                     "2023-12-07", None, id="a system's date that is shown beside an earlier one"),
        pytest.param("", '<h1>Talks</h1><time class="updated" datetime="2023-12-07T10:15:00Z">Today'
                     f'</time><div>{TEXT}</div><time datetime="2023-02-10">Old</time>',
                     "2023-12-07T10:15:00+00:00", "2023-12-07T10:15:00+00:00",
                     id="an update in the head, a day elsewhere"),
        pytest.param("", f"<h1>Talks</h1><div>{TEXT}</div>" + "<p>Roads</p>" * 9 + '<span '
                     'class="field-published-date">December 7, 2023 - 10:15am</span>',
                     "2023-12-07T10:15:00+00:00", None, id="named by its class, far below"),
        pytest.param("", f"<h1>Talks</h1><div>12/7/23</div><div>{TEXT}</div><p>Anna</p><p>December 8, "
                     "2023</p>", "2023-12-07", None, id="the month first, as a reader's day tells"),
        pytest.param("", f"<h1>Talks</h1><div>12.07.23</div><div>{TEXT}</div><p>Roads 11.28.23</p>",
                     "2023-12-07", None, id="the month first, as in another stamp"),
        pytest.param("", f"<h1>Talks</h1><div>7/12/23</div><div>{TEXT}</div><p>Roads 28/11/23</p>",
                     "2023-12-07", None, id="the day first, as in another stamp"),
        pytest.param("", "<h1>Talks</h1><div><p>On 7 December 2023 the ministers will meet again in "
                     f"the old town.</p>{TEXT}</div>", None, None, id="the day told of is none"),
    ],
)  # fmt: skip
def test_publication_and_update_are_kept_apart(
    head: str, body: str, published: str | None, updated: str | None
) -> None:
    fields = to_json(read(body, head))
    assert (fields["published_at"], fields["last_update"]) == (published, updated)


def test_a_stamp_below_the_text_is_another_articles() -> None:
    page = f"""<html lang=en><h1>Talks on the corridor</h1><p>7 December 2023</p><div>{TEXT}</div>
    <div><h3><a href=/x>Roads</a></h3><time class=published datetime=2020-01-05>Then</time></div>"""
    article = extract_article(page.encode(), URL, now=NOW)
    assert article.published_at == date(2023, 12, 7)


@pytest.mark.parametrize(
    ("end", "published"),
    [
        pytest.param("</div><p>Dieser Eintrag wurde am 7. Dezember 2023 um 10:15 Uhr gepostet</p>",
                     datetime(2023, 12, 7, 10, 15, tzinfo=BERLIN), id="told"),
        pytest.param("</div><p>Anna Berg am 07.12.2023, 10:15 Uhr</p>",
                     datetime(2023, 12, 7, 10, 15, tzinfo=BERLIN), id="alone"),
        pytest.param("</div><p>Roads</p><p>Rivers</p><p>Rails</p><p>Ports</p><p>7 December 2023</p>",
                     None, id="alone, further below"),
        pytest.param("</div><p>发布日期：2023-12-07 责任编辑：李明</p>", date(2023, 12, 7), id="Chinese"),
        pytest.param("<p>Anna Berg<br>7. Dezember 2023</p></div>", date(2023, 12, 7),
                     id="the text ends with it"),
    ],
)  # fmt: skip
def test_the_foot_of_a_text_tells_its_day_where_nothing_else_does(
    end: str, published: date | None
) -> None:
    page = f"<html lang=de><h1>Talks of 1 May 2021</h1><div>{TEXT}{end}</html>"
    shown = published or date(2021, 5, 1)  # the headline's own
    assert extract_article(page.encode(), URL, now=NOW).published_at == shown


@pytest.mark.parametrize(
    "path",
    [
        "/2023/12/07/talks",
        "/2023/12/7/talks",
        "/20231207/talks",
        "/2023/WORLD/12/07/talks",
        "/shows/2023/dec/07/",
        "/news/07-12-2023",
        "/news/article/A2023120714300001234",
        "/news/view?id=20231207143000",
    ],
)
def test_the_address_tells_the_day_where_the_page_does_not(path: str) -> None:
    article = read(url=f"https://newsroom.example{path}")
    assert article.published_at == date(2023, 12, 7)


@pytest.mark.parametrize(
    "path", ["/a/20239907143000", "/a/2023120799", "/a/x2023120714300001b"]
)
def test_a_number_that_is_no_moment_tells_no_day(path: str) -> None:
    assert read(url=f"https://newsroom.example{path}").published_at is None


@pytest.mark.parametrize(
    ("language", "shown", "published", "updated"),
    [
        ("bn", "প্রকাশিত: ৭ ডিসেম্বর ২০২৩ | আপডেট: ৮ ডিসেম্বর ২০২৩", 7, 8),
        ("zh", "發佈時間：2023/12/07 最後更新：2023/12/08", 7, 8),
        ("el", "Αναρτήθηκε: 07/12/2023 Τελευταία τροποποίηση: 08/12/2023", 7, 8),
        ("id", "Diunggah 7 Desember 2023, terakhir diubah 8 Desember 2023", 7, 8),
        ("ta", "புதுப்பிக்கப்பட்டது: 8 டிசம்பர் 2023 வெளியிடப்பட்டது: 7 டிசம்பர் 2023", 7, 8),
        ("he", "פורסם: \u200f7 בדצמבר 2023 עודכן: \u200f8 בדצמבר 2023", 7, 8),
        ("th", "เผยแพร่: 7 ธ.ค. 2566 อัปเดตล่าสุด: 8 ธ.ค. 2566", 7, 8),
        ("uz", "Эълон қилинган: 7 декабрь 2023 Янгиланган: 8 декабрь 2023", 7, 8),
    ],
)
def test_both_stamps_are_told_apart_in_the_languages_of_the_press(
    language: str, shown: str, published: int, updated: int
) -> None:
    page = f"<html lang={language}><h1>Talks at the river</h1><div>{shown}</div>{TEXT}</html>"
    article = extract_article(page.encode(), URL, now=NOW)
    assert article.published_at == date(2023, 12, published)
    assert article.last_update == date(2023, 12, updated)


def test_a_stamp_without_a_zone_is_the_sources() -> None:
    source = Source(id="n", url=URL, name="Newsroom", timezone="Asia/Baku")
    article = read("<p>Last update: July 24, 2024 00:56</p><h1>Talks</h1>", source=source)
    assert to_json(article)["last_update"] == "2024-07-24T00:56:00+04:00"


def test_a_doubted_date_stays_a_candidate_with_the_reason() -> None:
    page = ld('"datePublished":"2031-01-01"').encode()
    article, _ = explain_article(page, URL, now=NOW)
    (candidate,) = article.candidates["published_at"]
    assert candidate.note == "datePublished: in the future"


def test_without_a_clock_no_date_lies_ahead() -> None:
    page = ld('"datePublished":"2031-01-01"').encode()
    assert extract_article(page, URL).published_at == date(2031, 1, 1)


@pytest.mark.parametrize(
    ("head", "body", "authors"),
    [
        pytest.param(ld('"author":[{"@type":"Person","name":"Anna Berg"},{"name":"Omar Khalil"}]'),
                     "", ("Anna Berg", "Omar Khalil"), id="JSON-LD"),
        pytest.param('<meta name="author" content="Anna Berg">', "", ("Anna Berg",), id="meta"),
        pytest.param('<meta property="article:author" content="https://social.example/anna">',
                     "<h1>Talks</h1><p>By Anna Berg and Omar Khalil</p>",
                     ("Anna Berg", "Omar Khalil"), id="an address is no name"),
        pytest.param(ld('"author":{"@type":"Organization","name":"Newsroom"},"publisher":'
                     '{"name":"Newsroom"}'), "<h1>Talks</h1><div>By Anna Berg</div>",
                     ("Anna Berg",), id="a person beats the outlet"),
        pytest.param("", "<h1>Talks</h1><div>Nigar Bayramli | 7 December 2023</div>",
                     ("Nigar Bayramli",), id="a name beside a stamp"),
        pytest.param(ld('"author":{"@type":"Person","name":"dpa"}'), "<h1>Talks</h1><p>Von hier an "
                     "Bord</p>", ("dpa",), id="an agency"),
        pytest.param(ld('"author":[{"@type":"Person","name":"Anna Berg"},{"name":"Newsroom"}],'
                     '"publisher":{"name":"Newsroom"}'), "", ("Anna Berg",), id="outlet beside her"),
        pytest.param(ld('"author":{"@type":"Person","name":"구현모 기자"}'), "", ("구현모",),
                     id="a Korean reporter"),
        pytest.param("", "<h1>Talks</h1><div class=article-byline><span>Anna Berg</span> <span>Omar "
                     "Khalil</span> <span>Eva Roth</span></div>",
                     ("Anna Berg", "Omar Khalil", "Eva Roth"), id="names apart in spans"),
        pytest.param("", '<nav>By Topic</nav><h1>Talks</h1><div class="byline">Von <a rel="author">'
                     "Anna Berg</a>, Redakteurin</div>", ("Anna Berg",), id="a role cut off"),
        pytest.param("", '<h1>Talks</h1><div class="author-share">Facebook Twitter</div>', (),
                     id="buttons are no names"),
        pytest.param("", "<h1>Talks</h1><div>von</div><div><a href=/a>Anna Berg</a></div><div><a "
                     "href=/o>Omar Khalil</a></div><div>07.12.2023</div>",
                     ("Anna Berg", "Omar Khalil"), id="a lead-in on a line of its own"),
        pytest.param("", "<h1>Talks</h1><div><a href=/a>Anna Berg</a></div><div>Updated 7 December "
                     "2023, 10:15</div>", ("Anna Berg",), id="a name above a stamp"),
        pytest.param("", "<h1>Talks</h1><div>7 December 2023 • Anna Berg • 3 min read</div>",
                     ("Anna Berg",), id="a name between a stamp and a reading time"),
        pytest.param("", '<h1>Talks</h1><div class="byline">By Anna Berg</div>'
                     f'<div>{TEXT}</div><div class="author">Eva Roth</div>',
                     ("Anna Berg",), id="a name in a teaser below"),
        pytest.param("", "<h1>Talks</h1><p>Posted on 7 December 2023 by Anna Berg</p>",
                     ("Anna Berg",), id="posted by"),
        pytest.param('<meta property="og:site_name" content="The River Post"><meta name="author" '
                     'content="River Post Online">', '<h1>Talks</h1><a rel=author>Anna Berg</a>',
                     ("Anna Berg",), id="the outlet's name with a word more is the outlet's"),
        pytest.param("", "<h1>Talks</h1><a rel=author>anna_b</a>", ("anna_b",), id="a handle"),
        pytest.param('<meta name="author" content="Anna Berg, NEWS ROOM">', "", ("Anna Berg",),
                     id="the outlet as its address spells it"),
        pytest.param("", "<h1>Talks</h1><div>Road Map</div><div>2 reviews</div><div>Water Rights"
                     "</div><div>4.1 The river</div>", (), id="a label beside a number is no name"),
        pytest.param("", "<h1>Talks</h1><div>On This Page</div><div>7 December 2023</div>", (),
                     id="a label beside a stamp"),
        pytest.param("", "<h1>Talks</h1><div>Anna Berg, 7 December 2023 in Baku (Photo: AFP)</div>",
                     (), id="a caption with a date"),
        pytest.param("", "<h1>Talks</h1><div>Anna Berg</div><div>Publicerad 14.14</div>",
                     ("Anna Berg",), id="a name above a time of day"),
        pytest.param("", "<h1>Talks</h1><div>Anna Berg</div><div>il y a 4 heures</div>",
                     ("Anna Berg",), id="a name above how long ago it was"),
        pytest.param("", '<h1>Talks</h1><p><span class="author vcard"><a class="url fn">Anna Berg'
                     "</a></span></p>", ("Anna Berg",), id="a visiting card"),
        pytest.param("", '<h1>Talks</h1><span class="post-author">Eingestellt von riverfox</span>',
                     ("riverfox",), id="one word behind a lead-in"),
        pytest.param('<meta name="author" content="riverfox">', "", ("riverfox",),
                     id="one word in a meta"),
        pytest.param("", '<h1>Talks</h1><p class="byline">Von Redaktion,</p>', ("Redaktion",),
                     id="a desk that signs"),
        pytest.param('<meta name="twitter:label1" content="Verfasst von"><meta name="twitter:data1" '
                     'content="Anna Berg"><meta name="twitter:label2" content="Lesezeit"><meta '
                     'name="twitter:data2" content="3 Minuten">', "", ("Anna Berg",),
                     id="a line of the link's preview"),
        pytest.param(ld('"@graph":[{"@type":"WebPage"},{"@type":["Person"],"name":"Anna Berg"}]'),
                     "", ("Anna Berg",), id="the one person of the graph"),
        pytest.param(ld('"@graph":[{"@type":"Person","name":"Anna Berg"},{"@type":"Person",'
                     '"name":"Omar Khalil"}]'), "", (), id="two persons of the graph"),
        pytest.param(ld('"author":{"@type":"Person","name":"Anna Berg, Chief People Officer"}'),
                     "", ("Anna Berg",), id="an office behind the name"),
        pytest.param("", "<p>07.12.2023 - Redaktion: Anna Berg (Pressestelle)</p><h1>Talks</h1>",
                     ("Anna Berg",), id="signed above the headline"),
        pytest.param("", "<h1>Talks</h1><h5>Autor:</h5>Anna Berg/dpa<div>Roads</div>",
                     ("Anna Berg",), id="a label above a name that is no link"),
        pytest.param("", '<h1>Talks</h1><div class="dates_auteurs">par Anna Berg, 7 décembre 2023'
                     "</div>", ("Anna Berg",), id="a French byline"),
        pytest.param("", "<div><a rel=author>Eva Roth</a></div>" + "<p>Roads</p>" * 20 + "<h1>Talks"
                     "</h1><div>By Omar Khalil</div>", ("Omar Khalil",), id="shown here, marked elsewhere"),
        pytest.param("", "<h1>Talks</h1><div class=share><p class=author>Anna Berg</p></div>",
                     ("Anna Berg",), id="a mark inside a box of buttons, alone below the headline"),
        pytest.param("", "<h1>Talks</h1><div>Stefan Berg</div><div>Publiziert vor einer Stunde</div>",
                     ("Stefan Berg",), id="a name above an hour in words"),
        pytest.param("", "<p>07.12.2023 | 13:10 Uhr | Anna Berg</p><h1>Talks</h1>", ("Anna Berg",),
                     id="a name and a stamp above the headline"),
        pytest.param("", "<h1>Talks</h1><div>Updated by Anna Berg 7 December 2023</div>",
                     ("Anna Berg",), id="who updated it"),
        pytest.param("", "<h1>Talks</h1><div>Photo by Anna Berg/Pictures</div>", (), id="a photographer"),
        pytest.param("", "<h1>Talks</h1><div>Story and photos by Anna Berg</div>", ("Anna Berg",),
                     id="who wrote and took pictures"),
        pytest.param("", "<h1>Talks</h1><span class=author>riverfox</span>", ("riverfox",),
                     id="one word where nothing else is"),
        pytest.param("", "<h1>Talks</h1><div>von Riverfox1</div><div>am 7.12.2023</div>",
                     ("Riverfox1",), id="one word behind a lead-in, above a stamp"),
        pytest.param("", "<h1>Talks</h1><div>7 December 2023 by River Post Staff</div>",
                     ("River Post Staff",), id="a staff"),
        pytest.param("", "<h1>Talks</h1><div class=byline>by <a>Anna Berg</a><span>Anna Berg</span></div>",
                     ("Anna Berg",), id="a name once for each screen"),
        pytest.param(ld('"author":["Eva Roth, Omar Khalil,", "and Anna Berg"]'), "",
                     ("Eva Roth", "Omar Khalil", "Anna Berg"), id="the last of a list"),
        pytest.param('<meta name="author" content="Anna Berg">', "<h1>Talks</h1><figure><meta "
                     'itemprop="author" content="Omar Khalil"></figure>', ("Anna Berg",),
                     id="who took a picture"),
        pytest.param("", "<h1>Talks</h1><div>Filed Under</div><div>7 December 2023</div>", (),
                     id="a label of sections"),
        pytest.param("", "<h1>Talks</h1><div>Release Date</div><div>7 December 2023</div>", (),
                     id="the stamp's own label"),
        pytest.param("", "<h1>Talks</h1><span class=authorized>Anna Berg</span>", (),
                     id="what is authorised"),
        pytest.param("", "<h1>河边的会谈</h1><div class=author>李明 <a>关注</a></div>", ("李明",),
                     id="a button beside a Chinese name"),
        pytest.param("", "<h1>강가 회담</h1><div class=author><a>메일쓰기</a><a>구독하기</a></div>", (),
                     id="Korean buttons"),
        pytest.param('<meta property="article:author" content="홍길동 나무 칼럼니스트">', "", ("홍길동",),
                     id="a Korean columnist"),
        pytest.param("", "<h1>Talks</h1><div>7 December 2023</div><div>von</div><div>Anna Berg</div>",
                     ("Anna Berg",), id="a lead-in above a name that is no link"),
        pytest.param("", "<h1>Talks</h1><div>ByAnna Berg</div>", ("Anna Berg",),
                     id="a lead-in that only a style sheet sets apart"),
        pytest.param("", "<h1>Talks</h1><div>Anna Berg @annaberg</div>", ("Anna Berg",),
                     id="a name and where to follow her"),
        pytest.param("", "<h1>Talks</h1><div>Anna Berg og Eva Roth</div><div>7 December 2023</div>",
                     ("Anna Berg", "Eva Roth"), id="two names above a stamp"),
        pytest.param("", "<h1>Talks</h1><div>7 December 2023</div><div>Anna Berg</div><div>Foto: AFP"
                     "</div>", (), id="whom a picture shows"),
        pytest.param("", "<h1>Talks</h1><div>By Reuters</div>", ("Reuters",),
                     id="an agency behind a lead-in"),
        pytest.param("", "<a href=/profile/omar>Omar Khalil</a><h1>Talks</h1><div class=x9><a "
                     "href=/authors/anna-berg>Anna Berg</a></div><div>Roads</div>", ("Anna Berg",),
                     id="a link to who writes here"),
        pytest.param("", "<h1>Talks</h1><div><a href=/muhabir/selin>Selin Dağlı</a></div><div>Roads</div>",
                     ("Selin Dağlı",), id="a link to a reporter, in Turkish"),
        pytest.param("", "<div><a href=/author/omar>Omar Khalil</a></div>" + "<p>Roads</p>" * 20
                     + "<h1>Talks</h1>", (), id="a link to who writes elsewhere"),
        pytest.param("", "<h1>Talks</h1><div>by Valley Times</div><div>Anna Berg</div><div>7 "
                     "December 2023</div>", ("Anna Berg",), id="a person before what sounds of news"),
    ],
)  # fmt: skip
def test_the_authors_are_persons_where_the_page_names_any(
    head: str, body: str, authors: tuple[str, ...]
) -> None:
    assert read(body, head).authors == authors


@pytest.mark.parametrize(
    ("end", "authors"),
    [
        pytest.param("</div><div class=post-footer><span class=post-author>Posted by Anna Berg</span>",
                     ("Anna Berg",), id="in the foot of a post"),
        pytest.param("</div><p>Autor: <a>Anna Berg</a></p><div>", ("Anna Berg",), id="labelled"),
        pytest.param("<p>Autorin: Anna Berg, Leiterin der Stelle in Baku.</p>", ("Anna Berg",),
                     id="in the last paragraph"),
        pytest.param("</div><p>Von R. R. am 7. Dezember 2023</p><div>", ("R. R.",), id="initials"),
        pytest.param("</div><p>Text: Talks: Who came @river</p><div>", (), id="no name"),
        pytest.param("</div><p>Anna Berg</p><p>Alle Beiträge von Anna Berg anzeigen</p><div>",
                     ("Anna Berg",), id="her other articles"),
        pytest.param("</div><a href=/f><h3>Ferry late</h3></a><p>Von Eva Roth · 6. Dezember 2023</p><div>", (),
                     id="another article's"),
        pytest.param("</div><a href=/f><h3>Ferry late</h3><p>Von Eva Roth · 6. Dezember 2023</p></a><div>", (),
                     id="another article's, all of it a link"),
        pytest.param("</div><p>More from Money Week</p><div>", (), id="more of an outlet's"),
        pytest.param("</div><p>서울 홍길동 기자 desk@newsroom.example</p><div>", ("홍길동",),
                     id="a Korean reporter behind a city"),
        pytest.param("</div><p>DI</p><p>MI</p><p>DO</p><div>", (), id="a calendar"),
    ],
)  # fmt: skip
def test_who_signs_below_the_text_wrote_it(end: str, authors: tuple[str, ...]) -> None:
    page = f"<html lang=de><body><h1>Talks</h1><div>{TEXT}{end}</div></body></html>"
    assert extract_article(page.encode(), URL, now=NOW).authors == authors


@pytest.mark.parametrize(
    "life",
    [
        "Anna Berg is the diplomatic correspondent of this house.",
        "Anna Berg (41) schreibt seit 2009 über die Region.",
        "Anna Berg est journaliste à Genève.",
        "Korrespondentin Anna Berg ist für den Süden zuständig.",
    ],
)
def test_what_the_page_tells_of_the_author_is_no_text(life: str) -> None:
    page = f"<h1>Talks</h1><p>By Anna Berg</p><div>{TEXT}<p>{life}</p></div>"
    texts = [block.text for block in extract_article(page.encode(), URL, now=NOW).body]
    assert life not in texts
    assert len(texts) == 3


def test_a_blog_is_told_from_its_article_by_where_its_name_leads() -> None:
    head = "<title>Ferry Notes: Talks on the corridor</title>"
    body = "<h1><a href=https://newsroom.example.co/>Ferry Notes</a></h1><h3>Talks on the corridor</h3>"
    assert read(body, head).headline == "Talks on the corridor"


@pytest.mark.parametrize(
    ("below", "summary"),
    [
        ("<h2>Both sides want the road by the spring</h2>", "Both sides want the road by the spring"),
        ("<p>Both sides want the road by the spring, according to a note of the ministry</p>", "Both sides want the road by the spring, according to a note of the ministry"),
        ("<p>Both sides want the road</p>", ""),
        ("<div>Both sides want the road by the spring, according to a note of the ministry</div>", ""),
    ],
)  # fmt: skip
def test_where_the_head_is_silent_the_first_line_below_the_headline_is_its_standfirst(
    below: str, summary: str
) -> None:
    page = f"<html lang=en><body><h1>Talks on the corridor</h1>{below}<div>{TEXT}</div></body></html>"
    assert extract_article(page.encode(), URL, now=NOW).summary == summary


@pytest.mark.parametrize(
    ("end", "authors"),
    [
        pytest.param("<div style='text-align:right'><strong>Nigar Bay</strong></div>", ("Nigar Bay",), id="to the right"),
        pytest.param("<div align=right><b>Nigar Bay</b> / Baku</div>", ("Nigar Bay",), id="with a place"),
        pytest.param("<p class=letter-signature>Nigar Bay<br>Baku</p>", ("Nigar Bay",), id="in a box called so"),
        pytest.param("<p><b>Nigar Bay</b></p>", ("Nigar Bay",), id="in bold"),
        pytest.param("<p><b>Nigar Bay</b> is late</p>", (), id="a sentence"),
        pytest.param("<p><b>Other Ferries</b></p><a href=/1>Ferry late again</a>", (), id="a label over links"),
        pytest.param("<h4>Other Ferries</h4>", (), id="a heading"),
    ],
)  # fmt: skip
def test_a_name_set_apart_right_below_the_text_signs_it(
    end: str, authors: tuple[str, ...]
) -> None:
    page = f"<html lang=en><body><h1>Talks</h1><div>{TEXT}{end}</div></body></html>"
    assert extract_article(page.encode(), URL, now=NOW).authors == authors


@pytest.mark.parametrize(
    ("byline", "authors"),
    [
        ("<p>2024-06-18 来源：临江日报 记者：陈雨桐 字号：大</p>", ("陈雨桐",)),
        ("<div class=authors><a href=/a/1>Pavel Grin</a><a href=/a/2>Anna Kov</a></div>", ("Pavel Grin", "Anna Kov")),
        ("<div class=yazar-ad>Nermin Alkan</div>", ("Nermin Alkan",)),
        ("<div><span>Baku</span><span>By Nermin Alkan</span><span>18 June 2024, 06:45</span></div>", ("Nermin Alkan",)),
        ("<div>Testo e foto di <b>Luca Moro</b> — 18 giugno 2024</div>", ("Luca Moro",)),
        ("<p>By Pavel Grin at the old bridge</p>", ("Pavel Grin",)),
        ("<p>Автор: newsman от 19-07-2021, 14:02</p>", ("newsman",)),
    ],
)  # fmt: skip
def test_of_several_words_beside_a_name_the_name_is_read(
    byline: str, authors: tuple[str, ...]
) -> None:
    assert read(f"<h1>Talks on the corridor</h1>{byline}").authors == authors


META = "<meta name=description content='What a machine shall say of the talks.'>"


@pytest.mark.parametrize(
    ("below", "summary"),
    [
        pytest.param("<p class=article__lead>Both sides want the road; nobody will pay for it</p>", "Both sides want the road; nobody will pay for it", id="named for a standfirst"),
        pytest.param("<div class=spot><h2>Both sides want the road by the spring.</h2></div>", "Both sides want the road by the spring.", id="its box is named so"),
        pytest.param("<p class=park__intro>Both sides want the road by the spring.</p>", "Both sides want the road by the spring.", id="an introduction"),
        pytest.param("<p class=subtitle>Both sides want the road that was shut in 2022</p>", "Both sides want the road that was shut in 2022", id="with a year and no stamp"),
        pytest.param("<figure><img src=/a.jpg><figcaption>A road in the hills of the south.</figcaption></figure>", "What a machine shall say of the talks.", id="words below a picture"),
        pytest.param("<div class=post_summary>Both sides want the road by the spring.</div>", "Both sides want the road by the spring.", id="a summary"),
        pytest.param("<div class=field-with-summary>Both sides want the road by the spring.</div>", "What a machine shall say of the talks.", id="a field that may have a summary"),
        pytest.param("<p class=subtitle>By Ann Berg | 24 November 2026</p>", "What a machine shall say of the talks.", id="a byline"),
        pytest.param("<p class=lead-image>A road in the hills. Photo: AFP</p>", "What a machine shall say of the talks.", id="words of a picture"),
        pytest.param("<p class=lead><a href=/1>Read how the road was built</a></p>", "What a machine shall say of the talks.", id="a link"),
    ],
)  # fmt: skip
def test_a_standfirst_that_the_page_shows_and_names_beats_what_its_head_describes(
    below: str, summary: str
) -> None:
    assert read(f"<h1>Talks on the corridor</h1>{below}", META).summary == summary


def test_a_standfirst_is_found_where_the_page_does_not_show_its_headline() -> None:
    told = "<meta property=og:title content='Talks on the corridor'>"
    lead = "Both sides want the road by the spring."
    page = f"<h2>A road for two: the talks</h2><div class=Lead-sc-3>{lead}</div>"
    assert read(page, told).summary == lead


def test_a_heading_that_a_text_begins_with_is_its_standfirst_where_no_other_is() -> None:
    deck = "Both sides want the road that was shut long ago"
    page = f"<h1>Talks on the corridor</h1><div><h2>{deck}</h2>{TEXT}</div>"
    assert extract_article(page.encode(), URL, now=NOW).summary == deck
    page = f"<h1>Talks</h1><figure><figcaption>A road in the hills of the south.</figcaption></figure><div>{TEXT}</div>"
    assert extract_article(page.encode(), URL, now=NOW).summary == ""


def test_a_korean_reporter_signs_below_the_text() -> None:
    page = f"<h1>회담이 열렸다</h1><div>{TEXT}<p>홍길동 기자 hong@newsroom.example</p></div>"
    assert extract_article(page.encode(), URL, now=NOW).authors == ("홍길동",)


@pytest.mark.parametrize(
    "last",
    [
        "Anna Berg met both of them in the evening and heard another story.",
        "They left late. Anna Berg is waiting for an answer.",
    ],
)
def test_a_sentence_in_which_the_author_acts_is_text(last: str) -> None:
    page = f"<h1>Talks</h1><p>By Anna Berg</p><div>{TEXT}<p>{last}</p></div>"
    assert extract_article(page.encode(), URL, now=NOW).body[-1].text == last


@pytest.mark.parametrize(
    ("figure", "caption", "credit"),
    [
        ("<figure><img src=a.jpg><figcaption>The two ministers in Moscow. <span class=credit>"
         "Anna Berg/AFP</span></figcaption></figure>", "The two ministers in Moscow.",
         "Anna Berg/AFP"),
        ("<div class=x><img src=a.jpg><div>The two ministers in Moscow.</div><div>Getty Images"
         "</div></div>", "The two ministers in Moscow.", "Getty Images"),
        ("<div class=x><img src=a.jpg alt='The two ministers in Moscow'><p>The two ministers in "
         "Moscow <span>Anna Berg/dpa</span></p></div>", "The two ministers in Moscow",
         "Anna Berg/dpa"),
        ("<img src=a.jpg><p><i>The two ministers in Moscow. / Mfa.Gov.Az</i></p>",
         "The two ministers in Moscow.", "Mfa.Gov.Az"),
        ("<figure><a href=/other><img src=a.jpg><figcaption>Another story of the day that we "
         "recommend</figcaption></a></figure>", "", ""),
        ("<figure><img src=a.jpg></figure><figcaption class=c>The two ministers in Moscow."
         "</figcaption>", "The two ministers in Moscow.", ""),
    ],
)  # fmt: skip
def test_the_lead_image_has_its_caption_and_credit(
    figure: str, caption: str, credit: str
) -> None:
    article = read(f"<h1>Talks</h1><div>{figure}</div>")
    assert article.lead_image is not None
    assert (article.lead_image.caption, article.lead_image.credit) == (caption, credit)
    assert article.lead_image.url == "https://newsroom.example/world/a.jpg"
    assert all("ministers in Moscow" not in block.text for block in article.body)


@pytest.mark.parametrize(
    ("head", "canonical"),
    [
        ('<link rel="canonical" href="/world/talks">', URL),
        (
            '<link rel="canonical" href="https://m.newsroom.example/t">',
            "https://m.newsroom.example/t",
        ),
        ('<link rel="canonical" href="https://elsewhere.test/t">', ""),
        ('<link rel="canonical" href="javascript:alert(1)">', ""),
    ],
)
def test_the_canonical_address_is_on_the_pages_site(head: str, canonical: str) -> None:
    assert read(head=head).canonical_url == canonical


@pytest.mark.parametrize(
    ("page", "language"),
    [
        ('<html lang="az-Latn-AZ"><body></body></html>', "az"),
        ('<html><head><meta property="og:locale" content="ru_RU"></head></html>', "ru"),
        (
            f'<html lang="en"><body>{"<p>Министры обсудили открытие дороги в регионе, сообщает пресс-служба ведомства.</p>" * 4}</body></html>',
            "ru",
        ),
        (
            "<html><body>ქალაქის მოსახლეობამ ძველი წისქვილი აღადგინა, რომელიც კარგა ხანია არ მუშაობდა, ამბობს ვაჟა.</body></html>",
            "ka",
        ),
    ],
)
def test_the_language_is_declared_or_detected(page: str, language: str) -> None:
    assert extract_article(page.encode(), URL, now=NOW).language == language


def test_every_field_found_says_where_it_stood() -> None:
    text = "<p>The council voted on Tuesday to rebuild the old bridge over the river.</p>" * 4
    page = ld('"datePublished":"2023-12-07"') + "<h1>Talks</h1><p>By Anna Berg</p>"
    page += f"<div class='story-text w9'>{text}</div>"
    article, notes = explain_article(page.encode(), URL, now=NOW)
    assert article.provenance["published_at"] is Provenance.JSON_LD
    assert article.provenance["authors"] is Provenance.PAGE
    shown = render_candidates(article, notes)
    assert "published_at [json-ld: datePublished]" in shown
    assert "section [not found]" in shown
    assert "body [page: body > div.story-text]" in shown


def test_a_stamp_in_rdfa_is_read() -> None:
    article = read(
        "<span property='schema:dateCreated' content='2023-12-07T09:30:00+04:00'></span>"
    )
    assert article.published_at == datetime(2023, 12, 7, 5, 30, tzinfo=UTC)


def test_a_selector_that_won_is_named() -> None:
    selectors = {"headline": Selector(css="b.title")}
    source = Source(id="p", url="https://p.example", name="P", selectors=selectors)
    page = b"<h1>Talks go on</h1><b class=title>Talks end</b>"
    article, notes = explain_article(page, URL, now=NOW, source=source)
    assert "headline [selector: b.title]" in render_candidates(article, notes)


CAPTION = "The two ministers on the bridge of the corridor on Monday morning."
TEASER_TITLE = "Roads of the valley: what the drivers say"


@pytest.mark.parametrize(
    ("markup", "captions"),
    [
        pytest.param(f"<div class=widget><figure><img src=a.jpg><figcaption>{CAPTION}</figcaption>"
                     "</figure></div>", [CAPTION], id="in a box of a page builder"),
        pytest.param(f"<figure><img src=a.jpg><figcaption><h2>{CAPTION}</h2></figcaption></figure>",
                     [CAPTION], id="set as a heading"),
        pytest.param(f'<div><a href=/x><img src=a.jpg alt="{TEASER_TITLE}"></a><a href=/x>'
                     f"{TEASER_TITLE}</a></div>", [], id="the title of a teaser"),
        pytest.param("<div><div><a href=/x><img src=a.jpg></a></div><div><small>World | 17:51</small>"
                     f"<br><a href=/x>{TEASER_TITLE}</a><div>They wait at the gates of seven towns for the word that it may begin…</div></div></div>", [],
                     id="what a teaser in two columns says"),
        pytest.param(f"<figure><blockquote>{CAPTION}</blockquote><figcaption>Anna Berg, minister of "
                     "roads</figcaption></figure>", [], id="who is quoted"),
        pytest.param("<figure><img src=a.jpg><figcaption>Please enable cookies to see this picture."
                     "</figcaption></figure>", [], id="what the page asks"),
    ],
)  # fmt: skip
def test_a_caption_is_what_is_said_of_a_picture(markup: str, captions: list[str]) -> None:
    page = (
        f"<html lang=en><h1>Talks on the corridor</h1><div>{TEXT[:200]}</p>{markup}{TEXT}</div>"
    )
    article = extract_article(page.encode(), URL, now=NOW)
    assert [image.caption for image in article.images if image.caption] == captions


def test_an_article_without_anything_is_an_empty_text() -> None:
    assert to_text(Article(url=URL)) == ""


@settings(max_examples=60, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(page: bytes) -> None:
    article = extract_article(page, URL, now=NOW)
    assert json.loads(json.dumps(to_json(article))) == to_json(article)
    to_text(article)


_SHARDS = st.sampled_from(
    ["<h1>", "</h1>", "<p>", "By Anna Berg ", "7 December 2023 ", "<figure>", "<img src=a>",
     "<figcaption>", "</figure>", "<time datetime=2023-13-99>", "<div class=caption>", "</div>",
     ld('"author":{"name":[{}]},"image":[[]],"headline":{"a":1},"datePublished":[null]'),
     ld('"publisher":[1,{"logo":["x",{"url":{}}]}],"keywords":{"a":[]},"articleSection":[[2]]'),
     "<link rel=canonical href='http://['>", "<meta name=author content='://'>", "Photo: ", "© ",
     "<a href=//>", "<script type=application/ld+json>[[[", "</script>", "‫سلام ", "\x00", "٪"]
)  # fmt: skip


@settings(max_examples=80, deadline=None)
@given(st.lists(_SHARDS, max_size=30))
def test_no_heap_of_shards_raises(shards: list[str]) -> None:
    article = extract_article("".join(shards).encode(), URL, now=NOW)
    assert json.loads(json.dumps(to_json(article))) == to_json(article)


def test_what_json_ld_says_of_a_picture_is_its_caption() -> None:
    told = """<script type="application/ld+json">
    {"@type":"ImageObject","contentUrl":"/b.jpg","description":"The old bridge at night"}</script>"""
    page = f"""<html lang=en><h1>Talks</h1><div>{TEXT}<div>{told}<div><img src=/b.jpg>
    <div><p>The old bridge at night</p></div></div><p>Both sides want it rebuilt before the winter
    comes, as the ministers said after the talks.</p></div>{TEXT.replace("said", "say")}</div></html>"""
    article = extract_article(page.encode(), URL, now=NOW)
    assert [image.caption for image in article.images] == ["The old bridge at night"]
    assert "The old bridge" not in article.text


def test_a_paragraph_between_pictures_that_ends_with_a_call_is_none_of_their_captions() -> None:
    text = "<p>市政府在河边举行会谈，双方同意在冬天到来之前重建旧桥，并继续修建公路和铁路。</p>"
    last = "<p>代表们参观了旧桥，并在河边的老城区继续讨论。<br>一座城市，有历史，有文化，它就是这里！</p>"
    page = f"""<html lang=zh><h1>河边的会谈</h1><div>{text * 2}<p><img src=/a.jpg></p>
    {last}<p><img src=/b.jpg></p></div></html>"""
    article = extract_article(page.encode(), URL, now=NOW)
    assert "它就是这里！" in article.text
    assert not any(image.caption or image.credit for image in article.images)


def test_byline_and_stamp_may_stand_below_the_standfirst() -> None:
    page = f"""<html lang=en><h1>Talks</h1><article><p>The ministers met in the old town, and said
    that they will meet again before the winter comes.</p><div>By Anna Berg</div>
    <div>7 December 2023</div>{TEXT}{TEXT.replace("said", "say")}</article></html>"""
    article = extract_article(page.encode(), URL, now=NOW)
    assert article.authors == ("Anna Berg",)
    assert article.published_at == date(2023, 12, 7)


def test_byline_and_stamp_may_stand_below_a_second_headline() -> None:
    page = f"""<html lang=en><h1>Talks</h1><article><p>Ministers in the old town.</p><p>They met to
    speak of the river and will meet again.</p><div>By Anna Berg</div><div>7 December 2023</div>
    <div>Share</div>{TEXT}{TEXT.replace("said", "say")}</article></html>"""
    article = extract_article(page.encode(), URL, now=NOW)
    assert article.authors == ("Anna Berg",)
    assert article.published_at == date(2023, 12, 7)
