"""Where a feed's hub is announced and we can be reached, we subscribe and hear what is new."""

import ssl
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
import trustme

from crawler.fetch.guarded import guarded_client
from crawler.fetch.transport import GuardedTransport
from crawler.pages.app import make_pages
from crawler.service.web import address_of, listen, serving
from crawler.watch.hubs import Hubs
from storage.ledger import LedgerState
from storage.polls import polls_between
from storage.sources import SourceState, load_source
from storage.subscriptions import Subscribed, all_subscriptions
from tests.crawler.fetch.servers import answer
from tests.crawler.hub import Hub, listening_hub
from tests.crawler.newsdesk import HOUR, Desk, article, item, watching
from tests.making import NOW


@dataclass
class Scene:
    """A desk with a public address, a feed that announces a hub, and the hub."""

    desk: Desk
    hub: Hub
    hubs: Hubs
    address: str

    def feed(self, *items: str, hub: str | None = None) -> bytes:
        """Write the feed, which announces the hub unless another or none is named."""
        named = self.hub.url if hub is None else hub
        link = f'<atom:link rel="hub" href="{named}"/>' if named else ""
        topic = f'<atom:link rel="self" href="{self.desk.site.url}/feed.xml"/>'
        return (
            "<rss version='2.0' xmlns:atom='http://www.w3.org/2005/Atom'><channel>"
            f"<title>f</title>{link}{topic}{''.join(items)}</channel></rss>"
        ).encode()

    def show(self, *items: str, hub: str | None = None) -> None:
        self.desk.pages["/feed.xml"] = answer(
            self.feed(*items, hub=hub), "Content-Type: application/rss+xml"
        )

    async def subscriptions(self) -> list[Subscribed]:
        return await self.desk.app.database.read(all_subscriptions)

    async def subscribed(self) -> Subscribed:
        """Look, ask, be verified; return how we stand with the hub."""
        self.show()
        await self.desk.look(timedelta(minutes=2))
        await self.hubs.step()
        assert (await self.hub.verify()).text == "a challenge"
        [known] = await self.subscriptions()
        return known


@pytest.fixture
def authority() -> trustme.CA:
    return trustme.CA()


@asynccontextmanager
async def scene(
    folder: Path, *, authority: trustme.CA | None = None, public: bool = True
) -> AsyncIterator[Scene]:
    server, client = None, None
    if authority is not None:
        server = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
        authority.issue_cert("127.0.0.1").configure_cert(server)
        client = ssl.create_default_context()
        authority.configure_trust(client)
    listening = listen("127.0.0.1", 0)
    address = address_of(listening)
    settings = f"status: {{public: '{address}'}}\n" if public else ""
    async with (
        listening_hub(server) as hub,
        watching(folder, settings=settings) as desk,
        guarded_client(allow_private=True, transport=GuardedTransport(tls=client)) as sender,
    ):
        app = desk.app
        hubs = Hubs(app.database, app.workers, app.live, lambda _: sender, app.clock)
        async with serving(make_pages(app.database, app, hubs), listening):
            yield Scene(desk=desk, hub=hub, hubs=hubs, address=address)


async def test_a_hub_is_asked_verifies_and_what_it_delivers_is_read_and_told(
    tmp_path: Path, authority: trustme.CA
) -> None:
    async with scene(tmp_path, authority=authority) as at:
        known = await at.subscribed()
        assert at.hub.asked["hub.mode"] == "subscribe"
        assert at.hub.asked["hub.topic"] == f"{at.desk.site.url}/feed.xml"
        assert known.expires_at == at.desk.now[0] + timedelta(days=1)
        url = at.desk.show("/news/report-1-of-the-day", article(1))
        asked = len(at.desk.site.all_paths)
        assert (await at.hub.deliver(at.feed(item(url)))).status_code == 202
        await at.desk.look(timedelta())
        assert await at.desk.sums() == {LedgerState.STORED: 1}
        assert len(await at.desk.messages()) == 1
        assert at.desk.site.all_paths[asked:] == ["/news/report-1-of-the-day"]  # no poll


@pytest.mark.parametrize("secret", ["", "a guess"])
async def test_a_delivery_with_a_wrong_signature_changes_nothing_and_is_not_told(
    tmp_path: Path, authority: trustme.CA, secret: str
) -> None:
    async with scene(tmp_path, authority=authority) as at:
        await at.subscribed()
        url = at.desk.show("/news/report-1-of-the-day", article(1))
        assert (await at.hub.deliver(at.feed(item(url)), secret=secret)).is_success
        assert await at.desk.sums() == {}


async def test_a_hub_without_tls_gets_no_secret_and_is_only_a_reason_to_poll(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        await at.subscribed()
        assert "hub.secret" not in at.hub.asked
        forged = at.feed(item("https://evil.example/planted-article-of-the-day"))
        assert (await at.hub.deliver(forged)).status_code == 202
        assert await at.desk.sums() == {}
        url = at.desk.show("/news/report-1-of-the-day", article(1))
        at.show(item(url))
        await at.desk.look(timedelta())
        assert await at.desk.sums() == {LedgerState.STORED: 1}
        asked = at.desk.site.all_paths.count("/feed.xml")
        for _ in range(20):  # and not more often than once a minute
            await at.hub.deliver(forged)
            await at.desk.look(timedelta())
        assert at.desk.site.all_paths.count("/feed.xml") == asked


async def test_looks_are_further_apart_while_the_hub_tells_all_and_never_stop(
    tmp_path: Path, authority: trustme.CA
) -> None:
    async with scene(tmp_path, authority=authority) as at:
        await at.subscribed()

        async def state() -> SourceState:
            known = await at.desk.app.database.read(lambda tx: load_source(tx, "local"))
            assert known is not None
            return known

        async def waits() -> timedelta:
            at.desk.now[0] = (await state()).next_at
            await at.desk.look(timedelta())
            return (await state()).next_at - at.desk.now[0]

        assert timedelta(minutes=50) < await waits() < timedelta(minutes=70)  # 4 × 15 min
        url = at.desk.show("/news/report-1-of-the-day", article(1))
        at.show(item(url))  # and the hub says nothing: it is not relied on
        assert await waits() < timedelta(minutes=20)
        polls = await at.desk.app.database.read(
            lambda tx: polls_between(tx, NOW, at.desk.now[0] + HOUR)
        )
        assert [poll.new for poll in polls] == [0, 0, 1]


async def test_a_lease_is_renewed_in_time_and_a_silent_hub_is_asked_again_ever_later(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        await at.subscribed()
        at.desk.now[0] += timedelta(hours=11)
        await at.hubs.step()
        assert len(at.hub.forms) == 1
        at.desk.now[0] += timedelta(hours=2)  # half a day before the lease ends
        for _ in range(40):
            await at.hubs.step()
            at.desk.now[0] += timedelta(minutes=5)
        assert len(at.hub.forms) == 1 + 5  # and after 10, 20, 40, 80 minutes more
        await at.hub.verify()
        [known] = await at.subscriptions()
        assert known.expires_at == at.desk.now[0] + timedelta(days=1)
        assert known.failures == 0


async def test_what_nobody_asked_for_is_not_confirmed_and_a_refusal_is_heeded(
    tmp_path: Path,
) -> None:
    async with scene(tmp_path) as at:
        await at.subscribed()
        assert (await at.hub.verify(topic="https://else.example/")).status_code == 404
        assert (await at.hub.verify(mode="unsubscribe")).status_code == 404
        async with httpx.AsyncClient(trust_env=False) as client:
            for path in ("/websub/", "/websub/guessed"):
                assert (await client.get(f"{at.address}{path}")).status_code == 404
                assert (await client.post(f"{at.address}{path}")).status_code == 404
        await at.hub.verify(mode="denied", reason="no more")
        [known] = await at.subscriptions()
        assert known.expires_at is None
        assert known.reason == "denied: no more"


async def test_a_feed_that_announces_no_hub_any_more_is_unsubscribed(tmp_path: Path) -> None:
    async with scene(tmp_path) as at:
        await at.subscribed()
        at.show(hub="")
        at.desk.now[0] += HOUR
        await at.desk.look()
        await at.hubs.step()
        assert at.hub.asked["hub.mode"] == "unsubscribe"
        assert (await at.hub.verify()).text == "a challenge"
        assert await at.subscriptions() == []


async def test_without_a_public_address_no_hub_is_asked(tmp_path: Path) -> None:
    async with scene(tmp_path, public=False) as at:
        at.show()
        await at.desk.look()
        await at.hubs.step()
        assert at.hub.forms == []
        assert await at.subscriptions() == []


async def test_a_delivery_larger_than_any_feed_is_cut_off(
    tmp_path: Path, authority: trustme.CA
) -> None:
    async with scene(tmp_path, authority=authority) as at:
        await at.subscribed()
        assert (await at.hub.deliver(b" " * (11 << 20))).status_code == 413
