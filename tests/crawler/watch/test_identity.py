"""An article is itself whatever its feed and its site do; traps and floods stay bounded.

A real site on loopback misbehaves; the whole desk reads it. Rows as in docs/security.md.
"""

from datetime import timedelta
from pathlib import Path

import pytest

from storage.found import Found
from storage.ledger import LedgerState
from storage.noting import note_links
from tests.crawler.fetch.servers import answer
from tests.crawler.newsdesk import HOUR, Desk, article, feed, item, watching
from tests.making import NOW


def path(n: int) -> str:
    return f"/news/2026/report-{n}-on-the-corridor"


def publish(desk: Desk, *numbers: int) -> list[str]:
    return [desk.show(path(n), article(n)) for n in numbers]


async def told(desk: Desk) -> int:
    return len(await desk.messages())


async def test_row_43_changing_guids_make_no_new_articles(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        urls = publish(desk, *range(10))
        for poll in range(4):
            desk.pages["/feed.xml"] = feed(*(item(u, guid=f"{u}-{poll}") for u in urls))
            await desk.look()
        assert await desk.sums() == {LedgerState.STORED: 10}
        assert await told(desk) == 10


async def test_row_43_changing_addresses_of_one_text_alert_once(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        for poll in range(3):
            urls = [desk.show(f"/v{poll}{path(n)}", article(n)) for n in range(10)]
            desk.pages["/feed.xml"] = feed(*(item(u, guid=str(n)) for n, u in enumerate(urls)))
            await desk.look()
        assert (await desk.sums())[LedgerState.STORED] == 10
        assert sum((await desk.sums()).values()) == 30
        assert await told(desk) == 10


async def test_row_43_one_guid_for_many_articles_hides_none(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        desk.pages["/feed.xml"] = feed(*(item(u, guid="1") for u in publish(desk, *range(5))))
        await desk.look()
        assert await told(desk) == 5


async def test_row_44_shuffled_and_sliding_windows_of_equal_dates_lose_nothing(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as desk:
        urls = publish(desk, *range(40))
        for poll in range(9):
            shown = urls[max(0, poll * 5 - 5) : poll * 5 + 5]
            order = sorted(shown, key=lambda each: hash((each, poll)))
            desk.pages["/feed.xml"] = feed(*map(item, order))  # all of the same second
            await desk.look()
        desk.pages["/feed.xml"] = feed(
            *map(item, urls[:10])
        )  # what was long gone is shown again
        await desk.look()
        assert await desk.sums() == {LedgerState.STORED: 40}
        assert await told(desk) == 40


async def test_row_45_an_article_that_changes_at_every_look_alerts_once(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        [url] = publish(desk, 1)
        desk.pages["/feed.xml"] = feed(item(url))
        for edit in range(30):
            words = (
                f"Edit {edit}: the corridor stays as it is, say the ministers, number {edit}"
            )
            desk.show(path(1), article(1, text=f"{words}. " * 6))
            await desk.look(timedelta(minutes=7))
        alerts = await desk.messages()
        assert len(alerts) == 1
        link = await desk.link(url)
        assert link is not None
        assert link.state is LedgerState.STORED
        assert (
            desk.site.paths.count(path(1)) == 1 + 2
        )  # after 15 min and 1 h; the third is at 6 h


async def test_row_45_a_rule_that_an_edit_newly_meets_alerts_once_more(tmp_path: Path) -> None:
    rules = """\
    rules:
      - {id: corridor, match: 'corridor*'}
      - {id: strike, match: 'dockers AND strike', severity: urgent}
    """
    async with watching(tmp_path, rules=rules) as desk:
        [url] = publish(desk, 1)
        desk.pages["/feed.xml"] = feed(item(url))
        for edit in range(12):
            more = "The dockers went on strike. " if edit > 3 else ""
            words = f"The corridor stays as it is, they said for the {edit}th time"
            desk.show(path(1), article(1, text=f"{words}. {more}" * 6))
            await desk.look(timedelta(minutes=30))
        assert 1 <= await told(desk) <= 2


async def test_row_46_every_spelling_of_an_address_is_one_article(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        one, other = publish(desk, 1, 2)
        spelled = (
            *(one, f"{one}#comments", f"{one}?utm_source=rss&utm_medium=x", f"{one}?fbclid=1"),
            *(f" {other} ", path(2), f"{other}/", f"{desk.site.url}/./news/../{path(2)[1:]}"),
        )
        desk.pages["/feed.xml"] = feed(*map(item, spelled))
        await desk.look()
        sums = await desk.sums()
        assert sums[LedgerState.STORED] == sum(sums.values()) == 2
        assert await told(desk) == 2


async def test_row_47_one_text_under_many_addresses_is_told_once(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        urls = [desk.show(f"/news/copy-number-{n}-of-it", article(1)) for n in range(30)]
        desk.pages["/feed.xml"] = feed(*map(item, urls))
        await desk.look()
        assert sum((await desk.sums()).values()) == 30
        assert await told(desk) == 1


async def test_row_47_a_soft_404_under_every_address_is_told_at_most_three_times(
    tmp_path: Path,
) -> None:
    gone = (
        "<!doctype html><title>Page not found</title><h1>We could not find that page</h1>"
        "<p>The corridor to this page has moved or never existed. Try the search below.</p>"
    )
    async with watching(tmp_path) as desk:
        urls = [desk.show(f"/news/lost-report-{n}-of-it", gone.encode()) for n in range(30)]
        desk.pages["/feed.xml"] = feed(*map(item, urls))
        await desk.look()
        assert await told(desk) <= 3


async def test_row_48_a_page_that_claims_to_be_another_sites_article_changes_nothing_of_it(
    tmp_path: Path,
) -> None:
    victim = "https://victim.example/news/the-true-report"
    async with watching(tmp_path) as desk:
        head = f'<link rel="canonical" href="{victim}">'
        url = desk.show(path(1), article(1, head=head))
        desk.pages["/feed.xml"] = feed(item(url))
        await desk.look()
        assert await desk.sums() == {LedgerState.STORED: 1}
        assert await desk.link(victim) is None
        [alert] = await desk.messages()
        assert victim not in alert.payload


@pytest.mark.parametrize(
    "trap",
    [
        pytest.param("/".join(map(str, range(25))), id="deep"),
        pytest.param("x/y/x/y/x/y/x/y/report-of-the-day", id="repeating itself"),
        pytest.param("long" * 600, id="long"),
        pytest.param("calendar/2031/01/", id="a calendar"),
    ],
)
async def test_row_49_a_trap_is_not_asked_for(tmp_path: Path, trap: str) -> None:
    async with watching(tmp_path) as desk:
        [good] = publish(desk, 1)
        desk.pages["/feed.xml"] = feed(item(f"/{trap}"), item(good))
        await desk.look()
        assert [asked for asked in desk.site.paths if asked != "/robots.txt"] == [
            *("/feed.xml", path(1))
        ]


async def test_row_49_of_a_flood_so_many_are_asked_for_in_a_run(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        desk.pages["/feed.xml"] = feed(*(item(f"/flood/{n}-of-the-day") for n in range(400)))
        await desk.look()
        assert sum(asked.startswith("/flood/") for asked in desk.site.paths) == 300


async def test_row_49_a_feed_of_nothing_but_new_addresses_fills_no_disk(tmp_path: Path) -> None:
    async with watching(tmp_path) as desk:
        way = f"{desk.site.url}/feed.xml"
        old = [
            Found(url=f"{desk.site.url}/old/{n}-of-the-day", way=way, title="", published=None)
            for n in range(2000)
        ]
        await desk.app.database.write(lambda tx: note_links(tx, "local", old, NOW))
        churn = [f"{desk.site.url}/churn/{n}-of-the-day" for n in range(400)]
        desk.pages["/feed.xml"] = feed(*map(item, churn))
        await desk.look()
        assert (
            sum((await desk.sums()).values()) == 2000
        )  # 300 were asked for, and are not there
        await desk.look()
        assert sum((await desk.sums()).values()) == 2300  # an unchanged feed is read once more


@pytest.mark.parametrize("session", ["?PHPSESSID=", ";jsessionid="])
async def test_row_49_session_ids_make_no_new_articles(tmp_path: Path, session: str) -> None:
    async with watching(tmp_path) as desk:
        [url] = publish(desk, 1)
        for poll in range(5):
            spelled = [f"{url}{session}{poll}{n:030}" for n in range(9)]
            desk.pages |= {
                each.removeprefix(desk.site.url): desk.pages[path(1)] for each in spelled
            }
            desk.pages["/feed.xml"] = feed(*map(item, spelled))
            await desk.look(timedelta(hours=30))
        assert await told(desk) == 1
        sums = await desk.sums()
        assert sums[LedgerState.STORED] == sum(sums.values()) == 1


@pytest.mark.parametrize("depth", ["itself", "another"])
@pytest.mark.parametrize("said", ["", f"<lastmod>{NOW:%Y-%m-%d}</lastmod>"])
async def test_row_50_an_index_without_an_end_costs_few_requests(
    tmp_path: Path, depth: str, said: str
) -> None:
    async with watching(tmp_path, source="sitemaps: ['{url}/sitemap.xml']") as desk:

        def index(name: str) -> bytes:
            named = name if depth == "itself" else f"{name}x"
            maps = "".join(
                f"<sitemap><loc>{desk.site.url}/{named}{n or ''}.xml</loc>{said}</sitemap>"
                for n in range(200)
            )
            return answer(f"<sitemapindex>{maps}</sitemapindex>".encode())

        desk.pages["/sitemap.xml"] = index("sitemap")
        for n in range(200):
            desk.pages[f"/sitemapx{n or ''}.xml"] = index(f"sitemapx{n}")
        for _ in range(3):
            await desk.look()
        assert len(desk.site.paths) <= 3 * 21


async def test_row_50_what_lies_off_the_site_is_never_asked_for(tmp_path: Path) -> None:
    async with (
        watching(tmp_path / "a", source="sitemaps: ['{url}/sitemap.xml']") as desk,
        watching(tmp_path / "b") as victim,
    ):
        named = victim.site.url.replace("127.0.0.1", "127.0.0.2")
        urls = "".join(f"<url><loc>{named}/news/{n}-of-it</loc></url>" for n in range(50))
        desk.pages["/sitemap.xml"] = answer(f"<urlset>{urls}</urlset>".encode())
        await desk.look()
        assert victim.site.connections == 0


async def test_an_edit_becomes_a_revision_at_the_next_look_of_the_schedule(
    tmp_path: Path,
) -> None:
    async with watching(tmp_path) as desk:
        [url] = publish(desk, 1)
        desk.pages["/feed.xml"] = feed(item(url))
        await desk.look(timedelta(0))
        for wait in (timedelta(minutes=16), HOUR, 6 * HOUR, 24 * HOUR, 72 * HOUR):
            desk.now[0] += wait
            await desk.look(timedelta(0))
        assert desk.site.paths.count(path(1)) == 1 + 4
        assert desk.now[0] > NOW
