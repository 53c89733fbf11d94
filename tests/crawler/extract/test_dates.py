# ruff: noqa: E501 - a page of the table is a row
"""Dates as pages show them: pairs, ages, times apart from their days, zones that nobody names."""

from datetime import UTC, date, datetime, timedelta

import pytest

from config.source import Source
from crawler.extract import explain_article, extract_article
from storage.article import Article, Provenance, Stamp
from tests.crawler.extract.test_fields import TEXT, ld

FETCHED = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
URL = "https://newsroom.example/world/port"


def read(
    shown: str,
    *,
    head: str = "",
    lang: str = "en",
    zone: str = "UTC",
    url: str = URL,
    fetched_at: datetime | None = FETCHED,
) -> Article:
    """Read a page that shows its dates between headline and text."""
    page = f"<html lang={lang}><head>{head}</head><body><article><h1>The port opens</h1>{shown}{TEXT}</article>"
    source = Source(id="newsroom", url=URL, name="The Newsroom", timezone=zone or None)
    return extract_article(
        page.encode(), url, now=FETCHED, fetched_at=fetched_at, source=source if zone else None
    )


def told(stamp: Stamp | None) -> str:
    """Write a stamp as the tables do."""
    if isinstance(stamp, datetime):
        return f"{stamp:%Y-%m-%d %H:%M}"
    return str(stamp)


PAIRS = """
en | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Published 14:20 GMT, 5 March 2024</p><p>Updated 16:05 GMT, 5 March 2024</p>
en | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Updated March 5, 2024 - 4:05PM (AEDT), first published at 2:20PM</p>
de | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Dienstag, 05.03.2024, 14:20 Uhr <span>Aktualisiert um 16:05 Uhr</span></p>
de | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Erstellt: 05.03.2024, 14:20 Uhr | Letzte Änderung: 05.03.2024, 16:05 Uhr</p>
fr | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Publié le 5 mars 2024 à 14 h 20</p><p>Mis à jour à 16 h 05</p>
es | 2024-03-05 14:20 | 2024-03-05 16:05 | <div><time>05/03/2024 a las 14:20h.</time></div><div><time>Actualizado a las 16:05h.</time></div>
es | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Publicado: 5 de marzo de 2024, 14:20 horas. Última actualización: 5 de marzo de 2024, 16:05 horas</p>
pt | 2024-03-05 14:20 | 2024-03-05 16:05 | <div><time>5 de Março de 2024, 14:20</time> <span>actualizada às 16:05</span></div>
it | 2024-03-05 | 2024-03-05 16:05 | <p>5 marzo 2024 (modifica il 5 marzo 2024 | 16:05)</p>
nl | 2024-03-05 14:20 | 2024-03-05 16:05 | <div><span>NOS Nieuws</span> • <time>dinsdag 5 maart 2024, 14:20</time> • Aangepast <time>dinsdag 5 maart 2024, 16:05</time></div>
pl | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>Aktualizacja: 05.03.2024 16:05 Publikacja: 05.03.2024 14:20</p>
cs | 2024-03-05 14:20 | 2024-03-05 16:05 | <div>5. března 2024&nbsp; 14:20, aktualizováno &nbsp;16:05</div>
ro | 2024-03-05 14:20 | 2024-03-05 16:05 | <div><time>Data publicării: 05.03.2024 14:20</time> <time>Data actualizării: 05.03.2024 16:05</time></div>
tr | 2024-03-05 14:20 | 2024-03-05 16:05 | <div><time>Güncelleme Tarihi: <span>Mart 05, 2024 16:05</span></time><time>Oluşturulma Tarihi: <span>Mart 05, 2024 14:20</span></time></div>
ar | 2024-03-05 14:20 | 2024-03-05 16:05 | <div>نُشر: 14:20-5 مارس 2024 م ـ 24 شَعبان 1445 هـ</div><div>آخر تحديث: 16:05-5 مارس 2024 م</div>
bn | 2024-03-05 14:20 | 2024-03-05 16:05 | <div>প্রকাশ: ০৫ মার্চ ২০২৪, ১৪: ২০</div><div>আপডেট: ০৫ মার্চ ২০২৪, ১৬: ০৫</div>
th | 2024-03-05 14:20 | 2024-03-05 16:05 | <div>เผยแพร่: 5 มี.ค. 2567 14:20 ปรับปรุง: 5 มี.ค. 2567 16:05</div>
ja | 2024-03-05 14:20 | 2024-03-05 16:05 | <p><time>2024/3/5 14:20</time>（最終更新 <time>3/5 16:05</time>）</p>
ja | 2024-03-05 | 2024-03-06 | <p>公開日：令和６年３月５日　更新日：令和６年３月６日</p>
zh | 2024-03-05 | 2024-03-06 | <div>發布日期：113年3月5日 更新日期：113年3月6日</div>
ja | 2024-03-05 14:20 | 2024-03-05 16:05 | <p>2024/3/5 14:20（3/5 16:05 更新）</p>
zh | 2024-03-05 14:20 | 2024-03-05 16:05 | <div>發佈時間：14:20 2024-03-05 HKT</div><div>更新時間：16:05 2024-03-05 HKT</div>
""".strip().splitlines()


@pytest.mark.parametrize("row", PAIRS)
def test_a_page_tells_its_publication_and_its_update_apart(row: str) -> None:
    lang, published, updated, shown = row.split(" | ", 3)
    article = read(shown, lang=lang)
    assert (told(article.published_at), told(article.last_update)) == (published, updated)


@pytest.mark.parametrize(
    ("lang", "shown"),
    [
        ("en", "<ul><li>Business</li><li>5 March, 2024</li><li>14:20</li></ul>"),
        ("es", "<div><time>5 de marzo de 2024</time><span>14:20</span></div>"),
        ("fr", "<dl><dt>Date</dt><dd>5 mars 2024</dd><dt>Heure</dt><dd>14:20</dd></dl>"),
        ("tr", "<table><tr><td>Tarih:</td><td>05.03.2024</td><td>Saat:</td><td>14:20</td></tr></table>"),
        ("zh", "<p><span> 2024</span> <span> 03/05</span> <span> 14:20:35</span></p>"),
        ("sr", "<p>Izvor: Tanjug <time>utorak, 5.3.2024.</time> | <time>14:20</time></p>"),
    ],
)  # fmt: skip
def test_a_time_apart_from_its_day_belongs_to_it(lang: str, shown: str) -> None:
    assert told(read(shown, lang=lang).published_at) == "2024-03-05 14:20"


@pytest.mark.parametrize(
    "shown",
    [
        "<p>5 March 2024</p><p>0:00 Listen</p>",
        "<p>5 March 2024</p><p>0:00</p><p>4:35</p>",
        "<p>5 March 2024</p><p>Listen to this article 04:35</p>",
    ],
)
def test_how_long_a_recording_is_is_no_time_of_day(shown: str) -> None:
    assert read(shown).published_at == date(2024, 3, 5)


def test_a_time_alone_belongs_to_the_addresss_day() -> None:
    address = "https://newsroom.example/2024/03/05/port"
    assert told(read("<p>14:20</p>", url=address).published_at) == "2024-03-05 14:20"


def test_a_day_without_its_year_gives_its_time_to_the_addresss_day() -> None:
    address = "https://newsroom.example/2024/03/05/port"
    assert told(read("<p>5 March, 14:20</p>", url=address).published_at) == "2024-03-05 14:20"
    assert told(read("<p>6 March, 14:20</p>", url=address).published_at) == "2024-03-05"


@pytest.mark.parametrize(
    "shown",
    [
        '<span class="timestamp" data-timestamp="1709648400">Mar 5</span>',
        '<div class="article-date" data-date="1709648400000"></div>',
        '<abbr class="timeago" title="2024-03-05T14:20:00Z">hace 2 años</abbr>',
        '<relative-time datetime="2024-03-05T14:20:00Z">Mar 5</relative-time>',
        '<abbr class="published" title="2024-03-05T14:20:00Z">Tuesday, 5 March 2024</abbr>',
    ],
)
def test_a_node_keeps_the_moment_for_scripts(shown: str) -> None:
    assert told(read(shown).published_at) == "2024-03-05 14:20"


def test_noon_beside_a_day_is_a_system_that_knows_the_day_alone() -> None:
    shown = '<time datetime="2025-09-10T12:00:00Z" class="datetime">September 10, 2025</time>'
    assert read(shown).published_at == date(2025, 9, 10)
    shown = '<time datetime="2025-09-10T12:00:00Z">September 10, 2025 at 12:00</time>'
    assert told(read(shown).published_at) == "2025-09-10 12:00"


def test_a_stated_day_takes_its_time_from_the_page() -> None:
    article = read("<p>5 March 2024, 14:20</p>", head=ld('"datePublished":"2024-03-05"'))
    assert told(article.published_at) == "2024-03-05 14:20"


AGES = """
en | 2026-11-26 | 2 hours ago
en | 2026-11-26 | an hour ago
en | 2026-11-26 | 12 min ago
en | 2026-11-26 | Just now
de | 2026-11-26 | vor 3 Stunden
fr | 2026-11-26 | Il y a 2 heures
es | 2026-11-26 | hace 2 horas
pt | 2026-11-26 | há 2 horas
it | 2026-11-26 | 2 ore fa
nl | 2026-11-26 | 2 uur geleden
sv | 2026-11-26 | för 2 timmar sedan
no | 2026-11-26 | for 2 timer siden
fi | 2026-11-26 | 2 tuntia sitten
pl | 2026-11-26 | 2 godziny temu
cs | 2026-11-26 | před 2 hodinami
hu | 2026-11-26 | 2 órája
ro | 2026-11-26 | acum 2 ore
bg | 2026-11-26 | преди 2 часа
ru | 2026-11-26 | 2 часа назад
uk | 2026-11-26 | 2 години тому
el | 2026-11-26 | πριν από 2 ώρες
tr | 2026-11-26 | 2 saat önce
az | 2026-11-26 | 2 saat əvvəl
fa | 2026-11-26 | ۲ ساعت پیش
ar | 2026-11-26 | منذ ساعتين
he | 2026-11-26 | לפני שעתיים
hi | 2026-11-26 | 2 घंटे पहले
th | 2026-11-26 | 2 ชั่วโมงที่แล้ว
vi | 2026-11-26 | 2 giờ trước
id | 2026-11-26 | 2 jam yang lalu
ja | 2026-11-26 | 2時間前
zh | 2026-11-26 | 2小时前
ko | 2026-11-26 | 2시간 전
en | 2026-11-26 09:15 | Today, 9:15 am
de | 2026-11-26 09:15 | Online seit heute, 9.15 Uhr
fr | 2026-11-25 17:45 | Hier à 17h45
es | 2026-11-25 15:15 | Ayer, 3:15 p. m.
ru | 2026-11-25 14:20 | вчера, 14:20
az | 2026-11-25 14:20 | Dünən, 14:20
fa | 2026-11-25 14:20 | دیروز، ۱۴:۲۰
nl | 2026-11-24 14:20 | dinsdag 24 november, 14:20
ru | 2026-11-24 14:20 | 24 ноября, 14:20
fi | 2026-11-24 14:20 | 24.11. 14:20
ja | 2026-11-24 14:20 | 11/24(火) 14:20
en | None | 3 days ago
en | None | 3 min read
en | None | 5 March, 14:20
en | None | Today, 23:15
""".strip().splitlines()


@pytest.mark.parametrize("row", AGES)
def test_an_age_is_told_against_the_moment_of_fetching(row: str) -> None:
    lang, published, shown = row.split(" | ", 2)
    article = read(f"<p class=when>{shown}</p>", lang=lang)
    assert told(article.published_at) == published
    if article.published_at is not None:
        assert article.provenance["published_at"] is Provenance.AGE


def test_an_age_is_a_day_where_it_can_be_but_one() -> None:
    early = datetime(2026, 11, 26, 3, 10, tzinfo=UTC)
    assert read("<p>2 hours ago</p>", fetched_at=early).published_at is None
    assert read("<p>1 hour ago</p>", fetched_at=early).published_at == early.date()


def test_yesterday_is_the_pages_own() -> None:
    late = datetime(2026, 11, 25, 23, 0, tzinfo=UTC)
    article = read("<p>Posted today at 8:05am</p>", zone="Australia/Sydney", fetched_at=late)
    assert told(article.published_at) == "2026-11-26 08:05"


@pytest.mark.parametrize(
    ("head", "url", "fetched_at"),
    [
        pytest.param(ld('"datePublished":"2024-03-05T14:20:00Z"'), URL, FETCHED, id="stated"),
        pytest.param("", "https://newsroom.example/2024/03/05/port", FETCHED, id="address"),
        pytest.param("", URL, None, id="a file of any day"),
    ],
)
def test_an_age_is_not_believed_against_better_knowledge(
    head: str, url: str, fetched_at: datetime | None
) -> None:
    article = read("<p>2 hours ago</p>", head=head, url=url, fetched_at=fetched_at)
    assert told(article.published_at)[:10] in {"2024-03-05", "None"}


def test_an_update_some_hours_ago_is_one() -> None:
    article = read("<p>25/11/2026 05h20 <span>Atualizado há 2 horas</span></p>", lang="pt")
    assert told(article.published_at) == "2026-11-25 05:20"
    assert article.last_update == date(2026, 11, 26)
    assert article.provenance["last_update"] is Provenance.AGE


@pytest.mark.parametrize(
    ("url", "lang", "zone"),
    [
        ("https://xeber.az/1", "az", "Asia/Baku"),
        ("https://novosti.az/1", "ru", "Asia/Baku"),
        ("https://en.khabar.ir/1", "en", "Asia/Tehran"),
        ("https://paper.co.uk/1", "en", "Europe/London"),
        ("https://diario.com.ar:8080/1", "es", "America/Argentina/Buenos_Aires"),
        ("https://gazete.com/1", "tr", "Europe/Istanbul"),
        ("https://shimbun.com/1", "ja", "Asia/Tokyo"),
        ("https://paper.com/1", "en", "UTC"),
        ("https://paper.tv/1", "en", "UTC"),
        ("https://paper.io/1", "de", "Europe/Berlin"),
    ],
)
def test_a_stamp_without_a_zone_is_read_as_its_country_writes(
    url: str, lang: str, zone: str
) -> None:
    stamp = read("<p>2024-07-05 14:20</p>", url=url, lang=lang, zone="").published_at
    assert isinstance(stamp, datetime)
    assert str(stamp.tzinfo) == zone


def test_the_sources_own_zone_goes_before_its_country() -> None:
    article = read("<p>5 March 2024, 14:20</p>", url="https://paper.de/1", zone="Asia/Baku")
    assert isinstance(article.published_at, datetime)
    assert article.published_at.utcoffset() == timedelta(hours=4)


@pytest.mark.parametrize(
    ("zone", "offset"), [("Asia/Jerusalem", 2), ("Asia/Kolkata", 5.5), ("UTC", 5.5)]
)
def test_a_zones_name_means_the_sources_own_where_that_is_called_so(
    zone: str, offset: float
) -> None:
    stamp = read("<p>5 March 2024, 14:20 IST</p>", zone=zone).published_at
    assert isinstance(stamp, datetime)
    assert stamp.utcoffset() == timedelta(hours=offset)


@pytest.mark.parametrize(
    ("shown", "head", "zone", "published"),
    [
        ("<p>03/04/2024 2:20 PM</p>", "", "America/Chicago", "2024-03-04 14:20"),
        ("<p>03/04/2024 14:20</p>", "", "Europe/London", "2024-04-03 14:20"),
        ("<p><time>03/05/2024</time> <span>March 5, 2024</span></p>", "", "UTC", "2024-03-05"),
        ("<p>Mon 03/04/2024 14:20</p>", "", "UTC", "2024-03-04 14:20"),
        ("<p>Wed 03/04/2024 14:20</p>", "", "UTC", "2024-04-03 14:20"),
        ("<p>March 4, 2024</p>", ld('"datePublished":"03/04/2024"'), "UTC", "2024-03-04"),
        ("<p>3 April 2024</p>", ld('"datePublished":"03/04/2024"'), "UTC", "2024-04-03"),
    ],
)
def test_which_number_is_the_month_is_told_by_place_weekday_or_words(
    shown: str, head: str, zone: str, published: str
) -> None:
    assert told(read(shown, head=head, zone=zone).published_at) == published


def test_nothing_is_updated_before_it_is_published() -> None:
    stated = '"datePublished":"2024-03-05T14:20:00Z","dateModified":"2024-03-04T16:05:00Z"'
    article, _ = explain_article(f"<html><head>{ld(stated)}</head>{TEXT}".encode(), URL)
    assert article.last_update is None
    assert [each.note for each in article.candidates["last_update"]] == [
        "dateModified: before the publication"
    ]


@pytest.mark.parametrize(
    "shown",
    [
        "<header>Thursday 26 November 2026</header>",
        "<figure><img src=/p.jpg><figcaption>The silo on 12 January 2021</figcaption></figure>",
    ],
)
def test_a_header_and_a_caption_do_not_date_the_article(shown: str) -> None:
    page = f"<html lang=en><body>{shown}<article><h1>The port opens</h1>{TEXT}</article>"
    article = extract_article(page.encode(), URL, now=FETCHED, fetched_at=FETCHED)
    assert article.published_at is None


def test_a_caption_below_the_headline_does_not_date_the_article() -> None:
    shown = (
        "<figure><img src=/p.jpg><figcaption>The silo on 12 January 2021</figcaption></figure>"
    )
    assert read(shown).published_at is None


def test_a_line_of_stamps_is_no_paragraph() -> None:
    shown = "<p>Publicado: 5 de marzo de 2024, 14:20 horas. Última actualización: 5 de marzo de 2024, 16:05 horas</p>"
    assert read(shown, lang="es").body[0].text.startswith("The two ministers")


@pytest.mark.parametrize(
    ("stated", "published"),
    [
        ("1402-12-15T14:20:00+03:30", "2024-03-05 14:20"),
        ("1402/12/15 14:20", "2024-03-05 14:20"),
        ("2567-03-05 14:20", "2024-03-05 14:20"),
    ],
)
def test_other_calendars_are_read_in_the_head_too(stated: str, published: str) -> None:
    assert told(read("", head=ld(f'"datePublished":"{stated}"')).published_at) == published
